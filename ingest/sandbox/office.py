"""The cage of LibreOffice (转换隔离): started as a program, it confines itself and becomes LibreOffice.

    python -m ingest.sandbox.office FOLDER PROGRAM [ARGUMENT …]

LibreOffice starts processes and threads, and reads hundreds of files of its own: it keeps that. It cannot gain
privileges, reach the network or another process, leave the group of processes that is ended with it, read what is not
the system's, or write outside FOLDER (in /tmp, where it keeps a socket, it can remove what its user has there). What
this kernel does not know is left out.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from ingest.sandbox import filter as sandbox_filter
from ingest.sandbox import kernel as sandbox_kernel

if sys.platform != "win32":
    import resource

_SYSTEM = (
    "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/opt/libreoffice", "/etc/alternatives", "/etc/fonts",
    "/etc/group", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/libreoffice", "/etc/localtime",
    "/etc/nsswitch.conf", "/etc/passwd", "/var/cache/fontconfig", "/var/lib/libreoffice", "/var/spool/libreoffice",
    "/proc/cpuinfo", "/proc/filesystems", "/proc/meminfo", "/proc/stat", "/proc/version", "/sys/devices/system/cpu",
)  # fmt: skip
"""What programs are made of: none of it is anybody's document or password.

Not all of /proc: there the environment of other processes could be read.
"""

_DEVICES = ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom")
_SOCKETS = ("/tmp", "/var/tmp")
"""Where LibreOffice puts the socket by which it would hear of a second one, whatever it is told."""

_MEMORY = 4 << 30
_FILE = 1 << 30
"""Bytes that LibreOffice may take, and that a file of it may have."""


def confine(folder: Path, program: Path) -> None:
    """Takes from this process, and from what it becomes, all that LibreOffice does not need to convert in `folder`."""
    if sys.platform != "win32":
        for kind, most in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_FSIZE, _FILE), (resource.RLIMIT_CORE, 0)):
            with suppress(ValueError, OSError):
                resource.setrlimit(kind, (most, most))
    sandbox_kernel.no_new_privileges()
    # `soffice` is a link or a script; what it starts lies beside it.
    own = program.resolve().parent.parent
    runnable = [*map(Path, _SYSTEM), *([own] if own != own.parent else [])]
    sandbox_kernel.forbid_files(
        {"run": runnable, "write": [folder, *map(Path, _DEVICES)], "sockets": map(Path, _SOCKETS)}
    )
    sandbox_kernel.filter_calls(sandbox_filter.office(sandbox_kernel.machine()))


def main() -> None:
    """Confines this process and becomes the program."""
    folder, program, *arguments = sys.argv[1:]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    confine(Path(folder), Path(program))
    os.execve(program, [program, *arguments], environment)


if __name__ == "__main__":
    main()
