"""Layout noise away, with the way back (清洗): source text → paragraphs of clean text and a map to the source.

A plan copied out of a PDF has broken lines, blanks between characters, page numbers (`— 15 —`, GB/T 9704-2012 7.5) in
sentences. What is left is one text whose paragraphs end by LF; each character knows its origin.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from ingest.base import Cell, Record, Source, Span
from ingest.language.furniture import furniture_lines, signatures
from ingest.language.inline_numbers import begins_label, inline_starts, loose_blanks, may_hold_items
from ingest.language.tables.script import one_for_one

_LINE = re.compile(r"[^\n\r\f\v\x85\u2028\u2029]+")
_PAGE_NUMBER = re.compile(
    r"\s*(?:[—–\-－―─]+\s*\d{1,4}\s*[—–\-－―─]+|第\s*\d{1,4}\s*页(?:\s*[，,/]?\s*共\s*\d{1,4}\s*页)?)\s*"
)
"""The number of a page (GB/T 9704-2012 7.5): — 15 —, 第3页."""
_HEADING_MARK = re.compile(r"(#{1,6})[ \t]{1,8}(?=\S)")
"""Markdown's mark of a heading."""
_BARE_NUMBER = re.compile(r"\d{1,3}")
_LEAST_PAGE = 12
"""Lines, on average, from one bare page number to the next."""
_DROPPED = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u206f\u180e\ufe00-\ufe0f\ufeff\ufffc\xad\x00-\x1f\x7f]+")
_BLANK = re.compile(r"\s")
_STRUCTURE = re.compile(
    r"第[一二三四五六七八九十百]{1,9}[章节条编部]|[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十]{1,3}[）)]"
    r"|\d{1,2}(?:[.．、](?!\d)|[.．、](?=(?:20\d\d年|1?\d月)))|[（(]\d{1,2}[）)]|[①-⑳]|附件?\s*\d*\s*[：:]?|附表|(?:填报|制表|编制|报送)(?:单位|部门|时间|日期)[：:]"
    r"|[一-鿿]{2,12}[〔\[［【（(](?:19|20)\d\d[〕\]］】）)](?:第)?\d{1,5}号$"
    r"|(?:[（(〔\[［【]\s*)?(?:牵头|责任|配合|主责|主办|协办|协助|参与|完成|工作|进度|时间|分管|联系|包联|目标|落实|时限|督导|整改)[一-鿿]{1,4}[：:】〕］]"
)
_SENTENCE_END = "。；！？!?;：:"
_UNFINISHED = "、，,（(《〔［【〈“"
_BRACKET = re.compile(r"[（(《〔\[［【）)》〕\]］】]")
_CLOSING = "）)》〕]］】"
_UNCLOSED_LINES, _CLOSING_LINES = 6, 12
"""Lines back in which an open bracket is looked for, and on, in which one that closes it is."""
_NARROW = re.compile(r"[ 0-9.%\-+/]")
_LONGEST_HEAD = 32
"""Characters, blanks included, in which a line says that it begins something: （一）, 第十一条, （责任单位：."""
_DEEP = 8
"""Blanks before a line that is set in the middle or to the right: a title, a signature."""
_FEW = 3
"""Lines that go on from a full one, from which on they tell that the text was broken at a width."""
_NARROWEST, _MANY, _NARROWEST_OF_FEW = 12, 20, 20
"""Characters: the width at which a text of many lines may be broken, and one of few, which is a list of short lines."""
_LONGEST_WRAP = 60
"""Characters: a line longer than this was not broken at a page's width."""

