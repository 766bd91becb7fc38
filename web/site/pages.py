"""The table of pages (页面表): each with its address, what it is made of, its template, and the parameters it knows.

Every row is a page for people at its address and the same as JSON under `/api/v1` (docs/api.md): `web/site/routes.py`
makes both of it. `pages.<name>` and `api.<name>` are what `url_for` calls them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from ingest.model import Record
from web.maps.state import MANY_KEYS, MAP_KEYS
from web.queries.address import CONDITIONS, SINGLE
from web.request import ParameterNames
from web.site import views
from web.site.asking import structure
from web.site.asking.lists import tasks
from web.site.asking.search import search, suggestions
from web.site.maps import explore, whole
from web.site.maps import views as map_views

Build = Callable[..., Record]
"""What stands at `<…>` in the address, by name → the context of a page."""


class SitePage(NamedTuple):
    """A page."""

    name: str
    address: str
    template: str | None
    """Its file in `web/templates/`; None for what is given as JSON alone."""
    build: Build
    knows: ParameterNames = ParameterNames()
    """The parameters of its query, besides those that every page knows."""
    besides: Callable[[Any], Mapping[str, object]] | None = None
    """What its template gets besides its context, made of the context."""
    id_now: Callable[[Any], str] | None = None
    """The id that what is shown has now: a page asked for under another redirects there."""


def _query(page: Any) -> Mapping[str, object]:
    return {"query": page.query}


_LISTED = ParameterNames(("q", "sort", "page"))
"""A list of what the library holds: words, the column that sorts it, and its page."""


def _map(one: tuple[str, ...] = (), many: tuple[str, ...] = (), strict: bool = False) -> ParameterNames:
    """The parameters of a page that shows a map, besides its own."""
    return ParameterNames((*one, *MAP_KEYS), (*many, *MANY_KEYS), strict)


PAGES: tuple[SitePage, ...] = (
    SitePage("home", "/", "home.html", views.home),
    SitePage("plans", "/plans", "held/plans.html", views.plans, _LISTED),
    SitePage("documents", "/documents", "held/documents.html", views.documents, _LISTED),
    SitePage("plan", "/plans/<id>", "plan.html", views.plan, _map(), map_views.of_plan),
    SitePage("text", "/plans/<id>/text", "reader.html", views.reader, ParameterNames(("fact", "version"))),
    SitePage("units", "/units", "held/units.html", views.units, _LISTED),
    SitePage(
        "unit", "/units/<id>", "unit.html", views.unit, _map(("plan", "role")), map_views.of_unit,
        id_now=lambda page: str(page.unit.id),
    ),
    SitePage(
        "tasks", "/tasks", "tasks.html", tasks,
        _map((*SINGLE, "page"), CONDITIONS, strict=True), map_views.of_list,
    ),
    SitePage("task", "/tasks/<id>", "task.html", views.task),
    SitePage(
        "document", "/documents/<id>", "document.html", views.document, ParameterNames(("page",)),
        id_now=lambda page: str(page.document.id),
    ),
    SitePage(
        "search", "/search", "search.html", search,
        ParameterNames(("q", "month", "page"), ("kind", "unit", "role", "plan", "section", "document")), _query,
    ),
    SitePage("suggest", "/suggest", None, suggestions, ParameterNames(("q",), ("kind",))),
    SitePage("due", "/due", "due.html", views.due, ParameterNames(("from", "to", "unit", "plan", "page"))),
    SitePage("gaps", "/gaps", "gaps.html", views.gaps, ParameterNames(("plan", "code", "page"))),
    SitePage("doubts", "/doubts", "doubts.html", views.doubts, ParameterNames(("plan", "code", "page"))),
    SitePage("path", "/path", None, structure.path, ParameterNames(("from", "to"))),
    SitePage("neighbourhood", "/neighbourhood", None, structure.neighbourhood, ParameterNames(("of", "depth"))),
    SitePage(
        "network", "/maps/network", "network.html", explore.network_map, _map(("of", "aggregate")), explore.of_network
    ),
    SitePage(
        "document_map", "/documents/<id>/map", "document_map.html", map_views.document_map, _map(), map_views.painted,
    ),
    SitePage("maps", "/maps", "library_map.html", whole.overview),
    SitePage("ways", "/maps/path", "ways.html", whole.ways, ParameterNames(("from", "to"))),
    SitePage("plan_matrix", "/plans/<id>/matrix", None, map_views.plan_map, _map()),
    SitePage("unit_matrix", "/units/<id>/matrix", None, map_views.unit_map, _map()),
    SitePage("tasks_matrix", "/tasks/matrix", None, map_views.list_map, _map(SINGLE, CONDITIONS, strict=True)),
)  # fmt: skip
