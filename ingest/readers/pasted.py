"""Tables that were pasted as text (粘贴成文字的表格): from where cells end to which cell stands in which column.

A sheet that is copied into a plain page loses its ruling lines. What is left takes one of these forms:

- a bar between cells: `任务 | 责任单位 | 时限 |`, or Markdown's `| 任务 | … |` over `|---|---|`
- a bar on a line of its own behind each cell, or at the end of the cell's last line
- one cell a line, blank lines or none between, under 序号 and the other heads

Where rows end is written in the first form alone. In the others a cell is told by what it says: a number begins a row,
a time belongs under 时限, a short name under 责任单位, a sentence under a head that asks for neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise, takewhile
from typing import Literal, NamedTuple

from ingest.model import Cell, Span

_LINE = re.compile(r"[^\n\r\f\v\x85\u2028\u2029]+")
_BARS = "|｜∣丨│┃"
_RULE = re.compile(r"[\s|｜:\-—]+")
_NUMERALS = "一二三四五六七八九十"
_SERIAL = re.compile(rf"[（(]?(?:\d{{1,3}}|[{_NUMERALS}]{{1,3}})[)）.、．]?")
_DAY = re.compile(r"\d{4}[.\-/]\d")
_TIMES = ("年底", "年内", "月底", "季度", "全年", "长期", "持续", "每年", "每月", "适时")
_SENTENCE = re.compile(r"[。；！？!?;：:]")

_SERIAL_HEADS = ("序号", "编号")
_WHO_HEADS = ("单位", "部门", "科室", "处室", "股室", "牵头", "配合", "主办", "协办", "承办", "责任")
_TIME_HEADS = ("时限", "时间", "日期", "期限", "年度")
_FEWEST, _MOST = 3, 14
"""Columns of a table."""
_LONGEST_HEAD = 14
"""Characters of a column's head."""
_LONGEST_NAME, _LONGEST_TIME = 24, 24
"""Characters of a line under a head that asks for units, or for a time."""
_LONGEST_ROW = 60
"""Cells that one number may have, with those of the rows below it that have no number of their own."""
_NEW_ROW = -2.5
"""What it costs to begin a row that has no number: it must say something better than the row before it could."""

ColumnAsks = Literal["serial", "who", "time", "text"]


class Scrap(NamedTuple):
    """What may be a cell: `[start, end)` of the text, and what it says."""

    start: int
    end: int
    said: str


class PastedCell(NamedTuple):
    """A cell in its place: row and column count from 0; `rows` is how many rows it reaches down."""

    row: int
    column: int
    start: int
    end: int
    rows: int = 1


def pasted_tables(text: str, first: int) -> Iterator[Cell]:
    """The cells of all tables that were pasted into a text, numbered as tables from `first` on."""
    if not any(sign in text for sign in (*_BARS, *_SERIAL_HEADS)):
        return
    lines = [field for found in _LINE.finditer(text) if (field := _trimmed(found.start(), found.group())).said]
    lines = _bars_apart(lines)
    at, number = 0, first
    while at < len(lines):
        placed, past = _barred(lines, at) or _bar_lines(text, lines, at) or _a_line_each(lines, at) or ((), at + 1)
        yield from (Cell(number, p.row + 1, p.column + 1, Span(p.start, p.end), p.rows) for p in placed)
        number += bool(placed)
        at = past


def _trimmed(start: int, said: str) -> Scrap:
    left = len(said) - len(said.lstrip())
    return Scrap(start + left, start + left + len(said.strip()), said.strip())


def _bars_apart(lines: list[Scrap]) -> list[Scrap]:
    """The lines, a bar at the end of a cell on a line of its own, where heads stand so: `序号 |` over `责任单位 |`."""
    ends = [line.said[-1] in _BARS and len(line.said) > 1 and _bars_in(line.said) == 1 for line in lines]
    if not any(all(ends[at : at + _FEWEST]) for at in range(len(ends) - _FEWEST + 1)):
        return lines
    apart: list[Scrap] = []
    for line, ending in zip(lines, ends, strict=True):
        if ending:
            apart.append(_trimmed(line.start, line.said[:-1]))
        apart.append(Scrap(line.end - 1, line.end, line.said[-1]) if ending else line)
    return apart


