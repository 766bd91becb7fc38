"""How well an entry says a word (排序): BM25F, the same for every engine.

Fields were weighted when the words were indexed, so that the sum over fields is saturated as one (Robertson and
Zaragoza, The Probabilistic Relevance Framework, 2009, section 3.6).
"""

from __future__ import annotations

import math

from search.index.fields import KIND_WEIGHTS, Entry

_K1, _B = 1.2, 0.75


def rarity(having: int, all_entries: int) -> float:
    """Inverse document frequency, never below 0: the form of BM25 that adds one inside the logarithm."""
    return math.log(1 + (all_entries - having + 0.5) / (having + 0.5))


def density(weight: float, length: int, average: float) -> float:
    """How much a word that comes `weight` times says of an entry of `length` words, `average` being usual."""
    return weight * (_K1 + 1) / (weight + _K1 * (1 - _B + _B * length / average))


def order_of(entry: Entry, score: float) -> tuple[bool, float, str, str]:
    """What entries are sorted by: plain text behind all else, the score by its kind (negative), ties by id."""
    return entry.kind == "text", -score * KIND_WEIGHTS[entry.kind], entry.id, entry.plan
