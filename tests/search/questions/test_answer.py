"""Questions in words: how they are understood, what they answer, how complete that is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from graph.query.questions import GapCode
from ingest.model import Coverage, Role
from search.catalog import Catalog
from search.questions.answer import AnswerTable, ask
from search.questions.days import YearNeeded, find_days
from search.questions.relaxed import relaxed
from search.questions.understand import Interpretation, Known, interpret
from search.words.names import names_of
from tests.support.factories import a_milestone, a_plan, a_section, a_task
from tests.support.search_library import NO_NAMES, Where, a_catalog, task_texts
from tests.support.search_places import Sharing

CODE = "中华人民共和国民法典"
YEAR_END, MAY = {"12月底前": "2021-12-31"}, {"5月底前": "2021-05-31"}


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


def understood(catalog: Catalog, question: str) -> Interpretation:
    return ask(question, catalog).interpretation


def test_a_unit_in_a_role(catalog: Catalog) -> None:
    answer = ask("食药监分局牵头哪些任务？", catalog)
    how = answer.interpretation
    assert (how.form, how.role, how.unit_name, how.problem) == ("duties", "lead", "食药监分局", None)
    assert [duty.text for duty in answer.table.duties] == ["抓好校园食品安全，12月底前"]
    assert answer.completeness.roles == {"lead": 1, "responsible": 0, "support": 0}


@pytest.mark.parametrize(
    ("question", "role"),
    [
        ("食药监分局配合哪些工作", "support"),
        ("食药监分局负责什么", None),
        ("食药监分局有哪些任务", None),
        ("食药监分局主要承担哪些职责", None),
        ("区食药监分局牵头什么", "lead"),
        ("食药监分局", None),
        ("焦作市示范区食药监分局", None),
    ],
)
def test_other_words_for_a_units_duties(catalog: Catalog, question: str, role: Role | None) -> None:
    how = understood(catalog, question)
    assert (how.form, how.role, how.unit_name) == ("duties", role, "食药监分局")


@pytest.mark.parametrize("name", ["人社局", "人力资源和社会保障局", "人力资源社会保障局"])
def test_a_unit_by_any_of_its_names(catalog: Catalog, name: str) -> None:
    assert [duty.text[:4] for duty in ask(f"{name}牵头哪些任务", catalog).table.duties] == ["组织培训"]


def test_a_name_of_two_units_is_ambiguous_and_both_are_suggested(library: Where) -> None:
    catalog = a_catalog(
        library,
        a_plan(a_task("甲", lead=["农业农村局"])),
        a_plan(a_task("乙", lead=["农业农村局"]), region="另一区", number="另〔2021〕1号"),
    )
    answer = ask("农业农村局牵头哪些任务", catalog)
    problem = answer.interpretation.problem
    assert problem is not None
    assert (problem.code, problem.words, answer.table.duties) == ("ambiguous-unit", "农业农村局", ())
    assert {each.region for each in problem.suggestions} == {"焦作市示范区", "另一区"}
    assert [duty.text for duty in ask("另一区农业农村局牵头哪些任务", catalog).table.duties] == ["乙"]


def test_a_level_before_the_name_tells_two_units_apart(catalog: Catalog) -> None:
    assert understood(catalog, "市农业农村局").unit != understood(catalog, "区农业农村局").unit


def test_an_unknown_unit_is_said_with_what_is_near(catalog: Catalog) -> None:
    how = understood(catalog, "食药局牵头哪些任务")
    assert how.problem is not None
    assert (how.problem.code, how.problem.words) == ("unknown-unit", "食药局")
    assert "食药监分局" in [each.name for each in how.problem.suggestions]


def test_a_unit_of_the_lexicon_that_no_plan_names_is_unknown_here(catalog: Catalog) -> None:
    how = understood(catalog, "卫健委")
    assert how.problem is not None
    assert how.problem.code == "unknown-unit"


@pytest.mark.parametrize(
    "question", ["粮食和储备局", "粮储局牵头哪些任务", "区粮储局 牵头", "粮储局12月底前要完成什么"]
)
def test_for_a_second_nameplate_that_no_plan_names_its_bearer_is_suggested(library: Where, question: str) -> None:
    names = names_of({"粮储局": "粮食和储备局", "发改委": "发展改革委"}, {"粮食和储备局": ("发改委", "商务局")})
    catalog = a_catalog(library, a_plan(a_task("甲", lead=["发展改革委"])), names=names)
    problem = understood(catalog, question).problem
    assert problem is not None
    assert (problem.code, [each.name for each in problem.suggestions]) == ("second-nameplate", ["发展改革委"])
    assert ask(question, catalog).table.duties == ()


def test_a_second_nameplate_that_a_plan_names_is_a_unit_with_its_own_duties(library: Where) -> None:
    names = names_of({}, {"粮储局": ("发改委",)})
    plan = a_plan(a_task("甲", lead=["发改委"]), a_task("乙", lead=["粮储局"]))
    answer = ask("粮储局牵头哪些任务", a_catalog(library, plan, names=names))
    assert [duty.text for duty in answer.table.duties] == ["乙"]


def test_a_second_nameplate_whose_bearer_no_plan_names_is_unknown(library: Where) -> None:
    catalog = a_catalog(library, a_plan(a_task("甲", lead=["教育局"])), names=names_of({}, {"粮储局": ("发改委",)}))
    problem = understood(catalog, "粮储局牵头哪些任务").problem
    assert problem is not None
    assert problem.code == "unknown-unit"


def test_who_has_which_part_in_a_topic(catalog: Catalog) -> None:
    answer = ask("谁负责校园食品安全", catalog)
    assert (answer.interpretation.form, answer.interpretation.topic) == ("responsible", "校园食品安全")
    rows = [(row.name, len(row.lead), len(row.responsible), len(row.support)) for row in answer.table.responsible]
    assert rows == [("食药监分局", 1, 1, 0), ("教育局", 0, 2, 1)]
    assert answer.completeness.things == 3
    assert answer.completeness.roles == {"lead": 1, "responsible": 2, "support": 1}


@pytest.mark.parametrize(
    "question", ["校园食品安全由谁牵头", "哪个单位牵头校园食品安全", "哪些部门牵头校园食品安全工作"]
)
def test_who_leads_a_topic(catalog: Catalog, question: str) -> None:
    answer = ask(question, catalog)
    assert [(row.name, len(row.lead), row.responsible, row.support) for row in answer.table.responsible] == [
        ("食药监分局", 1, (), ())
    ]


def test_a_topic_by_a_unit_that_the_text_names_otherwise(catalog: Catalog) -> None:
    assert [row.name for row in ask("谁负责人力资源和社会保障局", catalog).table.responsible] == ["人社局"]


@pytest.mark.parametrize(
    "question",
    ["哪些任务引用了《民法典》", "谁引用了《中华人民共和国民法典》？", "哪些任务引用了民法典", "《民法典》", "民法典"],
)
def test_who_cites_a_document(catalog: Catalog, question: str) -> None:
    answer = ask(question, catalog)
    assert (answer.interpretation.form, answer.interpretation.document) == ("citing", "民法典")
    (citing,) = answer.table.citing
    assert {party.name for party in citing.parties} == {"教育局", "食药监分局"}


@pytest.mark.parametrize("question", ["哪些任务引用了中发[2019]17号", "中发〔2019〕17号", "哪些任务依据《抽检的意见》"])
def test_a_document_by_its_number_or_by_a_part_that_only_it_has(catalog: Catalog, question: str) -> None:
    assert understood(catalog, question).document == "中发-2019-17"


def test_an_unknown_document_is_said(catalog: Catalog) -> None:
    how = understood(catalog, "哪些任务引用了《刑法》")
    assert how.problem is not None
    assert (how.form, how.problem.code, how.problem.words) == ("citing", "unknown-document", "刑法")


def test_what_is_due_lists_what_the_store_says(catalog: Catalog) -> None:
    answer = ask("12月底前要完成什么", catalog)
    days = answer.interpretation.days
    assert days is not None
    assert (days.start, days.end, days.assumed_year) == ("2021-01-01", "2021-12-31", 2021)
    assert answer.table.due == catalog.store.due_between("2021-01-01", "2021-12-31")
    assert [(each.due, each.level) for each in answer.table.due] == [
        ("2021-05-31", "own"), ("2021-11-30", "linked"), ("2021-12-31", "own"),
    ]  # fmt: skip


@pytest.mark.parametrize("question", ["教育局12月要完成什么", "12月教育局要完成哪些任务", "教育局在12月底要完成的任务"])
def test_what_is_due_for_a_unit(catalog: Catalog, question: str) -> None:
    answer = ask(question, catalog)
    assert (answer.interpretation.form, answer.interpretation.unit_name) == ("due", "教育局")
    assert [each.due for each in answer.table.due] == ["2021-12-31"]


def test_the_year_is_that_of_the_newest_plan_unless_it_is_said_or_given(library: Where) -> None:
    catalog = a_small_library(library)
    catalog.add(*a_plan("一项任务", issued_on="2023-02-01", number="焦示食安〔2023〕1号"))
    for question, year, start in [
        ("6月要完成什么", None, "2023-06-01"),
        ("2021年6月要完成什么", None, "2021-06-01"),
        ("6月要完成什么", 2022, "2022-06-01"),
    ]:
        days = ask(question, catalog, year).interpretation.days
        assert days is not None
        assert days.start == start


def test_without_any_plan_a_time_without_a_year_needs_one(library: Where) -> None:
    how = understood(a_catalog(library), "12月底前要完成什么")
    assert how.problem is not None
    assert (how.form, how.problem.code) == ("due", "no-year")


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("12月底前", "2021-01-01", "2021-12-31"),
        ("12月", "2021-12-01", "2021-12-31"),
        ("十一月", "2021-11-01", "2021-11-30"),
        ("2月底", "2021-02-01", "2021-02-28"),
        ("6月30日前", "2021-01-01", "2021-06-30"),
        ("6月30日", "2021-06-30", "2021-06-30"),
        ("2024年2月29日", "2024-02-29", "2024-02-29"),
        ("6月到9月", "2021-06-01", "2021-09-30"),
        ("6-9月", "2021-06-01", "2021-09-30"),
        ("第三季度", "2021-07-01", "2021-09-30"),
        ("四季度末前", "2021-01-01", "2021-12-31"),
        ("上半年", "2021-01-01", "2021-06-30"),
        ("明年下半年", "2022-07-01", "2022-12-31"),
        ("年底前", "2021-01-01", "2021-12-31"),
        ("2020年", "2020-01-01", "2020-12-31"),
        ("今年年底", "2021-01-01", "2021-12-31"),
        ("2021-12-01..2021-12-31", "2021-12-01", "2021-12-31"),
    ],
)
def test_the_days_that_words_mean(words: str, start: str, end: str) -> None:
    days = find_days(f"{words}要完成什么", 2021)
    assert days is not None
    assert (days.start, days.end) == (start, end)
    assert days.span.of(f"{words}要完成什么") == words


@pytest.mark.parametrize("words", ["2月30日", "13月", "食品安全", "9月到6月"])
def test_words_that_mean_no_days(words: str) -> None:
    days = find_days(words, 2021)
    assert days is None or days.span.of(words) != words


def test_a_year_is_never_taken_from_a_clock() -> None:
    with pytest.raises(YearNeeded):
        find_days("12月底前", None)


@pytest.mark.parametrize("question", ["你好", "", "？", "今天天气", "抽检"])
def test_what_is_not_understood_is_said(catalog: Catalog, question: str) -> None:
    answer = ask(question, catalog)
    assert answer.interpretation.problem is not None
    assert answer.interpretation.problem.code == "not-understood"
    assert answer.table == AnswerTable()


def test_a_question_about_nothing_is_said(catalog: Catalog) -> None:
    how = understood(catalog, "谁负责")
    assert how.problem is not None
    assert how.problem.code == "no-topic"


def test_what_names_the_unit_is_counted_apart_from_what_reaches_it_otherwise(library: Where) -> None:
    catalog = a_catalog(
        library,
        a_plan(
            a_task("甲", lead=["教育局"], responsible=["食安委成员单位"]),
            a_task("乙", responsible=["食安委成员单位"]),
            a_task("丙", lead=["住建局（交通运输局）"]),
        ),
    )
    whole = ask("教育局", catalog).completeness
    assert (whole.things, whole.roles, whole.inferred) == (1, {"lead": 1, "responsible": 0, "support": 0}, 1)
    assert ask("交通运输局", catalog).completeness.things == 0
    assert ask("交通运输局", catalog).completeness.inferred == 3


@pytest.mark.parametrize("question", ["教育局 牵头", "教育局牵头", "区教育局牵头的任务", "教育局 牵头 任务"])
def test_a_unit_and_a_role_word_are_a_question(catalog: Catalog, question: str) -> None:
    how = understood(catalog, question)
    assert (how.form, how.unit_name, how.role) == ("duties", "教育局", "lead")


def test_two_role_words_ask_for_any_role(catalog: Catalog) -> None:
    how = understood(catalog, "教育局牵头和配合的任务")
    assert (how.unit_name, how.role) == ("教育局", None)


@pytest.mark.parametrize("words", ["牵头", "校园 牵头", "网络餐饮 8月", "抽检 2021-12"])
def test_words_that_name_no_unit_are_not_taken_for_a_question(catalog: Catalog, words: str) -> None:
    how = understood(catalog, words)
    assert how.problem is not None
    assert how.problem.code == "not-understood"


def test_a_question_with_a_time_after_it_asks_what_is_due(catalog: Catalog) -> None:
    for question, due in [("教育局负责什么 5月", ["2021-05-31"]), ("教育局牵头什么 5月", [])]:
        answer = ask(question, catalog)
        assert (answer.interpretation.form, answer.interpretation.unit_name) == ("due", "教育局")
        assert [each.due for each in answer.table.due] == due


@pytest.mark.parametrize(
    ("question", "code"),
    [
        *((each, "no-lead") for each in ("哪些任务没有牵头单位", "哪些任务没人牵头", "没有人牵头的任务", "无人牵头")),
        *((each, "no-unit") for each in ("哪些任务没有责任单位", "没人负责的任务有哪些？")),
        *((each, "deadline-none") for each in ("哪些任务没有时限", "哪些工作没写完成时限")),
    ],
)
def test_what_tasks_lack(catalog: Catalog, question: str, code: GapCode) -> None:
    answer = ask(question, catalog)
    assert (answer.interpretation.form, answer.interpretation.gap) == ("gaps", code)
    assert answer.table.gaps == catalog.store.gaps(code)
    assert answer.completeness.things == len(answer.table.gaps)


def test_a_task_that_two_units_are_responsible_for_lacks_a_lead(catalog: Catalog) -> None:
    assert [gap.text[:4] for gap in ask("哪些任务没人牵头", catalog).table.gaps] == ["检查校园"]


@pytest.mark.parametrize(
    "question", ["各乡镇（街道）要做什么", "各乡镇要做什么", "乡镇要做什么", "各乡镇负责什么", "各乡镇(街道)有哪些任务"]
)
def test_a_collective_by_its_name_without_brackets(library: Where, question: str) -> None:
    catalog = a_catalog(library, a_plan(a_task("甲", responsible=["各乡镇（街道）"]), a_task("乙", lead=["教育局"])))
    answer = ask(question, catalog)
    assert answer.interpretation.unit_name == "各乡镇（街道）"
    assert [duty.text for duty in answer.table.duties] == ["甲"]


@pytest.mark.parametrize(
    "number", ["中发2019 17号", "中发[2019]17号", "中发（2019）17号", "中发 2019-17", "中发2019年17号"]
)
def test_a_document_number_is_found_without_its_brackets(catalog: Catalog, number: str) -> None:
    assert understood(catalog, number).document == "中发-2019-17"
    for words in (number, f"培训 {number}"):
        assert [each[:4] for each in task_texts(catalog, words)] == ["组织培训"]


def test_days_the_wrong_way_round_mean_the_days_between(catalog: Catalog) -> None:
    days = understood(catalog, "2021-12-31..2021-12-01").days
    assert days is not None
    assert (days.start, days.end) == ("2021-12-01", "2021-12-31")


@pytest.mark.parametrize(
    ("query", "ways"),
    [
        ("牵头", [("", "lead", None)]),
        ("网络餐饮 8月", [("网络餐饮", None, "2021-08-01"), ("网络餐饮", None, None)]),
        ("火星局牵头哪些任务", [("火星局", "lead", None), ("火星局", None, None)]),
        ("火星局要完成什么", [("火星局", None, None)]),
        ("食品安全", []),
        ('"牵头"', []),
    ],
)
def test_words_that_nothing_holds_are_read_more_freely(
    query: str, ways: list[tuple[str, Role | None, str | None]]
) -> None:
    found = [(way.text, way.role, way.days.start if way.days else None) for way in relaxed(query, 2021)]
    assert found == ways


def test_completeness_tells_what_stayed_unread_of_the_plans_that_the_answer_draws_on(library: Where) -> None:
    catalog = a_small_library(library)
    source, other = a_plan("别的任务", number="焦示食安〔2021〕9号")
    catalog.add(source, replace(other, coverage=Coverage(10, 1000)))
    answer = ask("谁负责校园食品安全", catalog)
    (row,) = (row for row in catalog.store.plans() if row.id != other.id)
    whole = answer.completeness
    assert (whole.plans, whole.plans_searched, whole.plan) == (1, 2, row.id)
    assert (whole.consumed, whole.total, whole.doubts) == (row.consumed, row.total, row.doubts)
    assert whole.unread == whole.total - whole.consumed
    assert answer.generation == catalog.store.generation()


@given(st.text(max_size=40))
def test_any_question_can_be_asked(question: str) -> None:
    how = interpret(question, Known((), (), 2021), NO_NAMES)
    assert how.form is None or how.problem is not None or how.topic or how.days
