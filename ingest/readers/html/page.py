"""A web page's bytes → its visible elements and texts in document order (网页).

The only home of selectolax. Elements stand in one flat list, each with the end of its subtree, so that pages nested
ten thousand levels deep need no recursion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.errors import BinaryFile, DamagedFile, UnknownEncoding
from ingest.files.encodings import decode, decode_mixed, unmarked_utf16

MAX_NODES = 1_000_000
"""Elements and texts that are read of one page."""

# A tag is compared with all that it stands in, an attribute with those before it: beyond these no page is laid out.
MAX_DEPTH = 20_000
MAX_ATTRIBUTES = 5_000

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)([^<>]*)", re.I)
# Elements that end without an end tag.
_CLOSED_BY_THEMSELVES = frozenset(
    (
        "area",
        "base",
        "basefont",
        "bgsound",
        "br",
        "col",
        "embed",
        "frame",
        "hr",
        "img",
        "input",
        "keygen",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "colgroup",
        "option",
        "optgroup",
        "rb",
        "rp",
        "rt",
        "rtc",
        "html",
        "head",
        "body",
        "a",
    )
)

# Elements that show no text of the page, or none that a reader means by it.
_UNSEEN = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "frame",
        "object",
        "embed",
        "applet",
        "svg",
        "canvas",
        "math",
        "audio",
        "video",
        "map",
        "head",
        "title",
        "select",
        "option",
        "button",
        "input",
        "textarea",
        "datalist",
        "meter",
        "progress",
        "dialog",
        "nav",
        "footer",
        "aside",
    )
)
_STRUCK = frozenset(("s", "strike", "del"))
_STRIKING = re.compile(r"text-decoration(?:-line)?\s*:[^;]*\bline-through\b", re.I)
_HIDING = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)(?!\w)", re.I)
_AS_BLOCK = re.compile(r"display\s*:\s*(?:block|flex|grid|list-item|table)\b", re.I)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.I)

# What Python 3.11's gb18030 leaves in the private use area, in Unicode since 4.1 and 5.2.
_GB_PRIVATE = str.maketrans(
    "\ue78d\ue78e\ue78f\ue790\ue791\ue792\ue793\ue794\ue795\ue796\ue81e\ue826\ue82b\ue82c\ue832\ue843\ue854\ue864",
    "\ufe10\ufe12\ufe11\ufe13\ufe14\ufe15\ufe16\ufe17\ufe18\ufe19\u9fb4\u9fb5\u9fb6\u9fb7\u9fb8\u9fb9\u9fba\u9fbb",
)


@dataclass(frozen=True, slots=True)
class Element:
    """An element, or a text where `tag` is "". `end` is the place in the list after its last descendant.

    `marks` holds its id and classes, `rows` and `columns` what a table cell spans, `block` whether its style breaks
    the line.
    """

    tag: str
    text: str
    depth: int
    marks: str = ""
    rows: int = 1
    columns: int = 1
    block: bool = False


@dataclass(frozen=True, slots=True)
class WebPage:
    """The visible page: elements in document order, the end of each one's subtree, and the weight of its prose."""

    elements: tuple[Element, ...]
    ends: tuple[int, ...]
    weights: tuple[int, ...]
    left_out: bool = False
    struck: tuple[tuple[int, str], ...] = ()
    """What a line is drawn through, each with the place in the list before which it stands."""

    def weight(self, start: int, end: int) -> int:
        """How many characters of prose, links left aside, stand in `[start, end)`."""
        return self.weights[end] - self.weights[start]

    def text(self, start: int, end: int) -> str:
        """All characters of `[start, end)`, as they stand in the file."""
        return "".join(element.text for element in self.elements[start:end])


def decode_page(data: bytes, name: str) -> tuple[str, int]:
    """The page's characters, and how many bytes could not be read.

    By byte order mark, else the one that its bytes are in, else the charset that the page names: pages are copied from
    one system to another, and what they name is left as it was.
    Raises UnknownEncoding where more than one character in a thousand cannot be read.
    """
    for mark, codec in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _checked(data, codec, name)
    if b"\x00" in data[:4096] and (codec := unmarked_utf16(data) or ""):
        return _checked(data, codec, name)
    try:
        return data.decode("utf-8"), 0
    except UnicodeDecodeError:
        return _not_utf8(data, name)


def _not_utf8(data: bytes, name: str) -> tuple[str, int]:
    named = _CHARSET.search(data[:4096])
    try:
        return decode(data, name), 0
    except (BinaryFile, UnknownEncoding):
        pass
    try:
        return _checked(data, _codec(named[1].decode("ascii").lower() if named else ""), name)
    except UnknownEncoding:
        mixed = decode_mixed(data)
        if mixed is None:
            raise
    return mixed.text, mixed.count


