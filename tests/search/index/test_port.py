"""What every index must do, written against the port (search/index/port.py), on every engine
(tests/support/search_engines.py)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.model import Span
from search.index.fields import Entry, EntryUnit
from search.index.port import Index, IndexDamaged, PlanEntries
from search.index.tree import EVERYTHING, NOTHING, And, Not, Or, Query, QueryNode, Term, phrase
from search.whoosh.index import open_index
from tests.support.search_engines import Engine, a_folder, create_at


@pytest.fixture
def index(engine: Engine, tmp_path: Path) -> Iterator[Index]:
    index = engine.create(tmp_path / "index")
    yield index
    index.close()


def entry(id: str, text: str, plan: str = "p", unit: str = "食药监分局") -> Entry:
    return Entry("task", id, plan, "", "", "", text, Span(0, 0), "", text, (EntryUnit(unit, unit, "lead"),))


def change(plan: str, *texts: str) -> PlanEntries:
    return PlanEntries(plan, tuple(entry(f"{plan}.{n}", text, plan) for n, text in enumerate(texts)))


def ids(index: Index, where: QueryNode, *rank: str) -> list[str]:
    return [each.entry.id for each in index.search(Query(where, rank)).scored]


def test_a_new_index_is_empty(index: Index) -> None:
    assert (index.generation(), ids(index, EVERYTHING), index.frequency("食品")) == (0, [], 0)
    assert index.words_starting("食", 5) == []


def test_entries_come_back_as_they_were(index: Index) -> None:
    index.write([change("p", "加强食品安全")], 1)
    (scored,) = index.search(Query(EVERYTHING)).scored
    assert (scored.entry, scored.score) == (entry("p.0", "加强食品安全"), 0.0)


def test_a_paragraph_comes_behind_all_else_and_its_words_can_be_left_uncounted(index: Index) -> None:
    said = [Entry("text", f"p.text-{n}", "p", "", "", "", text, Span(0, 0), "", text) for n, text in enumerate(
        ("食品安全食品安全", "飞行汽车"))]  # fmt: skip
    index.write([PlanEntries("p", (*said, entry("p.9", "加强食品监管")))], 1)
    assert ids(index, phrase("食品"), "食品") == ["p.9", "p.text-0"]
    assert (index.frequency("食品"), index.frequency_besides_text("食品")) == (2, 1)
    assert (index.frequency("汽车"), index.frequency_besides_text("汽车")) == (1, 0)
    assert index.frequency_besides_text("彗星") == 0


def test_and_or_not_and_phrases_mean_what_they_say(index: Index) -> None:
    index.write([change("p", "食品安全", "药品安全", "安全食品", "抽检")], 1)
    food, safe = phrase("食品"), phrase("安全")
    assert ids(index, And((food, safe))) == ["p.0", "p.2"]
    assert ids(index, Or((food, phrase("抽检")))) == ["p.0", "p.2", "p.3"]
    assert ids(index, And((safe, Not(food)))) == ["p.1"]
    assert ids(index, Not(Or((food, safe)))) == ["p.3"]
    assert ids(index, phrase("食品安全")) == ["p.0"]
    assert ids(index, Not(phrase("食品安全"))) == ["p.1", "p.2", "p.3"]
    assert ids(index, NOTHING) == []
    assert ids(index, Term("unit_role", "lead|食药监分局")) == ["p.0", "p.1", "p.2", "p.3"]


def test_a_phrase_whose_pairs_all_stand_apart_is_not_found(index: Index) -> None:
    index.write([change("p", "品安，安全，食品")], 1)
    assert ids(index, phrase("食品安全")) == []


def test_what_says_a_word_more_densely_comes_first_and_ties_are_ordered_by_id(index: Index) -> None:
    index.write([change("p", "抽检", "抽检，" + "其他工作" * 20, "抽检")], 1)
    assert ids(index, phrase("抽检"), "抽检") == ["p.0", "p.2", "p.1"]


def test_a_plan_is_replaced_as_a_whole(index: Index) -> None:
    index.write([change("p", "食品", "药品"), change("q", "食品")], 1)
    index.write([change("p", "抽检")], 2)
    assert (ids(index, EVERYTHING), index.generation()) == (["p.0", "q.0"], 2)
    assert ids(index, phrase("食品")) == ["q.0"]


def test_a_plan_without_entries_is_out(index: Index) -> None:
    index.write([change("p", "食品"), change("q", "药品")], 1)
    index.write([PlanEntries("p", ())], 2)
    assert ids(index, EVERYTHING) == ["q.0"]
    assert (index.frequency("食品"), index.words_starting("食品", 5)) == (0, [])


def test_the_order_does_not_depend_on_what_was_once_there(engine: Engine, tmp_path: Path) -> None:
    texts = ["食品抽检", "食品安全抽检计划", "抽检食品，再抽检食品", "药品", "其他"]
    query = Query(EVERYTHING, ("食品", "抽检", "安全"))
    fresh = engine.create(tmp_path / "fresh")
    fresh.write([change(f"p{n}", text) for n, text in enumerate(texts)], 9)
    wanted = fresh.search(query)
    worn = engine.create(tmp_path / "worn")
    for generation, n in enumerate([3, 1, 0, 4, 2, 1, 0], 1):
        worn.write([change(f"p{n}", "食品食品食品")], generation)
        worn.write([change(f"p{n}", texts[n])], generation)
    worn.write([], 9)
    assert worn.search(query) == wanted


def test_the_term_list_gives_words_in_order_up_to_a_limit(index: Index) -> None:
    index.write([change("p", "农药，农村，农业", "农药")], 1)
    assert index.words_starting("农", 9) == sorted(["农药", "农村", "农业"])
    assert index.words_starting("农", 2) == sorted(["农药", "农村", "农业"])[:2]
    assert index.frequency("农药") == 2


def test_many_small_writes_stay_searchable(index: Index) -> None:
    for n in range(30):
        index.write([change(f"p{n:02}", f"食品{n}")], n + 1)
        assert index.generation() == n + 1
    assert ids(index, phrase("食品")) == [f"p{n:02}.0" for n in range(30)]


def test_a_query_of_thousands_of_terms_means_what_it_says(index: Index) -> None:
    index.write([change("p", "食品安全", "药品安全", "安全食品")], 1)
    many = tuple(Term("id", f"nothing-{n}") for n in range(2500))
    either = Or((*many, Term("id", "p.0"), Term("id", "p.1")))
    assert ids(index, either) == ["p.0", "p.1"]
    assert ids(index, And((either, phrase("食品")))) == ["p.0"]
    assert ids(index, Not(either)) == ["p.2"]
    assert ids(index, And(tuple(Not(term) for term in (*many, Term("id", "p.1"))))) == ["p.0", "p.2"]


def test_another_open_index_sees_a_write_when_it_looks(engine: Engine, tmp_path: Path) -> None:
    writing = engine.create(tmp_path / "index")
    reading = engine.open(tmp_path / "index")
    writing.write([change("p", "食品")], 7)
    assert (ids(reading, EVERYTHING), reading.generation()) == ([], 0)
    assert reading.refresh()
    assert (ids(reading, EVERYTHING), reading.generation()) == (["p.0"], 7)
    assert not reading.refresh()


def test_a_write_whose_entries_fail_changes_nothing_and_the_next_one_works(index: Index) -> None:
    index.write([change("p", "食品")], 1)

    def failing() -> Iterator[PlanEntries]:
        yield change("p", "药品")
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError):
        index.write(failing(), 2)
    assert (ids(index, phrase("食品")), index.generation()) == (["p.0"], 1)
    index.write([change("p", "抽检")], 2)
    assert ids(index, phrase("抽检")) == ["p.0"]


def test_an_index_written_to_while_it_is_read_never_shows_half_a_plan(engine: Engine, tmp_path: Path) -> None:
    index = engine.create(tmp_path / "index")
    index.write([change("p", *["甲"] * 20)], 1)
    wrong: list[list[str]] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            index.refresh()
            said = {each.entry.text for each in index.search(Query(EVERYTHING)).scored}
            if len(said) != 1:
                wrong.append(sorted(said))

    readers = [threading.Thread(target=read) for _ in range(8)]
    for reader in readers:
        reader.start()
    for generation in range(2, 12):
        index.write([change("p", *["甲乙"[generation % 2]] * 20)], generation)
    done.set()
    for reader in readers:
        reader.join()
    assert wrong == []


@pytest.mark.parametrize("cut", [0.0, 0.5])
def test_damaged_files_are_said_to_be_damaged(tmp_path: Path, cut: float) -> None:
    index = create_at(tmp_path / "index")
    index.write([change("p", *["食品安全"] * 50)], 1)
    index.close()
    for path in (tmp_path / "index").iterdir():
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * cut)])
    with pytest.raises(IndexDamaged):
        open_index(a_folder(tmp_path / "index"))
