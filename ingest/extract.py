"""The plan as `extract` prints it: one JSON object with every fact, its place in the source, and the units meant."""

from __future__ import annotations

from typing import Any

import msgspec

from ingest.facts import FACTS
from ingest.language.lexicon import Lexicon
from ingest.model import Citation, Deadline, Doubt, Fact, Milestone, Plan, Record, Resolution, Span, Task
from ingest.resolution import resolve

Json = dict[str, Any]

_INTERVALS = {"half": "6 months", "two-months": "2 months", "two-weeks": "2 weeks"}


def extract(plan: Plan, lexicon: Lexicon) -> Json:
    """What the plan says, as plain values: see docs/extract.md for the fields."""
    resolution = resolve(plan, lexicon)
    header = plan.header
    return {
        "plan": {
            "id": plan.id,
            "title": header.title,
            "document_number": header.document_number,
            "issuer": header.issuer,
            "issued_on": header.issued_on,
            "year": header.year,
            "addressees": list(header.addressees),
            "region": header.region.name or None,
        },
        "units": [
            {
                **_values(unit),
                "names": list(unit.names),
                "today": list(lexicon.register.successors_of(unit.name)),
            }
            for unit in resolution.units
        ],
        "sections": [
            {"id": s.id, "number": s.number, "title": s.title, "level": s.level, "parent": s.parent, **_place(s.span)}
            for s in plan.sections
        ],
        "tasks": [_task(task, resolution) for task in plan.tasks],
        "milestones": [_milestone(milestone) for milestone in plan.milestones],
        "citations": [_fact(c) for c in plan.citations],
        "doubts": [_doubt(doubt) for doubt in plan.doubts],
        "coverage": {
            "consumed": plan.coverage.consumed,
            "total": plan.coverage.total,
            "ratio": round(plan.coverage.ratio, 4),
            "classes": dict(plan.coverage.classes),
        },
    }


def _task(task: Task, resolution: Resolution) -> Json:
    return {
        "id": task.id,
        "section_id": task.section_id,
        "section": task.section,
        "text": task.text,
        **_place(task.span),
        "assignments": [
            {
                "unit": resolution.unit_ids[a.mention.span.start],
                "mention": a.mention.text,
                "hat": a.mention.hat,
                "role": a.role,
                "stated": a.stated,
                "rule": a.rule,
                "stated_by": a.stated_by.text if a.stated_by else None,
                **_place(a.mention.span),
            }
            for a in task.assignments
        ],
        "people": [{"name": p.name, "label": p.label, **_place(p.span)} for p in task.people],
        **_facts(task),
        "same_as": task.same_as,
        "form": task.form,
        "cells": [{"head": c.head, "text": c.text, **_place(c.span)} for c in task.cells],
    }


def _milestone(milestone: Milestone) -> Json:
    return {
        "id": milestone.id,
        "section_id": milestone.section_id,
        "section": milestone.section,
        "text": milestone.text,
        "task": milestone.task,
        **_place(milestone.span),
        **_facts(milestone),
    }


def _facts(holder: Task | Milestone) -> Json:
    return {kind.plural: [_fact(fact) for fact in holder.facts_as(kind.record)] for kind in FACTS}


def _fact(fact: Fact) -> Json:
    values = _values(fact)
    del values["span"], values["type"]
    if isinstance(fact, Citation):
        values["title"] = fact.title or None
    if isinstance(fact, Deadline):
        # The format has words for whole years, quarters, months, weeks and days; 每半年 stands in a field of its own.
        values["interval"] = _INTERVALS.get(fact.every or "")
        values["every"] = None if values["interval"] else fact.every
    return {**values, **_place(fact.span)}


def _doubt(doubt: Doubt) -> Json:
    return {"code": doubt.code, "params": doubt.params, **_place(doubt.span)}


def _place(span: Span) -> Json:
    return {"start": span.start, "end": span.end}


def _values(record: Record) -> Json:
    return dict(msgspec.to_builtins(record))
