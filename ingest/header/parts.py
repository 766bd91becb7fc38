"""What all parts of a header are told by (公文要素): numbers, dates, labelled fields, and where each was found."""

from __future__ import annotations

import re
from dataclasses import dataclass

NUMBER = r"[一-鿿（）]{1,16}?〔[12]\d{3}〕(?:第)?\d{1,5}号|[一-鿿]{1,14}（[12]\d{3}）(?:第)?\d{1,5}号"
NUMBER_LINE = re.compile(
    rf"(?:（(?={NUMBER}）$))?(?:发文字号|文号|文件编号|发文号)?：?(?P<number>{NUMBER})）?(?:签发人：.{{0,12}})?(?:附件\d{{0,2}})?"
)
"""A line with the number of a document (发文字号, GB/T 9704-2012 7.2.5)."""
BODY = re.compile(
    r"(?:[一二三四五六七八九十]、|（[一二三四五六七八九十]）|第[一二三四五六七八九十]{1,9}[章条部]|\d{1,2}[.、])"
)
"""How a numbered heading begins, with which the text begins at the latest."""
CHINESE_DIGIT = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "О": 0, "O": 0}
DATE = re.compile(r"(?P<y>(?:19|20)\d\d)年(?P<m>\d{1,2})月(?P<d>\d{1,2})日")
"""A day of issue in figures (成文日期, GB/T 9704-2012 7.3.5.4)."""
CHINESE_DATE = re.compile(
    r"(?P<y>[二一][〇零○ОO一二三四五六七八九]{3})年(?P<m>[一二三四五六七八九十]{1,2})月(?P<d>[一二三四五六七八九十]{1,3})日"
)
"""A day of issue in Chinese numerals, as before GB/T 9704-2012: 二〇〇九年三月九日."""
KEYS = (
    "发文机关|发文机构|发文单位|发布机构|发布机关|发布单位|制发机关|成文日期|成文时间|生成日期|发文日期|发布日期|发布时间|"
    "公开日期|发文字号|发文文号|文件编号|文号|标题|信息名称|名称|索引号|信息来源|主题分类|主题词|组配分类|体裁分类|有效性|"
    "时效性|效力状态"
)
_BAR = "[|｜∣│]"
FIELD = re.compile(rf"(?P<key>{KEYS})(?:：|{_BAR})(?P<value>.+?){_BAR}?(?=(?:{KEYS})(?:：|{_BAR})|$)")
"""A field of a page's block; several may stand on one line: 发布机构：市政府办公室 成文日期：2021-03-09."""
LABELS = frozenset(KEYS.split("|"))
_ORGANS = (
    "政府",
    "委员会",
    "办公室",
    "办公厅",
    "局",
    "厅",
    "部",
    "委",
    "办",
    "院",
    "会",
    "指挥部",
    "领导小组",
    "中心",
    "公司",
    "街道办事处",
    "办事处",
    "署",
    "银行",
    "分行",
    "支行",
    "党组",
    "支队",
    "总队",
    "（代章）",
    "小组",
    "学校",
    "大学",
    "学院",
    "中学",
    "小学",
    "集团",
)
"""What the name of an office ends in; （代章） stands behind one that seals for another."""


@dataclass
class HeaderPart:
    value: str
    start: int
    end: int
    rule: str


def any_date(text: str) -> re.Match[str] | None:
    return DATE.search(text) or CHINESE_DATE.search(text)


def ends_as_organ(text: str) -> bool:
    """Whether words end as the name of an office does: 松河市水务局."""
    return text.endswith(_ORGANS)


def annex_mark(text: str) -> str:
    """The mark of an annex with which a text begins: 附件2：, 附; "" where it begins with none."""
    if not text.startswith("附"):
        return ""
    at = 2 if text.startswith("附件") else 1
    while text[at : at + 1].isdecimal():
        at += 1
    return text[: at + text.startswith("：", at)]


def is_annex(text: str) -> bool:
    """Whether a line begins with the number or the colon of an annex: 附件2 …, 附：…."""
    return annex_mark(text) not in ("", "附", "附件")
