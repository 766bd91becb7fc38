"""Progress paragraphs (工作进度、时间安排) → clauses, each linked to the task that it is about.

A clause is linked by its words: those that it shares with one task of its item and with no other. A clause of set
phrases only (按工作进度分阶段有序推进) is about the item as a whole.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import accumulate, product
from operator import add, attrgetter, itemgetter

from ingest.base import Record
from ingest.language.clean import Clean, Paragraph
from ingest.language.lexicon import Lexicon
from ingest.language.likeness import is_chinese
from ingest.plan.outline import Outline, section_at
from ingest.plan.statements import Statement

_PROGRESS = frozenset(
    f"{of}{what}{how}"
    for of in ("", "工作", "任务", "推进", "完成", "实施", "进度", "时间")
    for what in ("进度", "时间", "进展", "阶段")
    for how in ("", "安排", "要求", "计划", "节点", "目标", "表")
)
"""The labels of a progress paragraph: 工作进度, 时间安排."""
_FOR_A_TASK = frozenset(
    f"{which}{what}"
    for which in ("", "工作", "主要", "具体", "重点", "目标")
    for what in ("任务", "内容", "措施", "目标", "举措", "要求", "事项", "工作")
)
"""The labels of a task's own words: 主要任务, 工作内容."""
_LONGEST_LABEL, _LONGEST_FIELD, _MOST_FIELDS = 8, 40, 4
"""Characters of a label and of what a field says behind it, and fields between two labels of one task."""
_WORD = re.compile(r"[^\W_]{2,}")
_CLAUSE = re.compile(r"[；。\n]")
_LEAST_CONTENT = 4
"""Pairs of characters that a clause must have beside set phrases to be about anything."""
_LEAST_SCORE = 0.2
_TURNING_BACK = 0.25
"""What it costs a clause to be about an earlier task than the clause before it: progress follows the order of tasks."""
_OTHER_INDICATOR = 0.3
"""Factor for a task that does not name what the clause's indicator measures."""
_MOST_TASKS = 100
"""Tasks of a section that a paragraph is held against, those before it first."""

_STAGES = frozenset(
    f"{of}{when}{what}{how}"
    for of in ("", "工作", "实施", "推进", "活动", "方法", "行动", "整治", "创建")
    for when, what in product(("", "时间"), ("步骤", "进度", "阶段"))
    for how in ("", "安排", "计划", "划分", "和方法", "及时间安排", "和时间安排", "与时间安排")
) | {f"{of}{what}" for of, what in product(("时间", "进度", "步骤"), ("安排", "步骤"))}
"""Titles of sections that say when the work goes on and not who does it."""
_SIGNATURE = re.compile(
    r"(?:\n[^\n，。；：]{2,40}){1,4}\n(?:20\d\d|二[〇○零][一-鿿〇○]{2})年[^\n，。；：]{3,9}日\n?(?=附|$)"
)
"""Who issues a plan, and when, in lines of their own behind its text (GB/T 9704-2012 7.3.5)."""
_TIME_SIGNS = frozenset("年月日底前上下半季度一二三四全长期坚持续推进、。；")

_Links = tuple[int, int, "_Links | None"]
"""A clause, the task that it is linked to, and the links before it."""
_Way = tuple[float, "_Links | None"]


class Progress(Record, frozen=True):
    """A progress paragraph (工作进度：…) and its section."""

    section: int | None
    start: int
    end: int


def find_progress(clean: Clean, outline: Outline, start: int, statements: Sequence[Statement] = ()) -> list[Progress]:
    """The progress paragraphs of the running text, each up to the end of its paragraph, and the stages of the work
    (三、工作步骤（一）动员部署阶段（4月）…) where no statement assigns them."""
    found: list[Progress] = list(_stages(clean, outline, statements))
    for paragraph in clean.paragraphs:
        if paragraph.start < start or paragraph.cell is not None:
            continue
        low = behind_progress_label(clean.folded, paragraph.start, paragraph.end)
        label = clean.folded[paragraph.start : low]
        if (
            low
            and paragraph.end - low > 4
            and ("进度" in label or not _is_time_field(clean.folded, low, _field_end(paragraph, statements)))
        ):
            found.append(Progress(section_at(outline, paragraph.start), low, paragraph.end))
    return found


