"""What is tried where a search finds nothing as it was typed (检索阶梯), one step after another, each told to who asks.

typed    as it stands, blanks, width and case aside
alias    under another name of the unit
script   in simplified characters and half width
near     with one character put right, or letters read as pinyin: 您是不是要找
apart    its words, wherever each stands
any      some of its words; those that stand nowhere are named

Behind the few tasks that say a string as it was typed stand those that say the longest part of it (`part`). `词~` asks
for what is near a word too, from the start (`like`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple, Protocol

from msgspec.structs import replace

from ingest.model import Record
from search.index.fields import Entry
from search.index.port import Found, Scored
from search.index.tree import And, Mark, Or, Phrase, Query, QueryNode, Term, phrase
from search.query.fields import fields_in
from search.query.near import near
from search.query.once import without_repeats
from search.query.parse import OPERATOR
from search.words.analyzer import folded, runs
from search.words.names import Names
from search.words.script import plain_script

RungStep = Literal["typed", "alias", "script", "near", "like", "apart", "part", "any"]

_PARTS = re.compile(r"[a-z0-9]+|[^a-z0-9]+")
_LONGEST_WORD = 8
_UNKNOWN, _KNOWN = 4.0, 3.0
_IDLE = frozenset("的和与及等对在为把将了是有个到")
"""Characters that say nothing alone."""
_FEW = 2
"""Tasks that say what was typed, beside which those that say most of it are shown."""
_PART, _SHORTEST_PART, _LONGEST_WHOLE = 0.6, 4, 12
"""How much of a string its part must be, and the characters of part and whole."""
_MOST_PIECES = 8
_MOST_OTHERS = 4
_AS_RARE = 3
"""How many times as many entries as the rarest character another may stand in to be sought with it."""


class Rung(Record, frozen=True):
    """A step that found something, or on the way to it: how many entries, what was looked for, what was left out.

    `others` are further strings that may have been meant.
    """

    step: RungStep
    count: int
    sought: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


class Climbed(NamedTuple):
    """The query that found something, what it found, and the steps that led there."""

    query: Query
    found: Found
    rungs: tuple[Rung, ...]


class Ways(Protocol):
    """What the ladder asks of a catalog."""

    @property
    def names(self) -> Names: ...

    def read(self, text: str) -> Query:
        """The query of a text, with what was chosen besides."""

    def ask(self, query: Query) -> Found: ...

    def frequency(self, word: str) -> int: ...


def climb(text: str, ways: Ways, some: bool = True) -> Climbed:
    """The first step that finds anything; the last one, where none does. What only says `some` of it may be left."""
    text, rungs = _with_near(text, ways)
    query = ways.read(text)
    found = ways.ask(query)
    if found.scored or not runs(folded(text)):
        said = Climbed(query, found, (*rungs, *_how(query, found.scored)))
        return _with_part(text, said, ways) if found.scored else said
    plain = plain_script(text)
    if plain != text:
        query, found = ways.read(plain), ways.ask(ways.read(plain))
        rungs.append(Rung("script", len(without_repeats(found.scored, query.marks)), (plain,)))
        if found.scored:
            return Climbed(query, found, (*rungs, *_how(query, found.scored)))
    mended = _mended(plain, ways)
    if mended is not None:
        query = ways.read(mended.text)
        found = ways.ask(query)
        rungs.append(
            Rung("near", len(without_repeats(found.scored, query.marks)), mended.put, mended.wrong, mended.others)
        )
        if found.scored:
            return Climbed(query, found, (*rungs, *_how(query, found.scored)))
    return _some(mended.text if mended else plain, ways, rungs) if some else Climbed(query, found, tuple(rungs))


def _with_near(text: str, ways: Ways) -> tuple[str, list[Rung]]:
    """公按分局~ as 公按分局 | 公安分局: each word that is marked so with what is near it."""
    pieces, rungs = text.split(), list[Rung]()
    for nth, piece in enumerate(pieces):
        word = folded(piece[:-1])
        if piece[-1] in "~～" and runs(word) == [word]:
            others = near(word, ways.ask, lambda each: len(words_of(each, ways)) * 2 <= len(each))[:_MOST_OTHERS]
            pieces[nth] = " | ".join((word, *others))
            rungs += [Rung("like", 0, others, (word,))] if others else []
    return " ".join(pieces), rungs


def _with_part(text: str, said: Climbed, ways: Ways) -> Climbed:
    """承诺达标合格证 with, behind it, the tasks that say 达标合格证, where few say the whole."""
    whole = folded(text)
    tasks = [each for each in said.found.scored if each.entry.kind == "task"]
    few = 0 < len(tasks) <= _FEW and len(whole) <= _LONGEST_WHOLE
    if not few or runs(whole) != [whole] or whole.isascii() or text.split() != [text]:
        return said
    known = {each.entry.id for each in said.found.scored}
    for size in range(len(whole) - 1, max(_SHORTEST_PART, math.ceil(_PART * len(whole))) - 1, -1):
        parts = [whole[at : at + size] for at in range(len(whole) - size + 1)]
        asked = ((part, ways.ask(ways.read(f'"{part}"')).scored) for part in parts)
        more = {part: [each for each in found if each.entry.id not in known] for part, found in asked}
        fits = {part: found for part, found in more.items() if any(each.entry.kind == "task" for each in found)}
        if fits:
            return _joined(whole, said, fits)
    return said


def _joined(whole: str, said: Climbed, fits: Mapping[str, Sequence[Scored]]) -> Climbed:
    more = {each.entry.id: each for found in fits.values() for each in found}
    marks = (*said.query.marks, *(Mark((part,)) for part in fits))
    query = replace(said.query, marks=marks)
    found = Found((*said.found.scored, *more.values()), said.found.generation)
    left = tuple(whole.replace(part, "") for part in fits)
    return Climbed(query, found, (*said.rungs, Rung("part", len(more), tuple(fits), left)))


def _how(query: Query, scored: Sequence[Scored]) -> tuple[Rung, ...]:
    """Whether what was found says what was typed, another name of it, or its words apart: how many of each."""
    counts: dict[RungStep, int] = {"typed": 0, "alias": 0, "apart": 0}
    names: dict[str, None] = {}
    words: dict[str, None] = {}
    for each in without_repeats(scored, query.marks):
        steps = [_step(each.entry, mark) for mark in query.marks]
        step: RungStep = "apart" if "apart" in steps else "alias" if "alias" in steps else "typed"
        counts[step] += 1
        for mark in query.marks:
            if step == "alias":
                names.update(dict.fromkeys(s for s in mark.strings[1:] if s in each.entry.sought))
            elif step == "apart":
                words.update(dict.fromkeys(word for word in mark.words if word in each.entry.sought))
    said: dict[RungStep, tuple[str, ...]] = {"alias": tuple(names), "apart": tuple(words)}
    return tuple(Rung(step, count, said.get(step, ())) for step, count in counts.items() if count)


def _step(entry: Entry, mark: Mark) -> RungStep:
    if mark.strings and mark.strings[0] in entry.sought:
        return "typed"
    if any(each in entry.sought for each in mark.strings[1:]):
        return "alias"
    return "apart" if mark.words and all(word in entry.sought for word in mark.words) else "typed"


class _Mended(NamedTuple):
    text: str
    wrong: tuple[str, ...]
    put: tuple[str, ...]
    others: tuple[str, ...]


def _mended(text: str, ways: Ways) -> _Mended | None:
    """The text with each piece that stands nowhere put right; None where nothing could be."""
    pieces, wrong, put, others = text.split()[:_MOST_PIECES], [], [], []
    for nth, piece in enumerate(pieces):
        form = folded(piece)
        if runs(form) != [form] or piece[0] in "-－" or ways.ask(ways.read(piece)).scored:
            continue
        for part in _parts(form, ways):
            found = near(part, ways.ask, lambda word: len(words_of(word, ways)) * 2 <= len(word))
            fits = [each for each in found if ways.ask(ways.read(form.replace(part, each, 1))).scored]
            if fits:
                wrong.append(part)
                put.append(fits[0])
                others += fits[1:_MOST_OTHERS]
                pieces[nth] = form.replace(part, fits[0], 1)
                break
    return _Mended(" ".join(pieces), tuple(wrong), tuple(put), tuple(others)) if put else None


def _parts(form: str, ways: Ways) -> list[str]:
    """What of a piece may be wrong: all of it, or a character that no word holds, with the words beside it."""
    words = words_of(form, ways)
    parts = [form]
    for nth, word in enumerate(words):
        if len(word) == 1 and len(words) > 2:
            beside = ["".join(words[max(0, nth - 1) : nth + 1]), "".join(words[nth : nth + 2])]
            parts += [each for each in beside if len(each) > 1]
    return [part for part in dict.fromkeys(parts) if part == form or not ways.ask(ways.read(f'"{part}"')).scored]


def words_of(form: str, ways: Ways) -> list[str]:
    """A folded run in the fewest words that the index knows; characters that none of them holds stay single.

    Digits and letters stay together: parts of a number are no words of it, and may be those of a contact.
    """
    return [word for part in _PARTS.findall(form) for word in ([part] if part[0].isascii() else _cut(part, ways))]


def _cut(form: str, ways: Ways) -> list[str]:
    best: list[tuple[float, int]] = [(0.0, len(form))] * (len(form) + 1)
    for at in range(len(form) - 1, -1, -1):
        choices = [(best[at + 1][0] + _UNKNOWN, at + 1)]
        for end in range(at + 2, min(at + _LONGEST_WORD, len(form)) + 1):
            if ways.frequency(form[at:end]):
                choices.append((best[end][0] + _KNOWN, end))
        best[at] = min(choices)
    words, at = [], 0
    while at < len(form):
        words.append(form[at : best[at][1]])
        at = best[at][1]
    return words


def _some(text: str, ways: Ways, rungs: Sequence[Rung]) -> Climbed:
    """What holds any of the words, or where no word is known, the rarest of the characters: 野 of 野味."""
    text, asked = fields_in(text)
    kept = [each.piece for each in asked if ways.ask(ways.read(each.piece)).scored]
    kept += [piece for piece in text.split() if piece[0] in "-－"]
    besides = ways.read(" ".join(kept))
    words_alone = (piece for piece in text.split() if not OPERATOR.fullmatch(piece))
    free = [piece for piece in words_alone if piece not in kept] + [a.value for a in asked if a.piece not in kept]
    said = [run for piece in free for run in runs(folded(piece))]
    words = list(dict.fromkeys(word for run in said for word in words_of(run, ways)))
    known = [word for word in words if len(word) > 1 and ways.ask(_with(Term("words", word), besides)).scored]
    nodes: list[QueryNode] = [Term("words", word) for word in known]
    nodes += [ways.read(run).where for run in said if run in ways.names.alike]
    rare = [] if nodes else _rarest([each for word in words for each in word], besides, ways)
    exact = tuple(node for node in map(phrase, rare) if isinstance(node, Phrase))
    sought = tuple(known or rare)
    where = _with(Or((*nodes, *exact)), besides).where
    query = Query(where, tuple(known), exact, (Mark((), sought), *(Mark((each,)) for each in sought)), besides.notes)
    lost = tuple(each for run in said for each in _unknown(words_of(run, ways), known))
    found = ways.ask(query)
    left = tuple(each for each in dict.fromkeys(lost) if each not in sought)
    return Climbed(query, found, (*rungs, Rung("any", len(without_repeats(found.scored, query.marks)), sought, left)))


def _unknown(words: Sequence[str], known: Sequence[str]) -> list[str]:
    """What of a run stands nowhere: characters that no word holds together, as long as they follow each other."""
    found = "".join(word if word not in known else " " for word in words)
    return [each for each in found.split() if len(each) > 1]


def _with(node: QueryNode, besides: Query) -> Query:
    return Query(And((node, besides.where)))


def _rarest(characters: Sequence[str], besides: Query, ways: Ways) -> list[str]:
    """Those of the characters that stand in the fewest entries; none of what says nothing alone."""
    counts = {
        each: len(ways.ask(_with(phrase(each), besides)).scored)
        for each in dict.fromkeys(characters)
        if each not in _IDLE and not each.isascii()
    }
    least = min((count for count in counts.values() if count), default=0)
    return [each for each, count in counts.items() if 0 < count <= _AS_RARE * least]
