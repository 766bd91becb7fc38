"""What a library keeps is its owner's alone (权限): files 0600, folders 0700, where the system has such rights."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_POSIX = os.name == "posix"


def make_folder(folder: Path) -> None:
    """Makes a folder, and those above it, for its owner alone; one that is there stays as it is."""
    for missing in reversed([each for each in (folder, *folder.parents) if not each.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)


def make_file(path: Path) -> None:
    """Makes an empty file for its owner alone; SQLite gives its log and shared memory the same rights."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    keep_file(path)


def keep_file(path: Path) -> None:
    """Takes a file's rights from everybody but its owner, where that is us."""
    if _POSIX:
        with suppress(OSError):
            path.chmod(0o600)


def keep_library(folder: Path) -> None:
    """The same for a library's folder and all that is in it."""
    if not _POSIX:
        return
    with suppress(OSError):
        folder.chmod(0o700)
    for inner, _, names in os.walk(folder):
        for name in names:
            if not (path := Path(inner, name)).is_symlink():
                keep_file(path)
        if inner != str(folder):
            with suppress(OSError):
                os.chmod(inner, 0o700)
