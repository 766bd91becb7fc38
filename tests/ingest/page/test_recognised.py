"""Lines recognised on a picture stand on the page as if they were set there."""

from __future__ import annotations

import pytest

from ingest.page.ink import Box
from ingest.page.recognised import SeenLine, recognised_ink


def said(*lines: SeenLine) -> str:
    return "".join(char.text for char in recognised_ink(1, 595.0, 842.0, lines).chars)


def line(text: str, top: float = 100.0, x0: float = 80.0, width: float = 320.0, height: float = 16.0) -> SeenLine:
    return SeenLine(text, Box(x0, top, x0 + width, top + height))


@pytest.mark.parametrize("text", ["推进管网改造，新建泵站。", "2024年6月底前完成3座", "（市水务局负责）"])
def test_characters_share_the_box_of_their_line(text: str) -> None:
    chars = recognised_ink(1, 595.0, 842.0, [line(text)]).chars
    assert "".join(char.text for char in chars) == text
    assert (chars[0].x0, round(chars[-1].x1, 6)) == (80.0, 400.0)
    assert all(one.x1 <= two.x0 + 1e-6 for one, two in zip(chars, chars[1:], strict=False))
    assert {char.y for char in chars} == {chars[0].y}
    assert 100.0 < chars[0].y < 116.0


def test_a_latin_character_takes_half_the_width_of_a_chinese_one() -> None:
    one, two, three = recognised_ink(1, 595.0, 842.0, [line("管12", width=40.0)]).chars
    assert (one.x1 - one.x0, two.x1 - two.x0, three.x1 - three.x0) == (20.0, 10.0, 10.0)


def test_a_blank_is_said_of_the_character_behind_it() -> None:
    chars = recognised_ink(1, 595.0, 842.0, [line("市水务局 市财政局")]).chars
    assert [char.text for char in chars if char.spaced] == ["市"]


def test_lines_come_from_top_to_bottom() -> None:
    assert said(line("二", 300.0), line("一", 100.0), line("右", 100.0, x0=450.0)) == "一右二"


@pytest.mark.parametrize("number", ["一3一", "-3一", "— 3 —", "-3-", "一 3-"])
def test_the_dashes_of_a_page_number_are_none_of_its_digits(number: str) -> None:
    assert said(line(number)) == "—3—"


@pytest.mark.parametrize("text", ["一是3座", "一3座一", "3", "2024一2026", "一、"])
def test_other_lines_keep_their_characters(text: str) -> None:
    assert said(line(text)) == text


def test_words_that_run_down_a_stamp_are_left_out() -> None:
    assert said(line("骑缝章专用", width=12.0, height=200.0), line("正文")) == "正文"
