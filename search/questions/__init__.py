"""Questions in words (问答). Start at answer.py."""

from __future__ import annotations

from search.questions.answer import Answer, Completeness, Responsible, ask
from search.questions.relaxed import Relaxed, search_freely
from search.questions.things import find_thing
from search.questions.understand import Interpretation, NoAnswer

__all__ = [
    "Answer",
    "Completeness",
    "Interpretation",
    "NoAnswer",
    "Relaxed",
    "Responsible",
    "ask",
    "find_thing",
    "search_freely",
]
