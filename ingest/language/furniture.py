"""What a web site puts around a notice (网页杂项): menus, places, print and share links, further reading, footers.

It comes along where a page is copied or kept. A line is left out where it can be nothing else; what follows the notice
only where all of it is short and none of it looks like a plan's text: text is rather kept than lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_WAYS = ("", "用", "手机", "用手机", "微信", "用微信", "手机微信", "用手机微信")
_WHERE = tuple(f"您{now}{at}{of}位置" for now in ("", "现在") for at in ("", "所在") for of in ("", "的"))
_CHROME = (
    *(f"{way}扫{nth}扫" for way in _WAYS for nth in "一二"),
    *("扫码", "打开微信", "分享到", "分享至", "当前位置", "网站标识码", "版权所有"),
    *(f"{where}是" for where in _WHERE),
)
"""How a line of a web site begins, …"""
_CHROME_LABELS = frozenset(
    (
        *_WHERE,
        *(f"{way}一{what}" for way in "上下" for what in "篇条"),
        *(f"{what}{how}" for what in ("浏览", "阅读", "点击") for how in ("", "次数", "量", "数")),
        *("分享", "责任编辑"),
    )
)
"""… with its colon, …"""
_CHROME_LINES = frozenset(("分享", *(f"相关{what}" for what in ("链接", "文件", "解读", "阅读", "稿件"))))
"""… or what all of it is."""
_RECORDED, _FIRST = ("ICP备", "公网安备"), 8
"""Marks of a site, and the characters at most in front of them."""
_SIGNS = frozenset("|【】[]（）()：:·.")
_TOOLS = (
    *("打印", "关闭", "字体", "字号", "收藏", "纠错", "返回", "顶部", "分享", "默认", "超大", "大", "中", "小", "本页"),
    *("窗口", "到"),
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
_TOP, _LEAST_STEPS, _LONGEST_STEP = 12, 2, 12
"""Lines in which a page says where it stands, and the columns on the way there, with their characters."""
_TITLES = ("通知", "意见", "方案", "计划", "措施", "要点", "办法", "清单", "）")
_LONGEST, _MOST = 60, 40
"""Characters of a line behind a notice, and how many lines."""
_LONGEST_FOOTER = 200
"""Characters of a line that holds a site's marks: a browser prints 主办, 版权 and 备案号 on one."""

_MOST_SIGNERS, _LONGEST_SIGNER, _LONGEST_DAY = 4, 32, 14
"""Lines of those who sign above the day, and characters of a line and of the day."""
_CENTURY = ("2", "２", "二")
_ENDS = ("。", "；", "！", "？", "）", ")", "〕", "》")
_MARKS = (*_ENDS, "：", ":", "，", ",", "、", "（", "(", "《")


def is_chrome(text: str) -> bool:
    """Whether a paragraph belongs to the site: 扫一扫在手机打开当前页, 打印 关闭, 上一篇：…, 当前位置：…"""
    if len(text) > _MAX_CHROME:
        return False
    label, colon, said = text.replace(":", "：").partition("：")
    return (
        text.startswith(_CHROME)
        or bool(colon and label in _CHROME_LABELS)
        or (label in _CHROME_LINES and not said)
        or any(0 <= text.find(mark) <= _FIRST for mark in _RECORDED)
        or _is_tools(text)
    )


def _is_tools(text: str) -> bool:
    """Whether a line holds nothing but what a page offers: 【打印】 【关闭】, 字体：大 中 小."""
    at, found = 0, False
    while at < len(text):
        tool = next(tool for tool in _TOOLS if text.startswith(tool, at)) if text.startswith(_TOOLS, at) else ""
        if not tool and text[at] not in _SIGNS and not text[at].isspace():
            return False
        at, found = at + max(len(tool), 1), found or bool(tool)
    return found


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
    if len(line) > _LONGEST_FOOTER:
        return False
    marked = _is_marked(line)
    looks_so = marked or (len(line) <= _LONGEST and (is_chrome(line) or line.startswith(_PLACES)))
    return looks_so and not any(word in line for word in _ROLES)


def _is_marked(line: str) -> bool:
    return any(word in line for word in _FOOTERS[:3])


def _is_place(line: str) -> bool:
    """Whether a line is a path of a site's columns: 政务公开>政策文件>文件发布."""
    steps = line.replace("＞", ">").split(">")
    return len(steps) > _LEAST_STEPS and all(0 < len(step) <= _LONGEST_STEP and step.isalnum() for step in steps)


def _longest(line: str) -> int:
    return _LONGEST_FOOTER if _is_marked(line) else _LONGEST


def _menu(said: Sequence[str], out: set[int]) -> Sequence[int]:
    """The entries of a menu that begins with 首页 at the top, or all above a line that says where the page stands."""
    start = next((n for n, line in enumerate(said[:3]) if line in _HOME), None)
    if start is None:
        place = next((n for n, line in enumerate(said[:_TOP]) if _is_place(line)), -1)
        above = said[: place + 1]
        return (
            () if any(_is_text(line) or line.endswith(_TITLES) or "〔" in line for line in above) else range(place + 1)
        )
    end = start
    while end < len(said) and (len(said[end]) <= _MENU_LINE or end in out):
        end += 1
    return range(start, end)


def _behind(said: Sequence[str], out: set[int]) -> Sequence[int]:
    """All that stands behind the notice: from further reading or a footer on, where nothing in it reads as a plan."""
    low = len(said)
    while (
        low > 0
        and len(said) - low < _MOST
        and len(said[low - 1]) <= _longest(said[low - 1])
        and not _is_text(said[low - 1])
    ):
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


def signatures(lines: Sequence[str]) -> Iterator[int]:
    """The first line of each signature: names without a mark above a day (GB/T 9704-2012 7.3.5), behind the end of a
    sentence or few."""
    for day in range(1, len(lines)):
        if not _is_day(lines[day]):
            continue
        first = day
        while first > max(0, day - _MOST_SIGNERS) and _may_sign(lines[first - 1]):
            first -= 1
        few = first > day - _MOST_SIGNERS
        if first < day and (few or lines[first - 1].endswith(_ENDS)):
            yield first


def _is_day(said: str) -> bool:
    line = "".join(said.split()) if len(said) <= _LONGEST_SIGNER else said
    return len(line) <= _LONGEST_DAY and line[:1] in _CENTURY and line[-1:] == "日" and "年" in line and "月" in line


def _may_sign(line: str) -> bool:
    return len(line) <= _LONGEST_SIGNER and not line[-1].isdecimal() and not any(mark in line for mark in _MARKS)
