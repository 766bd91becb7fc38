"""A query as parameters, and back (网址与查询): the same on the site, in the API and as flags of `zeren tasks`.

    unit=ID:lead      that unit leads; `unit=A,B` one of them, `unit=A&unit=B` both, `-unit=A` not that one
    due=2021-11       a month, a day, a range 2021-11-01..2021-12-31 or ..2021-12-31; 11-01..12-31 of each plan's year;
                      `due=2021-11:any` with days of the section, and duties that recur
    lacks=lead        and has=target, cites=ID, every=quarter, target=覆盖率>=95, section=, plan=, year=, region=,
                      system=, person=, q=words, task=IDs
    of=unit           what is listed; in=lead, sort=due, least=1, most=1
    where=            a tree that the others cannot say, as JSON

`query_of(parameters_of(query)) == query` for every query whose conditions are in this order.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, get_args
from urllib.parse import quote, unquote

import msgspec

from graph.query import (
    ANYHOW,
    FIRM,
    HAS_KINDS,
    NAMED,
    AimsAt,
    All,
    Among,
    Cites,
    Compared,
    DueLevel,
    FallsDue,
    Has,
    InPlan,
    InSection,
    Lacks,
    Not,
    OfPerson,
    OfRegion,
    OfSystem,
    OfUnit,
    OfYear,
    Order,
    Query,
    Recurs,
    Says,
    Select,
    Via,
    Where,
    conjuncts,
    require_bounded,
)
from ingest.model import CitationRole, Period, Role
from web.errors import BadChoice

Parameters = Mapping[str, Sequence[str]]

ROLES: tuple[Role, ...] = get_args(Role)
_VIAS: tuple[Via, ...] = get_args(Via)
_LEVELS: tuple[DueLevel, ...] = get_args(DueLevel)
_ANYHOW = "any"
_PERIODS: tuple[Period, ...] = get_args(Period)
_CITED: tuple[CitationRole, ...] = get_args(CitationRole)
_SELECTS: tuple[Select, ...] = get_args(Select)
_ORDERS: tuple[Order, ...] = get_args(Order)
_COMPARED: tuple[Compared, ...] = (">=", "<=", ">", "<", "=")
DAY_FORM = r"(?:[0-9]{4}-)?[0-9]{2}-[0-9]{2}"
NUMBER_FORM = r"-?[0-9]{1,15}(?:\.[0-9]{1,9})?(?:e[+-]?[0-9]{1,2})?"
"""How an address and a sentence write a day, and the value of a target."""
_RANGE = re.compile(
    rf"(?P<first>{DAY_FORM})?\.\.(?P<last>{DAY_FORM})?|(?P<day>{DAY_FORM})|(?P<month>[0-9]{{4}}-[0-9]{{2}})"
)
_LONGEST_COUNT = 6
_DAYS_SAID = "2021-11, 2021-11-30, 2021-11-01..2021-12-31, ..2021-12-31, 11-01..12-31"


def parameters_of(query: Query) -> dict[str, tuple[str, ...]]:
    """The parameters that say a query."""
    said: dict[str, list[str]] = {}
    rest: list[Where] = []
    for each in conjuncts(query.where):
        denied, predicate = isinstance(each, Not), each.part if isinstance(each, Not) else each
        field = _FIELDS.get(type(predicate))
        if field is None:
            rest.append(each)
        else:
            said.setdefault(f"-{field[0]}" if denied else field[0], []).append(field[1](predicate))
    if rest or [*conjuncts(_where(said))] != [*conjuncts(query.where)]:
        said = {"where": [msgspec.json.encode(query.where).decode()]}
    plain = Query()
    if query.select != plain.select:
        said["of"] = [query.select]
    if query.order != plain.order:
        said["sort"] = [query.order]
    for name, value in (("least", query.least), ("most", query.most)):
        if value is not None:
            said[name] = [str(value)]
    if query.roles:
        said["in"] = [",".join(query.roles)]
    return {name: tuple(values) for name, values in said.items()}


def address_of(query: Query) -> str:
    """The address of the list that a query means."""
    pairs = [(name, value) for name, values in parameters_of(query).items() for value in values]
    said = "&".join(f"{quote(name)}={quote(value, safe=':,.')}" for name, value in pairs)
    return f"/tasks?{said}" if said else "/tasks"


def query_of(parameters: Parameters) -> Query:
    """The query that parameters say. Raises `BadChoice` for what says nothing, `BadQuery` for too big a tree."""
    where: Where = _where(parameters)
    if parameters.get("where"):
        tree = _tree(parameters["where"][0])
        where = All((*conjuncts(where), *conjuncts(tree))) if conjuncts(where) else tree
    require_bounded(where)
    return Query(
        where,
        _one(parameters, "of", _SELECTS, "task"),
        _one(parameters, "sort", _ORDERS, "plan"),
        _several("".join(parameters.get("in", ())[:1]), ROLES),
        _count(parameters, "least"),
        _count(parameters, "most"),
    )


NAMES: tuple[str, ...] = (
    "unit", "person", "system", "cites", "due", "every", "target", "has", "lacks", "section", "plan", "year", "region",
    "q", "task",
)  # fmt: skip
"""The names of conditions, in the order in which they are told."""

CONDITIONS: tuple[str, ...] = (*NAMES, *(f"-{name}" for name in NAMES))
"""The same, and with `-` in front, which denies."""

SINGLE: tuple[str, ...] = ("where", "of", "sort", "in", "least", "most")
"""The names of what has one value."""


def _where(parameters: Mapping[str, Sequence[str]]) -> All:
    return All(
        tuple(
            Not(_READ[name.removeprefix("-")](value)) if name.startswith("-") else _READ[name](value)
            for name, values in parameters.items()
            if name.removeprefix("-") in _READ
            for value in values
        )
    )


_TREE: msgspec.json.Decoder[Where] = msgspec.json.Decoder(Where)  # type: ignore[arg-type]


def _tree(text: str) -> Where:
    try:
        return _TREE.decode(text)
    except (msgspec.DecodeError, RecursionError):
        raise BadChoice(text=text[:40]) from None


# Values


def _safe(text: str) -> str:
    """A value without the signs that part values."""
    return quote(text, safe="《》〈〉（）() ") if re.search(r"[:,%<>=]", text) else text


def listed_values(values: Sequence[str]) -> str:
    """Several values as one: any of them."""
    return ",".join(map(_safe, values))


def values_of(said: str) -> tuple[str, ...]:
    """The values that are said as one."""
    return tuple(unquote(each) for each in said.split(",") if each)


def _tailed(ids: Sequence[str], *tails: Sequence[str]) -> str:
    return ":".join((listed_values(ids), *(each for tail in tails for each in tail)))


def _say_unit(of: OfUnit) -> str:
    return _tailed(of.ids, of.roles, () if of.via == NAMED else of.via)


def _read_unit(said: str) -> OfUnit:
    ids, *tail = said.split(":")
    vias = tuple(each for each in _VIAS if each in tail)
    _known(tail, (*ROLES, *_VIAS))
    roles = tuple(each for each in tail if each in ROLES)
    return OfUnit(values_of(ids), roles, vias or NAMED)  # type: ignore[arg-type]


def _say_cites(of: Cites) -> str:
    return _tailed(of.documents, of.roles)


def _read_cites(said: str) -> Cites:
    ids, *tail = said.split(":")
    _known(tail, _CITED)
    return Cites(values_of(ids), tuple(tail))  # type: ignore[arg-type]


def _say_due(of: FallsDue) -> str:
    days = of.first if of.first == of.last and of.first else f"{of.first}..{of.last}"
    month = of.first[:7]
    if len(of.first) == len("2021-11-01") and (of.first, of.last) == month_of(month):
        days = month
    levels = {FIRM: (), ANYHOW: (_ANYHOW,)}.get(of.levels, of.levels)
    return ":".join((days, *levels))


def _read_due(said: str) -> FallsDue:
    days, *tail = said.split(":")
    _known(tail, (*_LEVELS, _ANYHOW))
    found = _RANGE.fullmatch(days)
    if not found:
        raise BadChoice(text=said[:40], known=_DAYS_SAID)
    first, last = found["first"] or found["day"] or "", found["last"] or found["day"] or ""
    if found["month"]:
        first, last = month_of(found["month"])
        if not first:
            raise BadChoice(text=said[:40], known=_DAYS_SAID)
    if not all(map(is_day, filter(None, (first, last)))):
        raise BadChoice(text=said[:40], known=_DAYS_SAID)
    return FallsDue(first, last, ANYHOW if _ANYHOW in tail else tuple(tail) or FIRM)  # type: ignore[arg-type]


def is_day(said: str) -> bool:
    """Whether the calendar has the day; one without a year where any year has it."""
    try:
        date.fromisoformat(said if len(said) == len("2021-12-31") else f"2024-{said}")
    except ValueError:
        return False
    return True


def is_year(said: str) -> bool:
    """Whether this is a year in four digits."""
    return said.isascii() and said.isdigit() and len(said) == len("2021")


def month_of(said: str) -> tuple[str, str]:
    """The first and the last day of a month (2021-11); "" for both where there is none such."""
    year, month = int(said[:4]), int(said[5:7])
    if not 1 <= month <= 12 or year < 1:
        return "", ""
    return f"{said}-01", f"{said}-{monthrange(year, month)[1]:02}"


def _say_aim(of: AimsAt) -> str:
    value = f"{of.comparison}{of.value:.15g}" if of.comparison and of.value is not None else ""
    return f"{_safe(of.subject)}{value}"


def _read_aim(said: str) -> AimsAt:
    found = re.fullmatch(rf"([^<>=]*)(?:(>=|<=|>|<|=)({NUMBER_FORM}))?", said)
    if not found:
        raise BadChoice(text=said[:40], known="覆盖率, 覆盖率>=95")
    comparison = next((each for each in _COMPARED if each == found[2]), None)
    return AimsAt(unquote(found[1]), comparison, float(found[3]) if found[3] else None)


def _known(said: Sequence[str], allowed: Sequence[str]) -> None:
    strange = [each for each in said if each not in allowed]
    if strange:
        raise BadChoice(text=strange[0][:40], known=", ".join(allowed))


def _several(said: str, allowed: Sequence[Any]) -> tuple[Any, ...]:
    values = tuple(each for each in said.split(",") if each)
    _known(values, allowed)
    return values


def _one(parameters: Parameters, name: str, allowed: Sequence[Any], default: Any) -> Any:
    said = next(iter(parameters.get(name, ())), "")
    _known([said] if said else [], allowed)
    return said or default


def _count(parameters: Parameters, name: str) -> int | None:
    said = next(iter(parameters.get(name, ())), "")
    if not said:
        return None
    if not (said.isascii() and said.isdigit() and len(said) <= _LONGEST_COUNT):
        raise BadChoice(text=said[:40], known="0–999999")
    return int(said)


def _kind(made: Callable[[Any], Where]) -> Callable[[str], Where]:
    def read(said: str) -> Where:
        _known([said], HAS_KINDS)
        return made(said)

    return read


def _years(said: str) -> OfYear:
    values = values_of(said)
    if not all(map(is_year, values)):
        raise BadChoice(text=said[:40], known="2021, 2021,2022")
    return OfYear(tuple(map(int, values)))


_FIELDS: Mapping[type, tuple[str, Callable[[Any], str]]] = {
    OfUnit: ("unit", _say_unit),
    OfPerson: ("person", lambda of: listed_values(of.names)),
    OfSystem: ("system", lambda of: listed_values(of.names)),
    Cites: ("cites", _say_cites),
    FallsDue: ("due", _say_due),
    Recurs: ("every", lambda of: listed_values(of.periods)),
    AimsAt: ("target", _say_aim),
    Has: ("has", lambda of: str(of.kind)),
    Lacks: ("lacks", lambda of: str(of.kind)),
    InSection: ("section", lambda of: listed_values(of.ids)),
    InPlan: ("plan", lambda of: listed_values(of.ids)),
    OfYear: ("year", lambda of: ",".join(map(str, of.years))),
    OfRegion: ("region", lambda of: listed_values(of.names)),
    Says: ("q", lambda of: str(of.text)),
    Among: ("task", lambda of: listed_values(of.ids)),
}
"""How each predicate is said: its name, and its value. A test holds it to the list of predicates."""

_READ: Mapping[str, Callable[[str], Where]] = {
    "unit": _read_unit,
    "person": lambda said: OfPerson(values_of(said)),
    "system": lambda said: OfSystem(values_of(said)),
    "cites": _read_cites,
    "due": _read_due,
    "every": lambda said: Recurs(_several(said, _PERIODS)),
    "target": _read_aim,
    "has": _kind(Has),
    "lacks": _kind(Lacks),
    "section": lambda said: InSection(values_of(said)),
    "plan": lambda said: InPlan(values_of(said)),
    "year": _years,
    "region": lambda said: OfRegion(values_of(said)),
    "q": Says,
    "task": lambda said: Among(values_of(said)),
}
