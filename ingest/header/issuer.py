"""Who issued a document (发文机关): its page's block, who speaks in the title, who signs, the letterhead, the imprint.

Where several issue it together (联合行文), each of them is named.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise, takewhile

from ingest.header.parts import HeaderPart, ends_as_organ
from ingest.language.clean import Clean, Paragraph
from ingest.language.likeness import is_chinese

_ABOUT = ("关于", "印发", "转发")
"""What stands behind who speaks in a title, …"""
_SPEAKER = range(2, 61)
"""… who has so many characters, …"""
_IN_SPEAKER = str.maketrans("", "", "、（）()0123456789")
"""… Chinese ones and these."""
_PLACE = range(2, 9)
"""Characters of a place's name without what it ends with."""
_PLACE_LEVELS = ("省", "市", "县", "区", "州", "旗", "自治区")
_LEVELS = ("省", "市", "县", "区")
_NAMED_SO = ("中区", "南区", "北区")
"""市中区 is a place."""
_GOES_ON_WITH = ("领导小组", "委员会", "办公室", "指挥部", "工作")
_MAKERS = tuple(
    f"{verb}{who}：" for verb in ("制表", "发文", "制发", "编制", "印发", "填报") for who in ("单位", "机关")
)
_OFFICE_ENDS = "室会府局委厅"
_NATIONAL = ("国家税务总局", "中国人民银行")
"""What a joint letterhead may name without its place in front."""
_OF_THE_PLACE = ("政府", "人民政府", "委", "教育", "公安")
"""What every place has one of: who signs for it is the one that 市政府 means."""
_OWNERS = (
    *(
        "医院",
        "大学",
        "学院",
        "学校",
        "中学",
        "小学",
        "公司",
        "集团",
        "局",
        "委员会",
        "管委会",
        "人民政府",
        "街道办事处",
    ),
    *("法院", "检察院"),
)
_OWNER = range(3, 25)
"""Characters in front of how the name ends of whose work a title says it is."""
_MADE = ("填报", "制表", "编制", "制定", "发布", "印发")
_MADE_BY = tuple(f"{verb}{who}：" for verb in _MADE for who in ("单位", "机关", "部门"))
_MADE_ON = tuple(f"{verb}{when}" for verb in ("", *_MADE) for when in ("日期", "时间"))
_MAKER = range(3, 41)
_IN_MAKER = str.maketrans("", "", "（）、")
"""Who made a sheet: 制表单位：县水利局, or （县总河长办公室） on a line of its own under its title."""
_PLACE_ENDS = ("省", "市", "区", "县", "旗", "州", "盟", "镇", "乡", "街道")
_LAST_LINES = 12
_MOST_SIGNERS = 30
_LONGEST_SIGNER = 30


def find_issuer(
    clean: Clean,
    paragraphs: list[Paragraph],
    front: list[Paragraph],
    stated: HeaderPart | None,
    said: tuple[HeaderPart | None, HeaderPart | None, HeaderPart | None],
) -> HeaderPart | None:
    """The issuer: as a page's block has it (`stated`), else by the notice's title, the plan's title and the date, which
    are `said`."""
    notice_title, title, issued = said
    speaker = _speaker(notice_title) if notice_title else None
    signed = _signed(clean, paragraphs, issued)
    return _issuer(stated, speaker, signed) or _issuer_of_lines(clean, paragraphs, front, title)


def _speaker(notice_title: HeaderPart) -> HeaderPart | None:
    """Who speaks in the title: XX关于…."""
    title = notice_title.value
    issuer = title[: next((at for at in _SPEAKER if title.startswith(_ABOUT, at)), 0)]
    if not issuer or title.startswith("关于") or not is_chinese(issuer.translate(_IN_SPEAKER)) or _is_place(issuer):
        return None
    return HeaderPart(_jointly(issuer), notice_title.start, notice_title.start + len(issuer), "title-speaker")


def _is_place(name: str) -> bool:
    """Whether a name is that of a place and of no office in it: 柏溪区关于恢复消费的若干措施 says where, not who."""
    return name.endswith(_PLACE_ENDS) and not name.endswith("军区") and not ends_as_organ(name)


