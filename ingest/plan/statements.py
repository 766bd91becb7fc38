"""Where a plan assigns responsibility (责任括号、责任行): brackets and labelled lines found in the running text.

A bracket is a responsibility statement when what it holds is units and role words, behind a sentence or at the end of
a task. `（检验检疫合格证明、核酸检测证明）` explains, `（园长）` widens a word: they are left to the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from operator import itemgetter

from ingest.language.clean import Clean
from ingest.language.lexicon import Lexicon
from ingest.language.units import is_unit
from ingest.plan.assignments import NOBODY, Parsed, lead_first, parse_statement

_BRACKET = re.compile(r"[（）〔〕]")
_LONGEST_STATEMENT = 900
"""Characters of a statement; a longer bracket explains something."""
_HINT = re.compile(
    r"[局委办厅部署院会司科室所站队镇乡村社区府团联校企行心馆庭网港狱关队处学]|负责|牵头|配合|单位|部门|街道|领导|公司"
)
_SENTENCE_END = "。；！？”）〕\n"
_LABEL_LINE = re.compile(
    r"(?<![一-鿿])(?:[一-鿿]{0,4}(?:牵头|责任|配合|主责|主办|协办|协助|参与|落实|承办|实施|支持|指导|督导|监督|协同|参加|会办|执行|承担|督办|挂钩|包联|负责|分管|包保|联系)[一-鿿]{0,6})："
)
_EXPLAINS = re.compile(r"(?:办公室)?设在|(?:以下)?简称|包括|联系(?:人|电话)")
"""What begins a bracket that explains: 专班办公室（设在市商务局）."""
_REPORTED_TO = re.compile(r"[报送向至][^，。；]{2,30}(?:办公室|领导小组|专班|指挥部|联席会议)$")
"""每季度末将进展报县领导小组办公室（县发改委）: where that office is, and nobody's task."""
_NOTE = re.compile(r"(?:备?注|说明)[：:]|(?:备?注|说明)(?=\d)")
_MARK = re.compile(r"[-—•·●■◆]|\d{1,2}[.、]|（\d{1,2}）|[一二三四五六七八九十]{1,2}、")
"""What may stand in front of a label on its line."""
_PAGE_FOOT = re.compile(r"运行维护|版权所有|网站标识码|ICP备|公网安备|扫一扫")


@dataclass(frozen=True)
class Statement:
    """责任表述: `[start, end)` of the clean text with its brackets or label, and what it says."""

    start: int
    end: int
    parsed: Parsed
    labelled_line: bool = False


def find_statements(clean: Clean, start: int, lexicon: Lexicon) -> list[Statement]:
    """All statements of the running text from `start` on, in order."""
    statements = list(_brackets(clean, start, lexicon))
    covered = [(s.start, s.end) for s in statements]
    statements.extend(_label_lines(clean, start, covered, lexicon))
    return sorted(statements, key=lambda s: s.start)


@dataclass(frozen=True)
class FirstLeads:
    """Where `列第一位者为牵头单位，下同` holds: from each place that declares it to the end of its annex, and, where a
    note below a table declares it, in that table. `notes` are (where the table begins, where its note declares)."""

    declared: Sequence[int]
    notes: Sequence[tuple[int, int]]
    annexes: Sequence[int]

    @cached_property
    def _tables(self) -> list[int]:
        """Of the notes from each on, the first place of a table above one of them."""
        return [*accumulate((table for table, _ in reversed(self.notes)), min)][::-1]

    def applied(self, statement: Statement) -> Statement:
        """The statement, its first unit leading where that is declared for it."""
        annexes = bisect_right(self.annexes, statement.start)
        first = bisect_left(self.declared, self.annexes[annexes - 1] if annexes else 0)
        below = bisect_right(self.notes, statement.start, key=itemgetter(1))
        if (first < len(self.declared) and self.declared[first] < statement.end) or (
            below < len(self.notes) and self._tables[below] <= statement.start
        ):
            return replace(statement, parsed=lead_first(statement.parsed))
        return statement


def find_first_leads(clean: Clean, annexes: Sequence[int], lexicon: Lexicon) -> FirstLeads:
    """What the plan declares of the first unit of a list; `annexes` is where its annexes begin."""
    declared = [match.start() for _, match in lexicon["first_leads"].scan(clean.folded, 0, len(clean.folded))]
    return FirstLeads(declared, list(_notes(clean, declared)), annexes)


def _notes(clean: Clean, declared: list[int]) -> Iterator[tuple[int, int]]:
    """Where the table begins under which a note (注：列第一位的为牵头单位) stands, and where its declaration is."""
    begins: dict[int, int] = {}
    table, passed = 0, 0
    for at in declared:
        here = bisect_right(clean.paragraphs, at, key=lambda each: each.start)
        for paragraph in clean.paragraphs[passed:here]:
            if paragraph.cell is not None:
                table = paragraph.cell.table
                begins.setdefault(table, paragraph.start)
        passed = here
        note = clean.paragraphs[here - 1]
        if begins and _NOTE.match(clean.folded, note.start, note.end):
            yield begins[table], at


