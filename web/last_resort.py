"""What nobody foresaw (兜底): the whole site inside one `try`, so that no error leaves it bare.

Wherever it arose (a page, the page of an error, what runs before or after them), the answer is a small page, or
problem+json for the API, with all headers, and the log says in one line what it was and where. It uses nothing of
Flask's and no template, for these may be what failed.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import msgspec

from web import words
from web.errors import Problem
from web.language import load_translations
from web.security import headers_of
from web.settings import Settings

_HOME = Path(__file__).resolve().parent.parent
_LONGEST_PATH = 200
_PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title></head><body><p>500</p><h1>{title}</h1><p><a href="/">{home}</a></p></body></html>
"""

_log = logging.getLogger("zeren.web")


class LastResort:
    """A WSGI application round another that answers for it where it fails."""

    def __init__(self, inner: WSGIApplication, settings: Settings) -> None:
        self._inner = inner
        self._headers = [*headers_of(settings).items(), ("Cache-Control", "no-store")]

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answers; begins the answer only once the inner application is done, so that it can still be another."""
        held: list[tuple[str, list[tuple[str, str]]]] = []

        def hold(status: str, headers: list[tuple[str, str]], _: Any = None) -> Any:
            held[:] = [(status, headers)]

        try:
            body = self._inner(environ, hold)
        except Exception as error:
            _log.error(line_of(error, str(environ.get("PATH_INFO", ""))))
            kind, made = _answer(environ)
            own = [("Content-Type", kind), ("Content-Length", str(len(made)))]
            held[:] = [("500 Internal Server Error", [*own, *self._headers])]
            body = [] if environ.get("REQUEST_METHOD") == "HEAD" else [made]
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


def _answer(environ: WSGIEnvironment) -> tuple[str, bytes]:
    """Content type and body in the form and language of the request."""
    asked = parse_qs(str(environ.get("QUERY_STRING", ""))[:_LONGEST_PATH], max_num_fields=None)
    lang = "en" if asked.get("lang", [""])[0] == "en" else "zh-CN"
    say = load_translations("en" if lang == "en" else "zh_CN").gettext
    title = say(words.STATUSES[500])
    if str(environ.get("PATH_INFO", "")).startswith("/api/"):
        problem = Problem("http-500", title, 500, "", {})
        return "application/problem+json; charset=utf-8", msgspec.json.encode(problem)
    page = _PAGE.format(lang=lang, title=escape(title), home=escape(say("文件与单位")))
    return "text/html; charset=utf-8", page.encode()
