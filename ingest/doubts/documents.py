"""Doubts about a file that holds a second document (一个文件两份公文): its title, number and day are not read."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.header.parts import NUMBER_LINE
from ingest.identity import number_key
from ingest.language.clean import Clean
from ingest.model import Doubt, Plan

_MOST = 3
"""Numbers in lines of their own that are of further documents; where there are more, they are a list of others."""


def document_doubts(plan: Plan, clean: Clean) -> Iterator[Doubt]:
    """Each other 发文字号 that stands on a line of its own, as under a title."""
    own = number_key(plan.header.document_number)
    found: dict[str, Doubt] = {}
    for paragraph in clean.paragraphs:
        line = NUMBER_LINE.fullmatch(clean.folded, paragraph.start, paragraph.end) if paragraph.cell is None else None
        if line is not None and (key := number_key(line["number"])) and key != own:
            said = {"number": clean.said(*line.span("number"))}
            found.setdefault(key, Doubt("second-document", said, clean.span(*line.span("number"))))
    if len(found) <= _MOST:
        yield from found.values()
