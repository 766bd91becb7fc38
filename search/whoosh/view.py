"""One generation of an index on whoosh, read by plain sets (视图): which entries fulfil a query, and how they rank.

whoosh's own collectors take 10 µs a hit, these sets a tenth of that; and its scores change with what was once deleted,
so that an index made anew would answer in another order than one that was changed plan by plan.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from itertools import islice
from typing import Any

from search.index.fields import Entry, Field, decode
from search.index.port import Found, Scored
from search.index.ranking import density, order_of, rarity
from search.index.tree import EXACT, And, Not, Or, Phrase, Query, QueryNode, Term

_KEPT = 20_000
"""Entries that stay decoded from one search to the next."""


class IndexView:
    """One generation of the index, as it will be for ever. Not for two threads at once."""

    def __init__(self, index: Any, generation: int) -> None:
        self.generation = generation
        self._reader = index.reader()
        self._docs = frozenset(self._reader.all_doc_ids())
        self._column = self._reader.column_reader("entry") if self._docs else None
        self._lengths: dict[int, int] = {}
        self._entries: dict[int, Entry] = {}
        # Over functions that know the reader and not this view: a cycle would keep an old generation in memory.
        ids, weights = partial(_postings, self._reader), partial(_word_weights, self._reader)
        self.ids: Callable[[Field, str], frozenset[int]] = lru_cache(maxsize=1024)(ids)
        self.weights: Callable[[str], dict[int, float]] = lru_cache(maxsize=256)(weights)

    def search(self, query: Query) -> Found:
        """All entries that fulfil the query, best first, ties by id."""
        found = self._fulfilling(query.where, {})
        scores = dict.fromkeys(found, 0.0)
        for word in query.rank:
            self._add_bm25(word, scores)
        for exact in query.exact:
            for doc in self._fulfilling(exact, {}) & found:
                scores[doc] += EXACT
        ranked = sorted((*order_of(self.entry(doc), score), doc) for doc, score in scores.items())
        scored = tuple(Scored(self.entry(doc), -score) for _, score, _, _, doc in ranked)
        self._forget()
        return Found(scored, self.generation)

    def entry(self, doc: int) -> Entry:
        """The entry, decoded once a search however many it finds."""
        entry = self._entries.get(doc)
        if entry is None:
            assert self._column is not None
            entry = self._entries[doc] = decode(self._column[doc])
        return entry

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

    def _fulfilling(self, node: QueryNode, known: dict[QueryNode, frozenset[int]]) -> frozenset[int]:
        if node not in known:
            known[node] = self._evaluate(node, known)
        return known[node]

    def _evaluate(self, node: QueryNode, known: dict[QueryNode, frozenset[int]]) -> frozenset[int]:
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

    def _forget(self) -> None:
        """Lets go of the entries that were decoded first, where there are too many."""
        for doc in list(islice(self._entries, max(0, len(self._entries) - _KEPT))):
            del self._entries[doc]


def _postings(reader: Any, field: Field, token: str) -> frozenset[int]:
    matcher = _matcher(reader, field, token)
    return frozenset(matcher.all_ids()) if matcher else frozenset()


def _word_weights(reader: Any, word: str) -> dict[int, float]:
    weights: dict[int, float] = {}
    matcher = _matcher(reader, "words", word)
    while matcher is not None and matcher.is_active():
        weights[matcher.id()] = matcher.weight()
        matcher.next()
    return weights


def _matcher(reader: Any, field: Field, token: str) -> Any:
    term = token.encode()
    return reader.postings(field, term) if (field, term) in reader else None
