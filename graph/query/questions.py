"""The types of the questions and of their answers (问题): what any store must be able to say.

Answers hold ids, words as written, codes and ISO dates. `span` is always characters of the plan's source text.
"""

from __future__ import annotations

from typing import Literal

from graph.schema.kinds import EdgeName, NodeName
from ingest.model import CitationRole, DeadlineKind, Level, Period, Plan, Precision, Record, Role, Span

Outcome = Literal["new", "unchanged", "new-version", "second-source", "set-aside"]
"""What became of a file; `set-aside`: it is kept as a version that does not answer, for it says less."""

VersionState = Literal["answers", "set-aside", "former"]
"""One version of a plan `answers`; those after it were `set-aside`, for they say less; those before it are `former`."""

DeadlineLevel = Literal["own", "linked", "item"]
"""How a deadline reaches a task: in its own text or row, in a milestone about it, or in one of its section."""

TaskDeadline = Literal["own", "linked", "item", "open", "none"]
"""The nearest fixed deadline of a task; `open` where there are only such as 适时, `none` where there is none at all."""

GapCode = Literal["no-lead", "no-unit", "only-vague", "deadline-none", "deadline-item", "deadline-open"]
"""Gaps (缺口): several units and no lead; nobody named; only 相关部门; and the three kinds of missing deadline."""

Via = Literal["own", "hat", "member", "collective"]
"""How a unit comes to a duty: named itself, as a second nameplate of the named one, or as one of a collective: a
`member` where the office's own register states the members, else as its name lets guess (推定)."""

GAP_CODES: tuple[GapCode, ...] = (
    "no-unit", "no-lead", "only-vague", "deadline-none", "deadline-item", "deadline-open",
)  # fmt: skip


CITATION_ROLES: tuple[CitationRole, ...] = (
    "implement", "revise", "formulate", "compile", "legislate", "repeal", "mention",
)  # fmt: skip
"""The order in which roles of citation are told."""


class Less(Record, frozen=True):
    """What a new version of a plan lacks: words of tasks (of sections, where nobody is assigned) of the version that
    answered, in the order of its text, and how many it had in all, rows that repeat a task among them."""

    kind: Literal["task", "section"]
    gone: tuple[str, ...]
    of: int


class Saved(Record, frozen=True):
    """What became of a plan that was saved: `plan` is as stored, with the ids that it keeps, and its version.

    `less` is what it lacks of the version that answered before; where it is set aside, that one (`answering`) goes on.
    """

    outcome: Outcome
    plan: Plan
    version: int
    generation: int
    less: Less | None = None
    answering: int = 0


class Reread(Record, frozen=True):
    """What reading a stored plan again changed: ids of tasks that came, went, or say something else now."""

    plan_id: str
    changed: bool
    added: tuple[str, ...]
    removed: tuple[str, ...]
    altered: tuple[str, ...]


class Finding(Record, frozen=True):
    """What is not as it was written: `pages` of the file, the `record` of no plan in particular, a `plan` in the
    record, a plan's rows in the `tables`, the tables of `documents`. `about` is the plan, or what of the record."""

    code: Literal["pages", "record", "plan", "tables", "documents"]
    about: str
    detail: str = ""


class Change(Record, frozen=True):
    """A plan that was saved or removed in a generation."""

    plan_id: str
    generation: int
    removed: bool


class PlanRow(Record, frozen=True):
    """A plan in the library. Tasks do not count rows that repeat one; `consumed` and `total` are characters."""

    id: str
    title: str
    document_number: str | None
    issuer: str | None
    issued_on: str | None
    year: int | None
    region: str
    sections: int
    tasks: int
    milestones: int
    doubts: int
    consumed: int
    total: int
    version: int
    generation: int


class SourceRow(Record, frozen=True):
    """A file that a version was read from. `size` in bytes, `added_on` ISO 8601 in UTC."""

    sha256: str
    name: str
    media: str
    size: int
    added_on: str


class VersionRow(Record, frozen=True):
    """One version of a plan, the newest with the highest number, and its files.

    `tasks` do not count rows that repeat one.
    """

    number: int
    added_on: str
    tasks: int
    state: VersionState
    sources: tuple[SourceRow, ...]


