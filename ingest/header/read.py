"""The header of an official document (公文眉首): title, 发文字号, 发文机关, 主送机关, 成文日期, region.

GB/T 9704-2012 7.2–7.3 orders them: number, title, addressees, text, signature, date. A notice that carries a plan
(…关于印发《…》的通知) gives number, issuer, addressees and date; the plan that it carries gives the title. Government
web pages put 索引号, 发文机关, 成文日期, 发文字号 in a block above.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

from ingest.header.issuer import find_issuer
from ingest.header.parts import (
    BODY,
    CHINESE_DIGIT,
    FIELD,
    LABELS,
    NUMBER,
    NUMBER_LINE,
    HeaderPart,
    annex_mark,
    any_date,
    ends_as_organ,
)
from ingest.header.region import read_region
from ingest.header.title import named_plan, notice_title_of, plan_title
from ingest.language.clean import Clean, Paragraph
from ingest.language.lexicon import Lexicon
from ingest.language.units import names_levels
from ingest.model import Evidence, Header

_MADE_ON = tuple(f"{verb}{when}：" for verb in ("填报", "制表", "编制", "制定") for when in ("时间", "日期"))
_NOT_MADE = ("印发", "发布", "要", "前", "日期：", "时限", "期限", "时间")
"""Words in a line with a date that is not the day when the document was made."""
_ADDRESSED = ("政府", "委", "局", "厅", "部", "办", "公司", "单位", "会", "院")
_LONGEST_ADDRESSEE = 16
_NO_ADDRESSEE = ("为", "按", "根", "依", "经", "现")
"""How a sentence begins, and no name of those whom a document is for."""
_YEARS = re.compile(r"20\d\d年?[—～\-至]+20\d\d年?")
_BEHIND_YEAR = ("年", "—", "～", "-", "至")
_LAST_LINES = 12
_SALUTED = ("单位", "部门", "机构", "企业", "政府", "管委会")
"""How the last of those ends whom a document is for."""
_LONGEST_SALUTATION = 200
_FEWEST_FIELDS = 3
"""Labels in lines of their own that make a block; two may be a line of a form."""


def read_header(clean: Clean, lexicon: Lexicon, fallback_title: str = "") -> tuple[Header, int]:
    """The header, and where the plan's own text begins in the clean text."""
    paragraphs = [p for p in clean.paragraphs if p.cell is None]
    front = _front(clean, paragraphs)
    fields = {**_labelled(clean), **_block(clean, front)}
    number = fields.get("发文字号") or fields.get("文号") or _number(clean, front)
    taken = [(part.start, part.end) for part in fields.values()]
    titles = [p for p in front if not _is_label(clean, p) and (p.start, p.end) not in taken]
    notice_title = notice_title_of(clean, titles) or fields.get("标题")
    named = named_plan(clean, front, notice_title)
    title, body_start = plan_title(clean, paragraphs, titles, named, notice_title)
    issued = _issued(clean, paragraphs, front, fields, body_start)
    issuer = find_issuer(clean, paragraphs, front, fields.get("发文机关"), (notice_title, title, issued))
    addressees, addressed = _addressees(clean, front, lexicon)
    if "标题" in fields:
        title = title if named else fields["标题"]
        body_start = max(body_start, fields["标题"].end)
    shown = title.value if title else fallback_title
    year = _year(shown, issued, number)
    evidence = tuple(
        Evidence(name, clean.span(found.start, found.end), found.rule)
        for name, found in (
            ("title", title),
            ("document_number", number),
            ("issuer", issuer),
            ("issued_on", issued),
            ("addressees", addressed),
        )
        if found is not None
    )
    region = read_region(
        " ".join(filter(None, (issuer.value if issuer else "", notice_title.value if notice_title else "", shown))),
        lexicon,
    )
    header = Header(
        title=shown,
        document_number=_normal(number.value) if number else None,
        issuer=issuer.value if issuer else None,
        addressees=addressees,
        issued_on=issued.value if issued else None,
        year=year,
        region=region,
        evidence=evidence,
    )
    return header, max(body_start, 0)


def _front(clean: Clean, paragraphs: list[Paragraph]) -> list[Paragraph]:
    """The paragraphs before the first numbered heading, at most 60."""
    front: list[Paragraph] = []
    for paragraph in paragraphs[:60]:
        if front and (paragraph.depth > 1 or BODY.match(clean.folded, paragraph.start, paragraph.end)):
            break
        front.append(paragraph)
    return front


