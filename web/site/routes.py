"""The routes (路由): for every row of `PAGES` a page for people, and its context as JSON under /api/v1."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from flask import Blueprint, Flask, Response, redirect, render_template, url_for
from werkzeug.wrappers import Response as Redirect

from ingest import VERSION
from web.request import know
from web.sheets.written import WRITERS
from web.site import views
from web.site.asking import batch, changing
from web.site.maps.outputs import FORMS, document_output, list_output, network_output, plan_output, unit_output
from web.site.pages import PAGES, SitePage
from web.site.sheets import list_sheet


def install(app: Flask) -> None:
    """Gives the site its addresses, each with the parameters that it knows."""
    pages, api = Blueprint("pages", __name__), Blueprint("api", __name__, url_prefix="/api/v1")
    for row in PAGES:
        if row.template:
            pages.add_url_rule(row.address, row.name, _page(row, row.template))
        api.add_url_rule(row.address, row.name, _json(row))
    pages.add_url_rule("/maps/<any(unit, document):kind>/<id>", "former_map", _former_map)
    forms = f"<any({', '.join(FORMS)}):form>"
    for name, address, view in (
        ("plan", "/plans/<id>", plan_output), ("unit", "/units/<id>", unit_output), ("tasks", "/tasks", list_output),
        ("network", "/maps/network", network_output),
        ("document_map", "/documents/<id>/map", document_output),
    ):  # fmt: skip
        pages.add_url_rule(f"{address}/map.{forms}", f"{name}_output", view)
    pages.add_url_rule(f"/tasks/sheet.<any({', '.join(WRITERS)}):form>", "sheet", list_sheet)
    pages.add_url_rule("/healthz", "health", _health)
    pages.add_url_rule("/tasks/change", "change", changing.changed)
    api.add_url_rule("/questions", "questions", batch.questions, methods=["POST"])
    app.context_processor(_today)
    app.register_blueprint(pages)
    app.register_blueprint(api)
    known = {row.name: row.knows for row in PAGES}
    outputs = {f"{name}_output": known[name] for name in ("plan", "unit", "tasks", "document_map", "network")}
    know(app, {**known, **outputs, "sheet": known["tasks"], "change": changing.KNOWS, "questions": batch.KNOWS})


def _page(row: SitePage, template: str) -> Callable[..., str | Redirect]:
    """The view that shows a row's context by its template."""

    def view(**path: str) -> str | Redirect:
        context = row.build(**path)
        if row.id_now and (now := row.id_now(context)) != path["id"]:
            return redirect(url_for(f"pages.{row.name}", id=now), 308)
        besides = row.besides(context) if row.besides else {}
        return render_template(template, page=context, **besides)

    return view


def _json(row: SitePage) -> Callable[..., Response]:
    """The view that gives a row's context as it is."""

    def view(**path: str) -> Response:
        encoded = msgspec.json.encode(row.build(**path))
        return Response(encoded, content_type="application/json; charset=utf-8")

    return view


def _former_map(kind: str, id: str) -> Redirect:
    """Where the maps of units and documents stood before: the web of relations about the same thing."""
    return redirect(url_for("pages.network", of=f"{kind}:{id}"), 308)


def _health() -> Response:
    """For who watches over the process: that the library answers, and which program serves which commit of it."""
    generation = views.library().store.generation()
    return Response(f"ok zeren {VERSION} generation {generation}\n", content_type="text/plain; charset=utf-8")


def _today() -> dict[str, str]:
    """The day that every page says in print (截至)."""
    return {"today": views.settings().today().isoformat()}
