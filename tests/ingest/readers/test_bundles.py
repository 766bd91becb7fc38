"""A .zip of plans and a mail with attachments: each file inside is read for itself, what is not is told by name."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from ingest.errors import DamagedFile, FileTooLarge, ManyFiles, ScannedFile, ZerenError
from ingest.readers import bundles
from ingest.readers.bundles import PackedFile, packed_files
from ingest.readers.kinds import kind_of
from ingest.readers.read import source_of
from ingest.sandbox.parent import Sandbox
from tests.conftest import LEXICON, ROOT
from tests.support.docx_writer import docx, p, packed

SAMPLES = ROOT / "tests" / "samples"
TASK = "石浦县2024年工作要点\n一、加强监管。（市教育局负责）\n"
OTHER = "石浦县2025年工作方案\n一、改造管网。（县水务局负责）\n"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(50)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(lexicon=LEXICON) as made:
        yield made


def mail(body: str, **attached: bytes) -> bytes:
    made = EmailMessage()
    made["Subject"], made["From"] = "报送工作要点", "a@example.org"
    made.set_content(body)
    for name, data in attached.items():
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name.replace("_", "."))
    return made.as_bytes()


def names(data: bytes, name: str = "包.zip") -> list[str]:
    return [each.name for each in packed_files(data, name, name) or ()]


def read(sandbox: Sandbox, folder: Path, name: str, data: bytes) -> dict[str, str]:
    """What became of each file of a bundle: the units of its tasks, or why it was refused."""
    (folder / name).write_bytes(data)
    return {
        shown: type(got).__name__ if isinstance(got, ZerenError) else got[1].tasks[0].assignments[0].mention.text
        for shown, got in sandbox.plans_in(folder / name)
    }


def test_each_file_of_a_bundle_is_a_plan_and_each_refusal_is_named(sandbox: Sandbox, tmp_path: Path) -> None:
    files = {
        "县/一.txt": TASK.encode(),
        "二.docx": docx("".join(map(p, OTHER.split()))),
        "扫描.png": PICTURE,
        "空.txt": b"",
    }
    files |= {"__MACOSX/._一.txt": b"x", ".DS_Store": b"x", "三.xls": (SAMPLES / "table.libreoffice.xls").read_bytes()}
    assert read(sandbox, tmp_path, "包.zip", packed(files)) == {
        "包.zip › 一.txt": "市教育局",
        "包.zip › 二.docx": "县水务局",
        "包.zip › 扫描.png": "ScannedFile",
        "包.zip › 空.txt": "EmptyFile",
        "包.zip › 三.xls": "县教育体育局",
    }


def test_a_mail_gives_its_attachments_and_a_note_that_states_nothing_is_none(sandbox: Sandbox, tmp_path: Path) -> None:
    data = mail("请查收附件。", **{"要点_txt": TASK.encode(), "包_zip": packed({"方案.txt": OTHER.encode()})})
    assert read(sandbox, tmp_path, "信.eml", data) == {"信.eml › 要点.txt": "市教育局", "信.eml › 方案.txt": "县水务局"}


def test_a_mail_that_assigns_tasks_itself_is_a_plan(sandbox: Sandbox, tmp_path: Path) -> None:
    said = read(sandbox, tmp_path, "信.eml", mail(TASK, **{"方案_txt": OTHER.encode()}))
    assert said == {"信.eml › 正文.txt": "市教育局", "信.eml › 方案.txt": "县水务局"}
    assert read(sandbox, tmp_path, "信.eml", mail(OTHER)) == {"信.eml › 正文.txt": "县水务局"}


def test_a_mail_in_a_mail_is_opened() -> None:
    outer, inner = EmailMessage(), EmailMessage()
    inner.set_content(OTHER)
    outer.set_content(TASK)
    outer.add_attachment(inner)
    assert names(outer.as_bytes(), "信.eml") == ["正文.txt", "正文.txt"]


def test_a_bundle_of_one_file_is_that_file(sandbox: Sandbox) -> None:
    one = packed({"县/要点.txt": TASK.encode()})
    for source in (source_of(one, "包.zip"), sandbox.source_of(one, "包.zip")):
        assert (source.name, source.media, source.text, source.data) == ("要点.txt", "txt", TASK, TASK.encode())
    note = mail("请查收附件。", **{"要点_txt": TASK.encode()})
    assert sandbox.source_of(note, "信.eml").text == TASK


def test_a_bundle_of_several_says_which_there_are(sandbox: Sandbox) -> None:
    several = packed({"一.txt": TASK.encode(), "二.txt": OTHER.encode()})
    for read_one in (source_of, sandbox.source_of):
        with pytest.raises(ManyFiles) as caught:
            read_one(several, "包.zip")
        assert caught.value.params == {"path": "包.zip", "count": 2, "names": "一.txt、二.txt"}
    with pytest.raises(ManyFiles):
        source_of(packed({"a/": b""}), "包.zip")


@pytest.mark.parametrize("name", ["要点.docx", "表.xlsx", "表.ods", "文.ofd"])
def test_a_document_that_is_a_zip_is_no_bundle(name: str) -> None:
    kind = name.rpartition(".")[2]
    sample = SAMPLES / f"table.{'easyofd' if kind == 'ofd' else 'libreoffice'}.{kind}"
    assert kind_of(sample.read_bytes(), "包.zip", "包.zip") == kind
    assert kind_of(packed({"word/一.txt": b"x"}), "包.zip", "包.zip") == "zip"


def test_names_that_windows_wrote_in_gbk_are_legible_and_no_name_is_a_path() -> None:
    held = packed({"aaaaaaaa.txt": TASK.encode()}).replace(b"aaaaaaaa", "工作要点".encode("gbk"))
    assert names(held) == ["工作要点.txt"]
    assert names(packed({"a/b\\c.txt": b"x"})) == ["c.txt"]
    assert names(mail("甲", **{"../../etc/passwd_txt": b"x"}), "信.eml")[1] in ("passwd.txt", "....etcpasswd.txt")


def test_how_many_how_large_and_how_deep_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = TASK.encode()
    for level in range(5):
        deep = packed({f"{level}.zip" if level else "要点.txt": deep})
    assert [each.error for each in _files(deep)] == [DamagedFile.__name__]
    monkeypatch.setattr(bundles, "MAX_TOGETHER", 100)
    assert [each.error for each in _files(packed({"a.txt": b"x" * 90, "b.txt": b"x" * 90}))] == [
        "",
        FileTooLarge.__name__,
    ]
    monkeypatch.setattr(bundles, "MAX_FILES", 3)
    with pytest.raises(DamagedFile):
        packed_files(packed({f"{n}.txt": b"" for n in range(5)}), "包.zip", "包.zip")


def _files(data: bytes) -> tuple[PackedFile, ...]:
    return packed_files(data, "包.zip", "包.zip") or ()


def test_a_picture_alone_is_said_to_be_one() -> None:
    with pytest.raises(ScannedFile):
        source_of(packed({"扫描.png": PICTURE}), "包.zip")


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 100, b"Content-Type: multipart/mixed\n\n", b"Content-Type: x; charset=\xff\n\n\xff"]
)
def test_a_mail_that_is_none_is_refused_or_empty(data: bytes) -> None:
    with pytest.raises(ZerenError):
        source_of(data, "信.eml")
