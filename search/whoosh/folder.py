"""The folder that an index lives in (索引目录): files, and a seal that says which they are and who wrote them.

Index files are pickles, and reading a pickle runs what it says. So none is read that this machine did not write: the
seal bears a MAC by a key that lies elsewhere (`index_key`), and the length and SHA-256 of each file. The bytes that
were checked are the bytes that are used; the folder may change behind them. A bit that flipped on the disk shows too.

    seal.json     the MAC in hexadecimal digits, a line break, the seal as JSON
    MAIN_…        files of whoosh; each is written once, under a name of its own, before the seal that names it
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import shutil
import stat
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from ingest.model import Record
from search.index.port import IndexDamaged, IndexLocked, IndexNotWritable

SEAL_FILE = "seal.json"
_FORMAT = "zeren-index-2"
_MAC_LENGTH = 64
_LARGEST_SEAL = 1 << 22
_OURS = re.compile(r"_?MAIN[_.].*|seal\.json\..*|stamp\.json")
"""Names of what we write or once wrote; nothing else in the folder is touched."""

_TRIES = 5
"""How often a reader begins anew because a writer has just put another index in the place of what it read."""


class Made(Record, frozen=True):
    """What an index is made by and of: the engine, the stamp of the rules, and the id of the library."""

    engine: str
    stamp: str
    library: str


class Content(Record, frozen=True):
    """What a file holds: its length in bytes and its SHA-256."""

    length: int
    sha256: str


class Seal(Record, frozen=True):
    """What an index says of itself."""

    format: str
    made: Made
    generation: int
    files: dict[str, Content]


class IndexFolder:
    """The folder, as a reader or writer saw it last. For one thread at a time.

    `key` gives the machine's key, or raises `IndexNotWritable` where it has none: then nothing is read or kept.
    """

    def __init__(self, path: Path, made: Made, key: Callable[[], bytes]) -> None:
        self.path = path
        self._made = made
        self._key = key
        self._mark = self._present_mark()
        self._kept: dict[str, bytes] = {}
        self._contents: dict[str, Content] = {}

    def changed(self) -> bool:
        """Whether there is another index than the one that was last read or written here."""
        return self._present_mark() != self._mark

    def read(self) -> tuple[dict[str, bytes], int]:
        """The files, and the generation that they show. What is as it was last time is not read again.

        Raises `IndexDamaged` (reason: missing, foreign, old, damaged).
        """
        for _ in range(_TRIES):
            mark = self._present_mark()
            seal = self._seal()
            files = {name: self._file(name, content) for name, content in seal.files.items()}
            whole = {name: data for name, data in files.items() if data is not None}
            if len(whole) == len(files):
                self._mark, self._kept, self._contents = mark, whole, seal.files
                return whole, seal.generation
            if self._present_mark() == mark:
                break
        raise self._damaged("damaged")

    def write(self, files: Mapping[str, bytes], generation: int) -> None:
        """Keeps the files, all or none; what they take the place of goes.

        Raises `IndexNotWritable`, `IndexLocked` where another process has written meanwhile.
        """
        fresh = {name: data for name, data in files.items() if self._kept.get(name) is not data}
        contents = {name: _content(data) if name in fresh else self._contents[name] for name, data in files.items()}
        sealed = self._sealed(Seal(_FORMAT, self._made, generation, contents))
        if self.changed():
            raise IndexLocked(path=str(self.path))
        try:
            _take(self.path)
            for name, data in fresh.items():
                _put(self.path / name, data)
            _put(self.path / f"{SEAL_FILE}.new", sealed)
            os.replace(self.path / f"{SEAL_FILE}.new", self.path / SEAL_FILE)
            self._mark, self._kept, self._contents = sealed[:_MAC_LENGTH], dict(files), contents
            _sync_names(self.path)
        except OSError as error:
            raise IndexNotWritable(path=str(self.path), reason=error.strerror or type(error).__name__) from error
        finally:
            self._clean()

    def _clean(self) -> None:
        """Removes files of ours that the seal does not name: of an earlier index, or of a write that failed."""
        with suppress(OSError):
            for name in os.listdir(self.path) if _is_folder(self.path) else ():
                if _OURS.fullmatch(name) and name not in self._contents:
                    _clear(self.path / name)

    def _present_mark(self) -> bytes:
        """What tells one seal from another: its MAC; empty where there is none."""
        return _bytes_of(self.path / SEAL_FILE, _MAC_LENGTH) or b""

    def _seal(self) -> Seal:
        data = _bytes_of(self.path / SEAL_FILE, _LARGEST_SEAL) if _is_folder(self.path) else None
        if data is None:
            raise self._damaged("missing")
        try:
            key = self._key()
        except IndexNotWritable:
            raise self._damaged("foreign") from None
        if not hmac.compare_digest(data[:_MAC_LENGTH], _mac(key, data[_MAC_LENGTH:])):
            raise self._damaged("foreign")
        try:
            seal = msgspec.json.decode(data[_MAC_LENGTH:], type=Seal)
        except msgspec.MsgspecError:
            raise self._damaged("old") from None
        if (seal.format, seal.made) != (_FORMAT, self._made):
            raise self._damaged("foreign" if seal.made.library != self._made.library else "old")
        return seal

    def _sealed(self, seal: Seal) -> bytes:
        said = b"\n" + msgspec.json.encode(seal)
        return _mac(self._key(), said) + said

    def _file(self, name: str, content: Content) -> bytes | None:
        """What a file holds, or None where that is not what the seal says."""
        if self._contents.get(name) == content:
            return self._kept[name]
        data = _bytes_of(self.path / name, content.length + 1)
        return data if data is not None and _content(data) == content else None

    def _damaged(self, reason: str) -> IndexDamaged:
        return IndexDamaged(path=str(self.path), reason=reason)


def _content(data: bytes) -> Content:
    return Content(len(data), hashlib.sha256(data).hexdigest())


def _mac(key: bytes, said: bytes) -> bytes:
    return hmac.digest(key, said, "sha256").hex().encode()


def _is_folder(path: Path) -> bool:
    """A folder and no link to one: a link may lead out of the library."""
    try:
        return stat.S_ISDIR(path.lstat().st_mode)
    except OSError:
        return False


def _bytes_of(path: Path, limit: int) -> bytes | None:
    """At most `limit` bytes of a plain file, None where there is none. Follows no link and waits for no pipe."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        with open(os.open(path, flags), "rb") as file:
            return file.read(limit) if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else None
    except OSError:
        return None


def _take(folder: Path) -> None:
    """Makes the folder, for this user alone; whatever else bears its name goes."""
    if not _is_folder(folder):
        _clear(folder)
        folder.mkdir(mode=0o700, parents=True)
    elif os.name != "nt" and (mode := stat.S_IMODE(folder.stat().st_mode)) & 0o077:
        folder.chmod(mode & 0o700)


def _put(path: Path, data: bytes) -> None:
    """Writes a file that is this user's alone, and surely on the disk when this returns."""
    _clear(path)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with open(os.open(path, flags, 0o600), "wb", buffering=0) as file:
        view = memoryview(data)
        while view:
            view = view[file.write(view) :]
        os.fsync(file.fileno())


def _clear(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _sync_names(folder: Path) -> None:
    """Has the disk keep the names in a folder, which Windows does by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
