"""A task sheet as csv: UTF-8 with its mark, so that Excel and WPS read it; the first line is its head."""

from __future__ import annotations

from web.sheets.records import HEADS, TaskSheet
from web.words.harmless import csv_text


def table_of(sheet: TaskSheet) -> bytes:
    """The table of a task sheet; a cell that a spreadsheet would compute begins with '."""
    rows = [["任务编号", "文件", *(HEADS[name] for name in sheet.columns)]]
    titles = {source.id: source.title for source in sheet.sources}
    for row in sheet.rows:
        rows.append([row.task, titles[row.plan], *(row.cells.get(name, "") for name in sheet.columns)])
    return csv_text(rows).encode()
