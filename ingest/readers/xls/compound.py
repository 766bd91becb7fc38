"""One stream of a compound file (MS-CFB, 复合文档): the sectors that its chain names, in their order.

Every chain is bounded by the sectors that there are, so that one that leads into itself ends.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import islice

from ingest.errors import DamagedFile

_HEADER = 512
_DIFAT_IN_HEADER = 109
_LARGEST_SECTOR = 0xFFFFFFFA
"""Numbers from here on are marks, not sectors."""
_ENTRY = 128
_STREAM, _ROOT = 2, 5


class CompoundFile:
    """A compound file held in memory, `name` the file for errors. Raises DamagedFile (not-compound, cut-short)."""

    def __init__(self, data: bytes, name: str) -> None:
        if len(data) < _HEADER:
            raise DamagedFile(path=name, reason="not-compound")
        self._data, self._file = data, name
        shift, small = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or small > shift:
            raise DamagedFile(path=name, reason="not-compound")
        self._size, self._small_size = 1 << shift, 1 << small
        directory, self._cutoff, small_table = struct.unpack_from("<I4xII", data, 48)
        self._table = self._numbers(self._table_sectors())
        self._entries = self._chained(directory)
        self._small_table = self._numbers(islice(_chain(self._table, small_table), len(self._table)))

    def stream(self, *names: str) -> bytes | None:
        """The first stream of one of these names, None where there is none."""
        wanted = {name.casefold() for name in names}
        entries = [self._entries[at : at + _ENTRY] for at in range(0, len(self._entries) - _ENTRY + 1, _ENTRY)]
        found = next((e for e in entries if e[66] == _STREAM and _name(e).casefold() in wanted), None)
        if found is None:
            return None
        start, size = struct.unpack_from("<II", found, 116)
        if size >= self._cutoff:
            held = self._chained(start)
        else:
            root = next((e for e in entries if e[66] == _ROOT), bytes(_ENTRY))
            small, all_small = self._small_size, self._chained(struct.unpack_from("<I", root, 116)[0])
            held = b"".join(all_small[at * small : (at + 1) * small] for at in _chain(self._small_table, start))
        if len(held) < size:
            raise DamagedFile(path=self._file, reason="cut-short")
        return held[:size]

    def _sector(self, number: int) -> bytes:
        return self._data[(number + 1) * self._size : (number + 2) * self._size]

    def _chained(self, start: int) -> bytes:
        return b"".join(self._sector(number) for number in _chain(self._table, start))

    def _numbers(self, sectors: Iterator[int]) -> tuple[int, ...]:
        data = b"".join(map(self._sector, sectors))
        return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])

    def _table_sectors(self) -> Iterator[int]:
        """The sectors that hold the table of what follows what: the first 109 are named in the header."""
        most = len(self._data) // self._size
        yield from islice((n for n in struct.unpack_from(f"<{_DIFAT_IN_HEADER}I", self._data, 76) if n < most), most)
        following = struct.unpack_from("<I", self._data, 68)[0]
        met: set[int] = set()
        while following < most and following not in met:
            met.add(following)
            numbers = self._numbers(iter([following]))
            yield from (number for number in numbers[:-1] if number < most)
            following = numbers[-1] if numbers else _LARGEST_SECTOR


def _chain(table: tuple[int, ...], start: int) -> Iterator[int]:
    met: set[int] = set()
    while start < len(table) and start not in met:
        met.add(start)
        yield start
        start = table[start]


def _name(entry: bytes) -> str:
    length = max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)
    return entry[: min(length, 64)].decode("utf-16-le", "replace")


_PAGE = 4096
_END, _TABLE_MARK, _FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def with_stream(stream: bytes, name: str) -> bytes:
    """A new compound file with this stream alone, for a reader that would follow the chains of a hostile one for good.

    Its sectors are those of the directory (one), of the stream, of the table, in this order.
    """
    stream = stream.ljust(_PAGE, b"\0")
    held = -(-len(stream) // _PAGE)
    tables = -(-(held + 1) // (_PAGE // 4 - 1))
    following = [_END, *range(2, held + 1), _END, *[_TABLE_MARK] * tables]
    following += [_FREE] * (tables * _PAGE // 4 - len(following))
    places = [*range(held + 1, held + 1 + tables)]
    places += [_FREE] * (_DIFAT_IN_HEADER - len(places))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack(
        "<HHHHH6xIIIIIIIIII", 0x3E, 4, 0xFFFE, 12, 6, 1, tables, 0, 0, _PAGE, _END, 0, _END, 0, places[0]
    ) + struct.pack(f"<{_DIFAT_IN_HEADER - 1}I", *places[1:])  # fmt: skip
    directory = _entry("Root Entry", _ROOT, 1, (1, 0)) + _entry(name, _STREAM, _FREE, (1, len(stream)))
    pages = (header, directory, stream, struct.pack(f"<{len(following)}I", *following))
    return b"".join(page.ljust(-(-len(page) // _PAGE) * _PAGE, b"\0") for page in pages)


def _entry(name: str, kind: int, child: int, place: tuple[int, int]) -> bytes:
    """An entry of the directory, which has no brothers."""
    said = f"{name}\0".encode("utf-16-le")
    told = struct.pack("<HBBIII", len(said), kind, 1, _FREE, _FREE, child)
    return said.ljust(64, b"\0") + told + bytes(36) + struct.pack("<IQ", *place)
