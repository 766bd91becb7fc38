"""What may be meant while somebody types (联想): units, plans, documents and topics, by any of their names.

A name is found where it begins so, by its pinyin or the initials of it (gafj, 公安分局), and where it holds what was
typed. Letters that fit nothing are taken with one of them wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec.structs import replace

from graph.query import DocumentRow, PlanRow, UnitRow
from ingest.model import Record
from search.index.fields import Entry
from search.words.analyzer import folded
from search.words.names import Names
from search.words.script import plain_script, reading

SuggestedKind = Literal["unit", "plan", "document", "topic"]

MOST_SUGGESTED = 10
_MOST_OF_A_KIND = 4
"""Suggestions of one kind, where other kinds have some too."""
_LONGEST = 40
_LONGEST_READ = 24
"""Characters of what is typed, and of a name whose sounds are kept."""
_SHORTEST_WRONG = 4
"""Letters of which one may be wrong."""
_WRONG = 9


class Suggestion(Record, frozen=True):
    """Something that may be meant: `id` of a unit, plan or document, the words themselves of a topic; `detail` is a
    unit's region, a plan's or document's number; `count` its tasks, of a document its citations; `name` is the one of
    its names that fits."""

    kind: SuggestedKind
    id: str
    label: str
    detail: str
    count: int
    name: str


class Suggestible(Record, frozen=True):
    """A thing and its names in folded form, each with the letters of its pinyin and their initials."""

    suggestion: Suggestion
    names: tuple[tuple[str, str, str], ...]


def suggest(typed: str, called: Iterable[Suggestible]) -> tuple[Suggestion, ...]:
    """At most ten things that may be meant by the beginning of a word, the likeliest first; nothing for nothing."""
    said = folded(plain_script(typed[:_LONGEST])).replace(" ", "")
    if not said:
        return ()
    ranked = [(*fit, each) for each in called if (fit := _best(said, each)) is not None]
    if not ranked and said.isascii() and len(said) >= _SHORTEST_WRONG:
        ranked = [(_WRONG, name[0], each) for each in called for name in each.names if _off(said, name)]
    ranked.sort(key=lambda way: (way[0], -way[2].suggestion.count, len(way[1]), way[2].suggestion.id))
    return _mixed([replace(each.suggestion, name=name) for _, name, each in ranked])


def _best(said: str, called: Suggestible) -> tuple[int, str] | None:
    """How well a thing fits, the least best, and its name that does."""
    fits = ((fit, name[0]) for name in called.names if (fit := _fit(said, name)) is not None)
    return min(fits, key=lambda fit: fit[0], default=None)


def _fit(said: str, name: tuple[str, str, str]) -> int | None:
    written, sound, initials = name
    if written == said:
        return 0
    if written.startswith(said):
        return 1
    if said.isascii() and said.isalpha():
        for fit, letters in ((2, initials), (3, sound)):
            if letters.startswith(said):
                return fit
    return 4 if len(said) > 1 and said in written else None


def _off(said: str, name: tuple[str, str, str]) -> bool:
    """Whether the initials of a name are what was typed, but for one letter."""
    initials = name[2]
    return len(initials) == len(said) and sum(a != b for a, b in zip(said, initials, strict=True)) == 1


def _mixed(ranked: Sequence[Suggestion]) -> tuple[Suggestion, ...]:
    """The first ten, no kind of which keeps out the others."""
    once = list({(each.kind, each.id): each for each in reversed(ranked)}.values())[::-1]
    taken: Counter[str] = Counter()
    first: list[Suggestion] = []
    later: list[Suggestion] = []
    for each in once:
        taken[each.kind] += 1
        (first if taken[each.kind] <= _MOST_OF_A_KIND else later).append(each)
    kept = {*map(id, [*first, *later][:MOST_SUGGESTED])}
    return tuple(each for each in once if id(each) in kept)


def things_called(
    units: Iterable[UnitRow],
    plans: Iterable[PlanRow],
    documents: Iterable[DocumentRow],
    tasks: Iterable[Entry],
    names: Names,
) -> tuple[Suggestible, ...]:
    """All that may be suggested of a library, with the names of it."""
    alike = names.alike
    known: list[tuple[Suggestion, Sequence[str]]] = [
        *((_of_unit(row), _unit_names(row, alike.get(folded(row.name), ()))) for row in units),
        *((_of_plan(row), (row.title, row.document_number or "")) for row in plans),
        *((_of_document(row), (*row.titles, row.number or "")) for row in documents),
        *((Suggestion("topic", topic, topic, "", count, ""), (topic,)) for topic, count in _topics(tasks)),
    ]  # fmt: skip
    return tuple(
        Suggestible(suggestion, tuple(map(_sounded, dict.fromkeys(folded(name) for name in own if len(name) > 1))))
        for suggestion, own in known
    )


def _sounded(name: str) -> tuple[str, str, str]:
    syllables = reading(name[:_LONGEST_READ]).split()
    return name, "".join(syllables), "".join(each[0] for each in syllables)


def _of_unit(row: UnitRow) -> Suggestion:
    return Suggestion("unit", row.id, row.name, row.region, row.lead + row.support + row.responsible + row.as_hat, "")


def _unit_names(row: UnitRow, others: Sequence[str]) -> tuple[str, ...]:
    return (row.name, *row.names, *others, row.region + row.name)


def _of_plan(row: PlanRow) -> Suggestion:
    return Suggestion("plan", row.id, row.title, row.document_number or "", row.tasks, "")


def _of_document(row: DocumentRow) -> Suggestion:
    return Suggestion("document", row.id, row.title, row.number or "", row.citations, "")


def _topics(entries: Iterable[Entry]) -> Iterable[tuple[str, int]]:
    """The titles of items that have tasks, and how many tasks stand beneath each."""
    counted = Counter(
        entry.section.rpartition(" › ")[2] for entry in entries if entry.section and entry.same_as is None
    )
    return counted.items()
