"""The register of units: what it says of an organisation, what became of one that is no more, what a slip meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.language.lexicon import Lexicon, load_lexicon
from ingest.language.register import Register, RegisteredUnit, parse_register, register_of
from tests.conftest import LEXICON

SHIPPED = register_of(parse_register((LEXICON / "units.csv").read_text("utf-8"), "units.csv"))
ENTRIES = tuple(SHIPPED.entries.values())


def a_register(*rows: str, own: str = "") -> Register:
    """A register of rows `name,names,to,successor`, and of an office's own."""
    heading = "name,names,to,successor\n"
    return register_of(
        parse_register(heading + "\n".join(rows), "units.csv"), parse_register(heading + own, "units.local.csv")
    )


def test_the_register_that_is_handed_out_has_three_thousand_names() -> None:
    assert len(SHIPPED.aliases) >= 3000


def test_every_entry_says_its_level_its_line_of_work_and_its_source() -> None:
    assert [entry.name for entry in ENTRIES if not (entry.levels and entry.system and entry.note)] == []


def test_the_example_of_every_entry_is_a_way_of_writing_it() -> None:
    astray = [entry.name for entry in ENTRIES if SHIPPED.entry_of(entry.example) != entry]
    assert astray == []


def test_names_are_written_without_blanks_brackets_and_marks() -> None:
    assert [name for name in SHIPPED.aliases if not name.isalnum() or len(name) < 2] == []


def test_whoever_takes_over_stands_in_the_register() -> None:
    unknown = [(e.name, s) for e in ENTRIES for s in e.successors if s not in SHIPPED.entries]
    assert unknown == []


def test_only_an_organisation_that_is_no_more_has_successors() -> None:
    assert [entry.name for entry in ENTRIES if bool(entry.successors) != (entry.until is not None)] == []


def test_every_change_ends_in_an_organisation_of_today() -> None:
    ended = [entry for entry in ENTRIES if entry.until is not None]
    assert len(ended) > 150
    astray = [
        entry.name
        for entry in ended
        if not SHIPPED.today_of(entry.name)
        or any(SHIPPED.entries[name].until is not None for name in SHIPPED.today_of(entry.name))
    ]
    assert astray == []


def test_no_organisation_ends_before_it_began() -> None:
    assert [e.name for e in ENTRIES if e.since is not None and e.until is not None and e.until < e.since] == []


@pytest.mark.parametrize(
    ("mention", "today"),
    [
        ("市卫计委", ("卫生健康委",)),
        ("县卫生局", ("卫生健康委",)),
        ("区食药监局", ("市场监管局", "药监局")),
        ("市工商局", ("市场监管局",)),
        ("市质监局", ("市场监管局",)),
        ("市环保局", ("生态环境局",)),
        ("省环保厅", ("生态环境厅",)),
        ("环境保护部", ("生态环境部",)),
        ("县农业局", ("农业农村局",)),
        ("市国土局", ("自然资源局",)),
        ("市规划局", ("自然资源局",)),
        ("县安监局", ("应急管理局", "应急管理厅")),
        ("县扶贫办", ("农业农村局", "农业农村厅")),
        ("县乡村振兴局", ("农业农村局", "农业农村厅")),
        ("国务院扶贫办", ("农业农村部",)),
        ("市法制办", ("司法局", "司法厅")),
        ("银监会", ("金融监管总局",)),
        ("保监会", ("金融监管总局",)),
        ("银保监会", ("金融监管总局",)),
        ("市银保监分局", ("金融监管分局",)),
        ("国土资源部", ("自然资源部",)),
        ("农业部", ("农业农村部",)),
        ("卫生部", ("国家卫生健康委",)),
        ("国家质监局", ("市场监管总局", "海关总署")),
        ("市物价局", ("发改委",)),
        ("县地税局", ("税务局",)),
    ],
)
def test_who_does_today_the_work_of_an_organisation_that_is_no_more(mention: str, today: tuple[str, ...]) -> None:
    assert SHIPPED.today_of(mention) == today


