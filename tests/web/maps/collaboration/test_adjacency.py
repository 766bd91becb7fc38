"""Who works with whom as a table: symmetric, in the order of the boxes, with each unit's own tasks on the diagonal."""

from __future__ import annotations

from tests.support.map_rows import a_task, a_unit
from tests.web.maps.collaboration.test_making import a_network
from web.maps.collaboration.adjacency import adjacency
from web.maps.collaboration.making import collaboration


def test_a_cell_is_the_tasks_of_its_row_and_column_seen_from_the_row() -> None:
    made = collaboration(*a_network(40, 200))
    table = adjacency(made, [f"第{n}框" for n, _ in enumerate(made.groups)])
    rows = [row for row in table.rows if not row.group]
    cells = {(row.key, square.column): square for row in rows for square in row.squares}
    at = {column.unit.id: n for n, column in enumerate(table.columns)}
    keys = [column.key for column in table.columns]
    assert [row.key for row in rows] == keys
    assert sum(not square.own for square in cells.values()) == 2 * len(made.pairs)
    for pair in made.pairs:
        one, other = at[pair.one], at[pair.other]
        assert cells[keys[one], other].total == cells[keys[other], one].total == pair.weight
        assert (cells[keys[one], other].counts[0], cells[keys[other], one].counts[0]) == (pair.leads, pair.led)
    for pill in made.spots:
        own = cells[pill.key, at[pill.unit.id]]
        assert (own.own, own.counts) == (True, pill.counts)


def test_units_of_a_box_stand_together_beneath_its_title_collectives_last() -> None:
    made = collaboration(*a_network(40, 200))
    titles = [f"第{n}框" for n, _ in enumerate(made.groups)]
    table = adjacency(made, titles)
    assert [name for name, _ in table.bands] == [row.title for row in table.rows if row.group] == titles
    assert [width for _, width in table.bands] == [group.shown for group in made.groups]
    begin = 0
    for _, width in table.bands:
        run = [column.collective for column in table.columns[begin : begin + width]]
        assert run == sorted(run)
        begin += width


def test_two_who_both_lead_lead_nobody_there() -> None:
    tasks = [a_task("一", "1", "牵甲局", "牵乙局"), a_task("二", "1", "牵甲局", "配乙局")]
    made = collaboration(tasks, {name: a_unit(name) for name in ("甲局", "乙局")})
    table = adjacency(made, [""])
    (cell,) = {square.counts for row in table.rows if row.words == "甲局" for square in row.squares if not square.own}
    assert cell == (1, 1, 0)
