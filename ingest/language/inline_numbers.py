"""Numbers that do not open a line (行内序号): where the items of a plan begin that was pasted into one line.

`…制定本要点。一、夯实基础（一）完善站点。新建三处站点。（市住建局负责）（二）规范管理。…` is a whole outline without a
line break, as web pages and OCR leave it. The levels are those of GB/T 9704-2012 7.3.3: 一、 （一） 1. （1）.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ingest.language.likeness import is_chinese

_NUMERALS = "一二三四五六七八九十"
_NUMBER = re.compile(
    rf"(?P<a>[{_NUMERALS}]{{1,3}})、|（(?P<b>[{_NUMERALS}]{{1,3}})）"
    r"|(?P<c>\d{1,2})[.、](?:(?!\d)|(?=20\d\d年|1?\d月))|（(?P<d>\d{1,2})）"
)
"""The numbers of headings (GB/T 9704-2012 7.3.3): 一、 （一） 1. （1）."""
_OPENS_LABEL, _LABEL = ("（", "(", "〔", "[", "［", "【"), range(2, 9)
"""What may stand in front of a label, and how many characters it has."""
_LEVELS = "abcd"
_BEFORE = "。；！？）〕】：:"
"""What ends the item before: a full stop, or the bracket that says who is responsible for it."""
_LONGEST_TITLE = 40
"""Characters of a heading whose first item follows without a full stop."""
_ROLES = ("负责", "牵头", "配合", "落实", "承办", "主办", "协办", "参与", "参加")
_LABELS = ("责任单位", "牵头单位", "责任部门", "牵头部门", "配合单位", "主办单位", "承办单位")
_LONGEST_STATEMENT = 400
"""Characters at an item's end in which its statement of responsibility is looked for."""
_SHORTEST = 60
"""Characters below which a line holds no outline."""


class _Number(NamedTuple):
    start: int
    end: int
    level: int
    value: int


def may_hold_items(line: str) -> bool:
    """Whether a line is long enough, and closes brackets or names labels often enough, to be looked through."""
    return len(line) >= _SHORTEST and sum(map(line.count, "）)：:")) > 1


def inline_starts(folded: str) -> list[int]:
    """The offsets at which items begin inside a line (folded text), without 0; none where it is no outline.

    Numbers must count on from 1 at each level, and two items at least must say who is responsible: an enumeration
    inside one task (重点做好：1.…；2.…) stays one task.
    """
    candidates = list(_candidates(folded))
    starts = [number.start for number in _counted(folded, candidates)]
    pieces = [folded[low:high] for low, high in pairwise([*starts, len(folded)])]
    counted = starts if sum(map(_says_who, pieces)) > 1 else []
    return sorted({start for start in [*counted, *_behind_statements(folded, candidates)] if start > 0})


def _behind_statements(folded: str, candidates: Sequence[_Number]) -> Iterator[int]:
    """Where a number stands right behind a bracket that says who, whatever it counts: （责任单位：市水务局）（二）."""
    for number in candidates:
        closing = folded[number.start - 1 : number.start]
        if (
            closing
            and closing in "）〕"
            and _says_who(folded[max(number.start - _LONGEST_STATEMENT, 0) : number.start])
        ):
            yield number.start


def begins_label(head: str) -> bool:
    """Whether a line begins with a label and its colon: 责任单位：, （牵头单位：."""
    label, colon, _ = head.replace(":", "：").partition("：")
    label = label[1:] if label.startswith(_OPENS_LABEL) else label
    return bool(colon) and len(label) in _LABEL and is_chinese(label)


def loose_blanks(line: str) -> int:
    """How many single blanks stand between two Chinese characters of a line."""
    return sum(bool(one and other) and is_chinese(one[-1] + other[0]) for one, other in pairwise(line.split(" ")))


def _candidates(folded: str) -> Iterator[_Number]:
    for found in _NUMBER.finditer(folded):
        level = _LEVELS.index(str(found.lastgroup))
        yield _Number(found.start(), found.end(), level, _value(str(found[found.lastgroup or 0])))


def _value(said: str) -> int:
    """三 is 3, 十二 12, 二十 20."""
    if said.isdecimal():
        return int(said)
    tens, ten, ones = said.rpartition("十")
    high = (_NUMERALS.find(tens) + 1 or 1) * 10 if ten else 0
    return high + (_NUMERALS.find(ones) + 1 if ones else 0)


def _counted(folded: str, candidates: Sequence[_Number]) -> list[_Number]:
    """The numbers that count on from 1 at their level; a lone 1 only as a heading.

    Below each higher one a level may begin anew or go on: State Council plans count （一）…（二十五） through chapters.
    """
    taken: list[_Number] = []
    below, through = [0] * len(_LEVELS), [0] * len(_LEVELS)
    for number in candidates:
        if number.start and not _may_begin(folded, number, taken[-1] if taken else None):
            continue
        if number.value - 1 in (below[number.level], through[number.level]) or number.start == 0:
            taken.append(number)
            below[number.level :] = [number.value, *[0] * (len(_LEVELS) - number.level - 1)]
            through[number.level] = number.value
    return _without_lone(taken)


def _may_begin(folded: str, number: _Number, before: _Number | None) -> bool:
    """Whether an item can begin there: behind the end of another, or right behind a heading's words."""
    if folded[number.start - 1] in _BEFORE:
        return True
    if before is None or before.level >= number.level or number.start - before.end > _LONGEST_TITLE:
        return False
    return number.level in (1, 2) and "。" not in folded[before.end : number.start]


def _without_lone(numbers: Sequence[_Number]) -> list[_Number]:
    counts = Counter(number.level for number in numbers)
    return [
        number
        for number, following in zip(numbers, [*numbers[1:], None], strict=False)
        if counts[number.level] > 1 or (following is not None and following.level > number.level)
    ]


def _says_who(piece: str) -> bool:
    """Whether an item ends with a bracket that gives a role, or has a label for units."""
    tail = piece.rstrip("。；")[-_LONGEST_STATEMENT:]
    opened = max(tail.rfind("（"), tail.rfind("〔"))
    bracket = tail.endswith(("）", "〕")) and any(role in tail[opened:] for role in _ROLES)
    return bracket or any(f"{label}：" in tail for label in _LABELS)