def _block(clean: Clean, front: list[Paragraph]) -> dict[str, HeaderPart]:
    """The fields of a government web page's block, and 文号： lines."""
    fields: dict[str, HeaderPart] = {}
    for paragraph in front[:20]:
        at: int = paragraph.start
        while found := FIELD.match(clean.folded, at, paragraph.end):
            low, high = found.span("value")
            if clean.folded[high - 1] == "：":  # Nothing, and the next label: 文件编号：统一编号：.
                at = found.end()
                continue
            key = _SAME_FIELD.get(found.group("key"), found.group("key"))
            fields.setdefault(key, _field(clean, key, low, high))
            at = found.end()
    return fields


def _labelled(clean: Clean) -> dict[str, HeaderPart]:
    """The fields of a block whose labels stand in lines or cells of their own, each before its value."""
    first = [p for p in clean.paragraphs[:60] if p.end > p.start]
    fields: dict[str, HeaderPart] = {}
    for label, value in pairwise(first):
        if _is_label(clean, label) and not _is_label(clean, value):
            said = clean.folded[label.start : label.end].rstrip("：")
            key = _SAME_FIELD.get(said, said)
            fields.setdefault(key, _field(clean, key, value.start, value.end))
    return fields if len(fields) >= _FEWEST_FIELDS else {}


def _is_label(clean: Clean, paragraph: Paragraph) -> bool:
    return clean.folded[paragraph.start : paragraph.end].rstrip("：") in LABELS


def _field(clean: Clean, key: str, low: int, high: int) -> HeaderPart:
    value = clean.folded[low:high] if key == "发文字号" else clean.said(low, high)
    return HeaderPart(value, low, high, "page-block")


_SAME_FIELD = {
    "文号": "发文字号",
    "发文文号": "发文字号",
    "文件编号": "发文字号",
    "发文机构": "发文机关",
    "发文单位": "发文机关",
    "发布机关": "发文机关",
    "成文时间": "成文日期",
    "发布机构": "发文机关",
    "发布单位": "发文机关",
    "制发机关": "发文机关",
    "生成日期": "成文日期",
    "名称": "标题",
    "信息名称": "标题",
}
"""Other names of a block's fields."""


def _number(clean: Clean, front: list[Paragraph]) -> HeaderPart | None:
    for paragraph in front:
        found = NUMBER_LINE.fullmatch(clean.folded, paragraph.start, paragraph.end)
        if found:
            return HeaderPart(found.group("number"), *found.span("number"), "number-line")
    for paragraph in front[:6]:
        found = re.search(rf"(?P<number>{NUMBER})$", clean.folded[paragraph.start : paragraph.end])
        if found and "《" not in clean.folded[paragraph.start : paragraph.end]:
            low = paragraph.start + found.start("number")
            return HeaderPart(found.group("number"), low, paragraph.start + found.end("number"), "number-line")
    return None


def iso_date(found: re.Match[str]) -> str | None:
    """The ISO date of a match of a date in Arabic or Chinese digits; None where no calendar has it."""
    year, month, day = (_digits(found.group(part)) for part in "ymd")
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _digits(said: str) -> int:
    if said.isdecimal():
        return int(said)
    if "十" in said:
        tens, _, ones = said.partition("十")
        return (CHINESE_DIGIT[tens] if tens else 1) * 10 + (CHINESE_DIGIT[ones] if ones else 0)
    return int("".join(str(CHINESE_DIGIT[c]) for c in said))


def _issued(
    clean: Clean, paragraphs: list[Paragraph], front: list[Paragraph], fields: dict[str, HeaderPart], body_start: int
) -> HeaderPart | None:
    """成文日期: the block's, else a date on a line of its own: in the notice, else at the end; else under the title."""
    for key in ("成文日期", "发文日期"):
        if key in fields and (found := any_date(fields[key].value)) and (value := iso_date(found)):
            return HeaderPart(value, fields[key].start, fields[key].end, "page-block")
    alone = [p for p in paragraphs if p.end - p.start <= 40]
    notice = [p for p in alone if p.start < body_start]
    tail = [p for p in paragraphs[-40:] if p.end - p.start <= 40 and p.start >= body_start]
    for run in (notice, tail):
        for paragraph in run:
            text = clean.folded[paragraph.start : paragraph.end]
            found = any_date(text)
            if (
                found
                and found.end() == len(_without_annex(text).rstrip("）"))
                and not any(word in _without_labels(text) for word in _NOT_MADE)
                and (value := iso_date(found))
            ):
                return HeaderPart(value, paragraph.start + found.start(), paragraph.start + found.end(), "date-line")
    for paragraph in [*front, *alone[-_LAST_LINES:]]:
        text = clean.folded[paragraph.start : paragraph.end]
        found = any_date(text)
        if found and len(text) <= 60 and _says_issued(text) and (value := iso_date(found)):
            return HeaderPart(value, paragraph.start + found.start(), paragraph.start + found.end(), "issue-line")
    return None


