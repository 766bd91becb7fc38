"""Which SQLite has the WAL-reset fault (https://sqlite.org/wal.html#walresetbug).

Two connections that write and checkpoint at the same instant may damage a library. It was never seen outside of
SQLite's own tests of it, and is worth a word, not a refusal.
"""

from __future__ import annotations


def sqlite_fault(version: tuple[int, int, int]) -> bool:
    """Whether a version of SQLite has it: 3.7.0 to 3.51.2, but for the series in which the mending was taken back."""
    if version[:2] == (3, 44):
        return version < (3, 44, 6)
    if version[:2] == (3, 50):
        return version < (3, 50, 7)
    return (3, 7, 0) <= version < (3, 51, 3)
