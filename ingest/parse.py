"""`parse_plan`: a source read into a plan. Every step is named once, in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from ingest.base import Record
from ingest.doubts.find import find_doubts
from ingest.doubts.times import says_a_time
from ingest.facts import by_kind, find_facts
from ingest.facts.citation import find_citations, find_short_names, in_title_line
from ingest.facts.deadline import find_deadlines
from ingest.facts.reference import cited_in
from ingest.facts.stretch import CitedBefore, StandsIn, Stretch
from ingest.facts.target import bare_value
from ingest.header.read import read_header
from ingest.identity import distinct, milestone_id, number_key, plan_id, task_id
from ingest.language.clean import Clean, clean
from ingest.language.lexicon import Lexicon
from ingest.language.tables.script import script_of
from ingest.ledger.account import LedgerBody, balance, with_unread
from ingest.ledger.classes import amounts, classes_of
from ingest.ledger.items import goals_in_headings
from ingest.model import (
    Assignment,
    Citation,
    Deadline,
    Declaration,
    Doubt,
    Fact,
    Mention,
    Milestone,
    Person,
    Plan,
    RowCell,
    Source,
    Span,
    Target,
    Task,
)
from ingest.plan.calendars import Calendars, read_calendars
from ingest.plan.grid.uncharged import find_uncharged
from ingest.plan.labels import time_fields
from ingest.plan.milestones import Linker, Progress, clauses, find_progress
from ingest.plan.outline import read_outline, sets_goal
from ingest.plan.row_links import link_rows
from ingest.plan.sections import Sections, read_sections, titles_of_tasks, whole_plan
from ingest.plan.sentences.carried import as_above, carry_on, find_carried
from ingest.plan.sentences.find import find_in_sentences, governed_by, with_form
from ingest.plan.statements import Statement, find_first_leads, find_statements
from ingest.plan.tables import read_tables
from ingest.plan.tasks import Draft, HeadedCell, draft_tasks


def parse_plan(source: Source, lexicon: Lexicon) -> Plan:
    """Reads a source. Any text gives a plan; one that assigns nobody anything gives one without tasks, and a doubt."""
    text = clean(source)
    header, start = read_header(text, lexicon, fallback_title=source.name.rsplit(".", 1)[0])
    outline = read_outline(text, start, lexicon, source.headings)
    identity = plan_id(header)
    sections = read_sections(text, outline, identity)

    leads = find_first_leads(text, [h.start for h in outline.headings if h.level == 0], lexicon)
    found = [leads.applied(statement) for statement in find_statements(text, start, lexicon)]
    found = as_above(text, found, start, lexicon)
    in_cells = [statement for statement in found if text.cell_at(statement.start) is not None]
    carried = find_carried(text, outline, start, lexicon)
    of_many = {each.statement.start for each in carried}
    in_text = [each for each in found if text.cell_at(each.start) is None and each.start not in of_many]
    progress = find_progress(text, outline, start, in_text)
    stated = with_form(draft_tasks(text, outline, in_text, progress, start))
    governed = governed_by(stated, [*in_text, *(each.statement for each in carried)], progress)
    in_sentences = find_in_sentences(text, outline, start, governed, lexicon)
    in_body, idle = carry_on(text, outline, carried, [*stated, *in_sentences.drafts])
    body = sorted(in_body, key=lambda draft: draft.start)
    rows = [draft.with_leads(leads) for draft in read_tables(text, outline, in_cells, lexicon)]
    if None in {*(draft.section for draft in (*body, *rows)), *(paragraph.section for paragraph in progress)}:
        sections = {None: whole_plan(text, identity, header.title, start), **sections}

    reader = _Reader(text, lexicon, read_calendars(header, text, outline, start, lexicon), sections)
    reader.titles = titles_of_tasks(outline, body)
    tasks = link_rows(reader.tasks([*body, *rows]), len(body))
    milestones = reader.milestones(progress, tasks, [*body, *rows])
    citations = reader.citations_outside(tasks, milestones, start, header.document_number)
    coverage = balance(LedgerBody(source.text, text, start), tasks, milestones, lexicon)
    coverage = with_unread(coverage, (text.span(*place) for place in (*in_sentences.unread, *idle)))
    headings = goals_in_headings(text, [*sections.values()], tasks, milestones, lexicon)
    coverage = with_unread(coverage, headings)
    read = (identity, header, tuple(sections.values()), tasks, milestones, citations)
    plan = Plan(*read, (), coverage)
    told = replace(coverage, classes=amounts(classes_of(len(source.text), text, start, plan)))
    doubts = [
        *find_doubts(plan, text, source, lexicon, reader.unread_times),
        *reader.days_beside(tasks, [*body, *rows]),
        *_uncharged(text, lexicon),
    ]
    return Plan(*read, tuple(sorted(doubts, key=lambda doubt: (doubt.span, doubt.code))), told)


def _uncharged(text: Clean, lexicon: Lexicon) -> Iterator[Doubt]:
    """Tables in which nobody is charged: who builds which project (no tasks), what a city asks of a province."""
    for found in find_uncharged(text, lexicon):
        said = {"head": text.said(found.head.start, found.head.end), "rows": str(found.rows)}
        span = text.span(found.head.start, found.head.end)
        yield Doubt("units-suggested", said, span) if found.are_tasks else Doubt("table-left-out", said, span)


class _Clause(Record, frozen=True):
    """A milestone before its id: its section and number, `[start, end)` of the clean text, its task, its facts."""

    section_id: str
    number: str
    start: int
    end: int
    task: str | None
    facts: tuple[Fact, ...]


class _Reader:
    """What every task and milestone of one plan is read with."""

    def __init__(self, text: Clean, lexicon: Lexicon, calendars: Calendars, sections: Sections) -> None:
        self.text, self.lexicon, self.calendars = text, lexicon, calendars
        self.sections = sections
        self.titles: Mapping[tuple[int, int], tuple[int, int]] = {}
        """Titles that say something of the one task below them, by the task's place."""
        self.cited: tuple[CitedBefore, ...] = ()
        self.unread_times: list[Span] = []
        """Time fields that name neither a day nor an open phrase."""
        self.everywhere = tuple(find_citations(Stretch(text, 0, len(text.text), "task", calendars.plan, lexicon)))
        self.short_names = find_short_names(text, self.everywhere, lexicon)
        if self.short_names:
            self.everywhere = tuple(find_citations(self._stretch(0, len(text.text), "task")))
        self.cited = cited_in(text, self.everywhere, lexicon)

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
            cells=tuple(
                RowCell(text.said(cell.head_start, cell.head_end), text.said(cell.start, cell.end), span)
                for cell in draft.cells
                for span in [text.span(cell.start, cell.end)]
            ),
            form=draft.form,
        )

    def _facts_of_task(self, draft: Draft, words: str) -> Iterator[Fact]:
        """The facts of its text, of the values of its row, and the deadlines of its time fields."""
        own = find_facts(self._stretch(draft.start, draft.end, "task"))
        yield from own
        said = {(type(fact), fact.words) for fact in own}
        if (title := self.titles.get((draft.start, draft.end))) and sets_goal(self.text, *title, self.lexicon):
            in_title = find_facts(self._stretch(*title, "task"))
            goals = (each for each in in_title if isinstance(each, Deadline | Target))
            yield from (each for each in goals if (type(each), each.words) not in said)
        for value in draft.values:
            found = find_facts(replace(self._stretch(value.start, value.end, "task"), asked=words))
            bare = (
                bare_value(self._stretch(value.start, value.end, "task"), words, value.measure)
                if value.measure
                else None
            )
            # What a cell says again adds nothing: 新建公厕2座 as the task's name and in its details.
            fresh = (each for each in found if (type(each), each.words) not in said)
            yield from (each for each in fresh if bare is None or not isinstance(each, Target))
            yield from (bare,) if bare else ()
        for low, high in draft.cited:
            yield from find_citations(self._stretch(low, high, "task"))
        read = {fact.span.start for fact in own}
        for low, high in time_fields(self.text.folded, draft.start, draft.end, self.lexicon):
            inside = find_deadlines(self._stretch(low, high, "field"))
            yield from (each for each in inside if each.span.start not in read)
        for low, high in (time for s in draft.statements for time in s.parsed.times):
            found_times = tuple(find_deadlines(self._stretch(low, high, "field")))
            if not found_times and says_a_time(self.text.said(low, high)):
                self.unread_times.append(self.text.span(low, high))
            yield from found_times

    def _assignments(self, statement: Statement) -> list[Assignment]:
        text = self.text
        return [
            Assignment(
                mention=Mention(text.said(u.start, u.end), u.prefix, u.hat, text.span(u.start, u.end)),
                role=u.role,
                stated=u.stated,
                rule=u.rule,
                statement=text.span(statement.start, statement.end),
                stated_by=Declaration(text.said(*u.stated_by), text.span(*u.stated_by)) if u.stated_by else None,
            )
            for u in statement.parsed.units
        ]

    def _stretch(self, low: int, high: int, where: StandsIn) -> Stretch:
        calendar = self.calendars.at(low)
        stretch = Stretch(self.text, low, high, where, calendar, self.lexicon)
        return replace(stretch, short_names=self.short_names, cited=self.cited)

    def milestones(
        self, progress: Sequence[Progress], tasks: tuple[Task, ...], drafts: Sequence[Draft]
    ) -> tuple[Milestone, ...]:
        """The clauses of the progress paragraphs, each linked to the task of its section that it is about."""
        of_section: defaultdict[int | None, list[tuple[int, Task]]] = defaultdict(list)
        for task, draft in zip(tasks, drafts, strict=True):
            of_section[draft.section].append((draft.start, task))
        linkers: dict[int | None, Linker] = {}
        script = script_of(self.text.text)
        drafted: list[_Clause] = []
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
                linkers[paragraph.section] = Linker([(start, script(task.text)) for start, task in mine], self.lexicon)
            links = linkers[paragraph.section].link(said, paragraph.start)
            for (low, high), found, linked in zip(stretches, facts, links, strict=True):
                about = None if linked is None else mine[linked][1].id
                drafted.append(_Clause(section.id, section.number, low, high, about, found))
        drafted += [clause for each in zip(tasks, drafts, strict=True) for clause in self._stages(*each)]
        ids = distinct(milestone_id(each.section_id, self.text.said(each.start, each.end)) for each in drafted)
        return tuple(self._milestone(*each) for each in zip(ids, drafted, strict=True))

    def _stages(self, task: Task, draft: Draft) -> Iterator[_Clause]:
        """The cells of a row under 一季度, 二季度, …: what is done of its task by then."""
        for cell in draft.cells:
            if cell.kind == "stage":
                yield _Clause(task.section_id, task.section, cell.start, cell.end, task.id, self._facts_of_stage(cell))

    def days_beside(self, tasks: Sequence[Task], drafts: Sequence[Draft]) -> list[Doubt]:
        """A day in a remark, or in the heading of several rows, of a task that states none: it is told, once."""
        told: dict[Span, Doubt] = {}
        for task, draft in zip(tasks, drafts, strict=True):
            if task.deadlines or any(cell.kind == "stage" for cell in draft.cells):
                continue
            for cell in (cell for cell in draft.cells if (cell.start, cell.end) in draft.cited):
                head = self.text.said(cell.head_start, cell.head_end)
                days = [day for day in find_deadlines(self._stretch(cell.start, cell.end, "task")) if day.due]
                told |= {day.span: Doubt("day-beside-task", {"text": day.text, "head": head}, day.span) for day in days}
        return [*told.values()]

    def _facts_of_stage(self, cell: HeadedCell) -> tuple[Fact, ...]:
        """The facts of a cell under 一季度, with the day that its head says unless it says one itself."""
        said = find_facts(self._stretch(cell.start, cell.end, "progress"))
        if any(isinstance(fact, Deadline) and fact.due for fact in said):
            return said
        own, head = ((cell.start, cell.end), (cell.head_start, cell.head_end))
        days = ([day for day in find_deadlines(self._stretch(*place, "field")) if day.due] for place in (own, head))
        return by_kind([*next(filter(None, days), ()), *said])

    def _milestone(self, identity: str, clause: _Clause) -> Milestone:
        said, span = self.text.said(clause.start, clause.end), self.text.span(clause.start, clause.end)
        return Milestone(identity, clause.section_id, clause.number, said, clause.task, span, facts=clause.facts)

    def citations_outside(
        self, tasks: Sequence[Task], milestones: Sequence[Milestone], start: int, own: str | None
    ) -> tuple[Citation, ...]:
        """The citations that stand in no task and no milestone: in the notice, the preamble, the goals.

        A title above the plan's text, which begins at `start`, cites nothing, nor does `own`, the plan's number.
        """
        held = [*(c for task in tasks for c in task.citations), *(c for each in milestones for c in each.citations)]
        taken = {citation.span.start for citation in held}
        return tuple(c for c in self.everywhere if c.span.start not in taken and self._cites(c, start, own))

    def _cites(self, citation: Citation, start: int, own: str | None) -> bool:
        at = self.text.offset(citation.span.start)
        if at < start and in_title_line(self.text, at):
            return False
        return bool(citation.title) or number_key(citation.document_number) != number_key(own)
