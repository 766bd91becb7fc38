"""Fields that a user names before a word (字段): 单位:教育局 宣传, 牵头:省数据局, 文号:豫发〔2019〕31号, due:2021-11.

A field and its value are one piece without a blank; a colon of either width parts them, and each field has a Chinese
and an English name.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Literal, NamedTuple

from graph.query import PlanRow, UnitRow
from ingest import normal_number, normal_title
from ingest.model import Role
from search.index.fields import unit_role
from search.index.tree import NOTHING, And, Or, Phrase, QueryNode, Term, phrase
from search.words.analyzer import folded
from search.words.names import Names

FieldName = Literal["unit", "lead", "responsible", "support", "cites", "number", "due", "year", "region", "plan"]

_NAMES: dict[str, FieldName] = {
    "单位": "unit", "牵头": "lead", "牵头单位": "lead", "负责": "responsible", "责任": "responsible",
    "责任单位": "responsible", "配合": "support", "配合单位": "support", "依据": "cites", "文号": "number",
    "截止": "due", "年度": "year", "地区": "region", "文件": "plan", "unit": "unit", "lead": "lead",
    "responsible": "responsible", "support": "support", "cites": "cites", "number": "number", "due": "due",
    "year": "year", "region": "region", "plan": "plan",
}  # fmt: skip
_ROLES: dict[FieldName, Role] = {"lead": "lead", "responsible": "responsible", "support": "support"}
_RANKS = "省市区县"

Resolved = Callable[["AskedField"], QueryNode]
"""What must hold of an entry, so that it has a field's value."""


class AskedField(NamedTuple):
    """A field and the value that is asked of it, as it was typed in `piece`."""

    name: FieldName
    value: str
    piece: str


def fields_in(text: str) -> tuple[str, tuple[AskedField, ...]]:
    """The text without its fields, and these.

    >>> fields_in("牵头：科技局 平台")
    ('平台', (AskedField(name='lead', value='科技局', piece='牵头：科技局'),))
    """
    found: list[AskedField] = []
    rest: list[str] = []
    for piece in text.split():
        said, colon, value = unicodedata.normalize("NFKC", piece).partition(":")
        name = _NAMES.get(said.casefold())
        if name and colon and value:
            found.append(AskedField(name, value, piece))
        else:
            rest.append(piece)
    return (" ".join(rest), tuple(found)) if found else (text, ())


class Known(NamedTuple):
    """What the values of fields are looked up in."""

    units: Sequence[UnitRow]
    plans: Sequence[PlanRow]
    names: Names


def node_of(asked: AskedField, known: Known) -> QueryNode:
    """What an entry must fulfil to have the value; nothing does, where nothing is called so."""
    value = folded(asked.value)
    match asked.name:
        case "unit":
            borne = And((_any("unit", _bearers(value, known)), phrase(value)))
            return Or((_any("unit", _units(value, known)), borne))
        case "lead" | "responsible" | "support":
            return _any("unit_role", [unit_role(id, _ROLES[asked.name]) for id in _units(value, known)])
        case "number":
            return Or((Term("number", normal_number(asked.value)), phrase(value)))
        case "cites":
            title = normal_title(asked.value.strip("《》"))
            quoted = phrase(asked.value.strip("《》"))
            number = Term("number", normal_number(asked.value))
            return Or((Term("title", title), number, *([quoted] if isinstance(quoted, Phrase) else [])))
        case "due":
            return Term("due", _day(asked.value))
        case "year":
            return _any("plan", [row.id for row in known.plans if value.removesuffix("年") in _years(row)])
        case "region":
            return _any("plan", [row.id for row in known.plans if value in folded(row.region)])
        case "plan":
            return _any(
                "plan", [row.id for row in known.plans if value in folded(f"{row.title} {row.document_number}")]
            )
    return NOTHING


def _any(field: Literal["unit", "unit_role", "plan"], tokens: Iterable[str]) -> QueryNode:
    return Or(tuple(Term(field, token) for token in tokens))


def _units(value: str, known: Known) -> list[str]:
    """Units that are called so, in any spelling of theirs; else those with it in a name."""
    wanted = {value, *known.names.alike.get(value, ())}
    if value[0] in _RANKS:
        wanted |= {value[1:], *known.names.alike.get(value[1:], ())}
    spelt = {row.id: {folded(name) for name in (row.name, *row.names)} for row in known.units}
    called = [id for id, names in spelt.items() if names & wanted]
    return called or [id for id, names in spelt.items() if any(value in name for name in names)]


def _bearers(value: str, known: Known) -> list[str]:
    """Units that bear the name as a second nameplate: 住建局 of 交通运输局."""
    bearers = {*known.names.bearers.get(value, ())}
    return [row.id for row in known.units if folded(row.name) in bearers]


def _years(row: PlanRow) -> tuple[str, ...]:
    return tuple(str(year) for year in (row.year, (row.issued_on or "")[:4] if row.year is None else None) if year)


def _day(value: str) -> str:
    """A day, month or year as the index has it: 2021年11月 is 2021-11."""
    digits = "".join(each if each.isdigit() else " " for each in value).split()
    return "-".join(each.zfill(2) for each in digits[:3])
