"""The region of an issuer (行政区域), read from its name: 焦作市示范区食品安全委员会 → 焦作市示范区 below 焦作市."""

from __future__ import annotations

import re

from ingest.base import Level, Region

_PROVINCE = re.compile(
    r"[一-鿿]{2,3}?省|(?:内蒙古|广西壮族|西藏|宁夏回族|新疆维吾尔)自治区|北京市|上海市|天津市|重庆市"
)
_CITY = re.compile(r"[一-鿿]{2,6}?(?:市|自治州|地区|盟)(?!场|政|容|民|级|直)")
_COUNTY = re.compile(
    r"[一-鿿]{1,8}?(?:示范区|高新技术产业开发区|经济技术开发区|经济开发区|开发区|高新区|经开区|新区|自治县|林区|矿区|自治旗|区|县|旗)(?!域|级|直|委|块)"
)
_TOWN = re.compile(r"(?![省市县区])[一-鿿]{1,6}?(?:镇|(?<!城)乡|街道)(?!级|村振)")
_STATE = re.compile(
    r"国务院|中共中央|中央|全国|国家|(?:人力资源社会保障|教育|科学技术|工业和信息化|公安|民政|司法|财政|自然资源|生态环境|住房城乡建设|交通运输|水利|农业农村|商务|文化和旅游|应急管理|海关总)(?:部|署)"
)


def read_region(text: str) -> Region:
    """The region that names itself in issuer or title, with those above it: 焦作市示范区 below 焦作市."""
    named: list[tuple[Level, str]] = []
    if _STATE.match(text):
        return Region("全国", "国家")
    position = 0
    # A title may begin with its year, or with what is done: 2026年浙江省…清单, 落实省领导批示分工方案.
    text = re.sub(
        r"^(?:20\d\d年(?:度)?)?(?:中共|中国共产党|落实|贯彻落实|贯彻|关于[印转下]发(?=[一-鿿]{2,3}[省市县区]))?",
        "",
        text,
    )
    levels: tuple[tuple[Level, re.Pattern[str]], ...] = (
        ("省", _PROVINCE),
        ("市", _CITY),
        ("县", _COUNTY),
        ("乡", _TOWN),
    )
    for level, pattern in levels:
        found = pattern.match(text, position)
        if found:
            named.append((level, found.group()))
            position = found.end()
    if not named:
        return Region("", "国家" if _STATE.search(text) else None)
    level, name = named[-1]
    # A district of a city goes by both names, since other cities have a 示范区 or 高新区 too.
    if level in ("县", "乡") and len(named) > 1 and re.search(r"区$|镇$|乡$|街道$", name):
        name = named[-2][1] + name
    return Region(name, level, tuple(named[:-1]))
