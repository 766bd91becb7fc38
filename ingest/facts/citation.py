"""Cited documents (引用文件): every 《…》 with its number, its inner titles, and what the plan does with it.

GB/T 9704-2012 7.3.3 cites a document by title, then number in brackets: 《…的意见》（中发〔2019〕17号）. Plans
write the number in other places too, other marks than 《》, and numbers without a title: 按照松办发〔2023〕5号文件要求.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from operator import attrgetter, itemgetter
from typing import Literal

from ingest.facts.kind import Fact, FactEdge, FactKind, Look
from ingest.facts.marks import titles
from ingest.facts.numbers import DocumentNumber, document_numbers, numbers_within
from ingest.facts.stretch import ShortName, Stretch
from ingest.identity import number_key, title_key
from ingest.language.clean import Clean, tidy
from ingest.language.lexicon import Lexicon, Rule

CitationRole = Literal["implement", "revise", "formulate", "compile", "legislate", "repeal", "mention"]

_INNER = re.compile(r"[〈<《‹«＜]([^〈〉《》<>‹›«»＜＞]+)[〉>》›»＞]")
_CLAUSE_START = re.compile(r"[，。；：\n]")
_JOINS = ("、", "和", "及", "以及", "与", "等")
"""Between the titles of one list, besides brackets: 《甲》（1号）、《乙》和《丙》等."""
_ROLES: dict[str, CitationRole] = {
    "implement": "implement",
    "revise": "revise",
    "formulate": "formulate",
    "compile": "compile",
    "legislate": "legislate",
    "repeal": "repeal",
    "mention": "mention",
}


_MOST_BRACKETS = 4
"""Brackets behind a title: （2023年修订）（松办发〔2023〕5号）."""
_LONGEST_BRACKET = 160
_FRONT = ("", "文件", "：", "号文")
"""What may stand between a number and the title that it belongs to: 松办发〔2023〕5号文件《…》."""
_BETWEEN_ARTICLES = "、和及至—-"


class Citation(Fact, frozen=True):
    """依据: one 《…》, or a number without one, whose title is "". `inner` are the titles in 〈〉 inside it, `articles`
    such as 第三条 cited with it. `short_for` is the full title where the text has given it this short name.
    """

    title: str
    document_number: str | None
    role: CitationRole
    inner: tuple[str, ...]
    articles: tuple[str, ...]
    short_for: str | None = None
    short_for_number: str | None = None

    @property
    def words(self) -> str:
        return f"《{self.title}》" if self.title else self.document_number or ""

    @property
    def meant(self) -> tuple[str, str | None]:
        """Title and number of the document that is meant: a short name's are those of the full one."""
        if self.short_for is None:
            return self.title, self.document_number
        return self.short_for, self.document_number or self.short_for_number

    @property
    def same(self) -> tuple[object, ...]:
        title, number = self.meant
        return title_key(title) if title else "", number_key(number)


@dataclass
class _Titled:
    """A title and what stands round it: its numbers, and where they end."""

    low: int
    high: int
    end: int
    numbers: list[DocumentNumber] = field(default_factory=list)


def find_citations(stretch: Stretch) -> Iterator[Citation]:
    """The citations of a stretch in order. Titles in one list share the words in front of the first."""
    clean, start, end, lexicon = stretch.text, stretch.start, stretch.end, stretch.lexicon
    text = clean.folded
    inside = [*titles(text, start, end)]
    marked = sorted([*inside, *_other_marks(text, start, end, inside, lexicon)])
    numbers = document_numbers(clean, start, end, lexicon)
    if not (marked or numbers):
        return
    named = [each for each in marked if tidy(clean.said(each[0], each[1])) and _in_one_column(clean, *each)]
    named = _without_definitions(
        named, {match.start("name") - 1 for _, match in lexicon["short_name"].scan(text, start, end)}
    )
    numbers = [each for each in numbers if not _inside(each, named)]
    groups, taken = _with_numbers(text, end, named, numbers)
    alone = [
        _Titled(each.start, each.end, each.end, [each])
        for each in numbers
        if each.start not in taken and each.issued and not _stands_alone(text, each)
    ]
    reader = RoleReader(text, start, end, lexicon)
    untitled = {each.low for each in alone}
    for each in sorted([*groups, *alone], key=attrgetter("low")):
        role, rule = reader.role(each.low, each.end)
        number = each.numbers[0].kept if each.numbers else None
        span = clean.span(each.low, each.high)
        if each.low in untitled:
            yield Citation("", number, role, (), (), rule="number" if rule == "title" else rule, span=span)
            continue
        opening, closing = _marks(text, each.low)
        said = clean.said(each.low + opening, each.high - closing)
        short = _short_for(stretch.short_names, tidy(said), each.low)
        yield Citation(
            title=tidy(said),
            document_number=number,
            role=role,
            inner=tuple(_INNER.findall(said)),
            articles=_articles(text, each.high, end, lexicon),
            short_for=short.title if short else None,
            short_for_number=short.number if short else None,
            rule=rule,
            span=span,
        )


