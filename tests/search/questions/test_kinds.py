"""Kinds of questions, each in several wordings: ranks, years compared, progress, other words, who is denied."""

from __future__ import annotations

from datetime import date

import pytest

from search.catalog import Catalog
from search.questions import Reply, reply
from search.words.names import names_of
from tests.support.factories import a_milestone, a_plan, a_section, a_task
from tests.support.search_library import Where, a_catalog
from tests.support.search_places import Sharing

TODAY = date(2026, 11, 30)
FOOD, LAW = "2021年焦作市示范区食品安全工作要点", "中华人民共和国食品安全法"


@pytest.fixture
def catalog(sharing: Sharing) -> Catalog:
    return sharing(a_library)


def a_library(where: Where) -> Catalog:
    return a_catalog(
        where,
        a_plan(
            a_section(
                "全程监管",
                a_task("抓好校园食堂管理", lead=["食药监分局"], support=["教育局"], by={"3月底前": "2021-03-31"}),
                a_task("检查网络餐饮", responsible=["食药监分局", "教育局", "公安分局"], cites=[LAW, "民法典"]),
                a_task("追溯食品来源", responsible=["公安分局"], by={"12月底前": "2021-12-31"}),
                a_task("普法宣传活动", responsible=["教育局"]),
                a_task("强化宣传报道", responsible=["食安办"]),
                a_milestone("5月底前完成平台注册信息审核", by={"5月底前": "2021-05-31"}, about=2),
            ),
            title=FOOD,
        ),
        a_plan(
            a_section(
                "全程监管", a_task("抓好校园食堂的管理", lead=["食药监分局"]), a_task("试点智慧监管", lead=["数据局"])
            ),
            title=FOOD.replace("2021", "2022"), number="焦示食安〔2022〕1号", issued_on="2022-03-01",
        ),
        a_plan(a_section("治理", a_task("治理扬尘", responsible=["教育局"])), title="2021年海澜市大气污染防治方案",
               number="海政〔2021〕9号", region="海澜市", level="市", above=()),
        names=names_of({}, systems={"公安分局": "公安", "教育局": "教育"}),
    )  # fmt: skip


def asked(question: str, catalog: Catalog) -> Reply:
    return reply(question, catalog, TODAY)


def beginnings(question: str, catalog: Catalog) -> list[str]:
    """The first four characters of each task that answers, in no order; None of one that is not answered."""
    answer = asked(question, catalog)
    assert answer.status == "answered", answer.problem
    return sorted(row.text[:4] for row in answer.rows)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("哪条任务涉及单位最多", ["检查网络"]),
        ("哪一项参与单位最多", ["检查网络"]),
        ("引用文件最多的任务是哪一项", ["检查网络"]),
        ("2021年最早到期的任务", ["抓好校园"]),
        ("2021年哪项任务期限最近", ["抓好校园"]),
        ("2021年最晚到期的任务", ["追溯食品"]),
        ("只由公安分局负责的任务", ["追溯食品"]),
        ("公安分局单独负责的有哪些", ["追溯食品"]),
    ],
)
def test_tasks_are_ranked_by_what_they_have(catalog: Catalog, question: str, found: list[str]) -> None:
    assert beginnings(question, catalog) == found


@pytest.mark.parametrize("question", ["哪条任务最多", "哪项任务做得最少"])
def test_what_a_rank_is_of_must_be_said(catalog: Catalog, question: str) -> None:
    assert asked(question, catalog).status == "refused"


@pytest.mark.parametrize(
    ("question", "came"),
    [
        ("今年比去年多了哪些任务", ["试点智慧"]),
        ("食品安全要点比去年新增了什么", ["试点智慧"]),
        ("今年比去年少了哪些任务", ["强化宣传", "普法宣传", "检查网络", "追溯食品"]),
        ("公安分局比去年少了哪些任务", ["检查网络", "追溯食品"]),
        ("和去年相比有什么变化", ["强化宣传", "普法宣传", "检查网络", "试点智慧", "追溯食品"]),
    ],
)
def test_two_years_of_a_plan_are_compared(catalog: Catalog, question: str, came: list[str]) -> None:
    assert beginnings(question, catalog) == came


def test_a_plan_of_one_year_is_not_compared(catalog: Catalog) -> None:
    answer = asked("大气污染防治方案比去年多了哪些任务", catalog)
    assert answer.problem is not None
    assert answer.problem.kind == "one-year"


@pytest.mark.parametrize(
    ("question", "step"),
    [
        ("谁负责平台注册信息审核", "progress"),
        ("平台注册审核最迟什么时候", "apart"),
        ("外卖由谁监管", "alike"),
        ("网络餐饮由谁监管", "own"),
    ],
)
def test_topics_are_found_in_progress_and_by_other_words(catalog: Catalog, question: str, step: str) -> None:
    answer = asked(question, catalog)
    assert [each.step for each in answer.topics] == [step]
    assert len(answer.rows) == 1


