"""Each thing found is shown once (去重): what several plans name, and a paragraph that tasks say already. Pure."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from search.index.fields import Entry, Kind
from search.index.port import Scored
from search.index.tree import Mark


def without_repeats(scored: Iterable[Scored], marks: Sequence[Mark]) -> list[Scored]:
    """What was found, best first, without what another says of it already."""
    return _unsaid(_once(scored), marks)


def _once(scored: Iterable[Scored]) -> list[Scored]:
    """A document or unit that several plans name stays once, where it scores best."""
    seen: set[tuple[Kind, str]] = set()
    kept: list[Scored] = []
    for each in scored:
        entry = each.entry
        if entry.kind in ("document", "unit"):
            if (entry.kind, entry.id) in seen:
                continue
            seen.add((entry.kind, entry.id))
        kept.append(each)
    return kept


def _unsaid(scored: Sequence[Scored], marks: Sequence[Mark]) -> list[Scored]:
    """Without the paragraphs whose tasks are found too, where what they say besides holds nothing that is sought."""
    said = {(each.entry.plan, each.entry.id) for each in scored if each.entry.kind in ("task", "milestone", "plan")}
    return [each for each in scored if each.entry.kind != "text" or not _repeats(each.entry, said, marks)]


def _repeats(text: Entry, said: Container[tuple[str, str]], marks: Sequence[Mark]) -> bool:
    if not any((text.plan, id) in said for id in text.within):
        return False
    return not any(
        any(each in text.own for each in mark.strings) or (mark.words and all(each in text.own for each in mark.words))
        for mark in marks
    )
