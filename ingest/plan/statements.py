"""Where a plan assigns responsibility (责任括号、责任行): brackets and labelled lines found in the running text.

A bracket is a responsibility statement when what it holds is units and role words, behind a sentence or at the end of
a task. `（检验检疫合格证明、核酸检测证明）` explains, `（园长）` widens a word: they are left to the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from operator import itemgetter

from msgspec.structs import replace

from ingest.base import Record
from ingest.language.clean import Clean, Paragraph
from ingest.language.lexicon import Lexicon, Rule
from ingest.language.units import is_unit, prefix_of, split_list
from ingest.plan.assignments import Parsed, lead_first, names_nobody, parse_statement, parse_wording
from ingest.plan.brackets import open_brackets, outer_brackets
from ingest.plan.labels import Wording, begins_with_a_name, time_at
from ingest.plan.tokens import ROLES

_LONGEST_STATEMENT = 900
"""Characters of a statement; a longer bracket explains something."""
_SENTENCE_END = "。；！？”）〕\n"
_LONGEST_MARK = 4
"""Characters of what may stand in front of a label on its line."""
_DAY = re.compile(r"(?:20\d\d|二[〇○零][一-鿿〇○]{2})年[^，。；：]{3,9}日")
"""The day below the name of who signs a plan (GB/T 9704-2012 7.3.5)."""
_ENDS_OF_NAMES = frozenset(
    "局委办厅部院署会心司团府处道队室行关所站镇乡县区市校馆庭网企联位门村业人导限间头责合底前，。；：、）"
)
"""What stands in front of a blank that parts names, role words, labels."""
_ORGANS = ("管委会", "管理委员会", "政府", "人民政府", "办公室", "委员会", "办事处", "党委", "党工委")
"""What a name goes on with: 高新区 管委会 is one."""
_WORDS = (
    *_ORGANS,
    "指挥部",
    "中心",
    "支队",
    "大队",
    "总队",
    "街道",
    "公司",
    "集团",
    "学院",
    "学校",
    "医院",
    "法院",
    "检察院",
)
"""Words that a blank does not part: 纪委办 公室."""
_TORN = frozenset((word[:at], word[at:]) for word in _WORDS for at in range(1, len(word)))
_FEW_INSIDE = 3
_LONGEST_ROLE = 12
"""Characters at the end of a bracket in which its role words stand."""
_LONGEST_FIRST = 30
"""Characters in which the first name behind a label ends."""
_LONGEST_TIME = 60
"""Characters of a time field with its label."""
_MOST_LINES = 30
"""Lines of names below a label."""


class Statement(Record, frozen=True):
    """责任表述: `[start, end)` of the clean text with its brackets or label, and what it says."""

    start: int
    end: int
    parsed: Parsed
    labelled_line: bool = False


def find_statements(clean: Clean, start: int, lexicon: Lexicon) -> list[Statement]:
    """All statements of the running text from `start` on, in order."""
    wording = Wording(clean.folded, lexicon, _parting(clean))
    statements = list(_brackets(clean, start, wording))
    covered = [(s.start, s.end) for s in statements]
    statements.extend(_label_lines(clean, start, covered, wording))
    statements.extend(_time_lines(clean, start, wording, statements))
    return sorted(statements, key=lambda s: s.start)


def _parting(clean: Clean) -> frozenset[int]:
    """The blanks that part something: none where most stand inside words, as in text copied out of a page."""
    inside = sum(clean.folded[at - 1] not in _ENDS_OF_NAMES for at in clean.blanks)
    if inside > max(_FEW_INSIDE, len(clean.blanks) / 2):
        return frozenset()
    text = clean.folded
    torn = {
        at for at in clean.blanks for one, other in _TORN if text.startswith(other, at) and text.endswith(one, 0, at)
    }
    return frozenset(at for at in clean.blanks if at not in torn and not text.startswith(_ORGANS, at))


@dataclass(frozen=True)
class FirstLeads:
    """Where `列第一位者为牵头单位，下同` holds: from each place that declares it to the end of its annex, and, where a
    note below a table declares it, in that table. `notes` are (where the table begins, its note's declaration)."""

    declared: Sequence[tuple[int, int]]
    notes: Sequence[tuple[int, tuple[int, int]]]
    annexes: Sequence[int]

    @cached_property
    def _tables(self) -> list[int]:
        """Of the notes from each on, the first place of a table above one of them."""
        return [*accumulate((table for table, _ in reversed(self.notes)), min)][::-1]

    def applied(self, statement: Statement) -> Statement:
        """The statement, its first unit leading where that is declared for it."""
        declaration = self._declaration(statement)
        return (
            statement if declaration is None else replace(statement, parsed=lead_first(statement.parsed, declaration))
        )

    def _declaration(self, statement: Statement) -> tuple[int, int] | None:
        """The words that declare it for a statement: the last before it in its annex, else the note below its table."""
        annexes = bisect_right(self.annexes, statement.start)
        begin = self.annexes[annexes - 1] if annexes else 0
        last = bisect_left(self.declared, statement.end, key=itemgetter(0)) - 1
        if last >= 0 and self.declared[last][0] >= begin:
            return self.declared[last]
        below = bisect_right(self.notes, statement.start, key=lambda note: note[1][0])
        if below < len(self.notes) and self._tables[below] <= statement.start:
            return self.notes[below][1]
        return None


def find_first_leads(clean: Clean, annexes: Sequence[int], lexicon: Lexicon) -> FirstLeads:
    """What the plan declares of the first unit of a list; `annexes` is where its annexes begin."""
    declared = [match.span() for _, match in lexicon["first_leads"].scan(clean.folded, 0, len(clean.folded))]
    return FirstLeads(declared, list(_notes(clean, declared, lexicon)), annexes)


def _notes(clean: Clean, declared: list[tuple[int, int]], lexicon: Lexicon) -> Iterator[tuple[int, tuple[int, int]]]:
    """Where the table begins under which a note (注：列第一位的为牵头单位) stands, and its declaration."""
    begins: dict[int, int] = {}
    table, passed = 0, 0
    for declaration in declared:
        here = bisect_right(clean.paragraphs, declaration[0], key=lambda each: each.start)
        for paragraph in clean.paragraphs[passed:here]:
            if paragraph.cell is not None:
                table = paragraph.cell.table
                begins.setdefault(table, paragraph.start)
        passed = here
        note = clean.paragraphs[here - 1]
        if begins and lexicon["note"].match(clean.folded, note.start, note.end):
            yield begins[table], declaration


def _brackets(clean: Clean, start: int, wording: Wording) -> Iterator[Statement]:
    lexicon = wording.lexicon
    units_cells: dict[int, bool] = {}
    places = [(low, high, high - 1) for low, high in outer_brackets(clean.folded, start)]
    places += [(low, high, high) for low, high in open_brackets(clean.folded, start)]
    for low, high, inner in sorted(places):
        if lexicon["explains"].match(clean.folded, low + 1) or high - low < 4:
            continue
        if high - low > _LONGEST_STATEMENT or not lexicon["hint"].search(clean.folded, low + 1, inner):
            continue
        parsed = parse_wording(wording, low + 1, inner)
        if inner == high and parsed is not None and not (parsed.explicit or parsed.labelled):
            continue  # Nobody says where what is not closed ends.
        if (
            parsed is not None
            and _stands_as_statement(clean, low, high, parsed, lexicon)
            and not _signs_the_title(clean.folded, low, high)
            and not _in_units_cell(clean, low, units_cells, lexicon)
        ):
            yield Statement(low, high, parsed)


def _signs_the_title(text: str, low: int, high: int) -> bool:
    """Whether a bracket on a line of its own, with nothing but titles before it, names the issuer: （县河长办）."""
    alone = text[low - 1 : low] in ("\n", "") and text[high : high + 1] in ("\n", "")
    return alone and low < 200 and not re.search("[。；：]", text[:low])


def _in_units_cell(clean: Clean, position: int, known: dict[int, bool], lexicon: Lexicon) -> bool:
    """Whether a bracket stands behind a name in a table cell that holds nothing but units: 住建局（人防办）.

    `known` keeps of each cell, by its start, what was found.
    """
    paragraph = clean.paragraphs[bisect_right(clean.paragraphs, position, key=lambda each: each.start) - 1]
    if paragraph.cell is None or position == paragraph.start:
        return False
    if paragraph.start not in known:
        parsed = parse_statement(clean.folded, paragraph.start, paragraph.end, lexicon)
        known[paragraph.start] = parsed is not None
    return known[paragraph.start]


def _stands_as_statement(clean: Clean, low: int, high: int, parsed: Parsed, lexicon: Lexicon) -> bool:
    """Whether a bracket that holds units assigns them: behind a sentence, or at the end of one."""
    text = clean.folded
    if parsed.labelled:
        return True
    before = text[low - 1 : low]
    after = text[high : high + 1]
    if parsed.explicit and before == "》":
        return after in "。；\n"  # 按照《办法》（市水务局制定）执行 says whose it is.
    if parsed.explicit:
        # （由省教育厅负责解释）-like asides stand inside a sentence and go on behind the bracket.
        goes_on = after in "，、的和与等" and not _charges_inside(clean.folded, low, high, parsed, lexicon)
        return before in _SENTENCE_END or after in "。；\n（〔" or not goes_on
    if len(parsed.units) == 1 and lexicon["reported_to"].search(text, max(0, low - 40), low):
        return False
    if before in "。；！？\n":
        return True
    if before == "”":
        return after in ("。", "；", "\n", "（", "〔", "")  # “一场两馆”（体育场、体育馆）项目建设 goes on.
    if before in "）〕":
        return after not in "，、的和与等" or after == ""
    if after not in ("。", "；", "\n", "（", "〔", ""):
        return False
    sentence = re.split(r"[，。；：、\n]", text[max(0, low - 40) : low])[-1]
    return not (is_unit(sentence[-12:], lexicon) and len(parsed.units) == 1 and len(sentence) <= 14)


def _charges_inside(text: str, low: int, high: int, parsed: Parsed, lexicon: Lexicon) -> bool:
    """Whether a bracket charges units although its sentence goes on: 编制规划（由市水务局牵头），报市政府批准.

    Behind 、 and 和 it goes on with other work, which another bracket charges (建台账（A负责）、查隐患（B负责）).
    """
    names = [text[each.start : each.end] for each in parsed.units]
    ends = lexicon["tail"].ending(text, max(low + 1, high - _LONGEST_ROLE), high - 1)
    if not names or ends is None or not all(_is_plain_name(name, lexicon) for name in names):
        return False
    if text[high] == "，":
        return True
    rest = re.split("[。；\n]", text[high : high + _LONGEST_STATEMENT])[0].partition("（")[2].partition("）")[0]
    return text[high] in "、和与" and lexicon["tail"].ending(rest, 0, len(rest)) is not None


def _label_lines(clean: Clean, start: int, covered: list[tuple[int, int]], wording: Wording) -> Iterator[Statement]:
    text = clean.folded
    spans = iter(covered)
    current = next(spans, None)
    for nth, paragraph in enumerate(clean.paragraphs):
        if (
            paragraph.end <= start
            or paragraph.cell is not None
            or wording.lexicon["page_foot"].search(text, paragraph.start, paragraph.end)
        ):
            continue
        position = max(paragraph.start, start)
        while (found := _label_at(wording, position, paragraph)) is not None:
            label, value = found
            while current is not None and current[1] <= label:
                current = next(spans, None)
            if current is not None and current[0] <= label:
                position = current[1]
                continue
            begins = label in wording.blanks or _begins_line(text, label, paragraph.start, wording.lexicon)
            if not begins and _time_in_front(wording, label) is None:
                position = value
                continue
            stop = _label_line_end(text, value, paragraph.end, wording.lexicon)
            if stop == paragraph.end:
                stop = _names_below(clean, nth, wording.lexicon)
            parsed = parse_wording(wording, label, stop)
            nobody = (value < stop and names_nobody(text, value, stop)) or wording.asks_for_contact(label)
            if parsed is not None and (parsed.units or parsed.people or parsed.times or nobody):
                yield Statement(label, stop, parsed, labelled_line=True)
            position = stop


def _label_at(wording: Wording, position: int, paragraph: Paragraph) -> tuple[int, int] | None:
    """Where the next label of a paragraph begins, and where its value does: behind a colon, or a blank at its head."""
    text, label = wording.text, wording.lexicon["label"]
    if position == paragraph.start:
        bare = label.match(text, position, paragraph.end)
        if bare and bare[0].value != "time" and _without_colon(wording, bare[1].end(), paragraph.end):
            return position, bare[1].end()
        if bare and bare[1].end() in wording.blanks and _stands_behind_a_gap(wording, *bare, paragraph.end):
            return position, bare[1].end()
    for rule, found in wording.lexicon["label_line"].scan(text, position, paragraph.end):
        first = label.search(text, found.start(), found.end())
        if first is None or first[1].end() != found.end() - 1:
            continue
        if rule.value == "label-line" or _without_colon(wording, found.end(), paragraph.end):
            return first[1].start(), found.end()
    return None


def _without_colon(wording: Wording, value: int, end: int) -> bool:
    """Whether a label at the head of a line is one without a colon: 责任单位 市住建局, 牵头单位市住建局."""
    first = re.split("[、，；。]", wording.text[value : min(end, value + _LONGEST_FIRST)])[0]
    return _is_plain_name(first, wording.lexicon)


def _stands_behind_a_gap(wording: Wording, rule: Rule, label: re.Match[str], end: int) -> bool:
    """Whether a label's gap has its value behind it: 责任领导 王晓东, 责任单位 研究生院 人事处."""
    if rule.value in ROLES:
        return begins_with_a_name(wording, label.end(), end)
    stop = min((at for at in wording.blanks if label.end() < at < end), default=end)
    name = re.split("[、，；]", wording.text[label.end() : min(stop, label.end() + _LONGEST_FIRST)])[0]
    return rule.value == "person" and wording.lexicon["person_name"].whole(name) is not None


def _names_below(clean: Clean, nth: int, lexicon: Lexicon) -> int:
    """Where the names end that stand below a label's line, one a line; who signs the plan is none of them."""
    text, stop = clean.folded, clean.paragraphs[nth].end
    if text[stop - 1] in "。；":
        return stop
    below = clean.paragraphs[nth + 1 : nth + 1 + _MOST_LINES]
    for line, behind in zip(below, [*below[1:], None], strict=False):
        said = text[line.start : line.end]
        signs = behind is not None and _DAY.fullmatch(text, behind.start, behind.end)
        pieces = split_list(said, 0, len(said.rstrip("。；、，")), lexicon)
        names = [said[each.start : each.end] for each in pieces]
        if line.cell is not None or signs or not all(_is_plain_name(name, lexicon) for name in names):
            break
        stop = line.end
    return stop


def _is_plain_name(name: str, lexicon: Lexicon) -> bool:
    """A unit's name that the register knows, or that has its level in front; 消防 below a label is a heading."""
    prefix = prefix_of(name)
    return is_unit(name, lexicon) and (bool(prefix) or name in lexicon.aliases or name.startswith("各"))


def _time_lines(clean: Clean, start: int, wording: Wording, others: Sequence[Statement]) -> Iterator[Statement]:
    """`完成时限：2024年6月底前` on a line of its own, or right in front of one of the `others`, belongs to it."""
    text = clean.folded
    for other in others:
        field = _time_in_front(wording, other.start)
        if field is not None and field[0] >= start:
            yield Statement(field[0], other.start, Parsed(times=(field[1],), labelled=True), True)
        behind = None if other.labelled_line else time_at(text, other.end, len(text), wording.lexicon)
        if behind is not None:
            yield Statement(other.end, behind[1], Parsed(times=(behind,), labelled=True), True)
    begun = sorted(other.start for other in others)
    for paragraph in clean.paragraphs:
        if paragraph.start < start or paragraph.cell is not None or paragraph.end - paragraph.start > _LONGEST_TIME:
            continue
        if bisect_left(begun, paragraph.start) < bisect_left(begun, paragraph.end):
            continue
        opening = text[paragraph.start] in "（〔；"
        low = paragraph.start + opening
        found = wording.lexicon["label"].match(text, low, paragraph.end)
        colon = found is not None and text.startswith("：", found[1].end(), paragraph.end)
        if found and found[0].value == "time" and (colon or found[1].end() in wording.blanks):
            time = (found[1].end() + colon, paragraph.end - (text[paragraph.end - 1] in "）〕"))
            yield Statement(paragraph.start, paragraph.end, Parsed(times=(time,), labelled=True), True)


def _time_in_front(wording: Wording, position: int) -> tuple[int, tuple[int, int]] | None:
    """The time field that ends at `position`, in front of who is charged: where it begins, and its value."""
    text = wording.text
    low = max(text.rfind("\n", 0, position) + 1, position - _LONGEST_TIME)
    low = max(low, *(text.rfind(sign, low, position - 1) + 1 for sign in "。；！？）〕"))
    value = time_at(text, low, position, wording.lexicon)
    return (low, value) if value and not text[value[1] : position].strip("。；，、") else None


def _begins_line(text: str, position: int, paragraph_start: int, lexicon: Lexicon) -> bool:
    return (
        position == paragraph_start
        or text[position - 1] in "。；！？）〕”"
        or text[position - 1] in "①②③④⑤"
        or position - paragraph_start <= _LONGEST_MARK
        and lexicon["before_label"].whole(text[paragraph_start:position]) is not None
    )


def _label_line_end(text: str, start: int, end: int, lexicon: Lexicon) -> int:
    """The end of a labelled line: its paragraph's, or the 。 behind which other text begins."""
    stop = text.find("。", start, end)
    while stop >= 0 and stop + 1 < end:
        following = lexicon["label"].match(text, stop + 1, end)
        remark = lexicon["first_leads"].match(text, stop + 1, end) or lexicon["remark"].match(text, stop + 1, end)
        if not following and not remark:
            return stop + 1
        stop = text.find("。", stop + 1, end)
    return end
