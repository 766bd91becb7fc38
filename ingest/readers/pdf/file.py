"""PDF files → what stands on their pages (PDF 文件). The only home of pypdfium2."""

from __future__ import annotations

import ctypes
import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from ingest.errors import DamagedFile, LockedFile
from ingest.page.ink import MAX_CHARACTERS, MAX_OBJECTS, THIN, Box, Char, Ink, is_faint, main_direction

# PDFium keeps one global state and may run in one thread at a time.
_PDFIUM = threading.Lock()

# How PDFium marks a hyphen that ends a line.
_LINE_END_HYPHENS = frozenset((0x02, 0xFFFE))
_BLANKS = frozenset((0x20, 0xA0, 0x3000))

_DOTS = 200 / 72
"""Dots a point of a page's picture: below that small type is misread, above it nothing is gained."""
_MARKS = frozenset("、。，；：！？．")
_INK = 0.62
"""The width of a mark, in that of the Chinese character before it, below which it is no mark's but its ink's."""
_LONGEST_SIDE = 3400
"""Dots that a picture's longer side has at most: a sheet of A3."""

Matrix = tuple[float, float, float, float, float, float]
# Characters as the file places them: text, origin (x, y), body (left, bottom, right, top), whether after a blank,
# whether in a pale colour.
_Found = list[tuple[str, float, float, float, float, float, float, bool, bool]]

_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@contextmanager
def open_pdf(data: bytes, name: str) -> Iterator[Any]:
    """The opened document, closed at the end; no other thread reads a PDF meanwhile.

    Raises DamagedFile where PDFium finds no document, LockedFile where it needs a password.
    """
    with _PDFIUM:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            if error.err_code == raw.FPDF_ERR_PASSWORD:
                raise LockedFile(path=name, format="pdf-password") from error
            raise DamagedFile(path=name, reason=str(error)) from error
        try:
            yield document
        finally:
            document.close()


def read_ink(document: Any, number: int) -> Ink:
    """Page `number` (from 1) of an opened document. A page that PDFium cannot load is empty."""
    try:
        page = document[number - 1]
    except pdfium.PdfiumError:
        return Ink(number, 0.0, 0.0, ())
    left, bottom, right, top = page.get_bbox()
    textpage = page.get_textpage()
    try:
        groups, mute = _chars_by_direction(textpage.raw, (left, bottom, right, top))
        rules, pictures = _drawn(page.raw)
    finally:
        textpage.close()
        page.close()
    main = main_direction(
        {key: (len({found[0] for found in groups[key] if not found[-1]}), len(groups[key])) for key in groups}
    )
    frame = _Frame(main, left, bottom, right, top)
    others = [key for key in groups if key != main]
    return Ink(
        number,
        frame.width,
        frame.height,
        frame.chars(groups.get(main, [])),
        tuple(_Frame(key, left, bottom, right, top).chars(groups[key]) for key in others),
        tuple(map(frame.box, rules)),
        tuple(map(frame.box, pictures)),
        mute,
        tuple((key - main) % 360 for key in others),
    )


def picture_of(document: Any, number: int) -> tuple[Any, float]:
    """Page `number` as a picture, rows of dots of three colours, and how many dots make a point (200 to an inch)."""
    page = document[number - 1]
    try:
        scale = min(_DOTS, _LONGEST_SIDE / max(*page.get_size(), 1.0))
        return page.render(scale=scale).to_numpy().copy(), scale
    finally:
        page.close()


