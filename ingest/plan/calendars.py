"""Which year a month without one belongs to (年度): that of the nearest title above it, else the plan's.

A plan of 2025 has an annex 《2026年工作任务清单》 whose 12月 is of 2026; a notice without a year hands down
现将2019年民生实事目标任务分解. A heading in the body speaks of years in passing (巩固2023年成果) and moves none.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from ingest.base import Header
from ingest.facts.stretch import Calendar
from ingest.language.clean import Clean
from ingest.language.lexicon import Lexicon
from ingest.plan.outline import Outline

_ENDS = ("任务", "工作", "计划", "清单", "要点", "安排", "方案", "项目", "实事", "分工", "分解", "台账", "表")
"""What the title of a list of tasks speaks of."""
_LONGEST_TITLE = 60
_PREAMBLE = 600
"""Characters behind the header in which a notice says of which year the tasks are."""


@dataclass(frozen=True)
class Calendars:
    """The plan's calendar, and the years that titles set: from an offset of the clean text on (None: the plan's)."""

    plan: Calendar
    _starts: tuple[int, ...]
    _years: tuple[int | None, ...]

    def at(self, offset: int) -> Calendar:
        """The calendar in force at an offset of the clean text."""
        here = bisect_right(self._starts, offset) - 1
        year = self._years[here] if here >= 0 else None
        return self.plan if year is None else replace(self.plan, year=year)


def read_calendars(header: Header, text: Clean, outline: Outline, start: int, lexicon: Lexicon) -> Calendars:
    """The calendars of a plan whose body begins at `start`."""
    plan = Calendar.of(header)
    if plan.year is None:
        plan = replace(plan, year=_said_in(text.folded[start : start + _PREAMBLE].partition("\n一、")[0], lexicon))
    titles = sorted({*_annexes(outline, lexicon), *_above_tables(text, start, lexicon)})
    return Calendars(plan, tuple(at for at, _ in titles), tuple(year for _, year in titles))


def _annexes(outline: Outline, lexicon: Lexicon) -> Iterator[tuple[int, int | None]]:
    """Each annex, with the year in its title; without one the plan's year is in force again."""
    for heading in outline.headings:
        if heading.level == 0:
            yield heading.start, _of_title(heading.title, lexicon)


def _above_tables(text: Clean, start: int, lexicon: Lexicon) -> Iterator[tuple[int, int | None]]:
    """Titles that stand right above a table and name a year."""
    for above, below in zip(text.paragraphs, text.paragraphs[1:], strict=False):
        if above.cell is None and below.cell is not None and above.start >= start:
            year = _of_title(text.folded[above.start : above.end], lexicon)
            if year is not None:
                yield above.start, year


def _of_title(title: str, lexicon: Lexicon) -> int | None:
    """The one year in a title; None where there is none, or a span of years."""
    if len(title) > _LONGEST_TITLE or not any(word in title for word in _ENDS):
        return None
    return _said_in(title, lexicon)


def _said_in(words: str, lexicon: Lexicon) -> int | None:
    years = {int(found["year"]) for _, found in lexicon["title_year"].scan(words, 0, len(words))}
    return years.pop() if len(years) == 1 else None
