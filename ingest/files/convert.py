"""Files that only an office program reads (.doc, .wps, .rtf, .odt) → .docx or .xlsx, by LibreOffice (格式转换).

LibreOffice is not needed to run Zeren and is not part of it; where it is not installed these files are refused with
what to do. It works on a copy, in a folder and with a profile of its own that are thrown away; the profile forbids
macros, links to other files and the network, and on Linux the kernel does (`ingest/sandbox/office.py`). Nothing of it
outlives the time limit.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from ingest.errors import ConversionFailed, FileTooLarge, OldFormat
from ingest.files.zip import MAX_BYTES

SECONDS = 60.0
"""How long one file may take."""

PLACES = (
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    Path("C:/Program Files/LibreOffice/program/soffice.com"),
)
"""Where LibreOffice stands on macOS and Windows, whose installers leave PATH alone."""

_SETTINGS = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    # 0 is never in Writer, 2 is never in Calc.
    ("Writer/Content/Update", "Link", "0"),
    ("Calc/Content/Update", "Link", "2"),
)
"""Of org.openoffice.Office: no macros, no plug-ins, no link brought up to date; versions take what they know of it."""

_PROXY = (
    ("ooInetProxyType", "2"), ("ooInetNoProxy", ""), ("ooInetHTTPProxyName", "127.0.0.1"), ("ooInetHTTPProxyPort", "9"),
    ("ooInetHTTPSProxyName", "127.0.0.1"), ("ooInetHTTPSProxyPort", "9"),
)  # fmt: skip
"""What a document would have fetched (linked pictures) is asked of a port of this machine where nobody listens."""


_NEEDED = ("PATH", "LD_LIBRARY_PATH", "PYTHONHOME", "SYSTEMROOT")


def find_office() -> str | None:
    """Where LibreOffice is, None where it is not installed."""
    named = shutil.which("soffice") or shutil.which("libreoffice")
    return named or next((str(place) for place in PLACES if place.is_file()), None)


def convert(data: bytes, kind: str, target: str, path: str, seconds: float = SECONDS) -> bytes:
    """The bytes of a file of a kind as LibreOffice writes them as another, `target`; `path` is for errors.

    Raises OldFormat without LibreOffice, ConversionFailed where it gives nothing within `seconds`, FileTooLarge.
    """
    office = find_office()
    if office is None:
        raise OldFormat(path=path, format=kind, target=target)
    # What a killed process still holds open cannot be deleted everywhere.
    with tempfile.TemporaryDirectory(prefix="zeren-", ignore_cleanup_errors=True) as held:
        folder = Path(held)
        (folder / f"in.{kind}").write_bytes(data)
        _write_profile(folder / "profile" / "user")
        if not _run(_command(office, folder, kind, target), folder, seconds):
            raise ConversionFailed(path=path, reason="timeout", target=target)
        return _result(folder / "out" / f"in.{target}", path, target)


def _command(office: str, folder: Path, kind: str, target: str) -> list[str]:
    return [
        office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", "--nolockcheck",
        "--nodefault", "--nologo", "--nofirststartwizard", "--convert-to", target,
        "--outdir", str(folder / "out"), str(folder / f"in.{kind}"),
    ]  # fmt: skip


def _run(command: list[str], folder: Path, seconds: float) -> bool:
    """Runs LibreOffice; false where it had to be killed, with all that it started."""
    caged = [sys.executable, "-P", "-m", "ingest.sandbox.office", str(folder)] if sys.platform == "linux" else []
    process = subprocess.Popen(
        [*caged, *command], cwd=folder, env=_environment(folder), start_new_session=True, close_fds=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        process.wait(seconds)
    except BaseException as stopped:
        _kill(process)
        if not isinstance(stopped, subprocess.TimeoutExpired):
            raise
        return False
    return True


def _environment(folder: Path) -> dict[str, str]:
    """What an office program needs to start, and a home that is thrown away; what else is in ours stays with us."""
    kept = {name: os.environ[name] for name in _NEEDED if name in os.environ}
    homes = dict.fromkeys(("HOME", "USERPROFILE", "TMPDIR", "TMP", "TEMP", "XDG_RUNTIME_DIR"), str(folder))
    ours = str(Path(__file__).resolve().parents[2])
    return {**kept, **homes, "LANG": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp", "PYTHONPATH": ours, "PYTHONUTF8": "1"}


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Ends a process and all that it started: `soffice` is a script, the work is done by a child of its child."""
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    process.wait()


def _result(made: Path, path: str, target: str) -> bytes:
    if not made.is_file():
        raise ConversionFailed(path=path, reason="no-result", target=target)
    size = made.stat().st_size
    if size > MAX_BYTES:
        raise FileTooLarge(path=path, bytes=size, limit=MAX_BYTES)
    return made.read_bytes()


def _write_profile(folder: Path) -> None:
    """The settings of a new profile, in the form that LibreOffice keeps them in."""
    office = [(f"/org.openoffice.Office.{path}", name, value) for path, name, value in _SETTINGS]
    proxy = [("/org.openoffice.Inet/Settings", name, value) for name, value in _PROXY]
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in (*office, *proxy)
    )
    folder.mkdir(parents=True)
    (folder / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>',
        "utf-8",
    )
