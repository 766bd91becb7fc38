"""What nobody foresaw (兜底): the whole site inside one `try`, so that no error leaves it bare.

Wherever it arose (a page, the page of an error, what runs before or after them), the answer is a small page, or
problem+json for the API, with all headers, and the log says in one line what it was and where. It uses nothing of
Flask's and no template, for these may be what failed.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from web.serving.refusals import refusal
from web.settings import Settings

_HOME = Path(__file__).resolve().parents[2]
_LONGEST_PATH = 200
_LONGEST_QUERY = 200

_log = logging.getLogger("zeren.web")


class LastResort:
    """A WSGI application round another that answers for it where it fails."""

    def __init__(self, inner: WSGIApplication, settings: Settings) -> None:
        self._inner = inner
        self._https = settings.https

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answers; begins the answer only once the inner application is done, so that it can still be another."""
        held: list[tuple[str, list[tuple[str, str]]]] = []

        def hold(status: str, headers: list[tuple[str, str]], _: Any = None) -> Any:
            held[:] = [(status, headers)]

        try:
            body = self._inner(environ, hold)
        except Exception as error:
            path, query = str(environ.get("PATH_INFO", "")), str(environ.get("QUERY_STRING", ""))
            _log.error(line_of(error, path))
            said = refusal(500, path, query[:_LONGEST_QUERY], self._https)
            held[:] = [(said.status, [*said.headers, ("Content-Length", str(len(said.body)))])]
            body = [] if environ.get("REQUEST_METHOD") == "HEAD" else [said.body]
        start_response(*held[0])
        return body


def line_of(error: BaseException, path: str) -> str:
    """An error on one line: its type, the place in our own files where it arose, the path that was asked for."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if _HOME in Path(frame.filename).parents]
    place = next(((frame.filename, frame.lineno) for frame in reversed(ours or frames)), ("?", 0))
    name = Path(place[0]).relative_to(_HOME).as_posix() if ours else Path(place[0]).name
    asked = path.encode("latin-1", "replace").decode("utf-8", "replace")
    return f"http-500 {type(error).__name__} {name}:{place[1]} {_printable(asked[:_LONGEST_PATH])}"


def _printable(text: str) -> str:
    """The text without line breaks, control and direction characters, which would forge or hide a line of the log."""
    return "".join(character for character in text if character.isprintable())
