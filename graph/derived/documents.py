"""Which citations mean one document (依据文件的同一性): a pure function over all titles and numbers in the library.

- One number is one document, however its brackets are written, unless it is given to titles that cannot be one:
  then the title cited most keeps the number, the others go by title, and that is a doubt.
- A title without a number is the document of that title, where there is exactly one.
- A plan in the library is the document that bears its number, else its title.
The id is the number where a citation gives one, else the title, so it does not depend on the order of ingest nor on
whether the plan is in the library; the ids by each of its titles redirect to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from msgspec.structs import replace

from ingest import normal_number, normal_title
from ingest.language import same_title
from ingest.model import Record


class Naming(Record, frozen=True):
    """A title and number as cited together: `title_key` and `number_key` ("" for none) of identity.py, how often."""

    title_key: str
    number_key: str
    title: str
    number: str | None
    times: int


class NamedPlan(Record, frozen=True):
    """A plan's id and the keys of its title and number."""

    plan_id: str
    title_key: str
    number_key: str


class Identified(Record, frozen=True):
    """A document: id, best title, number, plan, all (title_key, number_key) that mean it, and ids that redirect."""

    id: str
    title: str
    number: str | None
    plan_id: str | None
    keys: tuple[tuple[str, str], ...]
    aliases: tuple[str, ...]


class Clash(Record, frozen=True):
    """A number that was given to a title (`other`) that is not its document's (`title`)."""

    number: str
    title: str
    other: str


def identify(namings: Iterable[Naming], plans: Iterable[NamedPlan]) -> tuple[tuple[Identified, ...], tuple[Clash, ...]]:
    """All documents that the citations mean, ordered by id, and the numbers that were given to two titles."""
    by_number: dict[str, list[Naming]] = defaultdict(list)
    by_title: dict[str, list[Naming]] = defaultdict(list)
    for naming in namings:
        (by_number[naming.number_key] if naming.number_key else by_title[naming.title_key]).append(naming)
    groups: dict[str, list[Naming]] = {}
    clashes: list[Clash] = []
    for number in sorted(by_number):
        groups[number], strangers = _of_one_number(by_number[number])
        for stranger in strangers:
            clashes.append(Clash(stranger.number or number, groups[number][0].title, stranger.title))
            by_title[stranger.title_key].append(stranger)
    numbers = _numbers_of_titles(groups)
    for title in sorted(by_title):
        home = numbers[title].pop() if len(numbers[title]) == 1 else title
        groups.setdefault(home, []).extend(by_title[title])
    finder = _PlanFinder(plans)
    documents = [_identified(id, group, finder) for id, group in sorted(groups.items())]
    return _with_aliases(documents), tuple(clashes)


def _of_one_number(namings: list[Naming]) -> tuple[list[Naming], list[Naming]]:
    """The namings that can be one document, the most cited first, and the strangers among them."""
    ranked = sorted(namings, key=lambda each: (not each.title, -each.times, each.title_key))
    first = normal_title(ranked[0].title)
    group = [each for each in ranked if not each.title or same_title(first, normal_title(each.title))]
    return group, [each for each in ranked if each not in group]


def _numbers_of_titles(groups: dict[str, list[Naming]]) -> dict[str, set[str]]:
    numbers: dict[str, set[str]] = defaultdict(set)
    for number, group in groups.items():
        for naming in group:
            if naming.title:
                numbers[naming.title_key].add(number)
    return numbers


class _PlanFinder:
    """Finds the plan that a document is, where exactly one bears its number or, failing that, its title."""

    def __init__(self, plans: Iterable[NamedPlan]) -> None:
        self.by_number: dict[str, set[str]] = defaultdict(set)
        self.by_title: dict[str, set[str]] = defaultdict(set)
        for plan in plans:
            self.by_number[plan.number_key].add(plan.plan_id)
            self.by_title[plan.title_key].add(plan.plan_id)

    def plan_of(self, numbers: Iterable[str], titles: Iterable[str]) -> str | None:
        for index, keys in ((self.by_number, numbers), (self.by_title, titles)):
            found: set[str] = set().union(*(index.get(key, set()) for key in keys if key))
            if found:
                return found.pop() if len(found) == 1 else None
        return None


def _identified(id: str, group: list[Naming], plans: _PlanFinder) -> Identified:
    best = max(group, key=lambda each: (bool(each.title), each.times, len(each.title), each.title_key))
    numbered = next((each for each in group if each.number_key == id), None)
    plan = plans.plan_of([id] if numbered else [], {each.title_key for each in group if each.title})
    number = normal_number(numbered.number) if numbered and numbered.number else None
    keys = tuple(sorted((each.title_key, each.number_key) for each in group))
    return Identified(id, best.title or number or "", number, plan, keys, ())


def _with_aliases(documents: list[Identified]) -> tuple[Identified, ...]:
    """Each document with the ids by its titles that mean no other document."""
    ids = {document.id for document in documents}
    owners: dict[str, set[str]] = defaultdict(set)
    for document in documents:
        for title, _ in document.keys:
            if title:
                owners[title].add(document.id)
    return tuple(
        replace(
            document,
            aliases=tuple(
                sorted({key for key, _ in document.keys if key and len(owners[key]) == 1 and key not in ids})
            ),
        )
        for document in documents
    )
