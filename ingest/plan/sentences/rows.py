"""Duties listed a unit a line (各单位分工): a row of lines tells of each of them what it is.

`市水务局：依据职责做好管护` charges nobody by itself, for nothing says that duties follow. In a row of which most lines
say 负责, or below 职责分工如下：, it does; and there 商委：, which no register knows, names a unit as 市教委： does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.language.clean import Paragraph
from ingest.language.lexicon import Lexicon
from ingest.language.units import is_collective, is_unit
from ingest.plan.sentences.duties import DutyHead

_LABEL = re.compile(r"(?:（?\d{1,2}[）.、]|[①-⑳])?([^\W\d_]{2,12})：(?=[^\n])")
_LEAST_KNOWN = 2
"""Units that are known in a row, from which on it tells of an unknown name that it is one."""


def rows_of_duties(
    text: str, paragraphs: Sequence[Paragraph], heads: list[list[DutyHead]], free: Sequence[bool], lexicon: Lexicon
) -> set[int]:
    """Which lines stand in rows of duties; `heads`, those of each line, gains the names that only their row tells."""
    listed: set[int] = set()
    row: list[int] = []
    new: dict[int, DutyHead] = {}
    for nth in range(len(paragraphs) + 1):
        own = nth < len(paragraphs) and free[nth] and _front(text, paragraphs[nth], heads[nth], lexicon)
        if own:
            row.append(nth)
            if not heads[nth]:
                new[nth] = own
            continue
        if len(row) > 1 and _are_duties(
            text, paragraphs, row, [heads[n][0] if heads[n] else new[n] for n in row], lexicon
        ):
            listed.update(row)
            if sum(bool(heads[n]) for n in row) >= _LEAST_KNOWN:
                for n in row:
                    heads[n] = heads[n] or [new[n]]
        row = []
    return listed


def _front(text: str, line: Paragraph, heads: Sequence[DutyHead], lexicon: Lexicon) -> DutyHead | None:
    """The names in front of the first colon of a line; where the register knows none, one that may be a unit's."""
    if heads:
        return heads[0]
    found = _LABEL.match(text, line.start, line.end)
    if found is None or lexicon["label"].match(text, found.start(1), found.end(1)) is not None:
        return None
    name = found[1]
    if not is_unit(name, lexicon) or is_collective(name, lexicon) or lexicon["no_body"].whole(name):
        return None
    return DutyHead(found.start(1), found.end(1), found.end(), "responsible", "duties")


def _are_duties(
    text: str, paragraphs: Sequence[Paragraph], row: Sequence[int], heads: Sequence[DutyHead], lexicon: Lexicon
) -> bool:
    """Whether most lines of a row say 负责 or another word of a duty, or the line above says that duties follow."""
    above = paragraphs[row[0] - 1] if row[0] else None
    if (
        above is not None
        and text[above.end - 1] == "："
        and lexicon["over_duties"].search(text, above.start, above.end)
    ):
        return True
    said = (lexicon["duty_opening"].match(text, head.end) is not None for head in heads)
    return 2 * sum(said) >= len(row)
