"""What the site is told when it starts (设置); nothing else configures it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """Settings of one site.

    library      address of the library: a folder, which is made where there is none, or neo4j://… with a password in it
    lexicon      folder of the vocabulary (`data/lexicon`)
    local_units  the office's own names of units, a file like `units.csv`, if it has one
    hosts        names that a request may be addressed to (Host header, port aside); `.example.cn` means all beneath it
    https        the site is reached over HTTPS only: browsers are told to remember that (HSTS)
    today        the day that "due next" begins with
    show_contacts  telephone, identity and e-mail digits are shown as they stand in the files
    cache_bytes  bytes of answers that are kept in memory for as long as the library does not change
    """

    library: str | Path = field(repr=False)
    lexicon: Path
    local_units: Path | None = None
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    https: bool = False
    show_contacts: bool = False
    today: Callable[[], date] = date.today
    cache_bytes: int = 64 * 1024 * 1024
