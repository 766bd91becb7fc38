"""Doubts about citations (依据存疑): number and title that another place of the same plan puts together otherwise."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from operator import itemgetter

from ingest.contacts import excerpt
from ingest.facts.marks import unclosed_titles
from ingest.facts.numbers import looks_misread
from ingest.identity import normal_number, normal_title
from ingest.language.clean import Clean, tidy
from ingest.language.titles import issued, same_title
from ingest.model import Citation, Doubt, Plan, Source

_LONGEST_TITLE = 400
"""Characters by which titles are compared."""
_SHOWN = 20
"""Characters shown of a title that does not end."""
_MOST_TITLES = 20
"""Titles of one number that others are held against; where there are more, the number is no document's."""
_PARTS = re.compile(r"(.+?)〔(\d{4})〕第?(\d+(?:-\d+)?)号")
"""机关代字, year and serial. Orders (国务院令第740号) have none: a revised regulation gets a new order, not a slip."""


def citation_doubts(plan: Plan, clean: Clean, source: Source) -> Iterator[Doubt]:
    """What is doubtful about what a plan cites."""
    yield from _number_and_title(plan)
    for low in unclosed_titles(clean.folded):
        span = clean.span(low, min(len(clean.folded), low + _SHOWN))
        yield Doubt("unclosed-title", {"text": excerpt(tidy(span.of(source.text)), 0, _SHOWN)}, span)
    for citation in _citations(plan):
        if citation.document_number is not None and looks_misread(citation.document_number):
            yield Doubt("misread-number", {"number": citation.document_number}, citation.span)


def _number_and_title(plan: Plan) -> Iterator[Doubt]:
    """One number with two titles, one title with two numbers; each where the second stands."""
    first: dict[tuple[str, str], tuple[str, str, Citation]] = {}
    for citation in _citations(plan):
        number = normal_number(citation.document_number or "")
        if citation.title and _PARTS.fullmatch(number):
            title = normal_title(citation.title)[:_LONGEST_TITLE]
            first.setdefault((number, title), (number, title, citation))
    cited = list(first.values())
    yield from _numbers_of_two_titles(cited)
    yield from _titles_of_two_numbers(cited)


def _citations(plan: Plan) -> list[Citation]:
    in_tasks = (citation for task in plan.tasks for citation in task.citations)
    in_milestones = (citation for milestone in plan.milestones for citation in milestone.citations)
    return sorted([*plan.citations, *in_tasks, *in_milestones], key=lambda citation: citation.span)


def _numbers_of_two_titles(cited: Sequence[tuple[str, str, Citation]]) -> Iterator[Doubt]:
    """A notice, what it issues and the short names of both are one: only what is like none of them is a stranger."""
    groups: defaultdict[str, list[list[tuple[str, Citation]]]] = defaultdict(list)
    for number, title, citation in cited:
        if sum(map(len, groups[number])) >= _MOST_TITLES:
            if not any(_one_title(title, other) for group in groups[number] for other, _ in group):
                yield _doubt(citation, groups[number][0][0][1])
            continue
        mine = [group for group in groups[number] if any(_one_title(title, other) for other, _ in group)]
        joined = [*(each for group in mine for each in group), (title, citation)]
        groups[number] = [*(group for group in groups[number] if group not in mine), joined]
    for parted in groups.values():
        here = sorted((group[0][1] for group in parted), key=lambda citation: citation.span)
        yield from (_doubt(citation, here[0]) for citation in here[1:])


def _one_title(one: str, other: str) -> bool:
    """Whether two titles can be one; a short name leaves characters out and adds none."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return same_title(one, other) or all(character in rest for character in short)


def _titles_of_two_numbers(cited: Sequence[tuple[str, str, Citation]]) -> Iterator[Doubt]:
    """Two numbers of a title that differ in one part only. Others are of two offices, or of a year and the next."""
    earlier: dict[tuple[str, int, tuple[str, ...]], list[tuple[int, str, Citation]]] = defaultdict(list)
    for place, (number, title, citation) in enumerate(cited):
        parts = _parts(number)
        others: list[tuple[int, str, Citation]] = []
        for n, part in enumerate(parts):
            alike = earlier[issued(title), n, (*parts[:n], *parts[n + 1 :])]
            others += [other for other in alike if other[1] != part][:1]
            # Of the numbers with two parts in common, two tell whether one of them has another third.
            if len(alike) < 2 and all(part != other[1] for other in alike):
                alike.append((place, part, citation))
        if others:
            yield _doubt(citation, min(others, key=itemgetter(0))[2])


def _parts(number: str) -> tuple[str, ...]:
    found = _PARTS.fullmatch(number)
    return found.groups() if found else ()


def _doubt(citation: Citation, other: Citation) -> Doubt:
    said = {
        "title": citation.title,
        "number": citation.document_number or "",
        "other_title": other.title,
        "other_number": other.document_number or "",
    }
    return Doubt("number-and-title", said, citation.span)
