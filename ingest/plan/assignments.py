"""What a responsibility statement says (责任表述): its text → units with roles, people, times.

Two forms. Labels name the role in front of a list: `牵头单位：A；配合单位：B、C；完成时限：6月底前`. Clauses name
it behind: `A牵头，B、C按职责分工负责`, `由A会同B负责`; a bare list is responsible. Both stand in brackets, on lines,
in table cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.language.lexicon import Lexicon
from ingest.language.units import (
    LONGEST_WRITTEN,
    ListElement,
    hat_of,
    is_collective,
    is_unit,
    prefix_of,
    role_bracket,
    split_list,
)
from ingest.model import Role

_LONGEST_TIME = 24
"""Characters of a time in a list, without what is to be done by then."""
_TAIL_LENGTH = 26
"""Characters at the end of a clause in which its role words stand."""
_ROLES: dict[str, Role] = {"lead": "lead", "support": "support", "responsible": "responsible"}
_LEADING = re.compile(
    r"(?:(?:以上|上述|第)?[\d一二三四五六七八九十、和至—～-]+[项条款点](?:任务|工作|内容|措施)?均?(?:由)?|(?:主要)?由|并由|均由"
    r"|请|其中|以及|以|和|及|与|并|具体由|将由)(?=[一-鿿]{2})"
)
_OFFICE = re.compile(r"(?:书记|主任|主席|负责人|同志|[局厅部处科所站队组院校镇乡县区市会行]长)$")
"""各社区书记 is whoever holds the office."""
_LATIN_PERSON = re.compile(r"[一-鿿·]{2,10}")
_OBJECT_LENGTH = 20
_WITH_OBJECT = re.compile(r"(?P<verb>牵头负责|牵头|负责|配合|协助|指导)[一-鿿“”]{2,16}$")
"""省农业农村厅牵头负责秸秆综合利用, 省生态环境厅负责禁烧: a unit's own part of the task."""
_OBJECT_ROLES: dict[str, Role] = {
    "牵头负责": "lead", "牵头": "lead", "负责": "responsible", "配合": "support", "协助": "support", "指导": "support",
}  # fmt: skip
_ROLE_WORD = re.compile("负责|牵头|配合|分工|落实|实施|协助|参与|主办|协办|支持|指导|推进|办理|执行|监督|督导")
NOBODY = re.compile(r"[\W\d_]*+(?:待定|暂无|[^\W\d_])?[\W\d_]*+")
"""What stands in a field or cell that names nobody: 无, /, ——, a page number."""


@dataclass(frozen=True)
class NamedUnit:
    """One unit in a statement: `[start, end)` of its mention, its hat, the prefix in force over it, role and rule."""

    start: int
    end: int
    hat: str | None
    prefix: str
    role: Role
    stated: bool
    rule: str


@dataclass(frozen=True)
class Parsed:
    """What a statement says, in order. `first_leads` where it declares that the first of each list leads."""

    units: tuple[NamedUnit, ...] = ()
    people: tuple[tuple[int, int, str], ...] = ()
    times: tuple[tuple[int, int], ...] = ()
    first_leads: bool = False
    labelled: bool = False
    explicit: bool = False


def parse_statement(text: str, start: int, end: int, lexicon: Lexicon, role: Role | None = None) -> Parsed | None:
    """Parses `[start, end)` of folded text; None where it is no responsibility statement.

    `role` is the role of the column where the text is a table cell, or of the label in front of it.
    """
    low, high, first_leads = _without_remarks(text, start, end, lexicon)
    reader = _StatementReader(text, lexicon)
    labels = list(_labels(text, low, high, lexicon))
    if labels:
        if labels[0][0] > low and not reader.clauses(low, labels[0][0]):
            return None
        for n, (_, value_start, kind, label) in enumerate(labels):
            value_end = labels[n + 1][0] if n + 1 < len(labels) else high
            reader.labelled(value_start, value_end, kind, label)
    elif not reader.clauses(low, high, role, lenient=role is not None):
        return None
    if not (labels or reader.units or reader.people):
        return None
    return Parsed(
        tuple(reader.units), tuple(reader.people), tuple(reader.times), first_leads, bool(labels), reader.explicit
    )


def lead_first(parsed: Parsed) -> Parsed:
    """`列第一位者为牵头单位`: the first of a list of two or more that states no lead, leads; inferred (推定)."""
    responsible = [i for i, unit in enumerate(parsed.units) if unit.role == "responsible"]
    if len(responsible) < 2 or any(unit.role == "lead" for unit in parsed.units):
        return parsed
    units = list(parsed.units)
    units[responsible[0]] = replace(units[responsible[0]], role="lead", stated=False, rule="first-leads")
    return replace(parsed, units=tuple(units))


def _without_remarks(text: str, start: int, end: int, lexicon: Lexicon) -> tuple[int, int, bool]:
    """The statement without the remarks behind it, and whether one says that the first unit leads."""
    first_leads = False
    found = lexicon["first_leads"].search(text, start, end)
    if found:
        first_leads = True
        match = found[1]
        if match.start() == start:
            start = match.end()
        else:
            end = match.start()
    remark = lexicon["remark"].search(text, start, end)
    if remark:
        end = remark[1].start()
    while start < end and text[start] in "，。；、：":
        start += 1
    while end > start and text[end - 1] in "。，；、（〔：其中":
        end -= 1
    return start, end, first_leads


