"""What a question means (理解): tokens to a query. Pure.

Each rule of `RULES` looks for its own tokens, says what they mean and marks them as used; examples stand in its
docstring, and tests ask them. What content no rule has used is the topic. Every other word is used or told as unused;
a negation that attaches to nothing makes the question refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from graph.query.selection import (
    FIRM,
    NAMED,
    AimsAt,
    All,
    Cites,
    FallsDue,
    Has,
    HasKind,
    InPlan,
    Lacks,
    Not,
    OfRegion,
    OfUnit,
    OfYear,
    Order,
    Query,
    Recurs,
    Says,
    Select,
    Where,
)
from ingest.model import Period, Record, Role
from search.questions.gazetteer import Gazetteer
from search.questions.tokens import Token

ProblemKind = Literal[
    "nothing", "order", "unknown-unit", "unknown-document", "which", "one-year", "loose-not", "no-topic", "no-section",
    "no-rank",
]  # fmt: skip


class Problem(Record, frozen=True):
    """Why a question is not answered, the words that it is about, and ids that may have been meant."""

    kind: ProblemKind
    words: str
    ids: tuple[str, ...] = ()


class Understood(Record, frozen=True):
    """A question's meaning: the query, whether it counts, what was assumed, what was not used, what it cannot settle.

    `sections` are numbers of items that the plans must be asked for; `earliest` asks for the first day alone.
    """

    query: Query
    counts: bool = False
    topics: tuple[str, ...] = ()
    sections: tuple[tuple[str, str], ...] = ()
    assumed: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    problem: Problem | None = None
    earliest: bool = False


_PERIODS: dict[str, tuple[Period, ...]] = {"any": ("day", "week", "month", "quarter", "half", "year")}
_STATED = re.compile("明确|规定|指定|写|标|安排|列")
"""没有明确牵头的 speaks of what the text does not say, whoever else is named."""
_THIS_YEAR = ("今年", "本年")
"""What plans say of themselves: a plan's 今年 is its own year."""

_ROLES: dict[str, tuple[Role, ...]] = {"lead": ("lead",), "support": ("support",), "": ()}


@dataclass
class Parsing:
    """A question that is being read: tokens, which of them are used, and what is known so far."""

    tokens: Sequence[Token]
    names: Gazetteer
    today: date
    used: set[int] = field(default_factory=set)
    where: list[Where] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    sections: list[tuple[str, str]] = field(default_factory=list)
    assumed: list[str] = field(default_factory=list)
    select: Select = "task"
    order: Order = "plan"
    roles: tuple[Role, ...] = ()
    least: int | None = None
    most: int | None = None
    counts: bool = False
    problem: Problem | None = None
    earliest: bool = False

    def of(self, *kinds: str) -> list[int]:
        """Places of tokens of some kinds that are not used yet."""
        return [at for at, token in enumerate(self.tokens) if token.kind in kinds and at not in self.used]

    def next(self, at: int, step: int = 1) -> int | None:
        """The place of the next (or last) token that says something."""
        at += step
        while 0 <= at < len(self.tokens) and self.tokens[at].kind == "fill":
            at += step
        return at if 0 <= at < len(self.tokens) else None

    def kind(self, at: int | None) -> str:
        return "" if at is None else self.tokens[at].kind

    def denied(self, at: int) -> bool:
        """Whether a 不 or 没有 stands right before; it is used then."""
        before = self.next(at, -1)
        while self.kind(before) == "and" and before is not None:
            before = self.next(before, -1)  # 除了跟农业农村局一起的
        if self.kind(before) == "not" and before not in self.used and before is not None:
            self.used.add(before)
            return True
        return False

    def refuse(self, kind: ProblemKind, words: str, ids: Sequence[str] = ()) -> None:
        self.problem = self.problem or Problem(kind, words, tuple(ids))


