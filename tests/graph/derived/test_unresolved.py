"""What may be one body and what no text settles is suggested: other names of a place, names of the register."""

from __future__ import annotations

import pytest

from graph.derived.unresolved import unresolved
from graph.query.questions import UnitRow
from ingest.language.lexicon import Lexicon


def row(name: str, region: str = "松河市", tasks: int = 1) -> UnitRow:
    return UnitRow(f"{region}-{name}", name, "organization", None, region, (name,), tasks, 0, 0, 0, 1)


@pytest.mark.parametrize(
    ("one", "other"),
    [("水利局", "水务局"), ("运检部", "运维检修部"), ("安监部", "安全监察部"), ("绿保部", "绿化保洁部")],
)
def test_two_names_of_a_place_that_may_be_one_body_are_suggested_to_each_other(
    one: str, other: str, lexicon: Lexicon
) -> None:
    found = {each.name: each.suggestions for each in unresolved([row(one), row(other)], lexicon.register)}
    assert found[one][0] == other
    assert found[other][0] == one


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (row("水利局"), row("水务局", "宁川市")),
        (row("教育局"), row("体育局")),
        (row("财政局"), row("民政局")),
        (row("农业农村局"), row("农业局")),
        (row("温州市数据局", "温州市"), row("教育局", "温州市")),
    ],
)
def test_bodies_of_other_places_or_other_work_are_not(one: UnitRow, other: UnitRow, lexicon: Lexicon) -> None:
    assert list(unresolved([one, other], lexicon.register)) == []


def test_those_on_most_tasks_come_first_and_the_register_suggests_after_the_place(lexicon: Lexicon) -> None:
    rows = [row("运检部"), row("运维检修部", tasks=5), row("人设局", tasks=9)]
    found = list(unresolved(rows, lexicon.register))
    assert [each.name for each in found] == ["人设局", "运维检修部", "运检部"]
    assert all(len(each.suggestions) <= 3 for each in found)
