"""A question from a box, an address or a line (问): words of people, or a sentence that a query says of itself."""

from __future__ import annotations

from datetime import date

from search import Catalog
from search.questions import Reply, reply, reply_to
from web.queries.labels import ids_in
from web.queries.sentence import query_said
from web.words.wording import Translate


def asked(question: str, catalog: Catalog, today: date, translate: Translate) -> Reply:
    """The answer to a question."""
    query = query_said(question, ids_in(catalog.store), translate)
    return reply_to(query, question, catalog, today) if query else reply(question, catalog, today)
