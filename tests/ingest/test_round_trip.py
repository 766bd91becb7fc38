"""Round trip (往返): facts are drawn, written as a plan in one of many layouts and files, and read back the same.

`ROUND_TRIP_EXAMPLES=500 pytest tests/ingest/test_round_trip.py` draws that many plans for each layout and file, anew
in every run; without it a few are drawn, the same in every run.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from ingest.extract import extract
from ingest.language.lexicon import Lexicon
from ingest.model import Deadline, Plan, Target, Task
from ingest.parse import parse_plan
from ingest.readers.read import source_of
from tests.support.layout_facts import Aim, Cited, Facts, When, Work
from tests.support.layout_files import FILES, PROSE_FILES, TABLE_FILES, Writer
from tests.support.layouts import LAYOUTS, PROSE, TABLES, Written, plans
from tests.support.scoring import bare, misplaced

_LONG = int(os.environ.get("ROUND_TRIP_EXAMPLES", "0"))
_SLOW = ("plan.pdf", "plan.ofd", "plan.docx")
"""Files that take longest to write and read: fewer examples of them."""


def _cases() -> Iterator[tuple[str, str, Writer]]:
    for layout in LAYOUTS:
        files = FILES | (PROSE_FILES if layout in PROSE and layout != "notice" else {})
        files |= TABLE_FILES if layout in TABLES else {}
        yield from ((layout, name, writer) for name, writer in files.items())


CASES = [pytest.param(*case, id=f"{case[0]}-{case[1]}") for case in _cases()]


@pytest.mark.parametrize(("layout", "name", "writer"), CASES)
def test_a_plan_is_read_as_it_was_meant(layout: str, name: str, writer: Writer, lexicon: Lexicon) -> None:
    @settings(
        max_examples=_LONG or (4 if name in _SLOW else 12),
        derandomize=not _LONG,
        database=None,
        phases=[Phase.generate, Phase.shrink] if _LONG else [Phase.generate],
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(drawn=plans(LAYOUTS[layout]))
    def reads_back(drawn: tuple[Facts, Written]) -> None:
        facts, written = drawn
        source = source_of(writer(written.blocks), name)
        plan = parse_plan(source, lexicon)
        assert [_read(task) for task in plan.tasks] == [_meant(number, work) for number, work in written.stated]
        assert plan.header.title == facts.title
        assert misplaced(extract(plan, lexicon), source.text) == []
        _header_is_read(plan, facts)

    reads_back()


def _header_is_read(plan: Plan, facts: Facts) -> None:
    header = plan.header
    assert header.document_number == facts.number
    assert (header.issuer, header.issued_on, header.year) == (facts.issuer, facts.issued_on, 2024)


Sorted = list[tuple[object, ...]]


def _meant(number: str, work: Work) -> tuple[str, str, Sorted, Sorted, Sorted, Sorted, list[str]]:
    said = [fact for sentence in work.sentences for fact in sentence.facts]
    whens = [fact for fact in said if isinstance(fact, When)] + ([work.time] if work.time else [])
    return (
        number,
        bare(work.text),
        sorted((who.written, who.hat or "", who.role, who.stated) for who in work.who),
        [(w.words, w.kind, w.due, w.every, w.min_count) for w in whens],
        [(a.subject, a.op, a.value, a.unit) for a in said if isinstance(a, Aim)],
        [(c.title, c.number, c.role) for c in said if isinstance(c, Cited)],
        list(work.people),
    )


def _read(task: Task) -> tuple[str, str, Sorted, Sorted, Sorted, Sorted, list[str]]:
    """What a reader found, in the form of `_meant`."""
    return (
        task.section,
        bare(task.text),
        sorted((a.mention.text, a.mention.hat or "", a.role, a.stated) for a in task.assignments),
        [_when(deadline) for deadline in task.deadlines],
        [_aim(target) for target in task.targets],
        [(c.title, c.document_number, c.role) for c in task.citations],
        [person.name for person in task.people],
    )


def _when(deadline: Deadline) -> tuple[object, ...]:
    return deadline.text, deadline.kind, deadline.due, deadline.every, deadline.min_count


def _aim(target: Target) -> tuple[object, ...]:
    return target.subject, target.op, target.value, target.unit
