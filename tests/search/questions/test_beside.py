"""What stands beside an answer: tasks without a day, the second reading of a time or a name, and what is not known."""

from __future__ import annotations

from datetime import date

import pytest

from graph.query import FallsDue, conjuncts
from search.catalog import Catalog
from search.questions import Reply, beneath, reply
from search.questions.near.beside import AsideKind
from tests.support.factories import a_plan, a_section, a_task
from tests.support.search_library import Where, a_catalog
from tests.support.search_places import Sharing

TODAY = date(2026, 11, 30)


@pytest.fixture
def catalog(sharing: Sharing) -> Catalog:
    return sharing(a_library)


def a_library(where: Where) -> Catalog:
    return a_catalog(
        where,
        a_plan(
            a_section(
                "民生",
                a_task("发放救助金", lead=["民政局"], by={"5月底前": "2021-05-31"}),
                a_task("建养老院", lead=["民政局"], by={"12月底前": "2021-12-31"}),
                a_task("修敬老院", lead=["民政局"], support=["住建局"], by={"年内": "2021-12-31"}),
                a_task("走访困难家庭", lead=["民政局"], every={"每季度": "quarter"}),
                a_task("管理福利彩票", lead=["民政局"]),
                a_task("改造危房", lead=["住建局"], by={"10月底前": "2026-10-31"}),
                a_task("建设社区食堂", lead=["民政局"], by={"2027年底前": "2027-12-31"}),
            ),
        ),
    )


def asked(question: str, catalog: Catalog) -> Reply:
    return reply(question, catalog, TODAY)


def texts(answer: Reply) -> list[str]:
    return sorted(row.text.partition("，")[0] for row in answer.rows)


def aside(answer: Reply, kind: AsideKind, catalog: Catalog) -> list[str]:
    """The first words of the tasks that stand beside an answer; its counts are those of its queries."""
    found = [each for each in answer.beside if each.kind == kind]
    rows = [catalog.store.select(each.query, limit=None).rows for each in found]
    assert [each.count for each in found] == list(map(len, rows))
    return sorted(row.text.partition("，")[0] for each in rows for row in each)


@pytest.mark.parametrize(
    "question",
    ["民政局2021年第二季度负责哪些任务", "2021年二季度民政局负责什么", "民政局2021年4月到6月要做什么",
     "民政局2021年5月承担哪些工作", "what does 民政局 do in May 2021"],
)  # fmt: skip
def test_a_unit_and_a_period_tell_what_has_only_the_year_recurs_or_has_no_date(catalog: Catalog, question: str) -> None:
    answer = asked(question, catalog)
    assert texts(answer) == ["发放救助金"]
    assert aside(answer, "year-end", catalog) == ["修敬老院", "建养老院"]
    assert "管理福利彩票" in aside(answer, "undated", catalog)
    assert "走访困难家庭" in aside(answer, "again", catalog) + aside(answer, "undated", catalog)


@pytest.mark.parametrize("question", ["本季度民政局负责什么", "民政局本月要完成什么", "下周民政局有什么任务"])
def test_days_of_the_clock_tell_what_recurs_whatever_its_year(catalog: Catalog, question: str) -> None:
    answer = asked(question, catalog)
    assert (answer.status, texts(answer)) == ("answered", [])
    assert aside(answer, "again", catalog) == ["走访困难家庭"]
    assert aside(answer, "undated", catalog) == ["管理福利彩票"]


@pytest.mark.parametrize(
    "question", ["住建局本季度牵头什么 12月", "民政局2021年8月负责什么", "住建局2021年3月要完成什么"]
)
def test_where_nothing_is_found_each_condition_may_be_left_out(catalog: Catalog, question: str) -> None:
    answer = asked(question, catalog)
    assert (answer.status, answer.count) == ("answered", 0)
    left = [each for each in answer.beside if each.kind == "without"]
    assert any(isinstance(each.about, FallsDue) and each.count for each in left)


