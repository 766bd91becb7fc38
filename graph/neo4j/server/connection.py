"""Talking to a Neo4j database: its address, managed transactions, and its errors in our words.

Reads are routed to readers and writes to the leader where the address is that of a cluster (`neo4j://`). All sessions
share their bookmarks, so that a reader sees what this process wrote and never an older state than it has seen.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

from neo4j import (
    READ_ACCESS,
    WRITE_ACCESS,
    Driver,
    GraphDatabase,
    ManagedTransaction,
    NotificationMinimumSeverity,
    Query,
    Session,
    unit_of_work,
)
from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    ConnectionPoolError,
    ConstraintError,
    DatabaseUnavailable,
    DriverError,
    Forbidden,
    ForbiddenOnReadOnlyDatabase,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from graph.errors import (
    BadAddress,
    DatabaseFailed,
    DatabaseRefused,
    DatabaseTimeout,
    DatabaseUnreachable,
    ForeignGraph,
    LibraryReadOnly,
    NoLibrary,
    ProcedureFailed,
)
from graph.neo4j.server.outage import Outage
from graph.neo4j.server.silence import Silence
from graph.query.row_types import RowOf
from graph.query.texts import decoded
from ingest.errors import ZerenError

Answer = TypeVar("Answer")

TIMEOUT = 120.0
"""Seconds after which the server gives up a transaction."""

RETRY = 5.0
"""Seconds for which a transaction that writes is tried again while the server is away, busy or choosing a leader."""

_READ_RETRY = 0.5
"""The same for one that reads: it waits for no leader, so that a second try, a second later, says enough."""

_PAUSE = 1.0
"""Seconds before a second try; twice as many before each further one."""

_AWAY = (ServiceUnavailable, SessionExpired, ConnectionPoolError, OSError)
"""What the driver raises where no server was reached."""

_SCHEMES = ("neo4j", "bolt")
_CONNECT = 4.0
"""Seconds that a connection may take to be made, log-in included. With the patience of graph/neo4j/server/silence.py,
and that of the site's own queue, who asks a server that has fallen silent is told so within ten."""


@dataclass(frozen=True)
class Address:
    """Where a database is, and who asks. `scheme` is neo4j (a cluster, or one server) or bolt, with +s or +ssc for
    TLS; `shown` holds neither user nor password and is all that is ever shown."""

    scheme: str
    server: str
    database: str
    user: str = field(repr=False)
    password: str = field(repr=False)

    @property
    def shown(self) -> str:
        return f"{self.scheme}://{self.server}/{self.database}"


def address_of(text: str) -> Address:
    """`neo4j://user:password@host:7687/database`, user and password percent-encoded. Raises `BadAddress`."""
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port or 7687
    except ValueError:
        raise BadAddress(reason="port") from None
    if parts.scheme.partition("+")[0] not in _SCHEMES or parts.scheme.partition("+")[2] not in ("", "s", "ssc"):
        raise BadAddress(reason="scheme")
    if not host or parts.query or parts.fragment:
        raise BadAddress(reason="host")
    server = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    database = unquote(parts.path.strip("/")) or "neo4j"
    return Address(parts.scheme, server, database, unquote(parts.username or "neo4j"), unquote(parts.password or ""))


@cache
def _over_one_map(query: str) -> str:
    """The query with `$name` as `$values.name`.

    Neo4j plans a query anew for each combination of types and sizes (1, 10, 100 …) of its parameters, which takes it
    longer than to answer: a map is always of one type.
    """
    return re.sub(r"\$(\w+)", r"$values.\1", query)


class Transaction:
    """A transaction under way. Values are always parameters, never part of the query."""

    def __init__(self, managed: ManagedTransaction) -> None:
        self._managed = managed

    def rows(self, query: str, **values: object) -> list[list[Any]]:
        """The rows that a query gives, all of them."""
        return self._managed.run(_over_one_map(query), {"values": values}).values()

    def named_rows(self, query: str, row: type[RowOf], /, **values: object) -> list[RowOf]:
        """The rows of a query as records, by the names of their columns."""
        result = self._managed.run(_over_one_map(query), {"values": values})
        return decoded(result.keys(), result.values(), row)