def understand(tokens: Sequence[Token], names: Gazetteer, today: date) -> Understood:
    """The meaning of a question's tokens."""
    parsing = Parsing(tokens, names, today)
    for rule in RULES:
        rule(parsing)
    unused = tuple(parsing.tokens[at].text for at in parsing.of("content", "number", "system", "person", "region"))
    for at in parsing.of("not"):
        parsing.refuse("loose-not", parsing.tokens[at].text)
    if not parsing.where and not parsing.topics and not parsing.sections and not _asks_of_all(parsing):
        parsing.refuse("nothing", "")
    where = All(tuple(parsing.where))
    query = Query(where, parsing.select, parsing.order, parsing.roles, parsing.least, parsing.most)
    return Understood(
        query, parsing.counts, tuple(parsing.topics), tuple(parsing.sections), tuple(parsing.assumed), unused,
        parsing.problem, parsing.earliest,
    )  # fmt: skip


def _asks_of_all(parsing: Parsing) -> bool:
    """哪个单位牵头最多, 一共有多少项任务: a question about everything that there is."""
    return parsing.order in ("most", "least") or parsing.least is not None or parsing.counts


# Rules


def orders(parsing: Parsing) -> None:
    """帮我写一份总结: nothing that can be looked up."""
    for at in parsing.of("order"):
        parsing.refuse("order", parsing.tokens[at].text)


def compared_years(parsing: Parsing) -> None:
    """今年比去年多了哪些任务: only where the library has two years of one thing."""
    for at in parsing.of("fresh"):
        parsing.refuse("one-year", parsing.tokens[at].text)


def overdue(parsing: Parsing) -> None:
    """哪些任务已经逾期了"""
    for at in parsing.of("overdue"):
        parsing.used.add(at)
        yesterday = (parsing.today - timedelta(days=1)).isoformat()
        parsing.where.append(FallsDue("", yesterday))
        parsing.assumed.append("overdue")


def periods(parsing: Parsing) -> None:
    """每季度要做什么"""
    for at in parsing.of("every"):
        parsing.used.add(at)
        value = parsing.tokens[at].value
        parsing.where.append(Recurs(_PERIODS.get(value) or (value,)))  # type: ignore[arg-type]


def gaps(parsing: Parsing) -> None:
    """哪些任务没有明确时限; 没明确谁牵头的任务; 没有牵头的任务; 其中哪些有时限; 没有量化指标的"""
    for at in parsing.of("what"):
        kind = _GAP_OF.get(parsing.tokens[at].value)
        made = (
            None if kind is None else Lacks(kind) if parsing.denied(at) else Has(kind) if _with(parsing, at) else None
        )
        if made is not None:
            parsing.used.add(at)
            parsing.where.append(made)
    for at in parsing.of("gap"):
        _gap(parsing, at)
    for at in parsing.of("not"):
        after = parsing.next(at)
        if after is None:
            continue
        stated = _STATED.search(parsing.tokens[at].text)
        if parsing.kind(after) == "role" and (stated or not parsing.of("unit")):
            parsing.used |= {at, after}
            parsing.where.append(Lacks(_LACKED.get(parsing.tokens[after].value, "unit")))
        elif parsing.kind(after) == "pronoun":
            _denied_of_itself(parsing, at, after)


def _gap(parsing: Parsing, at: int) -> None:
    """What of 牵头单位, 时限, 指标 is said: that it lacks, that it is there, or the question what it is."""
    kind: HasKind = parsing.tokens[at].value  # type: ignore[assignment]
    if parsing.denied(at):
        parsing.where.append(Lacks(kind))
    elif kind in _ASKED_OF and at > 0 and parsing.tokens[at - 1].text in _HAVING:
        parsing.where.append(Has(kind))
    elif kind in ("lead", "unit", "support") and not parsing.of("unit"):
        parsing.select = "unit"
        parsing.roles = _ROLES.get(kind, ())
    elif kind in _ASKED_OF:
        parsing.select = _ASKED_OF[kind]
        parsing.where.append(Has(kind))
    else:
        return
    parsing.used.add(at)


