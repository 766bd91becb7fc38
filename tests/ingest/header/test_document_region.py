"""Of which level a document is that is only cited: its title and its number say so, or nobody does."""

from __future__ import annotations

import pytest

from ingest import document_region
from ingest.language import Lexicon


@pytest.mark.parametrize(
    ("title", "number", "level"),
    [
        ("中共中央国务院关于深化改革加强食品安全工作的意见", "中发〔2019〕17号", "国家"),
        ("国务院办公厅关于加强农产品质量监管的通知", None, "国家"),
        ("国家食品安全示范城市评价办法", None, "国家"),
        ("民法典", None, "国家"),
        ("中华人民共和国食品安全法", None, "国家"),
        ("安全生产法", None, "国家"),
        ("地方党政领导干部安全生产责任制规定", "厅字〔2018〕13号", "国家"),
        ("中共河南省委河南省人民政府印发〈关于健全食品安全责任制的若干措施〉的通知", "豫发〔2019〕31号", "省"),
        ("关于加快数字化改革的意见", "浙政发〔2020〕3号", "省"),
        ("2020年浙江省法治政府建设要点", None, "省"),
        ("中共焦作市委焦作市人民政府印发〈国家标准实施方案〉的通知", "焦发〔2020〕9号", "市"),
        ("杭州市生活垃圾管理条例", None, "市"),
        ("焦作市示范区食品安全事故应急预案", None, "县"),
    ],
)
def test_title_or_number_says_the_level(title: str, number: str | None, level: str, lexicon: Lexicon) -> None:
    assert document_region(title, number, lexicon).level == level


@pytest.mark.parametrize("title", ["食品标识监督管理办法", "工作简报", "乡村建设行动实施方案", "校园食品安全管理办法"])
def test_no_level_is_made_up_where_none_is_said(title: str, lexicon: Lexicon) -> None:
    assert document_region(title, None, lexicon).level is None


def test_places_are_told_from_each_other(lexicon: Lexicon) -> None:
    assert document_region("河南省粮食安全保障条例", None, lexicon).name == "河南省"
    assert document_region("焦作市养犬管理条例", None, lexicon).name == "焦作市"
    assert document_region("食品安全法", None, lexicon).name == "全国"
