"""How a question in words is understood (理解): rules, tried in order, say its form and what it is about. Pure.

    食药监分局牵头哪些任务      duties       a unit, in a role
    谁负责校园食品安全          responsible  a topic, and who has which role in it
    哪些任务引用了《民法典》    citing       a document
    12月底前要完成什么          due          a time, with or without a unit before it
    食药监分局                  duties       a unit alone, or with a role: 食药监分局 牵头
    哪些任务没人牵头            gaps         what tasks lack

What cannot be settled is a `NoAnswer` with suggestions, never a guess.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from typing import Literal

from graph.query import DocumentRow, GapCode, UnitRow
from ingest import normal_number, normal_title
from ingest.model import Level, Record, Role
from search.questions.days import Days, YearNeeded, find_days
from search.words.analyzer import document_numbers, folded, loose_numbers
from search.words.names import Names

Form = Literal["duties", "responsible", "citing", "due", "gaps"]
ProblemCode = Literal[
    "not-understood",
    "unknown-unit",
    "ambiguous-unit",
    "second-nameplate",
    "unknown-document",
    "ambiguous-document",
    "no-topic",
    "no-year",
]

MAX_SUGGESTIONS = 8
_MAX_QUESTION = 200


class Suggestion(Record, frozen=True):
    """What may have been meant: a unit or a document. `region` is the unit's, "" for a document."""

    kind: Literal["unit", "document"]
    id: str
    name: str
    region: str


class NoAnswer(Record, frozen=True):
    """Why there is no answer: a code, the words that it is about, and what may have been meant."""

    code: ProblemCode
    words: str
    suggestions: tuple[Suggestion, ...] = ()


class Interpretation(Record, frozen=True):
    """How a question was understood. `form` None or a `problem` means that it is not answered.

    `role` None means any role. `unit` and `document` are ids, `unit_name` and `document_title` what to show for them.
    """

    question: str
    form: Form | None
    role: Role | None = None
    unit: str | None = None
    unit_name: str = ""
    topic: str = ""
    document: str | None = None
    document_title: str = ""
    days: Days | None = None
    gap: GapCode | None = None
    problem: NoAnswer | None = None


class Known(Record, frozen=True):
    """What the library knows that questions speak of; `year` is the one that a question without a year means."""

    units: tuple[UnitRow, ...]
    documents: tuple[DocumentRow, ...]
    year: int | None


ROLE_WORDS: dict[str, Role | None] = {
    "牵头": "lead", "主办": "lead", "配合": "support", "协助": "support", "参与": "support", "协办": "support",
    "负责": None, "承担": None,
}  # fmt: skip
_ROLE = "|".join(ROLE_WORDS)
WHO = r"(?:由|归|是)?(?:谁|哪(?:个|些|家|几个)?(?:单位|部门|机构|局))(?:来|在)?"
WHAT = r"(?:了|的)?(?:哪些|什么|多少|几项|哪几项|的)(?:具体)?(?:任务|工作|事项|职责|责任|事情?)?"

_WHO_TOPIC = re.compile(rf"^{WHO}(?P<role>{_ROLE}|管|抓)(?P<topic>.*)$")
_TOPIC_WHO = re.compile(rf"^(?P<topic>.+?){WHO}(?P<role>{_ROLE}|管|抓)(?:的|吗|呢)?$")
_UNIT_ROLE = re.compile(rf"^(?P<unit>.+?)(?:都|主要|一共|共|要|应该?|需要?)?(?P<role>{_ROLE}|有|做|干|落实){WHAT}$")
_UNIT_AND_ROLES = re.compile(
    rf"^(?P<unit>.+?)(?:都|主要|一共|共)?(?P<roles>(?:{_ROLE})(?:[和与及或、]?(?:{_ROLE}))*)的?(?:任务|工作|事项)?$"
)
_ASKS = re.compile(r"[?？]|谁|哪|什么|多少")
_HAS_TO = re.compile(rf"(?:(?P<role>{_ROLE})|有|做|干|落实|完成){WHAT}$")

