"""What is a title, what the first sentence of a task, and which text a statement on a title governs."""

from __future__ import annotations

import pytest

from ingest.language.lexicon import Lexicon
from ingest.model import Plan, Source
from ingest.parse import parse_plan


def read(text: str, lexicon: Lexicon) -> Plan:
    return parse_plan(Source("plan.txt", "txt", b"", "", f"松河市2024年重点工作方案\n一、主要任务\n{text}"), lexicon)


def tasks(text: str, lexicon: Lexicon) -> list[tuple[str, str]]:
    return [(task.section, task.text) for task in read(text, lexicon).tasks]


HEADED = {
    "（一）推进管网改造（市水务局牵头，市财政局配合）。年底前完成改造管网35公里。": "年底前完成改造管网35公里。",
    "（一）推进道路改造（市交通局负责）年底前完成改造道路12公里。": "年底前完成改造道路12公里。",
    "（一）推进改厕（市住建局负责）：年底前新建公厕20座。": "年底前新建公厕20座。",
    "（一）办好医院。（市卫健委负责）年底前新增床位500张。": "年底前新增床位500张。",
    "1.整治河道（责任单位：市水务局；配合单位：市财政局）。6月底前完成清淤8公里。\n建设驿站5处。": (
        "6月底前完成清淤8公里。建设驿站5处。"
    ),
    "2、整治小区〔市住建局、市财政局〕。9月底前完成改造小区12个。": "9月底前完成改造小区12个。",
}


@pytest.mark.parametrize("text", HEADED)
def test_a_statement_on_a_title_governs_the_work_behind_it(text: str, lexicon: Lexicon) -> None:
    (task,) = read(text, lexicon).tasks
    assert task.text == HEADED[text]
    assert task.assignments
    assert task.deadlines
    assert task.targets


def test_a_statement_on_a_title_governs_the_points_below_that_state_none(lexicon: Lexicon) -> None:
    points = "1.9月底前新建学校2所。\n2.年底前新增学位3000个。"
    said = "1.9月底前新建学校2所。2.年底前新增学位3000个。"
    assert tasks(f"（一）办好学校（市教育局牵头）。\n{points}", lexicon) == [("（一）", said)]
    assert tasks(f"（一）办好学校（市教育局牵头）。分两步。\n{points}", lexicon) == [("（一）", f"分两步。{said}")]


def test_the_signature_is_no_part_of_the_work_behind_a_title(lexicon: Lexicon) -> None:
    signed = "\n松河市人民政府\n2024年4月10日"
    assert tasks(f"（一）推进改厕（市住建局负责）。年底前新建公厕20座。{signed}", lexicon) == [
        ("（一）", "年底前新建公厕20座。")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "（一）推进改厕（市住建局负责）。推进修路（市交通局负责）。",
        "（一）推进改厕（市住建局负责）；推进修路（市交通局负责）。",
        "（一）推进改厕。（市住建局负责）推进修路。（市交通局负责）",
    ],
)
def test_two_statements_in_an_item_are_two_tasks(text: str, lexicon: Lexicon) -> None:
    assert [said.strip("；。") for _, said in tasks(text, lexicon)] == ["推进改厕", "推进修路"]


SENTENCES = {
    "a sibling of one sentence": (
        "1.修建道路和桥梁，根据不同片区的需要提供服务。开行夜间公交。（市交通局负责）\n"
        "2.整修水塔，更换管道。（市水务局负责）"
    ),
    "without a comma": (
        "1.编制公布市级层面设定的备案事项清单。严防变相审批。（市司法局负责）\n"
        "2.清理年检事项，推进年检改年报，推动信息共享和多报合一。（市市场监管局负责）"
    ),
    "all of two sentences": (
        "（1）修建道路和桥梁，根据不同片区的需要提供服务。开行夜间公交。（市交通局负责）\n"
        "（2）整修水塔，更换老旧锈蚀的管道和阀门。定期检测水质。（市水务局负责）"
    ),
    "siblings that say when": (
        "1.优化风险布控规则，推动降低守法企业和低风险商品查验率。推行灵活查验。（松河海关负责）\n"
        "2.年底前推广无纸化备案。简化单证。（松河海关负责）"
    ),
    "an only child": "（一）支持县区探索创新，鼓励从当地实际出发先行先试推进改革。形成可复制的做法。（市委改革办负责）",
}


