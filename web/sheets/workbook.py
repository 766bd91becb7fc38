"""A task sheet as a workbook (xlsx): the sheet that offices print, and a flat one by which what comes back is matched.

Page and types follow what offices print: A3 landscape one page wide, title 方正小标宋简体, head 黑体, body 仿宋_GB2312
(a machine without them takes its own). Nothing that a plan says becomes a formula or a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from io import BytesIO
from itertools import groupby
from typing import Any

import xlsxwriter

from web.sheets.records import HEADS, Column, TaskSheet, TaskSheetRow
from web.words.harmless import harmless

WIDTHS: Mapping[str, float] = {
    "item": 20, "text": 52, "lead": 16, "responsible": 18, "support": 18, "people": 10, "targets": 22, "deadline": 15,
    "due": 13.5, "progress": 15, "bases": 22, "place": 13, "state": 16, "status": 10, "light": 8, "note": 12,
}  # fmt: skip
"""Widths of the columns in characters of the body type."""

_STATES = ("未开始", "进行中", "已完成")
"""What a task's state may be: the drop-down of the column."""

_LINE, _MOST_HEIGHT = 15.5, 400.0
"""Points of a line, and of a row: Excel shows no row that is higher than 409."""

_OWN = ("state", "status", "light", "note")
_NOTES = (
    "注：（推定）是程序依行文推断的责任，原文没有写明；单位名称和指标照原文；时限写在工作进度里的照录那一句。",
    "“数据”页一行一项任务，任务编号请勿改动：填回来的台账凭它对应。",
)
"""What stands beneath the table."""

_LONGEST = 32_000
"""Characters of a cell: Excel keeps 32,767."""


def workbook_of(sheet: TaskSheet) -> bytes:
    """The workbook of a task sheet."""
    made = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(made, options) as book:
        book.set_properties({"title": _cell(sheet.title)[:250], "author": "Zeren", "comments": sheet.day})
        for nth, source in enumerate(sheet.sources[:200], 1):
            book.set_custom_property(f"plan-{nth}", source.id, "text")
            book.set_custom_property(f"sha256-{nth}", source.sha256, "text")
        _Printed(book, sheet).write()
        _flat(book, sheet)
    return made.getvalue()


class _Printed:
    """The sheet that is printed."""

    def __init__(self, book: Any, sheet: TaskSheet) -> None:
        self._sheet = sheet
        self._columns: tuple[Column, ...] = sheet.columns
        self._to = book.add_worksheet("台账")
        body = {"font_name": "仿宋_GB2312", "font_size": 10.5, "valign": "vcenter", "text_wrap": True, "border": 1}
        self._body = book.add_format(body)
        self._centred = book.add_format(body | {"align": "center"})
        self._free = book.add_format(body | {"locked": False})
        self._day = book.add_format(body | {"align": "center", "num_format": 'yyyy"年"m"月"d"日"'})
        self._head = book.add_format(
            body | {"font_name": "黑体", "align": "center", "bg_color": "#EDEDED", "font_size": 11}
        )
        self._band = book.add_format(body | {"font_name": "楷体_GB2312", "bold": True, "bg_color": "#F7F5F0"})
        self._title = book.add_format(
            {"font_name": "方正小标宋简体", "font_size": 22, "align": "center", "valign": "vcenter", "text_wrap": True}
        )
        self._line = book.add_format({"font_name": "楷体_GB2312", "font_size": 11, "text_wrap": True, "valign": "top"})
        self._lights = [
            book.add_format({"bg_color": colour}) for colour in ("#DDEBDA", "#F6D5D0", "#FBEFC9")
        ]  # Done, past, within seven days: the word stands beside the colour.

    def write(self) -> None:
        heads = ("number", *self._columns, *self._of_its_own())
        self._set_up(heads)
        last = len(heads) - 1
        self._to.merge_range(0, 0, 0, last, _cell(self._sheet.title), self._title)
        self._to.set_row(0, 34 * _lines(self._sheet.title, 60))
        said = _origin(self._sheet)
        self._to.merge_range(1, 0, 1, last, _cell(said), self._line)
        self._to.set_row(1, _LINE * _lines(said, 150))
        for at, name in enumerate(heads):
            self._to.write_string(2, at, HEADS[name], self._head)
        self._to.set_row(2, 30)
        end = self._rows(heads)
        self._rules(heads, end)
        for at, note in enumerate(_NOTES, end + 1):
            self._to.merge_range(at, 0, at, last, _cell(note), self._line)
            self._to.set_row(at, _LINE * _lines(note, 150))

    def _of_its_own(self) -> tuple[str, ...]:
        return _OWN if "due" in self._columns else tuple(name for name in _OWN if name != "light")

    def _set_up(self, heads: Sequence[str]) -> None:
        to = self._to
        to.set_landscape()
        to.set_paper(8)  # A3
        to.fit_to_pages(1, 0)
        to.set_margins(0.5, 0.5, 0.6, 0.6)
        to.repeat_rows(2)
        to.set_footer('&C&"仿宋_GB2312,Regular"&10第 &P 页 共 &N 页')
        to.freeze_panes(3, 3 if "item" in heads else 2)
        for at, name in enumerate(heads):
            to.set_column(at, at, 6 if name == "number" else WIDTHS[name])

    def _rows(self, heads: Sequence[str]) -> int:
        """Writes bands and tasks; the row behind the last."""
        at, number = 3, 0
        several = len(self._sheet.sources) > 1
        for band, rows in groupby(self._sheet.rows, key=lambda row: row.band):
            if said := " › ".join(band if several else band[1:]):
                self._to.merge_range(at, 0, at, len(heads) - 1, _cell(said), self._band)
                self._to.set_row(at, 20 * _lines(said, 150))
                at += 1
            for row in rows:
                number += 1
                for nth, cells in enumerate(_pieces(row, self._columns)):
                    self._task(at, (number, nth, cells), row, heads)
                    at += 1
        return at

    def _task(self, at: int, told: tuple[int, int, dict[Column, str]], row: TaskSheetRow, heads: Sequence[str]) -> None:
        number, nth, cells = told
        self._to.set_row(at, _height(cells))
        for column, name in enumerate(heads):
            if name == "number":
                self._to.write_string(at, column, f"（续{number}）" if nth else str(number), self._centred)
            elif name == "due" and row.due and not nth:
                self._to.write_datetime(at, column, date.fromisoformat(row.due), self._day)
            elif name == "light" and not nth:
                self._to.write_formula(at, column, self._light(at, heads), self._centred, "")
            elif name in _OWN:
                self._to.write_blank(at, column, None, self._free)
            else:
                self._to.write_string(at, column, _cell(cells.get(name, "")), self._body)  # type: ignore[call-overload]

    @staticmethod
    def _light(at: int, heads: Sequence[str]) -> str:
        due, status = (xlsxwriter.utility.xl_rowcol_to_cell(at, heads.index(name)) for name in ("due", "status"))
        late = f'IF({due}<TODAY(),"逾期",IF({due}<=TODAY()+7,"临期",""))'
        return f'=IF({status}="已完成","已完成",IF({due}="","",{late}))'

    def _rules(self, heads: Sequence[str], end: int) -> None:
        """The drop-down of states, and the colours beside their words."""
        status = heads.index("status")
        if end > 3:
            self._to.data_validation(3, status, end - 1, status, {"validate": "list", "source": [*_STATES]})
        if "light" in heads and end > 3:
            at = heads.index("light")
            for word, colour in zip(("已完成", "逾期", "临期"), self._lights, strict=True):
                rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": colour}
                self._to.conditional_format(3, at, end - 1, at, rule)


