"""Answers that refuse without asking the library (谢绝): to a request that comes too much, is too long or is no HTTP.

They are made once and have the shape and the headers of every other error (`web/errors.py`), without its page's frame:
a site that is busy has no style sheets to hand out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from html import escape
from http import HTTPStatus
from urllib.parse import parse_qs

import msgspec

from web.errors import RETRY_AFTER, ProblemJson
from web.serving.security import headers
from web.words import phrases as words
from web.words.catalogue import load_translations
from web.words.wording import say

BUSY = HTTPStatus.SERVICE_UNAVAILABLE
"""More is asked than can be answered now."""


@dataclass(frozen=True)
class Refusal:
    """An answer: status line without the version, headers, body."""

    status: str
    headers: tuple[tuple[str, str], ...]
    body: bytes


def refusal(status: int, path: str, query: str, https: bool = False) -> Refusal:
    """The answer of a status (400, 413, 431, 500, 503) to an address: JSON for the API, a sentence for people."""
    english = parse_qs(query).get("lang", [""])[0] == "en"
    return _made(status, path.startswith("/api/"), "en" if english else "zh_CN", https)


@cache
def _made(status: int, api: bool, language: str, https: bool) -> Refusal:
    translate = load_translations(language).gettext
    code = "busy" if status == BUSY else f"http-{status}"
    title = translate(words.STATUSES.get(status, words.STATUSES[500]))
    detail = say(words.ERRORS, code, {}, translate) if code in words.ERRORS else ""
    sent = headers(https) | {"Cache-Control": "no-store"}
    if status == BUSY:
        sent["Retry-After"] = str(RETRY_AFTER)
    if api:
        sent["Content-Type"] = "application/problem+json; charset=utf-8"
        body = msgspec.json.encode(ProblemJson(code, title, status, detail, {}))
    else:
        sent["Content-Type"] = "text/html; charset=utf-8"
        body = _page(language, status, title, detail).encode()
    return Refusal(f"{status} {HTTPStatus(status).phrase}", tuple(sent.items()), body)


def _page(language: str, status: int, title: str, detail: str) -> str:
    return (
        f'<!doctype html>\n<html lang="{language.replace("_", "-")}">\n<meta charset="utf-8">\n'
        f"<title>{status} {escape(title)}</title>\n<h1>{escape(title)}</h1>\n<p>{escape(detail)}</p>\n"
    )
