"""Brackets of a search (括号): 食品 AND (抽检 OR 检查). Pure.

A bracket groups where it opens a piece and the text has an operator; the one in 发改委（商务局） is part of a name.
"""

from __future__ import annotations

import re

_OPENING, _CLOSING, _QUOTES = "(（", ")）", '"“”'
_OPERATOR = re.compile(r"(?:^|[\s(（])(?:AND|OR|NOT|[-－](?=[(（]))|[|｜]")
_LONGEST = 1000
"""Characters of a text in which groups are looked for."""
_PLACE = re.compile("\x00(?P<nth>\\d+)\x00")


def grouped(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with a sign in the place of each outermost group, and what stands in these.

    >>> grouped("食品 AND (抽检 OR 检查)")
    ('食品 AND \\x000\\x00', ('抽检 OR 检查',))
    """
    text = text.replace("\x00", " ")
    if len(text) > _LONGEST or not _OPERATOR.search(text):
        return text, ()
    groups: list[str] = []
    shown: list[str] = []
    at = 0
    for first, last in _outermost(text):
        shown += [text[at:first], f"\x00{len(groups)}\x00"]
        groups.append(text[first + 1 : last])
        at = last + 1
    return "".join((*shown, text[at:])), tuple(groups)


def group_of(piece: str, groups: tuple[str, ...]) -> str | None:
    """What stands in the group whose sign a piece is."""
    place = _PLACE.fullmatch(piece)
    return groups[int(place["nth"])] if place and int(place["nth"]) < len(groups) else None


def _outermost(text: str) -> list[tuple[int, int]]:
    """Where groups open and close that stand in no other group; one that is never closed is none."""
    found: list[tuple[int, int]] = []
    opened: list[int | None] = []
    quoted = False
    for at, sign in enumerate(text):
        quoted ^= sign in _QUOTES
        if quoted:
            continue
        if sign in _OPENING:
            opened.append(at if _opens_a_piece(text, at) else None)
        elif sign in _CLOSING and opened:
            first = opened.pop()
            if first is not None:
                found = [*(pair for pair in found if pair[0] < first), (first, at)]
    return found


def _opens_a_piece(text: str, at: int) -> bool:
    before = text[:at].rstrip(_OPENING)[-1:]
    if before in "-－":
        before = text[: at - 1][-1:] if text[at - 1 : at] in ("-", "－") else ""
    return not before or before.isspace() or before in "|｜"
