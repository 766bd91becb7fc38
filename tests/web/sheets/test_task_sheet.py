"""A list as offices keep it: the plan's own words in every column, and nothing in a cell that a spreadsheet obeys."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from msgspec.structs import replace

from graph.query import All, InPlan, Query
from graph.sqlite.store import open_store
from graph.store import Store
from ingest.language.lexicon import Lexicon
from ingest.parse import parse_plan
from ingest.readers.read import read_source
from ingest.resolution import resolve
from tests.conftest import ROOT
from tests.support.factories import a_plan, a_task
from web.sheets.making import MOST, SheetTooLong, list_title, sheet_of
from web.sheets.records import ListAsked, TaskSheet
from web.sheets.table import table_of
from web.sheets.workbook import workbook_of
from web.words.wording import as_is


@pytest.fixture
def store(tmp_path: Path, lexicon: Lexicon) -> Iterator[Store]:
    made = open_store(tmp_path / "library", lambda plan: resolve(plan, lexicon), "1")
    yield made
    made.close()


def asked_of(store: Store) -> ListAsked:
    return ListAsked("台账", "2026-12-01", Query(), store.select(Query(), limit=0).ids, store)


def task_sheet_of(store: Store) -> TaskSheet:
    return sheet_of(asked_of(store), as_is)


def the_plan(text: str, tmp_path: Path, lexicon: Lexicon, store: Store) -> None:
    (tmp_path / "plan.txt").write_text(text, encoding="utf-8")
    source = read_source(tmp_path / "plan.txt")
    store.save(source, parse_plan(source, lexicon))


PLAN = """乐山市人民政府办公室关于印发2026年重点工作任务分工的通知
乐府办发〔2026〕3号
一、稳定工业
（一）培育5家百亿级龙头企业，12月底前完成。（牵头单位：省发展改革委；责任单位：市经济和信息化局、市财政局；配合单位：市统计局）
（二）持续推进园区建设。（责任单位：市商务局）
"""


def test_names_targets_and_times_are_those_of_the_plan(tmp_path: Path, lexicon: Lexicon, store: Store) -> None:
    the_plan(PLAN, tmp_path, lexicon, store)
    first, second = task_sheet_of(store).rows
    assert (first.cells["lead"], first.cells["responsible"]) == ("省发展改革委", "市经济和信息化局、市财政局")
    assert (first.cells["support"], first.cells["targets"]) == ("市统计局", "培育5家百亿级龙头企业")
    assert (first.cells["deadline"], first.due) == ("12月底前", "2026-12-31")
    assert first.cells["place"] == "第 4 行"
    assert (second.due, second.cells["deadline"]) == (None, "")


def test_a_column_that_says_nothing_in_the_whole_list_is_left_out(
    tmp_path: Path, lexicon: Lexicon, store: Store
) -> None:
    the_plan(PLAN, tmp_path, lexicon, store)
    assert not {"people", "bases"} & {*task_sheet_of(store).columns}


def test_what_the_program_infers_says_so(store: Store) -> None:
    source, plan = a_plan(a_task("检查食堂", lead=["教育局"]))
    (task,) = plan.tasks
    guessed = replace(task, assignments=tuple(replace(each, stated=False) for each in task.assignments))
    store.save(source, replace(plan, tasks=(guessed,)))
    assert task_sheet_of(store).rows[0].cells["lead"] == "教育局（推定）"


def test_the_workbook_has_real_days_states_to_choose_and_a_row_a_task_to_match(
    tmp_path: Path, lexicon: Lexicon, store: Store
) -> None:
    the_plan(PLAN, tmp_path, lexicon, store)
    made = task_sheet_of(store)
    book: Any = openpyxl.load_workbook(BytesIO(workbook_of(made)))
    printed, flat = book.worksheets
    heads = [cell.value for cell in printed[3]]
    row = [cell for cell in printed.iter_rows(min_row=4) if cell[0].value == "1"][0]
    assert row[heads.index("完成时限（日期）")].value == datetime(2026, 12, 31)
    assert [each.sqref for each in printed.data_validations.dataValidation]
    assert (printed.page_setup.orientation, printed.page_setup.paperSize) == ("landscape", 8)
    assert printed.print_title_rows == "$3:$3"
    assert [cell.value for cell in flat["A"]] == ["任务编号（勿改）", *(each.task for each in made.rows)]
    assert {each.value for each in book.custom_doc_props.props} == {
        value for source in made.sources for value in (source.id, source.sha256)
    }


@pytest.mark.parametrize(
    "text", ['=HYPERLINK("http://x")', "+1+2", "-3", "@SUM(A1)", "http://example.cn/", "\x1b[31m红"]
)
def test_no_text_of_a_plan_becomes_a_formula_or_a_link(text: str, store: Store) -> None:
    store.save(*a_plan(a_task(text, lead=["教育局"])))
    made = task_sheet_of(store)
    book = openpyxl.load_workbook(BytesIO(workbook_of(made)))
    told = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    ours = [cell for cell in told if str(cell.value).startswith("=IF(")]
    assert [cell.value for cell in told if cell.data_type == "f" and cell not in ours] == []
    assert not [cell for cell in told if cell.hyperlink]
    cells = [cell for row in csv.reader(StringIO(table_of(made).decode("utf-8-sig"))) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\x1b"))]


def test_a_task_that_is_higher_than_a_row_may_be_goes_on_in_the_next(store: Store) -> None:
    long = "；".join(f"完成第{n}项整改并报送材料" for n in range(200))
    store.save(*a_plan(a_task(long, lead=["教育局"])))
    printed: Any = openpyxl.load_workbook(BytesIO(workbook_of(task_sheet_of(store)))).worksheets[0]
    heads = [cell.value for cell in printed[3]]
    rows = [row for row in printed.iter_rows(min_row=4) if row[0].value in ("1", "（续1）")]
    assert len(rows) > 2
    assert "".join(row[heads.index("具体任务")].value for row in rows) == long
    assert all((printed.row_dimensions[row[0].row].height or 0) <= 409 for row in rows)


def test_the_first_line_of_the_table_is_its_head(tmp_path: Path, lexicon: Lexicon, store: Store) -> None:
    the_plan(PLAN, tmp_path, lexicon, store)
    head, *rows = csv.reader(StringIO(table_of(task_sheet_of(store)).decode("utf-8-sig")))
    assert head[:4] == ["任务编号", "文件", "重点任务", "具体任务"]
    assert len(rows) == 2


def test_a_whole_plan_is_called_by_its_title(store: Store) -> None:
    _, plan = a_plan("一项任务", title="一号方案")
    store.save(*a_plan("一项任务", title="一号方案"))
    assert list_title(Query(InPlan((plan.id,))), "任务：文件 一号方案", store) == "一号方案"
    assert list_title(Query(All()), "任务：全部任务", store) == ""


def test_more_than_a_file_takes_is_refused(store: Store) -> None:
    with pytest.raises(SheetTooLong):
        sheet_of(asked_of(store)._replace(ids=["x"] * (MOST + 1)), as_is)


def test_every_task_of_the_seed_stands_on_its_sheet_once(store: Store, lexicon: Lexicon) -> None:
    source = read_source(next((ROOT / "data" / "plans").glob("*.txt")))
    plan = parse_plan(source, lexicon)
    store.save(source, plan)
    made = task_sheet_of(store)
    assert [row.task for row in made.rows] == [task.id for task in plan.tasks if task.same_as is None]
    for row in made.rows:
        assert source.text[row.start : row.end]
