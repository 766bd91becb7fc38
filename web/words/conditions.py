"""The conditions of a query in words (条件): one chip a predicate, and the sentence that all of them make."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec

from graph.query import (
    FIRM,
    NAMED,
    AimsAt,
    All,
    Among,
    Cites,
    FallsDue,
    Has,
    InPlan,
    InSection,
    Lacks,
    Not,
    OfPerson,
    OfRegion,
    OfSystem,
    OfUnit,
    OfYear,
    Predicate,
    Query,
    Recurs,
    Says,
    Some,
    Where,
    conjuncts,
    parts_of,
)
from ingest.model import Record
from web.words.phrases import PERIODS, VIAS, word
from web.words.wording import CITATION_ROLES, KINDS, LEVELS, ROLES, Translate, as_is

NAME_OF: Mapping[type, str] = {
    OfUnit: "unit", OfPerson: "person", OfSystem: "system", Cites: "cites", FallsDue: "due", Recurs: "every",
    AimsAt: "target", Has: "has", Lacks: "lacks", InSection: "section", InPlan: "plan", OfYear: "year",
    OfRegion: "region", Says: "q", Among: "task",
}  # fmt: skip
"""The name of each predicate's parameter; a test holds it to the list of predicates."""

LabelOf = Callable[[str, str], str]
"""What a thing is called, by the name of its condition and its id."""

NAMES: Mapping[str, str] = {
    "unit": "单位", "person": "责任领导", "system": "条线", "cites": "依据", "due": "到期", "every": "周期",
    "target": "指标", "has": "写有", "lacks": "缺少", "section": "章节", "plan": "文件", "year": "文件年度",
    "region": "地区", "q": "字词", "task": "任务", "where": "条件",
}  # fmt: skip
"""What conditions are called, by the name of their parameter."""

THINGS: Mapping[str, str] = {
    "unit": "责任单位", "lead": "牵头单位", "responsible": "负责单位", "support": "配合单位",
    "clear-unit": "点名的单位", "deadline": "明确时限", "any-deadline": "任何时限",
    "own-deadline": "自己的时限（只有本项的进度）", "set-deadline": "定下来的时限（只有“适时”等）",
    "target": "量化指标", "citation": "文件依据", "milestone": "工作进度", "person": "责任领导",
}  # fmt: skip
SELECTED: Mapping[str, str] = {
    "task": "任务", "unit": "单位", "document": "依据文件", "plan": "文件", "month": "到期月份", "target": "指标",
    "deadline": "时限", "region": "地区", "year": "文件年度",
}  # fmt: skip
ORDERS: Mapping[str, str] = {
    "plan": "按文件顺序", "due": "按时限先后", "relevance": "按相关程度", "most": "多的在前", "least": "少的在前",
}  # fmt: skip
DUE_LEVELS: Mapping[str, str] = {**LEVELS, "again": KINDS["recurring"]}
"""In which ways something falls due."""
OWN_YEAR = "各文件年度的{first}至{last}"
UP_TO, FROM, BETWEEN = "{last}以前", "{first}以后", "{first}至{last}"
NOT, OR, EVERYTHING, WITH = "不：", "或", "全部任务", "含{levels}"
AND, LEAST, MOST = "且", "至少 {count} 项任务", "至多 {count} 项任务"
INNER = "〔{part}〕"
"""A condition inside a condition: what 或 and 且 join is told apart."""


class Chip(Record, frozen=True):
    """A condition as it is shown: the name of its parameter and what that is called, its words, whether it is denied,
    and the id of the one unit, document or plan that it names."""

    name: str
    title: str
    words: str
    denied: bool
    thing: str = ""


def with_place(name: str, region: str) -> str:
    """A name with its place, or a title with its number, without which it may be several: 教育局（兴化市）."""
    return f"{name}（{region}）" if region else name


def chips(query: Query, label_of: LabelOf, translate: Translate = as_is) -> tuple[Chip, ...]:
    """The conditions that must all hold, in their order."""
    return tuple(_chip(each, label_of, translate) for each in conjuncts(query.where))


