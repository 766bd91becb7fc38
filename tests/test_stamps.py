"""Stamps hash values: what is made under one stamp stays the same, and no source text goes into any (印记)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from graph.sqlite.store import open_store
from ingest.language.lexicon import load_lexicon
from search.catalog import open_catalog
from search.opening import close_both, open_catalog_at
from search.whoosh.home import FolderHome
from tests.conftest import LEXICON, ROOT
from tests.support import factories
from tests.support.golden_stamps import Made, kept, made, small_plan, undeclared
from tests.support.graph_everything import differing, everything
from web.site.answers import program_stamp


@pytest.fixture(scope="module")
def today() -> dict[str, Made]:
    return made()


@pytest.mark.parametrize("name", kept())
def test_what_is_made_under_one_stamp_stays_the_same(name: str, today: dict[str, Made]) -> None:
    then, now = kept()[name], today[name]
    changed = undeclared(then, now)
    assert not changed, f"{changed} changed: raise {now.version}, or no library is made again"
    assert then == now, "the stamp is another: python -m tests.support.golden_stamps writes the file again"


def test_a_change_that_no_version_declares_is_found() -> None:
    then = Made("V", "1", {"a": "x", "b": "y"})
    assert undeclared(then, Made("V", "1", {"a": "x", "b": "z", "c": "w"})) == ["b", "c"]
    assert undeclared(then, Made("V", "2", {"a": "x", "b": "z"})) == []


_WATCHED = """
import sys
from pathlib import Path
import graph.neo4j.rows, search.index.fields, search.opening, search.neo4j.home
from graph.sqlite.store import open_store
from ingest.language.lexicon import load_lexicon
opened = []
sys.addaudithook(lambda event, given: opened.append(str(given[0])) if event == "open" else None)
lexicon = load_lexicon(Path(sys.argv[1]))
store = open_store(Path(sys.argv[2]), search.opening.resolver(lexicon), lexicon.stamp)
graph.neo4j.rows.drawn_stamp()
search.index.fields.stamp(store.stamp())
assert any(name.endswith(".toml") for name in opened)
print(*[name for name in opened if name.endswith((".py", ".pyc")) and str(Path.cwd()) in name])
"""


def test_no_stamp_of_what_is_stored_reads_the_code(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _WATCHED, str(LEXICON), str(tmp_path)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (told.returncode, told.stdout.strip()) == (0, ""), told.stderr


def test_a_comment_or_an_example_in_the_lexicon_makes_nothing_again(tmp_path: Path) -> None:
    for path in LEXICON.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    roles = tmp_path / "roles.toml"
    roles.write_text("# 一句话\n" + roles.read_text("utf-8"), "utf-8")
    assert load_lexicon(tmp_path).stamp == load_lexicon(LEXICON).stamp


def test_a_library_of_another_stamp_is_opened_its_tables_made_again_once(tmp_path: Path) -> None:
    lexicon, told = load_lexicon(LEXICON), list[str]()
    catalog = open_catalog_at(tmp_path, lexicon)
    catalog.add(*small_plan())
    said, found = everything(catalog.store), catalog.search("抽检").total
    close_both(catalog)
    before = open_store(tmp_path, factories.resolve, "of the version before")
    close_both(open_catalog(before, FolderHome(tmp_path / "index"), factories.resolve, catalog.names))
    once: list[list[str]] = [["tables", "index"], []]
    for expected in once:
        told.clear()
        catalog = open_catalog_at(tmp_path, lexicon, watch=lambda step, done, total: told.append(step))
        assert told == expected
        assert set(differing(said, everything(catalog.store))) <= {"nodes and edges"}  # These tell the generation.
        assert catalog.search("抽检").total == found
        close_both(catalog)


def test_the_sites_tag_follows_every_package(tmp_path: Path) -> None:
    for name in ("graph/derived/gaps.py", "search/catalog.py", "ingest/parse.py", "web/templates/unit.html"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("one", "utf-8")
    stamps = {program_stamp(tmp_path)}
    for path in sorted(path for path in tmp_path.rglob("*") if path.is_file()):
        path.write_text("two", "utf-8")
        stamps.add(program_stamp(tmp_path))
    assert len(stamps) == 5
