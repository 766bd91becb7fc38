"""Every store has the same queries, and each gives the columns that its row has, in that order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.neo4j import questions as cypher
from graph.query.row_types import QUERIES, GapCountColumns, IdColumns, PartyColumns, TableQuery, UnitColumns
from graph.query.select_types import SELECTING
from graph.query.texts import QueryTexts, decoded, query_texts
from graph.sqlite import questions as sql
from graph.sqlite.store import SqliteStore, open_store
from ingest.model import Record
from tests.support.factories import resolve

STORES = (sql.TEXTS, cypher.TEXTS)
EVERY_VALUE = dict.fromkeys(
    ("by", "code", "comparison", "deadline", "document", "end",
     "hat", "id", "plan", "region", "role", "start", "subject",
     "unit", "unless", "value")
)  # fmt: skip
LISTS = ("documents", "facts", "levels", "names", "periods", "plans", "regions", "sections", "tasks", "units", "years")
ALL_QUERIES = (*QUERIES, *SELECTING)
NAMED = {query.name: query for query in ALL_QUERIES}


def texts(of: QueryTexts) -> list[tuple[TableQuery[Record], str]]:
    """All queries of a store, with those that begin elsewhere."""
    narrow = [(NAMED[name], text) for (name, _), text in of.narrow.items()]
    return [(NAMED[name], text) for name, text in of.queries.items()] + narrow


def fields(query: TableQuery[Record]) -> list[str]:
    return list(query.row.__struct_fields__)


@pytest.mark.parametrize("store", STORES, ids=("sqlite", "neo4j"))
def test_a_store_has_the_queries_that_the_questions_ask_and_no_others(store: QueryTexts) -> None:
    assert list(store.queries) == [query.name for query in ALL_QUERIES]
    assert {name for name, _ in store.narrow} <= set(NAMED)


@pytest.fixture
def library(tmp_path: Path) -> SqliteStore:
    return open_store(tmp_path, resolve, "1")


def test_the_columns_in_sql_are_those_of_the_rows(library: SqliteStore) -> None:
    with library.snapshot():
        for query, text in texts(sql.TEXTS):
            values = {**EVERY_VALUE, **dict.fromkeys(LISTS, "[]"), "limit": 1, "offset": 0}
            found = library._reader().execute(text, values)
            assert [column[0] for column in found.description] == fields(query), query.name


@pytest.mark.parametrize(("query", "text"), texts(cypher.TEXTS))
def test_the_columns_in_cypher_are_those_of_the_rows(query: TableQuery[Record], text: str) -> None:
    returned = text.rpartition("RETURN ")[2].removeprefix("DISTINCT ").partition("ORDER BY")[0].strip()
    assert [re.split(r"\s+AS\s+", column)[-1] for column in re.split(r",\s+", returned)] == fields(query)


def test_what_stands_in_for_a_part_is_its_text(tmp_path: Path) -> None:
    file = tmp_path / "some.sql"
    file.write_text(
        "-- Some queries.\n-- part: some\nWHERE :a\n-- query: one\nSELECT 1 <<some>> <<other>>\n"
        "-- query: one given a\nSELECT 2\n",
        "utf-8",
    )
    found = query_texts(file)
    assert found.text("one", ()) == found.text("one", ("b",)) == "SELECT 1 WHERE :a <<other>>"
    assert found.text("one", ("b", "a")) == "SELECT 2"


def test_rows_are_read_by_the_names_of_their_columns() -> None:
    rows = [("教育局", 1, "lead", "u", "t")]
    assert decoded(("name", "stated", "role", "unit_id", "task_id"), rows, PartyColumns) == [
        PartyColumns(task_id="t", unit_id="u", name="教育局", role="lead", stated=True)
    ]
    assert decoded(("id",), [("a",), ("b",)], IdColumns) == [IdColumns("a"), IdColumns("b")]


def test_a_list_may_stand_as_json() -> None:
    names = UnitColumns.__struct_fields__
    for written in ('["教育局"]', ["教育局"]):
        row = ("u", "教育局", "organization", None, "市", written, 0, 0, 0, 0, 1)
        assert decoded(names, [row], UnitColumns)[0].names == ("教育局",)


@pytest.mark.parametrize("names", [("code",), ("code", "count"), ("code", "tasks", "more")])
def test_other_columns_than_the_row_has_are_an_error(names: tuple[str, ...]) -> None:
    with pytest.raises(TypeError):
        decoded(names, [], GapCountColumns)
