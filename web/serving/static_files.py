"""Styles, scripts and pictures (静态文件): read and compressed once, kept by browsers while they are the same.

Their addresses carry a hash of the whole folder, /static/<hash>/css/base.css, so that what they point to by relative
addresses carries it too. Without the hash, or with that of another release, the same file is sent, to be kept briefly.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from flask import Flask, Response, abort, request

from web.serving.facts_css import facts_css, facts_night_css

_KINDS = {
    ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
}  # fmt: skip
"""Content types by suffix; of any other file that of plain text. The tables that systems have differ."""
_STAMP = re.compile(r"([0-9a-f]{12})/")
_FOR_EVER = "public, max-age=31536000, immutable"
_BRIEFLY = "public, max-age=3600"


class StaticFile:
    """One file: its bytes, those compressed (made when first asked for), type by its suffix and ETag."""

    def __init__(self, data: bytes, suffix: str) -> None:
        self.data = data
        self.kind = _KINDS.get(suffix, "text/plain; charset=utf-8")
        self.etag = hashlib.sha256(self.data).hexdigest()[:24]

    @cached_property
    def packed(self) -> bytes:
        return gzip.compress(self.data, 9, mtime=0)


def read_folder(folder: Path) -> Mapping[str, StaticFile]:
    """All files of a folder by their path in it."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): StaticFile(path.read_bytes(), path.suffix) for path in paths}


def stamp_of(files: Mapping[str, StaticFile]) -> str:
    """A hash of all names and contents."""
    said = "\n".join(f"{name} {file.etag}" for name, file in files.items())
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def install(app: Flask) -> None:
    """Serves the site's folder `static`, and the sheets of kinds of facts.

    `url_for("static", filename=…)` gives the address with the hash.
    """
    made = {"css/facts.css": facts_css(), "css/facts-night.css": facts_night_css()}
    sheets = {name: StaticFile(sheet.encode(), ".css") for name, sheet in made.items()}
    files = {**read_folder(Path(app.root_path) / "static"), **sheets}
    stamp = stamp_of(files)

    @app.url_defaults
    def name_release(endpoint: str, values: dict[str, str]) -> None:
        if endpoint == "static":
            values["filename"] = f"{stamp}/{values['filename']}"

    @app.get("/static/<path:filename>", endpoint="static")
    def static(filename: str) -> Response:
        release = _STAMP.match(filename)
        file = files.get(filename[release.end() :] if release else filename)
        if file is None:
            abort(404)
        return _sent(file, bool(release and release[1] == stamp))


def _sent(file: StaticFile, for_ever: bool) -> Response:
    response = Response(content_type=file.kind)
    if "gzip" in request.headers.get("Accept-Encoding", "") and len(file.packed) < len(file.data):
        response.set_data(file.packed)
        response.headers["Content-Encoding"] = "gzip"
    else:
        response.set_data(file.data)
    response.headers["Cache-Control"] = _FOR_EVER if for_ever else _BRIEFLY
    response.headers["Vary"] = "Accept-Encoding"
    response.set_etag(file.etag, weak=True)
    response.make_conditional(request)
    return response
