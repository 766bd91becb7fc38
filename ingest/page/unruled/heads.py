"""Which rows of a page are the header of a table without ruling lines (无框线表格的表头).

Pure functions. Only the page's look is judged here, what a column means is read later (`ingest/plan/tables.py`). Three
words at least and two of three, each broken over lines or not, must be such as head a column of a task table, with
clear gaps between them: prose and contents have no such words, two columns of text no three, signatures carry colons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, product

from ingest.model import Record
from ingest.page.ink import Char
from ingest.page.lines import CharRow

# A gap between words of a header, in characters, and the distance of baselines in a header of several lines.
_CLEAR = 0.6
_NEXT_LINE = 1.75

# Sizes of type differ by no more than this share in a header: a title above has larger type.
_SAME_SIZE = 0.15

# A row whose characters fill less of its width than this has gaps: what is not tested further is prose.
_FILLED = 0.87

# A header has this many columns at least; its words have no more characters, nor does it reach over more lines above
# or below one of them.
_COLUMNS = 3
_LONGEST = 14
_LINES = 3

_LEADS = "重点|主要|具体|工作|任务|改革|整改|建设|分解|年度|细化|推进|进度|完成|办结|计划|预期|实施|项目|指标|目标|时间"
_WORD = re.compile(
    rf"(?:(?:20\d\d年)?(?:{_LEADS}|存在|责任)*"
    r"(?:任务|措施|内容|工作|事项|举措|项目|要求|名称|清单|要点|问题|指标|目标值?|目标任务|(?:时限|期限|时间|进度|节点)(?:要求|节点|安排|进度)?"
    r"|类别|分类|领域|类型|方面|板块|安排)(?:及(?:要求|内容|措施|目标))?"
    r"|(?:[市省县区]级?|第一|主要)?(?:牵头|主责|主办|责任|配合|协办|协助|参与|参加|支持|协同|会办|指导|负责|落实|承办"
    r"|实施|承担|完成|执行|主管|分管|包保|联系)(?:责任)?(?:单位|部门|处室|科室|机构|主体|领导|人)"
    r"|牵头(?:及配合|（责任）)单位|牵头|配合|主办|协办|单位|部门|主体|(?:责任|职责|任务)?分工|场景领域|(?:重点|行业|所属)领域"
    r"|大项|门类|一级(?:指标|任务|目标)|完成日期|(?:完成)?年度|20\d\d年度?|序号|编号|备注|说明|(?:任务)?来源|(?:文件)?依据"
    r"|(?:落实|完成|进展)情况)(?:[（(][^（）()]{1,8}[）)])?"
)


class Word(Record, frozen=True):
    """A word of a header: its text and its ends, in points."""

    text: str
    x0: float
    x1: float

    @property
    def middle(self) -> float:
        """Halfway between its ends."""
        return (self.x0 + self.x1) / 2


class TableHead(Record, frozen=True):
    """A header: its first row of the page and the one after its last, and what heads each column.

    `spanning` are words over two columns (责任单位 over 牵头单位 and 配合单位), each with the first of them.
    """

    first: int
    end: int
    columns: tuple[Word, ...]
    spanning: tuple[tuple[Word, int], ...] = ()

    @property
    def gaps(self) -> tuple[tuple[float, float], ...]:
        """The strips between the columns' words, in points."""
        return tuple((one.x1, two.x0) for one, two in pairwise(self.columns))

    @property
    def known(self) -> list[str]:
        """Those of its words that head columns of task tables."""
        words = [*self.columns, *(word for word, _ in self.spanning)]
        return [word.text for word in words if is_header_word(word.text)]

    @property
    def is_short(self) -> bool:
        """Whether each of its words is as short as a heading of a column."""
        return all(len(word.text) <= _LONGEST for word in self.columns)


def is_header_word(text: str) -> bool:
    """Whether a text heads a column of a task table: 序号, 重点任务, 牵头单位, 完成时限 …"""
    return _WORD.fullmatch("".join(text.split())) is not None


