"""The account of a source (责任账): what every character of it was taken for, and what nobody read.

read       words of a task, of its statement, of a progress paragraph, or of the header
heading    of a section or of a column
context    under a heading whose tasks it goes with, or in a row that gave one
furniture  blanks, line ends, page numbers, signatures and what stands before the plan
cites      a paragraph that names documents and assigns nobody
none       states no responsibility
unread     looks like responsibility, and no rule read it
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from msgspec import structs

from ingest.base import Record
from ingest.language.clean import Clean
from ingest.language.lexicon import Lexicon
from ingest.ledger.claims import Claim, Governed, claims_of_lines, claims_of_text
from ingest.ledger.sheets import broken_rows, claims_of_sheet, sheets_of, tasks_elsewhere
from ingest.ledger.words import LONGEST, LedgerWords
from ingest.model import Coverage, Milestone, Span, Task

_FARTHEST = 14
"""Characters between a name and the words of its role: 等部门按职责分工."""
_WITH = ("商", "会同")
"""Between two names: the second supports the first."""
_SEPARATORS = "、，；"
_PERSON = "person"
_ASKED = ("lead", "support", _PERSON)
"""What a label or a head may ask of the first name behind it; the roles that a person may have are the same."""


class ReadName(Record, frozen=True):
    """A name that was read: where it stands, and the roles that it was given."""

    start: int
    end: int
    roles: frozenset[str]


@dataclass(frozen=True)
class LedgerBody:
    """The text of a plan: of the source and clean, and where the plan's own begins in the latter."""

    source: str
    clean: Clean
    start: int


def with_unread(coverage: Coverage, spans: Iterable[Span]) -> Coverage:
    """The account with what the reader of sentences saw, and could not read, beside what the ledger tells itself."""
    told = [*coverage.unread]
    fresh = [each for each in spans if all(each.end <= old.start or old.end <= each.start for old in told)]
    more = sum(each.end - each.start for each in fresh)
    return structs.replace(coverage, total=coverage.total + more, unread=tuple(sorted([*told, *fresh])))


def balance(body: LedgerBody, tasks: Sequence[Task], milestones: Sequence[Milestone], lexicon: Lexicon) -> Coverage:
    """What of the text that looks like responsibility was read."""
    clean, start = body.clean, body.start
    words = LedgerWords(clean.folded, lexicon)
    names = _read_names(clean, tasks)
    texts = [_of(clean, task.span) for task in tasks]
    statements = {_of(clean, span) for task in tasks for span in task.statements}
    deadlines = [_of(clean, each.span) for task in tasks for each in task.deadlines]
    governed = Governed([*texts, *statements, *(_of(clean, each.span) for each in milestones)])
    claims = claims_of_text(clean, start, words, governed, [name.start for name in names])
    claims += claims_of_lines(clean, body.source, start, words)
    rows = Governed(texts)
    for sheet in sheets_of(clean, words):
        claims += claims_of_sheet(sheet)
        claims += broken_rows(sheet)
        claims += tasks_elsewhere(sheet, rows)
    openings = frozenset(low for low, _ in texts)
    auditor = _Auditor(
        words, names, Governed([*statements, *deadlines]), clean.gaps, openings, _of_others(clean, tasks)
    )
    unread = _merged(words.text, sorted({part for claim in claims for part in auditor.unread(claim)}))
    unread = _merged(words.text, sorted({*unread, *_left_over(words, clean, tasks, milestones, auditor)}))
    total = _length([*statements, *((c.start, c.end) for c in claims), *unread])
    return Coverage(total - _length(unread), total, tuple(clean.span(low, high) for low, high in unread))


def _of(clean: Clean, span: Span) -> tuple[int, int]:
    return clean.offset(span.start), clean.offset(span.end - 1) + 1


def _of_others(clean: Clean, tasks: Sequence[Task]) -> Governed:
    """The statements that name nobody and charge who is named above them."""
    charged = [(each.statement, each.mention.span) for task in tasks for each in task.assignments]
    others = {said for said, named in charged if named.end <= said.start}
    return Governed([_of(clean, said) for said in others])


def _read_names(clean: Clean, tasks: Sequence[Task]) -> list[ReadName]:
    roles: dict[tuple[int, int], set[str]] = {}
    for task in tasks:
        for assignment in task.assignments:
            span = assignment.mention.span
            roles.setdefault((span.start, span.end), set()).add(assignment.role)
        for person in task.people:
            roles.setdefault((person.span.start, person.span.end), set()).update(_ASKED)
    return [ReadName(*_of(clean, Span(*place)), frozenset(said)) for place, said in sorted(roles.items())]


def _left_over(
    words: LedgerWords, clean: Clean, tasks: Sequence[Task], milestones: Sequence[Milestone], auditor: _Auditor
) -> Iterator[tuple[int, int]]:
    """Days in the text of a task of which nothing was made, and who is charged beside others in a sentence."""
    days = [_of(clean, day.span) for each in (*tasks, *milestones) for day in each.deadlines]
    facts = [_of(clean, fact.span) for task in tasks for fact in (*task.targets, *task.citations)]
    dated = Governed([*days, *facts])
    for task in tasks:
        low, high = _of(clean, task.span)
        for _, match in words.due.scan(words.text, low, high):
            if not dated.touches(*match.span()):
                yield match.span()
        if task.form == "sentence":
            for begin, _ in (_of(clean, span) for span in task.statements):
                charged = words.charged(*words.sentence_at(begin))
                yield from (place for place in charged if not auditor.holds(*place))


def _length(spans: Sequence[tuple[int, int]]) -> int:
    total = reached = 0
    for low, high in sorted(spans):
        total += max(0, high - max(low, reached))
        reached = max(reached, high)
    return total


