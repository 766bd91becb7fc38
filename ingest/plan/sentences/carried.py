"""One assignment for many items (统一交办): 以下各项均由市住建局负责, 其余任务由市应急局负责, 责任单位：同上.

It charges the items behind it in its part, those of its whole part, or those of the part that name nobody. An item that
says itself who leads or is responsible keeps what it says.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from msgspec.structs import replace

from ingest.language.clean import Clean
from ingest.language.lexicon import Lexicon
from ingest.language.numerals import number_in
from ingest.plan.assignments import NamedUnit, Parsed, parse_statement
from ingest.plan.brackets import outer_brackets
from ingest.plan.milestones import before_signature
from ingest.plan.outline import Outline, section_at
from ingest.plan.sentences.phrases import chinese_in
from ingest.plan.statements import Statement
from ingest.plan.tasks import Draft

_ENDS = re.compile("[。\n]")
_BEGINS = "。\n（〔"
_PARAGRAPHS = 2
"""Paragraphs of an item, from which on 本部分 is the item itself."""
_MOST = 50
"""Such assignments of one plan; more are no plan's, and each is a walk over the items of its part."""


@dataclass(frozen=True)
class CarriedOn:
    """A statement that charges the items `sections`; `others` where it is for those alone that name nobody."""

    statement: Statement
    sections: tuple[int, ...]
    others: bool


def find_carried(clean: Clean, outline: Outline, start: int, lexicon: Lexicon) -> list[CarriedOn]:
    """The assignments of many items, in order, that have an item to charge."""
    text = clean.folded
    brackets = outer_brackets(text, start)
    found: list[CarriedOn] = []
    for rule, match in lexicon["carried"].scan(text, start, len(text)):
        low = match.start()
        before = bisect_left(brackets, (low, 0)) - 1
        bracket = brackets[before] if before >= 0 and low < brackets[before][1] else None
        section = section_at(outline, low)
        if bracket is not None and rule.value == "above":
            continue  # A bracket governs the text in front of it as one task.
        if section is None or clean.cell_at(low) is not None or not _opens(text, low, bracket, outline, section):
            continue
        end = _ENDS.search(text, low)
        high = bracket[1] - 1 if bracket else end.start() if end else len(text)
        parsed = parse_statement(text, match.end(), high, lexicon)
        items = _counted(tuple(_items(text, outline, section, low, rule.value)), match, rule.value)
        if parsed is not None and parsed.units and items and len(found) < _MOST:
            place = bracket or (low, high)
            found.append(CarriedOn(Statement(*place, parsed), items, rule.value == "rest"))
    return found


def _opens(text: str, low: int, bracket: tuple[int, int] | None, outline: Outline, section: int) -> bool:
    """Whether a place begins a sentence outside brackets, or what a bracket says."""
    if bracket is not None:
        return low == bracket[0] + 1
    return text[low - 1 : low] in _BEGINS or low == outline.headings[section].body


def _items(text: str, outline: Outline, section: int, position: int, scope: str) -> Iterator[int]:
    """The items without items of their own that are meant: behind the place, or in all of its part."""
    if scope == "above":
        yield from _items_above(outline, section)
        return
    if scope != "below" and not outline.children(section):
        parent = outline.headings[section].parent
        own = scope == "part" and text.count("\n", outline.headings[section].body, position) >= _PARAGRAPHS
        yield from (section,) if own else ()
        if own or parent is None:
            return
        section = parent
    level = outline.headings[section].level
    for each in range(section + 1, len(outline.headings)):
        if outline.headings[each].level <= level:
            return
        if not outline.children(each) and (scope != "below" or outline.headings[each].start > position):
            yield each


def _items_above(outline: Outline, section: int) -> Iterator[int]:
    """The items of one row up to the one in which a place is."""
    parent = outline.headings[section].parent
    for each in outline.children(parent) if parent is not None else ():
        if each <= section and not outline.children(each):
            yield each


