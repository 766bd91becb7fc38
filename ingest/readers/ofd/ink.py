"""What stands on a page of a .ofd: characters and ruling lines, each with its place (GB/T 33190-2016, clauses 8–11).

Places come in millimetres from the page's upper left corner and leave in points, as from a PDF.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ingest.page.ink import MAX_CHARACTERS, MAX_OBJECTS, THIN, Box, Char, Ink, is_faint, main_direction
from ingest.readers.ofd.package import MAX_NESTED, OfdPage, box_of, numbers_of
from ingest.reading import is_cjk

_POINTS = 72 / 25.4

# What stands for a character that only the embedded font knows.
_PLACEHOLDER = "¤"
_ESCAPED = re.compile(r"\\([0-9A-Fa-f]{4})")
_LAYOUT = re.compile(r"(?<!\s)\s*\n\s*")

# Words of a path that are looked at: as many objects as a page may have, each a line.
MAX_PATH = 6 * MAX_OBJECTS

# A Latin character further from the next than this share of its size is the last of its word.
_LATIN_GAP = 1.1


@dataclass(frozen=True)
class Placement:
    """How an object's own places become places on the page: by its matrix, then by its boundary's corner."""

    matrix: tuple[float, float, float, float, float, float]
    x: float
    y: float

    def within(self, outer: Placement) -> Placement:
        """How the object's places become places on the page where it is drawn as a part of an outer one."""
        a, b, c, d, e, f = self.matrix
        p, q, r, s, t, u = outer.matrix
        e, f = e + self.x, f + self.y
        linear = (p * a + r * b, q * a + s * b, p * c + r * d, q * c + s * d)
        return Placement((*linear, p * e + r * f + t, q * e + s * f + u), outer.x, outer.y)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A place in points."""
        a, b, c, d, e, f = self.matrix
        return (self.x + a * x + c * y + e) * _POINTS, (self.y + b * x + d * y + f) * _POINTS

    @property
    def direction(self) -> int:
        """The direction in which text runs, in degrees clockwise: a right angle if it is near one."""
        degrees = math.degrees(math.atan2(self.matrix[1], self.matrix[0]))
        square = round(degrees / 90) * 90
        return (square if abs(degrees - square) < 8 else round(degrees / 15) * 15) % 360

    @property
    def height(self) -> float:
        """Points that one unit of the object's own is high."""
        return math.hypot(self.matrix[2], self.matrix[3]) * _POINTS


_PAGE = Placement((1.0, 0.0, 0.0, 1.0, 0.0, 0.0), 0.0, 0.0)
"""What is drawn on the page itself."""


def placement(element: Element, outer: Placement = _PAGE) -> Placement | None:
    """Where an object stands; None where its boundary is missing."""
    boundary = box_of(element.get("Boundary"))
    if boundary is None:
        return None
    m = numbers_of(element.get("CTM"))
    matrix = (m[0], m[1], m[2], m[3], m[4], m[5]) if len(m) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    here = Placement(matrix, boundary[0], boundary[1])
    return here if outer is _PAGE else here.within(outer)


def page_ink(page: OfdPage, number: int) -> Ink:
    """The page's characters by the direction in which they run, its ruling lines and its pictures."""
    groups: dict[int, list[Char]] = {}
    rules: list[Box] = []
    pictures: list[Box] = []
    mute = total = 0
    drawn = (found for layer in page.layers for found in _drawn(layer, page.units, _PAGE, 0))
    for element, outer in drawn:
        place = placement(element, outer)
        if place is None:
            continue
        if element.tag == "TextObject" and total < MAX_CHARACTERS:
            chars, without_text = _text(element, place, MAX_CHARACTERS - total)
            groups.setdefault(place.direction, []).extend(chars)
            total += len(chars) + without_text
            mute += without_text
        elif element.tag == "PathObject" and len(rules) < MAX_OBJECTS:
            rules += _rules(element, place)
        elif element.tag == "ImageObject" and len(pictures) < MAX_OBJECTS:
            pictures.append(_boundary(element, outer))
    main = main_direction(
        {key: (len({char.text for char in group if not char.faint}), len(group)) for key, group in groups.items()}
    )
    frame = _Frame(main, page.width * _POINTS, page.height * _POINTS)
    others = [key for key in groups if key != main and groups[key]]
    turned = tuple(
        tuple(_Frame(key, page.width * _POINTS, page.height * _POINTS).char(char) for char in groups[key])
        for key in others
    )
    return Ink(
        number,
        frame.width,
        frame.height,
        tuple(frame.char(char) for char in groups.get(main, [])),
        turned,
        tuple(map(frame.box, rules)),
        tuple(map(frame.box, pictures)),
        mute,
        tuple((main - key) % 360 for key in others),
    )


