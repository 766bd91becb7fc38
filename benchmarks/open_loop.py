"""Requests that are sent when they are due, whether or not earlier ones were answered (开环).

So a slow server cannot slow the measure down (Tene, How NOT to Measure Latency, 2015). A client that has waited as
long as it is patient closes its connection, as somebody does who leaves a page. Traffic goes to 127.0.0.1 only.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

HOST = "127.0.0.1"
_Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]
_IDLE = 2.0
"""Seconds for which a connection is kept for another request, well below what any server allows."""


@dataclass(frozen=True)
class Told:
    """What became of a request.

    due      seconds after the start at which it was to be sent
    seconds  from then until its answer was read, or until it was given up
    status   of the answer; 0 where there was none in time
    path     what was asked for
    """

    due: float
    seconds: float
    status: int
    path: str


@dataclass
class Offered:
    """What became of all requests that were offered at a rate for some seconds."""

    rate: float
    seconds: float
    told: list[Told] = field(default_factory=list)

    def goodput(self) -> float:
        """Whole answers (status 200) in time, a second."""
        return sum(one.status == 200 for one in self.told) / self.seconds

    def percentile(self, share: float, status: int = 200) -> float:
        """Seconds below which so great a share of the answers of a status stayed; 0 without any."""
        taken = sorted(one.seconds for one in self.told if one.status == status)
        return taken[min(int(len(taken) * share), len(taken) - 1)] if taken else 0.0

    def statuses(self) -> Counter[int]:
        """How many answers there were of each status; 0 for none in time."""
        return Counter(one.status for one in self.told)


def offer(port: int, pages: Sequence[str], rate: float, seconds: float, patience: float = 5) -> Offered:
    """Asks for the pages one after another, again from the first after the last, `rate` a second."""
    return asyncio.run(_offer(port, pages, rate, seconds, patience))


async def _offer(port: int, pages: Sequence[str], rate: float, seconds: float, patience: float) -> Offered:
    offered = Offered(rate, seconds)
    pool: list[tuple[float, _Connection]] = []
    start = time.perf_counter() + 0.2

    async def one(number: int) -> None:
        due = number / rate
        await asyncio.sleep(start + due - time.perf_counter())
        path = pages[number % len(pages)]
        status = await _patiently(port, path, pool, start + due + patience - time.perf_counter())
        offered.told.append(Told(due, time.perf_counter() - start - due, status, path))

    async with asyncio.TaskGroup() as group:
        for number in range(int(rate * seconds)):
            group.create_task(one(number))
    for _, (_, writer) in pool:
        writer.close()
    return offered


async def _patiently(port: int, path: str, pool: list[tuple[float, _Connection]], patience: float) -> int:
    """The status of the answer; a kept connection that turns out to be closed is replaced, as browsers do."""
    try:
        async with asyncio.timeout(max(patience, 0)):
            if kept := _kept(pool):
                with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                    return await _once(kept, path, pool)
            return await _once(await asyncio.open_connection(HOST, port), path, pool)
    except (OSError, asyncio.IncompleteReadError, TimeoutError):
        return 0


async def _once(connection: _Connection, path: str, pool: list[tuple[float, _Connection]]) -> int:
    goes_on = False
    try:
        status, goes_on = await _ask(*connection, path)
    finally:
        if goes_on:
            pool.append((time.perf_counter(), connection))
        else:
            connection[1].close()
    return status


def _kept(pool: list[tuple[float, _Connection]]) -> _Connection | None:
    while pool:
        since, (reader, writer) = pool.pop()
        if time.perf_counter() - since < _IDLE and not reader.at_eof():
            return reader, writer
        writer.close()
    return None


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> tuple[int, bool]:
    """Status, and whether the connection may be used again. Raises OSError, asyncio.IncompleteReadError."""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nAccept-Encoding: gzip\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    names = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
    status = int(head.split(" ", 2)[1])
    if "content-length" in names:
        await reader.readexactly(int(names["content-length"]))
    elif names.get("transfer-encoding") == "chunked":
        while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
            await reader.readexactly(size + 2)
        await reader.readuntil(b"\r\n")
    else:
        await reader.read()
        return status, False
    return status, names.get("connection") != "close"
