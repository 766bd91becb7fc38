"""How wordings are read (`python -m tests.wordings_report`): by kind, right, told (wrong, with a doubt) and silent.

`open.json` are members that the rules were written with; `opened.json` was written by someone who had not seen the code
and looked at after two runs were kept, `second.json` by another such person, after its first run was. `none.json` and
`none-second.json` are sentences that look like a responsibility and state none.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ingest.extract import extract
from ingest.language.lexicon import Lexicon, load_lexicon
from ingest.model import Source
from ingest.parse import parse_plan
from tests.support.factories import a_source

ROOT = Path(__file__).resolve().parent.parent
WORDINGS = ROOT / "tests" / "corpus" / "wordings"
_HEAD = "松河市人民政府办公室文件\n松政办发〔2024〕9号\n松河市2024年重点工作任务分工方案\n\n一、重点任务\n"
_TAIL = "\n\n松河市人民政府办公室\n2024年4月10日\n"
_SPACES = str.maketrans("", "", " \u3000\n")

Case = Mapping[str, Any]


def cases(half: str) -> list[Any]:
    """The members of a file of wordings."""
    return list(json.loads((WORDINGS / f"{half}.json").read_text("utf-8")))


def source_of(text: str) -> Source:
    """A plan of 松河市 that says these words."""
    return a_source(f"{_HEAD}{text}{_TAIL}")


def verdict(case: Case, lexicon: Lexicon) -> str:
    """`right`, `told` where what is wrong comes with a doubt, or `silent`."""
    source = source_of(case["text"])
    plan = parse_plan(source, lexicon)
    doubts = [each for each in plan.doubts if len(_HEAD) <= each.span.end and each.span.start < len(source.text)]
    if case.get("told"):
        return "right" if doubts else "silent"
    found = extract(plan, lexicon)["tasks"]
    right = len(found) == len(case["tasks"]) and all(
        _agrees(gold, task) for gold, task in zip(case["tasks"], found, strict=True)
    )
    return "right" if right else "told" if doubts else "silent"


def _agrees(gold: Mapping[str, Any], task: Mapping[str, Any]) -> bool:
    said = _said(task)
    if _bare(gold.get("contains", "")) not in _bare(task["text"]):
        return False
    return all(Counter(_key(kind, each) for each in gold[kind]) == said[kind] for kind in said if kind in gold)


def _said(task: Mapping[str, Any]) -> dict[str, Counter[Any]]:
    units = [[each["mention"], each["role"]] for each in task["assignments"]]
    days = [
        [each["kind"], each["due"] if each["kind"] in ("by", "open") else each["every"]] for each in task["deadlines"]
    ]
    bases = [[each["title"], each["document_number"], each["role"]] for each in task["citations"]]
    aims = [[each["op"], each["value"], each["unit"]] for each in task["targets"]]
    found = {
        "units": units, "people": [each["name"] for each in task["people"]], "deadlines": days, "citations": bases,
        "targets": aims,
    }  # fmt: skip
    return {kind: Counter(_key(kind, each) for each in values) for kind, values in found.items()}


def _key(kind: str, said: Any) -> object:
    """What of a fact is compared: a unit without its second nameplate and a first 市, numbers without blanks."""
    if kind == "units":
        name = re.split("[（〔\\[]", _bare(said[0]))[0]
        return name.removeprefix("市") if not name.startswith(("市委", "市政")) else name, said[1]
    if kind == "citations":
        title, number, role = (*said, None, None)[:3]
        return _bare(title or ""), _bare(number or ""), role
    if kind == "targets":
        return said[0], float(said[1]), _bare(said[2])
    return tuple(said) if isinstance(said, list) else said


def _bare(text: str) -> str:
    return text.translate(_SPACES)


def assigns(text: str, lexicon: Lexicon) -> bool:
    """Whether anybody is assigned anything in these words."""
    return any(task.assignments for task in parse_plan(source_of(text), lexicon).tasks)


def by_kind(half: str, lexicon: Lexicon) -> dict[str, Counter[str]]:
    """How many of each kind were right, told and silent."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for case in cases(half):
        found[case["kind"]][verdict(case, lexicon)] += 1
    return dict(found)


def main() -> int:
    """Prints the tables."""
    lexicon = load_lexicon(ROOT / "data" / "lexicon")
    for half in ("open", "opened", "second"):
        table = by_kind(half, lexicon)
        print(f"\n{half}: {sum(map(Counter.total, table.values()))} wordings")
        for kind, counted in (*table.items(), ("all", sum(table.values(), Counter()))):
            print(f"  {kind:<10} right {counted['right']:>3} told {counted['told']:>3} silent {counted['silent']:>3}")
    for half in ("none", "none-second"):
        wrongly = [text for text in cases(half) if assigns(text, lexicon)]
        print(f"\n{half}: {len(wrongly)} of {len(cases(half))} sentences that assign nobody give a task")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
