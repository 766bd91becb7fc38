"""A server that is away is noticed once, and not by everybody who asks."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from graph.errors import DatabaseRefused, DatabaseUnreachable
from graph.neo4j.server.outage import Outage


class Server:
    """Is away until `back`; notes how many ask at the same time."""

    def __init__(self, takes: float = 0.0) -> None:
        self.back = False
        self.asked = self.at_once = self.most = 0
        self._takes = takes
        self._lock = threading.Lock()

    def ask(self, outage: Outage) -> bool:
        """Whether it answers."""
        try:
            with outage.noticed():
                return self._answer()
        except DatabaseUnreachable:
            return False

    def _answer(self) -> bool:
        with self._lock:
            self.asked += 1
            self.at_once += 1
            self.most = max(self.most, self.at_once)
        time.sleep(self._takes)
        self.at_once -= 1
        if not self.back:
            raise DatabaseUnreachable(address="bolt://here/neo4j", reason="ServiceUnavailable")
        return True


def test_of_many_who_ask_during_an_outage_one_at_a_time_tries_and_the_others_are_told_at_once() -> None:
    outage, server = Outage(pause=0.05), Server(takes=0.05)
    server.ask(outage)
    until = time.monotonic() + 0.6

    def asks(_: int) -> int:
        times = 0
        while time.monotonic() < until:
            assert not server.ask(outage)
            times += 1
            time.sleep(0.001)
        return times

    with ThreadPoolExecutor(8) as threads:
        told = sum(threads.map(asks, range(8)))
    assert server.most == 1
    assert 1 < server.asked <= 8
    assert told > 3 * server.asked


def test_who_is_told_at_once_is_told_the_same() -> None:
    outage, server = Outage(pause=60), Server()
    server.ask(outage)
    with pytest.raises(DatabaseUnreachable) as told, outage.noticed():
        pass
    assert told.value.params == {"address": "bolt://here/neo4j", "reason": "ServiceUnavailable"}


def test_an_outage_ends_with_the_first_answer() -> None:
    outage, server = Outage(pause=0.05), Server()
    assert not server.ask(outage)
    server.back = True
    assert not server.ask(outage)
    time.sleep(0.06)
    assert [server.ask(outage) for _ in range(3)] == [True] * 3


def test_a_refusal_is_an_answer() -> None:
    outage, server = Outage(pause=0.05), Server()
    server.ask(outage)
    server.back = True
    time.sleep(0.06)
    with pytest.raises(DatabaseRefused), outage.noticed():
        raise DatabaseRefused(address="bolt://here/neo4j", reason="Unauthorized")
    assert server.ask(outage)


def test_one_who_tries_and_hears_nothing_holds_up_the_others_no_longer_than_agreed() -> None:
    outage, server = Outage(pause=0, trying=0.05), Server()
    server.ask(outage)
    server.back = True
    with outage.noticed():
        assert not server.ask(outage)
        time.sleep(0.06)
        assert server.ask(outage)
