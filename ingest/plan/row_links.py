"""Rows of tables that say a task of the running text again (重复的任务): linked to it, and left out of counts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from heapq import nsmallest
from operator import add

from msgspec import structs

from ingest.language.likeness import likeness
from ingest.language.units import prefix_of
from ingest.model import Task

_ALIKE = 0.9
_MOST_COMPARED = 10
"""Tasks of one unit to which a row is compared: those that share the most pairs of characters with it."""
_MOST_HAVING = 100
"""Tasks of one unit that share a pair of characters; a pair of more tells nothing of any."""
_LEAST_SHARED = 0.4
"""Of the pairs that tell anything the part that is in both where texts are alike to 0.9: a character is in two."""


def link_rows(tasks: tuple[Task, ...], body: int) -> tuple[Task, ...]:
    """Links each row to the body task that it repeats: text alike to 0.9 and the same first unit, or the same text
    with another first unit, which is a doubt (`body-and-table`).

    The first `body` tasks are the running text's, the others rows. Only what shares unit or text is compared.
    """
    if body in (0, len(tasks)):
        return tasks
    by_text: dict[str, list[Task]] = defaultdict(list)
    by_unit: dict[str, list[Task]] = defaultdict(list)
    for task in tasks[:body]:
        by_text[_letters(task.text)].append(task)
        by_unit[_first_unit(task)].append(task)
    units = {unit: _Tasks(theirs) for unit, theirs in by_unit.items()}
    rows = []
    for row in tasks[body:]:
        unit = units.get(_first_unit(row))
        same = by_text.get(_letters(row.text), [])[:_MOST_COMPARED]
        rows.append(structs.replace(row, same_as=_repeated(row, [*same, *(unit.like(row.text) if unit else ())])))
    return (*tasks[:body], *rows)


class _Tasks:
    """Tasks of one unit, by the pairs of characters that they have."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        self._tasks = tasks
        self._having: dict[str, list[int]] = defaultdict(list)
        for place, task in enumerate(tasks):
            for pair in _pairs(task.text):
                self._having[pair].append(place)

    def like(self, text: str) -> Iterable[Task]:
        """Those that may be alike to a text, in their order."""
        telling = [having for pair in _pairs(text) if 0 < len(having := self._having.get(pair, [])) <= _MOST_HAVING]
        shared = Counter(place for having in telling for place in having)
        most = nsmallest(_MOST_COMPARED, ((-count, place) for place, count in shared.items()))
        likely = [place for count, place in most if -count >= _LEAST_SHARED * len(telling)]
        # Of tasks all alike none is told by a pair of its own; one stands for them.
        return [self._tasks[place] for place in sorted(likely or [0])]


def _repeated(row: Task, candidates: list[Task]) -> str | None:
    for task in candidates:
        if likeness(row.text, task.text, _ALIKE) >= _ALIKE:
            return task.id
    return None


def _pairs(text: str) -> set[str]:
    return {*map(add, text, text[1:])}


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text)


def _first_unit(task: Task) -> str:
    mention = task.assignments[0].mention.text if task.assignments else ""
    return mention[len(prefix_of(mention)) :]
