"""What a cell of a task table says of who and when (责任单位、责任人、完成时限的单元格).

A cell holds more than a list: lines that a narrow column broke (`省人力资源社会⏎保障厅`), numbers in front of the
names (`1.市住建局⏎2.市财政局`), persons behind them (`市应急局 李明`), labels of its own (`牵头单位：…；完成时限：…`),
names that lost what stood between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.language.clean import Clean, Paragraph
from ingest.language.lexicon import Lexicon
from ingest.language.units import LONGEST_WRITTEN, is_unit, prefix_of
from ingest.plan.assignments import Parsed, names_nobody, parse_statement
from ingest.plan.brackets import outer_brackets
from ingest.plan.grid.names import (
    NUMBERED,
    ROLES,
    SEPARATORS,
    elements_in,
    gaps_in,
    is_name,
    is_person,
    without_number,
)
from ingest.plan.statements import Statement

_BRANCHES = ("分行", "支行", "分公司", "支公司")
_LONGEST_HOUSE = 4
"""Characters of a bank's or a company's short name: 人行, 工行, 中国移动."""
_BRACKETED = re.compile(r"[^（）]{2,12}（([^（）]{2,80})）")
_PERSON_IN_BRACKETS = re.compile(r"（([^（）]{2,12})）$")
_LONGEST_GLUED = 36
"""Characters of names that nothing parts any more."""
_LONGEST_OFFICE, _OFFICE_ENDS = 8, "长记任席委理员"
"""An office that stands behind a person's name: 副县长, 书记, 主任."""
_LABEL = "责任人"
"""What a person is called whose name stands behind a unit's and under no head of its own."""

_SHORTEST = 3
"""Characters of a name that is glued to another: 派出所."""
_ORGANS = "局委办厅部院所站队科室会中心社司行馆校团联"
_PARENTS = ("政府", "总局", "管委会")
"""What an organ of another begins with, 省政府国资委: they are one name."""

Extent = tuple[int, int]


@dataclass(frozen=True)
class CellWords:
    """What the cells of a table are read with: `standing` are names that stand alone somewhere in it."""

    lexicon: Lexicon
    standing: frozenset[str] = frozenset()


def cell_statement(clean: Clean, cell: Paragraph, kind: str, words: CellWords) -> Statement | None:
    """What a cell says under a head of this kind: a role, `time` or `person`."""
    lexicon = words.lexicon
    if kind == "time":
        return Statement(cell.start, cell.end, Parsed(times=((cell.start, cell.end),), labelled=True))
    if kind == "person":
        return Statement(cell.start, cell.end, Parsed(people=tuple(_people(clean, cell)), labelled=True))
    start, end = cell.start, cell.end
    if outer_brackets(clean.folded[start:end], 0) == [(0, end - start)]:
        start, end = start + 1, end - 1
    parts: list[Parsed] = []
    for low, high, asked in _labelled(clean, start, end, kind, lexicon):
        if asked == "time":
            parts.append(Parsed(times=((low, high),)))
        elif asked == "person":
            parts.append(Parsed(people=tuple(_people(clean, Paragraph(low, high)))))
        else:
            lines = _lines(clean, low, high, lexicon)
            read = [each for line in lines for each in _line(clean, line, asked, line[0] > low, words)]
            if None in read:
                return None
            parts += [part for part in read if part is not None]
    return Statement(cell.start, cell.end, _together(parts))


def standing_names(clean: Clean, cells: Iterable[Paragraph], lexicon: Lexicon) -> frozenset[str]:
    """The names of units that stand alone in cells, on a line or between marks."""
    said = (clean.folded[low:high] for cell in cells for low, high in elements_in(clean, cell.start, cell.end))
    return frozenset(name for each in said if is_name(name := without_number(each), lexicon))


def labelled_part(clean: Clean, cell: Paragraph, lexicon: Lexicon) -> Statement | None:
    """The labels at the end of a cell of text, with what they say: 改造老旧管网。牵头单位：A；完成时限：6月."""
    gaps = {*gaps_in(clean, cell.start, cell.end)}
    for _, found in lexicon["label"].scan(clean.folded, cell.start, cell.end):
        low = found.start()
        opens = low == cell.start or clean.folded[low - 1] in "。；\n" or low in gaps
        if opens and clean.folded[found.end() : found.end() + 1] == "：":
            parsed = parse_statement(clean.folded, low, cell.end, lexicon)
            return Statement(low, cell.end, parsed) if parsed is not None and parsed.units else None
    return None


