"""What a user types and chooses into a query (查询): a tree of exact tokens over fields. Pure.

    食品安全 抽检        both, anywhere on the page of a task; blanks part what must all be there
    "食品安全监管"       exactly this string, no other name of it
    食品 | 药品          one or the other;  -抽检  without;  农药*  words that begin so
    食品 NOT 药品, 食品 AND 药品   the same as -药品, and as a blank
    食品 AND (抽检 OR 检查)   what stands in brackets holds together
    抽检 NEAR/10 农产品  both, at most ten characters apart (NEAR alone: 20)
    牵头:教育局 宣传     a field and its value, and a word (search/query/fields.py)
    《民法典》           cited under exactly this title
    中发[2019]17号       exactly this document number, in any brackets; 中发 2019-17 may be one, or just these words

A string is found by its grams, whole; its words only rank. Several words written without a blank are also found apart.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Protocol

from ingest import normal_title
from search.index.tree import NOTHING, And, Beside, Mark, Not, Note, Or, Phrase, Query, QueryNode, Term, phrase
from search.query.fields import Resolved, fields_in
from search.query.filters import Filters, filter_nodes
from search.query.grouping import group_of, grouped
from search.words.analyzer import document_numbers, folded, loose_numbers, runs
from search.words.names import Names

MAX_CHARACTERS, MAX_PIECES, MAX_TERMS = 500, 32, 200
"""Bounds of a query: characters and pieces of the text, terms that one piece may expand to."""

LONGEST_WORD = 8
_JOINERS = "的和与及等对在为把将"
_PREFIXES = "省市区县"


class TermList(Protocol):
    """Our own term list: the index's words."""

    def frequency(self, word: str) -> int: ...

    def words_starting(self, prefix: str, limit: int) -> list[str]: ...


def parse_query(text: str, filters: Filters, names: Names, terms: TermList, resolved: Resolved | None = None) -> Query:
    """The query that a text and filters mean. Without text it is the filters alone. Raises `BadDate`.

    `resolved` says what a field means (牵头:教育局); without it fields are words as others.
    """
    builder = _Builder(names, terms, resolved)
    text, builder.groups = grouped(text)
    text, asked = fields_in(text) if resolved else (text, ())
    nodes = [*builder.read(text), *(resolved(each) for each in asked if resolved)]
    where = And((*nodes, *filter_nodes(filters)))
    return Query(
        where,
        tuple(builder.rank),
        tuple(builder.exact),
        tuple(builder.marks),
        tuple(builder.notes),
        tuple(builder.beside),
    )


_PIECE = re.compile(
    r"""(?P<minus>(?:(?<=\s)|(?<=^))[-－](?=\S))?
    (?: "(?P<straight>[^"]+)" | “(?P<curly>[^”]+)” | 「(?P<corner>[^」]+)」
      | 《(?P<title>[^《》]+)》 | (?P<or>[|｜]) | (?P<bare>[^\s"“「《|｜]+|[“"「《]) )""",
    re.VERBOSE,
)


_NEAR = re.compile(r"NEAR(?:/(?P<most>\d{1,3}))?")
OPERATOR = re.compile(r"AND|OR|NOT|NEAR(?:/\d*)?|\|")
"""A piece that is no word."""
_DEEPEST = 8
"""Brackets in brackets."""
_APART, _FARTHEST = 20, 200
"""Characters between two words that are near each other, and at most."""
_OPERATORS = re.compile(r"""["“「《|｜]|(?:^|\s)[-－]\S|\bOR\b""")


