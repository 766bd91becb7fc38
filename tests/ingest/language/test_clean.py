"""Lines are joined to paragraphs, and a bracket that nobody closed does not join what a number parts."""

from __future__ import annotations

import pytest

from ingest.language.clean import clean
from ingest.model import Source


def paragraphs(text: str) -> list[str]:
    cleaned = clean(Source("plan.txt", "txt", b"", "", text))
    return [cleaned.text[p.start : p.end] for p in cleaned.paragraphs]


@pytest.mark.parametrize(
    "unclosed",
    [
        "按照《关于印发（〈资金监管办法〉的通知》（松政办〔2021〕52号）执行。加强监管。（市住建局负责）",
        "推进小区（含公共设施改造。加强监管。（市住建局负责）",
        "加强监管（（责任单位：市住建局、市财政局）",
    ],
)
@pytest.mark.parametrize("heading", ["七、加大惠民力度", "（三）加大惠民力度", "4.加大惠民力度"])
def test_a_heading_behind_a_bracket_that_nobody_closed_is_a_line_of_its_own(unclosed: str, heading: str) -> None:
    assert paragraphs(f"{unclosed}\n{heading}\n支持改造。\n")[:2] == [unclosed, heading]


@pytest.mark.parametrize("broken", ["（责任单位：市水务局、\n市财政局）", "（市水务局负责，\n市财政局配合）"])
def test_a_bracket_broken_over_two_lines_is_one_statement(broken: str) -> None:
    assert paragraphs(f"加强监管。{broken}\n") == [f"加强监管。{broken}".replace("\n", "")]


ITEMS = [
    "修建道路和桥梁，方便出行，市交通局负责",
    "整修水塔和管道，保障供水，市水务局负责",
    "改造小区和院落，提升品质，市住建局负责",
    "新建公厕和驿站，方便市民，市城管局负责",
    "培育企业和集群，壮大规模，市工信局负责",
    "推进共享和公开，提升服务，市数据局负责",
    "开展培训和指导，促进就业，市人社局负责",
    "加强监管和执法，保障安全，市市监局负责",
    "组织演练和检查，消除隐患，市应急局负责",
]


@pytest.mark.parametrize("end", ["", "。", "（市应急局）"])
@pytest.mark.parametrize(
    "signed",
    [
        ["松河市人民政府办公室", "2024年4月10日"],
        ["松河市人民政府", "二〇二四年四月十日"],
        ["松河市水务局", "松河市财政局", "2024 年 4 月 10 日"],
    ],
)
def test_the_last_of_many_items_of_one_length_does_not_take_the_signature(end: str, signed: list[str]) -> None:
    lines = [f"{number}.{item}{end}" for number, item in enumerate(ITEMS, 1)]
    assert [line.replace(" ", "") for line in [*lines, *signed]] == paragraphs("\n".join([*lines, *signed]))


def test_a_text_that_is_broken_at_a_width_goes_on_over_a_day_in_a_sentence() -> None:
    said = "各县区要加强组织领导，落实工作责任，确保各项任务按期完成，并请于每一个季度末把工作情况报送市政府，"
    lines = [said[at : at + 24] for at in range(0, len(said), 24)] * 5
    (only,) = paragraphs("\n".join([*lines, "2024年4月10日前报告。"]))
    assert only.endswith("2024年4月10日前报告。")