def _denied_of_itself(parsing: Parsing, at: int, pronoun: int) -> None:
    """省数据局有份但不是它牵头的: a unit named before, and a role that it does not have."""
    role = parsing.next(pronoun)
    while parsing.kind(role) == "pronoun" and role is not None:
        role = parsing.next(role)
    unit = next((each for each in parsing.tokens[:at] if each.kind == "unit" and each.ids), None)
    if unit is not None and parsing.kind(role) == "role" and role is not None:
        parsing.used |= {at, pronoun, role}
        roles = _ROLES.get(parsing.tokens[role].value) or ("responsible",)
        parsing.where.append(Not(OfUnit(_settled(parsing, unit), roles)))


def _with(parsing: Parsing, at: int) -> bool:
    """有量化指标的任务 narrows; 有哪些量化指标 asks."""
    before = parsing.tokens[at - 1].text if at else ""
    behind = parsing.tokens[at + 1].text if at + 1 < len(parsing.tokens) else ""
    return before in ("有", "写有", "都有") and behind == "的"


_GAP_OF: dict[str, HasKind] = {"target": "target", "deadline": "deadline", "document": "citation"}
_LACKED: dict[str, HasKind] = {"lead": "lead", "support": "support"}
_ASKED_OF: dict[str, Select] = {"target": "target", "deadline": "deadline", "citation": "document"}
_HAVING = ("有", "设定了", "明确了", "have", "has", "with")


def documents(parsing: Parsing) -> None:
    """哪些任务引用了《民法典》; 没有引用《民法典》的任务; 应急预案由谁修订; 国发〔2018〕42号讲了什么"""
    for at in parsing.of("document"):
        token = parsing.tokens[at]
        parsing.used.add(at)
        if not token.ids:
            parsing.refuse("unknown-document", token.text)
            continue
        verb = next((each for each in (parsing.next(at, -1), parsing.next(at)) if parsing.kind(each) == "cites"), None)
        revised = [each for each in parsing.of("cites") if parsing.tokens[each].value == "revise"]
        roles = ("revise",) if revised else ()
        denied = parsing.denied(verb if verb is not None else at)
        parsing.used |= {*revised} | ({verb} if verb is not None else set())
        cited = [id for id in token.ids if any(row.id == id for row in parsing.names.documents)]
        plans = [id for id in token.ids if id not in cited]
        predicate: Where = Cites(tuple(cited), roles) if cited else InPlan(tuple(plans))  # type: ignore[arg-type]
        parsing.where.append(Not(predicate) if denied else predicate)


def plans(parsing: Parsing) -> None:
    """食品安全要点一共有多少项任务; 食品安全要点第五部分有哪些任务"""
    for at in parsing.of("plan"):
        parsing.used.add(at)
        predicate = InPlan(parsing.tokens[at].ids)
        parsing.where.append(Not(predicate) if parsing.denied(at) else predicate)
    for at in parsing.of("section"):
        parsing.used.add(at)
        parsing.sections.append((parsing.tokens[at].value, parsing.tokens[at].text))


def times(parsing: Parsing) -> None:
    """12月底前要完成什么; 2021年牵头哪些任务; 今年有什么任务; 下个月到期的"""
    for at in parsing.of("time"):
        time = parsing.tokens[at].time
        assert time is not None
        parsing.used.add(at)
        due = any(parsing.kind(each) == "due" for each in (parsing.next(at), parsing.next(at, -1)))
        predicate: Where
        if time.year is not None and not due:
            if time.text.startswith(_THIS_YEAR):
                parsing.assumed.append("this-year")
                continue
            predicate = OfYear((time.year,))
        else:
            predicate = FallsDue(time.first, time.last, FIRM)
            parsing.assumed.append("clock" if time.clock else "own-year" if len(time.last) == len("12-31") else "")
        parsing.where.append(Not(predicate) if parsing.denied(at) else predicate)


def partners(parsing: Parsing) -> None:
    """公安分局主要跟谁一起干活"""
    if parsing.of("partners") and parsing.of("unit"):
        parsing.used |= {*parsing.of("partners", "together")}
        parsing.select, parsing.order = "unit", "most"


