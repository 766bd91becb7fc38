"""A library for the site's tests: the plan as published, read and stored at an address."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from ingest.model import Plan, Source
from ingest.parse import parse_plan
from ingest.readers.read import read_source
from web.library import Library, open_library
from web.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
LEXICON = ROOT / "data" / "lexicon"
SEED = sorted((ROOT / "data" / "plans").glob("*.txt"))[0]


def settings_for(address: str | Path) -> Settings:
    """Settings of a site over a library; today is a day before the plan's last deadlines."""
    return Settings(library=address, lexicon=LEXICON, today=lambda: date(2021, 11, 15))


def library_of(
    address: str | Path, files: Iterable[Path] = (SEED,), pairs: Iterable[tuple[Source, Plan]] = ()
) -> Library:
    """A library with these files read into it, and these plans as they are."""
    library = open_library(address, LEXICON)
    for file in files:
        source = read_source(file)
        library.catalog.add(source, parse_plan(source, library.lexicon))
    for source, plan in pairs:
        library.catalog.add(source, plan)
    return library


class Addresses:
    """Every address of a site over a library, with an example of each kind of thing in it."""

    def __init__(self, library: Library) -> None:
        store = library.store
        self.plan = next(row.id for row in store.plans() if row.tasks)
        facts = library.facts(self.plan)
        self.unit = store.units(self.plan)[0].id
        self.other = store.units(self.plan)[:10][-1].id
        self.task = next(task.id for task in facts.tasks.values() if task.units and task.deadlines)
        self.fact = facts.tasks[self.task].units[0].fact_id
        self.document = next(row.id for row in store.documents() if row.number)

    def all(self) -> dict[str, str]:
        """Addresses by a name."""
        return {
            "home": "/",
            "plan": f"/plans/{self.plan}",
            "text": f"/plans/{self.plan}/text",
            "fact": f"/plans/{self.plan}/text?fact={self.fact}#{self.fact}",
            "plans": "/plans?sort=tasks",
            "documents": "/documents",
            "units": "/units",
            "unit": f"/units/{self.unit}",
            "task": f"/tasks/{self.task}",
            "document": f"/documents/{self.document}",
            "search": "/search?q=食品安全",
            "question": "/search?q=食药监分局牵头哪些任务",
            "who": "/search?q=谁负责校园食品安全",
            "nothing": f"/search?q=食品安全&unit={self.unit}&month=2021-01",
            "tasks": f"/tasks?-unit={self.unit}:lead&has=deadline",
            "tally": "/tasks?of=unit&in=lead",
            "due": "/due?from=2021-11-01&to=2021-11-30",
            "gaps": "/gaps?code=no-lead",
            "doubts": "/doubts",
            "network": f"/maps/network?of=unit:{self.unit}",
            "unit-matrix": f"/units/{self.unit}?m-view=matrix&m-all=1",
            "tasks-matrix": "/tasks?lacks=lead&m-view=matrix&m-order=level",
            "cell": f"/plans/{self.plan}?m-task={self.task}&m-unit={self.unit}",
            "network-document": f"/maps/network?of=document:{self.document}",
            "document-chain": f"/documents/{self.document}/map",
            "plan-chain": f"/plans/{self.plan}?m-view=chain",
            "maps": "/maps",
            "ways": f"/maps/path?from={self.unit}&to={self.other}",
            "missing": "/units/nobody",
        }
