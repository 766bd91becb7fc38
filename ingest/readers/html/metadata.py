"""The block of 公文要素 on a government site: 索引号, 发文机关, 成文日期, 发文字号, 发布日期, 标题 …

It stands in a table, a list or a row of divisions, each label before its value. Pure functions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.model import Record
from ingest.readers.html.page import WebPage

# Labels as sites of ministries, provinces, cities and counties write them; some set blanks between the characters.
_LABELS = (
    "索引号|主题分类|主题词|发文机关|发文机构|发文单位|发布机构|发布机关|发布单位|制发机关|制发单位|公开主体|责任部门|"
    "成文日期|成文时间|生成日期|生成时间|制发日期|印发日期|发文日期|发文时间|发文字号|发文文号|文件编号|文件字号|文号|"
    "发布日期|发布时间|公开日期|公开时间|标题|名称|文件名称|信息名称|公文名称|有效性|有效期|时效性|效力状态|公文时效|"
    "文件状态|是否有效|统一编号|统一登记号|规范性文件统一编号|登记号|体裁分类|体裁|组配分类|公文种类|文种|公开方式|"
    "公开时限|公开范围|公开类别|关键词|施行日期|实施日期|生效日期|废止日期|失效日期|信息索引号|信息分类|内容分类|服务对象"
)
_TELLING = frozenset(
    (
        "索引号",
        "信息索引号",
        "发文机关",
        "发文机构",
        "发文字号",
        "文号",
        "成文日期",
        "发布机构",
        "公开主体",
        "统一编号",
    )
)
_GAP = r"[\s\u3000]*"
_LABEL = re.compile("|".join(sorted((_GAP.join(label) for label in _LABELS.split("|")), key=len, reverse=True)))
_FIELD = re.compile(rf"[【\[［]?({_LABEL.pattern}){_GAP}[】\]］]?{_GAP}[:：]{_GAP}[】\]］]?")

_HOLDERS = frozenset(
    (
        "table",
        "tbody",
        "ul",
        "ol",
        "dl",
        "div",
        "section",
    )
)
_TYPE = frozenset(("b", "strong", "font", "em", "i", "u"))
_MAX_TEXT = 2000
_MAX_VALUE = 300

# Labels and values are this share of the block's text at least, else it is more than such a block.
_SHARE = 0.6


class Metadata(Record, frozen=True):
    """Where the block begins and ends among the page's elements, and its labels with their values, in order."""

    start: int
    end: int
    pairs: tuple[tuple[str, str], ...]


def find_metadata(page: WebPage) -> Metadata | None:
    """The innermost element that holds most of the page's labels, two at least and a telling one among them."""
    marks = [i for i, element in enumerate(page.elements) if element.text and _LABEL.match(element.text.strip())]
    if not marks:
        return None
    best: Metadata | None = None
    for index in _holders(page, marks):
        strings = _strings(page, index)
        pairs = tuple(_pairs(strings))
        said = sum(len(label) + len(value) for label, value in pairs)
        telling = any(label in _TELLING for label, _ in pairs) and said >= _SHARE * sum(map(len, strings))
        if telling and len(pairs) >= max(2, len(best.pairs) if best else 0):
            best = Metadata(index, page.ends[index], pairs)
    return best


def _holders(page: WebPage, marks: list[int]) -> Iterator[int]:
    """Small elements around the labels, outer ones first."""
    first, last = marks[0], marks[min(len(marks), 60) - 1]
    for index in range(last):
        element = page.elements[index]
        if element.tag in _HOLDERS and page.ends[index] > first and _is_small(page, index):
            yield index


def _is_small(page: WebPage, index: int) -> bool:
    if page.ends[index] - index > 600:
        return False
    return len("".join(page.text(index, page.ends[index]).split())) <= _MAX_TEXT


def _strings(page: WebPage, index: int) -> list[str]:
    """The texts in the element; those that only type parts (<b>发文</b>机关) are one."""
    strings: list[str] = []
    joined = False
    for element in page.elements[index + 1 : page.ends[index]]:
        text = " ".join(element.text.split())
        if element.tag and element.tag not in _TYPE:
            joined = False
        elif text and joined:
            strings[-1] += text
        elif text:
            strings.append(text)
            joined = True
    return strings


def _pairs(strings: list[str]) -> Iterator[tuple[str, str]]:
    """Labels and values: `发文机关：国务院` in one text, or the value in the text after its label."""
    waiting = ""
    for text in strings:
        bare = _LABEL.fullmatch(text.strip("：: 【】[]［］"))
        fields = list(_FIELD.finditer(text))
        if bare:
            waiting = _squeezed(bare[0])
        elif fields and not text[: fields[0].start()].strip():
            ends = [field.start() for field in fields[1:]] + [len(text)]
            for field, end in zip(fields, ends, strict=True):
                waiting = _squeezed(field[1])
                if value := text[field.end() : end].strip():
                    yield waiting, value[:_MAX_VALUE]
                    waiting = ""
        elif waiting:
            value, field_label = text.lstrip("：: ").strip(), waiting
            if value:
                waiting = ""
                yield field_label, value[:_MAX_VALUE]


def _squeezed(label: str) -> str:
    return "".join(label.split())