def find_short_names(clean: Clean, citations: Sequence[Citation], lexicon: Lexicon) -> dict[str, list[ShortName]]:
    """What the text calls a document from some place on: 《…的意见》（以下简称《意见》), by the short name."""
    ends = [clean.offset(citation.span.end - 1) + 1 for citation in citations]
    found: dict[str, list[ShortName]] = {}
    for _, match in lexicon["short_name"].scan(clean.folded, 0, len(clean.folded)):
        place = bisect_right(ends, match.start()) - 1
        if place < 0 or match.start() - ends[place] > _LONGEST_BRACKET or not citations[place].title:
            continue
        title, number = citations[place].title, citations[place].document_number
        name = tidy(match["name"])
        if name != title:
            found.setdefault(name, []).append(ShortName(match.start(), title, number))
    return found


def _short_for(names: Mapping[str, Sequence[ShortName]], title: str, position: int) -> ShortName | None:
    """The document that a short name means at a place."""
    before = [name for name in names.get(title, ()) if name.start <= position]
    return before[-1] if before else None


def _without_definitions(named: Sequence[tuple[int, int]], defined: Set[int]) -> list[tuple[int, int]]:
    """The titles without those that only say how the one before is called: 《…办法》（以下简称《办法》）."""
    ends = [named[0][0], *(high for _, high in named)] if named else []
    return [
        (low, high)
        for (low, high), before in zip(named, ends, strict=False)
        if low not in defined or not 0 < low - before <= _LONGEST_BRACKET
    ]


def _inside(number: DocumentNumber, named: Sequence[tuple[int, int]]) -> bool:
    """Whether a number is part of a title."""
    place = bisect_right(named, number.start, key=itemgetter(0)) - 1
    return place >= 0 and number.end <= named[place][1]


def _with_numbers(
    text: str, end: int, named: Sequence[tuple[int, int]], numbers: Sequence[DocumentNumber]
) -> tuple[list[_Titled], set[int]]:
    """The titles with the numbers that are theirs, and where these begin."""
    taken: set[int] = set()
    groups: list[_Titled] = []
    ends = {number.end: number for number in numbers}
    for low, high in named:
        titled = _behind_title(text, end, low, high, numbers)
        front = next(
            (ends[at] for word in _FRONT if (at := low - len(word)) in ends and text.startswith(word, at)), None
        )
        if front is not None and front.start not in taken:
            titled.numbers.insert(0, front)
        taken.update(number.start for number in titled.numbers)
        groups.append(titled)
    for titled in _of_several(text, groups):
        # Of two numbers behind one title the second is another document's, but for 国务院令第687号修订.
        taken.difference_update(number.start for number in titled.numbers[1:] if number.kind == "office")
        del titled.numbers[1:]
    return groups, taken


def _of_several(text: str, groups: Sequence[_Titled]) -> Iterator[_Titled]:
    """Shares numbers in one bracket between as many titles before it (《甲》《乙》（1号、2号）); yields the others."""
    run: list[_Titled] = []
    for titled in groups:
        joined = run and not run[-1].numbers and _past_joins(text, run[-1].high, titled.low) == titled.low
        run = [*run, titled] if joined else [titled]
        if len(titled.numbers) > 1:
            if len(run) == len(titled.numbers):
                for each, number in zip(run, [*titled.numbers], strict=True):
                    each.numbers = [number]
            else:
                yield titled


