"""Reading (读): a file → a source → a plan with every fact in its place. Start at parse.py.

The door for what is quick to load; `ingest.intake` reads files."""

from __future__ import annotations

from ingest.carry import carry_ids
from ingest.contacts import excerpt, mask
from ingest.extract import extract as extract_plan
from ingest.facts import FACTS, KIND_OF, PLAIN
from ingest.facts.citation import CITATION
from ingest.facts.kind import FactKind
from ingest.files.bytes import LIMIT
from ingest.files.whole import whole_file
from ingest.folders import DATA, IS_SOURCE_TREE, VERSION
from ingest.header.official import is_official
from ingest.header.region import document_region
from ingest.identity import document_id, normal_number, normal_title, number_key, squeeze, title_key, unit_id
from ingest.places import Place, place_of
from ingest.readers.formats import KIND_OF_SUFFIX, READABLE
from ingest.resolution import resolve

__all__ = [
    "CITATION",
    "DATA",
    "FACTS",
    "FactKind",
    "IS_SOURCE_TREE",
    "KIND_OF",
    "KIND_OF_SUFFIX",
    "LIMIT",
    "PLAIN",
    "Place",
    "READABLE",
    "VERSION",
    "carry_ids",
    "document_id",
    "document_region",
    "excerpt",
    "extract_plan",
    "is_official",
    "mask",
    "normal_number",
    "normal_title",
    "number_key",
    "place_of",
    "resolve",
    "squeeze",
    "title_key",
    "unit_id",
    "whole_file",
]
