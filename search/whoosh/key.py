"""The key of this user on this machine (本机密钥): an index that it did not seal is somebody else's.

It lies outside every library, so that a folder handed over on a stick, in a zip or on a share comes without it.
"""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from search.index.port import IndexNotWritable

_SIZE = 32
_NAME = "index.key"


def machine_key() -> bytes:
    """The key, made where there is none yet. Raises `IndexNotWritable` where none is there and none can be kept.

    A key that another user could read or has written is not used, and not replaced either: it is that user's.
    """
    try:
        path = _folder() / _NAME
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        key = _kept(path)
        if key is None:
            _keep(path)
            key = _kept(path)
    except (OSError, RuntimeError) as error:  # RuntimeError: a user without a home
        reason = error.strerror if isinstance(error, OSError) else None
        raise IndexNotWritable(path=_NAME, reason=reason or type(error).__name__) from error
    if key is None:
        raise IndexNotWritable(path=str(path), reason="foreign")
    return key


def _folder() -> Path:
    """Where programs keep what they need from one run to the next: as the XDG base directories say, or Windows."""
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "Zeren"
    stated = Path(os.environ.get("XDG_STATE_HOME", ""))
    return (stated if stated.is_absolute() else Path.home() / ".local" / "state") / "zeren"


def _kept(path: Path) -> bytes | None:
    """The key in the file; None where there is no file, or not all of a key in it."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        return None
    with open(handle, "rb") as file:
        status = os.fstat(handle)
        if os.name != "nt" and (status.st_uid != os.getuid() or status.st_mode & (stat.S_IRWXG | stat.S_IRWXO)):
            raise PermissionError(None, "foreign")
        key = file.read(_SIZE + 1)
    return key if len(key) == _SIZE else None


def _keep(path: Path) -> None:
    """Writes a new key in one step. Of two processes that do so at once the first wins."""
    fresh = path.with_name(f"{_NAME}.{secrets.token_hex(4)}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with open(os.open(fresh, flags, 0o600), "wb") as file:
            file.write(secrets.token_bytes(_SIZE))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, path)
        except OSError:  # an unfinished key, or a disk without links
            if _kept(path) is None:
                os.replace(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)