def _behind_title(text: str, end: int, low: int, high: int, numbers: Sequence[DocumentNumber]) -> _Titled:
    """A title with the numbers right behind it, in brackets or without."""
    titled = _Titled(low, high, high)
    position = high
    for _ in range(_MOST_BRACKETS):
        bare = next(numbers_within(numbers, position, min(end, position + _LONGEST_BRACKET)), None)
        if bare is not None and bare.start == position and not titled.numbers:
            titled.numbers.append(bare)
            position = titled.end = bare.end
            continue
        closing = _closing(text, position, end) if text.startswith(("（", "〔"), position) else -1
        if closing < 0:
            break
        inside = list(numbers_within(numbers, position, closing))
        if inside and not titled.numbers:
            titled.numbers.extend(inside)
            titled.end = closing
        position = closing
    return titled


def _closing(text: str, position: int, end: int) -> int:
    """Behind the bracket that closes the one at `position`; -1 where none does within its length."""
    depth = 0
    for place in range(position, min(end, position + _LONGEST_BRACKET)):
        depth += (text[place] in "（〔") - (text[place] in "）〕")
        if depth == 0:
            return place + 1
    return -1


def _past_joins(text: str, position: int, end: int) -> int:
    """Where what joins the titles of a list ends: marks, words and brackets, and ， before the next title."""
    while position < end:
        joined = next((len(word) for word in _JOINS if text.startswith(word, position, end)), 0)
        if not joined and text[position] == "，" and text.startswith("《", position + 1, end):
            joined = 1
        if not joined and text[position] == "（":
            joined = max(0, _closing(text, position, end) - position)
        if not joined:
            break
        position += joined
    return position


def _articles(text: str, position: int, end: int, lexicon: Lexicon) -> tuple[str, ...]:
    """The articles right behind a title: 《…法》（…）第三条、第五条."""
    if text.startswith("（", position) and (closing := _closing(text, position, end)) > 0:
        position = closing
    found: list[str] = []
    while (article := lexicon["articles"].match(text, position, end)) is not None:
        found.append(article[1].group())
        position = article[1].end()
        if text[position : position + 1] in _BETWEEN_ARTICLES:
            position += 1
    return tuple(found)


def _stands_alone(text: str, number: DocumentNumber) -> bool:
    """Whether a number is all of its line or cell, or what a label asks for: the plan's own, in its masthead."""
    before, behind = text[number.start - 1 : number.start], text[number.end : number.end + 1]
    return before in ("：", "∣", "|") or (before in ("", "\n", "\t") and behind in ("", "\n", "\t"))


def _other_marks(
    text: str, start: int, end: int, inside: Sequence[tuple[int, int]], lexicon: Lexicon
) -> Iterator[tuple[int, int]]:
    """Titles between other marks, outside every 《…》, which are `inside`: 〈…〉 <…> <<…>> 「…」."""
    for _, match in lexicon["marked_title"].scan(text, start, end):
        place = bisect_right(inside, match.start(), key=itemgetter(0)) - 1
        if place < 0 or inside[place][1] <= match.start():
            yield match.span()


def _marks(text: str, low: int) -> tuple[int, int]:
    """How many characters open and close a title: two where it is << and >>."""
    return (2, 2) if text.startswith(("<<", "＜＜"), low) else (1, 1)


def _in_one_column(clean: Clean, low: int, high: int) -> bool:
    """Whether 《 and 》 stand in one column, or in none: in two columns they name nothing."""
    return _column(clean, low) == _column(clean, high - 1)


def in_title_line(clean: Clean, offset: int) -> bool:
    """Whether a place above a plan's text stands in a line of titles: 关于印发《…》的通知, 《…》重点任务分工.

    Such a line names the plan; 现将《…》印发给你们 is a sentence and cites it.
    """
    here = clean.paragraphs[bisect_right(clean.paragraphs, offset, key=lambda paragraph: paragraph.start) - 1]
    line = clean.folded[here.start : here.end]
    return not any(mark in line for mark in "。；！") and line[-1:] not in "，：" and not line.startswith("现")