_TASKS = r"(?:任务|工作|事项)"
_LACKS = r"(?:都|还)?(?:没有?|无|未|缺少?)(?:写|写明|明确|规定|指定|安排|注明)?"
_LACKING: dict[GapCode, str] = {
    "no-lead": "(?:有?人|谁)牵头|牵头(?:的?(?:单位|部门|人))?",
    "no-unit": "(?:有?人|谁)(?:负责|承担|管)|(?:责任|负责|承担)的?(?:单位|部门|人)",
    "deadline-none": "(?:完成|办结|截止|到期)?的?(?:时限|期限|时间|日期)",
}
_WHICH = rf"(?:有?(?:哪些|什么|多少|几项|所有)?的?{_TASKS}?)?"
_GAPS = {
    code: re.compile(rf"^{_WHICH}{_LACKS}(?:{what})的?{_TASKS}?(?:有哪些|有多少)?$") for code, what in _LACKING.items()
}
_CITES = re.compile(r"引用|依据|援引|根据|提到|涉及|落实|贯彻")
_CITED_BARE = re.compile(
    r"^有?(?:哪些|什么|谁)?(?:任务|文件|计划|单位|工作)?[都是]?(?:引用|依据|援引|提到)(?:了|的是)?(?P<title>.+)$"
)
_DUE = re.compile(r"完成|到期|截止|截至|要做|做完|办结|什么|哪些|任务|工作|事项")
_TO_BE_DONE = re.compile(r"(?:要|应该?|需要?|必须)?(?:完成|做完?|办结|到期).*$|^有?(?:哪些|什么).*$|的?任务$")
_OF_NAMES: tuple[ProblemCode, ...] = ("ambiguous-unit", "second-nameplate")
"""Problems with words that are a name of a unit for sure."""

_PREFIX_LEVELS: dict[str, Level] = {"省": "省", "市": "市", "区": "县", "县": "县", "镇": "乡"}


def interpret(question: str, known: Known, names: Names) -> Interpretation:
    """How a question is understood, by the first rule that fits."""
    asked = "".join(question[:_MAX_QUESTION].split()).strip("？?。！!，,")
    rules = (_gaps, _citing, _responsible, _due, _unit_and_roles, _duties, _unit_alone, _document_alone)
    for rule in rules:
        found = rule(asked, known, names)
        if found is not None:
            return found
    return Interpretation(asked, None, problem=NoAnswer("not-understood", asked, _like_units(asked, known)))


def _gaps(asked: str, _: Known, __: Names) -> Interpretation | None:
    code = next((code for code, pattern in _GAPS.items() if pattern.match(asked)), None)
    return Interpretation(asked, "gaps", gap=code) if code else None


def _citing(asked: str, known: Known, _: Names) -> Interpretation | None:
    quoted = re.search("《(.+)》", asked)
    bare = _CITED_BARE.match(asked)
    if quoted and (_CITES.search(asked) or "哪些" in asked):
        return _about_document(asked, quoted[1], known)
    if bare:
        numbers = document_numbers(bare["title"])
        return _about_document(asked, numbers[0].text if numbers else bare["title"], known)
    return None


def _responsible(asked: str, _: Known, __: Names) -> Interpretation | None:
    found = _WHO_TOPIC.match(asked) or _TOPIC_WHO.match(asked)
    if not found:
        return None
    topic = found["topic"].removesuffix("的").removesuffix("工作") or found["topic"]
    if not folded(topic).strip("的了"):
        return Interpretation(asked, "responsible", problem=NoAnswer("no-topic", asked))
    return Interpretation(asked, "responsible", ROLE_WORDS.get(found["role"]), topic=topic)


