"""Many questions in one request (成批提问): a list of lines in, a table out."""

from __future__ import annotations

import msgspec
from flask import Response, request
from flask_babel import gettext

from ingest.errors import ZerenError
from web import request as parameters
from web.pages.found.batch import answer_table, as_csv
from web.pages.reply import ReplyView, reply_view
from web.queries.asking import asked
from web.queries.labels import labels_in
from web.request import ParameterNames
from web.site.asking.search import LONGEST_QUERY
from web.site.views import library, settings

MOST_QUESTIONS = 100
FORMS = ("json", "csv")
KNOWS = ParameterNames(("format",))
"""`format`: json, or csv."""


class BadBatch(ZerenError):
    """A body that is no list of questions, or of too many. Params: limit."""

    code = "bad-batch"


def questions() -> Response:
    """The answers to the lines of the body, each a question, or to those of a JSON list. Raises `BadBatch`."""
    form = parameters.choice("format", FORMS) or "json"
    table = answer_table(map(_answered, _asked(request.get_data(cache=False))))
    if form == "csv":
        return Response(as_csv(table), content_type="text/csv; charset=utf-8")
    return Response(msgspec.json.encode(table), content_type="application/json; charset=utf-8")


def _asked(body: bytes) -> tuple[str, ...]:
    try:
        text = body.decode("utf-8-sig")
        said = msgspec.json.decode(text, type=list[str]) if text.lstrip().startswith("[") else text.splitlines()
    except (UnicodeDecodeError, msgspec.DecodeError):
        raise BadBatch(limit=MOST_QUESTIONS) from None
    kept = tuple(each.strip()[:LONGEST_QUERY] for each in said if each.strip())
    if not 0 < len(kept) <= MOST_QUESTIONS:
        raise BadBatch(limit=MOST_QUESTIONS)
    return kept


def _answered(question: str) -> ReplyView:
    found = asked(question, library().catalog, settings().today(), gettext)
    return reply_view(found, labels_in(library().store), gettext)
