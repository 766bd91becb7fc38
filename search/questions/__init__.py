"""Questions in words (问答): lexer, grammar, what words find, and the answer. Start at answering.py."""

from __future__ import annotations

from search.questions.answering import (
    Reply,
    Status,
    best_first,
    names_in,
    reply,
    reply_to,
    settled,
    tallies_of,
)
from search.questions.found import TopicFound
from search.questions.near.beneath import beneath
from search.questions.near.beside import Aside, AsideKind
from search.questions.things import find_thing

__all__ = [
    "Aside", "AsideKind", "Reply", "Status", "TopicFound", "beneath", "best_first", "find_thing", "names_in",
    "reply", "reply_to", "settled", "tallies_of",
]  # fmt: skip
