"""`python -m tests.fuzz [--seconds N] [--seed N] [TARGET …]`: exit status 1 where something broke."""

from __future__ import annotations

import argparse
import random
import sys

from tests.fuzz.keep import keep
from tests.fuzz.nasty import nasty
from tests.fuzz.runner import Reader, Report, fuzz, try_all
from tests.fuzz.seeds import TARGETS, kept, seeds


def main() -> int:
    """Fuzzes each target for its time, keeps what breaks it, and says what was done."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(TARGETS)}; all without")
    parser.add_argument("--seconds", type=float, default=600, help="for each target")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6), help="repeats a run")
    chosen = parser.parse_args()
    if strangers := set(chosen.targets) - set(TARGETS):
        parser.error(f"no such target: {', '.join(sorted(strangers))}")
    print(f"seed {chosen.seed}")
    return max(_run(target, chosen.seconds, chosen.seed) for target in chosen.targets or TARGETS)


def _run(target: str, seconds: float, seed: int) -> int:
    report = Report(target)
    with Reader() as reader:
        try_all(target, {**kept(target), **nasty(target), **seeds(target)}, reader, report)
        made = report.files
        fuzz(target, seconds, seed, reader, report)
        print(f"{target}: {made} files as they are, {report.files - made} damaged; slowest {report.slowest[0]:.1f} s "
              f"({report.slowest[1]}); {dict(report.outcomes.most_common())}", flush=True)  # fmt: skip
        for key, (work, outcome) in report.faults.items():
            print(f"  {key}: {keep(work, outcome, reader)}\n    {outcome.what[-300:]}", flush=True)
    return int(bool(report.faults))


if __name__ == "__main__":
    sys.exit(main())
