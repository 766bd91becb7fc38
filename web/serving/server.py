"""The web server (服务器): waitress, told what it leaves open: who waits, for how long, and who is sent away.

- A request must be whole within some seconds of the connection's last answer, however it drips; an answer must be
  read within some seconds. Where there are too many connections, those that have been idle longest are closed.
- A request waits for a worker in a line. Where the line is full, or at its present pace too slow, a newcomer is
  refused at once (503, Retry-After) by the thread that reads sockets, so that what is answered is answered in time.
- Who has gone is forgotten: a connection is read while its request waits, and its end is seen.
- No worker waits for a reader: what is left unread lies in bounded memory, then in files, then is cut off.
- `Server.stop` lets answers under way be finished, within a bound.

waitress closes by last activity only, lets its line grow without end, and cuts answers when it is stopped.
"""

from __future__ import annotations

import contextlib
import select
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask, ThreadedTaskDispatcher
from waitress.utilities import Error

from web.serving.refusals import BUSY, refusal

resource: ModuleType | None
try:
    import resource
except ImportError:  # Windows
    resource = None

CONNECTIONS = 1000
"""Connections that are kept where the system has descriptors for so many; each costs the loop a microsecond or two."""
_OWN_FILES = 128
"""Descriptors that the library, its index and its threads may need."""
_AT_ONCE = 16
"""Connections that are taken before those that are there are looked at again."""
_ROUND = 0.25
"""Seconds after which the loop looks about itself where no socket does anything."""
_SWITCH = 0.0003
"""Seconds after which a thread that computes lets another go on; with Python's 0.005, the thread that reads sockets
waits that long again and again for each newcomer while pages are made."""
_RECENT = 20
"""Answers by which the pace of the line is told."""
_SELECTABLE = 500
"""Sockets that `select` can watch on Windows, which has no `poll`."""


@dataclass(frozen=True)
class ServerLimits:
    """What one web process does at once, and how long it has patience.

    threads       pages that are made at once; the interpreter runs one at a time, the others wait for disks
    line          requests that wait for a thread, at most
    short         requests that may wait however slow the line is
    wait          seconds that a newcomer may have to wait, as the last answers were made
    request       seconds from a connection's last answer (or its beginning) until its next request is whole
    reading       seconds in which a client must have read an answer
    unread        bytes of answers that wait for their readers, of all clients together
    finish        seconds for what is under way when the server is stopped
    connections   connections at once; None: by the descriptors that the system grants
    header, body  bytes of a request
    """

    threads: int = 4
    line: int = 128
    short: int = 8
    wait: float = 2.0
    request: float = 15.0
    reading: float = 60.0
    unread: int = 64 * 1024 * 1024
    finish: float = 8.0
    connections: int | None = None
    header: int = 16 * 1024
    body: int = 64 * 1024


class _Busy(Error):  # type: ignore[misc]
    code, reason = int(BUSY), BUSY.phrase


class _Refusing(ErrorTask):  # type: ignore[misc]
    """Writes what `web/serving/refusals.py` has to say, whatever was wrong."""

    def execute(self) -> None:
        asked = self.request
        status = asked.error.code if asked.error.code in (413, 431, 500, 503) else 400
        said = refusal(status, getattr(asked, "path", ""), getattr(asked, "query", ""), self.channel.server.https)
        self.status = said.status
        self.response_headers.extend(said.headers)
        self.set_close_on_finish()
        self.content_length = len(said.body)
        self.write(b"" if getattr(asked, "command", "") == "HEAD" else said.body)


class _Channel(HTTPChannel):  # type: ignore[misc]
    """One connection."""

    error_task_class = _Refusing
    refused = False  # its first request is to be answered without waiting for a worker

    def __init__(self, *args: Any, **named: Any) -> None:
        self.answered = time.monotonic()
        super().__init__(*args, **named)

    def received(self, data: bytes) -> bool:
        """Takes what was sent; where that is refused, says so here, in the thread that reads sockets."""
        taken = bool(super().received(data))
        self._say_no()
        return taken

    def service(self) -> None:
        """Answers the first request, in a worker."""
        began = time.monotonic()
        super().service()
        self.answered = time.monotonic()
        self.server.task_dispatcher.answered(self.answered - began)
        self._say_no()

    def _say_no(self) -> None:
        while True:
            with self.requests_lock:  # whoever takes the mark is the one to say it
                refused, self.refused = self.refused, False
            if not refused:
                return
            self.requests[0].error = self.requests[0].error or _Busy("")
            super().service()
            self.answered = time.monotonic()

    def _flush_outbufs_below_high_watermark(self) -> None:
        """Cuts off who leaves much unread and asks on, where waitress would keep a worker waiting for the reader."""
        if self.total_outbufs_len > self.adj.outbuf_high_watermark:
            self.connected = False
            self.server.pull_trigger()

    def overdue(self, now: float, limits: ServerLimits) -> bool:
        """Whether its client took too long, or is gone."""
        if not self.connected:
            return True
        patience = limits.reading if self.total_outbufs_len else limits.request
        return not self.requests and now - self.answered > patience

    def idle(self) -> bool:
        """Whether nothing is asked and nothing is left to be sent."""
        return not self.requests and not self.total_outbufs_len


