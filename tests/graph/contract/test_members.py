"""What every store must do (graph/store.py): collectives whose members the office's own register states (成员单位)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.query.questions import Duty
from graph.store import Members, Store
from ingest.language.register import parse_register, register_of
from ingest.language.stated import stated_members
from tests.support.factories import a_plan, a_task, resolve

if TYPE_CHECKING:
    from tests.support.graph_stores import Open


def an_office_states(*rows: str) -> Members:
    """What an office's file with these rows (name, members) states; 卫健委 is known by two names."""
    known = parse_register("name,names\n卫生健康委,卫健委\n教育局,\n", "units.csv")
    own = parse_register("\n".join(["name,members", *rows]), "units.local.csv")
    return stated_members(register_of(known, own))


def fill(store: Store) -> None:
    store.save(
        *a_plan(
            a_task("甲", responsible=["食安委成员单位"]),
            a_task("乙", responsible=["各乡镇（街道）"]),
            a_task("丙", lead=["卫健委"], support=["教育局", "税务局", "城关镇"]),
        )
    )


def reached(store: Store, unit: str) -> list[tuple[str, str, str]]:
    """Text, way and named unit of the tasks that reach a unit otherwise than by its own name."""
    found: tuple[Duty, ...] = store.duties_of(f"焦作市示范区-{unit}")
    return [(each.text, each.via, each.named) for each in found if each.via != "own"]


def memberships(store: Store) -> set[tuple[str, str, str]]:
    whole = store.nodes_and_edges()
    drawn = (edge for edge in whole.edges if edge.kind == "member_of")
    names = {node.key: node.label for node in whole.nodes}
    return {(names[edge.source], names[edge.target], edge.detail) for edge in drawn}


def test_of_stated_members_exactly_these_are_covered_and_the_rest_is_guessed_by_name(opening: Open) -> None:
    store, _ = opening(resolve, "1", an_office_states("区食安委成员单位,市卫生健康委|教育局|城关镇"))
    fill(store)
    assert reached(store, "卫健委") == [("甲", "member", "食安委成员单位")]
    assert reached(store, "教育局") == [("甲", "member", "食安委成员单位")]
    assert reached(store, "税务局") == [], "a department, and no member"
    assert reached(store, "城关镇") == [
        ("甲", "member", "食安委成员单位"),
        ("乙", "collective", "各乡镇（街道）"),
    ], "no department, and a member"
    assert memberships(store) == {
        ("卫健委", "食安委成员单位", ""),
        ("教育局", "食安委成员单位", ""),
        ("城关镇", "食安委成员单位", ""),
        ("城关镇", "各乡镇（街道）", "inferred"),
    }
    names = {each.id: each.name for each in store.units()}
    coverings = {(names[each.unit_id], names[each.collective_id], each.stated) for each in store.coverings()}
    assert coverings == {(unit, collective, not detail) for unit, collective, detail in memberships(store)}
    store.close()


def test_without_stated_members_names_decide(store: Store) -> None:
    fill(store)
    assert reached(store, "税务局") == [("甲", "collective", "食安委成员单位")]
    assert {detail for *_, detail in memberships(store)} == {"inferred"}


def test_a_member_that_a_task_names_itself_is_not_told_twice(opening: Open) -> None:
    store, _ = opening(resolve, "1", an_office_states("食安委成员单位,教育局"))
    store.save(*a_plan(a_task("甲", lead=["教育局"], support=["食安委成员单位"])))
    assert reached(store, "教育局") == []
    store.close()


def test_members_are_of_the_collectives_region(opening: Open) -> None:
    store, _ = opening(resolve, "1", an_office_states("食安委成员单位,教育局"))
    store.save(*a_plan(a_task("甲", responsible=["食安委成员单位"]), a_task("乙", lead=["市教育局"])))
    assert [each.text for each in store.duties_of("焦作市-教育局")] == ["乙"]
    store.close()


def test_another_office_file_is_followed_by_all_that_is_already_there(opening: Open) -> None:
    """Of two plans that name the same units, neither brings them anew when the tables are made again."""
    store, _ = opening(resolve, "1", an_office_states("食安委成员单位,教育局"))
    fill(store)
    units = ["食安委成员单位", "教育局", "税务局", "卫健委", "城关镇"]
    store.save(*a_plan(a_task("丁", responsible=units), number="乙〔2022〕1号"))
    store.close()
    again, _ = opening(resolve, "2", an_office_states("食安委成员单位,税务局", "各乡镇（街道）,河滨街道"))
    assert reached(again, "教育局") == []
    assert reached(again, "税务局") == [("甲", "member", "食安委成员单位")]
    assert memberships(again) == {("税务局", "食安委成员单位", "")}
    again.close()
