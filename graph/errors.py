"""What can be wrong with a library (库): children of `ZerenError`, facts only."""

from __future__ import annotations

from ingest.errors import ZerenError


class LibraryDamaged(ZerenError):
    """The library's file cannot be read as what was written; it is left as it is. Params: path, reason."""

    code = "library-damaged"


class PlanDamaged(LibraryDamaged):
    """What the record holds of one plan is not what was written; the others are. Params: path, plan, reason."""

    code = "library-plan-damaged"


class BackupExists(ZerenError):
    """A file has the name that the backup was to have, and was not to be replaced. Params: path."""

    code = "backup-exists"


class RestoreFailed(ZerenError):
    """What was restored did not stay sound where it was put. Params: path, reason, kept (the library before it)."""

    code = "restore-failed"


class NotALibrary(ZerenError):
    """The file is a sound SQLite file, but no library of Zeren's. Params: path."""

    code = "not-a-library"


class NewerLibrary(ZerenError):
    """The library was written by a newer Zeren. Params: path, found, known (schema versions)."""

    code = "newer-library"


class NoLibrary(ZerenError):
    """There is no library in the folder. Params: path."""

    code = "no-library"


class LibraryReadOnly(ZerenError):
    """The folder or the file may not be written. Params: path."""

    code = "library-read-only"


class LibraryClosed(ZerenError):
    """The folder or the file may not be read. Params: path."""

    code = "library-closed"


class LibraryOutdated(ZerenError):
    """The tables are of an older Zeren, and the folder, where they were to be made anew, is read-only. Params: path."""

    code = "library-outdated"


class LibraryLocked(ZerenError):
    """Another process is writing. Params: path, holder (its process id, 0 where unknown), seconds (waited)."""

    code = "library-locked"


class PlanNotSaved(ZerenError):
    """A plan could not be saved, nothing of it was, and others are as they would be without it. Params: reason."""

    code = "plan-not-saved"


class DiskFull(ZerenError):
    """No room for what was to be written; nothing of it was. Params: path."""

    code = "disk-full"


class DiskError(ZerenError):
    """The disk refused to read or write. Params: path, reason (SQLite's name of the error)."""

    code = "disk-error"


class BadAddress(ZerenError):
    """An address of a database that cannot be read as `neo4j://user:password@host:7687/database`. Params: reason."""

    code = "bad-address"


class DatabaseUnreachable(ZerenError):
    """The database's server does not answer, or went away; nothing half-done stays. Params: address, reason."""

    code = "database-unreachable"


class DatabaseRefused(ZerenError):
    """The database does not accept the user and password. Params: address, reason."""

    code = "database-refused"


class DatabaseTimeout(ZerenError):
    """The database gave up a transaction that took too long; nothing of it was kept. Params: address, seconds."""

    code = "database-timeout"


class DatabaseFailed(ZerenError):
    """The database could not do it now: no memory, a lock, a leader that changes. Params: address, reason."""

    code = "database-failed"


class ProcedureFailed(DatabaseFailed):
    """One of the database's own procedures failed: an index that it asks is not there. Params: address, reason."""


class ForeignGraph(ZerenError):
    """The database holds a graph that is not Zeren's; it is left as it is. Params: address, reason."""

    code = "foreign-graph"


class SnapshotGone(ZerenError):
    """A reader held a generation for so long that it was cleared away. Params: generation."""

    code = "snapshot-gone"


class BadDecision(ZerenError):
    """What was decided says nothing, or cannot be. Params: about, reason (not-standing, same-unit, not-named,
    other-log)."""

    code = "bad-decision"


class UnknownThing(ZerenError):
    """Nothing has this id. Params: kind, id."""

    code = "unknown-id"


class RemovedThing(ZerenError):
    """What had this id was removed (410). Params: kind, id."""

    code = "removed-id"
