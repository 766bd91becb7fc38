"""The record and the graph (图谱): plans stored, questions answered. Start at store.py."""

from __future__ import annotations

from graph.derived.deadlines import due_days, in_force, reached
from graph.derived.former import unit_of_former_id
from graph.derived.unresolved import Unresolved, unresolved
from graph.errors import (
    BackupExists,
    BadAddress,
    BadDecision,
    DiskFull,
    LibraryReadOnly,
    PlanNotSaved,
    ProcedureFailed,
    RemovedThing,
    UnknownThing,
)
from graph.export.copying import Comparison, CopyOutcome, compare, copy_decisions, copy_plans, copy_removed
from graph.export.forms import EXPORT_OF, EXPORTS
from graph.masked import masked as masked_record
from graph.masked import masked_store
from graph.paths import Path, Step, StepWords, path_between
from graph.record.decisions import Decision, decided, leads_to, standing
from graph.schema.kinds import EDGES, NODES, ROLE_EDGES, EdgeName, NodeName, node_key
from graph.sqlite.store import open_store, restore
from graph.sqlite.upkeep.backup import discard
from graph.sqlite.upkeep.fault import sqlite_fault
from graph.sqlite.upkeep.soundness import check_folder

__all__ = [
    "BackupExists",
    "BadAddress",
    "BadDecision",
    "Comparison",
    "CopyOutcome",
    "Decision",
    "DiskFull",
    "EDGES",
    "EXPORTS",
    "EXPORT_OF",
    "EdgeName",
    "LibraryReadOnly",
    "NODES",
    "NodeName",
    "Path",
    "PlanNotSaved",
    "ProcedureFailed",
    "ROLE_EDGES",
    "RemovedThing",
    "Step",
    "StepWords",
    "UnknownThing",
    "Unresolved",
    "check_folder",
    "compare",
    "copy_decisions",
    "copy_plans",
    "copy_removed",
    "decided",
    "discard",
    "due_days",
    "in_force",
    "leads_to",
    "masked_record",
    "masked_store",
    "node_key",
    "open_store",
    "path_between",
    "reached",
    "restore",
    "sqlite_fault",
    "standing",
    "unit_of_former_id",
    "unresolved",
]
