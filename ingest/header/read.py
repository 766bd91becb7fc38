"""The header of an official document (公文眉首): title, 发文字号, 发文机关, 主送机关, 成文日期, region.

GB/T 9704-2012 7.2–7.3 orders them: number, title, addressees, text, signature, date. A notice that carries a plan
(…关于印发《…》的通知) gives number, issuer, addressees and date; the plan that it carries gives the title. Government
web pages put 索引号, 发文机关, 成文日期, 发文字号 in a block above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise, takewhile

from ingest.header.parts import CHINESE_DIGIT, FIELD, LABELS, NUMBER, NUMBER_LINE, ORGAN_END, HeaderPart, any_date
from ingest.header.title import named_plan, notice_title_of, plan_title
from ingest.language.clean import Clean, Paragraph
from ingest.language.region import read_region
from ingest.language.units import names_levels
from ingest.model import Evidence, Header

_BODY = re.compile(
    r"(?:[一二三四五六七八九十]、|（[一二三四五六七八九十]）|第[一二三四五六七八九十]{1,9}[章条部]|\d{1,2}[.、])"
)
_ABOUT = re.compile(r"(?P<issuer>^(?!关于)[一-鿿、（）()0-9]{2,60}?)(?:关于|印发|转发)")
_PLACE = re.compile(r"(?:中共)?(?P<name>[一-鿿]{2,8}?(?:[省市县区州旗]|自治区))")
_SHORT_ISSUER = re.compile(r"[省市县区](?:人民)?(?:政府|委|教育|公安)|[省市县区][委]")
"""An issuer that does not say of which place: 市政府办公室."""
_MADE_ON = re.compile(r"(?:填报|制表|编制|制定)(?:时间|日期)：")
_ANNEX_BEHIND = re.compile(r"附件?\d{0,2}：?$")
"""What the next page begins with may have been joined to the date: 2021年3月9日附件1."""
_YEARS = re.compile(r"20\d\d年?[—～\-至]+20\d\d年?")
_WHOSE_YEAR = re.compile(
    r"([一-鿿]{3,24}?(?:医院|大学|学院|学校|[中小]学|公司|集团|局|委员会|管委会|人民政府|街道办事处|法院|检察院))(?=20\d\d年)"
)
"""市第一人民医院2024年重点工作任务分解表: a title that says whose work it is."""
_LAST_LINES = 12
_FEWEST_FIELDS = 3
"""Labels in lines of their own that make a block; two may be a line of a form."""
_MOST_SIGNERS = 10
_LONGEST_SIGNER = 30


def read_header(clean: Clean, fallback_title: str = "") -> tuple[Header, int]:
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
    speaker = _speaker(notice_title) if notice_title else None
    signed = _signed(clean, paragraphs, issued)
    issuer = _issuer(fields.get("发文机关"), speaker, signed) or _issuer_of_lines(clean, paragraphs, front, title)
    addressees, addressed = _addressees(clean, front)
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
        " ".join(filter(None, (issuer.value if issuer else "", notice_title.value if notice_title else "", shown)))
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


_MADE_BY = re.compile(
    r"(?:填报|制表|编制|制定|发布|印发)(?:单位|机关|部门)：(?P<issuer>[一-鿿（）、]{3,40}?)"
    r"(?=$|\n|(?:填报|制表|编制|制定|发布|印发)?(?:日期|时间))"
    r"|（(?P<signed>[一-鿿]{3,40})）(?=$|\n)"
)
"""Who made a sheet: 制表单位：县水利局, or （县总河长办公室） on a line of its own under its title."""


def _label_length(line: str) -> int:
    """Characters of the label in front of an issuer's name: 制表单位：."""
    label = re.match("(?:制表|发文|制发|编制|印发|填报)(?:单位|机关)：", line)
    return label.end() if label else 0