def _merged(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches that only a sign parts are one, while it stays short; a longer one is cut."""
    found: list[tuple[int, int]] = []
    for low, high in spans:
        if found and low <= found[-1][1] + 1 and text[found[-1][1] : low] != "\n" and high - found[-1][0] <= LONGEST:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        elif found and low < found[-1][1]:
            low = found[-1][1]
            found += [(low, high)] if high > low else []
        else:
            found.append((low, high))
    return [(begin, min(begin + LONGEST, high)) for low, high in found for begin in range(low, high, LONGEST)]


@dataclass(frozen=True)
class _Auditor:
    """Holds claims against the names that were read; `times` are statements and deadlines, `gaps` blanks in cells.

    `openings` are where tasks begin: a label there was read as work. `of_others` are statements whose names stand in
    another one (责任单位：同上).
    """

    words: LedgerWords
    names: Sequence[ReadName]
    times: Governed
    gaps: Sequence[int]
    openings: frozenset[int]
    of_others: Governed

    @cached_property
    def _starts(self) -> list[int]:
        return [name.start for name in self.names]

    def holds(self, start: int, end: int) -> bool:
        """Whether a name was read in `[start, end)`."""
        return bool(self._inside(Claim(start, end, "names")))

    def unread(self, claim: Claim) -> Iterator[tuple[int, int]]:
        """What of a claim nobody read: all of it, or names in it, or a name that has another role."""
        inside = self._inside(claim)
        if claim.kind == "label" and claim.start in self.openings:
            yield claim.start, claim.end
            return
        if claim.role == "time" and self.times.touches(claim.start, claim.end):
            return
        if claim.kind in ("label", "bracket") and not inside and self.of_others.touches(claim.start, claim.end):
            yield from self.words.names(claim.start, claim.end)
            return
        if claim.kind == "row" or not inside:
            yield claim.start, claim.end
            return
        yield from self._between(claim, inside)
        yield from ((name.start, name.end) for name in inside if self._is_several(name))
        yield from self._other_role(claim, inside)

    def _inside(self, claim: Claim) -> list[ReadName]:
        first = bisect_left(self._starts, claim.start)
        if first and self.names[first - 1].end > claim.start:
            first -= 1
        return [*self.names[first : bisect_left(self._starts, claim.end)]]

    def _between(self, claim: Claim, inside: Sequence[ReadName]) -> Iterator[tuple[int, int]]:
        """Names in the claim that lie outside those that were read."""
        low = claim.start + (claim.kind == "bracket")
        for name in (*inside, ReadName(claim.end, claim.end, frozenset())):
            if name.start - low > 1:
                yield from self.words.names(low, name.start)
            low = max(low, name.end)

    def _is_several(self, name: ReadName) -> bool:
        """Whether a name holds more than one, words of a role, half of a bracket, or the end of a line."""
        said = self.words.text[name.start : name.end]
        if "\n" in said or said.count("（") != said.count("）") or self.words.holds_several(said):
            return True
        if self.words.ends_in_a_label(name.start, name.end) or (_PERSON in name.roles and self.words.is_place(said)):
            return True
        gaps = self.gaps[bisect_right(self.gaps, name.start) : bisect_left(self.gaps, name.end)]
        parts = [self.words.text[low:high] for low, high in pairwise((name.start, *gaps, name.end))]
        return any(self.words.are_two(*two) and self.words.has_level(two[1]) for two in pairwise(parts))

    def _other_role(self, claim: Claim, inside: Sequence[ReadName]) -> Iterator[tuple[int, int]]:
        """A name with the words of a role behind it, or a label or head before it, that was given another role."""
        text = self.words.text
        yield from self._before(claim, inside)
        for one, other in pairwise(inside):
            if text[one.end : other.start] in _WITH and "support" not in other.roles:
                yield other.start, other.end
        several = claim.role == "any" or (claim.role == "unasked" and len(inside) > 1)
        leads = claim.kind == "cell" and several and all(name.roles == {"lead"} for name in inside)
        if leads and "牵头" not in text[claim.start : claim.end]:
            yield claim.start, claim.end
        ends = [name.end for name in inside]
        for rule, match in self.words.roles.scan(text, claim.start, claim.end):
            before = bisect_right(ends, match.start()) - 1
            if rule.value == "any" or before < 0:
                continue
            name = inside[before]
            gap = text[name.end : match.start()]
            if len(gap) <= _FARTHEST and not any(sign in gap for sign in _SEPARATORS) and rule.value not in name.roles:
                yield name.start, match.end()

    def _before(self, claim: Claim, inside: Sequence[ReadName]) -> Iterator[tuple[int, int]]:
        """The first name behind each label that has not the role which the label says, or a person nobody read."""
        for low, high, role in self._asked(claim):
            first = next((name for name in inside if low <= name.start < high), None)
            if first is not None and role in _ASKED and role not in first.roles:
                yield first.start, first.end
            elif first is None and role == _PERSON and self.words.says_somebody(low, high):
                yield low, high

    def _asked(self, claim: Claim) -> list[tuple[int, int, str]]:
        """The stretches of a claim with the role that stands in front of each: of its head, or of a label in it."""
        found = self.words.labels.scan(self.words.text, claim.start, claim.end)
        labels = [(rule.value, *match.span()) for rule, match in found if self.words.is_label(*match.span())]
        if not labels or labels[0][1] > claim.start:
            labels.insert(0, (claim.role, claim.start, claim.start))
        ends = [start for _, start, _ in labels[1:]] + [claim.end]
        return [(end, high, role) for (role, _, end), high in zip(labels, ends, strict=True)]
