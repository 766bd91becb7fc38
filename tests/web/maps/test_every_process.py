"""The same tasks give the same networks in every process, whatever the order of its sets."""

from __future__ import annotations

import os
import subprocess
import sys

_SCRIPT = """
import hashlib, msgspec
from tests.web.maps.collaboration.test_making import a_network, collaboration
from tests.web.maps.explore.test_growing import grown, opened
from web.maps.collaboration.painting import network_of
made = collaboration(*a_network(70, 300))
pictures = [network_of(made, [""] * len(made.groups), 0, False), *(grown(state).net for state in opened(2))]
print(hashlib.sha256(msgspec.json.encode(pictures)).hexdigest())
"""


def test_three_hash_seeds_draw_the_same_pictures() -> None:
    begun = [
        subprocess.Popen(
            [sys.executable, "-c", _SCRIPT], stdout=subprocess.PIPE, env={**os.environ, "PYTHONHASHSEED": seed}
        )
        for seed in ("0", "1", "4711")
    ]
    said = {each.communicate()[0] for each in begun}
    assert len(said) == 1
    assert all(said)
