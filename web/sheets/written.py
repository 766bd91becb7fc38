"""The forms in which a register leaves (台账文件)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from web.sheets.records import TaskSheet
from web.sheets.table import table_of
from web.sheets.workbook import workbook_of

WRITERS: Mapping[str, Callable[[TaskSheet], bytes]] = {"xlsx": workbook_of, "csv": table_of}
MIME: Mapping[str, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
