"""Headings that a file marks and no number tells (标题样式): what level of the outline each of them has."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ingest.base import StyledHeading
from ingest.language.clean import Clean

NumberLevel = Callable[[str], int | None]
"""The level of the number that a line begins with, None where it begins with none."""

LONGEST = 42
"""Characters of a heading without a number; a longer line in a heading's style is text."""

_TEXT = frozenset("。；：")
_CLOSING = frozenset("，）〕")
"""What stands in no heading, and what none ends with."""


def unnumbered_headings(clean: Clean, styled: Sequence[StyledHeading], level_of: NumberLevel) -> dict[int, int]:
    """The paragraphs that are headings without a number, by where they begin, with their level in the outline.

    Styles whose headings are numbered in this file give their level (标题 2 for （一） is level 2), others follow from
    them; a style above that of 一、 is the plan's own title.
    """
    if not styled:
        return {}
    marked = {clean.offset(heading.span.start): heading for heading in styled}
    levels: dict[int, int] = {}
    waiting: dict[int, int] = {}
    for paragraph in clean.paragraphs:
        heading = marked.get(paragraph.start)
        if heading is None or paragraph.cell is not None or paragraph.end - paragraph.start > LONGEST:
            continue
        text = clean.folded[paragraph.start : paragraph.end]
        number = level_of(text)
        if number is not None:
            levels.setdefault(heading.level, number)
        elif text and text[-1] not in _CLOSING and _TEXT.isdisjoint(text):
            waiting[paragraph.start] = heading.level
    return {start: level for start, style in waiting.items() if (level := _level(style, levels))}


def _level(style: int, levels: Mapping[int, int]) -> int:
    """The level in the outline of a style's headings, 0 where they are titles of the whole."""
    if style in levels:
        return levels[style]
    above = [known for known in levels if known < style]
    if above:
        return levels[max(above)] + style - max(above)
    below = min(levels, default=None)
    return style if below is None else max(levels[below] + style - below, 0)
