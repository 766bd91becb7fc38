"""Names of units in running text: where a list of them that begins at a place ends (由市水务局、市财政局|负责…).

In a bracket everything is names; in a sentence a name stands beside words that look like one (新发展格局, 办事机构).
So only what the register knows, what a level or a place stands in front of, or a collective counts, and only where a
role word, a join or another name follows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ingest.language.lexicon import Lexicon
from ingest.language.units import is_line_of_work

_ENDS = frozenset("局委办厅部院署会心司团府处道队室行关所站镇乡县区旗校馆庭网企联位门村班组社校线园学大协政")
"""Characters that a body's name ends with."""
_LONGEST = 28
_LONGEST_PLACE = 4
"""Characters of a place in front of a name, without its 市 or 县."""
_DEPARTMENT = "部门"
_LEVELS = frozenset("省市县区镇乡")


@dataclass(frozen=True)
class Bodies:
    """A list of names: `[start, end)` with 等部门 behind it, `last` the end of the last name; whether one is named."""

    start: int
    last: int
    end: int
    named: bool


def bodies_at(text: str, start: int, end: int, lexicon: Lexicon, follows: Callable[[int], bool]) -> Bodies | None:
    """The list of names that begins at `start`; `follows` says whether what may stand behind it stands at a place."""
    low, named = start, False
    while (high := _name(text, low, end, lexicon, follows)) is not None:
        named = named or _is_somebody(text[low:high], lexicon)
        separator = lexicon["body_and"].match(text, high, end)
        if separator and _name(text, separator[1].end(), end, lexicon, follows) is not None:
            low = separator[1].end()
            continue
        behind = _past_others(text, high, end, lexicon)
        return Bodies(start, high, behind, named) if follows(behind) else None
    return None


def _is_somebody(name: str, lexicon: Lexicon) -> bool:
    """Whether a name can be held to its work: 各乡镇 and 各县政府 can, 各部门 and 有关单位 cannot."""
    return lexicon["body_each"].whole(name) is None or lexicon["territory"].whole(name) is not None


def _past_others(text: str, position: int, end: int, lexicon: Lexicon) -> int:
    others = lexicon["generic_tail"].match(text, position, end)
    return others[1].end() if others else position


def _name(text: str, start: int, end: int, lexicon: Lexicon, follows: Callable[[int], bool]) -> int | None:
    for high in _ends(text, start, end, lexicon):
        if follows(_past_others(text, high, end, lexicon)) or lexicon["body_and"].match(text, high, end):
            return high
    return None


def _ends(text: str, start: int, end: int, lexicon: Lexicon) -> Iterator[int]:
    """Where the name at `start` may end: first behind the longest that the register knows, then the shortest others."""
    if (line := _line_of_work(text, start, end, lexicon)) is not None:
        yield line
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