class _Frame:
    """Turns places of the file (y up) into places on the page as it is read (y down)."""

    def __init__(self, direction: int, left: float, bottom: float, right: float, top: float) -> None:
        angle = math.radians(direction)
        self.cos, self.sin = math.cos(angle), math.sin(angle)
        self.x, self.y = 0.0, 0.0
        corners = [self.point(x, y) for x in (left, right) for y in (bottom, top)]
        self.x, self.y = min(x for x, _ in corners), min(y for _, y in corners)
        self.width = max(x for x, _ in corners) - self.x
        self.height = max(y for _, y in corners) - self.y

    def point(self, x: float, y: float) -> tuple[float, float]:
        return x * self.cos + y * self.sin - self.x, x * self.sin - y * self.cos - self.y

    def box(self, found: Box) -> Box:
        x0, y0 = self.point(found.x0, found.top)
        x1, y1 = self.point(found.x1, found.bottom)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def chars(self, found: _Found) -> tuple[Char, ...]:
        """The characters, upright. A Latin character takes the size of the Chinese ones that it stands among.

        Where a font's boxes are as high as the ink (一, commas), Chinese characters have their width.
        """
        cos, sin, x, y = self.cos, self.sin, self.x, self.y
        upright: list[Char] = []
        size = 0.0
        for text, across, up, left, bottom, right, top, spaced, faint in found:
            # As `point` does it, for two corners of the body; written out, since it runs for each character.
            begin, end = left * cos + top * sin - x, right * cos + bottom * sin - x
            height = abs((right - left) * sin + (top - bottom) * cos)
            x0 = across * cos + up * sin - x
            x1 = end if end > begin else begin
            if "\u3400" <= text <= "\u9fff" and begin != end:
                size = abs(end - begin)
            elif text in _MARKS and x1 - x0 < _INK * size:
                x1 = x0 + size  # Where a font states no widths PDFium measures the ink of a comma.
            least = 0.0 if text >= "\u2e80" else 0.4 * size
            em = size if least < height < 1.7 * size else height or size
            upright.append(Char(text, x0, x1 if x1 > x0 else x0, across * sin - up * cos - y, em or 1.0, spaced, faint))
        return tuple(upright)


def _chars_by_direction(textpage: Any, page: tuple[float, float, float, float]) -> tuple[dict[int, _Found], int]:
    """The page's visible characters by the direction (degrees) in which they run, and how many have no text."""
    left, bottom, right, top = page
    x, y, loose = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    to_x, to_y, to_loose = ctypes.byref(x), ctypes.byref(y), ctypes.byref(loose)
    groups: dict[int, _Found] = {}
    group: _Found = []
    mute, high, spaced, height, faint = 0, 0, False, math.nan, False
    for index in range(min(raw.FPDFText_CountChars(textpage), MAX_CHARACTERS)):
        code = raw.FPDFText_GetUnicode(textpage, index)
        if code in _LINE_END_HYPHENS:
            code = ord("-")
        elif code in _BLANKS or code < 0x20:
            mute += code == 0
            spaced = True
            continue
        # Without a table of its font (ToUnicode, a known collection) the number of a glyph would pass for a character.
        if raw.FPDFText_HasUnicodeMapError(textpage, index) == 1:
            mute += 1
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
            high = 0
        raw.FPDFText_GetCharOrigin(textpage, index, to_x, to_y)
        across, up = x.value, y.value
        if not (left - 1 <= across <= right + 1 and bottom - 1 <= up <= top + 1):
            continue
        # What stands at the very height of the character before runs as that one does.
        if up != height:
            # PDFium counts angles clockwise.
            group = groups.setdefault(_direction(-raw.FPDFText_GetCharAngle(textpage, index)), [])
            height, faint = up, _is_faint(textpage, index)
        raw.FPDFText_GetLooseCharBox(textpage, index, to_loose)
        group.append((chr(code), across, up, loose.left, loose.bottom, loose.right, loose.top, spaced, faint))
        spaced = False
    return groups, mute


