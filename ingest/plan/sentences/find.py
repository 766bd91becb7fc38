"""The tasks that running text states outside brackets, labels and tables, and what looks like one and is not read."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from msgspec.structs import replace

from ingest.language.clean import Clean, Paragraph
from ingest.language.lexicon import Lexicon
from ingest.plan.milestones import Progress
from ingest.plan.outline import Outline, section_at
from ingest.plan.sentences.duties import DutyHead, UnitDuty, duties_in, duty, head_at, heading_of_duties, line_of_duties
from ingest.plan.sentences.phrases import chinese_in
from ingest.plan.sentences.read import SentenceTask, tasks_of_sentence
from ingest.plan.sentences.rows import rows_of_duties
from ingest.plan.statements import Statement
from ingest.plan.tasks import Draft, past_marks

_SENTENCE = re.compile(r"[^。！？\n]+")
_PIECE = re.compile(r"[^。；！？\n]+")
_POINT = re.compile(r"（\d{1,2}）|\d{1,2}[.、]|[①-⑳]")
_MARK_BEFORE = re.compile(rf"(?:{_POINT.pattern})\Z")
_LONGEST_MARK, _LONGEST_LABEL = 4, 12
"""Characters of a point's number, and of a name in front of a colon."""
_ENDED = re.compile("[。；，]")
_LIST = ("two", "three", "four", "five")
_LONGEST_HEAD = 40
_ARTICLES = 3
_FEWEST = 4
"""Chinese characters that say what is to be done behind 市水务局：."""

_Extent = tuple[int, int]


@dataclass(frozen=True)
class InSentences:
    """The tasks of running text, and the stretches that look as if they charged somebody and were not read."""

    drafts: tuple[Draft, ...]
    unread: tuple[_Extent, ...]


@dataclass(frozen=True)
class GovernedText:
    """What brackets, labels and progress paragraphs govern already: extents in order, none within another."""

    extents: Sequence[_Extent]

    def at(self, position: int) -> bool:
        """Whether a place is governed."""
        before = bisect_right(self.extents, position, key=itemgetter(0)) - 1
        return before >= 0 and position < self.extents[before][1]

    def touches(self, start: int, end: int) -> bool:
        """Whether any of `[start, end)` is governed."""
        following = bisect_left(self.extents, start, key=itemgetter(0))
        return self.at(start) or (following < len(self.extents) and self.extents[following][0] < end)

    def last_before(self, position: int) -> int:
        """Where the last stretch that is governed ends, 0 where none is."""
        before = bisect_left(self.extents, position, key=itemgetter(0)) - 1
        return self.extents[before][1] if before >= 0 else 0


def governed_by(drafts: Sequence[Draft], statements: Sequence[Statement], progress: Sequence[Progress]) -> GovernedText:
    """What is governed: the text of each task with its statements, progress, and statements without a task."""
    found = [(s.start, s.end) for s in statements] + [(p.start, p.end) for p in progress]
    for draft in drafts:
        places = [(draft.start, draft.end), *((s.start, s.end) for s in draft.statements)]
        found.append((min(low for low, _ in places), max(high for _, high in places)))
    merged: list[_Extent] = []
    for low, high in sorted(found):
        if merged and low <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], high)
        else:
            merged.append((low, high))
    return GovernedText(merged)


def find_in_sentences(
    clean: Clean, outline: Outline, start: int, governed: GovernedText, lexicon: Lexicon
) -> InSentences:
    """The tasks of the running text from `start` on that nothing else governs."""
    finder = _Finder(clean, outline, start, governed, lexicon)
    if finder.is_regulation():
        return InSentences((), ())
    duties = [*finder.duties()]
    taken = (governed_by([draft for draft, _ in duties], [], []), GovernedText(sorted({head for _, head in duties})))
    sentences = [*finder.sentences(taken)]
    unread = [*finder.unread(taken, sentences)]
    drafts = sorted([*(draft for draft, _ in duties), *sentences], key=lambda draft: (draft.start, draft.end))
    return InSentences(tuple(drafts), tuple(unread))


def _shape(mark: str) -> str:
    """A number without what it counts: (1) and (2) are of one row."""
    return "①" if mark.strip("（）.、0123456789") else re.sub(r"\d{1,2}", "1", mark)


