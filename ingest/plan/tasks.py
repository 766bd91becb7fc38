"""Sections and statements → tasks (任务): which text each responsibility statement governs.

A statement governs all body text since its item's heading or the statement before it. Statements that follow one
another (牵头单位： on one line, 配合单位： on the next) are one. A statement behind the last of several points that
have none governs them all; one in front of the text, right under a heading, governs what follows.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from msgspec.structs import replace

from ingest.base import Record
from ingest.language.clean import Clean
from ingest.language.likeness import is_chinese
from ingest.model import Role, TaskForm
from ingest.plan.labels import below_notes
from ingest.plan.milestones import Progress, before_signature, behind_progress_label, behind_task_label, only_fields
from ingest.plan.outline import Outline
from ingest.plan.statements import FirstLeads, Statement

_FILLER = re.compile(r"[\s。；，、：]*")
_BULLETS = frozenset("●○•·・▪▫■□◆◇▲△►▶➢➤✓✔√※☑")
"""Signs that stand in front of the points of a list (项目符号) and say nothing."""
_LONGEST_TITLE = 36
"""Characters of a heading with its number; a longer line is a task of its own."""
_TITLE_LINE = range(3, 17)
"""Characters of a title without a number on a line of its own."""
_WITHOUT_QUOTES = str.maketrans("", "", "“”")
_LEAST_TEXT = 8
"""Characters below which what stands behind a table is no task of its own."""
_CHARGES = ("牵头", "负责", "配合", "协助", "参与")
"""Words of a clause that charges somebody."""
_LEAST_CELLS, _ROW = 4, 20
"""Cells that make a table, among so many paragraphs above its end; one alone may be a line that a page's frame cut."""
_LIST_ITEM = ("three", "four", "five")


@dataclass(frozen=True)
class TargetCell:
    """A cell that says how much is to be reached; `measure` is the unit that column or row state for a bare number."""

    start: int
    end: int
    measure: str = ""


class HeadedCell(Record, frozen=True):
    """A cell `[start, end)` of a task's row under the head of its column, `[head_start, head_end)` (empty where it has
    none), and what the column is: a role, `time`, `stage`, …"""

    head_start: int
    head_end: int
    start: int
    end: int
    kind: str = ""


class Draft(Record, frozen=True):
    """A task before its facts: section (an index, or None), text `[start, end)` of the clean text, its statements.

    `holes` are stretches of the text that belong to others (a progress paragraph); `values` are further cells of a
    table row that hold its facts; `number` is the row's own where a table numbers its rows. `cells` are all cells of
    the row, `cited` those beside the task that may cite a document; `form` is how it is assigned.
    """

    section: int | None
    start: int
    end: int
    statements: tuple[Statement, ...]
    holes: tuple[tuple[int, int], ...] = ()
    values: tuple[TargetCell, ...] = ()
    number: str | None = None
    cells: tuple[HeadedCell, ...] = ()
    cited: tuple[tuple[int, int], ...] = ()
    form: TaskForm = "bracket"

    def with_leads(self, leads: FirstLeads) -> Draft:
        """The draft, in its statements the first unit leading where that is declared."""
        return replace(self, statements=tuple(leads.applied(statement) for statement in self.statements))


def draft_tasks(
    clean: Clean, outline: Outline, statements: Sequence[Statement], progress: Sequence[Progress], start: int
) -> list[Draft]:
    """The tasks of the running text, in order."""
    drafts: list[Draft] = []
    groups = _adjacent(clean, [s for s in statements if not _inside(s.start, progress)])
    by_section: dict[int | None, list[tuple[Statement, ...]]] = {}
    cursor = -1
    for group in groups:
        while cursor + 1 < len(outline.headings) and outline.headings[cursor + 1].start <= group[0].start:
            cursor += 1
        by_section.setdefault(cursor if cursor >= 0 else None, []).append(group)
    holes = [(p.start, p.end) for p in progress]
    last_only = cache(lambda: _only_last_points(outline, by_section))
    for section in sorted(by_section, key=lambda s: -1 if s is None else s):
        own = _Own(clean, outline, section, start, holes)
        if (
            section is not None
            and (parent := _governed_parent(outline, section, by_section, clean, last_only)) is not None
        ):
            drafts.append(own.draft(outline.headings[parent].body, by_section[section][0], parent))
            continue
        below = _governed_below(clean, outline, section, by_section)
        if below is not None and (draft := own.after(by_section[below[0]][0], below[1])) is not None:
            drafts.append(draft)
            continue
        drafts.extend(_split(own, by_section[section], section))
    return [draft for draft in drafts if any(s.parsed.units or _in_charge(s) for s in draft.statements)]


def _in_charge(statement: Statement) -> bool:
    """Whether it names a person in charge; whom to call (联系人：李明华) is in charge of nothing."""
    return any(not label.startswith("联系") for _, _, label in statement.parsed.people)


def _inside(position: int, progress: Sequence[Progress]) -> bool:
    before = bisect_right(progress, position, key=lambda paragraph: paragraph.start)
    return before > 0 and position < progress[before - 1].end


