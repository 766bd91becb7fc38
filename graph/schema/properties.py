"""What nodes and edges say of themselves (属性): the properties of each kind in Cypher, with their meaning.

Zeren's own database and the export give the same names, so that a query for one works in the other. Zeren's database
holds more, for its own use; only what stands here is promised. Every node has an `id`, unique within its label.
"""

from __future__ import annotations

from collections.abc import Mapping

from graph.schema.kinds import ROLE_EDGES, EdgeName, NodeName
from ingest import PLAIN

Meanings = Mapping[str, str]
"""Names of properties with what they mean."""

_SPAN = {"start": "where the words begin in the plan's reading text, in characters", "end": "where they end"}
_PLAN_ID = {"plan_id": "the plan that holds it"}

NODE_PROPERTIES: Mapping[NodeName, Meanings] = {
    "plan": {
        "title": "标题",
        "number": "发文字号",
        "issuer": "发文机关",
        "issued_on": "成文日期, ISO 8601",
        "year": "the year that it plans for",
        "region": "the region that it is for",
        "sections": "how many sections it has",
        "tasks": "how many tasks it has; a row that repeats one is not counted",
        "milestones": "how many progress clauses it has",
        "consumed": "characters of responsibility-like text that rules have read",
        "total": "characters of such text",
    },
    "section": {
        **_PLAN_ID,
        "number": "its number as written: 一、 （一）",
        "title": "its heading",
        "level": "0 for an annex, 1 for 一、, 2 for （一） …",
    },
    "task": {
        **_PLAN_ID,
        "place": "its place in the plan, from 0",
        "section": "number of its section",
        "text": "its words, without layout noise",
        **_SPAN,
        "same_as": "id of the body task that this table row repeats",
        "deadline": "its nearest deadline: own, linked, item, open or none",
        "gaps": "codes of what it lacks, as a list; absent where it lacks nothing",
    },
    "unit": {
        "name": "its canonical name",
        "kind": "organization or collective (泛指)",
        "level": "国家, 省, 市, 县 or 乡",
        "region": "its region",
    },
    "document": {
        "title": "its title",
        "number": "its number, where a citation gives one",
        "plan_id": "the plan that it is, where the library has it",
    },
    "deadline": {
        **_PLAN_ID,
        "text": "the words",
        "kind": "by, recurring, count or open",
        "due": "the day of a `by`, ISO 8601",
        "every": "year, half, quarter, two-months, month, two-weeks, week or day",
        "min_count": "how often in each period, at least",
        "precision": "how precisely the text gives it: day, month, quarter, half, year or period",
        "level": "how it reaches its tasks: own, linked (a milestone about them) or item (a milestone of the section)",
        "reach": "ids of the tasks that it holds for, as a list",
        "clause": "the task's or milestone's text",
        **_SPAN,
    },
    "target": {
        **_PLAN_ID,
        "subject": "of what",
        "op": ">=, =, <=, > or <",
        "value": "the number",
        "unit": "what it counts: %, 批次 …",
        "text": "the words",
        **_SPAN,
    },
    **{
        kind.name: {**_PLAN_ID, **{each.name: each.meaning for each in kind.fields}, "text": "the words", **_SPAN}
        for kind in PLAIN
    },
    "milestone": {
        **_PLAN_ID,
        "place": "its place among the plan's milestones, from 0",
        "section": "number of its section",
        "text": "its words",
        **_SPAN,
    },
    "person": {**_PLAN_ID, "name": "the name as written; private, exported only when asked for"},
    "doubt": {**_PLAN_ID, "code": "what the reader could not settle", **_SPAN},
}

_ROLE = {
    "place": "its place among the task's assignments, from 0",
    "role": "lead, support or responsible",
    "stated": "1 where the text says the role, 0 where it is inferred (推定)",
    "mention": "the unit as it is written here",
    "rule": "the rule that read it",
    "hat_id": "id of the unit that is named as second nameplate (加挂牌子)",
    "start": "where the mention begins, in characters",
    "end": "where it ends",
    "statement_start": "where the statement of responsibility begins",
    "statement_end": "where it ends",
}

EDGE_PROPERTIES: Mapping[EdgeName, Meanings] = {
    **dict.fromkeys(ROLE_EDGES.values(), _ROLE),
    "cites": {
        "citation": "id of the citation",
        "role": "implement, revise, formulate, compile, legislate, repeal or mention",
        "title": "the title as cited",
        "number": "the number as cited",
        "sentence": "the sentence that cites",
    },
    "member_of": {"stated": "1 where the office's own register states the member, 0 where names let guess it (推定)"},
    "in_charge": {"label": "what the person is called: 责任领导 …"},
}
"""Kinds of edges that are not here have no properties."""

EDGE_KEYS: Mapping[EdgeName, str] = {**dict.fromkeys(ROLE_EDGES.values(), "place"), "cites": "citation"}
"""What tells edges of a kind between the same two nodes apart; of the other kinds there is only one between two."""

LISTS = ("gaps", "reach")
"""Properties whose values are lists of strings without line breaks."""