_FOLD = {
    **{chr(c): chr(c - 0xFEE0) for c in [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]},
    **dict(zip("(),;:[]［］【】％．－＋~", "（），；：〔〕〔〕〔〕%.-+～", strict=True)),
    # Small and vertical forms (U+FE10–FE6F), half-width ones, and what input methods and OCR put in their place.
    **dict(zip("丶﹑︑､﹐︐｡︒﹔︔﹕︓︰﹖﹗", "、、、、，，。。；；：：：？！", strict=True)),
    **dict(zip("﹙﹚︵︶﹝﹞︹︺﹛﹜", "（）（）〔〕〔〕〔〕", strict=True)),
    **dict(zip("︽︾⟪⟫︿﹀⟨⟩﹪﹣﹢﹒", "《》《》〈〉〈〉%-+.", strict=True)),
}
_FOLDED = re.compile(f"[{re.escape(''.join(_FOLD))}]")
_UNEVEN = re.compile(r"[，（〔∶—–―─－ー-](?:(?<!，)|(?=\d))")  # Else nothing is folded for what is beside it.
_DASHED_ONE = re.compile(r"[—–―─－ー\-](?:(?<=（.)(?=）)|(?<![^\n].)(?=、))")
"""A dash in the place of 一 in a number: （—）, —、."""
_RATIO = re.compile(r"∶(?!\d)|(?<!\d)∶")  # where no ratio (1∶5万) stands
_BRACKETED_LABEL = re.compile(
    r"[〔（](?m:(?<=〔)|(?<=^（)|(?<=[。；局委办厅部院会府司心处科室队站所园校县市区镇乡企联）〕]（))([一-鿿]{0,4}(?:单位|部门|领导|时限|时间"
    r"|期限|科室|处室|部室|责任人)|(?<=〔)(?:牵头|主办|协办|配合|承办|责任|负责|参与))[〕）](?=[^\n、，。；：）〕])"
)
_SECOND_NAMEPLATE = re.compile(r"〔([^〔〕（）\d]{2,20})〕(?=[^〔〕\d]|$)")
"""Square brackets without a year: a second nameplate as round ones have it, 市林业局[市绿化办]."""
_THOUSANDS = re.compile(r"，(?<=\d，)(?=\d{3}(?!\d))")


class Paragraph(Record, frozen=True):
    """段落: `[start, end)` in the clean text, without its LF; `cell` where it is the text of a table cell, `depth` of a
    heading that is marked as one: 2 of `## 主要任务`, whose mark is left out."""

    start: int
    end: int
    cell: Cell | None = None
    depth: int = 0


@dataclass(frozen=True)
class Clean:
    """The clean text, the same text folded for matching, its paragraphs, and the map back to the source.

    `folded` has the same length as `text`: full-width digits and letters are half-width in it, brackets are （） and
    〔〕, commas and colons full-width, traditional characters simplified: a rule is written once. `gaps` are the
    offsets in table cells at which a blank or line break stood, `blanks` those in running text inside a line.
    """

    text: str
    folded: str
    paragraphs: tuple[Paragraph, ...]
    gaps: tuple[int, ...]
    blanks: tuple[int, ...]
    _runs: list[int] = field(repr=False)
    _origins: list[int] = field(repr=False)

    def origin(self, offset: int) -> int:
        """The offset in the source of the character at `offset` of the clean text."""
        run = bisect_right(self._runs, offset) - 1
        return self._origins[run] + offset - self._runs[run]

    def span(self, start: int, end: int) -> Span:
        """The source's span of the clean text's `[start, end)`, without the ends of paragraphs behind it."""
        while end > start and self.text[end - 1] == "\n":
            end -= 1
        if end <= start:
            return Span(*(self.origin(start) if self._runs else 0,) * 2)
        runs, origins = self._runs, self._origins
        first, last = bisect_right(runs, start) - 1, bisect_right(runs, end - 1) - 1
        return Span(origins[first] + start - runs[first], origins[last] + end - runs[last])

    def offset(self, origin: int) -> int:
        """The offset in the clean text of the source's character at `origin`, or of the next one that was kept."""
        run = max(bisect_right(self._origins, origin) - 1, 0)
        limit = self._runs[run + 1] if run + 1 < len(self._runs) else len(self.text)
        return min(self._runs[run] + max(origin - self._origins[run], 0), limit)

    def paragraph_at(self, offset: int) -> Paragraph | None:
        """The paragraph in which the character at `offset` of the clean text stands."""
        here = bisect_right(self.paragraphs, offset, key=lambda paragraph: paragraph.start) - 1
        return self.paragraphs[here] if here >= 0 and offset < self.paragraphs[here].end else None

    def cell_at(self, offset: int) -> Cell | None:
        """The table cell in which the character at `offset` of the clean text stands."""
        return paragraph.cell if (paragraph := self.paragraph_at(offset)) else None

    def said(self, start: int, end: int) -> str:
        """The words at `[start, end)` on one line."""
        return self.text[start:end].replace("\n", "")


