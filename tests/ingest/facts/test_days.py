"""A day is the same day however it is written, and words that look back or measure are none."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.facts.days import DayFinder
from ingest.facts.stretch import Calendar
from ingest.language.lexicon import Lexicon
from ingest.language.numerals import chinese, chinese_digits
from tests.ingest.test_cases import deadlines_of, read

quick = settings(max_examples=25, deadline=None)
days = st.dates(date(2024, 3, 2), date(2027, 12, 31))
ONE_DAY = (
    "{y}年{m}月{d}日前完成",
    "{y}年{m}月{d}日之前完成",
    "{y}年{m}月{d}号前完成",
    "到{y}年{m}月{d}日前完成",
    "于{y}年{m}月{d}日完成",
    "{y}年{m}月{d}日18时前完成",
    "{y}年{m}月{d}日（含）前完成",
    "{y}年{m}月{d}日前（含当日）完成",
    "最迟于{y}年{m}月{d}日完成",
    "{y}-{m:02}-{d:02}前完成",
    "{y}.{m}.{d}前完成",
    "{y}/{m}/{d}前完成",
    "{y}{m:02}{d:02}前完成",
    "{cy}年{cm}月{cd}日前完成",
    "{y}年1月1日至{y}年{m}月{d}日完成",
)
IN_A_FIELD = (
    "{y}年{m}月{d}日",
    "{y}-{m:02}-{d:02}",
    "{y}.{m}.{d}",
    "{y}/{m:02}/{d:02}",
    "{y}{m:02}{d:02}",
    "{cy}年{cm}月{cd}日",
)
LOOKS_BACK = (
    "较{y}年{m}月{d}日前下降",
    "自{y}年{m}月{d}日起施行",
    "{y}年{m}月{d}日前建成的小区",
    "{y}年{m}月{d}日以来",
    "对{y}年{m}月{d}日前登记的企业开展检查",
    "{n}年内无违法记录的企业",
    "近{n}年内未发生事故",
    "毕业{n}年内的学生",
    "质保期{n}年内免费",
    "余款{n}年内缴清",
    "剩余尾款在{n}个月内交清",
    "未来{n}个月内到期的贷款展期",
    "对{y}年{m}月{d}日之前供应的用地完善手续",
    "在{y}年{m}月{d}日前缴清契税的，给予补贴",
    "{y}年{m}月{d}日前签订合同（以网签时间为准）的，按原规定办理",
    "对{m}月底执行进度未达到90%的，收回资金",
    "{y}年{m}月{d}日前购买新建商品住房的家庭，每套补贴1万元",
    "{y}年{m}月{d}日前到期的贷款可以展期",
    "按照合同约定应在{y}年{m}月{d}日前交款的企业可以延期",
    "{y}年{m}月{d}日前发放的贷款执行原利率",
    "免征{y}年上半年房产税",
    "缓缴{y}年三季度社会保险费",
    "发放{y}年上半年租金补贴",
    "增速比{y}年三季度提高5个百分点",
    "所在区域{n}日内无疫情的商户不限制",
    "{n}日内未发生病例的小区解除管控",
    "对每月通行次数在30次以上的车辆给予优惠",
    "职工每年可提取一次公积金",
    "参保人每季度只能申领一次",
    "{y}年{m}月1日至{y}年{m}月{d}日期间缴纳契税给予补贴",
)
STILL_DUE = (
    "{y}年{m}月{d}日前对未完成整改的，予以关停",
    "{y}年{m}月{d}日前完成整改，对不达标的，予以通报",
    "{y}年{m}月{d}日前将不符合条件的，清理出库",
    "{y}年{m}月{d}日前完成已供应的地块清查",
    "{y}年{m}月{d}日前签订责任书",
    "{y}年{m}月{d}日前出台支持企业职工的政策",
    "{y}年{m}月{d}日前购置设备20台",
    "力争{y}年{m}月{d}日前开工的项目达到8个",
)


def written(form: str, day: date) -> str:
    return form.format(
        y=day.year, m=day.month, d=day.day, cy=chinese_digits(day.year), cm=chinese(day.month), cd=chinese(day.day),
        n=day.month,
    )  # fmt: skip


@pytest.mark.parametrize("form", ONE_DAY)
@quick
@given(day=days)
def test_a_day_written_in_any_of_its_forms_is_that_day(form: str, day: date, lexicon: Lexicon) -> None:
    (deadline,) = deadlines_of("task", written(form, day), lexicon)
    assert (deadline.kind, deadline.due) == ("by", day.isoformat())


@pytest.mark.parametrize("form", IN_A_FIELD)
@quick
@given(day=days)
def test_a_day_in_a_time_field_is_that_day(form: str, day: date, lexicon: Lexicon) -> None:
    (deadline,) = deadlines_of("field", written(form, day), lexicon)
    assert (deadline.kind, deadline.due) == ("by", day.isoformat())


@pytest.mark.parametrize("form", LOOKS_BACK)
@quick
@given(day=days)
def test_words_that_look_back_are_no_deadline(form: str, day: date, lexicon: Lexicon) -> None:
    assert deadlines_of("task", written(form, day), lexicon) == []


@pytest.mark.parametrize("form", STILL_DUE)
@quick
@given(day=days)
def test_what_is_done_about_others_is_due_all_the_same(form: str, day: date, lexicon: Lexicon) -> None:
    (deadline,) = deadlines_of("task", written(form, day), lexicon)
    assert (deadline.kind, deadline.due) == ("by", day.isoformat())


@quick
@given(day=days, later=st.integers(1, 12))
def test_a_year_goes_on_to_the_end_of_its_sentence(day: date, later: int, lexicon: Lexicon) -> None:
    text = f"{day.year}年{day.month}月底前出台，{later}月底前实施。{later}月底前总结"
    _, second, third = deadlines_of("task", text, lexicon)
    assert (second.due or "")[:7] == f"{day.year}-{later:02}"
    assert (third.due or "")[:7] == f"2024-{later:02}"


@quick
@given(count=st.integers(1, 20), issued=st.dates(date(2012, 1, 1), date(2026, 6, 30)))
def test_working_days_leave_out_holidays_and_count_the_days_worked_for_them(
    count: int, issued: date, lexicon: Lexicon
) -> None:
    finder = DayFinder(Calendar(issued.year, issued), lexicon.holidays)
    due, _ = finder.resolve("from-issue", {"n": str(count), "unit": "个工作日"})
    assert due is not None
    between = [issued + timedelta(days=n) for n in range(1, (due - issued).days + 1)]
    off, worked = lexicon.holidays.off, lexicon.holidays.worked
    assert sum((day.weekday() < 5 and day not in off) or day in worked for day in between) == count
    assert due not in off


def test_working_days_beyond_the_table_give_no_day(lexicon: Lexicon) -> None:
    finder = DayFinder(Calendar(2051, date(2051, 3, 1)), lexicon.holidays)
    assert finder.resolve("from-issue", {"n": "5", "unit": "个工作日"}) == (None, "day")


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("春节", 2024, "2024-02-10"),
        ("端午", 2025, "2025-05-31"),
        ("中秋", 2026, "2026-09-25"),
        ("清明", 2027, "2027-04-05"),
        ("国庆", 2030, "2030-10-01"),
        ("冬至", 2024, "2024-12-21"),
        ("重阳", 2025, "2025-10-29"),
    ],
)
def test_a_festival_has_its_day_in_each_year(name: str, year: int, day: str, lexicon: Lexicon) -> None:
    assert str(lexicon.holidays.day_of(name, year)) == day


def test_beyond_the_table_a_festival_has_no_day(lexicon: Lexicon) -> None:
    assert lexicon.holidays.day_of("春节", 2051) is None


@pytest.mark.parametrize("field", ["见附件", "与主体工程同步", "视上级批复而定", "待定"])
def test_a_time_field_that_says_no_day_is_a_doubt(field: str, lexicon: Lexicon) -> None:
    plan = read(f"（一）加强监管。开展整治。\n责任单位：市教育局\n完成时限：{field}", lexicon)
    said = [deadline.kind for task in plan.tasks for deadline in task.deadlines]
    assert "unread-time" in [doubt.code for doubt in plan.doubts] or said == ["open"]


@pytest.mark.parametrize("field", ["—", "/", "无"])
def test_a_time_field_that_says_nothing_is_no_doubt(field: str, lexicon: Lexicon) -> None:
    plan = read(f"（一）加强监管。开展整治。\n责任单位：市教育局\n完成时限：{field}", lexicon)
    assert "unread-time" not in [doubt.code for doubt in plan.doubts]


@pytest.mark.parametrize("time", ["汛期前", "入冬前", "开学前", "5个工作日内", "次月5日前"])
def test_a_deadline_without_a_day_is_a_doubt(time: str, lexicon: Lexicon) -> None:
    plan = read(f"（一）加强监管。{time}完成整治。（市教育局负责）", lexicon)
    assert [(doubt.code, doubt.params) for doubt in plan.doubts] == [("no-day", {"text": time})]


@pytest.mark.parametrize(
    ("said", "dues"),
    [
        ("4月至9月，开展核查", ["2024-09-30"]),
        ("2024.7.20前公开划片", ["2024-07-20"]),
        ("6月、9月各开展一次抽检", ["2024-06-30", "2024-09-30"]),
        ("三年内完成改造", ["2027-03-01"]),
        ("半年内，建成平台。进展情况随时报告", ["2024-09-01"]),
        ("2026年建成大桥", ["2026-12-31"]),
    ],
)
def test_a_time_right_behind_the_number_of_a_paragraph_is_read(said: str, dues: list[str], lexicon: Lexicon) -> None:
    for number in ("1.", "12."):
        plan = read(f"{number}{said}。（市教育局负责）", lexicon)
        assert [deadline.due for task in plan.tasks for deadline in task.deadlines] == dues
