"""What a library calls its things (名录): every name that a question may say, and what it may mean there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from graph.query import DocumentRow, PlanRow, UnitRow
from ingest.model import Record
from search.questions.normal import normal
from search.questions.tokens import ends
from search.words.analyzer import folded
from search.words.names import Names

NamedKind = Literal["unit", "document", "plan", "region", "system"]

_LINE = ("系统", "条线", "战线", "口", "线上", "口子")
"""How a line of work is said: 公安系统, 农业农村口."""

_LEVELS: Mapping[str, tuple[str, ...]] = {"省": ("省",), "市": ("市",), "县": ("区", "县"), "乡": ("镇", "乡")}
_SHORTEST_TITLE = 4
_NICKNAME = 7
"""Characters that a plan is called by in short."""
_KINDS = ("通知", "意见", "决定")
_MARKS = str.maketrans("", "", "《》〈〉")


class Name(Record, frozen=True):
    """A name's things: `ids`; `loose` where it is only part of what they are called (公安 for 公安分局)."""

    kind: NamedKind
    ids: tuple[str, ...]
    loose: bool = False


class LibraryNames(Record, frozen=True):
    """All names in normal form, the longest of them in characters, and what the ids are called."""

    names: Mapping[str, tuple[Name, ...]]
    longest: int
    labels: Mapping[str, str]
    regions: Mapping[str, str]
    plans: tuple[PlanRow, ...]
    documents: tuple[DocumentRow, ...]

    def plans_in_short(self, said: str) -> tuple[str, ...]:
        """The plans whose titles hold a short name in full, else its characters in order: 食安 of 食品安全工作要点."""
        if not 1 < len(said) < _NICKNAME:
            return ()
        titles = [(row.id, normal(row.title)) for row in self.plans]
        held = tuple(id for id, title in titles if said in title)
        return held or tuple(id for id, title in titles if in_order(said, title))

    def one_plan_in_short(self, said: str) -> tuple[str, ...]:
        """The one plan that is meant so, of each year where there are several; none where it may be different ones."""
        ids = self.plans_in_short(said)
        kinds = {(row.region, undated(row.title)) for row in self.plans if row.id in ids}
        return ids if len(kinds) == 1 else ()

    def offices(self) -> Iterator[str]:
        """Names of units that end as offices do: what a mistyped word is compared with."""
        for name, meanings in self.names.items():
            if (
                len(name) > 2
                and name.endswith(ends("office"))
                and any(m.kind == "unit" and not m.loose for m in meanings)
            ):
                yield name


