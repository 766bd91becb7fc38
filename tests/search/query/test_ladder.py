"""The steps from what was typed to what is found, each told."""

from __future__ import annotations

import pytest

from search.catalog import Catalog
from search.query.fields import AskedField, fields_in
from search.query.filters import Filters
from search.query.ladder import Rung
from search.words.script import plain_script, reading, syllables
from tests.support.factories import a_plan, a_section, a_task
from tests.support.search_library import Where, a_catalog
from tests.support.search_places import Sharing


@pytest.fixture
def catalog(sharing: Sharing) -> Catalog:
    return sharing(a_library)


def a_library(where: Where) -> Catalog:
    return a_catalog(
        where,
        a_plan(
            a_section(
                "专项整治",
                a_task("严厉打击“瘦肉精”等违法行为", lead=["食药监分局"], support=["人社局"]),
                a_task("推进“明厨亮灶”建设，应用区块链", responsible=["教育局"], cites=["民法典"]),
                a_task("培训网格员，开展应急演练", lead=["高新检察室"], by={"5月底前": "2021-05-31"}),
                a_task("提起公益诉讼，追溯食品来源"),
            ),
        ),
        a_plan(a_section("宣传", a_task("宣传食品安全", lead=["教育局"])), number="示办〔2022〕3号",
               title="2022年示范区宣传工作要点", issued_on="2022-03-01"),
    )  # fmt: skip


def found(catalog: Catalog, text: str) -> tuple[list[str], list[Rung]]:
    results = catalog.look(text, Filters(kind=("task",)))
    return sorted(hit.entry.text[:6] for hit in results.hits), [rung for rung in results.rungs if rung.step != "typed"]


@pytest.mark.parametrize("text", ["瘦肉精", "明厨亮灶", "食品 来源", "《民法典》", "教育局"])
def test_what_stands_as_it_was_typed_needs_no_step(catalog: Catalog, text: str) -> None:
    texts, rungs = found(catalog, text)
    assert texts
    assert rungs == []
    assert catalog.look(text).total == catalog.search(text).total


@pytest.mark.parametrize("text", ["人力资源社会保障局", "人力资源和社会保障局"])
def test_another_name_of_a_unit_is_told(catalog: Catalog, text: str) -> None:
    results = catalog.look(text)
    told = [rung for rung in results.rungs if rung.step == "alias"]
    assert [rung.sought for rung in told] == [("人社局",)]
    assert told[0].count <= results.total


@pytest.mark.parametrize(
    ("text", "plain", "task"),
    [
        ("應急演練", "应急演练", "培训网格员，"),
        ("區塊鏈", "区块链", "推进“明厨亮"),
        ("公益訴訟", "公益诉讼", "提起公益诉讼"),
    ],
)
def test_traditional_characters_are_read_as_simplified(catalog: Catalog, text: str, plain: str, task: str) -> None:
    texts, rungs = found(catalog, text)
    assert texts == [task]
    assert [(rung.step, rung.sought) for rung in rungs] == [("script", (plain,))]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("瘦肉晶", "瘦肉精"), ("明厨亮皂", "明厨亮灶"), ("应急寅练", "应急演练"), ("公益德诉讼", "公益诉讼"),
        ("食药监分剧", "食药监分局"), ("shouroujing", "瘦肉精"), ("mclz", "明厨亮灶"), ("jyj", "教育局"),
        ("gongyisusong", "公益诉讼"), ("wanggeyuan", "网格员"), ("應急寅練", "应急演练"),
    ],
)  # fmt: skip
def test_what_is_nearly_said_is_put_right_and_told(catalog: Catalog, text: str, meant: str) -> None:
    texts, rungs = found(catalog, text)
    near = [rung for rung in rungs if rung.step == "near"]
    assert texts
    assert [rung.sought for rung in near] == [(meant,)]


def test_the_nearest_is_sought_and_others_are_offered(catalog: Catalog) -> None:
    texts, _ = found(catalog, "检察院")
    assert texts == ["培训网格员，"]


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("瘦肉精 飞碟", ("飞碟",)),
        ("应急演练考试卷", ()),
        ("来源 彗星", ("彗星",)),
        ("-宣传 彗星 食品", ("彗星",)),
    ],
)
def test_any_of_the_words_is_enough_at_last_and_the_missing_are_told(
    catalog: Catalog, text: str, left_out: tuple[str, ...]
) -> None:
    texts, rungs = found(catalog, text)
    assert texts
    assert rungs[-1].step == "any"
    assert set(left_out) <= set(rungs[-1].left_out)
    assert all(len(word) > 1 for word in rungs[-1].left_out)


def test_what_was_to_be_without_a_word_stays_without_it(catalog: Catalog) -> None:
    texts, _ = found(catalog, "-宣传 彗星 食品")
    assert texts == ["提起公益诉讼"]


