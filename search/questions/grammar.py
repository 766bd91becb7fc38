"""What a question means (理解): tokens to a query. Pure.

Each rule of `RULES` looks for its own tokens, says what they mean and marks them as used; examples stand in its
docstring, and tests ask them. What content no rule has used is the topic. Every other word is used or told as unused;
a negation that attaches to nothing makes the question refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from graph.query import (
    AimsAt,
    All,
    Cites,
    Has,
    InPlan,
    Lacks,
    Not,
    OfRegion,
    OfUnit,
    Query,
    Says,
    Some,
    Where,
)
from search.questions.library_names import LibraryNames
from search.questions.parsing import SAID_ROLES, Parsing, Understood
from search.questions.rules.parties import gaps, units
from search.questions.rules.ranks import ranks
from search.questions.rules.when import overdue, periods, times
from search.questions.tokens import Token, said_verbs

_NOUNS = ("活动", "会议", "行动")
"""What tasks are called in a question, which plans also write of some of them."""


def understand(tokens: Sequence[Token], names: LibraryNames, today: date) -> Understood:
    """The meaning of a question's tokens."""
    parsing = Parsing(tokens, names, today)
    for rule in RULES:
        rule(parsing)
    unused = tuple(parsing.tokens[at].text for at in parsing.of("content", "number", "system", "person", "region"))
    for at in parsing.of("not"):
        parsing.refuse("loose-not", parsing.tokens[at].text)
    if not parsing.where and not parsing.topics and not parsing.sections and not _asks_of_all(parsing):
        parsing.refuse("nothing", "")
    where = All(tuple(dict.fromkeys(parsing.where)))
    query = Query(where, parsing.select, parsing.order, parsing.roles, parsing.least, parsing.most)
    return Understood(
        query, parsing.counts, tuple(parsing.topics), tuple(parsing.sections), tuple(parsing.assumed), unused,
        parsing.problem, parsing.pick, parsing.part, parsing.noun, parsing.excluded,
        parsing.fresh, parsing.turn, parsing.other_days, tuple(parsing.other_units),
    )  # fmt: skip


def _asks_of_all(parsing: Parsing) -> bool:
    """哪个单位牵头最多, 一共有多少项任务: a question about everything that there is."""
    if parsing.select not in ("task", "unit") and any(token.kind in ("what", "gap") for token in parsing.tokens):
        return True
    of_tasks = parsing.least is not None or parsing.counts or parsing.pick
    return parsing.order in ("most", "least") or bool(of_tasks or parsing.excluded or parsing.fresh)


# Rules


def orders(parsing: Parsing) -> None:
    """帮我写一份总结: nothing that can be looked up."""
    for at in parsing.of("order"):
        parsing.refuse("order", parsing.tokens[at].text)


def compared_years(parsing: Parsing) -> None:
    """今年比去年多了哪些任务; 比去年少了哪些; 2022年和2021年相比有什么变化"""
    for at in parsing.of("fresh"):
        parsing.used.add(at)
        parsing.fresh = parsing.fresh or parsing.tokens[at].text
        parsing.turn = parsing.turn or parsing.tokens[at].value  # type: ignore[assignment]


def documents(parsing: Parsing) -> None:
    """哪些任务引用了《民法典》; 没有引用《民法典》的任务; 应急预案由谁修订; 国发〔2018〕42号讲了什么"""
    for at in parsing.of("document"):
        token = parsing.tokens[at]
        parsing.used.add(at)
        if not token.ids:
            parsing.refuse("unknown-document", token.text)
            continue
        verb = next((each for each in (parsing.next(at, -1), parsing.next(at)) if _is_citing(parsing, each)), None)
        revised = [each for each in parsing.of("cites") if parsing.tokens[each].value == "revise"]
        roles = ("revise",) if revised else ()
        denied = parsing.denied(verb if verb is not None else at)
        parsing.used |= {*revised} | ({verb} if verb is not None else set())
        cited = [id for id in token.ids if any(row.id == id for row in parsing.names.documents)]
        plans = [id for id in token.ids if id not in cited]
        predicate: Where = Cites(tuple(cited), roles) if cited else InPlan(tuple(plans))  # type: ignore[arg-type]
        parsing.where.append(Not(predicate) if denied else predicate)


def _is_citing(parsing: Parsing, at: int | None) -> bool:
    """引用, and 依据, which may also be what a task lacks."""
    return at is not None and (
        parsing.kind(at) == "cites" or (parsing.kind(at) == "gap" and parsing.tokens[at].value == "citation")
    )


