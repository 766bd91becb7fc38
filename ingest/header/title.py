"""The titles in a header (标题): the notice's, the one of the plan that it carries, and the line where that stands."""

from __future__ import annotations

import re

from ingest.header.parts import BODY, FIELD, NUMBER_LINE, HeaderPart, annex_mark, any_date, ends_as_organ, is_annex
from ingest.language.clean import Clean, Paragraph
from ingest.language.likeness import is_chinese

_PLAN_WORD = (
    r"(?:要点|方案|计划|分工|意见|办法|措施|规划|清单|行动|任务|安排|部署|举措|规定|细则|通知"
    r"|若干政策|政策|工程|实施纲要|纲要|分解表|任务书|责任书|台账|责任表|推进表|计划表|分工表|任务表|一览表)"
)
_TITLE_END = re.compile(rf"{_PLAN_WORD}(?:（[^）]{{0,60}}）)?$")
_NAMED = re.compile(r"《(?P<title>[^《》]*(?:《[^《》]*》[^《》]*)*)》")
_SPEAKERS = ("局", "委", "办", "厅", "部", "院", "会", "府", "室", "公司", "中心", "大学", "学院")
_SHORTEST_SPEAKER, _LONGEST_SPEAKER = 3, 40
"""Characters in front of the end of who speaks in a title."""
_REMARK = re.compile(r"（[^（）]{0,80}）")
"""A line in brackets above a title: （此件公开发布）."""
_OPENINGS = ("为", "根据", "按照", "经", "现将")
"""How a text's first sentence begins; 为民办实事项目清单 has no comma."""
_GOES_ON = ("办公室", "办公厅", "领导小组", "委员会", "指挥部", "工作")
"""How the second line of an office's name begins."""
_ISSUES = ("印发", "转发", "现将", "下发")
_ABOUT_ISSUING = ("关于印发", "关于下发", "关于转发")
_BEHIND_ISSUED = ("印发", "下发", "转发", "已")
_LABEL = range(2, 9)
"""Characters of a label in front of its colon."""
_LONGEST_NAMED = 200


def _is_title_line(text: str) -> bool:
    longest = 120 if "关于" in text or text.endswith("通知") else 60
    return (
        2 <= len(text) <= longest
        and not _has_label(text)
        and text[-1] not in "。；：，、"
        and text[0] not in "、，）各"
        and not (text.startswith(_OPENINGS) and "，" in text)
        and not text.endswith("如下")
        and not FIELD.match(text)
        and not any_date(text)
        and not BODY.match(text)
        and not is_annex(text)
    )


def notice_title_of(clean: Clean, front: list[Paragraph]) -> HeaderPart | None:
    """Lines at the top up to 的通知, 的意见 …: `XX委员会 / 关于印发 … 的 / 通知`."""
    run: list[Paragraph] = []
    for paragraph in front[:14]:
        text = clean.folded[paragraph.start : paragraph.end]
        if (
            NUMBER_LINE.fullmatch(text)
            or (_is_letterhead(text) or _REMARK.fullmatch(text))
            and not run
            or not _is_title_line(text)
            and not (text.startswith("《") and "。" not in text)
        ):
            if run and not _only_organs(clean, run):
                break
            run = []
            continue
        if text and annex_mark(text) == text:
            continue
        run.append(paragraph)
        issues = "印发" in "".join(clean.folded[p.start : p.end] for p in run)
        if (_TITLE_END.search(text) and not issues) or text.endswith(("通知", "知", "函", "公告", "通报")):
            break
    # A letterhead above 国家邮政局办公室关于印发… is no part of the title.
    speaks = [n for n, paragraph in enumerate(run) if _speaks(clean.folded[paragraph.start : paragraph.end])]
    run = run[speaks[0] :] if speaks else _behind_organs(clean, run)
    if not run:
        return None
    value = clean.said(run[0].start, run[-1].end)
    return HeaderPart(value, run[0].start, run[-1].end, "title-lines") if len(value) > 4 else None


