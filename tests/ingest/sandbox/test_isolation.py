"""What a file that took over its reader can still do (隔离): compute, and answer. Each act is tried, not looked up."""

from __future__ import annotations

import errno
import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.model import Source
from ingest.sandbox import filter as sandbox_filter
from ingest.sandbox.parent import Sandbox
from tests.conftest import LEXICON, ROOT
from tests.support.isolation import needs
from web.cli import console

posix = pytest.mark.skipif(os.name != "posix", reason="these acts are POSIX'")
PLAN = next((ROOT / "data" / "plans").glob("*.txt"))

READING = {
    "a document": "open('{outside}/kept').read()",
    "the users": "open('/etc/passwd').read()",
    "the parent's environment": "open('/proc/{parent}/environ', 'rb').read()",
    "its own environment": "open('/proc/self/environ', 'rb').read()",
    "a folder": "os.listdir('{outside}')",
}
CHANGING = {
    "write": "open('{outside}/new', 'w')",
    "write over": "open('{outside}/kept', 'r+')",
    "append": "open('{outside}/kept', 'a')",
    "remove": "os.unlink('{outside}/kept')",
    "rename": "os.rename('{outside}/kept', '{outside}/gone')",
    "make a folder": "os.mkdir('{outside}/folder')",
    "make a link": "os.symlink('/etc', '{outside}/link')",
    "change rights": "os.chmod('{outside}/kept', 0o777)",
    "cut off": "os.truncate('{outside}/kept', 0)",
    "set times": "os.utime('{outside}/kept', (0, 0))",
    "write to memory": "os.memfd_create('a')",
}
REACHING_OUT = {
    "network": "socket.socket(socket.AF_INET, socket.SOCK_STREAM)",
    "network 6": "socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
    "local socket": "socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)",
    "pair of sockets": "socket.socketpair()",
    "fork": "os.fork() or os._exit(0)",
    "thread": "_thread.start_new_thread(print, ())",
    "exec": "os.execv('/bin/true', ['true'])",
    "spawn": "os.posix_spawn('/bin/true', ['true'], {{}})",
    "run": "subprocess.run(['/bin/true'], check=True)",
    "signal to the parent": "os.kill({parent}, 0)",
    "handle of the parent": "os.pidfd_open({parent})",
    "limits of the parent": "resource.prlimit({parent}, resource.RLIMIT_CPU)",
    "priority of the parent": "os.getpriority(os.PRIO_PROCESS, {parent})",
}
BEGINNING = (
    "import _thread, ctypes, os, resource, socket, subprocess, sys\n"
    "from ingest.sandbox import kernel as sandbox_kernel\n"
    "from ingest.sandbox.child import *\n"
)


def tried(act: str, outside: Path, before: str) -> subprocess.CompletedProcess[str]:
    """A process that does `before`, and then the act; its status is 0 where nobody hindered it."""
    outside.mkdir(exist_ok=True)
    (outside / "kept").write_text("责任", "utf-8")
    program = f"{BEGINNING}{before}\n{act.format(outside=outside, parent=os.getpid())}"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, timeout=60)


@posix
@pytest.mark.parametrize("act", READING.values(), ids=READING)
def test_the_child_reads_nothing_but_what_python_is_made_of(act: str, tmp_path: Path) -> None:
    needs("landlock")
    assert tried(act, tmp_path / "a", "").returncode == 0
    hindered = tried(act, tmp_path / "b", "confine(Limits())")
    assert hindered.stderr.splitlines()[-1].startswith("PermissionError")


@posix
@pytest.mark.parametrize("landlock", ["", "sandbox_kernel.forbid_files = lambda allowed: False\n"], ids=["", "alone"])
@pytest.mark.parametrize("act", (CHANGING | REACHING_OUT).values(), ids=CHANGING | REACHING_OUT)
def test_the_child_changes_nothing_and_reaches_nobody_even_without_landlock(
    act: str, landlock: str, tmp_path: Path
) -> None:
    needs("seccomp")
    assert tried(act, tmp_path / "a", "").returncode == 0
    hindered = tried(act, tmp_path / "b", f"{landlock}confine(Limits())")
    said = hindered.stderr.splitlines()[-1]
    assert said.startswith(("PermissionError", "BlockingIOError", "RuntimeError: can't start new thread")), said
    assert (tmp_path / "b" / "kept").read_text("utf-8") == "责任"
    assert [path.name for path in (tmp_path / "b").iterdir()] == ["kept"]


@posix
@pytest.mark.parametrize("kind", ["RLIMIT_AS", "RLIMIT_FSIZE", "RLIMIT_NOFILE"])
def test_the_child_cannot_lift_its_limits(kind: str, tmp_path: Path) -> None:
    needs("seccomp")
    hindered = tried(f"resource.setrlimit(resource.{kind}, (-1, -1))", tmp_path / "a", "confine(Limits())")
    assert hindered.returncode == 1
    assert "Error" in hindered.stderr


KERNEL = ("bpf", "clone3", "io_uring_setup", "keyctl", "mount", "perf_event_open", "process_vm_readv", "ptrace",
          "setns", "unshare", "userfaultfd", "setsid")  # fmt: skip


@posix
@pytest.mark.parametrize("call", KERNEL)
def test_the_kernel_is_asked_for_nothing_else(call: str, tmp_path: Path) -> None:
    needs("seccomp")
    column = list(sandbox_filter.MACHINES).index(os.uname().machine)
    number = sandbox_filter.NUMBERS[call][column]
    asked = f"c = ctypes.CDLL(None, use_errno=True)\nconfine(Limits())\nr = c.syscall({number}, 0, 0, 0, 0, 0)"
    done = tried("print(r, ctypes.get_errno())", tmp_path / "a", asked)
    assert done.stdout == f"-1 {errno.EPERM}\n"


