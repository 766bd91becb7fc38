"""The seal (封记): that this very content of a library was found sound, or written by us onto what was.

`library.checked` holds the size and CRC-32 of every page, those in SQLite's log among them. CRC-32 finds every burst of
up to 32 bits and all but one in four thousand million other changes, at twice the speed of SHA-256; it is no defence
against who changes both files. A seal that is missing or does not fit says nothing of damage, only that the library
must be read whole again. Pages are read through SQLite: whoever opens and closes the file beside it takes away the
locks that SQLite's connections of the same process hold.
"""

from __future__ import annotations

import os
import sqlite3
import zlib
from contextlib import suppress
from pathlib import Path

from graph.sqlite import private

SEAL = "library.checked"

LARGEST = 64 << 20
"""Bytes of a library up to which there are seals: it stands in memory once while it is looked at."""


def is_small(connection: sqlite3.Connection) -> bool:
    """Whether a library is looked at whenever it is opened; a larger one is by `serve` and `library --check`."""
    pages, size = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    return int(pages) * int(size) <= LARGEST


def is_sealed(connection: sqlite3.Connection, path: Path) -> bool:
    """Whether what the connection sees is, byte for byte, what was sealed."""
    try:
        return path.with_name(SEAL).read_text(encoding="ascii") == _seal_of(connection)
    except (OSError, ValueError):
        return False


def seal(connection: sqlite3.Connection, path: Path) -> None:
    """Seals what the connection sees, unless it is large or nothing can be written."""
    if not is_small(connection):
        return
    place = path.with_name(SEAL)
    part = place.with_name(f"{SEAL}.{os.getpid()}.part")
    with suppress(OSError, sqlite3.Error):
        try:
            private.make_file(part)
            part.write_text(_seal_of(connection), encoding="ascii")
            os.replace(part, place)
        except (OSError, sqlite3.Error):
            part.unlink(missing_ok=True)
            raise


def _seal_of(connection: sqlite3.Connection) -> str:
    image = connection.serialize()
    return f"1 {len(image)} {zlib.crc32(image):08x}\n"
