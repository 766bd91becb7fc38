"""Values and statements in Cypher (Neo4j 5): pure. A statement stands on one line, and text stays text.

Neo4j replaces `\\uXXXX` anywhere in a query *before* it looks for quotes, so that text that holds a backslash before a
u must never come out as one word: it is put together of two.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from graph.schema.kinds import NODES, label_of
from graph.schema.properties import LISTS

CypherValue = str | int | float | None

TOGETHER = 500
"""Rows in one statement."""

_WRITTEN = {"\\": "\\\\'+'", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_UNSEEN = ("Cc", "Cf", "Co", "Zl", "Zp", "Cs")
"""Unicode categories of characters that cannot be seen, or change how what follows is seen (bidi)."""


def literal(text: str) -> str:
    """A string as Cypher writes it. Characters that cannot be seen are written as `\\uXXXX`."""
    return "'" + "".join(map(_character, text)) + "'"


def _character(character: str) -> str:
    if character in _WRITTEN:
        return _WRITTEN[character]
    if unicodedata.category(character) in _UNSEEN:
        units = character.encode("utf-16-be", "surrogatepass")
        return "".join(f"\\u{units[at]:02X}{units[at + 1]:02X}" for at in range(0, len(units), 2))
    return character


def constraints() -> Iterable[str]:
    """A constraint for each kind of node: only one node of a label has an id."""
    for kind in NODES:
        label = label_of(kind.name)
        yield f"CREATE CONSTRAINT zeren_{kind.name} IF NOT EXISTS FOR (n:{label}) REQUIRE (n.id) IS UNIQUE;"


def merged_nodes(label: str, names: Sequence[str], rows: Iterable[Sequence[CypherValue]]) -> Iterable[str]:
    """Statements that make sure of nodes; a row is an id and the values of the named properties."""
    for several in _several(rows):
        reads = _reads(["id", *names], several)
        yield f"{_unwind(several)} MERGE (n:{label} {{id: {reads['id']}}}){_set('n', names, reads)};"


def merged_edges(
    type: str,
    ends: tuple[str, str],
    names: Sequence[str],
    rows: Iterable[Sequence[CypherValue]],
    key: str | None = None,
) -> Iterable[str]:
    """Statements that make sure of relationships between nodes of two labels that are there.

    A row is the ids at the ends and the values of the named properties; `key` is that which tells several between two
    nodes apart.
    """
    for several in _several(rows):
        reads = _reads(["a", "b", *names], several)
        found = f"MATCH (a:{ends[0]} {{id: {reads['a']}}}) MATCH (b:{ends[1]} {{id: {reads['b']}}})"
        told_apart = f" {{{key}: {reads[key]}}}" if key else ""
        yield f"{_unwind(several)} {found} MERGE (a)-[r:{type}{told_apart}]->(b){_set('r', names, reads)};"


def _several(rows: Iterable[Sequence[CypherValue]]) -> Iterable[list[Sequence[CypherValue]]]:
    rest = iter(rows)
    while several := list(islice(rest, TOGETHER)):
        yield several


def _unwind(rows: Sequence[Sequence[CypherValue]]) -> str:
    """All values as one string, with a character between them that none of them holds; nothing stands for null.

    Neo4j takes one literal for a parameter, and plans the statement once for all of its kind. A list of maps it plans
    anew each time, value by value: that took it ten to forty times as long.
    """
    written = ["" if value is None else str(value) for row in rows for value in row]
    held = set().union(*written)
    between = next(mark for mark in map(chr, range(9, 0x10000)) if mark not in held)
    joined = literal(between.join(written))
    return f"WITH split({joined}, {literal(between)}) AS v UNWIND range(0, size(v) - 1, {len(rows[0])}) AS i"


def _reads(names: Sequence[str], rows: Sequence[Sequence[CypherValue]]) -> dict[str, str]:
    """For each column the expression that reads its value."""
    return {
        name: _read(name, f"v[i+{at}]" if at else "v[i]", [row[at] for row in rows]) for at, name in enumerate(names)
    }


def _read(name: str, value: str, values: Sequence[CypherValue]) -> str:
    given = [each for each in values if each is not None]
    if given and all(isinstance(each, int | float) for each in given):
        return f"toInteger({value})" if all(isinstance(each, int) for each in given) else f"toFloat({value})"
    if name in LISTS:
        return f"CASE {value} WHEN '' THEN null ELSE split({value}, '\\n') END"
    return value if None not in values else f"CASE {value} WHEN '' THEN null ELSE {value} END"


def _set(variable: str, names: Sequence[str], reads: Mapping[str, str]) -> str:
    sets = ", ".join(f"{variable}.{name} = {reads[name]}" for name in names)
    return f" SET {sets}" if sets else ""
