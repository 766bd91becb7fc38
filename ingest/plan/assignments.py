"""What a responsibility statement says (责任表述): its text → units with roles, people, times.

Two forms. Labels name the role in front of a list: `牵头单位：A；配合单位：B、C；完成时限：6月底前`. Clauses name
it behind: `A牵头，B、C按职责分工负责`, `由A会同B负责`; a bare list is responsible. Both stand in brackets, on lines,
in table cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from msgspec.structs import replace

from ingest.base import Record
from ingest.language.lexicon import Lexicon
from ingest.language.likeness import is_chinese
from ingest.language.units import (
    ListElement,
    hat_of,
    is_collective,
    is_line_of_work,
    is_unit,
    prefix_of,
    role_bracket,
    split_list,
)
from ingest.model import Role
from ingest.plan.labels import Wording, between_remarks, labels_in, without_remarks
from ingest.plan.tokens import ROLES, StatementToken, is_one_person, person_at, tokens_of, without_office

_OFFICES = ("书记", "主任", "主席", "负责人", "同志", *(f"{body}长" for body in "局厅部处科所站队组院校镇乡县区市会行"))
"""各社区书记 is whoever holds the office."""
_LABEL_PERSON = "责任人"
"""What a person is called whose name stands behind a unit's, without an office."""
_DEPARTMENTS = "部门"
_COPULAS = ("为", "作为", "是")
_NOT_YET = ("待定", "暂无")


class NamedUnit(Record, frozen=True):
    """One unit in a statement: `[start, end)` of its mention, its hat, the prefix in force over it, role and rule, and
    the sentence that states the role where that stands elsewhere."""

    start: int
    end: int
    hat: str | None
    prefix: str
    role: Role
    stated: bool
    rule: str
    stated_by: tuple[int, int] | None = None


class Parsed(Record, frozen=True):
    """What a statement says, in order. `first_leads` where it declares that the first of each list leads."""

    units: tuple[NamedUnit, ...] = ()
    people: tuple[tuple[int, int, str], ...] = ()
    times: tuple[tuple[int, int], ...] = ()
    first_leads: bool = False
    labelled: bool = False
    explicit: bool = False


def names_nobody(text: str, start: int, end: int) -> bool:
    """Whether a field or cell `[start, end)` names nobody: 无, 待定, /, ——, a page number."""
    letters = [*islice((at for at in range(start, end) if text[at].isalnum() and not text[at].isdecimal()), 3)]
    return len(letters) < 2 or (len(letters) == 2 and text[letters[0] : letters[1] + 1] in _NOT_YET)


def parse_statement(text: str, start: int, end: int, lexicon: Lexicon, role: Role | None = None) -> Parsed | None:
    """Parses `[start, end)` of folded text; None where it is no responsibility statement.

    `role` is the role of the column where the text is a table cell, or of the label in front of it.
    """
    return parse_wording(Wording(text, lexicon), start, end, role)


def parse_wording(wording: Wording, start: int, end: int, role: Role | None = None) -> Parsed | None:
    """`parse_statement` of a text in which it is known where blanks stood."""
    low, high, first_leads = without_remarks(wording.text, start, end, wording.lexicon)
    reader = _StatementReader(wording)
    labels = list(labels_in(wording, low, high))
    stretches = between_remarks(wording, low, labels[0][0] if labels else high)
    given = None if labels else role
    if any(not reader.clauses(*stretch, given, lenient=given is not None) for stretch in stretches):
        return None
    for n, (_, value_start, kind, label) in enumerate(labels):
        value_end = labels[n + 1][0] if n + 1 < len(labels) else high
        for stretch in between_remarks(wording, value_start, value_end):
            reader.labelled(*stretch, kind, label)
    if not (labels or reader.units or reader.people):
        return None
    units = _said_once(wording.text, reader.units)
    return Parsed(tuple(units), tuple(reader.people), tuple(reader.times), first_leads, bool(labels), reader.explicit)


def _said_once(text: str, units: Sequence[NamedUnit]) -> list[NamedUnit]:
    """`责任单位：A、B；牵头单位为A`, `A牵头，…数据由A汇总` say of A twice who it is: it leads, and is named once."""
    leads = {text[unit.start : unit.end]: unit for unit in units if unit.role == "lead"}
    both = leads.keys() & {text[unit.start : unit.end] for unit in units if unit.role == "responsible"}
    said: dict[object, NamedUnit] = {}
    for unit in units:
        name = text[unit.start : unit.end]
        if name not in both:
            said[unit.start] = unit
        elif name not in said:
            said[name] = replace(unit, role="lead", rule=leads[name].rule)
    return [*said.values()]


def lead_first(parsed: Parsed, declared: tuple[int, int]) -> Parsed:
    """`列第一位者为牵头单位`: the first of a list of two or more that states no lead, leads, as that sentence says."""
    responsible = [i for i, unit in enumerate(parsed.units) if unit.role == "responsible"]
    if len(responsible) < 2 or any(unit.role == "lead" for unit in parsed.units):
        return parsed
    units = list(parsed.units)
    units[responsible[0]] = replace(units[responsible[0]], role="lead", rule="first-leads", stated_by=declared)
    return replace(parsed, units=tuple(units))


