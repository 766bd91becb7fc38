"""An invented plan of many tasks and units, as a city's are: for what maps do with two hundred rows."""

from __future__ import annotations

from collections.abc import Iterator

_WORK = (
    "发展改革", "财政", "教育", "科技", "民政", "司法", "自然资源", "生态环境", "住房城乡建设", "交通运输", "水利",
    "农业农村", "商务", "文化广电旅游", "卫生健康", "应急管理", "审计", "市场监管", "统计", "医保", "公安", "信访",
)  # fmt: skip
BUREAUS = (
    *(f"市{work}局" for work in _WORK), *(f"新区{work}局" for work in _WORK), "市委宣传部", "市委组织部", "团市委",
    "市妇联", "市残联", "市总工会", "市工商联", "市数据局", "市气象局", "市消防救援支队", "市供电公司",
)  # fmt: skip
"""Fifty-five units."""
_CHAPTERS = "一二三四五六七八"
_PARTS = "一二三四五六七八九十"


def large_plan(tasks: int = 200) -> str:
    """The text of a plan of five chapters, each with sections of tasks; every third task has no lead."""
    return "\n".join(_lines(tasks))


def _lines(tasks: int) -> Iterator[str]:
    yield from ("江北市人民政府", "江政发〔2026〕3号", "江北市2026年重点任务分工方案", "各县区人民政府：")
    nth = 0
    for chapter in range(5):
        yield f"{_CHAPTERS[chapter]}、加快推进第{_CHAPTERS[chapter]}类重点领域建设"
        for part in range(8):
            yield f"（{_PARTS[part]}）完善第{_PARTS[part]}项工作机制"
            for item in range(tasks // 40):
                yield f"{item + 1}.推进第{nth + 1}号项目落地，完善工作机制，形成可检查的成果。{_who(nth)}"
                nth += 1
    yield "江北市人民政府"
    yield "2026年1月15日"


def _who(nth: int) -> str:
    """Who does it, and for two of three tasks by when."""
    others = [BUREAUS[(nth * (step + 3) + step * 11) % (6 + nth % 50)] for step in range(1 + nth % 4)]
    lead = BUREAUS[nth * 5 % 13]
    named = [name for name in dict.fromkeys(others) if name != lead] or [BUREAUS[54 - nth % 9]]
    head = f"牵头单位：{lead}；责任单位" if nth % 3 else "责任单位"
    due = f"；完成时限：2026年{1 + nth % 12}月底前" if nth % 3 else ""
    return f"（{head}：{'、'.join(named)}{due}）"
