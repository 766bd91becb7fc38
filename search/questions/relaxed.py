"""Words read more freely (放宽): what a query may mean where nothing holds its words as they stand.

    牵头              every task where somebody leads
    网络餐饮 8月      the words 网络餐饮, on what falls due in August; else the words alone
    某局牵头哪些任务  the word 某局, where somebody leads; else the word alone

A role stands in the statement behind a task and a time is written in many ways, so neither is found as a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from ingest.model import Record, Role
from search.catalog import Catalog
from search.query.filters import Filters
from search.query.results import Results
from search.questions.days import Days, YearNeeded, find_days
from search.questions.understand import ROLE_WORDS, WHAT, WHO

_ROLE = "|".join(ROLE_WORDS)
_ROLES = re.compile(rf"(?:{_ROLE})(?:[和与及或、]?(?:{_ROLE}))*")
_ASKING = re.compile(
    rf"{WHO}|(?:都|主要|一共|共|要|应该?|需要?)*(?:有|做|干|落实|完成|到期)?{WHAT}|[?？!！]|(?:完成|到期)$"
)
_QUOTING = re.compile(r"""["“”「」《》|｜*＊]|(?:^|\s)[-－]\S""")


class Relaxed(Record, frozen=True):
    """Words, and a role and days to filter by: what is searched for instead."""

    text: str
    role: Role | None = None
    days: Days | None = None


def relaxed(query: str, year: int | None) -> Iterator[Relaxed]:
    """What a query may mean, the nearest first; nothing where it says neither role nor time nor asks anything.

    `year` is meant where the query names none. What is quoted or has an operator is meant as it stands.
    """
    if _QUOTING.search(query):
        return
    days = _days(query, year)
    words = f"{query[: days.span.start]} {query[days.span.end :]}" if days else query
    asking = _ASKING.sub(" ", words)
    roles = {ROLE_WORDS[role] for said in _ROLES.findall(asking) for role in re.findall(_ROLE, said)}
    text = " ".join(_ROLES.sub(" ", asking).split())
    role = roles.pop() if len(roles) == 1 else None
    if text == " ".join(query.split()):
        return
    if role or days:
        yield Relaxed(text, role, days)
    if text:
        yield Relaxed(text)


def search_freely(
    catalog: Catalog, query: str, filters: Filters, offset: int = 0, limit: int = 20
) -> tuple[Relaxed, Results] | None:
    """What the words find when read more freely, and how they were read; None where they find nothing either.

    A role or time that the filters already choose stays as it is chosen.
    """
    year = max((plan.year for plan in catalog.store.plans() if plan.year), default=None)
    for way in relaxed(query, year):
        meant = filters
        if way.role and not filters.role:
            meant = replace(meant, role=(way.role,))
        if way.days and not filters.due_from:
            meant = replace(meant, due_from=way.days.start, due_to=way.days.end)
        found = catalog.search(way.text, meant, offset, limit)
        if found.total:
            return way, found
    return None


def _days(query: str, year: int | None) -> Days | None:
    try:
        return find_days(query, year)
    except YearNeeded:
        return None
