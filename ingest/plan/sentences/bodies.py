"""Names of units in running text: where a list of them that begins at a place ends (由市水务局、市财政局|负责…).

In a bracket everything is names; in a sentence a name stands beside words that look like one (新发展格局, 办事机构).
So only what the register knows, what a level or a place stands in front of, or a collective counts, and only where a
role word, a join or another name follows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ingest.language.lexicon import Lexicon
from ingest.language.units import is_collective, is_line_of_work, is_unit
from ingest.plan.tokens import tokens_of

_ENDS = frozenset("局委办厅部院署会心司团府处道队室行关所站镇乡县区旗校馆庭网企联位门村班组社校线园学大协政业")
"""Characters that a body's name ends with."""
_COUNTED = re.compile(r"[\d。；]")
_LONGEST = 28
_LONGEST_PERSONS = 60
"""Characters of a list of persons with their offices."""
_LONGEST_PLACE = 4
"""Characters of a place in front of a name, without its 市 or 县."""
_DEPARTMENT = "部门"
_ANY_VERB = "charge_by"
"""Role words that are any work's verb: 由街道副书记约谈 charges whoever holds the office with nothing."""
_LEVELS = frozenset("省市县区镇乡")


@dataclass(frozen=True)
class Bodies:
    """A list of names: `[start, end)` with 等部门 behind it, `last` the end of the last name; whether one is `named`,
    whether a collective is among them (`each`: 各镇), whether persons are."""

    start: int
    last: int
    end: int
    named: bool
    each: bool = False
    persons: bool = False


def bodies_at(text: str, start: int, end: int, lexicon: Lexicon, follows: Callable[[int], bool]) -> Bodies | None:
    """The list of names that begins at `start`; `follows` says whether what may stand behind it stands at a place."""
    low, named, each = start, False, False
    while (high := _name(text, low, end, lexicon, follows)) is not None:
        named = named or _is_somebody(text[low:high], lexicon)
        each = each or is_collective(text[low:high], lexicon) or lexicon["body_each"].match(text, low, high) is not None
        separator = lexicon["body_and"].match(text, high, end)
        if separator and _name(text, separator[1].end(), end, lexicon, follows) is not None:
            low = separator[1].end()
            continue
        behind = _past_others(text, high, end, lexicon)
        return Bodies(start, high, behind, named, each) if follows(behind) else None
    return None


def persons_at(text: str, start: int, end: int, groups: Sequence[str], lexicon: Lexicon) -> Bodies | None:
    """A list of persons, with their units or without, that begins at `start` and behind which a role word of `groups`
    stands: 副市长张三|牵头, 市招商局局长何晓明、经开区管委会主任罗斌|具体负责."""
    stop = min((at for mark in "，；：（" if (at := text.find(mark, start, end)) >= 0), default=end)
    stop = min(stop, start + _LONGEST_PERSONS)
    if lexicon["says_an_office"].search(text, start, stop) is None:
        return None
    for high in range(start + 2, stop):
        found = [group for group in groups if lexicon[group].match(text, high, end)]
        if found and _are_persons(text, start, high, found != [_ANY_VERB], lexicon):
            return Bodies(start, high, high, True, persons=True)
    return None


def _are_persons(text: str, start: int, end: int, offices: bool, lexicon: Lexicon) -> bool:
    """Whether `[start, end)` names persons, or `offices` without their names, and besides them nothing but units."""
    tokens = [*tokens_of(text, start, end, (), lexicon)]
    kinds = ("person", "office") if offices else ("person",)
    people = [text[each.start : each.end] for each in tokens if each.kind in kinds]
    if not people or any(lexicon["no_name"].search(person) for person in people):
        return False
    others = (each for each in tokens if each.kind not in ("person", "office"))
    return all(each.kind == "name" and is_unit(text[each.start : each.end], lexicon) for each in others)


def _is_somebody(name: str, lexicon: Lexicon) -> bool:
    """Whether a name can be held to its work: 各乡镇 and 各县政府 can, 各部门 and 有关单位 cannot."""
    return lexicon["body_each"].whole(name) is None or lexicon["territory"].whole(name) is not None


def _past_others(text: str, position: int, end: int, lexicon: Lexicon) -> int:
    others = lexicon["generic_tail"].match(text, position, end)
    return others[1].end() if others else position


def _name(text: str, start: int, end: int, lexicon: Lexicon, follows: Callable[[int], bool]) -> int | None:
    for bare in _ends(text, start, end, lexicon):
        high = _past_nameplate(text, bare, end)
        if follows(_past_others(text, high, end, lexicon)) or lexicon["body_and"].match(text, high, end):
            return high
    return None


def _past_nameplate(text: str, position: int, end: int) -> int:
    """Where a name ends with its second nameplate or its part: 市城管局（综合行政执法支队）."""
    if not text.startswith("（", position, end):
        return position
    close = text.find("）", position, min(end, position + _LONGEST))
    inside = text[position + 1 : close] if close > 0 else ""
    # 市民政局（2项） says how many tasks it has.
    return close + 1 if inside and "（" not in inside and not _COUNTED.search(inside) else position


def _ends(text: str, start: int, end: int, lexicon: Lexicon) -> Iterator[int]:
    """Where the name at `start` may end: first behind the longest that the register knows, then the shortest others."""
    line = _line_of_work(text, start, end, lexicon)
    limit = min(end, start + _LONGEST)
    others = []
    for high in range(limit, start + 1, -1):
        if text[high - 1] not in _ENDS:
            continue
        name = text[start:high]
        if lexicon["no_body"].whole(name):
            continue
        if _is_known(name, lexicon) or lexicon["body_each"].whole(name):
            yield high
        elif not lexicon["no_name"].search(name) and lexicon["body"].whole(name):
            others.append(high)
    if line is not None:
        yield line
    yield from reversed(others)


def _line_of_work(text: str, start: int, end: int, lexicon: Lexicon) -> int | None:
    """Where 水务 ends in 水务、财政等部门."""
    found = lexicon["first_line"].match(text, start, end)
    return found[1].end("line") if found and is_line_of_work(found[1]["line"], lexicon) else None


def _is_known(name: str, lexicon: Lexicon) -> bool:
    """Whether the register knows it, with or without its place: 松河市水务局, 市水务局, 水务局."""
    aliases = lexicon.aliases
    if name in aliases:
        return True
    if name[0] in _LEVELS and name[1:] in aliases:
        return True
    placed = any(name[at:] in aliases and len(name) - at > 2 for at in (2, 3))
    if placed and "一" <= name[0] <= "鿿" and not lexicon["no_name"].search(name[:3]):
        return True
    place = lexicon["place"].match(name) if not lexicon["no_name"].search(name[:_LONGEST_PLACE]) else None
    return (place is not None and name[place[1].end() :] in aliases) or (
        name.endswith(_DEPARTMENT) and is_line_of_work(name.removesuffix(_DEPARTMENT), lexicon)
    )
