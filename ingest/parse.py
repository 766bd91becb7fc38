"""`parse_plan`: a source read into a plan. Every step is named once, in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from msgspec import structs

from ingest.doubts.find import find_doubts
from ingest.facts import by_kind, find_facts
from ingest.facts.citation import find_citations
from ingest.facts.deadline import find_deadlines
from ingest.facts.stretch import Stretch, Where
from ingest.facts.target import bare_value
from ingest.header.read import read_header
from ingest.identity import distinct, milestone_id, plan_id, task_id
from ingest.language.clean import Clean, clean
from ingest.language.lexicon import Lexicon
from ingest.ledger.account import LedgerBody, balance
from ingest.ledger.classes import amounts, classes_of
from ingest.model import Assignment, Citation, Fact, Mention, Milestone, Person, Plan, Section, Source, Target, Task
from ingest.plan.calendars import Calendars, read_calendars
from ingest.plan.milestones import Linker, clauses
from ingest.plan.outline import read_outline
from ingest.plan.row_links import link_rows
from ingest.plan.sections import Sections, read_sections, whole_plan
from ingest.plan.statements import Statement, find_first_leads, find_statements
from ingest.plan.tables import read_tables
from ingest.plan.tasks import Draft, Progress, draft_tasks, find_progress


def parse_plan(source: Source, lexicon: Lexicon) -> Plan:
    """Reads a source. Any text gives a plan; one that assigns nobody anything gives one without tasks, and a doubt."""
    text = clean(source)
    header, start = read_header(text, fallback_title=source.name.rsplit(".", 1)[0])
    outline = read_outline(text, start)
    identity = plan_id(header)
    sections = read_sections(text, outline, identity)

    leads = find_first_leads(text, [h.start for h in outline.headings if h.level == 0], lexicon)
    found = [leads.applied(statement) for statement in find_statements(text, start, lexicon)]
    in_cells = [statement for statement in found if text.cell_at(statement.start) is not None]
    in_text = [statement for statement in found if text.cell_at(statement.start) is None]
    progress = find_progress(text, outline, start, in_text)
    body = draft_tasks(text, outline, in_text, progress, start)
    rows = [draft.with_leads(leads) for draft in read_tables(text, outline, in_cells, lexicon)]
    if None in {*(draft.section for draft in (*body, *rows)), *(paragraph.section for paragraph in progress)}:
        sections = {None: whole_plan(text, identity, header.title, start), **sections}

    reader = _Reader(text, lexicon, read_calendars(header, text, outline, start, lexicon), sections)
    tasks = link_rows(reader.tasks([*body, *rows]), len(body))
    milestones = reader.milestones(progress, tasks, [*body, *rows])
    citations = reader.citations_outside(tasks, milestones)
    coverage = balance(LedgerBody(source.text, text, start), tasks, milestones, lexicon)
    read = (identity, header, tuple(sections.values()), tasks, milestones, citations)
    plan = Plan(*read, (), coverage)
    told = structs.replace(coverage, classes=amounts(classes_of(len(source.text), text, start, plan)))
    return Plan(*read, find_doubts(plan, text, source, lexicon), told)


class _Reader:
    """What every task and milestone of one plan is read with."""

    def __init__(self, text: Clean, lexicon: Lexicon, calendars: Calendars, sections: Sections) -> None:
        self.text, self.lexicon, self.calendars = text, lexicon, calendars
        self.sections = sections

    def tasks(self, drafts: Sequence[Draft]) -> tuple[Task, ...]:
        """The tasks of the drafts, in order, with ids that tell twins apart."""
        words = [self._words(draft) for draft in drafts]
        numbers = [
            draft.number if draft.number is not None else self.sections[draft.section].number for draft in drafts
        ]
        ids = distinct(
            task_id(self.sections[draft.section].id, said) for draft, said in zip(drafts, words, strict=True)
        )
        return tuple(self._task(*entry) for entry in zip(drafts, words, ids, numbers, strict=True))

    def _words(self, draft: Draft) -> str:
        parts, low = [], draft.start
        for hole_start, hole_end in [*draft.holes, (draft.end, draft.end)]:
            parts.append(self.text.said(low, hole_start))
            low = hole_end
        return "".join(parts)

    def _task(self, draft: Draft, words: str, identity: str, number: str) -> Task:
        text = self.text
        return Task(
            id=identity,
            section_id=self.sections[draft.section].id,
            section=number,
            text=words,
            span=text.span(draft.start, draft.end),
            statements=tuple(text.span(s.start, s.end) for s in draft.statements),
            assignments=tuple(a for s in draft.statements for a in self._assignments(s)),
            people=tuple(
                Person(text.said(low, high), label, text.span(low, high))
                for s in draft.statements
                for low, high, label in s.parsed.people
            ),
            facts=by_kind(self._facts_of_task(draft, words)),
        )

    def _facts_of_task(self, draft: Draft, words: str) -> Iterator[Fact]:
        """The facts of its text, of the values of its row, and the deadlines of its time fields."""
        yield from find_facts(self._stretch(draft.start, draft.end, "task"))
        for value in draft.values:
            found = find_facts(replace(self._stretch(value.start, value.end, "task"), asked=words))
            bare = bare_value(self.text, value.start, value.end, words, value.measure) if value.measure else None
            yield from (each for each in found if bare is None or not isinstance(each, Target))
            yield from (bare,) if bare else ()
        for low, high in (time for s in draft.statements for time in s.parsed.times):
            yield from find_deadlines(self._stretch(low, high, "field"))

    def _assignments(self, statement: Statement) -> list[Assignment]:
        text = self.text
        return [
            Assignment(
                mention=Mention(text.said(u.start, u.end), u.prefix, u.hat, text.span(u.start, u.end)),
                role=u.role,
                stated=u.stated,
                rule=u.rule,
                statement=text.span(statement.start, statement.end),
            )
            for u in statement.parsed.units
        ]

    def _stretch(self, low: int, high: int, where: Where) -> Stretch:
        return Stretch(self.text, low, high, where, self.calendars.at(low), self.lexicon)

    def milestones(
        self, progress: Sequence[Progress], tasks: tuple[Task, ...], drafts: Sequence[Draft]
    ) -> tuple[Milestone, ...]:
        """The clauses of the progress paragraphs, each linked to the task of its section that it is about."""
        of_section: defaultdict[int | None, list[tuple[int, Task]]] = defaultdict(list)
        for task, draft in zip(tasks, drafts, strict=True):
            of_section[draft.section].append((draft.start, task))
        linkers: dict[int | None, Linker] = {}
        drafted: list[tuple[Section, int, int, str | None, tuple[Fact, ...]]] = []
        for paragraph in progress:
            section = self.sections[paragraph.section]
            mine = of_section[paragraph.section]
            stretches = list(clauses(self.text, paragraph.start, paragraph.end))
            facts = [find_facts(self._stretch(low, high, "progress")) for low, high in stretches]
            said = [
                (self.text.folded[low:high], [each.subject for each in f if isinstance(each, Target)])
                for (low, high), f in zip(stretches, facts, strict=True)
            ]
            if paragraph.section not in linkers:
                linkers[paragraph.section] = Linker([(start, task.text) for start, task in mine])
            links = linkers[paragraph.section].link(said, paragraph.start)
            for (low, high), found, linked in zip(stretches, facts, links, strict=True):
                drafted.append((section, low, high, None if linked is None else mine[linked][1].id, found))
        ids = distinct(milestone_id(section.id, self.text.said(low, high)) for section, low, high, _, _ in drafted)
        return tuple(self._milestone(identity, *entry) for identity, entry in zip(ids, drafted, strict=True))

    def _milestone(
        self, identity: str, section: Section, low: int, high: int, task: str | None, facts: tuple[Fact, ...]
    ) -> Milestone:
        return Milestone(
            identity,
            section.id,
            section.number,
            self.text.said(low, high),
            task,
            self.text.span(low, high),
            facts=facts,
        )

    def citations_outside(self, tasks: Sequence[Task], milestones: Sequence[Milestone]) -> tuple[Citation, ...]:
        """The citations that stand in no task and no milestone: in the notice, the preamble, the goals."""
        held = [*(c for task in tasks for c in task.citations), *(c for each in milestones for c in each.citations)]
        taken = {citation.span.start for citation in held}
        everywhere = find_citations(self._stretch(0, len(self.text.text), "task"))
        return tuple(c for c in everywhere if c.span.start not in taken)