def units(parsing: Parsing) -> None:
    """财政局负责哪些工作; 教育局和卫健委一起做的任务; 农业农村局不参与的任务; 除了教育局; what does 教育局 lead"""
    places = parsing.of("unit")
    for nth, at in enumerate(places):
        token = parsing.tokens[at]
        parsing.used.add(at)
        if not token.ids:
            parsing.refuse("unknown-unit", token.text)
            continue
        ids = _settled(parsing, token)
        role, denied = _role_of(parsing, at, places[nth + 1 :])
        denied = parsing.denied(at) or denied
        via = NAMED if token.value != "town" else ("own",)
        if token.value == "town":
            parsing.assumed.append(f"town:{token.text}")
        elif token.value == "near":
            parsing.assumed.append(f"near:{token.text}")
        # Who does not take part has no role at all, whatever verb denies it.
        roles = () if denied and role != "lead" else _ROLES.get(role or "", ())
        predicate = OfUnit(ids, roles, via)
        parsing.where.append(Not(predicate) if denied else predicate)
    for at in parsing.of("role"):
        if places or parsing.of("who"):
            continue
        role = parsing.tokens[at].value
        if role:
            parsing.used.add(at)
            parsing.roles = _ROLES[role]


def _settled(parsing: Parsing, token: Token) -> tuple[str, ...]:
    """The one unit of a name: that of the place, or of the other units, which the question names; else asked for.

    A short name (公安) stands for all that it may mean.
    """
    if len(token.ids) < 2 or token.value == "loose":
        return token.ids
    here = [id for id in token.ids if parsing.names.regions.get(id, "") in _places(parsing, token)]
    exact = [id for id in here or token.ids if parsing.names.labels.get(id) == token.text]
    if len(exact or here) == 1:
        parsing.assumed.append(f"unit:{(exact or here)[0]}")
        return tuple(exact or here)
    parsing.refuse("which", token.text, here or token.ids)
    return token.ids


def _places(parsing: Parsing, of: Token) -> set[str]:
    """The regions that the question names, itself, by a plan, or by another unit."""
    found = {id for each in parsing.tokens if each.kind == "region" for id in each.ids}
    named = {id for each in parsing.tokens if each.kind == "plan" for id in each.ids}
    found |= {row.region for row in parsing.names.plans if row.id in named} if not found else set()
    others = (each for each in parsing.tokens if each.kind == "unit" and each is not of and len(each.ids) == 1)
    return found or {parsing.names.regions.get(each.ids[0], "") for each in others}


def _role_of(parsing: Parsing, at: int, later: Sequence[int]) -> tuple[str | None, bool]:
    """The role that follows the unit before the next one, which several units in a row share; whether it is denied."""
    end = later[0] if later else len(parsing.tokens)
    joined = later and all(each.kind in ("and", "together", "fill", "or") for each in parsing.tokens[at + 1 : end])
    if joined:
        return _role_of(parsing, later[0], later[1:])
    for place in range(at + 1, end):
        token = parsing.tokens[place]
        if token.kind == "role" and place not in parsing.used:
            before = parsing.next(place, -1)
            denied = parsing.kind(before) == "not"
            if denied and before is not None:
                parsing.used.add(before)
            parsing.used.add(place)
            return token.value, denied
        if token.kind == "gap" and token.value in ("lead", "support"):
            return token.value, False
    gap = parsing.next(at, -1)
    if (
        gap is not None
        and gap not in parsing.used
        and parsing.tokens[gap].kind == "gap"
        and parsing.tokens[gap].value in ("lead", "support")
    ):
        parsing.used.add(gap)
        return parsing.tokens[gap].value, False
    before = parsing.next(at, -1)
    if before is not None and parsing.tokens[before].kind == "role" and parsing.tokens[before].text.isascii():
        parsing.used.add(before)
        return parsing.tokens[before].value, False
    return None, False


def who(parsing: Parsing) -> None:
    """谁负责校园食品安全; 明厨亮灶哪个部门在抓; 哪个单位配合的任务最多; 有谁引用"""
    places = parsing.of("who")
    if not places:
        return
    parsing.used |= {*places}
    parsing.select = "unit"
    for at in parsing.of("role"):
        parsing.used.add(at)
        parsing.roles = parsing.roles or _ROLES[parsing.tokens[at].value]