def _issuer(block: HeaderPart | None, speaker: HeaderPart | None, signed: HeaderPart | None) -> HeaderPart | None:
    """发文机关: the block's; else who speaks in the title; else who signs, in the line above the date."""
    stated = block or speaker
    if stated is not None and not _is_short(stated.value):
        return stated
    # 市政府办公室 of a block, 省政府办公厅 of a title: the title or the signature may say of which.
    fuller = speaker if stated is not speaker else signed
    if fuller is not None and not _is_short(fuller.value) and (stated is None or _says_more(fuller, stated)):
        return fuller
    return stated or signed


def _is_short(issuer: str) -> bool:
    """Whether an issuer does not say of which place: 市政府办公室, 省住房城乡建设厅."""
    return issuer.startswith(_LEVELS) and not issuer.startswith(_NAMED_SO, 1)


def _says_more(fuller: HeaderPart, stated: HeaderPart) -> bool:
    """Whether one name is the other with its place: 松河省住房和城乡建设厅 for 省住房城乡建设厅."""
    rest = iter(fuller.value)
    office = stated.value[1:]
    return office.startswith(_OF_THE_PLACE) or all(character in rest for character in office)


def _signed(clean: Clean, paragraphs: list[Paragraph], issued: HeaderPart | None) -> HeaderPart | None:
    """Who signs: the line above the date, or what stands before it on its line."""
    for i, paragraph in enumerate(paragraphs):
        if issued is not None and paragraph.start <= issued.start < paragraph.end:
            before = clean.folded[paragraph.start : issued.start]
            if len(before) > 3 and ends_as_organ(before):
                low = paragraph.start + (_label_length(before) or before.startswith("（"))
                return HeaderPart(clean.said(low, issued.start), low, issued.start, "signature")
            if (
                i
                and (above := paragraphs[i - 1])
                and ends_as_organ(clean.folded[above.start : above.end])
                and above.end - above.start <= 60
            ):
                start = above.start + _label_length(clean.folded[above.start : above.end])
                # A long name breaks over two lines: 浙江省制造业高质量发展（数字经济发展）/ 领导小组办公室（代章）.
                if i > 1 and clean.folded[start : above.end].startswith(_GOES_ON_WITH):
                    start = paragraphs[i - 2].start
                    return HeaderPart(
                        clean.said(start, above.end).removesuffix("（代章）"), start, above.end, "signature"
                    )
                signers = [
                    _side_by_side(clean, start, above.end),
                    *_signers_above(clean, paragraphs[max(0, i - _MOST_SIGNERS) : i - 1]),
                ]
                names = [name.removesuffix("（代章）") for name in reversed(signers)]
                first = paragraphs[i - len(signers)].start if len(signers) > 1 else start
                return HeaderPart("、".join(names), first, above.end, "signature")
    return None


def _label_length(line: str) -> int:
    """Characters of the label in front of an issuer's name: 制表单位：."""
    return next((len(label) for label in _MAKERS if line.startswith(label)), 0)


def _signers_above(clean: Clean, paragraphs: list[Paragraph]) -> Iterator[str]:
    """Who signs in the lines above the last signer's, from below (联合行文)."""
    for paragraph in reversed(paragraphs):
        if not _is_office(clean, paragraph):
            return
        yield _side_by_side(clean, paragraph.start, paragraph.end)


def _is_office(clean: Clean, paragraph: Paragraph) -> bool:
    """Whether a line holds the name of an office and nothing else."""
    line = clean.folded[paragraph.start : paragraph.end]
    return 4 <= len(line) <= _LONGEST_SIGNER and line.isalpha() and ends_as_organ(line)


def _issuer_of_lines(
    clean: Clean, paragraphs: list[Paragraph], front: list[Paragraph], title: HeaderPart | None
) -> HeaderPart | None:
    """Who made it, by a line under the title, the letterhead, or the imprint at the end."""
    for paragraph in front[:8]:
        low, high = (paragraph.start + at for at in _maker(clean.folded[paragraph.start : paragraph.end]))
        if low < high and ends_as_organ(clean.folded[low:high]):
            return HeaderPart(clean.said(low, high), low, high, "maker-line")
    if (masthead := _masthead(clean, front[:_MOST_SIGNERS])) is not None:
        return masthead
    for paragraph in front[:3]:
        text = clean.folded[paragraph.start : paragraph.end]
        if text.endswith("文件") and ends_as_organ(text[:-2]):
            return HeaderPart(text[:-2], paragraph.start, paragraph.end - 2, "letterhead")
    for paragraph in paragraphs[-_LAST_LINES:]:
        text = clean.folded[paragraph.start : paragraph.end]
        if found := re.match(r"([一-鿿]{4,40}?)(?:20\d\d)年\d{1,2}月\d{1,2}日印发", text):
            return HeaderPart(found.group(1), paragraph.start, paragraph.start + found.end(1), "imprint")
    if title is not None and (owner := _whose_year(title.value)):
        return HeaderPart(owner, title.start, title.start + len(owner), "title-owner")
    return None