class UnitRow(Record, frozen=True):
    """A unit, how it is written, and on how many tasks of how many plans it stands in each role.

    `as_hat` counts the tasks of units that bear its name as a second nameplate.
    """

    id: str
    name: str
    kind: Literal["organization", "collective"]
    level: Level | None
    region: str
    names: tuple[str, ...]
    lead: int
    support: int
    responsible: int
    as_hat: int
    plans: int


class UnitCount(Record, frozen=True):
    """How many tasks a unit has by its strongest role in what a `key` stands for: plan, region, year or time."""

    unit_id: str
    key: str
    lead: int
    responsible: int
    support: int


class PairCount(Record, frozen=True):
    """Two units that share tasks, and on how many of them the one or the other alone leads."""

    one: str
    other: str
    tasks: int
    leads: int
    led: int

    @property
    def weight(self) -> int:
        return self.tasks


class Party(Record, frozen=True):
    """A unit on a task."""

    unit_id: str
    name: str
    role: Role
    stated: bool


class Duty(Record, frozen=True):
    """A task that a unit has a part in. `named_id` and `named` are the unit that the text names, `via` tells why."""

    task_id: str
    plan_id: str
    plan_title: str
    issued_on: str | None
    section: str
    text: str
    role: Role
    stated: bool
    via: Via
    named_id: str
    named: str
    mention: str
    rule: str
    span: Span
    statement: Span
    deadline: TaskDeadline


class Covering(Record, frozen=True):
    """A unit that a collective (泛指) covers: `stated` by the office's own register, or as names let guess (推定)."""

    unit_id: str
    collective_id: str
    stated: bool


class DocumentRow(Record, frozen=True):
    """A cited document, the plan that it is where the library has it, all its titles, and how often it is cited."""

    id: str
    title: str
    number: str | None
    plan_id: str | None
    titles: tuple[str, ...]
    citations: int
    plans: int


class Citing(Record, frozen=True):
    """One place that cites a document, and the units that it binds.

    `holder` is the plan (header or preamble), task or milestone that holds the words; `through` is the outer
    document where this one is only a title inside 〈〉. A milestone about no task binds the units of its section.
    """

    citation_id: str
    document_id: str
    through: str | None
    title: str
    number: str | None
    role: CitationRole
    articles: tuple[str, ...]
    plan_id: str
    plan_title: str
    holder: Literal["plan", "task", "milestone"]
    holder_id: str
    section: str
    sentence: str
    span: Span
    tasks: tuple[str, ...]
    parties: tuple[Party, ...]


class CitedBy(Record, frozen=True):
    """How often a document is cited, by role, and some of the places, role by role in the order of `roles`.

    `issued_by` are the documents (id, title) that issue it (印发〈…〉的通知).
    """

    total: int
    roles: dict[CitationRole, int]
    rows: tuple[Citing, ...]
    issued_by: tuple[tuple[str, str], ...]


class Due(Record, frozen=True):
    """A clause that falls due between two days: listed once, with its first day in between and how many there are."""

    deadline_id: str
    level: DeadlineLevel
    text: str
    kind: DeadlineKind
    due: str
    times: int
    every: Period | None
    min_count: int | None
    precision: Precision | None
    span: Span
    plan_id: str
    plan_title: str
    section_id: str
    section: str
    clause: str
    milestone_id: str | None
    tasks: tuple[str, ...]
    parties: tuple[Party, ...]


class Gap(Record, frozen=True):
    """Something that a task lacks."""

    code: GapCode
    task_id: str
    plan_id: str
    plan_title: str
    section: str
    text: str
    parties: tuple[Party, ...]


class DoubtRow(Record, frozen=True):
    """A doubt of a plan's reading, or of the library as a whole (`id`, `plan_id` and `span` None)."""

    plan_id: str | None
    code: str
    params: dict[str, str]
    span: Span | None
    id: str | None = None


class Node(Record, frozen=True):
    """A node: its key in the graph, kind, id, what to write on it, and its plan where it has one."""

    key: str
    kind: NodeName
    id: str
    label: str
    plan_id: str | None = None


class Edge(Record, frozen=True):
    """An edge between the keys of two nodes; `detail` is a citation's role or 推定 (`inferred`), else empty.

    A role is inferred where the text does not say it, a membership where the office's register does not state it.
    """

    kind: EdgeName
    source: str
    target: str
    detail: str = ""


class Subgraph(Record, frozen=True):
    """A part of the graph. `cut` says that a limit left something out."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    generation: int
    cut: bool = False
