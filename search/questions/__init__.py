"""Questions in words (问答): lexer, grammar, what words find, and the answer. Start at reply.py."""

from __future__ import annotations

from search.questions.reply import Reply, Status, names_in, reply, settled
from search.questions.things import find_thing

__all__ = ["Reply", "Status", "find_thing", "names_in", "reply", "settled"]
