"""A list of tasks as a task sheet (台账): the columns that offices print, names and targets as the plan writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from graph.query import Query
from graph.store import Store
from ingest.model import Record

Column = Literal[
    "item",
    "text",
    "lead",
    "responsible",
    "support",
    "people",
    "targets",
    "deadline",
    "due",
    "progress",
    "bases",
    "place",
]
"""序号 stands before, 进展情况, 完成状态 and 备注 behind them; a column that is empty in the whole list is left out."""

COLUMNS: tuple[Column, ...] = (
    "item", "text", "lead", "responsible", "support", "people", "targets", "deadline", "due", "progress", "bases",
    "place",
)  # fmt: skip


HEADS: Mapping[str, str] = {
    "number": "序号", "item": "重点任务", "text": "具体任务", "lead": "牵头单位", "responsible": "责任单位",
    "support": "配合单位", "people": "责任领导", "targets": "量化指标", "deadline": "完成时限（原文）",
    "due": "完成时限（日期）", "progress": "进度要求", "bases": "依据文件", "place": "出处", "state": "进展情况",
    "status": "完成状态", "light": "提醒", "note": "备注",
}  # fmt: skip
"""What the form calls its columns; it is an office's, and Chinese in every language of the site."""


class TaskSheetRow(Record, frozen=True):
    """A task. `cells` are its texts by column; `due` is the ISO day of its earliest deadline, None where it has none.

    `band` is the plan and chapter that it stands in; `task` and `plan` are ids, `start` and `end` characters of the
    plan's source text.
    """

    task: str
    plan: str
    band: tuple[str, ...]
    cells: dict[Column, str]
    due: str | None
    start: int
    end: int


class ListAsked(NamedTuple):
    """A list that is to leave: what it is called, its day (ISO), its query, and the ids of its tasks in order."""

    title: str
    day: str
    query: Query
    ids: Sequence[str]
    store: Store


class SheetSource(Record, frozen=True):
    """A plan that rows come from: its id, title and number, and the SHA-256 of the file that was read."""

    id: str
    title: str
    number: str
    sha256: str


class TaskSheet(Record, frozen=True):
    """A task sheet: its title, the plans it comes from, its day (ISO), and its rows in the order of the list."""

    title: str
    sources: tuple[SheetSource, ...]
    day: str
    rows: tuple[TaskSheetRow, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns in which some row says something."""
        return tuple(each for each in COLUMNS if any(row.cells.get(each) for row in self.rows))
