"""What a web site puts around a notice (网页杂项): menus, places, print and share links, further reading, footers.

It comes along where a page is copied or kept. A line is left out where it can be nothing else; what follows the notice
only where all of it is short and none of it looks like a plan's text: text is rather kept than lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_CHROME = re.compile(
    r"(?:用?(?:手机)?(?:微信)?扫[一二]扫|扫码|打开微信|分享(?:到|至|：|:|$)|当前位置|您(?:现在)?(?:所在)?的?位置[:：是]|"
    r"[上下]一[篇条][:：]|责任编辑[:：]|相关(?:链接|文件|解读|阅读|稿件)[:：]?$|网站标识码|版权所有|.{0,8}ICP备|"
    r".{0,8}公网安备|(?:浏览|阅读|点击)(?:次数|量|数)?[:：])"
)
_SIGNS = r"[\s|【】\[\]（）()：:·.]*"
_TOOLS = re.compile(
    rf"{_SIGNS}(?:(?:打印|关闭|字体|字号|收藏|纠错|返回|顶部|分享|默认|超大|大|中|小|本页|窗口|到){_SIGNS})+"
)
_MAX_CHROME = 60
_HOME = ("首页", "网站首页")
_MENU_LINE = 8
"""Characters of an entry of a menu."""
_PLACES = ("首页>", "首页＞", "首页»", "首页/", "首页→", "打印本页", "关闭窗口", "打印此页", "关闭本页", "返回顶部")
_FOOTERS = ("ICP备", "公网安备", "网站标识码", "版权所有", "网站地图", "技术支持：", "政府网站找错")
_FURTHER = (
    *("相关阅读", "相关链接", "相关新闻", "相关文章", "相关稿件", "推荐阅读", "延伸阅读", "相关推荐", "热点推荐"),
    *("相关附件", "附件下载"),
)
_LEADS_OUT = ("上一", "下一", "扫一扫", "打印")
_HOSTS = ("主办单位：", "主办：", "承办单位：", "承办：", "联系电话：", "地址：", "关于我们", "联系我们", "网站声明")
_NUMBERS = "一二三四五六七八九十"
_ROLES = ("负责", "牵头", "责任单位", "责任部门")
_LONGEST, _MOST = 60, 40
"""Characters of a line behind a notice, and how many lines."""


def is_chrome(text: str) -> bool:
    """Whether a paragraph belongs to the site: 扫一扫在手机打开当前页, 打印 关闭, 上一篇：…, 当前位置：…"""
    if len(text) > _MAX_CHROME:
        return False
    return _CHROME.match(text) is not None or _TOOLS.fullmatch(text) is not None


def furniture_lines(lines: Sequence[str], first: bool = True, last: bool = True) -> frozenset[int]:
    """Which lines of a page are the site's; `first` and `last` say whether the page begins and ends with them."""
    said = ["".join(line.split()).replace(":", "：") for line in lines]
    out = {n for n, line in enumerate(said) if _is_site(line)}
    if first:
        out.update(_menu(said, out))
    if last:
        out.update(_behind(said, out))
    return frozenset(out)


def _is_site(line: str) -> bool:
    return (
        len(line) <= _LONGEST
        and not any(word in line for word in _ROLES)
        and (is_chrome(line) or line.startswith(_PLACES) or any(word in line for word in _FOOTERS[:3]))
    )


def _menu(said: Sequence[str], out: set[int]) -> Sequence[int]:
    """The entries of a menu that begins with 首页 at the top."""
    start = next((n for n, line in enumerate(said[:3]) if line in _HOME), None)
    if start is None:
        return ()
    end = start
    while end < len(said) and (len(said[end]) <= _MENU_LINE or end in out):
        end += 1
    return range(start, end)


def _behind(said: Sequence[str], out: set[int]) -> Sequence[int]:
    """All that stands behind the notice: from further reading or a footer on, where nothing in it reads as a plan."""
    low = len(said)
    while low > 0 and len(said) - low < _MOST and len(said[low - 1]) <= _LONGEST and not _is_text(said[low - 1]):
        low -= 1
    for n in range(low, len(said)):
        further = said[n].rstrip("：") in _FURTHER or (
            n in out and said[n].startswith(("上一", "下一", "扫一扫", "打印"))
        )
        hosts = said[n].startswith(_HOSTS) and any(word in line for line in said[n:] for word in _FOOTERS)
        if further or hosts:
            return range(n, len(said))
    return ()


def _is_text(line: str) -> bool:
    """Whether a line may be part of a plan: it has a sentence, a heading's number, or is labelled as one."""
    numbered = line[:1] in _NUMBERS and line[1:3].find("、") >= 0 or line[:1] in "（(" and line[1:2] in _NUMBERS
    labelled = any(f"{word}{noun}：" in line for word in ("责任", "牵头", "配合") for noun in ("单位", "部门"))
    point = line[:1].isdecimal() and any(word in line for word in _ROLES)
    return "。" in line or "；" in line or numbered or labelled or point