def _labels(text: str, start: int, end: int, lexicon: Lexicon) -> Iterator[tuple[int, int, str, str]]:
    """(where the label begins, where its value begins, kind, label) for each label in front of a colon."""
    position = start
    while True:
        found = lexicon["label"].search(text, position, end)
        if found is None:
            return
        rule, match = found
        position = match.end()
        colon = text[position : position + 1] == "："
        at_start = match.start() == start and position < end
        if colon or (
            at_start and rule.value != "time" and text[position] not in "、，。；）的和要按" and end - start < 200
        ):
            value = position + 1 if colon else position
            begin = match.start()
            while begin > start and text[begin - 1] in "及其和、":
                begin -= 1
            yield begin, value, rule.value, match.group()
            position = value


class _StatementReader:
    """Reads the stretches of one statement and gathers what they say. `explicit` where role words stand in it."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self._text, self._lexicon = text, lexicon
        self.units: list[NamedUnit] = []
        self.people: list[tuple[int, int, str]] = []
        self.times: list[tuple[int, int]] = []
        self.explicit = False

    def labelled(self, start: int, end: int, kind: str, label: str) -> None:
        """Read what stands behind a label of this kind: units of a role, people, or a time."""
        while end > start and self._text[end - 1] in "；，。、\n":
            end -= 1
        if kind == "person":
            self._people(start, end, label)
        elif kind == "time":
            if end > start:
                self.times.append((start, end))
        else:
            self.clauses(start, end, _ROLES[kind], lenient=True)

    def _people(self, start: int, end: int, label: str) -> None:
        for piece in split_list(self._text, start, end, self._lexicon):
            name = self._text[piece.start : piece.end]
            if is_unit(name, self._lexicon) and len(name) > 4 and not _OFFICE.search(name):
                self.units.append(
                    NamedUnit(
                        piece.start, piece.end, hat_of(name), prefix_of(name), "responsible", True, "label-person"
                    )
                )
            elif _LATIN_PERSON.match(name):
                self.people.append((piece.start, piece.end, label))

    def clauses(self, start: int, end: int, given: Role | None = None, lenient: bool = False) -> bool:
        """Read clauses; True where everything in them is units, role words or times. `given` is the label's role."""
        text, lexicon = self._text, self._lexicon
        pending: list[NamedUnit] = []
        prefix, joined, good, seen = "", False, 0, 0
        for piece in split_list(text, start, end, lexicon):
            if _is_time(text, piece, lexicon):
                self.times.append((piece.start, piece.end))
                continue
            if joined and text[piece.start - 1] in "，；" and pending:
                # 由A牵头，会同B，各街道落实: what 会同 joins ends at the comma.
                self.units.extend(pending)
                pending, joined = [], False
            for name, role, joins in _elements(text, piece, lexicon):
                joined = joined or joins == "with"
                if name is not None and not (lenient and NOBODY.fullmatch(text, name.start, name.end)):
                    seen += 1
                    unit, prefix = _named(text, name, prefix, given or "responsible", lexicon)
                    good += is_unit(text[unit.start : unit.end], lexicon)
                    own = role_bracket(text[name.start : name.end])
                    if own:
                        tail = lexicon["tail"].whole(own.group(1))
                        role_here = _ROLES[tail.value] if tail else "responsible"
                        self.units.append(_with_role(unit, role_here, "role-bracket"))
                        self.explicit = True
                        continue
                    pending.append(_with_role(unit, "support", "join-with") if joined and given is None else unit)
                    if joins == "lead":
                        self.units.extend(_with_role(u, "lead", "join-with") for u in pending)
                        pending, joined = [], True
                        self.explicit = True
                        continue
                if role is not None:
                    self.explicit = True
                    rule = f"tail-{role}"
                    charged = 0 if role != "support" or self.units else _in_charge_before(text, pending)
                    self.units.extend(pending[:charged])
                    self.units.extend(
                        u if u.rule == "join-with" else _with_role(u, role, rule) for u in pending[charged:]
                    )
                    pending, joined = [], False
        self.units.extend(pending)
        if lenient:
            return True
        return seen > 0 and (good == seen or (self.explicit and good * 3 >= seen * 2))


def _in_charge_before(text: str, pending: list[NamedUnit]) -> int:
    """How many units stand before the comma in `A、B，C、D参与`: C and D take part, or nobody would do it."""
    return next((n for n in range(len(pending) - 1, 0, -1) if text[pending[n].start - 1] == "，"), 0)


