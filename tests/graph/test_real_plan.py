"""The questions, asked of the published plan and held against its annotation (真实文件上的问题)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.sqlite.store import SqliteStore, open_store
from ingest.identity import squeeze
from ingest.language.lexicon import Lexicon
from ingest.parse import parse_plan
from ingest.readers.read import read_source
from ingest.resolution import resolve

HOME = Path(__file__).resolve().parents[1]
PLAN = next((HOME.parent / "data" / "plans").glob("*.txt"))
GOLD = json.loads((HOME / "golden" / "jiaozuo-2021.gold.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def store(lexicon: Lexicon, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    opened = open_store(tmp_path_factory.mktemp("library"), lambda plan: resolve(plan, lexicon), lexicon.stamp)
    source = read_source(PLAN)
    opened.save(source, parse_plan(source, lexicon))
    yield opened
    opened.close()


def annotated_in_december() -> list[str]:
    """The words of every deadline of the annotation that falls due in December 2021, in the order of the text."""
    holders = [h for item in GOLD["items"] for h in [*item["tasks"], *item["milestones"]]]
    deadlines = [d for holder in holders for d in holder["deadlines"]]
    return sorted(
        squeeze(d["text"]) for d in deadlines if d["kind"] in ("count", "recurring") or d["due"] == "2021-12-31"
    )


def test_what_falls_due_in_december_is_what_the_annotation_says_each_clause_once(store: SqliteStore) -> None:
    due = store.due_between("2021-12-01", "2021-12-31")
    assert sorted(squeeze(row.text) for row in due) == annotated_in_december()
    assert len({row.deadline_id for row in due}) == len(due)


def test_the_gaps_are_those_of_the_annotation(store: SqliteStore) -> None:
    tasks = [task for item in GOLD["items"] for task in item["tasks"]]
    no_lead = [
        t for t in tasks
        if len(t["responsibilities"]) > 1 and all(r["role"] != "lead" for r in t["responsibilities"])
    ]  # fmt: skip
    counts = store.gap_counts()
    assert counts["no-lead"] == len(no_lead)
    assert counts["no-unit"] == 0
    assert counts["deadline-none"] + counts["deadline-item"] + counts["deadline-open"] <= len(tasks)


def test_a_unit_leads_what_the_annotation_says_it_leads(store: SqliteStore) -> None:
    def led(name: str) -> int:
        roles = [(r["unit"], r["role"]) for item in GOLD["items"] for t in item["tasks"] for r in t["responsibilities"]]
        return roles.count((name, "lead"))

    for unit in store.units():
        assert unit.lead == led(unit.name), unit.name
