"""A server in a process of its own, whose only page takes a second to make and is long: it says when it was asked."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from typing import Any

from web.serving.server import Server


def page(_: dict[str, Any], start: Callable[..., object]) -> list[bytes]:
    """Says so, makes itself for a second, and is five megabytes."""
    print("asked", flush=True)
    time.sleep(1)
    start("200 OK", [("Content-Length", "5000000")])
    return [b"x" * 5_000_000]


class Telling(Server):
    """Says when it is told to stop."""

    def stop(self) -> None:
        """Says so."""
        print("told", flush=True)
        super().stop()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a child of a shell's background job ignores it
    server = Telling(page, "127.0.0.1", 0)
    print(server.port, flush=True)
    server.run_as_process()
