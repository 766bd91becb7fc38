"""One generation for each request, and answers that need not be made twice (应答): snapshot, ETag, gzip, cache.

Every page is a function of its URL, the library's generation and the day; so is its ETag, and so is the key under
which its bytes are kept until the cache is full.
"""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from threading import Lock

from flask import Flask, Response, g, request

from web.library import Library
from web.request import asked, query_of
from web.serving.security import name_of
from web.settings import Settings

_SMALLEST_GZIP = 600
"""Bytes below which compressing saves nothing."""
_GZIP_LEVEL = 5


class ByteCache:
    """Bytes by key, at most so many in all, those longest unused forgotten first. Safe for many threads."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._lock = Lock()
        self._entries: OrderedDict[str, tuple[bytes, str]] = OrderedDict()

    def get(self, key: str) -> tuple[bytes, str] | None:
        """Body and content type."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is not None:
                self._entries.move_to_end(key)
            return entry

    def put(self, key: str, body: bytes, content_type: str) -> None:
        """Keeps a body unless it alone would take a quarter of the room."""
        if len(body) * 4 > self._limit:
            return
        with self._lock:
            old = self._entries.pop(key, None)
            self._size += len(body) - (len(old[0]) if old else 0)
            self._entries[key] = (body, content_type)
            while self._size > self._limit:
                _, (dropped, _) = self._entries.popitem(last=False)
                self._size -= len(dropped)


def install(app: Flask, library: Library, settings: Settings) -> None:
    """Makes every answer of one generation, and answers from what is kept where that is still true."""
    answers = _Answers(library, settings, _site_stamp())
    app.before_request(answers.begin)
    app.after_request(answers.finish)
    app.teardown_request(_end)


class _Answers:
    """What happens before and after each page is made."""

    def __init__(self, library: Library, settings: Settings, site: str) -> None:
        self._library, self._settings, self._site = library, settings, site
        self._kept = ByteCache(settings.cache_bytes)

    def begin(self) -> Response | None:
        """Holds one generation for the request; the answer where it is kept here or by who asks."""
        if request.endpoint in (None, "static"):
            return None
        self._library.catalog.renew()
        g.open = ExitStack()
        g.generation = g.open.enter_context(self._library.store.snapshot())
        g.key = self._key(g.generation)
        if not _is_read():
            return None
        if request.if_none_match.contains_weak(g.key) and not request.if_none_match.star_tag:
            return _tagged(Response(status=304), g.key)
        entry = self._kept.get(g.key)
        if entry is None:
            return None
        g.from_cache = True
        response = Response(entry[0], content_type=entry[1])
        if _takes_gzip() and entry[0][:2] == b"\x1f\x8b":
            response.headers["Content-Encoding"] = "gzip"
        return _tagged(response, g.key)

    def _key(self, generation: int) -> str:
        made_by = (self._site, self._library.lexicon.stamp, self._library.store.stamp(), self._library.catalog.stamp())
        made_of = (*made_by, self._library.show_contacts, generation, self._settings.today(), _takes_gzip())
        said = "\n".join((*map(str, made_of), *_asked_for()))
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:24]

    def finish(self, response: Response) -> Response:
        """Tags a page that was made, compresses it, and keeps it where it is of the newest generation."""
        key = g.get("key")
        if key is None or g.get("from_cache") or response.status_code != 200 or not _is_read():
            return response
        if _takes_gzip() and (response.content_length or 0) > _SMALLEST_GZIP:
            response.set_data(gzip.compress(response.get_data(), _GZIP_LEVEL, mtime=0))
            response.headers["Content-Encoding"] = "gzip"
        # What is kept has no headers of its own: a file with a name is made each time.
        named = "Content-Disposition" in response.headers
        if not named and self._library.catalog.generation() == g.generation:
            self._kept.put(key, response.get_data(), response.headers["Content-Type"])
        return _tagged(response, key)


def _end(_: BaseException | None) -> None:
    if "open" in g:
        g.pop("open").close()


def _is_read() -> bool:
    return request.method in ("GET", "HEAD")


def _takes_gzip() -> bool:
    return "gzip" in request.headers.get("Accept-Encoding", "")


def _asked_for() -> tuple[str, str, str, str]:
    """What this request asks for, once for all ways to spell it: what no page knows makes no other answer.

    No answer holds the Host or the scheme. They are part of it all the same, so that one that did could reach nobody
    else; not the port, of which there are too many.
    """
    return request.scheme, name_of(request.host), request.path, query_of(asked())


def _tagged(response: Response, key: str) -> Response:
    response.set_etag(key, weak=True)
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Accept-Encoding, Cookie"
    return response


@cache
def _site_stamp() -> str:
    """A hash of every byte of the program. An ETag costs nothing to renew, so here a comment may change it."""
    return program_stamp(Path(__file__).resolve().parents[2])


def program_stamp(home: Path) -> str:
    """A hash of everything that answers are made with, in whatever package: code, templates, static files, catalogue.

    What is stored is never compared with it: it holds a stamp of values (`graph.derived.stamp`).
    """
    digest = hashlib.sha256()
    for package in ("ingest", "graph", "search", "web"):
        for path in sorted(path for path in (home / package).rglob("*") if path.is_file()):
            if path.parent.name != "__pycache__":
                digest.update(f"{path.relative_to(home).as_posix()}\n{path.stat().st_size}\n".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
