"""The API (接口): the pages' contexts as JSON under /api/v1, field by field as `web/pages/` say."""

from __future__ import annotations

import msgspec
from flask import Blueprint, Response

from ingest.model import Record
from web.site import search_views as views_search
from web.site import structure_views, views

api = Blueprint("api", __name__, url_prefix="/api/v1")


def _json(context: Record) -> Response:
    return Response(msgspec.json.encode(context), content_type="application/json; charset=utf-8")


@api.get("/")
def home() -> Response:
    return _json(views.home())


@api.get("/plans/<id>")
def plan(id: str) -> Response:
    return _json(views.plan(id))


@api.get("/plans/<id>/text")
def text(id: str) -> Response:
    return _json(views.reader(id))


@api.get("/units")
def units() -> Response:
    return _json(views.units())


@api.get("/units/<id>")
def unit(id: str) -> Response:
    return _json(views.unit(id))


@api.get("/tasks/<id>")
def task(id: str) -> Response:
    return _json(views.task(id))


@api.get("/documents/<id>")
def document(id: str) -> Response:
    return _json(views.document(id))


@api.get("/search")
def search() -> Response:
    return _json(views_search.search())


@api.get("/due")
def due() -> Response:
    return _json(views.due())


@api.get("/gaps")
def gaps() -> Response:
    return _json(views.gaps())


@api.get("/doubts")
def doubts() -> Response:
    return _json(views.doubts())


@api.get("/maps/unit/<id>")
def map_unit(id: str) -> Response:
    return _json(views.map_unit(id))


@api.get("/maps/document/<id>")
def map_document(id: str) -> Response:
    return _json(views.map_document(id))


@api.get("/maps/plan/<id>")
def map_plan(id: str) -> Response:
    return _json(views.map_plan(id))


@api.get("/path")
def path() -> Response:
    return _json(structure_views.path())


@api.get("/neighbourhood")
def neighbourhood() -> Response:
    return _json(structure_views.neighbourhood())
