"""What all parts of a header are told by (公文要素): numbers, dates, labelled fields, and where each was found."""

from __future__ import annotations

import re
from dataclasses import dataclass

NUMBER = r"[一-鿿（）]{1,16}?〔[12]\d{3}〕(?:第)?\d{1,5}号|[一-鿿]{1,14}（[12]\d{3}）(?:第)?\d{1,5}号"
NUMBER_LINE = re.compile(
    rf"(?:发文字号|文号|文件编号|发文号)?：?(?P<number>{NUMBER})(?:签发人：.{{0,12}})?(?:附件\d{{0,2}})?"
)
CHINESE_DIGIT = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "О": 0, "O": 0}
DATE = re.compile(r"(?P<y>(?:19|20)\d\d)年(?P<m>\d{1,2})月(?P<d>\d{1,2})日")
CHINESE_DATE = re.compile(
    r"(?P<y>[二一][〇零○ОO一二三四五六七八九]{3})年(?P<m>[一二三四五六七八九十]{1,2})月(?P<d>[一二三四五六七八九十]{1,3})日"
)
_KEY = (
    "发文机关|发布机构|发布单位|制发机关|成文日期|生成日期|发文日期|发布日期|发文字号|文号|"
    "标题|信息名称|名称|索引号|信息来源"
)
FIELD = re.compile(rf"(?P<key>{_KEY})：(?P<value>.+?)[|｜]?(?=(?:{_KEY})：|$)")
"""A field of a page's block; several may stand on one line: 发布机构：市政府办公室 成文日期：2021-03-09."""


@dataclass
class HeaderPart:
    value: str
    start: int
    end: int
    rule: str


def any_date(text: str) -> re.Match[str] | None:
    return DATE.search(text) or CHINESE_DATE.search(text)
