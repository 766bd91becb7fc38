"""Says which citations mean one document (graph/derived/documents.py), and draws the documents that everybody sees.

`Naming` counts how often a title and number are cited together; `Identity`, `Name`, `Redirect` and `Clash` hold what
follows, each with the generations in which it holds. `Document`, `CITES`, `INNER` and `NAMES` show what holds now.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from msgspec.structs import asdict, astuple

from graph.derived.documents import NamedPlan, Naming, identify
from graph.neo4j.record import View, put
from graph.neo4j.rows import Drawing
from graph.neo4j.schema import FOREVER, label_of
from ingest import number_key
from ingest.model import Record

Key = tuple[str, str]
"""title_key and number_key."""
_Fact = tuple[Any, ...]

_COLUMNS = {
    "Identity": ("id", "title", "number", "plan_id"),
    "Name": ("title_key", "number_key", "document_id"),
    "Redirect": ("id", "document_id"),
    "Clash": ("number_key", "number", "title", "other"),
}


# Counting

_BORNE = """
MATCH (n:Part {plan_id: $plan}) WHERE n.until = $forever AND n.part IN ['plan', 'citation', 'inner']
RETURN n.part = 'plan' AS of_plan, n.part = 'inner' AS inner, n.title_key AS title_key,
       coalesce(n.number_key, '') AS number_key, n.title AS title, n.number AS number
"""

_COUNT = """
UNWIND $rows AS row
MERGE (n:Naming {key: row.key})
ON CREATE SET n += row.about, n.times = 0
SET n.times = n.times + row.times
WITH n WHERE n.times <= 0
DELETE n
"""


class _Written(Record, frozen=True):
    """A title and number as they are written together, `inner` inside another title."""

    inner: bool
    title_key: str
    number_key: str
    title: str
    number: str | None


class _BorneColumns(_Written, frozen=True):
    """The same with whether it is the plan's own."""

    of_plan: bool


class _NamingColumns(_Written, frozen=True):
    """The same with how often."""

    times: int


def count(view: View, plan_id: str, sign: int) -> set[str]:
    """Counts what a plan cites, or with -1 takes it back; the keys of titles and numbers that it bears and cites."""
    counted: Counter[_Written] = Counter()
    keys: set[str] = set()
    for borne in view.named_rows(_BORNE, _BorneColumns, plan=plan_id, forever=FOREVER):
        keys |= {borne.title_key, borne.number_key} - {""}
        if not borne.of_plan:
            written = _Written(borne.inner, borne.title_key, borne.number_key, borne.title, borne.number)
            counted[written] += sign
    rows = [
        {"key": msgspec.json.encode(astuple(written)).decode(), "about": asdict(written), "times": times}
        for written, times in counted.items()
    ]
    view.rows(_COUNT, rows=rows)
    return keys


# Identifying

_TOGETHER = """
UNWIND $keys AS key
CALL (key) {
  MATCH (n:Naming {title_key: key}) WHERE NOT n.inner RETURN n.title_key AS title, n.number_key AS number
  UNION MATCH (n:Naming {number_key: key}) WHERE NOT n.inner RETURN n.title_key AS title, n.number_key AS number
  UNION MATCH (p:Plan {title_key: key}) RETURN p.title_key AS title, p.number_key AS number
  UNION MATCH (p:Plan {number_key: key}) RETURN p.title_key AS title, p.number_key AS number
}
RETURN DISTINCT title, number
"""

_NAMINGS = """
MATCH (n:Naming) WHERE n.title_key IN $keys
RETURN n.inner AS inner, n.title_key AS title_key, n.number_key AS number_key, n.title AS title, n.number AS number,
       n.times AS times
"""

_PLANS = """
MATCH (p:Plan) WHERE p.title_key IN $keys OR p.number_key IN $keys
RETURN p.id AS plan_id, p.title_key AS title_key, p.number_key AS number_key
"""


