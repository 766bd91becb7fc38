"""What could not be settled is said: no doubt is dropped, and what is certain is not doubted."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from ingest.extract import extract
from ingest.language.lexicon import Lexicon, load_lexicon
from ingest.model import Plan, Source
from ingest.parse import parse_plan
from ingest.readers.read import read_source, source_of
from tests.conftest import LEXICON, ROOT

TITLE = "宁川市2024年重点工作要点\n宁川市人民政府办公室\n2024年3月1日\n一、重点任务\n"


def read(body: str, lexicon: Lexicon) -> tuple[Source, Plan]:
    source = source_of(f"{TITLE}{body}\n".encode(), "plan.txt")
    return source, parse_plan(source, lexicon)


def doubts(body: str, lexicon: Lexicon) -> list[tuple[str, dict[str, str], str]]:
    source, plan = read(body, lexicon)
    return [(doubt.code, doubt.params, doubt.span.of(source.text)) for doubt in plan.doubts]


def codes(body: str, lexicon: Lexicon) -> list[str]:
    return [code for code, _, _ in doubts(body, lexicon)]


def test_names_that_look_alike_stay_two_units_and_are_a_doubt(lexicon: Lexicon) -> None:
    body = "（一）监督。开展监督。（高新监察室负责）\n（二）检查。开展检查。（高新检察室负责）"
    _, plan = read(body, lexicon)
    assert [unit["name"] for unit in extract(plan, lexicon)["units"]] == ["高新监察室", "高新检察室"]
    assert doubts(body, lexicon) == [("look-alike", {"one": "高新监察室", "other": "高新检察室"}, "高新检察室")]


def test_the_real_plan_has_its_look_alikes_and_no_others(lexicon: Lexicon) -> None:
    plan = parse_plan(read_source(next((ROOT / "data" / "plans").glob("*.txt"))), lexicon)
    alike = [doubt.params for doubt in plan.doubts if doubt.code == "look-alike"]
    assert alike == [{"one": "高新监察室", "other": "高新检察室"}]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("市水利局", "区水利局"),
        ("市教育局", "市体育局"),
        ("市民政局", "市财政局"),
        ("市审计局", "市统计局"),
        ("第一管理所", "第二管理所"),
        ("刑事审判庭", "民事审判庭"),
        ("各县有关部门", "各区有关部门"),
    ],
)
def test_names_that_are_known_or_differ_by_level_are_no_doubt(one: str, other: str, lexicon: Lexicon) -> None:
    assert codes(f"（一）监督。开展监督。（{one}牵头，{other}配合）", lexicon) == []


def test_a_text_that_assigns_nobody_is_read_and_doubted(lexicon: Lexicon) -> None:
    _, plan = read("（一）加强监管。落实《食品安全法》要求。", lexicon)
    assert [doubt.code for doubt in plan.doubts] == ["no-responsibilities", "no-unit"]
    assert [section.number for section in plan.sections] == ["一", "（一）"]
    assert [citation.title for citation in plan.citations] == ["食品安全法"]
    assert plan.tasks == ()


def test_a_list_without_a_lead_is_a_doubt(lexicon: Lexicon) -> None:
    said = "（市教育局、市公安局负责）"
    assert doubts(f"（一）监督。开展监督。{said}", lexicon) == [("no-lead", {"units": "2"}, said)]
    assert codes("（一）监督。开展监督。（市教育局负责）", lexicon) == []
    assert codes("（一）监督。开展监督。（市教育局牵头，市公安局配合）", lexicon) == []


def test_a_lead_that_also_supports_is_a_doubt(lexicon: Lexicon) -> None:
    body = "（一）监督。开展监督。（市教育局牵头，市公安局、市教育局配合）"
    assert doubts(body, lexicon) == [("lead-also-supports", {"unit": "市教育局"}, "市教育局")]


def test_a_date_that_no_calendar_has_is_a_doubt(lexicon: Lexicon) -> None:
    assert doubts("（一）监督。2月30日前完成。（市教育局负责）", lexicon) == [
        ("impossible-date", {"text": "2月30日"}, "2月30日")
    ]
    assert codes("（一）监督。4月30日前完成。（市教育局负责）", lexicon) == []


def test_a_deadline_before_the_date_of_issue_is_a_doubt(lexicon: Lexicon) -> None:
    params = {"text": "2月底前", "due": "2024-02-29", "issued_on": "2024-03-01"}
    assert doubts("（一）监督。2月底前完成。（市教育局负责）", lexicon) == [("due-before-issue", params, "2月底前")]


def test_what_looks_like_a_responsibility_and_is_not_read_is_in_the_ledger(lexicon: Lexicon) -> None:
    body = "（一）监督。开展监督。（市教育局负责）\n（二）检查。开展检查。（由相关责任主体依照第3条负责）"
    source, plan = read(body, lexicon)
    assert [span.of(source.text) for span in plan.coverage.unread] == ["（由相关责任主体依照第3条负责）"]
    assert [doubt.code for doubt in plan.doubts] == ["unread"]
    assert 0 < plan.coverage.ratio < 1


def without(rule_id: str, folder: Path) -> Lexicon:
    """The lexicon without one of its rules."""
    shutil.copytree(LEXICON, folder, dirs_exist_ok=True)
    for path in folder.glob("*.toml"):
        text = path.read_text("utf-8")
        path.write_text(re.sub(rf'\[\[\w+\]\]\nid = "{rule_id}"\n(?:\w.*\n)+', "", text), "utf-8")
    return load_lexicon(folder)


@pytest.mark.parametrize(
    ("rule", "statement"),
    [
        ("label-lead", "（牵头单位：市教育局）"),
        ("label-responsible", "（责任单位：市教育局）"),
        ("tail-lead", "（市教育局牵头，市公安局负责）"),
        ("tail-support", "（市教育局负责，市公安局配合）"),
    ],
)
def test_without_a_rule_less_is_covered(rule: str, statement: str, lexicon: Lexicon, tmp_path: Path) -> None:
    body = f"（一）监督。开展监督。（各县区负责）\n（二）检查。开展检查。{statement}"
    _, whole = read(body, lexicon)
    source, less = read(body, without(rule, tmp_path))
    assert whole.coverage.ratio == 1
    assert less.coverage.ratio < 1
    assert [span.of(source.text) for span in less.coverage.unread] == [statement]


def test_the_real_plan_is_covered_whole(lexicon: Lexicon) -> None:
    plan = parse_plan(read_source(next((ROOT / "data" / "plans").glob("*.txt"))), lexicon)
    assert plan.coverage.ratio == 1
    assert plan.coverage.total > 1000


TEXT_AND_TABLE = """<h1>宁川市2024年重点工作要点</h1><p>一、重点任务</p>
<p>（一）监督检查。开展校园食品安全监督检查。（市教育局牵头，市公安局配合；6月底前完成）</p>
<table><tr><td>序号</td><td>任务</td><td>牵头单位</td><td>配合单位</td><td>时限</td></tr>
<tr><td>1</td><td>开展校园食品安全监督检查。</td><td>{lead}</td><td>市公安局</td><td>{time}</td></tr></table>"""


@pytest.mark.parametrize(
    ("lead", "time", "expected"),
    [
        ("市教育局", "6月底前", []),
        ("市卫生健康委", "6月底前", [{"field": "lead", "body": "市教育局", "table": "市卫生健康委"}]),
        ("市教育局", "9月底前", [{"field": "deadline", "body": "6月底前", "table": "9月底前"}]),
    ],
)
def test_a_table_that_says_otherwise_than_the_text_is_a_doubt_and_still_the_same_task(
    lead: str, time: str, expected: list[dict[str, str]], lexicon: Lexicon
) -> None:
    page = TEXT_AND_TABLE.format(lead=lead, time=time)
    plan = parse_plan(source_of(page.encode(), "plan.html"), lexicon)
    assert [task.same_as for task in plan.tasks] == [None, plan.tasks[0].id]
    assert [doubt.params for doubt in plan.doubts if doubt.code == "body-and-table"] == expected