def _due(asked: str, known: Known, names: Names) -> Interpretation | None:
    try:
        days = find_days(asked, known.year)
    except YearNeeded:
        return Interpretation(asked, "due", problem=NoAnswer("no-year", asked)) if _DUE.search(asked) else None
    if days is None:
        return None
    before, after = asked[: days.span.start], asked[days.span.end :]
    if after and not _DUE.search(after):
        return None
    who = re.sub(r"(?:在|于|到|要|应该?|需要?|的)+$", "", before)
    if not who:
        who = _TO_BE_DONE.sub("", after)
    if not who:
        return Interpretation(asked, "due", days=days)
    said = _HAS_TO.search(who)
    unit, problem = find_unit(who[: said.start()] if said else who, known, names)
    if problem and problem.code == "unknown-unit" and not (_ASKS.search(asked) or re.search("完成|到期", after)):
        return None  # 网络餐饮 8月 is words to search for
    role = ROLE_WORDS.get(said["role"] or "") if said else None
    if problem or unit is None:
        return Interpretation(asked, "due", role, days=days, problem=problem)
    return Interpretation(asked, "due", role, unit.id, unit.name, days=days)


def _duties(asked: str, known: Known, names: Names) -> Interpretation | None:
    found = _UNIT_ROLE.match(asked)
    if not found:
        return None
    unit, problem = find_unit(found["unit"], known, names)
    role = ROLE_WORDS.get(found["role"])
    if unit is None:
        return Interpretation(asked, "duties", role, problem=problem)
    return Interpretation(asked, "duties", role, unit.id, unit.name)


def _unit_and_roles(asked: str, known: Known, names: Names) -> Interpretation | None:
    """住建局 牵头; other words with a role are words to search for."""
    found = _UNIT_AND_ROLES.match(asked)
    unit, problem = find_unit(found["unit"], known, names) if found else (None, None)
    roles = {ROLE_WORDS[role] for role in re.findall(_ROLE, found["roles"])} if found else set()
    role = roles.pop() if len(roles) == 1 else None
    if unit is not None:
        return Interpretation(asked, "duties", role, unit.id, unit.name)
    is_name = problem is not None and problem.code in _OF_NAMES
    return Interpretation(asked, "duties", role, problem=problem) if is_name else None


def _unit_alone(asked: str, known: Known, names: Names) -> Interpretation | None:
    unit, problem = find_unit(asked, known, names)
    if unit is not None:
        return Interpretation(asked, "duties", None, unit.id, unit.name)
    is_name = problem is not None and (problem.code in _OF_NAMES or folded(asked) in names.alike)
    return Interpretation(asked, "duties", problem=problem) if is_name else None


def _document_alone(asked: str, known: Known, _: Names) -> Interpretation | None:
    numbers = document_numbers(asked)
    if numbers or asked.startswith("《"):
        return _about_document(asked, numbers[0].text if numbers else asked, known)
    written = {normal_number(row.number) for row in known.documents if row.number}
    loose = [each.text for each in loose_numbers(asked) if each.text in written]
    if loose:
        return _about_document(asked, loose[0], known)
    is_title = any(normal_title(asked) in map(normal_title, row.titles) for row in known.documents)
    return _about_document(asked, asked, known) if asked and is_title else None


def find_unit(words: str, known: Known, names: Names) -> tuple[UnitRow | None, NoAnswer | None]:
    """The unit that is called so, by its own names, by the lexicon's, with or without its region or level (区…).

    A name that no plan has, and that the office's register states as a second nameplate, is not taken for its bearer,
    which has other tasks too: the bearer is suggested.
    """
    key = folded(words)
    found = _called(key, known.units, names)
    if len(found) == 1:
        return found[0], None
    if found:
        return None, NoAnswer("ambiguous-unit", words, tuple(map(_suggested_unit, found[:MAX_SUGGESTIONS])))
    bearers = _bearing(key, known.units, names)
    if bearers:
        return None, NoAnswer("second-nameplate", words, tuple(map(_suggested_unit, bearers[:MAX_SUGGESTIONS])))
    return None, NoAnswer("unknown-unit", words, _like_units(words, known))