class _Line(NamedTuple):
    """A line with text: `[start, end)` of the source, its width in characters, brackets opened less closed."""

    start: int
    end: int
    width: float
    open: int
    indented: bool
    deep: bool
    after_page_number: bool
    depth: int = 0


def clean(source: Source) -> Clean:
    """Cleans a source. Linear in its length."""
    builder = _Builder(source.text)
    cursor = 0
    for cell in sorted(source.cells, key=lambda cell: cell.span.start):
        _clean_running_text(builder, cursor, cell.span.start)
        builder.paragraph([(cell.span.start, cell.span.end)], cell)
        cursor = max(cursor, cell.span.end)
    _clean_running_text(builder, cursor, len(source.text))
    return builder.done()


def tidy(text: str) -> str:
    """A phrase of the source on one line, for show: no line breaks, no blanks beside Chinese characters."""
    return "".join(text[start:end] for start, end in _kept(text, 0, len(text)))


class _Builder:
    def __init__(self, source: str) -> None:
        self.source = source
        self._parts: list[str] = []
        self._length = 0
        self._runs: list[int] = []
        self._origins: list[int] = []
        self._paragraphs: list[Paragraph] = []
        self._gaps: list[int] = []
        self._blanks: list[int] = []

    def paragraph(self, lines: Sequence[tuple[int, int]], cell: Cell | None = None, depth: int = 0) -> None:
        """Adds one paragraph made of stretches of the source. A cell without text still counts."""
        start, before = self._length, 0
        for low, high in lines:
            for nth, kept in enumerate(_kept(self.source, low, high)):
                parted = nth > 0 or cell is not None and self._length > start
                if parted and _BLANK.search(self.source, before, kept[0]):
                    (self._blanks if cell is None else self._gaps).append(self._length)
                before = kept[1]
                self._put(self.source[kept[0] : kept[1]], kept[0])
        if self._length > start or cell is not None:
            self._paragraphs.append(Paragraph(start, self._length, cell, depth))
            self._put("\n", lines[-1][1] if lines else 0)

    def _put(self, text: str, origin: int) -> None:
        self._runs.append(self._length)
        self._origins.append(origin)
        self._parts.append(text)
        self._length += len(text)

    def done(self) -> Clean:
        text, gaps, blanks = "".join(self._parts), tuple(self._gaps), tuple(self._blanks)
        return Clean(text, fold(text), tuple(self._paragraphs), gaps, blanks, self._runs, self._origins)


def fold(text: str) -> str:
    """The text for matching, of the same length: see `Clean`."""
    folded = one_for_one(_FOLDED.sub(lambda found: _FOLD[found[0]], text))
    if not _UNEVEN.search(folded):
        return folded  # So it is with the head of nearly each line.
    folded = _DASHED_ONE.sub("一", _THOUSANDS.sub(",", folded))
    folded = _RATIO.sub("：", folded) if "∶" in folded else folded
    folded = folded.replace("十—、", "十一、").replace("十—）", "十一）")
    # 【责任单位】市教育局 says what 责任单位：市教育局 says.
    return _SECOND_NAMEPLATE.sub(r"（\1）", _BRACKETED_LABEL.sub(r"；\1：", folded))


