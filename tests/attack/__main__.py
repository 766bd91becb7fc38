"""`python -m tests.attack [--seconds N] [ATTACK …]`: exit status 1 where something did harm."""

from __future__ import annotations

import argparse
import sys

from tests.attack.clients import clients
from tests.attack.doubling import doubling
from tests.attack.handed_over import handed_over
from tests.attack.library import library
from tests.attack.neo4j_paused import neo4j_paused
from tests.attack.overload import overload
from tests.attack.pages import hostile_plans
from tests.attack.reading import reading
from tests.attack.requests import fuzzed_requests
from tests.attack.rows import Attack

ATTACKS: dict[str, Attack] = {
    "requests": fuzzed_requests,
    "pages": hostile_plans,
    "reading": reading,
    "doubling": doubling,
    "handed-over": handed_over,
    "library": library,
    "clients": clients,
    "overload": overload,
    "neo4j-paused": neo4j_paused,
}
"""The attacks by name, in the order in which they run."""


def main() -> int:
    """Attacks, prints a table, and says by its status whether anything did harm."""
    parser = argparse.ArgumentParser(prog="python -m tests.attack")
    parser.add_argument("attacks", nargs="*", metavar="ATTACK", help=f"of {', '.join(ATTACKS)}; all without")
    parser.add_argument("--seconds", type=float, default=60, help="for each attack")
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
