"""A library that somebody hands over: its index is never read unless this machine wrote it, and answers stay right."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from ingest.language.lexicon import Lexicon
from search.catalog import Catalog
from search.index.port import IndexDamaged, IndexNotWritable
from search.index.tree import EVERYTHING, Query
from search.opening import close_both, open_catalog_at
from search.whoosh.folder import SEAL_FILE
from search.whoosh.home import FolderHome
from search.whoosh.key import machine_key
from tests.conftest import ROOT
from tests.support.factories import some_plans
from tests.support.hostile_index import DAMAGES, STRANGE_KEY, Damage, loaded_and_sealed, outside, seal_of
from tests.support.web_library import library_of, settings_for
from web.site.app import create_app

PLANS = some_plans(2, tasks=4)

posix = pytest.mark.skipif(os.name == "nt", reason="links, pipes and rights are those of POSIX")


def answers(catalog: Catalog) -> list[object]:
    results = [catalog.search(text, limit=500) for text in ("", "食品", "“安全”", "体系建设")]
    return [(each.total, each.hits, each.kinds, each.facets) for each in results]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory, lexicon: Lexicon) -> Path:
    """A library with its index, to be copied."""
    folder = tmp_path_factory.mktemp("sound") / "library"
    catalog = open_catalog_at(folder, lexicon)
    for source, plan in PLANS:
        catalog.add(source, plan)
    close_both(catalog)
    return folder


@pytest.fixture
def handed_over(sound: Path, tmp_path: Path) -> Path:
    shutil.copytree(sound, tmp_path / "library")
    return tmp_path / "library"


@pytest.fixture(scope="module")
def wanted(sound: Path, lexicon: Lexicon) -> Iterator[list[object]]:
    catalog = open_catalog_at(sound, lexicon)
    yield answers(catalog)
    close_both(catalog)


@posix
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("seed", range(3))
def test_nothing_in_a_strange_index_runs_and_the_answers_are_those_of_a_new_one(
    handed_over: Path, wanted: list[object], lexicon: Lexicon, damage: Damage, seed: int
) -> None:
    proof = handed_over.with_name("proof")
    damage(handed_over / "index", proof, random.Random(seed))
    before = _contents(outside(handed_over / "index"))
    for _ in range(2):
        catalog = open_catalog_at(handed_over, lexicon)
        assert (answers(catalog), catalog.trouble, proof.exists()) == (wanted, None, False)
        close_both(catalog)
    assert _contents(outside(handed_over / "index")) == before


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("suffix", [".toc", ".trm", ".pst"])
def test_the_payload_of_these_tests_would_run_if_the_key_were_right(handed_over: Path, suffix: str) -> None:
    proof, index = handed_over.with_name("proof"), handed_over / "index"
    loaded_and_sealed(index, proof, [suffix], STRANGE_KEY)
    made = _made(index)
    with pytest.raises(IndexDamaged):
        FolderHome(index).open(*made)
    assert not proof.exists()
    with suppress(IndexDamaged):
        found = FolderHome(index, lambda: STRANGE_KEY).open(*made)
        found.search(Query(EVERYTHING, ("安全", "食品", "监管")))
    assert proof.exists()


def _made(index: Path) -> tuple[str, str]:
    made = seal_of(index).made
    return made.stamp, made.library


def test_the_command_line_and_the_site_answer_from_an_index_of_their_own(handed_over: Path) -> None:
    proof, index = handed_over.with_name("proof"), handed_over / "index"
    asking = [sys.executable, "-m", "zeren", "search", "食品", "--library", str(handed_over)]

    def asked() -> str:
        return subprocess.run(asking, cwd=ROOT, capture_output=True, text=True, check=True).stdout

    said = asked()
    loaded_and_sealed(index, proof)
    strange = (index / SEAL_FILE).read_bytes()
    assert (asked(), proof.exists()) == (said, False)
    assert (index / SEAL_FILE).read_bytes() != strange

    with_own = _page(handed_over)
    loaded_and_sealed(index, proof)
    assert (_page(handed_over), proof.exists()) == (with_own, False)


def _page(folder: Path) -> str:
    library = library_of(folder)
    try:
        return create_app(settings_for(folder), library).test_client().get("/search?q=食品").get_data(as_text=True)
    finally:
        library.close()


def test_an_index_that_another_library_of_this_machine_has_is_not_taken(
    handed_over: Path, wanted: list[object], tmp_path: Path, lexicon: Lexicon
) -> None:
    other = open_catalog_at(tmp_path / "other", lexicon)
    other.add(*some_plans(1, seed=9, tasks=3)[0])
    close_both(other)
    shutil.rmtree(handed_over / "index")
    shutil.copytree(tmp_path / "other" / "index", handed_over / "index")
    catalog = open_catalog_at(handed_over, lexicon)
    assert answers(catalog) == wanted


def test_what_others_put_into_the_folder_of_the_index_stays(handed_over: Path, lexicon: Lexicon) -> None:
    (handed_over / "index" / "notes.txt").write_text("not ours")
    catalog = open_catalog_at(handed_over, lexicon)
    catalog.rebuild()
    assert (handed_over / "index" / "notes.txt").read_text() == "not ours"


@posix
def test_files_and_folder_of_the_index_are_this_users_alone(handed_over: Path, lexicon: Lexicon) -> None:
    index = handed_over / "index"
    index.chmod(0o755)
    catalog = open_catalog_at(handed_over, lexicon)
    catalog.rebuild()
    assert index.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in index.iterdir()} == {0o600}


# The key


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "state"))
    return tmp_path / "state"


def test_a_key_is_made_once(state: Path) -> None:
    key = machine_key()
    assert (len(key), machine_key()) == (32, key)
    (file,) = (path for path in state.rglob("*") if path.is_file())
    assert os.name == "nt" or file.stat().st_mode & 0o777 == 0o600


def test_an_unfinished_key_is_made_anew(state: Path) -> None:
    first = machine_key()
    file = next(state.rglob("index.key"))
    file.write_bytes(first[:7])
    assert len(machine_key()) == 32
    assert machine_key() != first


@posix
@pytest.mark.parametrize("how", ["readable by others", "a link"])
def test_a_key_that_others_may_know_is_not_used(state: Path, how: str) -> None:
    machine_key()
    file = next(state.rglob("index.key"))
    if how == "a link":
        file.symlink_to(file.rename(file.with_name("elsewhere")))
    else:
        file.chmod(0o644)
    with pytest.raises(IndexNotWritable):
        machine_key()


def test_on_a_machine_with_another_key_the_index_is_made_anew(
    handed_over: Path, wanted: list[object], state: Path, lexicon: Lexicon
) -> None:
    told: list[tuple[str, int, int]] = []
    for expected in ([("index", 0, 2), ("index", 1, 2)], []):
        told.clear()
        catalog = open_catalog_at(handed_over, lexicon, watch=lambda *step: told.append(step))
        assert (answers(catalog), catalog.trouble, told) == (wanted, None, expected)
        close_both(catalog)


def test_where_no_key_can_be_kept_the_index_is_made_in_memory(
    handed_over: Path, wanted: list[object], state: Path, lexicon: Lexicon
) -> None:
    state.write_text("no folder")
    before = _contents(handed_over / "index")
    catalog = open_catalog_at(handed_over, lexicon)
    assert answers(catalog) == wanted
    assert catalog.trouble is not None
    assert catalog.trouble.code == "index-not-writable"
    assert _contents(handed_over / "index") == before
