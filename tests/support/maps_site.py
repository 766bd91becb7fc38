"""Sites over invented plans, one of two hundred tasks and one of hostile names, for tests of maps in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from tests.support.browser import served
from tests.support.factories import a_plan, a_section, a_task
from tests.support.large_plan import large_plan
from tests.support.web_library import library_of, settings_for
from web.site.app import create_app

SCRIPT = "<script>alert(1)</script><b onclick=x>\"'&"


@contextmanager
def large_site(folder: Path) -> Iterator[str]:
    """The address of the plan's page, for as long as the block lasts."""
    file = folder / "plan.txt"
    file.write_text(large_plan(), encoding="utf-8")
    library = library_of(folder / "library", [file])
    with served(create_app(settings_for(folder), library)) as origin:
        yield f"{origin}/plans/{library.store.plans()[0].id}"
    library.close()


@contextmanager
def hostile_site(folder: Path) -> Iterator[str]:
    """The address of the page of a unit among hostile names."""
    others = [["\u202e反\u2066局", f"{'长' * 300}{n}局"] for n in range(9)]
    tasks = [a_task(f"任务{n}{SCRIPT}", lead=[f"{SCRIPT}局"], support=each) for n, each in enumerate(others)]
    pair = a_plan(a_section(f"标题{SCRIPT}", *tasks), title=f"要点{SCRIPT}")
    library = library_of(folder, files=(), pairs=[pair])
    unit = max(library.store.units(), key=lambda unit: unit.lead)
    with served(create_app(settings_for(folder), library)) as origin:
        yield f"{origin}/units/{quote(unit.id, safe='')}"
    library.close()
