"""The tokens of a question (词元), and the function words, which stand in data/questions.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

from ingest import DATA
from ingest.model import Record
from search.questions.normal import normal
from search.questions.times import Time

NameKind = Literal["unit", "document", "plan", "section", "person", "region", "system"]
WordKind = Literal[
    "role", "who", "what", "many", "not", "gap", "cites", "together", "and", "or", "most", "partners", "per", "due",
    "overdue", "topic", "fresh", "only", "order", "fill", "every", "type",
    "pronoun", "more", "first", "nth", "plate",
]  # fmt: skip
SaidKind = Literal[NameKind, WordKind, "time", "number", "content", "mark"]

_WORDS = DATA / "questions.toml"


class Token(Record, frozen=True):
    """A stretch of a question from `start` to `end` (characters of its normal form).

    `value` is what a function word says; `ids` are the things that a name may mean; `time` is what a time says.
    """

    kind: SaidKind
    text: str
    start: int
    end: int
    value: str = ""
    ids: tuple[str, ...] = ()
    time: Time | None = None


@cache
def _file() -> Mapping[str, Any]:
    return tomllib.loads(_WORDS.read_text(encoding="utf-8"))


@cache
def little_words() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Words that say little at the beginning and at the end of a topic, the longest first."""
    first, last = _file()["little"]["first"], _file()["little"]["last"]
    return tuple(sorted(first, key=len, reverse=True)), tuple(sorted(last, key=len, reverse=True))


@cache
def ends(
    of: Literal["office", "unknown", "short", "town", "document", "stated", "besides", "outside", "zone"],
) -> tuple[str, ...]:
    """How names of a kind end, the longest first."""
    return tuple(sorted(_file()["ends"][of], key=len, reverse=True))


@cache
def said_verbs() -> frozenset[str]:
    """Verbs of an office behind 谁, which say no more than 负责: 网络餐饮由谁监管."""
    return frozenset(_file()["little"]["verbs"])


@cache
def _alike(how: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for group in _file()["alike"][how]:
        for word in map(normal, group):
            found.setdefault(word, {}).update(dict.fromkeys(each for each in map(normal, group) if each != word))
    return {word: tuple(others) for word, others in found.items()}


def said_alike(word: str) -> tuple[str, ...]:
    """Other words by which plans call the same: 校园 for 学校."""
    return _alike("same").get(word, ())


def said_nearly(word: str) -> tuple[str, ...]:
    """Those, and words that may be meant where the word itself is not said: 网络餐饮 for 外卖."""
    return (*said_alike(word), *_alike("near").get(word, ()))


@cache
def english_names() -> tuple[tuple[str, str], ...]:
    """What English questions call things, and the Chinese words, the longest first."""
    said: dict[str, str] = _file()["english"]
    return tuple(sorted(said.items(), key=lambda pair: -len(pair[0])))


@cache
def function_words() -> Mapping[str, tuple[tuple[WordKind, str], ...]]:
    """What each word may be, in the order of the file."""
    found: dict[str, list[tuple[WordKind, str]]] = {}
    for entry in _file()["word"]:
        for word in entry["words"]:
            found.setdefault(normal(word), []).append((entry["kind"], entry["value"]))
    return {word: tuple(senses) for word, senses in found.items()}
