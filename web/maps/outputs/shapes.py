"""What pictures of maps are made of (图形): rectangles, lines of text, the marks of roles, each as SVG and escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from ingest.model import Role
from web.maps.outputs.naming import palette
from web.words.harmless import harmless

MARGIN, TOP = 24, 112
"""What lies around a picture, and the height of its title, notes and legend."""
_FONT = "Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif"


@dataclass(frozen=True)
class SvgWords:
    """What the picture says besides the plan: marks and words of roles, the legend's other entries, lines of notes."""

    marks: Mapping[Role, str]
    roles: Mapping[Role, str]
    inferred: str
    sum: str
    lead: str
    unled: str
    rest: str
    first: str
    notes: Sequence[str]


def mark(x: float, y: float, role: Role, mark: str, inferred: bool = False) -> Iterator[str]:
    """牵 filled, 责 outlined, 配 dashed; 推定 with a corner."""
    accent, paper = palette()["accent"], palette()["paper"]
    dash = ' stroke-dasharray="3 2"' if role == "support" else ""
    fill = accent if role == "lead" else paper
    look = f'rx="2" fill="{fill}" stroke="{accent}" stroke-width="1.5"{dash}'
    yield f'<rect x="{x}" y="{y}" width="20" height="20" {look}/>'
    yield text(x + 10, y + 15, mark, anchor="middle", weight=700, fill="on-accent" if role == "lead" else "accent")
    if inferred:
        yield f'<path d="M{x + 13} {y}h7v7z" fill="{palette()["doubt"]}"/>'


def tones(x: float, y: float, said: str) -> Iterator[str]:
    """The five tones with the numbers that they stand for, the last one half led, and what that means."""
    for n, number in enumerate(("1", "2–3", "4–7", "8–15", "16+")):
        yield rect(x + 36 * n, y, 36, 20, palette()[f"tone-{n + 1}"])
        yield text(x + 36 * n + 18, y + 14, number, anchor="middle", size=12, fill="tone-ink")
    yield rect(x + 144, y + 17, 36, 5, palette()["paper"])
    yield rect(x + 144, y + 18, 18, 3, palette()["accent"])
    yield text(x + 188, y + 15, said)


def svg_page(title: str, width: float, height: float, parts: Iterable[str]) -> str:
    """A picture of parts on paper, that stands alone; it is never narrower than its title and legend need."""
    width = max(width, 900)
    return "".join((
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" font-family="{_FONT}" font-size="13">',
        f"<title>{safe(title)}</title>", rect(0, 0, width, height, palette()["paper"]), *parts, "</svg>",
    ))  # fmt: skip


def heading(title: str, words: SvgWords) -> Iterator[str]:
    """Title and source of a picture."""
    yield text(MARGIN, MARGIN + 20, title, size=20, weight=700)
    yield text(MARGIN, MARGIN + 44, " · ".join(words.notes), fill="quiet")


def arrow(colour: str) -> str:
    """The head of lines that are marked `url(#arrow)`."""
    return (
        '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
        f'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z" fill="{palette()[colour]}"/>'
        "</marker></defs>"
    )


def rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{fill}"/>'


def text(x: float, y: float, said: str, **look: str | int) -> str:
    """A line of text; `look` has `size`, `weight`, `anchor` and the name of a colour, `fill`."""
    names = {"size": "font-size", "weight": "font-weight", "anchor": "text-anchor"}
    others = "".join(f' {names[name]}="{value}"' for name, value in look.items() if name in names)
    return f'<text x="{x:g}" y="{y:g}" fill="{palette()[str(look.get("fill", "ink"))]}"{others}>{safe(said)}</text>'


def safe(said: str) -> str:
    """A text as XML takes it: characters that it may not hold, and those that turn the writing, are replaced."""
    return escape(harmless(said).translate(dict.fromkeys((0x0B, 0x0C, 0xFFFE, 0xFFFF), "\ufffd")))
