"""Writing a file that a user named or keeps (写出): whole, or not there at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from ingest.errors import ZerenError


class CannotWrite(ZerenError):
    """The file cannot be written there. Params: path, reason."""

    code = "cannot-write"


def _private(path: str, flags: int) -> int:
    """Opens for the owner alone: what is exported is as private as the library that it comes from."""
    return os.open(path, flags, 0o600)


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """The file, which gets its name, in the place of what had it, when it is whole. Raises `CannotWrite`."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(part, "wb", opener=_private) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise CannotWrite(path=str(path), reason=error.strerror or "error") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
