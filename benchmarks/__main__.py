"""`python -m benchmarks [NAME …]`: measures, prints a table for each, ends with 1 where a bound is not kept."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from benchmarks import backends, files, library, load, maps, ranking, reading
from benchmarks.timing import Figure
from ingest.language.lexicon import Lexicon, load_lexicon

LEXICON = Path(__file__).parent.parent / "data" / "lexicon"
Benchmark = Callable[[Lexicon], Iterable[Figure]]
BENCHMARKS: dict[str, Benchmark] = {
    "reading": reading.measure, "files": files.measure, "library": library.measure, "ranking": ranking.measure,
    "backends": backends.measure, "maps": maps.measure,
}  # fmt: skip
"""The benchmarks by name, in the order in which they run; together they end within 8 minutes."""
AT_SCALE: dict[str, Benchmark] = {
    "library-large": library.measure_large, "load": load.measure, "backends-large": backends.measure_large,
}  # fmt: skip
"""Those that take long: `make bench-scale` runs them and keeps what they print."""


def main(names: Sequence[str]) -> int:
    """Runs the named benchmarks, or all. 1 where a figure breaks its bound, 2 where a name is not known."""
    known = BENCHMARKS | AT_SCALE
    if unknown := [name for name in names if name not in known]:
        print(f"unknown: {', '.join(unknown)}; known: {', '.join(known)}", file=sys.stderr)
        return 2
    lexicon = load_lexicon(LEXICON)
    kept = True
    for name in names or BENCHMARKS:
        print(f"\n{name}")
        for figure in known[name](lexicon):
            broken = "" if figure.kept else "  NOT KEPT"
            print(f"  {figure.name:<48}{figure.figure:>16}   {figure.beside}{broken}", flush=True)
            kept = kept and figure.kept
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
