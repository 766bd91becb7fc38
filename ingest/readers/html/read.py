"""A web page → its reading text (阅读文本): 公文要素 first, then the document's paragraphs and tables."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from ingest.errors import EmptyFile
from ingest.language.furniture import furniture_lines
from ingest.model import Span
from ingest.readers.html.blocks import HtmlTable, blocks
from ingest.readers.html.main import furniture, heading, main_part
from ingest.readers.html.metadata import Metadata, find_metadata
from ingest.readers.html.page import WebPage, decode_page, parse_page, refuse_hard
from ingest.reading import Reading, ReadingBuilder, paragraph_text

_BEGINNING = 40
"""Characters of what was left out that a doubt says."""


def read_html(data: bytes, name: str) -> Reading:
    """The reading text of a web page; `name` is the file's, for messages.

    Labels and values that the site gives (索引号, 发文机关 …) come first, a line each: `发文字号：国发〔2018〕39号`.
    Doubts: `undecodable-bytes` with their count, `page-too-full` where the page has more than a million elements,
    `struck-text` (text, its beginning).

    Raises EmptyFile where no text is shown, UnknownEncoding where the bytes are in no known encoding, DamagedFile.
    """
    markup, bad = decode_page(data, name)
    refuse_hard(markup, name)
    page = parse_page(markup)
    builder = ReadingBuilder()
    metadata = find_metadata(page)
    for label, value in metadata.pairs if metadata else ():
        builder.paragraph(f"{label}：{value}")
    document, struck = _document(page, metadata)
    for block in document:
        if isinstance(block, HtmlTable):
            builder.begin_table()
            for row in block.rows:
                builder.row(row)
        else:
            builder.paragraph(block)
    if not builder.length:
        raise EmptyFile(path=name)
    for text in struck:
        if said := paragraph_text(text)[:_BEGINNING]:
            builder.doubt("struck-text", {"text": said})
    if bad:
        builder.doubt("undecodable-bytes", {"count": str(bad)}, Span(0, 0))
    if page.left_out:
        builder.doubt("page-too-full", {"page": "1"})
    return builder.done()


def _document(page: WebPage, metadata: Metadata | None) -> tuple[Iterator[str | HtmlTable], list[str]]:
    """The document's title, where it stands outside of it, and its paragraphs and tables, without the site's own, and
    what is struck through among them."""
    left_out = furniture(page)
    if metadata:
        left_out |= {metadata.start}
    start, end = main_part(page, left_out)
    struck = [text for place, text in page.struck if start <= place <= end]
    found = list(blocks(page, start, end, left_out.__contains__))
    # A table is none of the site's, and ends what may be.
    site = furniture_lines([block if isinstance(block, str) else "。" for block in found])
    inside = [block for n, block in enumerate(found) if n not in site]
    title = heading(page, start)
    known = _says(inside[:6], title) or (metadata is not None and title in dict(metadata.pairs).values())
    return chain(() if known or not title else (title,), inside), struck


def _says(first: list[str | HtmlTable], title: str) -> bool:
    text = "".join(block for block in first if isinstance(block, str))
    return "".join(title.split()) in "".join(text.split())