# -- the filters, on any machine

CALLS = [(call, column) for call in sandbox_filter.NUMBERS for column in (0, 1)]


def decided(program: bytes, number: int, machine: int, arguments: tuple[int, ...] = ()) -> int:
    """What the kernel would make of a filter, by the rules of classic BPF."""
    data = struct.pack("<IIQ6Q", number, machine, 0, *arguments, *(0,) * (6 - len(arguments)))
    steps = list(struct.iter_unpack("<HBBI", program))
    at = held = 0
    while True:
        code, yes, no, value = steps[at]
        at += 1
        if code == 0x20:
            (held,) = struct.unpack_from("<I", data, value)
        elif code == 0x15:
            at += yes if held == value else no
        elif code == 0x45:
            at += yes if held & value else no
        else:
            assert code == 0x06
            return int(value)


@pytest.mark.parametrize("machine", sandbox_filter.MACHINES)
def test_the_reading_child_may_make_these_calls_and_no_others(machine: str) -> None:
    program = sandbox_filter.reading(machine, 77)
    assert program is not None
    column, code = list(sandbox_filter.MACHINES).index(machine), sandbox_filter.MACHINES[machine]
    admitted = {number for number in range(1024) if decided(program, number, code) == sandbox_filter.ALLOW}
    named = {name for name, numbers in sandbox_filter.NUMBERS.items() if numbers[column] in admitted}
    assert len(named) == len(admitted)
    assert named <= {
        "brk", "clock_getres", "clock_gettime", "close", "exit", "exit_group", "fstat", "futex", "getdents64",
        "getpid", "getrandom", "getrusage", "gettid", "gettimeofday", "lseek", "madvise", "membarrier", "mmap",
        "mprotect", "mremap", "munmap", "newfstatat", "open", "openat", "pread64", "prlimit64", "read",
        "restart_syscall", "rseq", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sched_yield", "sigaltstack",
        "stat", "time", "write",
    }  # fmt: skip


@pytest.mark.parametrize("machine", sandbox_filter.MACHINES)
def test_what_a_call_asks_for_is_looked_at(machine: str) -> None:
    program = sandbox_filter.reading(machine, 77)
    office = sandbox_filter.office(machine)
    assert program is not None
    assert office is not None
    column, code = list(sandbox_filter.MACHINES).index(machine), sandbox_filter.MACHINES[machine]

    def number(call: str) -> int:
        found = sandbox_filter.NUMBERS[call][column]
        assert found is not None
        return found

    def may(filter_: bytes, call: str, *arguments: int) -> bool:
        return decided(filter_, number(call), code, arguments) == sandbox_filter.ALLOW

    assert may(program, "tgkill", 77)
    assert not may(program, "tgkill", 78)
    assert may(program, "prlimit64", 0, 0)
    assert not may(program, "prlimit64", 0, 9)
    assert not may(program, "prlimit64", 78, 0)
    assert may(program, "openat", 0, 0, os.O_RDONLY)
    for flags in (os.O_WRONLY, os.O_RDWR, 0o100, 0o1000):
        assert not may(program, "openat", 0, 0, flags)
    assert may(office, "socket", 1)
    for family in (0, 2, 10, 16, 17, 40):
        assert not may(office, "socket", family)
    assert may(office, "clone", 0x003D0F00)
    assert not may(office, "clone", 0x10000000)
    for filter_ in (program, office):
        assert decided(filter_, number("read"), 0x40000003) == sandbox_filter.REFUSE


def test_there_is_no_filter_for_a_machine_that_nobody_looked_at() -> None:
    assert sandbox_filter.reading("sw_64", 1) is None
    assert sandbox_filter.office("") is None


# -- the child itself


@pytest.mark.skipif(sys.platform != "linux", reason="what a process holds is looked up in /proc")
def test_the_child_is_given_nothing_of_the_parents(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ZEREN_STORE", "neo4j://zeren:geheim@127.0.0.1:7687/zeren")
    with open(tmp_path / "held", "w") as held, Sandbox(lexicon=LEXICON) as sandbox:
        os.set_inheritable(held.fileno(), True)
        sandbox.isolation()
        assert sandbox._child is not None
        seen = Path(f"/proc/{sandbox._child._process.pid}")
        given = {entry.partition(b"=")[0] for entry in (seen / "environ").read_bytes().split(b"\0") if entry}
        assert given <= {b"PYTHONPATH", b"PYTHONUTF8", b"LD_LIBRARY_PATH", b"PYTHONHOME"}
        assert os.readlink(seen / "cwd") == "/"
        kinds = {os.readlink(each).partition(":")[0] for each in (seen / "fd").iterdir()}
        assert kinds == {"pipe", "/dev/null"}


def test_a_command_says_what_does_not_hold(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    older = "import ingest.sandbox.kernel\ningest.sandbox.kernel.filter_calls = lambda program: False\n"
    (tmp_path / "sitecustomize.py").write_text(older)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with Sandbox(lexicon=LEXICON) as sandbox:
        assert "seccomp" in sandbox.isolation().missing()
        assert isinstance(sandbox.read(PLAN), Source)
        monkeypatch.setattr(console, "sandbox", lambda: sandbox)
        monkeypatch.setenv("ZEREN_LANG", "en")
        console.tell_isolation()
    told = capsys.readouterr().err
    assert "not fully isolated" in told
    assert "a filter of system calls (seccomp)" in told