@pytest.mark.parametrize("case", SENTENCES)
def test_a_first_sentence_is_no_title(case: str, lexicon: Lexicon) -> None:
    plan = read(SENTENCES[case], lexicon)
    numbers = [len(task.section) for task in plan.tasks]
    lines = SENTENCES[case].splitlines()
    bare = [line[n : line.rindex("（")] for n, line in zip(numbers, lines, strict=True)]
    assert [task.text for task in plan.tasks] == bare


TITLES = {
    "short, and all siblings have one": (
        "1.修建道路。根据不同片区的需要提供服务。（市交通局负责）\n2.整修水塔。更换锈蚀的管道。（市水务局负责）",
        ["修建道路", "整修水塔"],
    ),
    "couplets": (
        "（一）提高政治站位，强化责任落实。召开专题会议。（市教育局负责）\n"
        "（二）突出工作重点，抓好专项整治。开展全面排查。（市公安局负责）",
        ["提高政治站位，强化责任落实", "突出工作重点，抓好专项整治"],
    ),
    "one irregular among many": (
        "1.修建道路。方便出行。（市交通局负责）\n2.整修水塔。更换管道。（市水务局负责）\n"
        "3.年底前新建学校2所。加强管理。（市教育局负责）",
        ["修建道路", "整修水塔"],
    ),
    "up to a colon": (
        "（一）强化要素保障：优先保障重大项目用地，统筹安排产业空间。鼓励创新。（市资规局负责）",
        ["强化要素保障"],
    ),
}


@pytest.mark.parametrize("case", TITLES)
def test_a_run_in_title_is_short_as_its_siblings_are(case: str, lexicon: Lexicon) -> None:
    text, titles = TITLES[case]
    plan = read(text, lexicon)
    assert [section.title for section in plan.sections[1:] if section.title] == titles
    assert not any(task.text.startswith(title) for task, title in zip(plan.tasks, titles, strict=False))


@pytest.mark.parametrize(
    "sentence",
    [
        "三季度完成验收",
        "春节前发放补助",
        "12月全面通车",
        "印发后30日内出台细则",
        "至少培育三家企业",
        "改造老旧小区20个和公厕",
        "每月召开例会",
        "市区公交覆盖率达到95%",
    ],
)
def test_a_first_sentence_that_says_by_when_or_how_much_is_task(sentence: str, lexicon: Lexicon) -> None:
    titled = "1.修建道路。方便出行。（市交通局负责）\n2.整修水塔。更换管道。（市水务局负责）"
    *_, task = read(f"{titled}\n3.{sentence}。抓好落实。（市住建局负责）", lexicon).tasks
    assert task.text == f"{sentence}。抓好落实。"
    assert task.deadlines or task.targets


@pytest.mark.parametrize("number", ["（一）", "1.", "（1）"])
def test_a_stage_of_the_work_is_a_title_with_its_time(number: str, lexicon: Lexicon) -> None:
    plan = read(f"{number}组织实施阶段（5月至10月）。各单位开展检查。（市住建局负责）", lexicon)
    assert plan.sections[-1].title == "组织实施阶段（5月至10月）"


OVER_ONE_TASK = {
    "1.6月底前完成改造（市水务局牵头）。加强管护，方便群众出行。": "6月底前",
    "1.改造管网35公里（市水务局牵头）。加强管护，方便群众出行。": "改造管网35公里",
    "1.培育5家企业\n加强服务。（市工信局负责）": "培育5家企业",
    "（一）年底前基本完成\n加强服务。\n牵头单位：市工信局": "年底前",
}


@pytest.mark.parametrize("text", OVER_ONE_TASK)
def test_what_a_title_says_by_when_or_how_much_is_said_of_the_one_task_below_it(text: str, lexicon: Lexicon) -> None:
    (task,) = read(text, lexicon).tasks
    assert [fact.words for fact in task.facts] == [OVER_ONE_TASK[text]]
    assert not read(text, lexicon).coverage.unread


OVER_SEVERAL = {
    "1.6月底前完成改造\n（1）新建公厕。（市水务局负责）\n（2）加强管护。（市城管局负责）": "6月底前",
    "1.改造管网35公里\n（1）新建公厕。（市水务局负责）\n（2）加强管护。（市城管局负责）": "改造管网35公里",
    "1.培育5家企业\n新建公厕。（市水务局负责）\n加强管护。（市城管局负责）": "培育5家",
}


@pytest.mark.parametrize("text", OVER_SEVERAL)
def test_what_a_title_says_over_several_tasks_is_told(text: str, lexicon: Lexicon) -> None:
    plan = read(text, lexicon)
    assert len(plan.tasks) == 2
    assert [doubt.params["text"] for doubt in plan.doubts if doubt.code == "unread"] == [OVER_SEVERAL[text]]


