"""What a topic finds (按词查任务): the tasks that say it, by the closest step that finds any, and which step that was.

own       the task's own text holds the very words, or those of another way to say them (学校, 校园)
progress  a milestone about it holds them
title     its section's title, or what stands around it, holds them
alike     the same for another way to say a part of them (养老院食堂, 养老机构食堂)
apart     its own text, or a milestone about it, holds each of the words, not beside each other
loose     its text and titles together hold each of them
fewer     the same without words that say little (建设, 工作, 情况), or that stand nowhere
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from ingest.model import Record, Section
from search.catalog import Catalog
from search.index.fields import Entry
from search.query.filters import Filters
from search.questions.lexer import Frequency
from search.questions.normal import normal
from search.questions.tokens import little_words, said_alike, said_nearly
from search.words.analyzer import folded

FoundStep = Literal["own", "progress", "title", "alike", "apart", "loose", "fewer", "none"]

_KNOWN, _UNKNOWN, _LONGEST_WORD = 3.0, 4.0, 8
_FEW = 3
"""Tasks that may be found by a part of the words, the others standing nowhere."""


class TopicFound(Record, frozen=True):
    """The tasks that say a topic, best first, the step that found them, and the words that were left out."""

    topic: str
    ids: tuple[str, ...]
    step: FoundStep
    without: str = ""


class _Within(NamedTuple):
    """Where a topic is looked for: a catalog, or some plans of it."""

    catalog: Catalog
    plans: tuple[str, ...]


def tasks_saying(catalog: Catalog, topic: str, plans: tuple[str, ...] = ()) -> TopicFound:
    """The tasks that a topic means, of some plans where they are given."""
    within = _Within(catalog, plans)
    for way in (_as_said, _said_otherwise, _by_words, _without_little, _without_unknown):
        found = way(within, topic)
        if found.step != "none":
            return found
    return found


def _as_said(within: _Within, topic: str) -> TopicFound:
    """As it stands; a word of which there are others by the same right stands for these too."""
    found = _by_steps(within, topic)
    others = [_by_steps(within, each) for each in said_alike(topic)]
    said = [each for each in (found, *others) if each.step == "own"]
    if not said:
        return found
    return TopicFound(topic, tuple(dict.fromkeys(id for each in said for id in each.ids)), "own")


def _said_otherwise(within: _Within, topic: str) -> TopicFound:
    """With one of its words said in another way: 养老机构食堂 for 养老院食堂."""
    for other in _other_ways(topic):
        found = _by_steps(within, other)
        if found.step == "none":
            found = _by_words(within, other)
        if found.step != "none":
            return TopicFound(topic, found.ids, "alike", other)
    return _nothing(topic)


def _other_ways(topic: str) -> Iterator[str]:
    for size in range(min(_LONGEST_WORD, len(topic)), 1, -1):
        for at in range(len(topic) - size + 1):
            for other in said_nearly(topic[at : at + size]):
                yield topic[:at] + other + topic[at + size :]


def _without_little(within: _Within, topic: str) -> TopicFound:
    fewer = _bare(topic)
    if len(fewer) < 2 or fewer == topic:
        return _nothing(topic)
    found = _by_steps(within, fewer)
    return TopicFound(topic, found.ids, "fewer", topic.replace(fewer, "")) if found.ids else found


def _bare(topic: str) -> str:
    """校园食品安全 of 加强校园食品安全管理工作."""
    first, last = little_words()
    at = next((len(word) for word in first if topic.startswith(word)), 0)
    bare = topic[at:]
    while (word := next((word for word in last if bare.endswith(word)), "")) and word:
        bare = bare.removesuffix(word)
    return bare


def _without_unknown(within: _Within, topic: str) -> TopicFound:
    """A few tasks that hold the better part of the words, where the others stand nowhere at all."""
    words = words_in(topic, within.catalog.frequency)
    known = [word for word in words if len(word) > 1]
    said = sum(map(len, known))
    if not known or 2 * said < len(topic) or said < _FEW:
        return _nothing(topic)
    found = _each_of(within, topic, tuple(known))
    if not found.ids or len(found.ids) > _FEW:
        return _nothing(topic)
    return TopicFound(topic, found.ids, "fewer", "".join(word for word in words if word not in known))


def _by_steps(within: _Within, topic: str) -> TopicFound:
    tasks, strings, words = _entries(within, topic, "task")
    tiers: dict[FoundStep, list[str]] = {"own": [], "progress": [], "title": [], "apart": [], "loose": []}
    for entry in tasks:
        tiers[_step_of(entry, strings, words)].append(entry.id)
    if not tiers["own"]:
        milestones, strings, words = _entries(within, topic, "milestone")
        for step, tier in (("own", tiers["progress"]), ("apart", tiers["apart"])):
            tier += _tasks_about(
                within.catalog, (each for each in milestones if _step_of(each, strings, words) == step)
            )
    for step, ids in tiers.items():
        if ids:
            return TopicFound(topic, tuple(dict.fromkeys(ids)), step)
    return _nothing(topic)


def _entries(
    within: _Within, text: str, kind: Literal["task", "milestone"]
) -> tuple[list[Entry], tuple[str, ...], tuple[str, ...]]:
    """What a text finds of a kind, and the strings and the words that were looked for."""
    query, found = within.catalog.find(text, Filters(kind=(kind,), plan=within.plans))
    words = tuple(word for mark in query.marks for word in mark.words)
    strings = tuple(string for mark in query.marks for string in mark.strings) or (folded(text),)
    return [each.entry for each in found.scored if each.entry.same_as is None], strings, words


def _tasks_about(catalog: Catalog, milestones: Iterable[Entry]) -> list[str]:
    """The tasks that milestones are about."""
    found: list[str] = []
    for each in milestones:
        about = {one.id: one.task for one in catalog.store.load(each.plan).milestones}
        found += [task for task in [about.get(each.id)] if task]
    return found


def _by_words(within: _Within, topic: str) -> TopicFound:
    """The tasks whose text and titles, or a milestone, hold every word of the topic, wherever each stands."""
    words = tuple(word for word in words_in(topic, within.catalog.frequency) if len(word) > 1)
    return _each_of(within, topic, words) if len(words) > 1 else _nothing(topic)


def _each_of(within: _Within, topic: str, words: tuple[str, ...]) -> TopicFound:
    said = " ".join(f'"{word}"' for word in words)
    entries = _entries(within, said, "task")[0]
    own = [each.id for each in entries if all(word in folded(each.text) for word in words)]
    if not own:
        milestones = _entries(within, said, "milestone")[0]
        own = _tasks_about(
            within.catalog, (each for each in milestones if all(word in folded(each.text) for word in words))
        )
    ids = own or [each.id for each in entries]
    return TopicFound(topic, tuple(dict.fromkeys(ids)), "apart" if own else "loose" if ids else "none")


def _nothing(topic: str) -> TopicFound:
    return TopicFound(topic, (), "none")


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


def sections_of_number(catalog: Catalog, plans: Sequence[str], asked: Sequence[tuple[str, str]]) -> tuple[Section, ...]:
    """The sections of a number: 第五部分 of the highest level, 第十一项 of a lower one where there is one; of some
    plans, or of all where none are given."""
    found: list[Section] = []
    for nth, words in asked:
        for plan in plans or [row.id for row in catalog.store.plans()]:
            found += _numbered(catalog.store.load(plan).sections, nth, words)
    return tuple(found)


def sections_titled(sections: Sequence[Section], topics: Sequence[str]) -> tuple[Section, ...]:
    """Those of the sections whose titles hold the words that are said beside their number: 第6项 培育新业态."""
    return tuple(each for each in sections if any(topic in normal(each.title or "") for topic in topics))


def _numbered(sections: Sequence[Section], nth: str, words: str) -> list[Section]:
    """The sections of a number: parts are of the highest level; 第（八）项 is one whose number has brackets."""
    same = [each for each in sections if _number(each.number) == nth]
    high = min((each.level for each in sections if each.level), default=1)
    if words.endswith(("部分", "章")):
        return [each for each in same if each.level == high]
    if "(" in words:
        return [each for each in same if "（" in each.number or "(" in each.number]
    return [each for each in same if each.level != high] or same


_DIGITS = "一二三四五六七八九"


def _number(number: str) -> str:
    said = "".join(each for each in number if each.isdigit() or each in f"{_DIGITS}十")
    if not said or said.isdigit():
        return said
    tens, _, ones = said.rpartition("十")
    value = (_DIGITS.find(tens or "一") + 1) * 10 if "十" in said else 0
    return str(value + (_DIGITS.find(ones) + 1 if ones else 0))
