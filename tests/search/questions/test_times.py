"""The days that words of a question mean."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.questions.times import times_of

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("12月底前", "01-01", "12-31"),
        ("三季度到期的", "07-01", "09-30"),
        ("上半年", "01-01", "06-30"),
        ("11月要办结的", "11-01", "11-30"),
        ("年底前", "01-01", "12-31"),
        ("2021年底前", "", "2021-12-31"),
        ("2021年6月到9月", "2021-06-01", "2021-09-30"),
        ("2021-08-31之前", "", "2021-08-31"),
        ("2021年11月15日前", "", "2021-11-15"),
        ("2021-11", "2021-11-01", "2021-11-30"),
        ("下个月", "2026-12-01", "2026-12-31"),
        ("本季度", "2026-10-01", "2026-12-31"),
        ("本周", "2026-11-30", "2026-12-06"),
        ("30天内", "2026-11-30", "2026-12-30"),
        ("明年三月", "2027-03-01", "2027-03-31"),
        ("before 2021-11-30", "", "2021-11-30"),
        ("this month", "2026-11-01", "2026-11-30"),
    ],
)
def test_words_mean_days(said: str, first: str, last: str) -> None:
    (time,) = times_of(said, TODAY)
    assert (time.first, time.last) == (first, last)


@pytest.mark.parametrize(("said", "year"), [("2021年牵头哪些", 2021), ("去年", 2025), ("2024年度", 2024)])
def test_a_year_alone_is_told_as_a_year(said: str, year: int) -> None:
    assert times_of(said, TODAY)[0].year == year


@pytest.mark.parametrize("said", ["13月", "2月31日", "2021-02-30", "第九条", "一项任务", "12345热线", "十三月"])
def test_what_no_calendar_has_is_no_time(said: str) -> None:
    assert times_of(said, TODAY) == []


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31)))
def test_any_day_in_any_of_its_forms_is_that_day(day: date) -> None:
    for said in (day.isoformat(), f"{day.year}年{day.month}月{day.day}日", f"{day.year}/{day.month}/{day.day}"):
        (time,) = times_of(said, TODAY)
        assert (time.first, time.last) == (day.isoformat(), day.isoformat())


@given(st.text(alphabet="0123456789年月日底前季度上下半到至-./天内个 ", max_size=30))
def test_any_text_has_times_apart_or_none(text: str) -> None:
    times = times_of(text, TODAY)
    assert all(one.end <= other.start for one, other in zip(times, times[1:], strict=False))
    assert all(text[time.start : time.end] == time.text for time in times)