def _bars_in(said: str) -> int:
    return sum(map(said.count, _BARS))


def _kind(head: str) -> ColumnAsks:
    """What a column's head asks for; a person in charge (责任领导) is no unit, but written like one."""
    if head in _SERIAL_HEADS:
        return "serial"
    if any(word in head for word in _TIME_HEADS):
        return "time"
    return "who" if any(word in head for word in _WHO_HEADS) else "text"


def _is_head(said: str) -> bool:
    return 0 < len(said) <= _LONGEST_HEAD and not _SENTENCE.search(said) and not _SERIAL.fullmatch(said)


def _is_header(heads: Sequence[str]) -> bool:
    """Whether these can be the heads of a table that assigns something: short, and one asks who."""
    return (
        _FEWEST <= len(heads) <= _MOST
        and len(set(heads)) == len(heads)
        and all(map(_is_head, heads))
        and any(_kind(head) == "who" for head in heads)
    )


# A bar between cells


def _barred(lines: Sequence[Scrap], at: int) -> tuple[list[PastedCell], int] | None:
    """A table whose rows are lines, or None where none begins here."""
    heads = _fields(lines[at])
    if not _is_header([head.said for head in heads]):
        return None
    rows, past = [heads], at + 1
    while past < len(lines) and any(bar in lines[past].said for bar in _BARS):
        if not _RULE.fullmatch(lines[past].said):
            rows.append(_fields(lines[past], len(heads)))
        past += 1
    if len(rows) < 2:
        return None
    return [
        PastedCell(row, column, field.start, field.end)
        for row, fields in enumerate(rows)
        for column, field in enumerate(fields)
        if field.said
    ], past


def _fields(line: Scrap, most: int = _MOST) -> list[Scrap]:
    """The cells of a line; the bars at its ends part nothing. What stands behind the last column belongs to it."""
    cuts = [at for at, character in enumerate(line.said) if character in _BARS]
    if cuts and cuts[0] == 0:
        cuts = cuts[1:]
        begin = 1
    else:
        begin = 0
    end = len(line.said) - bool(line.said and line.said[-1] in _BARS)
    inner = [cut for cut in cuts if cut < end][: most - 1]
    bounds = [*(zip([begin, *(cut + 1 for cut in inner)], [*inner, end], strict=True))]
    return [_trimmed(line.start + low, line.said[low:high]) for low, high in bounds]


# A bar on a line of its own


def _bar_lines(text: str, lines: Sequence[Scrap], at: int) -> tuple[list[PastedCell], int] | None:
    """A table whose cells are parted by lines that are bars, or None where none begins here."""
    if at + 1 >= len(lines) or not _is_bar(lines[at + 1]):
        return None
    # The heads alone first: what is no table is not gone through from each of its lines.
    heads = [field for field, _ in islice(_between_bars(text, lines, at), _MOST + 1)]
    if not _is_header([field.said for field in takewhile(lambda field: _is_head(field.said), heads)]):
        return None
    cells = list(_between_bars(text, lines, at))
    return _told_by_words([field for field, _ in cells], 0, cells[-1][1])


def _between_bars(text: str, lines: Sequence[Scrap], at: int) -> Iterator[tuple[Scrap, int]]:
    """The cells from a line on, each with the line behind its bar."""
    while at < len(lines) and (end := _next_bar(lines, at)) is not None:
        if end > at:
            yield Scrap(lines[at].start, lines[end - 1].end, text[lines[at].start : lines[end - 1].end]), end + 1
        at = end + 1


def _is_bar(line: Scrap) -> bool:
    return line.said in _BARS


