"""The reading strip (读条): what is selected on a map, in the plan's own words, with the phrase that says it marked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from graph.query import UnitRow
from ingest.model import Record, Role, Section, Span
from web.facts.by_task import PlanFacts, TaskView, UnitOnTask
from web.maps.matrix.records import DutyMatrix, MatrixColumn, MatrixRow
from web.maps.state import MapState, key_of

LINES = 60
"""Tasks that a strip lists; how many there are is always said."""
_AROUND = 120
"""Characters to either side of a mention that stands outside the text and statements of its task."""


class StripPiece(Record, frozen=True):
    """A stretch of words; `marked` where it is how the selected unit is written."""

    text: str
    marked: bool = False


class StripTask(Record, frozen=True):
    """One task: the sections above it, its words, what assigns it where that stands elsewhere, and `unit_id`, the unit
    that is selected with it ("" for none)."""

    task: TaskView
    sections: tuple[Section, ...]
    words: tuple[StripPiece, ...]
    said: tuple[tuple[StripPiece, ...], ...]
    unit_id: str


class StripLine(Record, frozen=True):
    """A task of several: what selects it, its words, the role of the selected unit in it, and that of the unit that the
    map is about."""

    sel: str
    number: str
    words: str
    role: Role | None
    inferred: bool
    own: Role | None


class StripList(Record, frozen=True):
    """The tasks of a heading, of a unit, or of a unit beneath a heading; `total` counts those not listed too."""

    title: str
    unit: UnitRow | None
    lines: tuple[StripLine, ...]
    total: int


class Selected(Record, frozen=True):
    """A row and a column of a matrix; either alone, or the cell of both. `sel` is what `m-sel` says of it."""

    row: MatrixRow | None
    column: int | None
    sel: str


def selected_in(made: DutyMatrix, state: MapState) -> Selected | None:
    """What the address selects: `m-sel` has the keys of a row and a unit, `m-task` and `m-unit` their ids."""
    row_key, _, unit_key = state.sel.partition(".")
    row = next((each for each in made.rows if each.key == row_key or (state.task and each.id == state.task)), None)
    ids = {each.unit.id: n for n, each in enumerate(made.columns)}
    keys = {key_of(id): n for id, n in ids.items()}
    column = keys.get(unit_key, ids.get(state.unit))
    if row is None and column is None:
        return None
    said = f"{row.key if row else ''}.{made.columns[column].key if column is not None else ''}"
    return Selected(row, column, said)


def strip_task(view: TaskView, facts: PlanFacts, text: str, unit_id: str) -> StripTask:
    """A task with every mention of a unit marked; `text` is the plan's source."""
    own = [unit for unit in view.units if unit.unit_id == unit_id]
    inside = [unit for unit in own if _holds(view.span, unit.span)]
    apart = [span for span in view.statements if not _holds(view.span, span)]
    loose = [u for u in own if u not in inside and not any(_holds(span, u.span) for span in apart)]
    apart += [_around(unit.span, text) for unit in loose]
    chosen = [span for span in apart if not own or any(_holds(span, unit.span) for unit in own)]
    said = tuple(_pieces(text, span, [unit.span for unit in own if _holds(span, unit.span)]) for span in chosen)
    return StripTask(view, facts.above(view.section_id), tuple(_words(view.text, inside)), said, unit_id)


def strip_list(made: DutyMatrix, chosen: Selected, first: str) -> StripList:
    """The tasks beneath a heading that a unit has, or all of either; `first` is the unit that the map is about."""
    column = made.columns[chosen.column] if chosen.column is not None else None
    tasks = made.beneath(chosen.row) if chosen.row else tuple(row for row in made.rows if not row.group)
    title = f"{chosen.row.number} {chosen.row.title}".strip() if chosen.row else ""
    return _listed(made, tasks, (title, column), first)


def strip_of(made: DutyMatrix, ids: Collection[str], title: str, unit: str, first: str) -> StripList:
    """Some tasks of a matrix, and of these the ones that the unit has whose id is given."""
    tasks = [row for row in made.rows if not row.group and row.id in ids]
    column = next((each for each in made.columns if each.unit.id == unit), None)
    return _listed(made, tasks, (title, column), first)


def _listed(
    made: DutyMatrix, tasks: Sequence[MatrixRow], said: tuple[str, MatrixColumn | None], first: str
) -> StripList:
    title, column = said
    at = {each.unit.id: n for n, each in enumerate(made.columns)}
    own = at[column.unit.id] if column else None
    lines = [line for row in tasks if (line := _line(row, column, own, at.get(first)))]
    return StripList(title, column.unit if column else None, tuple(lines[:LINES]), len(lines))


def _line(row: MatrixRow, column: MatrixColumn | None, at: int | None, pinned: int | None) -> StripLine | None:
    squares = {square.column: square for square in row.squares}
    square = squares.get(at) if at is not None else None
    if column and square is None:
        return None
    own = squares.get(pinned) if pinned is not None and pinned != at else None
    sel = f"{row.key}.{column.key}" if column else f"{row.key}."
    role, inferred = (square.role, square.inferred) if square else (None, False)
    return StripLine(sel, row.number, row.words, role, inferred, own.role if own else None)


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _around(span: Span, text: str) -> Span:
    """The line that a mention stands in, no more than a few words of it."""
    start = max(text.rfind("\n", 0, span.start) + 1, span.start - _AROUND)
    end = text.find("\n", span.end)
    return Span(start, min(end if end >= 0 else len(text), span.end + _AROUND))


def _pieces(text: str, whole: Span, marks: Sequence[Span]) -> tuple[StripPiece, ...]:
    found, at = [], whole.start
    for span in sorted(marks, key=lambda each: each.start):
        if span.start >= at:
            found += [StripPiece(text[at : span.start]), StripPiece(text[span.start : span.end], True)]
            at = span.end
    return tuple(piece for piece in (*found, StripPiece(text[at : whole.end])) if piece.text)


def _words(text: str, mentions: Sequence[UnitOnTask]) -> Iterator[StripPiece]:
    """The words of a task, in which mentions are found in the order of the source."""
    at = 0
    for unit in sorted(mentions, key=lambda each: each.span.start):
        start = text.find(unit.mention, at) if unit.mention else -1
        if start >= 0:
            yield StripPiece(text[at:start])
            yield StripPiece(unit.mention, True)
            at = start + len(unit.mention)
    yield StripPiece(text[at:])
