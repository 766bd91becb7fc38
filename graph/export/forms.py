"""The table of exports (导出格式): the forms in which the graph is given to other programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from graph.export.cypher import export_cypher
from graph.store import Resolve, Store


class Export(NamedTuple):
    """A form of the graph."""

    name: str
    lines: Callable[[Store, Resolve, bool], Iterator[str]]
    """Its lines without their ends; persons are left out unless the last argument says so."""


EXPORTS: tuple[Export, ...] = (Export("cypher", export_cypher),)

EXPORT_OF: Mapping[str, Export] = {row.name: row for row in EXPORTS}
"""Each form by its name."""
