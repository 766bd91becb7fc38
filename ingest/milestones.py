"""Progress paragraphs (工作进度、时间安排) → clauses, each linked to the task that it is about.

A clause is linked by its words: those that it shares with one task of its item and with no other. A clause of set
phrases only (按工作进度分阶段有序推进) is about the item as a whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.clean import Clean

LABEL = re.compile(r"(?:工作|任务|推进|完成|实施|进度|时间)?(?:进度|时间|进展|阶段)(?:安排|要求|计划|节点|目标|表)?：")
_WORD = re.compile(r"[^\W_]{2,}")
_CLAUSE = re.compile(r"[；。\n]")
_SET_PHRASES = re.compile(
    r"(?:按照?|根据|依据)?(?:新冠肺炎)?(?:疫情防控|上级|工作|全市|全省|全区|有关)?(?:工作)?(?:要求|安排|部署|进度|情况|实际|计划)|分阶段|有序|推进"
    r"|按[时期]|完成|全部|各项|任务|工作|安排部署|适时|及时|时间节点|按照?|底前|前|年底|上半年|下半年|月|\d+|%|，|的|和|及|开展|做好|加大|加强|深入|上级"
)
_LEAST_CONTENT = 4
"""Pairs of characters that a clause must have beside set phrases to be about anything."""
_LEAST_SCORE = 0.2
_TURNING_BACK = 0.25
"""What it costs a clause to be about an earlier task than the clause before it: progress follows the order of tasks."""
_OTHER_INDICATOR = 0.3
"""Factor for a task that does not name what the clause's indicator measures."""


def clauses(clean: Clean, start: int, end: int) -> Iterator[tuple[int, int]]:
    """`[start, end)` split at ； and 。, blanks and empty clauses left out."""
    low = start
    for found in [*_CLAUSE.finditer(clean.folded, start, end), None]:
        high = found.start() if found else end
        if high - low > 1:
            yield low, high
        low = found.end() if found else end


def link(clauses: Sequence[tuple[str, Sequence[str]]], tasks: Sequence[str]) -> list[int | None]:
    """For each clause (its text, the subjects of its targets) the index of the task that it is about, or None.

    Of all ways to link the clauses in order the one with the highest sum of scores is taken (Viterbi 1967).
    """
    known = [set(_pairs(task)) for task in tasks]
    best: dict[int, tuple[float, list[int | None]]] = {-1: (0.0, [])}
    for text, subjects in clauses:
        scores = _scores(text, subjects, tasks, known)
        following: dict[int, tuple[float, list[int | None]]] = {}
        for last, (total, path) in best.items():
            choices: list[tuple[int | None, float]] = [(None, 0.0)]
            choices += [
                (i, s - _LEAST_SCORE - (_TURNING_BACK if i < last else 0))
                for i, s in enumerate(scores)
                if s > _LEAST_SCORE
            ]
            for choice, gain in choices:
                state = last if choice is None else choice
                if state not in following or total + gain > following[state][0]:
                    following[state] = (total + gain, [*path, choice])
        best = following
    return max(best.values(), key=lambda entry: entry[0])[1]


def _scores(text: str, subjects: Sequence[str], tasks: Sequence[str], known: Sequence[set[str]]) -> list[float]:
    """How much each task shares with the clause; pairs that many tasks have count less."""
    pairs = set(_pairs(_SET_PHRASES.sub(" ", text)))
    if len(pairs) < _LEAST_CONTENT:
        return [0.0] * len(tasks)
    if len(tasks) == 1:
        return [1.0]
    spread = Counter(pair for task in known for pair in task)
    weights = {pair: 1.0 / spread[pair] if spread[pair] else 1.0 for pair in pairs}
    whole = sum(weights.values())
    scores = [
        sum(weights[p] for p in pairs & task) / whole + 2 * len(pairs & task) / (len(pairs) + len(task))
        for task in known
    ]
    heads = [subject.removeprefix("全区").removeprefix("全市")[:2] for subject in subjects]
    scores = [
        s if not heads or any(h in task for h in heads) else s * _OTHER_INDICATOR
        for s, task in zip(scores, tasks, strict=True)
    ]
    alike = sum(score >= 0.8 * max(scores) for score in scores)
    return scores if alike < 3 else [0.0] * len(tasks)


def _pairs(text: str) -> list[str]:
    return [one + other for word in _WORD.findall(text) for one, other in zip(word, word[1:], strict=False)]
