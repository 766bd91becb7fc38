"""A task sheet as csv: UTF-8 with its mark, so that Excel and WPS read it; the first line is its head."""

from __future__ import annotations

import csv
from io import StringIO

from web.sheets.records import HEADS, TaskSheet
from web.words.harmless import cell


def table_of(sheet: TaskSheet) -> bytes:
    """The table of a task sheet; a cell that a spreadsheet would compute begins with '."""
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(["任务编号", "文件", *(HEADS[name] for name in sheet.columns)])
    titles = {source.id: source.title for source in sheet.sources}
    for row in sheet.rows:
        said = (row.cells.get(name, "") for name in sheet.columns)
        writer.writerow([cell(text) for text in (row.task, titles[row.plan], *said)])
    return ("\ufeff" + written.getvalue()).encode()
