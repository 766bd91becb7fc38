"""The reading strip marks how the selected unit is written, to the character, wherever that stands."""

from __future__ import annotations

from tests.support.map_rows import a_section, a_task, data_of, some_data
from tests.support.web_library import Addresses
from web.library import Library
from web.maps.matrix.making import matrix_of
from web.maps.state import MapState, key_of
from web.maps.strip import LINES, selected_in, strip_list, strip_task


def test_every_units_phrase_is_marked_and_is_the_span_of_the_fact(site_library: Library, addresses: Addresses) -> None:
    facts = site_library.facts(addresses.plan)
    text = site_library.store.source(addresses.plan).text
    seen = 0
    for view in facts.tasks.values():
        for unit in view.units:
            strip = strip_task(view, facts, text, unit.unit_id)
            marked = [piece.text for pieces in (strip.words, *strip.said) for piece in pieces if piece.marked]
            same = [other for other in view.units if other.unit_id == unit.unit_id]
            assert sorted(marked) == sorted(other.span.of(text) for other in same)
            seen += 1
    assert seen > 100


def test_pieces_lose_no_word(site_library: Library, addresses: Addresses) -> None:
    facts = site_library.facts(addresses.plan)
    text = site_library.store.source(addresses.plan).text
    for view in facts.tasks.values():
        strip = strip_task(view, facts, text, view.units[0].unit_id if view.units else "")
        assert "".join(piece.text for piece in strip.words) == view.text
        for pieces in strip.said:
            assert "".join(piece.text for piece in pieces) in text


def test_a_cell_is_selected_by_keys_or_by_ids(site_library: Library, addresses: Addresses) -> None:
    made = matrix_of(data_of(site_library, addresses.plan), MapState())
    row = next(row for row in made.rows if row.id == addresses.task)
    unit = made.columns[row.squares[0].column].unit.id
    by_ids = selected_in(made, MapState(task=addresses.task, unit=unit))
    by_keys = selected_in(made, MapState(sel=f"{row.key}.{key_of(unit)}"))
    assert by_ids == by_keys
    assert by_ids is not None
    assert (by_ids.row, by_ids.column) == (row, row.squares[0].column)


def test_what_is_no_more_there_selects_nothing() -> None:
    made = matrix_of(some_data(a_task("a", "一", "牵发改委")), MapState())
    for state in (MapState(), MapState(sel="-"), MapState(sel="0000.0000"), MapState(task="gone", unit="gone")):
        assert selected_in(made, state) is None


def test_a_number_lists_the_tasks_that_it_counts_with_both_roles() -> None:
    sections = (a_section("一"), a_section("二"))
    tasks = (
        a_task("a", "一", "牵发改委", "责财政局"), a_task("b", "一", "配发改委"),
        a_task("c", "一", "责财政局?", "配发改委"),
        a_task("d", "二", "责财政局", "责发改委"),
    )  # fmt: skip
    made = matrix_of(some_data(*tasks, sections=sections, first="发改委"), MapState())
    chosen = selected_in(made, MapState(sel=f"{key_of('plan.一')}.{key_of('财政局')}"))
    assert chosen is not None
    found = strip_list(made, chosen, "发改委")
    assert [(line.words, line.role, line.inferred, line.own) for line in found.lines] == [
        ("做好a。", "responsible", False, "lead"), ("做好c。", "responsible", True, "support"),
    ]  # fmt: skip
    assert found.total == 2


def test_a_long_list_says_how_many_there_are() -> None:
    tasks = [a_task(f"{n}", "一", "责财政局") for n in range(LINES + 20)]
    made = matrix_of(some_data(*tasks), MapState())
    chosen = selected_in(made, MapState(unit="财政局"))
    assert chosen is not None
    found = strip_list(made, chosen, "")
    assert (len(found.lines), found.total) == (LINES, LINES + 20)
