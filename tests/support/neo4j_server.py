"""A real Neo4j Community server for tests, started by plain java from its published Maven artifacts.

Needs Java 17 (or 21) and Maven, and Maven's repository once: the jars (about 140 MB) are kept in
`~/.cache/zeren-neo4j/VERSION`, or are taken from the folder that `ZEREN_NEO4J_JARS` names. A process of the tests has
one server on 127.0.0.1, with its own folder and password, and stops it by its process id. Where Java or Maven is
missing the tests are skipped with a sentence that says how to get them; with `CI` set they fail.
"""

from __future__ import annotations

import atexit
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from neo4j import GraphDatabase

from graph.sqlite.lock import WriterLock

VERSION = "5.26.31"
POM = Path(__file__).with_name("neo4j-pom.xml")
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies"
HOW = "Neo4j tests need Java 17 and Maven: apt-get install openjdk-17-jre-headless maven (or set ZEREN_NEO4J_JARS)"

_OPENS = ("java.base/java.nio", "java.base/java.io", "java.base/sun.nio.ch", "java.base/java.util.concurrent")
_QUICK = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""Tests are short: the second compiler costs them more than it gives."""


class Neo4jServer:
    """A server in a folder of its own. `address` is what Zeren opens, `process` the java process while it runs."""

    def __init__(self, jars: Path, home: Path, java: tuple[str, ...] = ("-Xmx512m", *_QUICK)) -> None:
        self.home, self.port, self.password = home, _free_port(), secrets.token_hex(8)
        self.process: subprocess.Popen[bytes] | None = None
        self._jars, self._java = jars, java
        for name in ("conf", "data", "logs", "run", "plugins", "import", "licenses"):
            (home / name).mkdir(parents=True)
        (home / "conf" / "neo4j.conf").write_text(self._settings(), "utf-8")
        self._run_java("org.neo4j.cli.AdminTool", "dbms", "set-initial-password", self.password)

    @property
    def address(self) -> str:
        """As `--store` takes it, straight to this server."""
        return self.address_as(self.password)

    def address_as(self, password: str, scheme: str = "bolt") -> str:
        """The address with another password or scheme."""
        return f"{scheme}://neo4j:{password}@127.0.0.1:{self.port}/neo4j"

    def start(self) -> None:
        """Starts the server, and waits until it listens."""
        opens = [f"--add-opens={each}=ALL-UNNAMED" for each in _OPENS]
        jars = f"{self.home}/plugins/*:{self.home}/conf/*:{self._jars}/*"
        command = ["java", "-Xms256m", *self._java, *opens, "-Dfile.encoding=UTF-8", "-cp", jars]
        command += ["org.neo4j.server.CommunityEntryPoint", *self._folders(), "--console-mode"]
        with open(self.home / "logs" / "console.log", "ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        self._wait()

    def run(self, query: str, **values: object) -> list[list[object]]:
        """The rows of a query, as anybody with a Neo4j browser could ask it."""
        with GraphDatabase.driver(f"bolt://127.0.0.1:{self.port}", auth=("neo4j", self.password)) as driver:
            return [list(record.values()) for record in driver.execute_query(query, values).records]

    def wipe(self) -> None:
        """Takes everything out of the database but constraints and indexes."""
        self.run("MATCH (n) DETACH DELETE n")

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Holds the server still (SIGSTOP): its connections stay open and its port is there, but nothing answers."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """Kills the server as a power cut would (SIGKILL)."""
        self._end(lambda process: process.kill())

    def stop(self) -> None:
        """Stops the server cleanly; kills it where it does not stop within 30 seconds."""
        self._end(lambda process: process.terminate())

    def _end(self, end: Callable[[subprocess.Popen[bytes]], None]) -> None:
        process, self.process = self.process, None
        if process is None:
            return
        end(process)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _wait(self, seconds: float = 120) -> None:
        until = time.monotonic() + seconds
        while True:
            with socket.socket() as trying:
                trying.settimeout(1)
                if trying.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            ended = self.process is None or self.process.poll() is not None
            if ended or time.monotonic() > until:
                raise RuntimeError((self.home / "logs" / "console.log").read_text("utf-8")[-2000:])
            time.sleep(0.1)

    def _run_java(self, *arguments: str) -> None:
        environment = {**os.environ, "NEO4J_HOME": str(self.home), "NEO4J_CONF": str(self.home / "conf")}
        command = ["java", "-Xmx128m", *_QUICK, "-cp", f"{self._jars}/*", *arguments]
        subprocess.run(command, env=environment, check=True, capture_output=True)

    def _folders(self) -> list[str]:
        return [f"--home-dir={self.home}", f"--config-dir={self.home / 'conf'}"]

    def _settings(self) -> str:
        settings = {
            "server.default_listen_address": "127.0.0.1",
            "server.bolt.listen_address": f"127.0.0.1:{self.port}",
            "server.bolt.advertised_address": f"127.0.0.1:{self.port}",
            "server.http.enabled": "false",
            "server.https.enabled": "false",
            "server.directories.data": f"{self.home}/data",
            "server.directories.logs": f"{self.home}/logs",
            "server.memory.pagecache.size": "64m",
            "dbms.usage_report.enabled": "false",
            "dbms.cypher.min_replan_interval": "1h",
            "db.tx_log.preallocate": "false",
        }
        return "".join(f"{name}={value}\n" for name, value in settings.items())


def neo4j_jars() -> Path:
    """The folder of the server's jars; Maven brings them once. Raises `RuntimeError` with what is missing."""
    if shutil.which("java") is None:
        raise RuntimeError(HOW)
    if given := os.environ.get("ZEREN_NEO4J_JARS"):
        return Path(given)
    jars = Path.home() / ".cache" / "zeren-neo4j" / VERSION
    jars.parent.mkdir(parents=True, exist_ok=True)
    with WriterLock(jars.parent / f"{VERSION}.lock", wait=900):
        if not jars.exists():
            _download(jars)
    return jars


def _download(jars: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise RuntimeError(HOW)
    part = jars.with_name(f"{jars.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    command = [maven, "-q", "-B", "-f", str(POM), COPY, "-DincludeScope=runtime", f"-DoutputDirectory={part}"]
    command += [f"-Dneo4j.version={VERSION}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{HOW}; Maven said: {(done.stdout + done.stderr)[-1000:]}")
    part.rename(jars)


def _free_port() -> int:
    with socket.socket() as trying:
        trying.bind(("127.0.0.1", 0))
        return int(trying.getsockname()[1])


@pytest.fixture(scope="session")
def neo4j_server() -> Iterator[Neo4jServer]:
    """A running server, stopped and its folder removed at the end. Without Java or Maven it skips; in CI it fails."""
    try:
        jars = neo4j_jars()
    except RuntimeError as missing:
        if os.environ.get("CI"):
            pytest.fail(str(missing))
        pytest.skip(str(missing))
    with tempfile.TemporaryDirectory(prefix="zeren-neo4j-", ignore_cleanup_errors=True) as folder:
        server = Neo4jServer(jars, Path(folder) / "home")
        atexit.register(server.kill)
        try:
            server.start()
            yield server
        finally:
            server.kill()
            atexit.unregister(server.kill)
