"""One writer at a time for a whole cluster of processes (写锁): a lease on the library's node.

The holder renews its lease while it lives; of one that died others need not wait longer than the lease. Every commit
makes sure in its own transaction that the lease is still its own (`own`), so a holder that slept too long writes
nothing.
"""

from __future__ import annotations

import os
import socket
import threading
import time
import uuid
from types import TracebackType

from graph.errors import LibraryLocked
from graph.neo4j.server.connection import Database, Transaction
from ingest.errors import ZerenError

LEASE = 10.0
"""Seconds for which a lease holds when it is not renewed."""

_PAUSE = 0.05

_TAKE = """
MATCH (l:Library {name: 'zeren'}) SET l.asked = $owner
WITH l WHERE l.owner IS NULL OR l.owner = $owner OR l.expires < timestamp()
SET l.owner = $owner, l.holder = $holder, l.expires = timestamp() + $lease
RETURN 1
"""
"""The first SET locks the node until the transaction ends, so that what follows sees nobody else's half step."""

_OWN = """
MATCH (l:Library {name: 'zeren'}) SET l.asked = $owner
WITH l WHERE l.owner = $owner SET l.expires = timestamp() + $lease
RETURN l.generation, l.stamp
"""

_LET_GO = "MATCH (l:Library {name: 'zeren'}) WHERE l.owner = $owner REMOVE l.owner, l.holder, l.expires"


class Lease:
    """`with lease:` holds the lock for this thread; the same thread may nest it."""

    def __init__(self, database: Database, wait: float, lease: float = LEASE) -> None:
        self._database = database
        self._wait = wait
        self._values: dict[str, object] = {
            "owner": uuid.uuid4().hex,
            "holder": f"{os.getpid()}@{socket.gethostname()}",
            "lease": round(lease * 1000),
        }
        self._every = lease / 3
        self._threads = threading.RLock()
        self._depth = 0
        self._released = threading.Event()

    def __enter__(self) -> None:
        """Raises `LibraryLocked` after the wait."""
        until = time.monotonic() + self._wait
        if not self._threads.acquire(timeout=self._wait):
            raise self._locked(str(self._values["holder"]))
        try:
            if self._depth == 0:
                self._take(until)
            self._depth += 1
        except BaseException:
            self._threads.release()
            raise

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._depth -= 1
        if self._depth == 0:
            self._released.set()
            self._try(_LET_GO)
        self._threads.release()

    def own(self, writing: Transaction) -> tuple[int, str]:
        """Holds up every other commit until this transaction ends; the library's generation and stamp.

        Raises `LibraryLocked` where the lease was lost.
        """
        rows = writing.rows(_OWN, **self._values)
        if not rows:
            raise self._locked(self._holder(writing))
        return int(rows[0][0]), str(rows[0][1])

    def _take(self, until: float) -> None:
        while not self._database.write(lambda writing: writing.rows(_TAKE, **self._values)):
            if time.monotonic() >= until:
                raise self._locked(self._database.read(self._holder))
            time.sleep(_PAUSE)
        self._released = threading.Event()
        threading.Thread(target=self._renew, args=(self._released,), daemon=True).start()

    def _renew(self, released: threading.Event) -> None:
        while not released.wait(self._every):
            self._try(_OWN)

    def _try(self, query: str) -> None:
        """A lease that cannot be renewed or let go now ends by itself."""
        try:
            self._database.write_once(query, **self._values)
        except ZerenError:
            return

    def _holder(self, reading: Transaction) -> str:
        rows = reading.rows("MATCH (l:Library {name: 'zeren'}) RETURN l.holder")
        return str(rows[0][0] or "-") if rows else "-"

    def _locked(self, holder: str) -> LibraryLocked:
        return LibraryLocked(path=self._database.address.shown, holder=holder, seconds=round(self._wait))
