"""The register in use (名录): what it does not have is listed with suggestions, which an office may accept."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.derived.unresolved import unresolved
from graph.query.questions import UnitRow
from ingest.files.whole import CannotWrite
from ingest.language.lexicon import Lexicon, load_lexicon
from ingest.language.own_names import accept
from tests.conftest import LEXICON


def a_unit(name: str, lead: int = 1, collective: bool = False) -> UnitRow:
    kind = "collective" if collective else "organization"
    return UnitRow(name, name, kind, "市", "平川市", (name,), lead, 0, 0, 0, 1)  # type: ignore[arg-type]


def test_units_that_are_not_registered_are_listed_with_what_they_may_mean(lexicon: Lexicon) -> None:
    rows = [a_unit("人设局"), a_unit("教育局"), a_unit("住建剧", lead=4), a_unit("相关部门", collective=True)]
    found = list(unresolved(rows, lexicon.register))
    assert [(row.name, row.tasks) for row in found] == [("住建剧", 4), ("人设局", 1)]
    assert "住建局" in found[0].suggestions


def test_an_accepted_name_is_one_of_the_unit_from_then_on(tmp_path: Path) -> None:
    local = tmp_path / "units.local.csv"
    accept(local, "人设局", "人力资源社会保障局")
    accept(local, "人社劳动局", "人力资源社会保障局")
    accept(local, "人设局", "人力资源社会保障局")
    lexicon = load_lexicon(LEXICON, local)
    assert lexicon.canonical("人设局") == lexicon.canonical("人社劳动局") == "人力资源社会保障局"
    assert local.read_text("utf-8-sig") == "name,names\n人力资源社会保障局,人设局|人社劳动局\n"


def test_what_the_office_wrote_into_its_file_stays(tmp_path: Path) -> None:
    local = tmp_path / "units.local.csv"
    local.write_text("\ufeffname,names,members\n食安委成员单位,,市教育局|市公安局\n", "utf-8")
    accept(local, "人设局", "人力资源社会保障局")
    entries = load_lexicon(LEXICON, local).register.entries
    assert entries["食安委成员单位"].members == ("市教育局", "市公安局")
    assert "人设局" in entries["人力资源社会保障局"].names


def test_a_file_that_may_not_be_written_is_a_sentence_and_not_half_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CannotWrite):
        accept(tmp_path / "file" / "units.local.csv", "人设局", "人力资源社会保障局")


def test_an_organisation_that_is_no_more_keeps_its_name_and_has_a_successor(lexicon: Lexicon) -> None:
    assert lexicon.canonical("卫计委") != "卫生健康委"
    assert lexicon.register.today_of("卫计委") == ("卫生健康委",)
