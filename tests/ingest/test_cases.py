"""How plans say things, case by case (tests/cases/*.csv): one row a wording, with what it means.

A wording is read inside a small plan of 宁川市 for 2024, issued on 2024-03-01. A row that names nothing says that
nothing of the kind is in the wording.
"""

from __future__ import annotations

import csv
from collections import defaultdict

import pytest

from ingest.header.region import read_region
from ingest.language.clean import clean
from ingest.language.lexicon import Lexicon
from ingest.model import Deadline, Plan
from ingest.parse import parse_plan
from ingest.plan.outline import read_outline
from ingest.readers.read import source_of
from tests.conftest import ROOT

NOTICE = """宁川市人民政府办公室关于印发2024年宁川市重点工作要点的通知
宁政办发〔2024〕6号
各县（区）人民政府：
现将《2024年宁川市重点工作要点》印发给你们，请认真贯彻落实。
宁川市人民政府办公室
2024年3月1日
2024年宁川市重点工作要点
一、重点任务
"""
Row = dict[str, str]


def rows(name: str) -> list[Row]:
    with (ROOT / "tests" / "cases" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [{key: value.replace("\\n", "\n") for key, value in row.items()} for row in csv.DictReader(file)]


def words(cell: str) -> list[str]:
    return cell.split("|") if cell else []


def read(body: str, lexicon: Lexicon) -> Plan:
    return parse_plan(source_of(f"{NOTICE}{body}\n".encode(), "plan.txt"), lexicon)


@pytest.mark.parametrize("row", rows("assignments"), ids=lambda row: row["case"])
def test_a_statement_says_who_does_what(row: Row, lexicon: Lexicon) -> None:
    plan = read(f"（一）加强监管。开展专项整治。{row['text']}", lexicon)
    said = defaultdict(list)
    for task in plan.tasks:
        for assignment in task.assignments:
            said[assignment.role].append(assignment.mention.text)
    assert said == {role: words(row[role]) for role in ("lead", "support", "responsible") if row[role]}
    assert [person.name for task in plan.tasks for person in task.people] == words(row["people"])
    hats = [a.mention.hat for task in plan.tasks for a in task.assignments if a.mention.hat]
    assert hats == words(row["hats"])
    assert [task.text for task in plan.tasks] == (["开展专项整治。"] if said else [])
    assert plan.coverage.unread == ()


def deadlines_of(where: str, text: str, lexicon: Lexicon) -> list[Deadline]:
    if where == "task":
        plan = read(f"（一）加强监管。{text}。（市教育局负责）", lexicon)
    elif where == "field":
        plan = read(f"（一）加强监管。开展专项整治。\n责任单位：市教育局\n完成时限：{text}", lexicon)
    else:
        plan = read(f"（一）加强监管。开展专项整治。（市教育局负责）\n工作进度：{text}。", lexicon)
    assert len(plan.tasks) == 1
    holders = plan.milestones if where == "progress" else plan.tasks
    return [deadline for holder in holders for deadline in holder.deadlines]


DEADLINES: dict[tuple[str, str], list[Row]] = defaultdict(list)
for deadline_row in rows("deadlines"):
    DEADLINES[deadline_row["where"], deadline_row["text"]].append(deadline_row)


@pytest.mark.parametrize(("where", "text"), DEADLINES)
def test_a_deadline_is_resolved_and_keeps_its_precision(where: str, text: str, lexicon: Lexicon) -> None:
    said = [
        (d.text, d.kind, d.due or "", d.every or "", str(d.min_count or ""), d.precision or "")
        for d in deadlines_of(where, text, lexicon)
    ]
    parts = ("words", "kind", "due", "every", "min_count", "precision")
    assert said == [tuple(row[part] for part in parts) for row in DEADLINES[where, text] if row["words"]]


TARGETS: dict[str, list[Row]] = defaultdict(list)
for target_row in rows("targets"):
    TARGETS[target_row["text"]].append(target_row)


@pytest.mark.parametrize("text", TARGETS)
def test_a_target_says_what_must_be_reached(text: str, lexicon: Lexicon) -> None:
    (task,) = read(f"（一）加强监管。{text}。（市教育局负责）", lexicon).tasks
    said = [(t.subject, t.op, t.value, t.unit) for t in task.targets]
    assert said == [(r["subject"], r["op"], float(r["value"]), r["unit"]) for r in TARGETS[text] if r["op"]]


@pytest.mark.parametrize("row", rows("citations"), ids=lambda row: row["text"])
def test_a_citation_says_what_is_done_with_the_document(row: Row, lexicon: Lexicon) -> None:
    (task,) = read(f"（一）加强监管。{row['text']}。（市教育局负责）", lexicon).tasks
    said = [(c.title, c.document_number or "", c.role, [*c.inner], [*c.articles]) for c in task.citations]
    wanted = row["title"], row["number"], row["role"], words(row["inner"]), words(row["articles"])
    assert said == ([wanted] if row["role"] else [])


@pytest.mark.parametrize("row", rows("headings"), ids=lambda row: row["paragraph"])
def test_a_heading_is_known_by_its_number(row: Row, lexicon: Lexicon) -> None:
    text = clean(source_of(f"{row['paragraph']}\n".encode(), "plan.txt"))
    headings = read_outline(text, 0, lexicon).headings
    said = [(h.number, h.title, str(h.level), text.said(h.body, len(text.text))) for h in headings]
    assert said == ([(row["number"], row["title"], row["level"], row["body"])] if row["number"] else [])


@pytest.mark.parametrize("row", rows("regions"), ids=lambda row: row["issuer"])
def test_an_issuer_names_its_region_and_those_above_it(row: Row, lexicon: Lexicon) -> None:
    region = read_region(row["issuer"], lexicon)
    assert (region.name, region.level or "", [name for _, name in region.above]) == (
        row["name"],
        row["level"],
        words(row["above"]),
    )


def test_a_prefix_written_once_holds_for_the_whole_list(lexicon: Lexicon) -> None:
    (task,) = read("（一）加强监管。开展整治。（区教育局、公安局、各乡镇（街道），市司法局）", lexicon).tasks
    assert [(a.mention.text, a.mention.prefix) for a in task.assignments] == [
        ("区教育局", "区"),
        ("公安局", "区"),
        ("各乡镇（街道）", ""),
        ("市司法局", "市"),
    ]


def test_the_first_unit_leads_from_the_remark_on_until_the_next_annex(lexicon: Lexicon) -> None:
    plan = read(
        "（一）早。开展整治。（市教育局、市公安局负责）\n"
        "（二）自此。开展整治。（市教育局、市公安局负责。列第一位者为牵头单位，下同）\n"
        "（三）下同。开展整治。（市公安局、市教育局负责）\n"
        "（四）一家。开展整治。（市公安局负责）\n"
        "（五）另有牵头。开展整治。（市公安局牵头，市教育局、市司法局负责）\n"
        "附件2\n2024年宁川市教育工作要点\n"
        "一、重点任务\n（一）另起。开展整治。（市教育局、市公安局负责）",
        lexicon,
    )
    said = "列第一位者为牵头单位"
    by_sentence = [[a.mention.text for a in task.assignments if a.stated_by] for task in plan.tasks]
    leads = [[a.mention.text for a in task.assignments if a.role == "lead"] for task in plan.tasks]
    assert leads == [[], ["市教育局"], ["市公安局"], [], ["市公安局"], []]
    assert by_sentence == [[], ["市教育局"], ["市公安局"], [], [], []]
    assert all(a.stated for task in plan.tasks for a in task.assignments)
    assert {a.stated_by.text for task in plan.tasks for a in task.assignments if a.stated_by} == {said}


def test_a_bracket_behind_the_last_of_several_points_governs_them_all(lexicon: Lexicon) -> None:
    (task,) = read("（一）加强监管。\n1.建立台账。\n2.开展整治。\n3.通报结果。（市教育局负责）", lexicon).tasks
    assert (task.section, task.text) == ("（一）", "1.建立台账。2.开展整治。3.通报结果。")


def test_brackets_behind_each_point_make_each_point_a_task(lexicon: Lexicon) -> None:
    plan = read("（一）加强监管。\n1.建立台账。（市教育局负责）\n2.开展整治。（市公安局负责）", lexicon)
    assert [(task.section, task.assignments[0].mention.text) for task in plan.tasks] == [
        ("1.", "市教育局"),
        ("2.", "市公安局"),
    ]


def test_two_brackets_in_one_item_are_two_tasks(lexicon: Lexicon) -> None:
    plan = read("（一）加强监管。建立台账。（市教育局负责）开展整治。（市公安局负责）", lexicon)
    assert [task.text for task in plan.tasks] == ["建立台账。", "开展整治。"]


def test_a_progress_clause_is_linked_to_the_task_that_it_is_about(lexicon: Lexicon) -> None:
    plan = read(
        "（一）加强监管。开展校园食堂专项整治行动。（市教育局负责）组织道路交通安全隐患排查。（市公安局负责）\n"
        "工作进度：6月底前完成校园食堂专项整治行动；9月底前完成道路交通安全隐患排查；按工作进度分阶段有序推进。",
        lexicon,
    )
    assert [clause.task for clause in plan.milestones] == [plan.tasks[0].id, plan.tasks[1].id, None]
