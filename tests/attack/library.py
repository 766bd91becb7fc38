"""Damage and death at a library (文件库): a byte that flips anywhere, backups of what is damaged, `kill -9` anywhere.

Harm is another answer without a word, a traceback, and anything acknowledged that is gone.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from graph.sqlite.store import SqliteStore, restore
from graph.sqlite.upkeep.backup import LIBRARY
from ingest.errors import ZerenError
from tests.attack.rows import Row
from tests.support import graph_child
from tests.support.factories import some_plans
from tests.support.graph_process import answers, opened

ROOT = Path(__file__).parent.parent.parent


def library(seconds: float) -> Iterator[Row]:
    """A byte flipped (two thirds of the time, half of it with backups), then processes killed."""
    with tempfile.TemporaryDirectory() as folder:
        sound = Path(folder) / "sound"
        said = made(sound)
        yield _flipped(sound, said, Path(folder), seconds / 3)
        yield _backed_up(sound, said, Path(folder), seconds / 3)
        yield _killed(Path(folder), seconds / 3)


def made(folder: Path) -> list[object]:
    """A library with all that a library can hold, and what it says."""
    store = opened(folder)
    for _ in graph_child.work(store):
        pass
    for pair in some_plans(10, seed=3, tasks=16)[5:]:
        store.save(*pair)
    said = [store.generation(), *everything(store)]
    store.close()
    return said


def everything(store: SqliteStore) -> list[object]:
    """The answers to every question that the port knows; but for the last commit's number, for mending counts one."""
    plans, units = store.plans(), store.units()
    return [
        answers(store),
        [(store.source(row.id), store.kept(row.id)) for row in plans],
        [store.duties_of(row.id) for row in units],
        [store.citing(row.id) for row in store.documents()],
        [store.due_between("2000-01-01", "2100-01-01", row.id) for row in plans],
        (store.doubts(), store.coverings(), store.gap_counts()),
        replace(store.nodes_and_edges(), generation=0),
        (store.removed(), store.changes(0), store.library_id()),
    ]


def _flipped(sound: Path, said: list[object], folder: Path, seconds: float) -> Row:
    """One byte anywhere in the file, then every question, in a store of its own."""
    found: Counter[str] = Counter()
    for chance in _chances(seconds):
        damaged = with_a_byte_flipped(sound, folder / "flipped", chance)
        found[outcome(damaged, said)] += 1
    return _row("one byte of library.sqlite flipped, then every question", found, {"other answers", "traceback"})


def outcome(damaged: Path, said: list[object]) -> str:
    try:
        store = opened(damaged)
        try:
            if everything(store) != said[1:]:
                return "other answers"
            return "same answers" if store.generation() == said[0] else "same answers, made again"
        finally:
            store.close()
    except ZerenError:
        return "a sentence"
    except Exception:
        return "traceback"


def _backed_up(sound: Path, said: list[object], folder: Path, seconds: float) -> Row:
    """One byte flipped, then a backup, restored elsewhere: what was backed up without a word is whole."""
    found: Counter[str] = Counter()
    for chance in _chances(seconds):
        damaged = with_a_byte_flipped(sound, folder / "flipped", chance)
        target, elsewhere = folder / "backup.sqlite", folder / "elsewhere"
        target.unlink(missing_ok=True)
        shutil.rmtree(elsewhere, ignore_errors=True)
        try:
            store = opened(damaged)
            try:
                store.backup(target)
            finally:
                store.close()
        except ZerenError:
            found["a sentence" if not target.exists() else "half a backup"] += 1
            continue
        except Exception:
            found["traceback"] += 1
            continue
        try:
            restore(target, elsewhere)
        except ZerenError:
            found["backup not restored"] += 1
            continue
        found[outcome(elsewhere, said).partition(",")[0]] += 1
    harms = {"other answers", "traceback", "half a backup", "backup not restored"}
    return _row("one byte flipped, then backup and restore", found, harms)


def _killed(folder: Path, seconds: float) -> Row:
    """`kill -9` before a random SQL statement of everything that commits; then the library is asked and read whole."""
    store = opened(folder / "calm")
    states = [answers(store)]
    states += (answers(store) for _ in graph_child.work(store))
    store.close()
    found: Counter[str] = Counter()
    for nth, chance in enumerate(_chances(seconds)):
        killed = folder / f"killed-{nth}"
        command = [sys.executable, "-m", "tests.support.graph_child", str(killed), "work", str(chance.randint(1, 1900))]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60).stdout.count("done\n")
        found[_after_death(killed, states[done : done + 2])] += 1
        shutil.rmtree(killed)
    return _row("kill -9 before any statement of a commit", found, {"lost or half", "damaged", "traceback"})


def _after_death(killed: Path, allowed: list[tuple[object, ...]]) -> str:
    try:
        store = opened(killed)
        said = answers(store)
        found = store.check()
        store.close()
    except ZerenError:
        return "damaged"
    except Exception:
        return "traceback"
    if found:
        return "damaged"
    return "whole" if said in allowed else "lost or half"


def with_a_byte_flipped(sound: Path, damaged: Path, chance: random.Random) -> Path:
    shutil.rmtree(damaged, ignore_errors=True)
    shutil.copytree(sound, damaged)
    with open(damaged / LIBRARY, "r+b") as file:
        at = chance.randrange((damaged / LIBRARY).stat().st_size)
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ chance.randint(1, 255)]))
    return damaged


def _chances(seconds: float) -> Iterator[random.Random]:
    """Until the time is over, one seed a try."""
    until, seed = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        yield random.Random(seed)
        seed += 1


def _row(attack: str, found: Counter[str], harms: set[str]) -> Row:
    measured = ", ".join(f"{count} {what}" for what, count in sorted(found.items()))
    return Row(attack, found.total(), sum(count for what, count in found.items() if what in harms), measured)
