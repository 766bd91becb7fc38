"""Libraries to search in, for the tests: a catalog at a place, and plans whose tasks are the real plan's sentences."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from graph.neo4j.store import Neo4jStore, open_neo4j_store
from graph.sqlite.store import open_store
from graph.store import Store
from ingest.model import Plan, Source
from search.catalog import Catalog
from search.neo4j.home import Neo4jHome
from search.whoosh.home import FolderHome
from search.words.names import Names, names_of
from tests.support.factories import a_plan, a_section, a_task, resolve
from tests.support.factory_page import TaskSpec

ALIASES = {
    "人社局": "人力资源和社会保障局",
    "人力资源社会保障局": "人力资源和社会保障局",
    "人力资源和社会保障局": "人力资源和社会保障局",
    "卫健委": "卫生健康委",
    "卫生健康委": "卫生健康委",
}

NO_NAMES = Names()


Where = Path | str
"""Where a library is: a folder, or the address of a database."""


def a_store(where: Where) -> Store:
    """The library at a place."""
    if isinstance(where, str):
        return open_neo4j_store(where, resolve, "1")
    return open_store(where / "library", resolve, "1")


def a_catalog(
    where: Where, *plans: tuple[Source, Plan], names: Names | None = None, clock: Callable[[], float] | None = None
) -> Catalog:
    """The catalog of the library at a place, with these plans put in. Its clock stands still unless one is given."""
    store = a_store(where)
    home = Neo4jHome(store.database) if isinstance(store, Neo4jStore) else FolderHome(Path(where) / "index")
    catalog = Catalog(store, home, resolve, names or names_of(ALIASES), clock or (lambda: 0.0))
    for source, plan in plans:
        catalog.add(source, plan)
    return catalog


def real_sentences() -> list[str]:
    """The sentences of the plan in data/plans, as one task each would hold them."""
    path = next((Path(__file__).resolve().parents[2] / "data" / "plans").glob("*.txt"))
    text = re.sub(r"\s+", "", path.read_text(encoding="utf-8"))
    sentences = [each for each in re.split("[。；]", text) if len(each) > 3]
    return list(dict.fromkeys(sentences))


def a_plan_of(sentences: list[str], size: int = 4) -> tuple[Source, Plan]:
    """A plan whose tasks are the sentences, `size` to a section."""
    sections = [
        a_section("x", *(a_bare_task(each) for each in sentences[at : at + size]))
        for at in range(0, len(sentences), size)
    ]
    return a_plan(*sections)


def a_bare_task(text: str) -> TaskSpec:
    """A task that nobody is responsible for."""
    return a_task(text)


def task_texts(catalog: Catalog, text: str) -> list[str]:
    """The texts of the tasks that a search finds, best first."""
    _, found = catalog.find(text)
    return [each.entry.text for each in found.scored if each.entry.kind == "task"]
