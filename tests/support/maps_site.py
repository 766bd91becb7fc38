"""A site over an invented plan of two hundred tasks, for tests of maps in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.browser import served
from tests.support.large_plan import large_plan
from tests.support.web_library import library_of, settings_for
from web.site.app import create_app


@contextmanager
def large_site(folder: Path) -> Iterator[str]:
    """The address of the plan's page, for as long as the block lasts."""
    file = folder / "plan.txt"
    file.write_text(large_plan(), encoding="utf-8")
    library = library_of(folder / "library", [file])
    with served(create_app(settings_for(folder), library)) as origin:
        yield f"{origin}/plans/{library.store.plans()[0].id}"
    library.close()