@pytest.mark.parametrize(("old", "new"), [("农业局", "农业农村局"), ("环保局", "生态环境局"), ("扶贫办", "乡村振兴局")])
def test_an_organisation_that_is_no_more_is_not_another_name_of_todays(old: str, new: str) -> None:
    before, after = SHIPPED.entry_of(old), SHIPPED.entry_of(new)
    assert before is not None
    assert after is not None
    assert (before.until is not None, before == after) == (True, False)


@pytest.mark.parametrize("name", ["建设厅", "建委", "建设局", "畜牧局", "人防办"])
def test_an_organisation_that_some_places_still_have_has_not_ended(name: str) -> None:
    entry = SHIPPED.entry_of(name)
    assert entry is not None
    assert entry.until is None


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("市人力社保局", "人力资源社会保障局"),
        ("省人力社保厅", "人力资源社会保障厅"),
        ("区卫健委", "卫生健康委"),
        ("省委组织部", "组织部"),
        ("市委机构编制委员会办公室", "编办"),
        ("县委网信办", "网信办"),
        ("镇党政办", "党政办公室"),
        ("市公安局交警支队", "公安局交警支队"),
        ("市市场监管局", "市场监管局"),
        ("区食安委办公室", "食安办"),
        ("国家统计局调查队", "统计局调查队"),
        ("开发区经发局", "经济发展局"),
        ("自治区农牧厅", "农牧厅"),
        ("国网供电公司", "供电公司"),
        ("中石油", "中国石油"),
    ],
)
def test_an_organisation_is_found_by_any_of_its_names_behind_its_region(mention: str, name: str) -> None:
    entry = SHIPPED.entry_of(mention)
    assert entry is not None
    assert entry.name == name


def test_a_present_organisation_does_its_own_work() -> None:
    assert SHIPPED.today_of("市卫健委") == ("卫生健康委",)


def test_of_an_unknown_name_nothing_is_said() -> None:
    assert SHIPPED.entry_of("甲乙丙丁局") is None
    assert SHIPPED.today_of("甲乙丙丁局") == ()


def test_work_that_was_parted_has_every_successor_of_today_once() -> None:
    register = a_register("甲局,,2008,乙局|丙局", "乙局,,2018,丁局", "丙局,,2018,丁局|戊局", "丁局,,,", "戊局,,,")
    assert register.today_of("甲局") == ("丁局", "戊局")


def test_work_that_nobody_took_over_has_nobody() -> None:
    assert a_register("甲办,,2018,").today_of("甲办") == ()


def test_a_circle_of_successors_ends() -> None:
    assert a_register("甲局,,2018,乙局", "乙局,,2019,甲局").today_of("甲局") == ()


@pytest.mark.parametrize(
    ("unknown", "meant"),
    [
        ("市场监督局", "市场监管局"),
        ("市市监管局", "市场监管局"),
        ("人力资源局", "人力资源社会保障局"),
        ("县文广旅游体局", "文化广电和旅游局"),
        ("卫生监督健康委", "卫生健康委"),
        ("退伍军人事务局", "退役军人事务局"),
        ("区应急管理居", "应急管理局"),
        ("市生态坏境局", "生态环境局"),
        ("省发展与改革委", "发改委"),
    ],
)
def test_for_an_unknown_name_the_likest_of_the_register_are_suggested(unknown: str, meant: str) -> None:
    assert SHIPPED.entry_of(unknown) is None
    assert meant in SHIPPED.suggest(unknown, 3)


def test_no_more_is_suggested_than_asked_for_and_nothing_for_what_is_like_none() -> None:
    assert len(SHIPPED.suggest("市场监督局", 2)) == 2
    assert SHIPPED.suggest("abc甲乙丙", 5) == ()


@given(st.sampled_from(sorted(name for name in SHIPPED.aliases if len(name) > 3)))
@settings(max_examples=25, deadline=None)
def test_a_known_name_is_likest_to_itself(name: str) -> None:
    best = SHIPPED.suggest(name, 1)
    assert len(best) == 1
    alike = {"".join(sorted(written)) for written in SHIPPED.entries[best[0]].written}
    assert best == (SHIPPED.aliases[name],) or alike & {"".join(sorted(name)), "".join(sorted(name[1:]))}


