"""What is read of the annotated plans (`make corpus`): both halves, by layout, by kind of file and by kind of fact.

Of the blind half only sums are shown, so that it stays blind. F1 of each kind; the number of plans in front.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ingest.extract import extract
from ingest.language.lexicon import load_lexicon
from ingest.parse import parse_plan
from ingest.readers.read import read_source
from tests.support.scoring import Score, pooled, score

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "tests" / "corpus"
SHOWN = ("tasks", "assignments", "citations", "deadlines", "targets", "milestones", "unit clusters")


def file_of(annotation: Path) -> Path:
    """The plan that is annotated: the file of the same name and another kind."""
    name = annotation.name.removesuffix(".gold.json")
    return next(path for path in annotation.parent.glob(f"{name}.*") if path != annotation)


def layout_of(gold: Mapping[str, Any]) -> str:
    """How a plan states who is responsible, by most of its statements."""
    said = [task["bracket"] for item in gold["items"] for task in item["tasks"]]
    inferred = any(not r.get("stated", True) for i in gold["items"] for t in i["tasks"] for r in t["responsibilities"])
    labels = sum("：" in bracket or ":" in bracket for bracket in said)
    roles = sum("牵头" in bracket or "配合" in bracket for bracket in said)
    cells = sum("；" in bracket and "：" not in bracket for bracket in said)
    form = "lists of units"
    if 2 * labels >= len(said):
        form = "labels"
    elif 2 * cells >= len(said):
        form = "cells of a table"
    elif 2 * roles >= len(said):
        form = "role words"
    where = "milestones, " if any(item.get("milestones") for item in gold["items"]) else ""
    return f"{where}{form}{', first leads' if inferred else ''}"


def main() -> int:
    """Prints the tables."""
    lexicon = load_lexicon(ROOT / "data" / "lexicon")
    for half in ("open", "blind"):
        by_layout: dict[str, list[Score]] = defaultdict(list)
        by_kind: dict[str, list[Score]] = defaultdict(list)
        for annotation in sorted((CORPUS / half).glob("*.gold.json")):
            gold, file = json.loads(annotation.read_text("utf-8")), file_of(annotation)
            found = score(gold, extract(parse_plan(read_source(file), lexicon), lexicon))
            by_layout[layout_of(gold)].append(found)
            by_kind[file.suffix].append(found)
        print(f"\n{half}: {sum(map(len, by_kind.values()))} plans")
        for line in _table(by_layout, by_kind):
            print(line)
    return 0


def _table(*groups: Mapping[str, list[Score]]) -> Iterator[str]:
    yield f"  {'':<42}{''.join(f'{name:>15}' for name in SHOWN)}"
    for group in groups:
        for name, scores in sorted(group.items()):
            yield _row(f"{len(scores):>2} {name}", scores)
    yield _row("all", [one for scores in groups[0].values() for one in scores])


def _row(name: str, scores: Iterable[Score]) -> str:
    tallies = pooled(scores)
    cells = (f"{tallies[kind].f1:.3f}" if tallies[kind].gold else "—" for kind in SHOWN)
    return f"  {name:<42}{''.join(f'{cell:>15}' for cell in cells)}"


if __name__ == "__main__":
    sys.exit(main())