def _kept(source: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of `[start, end)` that say something: blanks stay only between two words in Latin letters."""
    cursor = start
    for noise in _DROPPED.finditer(source, start, end):
        before, after = source[noise.start() - 1 : noise.start()], source[noise.end() : noise.end() + 1]
        inside = noise.start() > start and noise.end() < end
        if inside and before.isascii() and after.isascii() and before.isalpha() and after.isalpha():
            yield cursor, noise.start() + 1
        elif noise.start() > cursor:
            yield cursor, noise.start()
        cursor = noise.end()
    if cursor < end:
        yield cursor, end


def _clean_running_text(builder: _Builder, start: int, end: int) -> None:
    lines = _without_bare_page_numbers(builder.source, _lines(builder.source, start, end))
    said = [builder.source[line.start : line.end] for line in lines]
    site = furniture_lines(said, start == 0, end == len(builder.source))
    lines = [line for n, line in enumerate(lines) if n not in site] if site else lines
    if not lines:
        return
    wrap = _wrap_width(lines)
    # Where some lines are indented and most are not, an indent begins a paragraph (首行缩进两字).
    setting = _Setting(wrap, wrap is not None and 0.08 < sum(line.indented for line in lines) / len(lines) < 0.7)
    signed = {*signatures([builder.source[line.start : line.end] for line in lines])}
    waiting: list[_Line] = []
    for n, (line, following) in enumerate(zip(lines, [*lines[1:], None], strict=True), 1):
        waiting.append(line)
        if following is not None and n not in signed:
            unclosed = _is_open(builder.source, waiting[-_UNCLOSED_LINES:], lines[n : n + _CLOSING_LINES])
            if _runs_on(builder.source, line, following, setting, unclosed):
                continue
        builder.paragraph([(each.start, each.end) for each in waiting], depth=waiting[0].depth)
        waiting = []


def _lines(source: str, start: int, end: int) -> list[_Line]:
    lines: list[_Line] = []
    after_page_number = False
    for found in _LINE.finditer(source, start, end):
        if _PAGE_NUMBER.fullmatch(source, found.start(), found.end()):
            after_page_number = True
            continue
        line = found.group()
        content = line.strip()
        if not content:
            continue
        low = found.start() + line.index(content)
        indented = line[0] in "　 \t"
        deep = low - found.start() >= _DEEP
        if marked := _HEADING_MARK.match(content):
            begin = low + marked.end()
            end, depth = low + len(content), len(marked[1])
            lines.append(_Line(begin, end, _width(content), 0, indented, deep, after_page_number, depth))
            continue
        # A plan that was pasted into one line has its outline inside it.
        cuts = [0, *(inline_starts(fold(content)) if may_hold_items(content) else ()), len(content)]
        for begin, end in pairwise(cuts):
            piece = content[begin:end]
            measures = (_width(piece), _balance(piece), indented, deep, after_page_number)
            lines.append(_Line(low + begin, low + end, *measures))
            after_page_number = False
    return lines


def _without_bare_page_numbers(source: str, lines: list[_Line]) -> list[_Line]:
    """Lines without page numbers that stand bare: 1, 2 … one after the other, far apart, one of them in a sentence.

    Numbers of a table's rows that was copied line by line stand close together, and in front of what they number.
    """
    bare = [n for n, line in enumerate(lines) if _BARE_NUMBER.fullmatch(source, line.start, line.end)]
    if not bare or len(lines) < _LEAST_PAGE * len(bare):
        return lines
    numbers = [int(source[lines[n].start : lines[n].end]) for n in bare]
    wrap = _wrap_width(lines)
    if wrap is None or numbers != [*range(numbers[0], numbers[0] + len(numbers))]:
        return lines
    if not any(_interrupts(source, lines, n, wrap) for n in bare):
        return lines
    kept, dropped = [], {*bare}
    for n, line in enumerate(lines):
        if n not in dropped:
            kept.append(line._replace(after_page_number=True) if n - 1 in dropped else line)
    return kept


def _interrupts(source: str, lines: Sequence[_Line], n: int, wrap: float) -> bool:
    """Whether the line before a page number is full and does not end, and the line behind it begins nothing."""
    if not 0 < n < len(lines) - 1:
        return False
    before, behind = lines[n - 1], lines[n + 1]
    full = before.width >= wrap - 3.5 and source[before.end - 1] not in _SENTENCE_END + _CLOSING
    return full and not behind.indented and _STRUCTURE.match(_head(source, behind)) is None


def _width(line: str) -> float:
    """Width in full-width characters: a digit or blank takes half of one, a stray blank inside Chinese words none."""
    narrow = len(_NARROW.findall(line))
    return len(line) - (narrow + loose_blanks(line) if narrow else 0) / 2


def _is_open(source: str, lines: Sequence[_Line], following: Sequence[_Line]) -> bool:
    """Whether a bracket that some lines open is closed by the next before a part begins, or ends with its line."""
    depth = opened = 0
    for line in lines:
        depth = opened = max(0, opened + line.open)
    for line in following if opened else ():
        depth += line.open
        found = _STRUCTURE.match(_head(source, line))
        if depth <= 0 or (found and found.group()[-1] in "、.．）)章节" and not re.search(r"\d", found.group())):
            break
    return opened > 0 >= depth


def _balance(line: str) -> int:
    """Brackets opened in the line and not closed in it, less those closed that another line opened."""
    brackets = _BRACKET.findall(line)
    return len(brackets) - 2 * sum(map(_CLOSING.count, brackets)) if brackets else 0


def _wrap_width(lines: Sequence[_Line]) -> float | None:
    """The width at which lines were broken, in characters, or None where each line is a paragraph."""
    if len(lines) < 8:
        return None
    widths = Counter(round(line.width) for line in lines)
    longest = max(widths)
    if longest > _LONGEST_WRAP:
        return None
    # The right margin is ragged by a character or two: the width is where lines pile up at their longest.
    width = max((w for w in widths if w >= longest - 4), key=lambda w: widths[w])
    full = sum(count for w, count in widths.items() if abs(w - width) <= 2)
    many = full * 3 >= len(lines) or _told_by_indents(lines, width)
    return float(width) if many and width >= (_NARROWEST if len(lines) >= _MANY else _NARROWEST_OF_FEW) else None


def _told_by_indents(lines: Sequence[_Line], width: int) -> bool:
    """Whether each line without an indent follows a full one, in a text whose paragraphs are indented."""
    continued = [before for before, line in pairwise(lines) if not line.indented]
    return _FEW <= len(continued) < len(lines) * 0.7 and all(line.width >= width - 3.5 for line in continued)


class _Setting(Record, frozen=True):
    """How a stretch of text is set: the width at which its lines wrap, None where they do not, and whether paragraphs
    are told by their indents."""

    wrap: float | None
    by_indent: bool


def _runs_on(source: str, line: _Line, following: _Line, setting: _Setting, unclosed: bool) -> bool:
    """Whether the following line goes on with this line's paragraph."""
    if line.depth or following.depth:
        return False
    last = source[line.end - 1]
    structural = last not in _UNFINISHED and _STRUCTURE.match(_head(source, following)) is not None
    if last in _UNFINISHED or (unclosed and not (structural and last in "。" + _CLOSING)):
        return True
    if structural or (following.deep and not line.deep):
        return False
    if source[following.end - 1] in "：:" and tidy(source[line.start : line.end][-12:]).endswith("的通知"):
        return False  # A title, and whom it is sent to.
    if setting.by_indent and following.indented and not following.after_page_number and _two_blanks(source, following):
        return False
    if setting.wrap is not None:
        unbroken = setting.by_indent and not following.indented and last not in _SENTENCE_END
        return line.width >= setting.wrap - (8 if unbroken else 3.5)
    parted = source.count("\n", line.end, following.start) > 1  # Below 责任单位：… stands who signs the plan.
    finished = parted or last in _SENTENCE_END + _CLOSING or begins_label(_head(source, line))
    return not finished and (following.after_page_number or line.width > 40)


def _two_blanks(source: str, line: _Line) -> bool:
    """Whether a line is set in by two characters (首行缩进); one blank may be anything."""
    return line.start > 1 and not source[line.start - 2 : line.start].strip(" \t\u3000")


def _head(source: str, line: _Line) -> str:
    """The beginning of a line without blanks, where its number or label stands: 责任 单位：."""
    head = source[line.start : min(line.end, line.start + _LONGEST_HEAD)]
    return fold(tidy(head) if _DROPPED.search(head) else head)
