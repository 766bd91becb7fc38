"""Where in its file a fact stands (位置)."""

from __future__ import annotations

from msgspec.structs import replace

from ingest.model import Cell, Page, Span
from ingest.places import Place, place_of
from ingest.readers.read import source_of

TEXT = replace(source_of("前言\n甲\t乙\n丙".encode(), "a.txt"), pages=(Page(1, 0), Page(2, 3)))
TABLE = replace(TEXT, cells=(Cell(1, 1, 1, Span(3, 4)), Cell(1, 1, 2, Span(5, 6), sheet="任务")))


def test_a_text_has_no_places() -> None:
    assert place_of(source_of("前言".encode(), "a.txt"), 1) == Place()


def test_a_page_holds_what_follows_its_beginning() -> None:
    assert [place_of(TEXT, position).page for position in (0, 2, 3, 7)] == [1, 1, 2, 2]


def test_a_cell_has_its_table_and_row_and_what_is_between_cells_has_none() -> None:
    assert place_of(TABLE, 3) == Place(2, 1, 1)
    assert place_of(TABLE, 5) == Place(2, 1, 1, "任务")
    assert place_of(TABLE, 4) == Place(2)
    assert place_of(TABLE, 7) == Place(2)
