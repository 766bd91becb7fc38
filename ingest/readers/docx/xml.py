"""Small words for WordprocessingML trees: names, values, switches, and children seen through their wrappers."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

# What stands around paragraphs, rows and cells without changing what they say.
_WRAPPERS = frozenset(W + name for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"))
_OFF = frozenset(("0", "false", "off"))


def child_value(element: Element | None, name: str) -> str | None:
    """The `w:val` of a child, None where there is no such child or value."""
    child = None if element is None else element.find(W + name)
    return None if child is None else child.get(W + "val")


def is_on(element: Element | None) -> bool:
    """Whether a switch such as `w:vanish` is there and not switched off."""
    return element is not None and element.get(W + "val", "1") not in _OFF


def is_contents(element: Element) -> bool:
    """Whether a content control is Word's own table of contents (目录)."""
    gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(W + "val") == "Table of Contents"


def alternative(element: Element) -> Element | None:
    """The branch of an `mc:AlternateContent` to read: the first that holds text, so that a text box counts once."""
    branches = [branch for branch in element if branch.tag in (MC + "Choice", MC + "Fallback")]
    return next((branch for branch in branches if next(branch.iter(W + "t"), None) is not None), None)


def unwrapped(parent: Element) -> Iterator[Element]:
    """The children of `parent`; a content control, an accepted insertion … is replaced by what it holds."""
    for child in parent:
        if child.tag in _WRAPPERS:
            if not is_contents(child):
                yield from unwrapped(child)
        elif child.tag == MC + "AlternateContent":
            branch = alternative(child)
            if branch is not None:
                yield from unwrapped(branch)
        else:
            yield child
