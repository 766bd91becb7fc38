"""How questions are answered (`python -m tests.questions_report`): by class, right, refused and wrong.

The questions (`open.json`) were written by someone who saw two plans and no grammar. An answer is right where 95 % of
the tasks meant are in it and at most a tenth of the plans' tasks in it are others; where words must be in it, they are;
a refusal is never wrong.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from ingest.language.lexicon import load_lexicon
from ingest.parse import parse_plan
from ingest.readers.read import read_source
from search import Catalog
from search.opening import close_both, open_catalog_at
from search.questions import reply
from web.pages.reply import reply_view
from web.queries.labels import labels_in

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = ROOT / "tests" / "corpus" / "questions"
TODAY = date(2026, 11, 30)
_SHOWN = {"seed": 76, "data": 16}
"""How many tasks of each plan the writer saw."""
_OPEN = ROOT / "tests" / "corpus" / "open"
PLANS = {
    "seed": next((ROOT / "data" / "plans").glob("*.txt")),
    "data": _OPEN / "c03_data_province_2024.txt",
    "air": _OPEN / "c04_air_city_2019.txt",
    "health": _OPEN / "healthreform-state-2022.txt",
    "openness": _OPEN / "openness-county-2021.txt",
}
"""The library that the questions are asked of; tasks are named by their plan and place: seed.3."""


@contextmanager
def asked_library() -> Iterator[tuple[Catalog, dict[str, str]]]:
    """A catalog of the plans, and what its tasks are named."""
    lexicon = load_lexicon(ROOT / "data" / "lexicon")
    names: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        catalog = open_catalog_at(Path(folder), lexicon)
        try:
            for key, path in PLANS.items():
                source = read_source(path)
                plan = catalog.add(source, parse_plan(source, lexicon)).plan
                names |= {task.id: f"{key}.{nth}" for nth, task in enumerate(plan.tasks, 1)}
            yield catalog, names
        finally:
            close_both(catalog)


def verdict(case: Mapping[str, Any], catalog: Catalog, names: Mapping[str, str]) -> str:
    """`right`, `refused` or `wrong`."""
    view = reply_view(reply(case["question"], catalog, TODAY), labels_in(catalog.store))
    refused = view.status != "answered"
    if case.get("empty"):
        return "right" if refused or not view.rows else "wrong"
    if refused:
        return "refused"
    said = msgspec.json.encode(view).decode()
    must = all(any(each in said for each in words.split("|")) for words in case.get("must") or ())
    gold = set(case.get("gold") or ())
    if not gold:
        return "right" if must and (view.rows or view.values) else "wrong"
    found = {name for row in view.rows if _was_shown(name := names.get(row.task, ""))}
    if case.get("must"):
        return "right" if must and gold <= found else "wrong"
    enough = len(gold & found) >= 0.95 * len(gold)
    return "right" if enough and len(gold & found) >= 0.9 * max(1, len(found)) else "wrong"


def _was_shown(name: str) -> bool:
    """Whether a task is one of those that the writer saw; a task that is read since was not in any list."""
    plan, _, nth = name.partition(".")
    return int(nth or 0) <= _SHOWN.get(plan, 0)


def by_class() -> dict[str, Counter[str]]:
    """How many of each class were right, refused and wrong."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    with asked_library() as (catalog, names):
        for case in json.loads((QUESTIONS / "open.json").read_text("utf-8")):
            found[case["cls"]][verdict(case, catalog, names)] += 1
    return dict(found)


def _tell() -> None:
    """Prints what is not right."""
    with asked_library() as (catalog, names):
        for case in json.loads((QUESTIONS / "open.json").read_text("utf-8")):
            judged = verdict(case, catalog, names)
            if judged != "right":
                view = reply_view(reply(case["question"], catalog, TODAY), labels_in(catalog.store))
                found = {names.get(row.task, row.task) for row in view.rows}
                gold = set(case.get("gold") or ())
                print(
                    f"{judged} {case['cls']}: {case['question']}\n    {view.reading} {view.notes} {view.readings[:3]}"
                )
                print(
                    f"    missing {sorted(gold - found)[:6]} extra {sorted(found - gold)[:6]} must {case.get('must')}"
                )


def main() -> int:
    """Prints the table, with `--errors` what is not right before it."""
    if "--errors" in sys.argv:
        _tell()
    table = by_class()
    for cls, counted in (*table.items(), ("all", sum(table.values(), Counter()))):
        print(f"  {cls:<22} right {counted['right']:>3} refused {counted['refused']:>3} wrong {counted['wrong']:>3}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
