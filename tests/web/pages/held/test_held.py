"""Lists of what a library holds: sorted by their columns, narrowed by words, each row once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from ingest.model import Record
from web.pages.held import documents, plans, units
from web.pages.held.sorting import PER_PAGE, SortKey, Wanted, wanted_rows

LISTS = {"plans": ("plans", plans.SORTS), "documents": ("documents", documents.SORTS), "units": ("loads", units.SORTS)}


def rows(site: FlaskClient, address: str) -> list[dict[str, Any]]:
    page = site.get(f"/api/v1/{address}").get_json()
    found = page[LISTS[address.partition("?")[0]][0]]
    return [row.get("unit", row) for row in found]


@pytest.mark.parametrize("name", LISTS)
def test_every_column_sorts_the_same_rows(site: FlaskClient, name: str) -> None:
    ids = {sort: [row["id"] for row in rows(site, f"{name}?sort={sort}")] for sort in LISTS[name][1]}
    assert all(sorted(each) == sorted(ids[next(iter(ids))]) for each in ids.values())
    assert site.get(f"/api/v1/{name}?sort=beauty").status_code == 400
    assert site.get(f"/{name}").text.count("aria-sort=") == 1


@pytest.mark.parametrize(
    ("name", "sort", "of"),
    [
        ("units", "lead", lambda row: -row["lead"]),
        ("units", "tasks", lambda row: -(row["lead"] + row["responsible"] + row["support"])),
        ("documents", "citations", lambda row: -row["citations"]),
        ("plans", "tasks", lambda row: -row["tasks"]),
    ],
)
def test_most_come_first(site: FlaskClient, name: str, sort: str, of: Callable[[dict[str, Any]], int]) -> None:
    found = rows(site, f"{name}?sort={sort}")
    assert found == sorted(found, key=of)


@pytest.mark.parametrize(("address", "held"), [("units?q=分局", "分局"), ("documents?q=食品 标准", "标准")])
def test_words_narrow_a_list(site: FlaskClient, address: str, held: str) -> None:
    found = rows(site, address)
    assert found
    assert all(held in str(row) for row in found)
    assert len(found) < len(rows(site, address.partition("?")[0]))


def test_words_that_nothing_holds_say_so(site: FlaskClient) -> None:
    assert "没有符合的" in site.get("/plans?q=魑魅").text
    assert rows(site, "plans?q=魑魅") == []


def test_each_row_stands_on_one_page() -> None:
    class Row(Record, frozen=True):
        id: int

    sorts: dict[str, SortKey] = {"id": lambda row: row.id}
    every = [Row(id) for id in range(2 * PER_PAGE + 3)]
    pages = [wanted_rows(every[::-1], Wanted(page=page), sorts, str) for page in (1, 2, 3, 9)]
    assert [row for page in pages[:3] for row in page.shown] == every
    assert (pages[3].page, pages[3].pages, list(pages[3].shown)) == (3, 3, every[-3:])
