"""Automatic numbering of .docx (自动编号), which stands in no paragraph's text: `（一）` rebuilt from numbering.xml.

A paragraph names a list (`numId`) and a level (`ilvl`), itself or through its style. A list takes its levels from an
abstract list; lists of one abstract list count on together, unless a list says where to start over (ECMA-376 17.9).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from ingest.files.opc import integer
from ingest.language.numerals import numeral
from ingest.readers.docx.xml import W, child_value, is_on
from ingest.reading import is_cjk

_LEVELS = 9
# A longer text in front of every paragraph is no number.
_LONGEST_LABEL = 60
_PLACE = re.compile("%([1-9])")


@dataclass(frozen=True)
class ListLevel:
    """One level of a list. `text` holds %1…%9 for the counters; `restart` is the level (from 1) whose use makes this
    one start over, 0 for never, None for any level above it."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    plain_digits: bool = False
    restart: int | None = None
    style: str | None = None


@dataclass(frozen=True)
class NumberedList:
    """A list as a paragraph names it: the abstract list it counts in, its levels, and the levels it starts over."""

    abstract: str
    levels: dict[int, ListLevel]
    overridden: frozenset[int]


def read_lists(numbering: Element | None) -> dict[str, NumberedList]:
    """The lists of numbering.xml by `numId`; none where the file has no such part."""
    if numbering is None:
        return {}
    abstracts = {_id(element, "abstractNumId"): element for element in numbering.iter(W + "abstractNum")}
    by_style = {style: key for key, element in abstracts.items() if (style := child_value(element, "styleLink"))}
    levels = {key: _levels(element) for key, element in abstracts.items()}
    lists: dict[str, NumberedList] = {}
    for element in numbering.iter(W + "num"):
        key = child_value(element, "abstractNumId") or ""
        if key in abstracts:
            # A list may borrow its levels from a list style (numStyleLink → styleLink).
            key = by_style.get(child_value(abstracts[key], "numStyleLink") or "", key)
            lists[_id(element, "numId")] = _overridden(element, key, levels[key])
    return lists


def _id(element: Element, name: str) -> str:
    return element.get(W + name, "")


def _levels(parent: Element) -> dict[int, ListLevel]:
    found = {integer(element.get(W + "ilvl"), 0): _level(element) for element in parent.findall(W + "lvl")}
    return {number: level for number, level in found.items() if 0 <= number < _LEVELS}


def _level(element: Element) -> ListLevel:
    # A custom format stands in an mc:AlternateContent, whose fallback names the nearest usual one last.
    forms = [found.get(W + "val", "decimal") for found in element.iter(W + "numFmt")]
    text = (child_value(element, "lvlText") or "")[:_LONGEST_LABEL]
    restart = child_value(element, "lvlRestart")
    return ListLevel(
        start=integer(child_value(element, "start"), 1),
        form=forms[-1] if forms else "decimal",
        text=text,
        plain_digits=is_on(element.find(W + "isLgl")),
        restart=None if restart is None else integer(restart, 0),
        style=child_value(element, "pStyle"),
    )


def _overridden(element: Element, abstract: str, levels: dict[int, ListLevel]) -> NumberedList:
    levels = dict(levels)
    started_over = set()
    for override in element.findall(W + "lvlOverride"):
        number = integer(override.get(W + "ilvl"), 0)
        if not 0 <= number < _LEVELS:
            continue
        own = override.find(W + "lvl")
        if own is not None:
            levels[number] = _level(own)
        start = child_value(override, "startOverride")
        if start is not None and number in levels:
            levels[number] = replace(levels[number], start=integer(start, 1))
            started_over.add(number)
    return NumberedList(abstract, levels, frozenset(started_over))


class Numbering:
    """Counts the numbered paragraphs of one document, in its order."""

    def __init__(self, lists: dict[str, NumberedList]) -> None:
        self._lists = lists
        self._counters: dict[str, dict[int, int]] = {}
        self._met: set[str] = set()

    def level_of_style(self, list_id: str, style: str) -> int | None:
        """The level that a list has tied to a paragraph style, None where it has tied none."""
        known = self._lists.get(list_id)
        if known is None:
            return None
        return next((number for number, level in known.levels.items() if level.style == style), None)

    def next_label(self, list_id: str, number: int) -> str:
        """Counts one more paragraph of a list's level (from 0) and gives what Word writes in front of it.

        "" for a bullet, and for a list or level that the file does not define.
        """
        known = self._lists.get(list_id)
        if known is None or number not in known.levels:
            return ""
        counters = self._counters.setdefault(known.abstract, {})
        if list_id not in self._met:
            self._met.add(list_id)
            for started_over in known.overridden:
                counters.pop(started_over, None)
        counters[number] = counters[number] + 1 if number in counters else known.levels[number].start
        for deeper, level in known.levels.items():
            if deeper > number and _restarts(level, number):
                counters.pop(deeper, None)
        return _label(known, number, counters)


def _restarts(level: ListLevel, used: int) -> bool:
    return level.restart is None or used < level.restart


def _label(known: NumberedList, number: int, counters: dict[int, int]) -> str:
    level = known.levels[number]
    if level.form == "bullet":
        return ""

    def place(found: re.Match[str]) -> str:
        shown = int(found[1]) - 1
        source = known.levels.get(shown)
        if source is None or shown > number:
            return ""
        return numeral(counters.get(shown, source.start), "decimal" if level.plain_digits else source.form)

    return _PLACE.sub(place, level.text)


def joined(label: str, text: str) -> str:
    """A label in front of its paragraph: 一、总体要求, but `1. 2021年`, so that the numbers stay apart."""
    if not label or not text or is_cjk(label[-1]):
        return label + text
    return f"{label.rstrip()} {text}"
