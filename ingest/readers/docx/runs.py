"""What one paragraph of a .docx says, as it is shown: changes accepted, fields by their result, hidden text apart."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ingest.readers.docx.numbering import joined
from ingest.readers.docx.styles import Styles, hides, strikes
from ingest.readers.docx.xml import MC, M, W, alternative, child_value, is_contents

PAGE = "\f"
"""Stands where Word, when it last laid the file out, began a new page."""

# Rejected or earlier states, settings, and the pronunciation that is set above characters.
_UNREAD = frozenset(
    W + name
    for name in (
        "pPr",
        "rPr",
        "sdtPr",
        "sdtEndPr",
        "moveFrom",
        "delText",
        "delInstrText",
        "rt",
        "object",
        "fldData",
        "customXmlPr",
        "smartTagPr",
        "rubyPr",
    )
)
_SHOWN, _HIDDEN, _STRUCK = 0, 1, 2
"""How a run looks: as any text, hidden (隐藏文字), struck through (删除线) and so no longer said."""

# Characters of a field's instruction that are kept: its first word says what it is.
_INSTRUCTION = 100
_CHARACTERS = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_NOTES = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}


@dataclass
class GatheredText:
    """What a paragraph holds, as it is gathered: its text in `parts`, with LF for a soft line break and `PAGE` for a
    new page, the hidden text and the struck one, the notes it refers to as (`footnote` or `endnote`, id), and its
    text boxes."""

    parts: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    bare: bool = False
    level: int | None = None
    _numbered: int = 0

    def add(self, other: GatheredText) -> None:
        """Appends what a further paragraph holds."""
        self.parts += other.parts
        self.hidden += other.hidden
        self.struck += other.struck
        self.notes += other.notes
        self.boxes += other.boxes

    def number(self, label: str) -> None:
        """Puts an automatic number in front of the text since the last one, after a page break if it begins so."""
        text = "".join(self.parts[self._numbered :])
        said = text.lstrip(PAGE)
        self.bare = self._numbered == 0 and not said.strip()
        self.parts[self._numbered :] = [text[: len(text) - len(said)] + joined(label, said)]
        self._numbered = len(self.parts)


@dataclass
class _Field:
    """A field that is open: the beginning of its instruction, and whether what is read now shows: its result does,
    where it stands in no field that does not."""

    around_shown: bool
    instruction: str = ""
    shown: bool = False

    def begin_result(self) -> None:
        """A table of contents repeats the headings with page numbers: it is left out like a running head."""
        self.shown = self.around_shown and self.instruction.split()[:1] != ["TOC"]


class RunReader:
    """Reads paragraph after paragraph of one story; a field may begin in one and end in another."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._fields: list[_Field] = []

    def read(self, paragraph: Element) -> GatheredText:
        """The line that a `w:p` holds."""
        line = GatheredText()
        style = child_value(paragraph.find(W + "pPr"), "pStyle") or self._styles.default
        self._walk(paragraph, line, _look(self._styles.hides(style), self._styles.strikes(style)))
        return line

    def _walk(self, element: Element, line: GatheredText, look: int) -> None:
        for child in element:
            if child.tag in _UNREAD or (child.tag == W + "sdt" and is_contents(child)):
                continue
            if child.tag == W + "r":
                self._walk(child, line, self._look_of(child, look))
            elif child.tag == W + "del":
                line.struck.extend(deleted.text or "" for deleted in child.iter(W + "delText"))
            elif child.tag == W + "txbxContent":
                line.boxes.append(child)
            elif child.tag == MC + "AlternateContent":
                branch = alternative(child)
                if branch is not None:
                    self._walk(branch, line, look)
            elif child.tag == W + "fldSimple":
                self._simple_field(child, line, look)
            elif not self._leaf(child, line, look):
                self._walk(child, line, look)

    def _leaf(self, child: Element, line: GatheredText, look: int) -> bool:
        """Takes what has no children of interest. Gives whether it did."""
        tag = child.tag
        if tag in (W + "t", M + "t"):
            self._say(child.text or "", line, look)
        elif tag in _CHARACTERS:
            self._say(_CHARACTERS[tag], line, look)
        elif tag == W + "sym":
            self._say(_symbol(child), line, look)
        elif tag == W + "lastRenderedPageBreak":
            line.parts.append(PAGE)
        elif tag == W + "fldChar":
            self._field_mark(child.get(W + "fldCharType", ""))
        elif tag == W + "instrText":
            if self._fields and len(self._fields[-1].instruction) < _INSTRUCTION:
                self._fields[-1].instruction += child.text or ""
        elif tag in _NOTES:
            if look == _SHOWN:
                line.notes.append((_NOTES[tag], child.get(W + "id", "")))
        else:
            return False
        return True

    def _say(self, text: str, line: GatheredText, look: int) -> None:
        if self._shown:
            (line.parts, line.hidden, line.struck)[look].append(text)

    @property
    def _shown(self) -> bool:
        return not self._fields or self._fields[-1].shown

    def _field_mark(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(_Field(self._shown))
        elif kind == "separate" and self._fields:
            self._fields[-1].begin_result()
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _simple_field(self, element: Element, line: GatheredText, look: int) -> None:
        self._fields.append(_Field(self._shown, element.get(W + "instr", "")))
        self._fields[-1].begin_result()
        self._walk(element, line, look)
        self._fields.pop()

    def _look_of(self, run: Element, inherited: int) -> int:
        """What the run says of itself, else its own style, else its paragraph."""
        properties = run.find(W + "rPr")
        style = child_value(properties, "rStyle") or ""
        hidden, struck = hides(properties), strikes(properties)
        if hidden is None:
            hidden = inherited == _HIDDEN or self._styles.hides(style)
        if struck is None:
            struck = inherited == _STRUCK or self._styles.strikes(style)
        return _look(hidden, struck)


def _look(hidden: bool, struck: bool) -> int:
    return _HIDDEN if hidden else _STRUCK if struck else _SHOWN


def _symbol(element: Element) -> str:
    """A character of a symbol font; those of the private use area have no meaning outside of their font."""
    try:
        character = chr(int(element.get(W + "char", ""), 16))
    except (ValueError, OverflowError):
        return ""
    return "" if "\ue000" <= character <= "\uf8ff" else character