class _Finder:
    def __init__(self, clean: Clean, outline: Outline, start: int, governed: GovernedText, lexicon: Lexicon) -> None:
        self.clean, self.outline, self.start = clean, outline, start
        self.governed, self.lexicon = governed, lexicon
        self.text = clean.folded
        self.paragraphs = [p for p in clean.paragraphs if p.cell is None and p.end > start]

    def is_regulation(self) -> bool:
        """Whether three paragraphs begin as articles do (第五条): a regulation charges nobody with a task."""
        articles = self.lexicon["article_of_rules"]
        return sum(articles.match(self.text, p.start, p.end) is not None for p in self.paragraphs) >= _ARTICLES

    def duties(self) -> Iterator[tuple[Draft, _Extent]]:
        """The duties listed by unit, each with the extent of its head."""
        done, taken = -1, []
        for index, heading in enumerate(self.outline.headings):
            if heading.start < done:
                continue
            head = heading_of_duties(self.clean, self.outline, index, self.lexicon)
            if head is None or self.governed.at(heading.start):
                continue
            last = self._last_below(index)
            if self.governed.touches(heading.start, self.outline.ends[last]):
                continue
            for section, found in self._below(index, last, head):
                yield self._draft(section, found), (head.start, head.end)
            done = self.outline.ends[last]
            taken.append((heading.start, done))
        yield from self._lines(GovernedText(taken))

    def _last_below(self, index: int) -> int:
        last = index
        while (
            last + 1 < len(self.outline.headings)
            and self.outline.headings[last + 1].level > self.outline.headings[index].level
        ):
            last += 1
        return last

    def _below(self, index: int, last: int, head: DutyHead) -> Iterator[tuple[int, UnitDuty]]:
        heading = self.outline.headings[index]
        for found in duties_in(self.text, heading.body, self._own_end(index), head, self.lexicon):
            yield index, found
        for each in range(index + 1, last + 1):
            below = self.outline.headings[each]
            if self.outline.children(each):
                continue
            low = max(below.end - len(below.title), below.start) if below.title else below.body
            if own := duty(self.text, low, self._own_end(each), head, self.lexicon):
                yield each, own

    def _own_end(self, index: int) -> int:
        """Where a section's own text ends, without what signs the plan behind it."""
        low, end = self.outline.headings[index].start, self.outline.ends[index]
        if index + 1 < len(self.outline.headings):
            return end
        first = bisect_right(self.paragraphs, low, key=lambda paragraph: paragraph.start) - 1
        for paragraph in self.paragraphs[max(first, 0) :]:
            said = self.text[paragraph.start : paragraph.end]
            if paragraph.start > low and not re.search("[。；：，]", said) and len(said) < _LONGEST_HEAD:
                return paragraph.start
        return end

    def _lines(self, below_headings: GovernedText) -> Iterator[tuple[Draft, _Extent]]:
        head: DutyHead | None = None
        level = 0
        free = [self._is_free(paragraph, below_headings) for paragraph in self.paragraphs]
        heads = [[*self._heads(p)] if open_ else [] for p, open_ in zip(self.paragraphs, free, strict=True)]
        listed = rows_of_duties(self.text, self.paragraphs, heads, free, self.lexicon)
        for nth, paragraph in enumerate(self.paragraphs):
            if not free[nth]:
                head = None
                continue
            section = section_at(self.outline, paragraph.start)
            begins = self._heading_at(paragraph)
            if found := heads[nth]:
                places = [*found, None]
                for own, following in zip(found, places[1:], strict=True):
                    end = following.start if following else self._end_of_duties(own, paragraph)
                    if self._is_list(own, end, nth in listed):
                        for each in duties_in(self.text, own.end, end, own, self.lexicon):
                            yield self._draft(section, each), (own.start, own.end)
                head = found[-1] if found[-1].end >= paragraph.end - 1 else None
                level = 9 if head is None else self._level(begins)
                continue
            if head is None:
                continue
            if begins is None and not self._goes_on(paragraph):
                head = None
                continue
            if begins is not None and self._level(begins) <= level:
                head = None
                continue
            if each_duty := duty(self.text, paragraph.start, paragraph.end, head, self.lexicon):
                yield self._draft(section, each_duty), (head.start, head.end)

    def _end_of_duties(self, head: DutyHead, paragraph: Paragraph) -> int:
        """Where the duties of the last unit of a line end: at the next point of the row that names it in one, and at
        who else is named in front of a colon (其他部门：)."""
        own = _MARK_BEFORE.search(self.text, max(head.start - _LONGEST_MARK, paragraph.start), head.start)
        shape = _shape(own[0]) if own else ""
        for piece in _PIECE.finditer(self.text, head.end, paragraph.end):
            mark = _POINT.match(self.text, piece.start(), piece.end())
            another = self.text.find("：", piece.start(), piece.start() + _LONGEST_LABEL) >= 0
            if piece.start() > head.end and (another or (mark is not None and _shape(mark[0]) == shape)):
                return piece.start()
        return paragraph.end

    def _goes_on(self, paragraph: Paragraph) -> bool:
        """Whether a line without a number is one of the duties of the unit on a line above."""
        if self.lexicon["duty_opening"].match(self.text, paragraph.start, paragraph.end):
            return True
        return self.text[paragraph.end - 1] in "。；" and self._under_duties(paragraph.start)

    def _heading_at(self, paragraph: Paragraph) -> int | None:
        index = section_at(self.outline, paragraph.start)
        return index if index is not None and self.outline.headings[index].start == paragraph.start else None

    def _level(self, index: int | None) -> int:
        return 0 if index is None else self.outline.headings[index].level

    def _heads(self, paragraph: Paragraph) -> Iterator[DutyHead]:
        """The names in front of colons at the beginning of a paragraph's sentences, or alone on a line over points."""
        if _POINT.match(self.text, paragraph.end + 1) and not _ENDED.search(self.text, paragraph.start, paragraph.end):
            alone = head_at(self.text, paragraph.start, paragraph.end, self.lexicon)
            if alone is not None and alone.end == paragraph.end:
                yield alone
            return
        for sentence in _PIECE.finditer(self.text, paragraph.start, paragraph.end):
            head = line_of_duties(self.clean, paragraph, sentence.start(), self.lexicon)
            if head is not None and head.end <= sentence.end():
                yield head

    def _is_free(self, paragraph: Paragraph, below_headings: GovernedText) -> bool:
        low, high = paragraph.start, paragraph.end
        return low >= self.start and not self.governed.touches(low, high) and not below_headings.at(low)

    def _is_list(self, head: DutyHead, end: int, listed: bool) -> bool:
        """Whether what stands behind 市水务局： is what it does, and no list of persons; `listed` where its row is of
        duties."""
        if self.lexicon["duty_opening"].match(self.text, head.end, end):
            return True
        said = self.text[head.end : end].rstrip("\n")
        if said[-1:] not in "。；" or not (head.titled or listed or self._under_duties(head.start)):
            return False
        names = re.split("[、，]", said[:-1])
        return chinese_in(said, 0, len(said)) > _FEWEST and not any(map(self.lexicon["person_name"].whole, names))

    def _under_duties(self, position: int) -> bool:
        index = section_at(self.outline, position)
        while index is not None:
            heading = self.outline.headings[index]
            if self.lexicon["over_duties"].search(heading.title):
                return True
            index = heading.parent
        return False

    def _draft(self, section: int | None, found: UnitDuty) -> Draft:
        return Draft(section, found.start, found.end, (found.statement,), form="duties")

    def sentences(self, taken: tuple[GovernedText, GovernedText]) -> Iterator[Draft]:
        """The tasks that sentences state."""
        last = 0
        for low, high in self._free_sentences(taken):
            for task in tasks_of_sentence(self.clean, low, high, self.lexicon):
                yield self._of_sentence(task, last)
                last = task.end

    def _free_sentences(self, taken: tuple[GovernedText, GovernedText]) -> Iterator[_Extent]:
        for paragraph in self.paragraphs:
            for sentence in _SENTENCE.finditer(self.text, max(paragraph.start, self.start), paragraph.end):
                low, high = sentence.span()
                if not any(each.touches(low, high) for each in (self.governed, *taken)):
                    yield low, high

    def _of_sentence(self, task: SentenceTask, last: int) -> Draft:
        section = section_at(self.outline, task.start)
        if task.words is not None:
            return Draft(section, *task.words, task.statements, form="sentence")
        heading = None if section is None else self.outline.headings[section]
        if task.above and heading is not None and heading.parent is not None and heading.kind in _LIST:
            section = heading.parent
            heading = self.outline.headings[section]
        body = heading.body if heading else self.start
        low = max(body, last, self.governed.last_before(task.start))
        low = past_marks(self.text, low, task.start)
        high = task.start
        while high > low and self.text[high - 1] in "\n，；：、":
            high -= 1
        if chinese_in(self.text, low, high) > 1:
            return Draft(section, low, high, task.statements, form="sentence")
        return self._ahead_or_title(task, section)

    def _ahead_or_title(self, task: SentenceTask, section: int | None) -> Draft:
        """What a sentence governs that nothing stands in front of: the text behind it, else its heading."""
        said = tuple(replace(each, parsed=replace(each.parsed, times=())) for each in task.statements)
        rest = Draft(section, *task.rest, said, form="sentence")
        if section is None:
            return rest
        heading, end = self.outline.headings[section], self.outline.ends[section]
        low = past_marks(self.text, task.end, end)
        stop = self.text.find("\n", low, end)
        stop = stop if stop >= 0 else end
        if (
            _ENDED.search(self.text, low, stop)
            and chinese_in(self.text, low, stop) > 1
            and not self.governed.touches(low, stop)
        ):
            return Draft(section, low, stop, task.statements, form="sentence")
        if heading.title and heading.body <= task.start and heading.kind in _LIST:
            return Draft(section, heading.end - len(heading.title), heading.end, task.statements, form="sentence")
        return rest

    def unread(self, taken: tuple[GovernedText, GovernedText], drafts: Sequence[Draft]) -> Iterator[_Extent]:
        """What looks as if it charged somebody, where no task was made of it."""
        read = GovernedText(governed_by(drafts, [], []).extents)
        for low, high in self._free_sentences(taken):
            if read.touches(low, high) or self.lexicon["no_task"].search(self.text, low, high):
                continue
            for _, found in self.lexicon["seems_charged"].scan(self.text, low, high):
                if not self.lexicon["no_charge"].match(self.text, found.end(), high):
                    yield found.span()


def with_form(drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts of running text, each with the form of its statements: a label on a line, or a bracket."""
    return [
        replace(draft, form="label" if any(s.labelled_line for s in draft.statements) else "bracket")
        for draft in drafts
    ]
