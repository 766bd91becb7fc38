"""Questions about structure (联系): from a request to a path, or to what stands round a thing."""

from __future__ import annotations

from flask_babel import gettext

from graph import masked_record, path_between
from graph.query import Node, Subgraph
from search.questions import find_thing
from web import request as parameters
from web.errors import BadChoice
from web.pages.found.path import PathPage, path_page
from web.site.views import library

_DEPTHS = ("1", "2", "3")


def path() -> PathPage:
    """The path between the things that `from` and `to` name. Raises what `find_thing` raises, `BadChoice`."""
    source, target = _thing("from"), _thing("to")
    found = path_between(library().store, library().projection, source, target)
    # Words of a statement stand on one line here, so a number that a line break parted is whole for the first time.
    return path_page(found if library().show_contacts else masked_record(found), gettext)


def neighbourhood() -> Subgraph:
    """What is within `depth` steps (1 to 3) of the thing that `of` names."""
    depth = parameters.choice("depth", _DEPTHS) or "1"
    return library().projection.neighbourhood(_thing("of").key, int(depth))


def _thing(name: str) -> Node:
    words = parameters.text(name)
    if not words:
        raise BadChoice(text=name)
    return find_thing(words, library().catalog, library().projection)
