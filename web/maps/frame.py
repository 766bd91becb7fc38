"""What stands around every map (图框): what it is of, in which view, what it comes to, and what is selected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from ingest.model import Record
from web.maps.chain.layout import ChainMap
from web.maps.chain.saying import StripSaid
from web.maps.collaboration.making import Collaboration
from web.maps.explore.growing import Explored
from web.maps.matrix.records import DutyMatrix, MatrixColumn
from web.maps.months.making import TimeMap
from web.maps.state import MapState
from web.maps.strip import StripList, StripTask
from web.maps.wings.layout import UnitMap
from web.maps.wings.tree import walk

MapSubject = Literal["plan", "unit", "tasks", "document", "network"]

VIEWS: Mapping[MapSubject, tuple[str, ...]] = {
    "plan": ("matrix", "with", "pairs", "time", "chain"),
    "unit": ("wings", "list", "matrix", "with", "pairs", "time"),
    "tasks": ("list", "matrix", "with", "pairs", "time", "chain"),
    "document": ("chain", "matrix", "with", "pairs", "time"),
    "network": ("net",),
}
"""The views of a thing, the first of which is shown where the address names none."""

PAIRED, NETWORKS = ("with", "pairs"), ("with", "pairs", "net")
"""The views of who works with whom, and those in which any unit may be chosen."""

_MOST, _NAMED = 5, 3


class MapSums(Record, frozen=True):
    """What a map comes to: tasks, units, plans, tasks of several units of which none leads (`unled`), who has most,
    and how many hundredths of all assignments the five with most have together (`share`).

    `busiest` (several that have as many, three at most) and the five are named units, on the map of a unit those that
    share its tasks; `vague` is the collective
    (各地区) that has most."""

    tasks: int
    units: int
    plans: int
    unled: int
    busiest: tuple[MatrixColumn, ...]
    vague: MatrixColumn | None
    share: int


class MapFrame(Record, frozen=True):
    """A map of a plan, a unit or a list in one of its views. `title` is what it is of, `source` its plan's number or
    issuer, `unled_url` the list of those of its tasks that nobody of several units leads.

    `first` is the unit that it is about; `sel` names what is selected, as `m-sel` does. `wings`, `months`,
    `together`, `chain` and `explored` are there in the views that draw them.
    """

    subject: MapSubject
    id: str
    title: str
    source: str
    view: str
    state: MapState
    sums: MapSums
    matrix: DutyMatrix
    strip: StripTask | StripList | StripSaid | None
    unled_url: str
    first: str = ""
    sel: str = ""
    wings: UnitMap | None = None
    months: TimeMap | None = None
    together: Collaboration | None = None
    explored: Explored | None = None
    chain: ChainMap | None = None

    @property
    def views(self) -> tuple[str, ...]:
        return VIEWS[self.subject]

    @property
    def opened(self) -> tuple[str, str]:
        """`m-all` and `m-open` as they say what is open now: whichever way is shorter."""
        if self.explored:
            return ("1" if self.state.all else "", "")
        if self.wings:
            turned = [(wing.key, wing.open) for wing in walk(self.wings.wings) if wing.children]
        else:
            turned = [(row.key, row.open) for row in self.matrix.rows if row.group]
        shut = [key for key, is_open in turned if not is_open]
        opened = [key for key, is_open in turned if is_open]
        return ("1", ",".join(shut)) if len(shut) < len(opened) else ("0", ",".join(opened))


def view_of(subject: MapSubject, state: MapState) -> str:
    """The view that the address names, the first where it names none of the thing."""
    views = VIEWS[subject]
    return state.view if state.view in views else views[0]


def sums_of(made: DutyMatrix, first: str = "") -> MapSums:
    """What a matrix comes to; `first` is the unit that it is about."""
    tasks = [row for row in made.rows if not row.group]
    ranked = sorted((column for column in made.columns if column.unit.id != first), key=lambda column: -column.total)
    named = [column for column in ranked if not column.collective]
    share = round(100 * sum(column.total for column in named[:_MOST]) / made.held) if made.held else 0
    return MapSums(
        made.tasks,
        made.units,
        len({row.plan_id for row in tasks}),
        sum(row.unled for row in tasks),
        tuple(column for column in named[:_NAMED] if column.total == named[0].total),
        next((column for column in ranked if column.collective), None),
        share,
    )
