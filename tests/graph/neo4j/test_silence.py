"""Who waits for a server that answers nobody is let go; who waits for one that is merely busy is not."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from graph.neo4j.server.silence import Silence

LONG = 30.0
"""Seconds after which a test gives up."""


@dataclass(eq=False)
class Question:
    """Waits for `at` until it is answered or cut off."""

    at: str | None
    over: threading.Event = field(default_factory=threading.Event)
    was_cut: bool = False

    def server(self) -> str | None:
        return self.at

    def cut(self) -> None:
        self.was_cut = True
        self.over.set()

    def waits(self, silence: Silence) -> threading.Thread:
        """Begins to wait, in a thread of its own."""

        def wait() -> None:
            with silence.watched(self):
                self.over.wait(LONG)

        thread = threading.Thread(target=wait)
        thread.start()
        return thread


class Servers:
    """Those of them that are `paused` answer nobody; notes which were asked whether they live."""

    def __init__(self) -> None:
        self.paused: set[str] = set()
        self.asked: list[str] = []
        self.was_asked = threading.Semaphore(0)

    def alive(self, server: str) -> bool:
        self.asked.append(server)
        self.was_asked.release()
        return server not in self.paused


@pytest.fixture
def servers() -> Servers:
    return Servers()


@pytest.fixture
def silence(servers: Servers) -> Iterator[Silence]:
    watching = Silence(servers.alive, patience=0.05)
    yield watching
    watching.close()


def test_all_who_wait_for_a_silent_server_are_cut_off(servers: Servers, silence: Silence) -> None:
    servers.paused = {"here"}
    questions = [Question("here") for _ in range(8)]
    for waiting in [question.waits(silence) for question in questions]:
        waiting.join(LONG)
    assert all(question.was_cut for question in questions)


def test_a_long_question_to_a_server_that_lives_is_never_cut_off(servers: Servers, silence: Silence) -> None:
    long = Question("here")
    waiting = long.waits(silence)
    for _ in range(3):
        assert servers.was_asked.acquire(timeout=LONG)
    assert not long.was_cut
    servers.paused = {"here"}
    waiting.join(LONG)
    assert long.was_cut


def test_one_silent_server_of_a_cluster_costs_the_questions_to_the_others_nothing(
    servers: Servers, silence: Silence
) -> None:
    servers.paused = {"here"}
    one, other = Question("here"), Question("there")
    waiting = one.waits(silence), other.waits(silence)
    waiting[0].join(LONG)
    assert (one.was_cut, other.was_cut) == (True, False)
    other.over.set()
    waiting[1].join(LONG)


def test_a_server_is_not_asked_for_questions_that_it_answers_in_time(servers: Servers) -> None:
    silence = Silence(servers.alive, patience=LONG)
    for _ in range(1000):
        with silence.watched(Question("here")):
            pass
    silence.close()
    assert servers.asked == []


def test_the_watch_goes_on_after_a_pause(servers: Servers, silence: Silence) -> None:
    servers.paused = {"here"}
    for _ in range(2):
        question = Question("here")
        question.waits(silence).join(LONG)
        assert question.was_cut


def test_who_has_no_connection_yet_is_left_to_the_limit_of_connecting(servers: Servers, silence: Silence) -> None:
    servers.paused = {"here"}
    connecting, asking = Question(None), Question("here")
    waiting = connecting.waits(silence), asking.waits(silence)
    waiting[1].join(LONG)
    assert not connecting.was_cut
    connecting.at = "here"
    waiting[0].join(LONG)
    assert connecting.was_cut
