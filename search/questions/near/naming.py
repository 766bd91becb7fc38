"""Which things a name may have meant, and the questions that mean them (所指): all else of a question is kept. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from search.questions.library_names import LibraryNames
from search.questions.normal import normal
from search.questions.tokens import ends

Choices = tuple[tuple[tuple[str, str], ...], tuple[str, ...]]
"""Ids with what they are called, and for each the question that means it."""

_READINGS = 3


def meant(question: str, words: str, ids: Sequence[str], names: LibraryNames) -> Choices:
    """The units that a name may mean: the question says the place of each."""
    return _choices(question, words, ((id, names.regions.get(id, "") + words) for id in ids), names)


def instead(question: str, words: str, ids: Sequence[str], names: LibraryNames) -> Choices:
    """Units in the place of one that is unknown: the question says them by their own name."""
    called = ((id, names.regions.get(id, "") + names.labels.get(id, id)) for id in ids)
    return _choices(question, words, called, names)


def meant_besides(question: str, others: Iterable[tuple[str, str, tuple[str, ...]]], names: LibraryNames) -> Choices:
    """The other readings of names that were taken for one of several units."""
    found = [meant(question, words, ids[:_READINGS], names) for words, _, ids in others]
    return tuple(each for ids, _ in found for each in ids), tuple(each for _, said in found for each in said)


def _choices(question: str, words: str, called: Iterable[tuple[str, str]], names: LibraryNames) -> Choices:
    asked, pairs = normal(question), tuple(called)
    return (
        tuple((id, _with_region(id, names)) for id, _ in pairs),
        tuple(asked.replace(words, name, 1) for _, name in pairs),
    )


def _with_region(id: str, names: LibraryNames) -> str:
    label, region = names.labels.get(id, id), names.regions.get(id, "")
    return f"{label}（{region}）" if region else label


def nearest_units(said: str, names: LibraryNames) -> tuple[str, ...]:
    """A few units that share two characters in a row with a name that nobody has: 农业农村局 for 农业水产局."""
    pairs = _pairs(_stem(said))
    shared: dict[str, int] = {}
    for name in names.offices():
        if common := len(pairs & _pairs(_stem(name))):
            for meaning in names.names[name]:
                if meaning.kind == "unit" and not meaning.loose:
                    shared.update({id: max(common, shared.get(id, 0)) for id in meaning.ids})
    best = max(shared.values(), default=0)
    return tuple(id for id, common in shared.items() if common == best)[:_READINGS]


def _stem(name: str) -> str:
    return next((name.removesuffix(end) for end in ends("unknown") if name.endswith(end)), name)


def _pairs(said: str) -> set[str]:
    return {said[at : at + 2] for at in range(len(said) - 1)}