def _without_annex(text: str) -> str:
    """A line without the mark of the next page's annex, which may have been joined to the date: 2021年3月9日附件1."""
    at = text.rfind("附")
    return text[:at] if at >= 0 and annex_mark(text[at:]) == text[at:] else text


def _without_labels(text: str) -> str:
    for label in _MADE_ON:
        text = text.replace(label, "")
    return text


def _says_issued(text: str) -> bool:
    """Whether a line with a date says that it is the day of issue: …日印发, （2021年3月9日）."""
    inside = text[1:-1]
    bracketed = text.startswith("（") and text.endswith("）") and "日" in inside and not set("（）") & set(inside)
    return "日印发" in text or text.endswith("印发") or "发布" in text or bracketed


def _names_an_addressee(text: str) -> bool:
    """Whether a line begins with those whom it may be sent to: 各县（区）人民政府, 市水务局."""
    if text.startswith(_NO_ADDRESSEE):
        return False
    run = next((at for at, sign in enumerate(text) if sign != "、" and not "一" <= sign <= "鿿"), len(text))
    return text.startswith("各") or any(
        1 <= at <= _LONGEST_ADDRESSEE and at + len(word) <= run
        for word in _ADDRESSED
        if (at := text.find(word, 1)) >= 0
    )


def _addressees(clean: Clean, front: list[Paragraph], lexicon: Lexicon) -> tuple[tuple[str, ...], HeaderPart | None]:
    """主送机关: the line that ends with ： before the text."""
    for paragraph in front[:20]:
        text = _salutation(clean.folded[paragraph.start : paragraph.end])
        if (
            text.endswith("：")
            and len(text) > 3
            and _names_an_addressee(text)
            and "现" not in text[-8:]
            and "《" not in text
        ):
            end = paragraph.start + len(text) - 1
            names = [clean.said(low, high) for low, high in _listed(clean.folded, paragraph.start, end, lexicon)]
            return tuple(names), HeaderPart(text, paragraph.start, end, "addressee-line")
    return (), None


def _salutation(line: str) -> str:
    """A line up to the ： behind those it is for, where the text goes on behind it: 各县政府，市直各单位：为落实…."""
    head, colon, _ = line.partition("：")
    addressed = head.rstrip("）")
    ends = addressed.endswith(_SALUTED) or ends_as_organ(addressed)
    several = any(sign in head for sign in "各、，")
    return head + colon if ends and several and len(head) <= _LONGEST_SALUTATION and "。" not in head else line


def _listed(text: str, start: int, end: int, lexicon: Lexicon) -> list[tuple[int, int]]:
    """The addressees of a list: 各省、自治区、直辖市人民政府 is one."""
    names: list[tuple[int, int]] = []
    low = start
    for high in [*_outside_brackets(text, start, end), end]:
        if high < end and text[high] == "、" and names_levels(text, low, high, end, lexicon):
            continue
        if text[high + 1 : high + 3][1:] in ("、", "，", "：") and text[high] == "、":  # 各有关委、办、局 is one.
            continue
        if high > low:
            names.append((low, high))
        low = high + 1
    return names


def _outside_brackets(text: str, start: int, end: int) -> list[int]:
    """Where a list is parted: at 、 ， ； unless the next bracket closes."""
    parted: list[int] = []
    closes = False
    for position in range(end - 1, start - 1, -1):
        if text[position] in "（）":
            closes = text[position] == "）"
        elif text[position] in "、，；" and not closes:
            parted.append(position)
    return parted[::-1]


def _year(title: str, issued: HeaderPart | None, number: HeaderPart | None) -> int | None:
    # …三年行动计划（2024—2026年）2025年度工作要点 is for 2025; with a span of years alone its first counts.
    for text in (_YEARS.sub("", title), title):
        years = (each for each in re.finditer(r"20\d\d", text) if text[each.end() : each.end() + 1] in _BEHIND_YEAR)
        if (found := next(years, None)) is not None:
            return int(found.group())
    if issued is not None:
        return int(issued.value[:4])
    found = re.search(r"〔(\d{4})〕", number.value) if number else None
    return int(found.group(1)) if found else None


def _normal(number: str) -> str:
    return number.replace("（", "〔").replace("）", "〕") if re.search(r"（\d{4}）", number) else number
