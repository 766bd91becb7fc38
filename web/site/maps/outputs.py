"""Maps as files (导出): the view of an address as SVG, as one page for offline use, as CSV. Nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from flask import Response, current_app, render_template
from flask_babel import gettext

from web.facts.by_task import ROLES
from web.maps.chain.making import LEVELS
from web.maps.frame import MapFrame
from web.maps.matrix.painting import CellPainter, pillar
from web.maps.matrix.records import MatrixRow
from web.maps.outputs.chain import csv_of_chain, svg_of_chain
from web.maps.outputs.drawing import svg_of
from web.maps.outputs.months import MonthWords, csv_of_months, svg_of_months
from web.maps.outputs.naming import disposition, file_name
from web.maps.outputs.network import svg_of_network
from web.maps.outputs.shapes import SvgWords
from web.maps.outputs.spreadsheet import csv_of
from web.maps.outputs.together import csv_of_pairs, csv_of_together, csv_of_web
from web.maps.outputs.wings import svg_of_wings
from web.maps.strip import StripTask, strip_task
from web.serving.facts_css import facts_css, facts_night_css
from web.site.language import shown_day, slot_words
from web.site.maps.explore import network_map
from web.site.maps.networks import network_in, pairs_of
from web.site.maps.offline import inlined
from web.site.maps.views import document_map, list_map, plan_map, unit_map
from web.site.views import library, settings
from web.words.phrases import (
    CHAIN_HEADS,
    CHAIN_WORDS,
    CITATION_SIDES,
    INFERRED,
    MAP_VIEWS,
    MAP_WORDS,
    NETWORK_LEGEND,
    PAIR_HEADS,
    PAIRS_SUM,
    ROLE_MARKS,
    TIE_WORDS,
    UNIT_LEVELS,
    WEB_HEADS,
    WEB_LEGEND,
    WING_COUNTS,
)
from web.words.wording import ROLES as ROLE_WORDS

FORMS = ("svg", "html", "csv")
_KINDS = {"svg": "image/svg+xml", "html": "text/html; charset=utf-8", "csv": "text/csv; charset=utf-8"}
_SHEETS = ("tokens", "base", "parts", "maps/frame", "maps/matrix", "maps/network", "maps/print", "maps/offline")
MOST_SENTENCES = 1000
"""Tasks whose sentences a page for offline use holds."""


def plan_output(id: str, form: str) -> Response:
    """The map of a plan as a file. Raises `UnknownThing`, `RemovedThing`."""
    return _output(plan_map(id), form)


def unit_output(id: str, form: str) -> Response:
    """The map of a unit as a file. Raises `UnknownThing`."""
    return _output(unit_map(id), form)


def document_output(id: str, form: str) -> Response:
    """The map of a document as a file. Raises `UnknownThing`."""
    return _output(document_map(id), form)


def list_output(form: str) -> Response:
    """The map of a list as a file."""
    return _output(list_map(), form)


def network_output(form: str) -> Response:
    """The web of relations as a file. Raises what `network_map` raises."""
    return _output(network_map(), form)


def _output(frame: MapFrame, form: str) -> Response:
    made: dict[str, Callable[[MapFrame], str]] = {"svg": _svg, "html": _page, "csv": _csv}
    # A table begins with its heads: of which day it is says its name alone.
    day = f"-{settings().today().isoformat()}" if form == "csv" else ""
    name = file_name(frame.title, f"{gettext(MAP_VIEWS[_view(frame)])}{day}", form)
    response = Response(made[form](frame), content_type=_KINDS[form])
    response.headers["Content-Disposition"] = disposition(name)
    return response


def _is_drawn(frame: MapFrame) -> bool:
    """Whether the view is a picture of its own, not a matrix."""
    return any((frame.wings, frame.months, frame.together, frame.chain, frame.explored))


def _view(frame: MapFrame) -> str:
    """The view that a file shows: a list has the matrix of its tasks."""
    return frame.view if _is_drawn(frame) else "matrix"


def _notes(frame: MapFrame) -> list[str]:
    """What the map comes to, whence it is and of which day."""
    sums = frame.sums
    return [
        gettext("%(count)s 项任务", count=sums.tasks),
        gettext("%(count)s 个单位", count=sums.units),
        *([frame.source] if frame.source else []),
        gettext("以上内容由程序从所列文件的原文读出，截至 %(day)s。", day=shown_day(settings().today().isoformat())),
    ]


def _svg(frame: MapFrame) -> str:
    said = _svg_words(frame)
    if frame.chain:
        return svg_of_chain(frame.title, frame.chain, said, _chain_words())
    if frame.wings:
        return svg_of_wings(frame, frame.wings, said, _counted)
    if frame.explored:
        return svg_of_network(frame.title, frame.explored.net, said, [gettext(line) for line in WEB_LEGEND])
    if frame.together and frame.view == "pairs":
        said = replace(said, lead=gettext("任务"), sum=gettext(PAIRS_SUM))
        return svg_of(pairs_of(frame, frame.together), said)
    if frame.together:
        legend = [gettext(line) for line in NETWORK_LEGEND]
        return svg_of_network(frame.title, network_in(frame, frame.together), said, legend)
    if frame.months:
        late = MonthWords(slot_words, gettext("本月"), lambda count: gettext("逾期 %(count)s", count=count))
        return svg_of_months(frame, frame.months, said, late)
    return svg_of(frame, said)


def _folded(frame: MapFrame) -> list[str]:
    """What the picture leaves out, which the view and the table have."""
    if frame.wings:
        picture = frame.wings.picture
        return [gettext("图上逐项列出 %(shown)s / %(of)s 项任务，其余收在合计里", shown=picture.shown, of=picture.of)]
    if frame.months:
        return [gettext("显示 %(rows)s / %(units)s 个单位", rows=len(frame.months.rows), units=frame.months.units)]
    if frame.together:
        return []
    made = frame.matrix
    shown = {"rows": made.shown_rows, "all": len(made.rows), "columns": len(made.columns), "units": made.units}
    return [gettext("显示 %(rows)s / %(all)s 行，%(columns)s / %(units)s 列", **shown)]


def _counted(kind: str, count: int) -> str:
    """How many hang on a box of a unit's map: 9 家, 3 件."""
    return str(gettext(WING_COUNTS.get(kind, WING_COUNTS["role"]), n=count))


