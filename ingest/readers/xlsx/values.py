"""What a cell of a sheet shows (单元格显示值): stored numbers written by their number format.

Number formats after ECMA-376 18.8.30–31, as far as plans use them; what is not known here (fractions, conditions,
characters amid the digits) is written in the General format. Dates without year-month order of their own follow the
Chinese edition of Excel, where built-in formats 27–36 and 50–58 are dates too.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, DecimalException
from functools import lru_cache
from xml.etree.ElementTree import Element

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from ingest.files.opc import integer
from ingest.language.numerals import chinese

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

_MONTH, _DAY, _TIME, _HALF = 'yyyy"年"m"月"', 'm"月"d"日"', 'h"时"mm"分"', "上午/下午"
_CHINESE_FORMATS = {
    14: "yyyy/m/d",
    22: "yyyy/m/d h:mm",
    27: _MONTH,
    28: _DAY,
    29: _DAY,
    30: "m/d/yy",
    31: _MONTH + 'd"日"',
    32: _TIME,
    33: _TIME + 'ss"秒"',
    34: _HALF + _TIME,
    35: _HALF + _TIME + 'ss"秒"',
    36: _MONTH,
    50: _MONTH,
    51: _DAY,
    52: _MONTH,
    53: _DAY,
    54: _DAY,
    55: _HALF + _TIME,
    56: _HALF + _TIME + 'ss"秒"',
    57: _MONTH,
    58: _DAY,
}
_USUAL = {"dmy": "yyyy/m/d", "my": _MONTH, "dm": _DAY}
"""How a date is shown here, by the letters of its parts in their order."""
_GENERAL = "General"
_LONGEST_FORMAT = 255
# Excel calculates with 15 digits: 2.6749999999999998 is 2.675, shown as 2.68.
_CALCULATION = Context(prec=15, rounding=ROUND_HALF_UP)
# Larger and smaller numbers are left as they are stored.
_LARGEST_EXPONENT = 20
_MAX_DECIMALS = 7
# A workbook has few formats and many cells: this many are taken apart once.
_FORMATS = 1024

_SECTIONS = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;])+')
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|[_*].|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[(?P<elapsed>h+|m+|s+)\]|\[[^\]]*\]'
    r"|(?P<general>General|G/通用格式)|(?P<half>上午/下午|AM/PM|A/P)|(?P<date>y+|e+|m+|d+|a{3,4}|h+|s+(?:\.0+)?)"
    r"|(?P<digits>[0#?][0#?,]*(?:\.[0#?]*)?|\.[0#?]+)|(?P<science>E[+-]0+)|(?P<text>@)|(?P<literal>.)",
    re.IGNORECASE | re.DOTALL,
)
_WEEKDAY = re.compile("^a{3,4}(;|$)|]a{3,4}(;|$)", re.IGNORECASE)
_WEEKDAYS = "一二三四五六日"


def read_formats(root: Element | None) -> tuple[str, ...]:
    """The number format of each cell style of styles.xml, in the order that cells name them by."""
    if root is None:
        return ()
    own = {element.get("numFmtId", ""): element.get("formatCode", "") for element in root.iter(S + "numFmt")}
    styles = root.find(S + "cellXfs")
    return tuple(_format(element.get("numFmtId", "0"), own) for element in (() if styles is None else styles))


def struck_styles(root: Element | None) -> frozenset[int]:
    """The cell styles whose font has a line through it (删除线), by their place in styles.xml."""
    fonts, styles = (None, None) if root is None else (root.find(S + "fonts"), root.find(S + "cellXfs"))
    struck = {str(place) for place, font in enumerate(() if fonts is None else fonts) if is_struck(font)}
    return frozenset(n for n, style in enumerate(() if styles is None else styles) if style.get("fontId") in struck)


def is_struck(font: Element | None) -> bool:
    """Whether a font, or the properties of a run, draw a line through the text."""
    strike = None if font is None else font.find(S + "strike")
    return strike is not None and strike.get("val", "1") not in ("0", "false", "off")


def _format(key: str, own: Mapping[str, str]) -> str:
    return own[key][:_LONGEST_FORMAT] if key in own else format_of(integer(key, 0), {})


def format_of(number: int, own: Mapping[int, str]) -> str:
    """The number format of a number: one of the workbook's `own`, else one that every workbook has."""
    if number in own:
        return own[number][:_LONGEST_FORMAT]
    return _CHINESE_FORMATS.get(number) or BUILTIN_FORMATS.get(number, _GENERAL)


