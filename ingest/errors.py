"""What can be wrong with a file or a library (错误): facts only; sentences and statuses are made at the edges."""

from __future__ import annotations


class ZerenError(Exception):
    """Base of every error that a user can mend. `code` names the sentence, `params` fill it."""

    code = "error"

    def __init__(self, **params: str | int) -> None:
        self.params: dict[str, str | int] = params
        super().__init__(self.code, params)


class UnreadableFile(ZerenError):
    """The file is not there, not a file, or may not be read. Params: path, reason."""

    code = "unreadable-file"


class EmptyFile(ZerenError):
    """The file holds no text. Params: path."""

    code = "empty-file"


class FileTooLarge(ZerenError):
    """The file is larger than the limit. Params: path, bytes, limit."""

    code = "file-too-large"


class UnknownEncoding(ZerenError):
    """The bytes are in no encoding that Chinese offices use. Params: path."""

    code = "unknown-encoding"


class BinaryFile(ZerenError):
    """The bytes are no text. Params: path."""

    code = "binary-file"


class UnsupportedFormat(ZerenError):
    """A kind of file that is not read. Params: path, format."""

    code = "unsupported-format"


class ScannedFile(UnsupportedFormat):
    """A picture of a text: its characters are not in the file. Params: path, format, pages."""

    code = "scanned-file"


class LockedFile(UnsupportedFormat):
    """The file opens with a password only. Params: path."""

    code = "locked-file"


class ManyFiles(ZerenError):
    """A bundle of several files, or of none, where one is asked for. Params: path, count, names."""

    code = "many-files"


class OldFormat(UnsupportedFormat):
    """A format that only an office program reads, and none is here. Params: path, format, target (what to save as)."""

    code = "old-format"


class ConversionFailed(ZerenError):
    """The office program did not convert the file. Params: path, reason (`timeout`, `no-result`), target."""

    code = "conversion-failed"


class DamagedFile(ZerenError):
    """A file that its own format's reader rejects. Params: path, reason."""

    code = "damaged-file"


class FileTooHard(ZerenError):
    """Reading the file went beyond its limits, or broke off (ingest/sandbox/parent.py).

    Params: path, reason (`timeout`, `memory`, `crash`, or the exception and where it was raised).
    """

    code = "file-too-hard"


class NotOfficial(ZerenError):
    """Nothing of the file is as in official documents (ingest/header/official.py). Params: path."""

    code = "not-official"


class SecretFile(ZerenError):
    """The header carries a security mark (密级, GB/T 9704-2012 7.2.2). Params: path, mark, line."""

    code = "secret-file"