def _masthead(clean: Clean, front: list[Paragraph]) -> HeaderPart | None:
    """The offices in lines above a title, two at least; two columns set 文件 between or behind them (红头)."""
    lines = list(takewhile(lambda paragraph: _offices(clean, paragraph) is not None, front))
    names = [name for line in lines for name in _offices(clean, line) or ()]
    if len(names) < 2:
        return None
    return HeaderPart("、".join(names), lines[0].start, lines[-1].end, "masthead")


def _offices(clean: Clean, paragraph: Paragraph) -> list[str] | None:
    """The offices in a line that names nothing else: 松河省发展改革委文件松河省财政厅; None for other lines."""
    columns = _columns(clean, paragraph.start, paragraph.end)
    parts = [part for column in columns for part in column.split("文件") if part]
    names = [name for part in parts for name in _jointly(part).split("、")]
    fits = all(4 <= len(name) <= _LONGEST_SIGNER and name.isalpha() and ends_as_organ(name) for name in names)
    return names if fits and paragraph.end > paragraph.start else None


def _side_by_side(clean: Clean, start: int, end: int) -> str:
    """The offices of a line as one name: 松河市水务局　松河市财政局 are two."""
    return "、".join(_jointly(column) for column in _columns(clean, start, end))


def _columns(clean: Clean, start: int, end: int) -> list[str]:
    """What stands side by side in a line, between blanks, where each is the name of an office; else the whole line."""
    low, high = bisect_left(clean.blanks, start), bisect_left(clean.blanks, end)
    parts = [clean.said(*part) for part in pairwise([start, *clean.blanks[low:high], end])]
    return parts if all(len(part) >= 4 and ends_as_organ(part) for part in parts) else ["".join(parts)]


def _maker(line: str) -> tuple[int, int]:
    """Where a line names who made a sheet, behind a label or in a bracket of its own; (0, 0) where it does not."""
    low = next((len(label) for label in _MADE_BY if line.startswith(label)), 0)
    if not low:
        signed = line.startswith("（") and line.endswith("）") and len(line) - 2 in _MAKER and is_chinese(line[1:-1])
        return (1, len(line) - 1) if signed else (0, 0)
    ends = (low + size for size in _MAKER if low + size <= len(line))
    high = next((at for at in ends if at == len(line) or line.startswith(_MADE_ON, at)), 0)
    return (low, high) if high and is_chinese(line[low:high].translate(_IN_MAKER)) else (0, 0)


def _whose_year(title: str) -> str:
    """Whose work a title says it is, "" where it does not: 市第一人民医院2024年重点工作任务分解表."""
    size = next((at for at, sign in enumerate(title) if not is_chinese(sign)), len(title))
    owner, year = title[:size], title[size : size + 5]
    dated = year.startswith("20") and year[2:4].isdecimal() and year[4:] == "年"
    return owner if dated and any(owner.endswith(end) and size - len(end) in _OWNER for end in _OWNERS) else ""


def _place_of(name: str) -> str:
    """The place with which a name begins, behind 中共: 松河市 of 中共松河市委; "" where none does."""
    for low in (2, 0) if name.startswith("中共") else (0,):
        for at in (low + size for size in _PLACE):
            end = next((end for end in _PLACE_LEVELS if name.startswith(end, at)), "")
            if end and is_chinese(name[low:at]):
                return name[low:at] + end
    return ""


def _jointly(issuers: str) -> str:
    """联合行文: 、 between the names of several issuers that a title sets one under the other."""
    place = _place_of(issuers)
    if not place:
        return issuers
    parts, begun = [], 0
    begins = (place, *_NATIONAL)
    for at in range(1, len(issuers)):
        if issuers[at - 1] in _OFFICE_ENDS and not issuers.endswith("总局", 0, at):
            named = at + 2 * issuers.startswith("中共", at)
            head = next((head for head in begins if issuers.startswith(head, named)), None)
            if head in _NATIONAL or (head and named + len(head) < len(issuers)):
                parts.append(issuers[begun:at])
                begun = at
    return "、".join([*parts, issuers[begun:]])
