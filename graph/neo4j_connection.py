"""Talking to a Neo4j database: its address, managed transactions, and its errors in our words.

Reads are routed to readers and writes to the leader where the address is that of a cluster (`neo4j://`). All sessions
share their bookmarks, so that a reader sees what this process wrote and never an older state than it has seen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

from neo4j import (
    READ_ACCESS,
    WRITE_ACCESS,
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
from graph.neo4j_outage import Outage
from ingest.errors import ZerenError

Answer = TypeVar("Answer")

TIMEOUT = 120.0
"""Seconds after which the server gives up a transaction."""

RETRY = 5.0
"""Seconds for which a transaction that writes is tried again while the server is away, busy or choosing a leader."""

_READ_RETRY = 0.5
"""The same for one that reads: it waits for no leader, so that a second try, a second later, says enough."""

_SCHEMES = ("neo4j", "bolt")
_CONNECT = 5.0
"""Seconds that a connection may take to be made."""


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


class Database:
    """A database with its pool of connections; safe to use from many threads. Connects on first need."""

    def __init__(self, address: Address, timeout: float = TIMEOUT, retry: float = RETRY) -> None:
        self.address = address
        self._timeout = timeout
        self._retry = retry
        self._outage = Outage()
        self._bookmarks = GraphDatabase.bookmark_manager()
        with self._translated():
            self._driver = GraphDatabase.driver(
                f"{address.scheme}://{address.server}",
                auth=(address.user, address.password),
                connection_timeout=_CONNECT,
                connection_acquisition_timeout=_CONNECT,
                notifications_min_severity=NotificationMinimumSeverity.OFF,
                telemetry_disabled=True,
                user_agent="zeren",
            )

    def read(self, work: Callable[[Transaction], Answer]) -> Answer:
        """What `work` finds, in one transaction; it may be called again after a passing fault.

        While the server is away this fails at once, but for one caller at a time.
        """
        retry = min(self._retry, _READ_RETRY)
        with self._outage.noticed(), self._translated(), self._session(READ_ACCESS, retry) as session:
            return session.execute_read(self._unit(work))

    def write(self, work: Callable[[Transaction], Answer]) -> Answer:
        """Does `work` in one transaction, all or nothing; it may be called again after a passing fault."""
        with self._translated(), self._session(WRITE_ACCESS, self._retry) as session:
            return session.execute_write(self._unit(work))

    def write_once(self, query: str, **values: object) -> None:
        """Runs a query that need not be done: it is not tried again."""
        with self._translated(), self._session(WRITE_ACCESS, self._retry) as session:
            session.run(Query(_over_one_map(query), timeout=self._timeout), {"values": values}).consume()

    def close(self) -> None:
        """Lets go of the connections."""
        self._driver.close()

    def _session(self, access: str, retry: float) -> Session:
        return self._driver.session(
            database=self.address.database,
            default_access_mode=access,
            max_transaction_retry_time=retry,
            bookmark_manager=self._bookmarks,
        )

    def _unit(self, work: Callable[[Transaction], Answer]) -> Callable[[ManagedTransaction], Answer]:
        @unit_of_work(timeout=self._timeout)
        def unit(managed: ManagedTransaction) -> Answer:
            return work(Transaction(managed))

        return unit

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (Neo4jError, ServiceUnavailable, SessionExpired, ConnectionPoolError, OSError) as error:
            ours = _in_our_words(error, self.address.shown, round(self._timeout))
            if ours is None:
                raise
            raise ours from error
        except ConfigurationError as error:
            raise BadAddress(reason=type(error).__name__) from error


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
