"""A library that an earlier Zeren wrote is opened, taken to today's schema, and answers the same."""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

import pytest

from graph.record.kept import unpacked_plan
from graph.sqlite import checksums
from graph.sqlite.store import open_store
from graph.sqlite.upkeep.backup import LIBRARY
from graph.sqlite.upkeep.migrations import current_schema
from graph.sqlite.upkeep.seal import SEAL
from graph.sqlite.upkeep.soundness import check_folder
from ingest.language.lexicon import Lexicon
from ingest.model import from_json
from ingest.readers.read import read_source
from ingest.resolution import resolve
from tests.support.graph_everything import everything

FORMER = Path(__file__).parents[2] / "ingest" / "facts" / "former"


@pytest.mark.parametrize("schema", [2])
def test_a_library_with_a_field_for_each_kind_of_fact(tmp_path: Path, lexicon: Lexicon, schema: int) -> None:
    stored = (FORMER / "plan.json").read_bytes()
    plan = from_json(stored)
    with closing(open_store(tmp_path, lambda each: resolve(each, lexicon), "1")) as store:
        store.save(read_source(FORMER / "plan.txt"), plan)
        said = everything(store)
    with closing(sqlite3.connect(tmp_path / LIBRARY)) as library, library:
        library.execute("UPDATE version SET plan = ?", (zlib.compress(stored),))
        library.execute("DROP TABLE decision")
        checksums.sum_record(library)
        library.execute(f"PRAGMA user_version = {schema}")
    (tmp_path / SEAL).unlink(missing_ok=True)
    with closing(open_store(tmp_path, lambda each: resolve(each, lexicon), "1")) as store:
        assert everything(store) == said
        assert store.load(plan.id) == plan
    with closing(open_store(tmp_path, lambda each: resolve(each, lexicon), "2")) as store:
        assert everything(store)["due"] == said["due"]  # Made again from what is stored.
    assert check_folder(tmp_path) == ()
    assert (tmp_path / f"library.schema-{schema}.sqlite").exists()
    with closing(sqlite3.connect(tmp_path / LIBRARY)) as library:
        assert library.execute("PRAGMA user_version").fetchone()[0] == current_schema()
        assert unpacked_plan(library.execute("SELECT plan FROM version").fetchone()[0]) == plan