def identify_documents(view: View, keys: set[str], generation: int) -> dict[Key, str]:
    """Says anew what the citations that have to do with the given keys mean; the documents of all concerned names."""
    concerned = sorted(_connected(view, keys))
    namings = _namings(view.named_rows(_NAMINGS, _NamingColumns, keys=concerned))
    plans = view.named_rows(_PLANS, NamedPlan, keys=concerned)
    documents, clashes = identify(namings, plans)
    names: dict[Key, str] = {}
    for each in documents:
        for key in each.keys:
            names.setdefault(key, each.id)
    new: dict[str, set[_Fact]] = {
        "Identity": {(each.id, each.title, each.number, each.plan_id) for each in documents},
        "Name": {(*key, id) for key, id in names.items()},
        "Redirect": {(alias, each.id) for each in documents for alias in each.aliases},
        "Clash": {(number_key(each.number), each.number, each.title, each.other) for each in clashes},
    }
    old = _known(view, concerned)
    for label, facts in new.items():
        _replace(view, label, old[label], facts, generation)
    _draw(view, dict.fromkeys(old["Identity"]), new["Identity"])
    before = {(title, number): id for title, number, id in old["Name"]}
    _move(view, {key: (before[key], id) for key, id in names.items() if before.get(key, id) != id}, names)
    gone = {fact[0] for fact in old["Identity"]} - {fact[0] for fact in new["Identity"]}
    if gone:
        view.rows("UNWIND $ids AS id MATCH (d:Document {id: id}) DETACH DELETE d", ids=sorted(gone))
    return names


def _connected(view: View, keys: set[str]) -> set[str]:
    """The keys, and all that citations bring together with them, directly or over others."""
    known: set[str] = set()
    fresh = keys
    while fresh:
        known |= fresh
        fresh = {key for row in view.rows(_TOGETHER, keys=sorted(fresh)) for key in row if key} - known
    return known


def _namings(rows: Iterable[_NamingColumns]) -> list[Naming]:
    """One naming for each title and number, of those written differently the first; titles inside others apart."""
    written: dict[tuple[bool, str, str], list[_NamingColumns]] = defaultdict(list)
    for row in rows:
        written[row.inner, row.title_key, row.number_key].append(row)
    return [
        Naming(
            title_key=title_key,
            number_key=number_key,
            title=min(each.title for each in several),
            number=min((each.number for each in several if each.number is not None), default=None),
            times=0 if inner else sum(each.times for each in several),
        )
        for (inner, title_key, number_key), several in sorted(written.items())
    ]


def _known(view: View, keys: list[str]) -> dict[str, dict[_Fact, str]]:
    """What was said of these keys before: rows by label, with the ids of their nodes."""
    names = _facts(view, "Name", "n.title_key IN $keys", keys)
    return {
        "Identity": _facts(view, "Identity", "n.id IN $keys", sorted({fact[2] for fact in names})),
        "Name": names,
        "Redirect": _facts(view, "Redirect", "n.id IN $keys", keys),
        "Clash": _facts(view, "Clash", "n.number_key IN $keys", keys),
    }


def _facts(view: View, label: str, which: str, keys: list[str]) -> dict[_Fact, str]:
    columns = ", ".join(f"n.{name}" for name in _COLUMNS[label])
    query = f"MATCH (n:{label}) WHERE {which} AND n.until = $forever RETURN elementId(n), {columns}"
    return {tuple(fact): node for node, *fact in view.rows(query, keys=keys, forever=FOREVER)}


def _replace(view: View, label: str, old: dict[_Fact, str], new: set[_Fact], generation: int) -> None:
    gone = [node for fact, node in old.items() if fact not in new]
    if gone:
        view.rows(
            "MATCH (n) WHERE elementId(n) IN $gone"
            " SET n:Past, n.until = $generation, n.gone_at = timestamp()",
            gone=gone, generation=generation,
        )  # fmt: skip
    come = sorted((fact for fact in new if fact not in old), key=str)
    put(view, label, [dict(zip(_COLUMNS[label], fact, strict=True)) for fact in come], generation)


# Drawing

_DRAW = """
UNWIND $rows AS row
MERGE (d:Document {id: row.id}) SET d.title = row.title, d.number = row.number, d.plan_id = row.plan_id
WITH d, row OPTIONAL MATCH (d)-[r:NAMES]->() DELETE r
WITH DISTINCT d, row MATCH (p:Plan {id: row.plan_id}) CREATE (d)-[:NAMES]->(p)
"""