def _stages(clean: Clean, outline: Outline, statements: Sequence[Statement]) -> Iterator[Progress]:
    """The own text of a section of stages and of those below it."""
    stages: set[int] = set()
    for index, heading in enumerate(outline.headings):
        if heading.parent not in stages and heading.title not in _STAGES:
            continue
        stages.add(index)
        low, end = heading.body, outline.ends[index]
        if heading.parent in stages:
            low = heading.end - len(heading.title)
        following = bisect_left(statements, heading.start, key=attrgetter("start"))
        assigned = following < len(statements) and statements[following].start < end
        end = before_signature(clean.folded, low, end)
        if not assigned and not behind_progress_label(clean.folded, low, end) and clean.folded[low:end].strip():
            yield Progress(index, low, end)


def _field_end(paragraph: Paragraph, statements: Sequence[Statement]) -> int:
    """Where the field ends that a paragraph begins with: before 责任单位： in 完成时间：2025/12/20；责任单位：…"""
    at = bisect_left(statements, paragraph.start, key=attrgetter("start"))
    begun = at < len(statements) and statements[at].start == paragraph.start
    return statements[at].end if begun else paragraph.end


def _is_time_field(text: str, start: int, end: int) -> bool:
    """`完成时间：2024年6月底前` says when; a progress paragraph says what is done by when."""
    return end - start <= 14 or all(sign.isdecimal() or sign in _TIME_SIGNS for sign in text[start:end])


def before_signature(text: str, low: int, end: int) -> int:
    """Where `[low, end)` ends without who signs the plan behind it."""
    signed = _SIGNATURE.search(text, low, end)
    return signed.start() if signed else end


def clauses(clean: Clean, start: int, end: int) -> Iterator[tuple[int, int]]:
    """`[start, end)` split at ； and 。, blanks and empty clauses left out."""
    low = start
    for found in [*_CLAUSE.finditer(clean.folded, start, end), None]:
        high = found.start() if found else end
        if high - low > 1:
            yield low, high
        low = found.end() if found else end


def behind_progress_label(text: str, start: int, end: int) -> int:
    """The place behind the label of a progress paragraph that begins at `start`, 工作进度：; 0 where none does."""
    return _behind_label(text, start, end, _PROGRESS)


def behind_task_label(text: str, start: int, end: int) -> int:
    """The place behind the label of a task's own words that begins at `start`, 主要任务：; 0 where none does."""
    return _behind_label(text, start, end, _FOR_A_TASK)


def _behind_label(text: str, start: int, end: int, labels: Collection[str]) -> int:
    label, colon, _ = text[start : min(end, start + _LONGEST_LABEL + 1)].partition("：")
    return start + len(label) + 1 if colon and label in labels else 0


def only_fields(text: str, start: int, end: int) -> bool:
    """Whether nothing but a few lines of fields stands in `[start, end)`, between LFs: 资金来源：市级财政."""
    if end - start > _MOST_FIELDS * (_LONGEST_LABEL + _LONGEST_FIELD + 3) + 1:
        return False
    first, *lines, last = text[start:end].split("\n") if "\n" in text[start:end] else ("", "")
    return not first and not last and 1 <= len(lines) <= _MOST_FIELDS and all(map(_is_field, lines))


def _is_field(line: str) -> bool:
    label, _, said = line.partition("：")
    said = said[:-1] if len(said) > 1 and said[-1] in "。；" else said
    fits = 2 <= len(label) <= _LONGEST_LABEL and 1 <= len(said) <= _LONGEST_FIELD
    return fits and is_chinese(label) and "。" not in said and "：" not in said