def _next_bar(lines: Sequence[Scrap], at: int) -> int | None:
    """The line of the bar that ends the cell which begins at a line; a cell has few lines."""
    return next((here for here in range(at, min(at + 12, len(lines))) if _is_bar(lines[here])), None)


# One cell a line


def _a_line_each(lines: Sequence[Scrap], at: int) -> tuple[list[PastedCell], int] | None:
    """A table under 序号 whose cells are lines, or None where none begins here."""
    if lines[at].said not in _SERIAL_HEADS:
        return None
    heads = at
    while heads < min(len(lines), at + _MOST + 1) and _is_head(lines[heads].said):
        heads += 1
    if heads >= len(lines) or _value(lines[heads].said) != 1:
        return None
    return _told_by_words(lines, at)


def _told_by_words(fields: Sequence[Scrap], first: int, past: int | None = None) -> tuple[list[PastedCell], int] | None:
    """A table out of its cells in reading order from `first` on: the heads, then row by row.

    Gives the cells and what follows: `past`, or without it the first field that is no cell of the table.
    """
    begin = next((n for n in range(first, len(fields)) if not _is_head(fields[n].said)), len(fields))
    heads = fields[first:begin]
    if not _is_header([head.said for head in heads]):
        return None
    kinds = [_kind(head.said) for head in heads]
    bare = _headless_serial(fields[begin : begin + _LONGEST_ROW], kinds)
    if bare is not None:
        kinds.insert(bare, "serial")
    columns = [column for column in range(len(kinds)) if column != bare]
    placed = [PastedCell(0, column, head.start, head.end) for column, head in zip(columns, heads, strict=True)]
    row, at = 1, begin
    for low, high, is_last in _groups(fields, begin, kinds):
        rows, taken = _aligned(fields[low:high], kinds, is_last)
        placed += _merged(rows, row, kinds)
        row, at = row + len(rows), low + taken
    return (placed, at if past is None else past) if row > 1 else None


def _headless_serial(fields: Sequence[Scrap], kinds: Sequence[ColumnAsks]) -> int | None:
    """The column of numbers that have no head: how many cells stand in front of the first; None where none count on.

    `工作任务 | 责任科室` over `公开目录 | 1 | 全面清理… | 办公室`: the number stands between task and details.
    """
    if "serial" in kinds:
        return None
    values = [(nth, value) for nth, field in enumerate(fields) if (value := _value(field.said)) is not None]
    counted = [nth for place, (nth, value) in enumerate(values) if value == place + 1]
    return values[0][0] if len(counted) == len(values) >= 2 and 0 <= values[0][0] < len(kinds) else None


def _value(said: str) -> int | None:
    """The number that begins a row; None for what is none."""
    if not _SERIAL.fullmatch(said):
        return None
    digits = "".join(character for character in said if character.isdecimal())
    return int(digits) if digits else {"一": 1, "二": 2, "三": 3}.get(said.strip("（()）.、．"))


def _groups(fields: Sequence[Scrap], start: int, kinds: Sequence[ColumnAsks]) -> Iterator[tuple[int, int, bool]]:
    """Stretches of cells from one number that counts on to the next, and whether it is the last number's.

    Nothing says where that one's row ends: it has at most as many cells as the longest before it. Where rows bear no
    number all cells are one stretch, which bars end.
    """
    if kinds[0] != "serial":
        yield start, len(fields), False
        return
    bounds: list[int] = []
    for at in range(start, len(fields)):
        if bounds and at - bounds[-1] > _LONGEST_ROW:
            break
        if _value(fields[at].said) == len(bounds) + 1:
            bounds.append(at)
    if bounds and bounds[0] == start:
        yield from ((low, high, False) for low, high in pairwise(bounds))
        longest = max((high - low for low, high in pairwise(bounds)), default=len(kinds))
        yield bounds[-1], min(len(fields), bounds[-1] + longest), True


