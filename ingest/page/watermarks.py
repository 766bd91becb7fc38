"""Words printed over or under a page that are none of its text (水印): a name tiled across a table, 征求意见稿 aslant.

Pure functions. A watermark is told by how it is set: aslant and pale or again and again; or level and pale, and again
and again, over other words, or in type much larger than theirs; or as dark as the text but over it, again and again.
Whoever reads a page reads past it; so nothing is said of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import islice
from statistics import median

from msgspec import structs

from ingest.page.ink import Char, Ink

# As often as this on a page, words are tiled. Shorter ones are no watermark: a unit in each row is.
_TIMES = 3
_LEAST = 4

# A pale word in type this many times as large as the page's is one.
_LARGE = 1.8

# Points of the fields in which characters are looked for that stand on each other.
_FIELD = 16.0

# So many texts that a page repeats, runs of them, and characters of one field, are looked at.
_MOST = 40
_ASKED = 2_000
_HELD = 12

_Run = list[Char]


def without_watermark(ink: Ink) -> Ink:
    """The page without its watermarks."""
    turned = [
        group if not angle % 90 else _not_tiled(group) for group, angle in zip(ink.turned, ink.angles, strict=False)
    ]
    turned += ink.turned[len(turned) :]
    away = _level_marks(ink.chars, ink.width)
    if not away and all(new is old for new, old in zip(turned, ink.turned, strict=True)):
        return ink
    chars = tuple(char for char in ink.chars if id(char) not in away)
    angles = tuple(angle for angle, group in zip(ink.angles, turned, strict=False) if group)
    return structs.replace(ink, chars=chars, turned=tuple(filter(None, turned)), angles=angles)


def _not_tiled(slanted: tuple[Char, ...]) -> tuple[Char, ...]:
    """Characters aslant that are neither pale nor pieces of words that stand there again and again."""
    dark = [run for run in _runs(slanted) if not _is_pale(run)]
    tiled = _tiled(dark, 1)
    kept = [run for run in dark if not any(_text(run) in words for words in tiled)]
    left = sum(map(len, kept))
    if left == len(slanted):
        return slanted
    # Where most are tiles, the rest are pieces of them.
    return () if 2 * left < sum(map(len, dark)) else tuple(char for run in kept for char in run)


def _level_marks(chars: Sequence[Char], width: float) -> set[int]:
    """The ids of the characters of level watermarks."""
    runs = _runs(chars)
    pale = [run for run in runs if _is_pale(run)]
    dark = [run for run in runs if not _is_pale(run)]
    again = _tiled(pale)
    marks = [run for run in pale if any(_text(run) in words for words in again)]
    rest = [run for run in pale if not any(_text(run) in words for words in again)]
    if rest and dark:
        usual = median(char.em for run in dark for char in run)
        over = _Below(dark)
        marks += [run for run in rest if run[0].em > _LARGE * usual or 3 * over.covered(run) > len(run)]
    if repeated := _tiled(dark):
        marks += _dark_marks(dark, frozenset(repeated), width)
    return {id(char) for run in marks for char in run}


def _dark_marks(runs: Sequence[_Run], repeated: frozenset[str], width: float) -> list[_Run]:
    """Of words that a page repeats in the colour of its text, those that stand on other words again and again."""
    below = _Below(runs)
    asked = list(islice((run for run in runs if _text(run) in repeated), _ASKED))
    found = [run for run in asked if below.covered(run) > 1]
    often = {text for text, count in Counter(map(_text, found)).items() if count >= _TIMES}
    return [run for run in runs if _text(run) in often or any(_is_cut(run, text, width) for text in often)]


def _is_cut(run: _Run, whole: str, width: float) -> bool:
    """Whether a run is a piece of these words that the page's edge has cut."""
    text, em = _text(run), run[0].em
    at_right = whole.startswith(text) and run[-1].x1 > width - 1.5 * em
    return at_right or (whole.endswith(text) and run[0].x0 < 1.5 * em)


def _runs(chars: Sequence[Char]) -> list[_Run]:
    """Characters that the file sets one after another on a baseline."""
    runs: list[_Run] = []
    last: Char | None = None
    for char in chars:
        if last is None or not _follows(last, char):
            runs.append([])
        runs[-1].append(char)
        last = char
    return runs


def _follows(before: Char, after: Char) -> bool:
    level = abs(after.y - before.y) < 0.05 * after.em
    return level and after.faint == before.faint and -0.5 < (after.x0 - before.x1) / after.em < 1.5


def _is_pale(run: _Run) -> bool:
    return run[0].faint


def _text(run: _Run) -> str:
    return "".join(char.text for char in run)


def _tiled(runs: Sequence[_Run], least: int = _LEAST) -> list[str]:
    """The texts that stand again and again."""
    often = Counter(map(_text, runs)).most_common(_MOST)
    return [text for text, count in often if count >= _TIMES and len(text) >= least]


class _Below:
    """What stands on a page, to be asked what stands on it."""

    def __init__(self, runs: Sequence[_Run]) -> None:
        self.fields: dict[tuple[int, int], list[tuple[str, Char]]] = {}
        for run in runs:
            text = _text(run)
            for char in run:
                field = self.fields.setdefault(_field(char), [])
                if len(field) < _HELD:
                    field.append((text, char))

    def covered(self, run: _Run) -> int:
        """How many characters of a run have one of another text on them."""
        text = _text(run)
        return sum(self._is_covered(char, text) for char in run[:_MOST])

    def _is_covered(self, char: Char, own: str) -> bool:
        x, y = char.middle
        column, row = _field(char)
        near = (self.fields.get((column + i, row + j), ()) for i in (-1, 0, 1) for j in (-1, 0, 1))
        return any(
            text != own and abs(other.middle[0] - x) < 0.6 * other.em and abs(other.middle[1] - y) < 0.6 * other.em
            for found in near
            for text, other in found
        )


def _field(char: Char) -> tuple[int, int]:
    x, y = char.middle
    return int(x // _FIELD), int(y // _FIELD)