def test_an_office_says_who_the_members_of_its_commission_are_and_its_second_nameplates() -> None:
    text = "name,names,members,hat\n食安委成员单位,,市市场监管局|市教育局,\n住建局,房管局,,交通运输局|人防办\n"
    members, hats = parse_register(text, "units.local.csv")
    assert members == RegisteredUnit("食安委成员单位", members=("市市场监管局", "市教育局"))
    assert hats == RegisteredUnit("住建局", ("房管局",), hats=("交通运输局", "人防办"))


def test_a_file_with_all_columns_is_read_whole() -> None:
    heading = "name,names,level,system,from,to,successor,example,note"
    row = "卫计委,卫生计生委|卫计局,省/市/县,卫生健康,2013,2019,卫生健康委,市卫计委,国务院机构改革方案2013"
    (entry,) = parse_register(f"\ufeff{heading}\n{row}\n\n", "units.csv")
    assert entry == RegisteredUnit(
        "卫计委",
        ("卫生计生委", "卫计局"),
        ("省", "市", "县"),
        "卫生健康",
        2013,
        2019,
        ("卫生健康委",),
        "市卫计委",
        "国务院机构改革方案2013",
    )
    assert entry.written == ("卫计委", "卫生计生委", "卫计局")


def test_what_an_office_says_of_a_known_organisation_is_added_to_it() -> None:
    register = register_of(
        parse_register("name,names,system\n住建局,住建委,住建\n", "units.csv"),
        parse_register("name,names,hat\n住建局,房产局,交通运输局\n", "units.local.csv"),
    )
    assert register.entry_of("市房产局") == RegisteredUnit(
        "住建局", ("住建委", "房产局"), system="住建", hats=("交通运输局",)
    )
    assert dict(register.aliases) == dict.fromkeys(("住建局", "住建委", "房产局"), "住建局")


def test_a_name_that_an_office_uses_of_another_organisation_is_that_organisations() -> None:
    register = a_register("大数据局,数据局|数据中心,,", own="信息办,数据中心,,")
    assert register.aliases["数据中心"] == "信息办"
    assert register.entries["大数据局"].names == ("数据局",)


def test_an_organisation_whose_own_name_an_office_gives_to_another_goes_by_its_next_name() -> None:
    register = a_register("信息办,信息化办公室|信息化局,2019,", "外办,,,", own="大数据局,信息办|外办,,")
    assert register.aliases == {
        "信息化办公室": "信息化办公室",
        "信息化局": "信息化办公室",
        "大数据局": "大数据局",
        "信息办": "大数据局",
        "外办": "大数据局",
    }


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "units.local.csv: row 1: the columns are name, names"),
        ("unit,names\n住建局,\n", "units.local.csv: row 1: .* not unit, names"),
        ("name,names,county\n住建局,,\n", "row 1: .*county"),
        ("name,names\n住建局,\n,房管局\n", "units.local.csv: row 3: no name"),
        ("name,names\n住建局,房管局,市\n", "row 2: 3 cells under 2 columns"),
        ("name,level\n住建局,市/区\n", "row 2: 区 is no level: 国家/省/市/县/乡"),
        ("name,from\n住建局,二〇一八\n", "row 2: 二〇一八 is no year"),
        ("name,to\n住建局,20188\n", "row 2: 20188 is no year"),
        ("name,names\n住建局,房管局\n房管局,\n", "row 3: 房管局 stands in row 2 already"),
        ("name,names\n住建局,房管局|房管局\n", "row 2: 房管局 stands in row 2 already"),
    ],
)
def test_a_row_that_is_not_understood_is_named(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        parse_register(text, "units.local.csv")


def test_an_offices_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "units.local.csv").write_bytes("name,names\n住建局,房管局\n".encode("gbk"))
    with pytest.raises(ValueError, match="units.local.csv: not in UTF-8"):
        load_lexicon(LEXICON, tmp_path / "units.local.csv")


def test_the_lexicon_holds_the_register(lexicon: Lexicon) -> None:
    assert lexicon.register.entries == SHIPPED.entries
    assert lexicon.aliases == SHIPPED.aliases
