"""From the rows of a list to a task sheet (台账): what stands in each column, in the plan's own words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from graph.query import All, InPlan, Query, TaskDay, TaskRow
from graph.store import Store
from ingest import Place, place_of
from ingest.errors import ZerenError
from ingest.model import Plan, Role, Source, Task
from web.sheets.records import Column, ListAsked, SheetSource, TaskSheet, TaskSheetRow
from web.words.phrases import PLACE_WORDS
from web.words.wording import Translate

_OF_ROLE: Mapping[Role, Column] = {"lead": "lead", "responsible": "responsible", "support": "support"}


class Stored(NamedTuple):
    """A plan with the file that was read, and its tasks by id."""

    plan: Plan
    source: Source
    tasks: Mapping[str, Task]


def stored_in(store: Store) -> Callable[[str], Stored]:
    """Gives plans by id, each loaded once."""
    kept: dict[str, Stored] = {}

    def stored(plan_id: str) -> Stored:
        if plan_id not in kept:
            plan = store.load(plan_id)
            kept[plan_id] = Stored(plan, store.source(plan_id), {task.id: task for task in plan.tasks})
        return kept[plan_id]

    return stored


class SheetTooLong(ZerenError):
    """A list has more tasks than one file takes. Params: count, most."""

    code = "sheet-too-long"


MOST = 20_000
"""Tasks of one file: more take longer than a page may."""

_TOGETHER = 500


def list_title(query: Query, said: str, store: Store) -> str:
    """What a list that leaves is called: by its plan where it is all of it, else by its conditions, in a sentence."""
    match query.where:
        case InPlan((plan,)):
            return store.load(plan).header.title
        case All(()):
            return ""
    return said.partition("：")[2] or said


def rows_in(asked: ListAsked) -> Iterator[TaskRow]:
    """The rows of a list. Raises `SheetTooLong`."""
    if len(asked.ids) > MOST:
        raise SheetTooLong(count=len(asked.ids), most=MOST)
    for at in range(0, len(asked.ids), _TOGETHER):
        yield from asked.store.tasks(asked.ids[at : at + _TOGETHER])


def sheet_of(asked: ListAsked, translate: Translate) -> TaskSheet:
    """The task sheet of a list. Raises `SheetTooLong`."""
    stored, seen = stored_in(asked.store), dict[str, SheetSource]()
    made = []
    for row in rows_in(asked):
        from_plan = stored(row.plan_id)
        header = from_plan.plan.header
        source = SheetSource(row.plan_id, header.title, header.document_number or "", from_plan.source.sha256)
        seen.setdefault(row.plan_id, source)
        made.append(_row(row, from_plan, translate))
    return TaskSheet(f"{asked.title}任务台账", tuple(seen.values()), asked.day, tuple(made))


def _row(row: TaskRow, stored: Stored, translate: Translate) -> TaskSheetRow:
    task = stored.tasks[row.id]
    days = timed(row.days)
    due_words = dict.fromkeys(day.clause or day.text for day in days)
    progress = dict.fromkeys(day.clause or day.text for day in row.days if day.kind == "open")
    chapters = _chapters(stored.plan, row.section_id)
    cells: dict[Column, str] = {
        "item": chapters[-1] if chapters else "",
        "text": task.text,
        **_units(task, translate),
        "people": "、".join(dict.fromkeys(person.name for person in task.people)),
        "targets": "；".join(dict.fromkeys(aim.text for aim in row.aims)),
        "deadline": "；".join(due_words),
        "due": "",
        "progress": "；".join(said for said in progress if said not in due_words),
        "bases": "、".join(dict.fromkeys(_document(each.title, each.number) for each in row.bases)),
        "place": _place(stored.source, task.span.start, translate),
    }
    due = min((day.due for day in days if day.due and day.every is None), default=None)
    cells["due"] = due or ""
    band = (stored.plan.header.title, *chapters[:-1])
    return TaskSheetRow(row.id, row.plan_id, band, cells, due, task.span.start, task.span.end)


def timed(days: Sequence[TaskDay]) -> list[TaskDay]:
    """Deadlines with a time, those of the task itself alone where there are any."""
    timed = [day for day in days if day.kind != "open"]
    own = [day for day in timed if day.level == "own"]
    return own or timed


def _units(task: Task, translate: Translate) -> dict[Column, str]:
    """The units of each role as they are written, 推定 behind those whose role is inferred."""
    said: dict[Column, dict[str, None]] = {column: {} for column in _OF_ROLE.values()}
    for each in task.assignments:
        guessed = "" if each.stated else f"（{translate('推定')}）"
        said[_OF_ROLE[each.role]][f"{each.mention.text}{guessed}"] = None
    return {column: "、".join(names) for column, names in said.items()}


def _document(title: str, number: str | None) -> str:
    return f"《{title}》（{number}）" if title and number else f"《{title}》" if title else number or ""


def _chapters(plan: Plan, section_id: str) -> list[str]:
    """The headings from the outermost to the one that the task stands under."""
    sections = {section.id: section for section in plan.sections}
    found: list[str] = []
    at: str | None = section_id
    while at is not None and (section := sections.get(at)) is not None:
        found.append(f"{section.number} {section.title}".strip())
        at = section.parent
    return found[::-1]


def _place(source: Source, start: int, translate: Translate) -> str:
    """第 3 页，表 2 第 5 行; of a text the number of its line."""
    at: Place = place_of(source, start)
    parts = [
        translate(PLACE_WORDS["page"]).format(n=at.page) if at.page else "",
        at.sheet,
        translate(PLACE_WORDS["row"]).format(table=at.table, row=at.row) if at.table and at.row else "",
    ]
    said = "，".join(filter(None, parts))
    return said or translate(PLACE_WORDS["line"]).format(n=source.text.count("\n", 0, start) + 1)