def _is_time(text: str, piece: ListElement, lexicon: Lexicon) -> bool:
    if piece.end - piece.start > 2 * _LONGEST_TIME:
        return False
    words = re.sub(r"(?:前)?(?:完成|建成|落实|见效|取得|到位|启动|实施)+$", "", text[piece.start : piece.end])
    if (
        not words
        or len(words) > _LONGEST_TIME
        or not (words[0].isdigit() or words[0] in "长持全常适年每到上下第一二三四“按今即立及有根印自")
    ):
        return False
    if lexicon["deadline"].whole(words) is not None or lexicon["time_field"].whole(words) is not None:
        return True
    # 2023年底前取得阶段性成果: a time, and what is to be done by then.
    begun = lexicon["deadline"].match(words, 0)
    return begun is not None and not is_unit(words, lexicon)


def _elements(text: str, piece: ListElement, lexicon: Lexicon) -> Iterator[tuple[ListElement | None, Role | None, str]]:
    """One element of a list → its unit, the role words behind it, and what joins it to the next unit.

    `A会同B负责` gives (A, None, "lead") and (B, responsible, ""); `会同B` gives (B, None, "with").
    """
    start, end = piece.start, piece.end
    leading = _LEADING.match(text, start, end)
    # 由市教育局 ends as a unit's name does, but no name begins with 由; one may well begin with 和 (和平区政府).
    if leading and (leading.group().endswith("由") or not is_unit(text[start:end], lexicon)):
        start = leading.end()
    join = _join(text, start, end, lexicon)
    if join is not None:
        before, after = join
        if before > start:
            head, role = _tail(text, start, before, lexicon)
            yield ListElement(start, head), role, "" if role and role != "responsible" else "lead"
            if role:
                yield from _joined(text, after, end, lexicon)
                return
        yield from _joined(text, after, end, lexicon)
        return
    head, role = _tail(text, start, end, lexicon)
    head = _others(text, start, head, lexicon) or head
    yield (ListElement(start, head) if head > start else None), role, ""


def _others(text: str, start: int, end: int, lexicon: Lexicon) -> int | None:
    """Where 等 stands behind the last named unit, to which it adds none: 财政部等有关部门, 商务部等国务院相关部门."""
    position = text.find("等", start + 2, end)
    if position < 0 or not re.match(r"[一-鿿]{0,6}(?:有关|相关)", text[position + 1 : end]):
        return None
    return position if _is_unit(text, start, position, lexicon) and _is_unit(text, position + 1, end, lexicon) else None


def _joined(text: str, start: int, end: int, lexicon: Lexicon) -> Iterator[tuple[ListElement | None, Role | None, str]]:
    head, role = _tail(text, start, end, lexicon)
    yield (ListElement(start, head) if head > start else None), role, "with"


def _join(text: str, start: int, end: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """Where 会同 or 商 stands between two units, or in front of one: in 市商务局会同海关 behind 局, not behind 市."""
    for _, match in lexicon["join"].scan(text, start, end):
        before, after = match.span()
        if before == start:
            if match.group() == "商" or (match.group() != "会同" and _is_unit(text, start, end, lexicon)):
                continue  # 商务部 begins with no join: 商 stands between two units only.
            return before, after
        stated = _is_unit(text, start, before, lexicon) or _tail(text, start, before, lexicon)[1] is not None
        if stated and end - after > 2:
            return before, after
    return None


def _is_unit(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    return end - start <= LONGEST_WRITTEN and is_unit(text[start:end], lexicon)


def _tail(text: str, start: int, end: int, lexicon: Lexicon) -> tuple[int, Role | None]:
    """Where the name ends, and the role of the words behind it; 等 and 等有关部门 go with them."""
    role: Role | None = None
    head = end
    found = lexicon["tail"].ending(text, max(start, end - _TAIL_LENGTH), end)
    if found and (found[1] == start or not _is_plain_name(text, start, end) or not _is_unit(text, start, end, lexicon)):
        role, head = _ROLES[found[0].value], found[1]
    elif (part := _WITH_OBJECT.search(text, max(start, end - _OBJECT_LENGTH), end)) and _is_unit(
        text, start, part.start(), lexicon
    ):
        role, head = _OBJECT_ROLES[part["verb"]], part.start()
    others = lexicon["generic_tail"].ending(text, max(start, head - _TAIL_LENGTH), head)
    return others[1] if others else head, role


def _is_plain_name(text: str, start: int, end: int) -> bool:
    """A name that only looks as if role words stood at its end: 落实办, 督导组."""
    return _ROLE_WORD.fullmatch(text, max(start, end - 2), end) is None


def _named(text: str, piece: ListElement, prefix: str, role: Role, lexicon: Lexicon) -> tuple[NamedUnit, str]:
    """The unit of a piece, and the prefix that holds for the rest of its list."""
    end = piece.end
    name = text[piece.start : end]
    bracket = role_bracket(name) or re.search(r"(?<=.)（(?:按[^（）]*|等[^（）]*|分工[^（）]*)）$", name)
    if bracket:
        end = piece.start + bracket.start()
        name = text[piece.start : end]
    own = prefix_of(name)
    if own:
        prefix = own
    elif is_collective(name, lexicon):
        return NamedUnit(piece.start, end, hat_of(name), "", role, True, "list"), prefix
    return NamedUnit(piece.start, end, hat_of(name), prefix, role, True, "list"), prefix


def _with_role(unit: NamedUnit, role: Role, rule: str) -> NamedUnit:
    return replace(unit, role=role, rule=rule)
