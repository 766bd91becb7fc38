"""The records of what a page says (记录): frozen, typed, and the same in JSON.

Every fact carries a `Span` into the source text and the id of the `rule` that made it. Records hold codes and
values, never sentences: sentences are made where they are shown.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Role = Literal["lead", "support", "responsible"]
"""角色: 牵头, 配合, 负责 (alone or 按职责分工)."""

Level = Literal["国家", "省", "市", "县", "乡"]
"""级别 of a region or unit, as in China's five levels of government."""

CitationRole = Literal["implement", "revise", "formulate", "compile", "legislate", "mention"]
DeadlineKind = Literal["by", "recurring", "count", "open"]
Precision = Literal["day", "month", "quarter", "half", "year", "period"]
Period = Literal["year", "half", "quarter", "month", "week", "day"]
Operator = Literal[">=", "=", "<=", ">", "<"]


class Record(msgspec.Struct, frozen=True):
    """Base of all records: immutable, compared by value, encoded by msgspec."""


class Span(Record, frozen=True, order=True):
    """区间: `[start, end)` in characters (code points) of the source text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters that the span covers in `text`."""
        return text[self.start : self.end]


class Cell(Record, frozen=True):
    """单元格: where a table cell stands in the source text. Table, row and column count from 1.

    A merged cell is written once, at its first row, and says by `rows` and `columns` how far it reaches.
    """

    table: int
    row: int
    column: int
    span: Span
    rows: int = 1
    columns: int = 1
    sheet: str = ""


class Page(Record, frozen=True):
    """页: a page of the file, counted from 1, and where it begins in the source text."""

    number: int
    start: int


class Doubt(Record, frozen=True):
    """存疑: what the reader could not settle. `code` is documented in docs/doubts.md; `params` fill its sentence."""

    code: str
    params: dict[str, str]
    span: Span


class Source(Record, frozen=True):
    """原文: the text that offsets index, the file that it was read from, and the place map (pages and cells)."""

    name: str
    media: str
    data: bytes
    sha256: str
    text: str
    pages: tuple[Page, ...] = ()
    cells: tuple[Cell, ...] = ()
    doubts: tuple[Doubt, ...] = ()


class Region(Record, frozen=True):
    """行政区域 of a plan's issuer, with the regions above it, highest first: 焦作市示范区 has above it 焦作市."""

    name: str
    level: Level | None
    above: tuple[tuple[Level, str], ...] = ()


class Evidence(Record, frozen=True):
    """Where a field of the header is said, and by which rule it was read."""

    field: str
    span: Span
    rule: str


class Header(Record, frozen=True):
    """公文要素 (GB/T 9704-2012): title, 发文字号, 发文机关, 主送机关, 成文日期 as ISO date, year and region."""

    title: str
    document_number: str | None
    issuer: str | None
    addressees: tuple[str, ...]
    issued_on: str | None
    year: int | None
    region: Region
    evidence: tuple[Evidence, ...] = ()


class Section(Record, frozen=True):
    """章节: a node of the outline. `level` 0 is an annex, 1 一、, 2 （一）, 3 1., 4 （1）, 5 ①."""

    id: str
    number: str
    title: str
    level: int
    parent: str | None
    span: Span
    heading: Span


class Mention(Record, frozen=True):
    """提及: how a unit is written at one place. `prefix` is the 省/市/区/县 in force over the list it stands in."""

    text: str
    prefix: str
    hat: str | None
    span: Span


class Assignment(Record, frozen=True):
    """责任: one mentioned unit's role in one task; `stated` is false where the role was inferred (推定)."""

    mention: Mention
    role: Role
    stated: bool
    rule: str
    statement: Span


class Person(Record, frozen=True):
    """责任领导: a person named beside units, never a unit; `label` is the word that introduces the name."""

    name: str
    label: str
    span: Span


class Citation(Record, frozen=True):
    """依据: one 《…》. `inner` are the titles in 〈〉 inside it, `articles` such as 第三条 cited with it."""

    title: str
    document_number: str | None
    role: CitationRole
    inner: tuple[str, ...]
    articles: tuple[str, ...]
    rule: str
    span: Span


class Deadline(Record, frozen=True):
    """时限: the words, what kind they are, the date (ISO) they resolve to and the precision that was given."""

    text: str
    kind: DeadlineKind
    due: str | None
    every: Period | None
    min_count: int | None
    precision: Precision | None
    rule: str
    span: Span


class Target(Record, frozen=True):
    """指标: a quantity that must be reached: 农药利用率 >= 40.8 %."""

    subject: str
    op: Operator
    value: float
    unit: str
    text: str
    rule: str
    span: Span


class Task(Record, frozen=True):
    """任务: the text that one responsibility statement governs, with every fact that it holds.

    `statements` are the places that assign it (a bracket, a labelled line, cells of a row); `same_as` is the
    body task that a table row repeats.
    """

    id: str
    section_id: str
    section: str
    text: str
    span: Span
    statements: tuple[Span, ...]
    assignments: tuple[Assignment, ...]
    people: tuple[Person, ...] = ()
    citations: tuple[Citation, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    targets: tuple[Target, ...] = ()
    same_as: str | None = None


class Milestone(Record, frozen=True):
    """工作进度: one clause of a progress paragraph; `task` is the task that it is about, if it is about one."""

    id: str
    section_id: str
    section: str
    text: str
    task: str | None
    span: Span
    deadlines: tuple[Deadline, ...] = ()
    targets: tuple[Target, ...] = ()
    citations: tuple[Citation, ...] = ()


class Coverage(Record, frozen=True):
    """How much of the responsibility-like text the rules consumed, in characters, and what they left unread."""

    consumed: int
    total: int
    unread: tuple[Span, ...] = ()

    @property
    def ratio(self) -> float:
        """Consumed share, 1.0 where there is nothing to consume."""
        return self.consumed / self.total if self.total else 1.0


class Plan(Record, frozen=True):
    """文件: one document, read. `citations` are those outside any task or milestone."""

    id: str
    header: Header
    sections: tuple[Section, ...]
    tasks: tuple[Task, ...]
    milestones: tuple[Milestone, ...]
    citations: tuple[Citation, ...]
    doubts: tuple[Doubt, ...]
    coverage: Coverage


class Unit(Record, frozen=True):
    """单位: an organisation of a region and level, or a collective (泛指) such as 各乡镇（街道）."""

    id: str
    name: str
    kind: Literal["organization", "collective"]
    level: Level | None
    region: str
    names: tuple[str, ...]


class Resolution(Record, frozen=True):
    """Which unit each mention means: `unit_ids` maps the start of a mention's span to the id of its unit."""

    units: tuple[Unit, ...]
    unit_ids: dict[int, str]


def to_json(plan: Plan) -> bytes:
    """The plan as UTF-8 JSON; `from_json(to_json(plan)) == plan`."""
    return msgspec.json.encode(plan)


def from_json(data: bytes) -> Plan:
    """The plan that `to_json` wrote. Raises `msgspec.ValidationError` on anything else."""
    return msgspec.json.decode(data, type=Plan)


def fact_id(holder_id: str, kind: str, ordinal: int) -> str:
    """Id of a fact: the task's or milestone's id, the kind of fact and its place (from 1) among them."""
    return f"{holder_id}.{kind}-{ordinal}"


def doubts_by_id(plan: Plan) -> dict[str, Doubt]:
    """The doubts of a plan by their ids, in its order: stores, exports and pages number them here and nowhere else."""
    return {fact_id(plan.id, "doubt", nth): doubt for nth, doubt in enumerate(plan.doubts, 1)}
