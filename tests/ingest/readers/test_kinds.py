"""What is not a plan's text is refused with the reason; every encoding that Chinese offices use is read."""

from __future__ import annotations

import codecs
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import (
    BinaryFile,
    DamagedFile,
    EmptyFile,
    FileTooLarge,
    SecretFile,
    UnknownEncoding,
    UnreadableFile,
    UnsupportedFormat,
    ZerenError,
)
from ingest.files.bytes import LIMIT
from ingest.files.encodings import decode
from ingest.readers.read import read_source, source_of

TEXT = "宁川市2024年重点工作要点\r\n\r\n（一）加强监管。6月底前完成。（市教育局负责）\r\n"


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_source(tmp_path / "none.txt")
    assert caught.value.params == {"path": str(tmp_path / "none.txt"), "reason": "missing"}


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_source(tmp_path)
    assert caught.value.params["reason"] == "not-a-file"


@pytest.mark.parametrize("data", [b"", b"\n \r\n\t", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, "　　\n".encode()])
def test_a_file_without_text_is_empty(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(data)
    with pytest.raises(EmptyFile) as caught:
        read_source(path)
    assert caught.value.params == {"path": str(path)}


@pytest.mark.parametrize(
    "data",
    [
        b"\x7fELF" + bytes(200),
        b"\x00\x00\x01\x00" + bytes(range(256)) * 8,
        bytes(1000),
        b"\x01\x02\x03\x04plan\x05\x06" * 50,
    ],
)
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(BinaryFile):
        source_of(data, "plan.txt")


@pytest.mark.parametrize(
    "data",
    [
        "Plan für Straßen".encode("latin-1"),
        "責任部署は教育委員会である。".encode("shift_jis"),
        b"\xff\xfa\xf0" * 40,
    ],
)
def test_an_encoding_that_no_office_uses_is_unknown(data: bytes) -> None:
    with pytest.raises(UnknownEncoding):
        source_of(data, "plan.txt")


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(b"a" * 101)
    with pytest.raises(FileTooLarge) as caught:
        read_source(path, limit=100)
    assert caught.value.params == {"path": str(path), "bytes": 101, "limit": 100}
    assert read_source(path, limit=101).text == "a" * 101
    assert LIMIT == 20 * 1024 * 1024


def test_a_format_that_is_not_read_is_named() -> None:
    with pytest.raises(UnsupportedFormat) as caught:
        source_of(b"text", "plan.pptx")
    assert caught.value.params == {"path": "plan.pptx", "format": ".pptx"}


def test_a_file_that_is_not_what_its_name_says_is_damaged() -> None:
    with pytest.raises(DamagedFile):
        source_of(TEXT.encode(), "plan.docx")


@pytest.mark.parametrize(
    "line", ["机密★1年", "机密 ★ 1年", "绝密★", "秘密", "　　机密　　", "秘密★长期", "000012 机密★1年"]
)
def test_a_security_mark_in_the_header_stops_the_reading(line: str) -> None:
    with pytest.raises(SecretFile) as caught:
        source_of(f"000001\n\n{line}\n特急\n{TEXT}".encode(), "plan.txt")
    assert caught.value.params["line"] == 2
    assert str(caught.value.params["mark"]).strip("　 ")[:2] in ("机密", "绝密", "秘密")


@pytest.mark.parametrize("line", ["严格保守国家秘密。", "机密文件管理办法", "加强商业秘密保护", "（秘密级文件除外）"])
def test_a_security_word_in_running_text_means_nothing(line: str) -> None:
    assert line in source_of(f"{line}\n{TEXT}".encode(), "plan.txt").text


def test_a_security_mark_below_the_header_means_nothing() -> None:
    lines = "\n".join(f"第{n}行说明。" for n in range(10))
    assert source_of(f"{lines}\n秘密\n{TEXT}".encode(), "plan.txt").text


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk", "gb2312"]
)
def test_every_encoding_of_offices_gives_the_same_text(encoding: str) -> None:
    source = source_of(TEXT.encode(encoding), "plan.txt")
    assert source.text == TEXT
    assert source.media == "txt"


@pytest.mark.parametrize("bom", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_a_byte_order_mark_is_dropped(bom: bytes) -> None:
    encoding = "utf-16-le" if bom == codecs.BOM_UTF16_LE else "utf-16-be"
    assert source_of(bom + TEXT.encode(encoding), "plan.txt").text == TEXT


def test_characters_that_the_codec_leaves_private_are_mended() -> None:
    said = "责任单位：市教育局、市公安局，按职责分工负责"
    assert decode(said.encode("gb18030") + b"\xfe\x59\xa6\xd9", "plan.txt") == f"{said}龴︐"


def test_nothing_but_the_mark_is_taken_from_a_text_file() -> None:
    text = "责任单位：\t市教育局 \r\n\x0c— 3 —\r\u3000\u200b完𠮷\n\n"
    assert source_of(text.encode("utf-8-sig"), "plan.md").text == text


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_with_a_reason(data: bytes) -> None:
    for name in ("plan.txt", "plan", "plan.docx", "plan.xlsx", "plan.pdf", "plan.ofd", "plan.html"):
        refused = None
        try:
            assert source_of(data, name).text.strip()
        except ZerenError as error:
            refused = error
        assert refused is None or refused.params["path"] == name


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_a_text_that_is_cut_short_is_read_or_refused(encoding: str) -> None:
    data = TEXT.encode(encoding)
    for end in random.Random(1).sample(range(1, len(data)), 20):
        try:
            source_of(data[:end], "plan.txt")
        except ZerenError:
            continue
