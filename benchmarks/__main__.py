"""`python -m benchmarks [NAME …]`: measures, prints a table for each, ends with 1 where a bound is not kept."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from benchmarks import reading
from benchmarks.timing import Figure
from ingest.lexicon import Lexicon, load_lexicon

LEXICON = Path(__file__).parent.parent / "data" / "lexicon"
BENCHMARKS: dict[str, Callable[[Lexicon], Iterable[Figure]]] = {"reading": reading.measure}
"""The benchmarks by name, in the order in which they run."""


def main(names: Sequence[str]) -> int:
    """Runs the named benchmarks, or all. 1 where a figure breaks its bound, 2 where a name is not known."""
    if unknown := [name for name in names if name not in BENCHMARKS]:
        print(f"unknown: {', '.join(unknown)}; known: {', '.join(BENCHMARKS)}", file=sys.stderr)
        return 2
    lexicon = load_lexicon(LEXICON)
    kept = True
    for name in names or BENCHMARKS:
        print(f"\n{name}")
        for figure in BENCHMARKS[name](lexicon):
            print(f"  {figure.name:<40}{figure.figure:>12}   {figure.beside}{'' if figure.kept else '  NOT KEPT'}", flush=True)
            kept = kept and figure.kept
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
