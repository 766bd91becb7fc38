"""From what a user types to a query, and from what is found to what is shown (查询)."""

from __future__ import annotations

from search.index.fields import Kind
from search.index.tree import Note
from search.query.filters import BadDate, Filters
from search.query.ladder import Rung
from search.query.results import FacetValue, Hit, Results
from search.query.suggest import SuggestedKind, Suggestion

__all__ = ["BadDate", "FacetValue", "Filters", "Hit", "Kind", "Note", "Results", "Rung", "SuggestedKind", "Suggestion"]
