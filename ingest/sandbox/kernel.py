"""What the kernel takes from a process for good (内核隔离): new privileges, calls (seccomp), files (Landlock).

Each step says whether it holds. Where the kernel does not know it, or forbids it, the process goes on without: who
asked for it says so. Nothing here can be undone, and all of it goes down to the processes that are started later.
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Literal

_SET_NO_NEW_PRIVILEGES = 38
_FILTER_MODE, _ALL_THREADS = 1, 1
_SECCOMP = {"x86_64": 317, "aarch64": 277}
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION, _PATH_BENEATH = 1, 1

Access = Literal["read", "run", "write", "sockets"]
_READ, _RUN = 1 << 2 | 1 << 3, 1 << 0
_RIGHTS: Mapping[Access, int] = {
    "read": _READ, "run": _READ | _RUN, "write": (1 << 16) - 1 & ~_RUN, "sockets": 1 << 5 | 1 << 9,
}  # fmt: skip
"""Rights as bits: a socket can be made, and be removed like any other file."""

_OF_A_FILE = 1 << 0 | 1 << 1 | 1 << 2 | 1 << 14 | 1 << 15
"""What can be allowed of a file that is no folder: execute, write, read, truncate, device controls."""
_BIND_AND_CONNECT, _FOREIGN_SOCKETS_AND_SIGNALS = 0b11, 0b11


def machine() -> str:
    """The processor's name, as `sandbox_filter.MACHINES` knows some; "" where there is no Linux."""
    return os.uname().machine if sys.platform == "linux" else ""


def no_new_privileges() -> bool:
    """No program started from here gains rights by its file (setuid); the other two steps need this one."""
    return _call("prctl", _SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0


def filter_calls(program: bytes | None) -> bool:
    """Has seccomp run a program of `sandbox_filter` before each call of every thread."""
    if program is None or sys.platform != "linux":
        return False
    held = ctypes.create_string_buffer(program, len(program))
    # struct sock_fprog: how many steps, and where they are.
    asked = ctypes.create_string_buffer(struct.pack("@HP", len(program) // 8, ctypes.addressof(held)))
    return _call("syscall", _SECCOMP[machine()], _FILTER_MODE, _ALL_THREADS, asked) == 0


def forbid_files(allowed: Mapping[Access, Iterable[Path]]) -> bool:
    """Has Landlock refuse every file but what is beneath these: to read, to run too, to write too, to put sockets in.

    Newer kernels also refuse TCP, and signals and abstract sockets to processes outside.
    """
    version = _call("syscall", _CREATE_RULESET, None, 0, _ASK_VERSION)
    if version < 1:
        return False
    # What a version knows of files: 13 rights, then moves between folders (2), truncation (3), device controls (5).
    known = (1 << 13 + (version >= 2) + (version >= 3) + (version >= 5)) - 1
    fields = [known, _BIND_AND_CONNECT, _FOREIGN_SOCKETS_AND_SIGNALS][: 1 + (version >= 4) + (version >= 6)]
    asked = struct.pack(f"={len(fields)}Q", *fields)
    rules = _call("syscall", _CREATE_RULESET, ctypes.create_string_buffer(asked, len(asked)), len(asked), 0)
    if rules < 0:
        return False
    try:
        for access, paths in allowed.items():
            for path in paths:
                _allow(rules, path, _RIGHTS[access] & known)
        return _call("syscall", _RESTRICT_SELF, rules, 0) == 0
    finally:
        os.close(rules)


def _allow(rules: int, path: Path, rights: int) -> None:
    # A folder that this system does not have needs no rule.
    with suppress(OSError):
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            allowed = rights if path.is_dir() else rights & _OF_A_FILE
            rule = ctypes.create_string_buffer(struct.pack("=Qi", allowed, opened), 12)
            _call("syscall", _ADD_RULE, rules, _PATH_BENEATH, rule, 0)
        finally:
            os.close(opened)


def _call(function: str, *arguments: int | ctypes.Array[ctypes.c_char] | None) -> int:
    """A function of the C library, its whole numbers as `long`; -1 where there is none, or it is refused."""
    if sys.platform != "linux":
        return -1
    called = ctypes.CDLL(None)[function]
    called.restype = ctypes.c_long
    return int(called(*(ctypes.c_long(each) if isinstance(each, int) else each for each in arguments)))
