"""The reader (原文): the whole plan with every fact marked in place, the outline, and the card of the selected fact."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import groupby, pairwise
from operator import itemgetter

from msgspec.structs import replace

from graph.query import VersionRow
from ingest import Place, place_of
from ingest.language import Clean, Paragraph
from ingest.model import Header, Record, Section, Source, Span, fact_id
from web.facts.by_task import PlanFacts
from web.facts.cards import FactCard, facts_of, holders_of

_LONGEST_PLACE = 10
"""Digits of a place in a text."""


class TextPiece(Record, frozen=True):
    """A stretch of a paragraph: `begins` are ids of the facts that begin with it, `mark` the shortest over it."""

    text: str
    mark: str = ""
    kind: str = ""
    role: str = ""
    inferred: bool = False
    selected: bool = False
    begins: tuple[str, ...] = ()


class Block(Record, frozen=True):
    """A paragraph of the text. `section_id` and `level` where it is a heading, `cell` where it stands in a table."""

    pieces: tuple[TextPiece, ...]
    section_id: str = ""
    level: int = 0
    table: int = 0
    row: int = 0
    columns: int = 1
    rows: int = 1


class TableRow(Record, frozen=True):
    """A row of a table: its cells."""

    cells: tuple[Block, ...]


class Part(Record, frozen=True):
    """A paragraph, or a whole table (then `rows` holds it)."""

    block: Block | None
    rows: tuple[TableRow, ...] = ()


class ReaderPage(Record, frozen=True):
    """The text of a plan. `missing` says that the fact asked for is not in it (any more), `place` where in the file the
    selected fact stands. `version` is the one shown, `answering` the number of the one that answers questions."""

    plan_id: str
    version: VersionRow
    answering: int
    header: Header
    outline: tuple[Section, ...]
    parts: tuple[Part, ...]
    card: FactCard | None
    place: Place
    facts: int
    first: str | None
    missing: bool


@dataclass(frozen=True)
class ShownVersion:
    """The version of a plan that is shown, the number of the one that answers, and the text of the one shown."""

    row: VersionRow
    answering: int
    source: Source
    page: Clean


def reader_page(facts: PlanFacts, of: ShownVersion, selected: str | None) -> ReaderPage:
    """The reader of a plan; `selected` is the id of a fact, task or milestone."""
    source, page = of.source, of.page
    text = source.text
    marked = sorted(facts_of(facts, text), key=lambda card: (card.span.start, -card.span.end))
    holders = sorted(holders_of(facts, text), key=lambda card: card.span)
    chosen = next((card for card in (*marked, *holders) if card.id == selected), None)
    if chosen is None and (chosen := _passage(facts.plan.id, page, text, selected or "")):
        holders = sorted((*holders, chosen), key=lambda card: card.span)
    sections = facts.plan.sections
    headings = {section.heading.start: section for section in reversed(sections) if _is_said(section)}
    blocks = [
        _block(paragraph, page, _Marks(cards, held, chosen), headings)
        for (paragraph, cards), (_, held) in zip(
            _by_paragraph(page, marked, sections), _by_paragraph(page, holders, sections), strict=True
        )
    ]
    return ReaderPage(
        facts.plan.id,
        of.row,
        of.answering,
        facts.plan.header,
        facts.plan.sections,
        tuple(_parts(blocks)),
        _between_neighbours(chosen, marked) if chosen else None,
        place_of(source, chosen.span.start) if chosen else Place(),
        len(marked),
        marked[0].id if marked else None,
        bool(selected) and chosen is None,
    )


def _passage(plan_id: str, page: Clean, text: str, selected: str) -> FactCard | None:
    """The paragraph, heading or cell that an id of search means by where it begins."""
    place = selected.removeprefix(fact_id(plan_id, "text", 0)[:-1])
    if place == selected or not place.isdecimal() or len(place) > _LONGEST_PLACE or int(place) >= len(text):
        return None
    paragraph = page.paragraph_at(page.offset(int(place)))
    span = page.span(paragraph.start, paragraph.end) if paragraph else None
    if span is None or span.start != int(place) or span.start == span.end:
        return None
    return FactCard(selected, "text", span.of(text), span)


def _between_neighbours(chosen: FactCard, marked: Sequence[FactCard]) -> FactCard:
    before = [card.id for card in marked if card.span < chosen.span and card.id != chosen.id]
    after = [card.id for card in marked if card.span > chosen.span and card.id != chosen.id]
    return replace(chosen, previous=before[-1] if before else None, next=after[0] if after else None)


def _by_paragraph(
    page: Clean, cards: Sequence[FactCard], sections: Sequence[Section]
) -> Iterator[tuple[Paragraph, list[FactCard]]]:
    """Each paragraph with the facts that touch it; cards and paragraphs are in the order of the text."""
    waiting = [(page.offset(card.span.start), page.offset(card.span.end - 1) + 1, card) for card in cards]
    touching: list[tuple[int, int, FactCard]] = []
    following = 0
    for paragraph in _with_headings_apart(page, sections):
        reached = bisect_left(waiting, paragraph.end, following, key=itemgetter(0))
        touching = [each for each in (*touching, *waiting[following:reached]) if each[1] > paragraph.start]
        following = reached
        yield paragraph, [card for _, _, card in touching]


def _with_headings_apart(page: Clean, sections: Sequence[Section]) -> Iterator[Paragraph]:
    """The paragraphs, those that run on after a heading (（一）标题。正文) cut behind it."""
    ends = {page.offset(s.heading.start): page.offset(s.heading.end - 1) + 1 for s in sections if _is_said(s)}
    for paragraph in page.paragraphs:
        end = ends.get(paragraph.start, paragraph.end)
        if paragraph.cell is None and end < paragraph.end and page.text[end] in "。．.：:":
            end += 1
        if paragraph.cell is None and paragraph.start < end < paragraph.end:
            yield Paragraph(paragraph.start, end)
            yield Paragraph(end, paragraph.end)
        else:
            yield paragraph


def _is_said(section: Section) -> bool:
    """Whether a section has a heading in the text."""
    return section.heading.end > section.heading.start


class _Marks(Record, frozen=True):
    """What is marked in a paragraph: facts that reach into it, tasks and milestones (`holders`), the one chosen."""

    cards: Sequence[FactCard]
    holders: Sequence[FactCard]
    chosen: FactCard | None


def _block(paragraph: Paragraph, page: Clean, marks: _Marks, headings: Mapping[int, Section]) -> Block:
    found = tuple(_pieces(paragraph, page, marks))
    cell = paragraph.cell
    if cell is not None:
        return Block(found, "", 0, cell.table, cell.row, cell.columns, cell.rows)
    start = page.origin(paragraph.start) if paragraph.end > paragraph.start else -1
    heading = headings.get(start)
    return Block(found, heading.id, heading.level) if heading else Block(found)


def _pieces(paragraph: Paragraph, page: Clean, marks: _Marks) -> Iterator[TextPiece]:
    """The paragraph cut wherever a fact begins or ends; the shortest fact over a piece names it."""
    spans = [(*_inside(card.span, page, paragraph), card) for card in marks.cards]
    low, high = _inside(marks.chosen.span, page, paragraph) if marks.chosen else (0, 0)
    begin: dict[int, list[str]] = {}
    for card in (*marks.holders, *marks.cards):
        begin.setdefault(page.offset(card.span.start), []).append(card.id)
    cuts = {
        paragraph.start,
        paragraph.end,
        low,
        high,
        *begin,
        *(edge for start, end, _ in spans for edge in (start, end)),
    }
    # The facts over a piece, the shortest first; those that have ended are taken out when they come to the top.
    coming = sorted((start, nth) for nth, (start, _, _) in enumerate(spans))[::-1]
    over: list[tuple[int, int]] = []
    for start, end in pairwise(sorted(cut for cut in cuts if paragraph.start <= cut <= paragraph.end)):
        while coming and coming[-1][0] <= start:
            nth = coming.pop()[1]
            heappush(over, (spans[nth][1] - spans[nth][0], nth))
        while over and spans[over[0][1]][1] <= start:
            heappop(over)
        piece = TextPiece(
            page.text[start:end], selected=low <= start and end <= high, begins=tuple(begin.get(start, ()))
        )
        if over:
            card = spans[over[0][1]][2]
            piece = replace(piece, mark=card.id, kind=card.kind, role=card.role, inferred=card.inferred)
        yield piece


def _inside(span: Span, page: Clean, paragraph: Paragraph) -> tuple[int, int]:
    """The span in the clean text, within the paragraph; an empty one where it does not reach it."""
    start = max(page.offset(span.start), paragraph.start)
    end = min(page.offset(max(span.end - 1, span.start)) + 1, paragraph.end)
    return (start, end) if start < end else (paragraph.start, paragraph.start)


def _parts(blocks: Sequence[Block]) -> Iterator[Part]:
    """Paragraphs one by one, the cells of a table together."""
    for table, group in groupby(blocks, key=lambda block: block.table):
        if not table:
            yield from (Part(block) for block in group)
        else:
            yield Part(None, tuple(TableRow(tuple(row)) for _, row in groupby(group, key=lambda block: block.row)))