def _origin(sheet: TaskSheet) -> str:
    """来源：标题（文号）、…　截至：2026年12月1日."""
    said = [f"{each.title}（{each.number}）" if each.number else each.title for each in sheet.sources]
    most = 6
    more = f" 等{len(said)}个文件" if len(said) > most else ""
    day = date.fromisoformat(sheet.day)
    return f"来源：{'、'.join(said[:most])}{more}　截至：{day.year}年{day.month}月{day.day}日"


def _flat(book: Any, sheet: TaskSheet) -> None:
    """One row a task, under heads that a program reads: what comes back is matched by the first column."""
    to = book.add_worksheet("数据")
    head = book.add_format({"bold": True, "bg_color": "#EDEDED"})
    names = (
        "任务编号（勿改）",
        "文件编号",
        *(HEADS[name] for name in sheet.columns),
        "起",
        "止",
        "进展情况",
        "完成状态",
        "备注",
    )
    for at, name in enumerate(names):
        to.write_string(0, at, name, head)
    to.freeze_panes(1, 1)
    to.set_column(0, 1, 26)
    to.set_column(2, len(names) - 1, 18)
    for at, row in enumerate(sheet.rows, 1):
        said = (row.task, row.plan, *(row.cells.get(name, "") for name in sheet.columns))
        for column, text in enumerate(said):
            to.write_string(at, column, _cell(text))
        to.write_number(at, len(said), row.start)
        to.write_number(at, len(said) + 1, row.end)
    to.autofilter(0, 0, len(sheet.rows), len(names) - 1)


def _pieces(row: TaskSheetRow, columns: Sequence[Column]) -> Iterator[dict[Column, str]]:
    """The cells of a task's rows: one, or as many as keep each within the height that Excel shows."""
    parts = {name: _parted(row.cells.get(name, ""), WIDTHS[name]) for name in columns}
    for nth in range(max((len(each) for each in parts.values()), default=1)):
        yield {name: each[nth] for name, each in parts.items() if nth < len(each)}


_STOP = re.compile(r"(?<=[。；;、\n])")


def _parted(text: str, width: float) -> list[str]:
    """A text in parts that fit into one row each, parted behind a stop where there is one."""
    most = int(_MOST_HEIGHT / _LINE)
    parts, held = [], ""
    for piece in _STOP.split(text[:_LONGEST]):
        if held and _lines(held + piece, width) > most:
            parts.append(held)
            held = ""
        held += piece
        while _lines(held, width) > most:
            cut = int(width / 2) * (most - 1)
            parts.append(held[:cut])
            held = held[cut:]
    return [*parts, held]


def _height(cells: Mapping[Column, str]) -> float:
    """Points that a row needs for its longest cell."""
    lines = max((_lines(text, WIDTHS[name]) for name, text in cells.items()), default=1)
    return max(24.0, min(_MOST_HEIGHT, lines * _LINE + 4))


def _lines(text: str, width: float) -> int:
    """Lines that a text takes in a column of a width in Latin characters; a Chinese one takes two."""

    def of(line: str) -> int:
        taken = sum(2 if ord(character) > 0x2E7F else 1 for character in line)
        return max(1, -(-taken // max(1, int(width) - 1)))

    return sum(map(of, text.split("\n")))


def _cell(text: str) -> str:
    return harmless(text)[:_LONGEST]