def _bearing(key: str, units: Sequence[UnitRow], names: Names) -> list[UnitRow]:
    """The units that bear a name, with or without the level before it, as their second nameplate."""
    bare = key[1:] if key[:1] in _PREFIX_LEVELS else key
    bearers = names.bearers.get(key) or names.bearers.get(bare, ())
    return list({unit.id: unit for bearer in bearers for unit in _called(bearer, units, names)}.values())


def _called(key: str, units: Sequence[UnitRow], names: Names) -> list[UnitRow]:
    same = _same(key, names)
    level = _PREFIX_LEVELS.get(key[:1]) if len(key) > 2 else None
    bare = _same(key[1:], names) if level else set()
    by_level = [unit for unit in units if unit.level == level and folded(unit.name).removeprefix(key[0]) in bare]
    if by_level:
        return by_level
    found = [unit for unit in units if same & {folded(each) for each in (unit.name, *unit.names)}]
    found = found or [unit for unit in units if key in {folded(unit.region) + one for one in _all_names(unit, names)}]
    return found or _collectives_called(key, units)


def _collectives_called(key: str, units: Sequence[UnitRow]) -> list[UnitRow]:
    """Collectives by their names without what stands in brackets, with or without 各: 乡镇 for 各乡镇（街道）."""
    wanted = key.removeprefix("各")
    named = [
        (unit, re.sub(r"\([^()]*\)", "", folded(each)).removeprefix("各"))
        for unit in units
        if unit.kind == "collective"
        for each in (unit.name, *unit.names)
        if each.startswith("各")
    ]
    same = [unit for unit, name in named if name == wanted]
    begins = [unit for unit, name in named if len(wanted) > 1 and name.startswith(wanted)]
    return list({unit.id: unit for unit in same or begins}.values())


def _same(key: str, names: Names) -> set[str]:
    return {key, *names.alike.get(key, ())}


def _all_names(unit: UnitRow, names: Names) -> set[str]:
    own = {folded(each) for each in (unit.name, *unit.names)}
    return own.union(*(names.alike.get(each, ()) for each in own))


def _like_units(words: str, known: Known) -> tuple[Suggestion, ...]:
    """Units whose names are nearest to the words."""
    key = folded(words)[:40]
    of_name: dict[str, list[UnitRow]] = {}
    for unit in known.units:
        of_name.setdefault(folded(unit.name), []).append(unit)
    near = [name for name in of_name if len(name) > 1 and (name in key or (len(key) > 1 and key in name))]
    near += [name for name in difflib.get_close_matches(key, of_name, MAX_SUGGESTIONS, 0.5) if name not in near]
    return tuple(_suggested_unit(unit) for name in near for unit in of_name[name])[:MAX_SUGGESTIONS]


def _suggested_unit(unit: UnitRow) -> Suggestion:
    return Suggestion("unit", unit.id, unit.name, unit.region)


def _about_document(asked: str, words: str, known: Known) -> Interpretation:
    document, problem = find_document(words, known)
    if document is not None:
        return Interpretation(asked, "citing", document=document.id, document_title=document.title)
    return Interpretation(asked, "citing", problem=problem)


def find_document(words: str, known: Known) -> tuple[DocumentRow | None, NoAnswer | None]:
    """The document of that number or title; of titles that hold the words where just one does."""
    number, title = normal_number(words), normal_title(words)
    exact = [row for row in known.documents if _is_document(row, number, title)]
    near = exact or [row for row in known.documents if any(title in normal_title(each) for each in row.titles)]
    if len(near) == 1:
        return near[0], None
    code: ProblemCode = "ambiguous-document" if near else "unknown-document"
    suggestions = tuple(Suggestion("document", row.id, row.title, "") for row in near[:MAX_SUGGESTIONS])
    return None, NoAnswer(code, words, suggestions)


def _is_document(row: DocumentRow, number: str, title: str) -> bool:
    return bool(row.number) and number == normal_number(row.number or "") or title in map(normal_title, row.titles)
