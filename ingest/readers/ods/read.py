""".ods (ISO/IEC 26300, OpenDocument spreadsheet) → reading text: its cells say themselves what they show.

Its XML is read by our own code as .xlsx is: python-calamine, which reads .xls here, knows neither the merged ranges nor
the shown text of an .ods.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ingest.errors import LockedFile
from ingest.files.zip import SafeZip, open_zip
from ingest.readers.ods.cells import TABLE, SheetCells
from ingest.readers.sheets.cells import Sheet
from ingest.readers.sheets.write import write_book
from ingest.readers.sheets.xml import xml_events
from ingest.reading import Reading

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"
_ENCRYPTED = b"encryption-data"


def read_ods(data: bytes, name: str) -> Reading:
    """The reading text of an .ods, `name` its file for errors. `Cell.sheet` names the sheet of a cell.

    Doubts as `write_book` says. Raises LockedFile, UnsupportedFormat, DamagedFile, FileTooLarge, EmptyFile.
    """
    container = open_zip(data, name)
    if container.find(_MANIFEST) and _ENCRYPTED in container.read(_MANIFEST):
        raise LockedFile(path=name)
    return write_book(_sheets(container), name)


def _sheets(container: SafeZip) -> Iterator[Sheet]:
    """The sheets in their order; what stands in a table of a table belongs to the cell that it stands in."""
    hidden: set[str] = set()
    parents: list[Element] = []
    reader: SheetCells | None = None
    for event, element in xml_events(container, _CONTENT):
        if event == "start":
            if element.tag == TABLE + "table" and reader is None:
                style = element.get(TABLE + "style-name", "")
                reader = SheetCells(
                    Sheet(element.get(TABLE + "name", ""), style in hidden), len(parents), container.name
                )
            parents.append(element)
            continue
        parents.pop()
        if element.tag == _STYLE + "style":
            hidden |= _hidden_style(element)
        elif reader is not None and element.tag == TABLE + "table" and len(parents) == reader.depth:
            yield reader.done()
            reader = None
        elif reader is not None and reader.takes(element) and parents:
            parents[-1].remove(element)


def _hidden_style(element: Element) -> set[str]:
    """The name of a style whose tables are not shown."""
    shown = element.find(_STYLE + "table-properties")
    return (
        {element.get(_STYLE + "name", "")} if shown is not None and shown.get(TABLE + "display") == "false" else set()
    )
