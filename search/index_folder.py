"""The folder that an index lives in (索引目录): whose it is, which rules made it, and how a new one takes its place.

Index files are pickles, and reading a pickle runs what it says. So a folder is opened only where it and every file in
it belong to us and nobody else may write there, and where our own stamp names this library and today's rules.
"""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import msgspec

from ingest.model import Record
from search.index import IndexDamaged, IndexNotWritable

STAMP_FILE = "stamp.json"
_FORMAT = "zeren-index"


class IndexStamp(Record, frozen=True):
    """What an index says of itself: the engine, the stamp of its rules, and the id of its library."""

    format: str
    engine: str
    stamp: str
    library: str


def stamp_of(engine: str, stamp: str, library: str) -> IndexStamp:
    """The stamp that an index of this engine, these rules and this library must bear."""
    return IndexStamp(_FORMAT, engine, stamp, library)


def check(folder: Path, wanted: IndexStamp) -> None:
    """Raises `IndexDamaged` (reason: missing, foreign, old) unless the folder is ours and bears the stamp."""
    try:
        names = sorted(os.listdir(folder))
        ours = all(_is_ours(path) for path in [folder, *(folder / name for name in names)])
        data = (folder / STAMP_FILE).read_bytes() if ours else b""
    except OSError:
        raise IndexDamaged(path=str(folder), reason="missing") from None
    if not ours:
        raise IndexDamaged(path=str(folder), reason="foreign")
    try:
        found = msgspec.json.decode(data, type=IndexStamp)
    except msgspec.MsgspecError:
        raise IndexDamaged(path=str(folder), reason="foreign") from None
    if found != wanted:
        raise IndexDamaged(path=str(folder), reason="foreign" if found.library != wanted.library else "old")


def _is_ours(path: Path) -> bool:
    """A file or folder of this user, no link, that no other user may write. Windows has no such bits: true there."""
    status = path.lstat()
    if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
        return False
    return os.name == "nt" or (status.st_uid == os.getuid() and not status.st_mode & stat.S_IWOTH)


def begin(folder: Path) -> Path:
    """An empty folder beside `folder` to make a new index in; what an earlier attempt left there goes."""
    fresh = folder.with_name(f"{folder.name}.new")
    try:
        _clear(fresh)
        fresh.mkdir(parents=True, mode=0o700)
    except OSError as error:
        raise IndexNotWritable(path=str(fresh), reason=error.strerror or "") from error
    return fresh


def finish(fresh: Path, folder: Path, stamp: IndexStamp) -> None:
    """Stamps the new index and puts it in the place of the old one, which goes."""
    old = folder.with_name(f"{folder.name}.old")
    try:
        path = fresh / STAMP_FILE
        path.write_bytes(msgspec.json.encode(stamp))
        sync(path)
        sync(fresh)
        _clear(old)
        if folder.is_symlink() or folder.exists():
            folder.rename(old)
        fresh.rename(folder)
        sync(folder.parent)
        _clear(old)
    except OSError as error:
        raise IndexNotWritable(path=str(folder), reason=error.strerror or "") from error


def _clear(path: Path) -> None:
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)


def sync(path: Path) -> None:
    """Has the disk keep a file, or the names in a folder (which Windows keeps by itself), before this returns."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