def _is_faint(textpage: Any, index: int) -> bool:
    """Whether a character is drawn in a pale colour, or as through a veil."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFText_GetFillColor(textpage, index, red, green, blue, alpha):
        return False
    light = (0.3 * red.value + 0.59 * green.value + 0.11 * blue.value) / 255
    return is_faint(light, alpha.value / 255)


def _direction(radians: float) -> int:
    """An angle in whole degrees: to the nearest right angle if it is near one (a skewed scan), else to 15 degrees."""
    if not radians:
        return 0
    degrees = math.degrees(radians)
    square = round(degrees / 90) * 90
    return (square if abs(degrees - square) < 8 else round(degrees / 15) * 15) % 360


def _drawn(page: Any) -> tuple[list[Box], list[Box]]:
    """Ruling lines and pictures of a page, in the file's own places (`top` and `bottom` with y up)."""
    rules: list[Box] = []
    pictures: list[Box] = []
    for shape, matrix in islice(_objects(page), MAX_OBJECTS):
        kind = raw.FPDFPageObj_GetType(shape)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            rules += _rules_of(shape, matrix)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            pictures.append(_bounds(shape, matrix))
    return rules, pictures


def _objects(page: Any) -> Iterator[tuple[Any, Matrix]]:
    """The page's objects and those inside its forms, each with the matrix of the form that holds it."""
    for index in range(raw.FPDFPage_CountObjects(page)):
        yield from _inside(raw.FPDFPage_GetObject(page, index), _IDENTITY, 0)


def _inside(shape: Any, matrix: Matrix, depth: int) -> Iterator[tuple[Any, Matrix]]:
    if depth < 8 and raw.FPDFPageObj_GetType(shape) == raw.FPDF_PAGEOBJ_FORM:
        inner = _times(_matrix(shape), matrix)
        for index in range(raw.FPDFFormObj_CountObjects(shape)):
            yield from _inside(raw.FPDFFormObj_GetObject(shape, index), inner, depth + 1)
    else:
        yield shape, matrix


def _matrix(shape: Any) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(shape, found):
        return _IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(one: Matrix, two: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _bounds(shape: Any, matrix: Matrix) -> Box:
    x0, y0, x1, y1 = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(shape, x0, y0, x1, y1)
    one, two = _apply(matrix, x0.value, y0.value), _apply(matrix, x1.value, y1.value)
    return Box(min(one[0], two[0]), min(one[1], two[1]), max(one[0], two[0]), max(one[1], two[1]))


def _rules_of(shape: Any, matrix: Matrix) -> list[Box]:
    """The straight level and upright lines of a path: each stroked segment, or a thin filled rectangle as one line."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(shape, fill, stroke)
    points = list(_points(shape, _times(_matrix(shape), matrix)))
    if stroke.value:
        return [Box(*one, *two) for start, one, two in _pairs(points) if _straight(one, two)]
    if not fill.value:
        return []
    thin = []
    for outline in _outlines(points):
        xs, ys = [x for x, _ in outline], [y for _, y in outline]
        box = Box(min(xs), min(ys), max(xs), max(ys))
        if min(box.width, box.height) <= THIN < max(box.width, box.height):
            thin.append(box)
    return thin


_Point = tuple[float, float]


def _points(shape: Any, matrix: Matrix) -> Iterator[tuple[bool, _Point, bool]]:
    """The corners of a path: whether a new outline begins there, where it stands, whether the outline closes."""
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(raw.FPDFPath_CountSegments(shape), MAX_OBJECTS)):
        segment = raw.FPDFPath_GetPathSegment(shape, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        begins = raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO
        yield begins, _apply(matrix, x.value, y.value), bool(raw.FPDFPathSegment_GetClose(segment))


def _outlines(points: list[tuple[bool, _Point, bool]]) -> list[list[_Point]]:
    found: list[list[_Point]] = []
    for begins, point, _ in points:
        if begins or not found:
            found.append([])
        found[-1].append(point)
    return found


def _pairs(points: list[tuple[bool, _Point, bool]]) -> Iterator[tuple[_Point, _Point, _Point]]:
    """Each segment of each outline (where the outline starts, one end, the other), closing ones too."""
    start = last = (0.0, 0.0)
    for begins, point, closes in points:
        if begins:
            start = point
        else:
            yield start, last, point
            if closes and point != start:
                yield start, point, start
        last = point


def _straight(one: _Point, two: _Point) -> bool:
    wide, high = abs(one[0] - two[0]), abs(one[1] - two[1])
    return min(wide, high) < 0.5 < max(wide, high)
