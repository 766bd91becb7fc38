"""Whom 各…部门 means: departments of that line of work, never all that a region has."""

from __future__ import annotations

import pytest

from ingest.language.lexicon import Lexicon
from ingest.language.stated import stated_members


@pytest.mark.parametrize(
    ("collective", "unit", "may"),
    [
        ("各级发展改革部门", "发改委", None),
        ("各级发展改革部门", "省发展改革委", None),
        ("各级发展改革部门", "教育局", False),
        ("各级发展改革部门", "之江实验室", False),
        ("各级生态环境部门", "生态环境局", None),
        ("各级生态环境部门", "自然资源局", False),
        ("各有关市场监管部门", "市场监管局", None),
        ("各有关市场监管部门", "公安局", False),
        ("各级教育行政部门", "教育局", None),
        ("各级教育行政部门", "财政局", False),
        ("各市数据主管部门", "数据局", False),
        ("各部门", "教育局", None),
        ("各部门", "之江实验室", False),
        ("各部门", "浙江大学", False),
        ("各有关部门", "城投公司", False),
        ("各部门", "国家电网", False),
        ("各行业主管部门", "住建局", None),
        ("各行业主管部门", "温州大学", False),
        ("食安委成员单位", "城投公司", None),
        ("各单位", "之江实验室", None),
        ("各乡镇（街道）", "城关镇", None),
        ("各级国资监管部门", "国资委", None),
        ("各级国资监管部门", "民政局", False),
    ],
)
def test_a_collective_of_departments_has_those_of_its_line_of_work(
    collective: str, unit: str, may: bool | None, lexicon: Lexicon
) -> None:
    assert stated_members(lexicon.register)(collective, unit) is may
