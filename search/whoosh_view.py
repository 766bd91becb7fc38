"""One generation of an index on whoosh, read by plain sets (视图): which entries fulfil a query, and how they rank.

whoosh's own collectors take 10 µs a hit, these sets a tenth of that; and its scores change with what was once deleted,
so that an index made anew would answer in another order than one that was changed plan by plan.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from search.index import Found, Scored
from search.ranking import density, rarity
from search.schema import KIND_WEIGHTS, Entry, Field, decode
from search.tree import EXACT, And, Node, Not, Or, Phrase, Query, Term

GENERATION = "generation"
"""The kind of the one entry that says which generation the index shows; it is no entry that can be found."""


class View:
    """One generation of the index, as it will be for ever. Not for two threads at once."""

    def __init__(self, index: Any) -> None:
        self._reader = index.reader()
        self._docs = frozenset(self._reader.all_doc_ids())
        self._column = self._reader.column_reader("entry") if self._docs else None
        stamps = self._postings("kind", GENERATION)
        assert self._column is not None or not stamps
        self.generation = max((int(self._column[doc]) for doc in stamps), default=0) if self._column is not None else 0
        self._docs -= stamps
        self._lengths: dict[int, int] = {}
        self.ids: Callable[[Field, str], frozenset[int]] = lru_cache(maxsize=1024)(self._postings)
        self.weights: Callable[[str], dict[int, float]] = lru_cache(maxsize=256)(self._word_weights)
        self.entry: Callable[[int], Entry] = lru_cache(maxsize=20_000)(self._decoded)

    def search(self, query: Query) -> Found:
        """All entries that fulfil the query, best first, ties by id."""
        found = self._fulfilling(query.where, {})
        scores = dict.fromkeys(found, 0.0)
        for word in query.rank:
            self._add_bm25(word, scores)
        for exact in query.exact:
            for doc in self._fulfilling(exact, {}) & found:
                scores[doc] += EXACT
        ranked = []
        for doc, score in scores.items():
            entry = self.entry(doc)
            ranked.append((-score * KIND_WEIGHTS[entry.kind], entry.id, entry.plan, doc))
        ranked.sort()
        scored = tuple(Scored(self.entry(doc), -score) for score, _, _, doc in ranked)
        return Found(scored, self.generation)

    def words_starting(self, prefix: str, limit: int) -> list[str]:
        """Words that live entries hold, in the order of the term list."""
        found: list[str] = []
        for term in self._reader.expand_prefix("words", prefix) if self._docs else ():
            word = term.decode()
            if self.weights(word):
                found.append(word)
            if len(found) == limit:
                break
        return found

    def close(self) -> None:
        self._reader.close()

    def _fulfilling(self, node: Node, known: dict[Node, frozenset[int]]) -> frozenset[int]:
        if node not in known:
            known[node] = self._evaluate(node, known)
        return known[node]

    def _evaluate(self, node: Node, known: dict[Node, frozenset[int]]) -> frozenset[int]:
        match node:
            case Term():
                return self.ids(node.field, node.token)
            case Phrase():
                return self._holding(node)
            case And():
                parts = sorted((self._fulfilling(each, known) for each in node.nodes), key=len)
                return parts[0].intersection(*parts[1:]) if parts else self._docs
            case Or():
                return frozenset().union(*(self._fulfilling(each, known) for each in node.nodes))
            case Not():
                return self._docs - self._fulfilling(node.node, known)

    def _holding(self, phrase: Phrase) -> frozenset[int]:
        """Entries that have all grams of the phrase, and whose kept text confirms it where grams alone do not."""
        having = sorted((self.ids("page", gram) for gram in phrase.grams), key=len)
        found = having[0].intersection(*having[1:])
        if phrase.grams == (phrase.text,):
            return found
        return frozenset(doc for doc in found if phrase.text in self.entry(doc).sought)

    def _add_bm25(self, word: str, scores: dict[int, float]) -> None:
        """Adds the word's BM25F score to the entries in `scores`."""
        weights, lengths = self.weights(word), self._known_lengths()
        rare = rarity(len(weights), len(self._docs))
        average = sum(lengths.values()) / len(lengths) if lengths else 1.0
        for doc in weights.keys() & scores.keys():
            scores[doc] += rare * density(weights[doc], lengths[doc], average)

    def _known_lengths(self) -> dict[int, int]:
        if not self._lengths:
            length = self._reader.doc_field_length
            # An entry without words (a plan that assigns nothing) has no length in some segments.
            self._lengths = {doc: length(doc, "words", 1) or 1 for doc in self._docs}
        return self._lengths

    def _postings(self, field: Field, token: str) -> frozenset[int]:
        matcher = self._matcher(field, token)
        return frozenset(matcher.all_ids()) if matcher else frozenset()

    def _word_weights(self, word: str) -> dict[int, float]:
        weights: dict[int, float] = {}
        matcher = self._matcher("words", word)
        while matcher is not None and matcher.is_active():
            weights[matcher.id()] = matcher.weight()
            matcher.next()
        return weights

    def _matcher(self, field: Field, token: str) -> Any:
        term = token.encode()
        return self._reader.postings(field, term) if (field, term) in self._reader else None

    def _decoded(self, doc: int) -> Entry:
        assert self._column is not None
        return decode(self._column[doc])
