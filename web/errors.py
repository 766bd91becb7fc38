"""What went wrong, as an answer (错误): exception → status, a page for people, JSON for programs (RFC 9457)."""

from __future__ import annotations

import logging
from collections.abc import Mapping

import msgspec
from flask import Flask, Response, render_template, request
from flask_babel import gettext
from werkzeug.exceptions import HTTPException

from ingest.errors import ZerenError
from ingest.model import Record
from web.words import phrases as words
from web.words.wording import say

STATUS_OF_CODE: Mapping[str, int] = {
    "unknown-id": 404, "removed-id": 410, "bad-date": 400, "bad-choice": 400, "bad-query": 400,
    "bad-batch": 400, "ambiguous-thing": 400,
    "query-too-long": 414, "sheet-too-long": 413,
    "library-locked": 503, "disk-error": 503, "disk-full": 503, "index-locked": 503, "index-damaged": 503,
    "library-damaged": 503, "library-plan-damaged": 503, "library-closed": 503, "library-outdated": 503,
    "no-library": 503, "database-unreachable": 503, "database-refused": 503,
    "database-timeout": 503, "database-failed": 503, "foreign-graph": 503, "snapshot-gone": 503,
}  # fmt: skip
"""Status of a `ZerenError` by its code; 500 for any other."""

_TOLD = ("plan",)
"""Params that are told too where the library is at fault: ids, never paths or addresses."""

RETRY_AFTER = 5
"""Seconds after which a client may ask again where the library cannot answer now."""

_log = logging.getLogger("zeren.web")


class BadChoice(ZerenError):
    """A parameter of the URL has a value that it cannot have. Params: text; `known`, what it can have, where told."""

    code = "bad-choice"


class ProblemJson(Record, frozen=True):
    """problem+json: `type` is the error's code, `title` and `detail` are in the language of the request."""

    type: str
    title: str
    status: int
    detail: str
    params: dict[str, str | int]


def install(app: Flask) -> None:
    """Answers every error that is foreseen in the one shape; the others are for web/serving/last_resort.py."""

    @app.errorhandler(ZerenError)
    def mendable(error: ZerenError) -> Response:
        status = STATUS_OF_CODE.get(error.code, 500)
        if status >= 500:
            _log.error("%s %s", error.code, error.params)
        params = {name: value for name, value in error.params.items() if status < 500 or name in _TOLD}
        return answer(status, error.code, params)

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Response:
        response = answer(error.code or 500, f"http-{error.code}", {})
        if error.code == 405 and error.get_response().headers.get("Allow"):
            response.headers["Allow"] = error.get_response().headers["Allow"]
        return response


def answer(status: int, code: str, params: Mapping[str, str | int]) -> Response:
    """The error as JSON for the API, as a page for everybody else."""
    title = gettext(words.STATUSES.get(status, words.STATUSES[500]))
    detail = say(words.ERRORS, code, params, gettext) if code in words.ERRORS else ""
    problem = ProblemJson(code, title, status, detail, dict(params))
    headers = {"Retry-After": str(RETRY_AFTER)} if status == 503 else {}
    if request.path.startswith("/api/"):
        kind = "application/problem+json; charset=utf-8"
        return Response(msgspec.json.encode(problem), status, headers, content_type=kind)
    return Response(render_template("error.html", page=problem), status, headers)
