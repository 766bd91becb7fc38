"""How well a reading agrees with an annotation (评分), kind of fact by kind of fact.

An annotation keeps the names of the annotators' guideline (items, responsibilities, number, date); a reading is what
`extract` prints. A fact of both has one key. Keys leave out what two careful readers may write differently: blanks,
the width of brackets and digits, punctuation at the ends, the far end of a long text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations_with_replacement
from typing import Any

Json = Mapping[str, Any]
Key = Hashable

KINDS = (
    "plan fields",
    "tasks",
    "task starts",
    "assignments",
    "assignments, no role",
    "hats",
    "citations",
    "citation roles",
    "deadlines",
    "targets",
    "facts on their task",
    "words",
    "milestones",
    "milestone links",
    "unit clusters",
)
_HEADER = (
    ("title", "title"),
    ("number", "document_number"),
    ("issuer", "issuer"),
    ("date", "issued_on"),
    ("year", "year"),
)
_NOISE = re.compile(
    r"—\s*\d+\s*—|\n[ \t]*\d{1,3}[ \t]*(?=\r?\n)|-\s*\d+\s*-(?=\s*\n)"
    r"|[\s\u200b-\u200f\u202a-\u202e\u2060-\u206f\u180e\ufe00-\ufe0f\ufeff\ufffc\xad\x00-\x1f\x7f]+"
)
_FULL_WIDTH = [0xFF05, *range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]
_FOLD = str.maketrans("(),;:[]", "（），；：［］") | {c: c - 0xFEE0 for c in _FULL_WIDTH}
_BRACKETS = str.maketrans("［］【】（）", "〔〕〔〕〔〕")
_KEY_LENGTH = 8
_NEAR = (400, 600)
"""Characters in front of a task and behind it within which its facts stand."""


@dataclass
class Tally:
    """What was read and what was annotated, of one kind, as multisets of keys."""

    read: Counter[Key] = field(default_factory=Counter)
    gold: Counter[Key] = field(default_factory=Counter)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1.0 where there is nothing to read and nothing was read."""
        return 2 * (self.read & self.gold).total() / whole if (whole := self.read.total() + self.gold.total()) else 1.0

    def __str__(self) -> str:
        missed, spurious = list((self.gold - self.read).elements())[:5], list((self.read - self.gold).elements())[:5]
        return f"F1 {self.f1:.3f}; missed {missed}; spurious {spurious}"


Score = dict[str, Tally]


def squeeze(text: str | None) -> str:
    """The text without layout noise; half-width brackets full-width, full-width letters and digits half-width."""
    return _NOISE.sub("", text or "").translate(_FOLD)


def bare(text: str | None) -> str:
    """A text's key: squeezed, without the punctuation at either end."""
    return squeeze(text).strip("。，；：、.,;: ")


def score(gold: Json, printed: Json) -> Score:
    """The reading against the annotation."""
    tallies = {kind: Tally() for kind in KINDS}
    _add_gold({kind: tally.gold for kind, tally in tallies.items()}, gold)
    _add_printed({kind: tally.read for kind, tally in tallies.items()}, printed)
    tallies["unit clusters"] = _clusters(gold, printed)
    return tallies


def pooled(scores: Iterable[Score]) -> Score:
    """The scores of several plans as one."""
    whole = {kind: Tally() for kind in KINDS}
    for number, one in enumerate(scores):
        for kind, tally in one.items():
            whole[kind].read.update({(number, key): n for key, n in tally.read.items()})
            whole[kind].gold.update({(number, key): n for key, n in tally.gold.items()})
    return whole


Side = dict[str, Counter[Key]]


def _add_gold(side: Side, gold: Json) -> None:
    for theirs, ours in _HEADER:
        if gold["plan"].get(theirs):
            side["plan fields"][ours, squeeze(str(gold["plan"][theirs]))] += 1
    for item in gold["items"]:
        keys = []
        for task in item["tasks"]:
            key = _task_key(item["number"], task["ends_with"])
            keys.append(key)
            _add_task(side, key, task["starts_with"], task["responsibilities"], task)
        for clause in item.get("milestones", []):
            about = clause.get("task")
            _add_milestone(side, item["number"], clause, None if about is None else keys[about])
    _add_citations_outside(side, gold.get("plan_citations", []))


def _add_printed(side: Side, printed: Json) -> None:
    for _, ours in _HEADER:
        if printed["plan"].get(ours):
            side["plan fields"][ours, squeeze(str(printed["plan"][ours]))] += 1
    keys = {}
    for task in printed["tasks"]:
        keys[task["id"]] = key = _task_key(task["section"], task["text"])
        _add_task(side, key, task["text"], task["assignments"], task)
    for clause in printed["milestones"]:
        _add_milestone(side, clause["section"], clause, keys[clause["task"]] if clause["task"] else None)
    _add_citations_outside(side, printed["citations"])


def _add_task(side: Side, key: tuple[str, str], text: str, assignments: Iterable[Json], holder: Json) -> None:
    side["tasks"][key] += 1
    side["task starts"][key, bare(text)[:_KEY_LENGTH]] += 1
    for assignment in assignments:
        who = bare(assignment["mention"])
        side["assignments"][key, who, assignment["role"]] += 1
        side["assignments, no role"][key, who] += 1
        if assignment.get("hat"):
            side["hats"][key, who, squeeze(assignment["hat"])] += 1
    _add_facts(side, key, holder)


