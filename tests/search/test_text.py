"""All text is found where it stands: paragraphs, headings and cells that no task says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.contacts import MASK, mask
from ingest.language.lexicon import load_lexicon
from ingest.model import Source
from ingest.parse import parse_plan
from ingest.readers.read import read_source
from search.catalog import Catalog
from search.index.fields import Entry
from search.opening import close_both
from search.query.filters import Filters
from search.words.analyzer import folded
from search.words.names import names_of
from tests.support.factories import a_source
from tests.support.search_library import a_catalog
from tests.support.search_places import Fresh

ROOT = Path(__file__).resolve().parents[2]
LEXICON = load_lexicon(ROOT / "data" / "lexicon")
OPEN = ROOT / "tests" / "corpus" / "open"
NOTICE = """示范区2021年低空经济工作要点

各乡镇、各有关单位：

近年来，飞行汽车试飞成功，低空物流航线达到12条。现将有关事项通知如下。

一、重点任务

（一）建好试飞场地。完成跑道改造。（牵头单位：交通运输局；完成时限：2021年10月底前）

二、保障措施

以上工作请于每季度末报送进展。联系人：张三，电话13812345678。

附表中所列指标为预期性指标。
"""
SOURCES = (
    a_source(NOTICE, "notice.txt"),
    read_source(OPEN / "c03_data_province_2024.txt"),
    *(read_source(path) for path in sorted((ROOT / "tests" / "samples").rglob("*.docx"))[:2]),
)


@pytest.fixture(scope="module")
def catalog(fresh: Fresh) -> Iterator[Catalog]:
    pairs = [(source, parse_plan(source, LEXICON)) for source in SOURCES]
    catalog = a_catalog(fresh(), *pairs, names=names_of(LEXICON.aliases))
    yield catalog
    close_both(catalog)


def _plan_ids() -> list[str]:
    return [parse_plan(source, LEXICON).id for source in SOURCES]


PLANS = dict(zip(_plan_ids(), SOURCES, strict=True))


def lines_of(source: Source) -> list[str]:
    """What stands between two ends of lines or cells; nothing of the index made it."""
    edges = sorted({0, len(source.text), *(edge for cell in source.cells for edge in (cell.span.start, cell.span.end))})
    pieces = [source.text[low:high] for low, high in zip(edges, edges[1:], strict=False)]
    return [line.strip() for piece in pieces for line in piece.split("\n") if re.search(r"[^\W_]", line)]


LINES = [(plan, mask(line)) for plan, source in PLANS.items() for line in lines_of(source)]


@st.composite
def strings(draw: st.DrawFn) -> tuple[str, str]:
    plan, line = draw(st.sampled_from(LINES))
    at = draw(st.integers(0, len(line) - 1))
    return plan, line[at : at + draw(st.integers(1, 12))]


@given(strings())
@settings(max_examples=300, deadline=None)
def test_every_string_of_any_paragraph_or_cell_is_found_in_its_plan(catalog: Catalog, case: tuple[str, str]) -> None:
    plan, string = case
    if MASK in string or not re.search(r"[^\W_]", string) or re.search('["“”「」]', string):
        return
    found = [each.entry for each in catalog.find(f'"{string}"')[1].scored if each.entry.plan == plan]
    assert any(folded(string) in entry.sought for entry in found), string


@given(strings())
@settings(max_examples=100, deadline=None)
def test_a_paragraph_that_is_found_holds_the_string_at_its_place(catalog: Catalog, case: tuple[str, str]) -> None:
    _, string = case
    if MASK in string or not re.search(r"[^\W_]", string) or re.search('["“”「」]', string):
        return
    for hit in catalog.search(f'"{string}"', Filters(kind=("text",)), 0, 50).hits:
        place = mask(PLANS[hit.entry.plan].text)[hit.entry.span.start : hit.entry.span.end]
        assert folded(string) in folded(place) or "\n" in place  # what layout noise parts is whole in the words alone
        assert folded(string) in folded(hit.entry.text)
        assert hit.marks


def texts(catalog: Catalog, query: str) -> list[Entry]:
    """What a search finds in the notice; best first."""
    return [hit.entry for hit in catalog.search(query, Filters(plan=(next(iter(PLANS)),))).hits]


@pytest.mark.parametrize("query", ["飞行汽车", "12条", "每季度末报送", "预期性指标", "保障措施", "季度末 进展"])
def test_what_no_task_says_is_found_in_its_paragraph(catalog: Catalog, query: str) -> None:
    assert [entry.kind for entry in texts(catalog, query)] == ["text"]


@pytest.mark.parametrize("query", ["试飞场地", "跑道改造", "跑道", "交通运输局", "试飞场地 跑道"])
def test_words_that_only_a_task_says_are_hit_once(catalog: Catalog, query: str) -> None:
    assert {entry.kind for entry in texts(catalog, query)} <= {"task", "unit"}
    assert {entry.kind for entry in texts(catalog, "各有关单位")} == {"plan"}


def test_chosen_by_kind_paragraphs_are_shown_though_a_task_says_them(catalog: Catalog) -> None:
    chosen = Filters(kind=("text",), plan=(next(iter(PLANS)),))
    assert [hit.entry.kind for hit in catalog.search("跑道改造", chosen).hits] == ["text"]


def test_tasks_come_before_paragraphs(catalog: Catalog) -> None:
    kinds = [entry.kind for entry in texts(catalog, "试飞")]
    assert kinds[0] == "task"
    assert kinds[-1] == "text"
    assert kinds == sorted(kinds, key="text".__eq__)
    scored = catalog.find("数据")[1].scored
    ranks = [each.entry.kind == "text" for each in scored]
    assert any(ranks)
    assert ranks == sorted(ranks)


def test_digits_that_are_hidden_are_not_found(catalog: Catalog) -> None:
    assert catalog.search('"13812345678"').total == 0
    assert [entry.text for entry in texts(catalog, '"联系人：张三"')] == [
        "以上工作请于每季度末报送进展。联系人：张三，电话138********。"
    ]