def no_documents(parsing: Parsing) -> None:
    """没有引用任何文件的任务"""
    for at in parsing.of("cites"):
        after = parsing.next(at)
        bare = after is None or parsing.tokens[after].kind in ("what", "mark") or parsing.tokens[after].text == "任何"
        said = any(token.text.endswith("文件") or token.text in ("任何", "依据") for token in parsing.tokens[at + 1 :])
        if (bare or said) and not parsing.of("document") and parsing.denied(at):
            parsing.used |= {
                at,
                *(each for each in parsing.of("gap", "content") if parsing.tokens[each].text == "任何"),
            }
            parsing.where.append(Lacks("citation"))


def plans(parsing: Parsing) -> None:
    """食品安全要点一共有多少项任务; 食品安全要点第五部分有哪些任务"""
    for at in parsing.of("plan"):
        parsing.used.add(at)
        predicate = InPlan(parsing.tokens[at].ids)
        parsing.where.append(Not(predicate) if parsing.denied(at) else predicate)
    for at in parsing.of("section"):
        parsing.used.add(at)
        parsing.sections.append((parsing.tokens[at].value, parsing.tokens[at].text))


def partners(parsing: Parsing) -> None:
    """公安分局主要跟谁一起干活; 卫健委主要跟哪家配合"""
    places = parsing.of("partners")
    if places and parsing.of("unit"):
        # 配合 behind 跟谁 is what they do together, and no role of the one who is asked about.
        verbs = [each for at in places for each in [parsing.next(at)] if each is not None]
        parsing.used |= {*places, *parsing.of("together"), *(at for at in verbs if parsing.kind(at) == "role")}
        parsing.select, parsing.order = "unit", "most"


def who(parsing: Parsing) -> None:
    """谁负责校园食品安全; 明厨亮灶哪个部门在抓; 哪个单位配合的任务最多; 有谁引用"""
    places = parsing.of("who")
    if not places:
        return
    parsing.used |= {*places}
    parsing.select = "unit"
    for at in parsing.of("role"):
        parsing.used.add(at)
        parsing.roles = parsing.roles or SAID_ROLES[parsing.tokens[at].value]
    for at in places:
        after = parsing.next(at)
        if after is not None and parsing.kind(after) == "content" and parsing.tokens[after].text in said_verbs():
            parsing.used.add(after)  # 由谁监管


def asked_for(parsing: Parsing) -> None:
    """落实哪些文件; 有哪些指标; 什么时候完成; 几项任务"""
    for at in parsing.of("many"):
        parsing.used.add(at)
        parsing.counts = True
    wanted = [parsing.tokens[at].value for at in parsing.of("what") if parsing.tokens[at].value != "task"]
    parsing.noun = next(
        (word for at in parsing.of("what") for word in _NOUNS if parsing.tokens[at].text.endswith(word)), ""
    )
    parsing.used |= {*parsing.of("what")}
    if parsing.select == "document" and _is_of_plans(parsing):
        parsing.select = "plan"
    documents_counted = parsing.counts and any(token.text == "文件" for token in parsing.tokens)
    if documents_counted and parsing.select == "task":
        wanted.append("document")
    if wanted and parsing.select == "task":
        parsing.select = "plan" if _is_of_plans(parsing) else wanted[0]  # type: ignore[assignment]
    if parsing.select == "target" and not parsing.of("content"):
        parsing.where.append(Has("target"))


def _is_of_plans(parsing: Parsing) -> bool:
    """哪个文件的任务最多, 各文件有多少任务: the plans that hold tasks; 引用最多的文件 is what they cite."""
    cited = any(token.kind == "cites" or token.text.endswith("依据") for token in parsing.tokens)
    ranked = any(token.kind in ("most", "nth", "per") for token in parsing.tokens)
    tasks = any(token.kind == "what" and token.value == "task" for token in parsing.tokens)
    documents = any(token.kind in ("what", "per") and token.value == "document" for token in parsing.tokens)
    return ranked and tasks and documents and not cited


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
    """焦作市示范区有哪些任务; beside a unit or a plan it only says which of that name is meant. Where no plan is of the
    place, its units are meant: 云岫县 in a plan whose own region is not known"""
    known = {row.region for row in parsing.names.plans}
    for at in parsing.of("region"):
        parsing.used.add(at)
        if any(isinstance(each, OfUnit | InPlan) for each in parsing.where):
            continue
        places = parsing.tokens[at].ids
        units = tuple(id for id, region in parsing.names.regions.items() if region in places)
        named = OfRegion(places)
        parsing.where.append(named if known & {*places} or not units else Some((named, OfUnit(units))))


Rule = Callable[[Parsing], None]
RULES: tuple[Rule, ...] = (
    orders, compared_years, overdue, no_documents,
    gaps, partners, documents, plans, times, units, who, ranks, asked_for, periods,
    topics, regions,
)  # fmt: skip
"""All rules, in the order in which they look."""
