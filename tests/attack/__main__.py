"""`python -m tests.attack [--seconds N] [ATTACK …]`: exit status 1 where something did harm."""

from __future__ import annotations

import argparse
import sys

from tests.attack.doubling import doubling
from tests.attack.rows import Attack

ATTACKS: dict[str, Attack] = {
    "doubling": doubling,
}
"""The attacks by name, in the order in which they run."""


def main() -> int:
    """Attacks, prints a table, and says by its status whether anything did harm."""
    parser = argparse.ArgumentParser(prog="python -m tests.attack")
    parser.add_argument("attacks", nargs="*", metavar="ATTACK", help=f"of {', '.join(ATTACKS)}; all without")
    parser.add_argument("--seconds", type=float, default=80, help="for each attack")
    chosen = parser.parse_args()
    if strangers := set(chosen.attacks) - set(ATTACKS):
        parser.error(f"no such attack: {', '.join(sorted(strangers))}")
    harmed = 0
    for name in chosen.attacks or ATTACKS:
        print(f"\n{name}")
        for row in ATTACKS[name](chosen.seconds):
            print(f"  {row.attack:<64}{row.tried:>9}{row.harmed:>7}   {row.measured}", flush=True)
            harmed += row.harmed
    return int(harmed > 0)


if __name__ == "__main__":
    sys.exit(main())
