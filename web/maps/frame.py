"""What stands around every map (图框): what it is of, in which view, what it comes to, and what is selected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from ingest.model import Record
from web.maps.matrix.records import DutyMatrix, MatrixColumn
from web.maps.state import MapState
from web.maps.strip import StripList, StripTask

MapSubject = Literal["plan", "unit", "tasks"]

VIEWS: Mapping[MapSubject, tuple[str, ...]] = {
    "plan": ("matrix",),
    "unit": ("list", "matrix"),
    "tasks": ("list", "matrix"),
}
"""The views of a thing, the first of which is shown where the address names none."""

_MOST = 5


class MapSums(Record, frozen=True):
    """What a map comes to: tasks, units, plans, tasks of several units of which none leads (`unled`), who has most, and
    how many hundredths of all assignments the five with most have together (`share`)."""

    tasks: int
    units: int
    plans: int
    unled: int
    busiest: MatrixColumn | None
    share: int


class MapFrame(Record, frozen=True):
    """A map of a plan, a unit or a list in one of its views. `title` is what it is of, `source` its plan's number or
    issuer, `unled_url` the list of those of its tasks that nobody of several units leads.

    `first` is the unit that it is about; `sel` names what is selected, as `m-sel` does.
    """

    subject: MapSubject
    id: str
    title: str
    source: str
    view: str
    state: MapState
    sums: MapSums
    matrix: DutyMatrix
    strip: StripTask | StripList | None
    unled_url: str
    first: str = ""
    sel: str = ""

    @property
    def views(self) -> tuple[str, ...]:
        return VIEWS[self.subject]

    @property
    def opened(self) -> tuple[str, str]:
        """`m-all` and `m-open` as they say what is open now: whichever way is shorter."""
        groups = [row for row in self.matrix.rows if row.group]
        shut = [row.key for row in groups if not row.open]
        opened = [row.key for row in groups if row.open]
        return ("1", ",".join(shut)) if len(shut) < len(opened) else ("0", ",".join(opened))


def view_of(subject: MapSubject, state: MapState) -> str:
    """The view that the address names, the first where it names none of the thing."""
    views = VIEWS[subject]
    return state.view if state.view in views else views[0]


def sums_of(made: DutyMatrix) -> MapSums:
    """What a matrix comes to."""
    tasks = [row for row in made.rows if not row.group]
    ranked = sorted(made.columns, key=lambda column: -column.total)
    held = sum(column.total for column in ranked)
    share = round(100 * sum(column.total for column in ranked[:_MOST]) / held) if held else 0
    return MapSums(
        made.tasks,
        made.units,
        len({row.plan_id for row in tasks}),
        sum(row.unled for row in tasks),
        ranked[0] if ranked else None,
        share,
    )