def _worth(said: str, kind: ColumnAsks) -> float:
    """How well words fit under a head: above 0 where they are what it asks for."""
    if kind == "serial":
        return 3.0 if _SERIAL.fullmatch(said) else -9.0
    sentence = _SENTENCE.search(said) is not None
    time = _is_a_time(said)
    if kind == "time":
        return 2.0 if time and not sentence else -3.0
    if kind == "who":
        fits = not sentence and not time and len(said) <= _LONGEST_NAME and not said[:1].isdecimal()
        return 1.5 if fits else -4.0
    return 1.0 + min(len(said), 30) / 15 - 2.0 * time if sentence or len(said) > 5 else -0.5


def _is_a_time(said: str) -> bool:
    dated = any(character.isdecimal() for character in said) and ("年" in said or "月" in said)
    return len(said) <= _LONGEST_TIME and (dated or _DAY.search(said) is not None or any(w in said for w in _TIMES))


def _aligned(
    fields: Sequence[Scrap], kinds: Sequence[ColumnAsks], is_last: bool
) -> tuple[list[list[Scrap | None]], int]:
    """Cells put under heads from left to right, over as many rows as they take, so that they fit best.

    Of the last number's cells some may be left over, what stands below the table, and all that are taken are one row.
    Dynamic programming over cells and columns; several cells under one head are one cell of several lines where the
    head asks who.
    """
    if "serial" not in kinds:
        fields = [field for field in fields if not _SERIAL.fullmatch(field.said)]
    best: list[list[tuple[float, int]]] = []
    for nth, field in enumerate(fields):
        line: list[tuple[float, int]] = []
        for column, kind in enumerate(kinds):
            worth = _worth(field.said, kind)
            if nth == 0:
                line.append((worth - 0.3 * column, -1))
                continue
            before = best[-1]
            options = [(before[c][0] - 0.6 * (column - c - 1), c) for c in range(column)]
            if kind == "who":
                options.append((before[column][0] - 0.2, column))
            options += (
                []
                if is_last
                else [
                    (before[c][0] + _NEW_ROW - 0.3 * column, c + len(kinds)) for c in range(max(column, 1), len(kinds))
                ]
            )
            score, came = max(options, default=(-1e9, -1))
            line.append((score + worth, came))
        best.append(line)
    if not best:
        return [], 0
    count = len(best) if not is_last else 1 + max(range(len(best)), key=lambda nth: max(best[nth])[0])
    return _read_back(fields, kinds, best, count), count


def _read_back(
    fields: Sequence[Scrap], kinds: Sequence[ColumnAsks], best: Sequence[Sequence[tuple[float, int]]], count: int
) -> list[list[Scrap | None]]:
    column = max(range(len(kinds)), key=lambda c: best[count - 1][c][0])
    steps: list[tuple[int, bool]] = []
    for nth in range(count - 1, -1, -1):
        came = best[nth][column][1]
        steps.append((column, came >= len(kinds)))
        column = came % len(kinds) if came >= 0 else column
    rows: list[list[Scrap | None]] = [[None] * len(kinds)]
    for field, (here, new) in zip(fields, reversed(steps), strict=False):
        if new:
            rows.append([None] * len(kinds))
        there = rows[-1][here]
        rows[-1][here] = field if there is None else Scrap(there.start, field.end, f"{there.said} {field.said}")
    return rows


def _merged(rows: Sequence[Sequence[Scrap | None]], first: int, kinds: Sequence[ColumnAsks]) -> Iterator[PastedCell]:
    """The cells of some rows; one that the rows below leave out reaches down over them."""
    for column in range(len(kinds)):
        for nth, row in enumerate(rows):
            field = row[column]
            if field is not None:
                reach = 1
                while nth + reach < len(rows) and rows[nth + reach][column] is None:
                    reach += 1
                yield PastedCell(first + nth, column, field.start, field.end, reach)