def _speaks(line: str) -> bool:
    """Whether a line begins with who speaks in it: 国家邮政局办公室关于印发…."""
    head = line[: _LONGEST_SPEAKER + 4]
    places = [at for at in range(len(head)) if head.startswith("关于", at)]
    speakers = [(head[:at], len(end)) for at in places for end in _SPEAKERS if head.endswith(end, 0, at)]
    return any(
        _SHORTEST_SPEAKER <= len(name) - size <= _LONGEST_SPEAKER
        and is_chinese(name.replace("（", "").replace("）", ""))
        for name, size in speakers
    )


def _only_organs(clean: Clean, lines: list[Paragraph]) -> bool:
    """Whether these lines name offices and nothing else: 松河市水务局 / 松河市财政局 above a number."""
    return all(ends_as_organ(clean.folded[line.start : line.end]) for line in lines)


def _behind_organs(clean: Clean, lines: list[Paragraph]) -> list[Paragraph]:
    """The title's lines without two offices or more above it; one belongs to it: 松河市教育局 / 2024年工作要点."""
    named = 0
    while named < len(lines) and _only_organs(clean, [lines[named]]):
        named += 1
    begun = clean.folded[lines[named].start : lines[named].end] if named < len(lines) else ""
    # 松河市食品安全委员会 / 办公室 / 关于…: one office in two lines speaks in its title.
    goes_on = any(clean.folded.startswith(_GOES_ON, line.start) for line in lines[1:named])
    joined = goes_on and begun.startswith(("关于", "印发", "转发"))
    return lines[named:] if named > 1 and not joined else lines


def named_plan(clean: Clean, front: list[Paragraph], notice_title: HeaderPart | None) -> str | None:
    """The title of the plan that a notice carries: what it says to issue."""
    texts = ([notice_title.value] if notice_title and notice_title.value.endswith("通知") else []) + [
        clean.folded[p.start : p.end] for p in front if any(verb in clean.folded[p.start : p.end] for verb in _ISSUES)
    ]
    for text in texts:
        for found in _NAMED.finditer(text):
            before = text[max(0, found.start("title") - 5) : found.start("title") - 1]
            if before.endswith("简称"):  # （以下简称《方案》）已经市政府同意，现印发给你们: no title.
                continue
            low = _behind_bracket(text, found.end())
            if before.endswith((*_ISSUES, "现", "将")) or _is_issued(text[low : low + 12]):
                return found.group("title")
    notice = notice_title.value if notice_title else ""
    return _named_without_marks(notice)


def _named_without_marks(notice: str) -> str | None:
    """What stands between 关于印发 and 的通知 where no 《》 do."""
    end = len(notice) - len("的通知")
    for begin in (place + 4 for place in range(max(0, end)) if notice.startswith(_ABOUT_ISSUING, place)):
        title = notice[begin:end]
        if notice.endswith("的通知") and 0 < len(title) <= _LONGEST_NAMED and "《" not in title and "》" not in title:
            return title
    return None


def _is_issued(behind: str) -> bool:
    """Whether the words behind a title say that it is issued: 》已经市政府同意, 》印发给你们."""
    clause = re.split("[，。]", behind)[0]
    return any(0 <= clause.find(verb) <= 6 for verb in _BEHIND_ISSUED)


def _is_letterhead(text: str) -> bool:
    """Whether a line is the red head of a paper, or a number of it in brackets: 松河市人民政府文件, （12）."""
    return text.endswith("文件") or (text.endswith("）") and text[text.rfind("（") + 1 : -1].isdecimal())


def _has_label(text: str) -> bool:
    """Whether a line begins with a label: 责任单位：."""
    at = text.find("：")
    return at in _LABEL and all("一" <= sign <= "鿿" for sign in text[:at])


