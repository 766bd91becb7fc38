"""Open Packaging (ISO/IEC 29500-2), the frame of .docx and .xlsx: which part refers to which; numbers in attributes."""

from __future__ import annotations

import posixpath

from ingest.errors import DamagedFile
from ingest.files.zip import SafeZip

RELATIONSHIP_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
"""The attribute by which a part names one of its relationships."""

_LARGEST = 1_000_000_000
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def related(container: SafeZip, part: str) -> dict[str, tuple[str, str]]:
    """What `part` refers to inside the container: id → (kind, part). `part` "" is the container itself.

    The kind is the last word of the relationship's type (`officeDocument`, `numbering`, `worksheet` …), the same in
    transitional and strict files. A reference to something that is not there is left out, as Word leaves it out.
    """
    folder, file = posixpath.split(part)
    table = container.find(posixpath.join(folder, "_rels", f"{file}.rels"))
    if table is None:
        return {}
    found: dict[str, tuple[str, str]] = {}
    for relationship in container.xml(table).iter(_RELATIONSHIP):
        target = container.find(_target(folder, relationship.get("Target", "")))
        if target is not None and relationship.get("TargetMode") != "External":
            kind = relationship.get("Type", "").rpartition("/")[2]
            found[relationship.get("Id", "")] = (kind, target)
    return found


def first_related(container: SafeZip, part: str, kind: str) -> str | None:
    """The first part of this kind that `part` refers to, None where there is none."""
    return next((target for known, target in related(container, part).values() if known == kind), None)


def main_part(container: SafeZip) -> str:
    """The part that holds the document itself. Raises DamagedFile (missing-part)."""
    part = first_related(container, "", "officeDocument")
    if part is None:
        raise DamagedFile(path=container.name, reason="missing-part", part="officeDocument")
    return part


def _target(folder: str, target: str) -> str:
    """A target as a name in the container: relative to the folder of the part that refers to it, or from the top."""
    return target if target.startswith("/") else posixpath.join(folder, target)


def integer(text: str | None, default: int) -> int:
    """A number of the file, `default` where it is none or beyond a thousand million."""
    try:
        number = int(text or "")
    except ValueError:
        return default
    return number if abs(number) <= _LARGEST else default