def test_words_for_the_same_stand_for_each_other(catalog: Catalog) -> None:
    assert beginnings("学校有关的任务", catalog) == beginnings("校园有关的任务", catalog) == ["抓好校园"] * 2


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("公安分局参与但不牵头的任务", ["检查网络", "追溯食品"]),
        ("2021年食药监分局参与但不牵头的任务", ["检查网络"]),
        ("没有引用任何文件的公安分局任务", ["追溯食品"]),
        ("公安分局没有引用文件的任务", ["追溯食品"]),
        ("公安分局、食药监分局都不参与的2021年食安任务", ["强化宣传", "普法宣传"]),
    ],
)
def test_what_is_denied_is_denied_of_its_unit(catalog: Catalog, question: str, found: list[str]) -> None:
    assert beginnings(question, catalog) == found


@pytest.mark.parametrize("question", ["除了食药监分局还有谁牵头", "除了食药监分局，还有哪些单位牵头"])
def test_who_else_leaves_out_the_unit_and_not_its_tasks(catalog: Catalog, question: str) -> None:
    assert [each.label for each in asked(question, catalog).tallies] == ["数据局"]


def test_several_units_share_the_role_behind_them(catalog: Catalog) -> None:
    assert beginnings("食药监分局和教育局一起牵头的任务", catalog) == []


@pytest.mark.parametrize(
    "question",
    ["哪些任务引用了食品安全法", "依据食品安全法的任务有几个", "食品安全法被哪些任务引用", "哪些任务依据《食品安全法》",
     "哪些任务引用了民法典"],
)  # fmt: skip
def test_a_document_needs_no_marks_beside_the_verb(catalog: Catalog, question: str) -> None:
    assert beginnings(question, catalog) == ["检查网络"]


@pytest.mark.parametrize("question", ["公安系统负责什么", "公安条线有哪些任务", "公安口的工作"])
def test_a_line_of_work_is_its_units(catalog: Catalog, question: str) -> None:
    assert beginnings(question, catalog) == ["检查网络", "追溯食品"]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("2021年4月1日以后到期的任务", ["追溯食品"]),
        ("2021年4月1日以后、2021年6月之前到期的任务", ["追溯食品"]),
        ("逾期五年以上的任务", ["抓好校园", "追溯食品"]),
        ("还没逾期的任务", []),
        ("没有完成时限的公安分局任务", ["检查网络"]),
        ("公安分局还没完成的任务", ["追溯食品"]),
    ],
)
def test_days_from_and_until(catalog: Catalog, question: str, found: list[str]) -> None:
    assert beginnings(question, catalog) == found


@pytest.mark.parametrize("question", ["教育局有多少食安任务", "食安任务里教育局的有几项"])
def test_a_plan_said_in_short_settles_which_unit_is_meant(catalog: Catalog, question: str) -> None:
    answer = asked(question, catalog)
    assert answer.status == "answered"
    assert {row.region for row in answer.rows} == {"焦作市示范区"}


def test_a_question_that_may_mean_two_things_asks_which(catalog: Catalog) -> None:
    answer = asked("宣传方面有哪些活动", catalog)
    assert answer.status == "choose"
    assert [len(asked(each, catalog).rows) for each in answer.rephrased] == [1, 2]


@pytest.mark.parametrize("question", ["哪个月到期的任务最多", "到期任务最多的是哪个月"])
def test_months_are_ranked(catalog: Catalog, question: str) -> None:
    assert asked(question, catalog).query.select == "month"


@pytest.mark.parametrize("question", ["任务数排第二的单位", "任务第二多的单位是谁"])
def test_the_second_in_a_row(catalog: Catalog, question: str) -> None:
    answer = asked(question, catalog)
    assert {len(each.tasks) for each in answer.tallies} == {2}


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("单位数最多的任务", ["检查网络"]),
        ("2021年只有一个单位负责的任务", ["强化宣传", "普法宣传", "治理扬尘", "追溯食品"]),
        ("不涉及教育局的2021年食安任务", ["强化宣传", "追溯食品"]),
    ],
)
def test_one_unit_alone_and_what_does_not_concern_one(catalog: Catalog, question: str, found: list[str]) -> None:
    assert beginnings(question, catalog) == found


@pytest.mark.parametrize("question", ["哪些单位配合食药监分局", "which units support the food and drug administration"])
def test_who_has_a_role_beside_a_unit(catalog: Catalog, question: str) -> None:
    answer = asked(question, catalog)
    assert [each.label for each in answer.tallies] == ["教育局"]
    assert len(answer.rows) == 1


@pytest.mark.parametrize("question", ["哪个乡镇任务最多", "哪个街道的任务最少"])
def test_one_of_a_collective_is_not_ranked(catalog: Catalog, question: str) -> None:
    assert asked(question, catalog).status == "refused"


def test_a_year_later_than_all_plans_is_that_of_days(catalog: Catalog) -> None:
    catalog.add(*a_plan(a_section("场景", a_task("到2031年建成场景", lead=["数据局"])), number="数发〔2021〕3号"))
    assert beginnings("数据局2031年的任务", catalog) == ["到203"]
