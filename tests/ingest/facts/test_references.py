"""Words that mean a document cited before (该办法, 上述方案): links to it, and no citations of their own."""

from __future__ import annotations

import pytest

from graph.derived.rows import rows_of
from ingest.extract import extract
from ingest.language.lexicon import Lexicon
from ingest.model import Plan, Reference
from ingest.readers.read import source_of
from ingest.resolution import resolve
from tests.ingest.test_cases import NOTICE, read


def meant(plan: Plan) -> list[tuple[str, str, str | None]]:
    """Words, title and number of all back references, task after task."""
    return [(each.text, each.title, each.document_number) for task in plan.tasks for each in task.facts_as(Reference)]


@pytest.mark.parametrize(
    ("cited", "words", "title", "number"),
    [
        ("出台《宁川市燃气管理办法（试行）》", "该办法", "宁川市燃气管理办法（试行）", None),
        ("落实《招商考核方案》（宁政办发〔2023〕16号）", "上述方案", "招商考核方案", "宁政办发〔2023〕16号"),
        ("依照《湿地保护法》", "该法", "湿地保护法", None),
        (
            "落实《关于印发〈停车规定〉的通知》（宁政发〔2023〕1号）",
            "前述通知",
            "关于印发〈停车规定〉的通知",
            "宁政发〔2023〕1号",
        ),
        ("落实《关于印发〈停车规定〉的通知》", "该规定", "关于印发〈停车规定〉的通知", None),
        ("落实《关于加快发展的若干意见》", "该意见", "关于加快发展的若干意见", None),
        ("执行GB/T 9704-2012", "该标准", "", "GB/T9704-2012"),
        ("按照宁办发〔2023〕5号文件", "该文件", "", "宁办发〔2023〕5号"),
        ("落实《海绵城市专项规划》", "上述规划", "海绵城市专项规划", None),
    ],
)
def test_it_means_the_document_that_is_called_so(
    cited: str, words: str, title: str, number: str | None, lexicon: Lexicon
) -> None:
    plan = read(f"（一）加强监管。{cited}要求，开展整治，宣传{words}。（市教育局负责）", lexicon)
    assert meant(plan) == [(words, title, number)]
    assert len(plan.tasks[0].citations) == 1


def test_it_reaches_back_to_an_earlier_task_and_means_the_nearest(lexicon: Lexicon) -> None:
    plan = read(
        "（一）甲。落实《供水办法》。（市水务局负责）\n"
        "（二）乙。落实《停车办法》和《停车方案》。（市公安局负责）\n"
        "（三）丙。根据上述办法要求，开展整治。（市城管局负责）",
        lexicon,
    )
    assert meant(plan) == [("上述办法", "停车办法", None)]
    (reference,) = plan.tasks[2].facts_as(Reference)
    assert reference.role == "implement"


@pytest.mark.parametrize(
    "said", ["该意见", "该计划生育服务站", "应该办法律援助", "本方案", "上述措施", "该法院", "该规划区"]
)
def test_words_that_no_document_fits_mean_none(said: str, lexicon: Lexicon) -> None:
    plan = read(f"（一）加强监管。落实《停车办法》《节水规划》《审判法》，完善{said}。（市教育局负责）", lexicon)
    assert meant(plan) == []


def test_a_time_behind_it_is_read_all_the_same(lexicon: Lexicon) -> None:
    plan = read("（一）加强监管。落实《停车办法》，该办法印发之日起30日内完成。（市教育局负责）", lexicon)
    (deadline,) = plan.tasks[0].deadlines
    assert deadline.due == "2024-03-31"


def test_a_task_rests_on_what_it_means_with_the_sentence_that_says_so(lexicon: Lexicon) -> None:
    body = (
        "（一）甲。落实《停车办法》，宣传该办法。（市公安局负责）\n"
        "（二）乙。开展整治。按照上述办法公布结果。（市城管局负责）\n"
    )
    plan = read(body, lexicon)
    text = source_of(f"{NOTICE}{body}\n".encode(), "plan.txt").text
    rows = [values for table, values in rows_of(plan, text, lambda each: resolve(each, lexicon)) if table == "citation"]
    assert [(row[3], row[5], row[9], row[11]) for row in rows if row[2] == "task"] == [
        (plan.tasks[0].id, "停车办法", "implement", "落实《停车办法》，宣传该办法。"),
        (plan.tasks[1].id, "停车办法", "implement", "按照上述办法公布结果。"),
    ]


def test_it_is_printed_apart_from_citations(lexicon: Lexicon) -> None:
    plan = read("（一）加强监管。落实《停车办法》，宣传该办法。（市教育局负责）", lexicon)
    (task,) = extract(plan, lexicon)["tasks"]
    assert [each["title"] for each in task["citations"]] == ["停车办法"]
    assert [(each["text"], each["title"]) for each in task["references"]] == [("该办法", "停车办法")]


@pytest.mark.parametrize(
    ("said", "titles"),
    [
        ("按照《供水条例》《排水办法》要求，落实上述文件", ["供水条例", "排水办法"]),
        ("贯彻《节水规定》和《取水办法》，执行上述规定和办法", ["节水规定", "取水办法"]),
        ("落实《甲意见》《乙意见》《丙意见》，对照上述三个文件检查", ["甲意见", "乙意见", "丙意见"]),
        ("落实《甲意见》《乙意见》《丙意见》，对照以上两个意见检查", ["乙意见", "丙意见"]),
        ("落实《甲意见》。落实《乙意见》《丙意见》，对照上述意见检查", ["乙意见", "丙意见"]),
        ("落实《甲意见》。落实《乙意见》，对照这两个文件检查", ["甲意见", "乙意见"]),
        ("落实《甲办法》《乙细则》，按照上述办法执行", ["甲办法"]),
        ("落实《甲办法》《乙办法》，按照该办法执行", ["乙办法"]),
        ("落实《甲办法》，培训20人以上办法骨干", []),
    ],
)
def test_words_for_several_mean_those_of_their_sentence_or_as_many_as_are_counted(
    said: str, titles: list[str], lexicon: Lexicon
) -> None:
    plan = read(f"（一）加强监管。{said}。（市教育局负责）", lexicon)
    assert [title for _, title, _ in meant(plan)] == titles
