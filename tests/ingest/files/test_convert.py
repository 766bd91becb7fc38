"""Old formats and pictures: read as what they are, converted where LibreOffice is, else refused with what to do."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from ingest.errors import ConversionFailed, LockedFile, OldFormat, ScannedFile, ZerenError
from ingest.files import convert
from ingest.readers.read import source_of, suffixes
from tests.conftest import ROOT
from tests.support.docx_writer import docx, p, packed
from tests.support.isolation import needs
from web.words import wording
from web.words.wording import say

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
DOC, XLS, RTF, WRITER = ((SAMPLES / f"table.libreoffice.{kind}").read_bytes() for kind in ("doc", "xls", "rtf", "odt"))
XLSX, PDF = ((SAMPLES / f"table.libreoffice.{kind}").read_bytes() for kind in ("xlsx", "pdf"))
ODS = (SAMPLES / "table.libreoffice.ods").read_bytes()
OFD = (SAMPLES / "table.easyofd.ofd").read_bytes()
TASK = "一、加强监管。（市教育局负责）"
PAGE = f'<html><head><meta charset="utf-8"></head><body><p>{TASK}</p></body></html>'
TABLE = '<table border="1"><tr><td>序号</td><td>工作任务</td></tr><tr><td>1</td><td>加强监管</td></tr></table>'
ODT = packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"})
EXCEL_XML = b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?><Workbook/>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)

HOW = "no LibreOffice: install one (apt install libreoffice-writer libreoffice-calc, or from libreoffice.org)"
needs_office = pytest.mark.skipif(convert.find_office() is None, reason=HOW)
"""LibreOffice is no requirement; nothing that is asserted without it is lost where it is missing."""
on_posix = pytest.mark.skipif(os.name != "posix", reason="the stand-in for LibreOffice is a shell script")


@pytest.fixture
def no_office(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine without LibreOffice."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(convert, "PLACES", ())


def refused(data: bytes, name: str) -> ZerenError:
    with pytest.raises(ZerenError) as caught:
        source_of(data, name)
    return caught.value


@pytest.mark.usefixtures("no_office")
@pytest.mark.parametrize(
    ("name", "data", "target"),
    [
        ("plan.doc", DOC, "docx"), ("plan.wps", DOC, "docx"), ("plan.dot", DOC, "docx"), ("plan.rtf", RTF, "docx"),
        ("plan.odt", ODT, "docx"), ("plan.xls", EXCEL_XML, "xlsx"), ("plan.docx", DOC, "docx"),
        ("plan.DOC", RTF, "docx"),
    ],
)  # fmt: skip
def test_an_old_format_is_refused_with_what_to_save_it_as(name: str, data: bytes, target: str) -> None:
    error = refused(data, name)
    assert isinstance(error, OldFormat)
    assert error.params["target"] == target
    assert f"另存为 {target}" in say(wording.ERRORS, error.code, error.params)


@pytest.mark.parametrize("beginning", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"II*\x00", b"MM\x00*", b"GIF89a"])
@pytest.mark.parametrize("name", ["scan.png", "plan.pdf", "plan.doc", "plan.txt"])
def test_a_picture_is_refused_with_the_way_to_its_text(beginning: bytes, name: str) -> None:
    error = refused(beginning + bytes(range(256)), name)
    assert isinstance(error, ScannedFile)
    assert "文字识别" in say(wording.ERRORS, error.code, error.params)


@pytest.mark.parametrize("name", ["scan.jpg", "scan.TIF", "scan.bmp", "scan.webp"])
def test_a_name_of_a_picture_is_enough(name: str) -> None:
    assert isinstance(refused(b"\x00\x01picture", name), ScannedFile)


@pytest.mark.usefixtures("no_office")
@pytest.mark.parametrize("name", ["plan.doc", "plan.wps", "plan.docx", "plan.xls", "plan.pdf", "plan.txt", "plan"])
@pytest.mark.parametrize(
    ("data", "kind"),
    [
        pytest.param(docx(p(TASK)), "docx", id="docx"),
        pytest.param(XLSX, "xlsx", id="xlsx"),
        pytest.param(XLS, "xls", id="xls"),
        pytest.param(ODS, "ods", id="ods"),
        pytest.param(PDF, "pdf", id="pdf"),
        pytest.param(OFD, "ofd", id="ofd"),
    ],
)
def test_a_file_is_read_as_what_it_is_whatever_its_name(name: str, data: bytes, kind: str) -> None:
    source = source_of(data, name)
    assert (source.name, source.media) == (name, kind)
    assert source.text == source_of(data, f"plan.{kind}").text


@pytest.mark.usefixtures("no_office")
@pytest.mark.parametrize("name", ["plan.doc", "plan.wps", "plan.xls", "plan.docx", "plan.pdf"])
@pytest.mark.parametrize("lead", ["", "\n ", "<!DOCTYPE html>", '<?xml version="1.0"?>\n<!-- by a system -->'])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_web_page_is_read_under_the_name_of_a_document(name: str, lead: str, encoding: str) -> None:
    source = source_of((lead + PAGE).encode(encoding), name)
    assert (source.text, source.media) == (f"{TASK}\n", "html")


@pytest.mark.usefixtures("no_office")
def test_a_bare_table_under_the_name_of_a_workbook_is_read_cell_by_cell() -> None:
    source = source_of(TABLE.encode("gb18030"), "plan.xls")
    assert source.text == "序号\t工作任务\n1\t加强监管\n"
    assert len(source.cells) == 4


@pytest.mark.usefixtures("no_office")
@pytest.mark.parametrize("name", ["plan.doc", "plan.wps", "plan.rtf", "plan.xls"])
def test_plain_text_under_an_old_name_is_text(name: str) -> None:
    source = source_of(TASK.encode("gb18030"), name)
    assert (source.text, source.media) == (TASK, "txt")


@pytest.mark.parametrize("name", ["plan.txt", "plan.md"])
def test_a_text_file_may_begin_with_a_tag(name: str) -> None:
    assert source_of(PAGE.encode(), name).text == PAGE
    assert source_of(TABLE.encode(), name).text == TABLE


@pytest.mark.usefixtures("no_office")
def test_what_only_an_office_program_reads_is_known_under_any_name() -> None:
    archive = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
    word = '<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?><w:wordDocument/>'
    excel = '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?><Workbook/>'
    for data, target in ((archive, "docx"), (word.encode(), "docx"), (excel.encode(), "xlsx")):
        assert refused(data, "plan.doc").params["target"] == target


@pytest.mark.parametrize("name", ["plan.docx", "plan.xls"])
def test_a_file_with_a_password_is_said_to_have_one(name: str) -> None:
    error = refused(OLE + "EncryptedPackage\0".encode("utf-16-le") + bytes(512), name)
    assert isinstance(error, LockedFile)
    assert "密码" in say(wording.ERRORS, error.code, error.params)


def test_an_unknown_container_is_left_to_its_name() -> None:
    assert refused(packed({"slide.xml": b"<a/>"}), "plan.docx").code == "damaged-file"
    assert refused(packed({"slide.xml": b"<a/>"}), "plan.pptx").params["format"] == ".pptx"


@pytest.mark.usefixtures("no_office")
def test_folders_give_old_formats_only_where_they_can_be_converted(monkeypatch: pytest.MonkeyPatch) -> None:
    modern = {".txt", ".md", ".text", ".docx", ".xlsx", ".xls", ".et", ".ods", ".csv", ".tsv", ".pdf", ".ofd"}
    modern |= {".html", ".htm", ".zip", ".eml"}
    assert suffixes() == modern
    monkeypatch.setattr(convert, "PLACES", (Path(__file__),))
    assert suffixes() == modern | {".doc", ".dot", ".wps", ".rtf", ".odt"}


# -- a stand-in for LibreOffice


def stand_in(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    """Puts a shell script in the place of LibreOffice."""
    made = folder / "soffice"
    made.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    made.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


@on_posix
def test_an_office_program_that_hangs_is_ended_with_all_that_it_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stand_in(monkeypatch, tmp_path, "sleep 300 & echo $! > child; wait")
    held = tmp_path / "held"
    held.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(held))
    found, kill = [], convert._kill

    def look_and_kill(process: subprocess.Popen[bytes]) -> None:
        found.append(int(next(held.glob("*/child")).read_text()))
        kill(process)

    monkeypatch.setattr(convert, "_kill", look_and_kill)
    began = time.monotonic()
    with pytest.raises(ConversionFailed) as caught:
        convert.convert(DOC, "doc", "docx", "plan.doc", seconds=3)
    assert caught.value.params == {"path": "plan.doc", "reason": "timeout", "target": "docx"}
    assert time.monotonic() - began < 20
    (child,) = found
    for _ in range(50):
        if not _runs(child):
            break
        time.sleep(0.1)
    assert not _runs(child)


def _runs(process: int) -> bool:
    """Whether a process is alive: one that is dead and not yet collected is not."""
    try:
        os.kill(process, 0)
        status = Path(f"/proc/{process}/stat")
        return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


@on_posix
def test_an_office_program_that_gives_nothing_is_said_to(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stand_in(monkeypatch, tmp_path, "exit 1")
    error = refused(EXCEL_XML, "plan.et")
    assert error.params == {"path": "plan.et", "reason": "no-result", "target": "xlsx"}
    assert "没有结果" in say(wording.ERRORS, error.code, error.params)


@on_posix
def test_an_office_program_is_given_a_copy_and_a_profile_of_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stand_in(monkeypatch, tmp_path, 'mkdir out; (echo "$HOME $@"; cat in.doc) > out/in.docx')
    held = tmp_path / "held"
    held.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(held))
    called, _, given = convert.convert(DOC, "doc", "docx", "plan.doc").partition(b"\n")
    home, _, arguments = called.decode().partition(" ")
    assert Path(home).parent == held
    assert f"-env:UserInstallation={Path(home).as_uri()}/profile" in arguments
    assert "--headless" in arguments
    assert given == DOC
    assert list(held.iterdir()) == []


@on_posix
def test_an_office_program_gets_no_secret_of_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ZEREN_STORE", "neo4j://zeren:geheim@127.0.0.1:7687/zeren")
    stand_in(monkeypatch, tmp_path, "mkdir out; env > out/in.docx")
    told = convert.convert(DOC, "doc", "docx", "plan.doc").decode()
    assert "HOME=" in told
    assert "geheim" not in told
    assert "PYTHON" not in told


FORBIDDEN_TO_OFFICE = {
    "network": "socket.socket(socket.AF_INET, socket.SOCK_STREAM)",
    "network 6": "socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
    "packets": "socket.socket(socket.AF_PACKET, socket.SOCK_RAW)",
    "another's socket": "socket.socket(socket.AF_UNIX).connect('{outside}/socket')",
    "kill": "os.kill({parent}, 0)",
    "leave the group": "os.setsid()",
    "another group": "os.setpgid(0, 0)",
    "trace": "refused(ctypes.CDLL(None, use_errno=True).ptrace(16, {parent}, None, None))",
    "namespace": "refused(ctypes.CDLL(None, use_errno=True).unshare(0x10000000))",
    "read": "open('{outside}/kept')",
    "the parent's environment": "open('/proc/{parent}/environ', 'rb').read()",
    "write": "open('{outside}/new', 'w')",
    "run what it wrote": "(shutil.copy('/bin/true', 'true'), os.chmod('true', 0o755), os.execv('./true', ['true']))",
}


@pytest.mark.parametrize("attempt", FORBIDDEN_TO_OFFICE.values(), ids=FORBIDDEN_TO_OFFICE)
def test_an_office_program_that_a_document_took_over_is_in_a_cage(attempt: str, tmp_path: Path) -> None:
    needs("seccomp", "landlock")
    folder, outside = tmp_path / "folder", tmp_path / "outside"
    folder.mkdir()
    outside.mkdir()
    (outside / "kept").write_text("责任")
    program = (
        "import ctypes, os, shutil, socket, sys\n"
        "def refused(result):\n    if result < 0: raise OSError(ctypes.get_errno(), '')\n"
        "open('done', 'w').write('here it may'); open('/etc/passwd').close(); os.fork() or os._exit(0); os.wait()\n"
        f"try: {attempt.format(outside=outside, parent=os.getpid())}\n"
        "except OSError as error: sys.exit(f'refused {error.errno}')\n"
    )
    python = getattr(sys, "_base_executable", sys.executable)
    command = [sys.executable, "-m", "ingest.sandbox.office", str(folder), python, "-c", program]
    environment = {"PYTHONPATH": str(ROOT), "LD_LIBRARY_PATH": os.environ.get("LD_LIBRARY_PATH", "")}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60)
    assert (folder / "done").read_text() == "here it may"
    assert done.stderr.strip() in ("refused 1", "refused 13", "refused 97")


# -- LibreOffice itself


@needs_office
@pytest.mark.parametrize(
    ("name", "data"),
    [("plan.doc", DOC), ("plan.wps", DOC), ("plan.rtf", RTF), ("plan.odt", WRITER), ("plan.docx", DOC)],
)
def test_a_converted_file_stays_in_the_source_as_it_came(
    name: str, data: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    source = source_of(data, name)
    assert (source.name, source.data, source.sha256) == (name, data, hashlib.sha256(data).hexdigest())
    assert "8\t\t每季度举办不少于2场专场招聘会\t县人力资源和社会保障局" in source.text
    assert len(source.cells) >= 50
    assert list(tmp_path.iterdir()) == []


@needs_office
@pytest.mark.parametrize("data", [OLE, DOC[:2048], b"{\\rtf1 \\bin99999999 "], ids=["empty", "cut short", "no end"])
def test_a_broken_file_is_refused_by_the_office_program(data: bytes) -> None:
    assert refused(data, "plan.doc").code in ("conversion-failed", "empty-file", "damaged-file")


@pytest.fixture
def asked() -> Iterator[tuple[int, list[str]]]:
    """A server of this machine on a port of five digits, and what it was asked for."""
    found: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def handle_one_request(self) -> None:
            found.append(self.rfile.readline().decode("latin-1"))
            self.close_connection = True

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port, found
    server.shutdown()
    server.server_close()


@needs_office
def test_a_document_makes_the_office_program_fetch_nothing(asked: tuple[int, list[str]]) -> None:
    port, found = asked
    if port < 10_000:
        pytest.skip("the sample has room for a port of five digits")
    data = (SAMPLES / "linked-picture.doc").read_bytes()
    said = str(port)
    for codec in ("ascii", "utf-16-le"):
        data = data.replace("54321".encode(codec), said.encode(codec))
    assert source_of(data, "plan.doc").text == "一、图片在别处。\n"
    assert found == []