class Linker:
    """Tells of the clauses of progress paragraphs which task of their section each is about.

    Of a long section only the tasks nearest to a paragraph are looked at.
    """

    def __init__(self, tasks: Sequence[tuple[int, str]], lexicon: Lexicon) -> None:
        """Takes where each task begins, and its text."""
        self._lexicon = lexicon
        self._places = [*range(len(tasks))]
        if len(tasks) > _MOST_TASKS:
            self._places.sort(key=lambda place: tasks[place][0])
        self._starts = [tasks[place][0] for place in self._places]
        self._texts = [tasks[place][1] for place in self._places]
        self._known = [*map(_pairs, self._texts)] if len(tasks) > 1 else []
        self._parts: dict[int, set[str]] = {}

    def link(self, clauses: Sequence[tuple[str, Sequence[str]]], start: int) -> list[int | None]:
        """For each clause (its text, the subjects of its targets) the index of the task that it is about, or None.

        `start` is where their paragraph begins.
        """
        low, high = 0, len(self._texts)
        if high > _MOST_TASKS:
            low = max(0, min(bisect_left(self._starts, start), high) - _MOST_TASKS)
            high = low + _MOST_TASKS
        links = _best([self._scores(text, subjects, low, high) for text, subjects in clauses])
        return [None if task is None else self._places[task] for task in links]

    def _scores(self, text: str, subjects: Sequence[str], low: int, high: int) -> dict[int, float]:
        """How much the tasks `[low, high)` share with the clause; pairs that many of them have count less."""
        pairs = _pairs(_without_set_phrases(text, self._lexicon))
        if len(pairs) < _LEAST_CONTENT:
            return {}
        if high - low == 1:
            return {low: 1.0}
        whole = 0.0
        weights: dict[int, float] = {}
        common: Counter[int] = Counter()
        for pair in pairs:
            tasks = [task for task in range(low, high) if pair in self._known[task]]
            weight = 1.0 / len(tasks) if tasks else 1.0
            whole += weight
            for task in tasks:
                weights[task] = weights.get(task, 0.0) + weight
            common.update(tasks)
        scores = {
            task: weight / whole + 2 * common[task] / (len(pairs) + len(self._known[task]))
            for task, weight in weights.items()
        }
        heads = [subject.removeprefix("全区").removeprefix("全市")[:2] for subject in subjects]
        if heads:
            scores = {
                task: s if any(head in self._parts_of(task) for head in heads) else s * _OTHER_INDICATOR
                for task, s in scores.items()
            }
        highest = max(scores.values(), default=0.0)
        return scores if sum(score >= 0.8 * highest for score in scores.values()) < 3 else {}

    def _parts_of(self, task: int) -> set[str]:
        """All that stands in a task and is at most two characters long."""
        if task not in self._parts:
            text = self._texts[task]
            self._parts[task] = {"", *text, *map(add, text, text[1:])}
        return self._parts[task]


def _best(scores: Sequence[Mapping[int, float]]) -> list[int | None]:
    """Of all ways to link the clauses in order the one with the highest sum of scores (Viterbi 1967).

    `scores` says of each clause how much each task shares with it. What is kept of a way is its sum, the task that it
    came to last, and its links, the last first.
    """
    best: dict[int, _Way] = {-1: (0.0, None)}
    for clause, each in enumerate(scores):
        gains = sorted((task, score - _LEAST_SCORE) for task, score in each.items() if score > _LEAST_SCORE)
        if gains:
            best = _further(best, clause, gains)
    links: list[int | None] = [None] * len(scores)
    way = max(best.values(), key=itemgetter(0))[1]
    while way is not None:
        clause, task, way = way
        links[clause] = task
    return links


def _further(best: Mapping[int, _Way], clause: int, gains: Sequence[tuple[int, float]]) -> dict[int, _Way]:
    """The best ways with one clause more, by the task that each came to last; of equal ones the earlier found."""
    order = {task: -place for place, task in enumerate(best)}
    tasks = sorted(best)
    sums = [(best[task][0], order[task], task) for task in tasks]
    up_to = [*accumulate(sums, max)]
    from_on = [*accumulate(reversed(sums), max)][::-1]
    first = next(iter(best))
    found: dict[int, _Way] = dict.fromkeys([first, *(task for task, _ in gains), *best], (0.0, None))
    found.update(best)
    for task, gain in gains:
        here = bisect_right(tasks, task)
        ways = [(up_to[here - 1][0] + gain, *up_to[here - 1][1:])] if here else []
        if here < len(tasks):
            ways.append((from_on[here][0] + (gain - _TURNING_BACK), *from_on[here][1:]))
        total, place, last = max(ways)
        if task not in best or (total, place) > (best[task][0], order[task]):
            found[task] = (total, (clause, task, best[last][1]))
    return found


def _without_set_phrases(text: str, lexicon: Lexicon) -> str:
    """A clause with a blank in the place of each set phrase, which says nothing of what it is about."""
    spans = [match.span() for _, match in lexicon["set_phrase"].scan(text, 0, len(text))]
    lows, highs = [0, *(high for _, high in spans)], [*(low for low, _ in spans), len(text)]
    return " ".join(text[low:high] for low, high in zip(lows, highs, strict=True))


def _pairs(text: str) -> set[str]:
    """The pairs of characters that stand side by side in a word."""
    return {pair for word in _WORD.findall(text) for pair in map(add, word, word[1:])}
