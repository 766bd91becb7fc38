"""A library by its address (打开): its store, and its catalog. The command line and the site open it here alone.

    data/library                                    a folder; also sqlite:data/library
    neo4j://user:password@host:7687/database        a Neo4j database; bolt:// straight to one server, +s for TLS

Which engine holds it is said by the table `ENGINES` (search/engines.py).
"""

from __future__ import annotations

from pathlib import Path

from graph.store import Resolve, Store, Watch, unwatched
from ingest import resolve
from ingest.language import Lexicon, bearers_by_hat, stated_members
from ingest.model import Plan, Resolution
from search.catalog import Catalog, open_catalog
from search.engines import IN_FOLDER, Opening, engine_of, folder_in
from search.index.port import Home
from search.words.names import Names, names_of


def folder_of(address: str | Path) -> Path | None:
    """The folder that an address means; None where it is that of a database. Raises `BadAddress` (another scheme)."""
    if isinstance(address, Path):
        return address
    return folder_in(address) if engine_of(address) is IN_FOLDER else None


def resolver(lexicon: Lexicon) -> Resolve:
    """Which unit each mention of a plan means, by this lexicon."""

    def resolved(plan: Plan) -> Resolution:
        return resolve(plan, lexicon)

    return resolved


def open_store_at(address: str | Path, lexicon: Lexicon, *, create: bool = True, watch: Watch = unwatched) -> Store:
    """The store of the library at an address. Raises what `open_store` and `open_neo4j_store` raise, `BadAddress`."""
    return _open(address, lexicon, create, watch)[0]


def open_catalog_at(address: str | Path, lexicon: Lexicon, *, create: bool = True, watch: Watch = unwatched) -> Catalog:
    """The catalog of the library at an address, and its store, which `close_both` closes too.

    Raises what `open_store_at` and `open_catalog` raise.
    """
    store, home = _open(address, lexicon, create, watch)
    try:
        return open_catalog(store, home, resolver(lexicon), _names(lexicon), watch)
    except BaseException:
        store.close()
        raise


def _names(lexicon: Lexicon) -> Names:
    register = lexicon.register
    systems = {name: entry.system for name, entry in register.entries.items()}
    return names_of(lexicon.aliases, bearers_by_hat(register), register.former(), systems)


def close_both(catalog: Catalog) -> None:
    """Lets go of a catalog and of its store."""
    catalog.close()
    catalog.store.close()


def _open(address: str | Path, lexicon: Lexicon, create: bool, watch: Watch) -> tuple[Store, Home]:
    """The store, and where its index is."""
    how = Opening(resolver(lexicon), lexicon.stamp, stated_members(lexicon.register), create, watch)
    engine = IN_FOLDER if isinstance(address, Path) else engine_of(address)
    return engine.open(str(address), how)