def sentence(query: Query, label_of: LabelOf, translate: Translate = as_is) -> str:
    """A query in one sentence, which names what is listed too; web/queries/sentence.py reads it again."""
    said = [_said(chip, translate) for chip in chips(query, label_of, translate)]
    said = said or [translate(EVERYTHING)]
    if query.order != "plan":
        said.append(translate(ORDERS[query.order]))
    counts = ((LEAST, query.least), (MOST, query.most))
    said += [translate(form).format(count=count) for form, count in counts if count is not None]
    listed = translate(SELECTED[query.select])
    roles = "、".join(translate(ROLES[role]) for role in query.roles)
    return f"{listed}{f'（{roles}）' if roles else ''}：{'；'.join(said)}"


def _said(chip: Chip, translate: Translate) -> str:
    return f"{translate(NOT) if chip.denied else ''}{chip.title} {chip.words}"


def _chip(where: Where, label_of: LabelOf, translate: Translate) -> Chip:
    denied, part = isinstance(where, Not), where.part if isinstance(where, Not) else where
    if isinstance(part, All | Some | Not):
        inner = [INNER.format(part=_said(_chip(each, label_of, translate), translate)) for each in parts_of(part)]
        joined = f"{translate(NOT)}{inner[0]}" if isinstance(part, Not) else _join(part, translate).join(inner)
        return Chip("where", translate(NAMES["where"]), joined, denied)
    name = NAME_OF[type(part)]
    return Chip(name, translate(NAMES[name]), _words(name, part, label_of, translate), denied, _thing(part))


def _join(of: Where, translate: Translate) -> str:
    return translate(AND if isinstance(of, All) else OR)


def _thing(of: Predicate) -> str:
    match of:
        case OfUnit((id,)) | Cites((id,)) | InPlan((id,)):
            return id
    return ""


def _words(name: str, of: Predicate, label_of: LabelOf, translate: Translate) -> str:
    """The words of a predicate whose condition is called so."""
    several = translate(OR)
    match of:
        case OfUnit(ids, roles, via):
            vias = [] if via == NAMED else [word(VIAS, each, translate) for each in via]
            return _tailed(
                several.join(label_of(name, id) for id in ids), [*(translate(ROLES[r]) for r in roles), *vias]
            )
        case Cites(documents, roles):
            titles = several.join(label_of(name, id) for id in documents)
            return _tailed(titles, [translate(CITATION_ROLES[role]) for role in roles])
        case FallsDue():
            return _days(of, translate)
        case Recurs(periods):
            return several.join(word(PERIODS, each, translate) for each in periods)
        case AimsAt(subject, comparison, value):
            return f"{subject}{f' {comparison} {value:.15g}' if comparison and value is not None else ''}"
        case Has(kind) | Lacks(kind):
            return translate(THINGS[kind])
        case Says(text):
            return text
        case Among(ids):
            return str(len(ids))
    return several.join(label_of(name, str(each)) for each in _listed(of))


def _listed(of: Predicate) -> Sequence[object]:
    """What a predicate lists, where it lists things and nothing else."""
    return next(iter(msgspec.structs.asdict(of).values()))  # type: ignore[no-any-return]


def _tailed(words: str, tail: Sequence[str]) -> str:
    return f"{words}（{'、'.join(tail)}）" if tail else words


def _levels(of: FallsDue, translate: Translate) -> str:
    """In which ways something falls due, where it is not only by days of the task's own."""
    more = [each for each in of.levels if each not in FIRM]
    if {*of.levels} == {*FIRM}:
        return ""
    said = "、".join(translate(DUE_LEVELS[each]) for each in (more if {*FIRM} < {*of.levels} else of.levels))
    return translate(WITH).format(levels=said) if {*FIRM} < {*of.levels} else said


def _days(of: FallsDue, translate: Translate) -> str:
    levels = _levels(of, translate)
    first, last = of.first, of.last
    if len(first or last) == len("12-31"):
        form = OWN_YEAR
        first, last = first or "01-01", last or "12-31"
    else:
        form = BETWEEN if first and last else UP_TO if last else FROM
    said = translate(form).format(first=first, last=last)
    return f"{said}（{levels}）" if levels else said