def _adjacent(clean: Clean, statements: Sequence[Statement]) -> list[tuple[Statement, ...]]:
    """Statements with nothing but punctuation between them, together."""
    groups: list[list[Statement]] = []
    roles: set[Role] = set()
    for statement in statements:
        here = {unit.role for unit in statement.parsed.units}
        if groups and statement.start < groups[-1][-1].end:
            continue
        if (
            groups
            and _adjoin(clean.folded, groups[-1][-1], statement)
            and (not here or not roles or not here <= roles or statement.parsed.labelled)
        ):
            # It adds a role, people or a time.
            groups[-1].append(statement)
            roles |= here
        else:
            groups.append([statement])
            roles = here
    return [tuple(group) for group in groups]


def _adjoin(text: str, before: Statement, behind: Statement) -> bool:
    """Whether nothing stands between two statements, or between two lines of labels nothing but other fields."""
    between = before.end, behind.start
    lines = before.labelled_line and behind.labelled_line
    return bool(_FILLER.fullmatch(text, *between) or (lines and only_fields(text, *between)))


def past_marks(text: str, low: int, high: int) -> int:
    """Where a task's own words begin: behind punctuation, a bullet or a number such as 1）, a dash before a word."""
    filler = _FILLER.match(text, low, high)
    low = filler.end() if filler else low
    start = low
    while low < high and text[low] in _BULLETS:
        low += 1
    digits = low
    while digits < high and digits - low < 2 and text[digits].isdecimal():
        digits += 1
    if digits > low and text[digits : digits + 1] == "）":
        low = digits + 1
    elif text[low : low + 1] in ("-", "—", "–") and text[low + 1 : low + 2] >= "一":
        low += 1
    return low if low < high else start


class _Own:
    """The own text of one section."""

    def __init__(
        self, clean: Clean, outline: Outline, section: int | None, start: int, holes: list[tuple[int, int]]
    ) -> None:
        self.clean, self.outline, self.section = clean, outline, section
        heading = outline.headings[section] if section is not None else None
        self.heading = heading
        self.body = heading.body if heading else start
        self.end = (
            outline.ends[section]
            if section is not None
            else (outline.headings[0].start if outline.headings else len(clean.text))
        )
        if self.end == len(clean.text):
            self.end = before_signature(clean.folded, self.body, self.end)
        self.holes = sorted(holes[bisect_left(holes, (self.body,)) : bisect_left(holes, (self.end,))])

    def draft(self, low: int, group: tuple[Statement, ...], section: int | None) -> Draft:
        """The task that runs from `low` to its statement."""
        text = self.clean.folded
        high = group[0].start
        low = below_notes(text, past_marks(text, self._behind_table(low, high), high), high)
        low = label if high - (label := behind_task_label(text, low, high) or high) > 4 else low
        while high > low and text[high - 1] in "\n，；：、":
            high -= 1
        inside = tuple(self.holes[bisect_left(self.holes, (low,)) : bisect_left(self.holes, (high,))])
        return Draft(section, low, high, group, inside)

    def _behind_table(self, low: int, high: int) -> int:
        """Where the text begins behind a table above it, whose rows are tasks of their own; `low` where none stands
        there, or nothing behind it."""
        paragraphs = self.clean.paragraphs
        last = bisect_left(paragraphs, high, key=lambda paragraph: paragraph.start) - 1
        while last >= 0 and paragraphs[last].start >= low and paragraphs[last].cell is None:
            last -= 1
        behind = paragraphs[last].end if last >= 0 else low
        above = paragraphs[max(0, last - _ROW) : last + 1]
        if sum(paragraph.cell is not None and paragraph.start >= low for paragraph in above) < _LEAST_CELLS:
            return low
        while behind < high and self.clean.folded[behind] in "\n|｜│┃∣":
            behind += 1  # The bar that ends a row which was pasted.
        return behind if low < behind <= high - _LEAST_TEXT else low

    def after(self, group: tuple[Statement, ...], end: int) -> Draft | None:
        """The task that a statement in front of its text governs."""
        low = below_notes(self.clean.folded, past_marks(self.clean.folded, group[-1].end, end), end)
        low = behind_task_label(self.clean.folded, low, end) or low
        for hole in self.holes:
            if low <= hole[0] < end:
                end = self.clean.folded.rfind("\n", 0, hole[0])
        end = before_signature(self.clean.folded, low - 1, end)
        while end > low and self.clean.folded[end - 1] in "\n":
            end -= 1
        return Draft(self.section, low, end, group) if end - low >= 8 else None


def _split(own: _Own, groups: list[tuple[Statement, ...]], section: int | None) -> Iterator[Draft]:
    low = own.body
    ends = [own.body, *(group[-1].end for group in groups)]
    titles = [_behind_title(own.clean, *between) for between in zip(ends, (g[0].start for g in groups), strict=False)]
    titled = len(groups) > 1 and all(titles)
    for position, group in enumerate(groups):
        draft = own.draft(titles[position] if titled else low, group, section)
        another = position + 1 < len(groups)
        following = groups[position + 1][0].start if another else own.end
        rest = _rest_of_sentence(own.clean.folded, group[-1].end, following, another)
        if draft.end - draft.start < 2:
            ahead = own.after(group, following) if position + 1 == len(groups) else None
            if ahead is not None:
                yield ahead
            elif own.heading is not None and own.heading.title and position == 0:
                yield Draft(section, own.heading.end - len(own.heading.title), own.heading.end, group)
        elif rest:
            yield replace(draft, end=rest, holes=(*draft.holes, (group[0].start, group[-1].end)))
        else:
            yield draft
        low = rest or group[-1].end


