"""Where titles stand (书名号): the outermost 《…》, and those that do not close."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BRACKETS = re.compile("[《》]")
_LONGEST_TITLE = 200
"""Characters of a title; a 《 that does not close sooner is a slip of the pen."""


def titles(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The outermost 《…》 of `[start, end)` with their brackets; nested 《》 belong to the title around them."""
    return ((low, high) for low, high in _title_marks(text, start, end) if high is not None and high - low > 2)


def unclosed_titles(text: str) -> Iterator[int]:
    """Where a 《 stands that no 》 closes within its sentence and the length of a title."""
    return (low for low, high in _title_marks(text, 0, len(text)) if high is None)


def _title_marks(text: str, start: int, end: int) -> Iterator[tuple[int, int | None]]:
    """Each outermost 《 with the end of its 》, or None; of one that is not closed those inside it are outermost."""
    opened: list[int] = []
    inside: list[tuple[int, int]] = []
    for found in _BRACKETS.finditer(text, start, end):
        while opened and _is_past(text, opened[0], found.start()):
            yield from _given_up(opened, inside)
        if found.group() == "《":
            opened.append(found.start())
        elif opened:
            low = opened.pop()
            if opened:
                inside.append((low, found.end()))
            else:
                inside.clear()
                yield low, found.end()
    while opened:
        yield from _given_up(opened, inside)


def _is_past(text: str, low: int, position: int) -> bool:
    """Whether a title that begins at `low` cannot reach `position`."""
    return position - low > _LONGEST_TITLE or text.find("。", low, position) >= 0


def _given_up(opened: list[int], inside: list[tuple[int, int]]) -> Iterator[tuple[int, int | None]]:
    """Takes the first of the open 《 away, and yields it and the titles inside it that no other open one holds."""
    yield opened.pop(0), None
    limit = opened[0] if opened else len(inside) and inside[-1][1] + 1
    free = [pair for pair in inside if pair[0] < limit]
    inside[:] = [pair for pair in inside if pair[0] >= limit]
    for low, high in free:
        if not any(other_low < low and high < other_high for other_low, other_high in free):
            yield low, high
