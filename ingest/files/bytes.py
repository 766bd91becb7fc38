"""The bytes of a file (文件内容), within a limit; what is in them is for a reader to say."""

from __future__ import annotations

from pathlib import Path

from ingest.errors import FileTooLarge, UnreadableFile

LIMIT = 20 * 1024 * 1024
"""Bytes of a file, unless the caller sets another limit."""


def file_bytes(path: Path, limit: int = LIMIT) -> bytes:
    """All bytes of a file. Raises UnreadableFile, FileTooLarge."""
    try:
        if not path.is_file():
            raise UnreadableFile(path=str(path), reason="not-a-file" if path.exists() else "missing")
        size = path.stat().st_size
        if size > limit:
            raise FileTooLarge(path=str(path), bytes=size, limit=limit)
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(path=str(path), reason=error.strerror or "error") from error
