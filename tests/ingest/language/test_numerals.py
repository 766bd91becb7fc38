"""Numbers in the forms that automatic numbering and sheets write them in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.language.numerals import chinese, number_in, numeral


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (10, "chineseCounting", "十"),
        (12, "chineseCountingThousand", "十二"),
        (20, "japaneseCounting", "二十"),
        (105, "chineseCountingThousand", "一百零五"),
        (110, "chineseCountingThousand", "一百一十"),
        (1001, "chineseCountingThousand", "一千零一"),
        (10010, "chineseCountingThousand", "一万零一十"),
        (2021, "ideographDigital", "二〇二一"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (11, "ideographTraditional", "甲"),
        (12, "ideographZodiac", "亥"),
        (21, "decimalEnclosedCircle", "㉑"),
        (36, "decimalEnclosedCircleChinese", "㊱"),
        (51, "decimalEnclosedCircle", "51"),
        (3, "decimalEnclosedParen", "⑶"),
        (3, "decimalEnclosedFullstop", "⒊"),
        (10, "ideographEnclosedCircle", "㊉"),
        (12, "decimalFullWidth", "１２"),
        (7, "decimalZero", "07"),
        (1994, "upperRoman", "MCMXCIV"),
        (28, "lowerLetter", "bb"),
        (3, "none", ""),
        (3, "hindiVowels", "3"),
    ],
)
def test_a_number_is_written_in_its_form(value: int, form: str, text: str) -> None:
    assert numeral(value, form) == text


@given(st.integers(0, 99_999_999))
def test_chinese_numbers_are_different_for_different_numbers(value: int) -> None:
    assert numeral(value, "chineseCounting") != numeral(value + 1, "chineseCounting")


@given(st.integers(0, 9999))
def test_a_number_is_read_as_it_is_written(value: int) -> None:
    assert number_in(chinese(value)) == number_in(str(value)) == value


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("二〇二五", 2025),
        ("两", 2),
        ("三十一", 31),
        ("一百零五", 105),
        ("○", 0),
        ("", None),
        ("廿", None),
        ("十x", None),
    ],
)
def test_numbers_in_running_text(said: str, value: int | None) -> None:
    assert number_in(said) == value
