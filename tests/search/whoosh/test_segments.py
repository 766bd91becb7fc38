"""Segments stay few and bounded, what was removed is in none of them, and an old generation is let go of."""

from __future__ import annotations

import gc
import random
import weakref
from pathlib import Path

import pytest

from ingest.model import Record
from search.index.fields import decode
from search.index.tree import EVERYTHING, Phrase, Query, phrase
from search.whoosh import view as whoosh_view
from search.whoosh.segments import LARGEST, Segment, to_merge
from search.words.analyzer import phrase_grams
from tests.search.index.test_port import change, ids
from tests.search.test_catalog import a_numbered_plan
from tests.support.search_engines import create_at
from tests.support.search_library import a_catalog


class Written(Record, frozen=True):
    """What adding plans one by one comes to: the sizes of the segments, how many there ever were, entries written."""

    sizes: list[int]
    most: int
    written: int


def added_one_by_one(plans: list[int]) -> Written:
    sizes: list[int] = []
    most = written = 0
    for plan in plans:
        chosen = to_merge([Segment(size, 0) for size in sizes], plan)
        merged = plan + sum(sizes[place] for place in chosen)
        sizes = [size for place, size in enumerate(sizes) if place not in chosen] + [merged]
        written += merged
        most = max(most, len(sizes))
    return Written(sizes, most, written)


@pytest.mark.parametrize("entries", [1, 5, 40, 120, 300, 499, 700, 5000])
def test_segments_stay_few_and_an_entry_is_written_a_few_times(entries: int) -> None:
    plans = [entries] * 1000
    done = added_one_by_one(plans)
    assert len(done.sizes) <= sum(plans) / (LARGEST / 2) + 24
    assert done.written <= 5 * sum(plans)
    assert max(done.sizes) <= max(LARGEST, entries)


def test_a_hundred_plans_of_a_usual_size_are_few_segments_at_any_time() -> None:
    chance = random.Random(1)
    done = added_one_by_one([chance.randrange(80, 160) for _ in range(100)])
    assert done.most <= 24
    assert done.written <= 2.2 * 12_000


def test_what_holds_something_removed_is_always_written_anew() -> None:
    segments = [Segment(900, 0), Segment(900, 100), Segment(600, 1), Segment(0, 5)]
    rounds = 0
    while any(each.gone for each in segments):
        chosen = to_merge(segments, 0)
        merged = sum(segments[place].live for place in chosen)
        assert len([place for place in chosen if segments[place].live]) == 1 or merged <= LARGEST
        segments = [each for place, each in enumerate(segments) if place not in chosen] + [Segment(merged, 0)]
        rounds += 1
    assert rounds <= 3
    assert sum(each.live for each in segments) == 2400


@pytest.mark.parametrize("how", ["removed", "replaced"])
def test_text_that_was_taken_out_stands_in_no_file_of_the_index(tmp_path: Path, how: str) -> None:
    secret = "鑫淼垚犇骉"
    catalog = a_catalog(tmp_path, a_numbered_plan(1, "开展抽检"), a_numbered_plan(2, f"由{secret}办理", "另一项"))
    catalog.add(*a_numbered_plan(3, "组织抽检"))
    signs = [secret.encode(), *(gram.encode() for gram in phrase_grams(secret)), *(each.encode() for each in secret)]
    assert _signs_in(tmp_path / "index", signs) == set(signs)
    if how == "removed":
        catalog.remove(a_numbered_plan(2)[1].id)
    else:
        catalog.add(*a_numbered_plan(2, "另一项"), replace=True)
    assert _signs_in(tmp_path / "index", signs) == set()


def _signs_in(folder: Path, signs: list[bytes]) -> set[bytes]:
    contents = [path.read_bytes() for path in folder.iterdir()]
    return {sign for sign in signs if any(sign in content for content in contents)}


def test_a_view_of_an_old_generation_goes_when_nobody_uses_it(tmp_path: Path) -> None:
    index = create_at(tmp_path / "index")
    index.write([change("p", "食品安全", "抽检"), change("q", "食品")], 1)
    ids(index, phrase("食品"), "食品")
    gc.collect()
    gc.disable()
    try:
        old = weakref.ref(index._view)
        index.write([change("p", "药品")], 2)
        assert old() is None
        files = weakref.ref(index._view._reader)
        index.write([change("p", "抽检")], 3)
        assert files() is None
    finally:
        gc.enable()


def test_a_search_decodes_each_entry_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    decoded: list[bytes] = []

    def counting(data: bytes) -> object:
        decoded.append(data)
        return decode(data)

    monkeypatch.setattr(whoosh_view, "decode", counting)
    monkeypatch.setattr(whoosh_view, "_KEPT", 3)
    index = create_at(tmp_path / "index")
    index.write([change("p", *[f"第{n}项食品安全" for n in range(20)])], 1)
    whole = Phrase("食品安全", phrase_grams("食品安全"))
    assert len(index.search(Query(whole, ("食品",), (whole,))).scored) == 20
    assert len(decoded) == 20
    assert len(index._view._entries) == 3
    assert len(index.search(Query(EVERYTHING)).scored) == 20
    assert len(decoded) == 37
