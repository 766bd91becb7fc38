"""The table of engines (引擎): which store and which search engine hold a library, by its address.

Each row is a pair: the record in a store of `graph/`, the index in an engine of this package. What Neo4j needs takes
more than half a second to load, so it is imported only where such an address is given.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from graph import BadAddress, open_store
from graph.store import Members, Resolve, Store, Watch
from search.index.port import Home
from search.whoosh.home import FolderHome


class Opening(NamedTuple):
    """How a library is opened: with which rules, whether it may be made, and who watches."""

    resolve: Resolve
    stamp: str
    members: Members
    create: bool
    watch: Watch


class Engine(NamedTuple):
    """A pair of store and search engine."""

    name: str
    schemes: tuple[str, ...]
    """What its addresses begin with, before `://` or `+…://`; "" for a folder."""
    open: Callable[[str, Opening], tuple[Store, Home]]
    """The store at an address, and where its index is kept."""


def _in_folder(address: str, how: Opening) -> tuple[Store, Home]:
    folder = folder_in(address)
    store = open_store(folder, how.resolve, how.stamp, create=how.create, watch=how.watch, members=how.members)
    return store, FolderHome(folder / "index")


def _in_neo4j(address: str, how: Opening) -> tuple[Store, Home]:
    from graph.neo4j import open_neo4j_store
    from search.neo4j.home import Neo4jHome

    store = open_neo4j_store(address, how.resolve, how.stamp, create=how.create, watch=how.watch, members=how.members)
    return store, Neo4jHome(store.database)


IN_FOLDER = Engine("sqlite + whoosh", ("", "sqlite"), _in_folder)
ENGINES: tuple[Engine, ...] = (
    IN_FOLDER,
    Engine("neo4j + neo4j", ("neo4j", "bolt"), _in_neo4j),
)


def engine_of(address: str) -> Engine:
    """The engine that an address names. Raises `BadAddress` (another scheme)."""
    before, parted, _ = address.partition("://")
    scheme = before.partition("+")[0].lower() if parted else ""
    for engine in ENGINES:
        if scheme in engine.schemes:
            return engine
    raise BadAddress(reason="scheme")


def folder_in(address: str) -> Path:
    """The folder of an address that names one, with or without `sqlite:`."""
    return Path(address.removeprefix("sqlite:"))
