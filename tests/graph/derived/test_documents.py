"""Which citations mean one document, over all titles and numbers of a library."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.derived.documents import Identified, NamedPlan, Naming, identify
from graph.sqlite.store import SqliteStore, open_store
from ingest.identity import normal_title, number_key, title_key
from ingest.language.titles import same_title
from tests.support.factories import a_plan, a_task, resolve, some_plans
from tests.support.factory_page import Cited


def named(title: str, number: str | None = None, times: int = 1) -> Naming:
    return Naming(title_key(title), number_key(number), title, number, times)


def documents(*namings: Naming, plans: tuple[NamedPlan, ...] = ()) -> dict[str, Identified]:
    return {each.id: each for each in identify(namings, plans)[0]}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("关于深化改革的意见", "中共中央 国务院关于深化改革的意见", True),
        ("责任制规定", "关于印发〈责任制规定〉的通知", True),
        ("关于印发2021年示范区食品安全工作要点的通知", "2021年焦作市示范区食品安全工作要点", True),
        ("2020年食品安全工作要点", "2021年食品安全工作要点", False),
        ("食品安全规定", "道路交通办法", False),
    ],
)
def test_titles_under_one_number_are_one_where_a_person_would_say_so(one: str, other: str, same: bool) -> None:
    assert same_title(normal_title(one), normal_title(other)) is same
    assert same_title(normal_title(other), normal_title(one)) is same


def test_a_title_without_number_is_the_numbered_document_of_that_title() -> None:
    (document,) = documents(named("意见", "中发〔2019〕17号"), named("《意见》", times=3)).values()
    assert (document.id, document.number, document.aliases) == ("中发-2019-17", "中发〔2019〕17号", ("意见",))


def test_a_title_that_bears_two_numbers_stays_apart_from_both() -> None:
    found = documents(named("工作要点", "甲〔2020〕1号"), named("工作要点", "甲〔2021〕1号"), named("工作要点"))
    assert set(found) == {"甲-2020-1", "甲-2021-1", "工作要点"}
    assert all(each.aliases == () for each in found.values())


def test_the_title_cited_most_keeps_a_number_that_two_titles_bear() -> None:
    found, clashes = identify([named("交通办法", "国发〔1〕1号"), named("食品规定", "国发〔1〕1号", 5)], ())
    assert {each.id: each.title for each in found} == {"国发-1-1": "食品规定", "交通办法": "交通办法"}
    assert [(each.number, each.title, each.other) for each in clashes] == [("国发〔1〕1号", "食品规定", "交通办法")]


def test_a_plan_is_the_document_of_its_number_before_that_of_its_title() -> None:
    plans = (NamedPlan("p1", title_key("工作要点"), "甲-2020-1"), NamedPlan("p2", title_key("工作要点"), "甲-2021-1"))
    found = documents(named("工作要点", "甲〔2021〕1号"), named("工作要点"), named("别的"), plans=plans)
    assert {id: each.plan_id for id, each in found.items()} == {"甲-2021-1": "p2", "别的": None}
    assert documents(named("工作要点"), plans=plans)["工作要点"].plan_id is None


NAMINGS = [
    named("意见", "中发〔2019〕17号", 2),
    named("中共中央关于改革的意见", "中发〔2019〕17号"),
    named("意见"),
    named("交通办法", "中发〔2019〕17号"),
    named("交通办法"),
    named("民法典", times=4),
]


@settings(max_examples=40)
@given(st.permutations(NAMINGS))
def test_the_order_of_ingest_changes_no_document(order: list[Naming]) -> None:
    assert identify(order, ()) == identify(NAMINGS, ())


@settings(max_examples=80)
@given(
    st.lists(
        st.tuples(st.sampled_from("甲乙丙丁"), st.sampled_from([None, "子〔2020〕1号", "丑〔2021〕2号"])), unique=True
    )
)
def test_every_citation_means_exactly_one_document(cited: list[tuple[str, str | None]]) -> None:
    found, _ = identify([named(title * 3, number) for title, number in cited], ())
    keys = list(itertools.chain.from_iterable(each.keys for each in found))
    assert sorted(keys) == sorted((title_key(title * 3), number_key(number)) for title, number in cited)
    ids = [each.id for each in found] + [alias for each in found for alias in each.aliases]
    assert len(ids) == len(set(ids))


_TITLES = (
    "甲办法", "乙办法", "关于印发〈甲办法〉的通知", "关于印发〈乙办法〉的通知", "中共中央 国务院关于甲的意见",
    "甲 办法",
)  # fmt: skip
_NUMBERS = (None, "子〔2020〕1号", "子[2020]1号", "丑〔2021〕2号")
_PLANS = ("子〔2020〕1号", "寅〔2021〕3号", "卯〔2021〕4号")
_CITATIONS = st.lists(st.tuples(st.sampled_from(_TITLES), st.sampled_from(_NUMBERS)), min_size=1, max_size=4)
_STEPS = st.lists(
    st.tuples(st.sampled_from(_PLANS), st.sampled_from(_TITLES), st.one_of(st.none(), _CITATIONS)),
    min_size=1,
    max_size=7,
)
"""Plans that come, come again with other citations, or go (None), by number and title."""


@settings(max_examples=40, deadline=None)
@given(_STEPS)
def test_what_is_counted_on_the_way_is_what_counting_all_anew_gives(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, list[Cited] | None]]
) -> None:
    store = open_store(tmp_path_factory.mktemp("library"), resolve, "1")
    there: dict[str, str] = {}
    for nth, (number, title, cited) in enumerate(steps):
        if cited is not None:
            plan = a_plan(a_task(f"第{nth}项任务", cites=cited), number=number, title=title)
            there[number] = store.save(*plan).plan.id
        elif number in there:
            store.remove(there.pop(number))
    on_the_way = _said_of_documents(store)
    with store.writing(), store._commit() as writing:
        writing.make_tables()
    assert on_the_way == _said_of_documents(store)
    store.close()


def _said_of_documents(store: SqliteStore) -> dict[str, list[tuple[object, ...]]]:
    with store.snapshot():
        return {
            table: sorted(store._reader().execute(f"SELECT * FROM {table}"), key=str)
            for table in ("naming", "document", "named", "redirect", "clash")
        }


def test_a_plan_is_identified_without_reading_how_often_others_cite_the_same(tmp_path: Path) -> None:
    few, many = (_steps_of_one_more(tmp_path / str(plans), plans) for plans in (5, 50))
    assert many <= few * 1.2


def _steps_of_one_more(folder: Path, plans: int) -> int:
    """Steps of SQLite's virtual machine that saving another plan takes."""
    store = open_store(folder, resolve, "1")
    for pair in some_plans(plans, tasks=8):
        store.save(*pair)
    taken = 0

    def count() -> None:
        nonlocal taken
        taken += 1

    store._writing_connection().set_progress_handler(count, 1)
    store.save(*a_plan(a_task("一项任务", cites=["民法典", "中华人民共和国食品安全法"])))
    store.close()
    return taken
