"""What an office's own file states: who is a member of a collective (成员单位), and second nameplates (加挂牌子)."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.language.lexicon import load_lexicon
from ingest.language.own_names import accept
from ingest.language.register import Register, parse_register, register_of
from ingest.language.stated import bearers_by_hat, bearers_of, hats_of, stated_members
from tests.conftest import LEXICON

KNOWN = parse_register(
    "name,names\n市场监管局,市场监督管理局\n粮食和物资储备局,粮储局|粮食和储备局\n发改委,发展改革委\n", "units.csv"
)


def an_office(*rows: str) -> Register:
    """The register of an office whose file has these rows: name, members, hat."""
    return register_of(KNOWN, parse_register("\n".join(["name,members,hat", *rows]), "units.local.csv"))


@pytest.mark.parametrize(
    ("collective", "unit"),
    [
        ("食安委成员单位", "市场监管局"),
        ("区食安委成员单位", "市场监督管理局"),
        ("食安委成员单位", "区市场监管局"),
        ("区食安委有关成员单位", "城投公司"),
        ("食安委成员单位", "住建局"),
    ],
)
def test_a_member_is_one_however_both_are_written(collective: str, unit: str) -> None:
    office = an_office("市食安委成员单位,市市场监管局|区城投公司|住建局(交通运输局),")
    assert stated_members(office)(collective, unit) is True


def test_a_collective_in_half_width_brackets_is_the_same() -> None:
    is_member = stated_members(an_office("各乡镇(街道),城关镇,"))
    assert is_member("各乡镇（街道）", "城关镇") is True
    assert is_member("各乡镇（街道）", "河滨街道") is False


def test_who_is_not_listed_is_no_member_and_where_nobody_is_listed_nothing_is_stated() -> None:
    is_member = stated_members(an_office("食安委成员单位,市场监管局,", "安委会成员单位,,"))
    assert is_member("食安委成员单位", "发改委") is False
    assert is_member("安委会成员单位", "发改委") is None
    assert is_member("各部门", "发改委") is None
    assert stated_members(register_of(KNOWN))("食安委成员单位", "市场监管局") is None


def test_two_levels_of_a_commission_may_have_their_own_members() -> None:
    is_member = stated_members(an_office("市食安委成员单位,粮储局,", "区食安委成员单位,发改委,"))
    assert (is_member("市食安委成员单位", "粮储局"), is_member("市食安委成员单位", "发改委")) == (True, False)
    assert (is_member("区食安委成员单位", "粮储局"), is_member("区食安委成员单位", "发改委")) == (False, True)


@given(st.text("市区各委局部门（）甲乙", max_size=12), st.text("市区委局（）甲乙", max_size=12))
def test_no_name_of_a_plan_is_too_odd_to_ask_for(collective: str, unit: str) -> None:
    assert stated_members(an_office("食安委成员单位,发改委,"))(collective, unit) is not True


@pytest.mark.parametrize("hat", ["粮食和储备局", "区粮食和储备局", "粮食和物资储备局", "粮储局"])
def test_a_second_nameplate_is_found_by_any_of_its_names_and_says_who_bears_it(hat: str) -> None:
    assert bearers_of(hat, an_office("发改委,,粮食和储备局|能源局")) == ("发改委",)


def test_a_unit_names_its_nameplates_and_a_unit_without_any_has_none() -> None:
    office = an_office("发改委,,粮储局|能源局")
    assert hats_of("区发展改革委", office) == ("粮储局", "能源局")
    assert hats_of("市场监管局", office) == hats_of("没有的局", office) == ()
    assert bearers_of("发改委", office) == ()
    assert bearers_by_hat(office) == {"粮储局": ("发改委",), "能源局": ("发改委",)}


def test_members_and_nameplates_change_the_stamp_and_stay_when_a_name_is_accepted(tmp_path: Path) -> None:
    local = tmp_path / "units.local.csv"
    local.write_text("\ufeffname,names,members,hat\n食安委成员单位,,教育局|税务局,\n发改委,,,粮储局\n", "utf-8")
    stated = load_lexicon(LEXICON, local)
    assert stated.stamp != load_lexicon(LEXICON).stamp
    accept(local, "发改改委", "发改委")
    accept(local, "人设局", "人力资源社会保障局")
    accepted = load_lexicon(LEXICON, local)
    assert local.read_text("utf-8-sig").splitlines() == [
        "name,names,members,hat",
        "食安委成员单位,,教育局|税务局,",
        "发改委,发改改委,,粮储局",
        "人力资源社会保障局,人设局,,",
    ]
    assert hats_of("发改改委", accepted.register) == ("粮储局",)
    assert stated_members(accepted.register)("食安委成员单位", "税务局") is True
    local.write_text(local.read_text("utf-8").replace("教育局|税务局", "教育局"), "utf-8")
    assert load_lexicon(LEXICON, local).stamp != accepted.stamp


def test_the_example_in_the_readme_does_what_it_says(tmp_path: Path) -> None:
    readme = (LEXICON.parent / "README.md").read_text("utf-8")
    example = readme.split("```csv\n")[1].split("```")[0]
    local = tmp_path / "units.local.csv"
    local.write_text("\n".join(line.strip() for line in example.splitlines()), "utf-8")
    register = load_lexicon(LEXICON, local).register
    is_member = stated_members(register)
    assert is_member("食安委成员单位", "市场监督管理局") is True
    assert is_member("各乡镇（街道）", "城关镇") is True
    assert bearers_of("粮食和物资储备局", register) == ("发改委",)
    assert "发展改革委" in register.entries["发改委"].names, "the shipped names are still there"