def _front(clean: Clean, paragraphs: list[Paragraph]) -> list[Paragraph]:
    """The paragraphs before the first numbered heading, at most 60."""
    front: list[Paragraph] = []
    for paragraph in paragraphs[:60]:
        if front and (paragraph.depth > 1 or _BODY.match(clean.folded, paragraph.start, paragraph.end)):
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
                and found.end() == len(_ANNEX_BEHIND.sub("", text).rstrip("）"))
                and not re.search("印发|发布|要|前|日期：|时限|期限|时间", _MADE_ON.sub("", text))
                and (value := iso_date(found))
            ):
                return HeaderPart(value, paragraph.start + found.start(), paragraph.start + found.end(), "date-line")
    for paragraph in [*front, *alone[-_LAST_LINES:]]:
        text = clean.folded[paragraph.start : paragraph.end]
        found = any_date(text)
        if (
            found
            and len(text) <= 60
            and re.search(r"日印发|印发$|发布|^（[^（）]*日[^（）]*）$", text)
            and (value := iso_date(found))
        ):
            return HeaderPart(value, paragraph.start + found.start(), paragraph.start + found.end(), "issue-line")
    return None


def _speaker(notice_title: HeaderPart) -> HeaderPart | None:
    """Who speaks in the title: XX关于…."""
    found = _ABOUT.match(notice_title.value)
    if not found:
        return None
    end = notice_title.start + found.end("issuer")
    return HeaderPart(_jointly(found.group("issuer")), notice_title.start, end, "title-speaker")


def _issuer(block: HeaderPart | None, speaker: HeaderPart | None, signed: HeaderPart | None) -> HeaderPart | None:
    """发文机关: the block's; else who speaks in the title; else who signs, in the line above the date."""
    stated = block or speaker
    if stated is not None and not _SHORT_ISSUER.match(stated.value):
        return stated
    # 市政府办公室 of a block, 省政府办公厅 of a title: the title or the signature may say of which.
    fuller = speaker if stated is not speaker else signed
    if fuller is not None and not _SHORT_ISSUER.match(fuller.value):
        return fuller
    return stated or signed


def _signed(clean: Clean, paragraphs: list[Paragraph], issued: HeaderPart | None) -> HeaderPart | None:
    """Who signs: the line above the date, or what stands before it on its line."""
    for i, paragraph in enumerate(paragraphs):
        if issued is not None and paragraph.start <= issued.start < paragraph.end:
            before = clean.folded[paragraph.start : issued.start]
            if len(before) > 3 and ORGAN_END.search(before):
                low = paragraph.start + (_label_length(before) or before.startswith("（"))
                return HeaderPart(clean.said(low, issued.start), low, issued.start, "signature")
            if (
                i
                and (above := paragraphs[i - 1])
                and ORGAN_END.search(clean.folded[above.start : above.end])
                and above.end - above.start <= 60
            ):
                start = above.start + _label_length(clean.folded[above.start : above.end])
                # A long name breaks over two lines: 浙江省制造业高质量发展（数字经济发展）/ 领导小组办公室（代章）.
                if i > 1 and re.match("领导小组|委员会|办公室|指挥部|工作", clean.folded[start : above.end]):
                    start = paragraphs[i - 2].start
                    return HeaderPart(
                        clean.said(start, above.end).removesuffix("（代章）"), start, above.end, "signature"
                    )
                signers = [
                    clean.said(start, above.end),
                    *_signers_above(clean, paragraphs[max(0, i - _MOST_SIGNERS) : i - 1]),
                ]
                names = [_jointly(name.removesuffix("（代章）")) for name in reversed(signers)]
                first = paragraphs[i - len(signers)].start if len(signers) > 1 else start
                return HeaderPart("、".join(names), first, above.end, "signature")
    return None


def _signers_above(clean: Clean, paragraphs: list[Paragraph]) -> Iterator[str]:
    """Who signs in the lines above the last signer's, from below (联合行文)."""
    for paragraph in reversed(paragraphs):
        if not _is_office(clean, paragraph):
            return
        yield clean.said(paragraph.start, paragraph.end)


