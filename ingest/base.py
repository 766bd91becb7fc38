"""What every record is made of (底层记录): spans, the source of a text, the fields of a header.

The readers of facts (`ingest/facts/`) need no more than this; everything else asks `ingest.model`, which gives it too.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Level = Literal["国家", "省", "市", "县", "乡"]
"""级别 of a region or unit, as in China's five levels of government."""


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


class StyledHeading(Record, frozen=True):
    """标题样式: a line that the file says is a heading, of what level (from 1), where no number says it."""

    level: int
    span: Span


class Source(Record, frozen=True):
    """原文: the text that offsets index, the file that it was read from, and the place map (pages, cells, headings)."""

    name: str
    media: str
    data: bytes
    sha256: str
    text: str
    pages: tuple[Page, ...] = ()
    cells: tuple[Cell, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    headings: tuple[StyledHeading, ...] = ()


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
