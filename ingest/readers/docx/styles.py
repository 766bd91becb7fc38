"""Styles of a .docx (样式), as far as they change what is read: hidden and struck text, automatic numbering,
headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ingest.files.opc import integer
from ingest.readers.docx.numbering import Numbering
from ingest.readers.docx.xml import W, child_value, is_on

BODY = 9
"""The outline level of body text (ECMA-376 17.3.1.20)."""

_HEADING = re.compile("heading ([1-9])", re.IGNORECASE)

# Word itself gives up at 11.
_LONGEST_LINEAGE = 20


@dataclass(frozen=True)
class Style:
    """One style: the style that it is based on, and what it says itself; None where it says nothing."""

    based_on: str | None = None
    list_id: str | None = None
    level: int | None = None
    hidden: bool | None = None
    struck: bool | None = None
    outline: int | None = None


@dataclass(frozen=True)
class Styles:
    """All styles by id. `default` is the style of paragraphs that name none."""

    by_id: dict[str, Style]
    default: str = ""

    def lineage(self, style: str) -> Iterator[tuple[str, Style]]:
        """The style and those that it is based on, nearest first, as far as Word follows them."""
        seen: set[str] = set()
        while style in self.by_id and style not in seen and len(seen) < _LONGEST_LINEAGE:
            seen.add(style)
            yield style, self.by_id[style]
            style = self.by_id[style].based_on or ""

    def hides(self, style: str) -> bool:
        """Whether text of this style is hidden (隐藏文字)."""
        return next((known.hidden for _, known in self.lineage(style) if known.hidden is not None), False)

    def strikes(self, style: str) -> bool:
        """Whether text of this style is struck through (删除线)."""
        return next((known.struck for _, known in self.lineage(style) if known.struck is not None), False)


def read_styles(root: Element | None) -> Styles:
    """The styles of styles.xml; none where the file has no such part."""
    if root is None:
        return Styles({})
    by_id: dict[str, Style] = {}
    default = ""
    for element in root.findall(W + "style"):
        key = element.get(W + "styleId", "")
        by_id[key] = _style(element)
        if element.get(W + "type") == "paragraph" and element.get(W + "default", "0") in ("1", "true", "on"):
            default = key
    return Styles(by_id, default)


def _style(element: Element) -> Style:
    list_id, level = own_numbering(element.find(W + "pPr"))
    run = element.find(W + "rPr")
    return Style(child_value(element, "basedOn"), list_id, level, hides(run), strikes(run), _outline_of(element))


def _outline_of(style: Element) -> int | None:
    """The level of headings (0 the highest) that a style is for: by what it says, else by its name."""
    said = own_outline(style.find(W + "pPr"))
    named = _HEADING.fullmatch(child_value(style, "name") or "") if said is None else None
    return int(named[1]) - 1 if named else said


def own_outline(properties: Element | None) -> int | None:
    """The level of headings (0 the highest, 9 for body text) that paragraph properties name themselves."""
    level = child_value(properties, "outlineLvl")
    return None if level is None else integer(level, BODY)


def heading_level(properties: Element | None, styles: Styles) -> int | None:
    """The level, from 1, of the heading that a paragraph with these properties is; None for body text."""
    said = own_outline(properties)
    if said is None:
        family = styles.lineage(child_value(properties, "pStyle") or styles.default)
        said = next((style.outline for _, style in family if style.outline is not None), BODY)
    return said + 1 if 0 <= said < BODY else None


def own_numbering(properties: Element | None) -> tuple[str | None, int | None]:
    """The list and level (from 0) that paragraph properties name themselves; list "0" means no numbering."""
    numbering = None if properties is None else properties.find(W + "numPr")
    level = child_value(numbering, "ilvl")
    return child_value(numbering, "numId"), None if level is None else integer(level, 0)


def hides(properties: Element | None) -> bool | None:
    """Whether run properties hide the text; None where they say nothing."""
    switch = None if properties is None else properties.find(W + "vanish")
    return None if switch is None else is_on(switch)


def strikes(properties: Element | None) -> bool | None:
    """Whether run properties strike the text through, by one line or two; None where they say nothing."""
    found = () if properties is None else (properties.find(W + "strike"), properties.find(W + "dstrike"))
    switches = [is_on(switch) for switch in found if switch is not None]
    return any(switches) if switches else None


def next_label(properties: Element | None, styles: Styles, numbering: Numbering) -> str:
    """Counts a paragraph with these properties and gives its automatic number, "" where it has none."""
    family = list(styles.lineage(child_value(properties, "pStyle") or styles.default))
    list_id, level = own_numbering(properties)
    if list_id is None:
        list_id = next((style.list_id for _, style in family if style.list_id is not None), None)
    if list_id is None or list_id == "0":
        return ""
    tied = (numbering.level_of_style(list_id, name) for name, _ in family)
    said = (style.level for _, style in family)
    return numbering.next_label(list_id, next((known for known in (level, *tied, *said) if known is not None), 0))
