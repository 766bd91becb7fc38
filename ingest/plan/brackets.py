"""The brackets of a text (括号): the outermost pairs, and those that are never closed."""

from __future__ import annotations

import re

_BRACKET = re.compile(r"[（）〔〕\n]")
_CLOSES = {"）": "（", "〕": "〔"}
_ENDS = re.compile(r"[。\n]")


def outer_brackets(text: str, start: int) -> list[tuple[int, int]]:
    """The outermost pairs of each paragraph; one that is not closed holds none of those behind it."""
    return _scan(text, start)[0]


def open_brackets(text: str, start: int) -> list[tuple[int, int]]:
    """The brackets that are not closed in their paragraph, each to the end of its sentence."""
    found: list[tuple[int, int]] = []
    end = -1
    for low in _scan(text, start)[1]:
        # The end of one behind it is that of this one too: a text of brackets alone is searched once.
        end = end if low <= end else _end_of_sentence(text, low)
        found.append((low, end))
    return found


def _scan(text: str, start: int) -> tuple[list[tuple[int, int]], list[int]]:
    pairs: list[tuple[int, int]] = []
    never: list[int] = []
    stack: list[int] = []
    opened = dict.fromkeys(_CLOSES.values(), 0)
    for found in _BRACKET.finditer(text, start):
        position, sign = found.start(), found.group()
        if sign in opened:
            stack.append(position)
            opened[sign] += 1
        elif sign == "\n":
            if stack:
                never += stack
                stack.clear()
                opened = dict.fromkeys(opened, 0)
        elif opened[_CLOSES[sign]]:
            while text[begun := stack.pop()] != _CLOSES[sign]:
                opened[text[begun]] -= 1
                never.append(begun)
            opened[text[begun]] -= 1
            while pairs and pairs[-1][0] > begun:
                pairs.pop()
            pairs.append((begun, position + 1))
    return pairs, sorted([*never, *stack])


def _end_of_sentence(text: str, position: int) -> int:
    found = _ENDS.search(text, position)
    return found.start() if found else len(text)