def shown(stored: str, code: str, *, from_1904: bool = False) -> str:
    """The number `stored` as the format `code` shows it; as it is stored where it is no number."""
    try:
        number = _CALCULATION.create_decimal(stored)
    except DecimalException:
        return stored
    if not number.is_finite() or abs(number.adjusted()) > _LARGEST_EXPONENT:
        return stored
    if code == _GENERAL:
        return _general(number)
    if _is_date(code):
        return _date(number, code, from_1904=from_1904)
    section = _section(code, number)
    shown_number = abs(number) if number < 0 and len(_sections(code)) > 1 else number
    return _number(shown_number, section)


def hidden_year(stored: str, code: str, *, from_1904: bool = False) -> int | None:
    """The year of a date that the format shows without it, as `m/d` shows 9/30 of 2024-09-30; None for all else."""
    if not _lacks_year(code):
        return None
    try:
        moment = from_excel(float(stored), MAC_EPOCH if from_1904 else WINDOWS_EPOCH)
    except (OverflowError, ValueError):
        return None
    return moment.year if isinstance(moment, datetime.datetime) else None


@lru_cache(_FORMATS)
def _lacks_year(code: str) -> bool:
    """Whether a format shows a month and no year."""
    if code == _GENERAL or not _is_date(code):
        return False
    words = _date_letters(_tokens(_sections(code)[0]))
    return "m" in words and not {"y", "e"} & set(words)


def _date_letters(tokens: Sequence[re.Match[str]]) -> str:
    """Which parts of a date a format shows, in their order: `ymd`; minutes are none of them."""
    words = ((at, (token["date"] or "").lower()) for at, token in enumerate(tokens))
    found = (word[0] for at, word in words if word and word[0] in "yemd" and not _are_minutes(tokens, at))
    return "".join(found).replace("e", "y")


@lru_cache(_FORMATS)
def _is_date(code: str) -> bool:
    return is_date_format(code) or _WEEKDAY.search(code) is not None


@lru_cache(_FORMATS)
def _sections(code: str) -> tuple[str, ...]:
    return tuple(_SECTIONS.findall(code)) or (_GENERAL,)


@lru_cache(_FORMATS)
def _tokens(section: str) -> tuple[re.Match[str], ...]:
    return tuple(_TOKEN.finditer(section))


def _section(code: str, number: Decimal) -> str:
    """The part of a format that is for this number: positive; negative; zero; text."""
    sections = _sections(code)
    if number < 0 and len(sections) > 1:
        return sections[1]
    if number == 0 and len(sections) > 2:
        return sections[2]
    return sections[0]


def _general(number: Decimal) -> str:
    """Whole numbers in full, others with up to 11 digits, as Excel shows them where the column is wide enough."""
    if number == number.to_integral_value() and number.adjusted() < 15:
        return str(int(number))
    text = f"{float(number):.11g}"
    return text if "e" not in text else text.upper()


def _number(number: Decimal, section: str) -> str:
    tokens = _tokens(section)
    if sum(1 for token in tokens if token["digits"] or token["general"] or token["text"]) > 1:
        return _general(number)
    in_chinese = "[dbnum1]" in section.lower()
    percent = sum(1 for token in tokens if token["literal"] == "%")
    science = next((token["science"] for token in tokens if token["science"]), None)
    parts: list[str] = []
    for token in tokens:
        if token["digits"]:
            scaled = number.scaleb(2 * percent)
            parts.append(_scientific(scaled, token["digits"]) if science else _digits(scaled, token["digits"]))
        elif token["general"] or token["text"]:
            parts.append(_general(number))
        else:
            parts.append(_literal(token))
    if in_chinese:
        parts = [chinese(int(part)) if part.isdecimal() and len(part) < 9 else part for part in parts]
    return "".join(parts).strip()


def _literal(token: re.Match[str]) -> str:
    # Letters that are codes in dates are plain letters in a number.
    return token["quoted"] or token["escaped"] or token["currency"] or token["literal"] or token["date"] or ""


def _scientific(number: Decimal, pattern: str) -> str:
    return f"{number:.{len(pattern.partition('.')[2])}E}"


