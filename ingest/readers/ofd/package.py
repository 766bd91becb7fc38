"""The files inside a .ofd (GB/T 33190-2016, clause 7): which documents, pages and template pages it holds, in order."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ingest.errors import DamagedFile
from ingest.files.zip import SafeZip

Boundary = tuple[float, float, float, float]
"""ST_Box: x, y, width, height in millimetres."""

# Template pages and composite objects are drawn again and again: together no more tags of them than these are looked
# at, three hundred on each of 3,000 pages. So many characters of text or path take as long as a tag.
MAX_TAGS = 1_000_000
_TAG = 100
# So deep may composite objects be drawn inside each other.
MAX_NESTED = 3

_A4: Boundary = (0.0, 0.0, 210.0, 297.0)


@dataclass(frozen=True)
class OfdPage:
    """A page: its size in millimetres and the trees that are drawn on it, template pages first.

    `units` are the CompositeGraphicUnits (复合图元, clause 13) that its objects may name, by id. `shared` is how many
    tags of template pages and units are looked at to draw it.
    """

    width: float
    height: float
    layers: tuple[Element, ...]
    units: Mapping[str, Element] = field(default_factory=dict)
    shared: int = 0


def read_pages(container: SafeZip) -> Iterator[OfdPage]:
    """The pages of every document of the container, in order; a document that is named twice is read once.

    A page whose content is missing, damaged or that of another page is empty. Raises DamagedFile where there is no
    readable document, or too much of it.
    """
    main = container.find("OFD.xml")
    if main is None:
        raise DamagedFile(path=container.name, reason="missing-part", part="OFD.xml")
    roots = [found.text.strip() for found in plain_tree(container, main).iter("DocRoot") if found.text]
    if not roots:
        raise DamagedFile(path=container.name, reason="missing-part", part="DocRoot")
    met: set[str] = set()
    tags = 0
    for part in dict.fromkeys(located(container, "", root) for root in roots):
        for page in _document(container, part, met):
            tags += page.shared
            if tags > MAX_TAGS:
                raise DamagedFile(path=container.name, reason="too-many-tags")
            yield page


def plain_tree(container: SafeZip, part: str) -> Element:
    """A tree whose tags have no namespace: producers write several. Raises DamagedFile."""
    root = container.xml(part)
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


def located(container: SafeZip, folder: str, location: str) -> str:
    """An ST_Loc as a file of the container, in its own spelling: from its top with a `/` in front, else from `folder`;
    some producers write it from the top without `/`. The name that was looked for where there is no such file."""
    here = location.lstrip("/") if location.startswith("/") else posixpath.join(folder, location)
    return container.find(here) or container.find(location) or here


def box_of(text: str | None) -> Boundary | None:
    """An ST_Box, None where it is none."""
    numbers = numbers_of(text)
    return (numbers[0], numbers[1], numbers[2], numbers[3]) if len(numbers) == 4 else None


def numbers_of(text: str | None) -> list[float]:
    """The numbers of an ST_Array; empty where one of them is no number of a page's order of magnitude."""
    try:
        numbers = [float(word) for word in (text or "").split()]
    except ValueError:
        return []
    return numbers if all(-1e6 < number < 1e6 for number in numbers) else []


def _document(container: SafeZip, part: str, met: set[str]) -> Iterator[OfdPage]:
    """The pages of one document; `met` are the files that pages were read from, of this document and those before."""
    root = plain_tree(container, part)
    folder = posixpath.dirname(part)
    area = _page_size(root.find("CommonData/PageArea"))
    templates = {
        found.get("ID", ""): located(container, folder, found.get("BaseLoc", ""))
        for found in root.iterfind("CommonData/TemplatePage")
    }
    trees: dict[str, Element | None] = {}
    units: dict[str, Element] | None = None
    weights: dict[str, int] = {}
    for page in root.iterfind("Pages/Page"):
        part = located(container, folder, page.get("BaseLoc", ""))
        content = None if part in met else _content(container, part)
        met.add(part)
        if content is None:
            yield OfdPage(area[2], area[3], ())
            continue
        used = dict.fromkeys(templates.get(found.get("TemplateID", ""), "") for found in content.iterfind("Template"))
        for template in used:
            if template not in trees:
                trees[template] = _content(container, template)
        own = _page_size(content.find("Area"), area)
        below = [tree for tree in map(trees.get, used) if tree is not None]
        if units is None and any(tree.find(".//CompositeObject") is not None for tree in (*below, content)):
            units = _units(container, root, folder)
            weights = _weights(units)
        shared = sum(_weight(tree, weights) for tree in (*below, content)) - _weight(content, {})
        yield OfdPage(own[2], own[3], (*below, content), units or {}, shared)


def _units(container: SafeZip, root: Element, folder: str) -> dict[str, Element]:
    """The CompositeGraphicUnits of the document's resources, by id."""
    places = [found.text.strip() for kind in ("PublicRes", "DocumentRes")
              for found in root.iterfind(f"CommonData/{kind}") if found.text]  # fmt: skip
    trees = [_content(container, part) for part in dict.fromkeys(located(container, folder, p) for p in places)]
    found = [unit for tree in trees if tree is not None for unit in tree.iter("CompositeGraphicUnit")]
    return {unit.get("ID", ""): unit for unit in found}


def _weights(units: Mapping[str, Element]) -> dict[str, int]:
    """How many tags each unit draws, with those of the units inside it."""
    weights: dict[str, int] = {}
    for _ in range(MAX_NESTED):
        weights = {key: _weight(unit, weights) for key, unit in units.items()}
    return weights


def _weight(tree: Element, weights: Mapping[str, int]) -> int:
    own = sum(1 + len(each.text or "") // _TAG for each in tree.iter())
    return own + (sum(weights.get(each.get("ResourceID", ""), 0) for each in tree.iter()) if weights else 0)


def _content(container: SafeZip, part: str) -> Element | None:
    try:
        return plain_tree(container, part)
    except DamagedFile:
        return None


def _page_size(area: Element | None, default: Boundary = _A4) -> Boundary:
    found = None if area is None else box_of(area.findtext("PhysicalBox"))
    return found if found is not None and found[2] > 0 and found[3] > 0 else default
