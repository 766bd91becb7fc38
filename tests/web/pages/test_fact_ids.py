"""One id for one fact: what a page marks under an id is what the stores and exports keep under it (编号)."""

from __future__ import annotations

from pathlib import Path

from graph.derived.columns import columns
from graph.derived.rows import rows_of
from ingest.language.lexicon import Lexicon
from ingest.model import Doubt, Plan, Source, Span
from search.opening import resolver
from tests.support.factories import a_plan
from tests.support.golden_stamps import small_plan
from tests.support.web_library import library_of, settings_for
from web.facts.by_task import plan_facts
from web.facts.cards import facts_of
from web.library import Library
from web.site.app import create_app

TWO = (Doubt("unread", {}, Span(0, 4)), Doubt("no-lead", {}, Span(0, 9)), Doubt("unread", {}, Span(0, 9)))


def of_pages(plan: Plan, text: str, lexicon: Lexicon) -> dict[str, tuple[int, int, str]]:
    facts = plan_facts(plan, resolver(lexicon)(plan), ())
    return {card.id: (card.span.start, card.span.end, card.doubt_code) for card in facts_of(facts, text)}


def of_stores(plan: Plan, text: str, lexicon: Lexicon) -> dict[str, tuple[int, int, str]]:
    found = {}
    for table, values in rows_of(plan, text, resolver(lexicon)):
        if table in ("deadline", "target", "citation", "doubt"):
            row = dict(zip(columns()[table], values, strict=True))
            found[str(row["id"])] = (int(row["start"] or 0), int(row["end"] or 0), str(row.get("code") or ""))
    return found


def same_ids(source: Source, plan: Plan, lexicon: Lexicon) -> None:
    shown, stored = of_pages(plan, source.text, lexicon), of_stores(plan, source.text, lexicon)
    assert stored
    assert {id: shown[id] for id in stored if id in shown} == stored


def test_facts_of_a_small_plan_have_one_id(lexicon: Lexicon) -> None:
    same_ids(*small_plan(), lexicon)


def test_facts_of_the_published_plan_have_one_id(site_library: Library) -> None:
    (row,) = site_library.store.plans()
    same_ids(site_library.store.source(row.id), site_library.store.load(row.id), site_library.lexicon)


def test_two_doubts_that_begin_at_one_place_are_told_apart_everywhere(tmp_path: Path) -> None:
    source, plan = a_plan("一项任务，由大家来做", doubts=TWO)
    library = library_of(tmp_path / "library", files=(), pairs=[(source, plan)])
    site = create_app(settings_for(tmp_path / "library"), library).test_client()
    stored = {row.id: (row.code, row.span) for row in library.store.doubts(plan.id)}
    drawn = {node.id: node.label for node in library.store.nodes_and_edges().nodes if node.kind == "doubt"}
    said = site.get(f"/api/v1/plans/{plan.id}/text").get_json()
    listed = site.get("/api/v1/doubts").get_json()
    for nth, doubt in enumerate(TWO, 1):
        id = f"{plan.id}.doubt-{nth}"
        assert stored[id] == (doubt.code, doubt.span)
        assert drawn[id] == doubt.code
        assert id in str(said)
        (line,) = (line for group in listed["groups"] for line in group["lines"] if line["fact_id"] == id)
        assert (line["doubt"]["id"], line["doubt"]["code"]) == (id, doubt.code)
    library.close()
