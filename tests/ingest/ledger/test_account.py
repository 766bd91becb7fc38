"""What looks like responsibility and was not read is told, narrowly; what was read, or is none, is not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ingest.language.lexicon import Lexicon
from ingest.model import Plan, Source
from ingest.parse import parse_plan
from ingest.readers.read import read_source, source_of
from ingest.reading import CellText, ReadingBuilder
from tests.conftest import ROOT
from tests.ledger_report import STEPS, missing, without

TITLE = "宁川市2024年重点工作要点\n宁川市人民政府办公室\n2024年3月1日\n一、重点任务\n"
READ = "（一）监督。开展监督检查。（市教育局牵头，市公安局配合）\n"


def told(body: str, lexicon: Lexicon) -> list[str]:
    """What of a plan with this body is told as unread."""
    source = source_of(f"{TITLE}{READ}{body}\n".encode(), "plan.txt")
    return said(source, parse_plan(source, lexicon))


def read_or_told(body: str, lexicon: Lexicon) -> bool:
    """Whether somebody is charged in a body, or what looks so is told."""
    source = source_of(f"宁川市2024年重点工作要点\n一、重点任务\n{body}\n".encode(), "plan.txt")
    return any(task.assignments for task in parse_plan(source, lexicon).tasks) or bool(told(body, lexicon))


def said(source: Source, plan: Plan) -> list[str]:
    return [span.of(source.text) for span in plan.coverage.unread]


def a_table(rows: Sequence[Sequence[str]]) -> Source:
    """A plan with this table."""
    builder = ReadingBuilder()
    builder.paragraph("宁川市2024年重点工作任务分解表")
    builder.begin_table()
    for cells in rows:
        builder.row([CellText(n, text) for n, text in enumerate(cells, 1)])
    reading = builder.done()
    return Source("plan.docx", "docx", b"", "", reading.text, reading.pages, reading.cells)


def told_of_table(rows: Sequence[Sequence[str]], lexicon: Lexicon) -> list[str]:
    """What of a plan with this table is told."""
    source = a_table(rows)
    return said(source, parse_plan(source, lexicon))


@pytest.mark.parametrize(
    "sentence",
    [
        "由市水务局牵头，市财政局、市林业局配合，年底前完成改造。",
        "市水务局负责管网改造，市城管局负责道路恢复。",
        "此项工作由市住建局牵头负责。",
        "管网改造由县发展改革局具体负责。",
    ],
)
def test_who_is_charged_in_a_sentence_that_no_statement_governs_is_read_or_told(
    sentence: str, lexicon: Lexicon
) -> None:
    assert read_or_told(f"（二）管网。{sentence}", lexicon)


@pytest.mark.parametrize(
    "duty",
    ["市水务局：负责管网改造，12月底前完成。", "市财政局：安排资金，保障改造。", "县住建局：做好道路恢复。"],
)
def test_duties_listed_by_unit_are_read_or_told(duty: str, lexicon: Lexicon) -> None:
    assert read_or_told(f"二、职责分工\n{duty}", lexicon)


def test_the_sentences_of_a_text_that_a_statement_governs_add_nothing(lexicon: Lexicon) -> None:
    assert told("（二）管网。市水务局负责摸排，市城管局负责恢复道路。（市住建局牵头，市财政局配合）", lexicon) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "形成齐抓共管的工作格局，增强负责任的态度。",
        "检查配合饲料的生产，规范委托加工。",
        "成立由市长任组长、有关部门组成的领导小组。",
        "各部门要高度重视，主要负责人亲自抓，切实加强组织领导。",
        "明确牵头单位和配合单位，压实工作责任。",
        "召开新闻发布会，建设便民服务中心，整修停车场所。",
        "联系单位：市教育局，联系人：李明，电话：0371-1234567。",
    ],
)
def test_words_that_only_look_like_it_are_not_told(sentence: str, lexicon: Lexicon) -> None:
    assert told(f"（二）保障。{sentence}", lexicon) == []


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("（文化站、派出所工商质监所负责）", "派出所工商质监所"),
        ("（市住建局、一港五谷（鹿城区政府、龙湾区政府））", "一港五谷（鹿城区政府、龙湾区政府）"),
        ("（文化站、林业站水利站负责）", "林业站水利站"),
    ],
)
def test_several_names_that_were_read_as_one_are_told(statement: str, name: str, lexicon: Lexicon) -> None:
    assert any(name in each for each in told(f"（二）检查。开展检查。{statement}", lexicon))


WRONG = [
    ("label", "label-support", "（牵头单位：市水务局；配合单位：市财政局、市林业局）", "市水务局"),
    ("label", "label-lead", "（牵头单位：市水务局；配合单位：市财政局、市林业局）", "市水务局"),
    ("label", "label-lead", "[主责单位：消防工作站；协办单位：柳荫派出所、财政所]", "消防工作站"),
    ("label", "label-person", "（牵头领导：刘建军；牵头单位：平安建设办公室；责任单位：派出所）", "刘建军"),
    ("label", "label-time", "\n责任单位：市财政局、各乡镇政府 完成时间：11月底", "各乡镇政府 完成"),
    ("join", "join-with", "（市经信局商宁波海关、宁波海事局）", "市经信局商宁波海关"),
    ("join", "join-with", "（市教育局牵头，会同人力资源服务中心、团工委）", "会同人力资源服务中心"),
    ("generic_tail", "and-so-on", "（商务部、外交部、知识产权局等部门分别负责）", "知识产权局等部门"),
    ("tail", "tail-support", "（农业农村办牵头，农商行青石支行支持）", "农商行青石支行支持"),
]


@pytest.mark.parametrize(("group", "rule", "statement", "words"), WRONG)
def test_a_role_or_name_that_was_taken_for_another_is_told(
    group: str, rule: str, statement: str, words: str, lexicon: Lexicon
) -> None:
    body = f"（二）检查。开展检查。{statement}"
    less = without(lexicon, group, next(each for each in lexicon[group].rules if each.id == rule), None)
    assert told(body, lexicon) == []
    assert words in "".join(told(body, less))


@pytest.mark.parametrize(
    "statement", ["（市商务局、市工信委）", "（社会事务局、临湖外国语学校）", "（国家税务总局东屿市税务局）"]
)
def test_names_in_a_bracket_in_the_middle_of_a_paragraph_are_read_or_told(statement: str, lexicon: Lexicon) -> None:
    with missing(*STEPS["brackets"]):
        assert statement in "".join(told(f"（二）检查。开展检查。{statement}举办会议。（市教育局）", lexicon))


def test_a_single_unit_under_responsible_units_that_leads_is_told(lexicon: Lexicon) -> None:
    head = ("序号", "重点任务", "责任单位（第一个为牵头单位）", "完成时限")
    rows = [head, *((str(n), f"改造第{n}段管网。", "市水务局", "6月底前") for n in range(1, 4))]
    rule = next(each for each in lexicon["column"].rules if each.id == "column-responsible")
    assert told_of_table(rows, lexicon) == []
    assert told_of_table(rows, without(lexicon, "column", rule, None)) == ["市水务局"] * 3


HEAD = ("序号", "重点任务", "牵头单位", "配合单位", "完成时限")


@pytest.mark.parametrize(
    "rows",
    [
        # Cards: the fields of a task in rows.
        [("任务名称", "改造老旧管网35公里。"), ("牵头单位", "市水务局"), ("完成时限", "12月底前")],
        # Turned: the tasks are columns.
        [("重点任务", "改造老旧管网35公里。", "组织开展巡查。"), ("牵头单位", "市水务局", "市应急局")],
        # Units as heads over marks.
        [("重点任务", "市水务局", "市财政局"), ("改造老旧管网35公里。", "★", "√"), ("组织开展巡查。", "√", "★")],
        # Without a head.
        [("1", "改造老旧管网35公里。", "市水务局", "12月底前"), ("2", "组织开展巡查活动。", "市应急局", "9月底前")],
        # Unit and person in one cell.
        [("序号", "工作内容", "牵头部门/责任人"), ("1", "改造老旧管网35公里。", "市水务局/李明")],
        # Labels in a cell.
        [("序号", "任务及责任"), ("1", "改造老旧管网35公里。牵头单位：市水务局；完成时限：12月底前")],
    ],
)
def test_a_table_that_names_units_is_read_or_told(rows: list[tuple[str, ...]], lexicon: Lexicon) -> None:
    plan = parse_plan(a_table(rows), lexicon)
    read = {each.mention.text for task in plan.tasks for each in task.assignments}
    assert "市水务局" in read or "市水务局" in "".join(told_of_table(rows, lexicon))


def test_a_table_that_was_read_is_not_told(lexicon: Lexicon) -> None:
    rows = [HEAD, ("1", "改造老旧管网35公里。", "市水务局", "市住建局、市财政局", "12月底前")]
    assert told_of_table([*rows, ("2", "组织开展巡查。", "市应急局", "/", "9月底前")], lexicon) == []


@pytest.mark.parametrize(
    "rows",
    [
        [("单位", "联系人", "电话"), ("市水务局", "李明", "0371-1234567"), ("市教育局", "王五", "0371-7654321")],
        [("指标名称", "单位", "目标值"), ("粮食种植面积", "万亩", "120"), ("粮食产量", "万吨", "60")],
        [("序号", "建设地点", "项目内容和规模"), ("1", "夹江县", "新建学校两所"), ("2", "沙湾区", "改造道路三条")],
    ],
)
def test_tables_that_charge_nobody_are_not_told(rows: list[tuple[str, ...]], lexicon: Lexicon) -> None:
    assert told_of_table(rows, lexicon) == []


def test_a_row_that_goes_on_without_a_number_is_told(lexicon: Lexicon) -> None:
    rows = [HEAD, *((str(n), f"改造第{n}段管网。", "市水务局", "市财政局", "6月底前") for n in range(1, 5))]
    assert told_of_table(rows, lexicon) == []
    cut = [*rows, ("", "并恢复路面和绿化。", "", "市林业局", "")]
    assert "并恢复路面和绿化。" in told_of_table(cut, lexicon)


REGULATION = "宁川市供水管理办法\n" + "".join(
    f"第{n}条 {said}\n"
    for n, said in zip(
        "一二三四",
        (
            "为了加强供水管理，制定本办法。",
            "市水务局负责本市供水的监督管理工作，市财政局配合。",
            "县级以上人民政府有关部门按照职责分工负责相关工作。",
            "本办法由市水务局负责解释，自印发之日起施行。",
        ),
        strict=True,
    )
)


def test_a_regulation_says_what_bodies_do_and_charges_nobody_with_a_task(lexicon: Lexicon) -> None:
    source = source_of(REGULATION.encode(), "plan.txt")
    plan = parse_plan(source, lexicon)
    assert said(source, plan) == []
    assert plan.coverage.total == 0


def test_names_that_sign_a_text_are_not_told(lexicon: Lexicon) -> None:
    assert told("二、其他\n抓好落实。\n市教育局\n市财政局\n市公安局\n2024年3月1日", lexicon) == []


def test_the_real_plan_and_the_annotated_ones_raise_no_false_alarm(lexicon: Lexicon) -> None:
    tasks = touched = 0
    for path in sorted((ROOT / "tests" / "corpus" / "open").glob("*.txt")):
        plan = parse_plan(read_source(path), lexicon)
        tasks += len(plan.tasks)
        touched += sum(
            any(span.start < max(s.end for s in task.statements) and task.span.start < span.end
                for span in plan.coverage.unread)
            for task in plan.tasks
        )  # fmt: skip
    assert tasks > 400
    assert touched * 50 <= tasks


def test_what_is_told_is_narrow(lexicon: Lexicon) -> None:
    names = "、".join(f"第{n}工作专班筹备局" for n in range(400))
    source = source_of(f"{TITLE}（一）检查。开展检查。（{names}、由相关责任主体依照第3条负责）".encode(), "plan.txt")
    plan = parse_plan(source, lexicon)
    assert all(span.end - span.start <= 300 for span in plan.coverage.unread)


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("编制事项由市委编办核定，付费办法由市医保局牵头拟订。", "市委编办"),
        ("此项工作由市委组织部牵头，各县（市、区）分工落实。", "各县（市、区）"),
        ("排水设施由市水务局组织建设，水质由市生态环境局按月监测。", "市生态环境局"),
    ],
)
def test_who_is_charged_beside_others_in_a_sentence_is_read_or_told(sentence: str, name: str, lexicon: Lexicon) -> None:
    source = source_of(f"{TITLE}（一）改造。{sentence}\n".encode(), "plan.txt")
    plan = parse_plan(source, lexicon)
    read = [each.mention.text for task in plan.tasks for each in task.assignments]
    assert any(name in each for each in [*read, *said(source, plan)])


@pytest.mark.parametrize("day", ["2024.7.20前", "秋播前", "4月至9月", "6月、9月、12月各", "今冬明春"])
def test_a_day_in_a_task_of_which_nothing_was_made_is_told(day: str, lexicon: Lexicon) -> None:
    source = source_of(f"{TITLE}（一）抽检。{day}开展抽检一次。（市教育局负责）\n".encode(), "plan.txt")
    plan = parse_plan(source, lexicon)
    assert plan.tasks[0].deadlines or day in said(source, plan)


@pytest.mark.parametrize("day", ["6月底前", "2024年9月30日前", "汛期前", "上年度12月底前"])
def test_days_that_were_read_and_those_of_the_past_are_not_told(day: str, lexicon: Lexicon) -> None:
    assert told(f"（二）抽检。{day}发现的问题，完成整改。（市教育局负责）", lexicon) == []


@pytest.mark.parametrize(
    "statement",
    [
        "（市市场监管局商人民银行松河市分行）",
        "（责任单位：市市场监管局商人民银行松河市分行、市财政局）",
        "（责任单位：市教育局；数据由市卫生健康委汇总）",
        "\n责任单位：市教育局\n责任领导：李明 联系电话：0000-8800123",
    ],
)
def test_names_with_other_words_in_them_are_read_rightly_or_told(statement: str, lexicon: Lexicon) -> None:
    source = source_of(f"{TITLE}（一）抽检。开展抽检一次。{statement}\n".encode(), "plan.txt")
    plan = parse_plan(source, lexicon)
    (task,) = plan.tasks
    units = {each.mention.text: each.role for each in task.assignments}
    rightly = units.get("人民银行松河市分行", "support") == "support" and not any("由" in name for name in units)
    rightly = rightly and all("：" not in person.name for person in task.people)
    assert rightly or said(source, plan)