def _behind_bracket(text: str, at: int) -> int:
    """Where the text goes on behind a bracket that opens at `at`: behind （以下简称《方案》）."""
    closes = text.find("）", at) if text.startswith("（", at) else -1
    return closes + 1 if closes > 0 else at


def plan_title(
    clean: Clean,
    paragraphs: list[Paragraph],
    front: list[Paragraph],
    named: str | None,
    notice_title: HeaderPart | None,
) -> tuple[HeaderPart | None, int]:
    """The plan's title, and where its text begins: behind the annexed plan's title line, else the notice's."""
    after = notice_title.end if notice_title else 0
    if named:
        found = _line_saying(clean, paragraphs, named, after)
        if found is not None:
            return found, found.end
        annexed = _annexed_title(clean, front, after)
        if annexed is not None and not _is_a_part(annexed.value, named):
            return annexed, annexed.end
        quoted = max(clean.folded.find(named, 0), 0)
        body = annexed.end if annexed is not None else after
        return HeaderPart(named, quoted, quoted + len(named), "named-plan"), body
    if notice_title is not None and notice_title.value.endswith("通知"):
        annexed = _annexed_title(clean, front, after)
        if annexed is not None:
            return annexed, annexed.end
    return notice_title, after


def _line_saying(clean: Clean, paragraphs: list[Paragraph], named: str, after: int) -> HeaderPart | None:
    """The line or lines that hold just the plan's title."""
    wanted = _letters(named)
    for i, paragraph in enumerate(paragraphs):
        if paragraph.start < after:
            continue
        said = ""
        for following in paragraphs[i : i + 4]:
            said += _letters(clean.folded[following.start : following.end])
            if said == wanted or (
                said.startswith(wanted)
                and len(said) <= len(wanted) + 12
                and said[len(wanted) :].strip("（）征求意见稿试行")[:1] == ""
            ):
                return HeaderPart(
                    clean.said(paragraph.start, following.end), paragraph.start, following.end, "title-lines"
                )
            if len(said) > len(wanted) + 12:
                break
    # A plan's own title often says a little more or less than the notice does: 2021年XX市…要点 for 2021年…要点.
    for i, paragraph in enumerate(paragraphs[:80]):
        if is_annex(clean.folded[paragraph.start : paragraph.end]):
            continue
        for count in (1, 2, 3):
            run = paragraphs[i : i + count]
            said = _letters("".join(clean.folded[p.start : p.end] for p in run))
            if (
                paragraph.start >= after
                and len(said) <= 60
                and _TITLE_END.search(said)
                and _is_subsequence(said, wanted)
            ):
                return HeaderPart(clean.said(run[0].start, run[-1].end), run[0].start, run[-1].end, "title-lines")
    return None


def _is_a_part(title: str, named: str) -> bool:
    """Whether a title says less than what the notice issues: one table's of several that are annexed."""
    rest = iter(named)
    return len(title) < len(named) and all(character in rest for character in title)


def _is_subsequence(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return len(short) * 10 >= len(long) * 6 and all(character in rest for character in short)


def _letters(text: str) -> str:
    return re.sub(r"[^\w]|_", "", text)


def _annexed_title(clean: Clean, front: list[Paragraph], after: int) -> HeaderPart | None:
    """The last run of title lines in front of the text, behind the notice's date."""
    run: list[Paragraph] = []
    best: HeaderPart | None = None
    for paragraph in front:
        if paragraph.start <= after:
            continue
        text = clean.folded[paragraph.start : paragraph.end]
        if _REMARK.fullmatch(text) and not run:
            continue
        if _is_title_line(text) and annex_mark(text) != text and len(run) < 4:
            run.append(paragraph)
            if _TITLE_END.search(text):
                best = HeaderPart(clean.said(run[0].start, run[-1].end), run[0].start, run[-1].end, "title-lines")
                run = []
        else:
            run = []
    return best
