"""An old link to a unit leads to the unit that it meant, and to none where that cannot be told."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from graph.derived.former import unit_of_former_id
from graph.query.questions import UnitRow
from ingest.language.lexicon import Lexicon


def row(id: str, name: str, *names: str) -> UnitRow:
    return UnitRow(id, name, "organization", None, id.split("-")[0], names, 1, 0, 0, 0, 1)


UNITS = (
    row("全国-财政部", "财政部", "财政部"),
    row("全国-国家发展改革委", "国家发展改革委", "发展改革委"),
    row("温州市-数据局", "温州市数据局", "温州市数据局", "市数据局"),
    row("乐山市-民政局", "民政局", "市民政局"),
    row("松河市-宣传部", "市委宣传部", "市委宣传部"),
    row("施秉县-财政局", "财政局", "县财政局"),
    row("南屏县-财政局", "财政局", "县财政局"),
    row("浙江省-文化和旅游厅", "文化和旅游厅", "省文化广电和旅游厅"),
    row("徐州市-自然资源局", "自然资源局", "市资源规划局"),
    row("汐州市-高新区管委会", "高新区管委会", "高新区"),
    row("宁川市-教育局", "教育局", "市教育局"),
)
PLACES: Mapping[str, set[str]] = {
    "全国-财政部": {"全国", "松河市"},
    "全国-国家发展改革委": {"全国"},
    "温州市-数据局": {"浙江省", "温州市"},
    "乐山市-民政局": {"乐山市"},
    "松河市-宣传部": {"松河市"},
    "施秉县-财政局": {""},
    "南屏县-财政局": {""},
    "浙江省-文化和旅游厅": {"浙江省"},
    "徐州市-自然资源局": {"徐州市"},
    "汐州市-高新区管委会": {"汐州市"},
    "宁川市-教育局": {"宁川市"},
}


@pytest.mark.parametrize(
    ("former", "now"),
    [
        ("松河市-财政部", "全国-财政部"),
        ("全国-发改委", "全国-国家发展改革委"),
        ("浙江省-温州市数据局", "温州市-数据局"),
        ("乐山市-市民政局", "乐山市-民政局"),
        ("松河市-市委宣传部", "松河市-宣传部"),
        ("浙江省-文化广电和旅游厅", "浙江省-文化和旅游厅"),
        ("徐州市-资源规划局", "徐州市-自然资源局"),
        ("汐州市-高新区", "汐州市-高新区管委会"),
        ("县-财政局", None),
        ("松河市-教育局", None),
        ("nobody", None),
    ],
)
def test_a_former_id_means_the_one_unit_that_a_plan_of_its_place_names(
    former: str, now: str | None, lexicon: Lexicon
) -> None:
    assert unit_of_former_id(former, UNITS, lambda id: PLACES[id], lexicon.canonical) == now
