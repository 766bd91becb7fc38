"""What may be meant while somebody types: by any name, by sound, by initials."""

from __future__ import annotations

import pytest

from search.catalog import Catalog
from search.query.suggest import MOST_SUGGESTED
from tests.support.factories import a_plan, a_section, a_task
from tests.support.search_library import Where, a_catalog
from tests.support.search_places import Sharing


@pytest.fixture
def catalog(sharing: Sharing) -> Catalog:
    return sharing(a_library)


def a_library(where: Where) -> Catalog:
    return a_catalog(
        where,
        a_plan(
            a_section(
                "校园食品安全",
                a_task("抓好食堂", lead=["公安分局"], support=["教育局", "人社局"], cites=["中华人民共和国食品安全法"]),
                a_task("检查周边", responsible=["教育局"]),
            ),
            a_section("宣传培训", *(a_task(f"办第{nth}期", responsible=[f"宣{nth}局"]) for nth in range(12))),
        ),
    )


def suggested(catalog: Catalog, typed: str) -> list[tuple[str, str, int]]:
    return [(each.kind, each.label, each.count) for each in catalog.suggest(typed)]


@pytest.mark.parametrize("typed", ["公安", "公安分局", "gafj", "gonganfenju", "GAFJ", "gxfj", "公 安", "安分"])
def test_a_unit_is_found_by_its_beginning_its_sound_its_initials_and_what_it_holds(
    catalog: Catalog, typed: str
) -> None:
    assert suggested(catalog, typed) == [("unit", "公安分局", 1)]


@pytest.mark.parametrize("typed", ["人力资源", "人社", "rsj", "焦作市示范区人社局", "人力資源"])
def test_a_unit_is_found_by_another_name_of_it(catalog: Catalog, typed: str) -> None:
    assert suggested(catalog, typed)[0] == ("unit", "人社局", 1)


def test_plans_documents_and_topics_say_how_much_there_is(catalog: Catalog) -> None:
    assert suggested(catalog, "校园") == [("topic", "校园食品安全", 2)]
    assert {("document", "中华人民共和国食品安全法", 1), ("topic", "校园食品安全", 2)} <= {
        *suggested(catalog, "食品安全")
    }
    assert suggested(catalog, "2021年")[0][0::2] == ("plan", 14)


def test_ten_at_most_and_no_kind_keeps_out_another(catalog: Catalog) -> None:
    found = suggested(catalog, "宣")
    assert len(found) == MOST_SUGGESTED
    assert ("topic", "宣传培训", 12) in found


@pytest.mark.parametrize("typed", ["", "  ", "？", "飞行汽车", "zzzz", "q"])
def test_nothing_is_suggested_where_nothing_fits(catalog: Catalog, typed: str) -> None:
    assert suggested(catalog, typed) == []


def test_what_is_added_is_suggested_at_once(catalog: Catalog) -> None:
    assert suggested(catalog, "气象") == []
    catalog.add(*a_plan(a_section("气象", a_task("观测", lead=["气象局"])), number="示办〔2022〕3号"))
    assert ("unit", "气象局", 1) in suggested(catalog, "气象")
