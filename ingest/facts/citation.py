"""Cited documents (引用文件): every 《…》 with its number, its inner titles, and what the plan does with it.

GB/T 9704-2012 7.3.3 cites a document by title, then number in brackets: 《…的意见》（中发〔2019〕17号）.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Literal

from ingest.facts.kind import Fact, FactEdge, FactKind, Look
from ingest.facts.stretch import Stretch
from ingest.identity import normal_number, number_key, title_key
from ingest.language.clean import Clean, tidy
from ingest.language.lexicon import Lexicon, Rule

CitationRole = Literal["implement", "revise", "formulate", "compile", "legislate", "mention"]

_BRACKETS = re.compile("[《》]")
_LONGEST_TITLE = 200
"""Characters of a title; a 《 that does not close sooner is a slip of the pen."""
_NUMBER = re.compile(
    r"（(?P<number>[一-鿿（）]{1,20}?(?:〔\d{4}〕|（\d{4}）)(?:第)?\d{1,5}(?:-\d{1,5})?号|(?:[一-鿿]{2,20}令)?(?:〔\d{4}〕|\d{4}年)?第[\d一二三四五六七八九十百]{1,6}号(?:令|公告)?)[，；）]"
)
_INNER = re.compile(r"[〈<《]([^〈〉《》<>]+)[〉>》]")
_ARTICLES = re.compile(
    r"(?:（[^）]{1,40}）)?(第[一二三四五六七八九十百\d]{1,9}条(?:第[一二三四五六七八九十\d]{1,9}款)?)"
)
_CLAUSE_START = re.compile(r"[，。；：\n]")
_BETWEEN = re.compile(r"(?:、|和|及|以及|与|，(?=《)|（[^（）]*(?:（[^（）]*）[^（）]*)*）|等)*")
_ROLES: dict[str, CitationRole] = {
    "implement": "implement",
    "revise": "revise",
    "formulate": "formulate",
    "compile": "compile",
    "legislate": "legislate",
    "mention": "mention",
}


class Citation(Fact, frozen=True):
    """依据: one 《…》. `inner` are the titles in 〈〉 inside it, `articles` such as 第三条 cited with it."""

    title: str
    document_number: str | None
    role: CitationRole
    inner: tuple[str, ...]
    articles: tuple[str, ...]

    @property
    def words(self) -> str:
        return f"《{self.title}》"

    @property
    def same(self) -> tuple[object, ...]:
        return title_key(self.title), number_key(self.document_number)


def find_citations(stretch: Stretch) -> Iterator[Citation]:
    """The citations of a stretch in order. Titles in one list share the words in front of the first."""
    clean, start, end, lexicon = stretch.text, stretch.start, stretch.end, stretch.lexicon
    text = clean.folded
    list_start, previous_end = -1, -1
    lists: dict[int, int] = {}
    for low, high in titles(text, start, end):
        in_list = list_start >= 0 and _BETWEEN.fullmatch(text, previous_end, low) is not None
        list_start = list_start if in_list else low
        number = _NUMBER.match(text, high, min(end, high + 60))
        behind = _behind(text, number.end() if number else high, end, lists, lexicon)
        role, rule = _role(text, start, list_start, behind, lexicon)
        said = clean.text[low + 1 : high - 1]
        title = tidy(said)
        if not title or _column(clean, low) != _column(clean, high - 1):
            continue  # 《 in one column and 》 in another, or beside the table, name nothing.
        yield Citation(
            title=title,
            document_number=normal_number(number.group("number")) if number else None,
            role=role,
            inner=tuple(_INNER.findall(said)),
            articles=tuple(_ARTICLES.findall(text[high : high + 60])) if text[high : high + 1] in "第（" else (),
            rule=rule,
            span=clean.span(low, high),
        )
        previous_end = number.end() if number else high


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


def titles(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The outermost 《…》 of `[start, end)` with their brackets; nested 《》 belong to the title around them."""
    opened: list[int] = []
    for found in _BRACKETS.finditer(text, start, end):
        if found.group() == "《":
            if opened and found.start() - opened[0] > _LONGEST_TITLE:
                opened.clear()
            opened.append(found.start())
        elif opened:
            low = opened.pop()
            if not opened and found.end() - low > 2:
                yield low, found.end()


def _role(text: str, start: int, list_start: int, behind: Rule | None, lexicon: Lexicon) -> tuple[CitationRole, str]:
    """The role by the nearest verb before the list in its clause, else by the words behind the title."""
    window = max(start, list_start - 40)
    clause = window + max((m.end() for m in _CLAUSE_START.finditer(text[window:list_start])), default=0)
    before = [(match.start(), rule) for rule, match in lexicon["cite_before"].scan(text, clause, list_start)]
    for _, rule in before:
        if rule.value == "legislate":
            return _ROLES[rule.value], rule.id
    if behind is not None and behind.value in ("legislate", "revise", "formulate"):
        return _ROLES[behind.value], behind.id
    if before:
        rule = before[-1][1]
        return _ROLES[rule.value], rule.id
    if behind is not None:
        return _ROLES[behind.value], behind.id
    return "mention", "title"


def _behind(text: str, after: int, end: int, lists: dict[int, int], lexicon: Lexicon) -> Rule | None:
    """What is said behind the list that goes on at `after`; `lists` keeps where lists end, by their titles' places."""
    rest = _BETWEEN.match(text, after, end)
    position = rest.end() if rest else after
    passed: list[int] = []
    while 0 <= position < end and text[position] == "《":
        passed.append(position)
        position = lists[position] if position in lists else _next_in_list(text, position, end)
    lists.update(dict.fromkeys(passed, position))
    found = lexicon["cite_after"].match(text, position, min(end, position + 26)) if position >= 0 else None
    return found[0] if found else None


def _next_in_list(text: str, position: int, end: int) -> int:
    """What stands behind the title at `position` and what joins it to the next one; -1 where it does not close."""
    closing = text.find("》", position, end)
    if closing < 0:
        return -1
    rest = _BETWEEN.match(text, closing + 1, end)
    return rest.end() if rest else closing + 1


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
