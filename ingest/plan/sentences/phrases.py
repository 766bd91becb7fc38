"""Clauses of a sentence → who is charged in them: `由A牵头` · `B、C配合做好保障` · `管网改造由A会同B落实`.

A sentence is cut at its commas; in each part the names in front of a role word are looked for at its beginning and
behind each 由. What stands in front of them and behind the role word is the work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.base import Record
from ingest.language.lexicon import Lexicon, Rule
from ingest.model import Role
from ingest.plan.sentences.bodies import Bodies, bodies_at, persons_at

_COMMA = re.compile("[，；]")
_BRACKET = re.compile("[（）《》〔〕“”]")
_BY = "由"
_GROUPS_BY = {"by": ("charge_by",), "asked": ("charge_by", "charge_asked"), "mainly": ()}
"""Further role words behind names in front of which 由, 请 or 以 stands."""
_LONGEST_OPENING = 24
_LEAST_BACK = 3
"""Characters that refer to work said before and belong to no name: 本项工作, but 上 of 上海市."""
_NEEDS = ("需", "要", "应")
"""以上任务均需各县落实, 不再列出: a remark."""
_GROUPS = ("charge", "charge_must")
_GROUPS_BESIDE = ("charge", "charge_beside", "charge_must")
_OF_PERSONS = "charge_person"
_MUST = "sentence-must"
_VERBS = ("sentence-by", "sentence-asked", "sentence-beside")
"""Rules whose words are the beginning of the work."""
ROLES: dict[str, Role] = {"lead": "lead", "support": "support", "responsible": "responsible"}


class Charge(Record, frozen=True):
    """Names with their role: `[start, end)` with 由 and the role word; `bodies` are (list, role) in order."""

    start: int
    end: int
    bodies: tuple[tuple[Bodies, Role], ...]
    rule: str
    by: bool

    @property
    def role(self) -> Role:
        """The role of those who are named first."""
        return self.bodies[0][1]

    @property
    def named(self) -> bool:
        """Whether one unit at least is named, and not only 各部门."""
        return any(bodies.named for bodies, _ in self.bodies)


class SentencePart(Record, frozen=True):
    """What stands between two commas: `[start, end)`, who is charged in it, and whether that is a name for something
    (由A牵头的专班) and charges nobody."""

    start: int
    end: int
    charges: tuple[Charge, ...] = ()
    nominal: bool = False

    @property
    def front(self) -> tuple[int, int]:
        """What stands in front of the names."""
        return self.start, self.charges[0].start if self.charges else self.end

    @property
    def behind(self) -> tuple[int, int]:
        """What stands behind the last role word."""
        return (self.charges[-1].end if self.charges else self.end), self.end


def chinese_in(text: str, start: int, end: int) -> int:
    """How many Chinese characters stand in `[start, end)`."""
    return sum("一" <= character <= "鿿" for character in text[start:end])


def parts_of(text: str, start: int, end: int, lexicon: Lexicon) -> list[SentencePart]:
    """The parts of a sentence, each with who is charged in it."""
    parts = [_part(text, low, high, lexicon) for low, high in _between_commas(text, start, end)]
    if not any(part.charges for part in parts):
        return parts
    return [part if part.charges else _part(text, part.start, part.end, lexicon, beside=True) for part in parts]


def _between_commas(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    brackets = [(found.start(), found.group()) for found in _BRACKET.finditer(text, start, end)]
    depth, low, nth = 0, start, 0
    for comma in _COMMA.finditer(text, start, end):
        while nth < len(brackets) and brackets[nth][0] < comma.start():
            depth = max(0, depth + (1 if brackets[nth][1] in "（《〔“" else -1))
            nth += 1
        if depth == 0:
            if comma.start() > low:
                yield low, comma.start()
            low = comma.end()
    if end > low:
        yield low, end


def _part(text: str, start: int, end: int, lexicon: Lexicon, beside: bool = False) -> SentencePart:
    """What one part says; `beside` where another part of its sentence charges somebody."""
    opening = _past_opening(text, start, end, lexicon)
    groups = _GROUPS_BESIDE if beside else _GROUPS
    joined = _joined(text, opening, end, lexicon) if beside else None
    if joined is not None:
        return SentencePart(start, end, (joined,), _is_nominal(text, joined, end, lexicon))
    for place in _places(text, opening, end, lexicon):
        first = _charge(text, place, end, groups, lexicon)
        if first is None or text.count("（", start, place) > text.count("）", start, place):
            continue
        charges, nominal = [first], _is_nominal(text, first, end, lexicon)
        while text[charges[-1].end : charges[-1].end + 1] == "、":
            following = _charge(text, charges[-1].end + 1, end, groups, lexicon)
            if following is None:
                break
            charges.append(following)
            nominal = nominal or _is_nominal(text, following, end, lexicon)
        forming = first.by and lexicon["forms_body"].ending(text, max(start, first.start - 4), first.start) is not None
        return SentencePart(start, end, tuple(charges), nominal or forming)
    return SentencePart(start, end)


def _past_opening(text: str, start: int, end: int, lexicon: Lexicon) -> int:
    while found := lexicon["sentence_opening"].match(text, start, end):
        start = found[1].end()
    return start


def _places(text: str, opening: int, end: int, lexicon: Lexicon) -> Iterator[int]:
    """Where names may begin: at the beginning, behind a time there, behind a colon, at each 由."""
    back = lexicon["refers_back"].match(text, opening, end)
    if back and back[1].end() - opening >= _LEAST_BACK and not text.startswith(_NEEDS, back[1].end()):
        yield back[1].end()  # 本项工作市民政局为主
    yield opening
    time = lexicon["deadline"].match(text, opening, min(end, opening + _LONGEST_OPENING))
    if time and time[1].end() < end:
        yield time[1].end()
    colon = text.find("：", opening, end)
    if colon >= 0:
        yield colon + 1
    by = text.find(_BY, opening + 1, end)
    while by >= 0:
        yield by
        by = text.find(_BY, by + 1, end)


def _joined(text: str, start: int, end: int, lexicon: Lexicon) -> Charge | None:
    """…，会同市财政局制定办法: who joins the one that leads."""
    joined = lexicon["together"].match(text, start, end)
    bodies = bodies_at(text, joined[1].end(), end, lexicon, _anything) if joined else None
    return None if bodies is None else Charge(start, bodies.end, ((bodies, "support"),), "sentence-with", False)


def _charge(text: str, place: int, end: int, groups: Sequence[str], lexicon: Lexicon) -> Charge | None:
    by = lexicon["by_word"].match(text, place, end)
    start = by[1].end() if by else place
    groups = (*groups, *_GROUPS_BY[by[0].value]) if by else groups

    def follows(position: int) -> bool:
        return any(lexicon[group].match(text, position, end) for group in (*groups, "together"))

    bodies = bodies_at(text, start, end, lexicon, follows) or persons_at(
        text, start, end, (*groups, _OF_PERSONS), lexicon
    )
    if bodies is None:
        return None
    groups = (*groups, _OF_PERSONS) if bodies.persons else groups
    joined = lexicon["together"].match(text, bodies.end, end)
    others = bodies_at(text, joined[1].end(), end, lexicon, _anything) if joined else None
    if others is not None:
        words = _role_at(text, others.end, end, (*groups, "charge_by"), lexicon)
        stop = words[1].end() if words and words[1].end() == end else others.end
        return Charge(place, stop, ((bodies, "lead"), (others, "support")), "sentence-with", by is not None)
    found = _role_at(text, bodies.end, end, groups, lexicon)
    if found is None:
        return None
    rule, word = found
    if rule.id == _MUST and bodies.each:
        return None  # 各部门要高度重视 exhorts.
    # 由市水务局制定办法: what is to be done begins with the word.
    stop = bodies.end if rule.id in _VERBS and word.end() < end else word.end()
    return Charge(place, stop, ((bodies, ROLES[rule.value]),), rule.id, by is not None)


def _anything(position: int) -> bool:
    return True


def _role_at(
    text: str, position: int, end: int, groups: Sequence[str], lexicon: Lexicon
) -> tuple[Rule, re.Match[str]] | None:
    """The role word at a place."""
    return next((found for group in groups if (found := lexicon[group].match(text, position, end))), None)


def _is_nominal(text: str, charge: Charge, end: int, lexicon: Lexicon) -> bool:
    """Whether the role word is part of another word, or what follows makes a name of it all: 由A牵头的专班."""
    return lexicon["no_charge"].match(text, charge.end, end) is not None
