"""Doubts about names of units (单位名称存疑): two that differ by a character, one that is no organisation's, a slip."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.language.clean import fold
from ingest.language.lexicon import Lexicon
from ingest.language.units import is_collective, prefix_of
from ingest.model import Doubt, Plan, Span

_TELLS_APART = "省市区县镇乡村一二三四五六七八九十东西南北民刑党纪"
"""Characters put into names to tell units apart: levels, numbers, quarters, kinds of cases, 党委 and 纪委."""
_PLACES, _OF_PLACES = (*"省市县区州盟旗镇乡", "街道"), ("人民政府", "政府", "办事处")
"""Places and their governments: many, often alike, and in no register of departments."""
_ORGANS = "部局厅委办司处科站所院会"
"""What an organ is called: 驻部纪检监察组 and 驻局纪检监察组 are two."""
_OTHER_ENDINGS = (*"段厂矿线库",)
"""Names that end so are no organs' (铁路车务段) and may be given a task all the same."""
_QUOTES = dict.fromkeys(map(ord, "“”"))
"""What stands inside names: 市“双减”办."""
_LONGEST = 40
"""Characters of a name that is held against others; what is longer is a sentence."""
_SHORTEST = 5
"""Characters of a name that may be a slip; shorter ones are like one another (灌溉中心, 灌区中心) but for 局 and 厅."""


def name_doubts(plan: Plan, lexicon: Lexicon) -> Iterator[Doubt]:
    """What is doubtful about the names of units, each name where it stands first."""
    first: dict[str, Span] = {}
    for task in plan.tasks:
        for assignment in task.assignments:
            if not is_collective(assignment.mention.text, lexicon):
                first.setdefault(assignment.mention.text, assignment.mention.span)
    yield from _look_alikes(first, lexicon)
    yield from _unknown(first, lexicon)


def _look_alikes(first: dict[str, Span], lexicon: Lexicon) -> Iterator[Doubt]:
    """Names that differ by one character: two units, or a slip of the pen (高新监察室, 高新检察室)."""
    by_shape: dict[tuple[int, str], list[str]] = {}
    for name in first:
        if 4 <= len(name) <= _LONGEST:
            for hole in range(len(name)):
                by_shape.setdefault((hole, name[:hole] + name[hole + 1 :]), []).append(name)
    for (hole, _), names in by_shape.items():
        for one, other in zip(names, names[1:], strict=False):
            if _may_be_confused(one, other, hole, lexicon):
                yield Doubt("look-alike", {"one": one, "other": other}, first[other])


def _may_be_confused(one: str, other: str, hole: int, lexicon: Lexicon) -> bool:
    """A level or a number (市水利局, 区水利局; 第一庭, 第二庭) tells units apart on purpose; so do two known names.

    Places are often alike: 绍兴市人民政府, 嘉兴市人民政府; so are the offices of two: 绍兴市经信局, 嘉兴市经信局.
    """
    placed = (lexicon["of_a_place"].match(name) for name in (one, other))
    if all(found is not None and hole < found[1].end() for found in placed):
        return False
    apart = one[hole] in _TELLS_APART and other[hole] in _TELLS_APART
    both_known = all(lexicon.register.entry_of(name[len(prefix_of(name)) :]) for name in (one, other))
    return not apart and not both_known and not _is_place(one) and hole < len(one) - 1


def _unknown(first: dict[str, Span], lexicon: Lexicon) -> Iterator[Doubt]:
    """Names that the register does not know and that are a known one but for a slip, or are like no organisation's."""
    known = "\n".join(["", *lexicon.aliases, ""])
    for name, span in first.items():
        bare = re.sub(r"（[^（）]{1,24}）$", "", fold(name)).translate(_QUOTES)
        if _is_place(bare) or lexicon.register.entry_of(bare) is not None:
            continue
        like = _slip_of(bare[len(prefix_of(bare)) :], known)
        if like is not None:
            yield Doubt("misspelt-unit", {"unit": name, "like": like}, span)
        elif not _ends_like_a_unit(bare, lexicon):
            yield Doubt("unknown-unit", {"unit": name}, span)


def _ends_like_a_unit(name: str, lexicon: Lexicon) -> bool:
    return bool(lexicon["suffix"].whole(name) or lexicon["word"].whole(name) or name.endswith(_OTHER_ENDINGS))


def _is_place(name: str) -> bool:
    return any(name.removesuffix(organ).endswith(_PLACES) for organ in ("", *_OF_PLACES))


def _slip_of(name: str, known: str) -> str | None:
    """The known name of which one character is another here: 市场监督管埋局 → 市场监督管理局.

    `known` has a name a line. Names differ by a character on purpose too (水务局, 税务局): it is a slip only where the
    character stands beside none of its neighbours in any known name, and tells no level or organ. The first and the
    last character are not looked at: they are what tells 河长办 from 林长办, and 水利局 from 水利厅.
    """
    if len(name) > _LONGEST or (len(name) < _SHORTEST and name[-1:] not in ("局", "厅")):
        return None
    for hole in range(1, len(name) - 1):
        if name[hole] in _TELLS_APART + _ORGANS or name[hole - 1 : hole + 1] in known or name[hole : hole + 2] in known:
            continue
        if found := re.search(rf"\n({re.escape(name[:hole])}.{re.escape(name[hole + 1 :])})\n", known):
            return found.group(1)
    return None
