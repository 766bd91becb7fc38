"""What files of maps are called (文件名), and the colours that they are drawn in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import quote

_TOKENS = Path(__file__).resolve().parents[2] / "static" / "css" / "tokens.css"
_LONGEST = 60
_UNSAFE = re.compile(r"[^\w()（）-]+")
"""Everything but letters, digits and brackets: no path, no dot, no sign that a shell or a terminal obeys."""


def file_name(title: str, view: str, form: str) -> str:
    """The name of a map's file. A title is untrusted: nothing of it but letters, digits and brackets is kept."""
    said = _UNSAFE.sub("", title)[:_LONGEST]
    return f"{said}-{view}.{form}" if said else f"{view}.{form}"


def disposition(name: str) -> str:
    """The header that tells a browser to keep the file under that name (RFC 6266)."""
    form = name.rpartition(".")[2]
    return f"attachment; filename=\"map.{form}\"; filename*=UTF-8''{quote(name, safe='')}"


@cache
def palette() -> Mapping[str, str]:
    """The colours of the site by day, as css/tokens.css says them: the only place where they are chosen."""
    root = _TOKENS.read_text("utf-8").partition(":root {")[2].partition("}")[0]
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,8});", root))
