"""The same tasks give the same maps in every process, whatever the order of its sets."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.conftest import ROOT

_SCRIPT = """
import hashlib, msgspec
from msgspec.structs import replace
from tests.support.map_rows import a_section, a_task, some_data
from tests.web.maps.collaboration.test_making import a_network, collaboration
from tests.web.maps.explore.test_growing import grown, opened
from web.maps.collaboration.painting import network_of
from web.maps.matrix.making import matrix_of
from web.maps.months.making import time_map
from web.maps.state import ORDERS, MapState
from web.maps.wings.layout import unit_map
of = lambda n: (f"牵单位{n % 7}", f"责单位{n % 11}", f"配各{n % 2}")
tasks = [a_task(f"{n}", "一" if n % 3 else "二", *of(n)) for n in range(60)]
data = some_data(*tasks, sections=(a_section("一"), a_section("二")))
made = collaboration(*a_network(70, 300))
pictures = {
    "matrix": [matrix_of(data, MapState(order=order)) for order in ORDERS],
    "unit": unit_map(replace(data, first="单位1"), MapState(), str).picture,
    "time": time_map(data, "2026-03-01"),
    "together": network_of(made, [""] * len(made.groups), 0, False),
    "web": [grown(state).net for state in opened(2)],
}
for name, picture in pictures.items():
    print(name, hashlib.sha256(msgspec.json.encode(picture)).hexdigest())
"""


def test_three_hash_seeds_draw_the_same_pictures() -> None:
    begun = [
        subprocess.Popen(
            [sys.executable, "-c", _SCRIPT], cwd=ROOT, stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        for seed in ("0", "1", "4711")
    ]  # fmt: skip
    said = [each.communicate()[0].decode().splitlines() for each in begun]
    assert [line.partition(" ")[0] for line in said[0]] == ["matrix", "unit", "time", "together", "web"]
    assert said == [said[0]] * 3