class _StatementReader:
    """Reads the stretches of one statement and gathers what they say. `explicit` where role words stand in it."""

    def __init__(self, wording: Wording) -> None:
        self.text, self.lexicon, self.blanks = wording.text, wording.lexicon, wording.blanks
        self.lines_of_work = False
        self.units: list[NamedUnit] = []
        self.people: list[tuple[int, int, str]] = []
        self.times: list[tuple[int, int]] = []
        self.explicit = False
        self.with_persons = False

    def labelled(self, start: int, end: int, kind: str, label: str) -> None:
        """Read what stands behind a label of this kind: units of a role, people, or a time."""
        while end > start and self.text[end - 1] in "；，。、\n":
            end -= 1
        if kind == "person":
            self._people(start, end, label)
        elif kind == "time":
            if end > start:
                self.times.append((start, end))
        elif kind == "contact":
            pass  # Whom to ring up is nobody in charge.
        else:
            self.with_persons = label.rstrip("）").endswith("人")
            self.clauses(start, end, ROLES[kind], lenient=True)

    def _people(self, start: int, end: int, label: str) -> None:
        lexicon, before = self.lexicon, len(self.people)
        for piece in split_list(self.text, start, end, lexicon, self.blanks):
            name = self.text[piece.start : piece.end]
            if is_unit(name, lexicon) and len(name) > 4 and not name.endswith(_OFFICES):
                self.units.append(self._in_charge(piece.start, piece.end))
            elif (person := person_at(self.text, piece.start, piece.end, False, lexicon)) and person[0] > piece.start:
                # 责任人：市城管局局长王大明
                low, high = piece.start, person[0]
                self.units.append(self._in_charge(low, high))
                self.people.extend((each.start, each.end, label) for each in person[1:] if each.kind == "person")
            elif len(name) > 1 and is_chinese(name[:2].replace("·", "")):
                self.people.extend((low, high, label) for low, high in self._names(piece.start, piece.end))
        # 县委副书记 吴国华 and 陈平 副区长 are one person; 责任人：各社区书记 is whoever holds the office.
        people = self.people[before:]
        self.people[before:] = [
            each
            for ahead, each, behind in zip([None, *people], people, [*people[1:], None], strict=False)
            if lexicon["office_first"].whole(self.text[each[0] : each[1]]) is None
            or not (
                (ahead and ahead[1] == each[0]) or (behind and is_one_person(self.text, each[:2], behind[1], lexicon))
            )
        ]

    def _in_charge(self, start: int, end: int) -> NamedUnit:
        """A unit that stands where a person is asked for."""
        name = self.text[start:end]
        return NamedUnit(start, end, hat_of(name, self.lexicon), prefix_of(name), "responsible", True, "label-person")

    def _names(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The names of persons that blanks part, without their offices; but 张 三 is one."""
        bounds = [start, *(at for at in sorted(self.blanks) if start < at < end), end]
        names: list[tuple[int, int]] = []
        for low, high in pairwise(bounds):
            if names and (high - low == 1 or names[-1][1] - names[-1][0] == 1):
                names[-1] = names[-1][0], high
            else:
                names.append((low, high))
        for low, high in names:
            first = self.lexicon["office_first"].match(self.text, low, high)
            begin = first[1].end() if first and first[1].end() < high else low
            bracket = self.text.find("（", begin + 1, high)
            high = bracket if bracket > 0 else high
            if begin < high:
                yield begin, without_office(self.text, begin, high, self.lexicon)

    def clauses(self, start: int, end: int, given: Role | None = None, lenient: bool = False) -> bool:
        """Read clauses; True where everything in them is units, role words or times. `given` is the label's role."""
        self.lines_of_work = self.lexicon["of_lines"].search(self.text, start, end) is not None
        clauses = _Clauses(self, given, lenient)
        for token in tokens_of(self.text, start, end, self.blanks, self.lexicon):
            clauses.take(token)
        return clauses.done(start, end)


class _Clauses:
    """The grammar of clauses: a role word is that of the names since the last one, what 会同 joins supports."""

    def __init__(self, reader: _StatementReader, given: Role | None, lenient: bool) -> None:
        self._reader, self._given, self._lenient = reader, given, lenient
        self._pending: list[NamedUnit] = []
        self._marked: list[NamedUnit] = []
        self._prefix, self._joined, self._good, self._seen = "", False, 0, 0
        self._before_comma, self._somebody = 0, False

    def take(self, token: StatementToken) -> None:
        """Goes on by a token."""
        reader = self._reader
        if token.kind == "time":
            reader.times.append((token.start, token.end))
        elif token.kind in ("person", "office"):
            self._somebody = self._somebody or token.kind == "person"
            reader.people.append((token.start, token.end, token.value or _LABEL_PERSON))
        elif token.kind == "comma":
            if self._joined and self._pending:
                # 由A牵头，会同B，各街道落实: what 会同 joins ends at the comma.
                self._flush()
            self._before_comma = len(self._pending)
        elif token.kind == "join":
            self._join(token.value == "lead")
        elif token.kind == "role":
            self._role(ROLES[token.value], reader.text.startswith(_COPULAS, token.start))
        elif self._is_label(token):
            pass
        elif reader.with_persons and self._is_person(token):
            reader.people.append((token.start, token.end, _LABEL_PERSON))
        elif not (self._lenient and names_nobody(reader.text, token.start, token.end)):
            self._name(token)

    def _is_label(self, token: StatementToken) -> bool:
        """Whether a name is the word for whoever is charged (责任单位按职责分工落实), and nobody's."""
        return (
            self._given is None
            and self._reader.lexicon["label"].whole(self._reader.text[token.start : token.end]) is not None
        )

    def _is_person(self, token: StatementToken) -> bool:
        """Whether a name under 责任单位及责任人 is a person's."""
        name, lexicon = self._reader.text[token.start : token.end], self._reader.lexicon
        return lexicon["person_name"].whole(name) is not None and not is_unit(name, lexicon)

    def _name(self, token: StatementToken) -> None:
        reader = self._reader
        text, lexicon = reader.text, reader.lexicon
        self._seen += 1
        given = self._given or "responsible"
        unit, self._prefix = _named(text, ListElement(token.start, token.end), self._prefix, given, lexicon)
        name = text[unit.start : unit.end]
        self._good += is_unit(name, lexicon) or (reader.lines_of_work and is_line_of_work(name, lexicon))
        if (
            reader.lines_of_work
            and name.endswith(_DEPARTMENTS)
            and is_line_of_work(name[: -len(_DEPARTMENTS)], lexicon)
        ):
            # 教育、体育部门: two departments.
            lines = [each for each in self._pending if is_line_of_work(text[each.start : each.end], lexicon)]
            unit = replace(unit, end=unit.end - len(_DEPARTMENTS)) if lines else unit
        own = role_bracket(text[token.start : token.end])
        if own:
            tail = lexicon["tail"].whole(own.group(1))
            reader.units.append(_with_role(unit, ROLES[tail.value] if tail else "responsible", "role-bracket"))
            reader.explicit = True
            return
        joins = self._joined and self._given != "support"
        unit = _with_role(unit, "support", "join-with") if joins else unit
        self._pending.append(unit)
        if token.kind == "marked":
            self._marked.append(unit)

    def _join(self, leads: bool) -> None:
        if leads:
            self._reader.units.extend(_with_role(unit, "lead", "join-with") for unit in self._pending)
            self._pending = []
            self._reader.explicit = True
        self._joined = True

    def _role(self, role: Role, is_said_of_one: bool) -> None:
        """The role of the names since the last one: of those behind the comma in `A、B，其中A为牵头单位`, and in
        `A、B，C、D参与`, or nobody would do it."""
        reader, pending = self._reader, self._pending
        reader.explicit = True
        parted = is_said_of_one or (role == "support" and not reader.units)
        charged = self._before_comma if parted and self._before_comma < len(pending) else 0
        reader.units.extend(pending[:charged])
        reader.units.extend(
            unit if unit.rule == "join-with" else _with_role(unit, role, f"tail-{role}") for unit in pending[charged:]
        )
        self._pending, self._joined, self._before_comma = [], False, 0

    def _flush(self) -> None:
        self._reader.units.extend(self._pending)
        self._pending, self._joined, self._before_comma = [], False, 0

    def done(self, start: int, end: int) -> bool:
        """Ends the clauses."""
        reader = self._reader
        self._flush()
        if 0 < len(self._marked) < self._seen:
            marked = {unit.start for unit in self._marked}
            reader.units = [
                _with_role(unit, "lead", "mark-lead") if unit.start in marked else unit for unit in reader.units
            ]
        if self._lenient:
            return True
        if not self._seen:
            # 王大明（区政府党组成员） says what he is.
            return bool(self._somebody or (reader.people and reader.explicit) or reader.times or reader.units)
        return self._good == self._seen or (reader.explicit and self._good * 3 >= self._seen * 2)


def _named(text: str, piece: ListElement, prefix: str, role: Role, lexicon: Lexicon) -> tuple[NamedUnit, str]:
    """The unit of a piece, and the prefix that holds for the rest of its list."""
    end = piece.end
    name = text[piece.start : end]
    own = role_bracket(name)
    remark = lexicon["no_nameplate"].ending(text, piece.start + 1, end)
    if own is not None or (remark is not None and remark[0].value == "drop"):
        end = piece.start + own.start() if own is not None else remark[1] if remark is not None else end
        name = text[piece.start : end]
    level = prefix_of(name)
    if level:
        prefix = level
    elif is_collective(name, lexicon):
        return NamedUnit(piece.start, end, hat_of(name, lexicon), "", role, True, "list"), prefix
    return NamedUnit(piece.start, end, hat_of(name, lexicon), prefix, role, True, "list"), prefix


def _with_role(unit: NamedUnit, role: Role, rule: str) -> NamedUnit:
    return replace(unit, role=role, rule=rule)
