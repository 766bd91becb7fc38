"""What a disk altered never answers in silence: checksums, the look at opening, and what can be made again."""

from __future__ import annotations

import logging
import os
import random
import resource
import shutil
import signal
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.errors import (
    LibraryClosed,
    LibraryDamaged,
    LibraryOutdated,
    PlanDamaged,
    RestoreFailed,
)
from graph.record.kept import packed_plan
from graph.sqlite.store import SqliteStore, open_store, restore
from graph.sqlite.upkeep import backup as backups
from graph.sqlite.upkeep.backup import LIBRARY
from graph.sqlite.upkeep.seal import SEAL
from graph.sqlite.upkeep.soundness import check_folder
from ingest.errors import ZerenError
from tests.attack.library import made, outcome, with_a_byte_flipped
from tests.support.factories import a_plan, resolve
from tests.support.graph_child import PAIRS
from tests.support.graph_process import answers, child_that, ended_well, opened
from tests.support.web_library import library_of, settings_for
from web.library import open_library
from web.serving.looking_after import look_after
from web.site.app import create_app

pytestmark = pytest.mark.skipif(os.name != "posix", reason="rights, signals and limits of POSIX")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed library of five plans."""
    store = opened(tmp_path / "library")
    for pair in PAIRS:
        store.save(*pair)
    store.close()
    return tmp_path / "library"


def altered(folder: Path, *statements: str, values: tuple[object, ...] = ()) -> Path:
    """The library after something wrote into its file that was not Zeren."""
    connection = sqlite3.connect(folder / LIBRARY)
    for statement in statements:
        connection.execute(statement, values)
    connection.commit()
    connection.close()
    return folder


def said_by(folder: Path) -> tuple[object, ...]:
    store = opened(folder)
    try:
        return answers(store)
    finally:
        store.close()


def test_of_libraries_with_one_byte_flipped_none_answers_otherwise_in_silence(tmp_path: Path) -> None:
    said = made(tmp_path / "sound")
    found = [
        outcome(with_a_byte_flipped(tmp_path / "sound", tmp_path / "flipped", random.Random(seed)), said)
        for seed in range(40)
    ]
    assert not {"other answers", "traceback"} & {*found}
    assert "same answers, made again" in found, "damage that matters was among it"


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE task SET text = text || '等' WHERE place = 0",
        "UPDATE assignment SET role = 'support' WHERE role = 'lead'",
        "DELETE FROM deadline WHERE id = (SELECT MIN(id) FROM deadline)",
        "DELETE FROM checksum WHERE plan_id = (SELECT MIN(plan_id) FROM checksum)",
        "UPDATE document SET title = title || '？' WHERE id = (SELECT MIN(id) FROM document)",
        "DELETE FROM named WHERE title_key = (SELECT MIN(title_key) FROM named)",
        "INSERT INTO redirect VALUES ('from', 'to')",
        "DROP INDEX assignment_unit",
    ],
)
def test_tables_that_were_altered_are_made_again_from_the_record(folder: Path, damage: str) -> None:
    said = said_by(folder)
    assert {each.code for each in check_folder(altered(folder, damage))} <= {"tables", "documents"}
    told: list[str] = []
    store = open_store(folder, resolve, "1", watch=lambda step, done, total: told.append(step))
    assert "mending" in told
    assert answers(store) == said
    assert store.check() == ()
    store.close()


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE version SET added_on = '2001-01-01' WHERE plan_id = ?",
        "UPDATE source SET name = 'other.txt' WHERE plan_id = ?",
        "UPDATE plan SET read_as = 'other' WHERE id = ?",
        "DELETE FROM source WHERE plan_id = ?",
    ],
)
def test_a_plan_whose_record_was_altered_is_not_given_and_the_others_are(folder: Path, damage: str) -> None:
    lost, kept = PAIRS[0][1].id, PAIRS[1][1]
    altered(folder, damage, values=(lost,))
    assert [(each.code, each.about) for each in check_folder(folder)] == [("plan", lost)]
    store = opened(folder)
    for question in (store.load, store.source, store.versions, store.kept):
        with pytest.raises(PlanDamaged) as refused:
            question(lost)
        assert refused.value.params["plan"] == lost
    assert store.load(kept.id) == kept
    assert len(store.plans()) == len(PAIRS), "the tables are sound"
    with pytest.raises(PlanDamaged):
        store.save(*a_plan("一项任务"))
    store.close()


def test_another_reading_in_the_place_of_a_stored_one_is_found(folder: Path) -> None:
    plan = PAIRS[0][1]
    altered(folder, "UPDATE version SET plan = ? WHERE number = 1 AND plan_id = '" + plan.id + "'",
            values=(packed_plan(PAIRS[1][1]),))  # fmt: skip
    store = opened(folder)
    with pytest.raises(PlanDamaged):
        store.load(plan.id)
    store.close()


@pytest.mark.parametrize(
    "damage",
    ["UPDATE meta SET value = '77' WHERE name = 'generation'", "INSERT INTO removed VALUES ('gone', 'task', 1)"],
)
def test_a_record_of_the_library_that_was_altered_answers_nothing(folder: Path, damage: str) -> None:
    with pytest.raises(LibraryDamaged):
        opened(altered(folder, damage))
    assert [each.code for each in check_folder(folder)] == ["record"]


def test_tables_are_not_made_again_from_a_record_that_is_damaged_too(folder: Path) -> None:
    altered(folder, "UPDATE task SET text = '？'", "UPDATE version SET plan = zeroblob(40)")
    with pytest.raises(LibraryDamaged):
        opened(folder)


def test_damage_that_comes_while_the_library_is_open_is_found_by_the_site_and_said_in_one_line(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = opened(folder)
    with caplog.at_level(logging.INFO, "zeren.library"):
        look_after(store).join()
        altered(folder, "UPDATE source SET name = 'other.txt' WHERE plan_id = ?", values=(PAIRS[0][1].id,))
        look_after(store).join()
    first, second = caplog.messages
    assert first.startswith("library sound")
    assert PAIRS[0][1].id in second
    with pytest.raises(PlanDamaged):
        store.load(PAIRS[0][1].id)
    store.close()


def test_a_library_that_is_what_was_last_found_sound_is_not_read_whole_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[SqliteStore] = []
    monkeypatch.setattr(SqliteStore, "examine", lambda store: looks.append(store))
    opened(folder).close()
    assert looks == []
    (folder / SEAL).unlink()
    opened(folder).close()
    assert len(looks) == 1


def test_a_library_from_before_there_were_checksums_gets_them(folder: Path) -> None:
    said = said_by(folder)
    altered(folder, "DROP TABLE record_sum", "DROP TABLE decision", "PRAGMA user_version = 1")
    assert check_folder(folder) == ()
    assert said_by(folder) == said
    assert (folder / "library.schema-1.sqlite").exists()
    altered(folder, "UPDATE source SET name = 'other.txt'")
    assert {each.code for each in check_folder(folder)} == {"plan"}


def test_of_a_damaged_library_there_is_no_backup_and_an_earlier_one_stays(folder: Path, tmp_path: Path) -> None:
    store, target = opened(folder), tmp_path / "backup.sqlite"
    store.backup(target)
    before = target.read_bytes()
    altered(folder, "UPDATE version SET added_on = '2001'")
    for path in (target, tmp_path / "new.sqlite"):
        with pytest.raises(LibraryDamaged) as refused:
            store.backup(path)
        assert PAIRS[0][1].id in str(refused.value.params["reason"])
    assert target.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup.sqlite", "library"]
    store.close()


def test_a_backup_that_was_damaged_is_refused_and_the_library_stays(folder: Path, tmp_path: Path) -> None:
    store, target = opened(folder), tmp_path / "backup.sqlite"
    store.backup(target)
    said = answers(store)
    connection = sqlite3.connect(target)
    connection.execute("UPDATE version SET added_on = '2001'")
    connection.commit()
    connection.close()
    with pytest.raises(LibraryDamaged):
        restore(target, folder)
    assert answers(store) == said
    store.close()
    assert not list(folder.glob("*restor*"))


def test_where_the_restored_library_is_not_sound_the_former_one_is_kept_and_named(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = said_by(folder)
    shutil.copy(folder / LIBRARY, tmp_path / "backup.sqlite")

    def bad_disk(path: Path, but_for: frozenset[str] = frozenset()) -> None:
        if path == folder / LIBRARY:
            raise LibraryDamaged(path=str(path), reason="pages")

    monkeypatch.setattr(backups, "require_sound", bad_disk)
    with pytest.raises(RestoreFailed) as refused:
        restore(tmp_path / "backup.sqlite", folder)
    kept = Path(str(refused.value.params["kept"]))
    monkeypatch.undo()
    restore(kept, tmp_path / "again")
    assert said_by(tmp_path / "again") == said


def test_a_library_and_what_is_made_of_it_is_its_owners_alone(folder: Path, tmp_path: Path) -> None:
    for path in (folder, *folder.iterdir()):
        path.chmod(0o777 if path.is_dir() else 0o666)
    store = opened(folder)
    store.save(*a_plan("一项任务"))
    store.backup(tmp_path / "backup.sqlite")
    restore(tmp_path / "backup.sqlite", folder)
    restore(tmp_path / "backup.sqlite", tmp_path / "other")
    inside = [path for place in (folder, tmp_path / "other") for path in place.iterdir()]
    assert {path.stat().st_mode & 0o777 for path in [*inside, tmp_path / "backup.sqlite"]} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in (folder, tmp_path / "other")} == {0o700}
    assert {"library.sqlite-wal", "library.sqlite-shm", "library.lock"} <= {path.name for path in inside}
    store.close()


def test_on_a_full_disk_a_library_is_read(folder: Path) -> None:
    """A limit on the size of files, as a full disk, leaves no room for SQLite's shared memory."""
    said = said_by(folder)

    def read_without_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
        (folder / SEAL).unlink()
        store = opened(folder)
        assert answers(store) == said
        with pytest.raises(ZerenError):
            store.save(*a_plan("一项任务"))
        assert answers(store) == said
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        other = opened(folder)
        other.save(*a_plan("一项任务"))
        assert len(store.plans()) == len(PAIRS) + 1, "and what is written once there is room is seen"
        other.close()
        assert len(store.plans()) == len(PAIRS) + 1
        store.close()

    assert ended_well(child_that(read_without_room))