def _svg_words(frame: MapFrame) -> SvgWords:
    words = {name: gettext(said) for name, said in MAP_WORDS.items()}
    return SvgWords(
        {role: gettext(ROLE_MARKS[role]) for role in ROLES},
        {role: gettext(ROLE_WORDS[role]) for role in ROLES},
        gettext(INFERRED), words["sum"], words["lead"], words["unled"], words["rest"], words["first"],
        [*_notes(frame), *_folded(frame)],
    )  # fmt: skip


def _chain_words() -> dict[str, str]:
    """What a chain says besides titles: its levels ("" for none), what lies aside, and its legend."""
    levels = {str(level or ""): gettext(UNIT_LEVELS[level] if level else CHAIN_WORDS["none"]) for level in LEVELS}
    return levels | {name: gettext(words) for name, words in CHAIN_WORDS.items()}


def _csv(frame: MapFrame) -> str:
    if frame.explored:
        ties = {kind: gettext(line) for kind, line in TIE_WORDS.items()}
        return csv_of_web(frame.explored, [gettext(line) for line in WEB_HEADS], ties)
    if frame.chain:
        heads = [gettext(words) for words in CHAIN_HEADS.values()]
        roles = {code: gettext(words) for code, words in CITATION_SIDES.items()}
        return csv_of_chain(frame.chain, heads, _chain_words() | roles, [frame.title, *_notes(frame)])
    if frame.together and frame.view == "pairs":
        return csv_of_pairs(pairs_of(frame, frame.together).matrix, gettext("单位"))
    if frame.together:
        heads = [gettext(said) for said in PAIR_HEADS]
        return csv_of_together(frame.together, heads)
    if frame.months:
        return csv_of_months(frame.months, gettext("单位"), slot_words)
    heads = [gettext(MAP_WORDS[name]) for name in ("section", "task", "lead")]
    words = {role: gettext(ROLE_WORDS[role]) for role in ROLES}
    return csv_of(frame, heads, words)


def _page(frame: MapFrame) -> str:
    marks = {role: gettext(ROLE_MARKS[role]) for role in ROLES}
    words = {role: gettext(ROLE_WORDS[role]) for role in ROLES}
    painter = CellPainter(frame.matrix, marks, words, gettext(INFERRED), "", "offline")
    tasks = [row for row in frame.matrix.rows if not row.group]
    return render_template(
        "maps/offline.html", map=frame, view=_view(frame), map_rows=painter.rows(), pillar=pillar,
        notes=_notes(frame), told=_told(tasks[:MOST_SENTENCES]), untold=max(0, len(tasks) - MOST_SENTENCES),
        styles=_styles(), inline=inlined(frame), drawn=_svg(frame) if _is_drawn(frame) else "",
    )  # fmt: skip


def _told(rows: Sequence[MatrixRow]) -> list[tuple[MatrixRow, StripTask]]:
    """The words of each task and the sentences that assign it."""
    texts: dict[str, str] = {}
    found = []
    for row in rows:
        facts = library().facts(row.plan_id)
        view = facts.task(row.id)
        if row.plan_id not in texts:
            texts[row.plan_id] = library().store.source(row.plan_id).text
        if view:
            found.append((row, strip_task(view, facts, texts[row.plan_id], "")))
    return found


def _styles() -> str:
    """The style sheets that the page needs, as one."""
    folder = Path(current_app.root_path) / "static" / "css"
    by_day = [*((folder / f"{name}.css").read_text("utf-8") for name in _SHEETS), facts_css()]
    by_night = (folder / "night.css").read_text("utf-8") + facts_night_css()
    return "\n".join([*by_day, f"@media (prefers-color-scheme: dark) {{ {by_night} }}"])