class _Line(ThreadedTaskDispatcher):  # type: ignore[misc]
    """The workers, and the connections whose requests wait for one; small files go first, since they cost nothing."""

    def __init__(self, limits: ServerLimits) -> None:
        super().__init__()
        self.queue: deque[_Channel] = deque()
        self._limits = limits
        self._pace = 0.0  # seconds from one answer to the next while all workers are busy, the last ones weighing most
        self.set_thread_count(limits.threads)

    def admit(self, channel: _Channel) -> bool:
        """Puts a connection in the line, unless that is full; those whose clients have gone make room."""
        small = channel.requests[0].path.startswith("/static/")
        with self.lock:
            if self._full():
                self.queue = deque(waiting for waiting in self.queue if waiting.connected)
                if self._full() and not small:
                    return False
            (self.queue.appendleft if small else self.queue.append)(channel)
            self.queue_cv.notify()
        return True

    def answered(self, seconds: float) -> None:
        """An answer took so long to make."""
        self._pace += (seconds / self._limits.threads - self._pace) / _RECENT

    def _full(self) -> bool:
        waiting = len(self.queue)
        return waiting >= self._limits.line or (
            waiting >= self._limits.short and waiting * self._pace > self._limits.wait
        )


class _Listener(TcpWSGIServer):  # type: ignore[misc]
    """Takes connections at one address."""

    channel_class = _Channel
    https = False

    def handle_accept(self) -> None:
        """Takes some of those who knock, not one: a round looks at every connection."""
        for _ in range(_AT_ONCE):
            before = len(self.active_channels)
            super().handle_accept()
            if len(self.active_channels) == before:
                return

    def add_task(self, channel: _Channel) -> None:
        """A request is whole: it joins the line, or is refused. The channel's lock is held."""
        channel.refused = channel.requests[0].error is not None or not self.task_dispatcher.admit(channel)

    def maintenance(self, now: float) -> None:
        """Nothing: the server tidies up between two rounds, when no socket is being looked at."""


class Server:
    """Serves an application until it is stopped. Raises OSError where it cannot listen."""

    def __init__(
        self, app: Callable[..., Any], host: str, port: int, https: bool = False, limits: ServerLimits | None = None
    ) -> None:
        self._limits = limits or ServerLimits()
        self._map: dict[int, Any] = {}
        self._stopping = False
        self._connections = self._limits.connections or _room()
        settings = Adjustments(
            host=host, port=port, ident="Zeren",
            connection_limit=self._connections + _OWN_FILES // 2, backlog=1024, asyncore_use_poll=True,
            channel_request_lookahead=1, max_request_header_size=self._limits.header,
            max_request_body_size=self._limits.body, outbuf_high_watermark=1024 * 1024, log_socket_errors=False,
        )  # fmt: skip
        self._line = _Line(self._limits)
        self._listeners = [
            _Listener(app, self._map, dispatcher=self._line, adj=settings, sockinfo=address)
            for address in settings.listen
        ]
        for listener in self._listeners:
            listener.https = https

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._listeners[0].effective_port)

    def connections(self) -> int:
        """How many there are now."""
        return len(list(self._channels()))

    def waiting(self) -> int:
        """Requests in the line whose clients are still there."""
        return sum(waiting.connected for waiting in tuple(self._line.queue))

    def run(self) -> None:
        """Serves until `stop`, then finishes what is under way and lets go of all sockets."""
        try:
            self._serve()
            self._finish()
        finally:
            self._line.shutdown(timeout=0.2)
            wasyncore.close_all(self._map, ignore_all=True)

    def run_as_process(self) -> None:
        """Serves until the process is told to end: by SIGTERM, or by Ctrl+C, which ends it at once the second time."""

        def told(number: int, _: object) -> None:
            signal.signal(number, signal.SIG_DFL)
            self.stop()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, told)
        sys.setswitchinterval(_SWITCH)
        self.run()

    def stop(self) -> None:
        """Makes `run` come to its end; may be called by another thread and by a signal's handler."""
        self._stopping = True

    def _serve(self) -> None:
        tidied = time.monotonic()
        while not self._stopping:
            self._round(_ROUND)
            if len(self._map) > self._connections:
                self._make_room()
            if (now := time.monotonic()) - tidied > 0.5:
                tidied = now
                self._tidy(now)

    def _finish(self) -> None:
        for listener in self._listeners:
            wasyncore.dispatcher.close(listener)
        end = time.monotonic() + self._limits.finish
        while time.monotonic() < end:
            for channel in list(self._channels()):
                if channel.idle():
                    channel.handle_close()
            if not any(self._channels()):
                return
            self._round(0.1)

    def _round(self, timeout: float) -> None:
        wasyncore.loop(timeout=timeout, use_poll=True, map=self._map, count=1)

    def _channels(self) -> Iterator[_Channel]:
        for listener in self._listeners:
            yield from listener.active_channels.values()

    def _make_room(self) -> None:
        """Closes those that have been idle longest, a sixteenth of all at once."""
        idle = sorted((one for one in self._channels() if one.idle()), key=lambda one: one.answered)
        for channel in idle[: len(self._map) - self._connections + self._connections // 16]:
            channel.handle_close()

    def _tidy(self, now: float) -> None:
        """Closes what took too long, and whoever leaves most unread where all leave too much."""
        for channel in list(self._channels()):
            if channel.overdue(now, self._limits):
                channel.handle_close()
        slow = sorted(self._channels(), key=lambda one: one.total_outbufs_len)
        unread = sum(one.total_outbufs_len for one in slow)
        while unread > self._limits.unread:
            unread -= slow[-1].total_outbufs_len
            slow.pop().handle_close()


def _room() -> int:
    """Connections for which there are descriptors: one each, and one for a file behind it."""
    if resource is None:
        return CONNECTIONS if hasattr(select, "poll") else _SELECTABLE
    granted, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS * 2 + _OWN_FILES
    if granted != resource.RLIM_INFINITY and granted < wanted:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(
                resource.RLIMIT_NOFILE, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most)
            )
        granted, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if granted == resource.RLIM_INFINITY:
        return CONNECTIONS
    return int(max(16, min(CONNECTIONS, (granted - _OWN_FILES) // 2)))