_MOVE_CITES = """
UNWIND $moved AS row
MATCH (old:Document {id: row.old})<-[r:CITES {title_key: row.title, number_key: row.number}]-(h)
MATCH (new:Document {id: row.new})
CREATE (h)-[n:CITES]->(new) SET n = properties(r)
DELETE r
"""

_INNER_OF = """
UNWIND $moved AS row
CALL (row) {
  MATCH (i:InnerTitle {title_key: row.title}) WHERE row.number = '' RETURN i
  UNION
  MATCH (c:Citation {title_key: row.title, number_key: row.number})<-[:INSIDE]-(i:InnerTitle) RETURN i
}
RETURN DISTINCT i.id AS id, i.plan_id AS plan_id, i.title_key AS title_key, i.outer_title_key AS outer_title_key,
       i.outer_number_key AS outer_number_key
"""

_UNDRAW_INNER = """
UNWIND $moved AS row MATCH (:Document {id: row.old})-[r:INNER]-() WHERE r.inner IN $ids DELETE r
"""

_DRAW_INNER = """
UNWIND $rows AS row MATCH (o:Document {id: row.outer}) MATCH (d:Document {id: row.document})
CREATE (o)-[:INNER {inner: row.inner, plan_id: row.plan_id}]->(d)
"""


class _InnerColumns(Record, frozen=True):
    """A title inside another, with the keys of both."""

    id: str
    plan_id: str
    title_key: str
    outer_title_key: str
    outer_number_key: str


def _draw(view: View, old: dict[_Fact, None], new: set[_Fact]) -> None:
    rows = [dict(zip(_COLUMNS["Identity"], fact, strict=True)) for fact in sorted(new, key=str) if fact not in old]
    if rows:
        view.rows(_DRAW, rows=rows)


def _move(view: View, moved: dict[Key, tuple[str, str]], names: dict[Key, str]) -> None:
    """Lets citations point to the document that their words mean now."""
    rows = [{"title": key[0], "number": key[1], "old": old, "new": new} for key, (old, new) in moved.items()]
    if not rows:
        return
    view.rows(_MOVE_CITES, moved=rows)
    inner = view.named_rows(_INNER_OF, _InnerColumns, moved=rows)
    view.rows(_UNDRAW_INNER, moved=rows, ids=[each.id for each in inner])
    _draw_inner(view, map(asdict, inner), names)


def _draw_inner(view: View, titles: Iterable[dict[str, Any]], names: dict[Key, str]) -> None:
    rows = [
        {"inner": row["id"], "plan_id": row["plan_id"], "outer": outer, "document": document}
        for row in titles
        if (outer := names.get((row["outer_title_key"], row["outer_number_key"])))
        and (document := names.get((row["title_key"], "")))
        and outer != document
    ]
    if rows:
        view.rows(_DRAW_INNER, rows=rows)


def draw_citations(view: View, plan_id: str, drawing: Drawing, names: dict[Key, str]) -> None:
    """Draws what a plan cites, and that it is a document itself."""
    for holder, rows in _citing(drawing, names):
        view.rows(
            f"UNWIND $rows AS row MATCH (h:{holder} {{id: row.holder_id}}) MATCH (d:Document {{id: row.document}})"
            " CREATE (h)-[r:CITES]->(d) SET r = row.about",
            rows=rows,
        )
    _draw_inner(view, drawing.nodes["inner"], names)
    view.rows(
        "MATCH (d:Document {plan_id: $plan}) MATCH (p:Plan {id: $plan}) MERGE (d)-[:NAMES]->(p)", plan=plan_id
    )  # fmt: skip


def _citing(drawing: Drawing, names: dict[Key, str]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    by_holder: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in drawing.nodes["citation"]:
        about = {name: row[name] for name in ("role", "title", "number", "sentence", "title_key", "number_key")}
        by_holder[label_of(row["holder"])].append(
            {
                "holder_id": row["holder_id"],
                "document": names[row["title_key"], row["number_key"]],
                "about": {"citation": row["id"], **about},
            }
        )
    yield from by_holder.items()
