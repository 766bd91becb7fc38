"""Signs that stand in for others are read as what they mean, and each fact still says where it stands in the file."""

from __future__ import annotations

import pytest

from ingest.extract import extract
from ingest.language.clean import clean, fold
from ingest.language.lexicon import Lexicon
from ingest.model import Source
from ingest.parse import parse_plan
from ingest.readers.read import source_of
from ingest.reading import CellText, ReadingBuilder
from tests.support.scoring import misplaced

HEAD = "松河市2024年重点工作方案\n一、主要任务\n"
UNITS = ["市水务局", "市财政局", "市林业局"]
STATEMENTS = [
    "（市水务局、市财政局丶市林业局）",
    "（市水务局﹑市财政局､市林业局负责）",
    "﹙市水务局、市财政局、市林业局﹚",
    "︵市水务局、市财政局、市林业局︶",
    "﹝责任单位﹕市水务局、市财政局、市林业局﹞",
    "（责任单位︰市水务局、市财政局、市林业局）",
    "（责任单位∶市水务局、市财政局、市林业局）",
    "（市⽔务局、市财政局、市林业局）",
    "（市水\u200b务局、市财\u200d政局、\u200e市林业局\u202c）",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_units_are_read_whatever_signs_stand_between_them(statement: str, lexicon: Lexicon) -> None:
    source = source_of(f"{HEAD}（一）整治河道。完善设施。{statement}\n".encode(), "plan.txt")
    plan = parse_plan(source, lexicon)
    (task,) = plan.tasks
    assert [a.mention.text for a in task.assignments] == UNITS
    assert misplaced(extract(plan, lexicon), source.text) == []


@pytest.mark.parametrize(
    ("numbers", "meant"),
    [
        (("—、", "（—）", "（二）"), ["一", "（一）", "（二）"]),
        (("一、", "（－）", "（二）"), ["一", "（一）", "（二）"]),
        (("⼀、", "（⼀）", "（⼆）"), ["一", "（一）", "（二）"]),
        (("十—、", "﹙—﹚", "﹙二﹚"), ["十一", "（一）", "（二）"]),
    ],
)
def test_a_dash_in_a_number_is_one(numbers: tuple[str, str, str], meant: list[str], lexicon: Lexicon) -> None:
    one, two, three = numbers
    tasks = f"{one}主要任务\n{two}修路。新建道路。（市交通局）\n{three}治水。清理河道。（市水务局）\n"
    text = f"松河市2024年重点工作方案\n{tasks}"
    plan = parse_plan(source_of(text.encode(), "plan.txt"), lexicon)
    assert [section.number for section in plan.sections] == meant
    assert [task.section for task in plan.tasks] == meant[1:]


@pytest.mark.parametrize("text", ["（一）—（三）", "5—8月，", "——以水为魂", "（-5）", "A—B、C", "（——）"])
def test_a_dash_between_words_stays(text: str) -> None:
    assert "一" not in fold(text).replace("（一）", "")


@pytest.mark.parametrize("words", ["１２月底前", "１２⽉底前", "12\u200b月底前", "十二﹑12月底前"])
def test_a_day_is_read_whatever_digits_it_has(words: str, lexicon: Lexicon) -> None:
    source = source_of(f"{HEAD}（一）整治河道。{words}完成清淤。（市水务局）\n".encode(), "plan.txt")
    (task,) = parse_plan(source, lexicon).tasks
    (deadline,) = task.deadlines
    assert deadline.due == "2024-12-31"


def test_what_is_not_seen_parts_no_name_in_a_cell() -> None:
    builder = ReadingBuilder()
    builder.begin_table()
    builder.row([CellText(1, "任务"), CellText(2, "市水\u200d务局 市财政局")])
    reading = builder.done()
    text = clean(Source("plan.docx", "docx", b"", "", reading.text, reading.pages, reading.cells))
    assert [text.folded[:gap][-3:] for gap in text.gaps] == ["水务局"]
