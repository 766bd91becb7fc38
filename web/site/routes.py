"""The pages (页面): thin views; each asks the library and hands a context to a template."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, redirect, render_template, url_for
from werkzeug.wrappers import Response as Redirect

from graph.schema.kinds import EdgeName
from web.maps.network import LINES, vis_network
from web.maps.page import MapNode, MapPage
from web.site import search_views as views_search
from web.site import views

pages = Blueprint("pages", __name__)

_LEGEND: tuple[EdgeName, ...] = ("leads", "responsible_for", "supports", "cites", "inner", "names", "contains")
"""The kinds of edges that maps draw, in the order of the legend."""


@pages.app_context_processor
def today() -> dict[str, str]:
    """The day that every page says in print (截至)."""
    return {"today": views.settings().today().isoformat()}


@pages.get("/")
def home() -> str:
    return render_template("home.html", page=views.home())


@pages.get("/plans/<id>")
def plan(id: str) -> str:
    return render_template("plan.html", page=views.plan(id))


@pages.get("/plans/<id>/text")
def text(id: str) -> str:
    return render_template("reader.html", page=views.reader(id))


@pages.get("/units/<id>")
def unit(id: str) -> str:
    numbers = {row.id: row.document_number for row in views.library().store.plans()}
    return render_template("unit.html", page=views.unit(id), numbers=numbers)


@pages.get("/tasks/<id>")
def task(id: str) -> str:
    return render_template("task.html", page=views.task(id))


@pages.get("/units")
def units() -> str:
    return render_template("units.html", page=views.units())


@pages.get("/documents/<id>")
def document(id: str) -> str | Redirect:
    page = views.document(id)
    if page.document.id != id:
        return redirect(url_for("pages.document", id=page.document.id), 308)
    return render_template("document.html", page=page)


@pages.get("/search")
def search() -> str:
    page = views_search.search()
    return render_template("search.html", page=page, query=page.query)


@pages.get("/due")
def due() -> str:
    return render_template("due.html", page=views.due())


@pages.get("/gaps")
def gaps() -> str:
    return render_template("gaps.html", page=views.gaps())


@pages.get("/doubts")
def doubts() -> str:
    return render_template("doubts.html", page=views.doubts())


@pages.get("/maps/unit/<id>")
def map_unit(id: str) -> str:
    return _map(views.map_unit(id))


@pages.get("/maps/document/<id>")
def map_document(id: str) -> str:
    return _map(views.map_document(id))


@pages.get("/maps/plan/<id>")
def map_plan(id: str) -> str:
    return _map(views.map_plan(id))


@pages.get("/maps/<any(unit, document, plan):about>/<id>/network")
def network(about: str, id: str) -> Response:
    """The network that the map's page draws."""
    made = {"unit": views.map_unit, "document": views.map_document, "plan": views.map_plan}[about](id)
    return jsonify(vis_network(made, _url_of))


def _map(page: MapPage) -> str:
    shown = {edge.kind for edge in page.edges}
    lines = {kind: LINES[kind] for kind in _LEGEND if kind in shown}
    return render_template("map.html", page=page, lines=lines, url_of=_url_of)


def _url_of(node: MapNode) -> str:
    """Where a node of a map leads to."""
    if node.kind == "section":
        return url_for("pages.text", id=node.id.partition(".")[0], _anchor=node.id)
    return url_for(f"pages.{node.kind}", id=node.id)
