""".xlsx (ECMA-376, SpreadsheetML) → reading text: each sheet's title rows as paragraphs, then its table.

Sheets are parted by FF; rows and columns keep the numbers that they have in the sheet.
"""

from __future__ import annotations

from collections.abc import Iterator

from ingest.errors import UnsupportedFormat
from ingest.files.opc import RELATIONSHIP_ID, first_related, main_part, related
from ingest.files.zip import SafeZip, open_zip
from ingest.readers.sheets.cells import Sheet
from ingest.readers.sheets.write import write_book
from ingest.readers.xlsx.sheet import Book, read_sheet, read_strings
from ingest.readers.xlsx.values import S, read_formats, struck_styles
from ingest.reading import Reading


def read_xlsx(data: bytes, name: str) -> Reading:
    """The reading text of a .xlsx, `name` its file for errors. `Cell.sheet` names the sheet of a cell.

    Doubts as `write_book` says. Raises UnsupportedFormat (an old .xls, a .xlsb, a file with a password), DamagedFile,
    FileTooLarge, EmptyFile.
    """
    container = open_zip(data, name)
    part = main_part(container)
    if part.endswith(".bin"):
        raise UnsupportedFormat(path=name, format="xlsb")
    return write_book(_sheets(container, part), name)


def _sheets(container: SafeZip, part: str) -> Iterator[Sheet]:
    """The worksheets in their order. One that is named twice is read once."""
    root = container.xml(part)
    parts = related(container, part)
    properties = root.find(S + "workbookPr")
    styles_part = first_related(container, part, "styles")
    styles = None if styles_part is None else container.xml(styles_part)
    strings, struck = read_strings(container, first_related(container, part, "sharedStrings"))
    book = Book(
        strings=strings,
        formats=read_formats(styles),
        from_1904=properties is not None and properties.get("date1904") in ("1", "true"),
        struck=struck_styles(styles),
        struck_strings=struck,
    )
    met: set[str] = set()
    for element in root.iterfind(f"{S}sheets/{S}sheet"):
        kind, target = parts.get(element.get(RELATIONSHIP_ID, ""), ("", ""))
        if kind == "worksheet" and target not in met:
            met.add(target)
            titled = Sheet(element.get("name", ""), element.get("state", "visible") != "visible")
            yield read_sheet(container, target, book, titled)
