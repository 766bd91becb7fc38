"""Which calls a process may make of the kernel (系统调用过滤): two programs for seccomp, as bytes.

`reading` is for the child that reads a stranger's file: it admits what computing on bytes in memory needs, and opening
files to read (which files is Landlock's to say, `ingest/sandbox/kernel.py`), and refuses the rest: nothing is written,
started, or asked of the network. `office` is for LibreOffice, of which nobody knows all that it needs: it admits all
but what leads out of its cage.

Classic BPF as `linux/seccomp.h` describes it. Every rule loads what it asks about itself, and the first that fits
decides, so that each can be read alone. A 32-bit call made on a 64-bit machine is none of ours: it is refused.
"""

from __future__ import annotations

import errno
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

ALLOW = 0x7FFF0000
_ERRNO = 0x00050000
REFUSE = _ERRNO | errno.EPERM
_UNKNOWN = _ERRNO | errno.ENOSYS
"""As if the kernel were older: the C library then asks in the way that can be looked into."""

_LOAD, _EQUAL, _ANY_BIT, _RETURN = 0x20, 0x15, 0x45, 0x06
_NUMBER, _MACHINE, _FIRST_ARGUMENT = 0, 4, 16

MACHINES: Mapping[str, int] = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
"""The machines that there are filters for, as `os.uname` names them and as the kernel numbers them."""

NUMBERS: Mapping[str, tuple[int | None, int | None]] = {
    "add_key": (248, 217), "bpf": (321, 280), "brk": (12, 214), "chroot": (161, 51), "clock_getres": (229, 114),
    "clock_gettime": (228, 113), "clone": (56, 220), "clone3": (435, 435), "close": (3, 57), "connect": (42, 203),
    "delete_module": (176, 106), "exit": (60, 93), "exit_group": (231, 94), "finit_module": (313, 273),
    "fsmount": (432, 432), "fsopen": (430, 430), "fstat": (5, 80), "futex": (202, 98), "getdents64": (217, 61),
    "getpid": (39, 172), "getrandom": (318, 278), "getrusage": (98, 165), "gettid": (186, 178),
    "gettimeofday": (96, 169), "init_module": (175, 105), "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427), "io_uring_setup": (425, 425), "kexec_file_load": (320, 294),
    "kexec_load": (246, 104), "keyctl": (250, 219), "kill": (62, 129), "lseek": (8, 62), "madvise": (28, 233),
    "membarrier": (324, 283), "mmap": (9, 222), "mount": (165, 40), "mount_setattr": (442, 442),
    "move_mount": (429, 429), "mprotect": (10, 226), "mremap": (25, 216), "munmap": (11, 215), "newfstatat": (262, 79),
    "open": (2, None), "open_by_handle_at": (304, 265), "open_tree": (428, 428), "openat": (257, 56),
    "perf_event_open": (298, 241), "pidfd_getfd": (438, 438), "pidfd_open": (434, 434),
    "pidfd_send_signal": (424, 424), "pivot_root": (155, 41), "pread64": (17, 67), "prlimit64": (302, 261),
    "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "ptrace": (101, 117), "read": (0, 63),
    "reboot": (169, 142), "request_key": (249, 218), "restart_syscall": (219, 128), "rseq": (334, 293),
    "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigqueueinfo": (129, 138), "rt_sigreturn": (15, 139),
    "rt_tgsigqueueinfo": (297, 240), "sched_yield": (24, 124), "setns": (308, 268), "setpgid": (109, 154),
    "setsid": (112, 157), "sigaltstack": (131, 132), "socket": (41, 198), "stat": (4, None), "tgkill": (234, 131),
    "time": (201, None), "tkill": (200, 130), "umount2": (166, 39), "unshare": (272, 97), "userfaultfd": (323, 282),
    "write": (1, 64),
}  # fmt: skip
"""Calls by name → their numbers on the machines above, in that order."""

_COMPUTING = (
    "brk", "clock_getres", "clock_gettime", "close", "exit", "exit_group", "fstat", "futex", "getdents64", "getpid",
    "getrandom", "getrusage", "gettid", "gettimeofday", "lseek", "madvise", "membarrier", "mmap", "mprotect", "mremap",
    "munmap", "newfstatat", "pread64", "read", "restart_syscall", "rseq", "rt_sigaction", "rt_sigprocmask",
    "rt_sigreturn", "sched_yield", "sigaltstack", "stat", "time", "write",
)  # fmt: skip
"""Memory, time, what is open, and what is needed to read a file that may be opened."""