def _counted(items: tuple[int, ...], said: re.Match[str], scope: str) -> tuple[int, ...]:
    """As many of the items as are said, 以上两项; none where there are fewer, and all where none are counted."""
    counted = said["count"] if "count" in said.re.groupindex else None
    many = (number_in(counted.replace("两", "二")) or 0) if counted else 0
    if scope == "above":
        return items[-many:] if 0 < many <= len(items) else ()
    return items[:many] if many else items


def carry_on(
    clean: Clean, outline: Outline, carried: Sequence[CarriedOn], drafts: Sequence[Draft]
) -> tuple[list[Draft], list[tuple[int, int]]]:
    """The drafts and those of the items that only such an assignment charges, an item that names who supports charged
    by both; and the places of the assignments that charge nothing."""
    found, idle = [*drafts], []
    for each in carried:
        own = {draft.section for draft in found}
        fresh = [_draft(clean, outline, section, each.statement) for section in each.sections if section not in own]
        joined = found if each.others else [_joined(draft, each) for draft in found]
        if not any(fresh) and joined == found:
            idle.append((each.statement.start, each.statement.end))
        found = [*joined, *filter(None, fresh)]
    return found, idle


def _joined(draft: Draft, carried: CarriedOn) -> Draft:
    roles = {unit.role for statement in draft.statements for unit in statement.parsed.units}
    supported = draft.section in carried.sections and roles == {"support"}
    return replace(draft, statements=(*draft.statements, carried.statement)) if supported else draft


def _draft(clean: Clean, outline: Outline, section: int, statement: Statement) -> Draft | None:
    """The item's text without the statement; its title where it has no other."""
    heading, text = outline.headings[section], clean.folded
    high = before_signature(text, heading.body, outline.ends[section])
    high = statement.start if heading.body <= statement.start < high else high
    while high > heading.body and text[high - 1] == "\n":
        high -= 1
    if chinese_in(text, heading.body, high) > 1:
        return Draft(section, heading.body, high, (statement,), form="sentence")
    low = heading.end - len(heading.title)
    return Draft(section, low, heading.end, (statement,), form="sentence") if heading.title else None


def as_above(clean: Clean, statements: Sequence[Statement], start: int, lexicon: Lexicon) -> list[Statement]:
    """The statements, with those that say of an item what was said of the one above: 责任单位：同上."""
    text, found = clean.folded, [*statements]
    for _, match in lexicon["as_above"].scan(text, start, len(text)):
        low, high = match.span()
        if clean.cell_at(low) is not None:
            continue
        others = [each for each in found if each.end <= low or each.start >= high]
        units = _units_above(text, others[: bisect_left(others, low, key=attrgetter("start"))], match, lexicon)
        if units:
            line = not match.group().startswith("（")
            said = Statement(low, high, Parsed(units, labelled=True), line)
            found = sorted([*others, said], key=attrgetter("start"))
    return found


def _units_above(text: str, above: Sequence[Statement], said: re.Match[str], lexicon: Lexicon) -> tuple[NamedUnit, ...]:
    """Who is charged with the item above, in the roles that the label asks for: 牵头单位、配合单位同上."""
    end = said.start()
    last = len(above)
    while last and not chinese_in(text, above[last - 1].end, end):
        last, end = last - 1, above[last - 1].start  # 牵头单位：市教育局, of the same item, on the line before.
    own = {unit.role for each in above[last:] for unit in each.parsed.units}
    first = last
    while first and (first == last or not chinese_in(text, above[first - 1].end, above[first].start)):
        first -= 1
    units = [unit for each in above[first:last] for unit in each.parsed.units]
    asked = {rule.value for rule, _ in lexicon["label"].scan(text, said.start(), said.end())}
    every = not own and ("responsible" in asked or not asked)
    return tuple(unit for unit in units if every or unit.role in asked)
