"""Labels and remarks in a responsibility statement: `牵头单位：…；完成时限：…`, `（…，具体分工见附件）`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ingest.language.lexicon import Lexicon
from ingest.language.units import is_unit, split_list
from ingest.plan.tokens import ROLES

_NOTES = ("备注：", "注：", "说明：", "资金来源：", "资金渠道：", "经费来源：", "所需资金：")
"""What a line begins with below who is charged that says nothing of the work."""

_VALUE = re.compile(r"：([^。；：（）〔〕\n]{0,59}[^。；：（）〔〕，、\n])")
_BEFORE_FIELD = "。；！？，（〔）〕\n"
"""Behind what a field begins among other words: 时间：, but not 活动时间： behind 的."""


@dataclass(frozen=True)
class Wording:
    """What statements are read in: folded text, the offsets at which a blank stood in it, the vocabulary."""

    text: str
    lexicon: Lexicon
    blanks: Collection[int] = ()

    def asks_for_contact(self, label: int) -> bool:
        """Whether the label at a place asks whom to ring up: 联系人."""
        found = self.lexicon["label"].match(self.text, label)
        return found is not None and found[0].value == "contact"


def without_remarks(text: str, start: int, end: int, lexicon: Lexicon) -> tuple[int, int, bool]:
    """The statement without the remarks behind it, and whether one says that the first unit leads."""
    first_leads = False
    found = lexicon["first_leads"].search(text, start, end)
    if found:
        first_leads = True
        match = found[1]
        if match.start() == start:
            start = match.end()
        else:
            end = match.start()
    while end > start and text[end - 1] in "。，；、（〔：其中":
        end -= 1
    return *_bare(text, start, end), first_leads


def between_remarks(wording: Wording, start: int, end: int) -> list[tuple[int, int]]:
    """What of a statement is no remark: 市水务局负责，仅限城区；市财政局配合 are two stretches."""
    low, stretches = start, []
    for _, remark in wording.lexicon["remark"].scan(wording.text, start, end):
        stretches.append((low, remark.start()))
        low = remark.end()
    stretches.append((low, end))
    return [(begin, stop) for begin, stop in (_bare(wording.text, *each) for each in stretches) if stop > begin]


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without the marks at its ends."""
    while start < end and text[start] in "，。；、：":
        start += 1
    while end > start and text[end - 1] in "。，；、（〔：":
        end -= 1
    return start, end


def labels_in(wording: Wording, start: int, end: int) -> Iterator[tuple[int, int, str, str]]:
    """(where the label begins, where its value begins, kind, label) for each label in front of a colon, of 为 (牵头单位
    为A) or, where a line or a gap is in front of it, of a gap."""
    text, lexicon = wording.text, wording.lexicon
    position = start
    while True:
        found = lexicon["label"].search(text, position, end)
        if found is None:
            return
        rule, match = found
        position = match.end()
        value = _value_of(wording, match, start, end, rule.value)
        if value is not None:
            begin = match.start()
            while begin > start and text[begin - 1] in "及其和、":
                begin -= 1
            yield begin, value, rule.value, match.group()
            position = value


def time_at(text: str, start: int, end: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """The value of the time field that begins at `start`, 完成时限：2025.9.15."""
    label = lexicon["label"].match(text, start, end)
    if label is None or label[0].value != "time":
        return None
    value = _VALUE.match(text, label[1].end(), end)
    return value.span(1) if value else None


def time_fields(text: str, start: int, end: int, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """The values of the time fields among other words: 拆除厂房。完成时限：2025.9.15；加强管理。"""
    for _, label in lexicon["label"].scan(text, start, end):
        begins = label.start() == start or text[label.start() - 1] in _BEFORE_FIELD
        value = time_at(text, label.start(), end, lexicon) if begins else None
        if value is not None:
            yield value


def _value_of(wording: Wording, label: re.Match[str], start: int, end: int, kind: str) -> int | None:
    """Where the value of a label begins; None where the words are no label."""
    text, at = wording.text, label.end()
    if at >= end:
        return at if text[at : at + 1] == "：" else None
    if text[at] == "：":
        return at + 1
    at_start = label.start() == start
    if text[at] in "为是" and (at_start or text[label.start() - 1] in "，；。、中"):
        return at + 1
    opens = at_start or label.start() in wording.blanks or text[label.start() - 1] in "，；。\n"
    if at in wording.blanks and opens and (kind not in ROLES or begins_with_a_name(wording, at, end)):
        return at
    if text[label.start() - 1] in "：，；" and kind in ROLES and begins_with_a_name(wording, at, end):
        return at  # 责任单位：牵头单位市城管局，配合单位市财政局
    bare = at_start and kind != "time" and text[at] not in "、，。；）的和要按" and end - start < 200
    return at if bare and (kind == "person" or begins_with_a_name(wording, at, end)) else None


def begins_with_a_name(wording: Wording, start: int, end: int) -> bool:
    """Whether a unit's name stands first in `[start, end)`, up to what parts it from the next or up to a gap."""
    first = next(split_list(wording.text, start, end, wording.lexicon, wording.blanks), None)
    if first is None:
        return False
    gap = min((at for at in wording.blanks if first.start < at < first.end), default=first.end)
    return any(is_unit(wording.text[first.start : stop], wording.lexicon) for stop in {first.end, gap})


def below_notes(text: str, low: int, end: int) -> int:
    """Where `[low, end)` begins below the lines that are notes: 备注：所需资金由市级财政安排."""
    while low < end and text.startswith(_NOTES, low):
        below = text.find("\n", low, end)
        low = below + 1 if below >= 0 else end
    return low
