"""The documents say what is printed: every field, every doubt, and nothing that is not there."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from ingest.facts import FACTS, PLAIN
from tests.conftest import ROOT

DOUBTS = (ROOT / "docs" / "doubts.md").read_text("utf-8")
FIELDS = (ROOT / "docs" / "extract.md").read_text("utf-8")
SHARED = tuple(f"{kind.plural}[]" for kind in FACTS if not kind.plain)
"""Facts that stand in tasks and milestones alike; their fields are documented once."""
PLAIN_ONES = tuple(f"{holder}.{kind.plural}[]" for kind in PLAIN for holder in ("tasks[]", "milestones[]"))
"""Facts whose fields docs/graph-model.md has."""

PLAN = """宁川市人民政府办公室关于印发2024年宁川市重点工作要点的通知
宁政办发〔2024〕6号
各县（区）人民政府：
现将《2024年宁川市重点工作要点》印发给你们，请认真贯彻落实。
宁川市人民政府办公室
2024年3月1日
2024年宁川市重点工作要点
一、重点任务
（一）加强监管。落实《关于印发〈食品安全办法〉的通知》第三条要求，合格率达到98%以上。
责任领导：张明华
责任单位：市教育局、市公安局
完成时限：2024年6月底前
工作进度：2月底前制定《实施方案》，覆盖率达到100%。
| 工作任务 | 责任单位 | 完成时限 |
| 新建学校食堂2座。 | 市教育局 | 10月底前 |
"""


def codes() -> set[str]:
    """The codes of all doubts that the code makes."""
    return {code for path in ROOT.glob("[igs]*/**/*.py") for code in _codes(ast.parse(path.read_text("utf-8")))}


def _codes(tree: ast.Module) -> Iterator[str]:
    place = {"Doubt": 0, "doubt": 0, "_unread": 0, "DoubtRow": 1, "PageDoubt": 1}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            argument = node.args[place[name]] if name in place and len(node.args) > place[name] else None
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield argument.value


def test_every_doubt_is_documented_and_no_other() -> None:
    documented = re.findall(r"^### `([\w-]+)`$", DOUBTS, re.MULTILINE)
    assert sorted(documented) == sorted(codes())


ENTRIES = re.split("^### ", DOUBTS, flags=re.MULTILINE)[1:]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.split("`")[1])
def test_every_doubt_has_an_example_and_a_remedy(entry: str) -> None:
    assert re.search(r"^- Example: \S", entry, re.MULTILINE)
    assert re.search(r"^- Remedy: \S", entry, re.MULTILINE)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    path = tmp_path_factory.mktemp("plan") / "plan.txt"
    path.write_text(PLAN, "utf-8")
    command = [sys.executable, "-m", "zeren", "extract", str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    return dict(json.loads(done.stdout))


def paths(value: Any, here: str = "") -> Iterator[str]:
    """The paths of all values; `params` and what is in no list or object are ends."""
    if isinstance(value, dict) and not here.endswith(".params"):
        for key, each in value.items():
            yield from paths(each, f"{here}.{key}" if here else key)
    elif isinstance(value, list):
        yield f"{here}[]"
        for each in value:
            yield from paths(each, f"{here}[]")
    else:
        yield here


def test_every_printed_field_is_documented_and_no_other(printed: dict[str, Any]) -> None:
    documented = set(re.findall(r"^\| `([\w.\[\]]+)` \|", FIELDS, re.MULTILINE))
    found = set()
    for path in (path for path in paths(printed) if not path.startswith(PLAIN_ONES)):
        holder, _, rest = path.partition(".")
        shared = holder in ("tasks[]", "milestones[]") and rest.startswith(SHARED) and rest not in SHARED
        found.add(rest if shared else path)
    # A list is documented by what is in it, where that is more than a value.
    lists = {path for path in found if path.endswith("[]") and any(other.startswith(f"{path}.") for other in found)}
    found -= lists - {f"{holder}.{fact}" for holder in ("tasks[]", "milestones[]") for fact in SHARED}
    assert documented == found - {"units[]", "sections[]", "tasks[]", "milestones[]", "doubts[]"}