def _together(parts: Sequence[Parsed]) -> Parsed:
    return Parsed(
        units=tuple(unit for part in parts for unit in part.units),
        people=tuple(person for part in parts for person in part.people),
        times=tuple(time for part in parts for time in part.times),
        first_leads=any(part.first_leads for part in parts),
        labelled=True,
    )


def _people(clean: Clean, cell: Paragraph) -> Iterator[tuple[int, int, str]]:
    """The persons of a cell, parted by marks and blanks: 张大海、王五; but 张 三 and 李明 副县长 are one."""
    names: list[Extent] = []
    for low, high in elements_in(clean, cell.start, cell.end):
        office = high - low <= _LONGEST_OFFICE and clean.folded[high - 1] in _OFFICE_ENDS
        if names and names[-1][1] == low and (high - low == 1 or office):
            names[-1] = names[-1][0], high
        elif not names_nobody(clean.folded, low, high) or high - low == 1:
            names.append((low, high))
    yield from ((low, high, "责任领导") for low, high in names if not names_nobody(clean.folded, low, high))


def _labelled(clean: Clean, start: int, end: int, kind: str, lexicon: Lexicon) -> Iterator[tuple[int, int, str]]:
    """The parts of a cell in which labels stand without colons, each with its kind: `牵头单位 市水务局`.

    A cell without such labels is one part of its column's kind.
    """
    bounds = [*pairwise([start, *gaps_in(clean, start, end), end])]
    labels = [(low, high, rule) for low, high in bounds if (rule := lexicon["label"].whole(clean.folded[low:high]))]
    if not labels or labels[0][0] > start:
        yield start, end, kind
        return
    for (_, value, rule), following in zip(labels, [*(low for low, _, _ in labels[1:]), end], strict=True):
        if following > value:
            yield value, following, rule.value


def _line(clean: Clean, line: Extent, kind: str, follows: bool, words: CellWords) -> Iterator[Parsed | None]:
    """What a line says: its units, and apart from them persons who stand behind them, or in a line that `follows`."""
    text = clean.folded
    low, high = line
    numbered = NUMBERED.match(text, low, high)
    low = numbered.end() if numbered else low
    begin = low
    for start, end in [*elements_in(clean, low, high)]:
        part, people = _special(text, (start, end), follows or begin < start, kind, words)
        if part is None and not people:
            continue
        yield from _units(text, (begin, start), kind, words.lexicon)
        if part is not None:
            yield part
        if people:
            yield Parsed(people=people)
        begin, follows = end, True
    yield from _units(text, (begin, high), kind, words.lexicon)


def _units(text: str, stretch: Extent, kind: str, lexicon: Lexicon) -> Iterator[Parsed | None]:
    low, high = stretch
    while low < high and text[low] in SEPARATORS:
        low += 1
    while high > low and text[high - 1] in SEPARATORS:
        high -= 1
    if high > low:
        yield parse_statement(text, low, high, lexicon, ROLES[kind])


def _special(
    text: str, element: Extent, is_behind: bool, kind: str, words: CellWords
) -> tuple[Parsed | None, tuple[tuple[int, int, str], ...]]:
    """What an element says that is more or other than one unit: a person, a unit and its person, several units."""
    low, high = element
    said, lexicon = text[low:high], words.lexicon
    numbered = NUMBERED.match(text, low, high)
    if numbered and numbered.end() < high:
        return parse_statement(text, numbered.end(), high, lexicon, ROLES[kind]), ()
    if is_behind and is_person(said, lexicon):
        return None, ((low, high, _LABEL),)
    in_charge = _PERSON_IN_BRACKETS.search(said)
    if in_charge and is_person(in_charge[1], lexicon):
        people = ((low + in_charge.start(1), low + in_charge.end(1), _LABEL),)
        return parse_statement(text, low, low + in_charge.start(), lexicon, ROLES[kind]), people
    stretches = _members(said, lexicon) or _known_names(said, words.standing, lexicon)
    if not stretches:
        return None, ()
    read = [parse_statement(text, low + begin, low + end, lexicon, ROLES[kind]) for begin, end in stretches]
    return _together([each for each in read if each is not None]), ()