def ranks(parsing: Parsing) -> None:
    """牵头任务最多的单位; 哪个月到期的任务最多; 哪些单位只有一项任务"""
    for at in parsing.of("most"):
        if any(token.kind == "what" and token.text.startswith(("哪条", "哪项", "哪一项")) for token in parsing.tokens):
            parsing.refuse("no-rank", parsing.tokens[at].text)
        parsing.used.add(at)
        parsing.order = "most" if parsing.tokens[at].value == "most" else "least"
        if parsing.select == "task":
            parsing.select = "unit"
    for at in parsing.of("first"):
        parsing.used.add(at)
        parsing.earliest = True
        parsing.where.append(Has("deadline"))
    for at in parsing.of("only"):
        after = parsing.next(at)
        if parsing.kind(after) == "number" and after is not None and parsing.select == "unit":
            parsing.used |= {at, after}
            parsing.least = parsing.most = _count(parsing.tokens[after].text)
    for at in parsing.of("per"):
        parsing.used.add(at)
        parsing.select, parsing.order = parsing.tokens[at].value, "most"  # type: ignore[assignment]


def _count(said: str) -> int:
    digits = "".join(each for each in said if each.isdigit())
    return int(digits) if digits else "零一二三四五六七八九十".find(said[0].replace("两", "二"))


def asked_for(parsing: Parsing) -> None:
    """落实哪些文件; 有哪些指标; 什么时候完成; 几项任务"""
    for at in parsing.of("many"):
        parsing.used.add(at)
        parsing.counts = True
    wanted = [parsing.tokens[at].value for at in parsing.of("what") if parsing.tokens[at].value != "task"]
    parsing.used |= {*parsing.of("what")}
    documents_counted = parsing.counts and any(token.text == "文件" for token in parsing.tokens)
    if documents_counted and parsing.select == "task":
        wanted.append("document")
    if wanted and parsing.select == "task":
        parsing.select = wanted[0]  # type: ignore[assignment]
    if parsing.select == "target" and not parsing.of("content"):
        parsing.where.append(Has("target"))


def topics(parsing: Parsing) -> None:
    """关于野生动物的任务; 乳制品抽检合格率要求; 公安分局在昆仑2021行动里做什么"""
    for at in parsing.of("content"):
        text = parsing.tokens[at].text
        if len(text) > 1 or text.isascii():
            denied = parsing.denied(at)
            parsing.used.add(at)
            if denied:
                parsing.where.append(Not(Says(text)))
            else:
                parsing.topics.append(text)
    for at in parsing.of("more"):
        after = parsing.next(at)
        value = _measure(parsing.tokens[after].text) if after is not None and parsing.kind(after) == "number" else None
        if value is not None and after is not None:
            parsing.used |= {at, after}
            unit = parsing.tokens[after].text.lstrip("0123456789.")
            parsing.where.append(AimsAt(unit, parsing.tokens[at].value, value))  # type: ignore[arg-type]
    for at in parsing.of("number"):
        text = parsing.tokens[at].text
        if parsing.topics and text.isdigit() and len(text) > 3:
            parsing.used.add(at)
            parsing.topics.append(text)
        elif "%" in text and parsing.select == "target":
            parsing.used.add(at)
            parsing.where.append(AimsAt("", ">=", float(text.rstrip("%"))))


def _measure(said: str) -> float | None:
    """95 of 95%, 1000 of 1000亿: units are those of the targets."""
    digits = said.rstrip("%万亿元个百分点")
    return float(digits) if digits.replace(".", "", 1).isdigit() else None


def regions(parsing: Parsing) -> None:
    """焦作市示范区有哪些任务; beside a unit or a plan it only says which of that name is meant"""
    for at in parsing.of("region"):
        parsing.used.add(at)
        if not any(isinstance(each, OfUnit | InPlan) for each in parsing.where):
            parsing.where.append(OfRegion(parsing.tokens[at].ids))


Rule = Callable[[Parsing], None]
RULES: tuple[Rule, ...] = (
    orders, compared_years, overdue, gaps, partners, documents, plans, times, units, who, ranks, asked_for, periods,
    topics, regions,
)  # fmt: skip
"""All rules, in the order in which they look."""