def _column(clean: Clean, offset: int) -> tuple[int, int] | None:
    """Table and column of a place; None in running text. A cell that breaks over a page goes on in its column."""
    cell = clean.cell_at(offset)
    return None if cell is None else (cell.table, cell.column)


class RoleReader:
    """What a stretch does with the documents it cites, list after list."""

    def __init__(self, text: str, start: int, end: int, lexicon: Lexicon) -> None:
        self.text, self.start, self.end, self.lexicon = text, start, end, lexicon
        self.list_start, self.previous_end = -1, -1
        self.lists: dict[int, int] = {}

    def role(self, low: int, high: int) -> tuple[CitationRole, str]:
        """The role of what stands at `[low, high)` with its number; a list shares the words in front of its first."""
        in_list = 0 <= self.previous_end <= low == _past_joins(self.text, self.previous_end, low)
        self.list_start = self.list_start if in_list else low
        self.previous_end = high
        behind, stop = _behind(self.text, high, self.end, self.lists, self.lexicon)
        if behind is not None and behind.value == "repeal" and self._is_parted(high, stop):
            behind = None if _said_before(self.text, self.start, self.list_start, self.lexicon) else behind
        return _role(self.text, self.start, self.list_start, behind, self.lexicon)

    def _is_parted(self, high: int, stop: int) -> bool:
        """Whether a comma parts what ends at `high` from the last of its list: 出台《甲》，《乙》不再执行."""
        return self.text.find("，《", high, min(stop, high + _LONGEST_BRACKET)) >= 0


def _said_before(text: str, start: int, list_start: int, lexicon: Lexicon) -> list[tuple[int, Rule]]:
    """The verbs before a list in its clause, each with its place."""
    window = max(start, list_start - 40)
    clause = window + max((m.end() for m in _CLAUSE_START.finditer(text[window:list_start])), default=0)
    return [(match.start(), rule) for rule, match in lexicon["cite_before"].scan(text, clause, list_start)]


def _role(text: str, start: int, list_start: int, behind: Rule | None, lexicon: Lexicon) -> tuple[CitationRole, str]:
    """The role by the nearest verb before the list in its clause, else by the words behind the title."""
    before = _said_before(text, start, list_start, lexicon)
    for _, rule in before:
        if rule.value == "legislate":
            return _ROLES[rule.value], rule.id
    if behind is not None and behind.value in ("legislate", "revise", "formulate", "repeal"):
        return _ROLES[behind.value], behind.id
    if before:
        rule = before[-1][1]
        return _ROLES[rule.value], rule.id
    if behind is not None:
        return _ROLES[behind.value], behind.id
    return "mention", "title"


def _behind(text: str, after: int, end: int, lists: dict[int, int], lexicon: Lexicon) -> tuple[Rule | None, int]:
    """What is said behind the list that goes on at `after`, and where the list ends; `lists` keeps where
    lists end, by their titles' places."""
    position = _past_joins(text, after, end)
    passed: list[int] = []
    while 0 <= position < end and text[position] == "《":
        passed.append(position)
        position = lists[position] if position in lists else _next_in_list(text, position, end)
    lists.update(dict.fromkeys(passed, position))
    found = lexicon["cite_after"].match(text, position, min(end, position + 26)) if position >= 0 else None
    return found[0] if found else None, position


def _next_in_list(text: str, position: int, end: int) -> int:
    """What stands behind the title at `position` and what joins it to the next one; -1 where it does not close."""
    closing = text.find("》", position, end)
    if closing < 0:
        return -1
    return _past_joins(text, closing + 1, end)


CITATION = FactKind(
    Citation,
    find_citations,
    plural="citations",
    zh="依据文件",
    en="Document",
    edge=FactEdge("cites", "依据", "cites"),
    look=Look("#5B3A8C", "#f1ecf8", "#c6aef0", "#2b2438", "double", 3),
    node="document",
    opaque=True,
    plain=False,
)
