"""Answers that many pages need whole (留存), kept for as long as nothing is committed."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

Answer = TypeVar("Answer")


class AnswersKept:
    """The answers to some questions, each of the newest generation that was asked. Safe for many threads.

    Answers must be immutable: all who ask get the same one. Who asks while another thread finds the answer waits for
    it, so that a new generation is not read by all at once.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._asking: dict[str, Lock] = {}
        self._kept: dict[str, tuple[int, Any]] = {}

    def answer(self, question: str, generation: int, find: Callable[[], Answer]) -> Answer:
        """The answer to a question in a generation, found only where it is not kept."""
        with self._lock:
            asking = self._asking.setdefault(question, Lock())
        with asking:
            of, kept = self._kept.get(question, (-1, None))
            if of == generation:
                return kept  # type: ignore[no-any-return]
            found = find()
            if generation > of:
                self._kept[question] = (generation, found)
            return found
