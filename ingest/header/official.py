"""Whether a file is an official document at all (公文): what a library is filled with, and not the README beside it."""

from __future__ import annotations

from ingest.language.clean import fold
from ingest.language.lexicon import Lexicon
from ingest.model import Plan, Source

_SECOND_LEVEL = 2
"""一、 and （一） are levels 1 and 2, an annex 0 (GB/T 9704-2012 7.3.3); a numbered list of any text may read as 1."""
_QUOTED = 100
"""A hundredth of the text: what of responsibility stands in less of it is quoted, as in a handbook."""


def is_official(source: Source, plan: Plan, lexicon: Lexicon) -> bool:
    """Whether anything of a file is as in official documents: title, 发文字号, headings, or who is responsible.

    A regulation or notice that assigns nobody is one by its title, number or headings.
    """
    header, title = plan.header, fold(plan.header.title)
    return bool(
        header.document_number
        or plan.tasks
        or any(section.number and section.level <= _SECOND_LEVEL for section in plan.sections)
        or lexicon["official_title"].ending(title, 0, len(title))
        or plan.coverage.total * _QUOTED > len(source.text)
    )