def _digits(number: Decimal, pattern: str) -> str:
    whole, _, fraction = pattern.partition(".")
    fraction = fraction[:_MAX_DECIMALS]
    thousands = len(whole) - len(whole.rstrip(","))
    exact = number.scaleb(-3 * thousands).quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    sign = "-" if exact < 0 else ""
    before, point, after = f"{abs(exact):f}".partition(".")
    kept = len(fraction.rstrip("#?"))
    after = after[:kept] + after[kept:].rstrip("0")
    before = before.lstrip("0").rjust(whole.count("0"), "0")
    if "," in whole.rstrip(","):
        before = _grouped(before)
    return sign + before + (point if after else "") + after


def _grouped(digits: str) -> str:
    head = len(digits) % 3
    groups = [digits[:head]] if head else []
    return ",".join(groups + [digits[at : at + 3] for at in range(head, len(digits), 3)])


def _date(number: Decimal, code: str, *, from_1904: bool) -> str:
    try:
        moment = from_excel(float(number), MAC_EPOCH if from_1904 else WINDOWS_EPOCH)
    except (OverflowError, ValueError):
        return _general(number)
    if isinstance(moment, datetime.time):
        moment = datetime.datetime.combine(datetime.date(1900, 1, 1), moment)
    if not isinstance(moment, datetime.datetime) or number < 0:
        return _general(number)
    tokens = _tokens(_as_written_here(_section(code, number)))
    halves = any(token["half"] for token in tokens)
    parts = [_date_part(tokens, index, moment, halves) for index in range(len(tokens))]
    text = "".join(parts).strip()
    if "[dbnum1]" in code.lower():
        return re.sub(r"\d+", lambda found: _chinese_date_number(found[0]), text)
    return text


@lru_cache(_FORMATS)
def _as_written_here(section: str) -> str:
    """A format that no Chinese plan uses (`m/d/yy`, `d-mmm`, `mmm-yy`, `m-d`), its parts in the usual order."""
    tokens = _tokens(section)
    letters = _date_letters(tokens)
    names = any((token["date"] or "").lower() in ("mmm", "mmmm", "mmmmm") for token in tokens)
    odd = (
        names or (letters in ("mdy", "dmy", "my", "dm") and "年" not in section) or (letters == "md" and "-" in section)
    )
    return _USUAL.get("".join(sorted(letters)), section) if odd else section


def _chinese_date_number(digits: str) -> str:
    if len(digits) == 4:
        return "".join("〇一二三四五六七八九"[int(digit)] for digit in digits)
    return chinese(int(digits))


def _date_part(tokens: Sequence[re.Match[str]], index: int, moment: datetime.datetime, halves: bool) -> str:
    token = tokens[index]
    if token["half"]:
        return (("上午", "下午") if "午" in token["half"] else ("AM", "PM"))[moment.hour >= 12]
    word = (token["date"] or token["elapsed"] or "").lower()
    if not word:
        return _literal(token) if not token["digits"] and not token["text"] else ""
    if word.startswith("m") and _are_minutes(tokens, index):
        return f"{moment.minute:0{len(word)}d}"
    if word.startswith("h") and halves:
        return f"{(moment.hour - 1) % 12 + 1:0{min(len(word), 2)}d}"
    return _DATE_WORDS[word[0]](moment, len(word.partition(".")[0]))


def _are_minutes(tokens: Sequence[re.Match[str]], index: int) -> bool:
    """`m` means minutes next to hours or seconds, months elsewhere."""
    words = [(at, (token["date"] or token["elapsed"] or "").lower()) for at, token in enumerate(tokens)]
    before = next((word for at, word in reversed(words[:index]) if word), "")
    after = next((word for at, word in words[index + 1 :] if word), "")
    return before.startswith("h") or after.startswith("s")


_DATE_WORDS: dict[str, Callable[[datetime.datetime, int], str]] = {
    "y": lambda moment, width: f"{moment.year:04d}",
    "e": lambda moment, width: str(moment.year),
    "m": lambda moment, width: f"{moment.month:0{min(width, 2)}d}" if width < 3 else moment.strftime("%b"),
    "d": lambda moment, width: f"{moment.day:0{min(width, 2)}d}" if width < 3 else moment.strftime("%a"),
    "a": lambda moment, width: ("星期" if width == 4 else "") + _WEEKDAYS[moment.weekday()],
    "h": lambda moment, width: f"{moment.hour:0{min(width, 2)}d}",
    "s": lambda moment, width: f"{moment.second:0{min(width, 2)}d}",
}