def refuse_hard(markup: str, name: str) -> None:
    """Raises DamagedFile where tags nest too deep (too-deep) or one has too many attributes, as no office's page has.

    The parser would take hours for what is in it, in time that grows with the square of either.
    """
    depth = 0
    for tag in _TAG.finditer(markup):
        if tag[2].lower() not in _CLOSED_BY_THEMSELVES and not tag[3].endswith("/"):
            depth = max(0, depth - 1) if tag[1] else depth + 1
            if depth > MAX_DEPTH:
                raise DamagedFile(path=name, reason="too-deep")
        if len(tag[3]) > MAX_ATTRIBUTES and len(tag[3].split()) > MAX_ATTRIBUTES:
            raise DamagedFile(path=name, reason="too-many-attributes")


def _codec(named: str) -> str:
    if named in ("utf-8", "utf8"):
        return "utf-8"
    return "big5hkscs" if named.startswith("big5") else "gb18030"


def _checked(data: bytes, codec: str, name: str) -> tuple[str, int]:
    text = data.decode(codec, errors="replace")
    if codec == "gb18030":
        text = text.translate(_GB_PRIVATE)
    bad = text.count("\ufffd")
    if bad * 1000 > len(text) + 1000:
        raise UnknownEncoding(path=name)
    return text, bad


def parse_page(markup: str) -> WebPage:
    """The page's visible elements and texts; scripts, navigation, forms and what is hidden by style are left out."""
    elements: list[Element] = []
    ends: list[int] = []
    stack: list[int] = []
    links = 0
    weights: list[int] = []
    left_out = False
    struck: list[tuple[int, str]] = []
    for node, depth in _visible(LexborHTMLParser(markup).root):
        if _is_struck(node):
            struck.append((len(elements), node.text(deep=True)))
            continue
        while len(stack) > depth:
            closed = stack.pop()
            ends[closed] = len(elements)
            links -= elements[closed].tag == "a"
        if len(elements) >= MAX_NODES:
            left_out = True
            break
        element = _element(node, depth)
        stack.append(len(elements))
        links += element.tag == "a"
        elements.append(element)
        ends.append(len(elements))
        weights.append(0 if links or not element.text else _prose(element.text))
    while stack:
        ends[stack.pop()] = len(elements)
    return WebPage(tuple(elements), tuple(ends), tuple(accumulate(weights, initial=0)), left_out, tuple(struck))


def _visible(root: LexborNode | None) -> Iterator[tuple[LexborNode, int]]:
    """Every visible element and text with its depth, in document order."""
    node, depth = root, 0
    while node is not None:
        inner = None
        if node.is_text_node or (node.is_element_node and not _is_hidden(node)):
            yield node, depth
            inner = None if _is_struck(node) else node.first_child
        if inner is not None:
            node, depth = inner, depth + 1
            continue
        while node is not None and node.next is None:
            node, depth = node.parent, depth - 1
            if depth < 0:
                return
        node = node.next if node is not None else None


def _is_hidden(node: LexborNode) -> bool:
    if node.tag in _UNSEEN:
        return True
    attributes = node.attributes
    return "hidden" in attributes or _HIDING.search(attributes.get("style") or "") is not None


def _is_struck(node: LexborNode) -> bool:
    """Whether a line is drawn through all that the element holds (删除线)."""
    if node.tag in _STRUCK:
        return True
    return bool(node.is_element_node) and _STRIKING.search(node.attributes.get("style") or "") is not None


def _element(node: LexborNode, depth: int) -> Element:
    if node.is_text_node:
        return Element("", node.text_content or "", depth)
    tag, found = node.tag or "", node.attributes
    marks = f"{found.get('id') or ''} {found.get('class') or ''}".strip() if found else ""
    block = bool(found) and _AS_BLOCK.search(found.get("style") or "") is not None
    if tag in ("td", "th"):
        return Element(tag, "", depth, marks, _count(found.get("rowspan"), 0), _count(found.get("colspan"), 1), block)
    return Element(tag, "", depth, marks, block=block)


def _count(written: str | None, least: int) -> int:
    """What rowspan or colspan says, within reason; 0 rows means all that follow."""
    digits = re.match(r"\s*(\d{1,5})", written or "")
    return min(max(int(digits[1]), least), 1000) if digits else 1


def _prose(text: str) -> int:
    """Characters of a text that reads like prose: it has punctuation, or is longer than a label."""
    squeezed = len("".join(text.split()))
    return squeezed if squeezed > 15 or any(mark in text for mark in "，。；、：（《") else 0
