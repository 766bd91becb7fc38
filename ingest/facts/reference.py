"""Back references (回指): 该办法, 上述方案, 前述通知, and which of the documents cited before they mean.

They are links to a citation and no citations: the one meant is the nearest before them that is called so. 上述 may mean
several: those of its sentence that are called so, or as many as are counted (上述两个办法).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter

from ingest.facts.citation import Citation, CitationRole, RoleReader
from ingest.facts.kind import Fact, FactEdge, FactKind, Look, ShownField
from ingest.facts.stretch import CitedBefore, Stretch
from ingest.identity import number_key, title_key
from ingest.language.clean import Clean
from ingest.language.lexicon import Lexicon
from ingest.language.numerals import number_in

_REACH = 2000
"""Characters between a document and the words that mean it, …"""
_MOST_BETWEEN = 40
"""… and documents that are looked at between them."""

_SENTENCE_END = re.compile("[。；\n]")
_STANDARD = "标准"
"""What a document is called that has no title and a number without 号: GB/T 9704-2012."""


class Reference(Fact, frozen=True):
    """回指: its words (该办法), title and number of the document that it means, and what is done with that."""

    text: str
    title: str
    document_number: str | None
    role: CitationRole

    @property
    def words(self) -> str:
        return self.text

    @property
    def same(self) -> tuple[object, ...]:
        return title_key(self.title) if self.title else "", number_key(self.document_number)


def find_references(stretch: Stretch) -> Iterator[Reference]:
    """The back references of a stretch in order; one that nothing before it fits means no document that is cited."""
    clean, lexicon = stretch.text, stretch.lexicon
    reader = RoleReader(clean.folded, stretch.start, stretch.end, lexicon)
    for rule, match in lexicon["back_reference"].scan(clean.folded, stretch.start, stretch.end):
        span = clean.span(match.start(), match.end())
        if stretch.is_closed(span.start):
            continue
        said = match.groupdict()
        names = [name for name in (said.get("called"), said.get("also")) if name] or [""]
        count = number_in(said["count"]) if said["count"] else None
        meant = [each for name in names for each in _meant(stretch, match, name, count)]
        role, _ = reader.role(match.start(), match.end())
        for cited in sorted(meant, key=attrgetter("start")):
            words = clean.said(match.start(), match.end())
            yield Reference(words, cited.title, cited.number, role, rule=rule.id, span=span)


def cited_in(clean: Clean, citations: Sequence[Citation], lexicon: Lexicon) -> tuple[CitedBefore, ...]:
    """The documents that a text cites, in order, each with what it may be called again: 《…办法（试行）》 is 该办法."""
    found: list[CitedBefore] = []
    for citation in citations:
        title, number = citation.meant
        names = (title, *citation.inner)
        called = {ending for name in names for ending in _endings(name, lexicon)}
        if not title and "号" not in (number or ""):
            called.add(_STANDARD)
        found.append(CitedBefore(clean.offset(citation.span.start), title, number, frozenset(called)))
    return tuple(sorted(found, key=attrgetter("start")))


def _endings(name: str, lexicon: Lexicon) -> Iterator[str]:
    """The words that name the kind of a document, at the end of its title: 实施方案, 方案."""
    bare = name.partition("（")[0] if name.endswith("）") else name
    for low in range(max(0, len(bare) - 4), len(bare)):
        if lexicon["document_kind"].whole(bare[low:]) is not None:
            yield bare[low:]


def _meant(stretch: Stretch, match: re.Match[str], called: str, count: int | None) -> Iterator[CitedBefore]:
    """The nearest document before a place that is called so, where a word for several says so also those before it in
    its sentence, or `count` of them; 上述文件 means any."""
    text, cited, position = stretch.text.folded, stretch.cited, match.start()
    place = bisect_right(cited, position - 1, key=attrgetter("start"))
    near = [each for each in cited[max(0, place - _MOST_BETWEEN) : place] if position - each.start <= _REACH]
    fitting = [each for each in near if not called or called in each.called][::-1]
    for nth, document in enumerate(fitting):
        apart = _SENTENCE_END.search(text, document.start, fitting[0].start)
        if nth and (apart if count is None else nth >= count):
            return
        yield document
        if count is None and not match["several"]:
            return


REFERENCE = FactKind(
    Reference,
    find_references,
    plural="references",
    zh="回指",
    en="Back reference",
    edge=FactEdge("refers_back", "回指", "refers back in"),
    look=Look("#5B3A8C", "#f1ecf8", "#c6aef0", "#2b2438", "dotted", 2),
    fields=(
        ShownField("title", "所指文件", "the title of the document that is meant"),
        ShownField("document_number", "所指文号", "its number, or null"),
    ),
)
