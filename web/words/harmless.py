"""What a terminal or a spreadsheet obeys (控制字符), taken out of what plans, files and errors say before it shows."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from io import StringIO

_OBEYED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Codes that move, colour, rename or answer (C0 with ESC, DEL, C1), and those that turn the direction of writing.

White space is kept.
"""

_BACK = re.compile(r"\r(?!\n)")


def harmless(text: str) -> str:
    """The text with � for every character that a terminal obeys; a line cannot be written over either."""
    return _BACK.sub("\ufffd", _OBEYED.sub("\ufffd", text))


def harmless_json(said: str) -> str:
    """The same JSON, with a code for every character that a terminal obeys: such stand in its strings only."""
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", said)


_COMPUTED = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What makes a spreadsheet take a cell for a formula."""


def cell(text: str) -> str:
    """A text that a spreadsheet shows and never computes."""
    said = harmless(text)
    return f"'{said}" if said.startswith(_COMPUTED) else said


def csv_text(rows: Iterable[Iterable[str | int]]) -> str:
    """Rows as CSV, UTF-8 with its mark, so that Excel and WPS read it; no cell is computed."""
    written = StringIO()
    writer = csv.writer(written)
    for row in rows:
        writer.writerow([cell(said) if isinstance(said, str) else said for said in row])
    return "\ufeff" + written.getvalue()
