"""Entries and queries as Neo4j's full-text index takes them (Lucene 查询): pure, text in and text out.

A field is a text of tokens parted by blanks, which the `whitespace` analyzer parts again. The page is the row of its
pairs of neighbouring characters, punctuation and ends of lines among them: 食品， is 食品 品， ，¶. A string of two or
more characters stands on the page exactly where its pairs follow one another, so that Lucene's own phrases confirm it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import get_args

from search.index.fields import Entry, Field, tokens_of
from search.index.tree import And, Not, Or, Phrase, QueryNode, Term

CHARACTERS = "characters"
"""The property for strings of one character."""

PROPERTIES = (*get_args(Field), CHARACTERS)
"""What the full-text index indexes of an entry."""

MOST_CLAUSES = 1000
"""Terms and phrases that one query may have; Lucene refuses more than 1024."""

_END_OF_LINE = "\ufdd0"
"""A code point that Unicode keeps for such uses; no text holds it."""

_LONGEST = 120
"""Characters of a token; the analyzer cuts one of more than 255 UTF-16 units in two."""

_QUOTED = re.compile(r'["\\]')
_BLANK = re.compile(r"\s")


def fields_of(entry: Entry) -> dict[str, str]:
    """The indexed properties of an entry. `words` are sorted, so that equal ones stand side by side."""
    tokens = tokens_of(entry)
    fields = {name: _row(tokens[name]) for name in get_args(Field) if name not in ("page", "words")}
    fields["words"] = _row(sorted(tokens["words"]))
    page = entry.sought.replace("\n", _END_OF_LINE) + _END_OF_LINE
    return {**fields, "page": " ".join(_pairs(page)), CHARACTERS: " ".join(dict.fromkeys(page))}


def token(text: str) -> str:
    """A token as it is indexed: itself, or its hash where it holds a blank, is empty or is too long."""
    text = text.encode("utf-8", "replace").decode()
    if text and len(text) <= _LONGEST and not _BLANK.search(text):
        return text
    return f"#{hashlib.sha256(text.encode()).hexdigest()}"


def lucene(node: QueryNode) -> str:
    """The node in Lucene's classic syntax. Every token stands in quotes, so that none means anything there."""
    match node:
        case Term():
            return _said(node.field, token(node.token))
        case Phrase() if len(node.text) == 1:
            return _said(CHARACTERS, node.text)
        case Phrase():
            return _said("page", " ".join(_pairs(node.text)))
        case And(()) | Not(Or(())):
            return "*:*"
        case Or(()):
            return _said("kind", "#")
        case And():
            wanted = [f"-{lucene(each.node)}" if isinstance(each, Not) else f"+{lucene(each)}" for each in node.nodes]
            everything = [] if any(each[0] == "+" for each in wanted) else ["+*:*"]
            return f"({' '.join([*everything, *wanted])})"
        case Or():
            return f"({' '.join(map(lucene, node.nodes))})"
        case Not():
            return f"(+*:* -{lucene(node.node)})"


def clauses(node: QueryNode) -> int:
    """At most how many clauses Lucene counts in the node."""
    match node:
        case And() | Or():
            return 1 + sum(map(clauses, node.nodes))
        case Not():
            return 1 + clauses(node.node)
        case _:
            return 1


def in_parts(node: And | Or) -> list[QueryNode]:
    """The node as few nodes of its kind that hold `MOST_CLAUSES` each; a child that alone has more is a part."""
    groups: list[list[QueryNode]] = []
    room = 0
    for child in node.nodes:
        size = clauses(child)
        if size > room:
            groups.append([])
            room = MOST_CLAUSES - 1
        groups[-1].append(child)
        room -= size
    return [group[0] if len(group) == 1 else type(node)(tuple(group)) for group in groups]


def _row(tokens: Sequence[str]) -> str:
    return " ".join(map(token, tokens))


def _pairs(text: str) -> Iterator[str]:
    return (text[at : at + 2] for at in range(len(text) - 1))


def _said(field: str, text: str) -> str:
    plain = text.encode("utf-8", "replace").decode()
    return f'{field}:"{_QUOTED.sub(_escaped, plain)}"'


def _escaped(found: re.Match[str]) -> str:
    return f"\\{found[0]}"
