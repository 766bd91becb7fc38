"""Files of named queries (`questions.sql`, `questions.cypher`), and rows decoded by the names of their columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, get_origin, get_type_hints

import msgspec

from graph.query.row_types import RowOf
from ingest.model import Record

ColumnReader = Callable[[Any], Any]

_HEAD = re.compile(r"^(?:--|//) (query|part): (\w+)(?: given (\w+))?$", re.M)
_MARK = re.compile(r"<<(\w+)>>")


class QueryTexts(Record, frozen=True):
    """The queries of a file by name, and those that begin elsewhere where a value is given, by name and value."""

    queries: Mapping[str, str]
    narrow: Mapping[tuple[str, str], str]

    def text(self, name: str, given: Iterable[str]) -> str:
        """The text of a query when these values are given."""
        return next((self.narrow[name, value] for value in given if (name, value) in self.narrow), self.queries[name])


def query_texts(*paths: Path) -> QueryTexts:
    """Reads files in which `-- query: units` (in Cypher `// query: units`) stands above each query.

    `-- query: units given plan` is asked in its place where the value `plan` is given. `-- part: counted` names a
    part, which stands in for `<<counted>>` in what follows; other marks are left to the store.
    """
    pieces = _HEAD.split("\n".join(path.read_text(encoding="utf-8") for path in paths))
    parts: dict[str, str] = {}
    queries: dict[str, str] = {}
    narrow: dict[tuple[str, str], str] = {}
    for kind, name, given, body in zip(*(pieces[nth::4] for nth in range(1, 5)), strict=True):
        text = _MARK.sub(lambda mark: parts.get(mark[1], mark[0]), body.strip())
        if kind == "part":
            parts[name] = text
        elif given:
            narrow[name, given] = text
        else:
            queries[name] = text
    return QueryTexts(queries, narrow)


def decoded(names: Iterable[str], rows: Iterable[Sequence[Any]], row: type[RowOf]) -> list[RowOf]:
    """Rows as records, by the names of their columns; a list or an object may stand as JSON, and 1 for true.

    Raises `TypeError` where the names are not the record's, `msgspec.DecodeError` where JSON is damaged.
    """
    places, readers = _columns(row, tuple(names))
    if places == tuple(range(len(places))) and not readers:
        return [row(*each) for each in rows]
    return [row(*_read(each, places, readers)) for each in rows]


def _read(row: Sequence[Any], places: tuple[int, ...], readers: tuple[tuple[int, ColumnReader], ...]) -> list[Any]:
    values = [row[place] for place in places]
    for field, reader in readers:
        values[field] = reader(values[field])
    return values


@cache
def _columns(row: type[Record], names: tuple[str, ...]) -> tuple[tuple[int, ...], tuple[tuple[int, ColumnReader], ...]]:
    """Where each field of a record stands among the columns, and the fields that a store may hold otherwise."""
    hints, fields = get_type_hints(row), row.__struct_fields__
    if sorted(fields) != sorted(names):
        raise TypeError(f"{row.__name__} has {sorted(fields)}, a query gives {sorted(names)}")
    readers = ((nth, _reader(hints[field])) for nth, field in enumerate(fields))
    return tuple(names.index(field) for field in fields), tuple((nth, each) for nth, each in readers if each)


def _reader(hint: Any) -> ColumnReader | None:
    """What turns a value as stored into one of the type; None where it is stored as it is."""
    if hint is bool:
        return bool
    if get_origin(hint) not in (tuple, dict):
        return None
    decoder = msgspec.json.Decoder(hint)
    return lambda value: decoder.decode(value) if isinstance(value, str) else msgspec.convert(value, hint)
