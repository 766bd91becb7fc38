"""What has a bound so that reading is linear, and what is read all the same beyond it."""

from __future__ import annotations

import pytest

from graph.derived.deadlines import MOST_PAIRS, reached
from ingest.language.lexicon import load_lexicon
from ingest.language.likeness import LONGEST, likeness
from ingest.model import Plan, from_json, to_json
from ingest.parse import parse_plan
from ingest.readers.read import source_of
from tests.attack.doubling_texts import word
from tests.conftest import LEXICON

SHIPPED = load_lexicon(LEXICON)
HEAD = "平川市2021年重点工作要点\n一、重点工作\n"


def read(text: str) -> Plan:
    return parse_plan(source_of((HEAD + text).encode(), "plan.txt"), SHIPPED)


def task(n: int) -> str:
    """A task that differs from any other by its subject."""
    return f"对{subject(n)}开展校园食品安全专项检查，限期整改到位。"


def subject(n: int) -> str:
    """Six characters of which no other subject has many."""
    return word(300_000 + 513 * n) + word(900_000 + 777 * n)


def test_in_a_long_section_a_progress_clause_is_linked_to_the_task_before_it() -> None:
    parts = (f"{task(n)}（市教育局负责）\n工作进度：6月底前完成{subject(n)}。\n" for n in range(1, 251))
    plan = read("".join(parts))
    assert len(plan.milestones) == 250
    assert [milestone.task for milestone in plan.milestones] == [each.id for each in plan.tasks]


def test_of_many_tasks_of_one_unit_a_row_is_linked_to_the_one_that_it_repeats() -> None:
    body = "".join(f"{task(n)}（市教育局负责）\n" for n in range(1, 251))
    rows = "".join(f"{n}\t{task(n)[:-1]}\t市教育局\t6月\n" for n in range(1, 251))
    plan = read(f"{body}序号\t重点任务\t责任单位\t完成时限\n{rows}")
    assert [row.same_as for row in plan.tasks[250:]] == [each.id for each in plan.tasks[:250]]


def test_each_title_beyond_the_first_of_one_number_is_a_doubt_however_many_there_are() -> None:
    plan = read("".join(f"落实《{subject(n)}条例》（国发〔2019〕1号）。" for n in range(1, 61)))
    assert sum(doubt.code == "number-and-title" for doubt in plan.doubts) == 59


def test_long_texts_are_compared_by_their_pairs_of_characters() -> None:
    one = "".join(task(n) for n in range(1, 99))
    assert len(one) > LONGEST
    assert likeness(one, one.replace(task(50), ""), 0.8) > 0.95
    assert likeness(one, "".join(task(n) for n in range(1001, 1099)), 0.8) < 0.8
    assert likeness("开展检查，" * 200, "开展查检，" * 200, 0.8) < 0.8


@pytest.mark.parametrize(
    "said",
    [
        "新增" + "9" * 400 + "个。（市教育局负责）",
        "新增3至" + "9" * 400 + "个。（市教育局负责）",
        "每年开展" + "1" * 5000 + "次。（市教育局负责）",
        "开展检查。\n责任单位：" + "教育局公安局" * 1000,
        "开展检查。\n责任单位：" + "教育局和公安局和" * 1000 + "教育局",
        "\n第" + "1" * 5000 + "条 开展检查。（市教育局负责）",
        "新增3个，" + "较" * 36 + "。新建5个。（市教育局负责）",
    ],
    ids=lambda said: said.strip()[:8],
)
def test_no_number_is_too_long_and_no_list_too_deep_to_be_read_and_stored(said: str) -> None:
    plan = read(said)
    assert plan.tasks
    assert from_json(to_json(plan)) == plan


def test_of_more_deadlines_and_tasks_than_anybody_could_look_at_the_later_hold_for_the_item_alone() -> None:
    tasks = "".join(f"{task(n)}（市教育局负责）\n" for n in range(1, 151))
    plan = read(f"{tasks}工作进度：{'6月底前全部完成；' * 200}\n")
    reach = [tasks for level, _, _, _, tasks in reached(plan) if level == "item"]
    assert len(reach) == 200
    assert len(reach[0]) == 150
    assert sum(map(len, reach)) <= MOST_PAIRS