def _brackets(clean: Clean, start: int, lexicon: Lexicon) -> Iterator[Statement]:
    units_cells: dict[int, bool] = {}
    for low, high in outer_brackets(clean.folded, start):
        if _EXPLAINS.match(clean.folded, low + 1) or high - low < 4:
            continue
        if high - low > _LONGEST_STATEMENT or not _HINT.search(clean.folded, low + 1, high - 1):
            continue
        parsed = parse_statement(clean.folded, low + 1, high - 1, lexicon)
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


def outer_brackets(text: str, start: int) -> list[tuple[int, int]]:
    """The outermost bracket pairs; one that never closes ends with its paragraph."""
    pairs: list[tuple[int, int]] = []
    stack: list[int] = []
    closes = {"）": "（", "〕": "〔"}
    opened = dict.fromkeys(closes.values(), 0)
    paragraph_end = text.find("\n", start)
    for found in _BRACKET.finditer(text, start):
        position, character = found.start(), found.group()
        if position > paragraph_end:
            stack.clear()
            opened = dict.fromkeys(opened, 0)
            paragraph_end = text.find("\n", position)
            paragraph_end = len(text) if paragraph_end < 0 else paragraph_end
        if character in "（〔":
            stack.append(position)
            opened[character] += 1
        elif opened[closes[character]]:
            while True:
                begun = stack.pop()
                opened[text[begun]] -= 1
                if text[begun] == closes[character]:
                    break
            if not stack:
                pairs.append((begun, position + 1))
    return pairs


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
    if parsed.explicit:
        # （由省教育厅负责解释）-like asides stand inside a sentence and go on behind the bracket.
        return before in _SENTENCE_END or after in "。；\n（〔" or not re.match(r"[，、的和与等]", after)
    if len(parsed.units) == 1 and _REPORTED_TO.search(text, max(0, low - 40), low):
        return False
    if before in "。；！？\n":
        return True
    if before == "”" or before in "）〕":
        return after not in "，、的和与等" or after == ""
    if after not in ("。", "；", "\n", "（", "〔", ""):
        return False
    sentence = re.split(r"[，。；：、\n]", text[max(0, low - 40) : low])[-1]
    return not (is_unit(sentence[-12:], lexicon) and len(parsed.units) == 1 and len(sentence) <= 14)


def _label_lines(clean: Clean, start: int, covered: list[tuple[int, int]], lexicon: Lexicon) -> Iterator[Statement]:
    text = clean.folded
    spans = iter(covered)
    current = next(spans, None)
    for paragraph in clean.paragraphs:
        if (
            paragraph.end <= start
            or paragraph.cell is not None
            or _PAGE_FOOT.search(text, paragraph.start, paragraph.end)
        ):
            continue
        position = max(paragraph.start, start)
        while True:
            found = _LABEL_LINE.search(text, position, paragraph.end)
            if found is None:
                break
            while current is not None and current[1] <= found.start():
                current = next(spans, None)
            if current is not None and current[0] <= found.start():
                position = current[1]
                continue
            first = lexicon["label"].search(text, found.start(), found.end() - 1)
            if (
                first is None
                or first[1].end() != found.end() - 1
                or not _begins_line(text, first[1].start(), paragraph.start)
            ):
                position = found.end()
                continue
            low = first[1].start()
            stop = _label_line_end(text, found.end(), paragraph.end, lexicon)
            parsed = parse_statement(text, low, stop, lexicon)
            nobody = found.end() < stop and NOBODY.fullmatch(text, found.end(), stop)
            if parsed is not None and (parsed.units or parsed.people or parsed.times or nobody):
                yield Statement(low, stop, parsed, labelled_line=True)
            position = stop
    yield from _time_lines(clean, start, covered, lexicon)


def _time_lines(clean: Clean, start: int, covered: list[tuple[int, int]], lexicon: Lexicon) -> Iterator[Statement]:
    """`完成时限：2024年6月底前` on a line of its own belongs to the statement beside it."""
    text = clean.folded
    for paragraph in clean.paragraphs:
        if paragraph.start < start or paragraph.cell is not None or paragraph.end - paragraph.start > 60:
            continue
        opening = text[paragraph.start] in "（〔；"
        low = paragraph.start + opening
        found = lexicon["label"].match(text, low, paragraph.end)
        if found and found[0].value == "time" and text[found[1].end() : found[1].end() + 1] == "：":
            time = (found[1].end() + 1, paragraph.end - (text[paragraph.end - 1] in "）〕"))
            yield Statement(paragraph.start, paragraph.end, Parsed(times=(time,), labelled=True), True)


def _begins_line(text: str, position: int, paragraph_start: int) -> bool:
    return (
        position == paragraph_start
        or text[position - 1] in "。；！？）〕”"
        or text[position - 1] in "①②③④⑤"
        or _MARK.fullmatch(text, paragraph_start, position) is not None
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
