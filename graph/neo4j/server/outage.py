"""A server that is away (断线): who asks is told so at once, and now and then one asker tries again.

Finding out that a server is away takes a second, or ten where nothing answers at all: a site whose threads all did
so would answer nobody.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from graph.errors import DatabaseUnreachable
from ingest.errors import ZerenError

PAUSE = 1.0
"""Seconds after which one asker tries again."""

TRYING = 15.0
"""Seconds that one may try alone; then another does, too."""


class Outage:
    """Begins when an asker cannot reach the server, and ends with the next answer. Safe for many threads."""

    def __init__(self, pause: float = PAUSE, trying: float = TRYING) -> None:
        self._pause = pause
        self._trying = trying
        self._lock = threading.Lock()
        self._error: DatabaseUnreachable | None = None
        self._next = 0.0

    @contextmanager
    def noticed(self) -> Iterator[None]:
        """Round what asks the server. Raises the outage's own `DatabaseUnreachable` unless it is time to try again."""
        self._pass()
        with self.noted():
            yield

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Round what must be tried, outage or not, and tells the others whether there is one."""
        try:
            yield
        except DatabaseUnreachable as error:
            with self._lock:
                self._error, self._next = error, time.monotonic() + self._pause
            raise
        except ZerenError:
            self._error = None  # A refusal is an answer, too.
            raise
        self._error = None

    def _pass(self) -> None:
        with self._lock:
            error, now = self._error, time.monotonic()
            if error is None:
                return
            if now < self._next:
                raise DatabaseUnreachable(**error.params)
            self._next = now + self._trying
