"""Writes a .ofd after GB/T 33190-2016: a TextObject a line, an offset for each character, glyph numbers,
template pages, rules; packed with deflate.

Places are millimetres from the page's upper left corner; text is 5.6 mm high (三号), A4 unless said otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

from tests.support.docx_writer import packed

EM = 5.6
LEFT, TOP, LEADING = 28.0, 37.0, 9.8
COLUMNS = 28
"""Characters to a full line, as GB/T 9704-2012 has them."""

_TEXT_CODE = re.compile(r"<ofd:TextCode ([^>]*)>([^<]*)</ofd:TextCode>")
_NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def ofd(
    pages: Sequence[str],
    *,
    templates: Sequence[str] = (),
    size: tuple[float, float] = (210.0, 297.0),
    units: Sequence[str] = (),
    namespace: str = _NAMESPACE,
) -> bytes:
    """A file of these pages, each the XML of its objects; every page is drawn over all template pages.

    `units` are the insides of composite graphic units, which the pages draw by `composite`.
    """

    def tree(name: str, inside: str) -> bytes:
        return f'<?xml version="1.0" encoding="UTF-8"?><ofd:{name} {namespace}>{inside}</ofd:{name}>'.encode()

    used = "".join(f'<ofd:Template TemplateID="{900 + n}" ZOrder="Background"/>' for n in range(len(templates)))
    area = f"<ofd:PageArea><ofd:PhysicalBox>0 0 {size[0]} {size[1]}</ofd:PhysicalBox></ofd:PageArea>"
    listed = "".join(
        f'<ofd:TemplatePage ID="{900 + n}" BaseLoc="Tpls/Tpl_{n}/Content.xml"/>' for n in range(len(templates))
    )
    area += "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>" if units else ""
    held = "".join(
        f'<ofd:CompositeGraphicUnit ID="{800 + n}" Width="420" Height="594"><ofd:Content>{inside}</ofd:Content>'
        "</ofd:CompositeGraphicUnit>"
        for n, inside in enumerate(units)
    )
    places = "".join(f'<ofd:Page ID="{n + 1}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    files = {
        "OFD.xml": tree("OFD", "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"),
        "Doc_0/Document.xml": tree(
            "Document", f"<ofd:CommonData>{area}{listed}</ofd:CommonData><ofd:Pages>{places}</ofd:Pages>"
        ),
    }
    if units:
        files["Doc_0/DocumentRes.xml"] = tree("Res", f"<ofd:CompositeGraphicUnits>{held}</ofd:CompositeGraphicUnits>")
    for n, content in enumerate(templates):
        files[f"Doc_0/Tpls/Tpl_{n}/Content.xml"] = tree("Page", _layer(content))
    for n, content in enumerate(pages):
        files[f"Doc_0/Pages/Page_{n}/Content.xml"] = tree("Page", used + _layer(content))
    return packed(files)


def composite(unit: int, *, scale: float = 1.0, x: float = 0.0, y: float = 0.0) -> str:
    """An object that draws a composite graphic unit, scaled, its corner at (x, y)."""
    return (
        f'<ofd:CompositeObject ID="1" ResourceID="{800 + unit}" Boundary="{x:g} {y:g} 210 297" '
        f'CTM="{scale:g} 0 0 {scale:g} 0 0"/>'
    )


def line(text: str, x: float, y: float, *, em: float = EM, extra: str = "", code: str = "", inside: str = "") -> str:
    """A TextObject that begins at `x` on the baseline `y`; `extra` and `code` add attributes to it and its TextCode."""
    steps = " ".join(f"{em if ord(one) > 0x2E7F else em / 2:g}" for one in text[:-1])
    offsets = code or (f'DeltaX="{steps}"' if steps else "")
    return (
        f'<ofd:TextObject ID="1" Font="1" Size="{em:g}" Boundary="{x:g} {y - em:g} 170 {1.3 * em:g}" {extra}>{inside}'
        f'<ofd:TextCode X="0" Y="{em:g}" {offsets}>{escape(text)}</ofd:TextCode></ofd:TextObject>'
    )


def with_glyphs(content: str, run: int = 3) -> str:
    """The objects with CGTransforms: after the first character, glyph numbers for each run of so many characters."""
    return _TEXT_CODE.sub(lambda found: _glyphs(len(found[2]), run) + found[0], content)


def _glyphs(characters: int, run: int) -> str:
    runs = [(start, min(run, characters - start)) for start in range(1, characters, run)]
    return "".join(
        f'<ofd:CGTransform CodePosition="{start}" CodeCount="{count}" GlyphCount="{count}">'
        f"<ofd:Glyphs>{' '.join(str(100 + start + n) for n in range(count))}</ofd:Glyphs></ofd:CGTransform>"
        for start, count in runs
    )


def paragraphs(*texts: str, top: float = TOP) -> str:
    """Paragraphs set with an indent of two characters in lines of `COLUMNS` characters, one below the other."""
    objects = []
    y = top
    for text in texts:
        indented = "　　" + text
        for start in range(0, len(indented), COLUMNS):
            row = indented[start : start + COLUMNS]
            said = row.lstrip("　")
            objects.append(line(said, LEFT + EM * (len(row) - len(said)), y))
            y += LEADING
    return "".join(objects)


def rule(x0: float, y0: float, x1: float, y1: float) -> str:
    """A stroked ruling line."""
    return (
        f'<ofd:PathObject ID="1" Boundary="{x0:g} {y0:g} {x1 - x0:g} {y1 - y0:g}" LineWidth="0.3">'
        f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0:g} {y1 - y0:g}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def ruled_table(rows: Sequence[Sequence[str]], *, top: float = 60.0, width: float = 40.0, height: float = 12.0) -> str:
    """A table with all its lines, one line of text to a cell."""
    across, down = len(rows[0]), len(rows)
    lines = [rule(LEFT, top + height * n, LEFT + width * across, top + height * n) for n in range(down + 1)]
    lines += [rule(LEFT + width * n, top, LEFT + width * n, top + height * down) for n in range(across + 1)]
    texts = [
        line(text, LEFT + width * column + 2, top + height * place + 8, em=4.0)
        for place, cells in enumerate(rows)
        for column, text in enumerate(cells)
        if text
    ]
    return "".join(lines + texts)


def _layer(content: str) -> str:
    return f'<ofd:Content><ofd:Layer ID="1" Type="Body">{content}</ofd:Layer></ofd:Content>'