def _add_milestone(side: Side, section: str, clause: Json, about: Key) -> None:
    end = bare(clause["text"])[-_KEY_LENGTH:]
    side["milestones"][_section_key(section), end] += 1
    if about is not None:
        side["milestone links"][end, about] += 1
    _add_facts(side, (_section_key(section), end), clause)


def _add_facts(side: Side, key: tuple[str, str], holder: Json) -> None:
    for citation in holder.get("citations") or []:
        said = _citation_key(citation)
        side["citations"][key[0], said] += 1
        side["citation roles"][key[0], said, citation.get("role")] += 1
        side["facts on their task"][key, said] += 1
    for deadline in holder.get("deadlines") or []:
        when = tuple(deadline.get(part) for part in ("kind", "due", "every", "min_count"))
        side["deadlines"][key[0], when] += 1
        side["facts on their task"][key, when] += 1
        if deadline.get("kind") != "open":
            side["words"][key, when, _core(deadline.get("text"))] += 1
    for target in holder.get("targets") or []:
        aim = round(float(target["value"]), 4), (target.get("unit") or "").strip(), target.get("op")
        side["targets"][key[0], aim] += 1
        side["facts on their task"][key, aim] += 1
        side["words"][key, aim, _core(target.get("text"))] += 1


def _add_citations_outside(side: Side, citations: Iterable[Json]) -> None:
    for citation in citations:
        side["citations"]["outside", _citation_key(citation)] += 1
        side["citation roles"]["outside", _citation_key(citation), citation.get("role")] += 1


def _section_key(number: str | None) -> str:
    """`（三）`, `(三)` and `三、` are one number; so are `1.`, `1、` and `1`."""
    return re.sub(r"[（）.．、，]", "", squeeze(number))


def _task_key(section: str | None, text: str) -> tuple[str, str]:
    return _section_key(section), bare(text)[-_KEY_LENGTH:]


def _citation_key(citation: Json) -> Key:
    number = citation.get("number") or citation.get("document_number")
    return bare(citation.get("title")), squeeze(number).translate(_BRACKETS) or None


def _core(text: str | None) -> str:
    """The part of a phrase that two readers agree on: its digits, else its first two characters."""
    said = bare(text)
    return "".join(re.findall(r"\d", said)) or said[:2]


def _clusters(gold: Json, printed: Json) -> Tally:
    """Which mentions mean the same unit: the pairs among the mentions that both sides have."""
    annotated = _meanings(a for item in gold["items"] for task in item["tasks"] for a in task["responsibilities"])
    read = _meanings(a for task in printed["tasks"] for a in task["assignments"])
    common = sorted(annotated.keys() & read.keys())
    return Tally(_pairs(read, common), _pairs(annotated, common))


def _meanings(assignments: Iterable[Json]) -> dict[str, set[str]]:
    meanings: dict[str, set[str]] = {}
    for assignment in assignments:
        meanings.setdefault(bare(assignment["mention"]), set()).add(assignment["unit"])
    return meanings


def _pairs(meanings: Mapping[str, set[str]], names: Iterable[str]) -> Counter[Key]:
    pairs = combinations_with_replacement(names, 2)
    return Counter((a, b) for a, b in pairs if meanings[a] == meanings[b] and len(meanings[a]) == 1)


def facts(printed: Json) -> Iterator[tuple[str, str, Json, Json | None]]:
    """Every printed fact: its kind, what it says, the fact, and the task or milestone that it belongs to."""
    for task in printed["tasks"]:
        yield "task", task["text"], task, None
        yield from (("assignment", a["mention"], a, task) for a in task["assignments"])
    yield from (("milestone", clause["text"], clause, None) for clause in printed["milestones"])
    for holder in (*printed["tasks"], *printed["milestones"], printed):
        near = holder if holder is not printed else None
        yield from (("citation", c["title"] or c["document_number"], c, near) for c in holder["citations"])
        yield from (("deadline", d["text"], d, near) for d in holder.get("deadlines", []))
        yield from (("target", t["text"], t, near) for t in holder.get("targets", []))


def misplaced(printed: Json, source: str) -> list[str]:
    """The facts whose place in the source does not say what they say, or is far from what they belong to."""
    wrong = []
    for kind, said, fact, near in facts(printed):
        here = squeeze(source[fact["start"] : fact["end"]])
        if not (bare(said) and bare(said) in here and len(here) <= len(squeeze(said)) + 12):
            wrong.append(f"{kind}: says {said!r}, the source has {here[:60]!r}")
        elif kind == "deadline" and near is not None and near in printed["milestones"] and fact["end"] <= near["start"]:
            continue  # A column's head, 一季度, stands above all rows of its table.
        elif near is not None and not near["start"] - _NEAR[0] <= fact["start"] <= near["end"] + _NEAR[1]:
            wrong.append(f"{kind}: {said!r} stands far from what it belongs to")
    return wrong