def _offices(clean: Clean, front: list[Paragraph]) -> list[Paragraph]:
    """The offices in lines of their own above a title, two at least."""
    offices = list(takewhile(lambda paragraph: _is_office(clean, paragraph), front))
    return offices if len(offices) > 1 else []


def _is_office(clean: Clean, paragraph: Paragraph) -> bool:
    """Whether a line holds the name of an office and nothing else."""
    line = clean.folded[paragraph.start : paragraph.end]
    return 4 <= len(line) <= _LONGEST_SIGNER and line.isalpha() and ORGAN_END.search(line) is not None


def _issuer_of_lines(
    clean: Clean, paragraphs: list[Paragraph], front: list[Paragraph], title: HeaderPart | None
) -> HeaderPart | None:
    """Who made it, by a line under the title, the letterhead, or the imprint at the end."""
    for paragraph in front[:8]:
        if found := _MADE_BY.match(clean.folded, paragraph.start, paragraph.end):
            low, high = found.span("issuer" if found["issuer"] else "signed")
            if ORGAN_END.search(clean.folded[low:high]):
                return HeaderPart(clean.said(low, high), low, high, "maker-line")
    for paragraph in front[:3]:
        text = clean.folded[paragraph.start : paragraph.end]
        if text.endswith("文件") and ORGAN_END.search(text[:-2]):
            return HeaderPart(text[:-2], paragraph.start, paragraph.end - 2, "letterhead")
    if offices := _offices(clean, front[:_MOST_SIGNERS]):
        said = "、".join(clean.said(each.start, each.end) for each in offices)
        return HeaderPart(said, offices[0].start, offices[-1].end, "masthead")
    for paragraph in paragraphs[-_LAST_LINES:]:
        text = clean.folded[paragraph.start : paragraph.end]
        if found := re.match(r"([一-鿿]{4,40}?)(?:20\d\d)年\d{1,2}月\d{1,2}日印发", text):
            return HeaderPart(found.group(1), paragraph.start, paragraph.start + found.end(1), "imprint")
    if title is not None and (found := _WHOSE_YEAR.match(title.value)):
        return HeaderPart(found.group(1), title.start, title.start + found.end(1), "title-owner")
    return None


def _jointly(issuers: str) -> str:
    """联合行文: 、 between the names of several issuers that a title sets one under the other."""
    place = _PLACE.match(issuers)
    if place is None:
        return issuers
    return re.sub(rf"(?<=[室会府局委厅])(?=(?:中共)?{place['name']}(?=.))", "、", issuers)


def _addressees(clean: Clean, front: list[Paragraph]) -> tuple[tuple[str, ...], HeaderPart | None]:
    """主送机关: the line that ends with ： before the text."""
    for paragraph in front[:20]:
        text = clean.folded[paragraph.start : paragraph.end]
        if (
            text.endswith("：")
            and len(text) > 3
            and re.match(r"各|[一-鿿]{1,12}(?:政府|委|局|厅|部|办|公司|单位|会|院)", text)
            and "现" not in text[-8:]
        ):
            names = [clean.said(low, high) for low, high in _listed(clean.folded, paragraph.start, paragraph.end - 1)]
            return tuple(names), HeaderPart(text, paragraph.start, paragraph.end - 1, "addressee-line")
    return (), None


def _listed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The addressees of a list: 各省、自治区、直辖市人民政府 is one."""
    names: list[tuple[int, int]] = []
    low = start
    for high in [*_outside_brackets(text, start, end), end]:
        if high < end and text[high] == "、" and names_levels(text, low, high, end):
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
        if found := re.search(r"20\d\d(?=年|[—～\-至])", text):
            return int(found.group())
    if issued is not None:
        return int(issued.value[:4])
    found = re.search(r"〔(\d{4})〕", number.value) if number else None
    return int(found.group(1)) if found else None


def _normal(number: str) -> str:
    return number.replace("（", "〔").replace("）", "〕") if re.search(r"（\d{4}）", number) else number
