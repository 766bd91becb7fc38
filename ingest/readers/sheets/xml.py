"""The XML of a sheet (流式读取), element by element: what was read is let go before the next is met."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from ingest.errors import DamagedFile
from ingest.files.zip import SafeZip, checked_xml

_PIECE = 1 << 20
"""Bytes that the parser is fed at a time."""


def xml_events(container: SafeZip, part: str) -> Iterator[tuple[str, Element]]:
    """The `start` and `end` of each element of a part, as `iterparse` gives them from a file. Raises DamagedFile."""
    try:
        yield from _events(checked_xml(container.read(part), container.name, part))
    except (ParseError, ValueError, LookupError) as error:
        raise DamagedFile(path=container.name, reason="bad-xml", part=part) from error


def _events(data: bytes) -> Iterator[tuple[str, Element]]:
    parser: XMLPullParser[Element] = XMLPullParser(("start", "end"))
    events = cast("Callable[[], Iterator[tuple[str, Element]]]", parser.read_events)
    for start in range(0, len(data), _PIECE):
        # A tag that goes on is read from its beginning again: pieces of 16 KB would take minutes for a long one.
        parser.feed(data[start : start + _PIECE])
        yield from events()
    parser.close()
    yield from events()
