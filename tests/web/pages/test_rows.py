"""A unit that a text names in two roles stands once on the task of a list, in the higher; both places stay facts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.factories import a_plan, a_task
from tests.support.web_library import library_of, settings_for
from web.site.app import create_app


@pytest.mark.parametrize(
    ("roles", "shown"),
    [
        ({"lead": ["教育局"], "responsible": ["教育局", "公安局"]}, [("教育局", "lead"), ("公安局", "responsible")]),
        ({"lead": ["教育局"], "support": ["公安局", "教育局"]}, [("教育局", "lead"), ("公安局", "support")]),
        ({"responsible": ["公安局"], "support": ["公安局"]}, [("公安局", "responsible")]),
    ],
)  # fmt: skip
def test_a_unit_in_two_roles_is_shown_once_in_the_higher(
    tmp_path: Path, roles: dict[str, list[str]], shown: list[tuple[str, str]]
) -> None:
    library = library_of(tmp_path, (), [a_plan(a_task("办好学校", **roles))])  # type: ignore[arg-type]
    site = create_app(settings_for(tmp_path), library).test_client()
    (row,) = site.get("/api/v1/tasks").get_json()["rows"]
    assert [(unit["name"], unit["role"]) for unit in row["units"]] == shown
    facts = site.get(f"/api/v1/tasks/{row['task']}").get_json()["task"]["units"]
    assert len(facts) == sum(map(len, roles.values()))
    library.close()
