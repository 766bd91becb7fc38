"""`python -m zeren serve` in a process of its own, on a free port of 127.0.0.1 (服务)."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Served:
    """A running site."""

    pid: int
    port: int

    def resident(self) -> int:
        """Resident bytes; 0 where the system does not tell."""
        return int(_told(self.pid, "statm", 1)) * 4096

    def processor(self) -> float:
        """Seconds of processor time so far; 0 where the system does not tell."""
        return (int(_told(self.pid, "stat", 13)) + int(_told(self.pid, "stat", 14))) / 100


def _told(pid: int, file: str, place: int) -> str:
    try:
        return Path(f"/proc/{pid}/{file}").read_text().split()[place]
    except (OSError, IndexError):
        return "0"


@contextmanager
def served(library: Path, *arguments: str) -> Iterator[Served]:
    """Serves a library for as long as the block lasts. Raises OSError where it does not start within two minutes."""
    command = [sys.executable, "-m", "zeren", "serve", "--library", str(library), *arguments]
    with running(command) as site:
        yield site


@contextmanager
def running(command: list[str]) -> Iterator[Served]:
    """Runs a command that serves, with `--port` added, until it answers; stops it at the end of the block."""
    port = _free_port()
    silent = subprocess.DEVNULL
    process = subprocess.Popen([*command, "--port", str(port)], cwd=HOME, stdout=silent, stderr=silent)
    try:
        _wait(port, process)
        yield Served(process.pid, port)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, process: subprocess.Popen[bytes], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
            return
        except OSError:
            if time.monotonic() > end or process.poll() is not None:
                raise
            time.sleep(0.2)
        finally:
            connection.close()
