"""A server that falls silent (无声): who waits for a server that answers nobody is let go within seconds.

A paused machine closes no connection, so the driver would wait until the server's own keep-alive runs out, two minutes
by Neo4j's defaults. But an answer may also take minutes by right. Silence on one connection therefore says nothing:
after a while of it the server is asked whether it lives, on a connection of its own, and only where that is not
answered either are all who wait for that server cut off.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

PATIENCE = 3.0
"""Seconds that a question may go unanswered before the server is asked whether it lives."""


class Waiting(Protocol):
    """A question under way, as another thread sees it."""

    def server(self) -> str | None:
        """Who must answer; None while no connection has been had, which takes no longer than it may by itself."""

    def cut(self) -> None:
        """Makes the question fail."""


class Silence:
    """Watches over questions under way. `alive` asks a server, and gives up by itself. Safe for many threads."""

    def __init__(self, alive: Callable[[str], bool], patience: float = PATIENCE) -> None:
        self._alive = alive
        self._patience = patience
        self._changed = threading.Condition()
        self._since: dict[Waiting, float] = {}
        self._asked: dict[str | None, float] = {}
        self._watcher: threading.Thread | None = None
        self._idle = False
        self._closed = False

    @contextmanager
    def watched(self, question: Waiting) -> Iterator[None]:
        """Round a question."""
        with self._changed:
            self._since[question] = time.monotonic()
            if self._watcher is None or not self._watcher.is_alive():
                self._watcher = threading.Thread(target=self._watch, name="zeren-neo4j-silence", daemon=True)
                self._watcher.start()
            elif self._idle:
                self._changed.notify()
        try:
            yield
        finally:
            with self._changed:
                del self._since[question]

    def close(self) -> None:
        """Ends the watch."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    def _watch(self) -> None:
        with self._changed:
            while not self._closed:
                oldest = min(self._since, key=self._due, default=None)
                self._idle = oldest is None
                if oldest is None:
                    self._changed.wait()
                elif (left := self._due(oldest) - time.monotonic()) > 0:
                    self._changed.wait(left)
                else:
                    self._ask(oldest.server())

    def _due(self, question: Waiting) -> float:
        """When the question has waited for too long, and its server has not been asked meanwhile."""
        return max(self._since[question], self._asked.get(question.server(), 0.0)) + self._patience

    def _ask(self, server: str | None) -> None:
        """Asks the server, with the lock open for others meanwhile, and cuts off who waits for one that is silent."""
        alive = True
        if server is not None:
            self._changed.release()
            try:
                alive = self._alive(server)
            finally:
                self._changed.acquire()
        self._asked[server] = time.monotonic()
        for question in () if alive else tuple(self._since):
            if question.server() == server:
                question.cut()
