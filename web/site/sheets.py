"""Any list as a file (台账, 日历): `/tasks/sheet.xlsx?…`, `.csv` and `.ics`, the same query as the page."""

from __future__ import annotations

from flask import Response
from flask_babel import gettext

from web.maps.outputs.naming import disposition, file_name
from web.sheets.making import list_title
from web.sheets.records import ListAsked
from web.sheets.written import MIME, WRITERS
from web.site.asking.lists import list_meant
from web.site.views import library, settings


def list_sheet(form: str) -> Response:
    """The list that the address means, as a file. Raises `SheetTooLong`."""
    query, ids, said = list_meant()
    store = library().store
    asked = ListAsked(list_title(query, said, store), settings().today().isoformat(), query, ids, store)
    response = Response(WRITERS[form](asked, gettext), content_type=MIME[form])
    view = gettext("日历") if form == "ics" else gettext("台账")
    response.headers["Content-Disposition"] = disposition(file_name(asked.title, view, form))
    return response
