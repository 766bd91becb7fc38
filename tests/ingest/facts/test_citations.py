"""What stands round a title: marks that do not close, numbers of several documents, and short names."""

from __future__ import annotations

import pytest

from ingest.extract import extract
from ingest.identity import normal_title
from ingest.language.lexicon import Lexicon
from ingest.model import Citation
from ingest.parse import parse_plan
from tests.ingest.test_cases import read
from tests.support.factories import a_source


def cited(text: str, lexicon: Lexicon) -> list[Citation]:
    (task,) = read(f"（一）加强监管。{text}。（市教育局负责）", lexicon).tasks
    return list(task.citations)


@pytest.mark.parametrize(
    "text",
    [
        "落实《意见要求，按照《安全生产法》和《消防法》开展检查",
        "按照《安全生产法》和《消防法》开展检查，落实《意见要求",
        "按照《安全生产法》、《意见和《消防法》开展检查",
    ],
)
def test_a_title_that_does_not_close_is_a_doubt_and_takes_no_other_with_it(text: str, lexicon: Lexicon) -> None:
    plan = read(f"（一）加强监管。{text}。（市教育局负责）", lexicon)
    (task,) = plan.tasks
    assert [citation.title for citation in task.citations][-2:] == ["安全生产法", "消防法"]
    assert "unclosed-title" in [doubt.code for doubt in plan.doubts]


@pytest.mark.parametrize(
    "text", ["落实《关于印发〈甲办法〉的通知》", "落实《关于印发《甲办法》的通知》", "落实《甲办法》"]
)
def test_titles_that_close_are_no_doubt(text: str, lexicon: Lexicon) -> None:
    plan = read(f"（一）加强监管。{text}。（市教育局负责）", lexicon)
    assert plan.doubts == ()


@pytest.mark.parametrize("number", ["市政发〔2O23〕5号", "市政发〔2023〕l2号", "市政发〔20I3〕5号"])
def test_a_number_with_letters_for_digits_is_kept_and_doubted(number: str, lexicon: Lexicon) -> None:
    plan = read(f"（一）加强监管。落实《甲办法》（{number}）。（市教育局负责）", lexicon)
    (citation,) = plan.tasks[0].citations
    assert citation.document_number == number
    assert [doubt.code for doubt in plan.doubts] == ["misread-number"]


def test_two_numbers_in_one_bracket_belong_to_two_titles_in_order(lexicon: Lexicon) -> None:
    found = cited("落实《甲办法》《乙办法》（松办发〔2023〕5号、松办发〔2023〕6号）", lexicon)
    assert [(c.title, c.document_number) for c in found] == [
        ("甲办法", "松办发〔2023〕5号"),
        ("乙办法", "松办发〔2023〕6号"),
    ]


def test_a_second_number_behind_one_title_is_a_document_of_its_own(lexicon: Lexicon) -> None:
    found = cited("落实《甲办法》（松办发〔2023〕5号、松办发〔2023〕6号）", lexicon)
    assert [(c.title, c.document_number) for c in found] == [("甲办法", "松办发〔2023〕5号"), ("", "松办发〔2023〕6号")]


@pytest.mark.parametrize(
    "bracket",
    [
        "（以下简称《意见》，松办发〔2023〕5号）",
        "（松办发〔2023〕5号，以下简称《意见》）",
        "（松办发〔2023〕5号）（以下简称《意见》）",
        "（松办发〔2023〕5号，简称《意见》）",
    ],
)
def test_a_short_name_means_the_document_that_was_given_it(bracket: str, lexicon: Lexicon) -> None:
    found = cited(f"按照《关于深化改革的意见》{bracket}开展整治。落实《意见》第三条要求", lexicon)
    assert (found[0].title, found[0].document_number) == ("关于深化改革的意见", "松办发〔2023〕5号")
    assert found[-1].title == "意见"
    assert found[-1].meant == ("关于深化改革的意见", "松办发〔2023〕5号")
    assert found[-1].same == found[0].same
    assert found[-1].articles == ("第三条",)


def test_a_name_that_nothing_was_given_means_itself(lexicon: Lexicon) -> None:
    (citation,) = cited("落实《意见》要求", lexicon)
    assert citation.meant == ("意见", None)


def test_what_is_cited_by_number_is_printed_without_a_title(lexicon: Lexicon) -> None:
    plan = read("（一）加强监管。按照松办发〔2023〕5号文件要求开展整治。（市教育局负责）", lexicon)
    (citation,) = extract(plan, lexicon)["tasks"][0]["citations"]
    assert (citation["title"], citation["document_number"]) == (None, "松办发〔2023〕5号")


def test_the_plans_own_number_is_no_citation(lexicon: Lexicon) -> None:
    plan = read("（一）加强监管。开展整治。（市教育局负责）", lexicon)
    assert plan.header.document_number == "宁政办发〔2024〕6号"
    assert all(citation.title for citation in plan.citations)


@pytest.mark.parametrize("marks", ["〈 〉", "‹ ›", "< >", "＜ ＞", "« »", "<< >>", "《 》"])
def test_a_title_within_a_title_is_one_however_its_marks_are_typed(marks: str, lexicon: Lexicon) -> None:
    opening, closing = marks.split()
    title = f"关于印发{opening}监督办法{closing}的通知"
    (citation,) = cited(f"落实《{title}》", lexicon)
    assert (citation.title, citation.inner) == (title, ("监督办法",))
    assert normal_title(citation.title) == normal_title("关于印发〈监督办法〉的通知")


@pytest.mark.parametrize(
    ("said", "roles"),
    [
        ("出台《停车办法》，《停车收费规定》不再执行。", ["formulate", "repeal"]),
        ("印发《停车办法》，《停车收费规定》同时废止。", ["formulate", "repeal"]),
        ("修订《停车办法》《车位办法》，《甲规定》《乙规定》停止执行。", ["revise", "revise", "repeal", "repeal"]),
        ("《停车办法》，《停车收费规定》同时废止。", ["repeal", "repeal"]),
    ],
)
def test_what_is_repealed_behind_a_comma_is_not_what_is_made(said: str, roles: list[str], lexicon: Lexicon) -> None:
    plan = parse_plan(a_source(f"松河市2024年工作要点\n\n一、重点\n（一）{said}（市城管局负责）\n"), lexicon)
    assert [each.role for each in plan.tasks[0].citations] == roles
