"""The stamp of what is made from the record: a hash of values, so that only what changes the tables makes them again.

No source text goes into it: a comment or a new name in the code costs no library anything, and a change of behaviour
must be declared by a version. `tests/test_stamps.py` fails where what is made changes and its stamp does not.
"""

from __future__ import annotations

import hashlib
from functools import cache

import msgspec

from graph.derived.columns import definitions

DERIVED_VERSION = 4
"""To be raised when the code of ingest/ or graph/ changes what rows, documents or checksums say of the same plan."""


@cache
def tables_stamp() -> str:
    """What decides the tables besides the rules: how they are defined, and the version of what fills them."""
    return stamp_of(DERIVED_VERSION, definitions())


def stamp_of(*values: object) -> str:
    """A short hash of values that msgspec can encode."""
    return hashlib.sha256(msgspec.json.encode(values, order="sorted")).hexdigest()[:8]