@pytest.mark.parametrize("title", ["实施12项重点工程", "推进2024年工作（2项）", "开展百日行动"])
def test_a_title_that_counts_the_works_is_not_told(title: str, lexicon: Lexicon) -> None:
    plan = read(f"1.{title}\n（1）新建公厕。（市水务局负责）\n（2）加强管护。（市城管局负责）", lexicon)
    assert not plan.coverage.unread


INSIDE = {
    "（一）编制供水规划（由市水务局牵头），报市政府批准后实施。": "编制供水规划，报市政府批准后实施",
    "（一）年底前完成道路改造（市交通局负责），并做好管护。": "年底前完成道路改造，并做好管护",
    "（一）加强管护。\n制定规划（由市住建局牵头，市财政局配合），报市政府。": "制定规划，报市政府",
    "1.成立专班（市政府办公室牵头），加强调度": "成立专班，加强调度",
}


@pytest.mark.parametrize("text", INSIDE)
def test_a_bracket_in_the_middle_of_a_sentence_charges_all_of_it(text: str, lexicon: Lexicon) -> None:
    (task,) = read(text, lexicon).tasks
    assert task.text == INSIDE[text]
    assert task.assignments


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "（一）建立台账（市财政局牵头）、开展检查（市审计局牵头）和整改问题（市住建局负责）。",
            ["建立台账", "开展检查", "和整改问题"],
        ),
        (
            "（一）修订预案（市应急局牵头），6月底前印发。开展演练（市水务局负责）。",
            ["修订预案，6月底前印发", "开展演练"],
        ),
        (
            "（一）编制规划（由市农业农村局牵头），年底前改造500座。（市住建局、市财政局按职责分工负责）",
            ["编制规划", "年底前改造500座。"],
        ),
    ],
)
def test_brackets_in_a_sentence_charge_each_what_stands_before_it(text: str, said: list[str], lexicon: Lexicon) -> None:
    plan = read(text, lexicon)
    assert [task.text for task in plan.tasks] == said
    assert not plan.coverage.unread


@pytest.mark.parametrize(
    "text",
    [
        "（一）按照《办法》（市水务局制定）执行，加强监管。",
        "（一）本方案（由市教育局负责解释），自印发之日起施行。",
        "（一）发挥协调小组（市委办牵头）的作用，加强监管。",
    ],
)
def test_a_bracket_that_says_whose_a_thing_is_charges_nobody(text: str, lexicon: Lexicon) -> None:
    assert not read(text, lexicon).tasks


@pytest.mark.parametrize("inside", ["市水务局配合", "由市水务局负责日常工作", "市水务局牵头"])
def test_a_bracket_inside_a_governed_sentence_that_is_not_read_is_told(inside: str, lexicon: Lexicon) -> None:
    plan = read(f"（一）设立基金（{inside}）等，落实到位。（市财政局负责）", lexicon)
    assert [assignment.mention.text for task in plan.tasks for assignment in task.assignments] == ["市财政局"]
    assert [doubt.params["text"] for doubt in plan.doubts if doubt.code == "unread"] == [f"（{inside}）"]


@pytest.mark.parametrize(
    "said",
    [
        "宣传《松河市养犬管理办法》（以下简称《办法》）。",
        "落实《松河市节水方案》（松政发〔2024〕3号，以下简称《方案》）。",
        "组建松河市创建工作办公室（以下简称市创建办）。",
        "推进松河市服务中心（简称中心）建设。",
    ],
)
@pytest.mark.parametrize("number", ["（一）", "1."])
def test_a_short_name_in_a_bracket_cuts_no_task(said: str, number: str, lexicon: Lexicon) -> None:
    ((_, text),) = tasks(f"{number}{said}（市司法局）", lexicon)
    assert text == said


@pytest.mark.parametrize("clause", ["市财政局负责资金保障", "由市审计局负责监督检查", "市审计局配合"])
@pytest.mark.parametrize(("between", "kept"), [("，", ""), ("，报市政府批准，", "，报市政府批准")])
def test_who_else_is_charged_behind_a_bracket_is_not_lost(
    clause: str, between: str, kept: str, lexicon: Lexicon
) -> None:
    plan = read(f"（一）编制规划（由市水务局牵头）{between}{clause}，年底前完成。", lexicon)
    assert plan.tasks[0].text == f"编制规划{kept}"
    named = [assignment.mention.text for task in plan.tasks for assignment in task.assignments]
    told = [doubt.params["text"] for doubt in plan.doubts if doubt.code == "unread"]
    assert named == ["市水务局"]
    assert any(clause in text for text in told)
