"""How two units hang together (路径): through tasks that they share, or through units between them."""

from __future__ import annotations

from graph.query import UnitRow
from ingest.model import Record, Role


class RolePair(Record, frozen=True):
    """On how many tasks the first unit has one role and the second the other."""

    one: Role
    other: Role
    tasks: int


class WaySentence(Record, frozen=True):
    """A task that two units share, with both roles."""

    task_id: str
    plan_id: str
    plan_title: str
    section: str
    words: str
    one: Role
    other: Role


class UnitStep(Record, frozen=True):
    """Two units that share `tasks`, by their roles there, and sentences that say so."""

    one: UnitRow
    other: UnitRow
    tasks: int
    roles: tuple[RolePair, ...]
    said: tuple[WaySentence, ...]


class UnitWay(Record, frozen=True):
    """A way; `weakest` is how many tasks its weakest link has."""

    steps: tuple[UnitStep, ...]
    weakest: int


class WaysPage(Record, frozen=True):
    """The shortest ways, that with the strongest weakest link first; none where the two are not joined."""

    one: UnitRow | None
    other: UnitRow | None
    ways: tuple[UnitWay, ...]