class _Frame:
    """Turns a page so that text of one direction runs from left to right."""

    def __init__(self, direction: int, width: float, height: float) -> None:
        angle = math.radians(direction)
        self._upright = direction == 0
        self._cos, self._sin = math.cos(angle), math.sin(angle)
        self._x = self._y = 0.0
        corners = [self._point(x, y) for x in (0.0, width) for y in (0.0, height)]
        self._x, self._y = min(x for x, _ in corners), min(y for _, y in corners)
        self.width = max(x for x, _ in corners) - self._x
        self.height = max(y for _, y in corners) - self._y

    def char(self, char: Char) -> Char:
        """A character whose `x1` is still as far from `x0` as it is wide."""
        if self._upright:
            return char
        x, y = self._point(char.x0, char.y)
        return Char(char.text, x, x + char.x1 - char.x0, y, char.em, char.spaced, char.faint)

    def box(self, box: Box) -> Box:
        """A rectangle."""
        if self._upright:
            return box
        (x0, y0), (x1, y1) = self._point(box.x0, box.top), self._point(box.x1, box.bottom)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def _point(self, x: float, y: float) -> tuple[float, float]:
        return x * self._cos + y * self._sin - self._x, y * self._cos - x * self._sin - self._y


def _drawn(
    element: Element, units: Mapping[str, Element], outer: Placement, depth: int
) -> Iterator[tuple[Element, Placement]]:
    """The visible objects inside an element, in drawing order, each with what it is drawn in: page or composite."""
    for child in element:
        if child.get("Visible") == "false" or child.get("Alpha") == "0":
            continue
        if child.tag in ("TextObject", "PathObject", "ImageObject"):
            yield child, outer
        elif child.tag in ("Content", "Layer", "PageBlock"):
            yield from _drawn(child, units, outer, depth)
        elif child.tag == "CompositeObject" and depth < MAX_NESTED:
            unit, place = units.get(child.get("ResourceID", "")), placement(child, outer)
            if unit is not None and place is not None:
                yield from _drawn(unit, units, place, depth + 1)


def _text(element: Element, place: Placement, most: int) -> tuple[list[Char], int]:
    """The characters of a TextObject, of `most` of its text, and how many it draws without saying which they are."""
    # Some writers spell the attribute `size`.
    size = (numbers_of(element.get("Size") or element.get("size")) or [0.0])[0]
    stretch = (numbers_of(element.get("HScale")) or [1.0])[0] or 1.0
    if size <= 0:
        return [], 0
    wide = math.hypot(place.matrix[0], place.matrix[1]) * _POINTS
    chars: list[Char] = []
    mute, faint = 0, _is_faint(element)
    x = y = 0.0
    for code in element.iterfind("TextCode"):
        x, y = (numbers_of(code.get("X")) or [x])[0], (numbers_of(code.get("Y")) or [y])[0]
        text = _said("".join(code.itertext()))[:most]
        most -= len(text)
        spaced = False
        for character, at_x, at_y, advance in _places(text, code, x, y, size * stretch):
            if character.isspace():
                spaced = True
                continue
            if character == _PLACEHOLDER or "\ue000" <= character <= "\uf8ff" or character == "\ufffd":
                mute += 1
                continue
            left, baseline = place.point(at_x, at_y)
            chars.append(Char(character, left, left + advance * wide, baseline, size * place.height, spaced, faint))
            spaced = False
    return chars, mute


def _is_faint(element: Element) -> bool:
    """Whether a TextObject fills its characters with a pale colour; without one they are black."""
    colour = element.find("FillColor")
    parts = numbers_of("" if colour is None else colour.get("Value"))
    shares = (0.3, 0.59, 0.11) if len(parts) == 3 else (1.0,) * len(parts) if len(parts) == 1 else ()
    light = sum(share * part for share, part in zip(shares, parts, strict=False)) / 255
    alphas = [element.get("Alpha"), None if colour is None else colour.get("Alpha")]
    opaque = min([numbers[0] for numbers in map(numbers_of, alphas) if numbers], default=255.0) / 255
    return is_faint(light, opaque)


