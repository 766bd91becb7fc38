"""Page contexts: pure functions from what the store answers to what a page shows."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.query.questions import DoubtRow, VersionRow
from ingest.language.clean import clean
from ingest.language.lexicon import Lexicon
from ingest.model import Plan, Source, Span
from ingest.places import Place
from tests.support.factories import a_milestone, a_plan, a_section, a_task, resolve
from tests.support.task_tables import plan_of
from web.facts.by_task import PlanFacts, plan_facts
from web.facts.cards import facts_of
from web.pages.due import strip_days, usual_days
from web.pages.lists import DoubtLine, doubts_page
from web.pages.reader import ReaderPage, ShownVersion, reader_page
from web.pages.search import EXCERPT, Bit, excerpt
from web.pages.task import task_page


def facts(plan: Plan) -> PlanFacts:
    """The facts of a plan that is in no library."""
    return plan_facts(plan, resolve(plan), ())


def reader(pair: tuple[Source, Plan], selected: str | None = None) -> ReaderPage:
    source, plan = pair
    shown = ShownVersion(VersionRow(1, "2021-05-24", len(plan.tasks), "answers", ()), 1, source, clean(source))
    return reader_page(facts(plan), shown, selected)


def said(page: ReaderPage) -> str:
    return "".join(piece.text for part in page.parts if part.block for piece in part.block.pieces)


A_PLAN = a_plan(
    a_section(
        "抽检",
        a_task("完成抽检", lead=["食药监分局"], support=["住建局（交通运输局）"], by={"12月底前": "2021-12-31"}),
        a_task("贯彻《民法典》", responsible=["各乡镇（街道）"], cites=["民法典"]),
        a_milestone("年底前完成", by={"年底前": "2021-12-31"}, about=0),
        a_milestone("11月底前报告", by={"11月底前": "2021-11-30"}),
    ),
)


def test_a_task_knows_the_level_of_each_deadline_that_reaches_it() -> None:
    first, second = facts(A_PLAN[1]).tasks.values()
    assert [(each.level, each.text) for each in first.deadlines] == [
        ("own", "12月底前"),
        ("linked", "年底前"),
        ("item", "11月底前"),
    ]
    assert [each.level for each in second.deadlines] == ["item"]


def test_a_task_tells_its_units_apart_by_role_and_its_collectives() -> None:
    first, second = facts(A_PLAN[1]).tasks.values()
    assert [unit.name for unit in first.units_as("lead")] == ["食药监分局"]
    assert [(unit.name, unit.hat) for unit in first.units_as("support")] == [("住建局", "交通运输局")]
    assert [unit.collective for unit in second.units] == [True]


def test_the_ids_of_deadlines_are_those_that_the_reader_marks() -> None:
    source, plan = A_PLAN
    marked = {card.id for card in facts_of(facts(plan), source.text)}
    tasks = facts(plan).tasks.values()
    shown = {each.fact_id for task in tasks for each in task.deadlines}
    shown |= {each.fact_id for task in tasks for each in task.citations}
    shown |= {each.fact_id for task in tasks for each in task.units}
    assert shown <= marked


def test_the_reader_shows_the_text_and_nothing_else() -> None:
    source, _ = A_PLAN
    assert said(reader(A_PLAN)) == "".join(source.text.split())


def test_the_reader_marks_the_words_of_a_fact() -> None:
    source, plan = A_PLAN
    page = reader(A_PLAN)
    for card in facts_of(facts(plan), source.text):
        pieces = [piece for part in page.parts if part.block for piece in part.block.pieces if piece.mark == card.id]
        assert "".join(piece.text for piece in pieces) in ("".join(card.span.of(source.text).split()), "")
        assert pieces


def test_the_card_of_a_fact_tells_what_comes_before_and_after() -> None:
    source, plan = A_PLAN
    page = reader(A_PLAN)
    walked, here = [], page.first
    while here:
        walked.append(here)
        card = reader(A_PLAN, here).card
        assert card is not None
        here = card.next
    assert len(walked) == page.facts


def test_a_fact_that_is_not_there_is_missing() -> None:
    page = reader(A_PLAN, "nothing")
    assert page.missing
    assert page.card is None


def test_a_task_page_groups_deadlines_by_the_clause_that_says_them() -> None:
    known = facts(A_PLAN[1])
    task = next(iter(known.tasks.values()))
    page = task_page(task, known, (), Place())
    assert [(clause.text, len(clause.deadlines)) for clause in page.clauses] == [
        ("", 1),
        ("年底前完成", 1),
        ("11月底前报告", 1),
    ]
    assert [other.text for other in page.neighbours] == ["贯彻《民法典》"]


def test_a_task_page_marks_the_document_in_the_text() -> None:
    known = facts(A_PLAN[1])
    page = task_page(list(known.tasks.values())[1], known, (), Place())
    assert [(piece.text, piece.kind) for piece in page.pieces] == [("贯彻", ""), ("《民法典》", "document")]


@given(st.text("安全食品。；abc", max_size=600), st.integers(0, 600), st.integers(1, 20))
@settings(max_examples=80, deadline=None)
def test_anexcerpt_is_short_and_shows_the_first_match(text: str, start: int, length: int) -> None:
    start = min(start, max(0, len(text) - 1))
    marks = [Span(start, min(len(text), start + length))] if text else []
    bits = list(excerpt(text, marks))
    assert "".join(bit.text for bit in bits).replace("……", "") in text
    assert sum(len(bit.text) for bit in bits) <= EXCERPT + 4
    assert not marks or Bit(marks[0].of(text), True) in bits


def test_without_dates_twelve_months_from_today_are_looked_at() -> None:
    assert usual_days(date(2026, 5, 1)) == ("2026-05-01", "2027-04-30")
    assert usual_days(date(2026, 12, 31)) == ("2026-12-31", "2027-11-30")
    assert strip_days(date(2026, 5, 1)) == ("2025-11-01", "2027-04-30")
    assert strip_days(date(2026, 12, 31))[0] == "2026-06-01"


def test_doubts_stand_by_code_the_most_frequent_first() -> None:
    doubts = [DoubtRow("p", code, {}, Span(0, 1)) for code in ("no-lead", "unread", "unread")]
    page = doubts_page(doubts, None, None, lambda doubt: DoubtLine(doubt, "", None), 1)
    assert [(group.code, len(group.lines)) for group in page.groups] == [("unread", 2), ("no-lead", 1)]
    assert doubts_page(doubts, "no-lead", None, lambda doubt: DoubtLine(doubt, "", None), 1).total == 1


def test_a_task_of_a_table_shows_all_cells_of_its_row(lexicon: Lexicon) -> None:
    table = [
        ("序号", "重点举措", "实施路径", "责任单位", "资金来源"),
        ("1", "道路提升", "实施城区主干道白改黑工程，同步改造雨污管网。", "市住建局", "省级专项"),
    ]
    plan = plan_of(lexicon, table)
    found = facts(plan)
    page = task_page(found.tasks[plan.tasks[0].id], found, (), Place())
    assert [(cell.head, cell.text) for cell in page.cells] == [*zip(table[0], table[1], strict=True)]
