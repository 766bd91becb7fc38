"""Bytes are read in the encoding that they are in, whatever a page says of itself; what is mixed is told."""

from __future__ import annotations

import pytest

from ingest.readers.read import source_of

PLAN = (
    "松河市2024年重点工作方案\r\n一、主要任务\r\n（一）推进管网改造。一年内改造老旧管网35公里。（市水务局负责）\r\n"
    "（二）一体推进。一是建立台账，二是统一标准，三是一网统管。（市财政局负责）\r\n"
)
TRADITIONAL = "松河市2024年重點工作方案\r\n一、主要任務\r\n（一）推進管網改造。改造老舊管網35公里。（市水務局負責）\r\n"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "gb18030", "gbk", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("name", ["plan.txt", "plan.md"])
def test_a_text_is_read_with_or_without_a_mark(encoding: str, name: str) -> None:
    source = source_of(PLAN.encode(encoding), name)
    assert source.text.removeprefix("\ufeff") == PLAN
    assert not source.doubts


def test_what_has_more_of_one_than_of_line_ends_is_utf16_too() -> None:
    assert source_of(("一" * 40 + "统一推进\n").encode("utf-16-le"), "plan.txt").text.startswith("一一")


@pytest.mark.parametrize("encoding", ["big5", "big5hkscs"])
def test_traditional_characters_in_big5_are_read(encoding: str) -> None:
    assert source_of(TRADITIONAL.encode(encoding), "plan.txt").text == TRADITIONAL


def page(charset: str) -> str:
    lines = "".join(f"<p>{line}</p>" for line in PLAN.splitlines())
    return f'<html><head><meta charset="{charset}"></head><body>{lines}</body></html>'


@pytest.mark.parametrize("declared", ["utf-8", "UTF8", "gb2312", "big5", "iso-8859-1"])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16-le", "utf-16-be", "utf-16"])
def test_a_page_is_read_in_what_it_is_in_not_in_what_it_declares(declared: str, encoding: str) -> None:
    source = source_of(page(declared).encode(encoding), "plan.html")
    assert "（一）推进管网改造。一年内改造老旧管网35公里。（市水务局负责）" in source.text
    assert not source.doubts


def test_a_page_that_mixes_two_encodings_is_read_and_told() -> None:
    lines = [f"<p>（{n}）推进管网改造，完善设施，加强管理。</p>\n".encode() for n in range(30)]
    lines[7] = "<p>（七）市水务局负责。</p>\n".encode("gb18030")
    source = source_of(b'<html><meta charset="utf-8"><body>' + b"".join(lines) + b"</body></html>", "plan.html")
    assert "市水务局负责" in source.text
    assert [doubt.code for doubt in source.doubts] == ["undecodable-bytes"]
