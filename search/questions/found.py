"""What a topic finds (按词查任务): the tasks that say it, by the closest step that finds any, and which step that was.

own      the task's own text holds the very words
title    its section's title, or what stands around it, holds them
apart    its own text holds each of the words, not beside each other
loose    its text and titles together hold each of them
fewer    the same without words that say little (建设, 工作, 情况)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from ingest.model import Record
from search.catalog import Catalog
from search.index.fields import Entry
from search.query.filters import Filters
from search.questions.lexer import Frequency
from search.words.analyzer import folded

FoundStep = Literal["own", "title", "apart", "loose", "fewer", "none"]

_LITTLE = re.compile(
    r"(?:建设|工作|情况|管理|体系|推进|开展|加强|问题|事情|方面|任务|要求|活动|力度|水平|机制|制度|落实|实施|进展)+$"
    r"|^(?:加快|推进|开展|加强|做好|建立|完善|提升|强化)"
)
_KNOWN, _UNKNOWN, _LONGEST_WORD = 3.0, 4.0, 8


class TopicFound(Record, frozen=True):
    """The tasks that say a topic, best first, the step that found them, and the words that were left out."""

    topic: str
    ids: tuple[str, ...]
    step: FoundStep
    without: str = ""


def tasks_saying(catalog: Catalog, topic: str) -> TopicFound:
    """The tasks that a topic means."""
    found = _by_steps(catalog, topic)
    if found.step == "none":
        found = _by_words(catalog, topic)
    if found.step != "none":
        return found
    fewer = _LITTLE.sub("", topic)
    if len(fewer) > 1 and fewer != topic:
        again = _by_steps(catalog, fewer)
        if again.step != "none":
            return TopicFound(topic, again.ids, "fewer", topic.replace(fewer, ""))
    return found


def _by_steps(catalog: Catalog, topic: str) -> TopicFound:
    query, found = catalog.find(topic, Filters(kind=("task",)))
    entries = [each.entry for each in found.scored if each.entry.same_as is None]
    words = tuple(word for mark in query.marks for word in mark.words)
    strings = tuple(string for mark in query.marks for string in mark.strings) or (folded(topic),)
    tiers: dict[FoundStep, list[str]] = {"own": [], "title": [], "apart": [], "loose": []}
    for entry in entries:
        tiers[_step_of(entry, strings, words)].append(entry.id)
    for step, ids in tiers.items():
        if ids:
            return TopicFound(topic, tuple(ids), step)
    return TopicFound(topic, (), "none")


def _by_words(catalog: Catalog, topic: str) -> TopicFound:
    """The tasks whose text and titles hold every word of the topic, wherever each stands."""
    words = tuple(word for word in words_in(topic, catalog.frequency) if len(word) > 1)
    if len(words) < 2:
        return TopicFound(topic, (), "none")
    _, found = catalog.find(" ".join(f'"{word}"' for word in words), Filters(kind=("task",)))
    entries = [each.entry for each in found.scored if each.entry.same_as is None]
    own = tuple(each.id for each in entries if all(word in folded(each.text) for word in words))
    ids = own or tuple(each.id for each in entries)
    return TopicFound(topic, ids, "apart" if own else "loose" if ids else "none")


def words_in(topic: str, frequency: Frequency) -> list[str]:
    """A topic in the fewest words that the texts know, common ones first; what is in none of them stays single."""
    best: list[tuple[float, int]] = [(0.0, len(topic))] * (len(topic) + 1)
    for at in range(len(topic) - 1, -1, -1):
        ways = [(best[at + 1][0] + _UNKNOWN, at + 1)]
        for end in range(at + 2, min(at + _LONGEST_WORD, len(topic)) + 1):
            if known := frequency(topic[at:end]):
                ways.append((best[end][0] + _KNOWN - 0.01 * min(known, 50), end))
        best[at] = min(ways)
    words, at = [], 0
    while at < len(topic):
        words.append(topic[at : best[at][1]])
        at = best[at][1]
    return words


def _step_of(entry: Entry, strings: Sequence[str], words: Sequence[str]) -> FoundStep:
    own = folded(entry.text)
    if any(each in own for each in strings):
        return "own"
    if any(each in entry.sought for each in strings):
        return "title"
    return "apart" if words and all(each in own for each in words) else "loose"
