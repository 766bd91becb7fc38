"""What can be searched (字段): the record of one thing found, the fields it is found by, and their weights.

Every engine indexes the tokens that `tokens_of` gives and keeps the `Entry` beside them; none sees text otherwise.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import Literal, get_args

import msgspec

from ingest.model import Record, Role, Span
from search.words.analyzer import document_numbers, folded, grams, words

Kind = Literal["task", "milestone", "plan", "document", "unit", "text"]
KINDS: tuple[Kind, ...] = get_args(Kind)

Field = Literal[
    "kind", "id", "plan", "section", "unit", "role", "unit_role", "unit_name", "document", "number", "title", "due",
    "fact", "page", "words",
]  # fmt: skip
"""Exact fields (`fact` has the kinds of facts that it holds), then `page`, the grams of everything the page says, and
`words`, which rank."""

_TITLE = re.compile("《([^《》]+)》")
INDEX_VERSION = 4
"""To be raised when code changes what entries say of the same plan, or which tokens they are found by."""

TITLE_WEIGHT, UNIT_WEIGHT, TEXT_WEIGHT = 3, 2, 1
"""How often a word counts in BM25F by where it stands: section or title, unit's name, text."""

KIND_WEIGHTS: dict[Kind, float] = {
    "task": 1.0, "milestone": 0.8, "plan": 1.0, "document": 0.5, "unit": 0.5, "text": 0.5,
}  # fmt: skip
"""By what a score is multiplied: a short title or name would else come before every task that says the same."""


class EntryUnit(Record, frozen=True, array_like=True, gc=False):
    """A unit on a task, as resolved."""

    unit: str
    name: str
    role: Role


class Cited(Record, frozen=True, array_like=True, gc=False):
    """A document cited: its id by this citation alone, its title and number in normal form ("" for none)."""

    document: str
    title: str
    number: str


class Entry(Record, frozen=True, array_like=True, gc=False):
    """条目: one thing that can be found, with all that a hit shows of it.

    text     the task's, milestone's or document's own words, or a plan's title, or a unit's name, or a paragraph
    page     the characters of the source in `span`, statements and line breaks included ("" for other kinds)
    section  the titles of its section and of those above it, joined by " › "
    sought   everything that the page says of it in folded form, a line for each part: where strings are confirmed
    due      the days (ISO) on which its own and linked deadlines fall
    same_as  the body task that this row of a table repeats
    facts    the names of the kinds of facts (`ingest.facts.FACTS`) that it holds
    within   of a paragraph (kind `text`): ids of the tasks, milestones and plan that say some of it
    own      of a paragraph: what it says besides them, folded
    """

    kind: Kind
    id: str
    plan: str
    plan_title: str
    section_id: str
    section: str
    text: str
    span: Span
    page: str
    sought: str
    parts: tuple[EntryUnit, ...] = ()
    cited: tuple[Cited, ...] = ()
    numbers: tuple[str, ...] = ()
    due: tuple[str, ...] = ()
    same_as: str | None = None
    sections: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    own: str = ""


def stamp(record_stamp: str) -> str:
    """The index's stamp: its version, fields and weights, jieba's version, and the stamp of rules, lexicon and tables.

    An index of another stamp is made anew from the record.
    """
    weights = (TITLE_WEIGHT, UNIT_WEIGHT, TEXT_WEIGHT, KIND_WEIGHTS)
    values = (INDEX_VERSION, get_args(Field), Entry.__struct_fields__, weights, version("jieba"), record_stamp)
    return hashlib.sha256(msgspec.json.encode(values, order="sorted")).hexdigest()[:16]


def tokens_of(entry: Entry) -> dict[Field, Sequence[str]]:
    """The tokens that an engine indexes for an entry, by field. Only in `words` does it matter how often one comes."""
    return {
        "kind": [entry.kind],
        "id": [entry.id],
        "plan": [entry.plan],
        "section": entry.sections,
        "unit": _once(part.unit for part in entry.parts),
        "role": _once(part.role for part in entry.parts),
        "unit_role": _once(unit_role(part.unit, part.role) for part in entry.parts),
        "unit_name": _once(name for part in entry.parts for name in _bare_names(folded(part.name))),
        "document": _once(cited.document for cited in entry.cited),
        "title": _once(cited.title for cited in entry.cited),
        "number": _once([*(cited.number for cited in entry.cited if cited.number), *entry.numbers]),
        "due": _once(token for day in entry.due for token in (day, day[:7], day[:4])),
        "fact": entry.facts,
        "page": sorted(grams(entry.sought)),
        "words": list(_ranked(entry)),
    }


def unit_role(unit: str, role: Role) -> str:
    """The token of one unit in one role; filters by both must hold in one assignment."""
    return f"{role}|{unit}"


def numbers_in(text: str) -> tuple[str, ...]:
    """The document numbers that stand in a text, each once, in normal form."""
    return tuple(dict.fromkeys(token.text for token in document_numbers(text)))


def encode(entry: Entry) -> bytes:
    """The entry as an engine keeps it."""
    return msgspec.msgpack.encode(entry)


def decode(data: bytes) -> Entry:
    """What `encode` wrote. Raises `msgspec.DecodeError` on anything else."""
    return _DECODER.decode(data)


_DECODER = msgspec.msgpack.Decoder(Entry)


def _ranked(entry: Entry) -> Iterator[str]:
    # Most titles are a line of their own or stand in 《》: all of them are found in one pass, the others one by one.
    said = {*entry.sought.split("\n"), *_TITLE.findall(entry.sought)}
    titles = (cited.title for cited in entry.cited)
    weighted = [
        (entry.section, TITLE_WEIGHT),
        (entry.text, TEXT_WEIGHT if entry.kind in ("task", "milestone", "text") else TITLE_WEIGHT),
        *((part.name, UNIT_WEIGHT) for part in entry.parts),
        *((title, TEXT_WEIGHT) for title in titles if title not in said and title not in entry.sought),
    ]
    for text, weight in weighted:
        for token in words(text):
            yield from [token.text] * weight


def _bare_names(name: str) -> tuple[str, ...]:
    """A unit's name, also without the 省, 市, 区 or 县 that tells it from its namesake in the same plan."""
    return (name, name[1:]) if name[0] in "省市区县" else (name,)


def _once(tokens: Iterator[str] | list[str]) -> list[str]:
    return list(dict.fromkeys(tokens))
