"""No question about one plan, unit or document reads what has to do with others: steps are counted, not seconds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.sqlite.store import SqliteStore, open_store
from ingest.model import Doubt, Span
from tests.support.factories import a_plan, a_section, a_task, resolve, some_plans
from tests.support.factory_page import Cited

SMALL, LARGE = 5, 50
"""Plans of the two libraries; one and the same of them is asked about."""

_CITED: list[Cited] = [("只此一处的办法", "丑〔2020〕9号")]
_AIM = {"覆盖率达到95%以上": ("覆盖率", 95.0, "%")}
ASKED = a_plan(
    a_section(
        "抽检",
        a_task("完成抽检", lead=["抽检局"], support=["质检局（标准局）"], by={"6月底前": "2021-06-30"}, cites=_CITED),
        a_task("逐项抽检", lead=["抽检局"], responsible=["各乡镇（街道）"], by={"7月底前": "2021-07-31"}),
        a_task("加强培训", responsible=["相关部门", "市农业农村局"], targets=_AIM),
    ),
    number="子〔2021〕1号",
    title="抽检工作要点",
    region="别处",
    doubts=(Doubt("unread", {}, Span(0, 3)),),
)
PLAN = ASKED[1].id
UNIT, DOCUMENT = "别处-抽检局", "丑-2020-9"
BUSY = "焦作市-农业农村局"
"""A unit that stands in other plans too."""
YEAR = ("2021-01-01", "2021-12-31")

QUESTIONS: dict[str, Callable[[SqliteStore], object]] = {
    "a unit": lambda store: store.unit(UNIT),
    "units of a plan": lambda store: store.units(PLAN),
    "duties of a unit": lambda store: store.duties_of(UNIT),
    "duties of a unit in a plan": lambda store: store.duties_of(UNIT, plan=PLAN),
    "duties of a busy unit in a plan": lambda store: store.duties_of(BUSY, plan=PLAN),
    "a document": lambda store: store.document(DOCUMENT),
    "who cites a document": lambda store: store.citing(DOCUMENT),
    "who cites a document, some rows": lambda store: store.cited_by(DOCUMENT, limit=1),
    "what falls due of a plan": lambda store: store.due_between(*YEAR, plan=PLAN),
    "gaps of a plan": lambda store: store.gaps(plan=PLAN),
    "gaps of a kind of a plan": lambda store: store.gaps("no-lead", PLAN),
    "gaps of a plan, counted": lambda store: store.gap_counts(PLAN),
    "doubts of a plan": lambda store: store.doubts(PLAN),
    "a plan as nodes and edges": lambda store: store.nodes_and_edges([PLAN]),
}


@pytest.fixture(scope="module")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> tuple[SqliteStore, SqliteStore]:
    return _library(tmp_path_factory.mktemp("small"), SMALL), _library(tmp_path_factory.mktemp("large"), LARGE)


def _library(folder: Path, plans: int) -> SqliteStore:
    store = open_store(folder, resolve, "1")
    for pair in (ASKED, *some_plans(plans - 1, tasks=8)):
        store.save(*pair)
    return store


def _steps(store: SqliteStore, question: Callable[[SqliteStore], object]) -> int:
    """Steps of SQLite's virtual machine that a question takes."""
    taken = [0]

    def count() -> None:
        taken[0] += 1

    with store.snapshot():
        reading = store._reader()
        reading.set_progress_handler(count, 1)
        try:
            assert question(store)
        finally:
            reading.set_progress_handler(None, 1)
    return taken[0]


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_about_one_thing_takes_no_more_steps_in_a_larger_library(
    libraries: tuple[SqliteStore, SqliteStore], name: str
) -> None:
    small, large = (_steps(store, QUESTIONS[name]) for store in libraries)
    assert large <= small * 1.2 + 40, f"{small} steps among {SMALL} plans, {large} among {LARGE}"
