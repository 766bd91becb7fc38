"""What an attack hands back (结果)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A row of the table: what was tried, how often, how often it did harm, and what was measured.

    `harmed` above 0 is a fault of Zeren's; a row that only measures (a peer beside us) has `harmed` 0.
    """

    attack: str
    tried: int
    harmed: int
    measured: str = ""


Attack = Callable[[float], Iterator[Row]]
"""Attacks for about so many seconds; sends nothing to any address but 127.0.0.1 and leaves nothing running."""