def _rest_of_sentence(text: str, start: int, following: int, another: bool) -> int:
    """Where a sentence ends that goes on behind its statement: 编制规划（由市水务局牵头），报市政府批准.

    0 where it does not, or where `another` statement stands in it or right behind it, at `following`. A clause that
    charges somebody else, 由市审计局负责监督, is left to the sentences, and to the ledger, which tells it.
    """
    if text[start : start + 1] != "，":
        return 0
    ends = [end for sign in "。；\n" if (end := text.find(sign, start, following)) >= 0]
    end = min(ends, default=0 if another else following)
    charged = min((at for word in _CHARGES if (at := text.find(word, start, end)) >= 0), default=end)
    if charged < end:
        end = text.rfind("，", start + 1, charged)
    return 0 if end < 0 or (another and _FILLER.fullmatch(text, end, following)) else end


def _behind_title(clean: Clean, low: int, high: int) -> int:
    """Where the text begins behind the last title without a number, a short line (抓党建); 0 where none stands."""
    first = bisect_left(clean.paragraphs, low, key=lambda paragraph: paragraph.start)
    last = bisect_left(clean.paragraphs, high, key=lambda paragraph: paragraph.start)
    behind = 0
    for title, text in pairwise(clean.paragraphs[first:last]):
        short = title.end - title.start in _TITLE_LINE and text.end - text.start > _LONGEST_TITLE
        if short and is_chinese(clean.folded[title.start : title.end].translate(_WITHOUT_QUOTES)):
            behind = text.start
    return behind


def _governed_below(
    clean: Clean, outline: Outline, section: int | None, by_section: dict[int | None, list[tuple[Statement, ...]]]
) -> tuple[int, int] | None:
    """Where a statement stands in a heading, `一、宣传教育（责任单位：…）`, and what is below states nothing itself:
    the section, and where the text that it governs ends."""
    if section is None or len(by_section[section]) != 1:
        return None
    heading, group = outline.headings[section], by_section[section][0]
    title = clean.folded[heading.start : group[0].start]
    if "\n" in title or len(title) > _LONGEST_TITLE or re.search("[。；]", title):
        return None
    behind = clean.folded[group[-1].end : group[-1].end + 2]
    alone = behind[:1] == "\n" or (behind == "。\n" and outline.children(section))
    headed = heading.title and heading.end == heading.body == group[0].start
    if not (headed or (alone and not _FILLER.fullmatch(clean.folded, heading.body, group[0].start))):
        return None
    last = section
    while last + 1 < len(outline.headings) and outline.headings[last + 1].level > heading.level:
        last += 1
        if last in by_section:
            return None
    return section, outline.ends[last]


def _governed_parent(
    outline: Outline,
    section: int,
    by_section: dict[int | None, list[tuple[Statement, ...]]],
    clean: Clean,
    last_only: Callable[[], bool],
) -> int | None:
    """The item that a statement behind the last of its points governs, or None where it governs its point alone;
    `last_only` says of the plan whether no points but the last of their items have statements."""
    heading = outline.headings[section]
    parent = heading.parent
    if parent is None or heading.kind not in (*_LIST_ITEM, "two") or len(by_section[section]) != 1:
        return None
    siblings = outline.children(parent)
    if len(siblings) < 2 or siblings[-1] != section or parent in by_section:
        return None
    group = by_section[section][0]
    # Behind its point it may be that point's alone, unless the item is a small one, （一）… 1.… 2.…, or it stands on a
    # line of its own in a plan none of whose points but the last is anybody's.
    small = outline.headings[parent].level >= 2 and heading.kind != "two"
    if not small and not (_on_own_line(clean, group) and last_only()):
        return None
    alone = not any(s in by_section for s in range(parent + 1, section)) and not outline.children(section)
    return parent if alone and _ends_its_section(clean, outline, section, group) else None


def _on_own_line(clean: Clean, group: tuple[Statement, ...]) -> bool:
    return clean.folded[group[0].start - 1 : group[0].start] == "\n"


def _only_last_points(outline: Outline, by_section: dict[int | None, list[tuple[Statement, ...]]]) -> bool:
    """Whether no point before the last of its item has a statement, in any item of the first level."""
    items = (item for item, heading in enumerate(outline.headings) if heading.level == 1)
    points = [points for item in items if len(points := outline.children(item)) > 1]
    return not any(section in by_section for each in points for section in range(each[0], each[-1]))


def _ends_its_section(clean: Clean, outline: Outline, section: int, group: tuple[Statement, ...]) -> bool:
    rest = clean.folded[group[-1].end : outline.ends[section]].strip("。；\n")
    return not rest or behind_progress_label(rest, 0, len(rest)) > 0
