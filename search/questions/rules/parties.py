"""Rules about units, their roles and what lacks (单位、角色、缺口): each looks for its own tokens, see grammar.py."""

from __future__ import annotations

from collections.abc import Sequence

from graph.query import (
    NAMED,
    Has,
    HasKind,
    Lacks,
    Not,
    OfUnit,
    Select,
)
from search.questions.parsing import SAID_ROLES, Parsing
from search.questions.tokens import Token, ends


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
        # 没有明确牵头的 speaks of what the text does not say, whoever else is named.
        stated = any(word in parsing.tokens[at].text for word in ends("stated"))
        if parsing.kind(after) == "role" and parsing.kind(parsing.next(at, -1)) == "who":
            continue  # 哪些单位没有牵头任何任务 asks for units, of which none is found by tasks.
        if parsing.kind(after) == "role" and (stated or not parsing.of("unit")):
            parsing.used |= {at, after}
            parsing.where.append(Lacks(_LACKED.get(parsing.tokens[after].value, "unit")))
        elif parsing.kind(after) == "pronoun":
            _denied_of_itself(parsing, at, after)


def _gap(parsing: Parsing, at: int) -> None:
    """What of 牵头单位, 时限, 指标 is said: that it lacks, that it is there, or the question what it is."""
    kind: HasKind = parsing.tokens[at].value  # type: ignore[assignment]
    if kind == "clear-unit":
        parsing.used.add(at)  # 只写了相关部门
        parsing.where.append(Lacks(kind))
        return
    if kind in _ASKED_OF and parsing.kind(parsing.next(at)) == "most":
        return
    if kind == "citation" and parsing.kind(parsing.next(at)) in ("document", "content"):
        return  # 依据中发〔2019〕17号 names the document, 引用文件最多 what is counted.
    if parsing.denied(at):
        parsing.where.append(Lacks(kind))
    elif kind in _ASKED_OF and at > 0 and parsing.tokens[at - 1].text in _HAVING:
        parsing.where.append(Has(kind))
    elif kind in ("lead", "unit", "support") and (not parsing.of("unit") or parsing.tokens[at].text[0] == "谁"):
        parsing.select = "unit"
        parsing.roles = SAID_ROLES.get(kind, ())
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
        roles = SAID_ROLES.get(parsing.tokens[role].value) or ("responsible",)
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


def units(parsing: Parsing) -> None:
    """财政局负责哪些工作; 教育局和卫健委一起做的任务; 农业农村局不参与的任务; 除了教育局; what does 教育局 lead"""
    places = parsing.of("unit")
    said = _roles(parsing, places)
    for at in places:
        if at in parsing.used:
            continue
        token = parsing.tokens[at]
        parsing.used.add(at)
        if not token.ids:
            parsing.refuse("unknown-unit", token.text)
            continue
        ids = _settled(parsing, token)
        role, denied = said[at]
        if denied and role and _only_besides(parsing, at):
            parsing.where.append(OfUnit(ids))  # 教育局除了牵头还参与哪些: those that it has a part in.
        denied = parsing.denied(at) or denied
        if denied and role is None and (parsing.of("who") or parsing.select == "unit"):
            parsing.excluded += ids  # 除了食药监分局还有谁: they may have a part as well.
            continue
        via = NAMED if token.value != "town" else ("own",)
        if token.value == "town":
            parsing.assumed.append(f"town:{token.text}")
        elif token.value == "near":
            parsing.assumed.append(f"near:{token.text}")
        # Who does not take part has no role at all, whatever verb denies it.
        roles = () if denied and role != "lead" else SAID_ROLES.get(role or "", ())
        _add(parsing, OfUnit(_with_plates(parsing, at, ids), roles, via), denied)
        if hat := _hat_of(parsing, token):
            parsing.where.append(OfUnit(hat, roles))
    _denied_besides(parsing, places)
    for at in parsing.of("role"):
        if places or parsing.of("who"):
            continue
        role = parsing.tokens[at].value
        if role:
            parsing.used.add(at)
            parsing.roles = SAID_ROLES[role]


def _only_besides(parsing: Parsing, at: int) -> bool:
    """除了 behind a unit leaves out one of its roles, and nothing else."""
    behind = [each.text for each in parsing.tokens[at + 1 :] if each.kind == "not"]
    return bool(behind) and behind[0] in ends("besides")


def _roles(parsing: Parsing, places: Sequence[int]) -> dict[int, tuple[str | None, bool]]:
    """The role of each unit, and whether it is denied: several in a row (公安分局与食药监分局一起牵头) share one."""
    found: dict[int, tuple[str | None, bool]] = {}
    later: list[int] = []
    for at in reversed(places):
        between = parsing.tokens[at + 1 : later[0]] if later else ()
        joined = later and all(each.kind in ("and", "together", "fill", "or") for each in between)
        if joined and not any(each.kind in ("together", "partners", "not", "plate") for each in parsing.tokens):
            parsing.assumed.append("both")
        found[at] = found[later[0]] if joined else _role_of(parsing, at, later)
        later.insert(0, at)
    return found


def _denied_besides(parsing: Parsing, places: Sequence[int]) -> None:
    """教育局参与但不牵头的: a role that the unit before does not have."""
    for at in parsing.of("not"):
        role = parsing.next(at)
        unit = next((each for each in reversed(places) if each < at and parsing.tokens[each].ids), None)
        if unit is not None and role is not None and role not in parsing.used and parsing.kind(role) == "role":
            parsing.used |= {at, role}
            roles = SAID_ROLES.get(parsing.tokens[role].value) or ("responsible",)
            parsing.where.append(Not(OfUnit(_settled(parsing, parsing.tokens[unit]), roles)))


