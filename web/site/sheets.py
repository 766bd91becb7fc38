"""Any list as a file that offices keep (台账): `/tasks/sheet.xlsx?…` and `.csv`, the same query as the page."""

from __future__ import annotations

from flask import Response
from flask_babel import gettext

from web.maps.outputs.naming import disposition, file_name
from web.sheets.making import list_title, sheet_of
from web.sheets.written import MIME, WRITERS
from web.site.asking.lists import list_meant
from web.site.views import library, settings


def list_sheet(form: str) -> Response:
    """The list that the address means, as a file. Raises `SheetTooLong`."""
    query, ids, said = list_meant()
    store = library().store
    made = sheet_of(list_title(query, said, store), settings().today().isoformat(), ids, store, gettext)
    response = Response(WRITERS[form](made), content_type=MIME[form])
    response.headers["Content-Disposition"] = disposition(file_name(made.title, gettext("台账"), form))
    return response
