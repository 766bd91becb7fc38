"""A library, and pages of it that no answer is kept for (冷页): every address once."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from urllib.parse import quote

from benchmarks.plans import SEED, recombined, seed_plan
from ingest.language.lexicon import Lexicon
from ingest.readers.read import read_source
from search.opening import close_both, open_catalog_at

PLANS = 40
LEXICON = Path(__file__).resolve().parent.parent.parent / "data" / "lexicon"


@dataclass(frozen=True)
class Asked:
    """What pages are asked about: words of the plans, texts of their tasks by id."""

    words: Sequence[str]
    tasks: Mapping[str, str]

    def pages(self) -> Iterator[str]:
        """Endless addresses, each once: two searches for every task page; nothing of them is kept from before."""
        chance = random.Random(SEED)
        tasks = iter(chance.sample(list(self.tasks), len(self.tasks)))
        asked = set()
        while True:
            words = " ".join(chance.sample(self.words, 2))
            if words in asked:
                continue
            asked.add(words)
            yield f"/search?q={quote(words)}"
            if len(asked) % 2 == 0 and (task := next(tasks, None)):
                yield f"/tasks/{quote(task)}"


def make_library(folder: Path, lexicon: Lexicon, plans: int = PLANS) -> Asked:
    """Fills a folder with recombined plans, about 76 tasks each."""
    real = read_source(seed_plan())
    catalog = open_catalog_at(folder, lexicon)
    tasks: dict[str, str] = {}
    for _ in catalog.add_all(recombined(real, plans, lexicon)):
        pass
    for row in catalog.store.plans():
        tasks |= {task.id: task.text for task in catalog.store.load(row.id).tasks}
    close_both(catalog)
    words = {part[:4] for part in re.split(r"[\s，、。]+", real.text) if 4 <= len(part) <= 14 and part.isalpha()}
    return Asked(sorted(words), tasks)


def some(pages: Iterator[str], count: int) -> list[str]:
    """The next so many addresses."""
    return list(islice(pages, count))