def _add(parsing: Parsing, predicate: OfUnit, denied: bool) -> None:
    """What is said of a unit; 有没有公安分局的, 不要公安分局的 asks for those without it."""
    if denied:
        same = [each for each in parsing.where if isinstance(each, OfUnit) and each.roles == predicate.roles]
        for each in same:
            if {*each.ids} <= {*predicate.ids}:
                parsing.where.remove(each)
    parsing.where.append(Not(predicate) if denied else predicate)


def _with_plates(parsing: Parsing, at: int, ids: tuple[str, ...]) -> tuple[str, ...]:
    """发改委, 包括挂商务局牌子的: the unit that is named last only says what else the first is called."""
    plate = next((each for each in parsing.of("plate") if each > at), None)
    named = [each for each in range(at + 1, plate or at) if parsing.kind(each) == "unit"]
    if plate is None or len(named) != 1:
        return ids
    parsing.used |= {plate, named[0]}
    return (*ids, *_settled(parsing, parsing.tokens[named[0]]))


def _hat_of(parsing: Parsing, token: Token) -> tuple[str, ...]:
    """The unit of the second nameplate in 发改委（商务局）, whose tasks alone are meant."""
    _, bracket, inner = token.text.rstrip(")").partition("(")
    names = parsing.names.names.get(inner, ()) if bracket and token.text.endswith(")") else ()
    regions = {parsing.names.regions.get(id) for id in token.ids}
    return tuple(
        id
        for name in names
        if name.kind == "unit" and not name.loose
        for id in name.ids
        if parsing.names.regions.get(id) in regions and id not in token.ids
    )


def _settled(parsing: Parsing, token: Token) -> tuple[str, ...]:
    """The one unit of a name: that of the place, or of the other units, which the question names; else asked for.

    A short name (公安) stands for all that it may mean.
    """
    if len(token.ids) < 2:
        return token.ids
    places = _places(parsing)
    here = [id for id in token.ids if parsing.names.regions.get(id, "") in places]
    if token.value in ("line", "loose"):
        return tuple(here) or token.ids
    if not places:
        here = _shared(parsing, token)
    exact = [id for id in here or token.ids if parsing.names.labels.get(id) == token.text]
    taken = here if len(here) == 1 else exact if len(exact) == 1 else []
    if not taken:
        parsing.refuse("which", token.text, here or token.ids)
        return token.ids
    if not places:
        others = tuple(id for id in token.ids if id not in taken)
        parsing.other_units.append((token.text, taken[0], others))
    return tuple(taken)


def _shared(parsing: Parsing, token: Token) -> list[str]:
    """Those of a name's units in whose regions each other unit that is named has one too: 教育局和公安分局."""
    others = (each for each in parsing.tokens if each.kind == "unit" and each.ids and each.text != token.text)
    regions = [{parsing.names.regions.get(id, "") for id in each.ids} for each in others if each.value != "line"]
    return [id for id in token.ids if regions and all(parsing.names.regions.get(id, "") in each for each in regions)]


def _places(parsing: Parsing) -> set[str]:
    """The regions that the question names, itself or by a plan."""
    found = {id for each in parsing.tokens if each.kind == "region" for id in each.ids}
    named = {id for each in parsing.tokens if each.kind == "plan" for id in each.ids}
    found |= {row.region for row in parsing.names.plans if row.id in named} if not found else set()
    # 平川市民政局和卫健委: a place before one unit is that of the other.
    units = (each for each in parsing.tokens if each.kind == "unit" and len(each.ids) == 1)
    said = {region for each in units if (region := parsing.names.regions.get(each.ids[0], "")) in each.text and region}
    found = found or said
    return found or _places_in_short(parsing)


def _places_in_short(parsing: Parsing) -> set[str]:
    """The region of the plans that a word names in short: 食安 in 各乡镇有多少食安任务, where all are of one."""
    said = [each.text for each in parsing.tokens if each.kind == "content"]
    short = {id for text in said for id in parsing.names.plans_in_short(text)}
    found = {row.region for row in parsing.names.plans if row.id in short}
    return found if len(found) == 1 else set()


def _role_of(parsing: Parsing, at: int, later: Sequence[int]) -> tuple[str | None, bool]:
    """The role that follows the unit before the next one, which several units in a row share; whether it is denied."""
    end = later[0] if later else len(parsing.tokens)
    for place in range(at + 1, end):
        token = parsing.tokens[place]
        if token.kind == "who":
            break  # 除了食药监分局还有谁牵头: the role of whom is asked for.
        if token.kind == "role" and place not in parsing.used:
            before = parsing.next(place, -1)
            denied = parsing.kind(before) == "not"
            if denied and before is not None:
                parsing.used.add(before)
            parsing.used.add(place)
            return token.value, denied
        if token.kind == "gap" and token.value in ("lead", "support") and place not in parsing.used:
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
    asked_who = bool(parsing.of("who")) and before is not None and not parsing.tokens[before].text.endswith("by")
    if asked_who:
        return None, False
    if before is not None and parsing.tokens[before].kind == "role" and parsing.tokens[before].text.isascii():
        parsing.used.add(before)
        return parsing.tokens[before].value, False
    return None, False