def test_all_that_is_beside_days_is_counted_once(catalog: Catalog) -> None:
    answer = asked("民政局2021年5月负责什么", catalog)
    rows = [*answer.rows]
    for each in answer.beside:
        rows += catalog.store.select(each.query, limit=None).rows
    assert len({row.id for row in rows}) == len(rows) == 5


@pytest.mark.parametrize(
    "question", ["2027年前要完成的任务", "2027年之前必须办结", "明年以前应当完成的", "2027年到来前须做完的工作",
                 "二〇二七年前务必完成的任务", "what must be finished before 2027"],
)  # fmt: skip
def test_before_a_year_is_over_with_the_year_before(catalog: Catalog, question: str) -> None:
    answer = asked(question, catalog)
    assert conjuncts(answer.query.where) == (FallsDue("", "2026-12-31"),)
    assert texts(answer) == ["修敬老院", "发放救助金", "建养老院", "改造危房"]
    assert not answer.topics
    assert not answer.understood.unused


@pytest.mark.parametrize("question", ["2027年前要完成的任务", "明年以前要完成什么", "2027年之前到期的"])
def test_the_other_reading_of_before_a_year_is_told(catalog: Catalog, question: str) -> None:
    assert "建设社区食堂" in aside(asked(question, catalog), "other-days", catalog)


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("6月前应当完成", "01-01", "06-30"),
        ("2021年6月以前需完成的任务", "", "2021-06-30"),
        ("12月之前应该做完的", "01-01", "12-31"),
        ("2027年底前完成的", "", "2027-12-31"),
        ("2025年后到期的任务", "2026-01-01", ""),
        ("2021年前三季度要完成什么", "2021-01-01", "2021-09-30"),
        ("today is what is due before June", "01-01", "05-31"),
    ],
)
def test_before_and_after_are_no_words_to_look_for(catalog: Catalog, question: str, first: str, last: str) -> None:
    answer = asked(question, catalog)
    assert answer.status == "answered"
    assert FallsDue(first, last) in conjuncts(answer.query.where)
    assert not answer.topics


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("10号前要报什么", "2026-12-01", "2026-12-10"),
        ("本月10日前要完成什么", "2026-11-01", "2026-11-10"),
        ("下个月5号以前要交什么", "2026-12-01", "2026-12-05"),
    ],
)
def test_a_day_without_a_month_is_the_next_one(catalog: Catalog, question: str, first: str, last: str) -> None:
    answer = asked(question, catalog)
    assert conjuncts(answer.query.where) == (FallsDue(first, last),)
    assert aside(answer, "again", catalog) == ["走访困难家庭"]


@pytest.mark.parametrize("question", ["每季度10日前要报什么", "每季度5号前报送哪些任务", "每季度25日前要完成什么"])
def test_what_is_due_again_by_a_day_is_what_recurs(catalog: Catalog, question: str) -> None:
    answer = asked(question, catalog)
    assert texts(answer) == ["走访困难家庭"]
    assert any(each.startswith("monthly-day") for each in answer.understood.assumed)


@pytest.mark.parametrize(
    ("question", "kind", "words"),
    [
        ("量子星际局负责什么", "unknown-unit", "量子星际局"),
        ("民政水产局牵头哪些任务", "unknown-unit", "民政水产局"),
        ("太空委有哪些任务", "unknown-unit", "太空委"),
        ("依据反垄断法的任务", "unknown-document", "反垄断法"),
        ("根据网络安全审查办法有哪些任务", "unknown-document", "网络安全审查办法"),
        ("按照海洋环境保护条例开展的工作", "unknown-document", "海洋环境保护条例"),
        ("今年比去年多了哪些任务", "one-year", "今年比去年多了"),
        ("和去年相比有什么变化", "one-year", "和去年相比"),
        ("今年新增了哪些任务", "one-year", "新增了"),
    ],
)
def test_what_cannot_be_answered_is_said_and_not_buried_under_hits(
    catalog: Catalog, question: str, kind: str, words: str
) -> None:
    answer = asked(question, catalog)
    assert answer.status == "refused"
    assert answer.problem is not None
    assert answer.problem.kind == kind
    assert answer.problem.words in words or words in answer.problem.words
    assert beneath(question, answer.problem, catalog).total == 0


