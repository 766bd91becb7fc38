"""Duties listed by unit (各单位分工): `市水务局：负责管网改造…`, a heading that names the unit over its tasks.

A task is a numbered point, or a sentence where there are none; the unit in front is on each of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.language.clean import Clean, Paragraph
from ingest.language.lexicon import Lexicon
from ingest.model import Role
from ingest.plan.assignments import NamedUnit, Parsed, parse_statement
from ingest.plan.outline import Outline
from ingest.plan.sentences.bodies import Bodies, bodies_at
from ingest.plan.sentences.phrases import ROLES, chinese_in
from ingest.plan.statements import Statement

_SENTENCE = re.compile(r"[^。\n]+。?")
_POINT = re.compile(r"（\d{1,2}）|\d{1,2}[.、](?!\d)|[①-⑳]")
_FEWEST = 4
"""Chinese characters that say what is to be done."""
_STOPS = "。；，：、\n"


@dataclass(frozen=True)
class DutyHead:
    """Who is charged with what follows: names at `[start, last)`, up to `end` with the words behind them; `titled`
    where those say that duties follow (职责：), and not a colon alone."""

    start: int
    last: int
    end: int
    role: Role
    rule: str
    titled: bool = False


@dataclass(frozen=True)
class UnitDuty:
    """One duty of a unit: its words `[start, end)` and what charges the unit."""

    start: int
    end: int
    statement: Statement


def head_at(text: str, start: int, end: int, lexicon: Lexicon) -> DutyHead | None:
    """The names at `start` and the words behind them that make them a heading: 市民政局牵头任务（2项）, 市气象局：."""
    while found := lexicon["sentence_opening"].match(text, start, end):
        start = found[1].end()

    def follows(position: int) -> bool:
        return position == end or lexicon["duty_title"].match(text, position, end) is not None

    bodies = bodies_at(text, start, end, lexicon, follows)
    return None if bodies is None or not bodies.named else _head(text, bodies, end, lexicon)


def _head(text: str, bodies: Bodies, end: int, lexicon: Lexicon) -> DutyHead | None:
    title = lexicon["duty_title"].match(text, bodies.end, end)
    if title is None:
        return DutyHead(bodies.start, bodies.last, bodies.end, "responsible", "duties") if bodies.end == end else None
    titled = len(title[1].group()) > 1
    return DutyHead(bodies.start, bodies.last, title[1].end(), ROLES[title[0].value], title[0].id, titled)


def heading_of_duties(clean: Clean, outline: Outline, index: int, lexicon: Lexicon) -> DutyHead | None:
    """What a heading says whose title is the name of units, with what they do there or without."""
    heading = outline.headings[index]
    if not heading.title:
        return None
    low, high = heading.end - len(heading.title), heading.end
    if not clean.text.startswith(heading.title, max(low, 0)):
        return None  # The title of an annex stands in another line.
    if clean.folded.startswith("（", heading.end):
        return None  # 各区县政府（地区管委会）：… is a line, and names more than its title.
    while high > low and clean.folded[high - 1] in _STOPS:
        high -= 1
    head = head_at(clean.folded, low, high, lexicon)
    return head if head is not None and head.end == high else None


def line_of_duties(clean: Clean, paragraph: Paragraph, start: int, lexicon: Lexicon) -> DutyHead | None:
    """Who stands in front of a colon at `start` of a paragraph, 市水务局：…"""
    text = clean.folded
    colon = text.find("：", start, min(paragraph.end, start + 60))
    if colon < 0:
        return None
    head = head_at(text, start, colon + 1, lexicon)
    return head if head is not None and head.end == colon + 1 else None


def duty(text: str, start: int, end: int, head: DutyHead, lexicon: Lexicon) -> UnitDuty | None:
    """The words of one duty, without 负责 in front, and the statement of who has it."""
    while found := lexicon["sentence_opening"].match(text, start, end):
        start = found[1].end()
    opening = lexicon["duty_opening"].match(text, start, end)
    role = head.role
    if opening and lexicon["no_charge"].match(text, opening[1].end(), end) is None:
        start = opening[1].end()
        role = ROLES[opening[0].value] if role == "responsible" else role
    while start < end and text[start] in _STOPS:
        start += 1
    while end > start and text[end - 1] in "\n，；：、":
        end -= 1
    parsed = parse_statement(text, head.start, head.last, lexicon, role)
    if parsed is None or not parsed.units or chinese_in(text, start, end) < _FEWEST:
        return None
    units = tuple(_as(unit, role, head.rule) for unit in parsed.units)
    return UnitDuty(start, end, Statement(head.start, head.end, Parsed(units, explicit=True)))


def _as(unit: NamedUnit, role: Role, rule: str) -> NamedUnit:
    return NamedUnit(unit.start, unit.end, unit.hat, unit.prefix, role, True, rule)


def duties_in(text: str, start: int, end: int, head: DutyHead, lexicon: Lexicon) -> Iterator[UnitDuty]:
    """The duties of a stretch of text, a sentence each, or a part behind ； that begins with a role word."""
    for sentence in _SENTENCE.finditer(text, start, end):
        low = sentence.start()
        for mark in re.finditer("；", text[low : sentence.end()]):
            behind = sentence.start() + mark.end()
            if _POINT.match(text, behind) or lexicon["duty_opening"].match(text, behind, sentence.end()):
                if found := duty(text, low, behind - 1, head, lexicon):
                    yield found
                low = behind
        if found := duty(text, low, sentence.end(), head, lexicon):
            yield found
