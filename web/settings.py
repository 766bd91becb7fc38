"""What the site is told when it starts (设置); nothing else configures it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from search.query import BadDate


def today() -> date:
    """Today, or the day that ZEREN_TODAY names (2026-11-30): for tests, and to ask as of another day.

    Raises `BadDate` where that names none.
    """
    said = os.environ.get("ZEREN_TODAY", "")
    if not said:
        return date.today()
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise BadDate(text=said[:40]) from None


@dataclass(frozen=True)
class Settings:
    """Settings of one site.

    library      address of the library: a folder, which is made where there is none, or neo4j://… with a password in it
    lexicon      folder of the vocabulary (`data/lexicon`)
    local_units  the office's own names of units, a file like `units.csv`, if it has one
    hosts        names that a request may be addressed to (Host header, port aside); `.example.cn` means all beneath it
    https        the site is reached over HTTPS only: browsers are told to remember that (HSTS)
    today        the day that "due next" begins with, and that 本月 and 逾期 are counted from
    show_contacts  telephone, identity and e-mail digits are shown as they stand in the files
    cache_bytes  bytes of answers that are kept in memory for as long as the library does not change
    """

    library: str | Path = field(repr=False)
    lexicon: Path
    local_units: Path | None = None
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    https: bool = False
    show_contacts: bool = False
    today: Callable[[], date] = today
    cache_bytes: int = 64 * 1024 * 1024