class Database:
    """A database with its pool of connections; safe to use from many threads. Connects on first need."""

    def __init__(self, address: Address, timeout: float = TIMEOUT, retry: float = RETRY) -> None:
        self.address = address
        self._timeout = timeout
        self._retry = retry
        self._outage = Outage()
        self._silence = Silence(self._alive)
        self._bookmarks = GraphDatabase.bookmark_manager()
        self._driver = self._connected(address.scheme, address.server)

    def read(self, work: Callable[[Transaction], Answer]) -> Answer:
        """What `work` finds, in one transaction; it may be called again after a passing fault.

        While the server is away this fails at once, but for one caller at a time.
        """
        with self._outage.noticed(), self._translated():
            return self._tried(lambda: self._read_once(work), min(self._retry, _READ_RETRY))

    def write(self, work: Callable[[Transaction], Answer]) -> Answer:
        """Does `work` in one transaction, all or nothing; it may be called again after a passing fault."""
        with self._outage.noted(), self._translated():
            return self._tried(lambda: self._write_once(work), self._retry)

    def write_once(self, query: str, **values: object) -> None:
        """Runs a query that need not be done: it is not tried again, and not at all while the server is away."""
        with self._outage.noticed(), self._translated(), self._session(WRITE_ACCESS) as session:
            session.run(Query(_over_one_map(query), timeout=self._timeout), {"values": values}).consume()

    def close(self) -> None:
        """Lets go of the connections."""
        self._silence.close()
        self._driver.close()

    def _connected(self, scheme: str, server: str) -> Driver:
        with self._translated():
            return GraphDatabase.driver(
                f"{scheme}://{server}",
                auth=(self.address.user, self.address.password),
                connection_timeout=_CONNECT,
                connection_acquisition_timeout=_CONNECT,
                notifications_min_severity=NotificationMinimumSeverity.OFF,
                telemetry_disabled=True,
                user_agent="zeren",
            )

    def _alive(self, server: str) -> bool:
        """Whether a server answers a new connection. A refusal is an answer, too."""
        try:
            with self._connected(self.address.scheme.replace("neo4j", "bolt"), server) as driver:
                driver.verify_connectivity()
        except Neo4jError:
            return True
        except Exception:  # Of whatever kind: it did not answer, and who asks must not die of it.
            return False
        return True

    @contextmanager
    def _session(self, access: str) -> Iterator[Session]:
        """A session whose questions are cut off when the server falls silent."""
        session = self._driver.session(
            database=self.address.database,
            default_access_mode=access,
            max_transaction_retry_time=0,  # `_tried` tries again.
            bookmark_manager=self._bookmarks,
        )
        with self._silence.watched(_Asking(session)), session:
            yield session

    def _read_once(self, work: Callable[[Transaction], Answer]) -> Answer:
        with self._session(READ_ACCESS) as session:
            return session.execute_read(self._unit(work))

    def _write_once(self, work: Callable[[Transaction], Answer]) -> Answer:
        with self._session(WRITE_ACCESS) as session:
            return session.execute_write(self._unit(work))

    def _tried(self, once: Callable[[], Answer], retry: float) -> Answer:
        """What `once` gives, tried again for `retry` seconds after a fault that passes.

        The driver's own retry would begin again with a server that has been silent for long. A connection that had
        merely gone stale fails at once, so what took longer than `retry` to fail to reach the server is told.
        """
        pause, until = _PAUSE, None
        while True:
            began = time.monotonic()
            try:
                return once()
            except (DriverError, Neo4jError) as error:
                now = time.monotonic()
                until = until or now + retry
                unheard = isinstance(error, _AWAY) and now - began > retry
                if unheard or now > until or not error.is_retryable():
                    raise
            time.sleep(pause)
            pause *= 2

    def _unit(self, work: Callable[[Transaction], Answer]) -> Callable[[ManagedTransaction], Answer]:
        @unit_of_work(timeout=self._timeout)
        def unit(managed: ManagedTransaction) -> Answer:
            return work(Transaction(managed))

        return unit

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (Neo4jError, *_AWAY) as error:
            ours = _in_our_words(error, self.address.shown, round(self._timeout))
            if ours is None:
                raise
            raise ours from error
        except ConfigurationError as error:
            raise BadAddress(reason=type(error).__name__) from error


class _Asking:
    """A session, for graph/neo4j/server/silence.py. The driver has no public way to break off a connection on which
    another thread waits: its time-outs are the server's to set."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def server(self) -> str | None:
        connection: Any = self._session._connection
        return None if connection is None else str(connection.unresolved_address)

    def cut(self) -> None:
        """What waits for the connection fails as if the network had."""
        connection: Any = self._session._connection
        if connection is not None:
            connection.kill()


def _in_our_words(error: Exception, address: str, timeout: int) -> ZerenError | None:
    """None for what no user can mend: a mistake of ours."""
    if not isinstance(error, Neo4jError):
        return DatabaseUnreachable(address=address, reason=type(error).__name__)
    code = error.code or ""
    reason = code.rpartition(".")[2]
    if isinstance(error, Forbidden | ForbiddenOnReadOnlyDatabase):
        return LibraryReadOnly(path=address)
    if isinstance(error, AuthError) or code.startswith("Neo.ClientError.Security."):
        return DatabaseRefused(address=address, reason=reason)
    if isinstance(error, DatabaseUnavailable):
        return DatabaseUnreachable(address=address, reason=reason)
    if isinstance(error, ConstraintError) or code in _OTHER_SCHEMA:
        return ForeignGraph(address=address, reason=reason)
    if reason.startswith("TransactionTimedOut") or reason == "LockClientStopped":
        return DatabaseTimeout(address=address, seconds=timeout)
    if reason == "DatabaseNotFound":
        return NoLibrary(path=address)
    if code == "Neo.ClientError.Procedure.ProcedureCallFailed":
        return ProcedureFailed(address=address, reason=reason)
    mendable = code.startswith(_PASSING)
    return DatabaseFailed(address=address, reason=reason) if mendable else None


_PASSING = (
    "Neo.TransientError.", "Neo.DatabaseError.", "Neo.ClientError.Cluster.", "Neo.ClientError.Transaction.Terminated",
)  # fmt: skip

_OTHER_SCHEMA = (
    "Neo.ClientError.Schema.ConstraintAlreadyExists",
    "Neo.ClientError.Schema.IndexAlreadyExists",
    "Neo.ClientError.Schema.IndexWithNameAlreadyExists",
    "Neo.ClientError.Schema.ConstraintWithNameAlreadyExists",
    "Neo.ClientError.Schema.EquivalentSchemaRuleAlreadyExists",
)
"""Indexes or constraints that are not ours stand where ours must be."""
