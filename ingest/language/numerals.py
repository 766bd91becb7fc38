"""Numbers as automatic numbering writes them (ECMA-376 17.18.59, ST_NumberFormat): 3 → 三, ③, 丙, iii, C.

And the way back, for numbers in running text: 三十一 → 31, 二〇二五 → 2025.
"""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_FORMAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
# Beyond these Word itself writes plain digits.
_LARGEST_ROMAN = 32_767
_LARGEST_LETTER = 780


def numeral(value: int, form: str) -> str:
    """`value` in the number format `form`, an ST_NumberFormat name; in an unknown one, and beyond the reach of a
    known one (㊿ is the last circled number), as plain digits."""
    write = _FORMS.get(form)
    return write(value) if write is not None and value >= 0 else str(value)


def chinese(value: int) -> str:
    """21 → 二十一, 105 → 一百零五: how chapters and items are counted; 0 → 〇."""
    return _counted(value, _DIGITS, "十百千", short_ten=True)


def chinese_digits(value: int) -> str:
    """2021 → 二〇二一: digit by digit."""
    return "".join(_DIGITS[int(digit)] for digit in str(value))


_VALUES = {digit: value for value, digit in enumerate(_DIGITS)} | {"零": 0, "○": 0, "两": 2}
_WORTH = {"十": 10, "百": 100, "千": 1000}


def number_in(text: str) -> int | None:
    """The whole number that is written in digits or in Chinese: 12, 十二, 二十, 二〇二五; None of anything else."""
    if text.isdecimal():
        return int(text)
    if not text or any(character not in _VALUES and character not in _WORTH for character in text):
        return None
    if not any(character in _WORTH for character in text):
        return int("".join(str(_VALUES[character]) for character in text))
    value, digit = 0, None
    for character in text:
        if character in _WORTH:
            value += (1 if digit is None else digit) * _WORTH[character]
            digit = None
        else:
            digit = _VALUES[character] or None
    return value + (digit or 0)


def _formal(value: int) -> str:
    return _counted(value, _FORMAL_DIGITS, "拾佰仟", short_ten=False)


def _counted(value: int, digits: str, places: str, *, short_ten: bool) -> str:
    if value == 0:
        return digits[0]
    if value >= 10_000:
        rest = value % 10_000
        gap = "零" if 0 < rest < 1000 else ""
        tail = gap + _counted(rest, digits, places, short_ten=False) if rest else ""
        return _counted(value // 10_000, digits, places, short_ten=short_ten) + "万" + tail
    text = ""
    figures = str(value)
    for index, figure in enumerate(figures):
        place = len(figures) - index - 1
        if figure != "0":
            text += digits[int(figure)] + (places[place - 1] if place else "")
        elif not text.endswith("零"):
            text += "零"
    text = text.rstrip("零")
    ten = digits[1] + places[0]
    return text[1:] if short_ten and value < 20 and text.startswith(ten) else text


def _from_table(characters: str) -> Callable[[int], str]:
    return lambda value: characters[value - 1] if 1 <= value <= len(characters) else str(value)


def _cycle(characters: str) -> Callable[[int], str]:
    return lambda value: characters[(value - 1) % len(characters)] if value else str(value)


def _block(first: str, count: int) -> str:
    return "".join(chr(ord(first) + step) for step in range(count))


def _roman(value: int) -> str:
    if not 1 <= value <= _LARGEST_ROMAN:
        return str(value)
    text = ""
    for worth, letters in _ROMAN:
        text += letters * (value // worth)
        value %= worth
    return text


def _letters(value: int) -> str:
    """27 → aa, 28 → bb: Word repeats the letter."""
    if not 1 <= value <= _LARGEST_LETTER:
        return str(value)
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _full_width(value: int) -> str:
    return "".join(chr(ord(digit) - ord("0") + ord("０")) for digit in str(value))


_CIRCLED = _block("①", 20) + _block("㉑", 15) + _block("㊱", 15)

_FORMS: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "decimalZero": lambda value: f"{value:02d}",
    "lowerRoman": _roman,
    "upperRoman": lambda value: _roman(value).upper(),
    "lowerLetter": _letters,
    "upperLetter": lambda value: _letters(value).upper(),
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "ideographDigital": chinese_digits,
    "taiwaneseDigital": chinese_digits,
    "japaneseDigitalTenThousand": chinese_digits,
    "chineseLegalSimplified": _formal,
    "ideographLegalTraditional": _formal,
    "japaneseLegal": _formal,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographEnclosedCircle": _from_table(_block("㊀", 10)),
    "decimalEnclosedCircle": _from_table(_CIRCLED),
    "decimalEnclosedCircleChinese": _from_table(_CIRCLED),
    "decimalEnclosedParen": _from_table(_block("⑴", 20)),
    "decimalEnclosedFullstop": _from_table(_block("⒈", 20)),
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "numberInDash": lambda value: f"- {value} -",
}