def head_at(rows: Sequence[CharRow], index: int, above: int) -> TableHead | None:
    """The header that row `index` belongs to, with the lines around it that make most words; None where it is none.

    It may begin up to `above` rows higher.
    """
    row = rows[index]
    width = row[-1].x1 - row[0].x0
    if len(row) < 6 or sum(char.x1 - char.x0 for char in row) > _FILLED * width:
        return None
    own = _words(row)
    if len(own) < 2 or not any(is_header_word(word.text) for word in own):
        return None
    firsts = range(index - min(above, _near(rows, index, -1)), index + 1)
    lasts = range(index, index + _near(rows, index, 1) + 1)
    best = max((_head(rows, *reach) for reach in product(firsts, lasts)), key=_sense)
    return best if len(best.known) >= max(_COLUMNS, 2 * len(best.columns) / 3) and best.is_short else None


def _sense(head: TableHead) -> tuple[int, int]:
    return len(head.known), sum(map(len, head.known))


def _head(rows: Sequence[CharRow], first: int, last: int) -> TableHead:
    columns, spanning = _columns([_words(rows[at]) for at in range(first, last + 1)])
    return TableHead(first, last + 1, columns, spanning)


def _near(rows: Sequence[CharRow], index: int, step: int) -> int:
    """How many rows above or below lie as near as lines of one header do."""
    count = 0
    while count < _LINES and 0 <= index + (count + 1) * step < len(rows):
        here, there = rows[index + count * step][0], rows[index + (count + 1) * step][0]
        if abs(here.y - there.y) > _NEXT_LINE * here.em or abs(here.em - there.em) > _SAME_SIZE * here.em:
            break
        count += 1
    return count


def _words(row: CharRow) -> list[Word]:
    """The words of a row; one whose characters are spaced out (序　号) is made whole."""
    words: list[Word] = []
    pending: list[Word] = []
    for word in _parted(row):
        if len(word.text) > 1:
            words += [*pending, word]
            pending = []
            continue
        pending.append(word)
        whole = _joined(pending)
        if is_header_word(whole.text):
            words.append(whole)
            pending = []
    return words + pending


def _parted(row: CharRow) -> Iterator[Word]:
    piece: list[Char] = []
    for char in row:
        if piece and char.x0 - piece[-1].x1 > _CLEAR * char.em:
            yield Word("".join(c.text for c in piece), piece[0].x0, piece[-1].x1)
            piece = []
        piece.append(char)
    if piece:
        yield Word("".join(c.text for c in piece), piece[0].x0, piece[-1].x1)


def _joined(words: Sequence[Word]) -> Word:
    return Word("".join(w.text for w in words), min(w.x0 for w in words), max(w.x1 for w in words))


def _columns(lines: Sequence[Sequence[Word]]) -> tuple[tuple[Word, ...], tuple[tuple[Word, int], ...]]:
    """The columns that the words of a header's lines stand in, and the words that stand over two columns."""
    words = [word for line in lines for word in line]
    over = [
        word for place, line in enumerate(lines) for word in line
        if any(_spans(word, below, words) for below in lines[place + 1 :])
    ]  # fmt: skip
    stacks: list[list[Word]] = []
    for word in (word for word in words if word not in over):
        touching = [stack for stack in stacks if any(word.x0 < w.x1 and w.x0 < word.x1 for w in stack)]
        stacks = [stack for stack in stacks if stack not in touching]
        stacks.append([w for stack in touching for w in stack] + [word])
    columns = tuple(sorted((_joined(stack) for stack in stacks), key=lambda word: word.x0))
    return columns, tuple((word, sum(1 for column in columns if column.middle < word.middle) - 1) for word in over)


def _spans(word: Word, below: Sequence[Word], words: Sequence[Word]) -> bool:
    """Whether a word stands over the gap between two of a line below, where nothing else of the header stands."""
    left = [other for other in below if other.middle < word.middle]
    right = [other for other in below if other.middle > word.middle]
    if not left or not right or not is_header_word(word.text):
        return False
    start, end = left[-1].x1, right[0].x0
    between = [other for other in words if other != word and other.x0 < end and start < other.x1]
    return word.x0 < end and start < word.x1 and not between
