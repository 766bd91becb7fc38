"""Which mentions mean one body, over all annotated plans together (`make corpus`): precision and recall of pairs.

`tests/corpus/pairs/blind.json` says of a mention (`P001` and a tab before it) to which cluster it belongs. It was
written from the plans alone, by someone who had seen neither the ids nor the rules. Of plans with an even number the
entries may be looked at while rules are made; of the others only sums are shown.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from ingest.language.lexicon import Lexicon, load_lexicon
from ingest.parse import parse_plan
from ingest.readers.read import read_source
from ingest.resolution import resolve

ROOT = Path(__file__).resolve().parent.parent
PAIRS = ROOT / "tests" / "corpus" / "pairs"
FOLDERS = (ROOT / "tests" / "corpus" / "open", ROOT / "data" / "plans")

HALVES: Mapping[str, Callable[[int], bool]] = {
    "open half": lambda plan: plan % 2 == 0,
    "blind half": lambda plan: plan % 2 == 1,
    "all": lambda plan: True,
}


class Pairs(NamedTuple):
    """Pairs of mentions: how many both sides call one body, how many only the ids do, how many only the annotation."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def unit_of_each_mention(lexicon: Lexicon) -> dict[str, str]:
    """Mention by plan, as the annotation writes it, and the id of the unit that it means most often."""
    found: dict[str, Counter[str]] = {}
    for number, name in json.loads((PAIRS / "plans.json").read_text("utf-8")).items():
        file = next(folder / name for folder in FOLDERS if (folder / name).exists())
        plan = parse_plan(read_source(file), lexicon)
        ids = resolve(plan, lexicon).unit_ids
        for task in plan.tasks:
            for each in task.assignments:
                found.setdefault(f"{number}\t{each.mention.text}", Counter())[ids[each.mention.span.start]] += 1
    return {mention: counted.most_common(1)[0][0] for mention, counted in found.items()}


def annotated() -> dict[str, str]:
    """Mention by plan, and its cluster."""
    return dict(json.loads((PAIRS / "blind.json").read_text("utf-8")))


def compare(units: Mapping[str, str], clusters: Mapping[str, str], of: Callable[[int], bool]) -> Pairs:
    """The pairs among the mentions of some plans that both sides have."""
    keys = [key for key in clusters if key in units and of(int(key[1:4]))]
    right = _pairs(Counter((units[key], clusters[key]) for key in keys).values())
    read = _pairs(Counter(units[key] for key in keys).values())
    gold = _pairs(Counter(clusters[key] for key in keys).values())
    return Pairs(right, read - right, gold - right)


def _pairs(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)


def main() -> int:
    """Prints the sums."""
    units, clusters = unit_of_each_mention(load_lexicon(ROOT / "data" / "lexicon")), annotated()
    print(f"\none body, one unit: {len(clusters)} mentions, {len({*clusters.values()})} bodies")
    for name, of in HALVES.items():
        pairs = compare(units, clusters, of)
        sums = f"right {pairs.right:>5}  wrong {pairs.wrong:>3}  missed {pairs.missed:>3}"
        print(f"  {name:<12}precision {pairs.precision:.3f}  recall {pairs.recall:.3f}  {sums}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
