"""Sentences → tasks: one task a clause (`由A牵头，B配合，年底前完成…` one, `A负责X，B负责Y` two).

A clause that says nothing but who does it, or says it of work named before (`此项工作由…负责`), governs what stands in
front of it in its section, as a bracket there would.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from ingest.language.clean import Clean
from ingest.language.lexicon import Lexicon
from ingest.plan.assignments import NamedUnit, Parsed, parse_statement
from ingest.plan.sentences.phrases import Charge, SentencePart, chinese_in, parts_of
from ingest.plan.statements import Statement

_ENDS = "，。；：、\n"
_LONGEST_SENTENCE = 600


@dataclass(frozen=True)
class SentenceTask:
    """A clause `[start, end)` that charges somebody: who and when; `words` is the extent of its own work, None where
    it governs what stands before it, `above` where that is all of the section (以上工作); `rest` is what it says itself
    where nothing stands there."""

    start: int
    end: int
    statements: tuple[Statement, ...]
    words: tuple[int, int] | None
    above: bool = False
    rest: tuple[int, int] = (0, 0)


def tasks_of_sentence(clean: Clean, start: int, end: int, lexicon: Lexicon) -> Iterator[SentenceTask]:
    """What a sentence assigns; nothing where it tells what was, or names who belongs to a body."""
    text = clean.folded
    if end - start > _LONGEST_SENTENCE or lexicon["no_task"].search(text, start, end):
        return
    for group in _clauses(text, parts_of(text, start, end, lexicon), lexicon):
        yield from _task(text, group, lexicon)


def _clauses(text: str, parts: Sequence[SentencePart], lexicon: Lexicon) -> Iterator[list[SentencePart]]:
    """The parts of a sentence by clauses: a new one begins with who leads or is responsible for other work."""
    clause: list[SentencePart] = []
    charged, worked, said = False, False, False
    for part in parts:
        in_front = not part.charges or _front(text, part, lexicon) is not None
        begins = bool(part.charges) and part.charges[0].role != "support" and _has_words(text, *part.behind)
        begins = begins or bool(part.charges) and in_front and part.charges[0].by
        again = bool(part.charges) and part.charges[0].role != "support" and worked
        # 由A牵头，B负责资金，年底前完成: nothing was said yet of what A does.
        begins = begins and said
        if clause and ((begins and charged) or (again and charged) or text[part.start - 1] == "；" and charged):
            yield clause
            clause, charged, worked, said = [], False, False, False
        clause.append(part)
        charged = charged or bool(part.charges)
        said = said or in_front or _has_words(text, *part.behind)
        worked = charged and (worked or not part.charges or _has_words(text, *part.behind))
    if charged:
        yield clause


def _has_words(text: str, start: int, end: int) -> bool:
    return chinese_in(text, start, end) > 1


def _task(text: str, clause: Sequence[SentencePart], lexicon: Lexicon) -> Iterator[SentenceTask]:
    charging = [part for part in clause if part.charges]
    charges = [charge for part in charging for charge in part.charges]
    if any(part.nominal for part in charging) or not any(charge.named for charge in charges):
        return
    if all(charge.role == "support" for charge in charges):
        return
    statements = [statement for charge in charges if (statement := _statement(text, charge, lexicon)) is not None]
    if len(statements) < len(charges):
        return
    start, end = clause[0].start, clause[-1].end
    front = _front(text, clause[0], lexicon)
    back = None if front is None else lexicon["refers_back"].whole(text[front[0] : front[1]])
    times = [(part.start, part.end) for part in clause if not part.charges and _is_time(text, part, lexicon)]
    others = [part for part in clause if not part.charges and (part.start, part.end) not in times]
    own = any(_has_words(text, *part.behind) for part in charging) or bool(others) or (front is not None and not back)
    own = own or any(_has_words(text, *part.front) for part in charging[1:])
    if own and not back:
        yield SentenceTask(start, end, tuple(statements), _own_words(text, clause, front, end))
        return
    if times:
        statements[-1] = replace(statements[-1], parsed=replace(statements[-1].parsed, times=tuple(times)))
    whole = (start, end) if not times else times[0]
    yield SentenceTask(start, end, tuple(statements), None, back is not None and back.value == "above", whole)


def _is_time(text: str, part: SentencePart, lexicon: Lexicon) -> bool:
    """Whether a part says by when and nothing of the work: 年底前全部完成."""
    time = lexicon["deadline"].match(text, part.start, part.end)
    if time is None:
        return False
    behind = text[time[1].end() : part.end]
    return not behind or lexicon["done"].whole(behind) is not None


def _front(text: str, part: SentencePart, lexicon: Lexicon) -> tuple[int, int] | None:
    """What stands in front of the first names, without numbers and 其中."""
    if not part.charges:
        return part.start, part.end
    low, high = part.front
    while found := lexicon["sentence_opening"].match(text, low, high):
        low = found[1].end()
    return (low, high) if _has_words(text, low, high) else None


def _own_words(text: str, clause: Sequence[SentencePart], front: tuple[int, int] | None, end: int) -> tuple[int, int]:
    """The clause without the names and role words where they stand in front."""
    low = clause[0].start if front is None else front[0]
    if front is None:
        for part in clause:
            if not part.charges:
                low = part.start
                break
            low = part.behind[0]
            if _has_words(text, *part.behind):
                break
    while low < end and text[low] in _ENDS:
        low += 1
    return low, end


def _statement(text: str, charge: Charge, lexicon: Lexicon) -> Statement | None:
    """A charge as a statement; None where its names are not read as units."""
    units: list[NamedUnit] = []
    people: list[tuple[int, int, str]] = []
    for bodies, role in charge.bodies:
        parsed = parse_statement(text, bodies.start, bodies.last, lexicon, role)
        if parsed is None or not (parsed.units or parsed.people):
            return None
        people += parsed.people
        units += [replace(unit, role=role, rule=charge.rule) for unit in parsed.units]
    return Statement(charge.start, charge.end, Parsed(tuple(units), tuple(people), explicit=True))
