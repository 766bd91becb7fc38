"""Ids last: they come from what a page says, and an edited plan keeps them where a thing is still the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from ingest.carry import carry_ids
from ingest.identity import (
    SectionKey,
    distinct,
    document_id,
    normal_number,
    normal_title,
    plan_id,
    section_ids,
    section_path,
    slug,
    squeeze,
    task_id,
)
from ingest.model import Plan
from tests.support.factories import a_milestone, a_plan, a_section, a_task


def task_ids(plan: Plan) -> dict[str, str]:
    return {task.text: task.id for task in plan.tasks}


def test_a_plan_is_known_by_region_and_document_number() -> None:
    _, plan = a_plan(number="焦示食安〔2021〕1 号", region="焦作市示范区")
    assert plan.id == "焦作市示范区-焦示食安-2021-1"


@pytest.mark.parametrize(
    "number",
    ["焦示食安[2021]1号", "焦示食安(2021)1号", "焦示食安【2021】１号", "焦示食安 〔2021〕 1 号"],
)
def test_brackets_blanks_and_wide_digits_make_no_other_number(number: str) -> None:
    assert normal_number(number) == "焦示食安〔2021〕1号"
    assert a_plan(number=number)[1].id == a_plan(number="焦示食安〔2021〕1号")[1].id


def test_plans_of_one_number_in_two_regions_are_two() -> None:
    assert a_plan(region="甲区")[1].id != a_plan(region="乙区")[1].id


def test_a_plan_without_a_number_goes_by_title_issuer_and_date() -> None:
    header = a_plan(number=None)[1].header
    assert len(plan_id(header)) == 12
    assert plan_id(header) == plan_id(replace(header, title="《2021 年示范区食品安全工作要点》"))
    assert plan_id(header) != plan_id(replace(header, issued_on="2022-05-24"))


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("《中华人民共和国民法典》", "民法典"),
        ("〈民法典〉", "民法典"),
        ("中共中央 国务院关于深化改革的意见", "中共中央国务院关于深化改革的意见"),
        ("《关于印发〈规定〉的通知》", "关于印发《规定》的通知"),
    ],
)
def test_titles_are_one_with_and_without_brackets_blanks_and_the_states_name(title: str, other: str) -> None:
    assert normal_title(title) == normal_title(other)


def test_brackets_round_two_parts_of_a_title_stay() -> None:
    assert normal_title("〈甲〉和〈乙〉") == "〈甲〉和〈乙〉"


def test_a_document_goes_by_its_number_else_by_its_title() -> None:
    assert document_id("深化改革的意见", "（中发[2019]17号）") == "中发-2019-17"
    assert document_id("《中华人民共和国民法典》", None) == "民法典"
    assert len(document_id("很长的标题" * 60, None)) <= 80


@pytest.mark.parametrize(
    ("number", "level", "path"),
    [
        ("（二十二）", 2, "1-22"),
        ("第三条", 2, "1-3"),
        ("⑤", 5, "1-5"),
        ("12.", 3, "1-12"),
        ("（一百零二）", 2, "1-102"),
    ],
)
def test_the_path_of_a_section_is_in_arabic_numbers(number: str, level: int, path: str) -> None:
    assert section_path(number, "", level, "1") == path


def test_annexes_twins_and_sections_without_number_have_paths_of_their_own() -> None:
    headings = [
        SectionKey("一、", "甲", 1, None),
        SectionKey("（一）", "乙", 2, 0),
        SectionKey("（一）", "丙", 2, 0),
        SectionKey("", "保障措施", 1, None),
        SectionKey("附件2", "任务表", 0, None),
        SectionKey("一、", "甲", 1, 4),
    ]
    ids = section_ids("p", headings)
    assert ids[:3] == ["p.1", "p.1-1", "p.1-1~2"]
    assert ids[3].startswith("p.h")
    assert ids[4:] == ["p.a2", "p.a2-1"]


def test_twins_are_told_apart_in_order() -> None:
    twin = task_id("p.1", "加强监管")
    assert distinct([twin, task_id("p.1", "加 强 监 管"), "x"]) == [twin, f"{twin}~2", "x"]


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_a_slug_fits_a_url_and_never_holds_the_parts_separators(text: str) -> None:
    made = slug(text)
    assert len(made) <= 80
    assert not set(made) & set("./~?#%& \n")


@settings(max_examples=60)
@given(st.text(max_size=50))
def test_squeezing_twice_changes_nothing_for_chinese_and_width(text: str) -> None:
    assert squeeze(f" {text}\n") == squeeze(text)


ITEMS = {
    "甲": ["完善制度并且公布", "加强培训和考核工作"],
    "乙": ["开展抽检并公布结果"],
    "丙": ["组织应急演练不少于两次"],
}


def plan_of(items: dict[str, list[str]]) -> Plan:
    return a_plan(*(a_section(title, *(a_task(text) for text in texts)) for title, texts in items.items()))[1]


def test_reading_the_same_plan_again_keeps_every_id() -> None:
    plan = plan_of(ITEMS)
    assert carry_ids(plan, plan) == plan


def test_an_item_inserted_before_another_leaves_all_other_ids() -> None:
    old = plan_of(ITEMS)
    new = carry_ids(plan_of({"甲": ITEMS["甲"], "新": ["新增一项工作任务"], "乙": ITEMS["乙"], "丙": ITEMS["丙"]}), old)
    before, after = task_ids(old), task_ids(new)
    assert {text: after[text] for text in before} == before
    assert after["新增一项工作任务"] not in before.values()
    assert [each.id for each in new.sections if each.title != "新"] == [each.id for each in old.sections]
    assert len({each.id for each in new.sections}) == 4
    assert {task.section_id for task in new.tasks} == {section.id for section in new.sections}


def test_an_edited_task_keeps_its_id_and_its_links() -> None:
    def version(text: str, clause: str) -> Plan:
        return a_plan(a_section("抽检", "另一项任务", a_task(text), a_milestone(clause, about=1)))[1]

    old = version("对重点品种开展抽检并公布结果", "年底前完成重点品种抽检工作")
    new = carry_ids(version("对重点品种开展抽检并公布情况", "年底前完成重点品种抽检任务"), old)
    assert [task.id for task in new.tasks] == [task.id for task in old.tasks]
    assert new.milestones[0].id == old.milestones[0].id
    assert new.milestones[0].task == old.tasks[1].id


def test_a_task_in_other_words_altogether_is_another_task() -> None:
    old = plan_of({"乙": ["开展抽检并公布结果"]})
    new = carry_ids(plan_of({"乙": ["举办食品安全宣传周"]}), old)
    assert new.tasks[0].id != old.tasks[0].id
    assert new.sections[0].id == old.sections[0].id


def test_of_two_left_over_tasks_none_is_guessed() -> None:
    old = plan_of({"乙": ["对甲类品种开展抽检并公布结果", "对乙类品种开展抽检并公布结果"]})
    new = carry_ids(plan_of({"乙": ["对丙类品种开展抽检并公布结果"]}), old)
    assert new.tasks[0].id not in {task.id for task in old.tasks}


def test_a_moved_item_with_a_new_title_is_found_by_its_tasks() -> None:
    old = plan_of(ITEMS)
    new = carry_ids(plan_of({"新": ["全新的工作"], "甲": ITEMS["甲"], "改名后": ITEMS["乙"], "丙": ITEMS["丙"]}), old)
    assert new.sections[2].id == old.sections[1].id


def test_one_of_two_twins_removed_leaves_one() -> None:
    old = plan_of({"乙": ["开展抽检", "开展抽检", "开展演练"]})
    new = carry_ids(plan_of({"乙": ["开展抽检", "开展演练"]}), old)
    assert {task.id for task in new.tasks} < {task.id for task in old.tasks}


def test_links_of_repeated_rows_follow() -> None:
    def linked(plan: Plan) -> Plan:
        *others, row = plan.tasks
        return replace(plan, tasks=(*others, replace(row, same_as=plan.tasks[0].id)))

    old = linked(plan_of({"甲": ["开展抽检工作"], "表": ["开展抽检"]}))
    new = carry_ids(linked(plan_of({"甲": ["开展抽检工作"], "新": ["新增工作任务"], "表": ["开展抽检"]})), old)
    assert new.tasks[-1].same_as == new.tasks[0].id == old.tasks[0].id


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(sorted(ITEMS)), unique=True), st.integers(0, 3))
def test_ids_stay_unique_and_links_whole_whatever_is_moved_or_dropped(order: list[str], insert_at: int) -> None:
    old = plan_of(ITEMS)
    items = [(title, ITEMS[title]) for title in order]
    items.insert(insert_at, ("新", ["新增一项工作任务"]))
    new = carry_ids(plan_of(dict(items)), old)
    ids = [section.id for section in new.sections] + [task.id for task in new.tasks]
    assert len(ids) == len(set(ids))
    assert all(task_ids(new)[text] == task_ids(old)[text] for title in order for text in ITEMS[title])
    assert {task.section_id for task in new.tasks} <= {section.id for section in new.sections}
