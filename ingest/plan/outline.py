"""Headings → section tree (大纲): 一、 （一） 1. （1） ① 第一条, annexes, run-in and stand-alone headings.

GB/T 9704-2012 7.3.3 numbers the levels of a text 一、 （一） 1. （1）; real plans mix and skip them. A level is known
by its kind of number, the tree by "the nearest section before it of a higher level".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from msgspec.structs import replace

from ingest.base import Record, StyledHeading
from ingest.facts.deadline import find_deadlines
from ingest.facts.stretch import Calendar, Stretch
from ingest.facts.target import find_targets
from ingest.language.clean import Clean, Paragraph
from ingest.language.lexicon import Lexicon
from ingest.language.likeness import is_chinese
from ingest.plan.styled import unnumbered_headings

_CHINESE = "一二三四五六七八九十百零〇"
_NUMBER = re.compile(
    rf"(?P<part>第[{_CHINESE}]{{1,9}}(?:章|部分|篇|编))"
    rf"|(?P<one>[{_CHINESE}]{{1,4}}[、.])"
    rf"|(?P<article>第[{_CHINESE}\d]{{1,9}}(?:条|节))"
    rf"|(?P<two>（[{_CHINESE}]{{1,4}}）[、.]?)"
    r"|(?P<three>\d{1,3}(?:[.、](?!\d)|、(?=\d)|\.(?=(?:20\d\d[年.]|1?\d月)))|\d{1,3}(?=[一-鿿]{2,20}。)(?![年月日个家项名万亿]))"
    r"|(?P<four>（\d{1,3}）[、.]?)"
    r"|(?P<five>[①-⑳]|\d{1,2}）)"
)
_LEVELS = {"part": 1, "one": 1, "article": 2, "two": 2, "three": 3, "four": 4, "five": 5}
_ANNEXES = ("附录", "附件", "附")
_STATED = ("牵头", "责任", "配合", "主责", "主办", "协办", "完成", "参与", "协助", "落实")
"""Words in the label with which a statement begins: 责任单位：, 总牵头部门：."""
_OPENING = re.compile("[（〔]")
_SAYS_WHO = (
    *("局", "委", "部", "办", "厅", "负责", "牵头", "配合", "单位", "政府", "院", "中心", "公司", "站", "所", "工会"),
    *("海关", "妇联", "残联", "文联", "科联", "侨联", "街道", "乡镇", "大学", "开发区"),
)
_SHORT_NAME = "简称"
"""What gives a document or a body its short name, which may end as units' names do."""
_ROLE_WORDS = ("牵头", "负责", "配合", "单位：", "部门：")
_LONGEST_ANNEX_NUMBER, _LONGEST_LABEL = 2, 12
"""Characters of the number of an annex, and of a label with its bracket and its colon."""
_LONGEST_HEADING = 42
"""Characters of a run-in heading; a longer first sentence is a task, not a title."""
_LONGEST_HALF = 14
"""Characters of each part of a title with a comma (提高政治站位，强化责任落实), …"""
_UNEVEN = 5
"""… and by how many more than that its parts differ in length in a sentence: 修建道路，根据片区需要提供服务."""
_STAGES = ("阶段", "步骤")
"""What a title with a time is about that names a stage of the work: 组织实施阶段（5月至10月）。"""
_WORKS = ("工程", "行动", "任务", "专项", "计划", "措施", "项目", "事项", "实事")
"""What a title counts that names works and not how much is to be reached."""
_MOSTLY = 3
"""So many siblings with a title for one without, and a title may have a comma."""


Beginning = Literal["title", "run-in", "task"]
"""How a numbered paragraph begins: a title on its own line or with its statement behind it, a first sentence that may
be one, or the task itself."""


class Heading(Record, frozen=True):
    """A section's heading in the clean text: its number as written, its title, and where its own text begins.

    `start`/`end` cover number and title; `body` is where text after the heading begins; `parent` is an index; `named`
    is where the title would begin.
    """

    number: str
    title: str
    level: int
    parent: int | None
    start: int
    end: int
    body: int
    kind: str
    begins: Beginning = "title"
    named: int = 0


