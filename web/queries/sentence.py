"""The sentence that says a query, read again (条件句): 任务：单位 教育局（东县）（牵头）；到期 2021-11-01至2021-11-30.

`query_said(sentence(query)) == query`: who pastes what an answer says of itself gets the same answer. What is no such
sentence to its last word is None, and is read as any question. The ids of tasks and things of one name are no
words: an address says them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, cast

from graph.query import (
    ANYHOW,
    FIRM,
    NAMED,
    AimsAt,
    All,
    Cites,
    Compared,
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
    Some,
    Where,
)
from web.queries.address import DAY_FORM, NUMBER_FORM, is_day, is_year
from web.queries.labels import IdsOf
from web.words import conditions as words
from web.words.phrases import PERIODS, VIAS
from web.words.wording import CITATION_ROLES, ROLES, Translate, as_is

_LONGEST = 4000
_DEEPEST = 12
_AIM = re.compile(rf"(?P<subject>.*?)(?: (?P<compared>>=|<=|>|<|=) (?P<value>{NUMBER_FORM}))?", re.DOTALL)
_LISTED: Mapping[str, Any] = {
    "unit": OfUnit, "cites": Cites, "section": InSection, "plan": InPlan, "person": OfPerson, "system": OfSystem,
    "region": OfRegion,
}  # fmt: skip


class _Reading(NamedTuple):
    """What the words are read with: names of things, and the language."""

    ids_of: IdsOf
    translate: Translate

    def codes(self, table: Mapping[Any, str]) -> dict[str, Any]:
        return {self.translate(said): code for code, said in table.items()}


class _NoSentence(ValueError):
    """The words are none that a query is said by."""


def query_said(said: str, ids_of: IdsOf, translate: Translate = as_is) -> Query | None:
    """The query that a sentence says; None where it is none."""
    head, colon, rest = said.partition("：")
    reading = _Reading(ids_of, translate)
    listed, tail = _tail(head, reading.codes(ROLES))
    select = reading.codes(words.SELECTED).get(listed)
    if not colon or select is None or len(said) > _LONGEST:
        return None
    try:
        return _query(Query(select=select, roles=tuple(tail)), rest, reading)
    except _NoSentence:
        return None


def _query(query: Query, rest: str, reading: _Reading) -> Query:
    said = list(_parted(rest, "；"))
    least, most = (_count(said, form, reading) for form in (words.LEAST, words.MOST))
    orders = reading.codes(words.ORDERS)
    order: Order = orders[said.pop()] if said and said[-1] in orders else "plan"
    if said == [reading.translate(words.EVERYTHING)]:
        said = []
    where = All(tuple(_condition(each, reading, _DEEPEST) for each in said))
    return Query(where, query.select, order, query.roles, least, most)


def _count(said: list[str], form: str, reading: _Reading) -> int | None:
    before, after = reading.translate(form).split("{count}")
    for each in said[-2:]:
        if each.startswith(before) and each.endswith(after):
            count = each[len(before) : len(each) - len(after)]
            if count.isascii() and count.isdigit():
                said.remove(each)
                return int(count)
    return None


def _condition(said: str, reading: _Reading, depth: int) -> Where:
    denied = said.removeprefix(reading.translate(words.NOT))
    if denied != said:
        return Not(_condition(denied, reading, depth))
    titles = reading.codes(words.NAMES)
    title = max((each for each in titles if said.startswith(f"{each} ")), key=len, default="")
    if not title or not depth:
        raise _NoSentence
    return _predicate(titles[title], said[len(title) + 1 :], reading, depth - 1)


def _predicate(name: str, said: str, reading: _Reading, depth: int) -> Where:
    several = reading.translate(words.OR)
    match name:
        case "where":
            return _tree(said, reading, depth)
        case "due":
            return _days(said, reading)
        case "every":
            return Recurs(tuple(_known(reading.codes(PERIODS), each) for each in said.split(several)))
        case "target":
            found = _AIM.fullmatch(said)
            if found is None:
                raise _NoSentence
            value = float(found["value"]) if found["value"] else None
            return AimsAt(found["subject"], cast(Compared | None, found["compared"]), value)
        case "has" | "lacks":
            kind = _known(reading.codes(words.THINGS), said)
            return Has(kind) if name == "has" else Lacks(kind)
        case "year":
            years = said.split(several)
            if not all(map(is_year, years)):
                raise _NoSentence
            return OfYear(tuple(map(int, years)))
        case "q":
            return Says(said)
    return _things(name, said, reading)


def _things(name: str, said: str, reading: _Reading) -> Where:
    """Things by name, with the roles that are said behind them."""
    made: Callable[..., Where] | None = _LISTED.get(name)
    if made is None:
        raise _NoSentence
    several = reading.translate(words.OR)
    if made in (OfPerson, OfSystem, OfRegion):
        return made(tuple(said.split(several)))
    roles: dict[str, str] = {}
    if made is OfUnit:
        roles = {**reading.codes(ROLES), **{reading.translate(VIAS[via]): via for via in VIAS}}
    elif made is Cites:
        roles = {**reading.codes(CITATION_ROLES)}
    tail: list[Any] = []
    ids = _named_in(said, several, reading.ids_of(name))
    if not ids:
        named, tail = _tail(said, roles)
        ids = _named_in(named, several, reading.ids_of(name))
    if not ids:
        raise _NoSentence
    if made is OfUnit:
        vias = tuple(each for each in tail if each in VIAS)
        return OfUnit(ids, tuple(each for each in tail if each in ROLES), vias or NAMED)
    return made(ids, tuple(tail)) if made is Cites else made(ids)


def _named_in(said: str, several: str, ids: Mapping[str, str]) -> tuple[str, ...]:
    """The ids of names that 或 joins, none where one is unknown; the longest is meant, for 或 may stand in a name."""
    pieces, at = said.split(several), 0
    found: list[str] = []
    while at < len(pieces):
        ends = range(len(pieces), at, -1)
        end = next((each for each in ends if several.join(pieces[at:each]) in ids), None)
        if end is None:
            return ()
        found.append(ids[several.join(pieces[at:end])])
        at = end
    return tuple(found)


def _tree(said: str, reading: _Reading, depth: int) -> Where:
    """〔…〕或〔…〕, 〔…〕且〔…〕, 不：〔…〕"""
    opened, closed = words.INNER.split("{part}")
    inner = said.removeprefix(reading.translate(words.NOT))
    for join, made in ((words.OR, Some), (words.AND, All)):
        parts = list(_parted(inner, reading.translate(join)))
        if all(each.startswith(opened) and each.endswith(closed) for each in parts) and (
            len(parts) > 1 or said != inner
        ):
            found = tuple(_condition(each[1:-1], reading, depth) for each in parts)
            return Not(found[0]) if said != inner else made(found)
    raise _NoSentence


def _days(said: str, reading: _Reading) -> FallsDue:
    levels: tuple[Any, ...] = FIRM
    days, bracket, tail = said.partition("（")
    if bracket:
        before, after = reading.translate(words.WITH).split("{levels}")
        codes, tail = reading.codes(words.DUE_LEVELS), tail.removesuffix("）")
        bare = tail[len(before) : len(tail) - len(after)] if tail.startswith(before) and tail.endswith(after) else ""
        more = bare.split("、") if bare and all(each in codes for each in bare.split("、")) else None
        levels = tuple(_known(codes, each) for each in more or tail.split("、"))
        levels = (*FIRM, *levels) if more else levels
    for form in (words.OWN_YEAR, words.BETWEEN, words.UP_TO, words.FROM):
        pattern = re.escape(reading.translate(form))
        for limit in ("first", "last"):
            pattern = pattern.replace(re.escape(f"{{{limit}}}"), f"(?P<{limit}>{DAY_FORM})")
        if found := re.fullmatch(pattern, days):
            limits = found.groupdict()
            if not all(map(is_day, limits.values())):
                break
            return FallsDue(limits.get("first", ""), limits.get("last", ""), ANYHOW if levels == ANYHOW else levels)
    raise _NoSentence


def _tail(said: str, codes: Mapping[str, Any]) -> tuple[str, list[Any]]:
    """What stands before a last bracket of such codes, and these."""
    for at in (at for at, sign in enumerate(said) if sign == "（" and said.endswith("）")):
        listed = said[at + 1 : -1].split("、")
        if all(each in codes for each in listed):
            return said[:at], [codes[each] for each in listed]
    return said, []


def _parted(said: str, by: str) -> Iterator[str]:
    """The parts of a text between such signs that stand in no 〔〕."""
    opened, closed = words.INNER.split("{part}")
    depth = start = at = 0
    while at < len(said):
        depth += (said[at] == opened) - (said[at] == closed)
        if depth == 0 and said.startswith(by, at):
            yield said[start:at]
            at = start = at + len(by)
        else:
            at += 1
    yield said[start:]


def _known(codes: Mapping[str, Any], said: str) -> Any:
    if said not in codes:
        raise _NoSentence
    return codes[said]
