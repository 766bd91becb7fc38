"""The forms in which a list leaves: as a task sheet (台账) or as a calendar (日历)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from web.sheets.calendar import calendar_of
from web.sheets.making import sheet_of
from web.sheets.records import ListAsked
from web.sheets.table import table_of
from web.sheets.workbook import workbook_of
from web.words.wording import Translate

WRITERS: Mapping[str, Callable[[ListAsked, Translate], bytes]] = {
    "xlsx": lambda asked, translate: workbook_of(sheet_of(asked, translate)),
    "csv": lambda asked, translate: table_of(sheet_of(asked, translate)),
    "ics": calendar_of,
}
MIME: Mapping[str, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
}