def _said(text: str) -> str:
    """The text of a TextCode without the line breaks of a pretty-printed file, escapes resolved."""
    if "\n" in text:
        text = _LAYOUT.sub("", text)
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "\\" in text else text


def _places(text: str, code: Element, x: float, y: float, em: float) -> Iterator[tuple[str, float, float, float]]:
    """Each character with its place and width in the object's own units.

    A text without offsets would be drawn on one spot: its characters are set one after another.
    """
    steps_x = expanded(code.get("DeltaX"), len(text) - 1)
    steps_y = expanded(code.get("DeltaY"), len(text) - 1)
    still = not any(steps_x) and not any(steps_y)
    for index, character in enumerate(text):
        body = em if is_cjk(character) else _latin_width(character) * em
        step = body if still else steps_x[index] if index < len(steps_x) else 0.0
        yield character, x, y, _width(body, step, em)
        x += step
        y += steps_y[index] if index < len(steps_y) else 0.0


def _latin_width(character: str) -> float:
    """About how wide a Latin character is, in characters, where the file does not say where the next one stands."""
    if character in "mwMW%@":
        return 0.85
    if character in "ijlI.,;:!|'()[]":
        return 0.3
    return 0.7 if character.isupper() else 0.5


def _width(body: float, step: float, em: float) -> float:
    """How wide a character is: as far as the next one, unless that stands apart."""
    if step <= 0 or step >= _LATIN_GAP * em:
        return body
    return step if body < em else min(body, step)


def expanded(text: str | None, count: int) -> list[float]:
    """The offsets of a DeltaX or DeltaY, at most `count`: `g 3 4.5` stands for 4.5 4.5 4.5.

    Where they are fewer than the characters, the last one holds on. Empty where there are none or one is no number.
    """
    words = (text or "").split()
    steps: list[float] = []
    index = 0
    while index < len(words) and len(steps) < count:
        repeated = words[index] == "g" and index + 2 < len(words) and words[index + 1].isdecimal()
        times = min(int(words[index + 1][:9]), count - len(steps)) if repeated else 1
        value = numbers_of(words[index + 2 if repeated else index])
        if not value:
            return []
        steps += value * times
        index += 3 if repeated else 1
    return steps + steps[-1:] * (count - len(steps))


def _boundary(element: Element, outer: Placement) -> Box:
    x, y, width, height = box_of(element.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
    (x0, y0), (x1, y1) = outer.point(x, y), outer.point(x + width, y + height)
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _rules(element: Element, place: Placement) -> list[Box]:
    """The straight level and upright lines of a PathObject: stroked segments, or a thin filled outline as one line."""
    outlines = [[place.point(x, y) for x, y in outline] for outline in _outlines(element.findtext("AbbreviatedData"))]
    if element.get("Stroke") != "false":
        pairs = [pair for outline in outlines for pair in zip(outline, outline[1:], strict=False)]
        boxes = [Box(min(a, c), min(b, d), max(a, c), max(b, d)) for (a, b), (c, d) in pairs]
        return [box for box in boxes if min(box.width, box.height) < 0.5 < max(box.width, box.height)]
    if element.get("Fill") != "true":
        return []
    boxes = [
        Box(min(x for x, _ in o), min(y for _, y in o), max(x for x, _ in o), max(y for _, y in o)) for o in outlines
    ]
    return [box for box in boxes if min(box.width, box.height) <= THIN < max(box.width, box.height)]


def _outlines(data: str | None) -> list[list[tuple[float, float]]]:
    """The corners of an abbreviated path (clause 9.1): M begins an outline, L draws a line, C closes; curves jump."""
    outlines: list[list[tuple[float, float]]] = []
    words = (data or "").split(None, MAX_PATH)
    index = 0
    while index < len(words):
        operator = words[index]
        count = _OPERANDS.get(operator, 0)
        end = numbers_of(" ".join(words[index + 1 : index + 1 + count]))
        if operator == "C" and outlines:
            outlines[-1].append(outlines[-1][0])
        elif len(end) == count and count:
            if operator == "L" and outlines:
                outlines[-1].append((end[0], end[1]))
            else:
                outlines.append([(end[-2], end[-1])])
        index += 1 + count
    return outlines


_OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7}