@dataclass(frozen=True)
class Outline:
    """The headings in order; `ends[i]` is where section i's own text ends: at the next heading or the text's end."""

    headings: tuple[Heading, ...]
    ends: tuple[int, ...]

    def children(self, index: int) -> Sequence[int]:
        """Indices of the direct children of a section."""
        return self._children.get(index, ())

    @cached_property
    def _children(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for i, heading in enumerate(self.headings):
            if heading.parent is not None:
                found[heading.parent].append(i)
        return found


def read_outline(clean: Clean, start: int, lexicon: Lexicon, styled: Sequence[StyledHeading] = ()) -> Outline:
    """The outline of the text from `start` on (the header before it has none).

    `styled` are the lines that the file says are headings: those without a number are sections too.
    """
    unnumbered = unnumbered_headings(clean, styled, _level_of_number)
    headings: list[Heading] = []
    in_annex_list = False
    stack: list[int] = []
    paragraphs = [p for p in clean.paragraphs if p.start >= start and p.cell is None]
    for position, paragraph in enumerate(paragraphs):
        text = clean.folded[paragraph.start : paragraph.end]
        following = paragraphs[position + 1] if position + 1 < len(paragraphs) else None
        if len(text) <= 6 and _is_annex(text):
            found: Heading | None = _annex(clean, paragraph, following)
            in_annex_list = False
        elif len(text) < 80 and _lists_annexes(text):
            in_annex_list = True
            continue
        else:
            found = _numbered(clean, paragraph, lexicon) or _marked(clean, paragraph)
            if in_annex_list and found and found.level == 3 and not re.search("[。；]", text):
                continue
            in_annex_list = False
        if found is None and paragraph.start in unnumbered and not (headings and paragraph.start < headings[-1].end):
            title, level = clean.said(paragraph.start, paragraph.end), unnumbered[paragraph.start]
            found = Heading("", title, level, None, paragraph.start, paragraph.end, paragraph.end, "styled")
        if found is None:
            continue
        while stack and headings[stack[-1]].level >= found.level:
            stack.pop()
        parent = stack[-1] if stack else None
        stack.append(len(headings))
        headings.append(replace(found, parent=parent))
    ends = [heading.start for heading in headings[1:]]
    return Outline(tuple(_without_first_sentences(headings)), (*ends, len(clean.text)) if headings else ())


def section_at(outline: Outline, position: int) -> int | None:
    """Index of the section whose own text holds a position."""
    before = bisect_right(outline.headings, position, key=lambda heading: heading.start)
    return before - 1 if before else None


def _without_first_sentences(headings: Sequence[Heading]) -> Iterator[Heading]:
    """The headings; a first sentence that is no title goes back to its text.

    A run-in title is short, and so have its siblings one: `1.修建道路，根据需要提供服务。开行夜间公交。` beside
    `2.整修水塔，更换管道。` is two sentences of one task. An only child is judged by all of its kind.
    """
    openings: defaultdict[tuple[int | None, str], Counter[Beginning]] = defaultdict(Counter)
    of_kind: defaultdict[str, Counter[Beginning]] = defaultdict(Counter)
    for heading in headings:
        openings[heading.parent, heading.kind][heading.begins] += 1
        of_kind[heading.kind][heading.begins] += 1
    for heading in headings:
        siblings = openings[heading.parent, heading.kind]
        counted = siblings if siblings.total() > 1 else of_kind[heading.kind]
        if heading.begins == "run-in" and not _names(heading.title, counted):
            yield replace(heading, title="", end=heading.named, body=heading.named, begins="task")
        else:
            yield heading


def _names(title: str, siblings: Counter[Beginning]) -> bool:
    """Whether a first sentence is a title, beside siblings that begin in these ways."""
    titled, untitled = siblings["title"] + siblings["run-in"], siblings["task"]
    parts = [len(part) for part in title.split("，")]
    if len(parts) > 1:
        couplet = max(parts) <= _LONGEST_HALF and max(parts) - min(parts) <= _UNEVEN
        return couplet and titled >= _MOSTLY * untitled
    return titled > untitled


def _level_of_number(text: str) -> int | None:
    found = _NUMBER.match(text)
    return _LEVELS[found.lastgroup] if found and found.lastgroup else None


def _is_annex(text: str) -> bool:
    """Whether a line is the mark of an annex (GB/T 9704-2012 7.3.7): 附件2, 附：, 附录三."""
    mark = next((each for each in _ANNEXES if text.startswith(each)), "")
    number = text[len(mark) :]
    if mark == "附录":
        return all(sign.isdecimal() or sign in _CHINESE[:10] for sign in number)
    number = number.removesuffix("：")
    written = number.isdecimal() or all(sign in _CHINESE[:10] for sign in number)
    return bool(mark) and written and len(number) <= _LONGEST_ANNEX_NUMBER


def _lists_annexes(text: str) -> bool:
    """Whether a line begins the list of the annexes (附件说明, GB/T 9704-2012 7.3.4): 附件：1.任务分工表."""
    head, _, listed = text.partition("：")
    mark = next((each for each in _ANNEXES if head.startswith(each)), "")
    number = head[len(mark) :]
    numbered = len(number) <= _LONGEST_ANNEX_NUMBER and all(sign.isdecimal() or sign in "一二三四" for sign in number)
    return bool(mark and listed) and numbered


def _begins_statement(text: str) -> bool:
    """Whether a text begins with the label of a statement, in its bracket or without one: （责任单位：."""
    head, colon, _ = text[:_LONGEST_LABEL].partition("：")
    label = head[1:] if head.startswith(("（", "〔")) else head
    behind = (len(label) - at - len(word) for word in _STATED for at in range(3) if label.startswith(word, at))
    leads = label.startswith("牵头") and 3 <= len(label) <= 10
    return bool(colon) and is_chinese(label) and (leads or any(1 <= size <= 4 for size in behind))


def _says_who(text: str) -> bool:
    return any(word in text for word in _SAYS_WHO)


def _annex(clean: Clean, paragraph: Paragraph, following: Paragraph | None) -> Heading:
    number = clean.said(paragraph.start, paragraph.end).rstrip("：:")
    takes_title = following is not None and _NUMBER.match(clean.folded, following.start) is None
    last = following if takes_title and following is not None else paragraph
    title = clean.said(last.start, last.end) if takes_title else ""
    return Heading(number, title, 0, None, paragraph.start, last.end, last.end, "annex")


def _marked(clean: Clean, paragraph: Paragraph) -> Heading | None:
    """A heading without a number that is marked as one; above the first level stands the title alone."""
    if not paragraph.depth or paragraph.end - paragraph.start > 2 * _LONGEST_HEADING:
        return None
    title, level = clean.said(paragraph.start, paragraph.end), max(1, paragraph.depth - 1)
    return Heading("", title, level, None, paragraph.start, paragraph.end, paragraph.end, "mark")


def _numbered(clean: Clean, paragraph: Paragraph, lexicon: Lexicon) -> Heading | None:
    found = _NUMBER.match(clean.folded, paragraph.start, paragraph.end)
    if found is None or found.lastgroup is None:
        return None
    after = found.end()
    if after >= paragraph.end:
        return None
    title_end, body, begins = _title(clean.folded, after, paragraph.end)
    if (
        after < body
        and clean.folded[title_end : title_end + 1] in ("。", "：")
        and sets_goal(clean, after, title_end, lexicon)
    ):
        title_end, body, begins = after, after, "task"
    number = clean.said(found.start(), after)
    if found.lastgroup in ("one", "two") and found.group().strip("（）、.") != number.strip("（）()、.．"):
        number = found.group()  # As （—） is meant.
    if found.lastgroup == "one":
        number = number.rstrip("、.．")
    title = clean.said(after, title_end).rstrip("。：:；")
    while body > after and body < paragraph.end and clean.folded[body] in "。：":
        body += 1
    end = title_end if body > after else after
    level = _LEVELS[found.lastgroup]
    return Heading(number, title, level, None, paragraph.start, end, body, found.lastgroup, begins, after)


def sets_goal(clean: Clean, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether a title or first sentence says by when or how much: 三季度完成验收, 培育5家企业.

    A first sentence that does is task; 组织实施阶段（5月至10月） names a stage, 实施12项民生工程 counts works.
    """
    if any(word in clean.folded[start:end] for word in _STAGES):
        return False
    said = Stretch(clean, start, end, "task", Calendar(None, None), lexicon)
    days = tuple(find_deadlines(said))
    targets = find_targets(replace(said, found=days))
    return bool(days) or not all(target.subject.endswith(_WORKS) for target in targets)


def _title(text: str, start: int, end: int) -> tuple[int, int, Beginning]:
    """Where the title that begins at `start` ends, where the text begins, at `start` where all of it is task, and how
    the paragraph opens."""
    stop = text.find("。", start, end)
    first = end if stop < 0 else stop
    short = first - start <= _LONGEST_HEADING
    headed = _statement_on_title(text, start, end)
    if headed:
        return headed, headed, "title"
    if _charges_inside(text, start, first):
        return start, start, "task"
    if stop < 0:
        # A heading on a line of its own, or one sentence with its statement behind it, which is a task.
        if _has_statement(text, start, end):
            bracket = max(text.find("（", start, end), start)
            return (bracket if bracket - start <= _LONGEST_HEADING else start), start, "task"
        alone = end - start <= 2 * _LONGEST_HEADING and text[end - 1] not in "；"
        return (end, end, "title") if alone else (start, start, "task")
    if text.count("（", start, first) > text.count("）", start, first) or _has_statement(text, start, first):
        bracket = text.find("（", start, first)
        short = start < bracket <= start + _LONGEST_HALF and "，" not in text[start:bracket]
        alone = stop + 1 == end and short and _behind_bracket(text, bracket, first) == first
        return (bracket if alone else start), start, "task"
    if stop + 1 >= end:
        return (first, first, "title") if short else (start, start, "task")
    if _only_statement(text, stop + 1, end):
        return (first if short else start), start, "task"
    colon = text.find("：", start + 2, min(first, start + _LONGEST_HALF + 1))
    if colon > 0 and "，" not in text[start:colon] and not _says_who(text[start:colon]):
        return colon, colon, "title"
    if not short or "；" in text[start:first]:
        return start, start, "task"
    behind = _behind_bracket(text, stop + 1, end) if text[stop + 1] in "（〔" else 0
    return first, first, "title" if behind and _has_statement(text, start, behind) else "run-in"


def _charges_inside(text: str, start: int, end: int) -> bool:
    """Whether a sentence goes on behind a bracket that charges somebody: 编制规划（由市水务局牵头），报市政府批准."""
    inside = [said.partition("）") for said in text[start:end].split("（")[1:]]
    return any(
        who.endswith(_ROLE_WORDS[:3]) and _says_who(who[:-2]) and behind[:1] == "，" for who, _, behind in inside
    )


def _statement_on_title(text: str, start: int, end: int) -> int:
    """Where a statement opens that stands on a short title, with the work behind it, else 0.

    推进管网改造（市水务局牵头）。年底前完成改造35公里。 What goes on with a comma goes on with its sentence.
    """
    opened = _OPENING.search(text, start, min(end, start + _LONGEST_HEADING + 1))
    if opened is None or opened.start() == start or any(mark in text[start : opened.start()] for mark in "；：。"):
        return 0
    behind = _behind_bracket(text, opened.start(), end)
    if not behind or behind + 4 > end or not _has_statement(text, start, behind):
        return 0
    stated = any(word in text[opened.start() : behind] for word in _ROLE_WORDS)
    return opened.start() if text[behind] in "。：" or (stated and "一" <= text[behind] <= "龥") else 0


def _behind_bracket(text: str, start: int, end: int) -> int:
    """The place behind the bracket that opens at `start`; 0 where it does not close before `end`."""
    depth = 0
    for position in range(start, end):
        depth += (text[position] in "（〔") - (text[position] in "）〕")
        if depth <= 0:
            return position + 1
    return 0


def _has_statement(text: str, start: int, end: int) -> bool:
    """Whether a bracket ends `[start, end)` and one in it may charge somebody, which （以下简称《办法》） does not."""
    if text[end - 1] not in "）〕":
        return False
    inside = [said[: max(said.rfind("）"), said.rfind("〕"), 0)] for said in _OPENING.split(text[start:end])[1:]]
    return any(_says_who(said) and _SHORT_NAME not in said for said in inside)


def _only_statement(text: str, start: int, end: int) -> bool:
    """Whether nothing but brackets stands in `[start, end)`."""
    depth = 0
    for character in text[start:end]:
        if character in "（〔":
            depth += 1
        elif character in "）〕":
            depth -= 1
        elif depth <= 0 and character not in "。；":
            return _begins_statement(text[start:end]) and "。" not in text[start : end - 1]
    return True
