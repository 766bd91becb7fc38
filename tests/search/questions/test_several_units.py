"""Questions that name several units, or units of several places, and those that count them."""

from __future__ import annotations

import pytest

from ingest.model import Plan, Source
from search.catalog import Catalog
from tests.search.questions.test_beside import aside, asked, texts
from tests.support.factories import a_plan, a_task
from tests.support.search_library import Where, a_catalog
from tests.support.search_places import Sharing


@pytest.fixture
def districts(sharing: Sharing) -> Catalog:
    return sharing(some_districts)


def some_districts(where: Where) -> Catalog:
    def of(region: str, *units: str) -> tuple[Source, Plan]:
        tasks = [a_task(f"{region}{unit}办事", lead=[unit]) for unit in units]
        both = a_task(f"{region}共同办事", responsible=units) if len(units) > 1 else a_task(f"{region}别的事")
        return a_plan(*tasks, both, region=region, number=f"{region}〔2021〕1号")

    return a_catalog(
        where,
        of("东县", "教育局", "公安局"),
        of("西县", "教育局", "公安局"),
        of("南县", "教育局", "民政局"),
        of("北县", "民政局"),
        of("中县", "审计局"),
    )


@pytest.mark.parametrize(
    "question", ["教育局和民政局负责什么", "民政局、教育局有哪些任务", "教育局与民政局共同负责的任务"]
)
def test_two_units_of_one_place_are_taken_there_and_the_others_are_offered(districts: Catalog, question: str) -> None:
    answer = asked(question, districts)
    assert texts(answer) == ["南县共同办事"]
    taken = {words: id for words, id, _ in answer.understood.other_units}
    assert taken == {"教育局": "南县-教育局", "民政局": "南县-民政局"}
    assert {label for _, label in answer.choices} == {"教育局（东县）", "教育局（西县）", "民政局（北县）"}


@pytest.mark.parametrize(
    "question", ["教育局和公安局负责什么", "公安局、教育局有哪些任务", "公安局跟教育局一起做的任务"]
)
def test_two_units_of_two_places_are_asked_back_by_either_name(districts: Catalog, question: str) -> None:
    answer = asked(question, districts)
    assert answer.status == "choose"
    assert {label.partition("（")[2] for _, label in answer.choices} == {"东县）", "西县）"}
    for again in answer.rephrased:
        place = again[again.index("县") - 1 : again.index("县") + 1]
        assert texts(asked(again, districts)) == [f"{place}共同办事"]


@pytest.mark.parametrize(
    "question", ["东县教育局和公安局负责什么", "东县公安局、教育局的任务", "东县教育局与公安局有哪些工作"]
)
def test_two_units_tell_what_either_has(districts: Catalog, question: str) -> None:
    answer = asked(question, districts)
    assert texts(answer) == ["东县共同办事"]
    assert aside(answer, "either", districts) == ["东县公安局办事", "东县共同办事", "东县教育局办事"]
    assert len([each for each in answer.beside if each.kind == "alone"]) == 2


@pytest.mark.parametrize("question", ["哪个文件的任务最多", "各文件分别有多少任务", "按文件统计任务数量"])
def test_files_with_tasks_are_plans_and_not_what_they_cite(districts: Catalog, question: str) -> None:
    answer = asked(question, districts)
    assert answer.query.select == "plan"
    assert sorted(len(each.tasks) for each in answer.tallies) == [2, 2, 3, 3, 3]


@pytest.mark.parametrize(
    ("question", "listed", "things"),
    [("谁的任务最多", 8, 8), ("哪个单位牵头任务最少", 8, 8), ("which unit has the most tasks", 8, 8)],
)
def test_a_rank_says_what_is_counted(districts: Catalog, question: str, listed: int, things: int) -> None:
    answer = asked(question, districts)
    assert answer.ranked is not None
    assert answer.ranked[:2] == (listed, things)
    assert len(answer.rows) <= answer.ranked[2] == len({id for each in answer.tallies for id in each.tasks})


@pytest.mark.parametrize("question", ["东县公安局之外谁牵头东县教育", "除了东县公安局谁牵头东县教育"])
def test_a_unit_that_is_left_out_may_be_said_before_or_behind(districts: Catalog, question: str) -> None:
    assert [each.key for each in asked(question, districts).tallies] == ["东县-教育局"]
