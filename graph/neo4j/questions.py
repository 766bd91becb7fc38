"""Asks the queries behind the questions, which stand in questions.cypher and selecting.cypher."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from graph.neo4j.record import View
from graph.neo4j.schema import seen
from graph.query.row_types import RowOf, Rows, TableQuery, Value
from graph.query.texts import query_texts

_HERE = Path(__file__).parent
TEXTS = query_texts(_HERE / "questions.cypher", _HERE / "selecting.cypher")

_SEEN = re.compile(r"<<seen (\w+)>>")


@lru_cache(256)
def _filled(query: str, of_plan: bool) -> str:
    """A query with what its marks stand for."""
    marked = query.replace("<<of_plan>>", " {plan_id: $plan}" if of_plan else "")
    return _SEEN.sub(lambda mark: seen(mark[1]), marked)


def asking(view: View) -> Rows:
    """Answers the queries in the generation of a view."""

    def rows(query: TableQuery[RowOf], /, **values: Value) -> list[RowOf]:
        given = [name for name, value in values.items() if value is not None]
        text = _filled(TEXTS.text(query.name, given), "plan" in given)
        return view.named_rows(text, query.row, **values)

    return rows