def names_of_library(
    units: Iterable[UnitRow], documents: Iterable[DocumentRow], plans: Iterable[PlanRow], names: Names
) -> LibraryNames:
    """The gazetteer of a library."""
    units, documents, plans = tuple(units), tuple(documents), tuple(plans)
    found: dict[str, dict[tuple[NamedKind, bool], dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for kind, name, id, loose in (*_units(units, names), *_documents(documents), *_plans(plans)):
        if len(name) > 1:
            found[normal(name).replace(" ", "")][kind, loose][id] = None
            if kind in ("document", "plan") and name.endswith("号"):
                found[normal(name).replace(" ", "") + "文"][kind, loose][id] = None
    made = {
        name: tuple(Name(kind, tuple(ids), loose) for (kind, loose), ids in meanings.items())
        for name, meanings in found.items()
    }
    labels = {row.id: row.name for row in units} | {row.id: row.title for row in documents}
    labels |= {row.id: row.title for row in plans}
    regions = {row.id: row.region for row in units}
    return LibraryNames(made, max(map(len, made), default=0), labels, regions, plans, documents)


Called = tuple[NamedKind, str, str, bool]


def _units(units: Iterable[UnitRow], names: Names) -> Iterator[Called]:
    rows = [(unit, _all_names(unit, names)) for unit in units]
    called = {name: unit for unit, own in rows for name in own}
    for unit, own in rows:
        for name in own:
            yield from (("unit", each, unit.id, False) for each in _ways(name, unit))
            stem = _stem(name)
            if stem != name and len(stem) > 1 and unit.kind == "organization":
                yield "unit", stem.lstrip("省市区县"), unit.id, True
        yield from (("region", each, unit.region, each != unit.region) for each in _region_ways(unit.region))
    for system in {*names.systems.values()}:
        for id in names.of_system((system,), units):
            yield from (("system", system + said, id, False) for said in _LINE)
    for others in (names.bearers, names.former):
        for other, bearers in others.items():
            if other not in called:
                yield from (("unit", other, called[bearer].id, False) for bearer in bearers if bearer in called)


def _stem(name: str) -> str:
    """教育 of 教育局."""
    return next((name.removesuffix(end) for end in ends("short") if name.endswith(end)), name)


def _all_names(unit: UnitRow, names: Names) -> set[str]:
    own = {folded(each) for each in (unit.name, *unit.names)}
    return own.union(*(names.alike.get(each, ()) for each in own))


def _ways(name: str, unit: UnitRow) -> Iterator[str]:
    """A name with and without its place or level; a collective without its brackets and without 各."""
    yield name
    if unit.kind == "collective":
        bare = re.sub(r"\([^()]*\)", "", name)
        yield bare
        whole = re.sub("[()]", "", name)
        yield from (whole, whole.replace("人民政府", "政府"), bare.replace("人民政府", "政府"))
        yield bare.removeprefix("各")
        if bare.startswith("各乡"):
            yield from (
                "乡镇",
                "乡镇街道",
                "各乡镇街道",
                "乡镇政府",
                "乡镇人民政府",
                "各乡镇政府",
                "各乡镇人民政府",
                "镇街",
                "各镇街",
                *(("街道", "街道办", "各街道") if "街道" in name else ()),
            )
        return
    for mark in _LEVELS.get(unit.level or "", ()):
        if not name.startswith(mark):
            yield mark + name
    yield folded(unit.region) + name
    if name[0] in "省市区县" and len(name) > 3:
        yield name[1:]


def _region_ways(region: str) -> Iterator[str]:
    """焦作市示范区, 焦作示范区, 示范区, 焦作; 云陵省, 云陵."""
    yield region
    if len(region) > 2 and region[-1] in "省市县州":
        yield region[:-1]
    for end in ends("zone"):
        whole, _, short = end.partition("=")
        if region.endswith(whole) and len(region) > len(whole):
            bare = region.removesuffix(whole)
            yield from (bare + short, bare.removesuffix("市") + short)
    if high := next((at + 1 for at in range(2, len(region) - 2) if region[at] in "省市州盟"), 0):
        above, below = region[:high], region[high:]
        yield below
        yield from (above, above[:-1], above[:-1] + below) if len(above) > 2 else ()


def _documents(documents: Iterable[DocumentRow]) -> Iterator[Called]:
    for row in documents:
        for title in (row.title, *row.titles):
            yield from (("document", each, row.id, each != title) for each in _title_ways(title))
        if row.number:
            yield from (("document", each, row.id, False) for each in _number_ways(row.number))


def _plans(plans: Iterable[PlanRow]) -> Iterator[Called]:
    for row in plans:
        yield from (("plan", each, row.id, each != row.title) for each in _title_ways(row.title))
        if row.document_number:
            yield from (("plan", each, row.id, False) for each in _number_ways(row.document_number))


def _title_ways(title: str) -> Iterator[str]:
    """A title, in its marks, and without what every title has."""
    bare = _bare_title(title)
    year = next((at for at in range(4, len(bare)) if bare[at] == "年" and bare[at - 4 : at].isdecimal()), -1)
    for each in dict.fromkeys((title, bare, bare.split("关于")[-1], bare[year + 1 :])):
        if len(each) >= _SHORTEST_TITLE:
            yield each
            yield f"《{each}》"


def _bare_title(title: str) -> str:
    """2024年工作要点 of 关于印发《2024年工作要点》的通知."""
    bare = title.removeprefix("关于")
    bare = bare[2:] if bare.startswith(("印发", "转发")) else bare
    bare = bare[:-2].removesuffix("的") if bare.endswith(_KINDS) else bare
    return "".join(bare.translate(_MARKS).split())


def _number_ways(number: str) -> Iterator[str]:
    """豫发〔2019〕31号 with brackets of any kind, or none."""
    head, _, rest = number.rpartition("〔")
    year, closed, nth = rest.partition("〕")
    nth, numbered = nth.removesuffix("号").removeprefix("第"), nth.endswith("号")
    if not (closed and numbered and len(year) == len("2019") and year.isdecimal() and nth.isdecimal()):
        yield number
        return
    nth = nth.lstrip("0") or "0"
    for opening, closing in ("〔〕", "[]", "()", "（）", "【】", "﹝﹞", ("", "")):
        yield f"{head}{opening}{year}{closing}{nth}号"
        yield f"{head}{opening}{year}{closing}第{nth}号"
    yield f"{head}{year}年{nth}号"
    yield f"{head}{year}{nth}号"
    yield f"{head}{nth}号"
    yield f"{head}{year}-{nth}"


def undated(title: str) -> str:
    """A title without its year, as plans of several years share it."""
    return "".join(each for each in title if not each.isdigit())


def in_order(said: str, name: str) -> bool:
    """Whether a name has all characters of what is said, in their order: 食安 of 食品安全."""
    rest = iter(name)
    return all(character in rest for character in said)
