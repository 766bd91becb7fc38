"""What a user chooses besides words (筛选): pure, from ids and dates to nodes of the query's tree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from ingest.errors import ZerenError
from ingest.model import Record, Role
from search.index.fields import Field, Kind, unit_role
from search.index.tree import Or, QueryNode, Term


class Filters(Record, frozen=True):
    """Choices, by id; several in one field mean any of them. `due_from` and `due_to` are ISO dates, both included."""

    kind: tuple[Kind, ...] = ()
    unit: tuple[str, ...] = ()
    role: tuple[Role, ...] = ()
    plan: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    document: tuple[str, ...] = ()
    due_from: str | None = None
    due_to: str | None = None


class BadDate(ZerenError):
    """Not a date such as 2021-12-31. Params: text."""

    code = "bad-date"


def filter_nodes(filters: Filters) -> list[QueryNode]:
    """What must all hold besides the text. A unit and a role must hold in one assignment. Raises `BadDate`."""
    fields: list[tuple[Field, Sequence[str]]] = [
        ("kind", filters.kind),
        ("plan", filters.plan),
        ("section", filters.section),
        ("document", filters.document),
    ]
    if filters.unit and filters.role:
        fields.append(("unit_role", [unit_role(unit, role) for unit in filters.unit for role in filters.role]))
    else:
        fields += [("unit", filters.unit), ("role", filters.role)]
    if filters.due_from or filters.due_to:
        fields.append(("due", due_tokens(filters.due_from or "1900-01-01", filters.due_to or "2100-12-31") or [""]))
    return [_any(field, values) for field, values in fields if values]


def _any(field: Field, tokens: Iterable[str]) -> QueryNode:
    return Or(tuple(Term(field, token) for token in tokens))


def due_tokens(first: str, last: str) -> list[str]:
    """The fewest years, months and days that together are the days from `first` to `last`; none if it ends before.

    >>> due_tokens("2021-11-29", "2022-12-31")
    ['2021-11-29', '2021-11-30', '2021-12', '2022']
    """
    day, end = _date(first).toordinal(), _date(last).toordinal()
    tokens: list[str] = []
    while day <= end:
        each = date.fromordinal(day)
        year_end = date(each.year, 12, 31).toordinal()
        month_end = year_end if each.month == 12 else date(each.year, each.month + 1, 1).toordinal() - 1
        if each.day == 1 and each.month == 1 and year_end <= end:
            tokens.append(f"{each.year:04}")
            day = year_end + 1
        elif each.day == 1 and month_end <= end:
            tokens.append(f"{each.year:04}-{each.month:02}")
            day = month_end + 1
        else:
            tokens.append(each.isoformat())
            day += 1
    return tokens


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadDate(text=text[:40]) from None
