"""What the words of a table's cell are (单元格里的词): names of units, persons, times, marks; and where they part."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from ingest.language.clean import Clean, Paragraph
from ingest.language.lexicon import Lexicon
from ingest.language.likeness import is_chinese
from ingest.language.units import is_unit
from ingest.model import Role

ROLES: dict[str, Role] = {"lead": "lead", "support": "support", "responsible": "responsible"}
MARK = re.compile(r"[★☆▲△●○◎◇◆■□√✓✔×*＊※]{1,2}")
"""What stands in a crossed table where a task and a unit meet."""
NUMBERED = re.compile(r"(?:\d{1,2}[.．、)）](?!\d)|（\d{1,2}）|[①-⑳])")
"""A number in front of a name in a list of lines."""
NOTHING = {"", "/", "—", "-", "——", "无", "\\", "／"}
SEPARATORS = "、，；/／,;"
_PLACES = ("县", "区", "市", "州", "旗")
_LONGEST_PLACE = 6
_LONGEST_PERSON = 12
"""Characters of a person's name with the office behind it."""
_SHORTEST_FULL, _ORGANS = 3, "局委办厅部司处科站所"
"""Characters of a word that may be half of an organ's name, and what its other half then is."""
_LONGEST_TIME = 24
"""Characters of a cell that says a time and nothing besides."""


def is_name(name: str, lexicon: Lexicon) -> bool:
    """Of a unit, or of a place that answers for itself: 市中区, 夹江县."""
    return is_unit(name, lexicon) or (1 < len(name) <= _LONGEST_PLACE and name.endswith(_PLACES) and is_chinese(name))


def is_person(said: str, lexicon: Lexicon) -> bool:
    """Whether these words are a person's name, with or without an office, and no unit's."""
    if not 1 < len(said) <= _LONGEST_PERSON or is_name(said, lexicon):
        return False
    # 金融, 林业, 应急 begin as names of persons do; they are what an organ's name begins with.
    if len(said) <= _SHORTEST_FULL and any(f"{said}{organ}" in lexicon.aliases for organ in _ORGANS):
        return False
    return lexicon["person_name"].whole(said) is not None


def gaps_in(clean: Clean, start: int, end: int) -> tuple[int, ...]:
    """Where in a cell a blank or a line break stood."""
    return clean.gaps[bisect_right(clean.gaps, start) : bisect_left(clean.gaps, end)]


def elements_in(clean: Clean, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches between marks, blanks and line breaks, at no depth of brackets."""
    depth, low = 0, start
    gaps = {*gaps_in(clean, start, end)}
    for at in range(start, end + 1):
        character = clean.folded[at] if at < end else "、"
        parts = character in SEPARATORS or (at in gaps and character not in "（〔")
        if at == end or (depth <= 0 and parts):
            if at > low:
                yield low, at
            low = at + (character in SEPARATORS)
        depth += (character in "（〔") - (character in "）〕")


def are_units(clean: Clean, cell: Paragraph, lexicon: Lexicon) -> bool:
    """Whether a cell holds names of units, with numbers in front of them and persons behind them or not."""
    said = [without_number(clean.folded[low:high]) for low, high in elements_in(clean, cell.start, cell.end)]
    named = [is_name(each, lexicon) for each in said]
    # A name that a narrow column broke is one when it is put together again.
    glued = [*re.split(f"[{SEPARATORS}]", clean.folded[cell.start : cell.end])]
    return any(named) and (
        all(is_named or is_person(each, lexicon) for is_named, each in zip(named, said, strict=True))
        or all(is_name(without_number(each), lexicon) for each in glued if each)
    )


def are_persons(clean: Clean, cell: Paragraph, lexicon: Lexicon) -> bool:
    """Whether a cell holds names of persons."""
    names = re.split(f"[{SEPARATORS}]", clean.folded[cell.start : cell.end])
    said = [clean.folded[low:high] for low, high in elements_in(clean, cell.start, cell.end)]
    return any(all(is_person(each, lexicon) for each in parted if each) for parted in (names, said))


def is_time(clean: Clean, cell: Paragraph, lexicon: Lexicon) -> bool:
    """Whether a cell says a time."""
    said = clean.folded[cell.start : cell.end]
    return len(said) <= 2 * _LONGEST_TIME and lexicon["deadline+time_field"].search(said) is not None


def are_marks(said: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether all cells of a column hold marks, or single words that say a role."""
    return bool(said) and all(MARK.fullmatch(each) or lexicon["mark_word"].whole(each) for each in said)


def without_number(said: str) -> str:
    """The words behind the number in front of them."""
    found = NUMBERED.match(said)
    return said[found.end() if found else 0 :].strip(SEPARATORS)