def test_units_of_nearly_an_unknown_name_are_offered(library: Where) -> None:
    names = ("农业农村局", "水利局", "民政局")
    catalog = a_catalog(library, a_plan(*(a_task(f"第{name}", lead=[name]) for name in names)))
    for unknown, near in (("农业水产局", "农业农村局"), ("水利电力局", "水利局"), ("民政事务局", "民政局")):
        answer = asked(f"{unknown}负责什么", catalog)
        assert (answer.status, [label.partition("（")[0] for _, label in answer.choices]) == ("refused", [near])
        assert asked(answer.rephrased[0], catalog).status == "answered"


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("教育局除了牵头还参与哪些任务", ["抽查教材", "评选校园"]),
        ("教育局除了牵头以外还负责什么", ["抽查教材", "评选校园"]),
        ("民政局除牵头的以外还要配合哪些", []),
    ],
)
def test_a_unit_besides_one_of_its_roles_has_a_part_in_them(library: Where, question: str, found: list[str]) -> None:
    catalog = a_catalog(
        library,
        a_plan(
            a_task("建设学校", lead=["教育局"]),
            a_task("抽查教材", responsible=["教育局"]),
            a_task("评选校园", lead=["公安局"], support=["教育局"]),
            a_task("发放救助", lead=["民政局"]),
        ),
    )
    assert texts(asked(question, catalog)) == found


@pytest.mark.parametrize("question", ["民政局配合哪些任务", "民政局要配合什么", "what does 民政局 support"])
def test_where_a_role_finds_nothing_any_role_is_told(catalog: Catalog, question: str) -> None:
    answer = asked(question, catalog)
    assert (answer.status, answer.count) == ("answered", 0)
    assert len(aside(answer, "any-role", catalog)) == 6


@pytest.mark.parametrize("question", ["哪些单位没有牵头任何任务", "谁没有牵头任务", "哪些部门不牵头"])
def test_units_that_have_no_role_at_all_are_not_told_from_tasks(catalog: Catalog, question: str) -> None:
    answer = asked(question, catalog)
    assert answer.status == "refused" or not answer.rows


@pytest.mark.parametrize(
    "question", ["未按时完成的任务", "民政局有哪些任务超过了期限", "没有按期完成的工作有哪些", "逾期半年以上的任务"]
)
def test_what_was_not_done_in_time_is_what_is_overdue(catalog: Catalog, question: str) -> None:
    answer = asked(question, catalog)
    assert "发放救助金" in texts(answer)
    assert "overdue" in answer.understood.assumed
    assert not [each for each in answer.beside if each.kind in ("again", "year-end")]


@pytest.mark.parametrize("question", ["哪些任务只写了相关部门", "只有有关单位的任务", "没有点名单位的任务有哪些"])
def test_tasks_of_nobody_in_particular(library: Where, question: str) -> None:
    catalog = a_catalog(library, a_plan(a_task("甲", responsible=["相关部门"]), a_task("乙", lead=["教育局"])))
    assert texts(asked(question, catalog)) == ["甲"]


@pytest.mark.parametrize("place", ["临港经开区", "临港经济技术开发区", "临港市经开区"])
def test_a_zone_is_called_in_short(library: Where, place: str) -> None:
    plans = (
        a_plan(a_task(f"{region}引资", lead=["招商局"]), region=region, number=f"{region}〔2021〕1号")
        for region in ("临港市经济技术开发区", "东县")
    )
    assert texts(asked(f"{place}招商局负责什么", a_catalog(library, *plans))) == ["临港市经济技术开发区引资"]


@pytest.mark.parametrize("question", ["西乡县有哪些任务", "西乡县哪些单位任务最多", "西乡县的工作"])
def test_a_place_that_no_plan_is_of_means_its_units(library: Where, question: str) -> None:
    plan = a_plan(a_task("甲", lead=["西乡县水利局"]), a_task("乙", lead=["教育局"]))
    assert texts(asked(question, a_catalog(library, plan))) in (["甲"], ["乙", "甲"])