def _members(said: str, lexicon: Lexicon) -> list[Extent]:
    """A name that is no unit's and, in brackets behind it, the units that it stands for: 一港五谷（A、B、C）."""
    found = _BRACKETED.fullmatch(said)
    if not found or is_unit(said[: found.start(1) - 1], lexicon):
        return []
    names = found[1].split("、")
    if len(names) < 2 or not all(is_name(name, lexicon) for name in names):
        return []
    return [(0, found.start(1) - 1), found.span(1)]


def _known_names(said: str, standing: frozenset[str], lexicon: Lexicon) -> list[Extent]:
    """Names that nothing parts any more, where each is one that the register knows or that stands alone elsewhere in
    the table: 派出所工商质监所."""
    if len(said) > _LONGEST_GLUED or _is_known(said, lexicon):
        return []
    for at in range(_SHORTEST, len(said) - _SHORTEST + 1):
        parts = (said[:at], said[at:])
        known = all(name[-1] in _ORGANS and (name in standing or name in lexicon.aliases) for name in parts)
        if known and not parts[0].endswith(_PARENTS):
            return [(0, at), (at, len(said))]
    return []


def _is_known(name: str, lexicon: Lexicon) -> bool:
    return name[len(prefix_of(name)) :] in lexicon.aliases


def _lines(clean: Clean, start: int, end: int, lexicon: Lexicon) -> list[Extent]:
    """The stretches of a units cell that blanks or line breaks part, where each begins and ends as a name does."""
    gaps = [*gaps_in(clean, start, end), end]
    pieces = _with_branches(clean.folded, list(pairwise([start, *gaps])))
    pieces = _unbroken(clean.folded, pieces, lexicon)
    if all(_is_whole(clean.folded[low:high], nth > 0, lexicon) for nth, (low, high) in enumerate(pieces)):
        return pieces
    low, lines = start, []
    inner = {high for _, high in pieces}
    for gap in (gap for gap in gaps if gap in inner):
        if gap < end and not (
            _ends_name(clean.folded, low, gap, lexicon) and _begins_name(clean.folded, gap, end, lexicon)
        ):
            continue
        lines.append((low, gap))
        low = gap
    return lines


def _is_whole(said: str, is_behind: bool, lexicon: Lexicon) -> bool:
    """Whether a line is one name and no half of one; a person's stands behind a unit's."""
    return is_name(without_number(said), lexicon) or (is_behind and is_person(without_number(said), lexicon))


def _unbroken(text: str, pieces: Sequence[Extent], lexicon: Lexicon) -> list[Extent]:
    """The pieces, where one that the register knows was broken over two lines: 省人力资源社会⏎保障厅."""
    whole: list[Extent] = []
    for low, high in pieces:
        if whole and not _is_known(text[low:high], lexicon):
            before, _ = whole[-1]
            last = max(text.rfind(mark, before, low) for mark in SEPARATORS) + 1
            begin = max(last, before)
            first = low + len(_first(text[low:high]))
            if not _is_known(text[begin:low], lexicon) and begin < low and _is_known(text[begin:first], lexicon):
                low = whole.pop()[0]
        whole.append((low, high))
    return whole


def _with_branches(text: str, pieces: Sequence[Extent]) -> list[Extent]:
    """The pieces, where a branch goes with the house whose name a narrow column broke off: 人行 浙江省分行."""
    whole: list[Extent] = []
    for low, high in pieces:
        before = text[whole[-1][0] : low] if whole else ""
        if (
            0 < len(before) <= _LONGEST_HOUSE
            and before[-1] not in "、，；"
            and _first(text[low:high]).endswith(_BRANCHES)
        ):
            low = whole.pop()[0]
        whole.append((low, high))
    return whole


def _first(names: str) -> str:
    return re.split("[、，；]", names)[0]


def _ends_name(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    names = re.split("[、，；]", text[max(start, end - LONGEST_WRITTEN - 1) : end].rstrip("、，；"))
    name = without_number(names[-1])
    return is_name(name, lexicon) or (len(names) > 1 and is_person(name, lexicon))


def _begins_name(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    name = without_number(re.split("[、，；]", text[start : min(end, start + LONGEST_WRITTEN + 1)])[0])
    return len(name) > 2 and (is_name(name, lexicon) or is_person(name, lexicon)) or is_unit(name, lexicon)