class _Builder:
    """Collects, piece by piece, what ranks, what is marked and what was cut."""

    def __init__(self, names: Names, terms: TermList, resolved: Resolved | None) -> None:
        self.names = names
        self.terms = terms
        self.resolved = resolved
        self.groups: tuple[str, ...] = ()
        self.depth = 0
        self.rank: dict[str, None] = {}
        self.exact: list[Phrase] = []
        self.marks: list[Mark] = []
        self.notes: list[Note] = []
        self.beside: list[Beside] = []

    def read(self, text: str) -> list[QueryNode]:
        """The nodes of all pieces, which must all hold."""
        if len(text) > MAX_CHARACTERS:
            self.notes.append(Note("text-cut", "", MAX_CHARACTERS))
            text = text[:MAX_CHARACTERS]
        numbers = [token for token in document_numbers(text, typed=True) if not _in_quotes(text, token.span.start)]
        for token in reversed(numbers):
            text = f"{text[: token.span.start]} {text[token.span.end :]}"
        nodes: list[QueryNode] = [self._number(token.text) for token in numbers]
        for token in reversed(loose_numbers(text) if not _OPERATORS.search(text) else []):
            if _in_quotes(text, token.span.start):
                continue
            said = [self._positive(piece) for piece in _PIECE.finditer(token.span.of(text))]
            nodes.append(Or((self._number(token.text), And(tuple(node for node in said if node)))))
            text = f"{text[: token.span.start]} {text[token.span.end :]}"
        pieces = list(_PIECE.finditer(text))
        if len(pieces) > MAX_PIECES:
            self.notes.append(Note("pieces-cut", "", MAX_PIECES))
        either = denied = False
        for nth, piece in enumerate(pieces[:MAX_PIECES]):
            if piece["or"] or piece["bare"] == "OR":
                either = bool(nodes)
                continue
            if piece["bare"] in ("AND", "NOT"):
                denied = piece["bare"] == "NOT"
                continue
            if piece["bare"] and (apart := _NEAR.fullmatch(piece["bare"])) and 0 < nth < len(pieces) - 1:
                self._beside(pieces[nth - 1].group(), pieces[nth + 1].group(), int(apart["most"] or _APART))
                continue
            node = self._denied(piece) if denied else self._piece(piece)
            denied = denied and node is None
            if node is not None:
                nodes.append(Or((nodes.pop(), node)) if either else node)
                either = False
        return nodes

    def _beside(self, one: str, other: str, most: int) -> None:
        strings = tuple(folded(each.strip('"“”「」')) for each in (one, other))
        if all(strings):
            self.beside.append(Beside(strings[0], strings[1], min(most, _FARTHEST)))

    def _piece(self, piece: re.Match[str]) -> QueryNode | None:
        return self._denied(piece) if piece["minus"] else self._positive(piece)

    def _denied(self, piece: re.Match[str]) -> QueryNode:
        """What must not hold; its words neither rank nor are marked."""
        apart = _Builder(self.names, self.terms, self.resolved)
        apart.groups, apart.depth = self.groups, self.depth
        return Not(apart._positive(piece) or NOTHING)

    def _group(self, text: str) -> QueryNode | None:
        """What stands in brackets, where they are not deeper than anybody writes."""
        if self.depth >= _DEEPEST:
            return None
        outer = self.groups
        self.depth += 1
        text, self.groups = grouped(text)
        nodes = self.read(text)
        self.groups, self.depth = outer, self.depth - 1
        return And(tuple(nodes)) if nodes else None

    def _positive(self, piece: re.Match[str]) -> QueryNode | None:
        quoted = piece["straight"] or piece["curly"] or piece["corner"]
        if quoted:
            return self._quoted(quoted)
        if piece["title"]:
            return self._title(piece["title"])
        bare = piece["bare"]
        if (inner := group_of(bare, self.groups)) is not None:
            return self._group(inner)
        if self.depth and self.resolved and (asked := fields_in(bare)[1]):
            return self.resolved(asked[0])
        if bare[-1] in "*＊" and runs(folded(bare)):
            return self._prefix(folded(bare[:-1]))
        found = [self._run(run) for run in runs(folded(bare))]
        return And(tuple(found)) if found else None

    def _quoted(self, text: str) -> QueryNode | None:
        node = phrase(text)
        if not isinstance(node, Phrase):
            return None
        self.marks.append(Mark((node.text,)))
        for run in runs(node.text):
            self._rank_by(run)
        return node

    def _title(self, title: str) -> QueryNode:
        self.marks.append(Mark((folded(title),)))
        return Or((Term("title", normal_title(title)), phrase(f"《{title}》")))

    def _number(self, number: str) -> QueryNode:
        self.marks.append(Mark((folded(number),)))
        return Term("number", number)

    def _prefix(self, prefix: str) -> QueryNode:
        found = self._cut(prefix, self.terms.words_starting(prefix, MAX_TERMS + 1))
        self.marks.append(Mark((prefix,)))
        self.rank.update(dict.fromkeys(found))
        return Or(tuple(Term("words", word) for word in found))

    def _run(self, run: str) -> QueryNode:
        """A string without blank or punctuation: itself, its other names, or else its words apart."""
        whole, strings = self._string(run)
        self._rank_by(run)
        words = [word for word in self._segments(run) if word not in _JOINERS] if len(run) <= 64 else []
        apart = [word for word in words if len(word) > 1]
        if len(apart) < 2 or any(len(word) == 1 and word not in _PREFIXES for word in words):
            self.marks.append(Mark(strings))
            return whole
        nodes, marked = zip(*map(self._string, words), strict=True)
        self.marks.append(Mark(strings, tuple(dict.fromkeys(each for strings in marked for each in strings))))
        self.exact += [node for node in [phrase(run)] if isinstance(node, Phrase)]
        return Or((whole, And(tuple(nodes))))

    def _string(self, text: str) -> tuple[QueryNode, tuple[str, ...]]:
        """The node of a folded string or of another name of it, and the strings that fulfil it on the page."""
        others = [
            f"{text[:start]}{name}{text[end:]}"
            for start, end in self.names.found_in(text)
            for name in self.names.alike[text[start:end]]
        ]
        units = self.names.holding(text) if len(text) > 1 else []
        kept = self._cut(text, [*others, *units])
        strings = (text, *kept[: len(others)])
        terms = [Term("unit_name", name) for name in kept[len(others) :]]
        return Or((*map(phrase, strings), *terms)), strings

    def _segments(self, run: str) -> list[str]:
        """The likeliest words of a run by our own term list and names; characters that are in no word stay single."""
        best: list[tuple[float, int]] = [(0.0, 0)] * (len(run) + 1)
        for at in range(len(run) - 1, -1, -1):
            choices = [(best[at + 1][0] - 20.0, at + 1)]
            for end in range(at + 2, min(at + max(LONGEST_WORD, self.names.longest), len(run)) + 1):
                word = run[at:end]
                weight = 1 if word in self.names.alike else self._frequency(word)
                if weight:
                    choices.append((best[end][0] + math.log(weight) - 14.0, end))
            best[at] = max(choices)
        words, at = [], 0
        while at < len(run):
            words.append(run[at : best[at][1]])
            at = best[at][1]
        return words

    def _frequency(self, word: str) -> int:
        return self.terms.frequency(word) if len(word) <= LONGEST_WORD else 0

    def _rank_by(self, run: str) -> None:
        """All words of our term list that stand in the run rank."""
        if len(run) == 1:
            self.rank[run] = None
        for at in range(min(len(run), 64)):
            for end in range(at + 2, min(at + LONGEST_WORD, len(run)) + 1):
                if self._frequency(run[at:end]):
                    self.rank[run[at:end]] = None

    def _cut(self, piece: str, found: Sequence[str]) -> list[str]:
        if len(found) > MAX_TERMS:
            self.notes.append(Note("terms-cut", piece, MAX_TERMS))
        return list(found[:MAX_TERMS])


def _in_quotes(text: str, at: int) -> bool:
    """Whether a place stands in quotation marks: what is quoted is found letter by letter, a part of a number too."""
    curly = any(text.rfind(opening, 0, at) > text.rfind(closing, 0, at) for opening, closing in ("“”", "「」"))
    return curly or text.count('"', 0, at) % 2 == 1
