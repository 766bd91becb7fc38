"""Libraries that somebody hands over with an index of his own making: payloads, flipped bits, links that lead out."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ingest.language.lexicon import Lexicon, load_lexicon
from search.catalog import Catalog
from search.opening import close_both, open_catalog_at
from tests.attack.rows import Row
from tests.conftest import LEXICON
from tests.support.factories import some_plans
from tests.support.hostile_index import DAMAGES, Damage, outside

_SEED = 12
_QUERIES = ("", "食品", "“安全”", "体系建设", "民法典")


def handed_over(seconds: float) -> Iterator[Row]:
    """Harm is a payload that ran, an error, an answer other than a new index gives, or a change outside the library."""
    lexicon = load_lexicon(LEXICON)
    tried: Counter[str] = Counter()
    harm: Counter[str] = Counter()
    state = os.environ.get("XDG_STATE_HOME")
    with tempfile.TemporaryDirectory() as place:
        os.environ["XDG_STATE_HOME"] = place
        try:
            sound, wanted = _a_library(Path(place) / "sound", lexicon)
            end, chance = time.monotonic() + seconds, random.Random(_SEED)
            while time.monotonic() < end:
                for damage in DAMAGES:
                    tried[damage.__name__] += 1
                    harm[damage.__name__] += _harms(damage, sound, lexicon, wanted, chance)
        finally:
            _put_back(state)
    for name, times in tried.items():
        yield Row(f"index handed over with {name.replace('_', ' ')}", times, harm[name])


def _put_back(state: str | None) -> None:
    if state is None:
        del os.environ["XDG_STATE_HOME"]
    else:
        os.environ["XDG_STATE_HOME"] = state


def _a_library(folder: Path, lexicon: Lexicon) -> tuple[Path, list[object]]:
    catalog = open_catalog_at(folder / "library", lexicon)
    for source, plan in some_plans(2, seed=_SEED, tasks=4):
        catalog.add(source, plan)
    wanted = _answers(catalog)
    close_both(catalog)
    return folder / "library", wanted


def _answers(catalog: Catalog) -> list[object]:
    results = [catalog.search(text, limit=500) for text in _QUERIES]
    return [(each.total, each.hits, each.kinds, each.facets) for each in results]


def _harms(damage: Damage, sound: Path, lexicon: Lexicon, wanted: list[object], chance: random.Random) -> bool:
    """Damages a copy of the library and opens it twice: as it was handed over, and as that left it."""
    with tempfile.TemporaryDirectory() as place:
        library, proof = Path(place) / "library", Path(place) / "proof"
        shutil.copytree(sound, library)
        damage(library / "index", proof, chance)
        before = _contents(outside(library / "index"))
        try:
            for _ in range(2):
                catalog = open_catalog_at(library, lexicon)
                try:
                    if _answers(catalog) != wanted or catalog.trouble is not None:
                        return True
                finally:
                    close_both(catalog)
        except Exception:
            return True
        return proof.exists() or _contents(outside(library / "index")) != before


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file() and not path.is_symlink()}
