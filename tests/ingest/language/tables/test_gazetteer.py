"""The register of places: the chain above each, its forms, and names that two places have."""

from __future__ import annotations

import pytest

from ingest.language.lexicon import Lexicon
from ingest.language.tables.gazetteer import COLUMNS, Gazetteer
from tests.conftest import LEXICON

HEADING = ",".join(COLUMNS)


@pytest.mark.parametrize(
    ("name", "chain"),
    [
        ("鹿城区", ["浙江省", "温州市", "温州市鹿城区"]),
        ("凉山州", ["四川省", "凉山彝族自治州"]),
        ("内蒙古", ["内蒙古自治区"]),
        ("石河子市", ["新疆维吾尔自治区", "石河子市"]),
        ("东城区", ["北京市", "北京市东城区"]),
        ("增城市", ["广东省", "广州市", "增城市"]),
    ],
)
def test_a_place_has_those_above_it(name: str, chain: list[str], lexicon: Lexicon) -> None:
    found = lexicon.places.named(name)
    assert found is not None
    assert [key for _, key in lexicon.places.chain(found)] == chain


def test_a_name_that_two_places_have_is_told_by_what_is_above_it(lexicon: Lexicon) -> None:
    assert lexicon.places.named("鼓楼区") is None
    found = lexicon.places.named("鼓楼区", ["福州市"])
    assert found is not None
    assert lexicon.places.key(found) == "福州市鼓楼区"


@pytest.mark.parametrize(
    ("stem", "within", "name"),
    [("温州", [], "温州市"), ("吉林", [], "吉林省"), ("凉山", [], "凉山彝族自治州"), ("德清", ["湖州市"], "德清县")],
)
def test_a_stem_means_the_highest_place_that_begins_so(
    stem: str, within: list[str], name: str, lexicon: Lexicon
) -> None:
    found = lexicon.places.of_stem(stem, within)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("stem", ["南湖", "城关", "德清"])
def test_the_stem_of_a_county_means_nothing_outside_its_prefecture(stem: str, lexicon: Lexicon) -> None:
    assert lexicon.places.of_stem(stem, ["武汉市"]) is None


@pytest.mark.parametrize(("text", "expected"), [("城区教育局", None), ("郊区供电公司", None), ("矿区", None)])
def test_words_that_are_places_of_few_prefectures_are_none_elsewhere(
    text: str, expected: None, lexicon: Lexicon
) -> None:
    assert lexicon.places.beginning(text, 0) is expected


def test_every_place_has_a_parent_that_is_a_place_and_provinces_have_their_letter() -> None:
    rows = [line.split(",") for line in (LEXICON / "places.csv").read_text("utf-8").splitlines()[1:]]
    names = {(row[2], row[1]) for row in rows}
    assert len(rows) > 3200
    for _, name, level, parent, _, sign, _ in rows:
        assert (level == "省") == (parent == "") == (sign != ""), name
        assert not parent or ("省", parent) in names or ("市", parent) in names, name


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("code,name\n1,松河市", "row 1: the columns are"),
        (f"{HEADING}\n110000,北京市,省", "row 2"),
        (f"{HEADING}\n110000,北京市,州,,,京,", "row 2"),
    ],
)
def test_a_malformed_row_is_named(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"places.csv: {message}"):
        Gazetteer(text).named("北京市")


def test_no_register_at_all_knows_no_place() -> None:
    assert Gazetteer().named("北京市") is None
