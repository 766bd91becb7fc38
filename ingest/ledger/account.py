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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.language.clean import Clean
from ingest.language.lexicon import Lexicon
from ingest.ledger.claims import Claim, Governed, claims_of_lines, claims_of_text
from ingest.ledger.sheets import broken_rows, claims_of_sheet, sheets_of
from ingest.ledger.words import LONGEST, LedgerWords
from ingest.model import Coverage, Milestone, Span, Task

_FARTHEST = 14
"""Characters between a name and the words of its role: 等部门按职责分工."""
_SEPARATORS = "、，；"


@dataclass(frozen=True)
class ReadName:
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


def balance(body: LedgerBody, tasks: Sequence[Task], milestones: Sequence[Milestone], lexicon: Lexicon) -> Coverage:
    """What of the text that looks like responsibility was read."""
    clean, start = body.clean, body.start
    words = LedgerWords(clean.folded, lexicon)
    names = _read_names(clean, tasks)
    held = [_of(clean, span) for task in tasks for span in (task.span, *task.statements)]
    governed = Governed([*held, *(_of(clean, each.span) for each in milestones)])
    claims = claims_of_text(clean, start, words, governed, [name.start for name in names])
    claims += claims_of_lines(clean, body.source, start, words)
    for sheet in sheets_of(clean, words):
        claims += claims_of_sheet(sheet)
        claims += broken_rows(sheet)
    auditor = _Auditor(words, names)
    unread = _merged(words.text, sorted({part for claim in claims for part in auditor.unread(claim)}))
    statements = {_of(clean, span) for task in tasks for span in task.statements}
    total = _length([*statements, *((c.start, c.end) for c in claims), *unread])
    return Coverage(total - _length(unread), total, tuple(clean.span(low, high) for low, high in unread))


def _of(clean: Clean, span: Span) -> tuple[int, int]:
    return clean.offset(span.start), clean.offset(span.end - 1) + 1


def _read_names(clean: Clean, tasks: Sequence[Task]) -> list[ReadName]:
    roles: dict[tuple[int, int], set[str]] = {}
    for task in tasks:
        for assignment in task.assignments:
            span = assignment.mention.span
            roles.setdefault((span.start, span.end), set()).add(assignment.role)
        for person in task.people:
            roles.setdefault((person.span.start, person.span.end), set()).update(("lead", "support"))
    return [ReadName(*_of(clean, Span(*place)), frozenset(said)) for place, said in sorted(roles.items())]


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


class _Auditor:
    """Holds claims against the names that were read."""

    def __init__(self, words: LedgerWords, names: Sequence[ReadName]) -> None:
        self._words, self._names = words, names
        self._starts = [name.start for name in names]

    def unread(self, claim: Claim) -> Iterator[tuple[int, int]]:
        """What of a claim nobody read: all of it, or names in it, or a name that has another role."""
        if claim.kind == "row":
            yield claim.start, claim.end
            return
        inside = self._inside(claim)
        if not inside:
            yield claim.start, claim.end
            return
        yield from self._between(claim, inside)
        yield from (part for name in inside for part in self._wrongly(name))
        yield from self._other_role(claim, inside)

    def _inside(self, claim: Claim) -> list[ReadName]:
        first = bisect_left(self._starts, claim.start)
        if first and self._names[first - 1].end > claim.start:
            first -= 1
        return [*self._names[first : bisect_left(self._starts, claim.end)]]

    def _between(self, claim: Claim, inside: Sequence[ReadName]) -> Iterator[tuple[int, int]]:
        """Names in the claim that lie outside those that were read."""
        low = claim.start
        for name in (*inside, ReadName(claim.end, claim.end, frozenset())):
            if name.start - low > 1:
                yield from self._words.names(low, name.start)
            low = max(low, name.end)

    def _wrongly(self, name: ReadName) -> Iterator[tuple[int, int]]:
        """A name that holds more than one, words of a role, or half of a bracket."""
        said = self._words.text[name.start : name.end]
        opened = said.count("（") - said.count("）")
        if opened or self._words.holds_several(said):
            yield name.start, name.end

    def _other_role(self, claim: Claim, inside: Sequence[ReadName]) -> Iterator[tuple[int, int]]:
        """A name with the words of a role behind it, or a label or head before it, that was given another role."""
        text = self._words.text
        if claim.role != "any" and inside[0].roles and claim.role not in inside[0].roles:
            yield inside[0].start, inside[0].end
        ends = [name.end for name in inside]
        for rule, match in self._words.roles.scan(text, claim.start, claim.end):
            before = bisect_right(ends, match.start()) - 1
            if rule.value == "any" or before < 0:
                continue
            name = inside[before]
            gap = text[name.end : match.start()]
            if len(gap) <= _FARTHEST and not any(sign in gap for sign in _SEPARATORS) and rule.value not in name.roles:
                yield name.start, match.end()