def as_nobody(does: Callable[[], None]) -> bool:
    def dropped() -> None:
        if os.getuid() == 0:
            os.setuid(65534)
        does()

    return ended_well(child_that(dropped))


@pytest.mark.parametrize("closed", ["folder", "file"])
def test_a_library_that_may_not_be_read_is_one_sentence(closed: str) -> None:
    place = Path(tempfile.mkdtemp())
    opened(place).close()
    (place if closed == "folder" else place / LIBRARY).chmod(0)
    if closed == "file":
        place.chmod(0o755)

    def look() -> None:
        for does in (lambda: opened(place), lambda: check_folder(place)):
            with pytest.raises(LibraryClosed):
                does()

    try:
        assert as_nobody(look)
    finally:
        place.chmod(0o700)
        shutil.rmtree(place)


def test_a_schema_that_no_zeren_gave_is_damage(folder: Path) -> None:
    altered(folder, "PRAGMA user_version = 0")
    with pytest.raises(LibraryDamaged):
        opened(folder)
    assert ("record", "schema") in [(each.code, each.about) for each in check_folder(folder)]


def test_tables_of_other_columns_in_a_folder_that_may_not_be_written_are_one_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    altered(folder, "ALTER TABLE task RENAME COLUMN place TO nth", "UPDATE meta SET value = 'old' WHERE name = 'stamp'")
    altered(folder, "DROP TABLE record_sum", "PRAGMA user_version = 1")
    folder.chmod(0o555)
    if os.getuid() == 0:
        monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
        monkeypatch.setattr("graph.sqlite.lock.os.open", _refused)
    try:
        with pytest.raises(LibraryOutdated):
            opened(folder)
    finally:
        folder.chmod(0o700)


def _refused(*_: object) -> int:
    raise PermissionError(13, "Permission denied")


def test_the_site_says_of_a_damaged_plan_that_it_is_and_answers_about_the_others(tmp_path: Path) -> None:
    library = library_of(tmp_path / "library")
    (row,) = library.store.plans()
    library.close()
    altered(tmp_path / "library", "UPDATE source SET name = 'other.txt'")
    opened_again = open_library(tmp_path / "library", settings_for(tmp_path).lexicon)
    site = create_app(settings_for(tmp_path), opened_again).test_client()
    page, problem = site.get(f"/plans/{row.id}"), site.get(f"/api/v1/plans/{row.id}")
    assert (page.status_code, problem.status_code) == (503, 503)
    assert row.id in page.text
    assert problem.json is not None
    assert (problem.json["type"], problem.json["params"]) == ("library-plan-damaged", {"plan": row.id})
    assert site.get("/").status_code == 200
    opened_again.close()
