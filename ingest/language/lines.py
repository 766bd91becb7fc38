"""Which line of work (条线) a collective of departments names: 各级发展改革部门 are those of 发展改革, at any level.

Lines are the column `system` of the register. 各部门 names none and means every department: a bureau, an office, a
commission, and no laboratory, university or company.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from ingest.language.clean import fold
from ingest.language.register import Register

_EACH = ("各级各有关", "各级有关", "各级相关", "各级", "各有关", "各相关", "各", "有关", "相关")
_LOWER = (
    "各省",
    "各设区市",
    "各地市",
    "各市",
    "各州",
    "各盟",
    "各县",
    "各区",
    "各旗",
    "各乡",
    "各镇",
    "各街道",
    "各地",
)
"""Of these a collective names the departments of lower places: none of its own."""
_OF_LEVEL = ("省级", "市级", "州级", "县级", "区级", "省直", "市直", "州直", "县直", "区直", "旗直", "地方")
_KINDS = (
    "行政主管部门",
    "行业主管部门",
    "主管部门",
    "监督管理部门",
    "监管部门",
    "管理部门",
    "行政部门",
    "部门",
    "监管机构",
)
_ANY = frozenset(
    ("", "职能", "成员", "责任", "业务", "行业", "直属", "政府", "工作", "组成", "党政", "牵头", "配合", "市直")
)
"""What stands before 部门 and names no line of work."""
_ENDS = ("局", "厅", "委员会", "委", "办公室", "办", "部", "总局", "监督管理局", "监管局", "管理局", "署", "")
"""What organs of a line are called: 发展改革委, 生态环境局."""
_NO_DEPARTMENTS = frozenset(("央企", "开发区", "乡镇", "电力", "铁路", "通信", "烟草", "民航", "邮政"))
_COMPANIES = (
    "公司",
    "集团",
    "大学",
    "学院",
    "学校",
    "医院",
    "研究院",
    "研究所",
    "实验室",
    "银行",
    "协会",
    "商会",
    "学会",
)
_DEPARTMENTS = ("局", "厅", "委", "办", "部", "署", "委员会", "办公室", "法院", "检察院", "队", "中心", "社", "联")


def line_of_work(register: Register) -> Callable[[str, str], bool]:
    """Whether a unit may be one of the departments that a collective names; asked with both names.

    Of collectives that are no departments (各乡镇, 成员单位) it may be any: this says nothing of them.
    """

    @lru_cache(4096)
    def allows(collective: str, unit: str) -> bool:
        stem = _stem(fold(collective))
        if stem is None:
            return True
        if collective.startswith(_LOWER):
            return False
        if fold(unit).endswith(_COMPANIES):
            return False
        entry = register.entry_of(fold(unit))
        if stem in _ANY:
            return entry.system not in _NO_DEPARTMENTS if entry else fold(unit).endswith(_DEPARTMENTS)
        names = (stem + end for end in _ENDS)
        systems = {register.entries[register.aliases[name]].system for name in names if name in register.aliases}
        return entry.system in systems if entry and systems else stem in unit

    return allows


def _stem(collective: str) -> str | None:
    """发展改革 of 各级发展改革部门, "" of 各部门; None of what is no collective of departments."""
    kind = next((kind for kind in _KINDS if collective.endswith(kind)), None)
    if kind is None:
        return None
    stem = collective[: len(collective) - len(kind)]
    for prefixes in (_OF_LEVEL, _EACH, _OF_LEVEL):
        stem = stem.removeprefix(next((each for each in prefixes if stem.startswith(each)), ""))
    return stem
