"""A new kind of fact is one Python file, one lexicon file, its translations and its row: all the rest follows.

The kind is added to a copy of the program, which then reads, keeps, finds, exports and shows it, on both stores.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

CHIME = '''
"""钟声: 鸣钟资金300万元."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.facts.kind import FactEdge, Fact, FactKind, ShownField, Look
from ingest.facts.stretch import Stretch


class Chime(Fact, frozen=True):
    """钟声: an amount of money and its unit."""

    amount: float
    unit: str
    text: str

    @property
    def words(self) -> str:
        return self.text


def find_chimes(stretch: Stretch) -> Iterator[Chime]:
    """The chimes of a stretch in order."""
    clean = stretch.text
    for rule, match in stretch.lexicon["chime"].scan(clean.folded, stretch.start, stretch.end):
        low, high = match.span()
        amount, unit, span = float(match["amount"]), match["unit"], clean.span(low, high)
        yield Chime(amount, unit, clean.said(low, high), rule=rule.id, span=span)


CHIME = FactKind(
    Chime,
    find_chimes,
    plural="chimes",
    zh="钟声",
    en="Chime",
    edge=FactEdge("chimed_by", "钟声", "is funded by"),
    look=Look("#6B4E16", "#f3ecdc", "#d8b878", "#2e2712", "solid", 3),
    fields=(ShownField("amount", "金额", "how much"), ShownField("unit", "货币单位", "of what: 万元, 亿元")),
    opaque=True,
)
'''

LEXICON = """
[[chime]]
id = "funds"
value = "funds"
pattern = '鸣钟资金(?P<amount>\\d{1,9}(?:\\.\\d{1,4})?)(?P<unit>万元|亿元)'
examples = ["鸣钟资金300万元", "鸣钟资金1.5亿元"]
"""

ENGLISH = {"钟声": "Chime", "金额": "Amount", "货币单位": "Currency unit"}

PLAN = """宁川市人民政府办公室关于印发2024年宁川市重点工作要点的通知
宁政办发〔2024〕6号
宁川市人民政府办公室
2024年3月1日
2024年宁川市重点工作要点
一、重点任务
（一）建设校园食堂。鸣钟资金300万元用于改造，6月底前完成。（市教育局牵头，市财政局配合）
工作进度：3月底前鸣钟资金1.5亿元用于采购。
"""

SHOWN = """
import json, sys
from pathlib import Path
from search.index.fields import tokens_of
from search.query.filters import Filters
from web.library import open_library
from web.settings import Settings
from web.site.app import create_app

address = sys.argv[1]
library = open_library(address if "://" in address else Path(address), Path("data/lexicon"))
site = create_app(Settings(library=address, lexicon=Path("data/lexicon")), library).test_client()
get = lambda url: site.get(url).get_data(as_text=True)
plan = library.store.plans()[0].id
facts = [fact for task in library.facts(plan).tasks.values() for fact in task.facts]
task = next(iter(library.facts(plan).tasks))
graph = library.store.nodes_and_edges()
hit = library.catalog.search("鸣钟资金300万元", Filters()).hits[0].entry
print(json.dumps({
    "ids": [fact.fact_id for fact in facts],
    "counts": library.store.counts()["fact"],
    "nodes": sorted(node.label for node in graph.nodes if node.kind == "chime"),
    "edges": sum(edge.kind == "chimed_by" for edge in graph.edges),
    "tokens": list(tokens_of(hit)["fact"]),
    "task": get(f"/tasks/{task}"),
    "english": get(f"/tasks/{task}?lang=en"),
    "reader": get(f"/plans/{plan}/text?fact={facts[0].fact_id}"),
    "api": get(f"/api/v1/tasks/{task}"),
    "css": get("/static/css/facts.css"),
}))
library.close()
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program that knows one kind of fact more."""
    copy = tmp_path_factory.mktemp("program")
    for package in ("ingest", "graph", "search", "web", "docs"):
        shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "data" / "lexicon", copy / "data" / "lexicon")
    shutil.copy(ROOT / "zeren.py", copy)
    (copy / "ingest" / "facts" / "chime.py").write_text(CHIME.lstrip(), "utf-8")
    (copy / "data" / "lexicon" / "chimes.toml").write_text(LEXICON, "utf-8")
    table = copy / "ingest" / "facts" / "__init__.py"
    row = table.read_text("utf-8").replace("    TARGET,\n)", "    CHIME,\n    TARGET,\n)")
    line = "from ingest.facts.citation import CITATION\n"
    table.write_text(row.replace(line, f"from ingest.facts.chime import CHIME\n{line}"), "utf-8")
    catalogue = copy / "web" / "locale" / "en" / "LC_MESSAGES" / "messages.po"
    translated = "".join(f'\nmsgid "{zh}"\nmsgstr "{en}"\n' for zh, en in ENGLISH.items())
    catalogue.write_text(catalogue.read_text("utf-8") + translated, "utf-8")
    (copy / "plan.txt").write_text(PLAN, "utf-8")
    return copy


def run(program: Path, *arguments: object) -> str:
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": "", "ZEREN_LANG": ""}
    command = [sys.executable, *map(str, arguments)]
    done = subprocess.run(command, cwd=program, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module", params=["sqlite", "neo4j"])
def address(request: pytest.FixtureRequest, program: Path) -> str:
    """A library that the program has read the plan into."""
    if request.param == "sqlite":
        where = str(program / "library")
    else:
        server = request.getfixturevalue("neo4j_server")
        server.wipe()
        where = server.address
    run(program, "-m", "zeren", "ingest", "plan.txt", "--store", where)
    return where


@pytest.fixture(scope="module")
def shown(program: Path, address: str) -> dict[str, Any]:
    return dict(json.loads(run(program, "-c", SHOWN, address)))


def test_it_is_printed(program: Path) -> None:
    plan = json.loads(run(program, "-m", "zeren", "extract", "plan.txt"))
    found = [*plan["tasks"][0]["chimes"], *plan["milestones"][0]["chimes"]]
    assert [(each["amount"], each["unit"], each["rule"]) for each in found] == [
        (300.0, "万元", "funds"),
        (1.5, "亿元", "funds"),
    ]
    assert not plan["tasks"][0]["targets"]  # An opaque kind before TARGET: money is none.
    assert [PLAN[each["start"] : each["end"]] for each in found] == ["鸣钟资金300万元", "鸣钟资金1.5亿元"]


def test_it_is_kept_and_drawn(shown: dict[str, Any]) -> None:
    assert shown["counts"] == 2
    assert shown["nodes"] == ["鸣钟资金1.5亿元", "鸣钟资金300万元"]
    assert shown["edges"] == 2
    assert shown["ids"][0].endswith(".chime-1")


def test_it_is_found(program: Path, address: str, shown: dict[str, Any]) -> None:
    assert "用于改造" in run(program, "-m", "zeren", "search", '"鸣钟资金300万元"', "--store", address)
    assert "chime" in shown["tokens"]


def test_it_is_exported(program: Path, address: str) -> None:
    run(program, "-m", "zeren", "export", "--format", "cypher", "-o", "plans.cypher", "--store", address)
    written = (program / "plans.cypher").read_text("utf-8")
    (program / "plans.cypher").unlink()
    nodes = next(line for line in written.splitlines() if "MERGE (n:Chime " in line)
    assert all(words in nodes for words in ("鸣钟资金300万元", "n.amount", "n.unit"))
    assert re.search(r"MERGE \(a\)-\[r:CHIMED_BY\]->\(b\)", written)


def test_it_is_shown(shown: dict[str, Any]) -> None:
    assert re.search(r'<h2 id="h-chime">钟声</h2>.*鸣钟资金300万元.*金额：300，货币单位：万元', shown["task"], re.S)
    assert '<a class="fact chime"' in shown["task"]
    assert re.search(r'<h2 id="h-chime">Chime</h2>.*Amount: 300, Currency unit: 万元', shown["english"], re.S)
    assert re.search(r'<a class="fact chime[^>]*>鸣钟资金300万元', shown["reader"])
    assert re.search(r"<dt>金额</dt><dd>300</dd>", shown["reader"])
    assert '<span class="fact chime">钟声</span>' in shown["reader"]
    assert {"amount": 300.0, "unit": "万元"} in [each["values"] for each in json.loads(shown["api"])["task"]["facts"]]
    assert "--chime: #6b4e16;" in shown["css"]


def test_it_is_documented(program: Path) -> None:
    run(program, "-m", "graph.export.model_docs")
    documented = (program / "docs" / "graph-model.md").read_text("utf-8")
    assert "### `Chime` 钟声" in documented
    assert "| `amount` | how much |" in documented
    assert "| `CHIMED_BY` | 钟声 | `Task`, `Milestone` | `Chime` |" in documented