@pytest.mark.parametrize("text", ["彗星", "xyzq", "飞碟 UFO", "qwrtp"])
def test_what_nothing_says_finds_nothing(catalog: Catalog, text: str) -> None:
    assert found(catalog, text)[0] == []


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        ("牵头:教育局", ["宣传食品安全"]),
        ("单位：教育局", ["宣传食品安全", "推进“明厨亮"]),
        ("负责:教育局 区块链", ["推进“明厨亮"]),
        ("单位:检察室 演练", ["培训网格员，"]),
        ("年度:2022", ["宣传食品安全"]),
        ("依据:民法典", ["推进“明厨亮"]),
        ("截止:2021年5月", ["培训网格员，"]),
        ("due:2021-05 lead:高新检察室", ["培训网格员，"]),
        ("文件:宣传工作 食品", ["宣传食品安全"]),
        ("牵头:教育局 单位:教育局 -演练", ["宣传食品安全"]),
    ],
)
def test_fields_narrow(catalog: Catalog, text: str, tasks: list[str]) -> None:
    assert found(catalog, text) == (tasks, [])


def test_a_field_of_what_is_not_there_is_sought_as_words(catalog: Catalog) -> None:
    texts, rungs = found(catalog, "单位:瘦肉精")
    assert texts == ["严厉打击“瘦"]
    assert rungs[-1].step == "any"


def test_a_colon_in_words_makes_no_field() -> None:
    assert fields_in("通知：各单位 8:30") == ("通知：各单位 8:30", ())
    assert fields_in("LEAD:教育局 a:b") == ("a:b", (AskedField("lead", "教育局", "LEAD:教育局"),))


def test_characters_are_simplified_and_read() -> None:
    assert plain_script("衛生健康委２０２１") == "卫生健康委2021"
    assert reading("演寅") != reading("演练")
    assert syllables("xian") == [["xian"], ["xi", "an"]]
    assert syllables("mclz") == []


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        ("培训 NEAR/10 演练", 1),
        ("演练 NEAR/10 培训", 1),
        ("培训 NEAR 演练", 1),
        ('"网格员" NEAR/5 应急', 1),
        ("推进 NEAR/4 区块链", 0),
        ("推进 NEAR/40 区块链", 1),
    ],
)
def test_words_near_each_other(catalog: Catalog, text: str, tasks: int) -> None:
    results = catalog.look(text, Filters(kind=("task",)))
    typed = [rung.count for rung in results.rungs if rung.step == "typed"]
    assert sum(typed) == tasks


@pytest.mark.parametrize("text", ["培训 NEAR", "NEAR 培训", "NEAR/3 培训 NEAR/2", "培训 AND", "NOT"])
def test_an_operator_without_its_words_is_no_error(catalog: Catalog, text: str) -> None:
    assert "near" not in [word for rung in catalog.look(text).rungs for word in rung.left_out]


@pytest.mark.parametrize(
    ("text", "count"), [("食品 NOT 宣传", 1), ("宣传 AND 食品", 1), ("宣传 AND 区块链", 0), ("培训 NOT 网格员", 0)]
)
def test_operators_in_words(catalog: Catalog, text: str, count: int) -> None:
    results = catalog.look(text, Filters(kind=("task",)))
    assert sum(rung.count for rung in results.rungs if rung.step in ("typed", "apart")) == count


@pytest.mark.parametrize(
    ("text", "put"), [("瘦肉晶~", "瘦肉精"), ("明厨亮照~ 区块链", "明厨亮灶"), ("网格圆～", "网格员")]
)
def test_a_word_with_a_tilde_means_what_is_near_it_too(catalog: Catalog, text: str, put: str) -> None:
    results = catalog.look(text, Filters(kind=("task",)))
    assert len(results.hits) == 1
    assert [put in rung.sought for rung in results.rungs if rung.step == "like"] == [True]


@pytest.mark.parametrize("text", ["提起民事公益诉讼", "食品安全宣传食品安全", "推进明厨亮灶建设"])
def test_a_string_that_nobody_says_has_no_part_behind_it(catalog: Catalog, text: str) -> None:
    assert [rung.sought for rung in catalog.look(text).rungs if rung.step == "part"] == []


def test_what_says_the_longest_part_stands_behind_what_says_the_whole(library: Where) -> None:
    tasks = ("推行承诺达标合格证", "查验达标合格证", "核发许可证")
    catalog = a_catalog(library, a_plan(a_section("监管", *(a_task(each, lead=["教育局"]) for each in tasks))))
    results = catalog.look("承诺达标合格证", Filters(kind=("task",)))
    assert [hit.entry.text for hit in results.hits] == ["推行承诺达标合格证", "查验达标合格证"]
    assert [(rung.step, rung.count, rung.sought) for rung in results.rungs][1:] == [("part", 1, ("达标合格证",))]