_OUT_OF_THE_CAGE = (
    "add_key", "bpf", "chroot", "connect", "delete_module", "finit_module", "fsmount", "fsopen", "init_module",
    "io_uring_enter", "io_uring_register", "io_uring_setup", "kexec_file_load", "kexec_load", "keyctl", "kill", "mount",
    "mount_setattr", "move_mount", "open_by_handle_at", "open_tree", "perf_event_open", "pidfd_getfd", "pidfd_open",
    "pidfd_send_signal", "pivot_root", "process_vm_readv", "process_vm_writev", "ptrace", "reboot", "request_key",
    "rt_sigqueueinfo", "rt_tgsigqueueinfo", "setns", "setpgid", "setsid", "tkill", "umount2", "unshare", "userfaultfd",
)  # fmt: skip
"""Other processes, the kernel itself, file systems; and leaving the group of processes that is ended with LibreOffice.

io_uring would make calls that no filter sees.
"""

_UNIX_SOCKET = 1
_NEW_NAMESPACES = 0x7E020000
_CPU_SECONDS = 0
_WRITES = 0o1 | 0o2 | 0o100 | 0o1000
"""Of the flags of `open`: to write, to read and write, to make, to cut off. They are the same on both machines."""


class _Check(NamedTuple):
    """A condition on an argument of a call: it is `value`, or (`bits`) has any bit of `value`."""

    argument: int
    value: int
    bits: bool = False


class _Rule(NamedTuple):
    """What happens to a call by its name, where all checks hold."""

    call: str
    action: int
    checks: tuple[_Check, ...] = ()


def reading(machine: str, process: int) -> bytes | None:
    """The filter of the child that reads, `process` its own id; None for a machine that there is none for.

    It may end itself (a C library that gives up does so by a signal), and set how long it may compute, within the
    bounds that it was given.
    """
    rules = [
        *(_Rule(name, ALLOW) for name in _COMPUTING),
        _Rule("open", REFUSE, (_Check(1, _WRITES, bits=True),)),
        _Rule("open", ALLOW),
        _Rule("openat", REFUSE, (_Check(2, _WRITES, bits=True),)),
        _Rule("openat", ALLOW),
        _Rule("tgkill", ALLOW, (_Check(0, process),)),
        _Rule("prlimit64", ALLOW, (_Check(0, 0), _Check(1, _CPU_SECONDS))),
    ]
    return _program(machine, rules, otherwise=REFUSE)


def office(machine: str) -> bytes | None:
    """The filter of LibreOffice, which must start processes and threads of its own; None as above."""
    rules = [
        *(_Rule(name, REFUSE) for name in _OUT_OF_THE_CAGE),
        _Rule("socket", ALLOW, (_Check(0, _UNIX_SOCKET),)),
        _Rule("socket", REFUSE),
        _Rule("clone", REFUSE, (_Check(0, _NEW_NAMESPACES, bits=True),)),
        _Rule("clone3", _UNKNOWN),
    ]
    return _program(machine, rules, otherwise=ALLOW)


def _program(machine: str, rules: Iterable[_Rule], otherwise: int) -> bytes | None:
    if machine not in MACHINES:
        return None
    column = list(MACHINES).index(machine)
    steps = [(_LOAD, 0, 0, _MACHINE), (_EQUAL, 1, 0, MACHINES[machine]), (_RETURN, 0, 0, REFUSE)]
    for rule in rules:
        number = NUMBERS[rule.call][column]
        if number is not None:
            steps += _rule(number, rule)
    steps.append((_RETURN, 0, 0, otherwise))
    return b"".join(struct.pack("<HBBI", *step) for step in steps)


def _rule(number: int, rule: _Rule) -> Sequence[tuple[int, int, int, int]]:
    """The steps of a rule: whatever does not hold leads to the one behind the last of them."""
    asked: list[tuple[int, int, int]] = [(_NUMBER, _EQUAL, number)]
    for check in rule.checks:
        asked.append((_FIRST_ARGUMENT + 8 * check.argument, _ANY_BIT if check.bits else _EQUAL, check.value))
    return [*_asking(asked), (_RETURN, 0, 0, rule.action)]


def _asking(asked: Sequence[tuple[int, int, int]]) -> Iterator[tuple[int, int, int, int]]:
    for done, (place, how, value) in enumerate(asked, 1):
        yield (_LOAD, 0, 0, place)
        yield (how, 0, 2 * (len(asked) - done) + 1, value)
