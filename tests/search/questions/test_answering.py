"""Questions in words: what they answer, what is asked back, what is refused, and how complete that is."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from graph.query import Among, Cites, FallsDue, Has, Lacks, Not, OfUnit, conjuncts
from ingest.model import Coverage, Role
from search.catalog import Catalog
from search.questions import Reply, reply
from search.words.names import names_of
from tests.support.factories import a_milestone, a_plan, a_section, a_task
from tests.support.search_library import Where, a_catalog, task_texts
from tests.support.search_places import Sharing

CODE = "中华人民共和国民法典"
YEAR_END, MAY = {"12月底前": "2021-12-31"}, {"5月底前": "2021-05-31"}
TODAY = date(2026, 11, 30)
LAWS = "检查校园周边"
EVERY_TASK = ["抓好校园食品", "检查校园周边", "报告校园食品", "开展抽检", "组织培训，《"]


@pytest.fixture
def catalog(sharing: Sharing) -> Catalog:
    return sharing(a_small_library)


def a_small_library(where: Where) -> Catalog:
    return a_catalog(
        where,
        a_plan(
            a_section(
                "校园",
                a_task("抓好校园食品安全", lead=["食药监分局"], support=["教育局"], by=YEAR_END),
                a_task("检查校园周边食品安全", responsible=["教育局", "食药监分局"], by=MAY, cites=[CODE]),
                a_task("报告校园食品安全情况", responsible=["教育局"]),
            ),
            a_section(
                "农业",
                a_task("开展抽检", lead=["农业农村局"], support=["市农业农村局"]),
                a_task("组织培训", lead=["人社局"], cites=[("关于抽检的意见", "中发〔2019〕17号")]),
                a_milestone("11月底前完成抽检", by={"11月底前": "2021-11-30"}, about=0),
            ),
        ),
    )


def asked(question: str, catalog: Catalog) -> Reply:
    return reply(question, catalog, TODAY)


def beginnings(answer: Reply) -> list[str]:
    """The first six characters of each task of an answer."""
    return [row.text[:6] for row in answer.rows]


def problem(answer: Reply) -> tuple[str, str] | None:
    return (answer.problem.kind, answer.problem.words) if answer.problem else None


def test_a_unit_in_a_role(catalog: Catalog) -> None:
    answer = asked("食药监分局牵头哪些任务？", catalog)
    assert (answer.status, beginnings(answer), answer.count) == ("answered", ["抓好校园食品"], 1)
    (unit,) = conjuncts(answer.query.where)
    assert unit == OfUnit(("焦作市示范区-食药监分局",), ("lead",))
    assert [(party.name, party.role) for party in answer.rows[0].parties] == [
        ("食药监分局", "lead"), ("教育局", "support"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("question", "roles"),
    [
        ("食药监分局配合哪些工作", ("support",)),
        ("食药监分局负责什么", ()),
        ("食药监分局有哪些任务", ()),
        ("食药监分局主要承担哪些职责", ()),
        ("区食药监分局牵头什么", ("lead",)),
        ("食药监分局 牵头", ("lead",)),
        ("食药监分局", ()),
        ("焦作市示范区食药监分局", ()),
        ("what does 食药监分局 lead", ("lead",)),
    ],
)
def test_other_words_for_a_units_duties(catalog: Catalog, question: str, roles: tuple[Role, ...]) -> None:
    answer = asked(question, catalog)
    assert answer.status == "answered"
    assert conjuncts(answer.query.where) == (OfUnit(("焦作市示范区-食药监分局",), roles),)


@pytest.mark.parametrize("name", ["人社局", "人力资源和社会保障局", "人力资源社会保障局"])
def test_a_unit_by_any_of_its_names(catalog: Catalog, name: str) -> None:
    assert beginnings(asked(f"{name}牵头哪些任务", catalog)) == ["组织培训，《"]


@pytest.mark.parametrize("question", ["食藥監分局負責什麼", "食藥監分局牽頭或配合哪些任務", "食藥監分局有哪些職責"])
def test_traditional_script_asks_the_same(catalog: Catalog, question: str) -> None:
    assert beginnings(asked(question, catalog))[0] == "抓好校园食品"


def test_a_name_of_two_units_is_asked_back_with_their_regions(library: Where) -> None:
    catalog = a_catalog(
        library,
        a_plan(a_task("甲", lead=["农业农村局"])),
        a_plan(a_task("乙", lead=["农业农村局"]), region="另一区", number="另〔2021〕1号"),
    )
    answer = asked("农业农村局牵头哪些任务", catalog)
    assert (answer.status, problem(answer), answer.rows) == ("choose", ("which", "农业农村局"), ())
    assert {label for _, label in answer.choices} == {"农业农村局（焦作市示范区）", "农业农村局（另一区）"}
    again = dict(zip((label for _, label in answer.choices), answer.rephrased, strict=True))
    assert again["农业农村局（另一区）"] == "另一区农业农村局牵头哪些任务"
    for region, text in (("焦作市示范区", "甲"), ("另一区", "乙")):
        assert [row.text for row in asked(again[f"农业农村局（{region}）"], catalog).rows] == [text]


def test_a_level_before_the_name_tells_two_units_apart(catalog: Catalog) -> None:
    city, district = (conjuncts(asked(each, catalog).query.where) for each in ("市农业农村局", "区农业农村局"))
    assert city != district


def test_a_name_nearly_as_typed_is_taken_for_it_and_that_is_told(catalog: Catalog) -> None:
    answer = asked("食药局牵头哪些任务", catalog)
    assert beginnings(answer) == ["抓好校园食品"]
    assert "near:食药局" in answer.understood.assumed


@pytest.mark.parametrize("question", ["火星局牵头哪些任务", "火星局要完成什么", "火星局"])
def test_a_unit_that_no_plan_names_is_refused(catalog: Catalog, question: str) -> None:
    answer = asked(question, catalog)
    assert (answer.status, problem(answer), answer.rows) == ("refused", ("unknown-unit", "火星局"), ())


def test_a_unit_of_the_lexicon_that_no_plan_names_is_unknown_here(catalog: Catalog) -> None:
    assert problem(asked("卫健委", catalog)) == ("unknown-unit", "卫健委")


@pytest.mark.parametrize("question", ["粮食和储备局", "粮储局牵头哪些任务", "粮储局负责什么"])
def test_for_a_second_nameplate_that_no_plan_names_its_bearer_answers(library: Where, question: str) -> None:
    names = names_of({"粮储局": "粮食和储备局", "发改委": "发展改革委"}, {"粮食和储备局": ("发改委", "商务局")})
    catalog = a_catalog(library, a_plan(a_task("甲", lead=["发展改革委"]), a_task("乙", lead=["教育局"])), names=names)
    assert [row.text for row in asked(question, catalog).rows] == ["甲"]


def test_a_second_nameplate_that_a_plan_names_is_a_unit_with_its_own_duties(library: Where) -> None:
    names = names_of({}, {"粮储局": ("发改委",)})
    plan = a_plan(a_task("甲", lead=["发改委"]), a_task("乙", lead=["粮储局"]))
    assert [row.text for row in asked("粮储局牵头哪些任务", a_catalog(library, plan, names=names)).rows] == ["乙"]


def test_a_second_nameplate_whose_bearer_no_plan_names_is_unknown(library: Where) -> None:
    catalog = a_catalog(library, a_plan(a_task("甲", lead=["教育局"])), names=names_of({}, {"粮储局": ("发改委",)}))
    assert problem(asked("粮储局牵头哪些任务", catalog)) == ("unknown-unit", "粮储局")


def test_a_unit_behind_a_second_nameplate_has_the_task_too(library: Where) -> None:
    catalog = a_catalog(library, a_plan(a_task("甲", lead=["教育局"]), a_task("丙", lead=["住建局（交通运输局）"])))
    for name in ("住建局", "交通运输局"):
        assert [row.text for row in asked(name, catalog).rows] == ["丙"]


def test_who_has_which_part_in_a_topic(catalog: Catalog) -> None:
    answer = asked("谁负责校园食品安全", catalog)
    assert answer.query.select == "unit"
    counted = {each.label: (each.lead, each.responsible, each.support) for each in answer.tallies}
    assert counted == {"食药监分局": (1, 0, 0), "教育局": (0, 1, 1)}
    assert set(beginnings(answer)) == {"报告校园食品", "抓好校园食品"}
    assert [(found.topic, found.step) for found in answer.topics] == [("校园食品安全", "own")]


@pytest.mark.parametrize(
    "question", ["校园食品安全由谁牵头", "哪个单位牵头校园食品安全", "哪些部门牵头校园食品安全工作"]
)
def test_who_leads_a_topic(catalog: Catalog, question: str) -> None:
    assert [(each.label, each.lead) for each in asked(question, catalog).tallies] == [("食药监分局", 1)]


@pytest.mark.parametrize("question", ["哪些任务引用了《民法典》", "谁引用了《中华人民共和国民法典》？", "《民法典》"])
def test_who_cites_a_document(catalog: Catalog, question: str) -> None:
    answer = asked(question, catalog)
    assert (conjuncts(answer.query.where), beginnings(answer)) == ((Cites(("民法典",)),), [LAWS])
    assert [place.title for place in answer.places] == [CODE]


@pytest.mark.parametrize("question", ["民法典", "哪些任务引用了民法典", "民法典谁负责"])
def test_the_name_of_a_document_without_its_marks_is_looked_for(catalog: Catalog, question: str) -> None:
    assert beginnings(asked(question, catalog)) == [LAWS]


@pytest.mark.parametrize(
    "question",
    [
        "哪些任务引用了中发[2019]17号",
        "中发〔2019〕17号",
        "中发（2019）17号",
        "中发 2019-17",
        "哪些任务依据《抽检的意见》",
    ],
)
def test_a_document_by_its_number_or_by_a_part_that_only_it_has(catalog: Catalog, question: str) -> None:
    answer = asked(question, catalog)
    assert Cites(("中发-2019-17",)) in conjuncts(answer.query.where)
    assert beginnings(answer) == ["组织培训，《"]


@pytest.mark.parametrize(
    "number", ["中发2019 17号", "中发[2019]17号", "中发（2019）17号", "中发 2019-17", "中发2019年17号"]
)
def test_search_finds_a_document_number_without_its_brackets(catalog: Catalog, number: str) -> None:
    for words in (number, f"培训 {number}"):
        assert [each[:4] for each in task_texts(catalog, words)] == ["组织培训"]


def test_an_unknown_document_is_refused(catalog: Catalog) -> None:
    answer = asked("哪些任务引用了《刑法》", catalog)
    assert (answer.status, problem(answer)) == ("refused", ("unknown-document", "《刑法》"))


def test_what_is_due_by_a_month_is_due_from_the_years_first_day(catalog: Catalog) -> None:
    answer = asked("12月底前要完成什么", catalog)
    (due,) = conjuncts(answer.query.where)
    assert due == FallsDue("01-01", "12-31")
    assert "own-year" in answer.understood.assumed
    assert beginnings(answer) == ["抓好校园食品", LAWS, "开展抽检"]


@pytest.mark.parametrize("question", ["教育局12月要完成什么", "12月教育局要完成哪些任务", "教育局在12月底要完成的任务"])
def test_what_is_due_for_a_unit(catalog: Catalog, question: str) -> None:
    answer = asked(question, catalog)
    assert {type(each) for each in conjuncts(answer.query.where)} == {OfUnit, FallsDue}
    assert beginnings(answer) == ["抓好校园食品"]


@pytest.mark.parametrize(
    ("question", "found"),
    [("教育局负责什么 5月", [LAWS]), ("教育局牵头什么 5月", []), ("食药监分局牵头什么 12月", ["抓好校园食品"])],
)
def test_a_role_asked_with_a_date_is_a_role_and_a_date(catalog: Catalog, question: str, found: list[str]) -> None:
    assert beginnings(asked(question, catalog)) == found


def test_a_month_without_a_year_is_of_each_plans_own_year(library: Where) -> None:
    catalog = a_small_library(library)
    later = {"12月底前": "2023-12-31"}
    catalog.add(*a_plan(a_task("一项", by=later), issued_on="2023-02-01", number="焦示食安〔2023〕1号"))
    assert len(asked("12月要完成什么", catalog).rows) == 2
    for year, found in (("2023", ["一项，12月"]), ("2021", ["抓好校园食品"]), ("2022", [])):
        assert beginnings(asked(f"{year}年12月要完成什么", catalog)) == found


def test_a_year_is_never_taken_from_the_clock_where_no_word_points_to_it(catalog: Catalog) -> None:
    answers = [reply("12月要完成什么", catalog, date(year, 3, 1)) for year in (2021, 2026)]
    assert answers[0].rows == answers[1].rows != ()


def test_days_the_wrong_way_round_mean_the_days_between(catalog: Catalog) -> None:
    answer = asked("2021-12-31..2021-12-01", catalog)
    assert conjuncts(answer.query.where) == (FallsDue("2021-12-01", "2021-12-31"),)


@pytest.mark.parametrize("question", ["你好", "", "？", "今天天气", "帮我写一份总结"])
def test_what_asks_for_nothing_that_plans_say_is_refused(catalog: Catalog, question: str) -> None:
    answer = asked(question, catalog)
    assert (answer.status, answer.rows) == ("refused", ())
    assert answer.problem is not None
    assert answer.problem.kind in ("nothing", "order", "no-topic")


@pytest.mark.parametrize("question", ["谁负责", "牵头", "哪些任务"])
def test_a_question_about_nothing_is_not_answered_with_everything(catalog: Catalog, question: str) -> None:
    assert (asked(question, catalog).status, problem(asked(question, catalog))) == ("refused", ("nothing", ""))


@pytest.mark.parametrize(
    ("question", "topic"),
    [("飞行汽车谁负责", "飞行汽车"), ("网络餐饮 8月", "网络餐饮"), ("谁牵头低空经济", "低空经济")],
)
def test_a_topic_that_no_task_says_is_refused(catalog: Catalog, question: str, topic: str) -> None:
    answer = asked(question, catalog)
    assert (answer.status, problem(answer), answer.rows) == ("refused", ("no-topic", topic), ())


def test_a_word_alone_is_a_topic(catalog: Catalog) -> None:
    answer = asked("抽检", catalog)
    assert sorted(beginnings(answer)) == ["开展抽检", "组织培训，《"]
    assert [type(each) for each in conjuncts(answer.query.where)] == [Among]


@pytest.mark.parametrize(
    ("question", "kind", "found"),
    [
        *(
            (each, "lead", [LAWS])
            for each in ("哪些任务没有牵头单位", "哪些任务没人牵头", "没有人牵头的任务", "无人牵头")
        ),
        *(
            (each, "deadline", ["报告校园食品", "组织培训，《"])
            for each in ("哪些任务没有时限", "哪些工作没写完成时限")
        ),
    ],
)
def test_what_tasks_lack(catalog: Catalog, question: str, kind: str, found: list[str]) -> None:
    answer = asked(question, catalog)
    (lacks,) = conjuncts(answer.query.where)
    assert isinstance(lacks, Lacks)
    assert (lacks.kind, beginnings(answer), answer.count) == (kind, found, len(found))


@pytest.mark.parametrize("question", ["哪些任务没有责任单位", "没有责任单位的任务有哪些", "哪些工作没写责任单位"])
def test_a_gap_that_no_task_has_is_an_answer(catalog: Catalog, question: str) -> None:
    answer = asked(question, catalog)
    assert (answer.status, answer.rows, answer.count) == ("answered", (), 0)


def test_what_is_denied_is_denied(catalog: Catalog) -> None:
    answer = asked("没有引用《民法典》的任务", catalog)
    assert conjuncts(answer.query.where) == (Not(Cites(("民法典",))),)
    assert beginnings(answer) == [each for each in EVERY_TASK if each != LAWS]


@pytest.mark.parametrize("question", ["哪些任务不", "教育局没有", "教育局参与但不牵头的任务"])
def test_a_negation_that_attaches_to_nothing_is_refused(catalog: Catalog, question: str) -> None:
    answer = asked(question, catalog)
    if answer.status == "answered":
        assert any(isinstance(each, Not) for each in conjuncts(answer.query.where))
    else:
        assert answer.problem is not None
        assert answer.problem.kind == "loose-not"


@pytest.mark.parametrize(
    "question", ["教育局和食药监分局一起做的任务", "教育局和食药监分局都负责的任务", "食药监分局、教育局共同承担的任务"]
)
def test_two_units_together(catalog: Catalog, question: str) -> None:
    answer = asked(question, catalog)
    assert beginnings(answer) == ["抓好校园食品", LAWS]
    assert len([each for each in conjuncts(answer.query.where) if isinstance(each, OfUnit)]) == 2


def test_most_of_a_role(catalog: Catalog) -> None:
    answer = asked("哪些单位牵头任务最多", catalog)
    assert {each.label: each.lead for each in answer.tallies} == {"人社局": 1, "农业农村局": 1, "食药监分局": 1}


@pytest.mark.parametrize(
    "question", ["各乡镇（街道）要做什么", "各乡镇要做什么", "乡镇要做什么", "各乡镇负责什么", "各乡镇(街道)有哪些任务"]
)
def test_a_collective_by_its_name_without_brackets(library: Where, question: str) -> None:
    catalog = a_catalog(library, a_plan(a_task("甲", responsible=["各乡镇（街道）"]), a_task("乙", lead=["教育局"])))
    assert [row.text for row in asked(question, catalog).rows] == ["甲"]


def test_a_member_of_a_collective_is_not_named_by_it(library: Where) -> None:
    both, other = (
        a_task("甲", lead=["教育局"], responsible=["食安委成员单位"]),
        a_task("乙", responsible=["食安委成员单位"]),
    )
    assert [row.text for row in asked("教育局", a_catalog(library, a_plan(both, other))).rows] == ["甲"]


def test_how_much_is_told_by_the_count_without_what_it_narrows_by(catalog: Catalog) -> None:
    answer = asked("教育局有多少任务有时限", catalog)
    assert Has("deadline") in conjuncts(answer.query.where)
    assert (answer.count, answer.whole) == (2, 3)


def test_an_answer_knows_the_plans_that_it_draws_on(library: Where) -> None:
    catalog = a_small_library(library)
    source, other = a_plan("别的任务", number="焦示食安〔2021〕9号")
    catalog.add(source, replace(other, coverage=Coverage(10, 1000)))
    answer = asked("谁负责校园食品安全", catalog)
    (row,) = (row for row in catalog.store.plans() if row.id != other.id)
    assert answer.plans == (row,)
    assert answer.generation == catalog.store.generation()


@given(st.text(max_size=40))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_question_can_be_asked(catalog: Catalog, question: str) -> None:
    answer = asked(question, catalog)
    assert answer.problem is not None or answer.status == "answered"
    assert answer.count >= 0
