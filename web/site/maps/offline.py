"""Networks in a file for offline use (离线网络): vis-network and our scripts in it, allowed by their hashes alone."""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from flask import current_app

from web.maps.frame import MapFrame
from web.maps.networks.choosing import Lit
from web.maps.networks.records import NetworkPicture
from web.maps.networks.vis import vis_network
from web.maps.state import key_of
from web.site.maps.networks import network_in

_WORDS = 60
"""Characters of a task in the list of what is chosen; its sentence stands in the same file."""


def network_of_frame(frame: MapFrame) -> NetworkPicture | None:
    """The network that a view draws, None where it draws something else."""
    if frame.explored:
        return frame.explored.net
    return network_in(frame, frame.together) if frame.together and frame.view == "with" else None


def inlined(frame: MapFrame) -> Mapping[str, Any] | None:
    """What the page gets to draw its network by itself: data, scripts, and the hashes that its policy allows."""
    net = network_of_frame(frame)
    if net is None:
        return None
    scripts = _scripts(str(Path(current_app.root_path) / "static"))
    return {
        "data": vis_network(net, Lit(), told=_told(frame)), "scripts": scripts,
        "hashes": " ".join(f"'sha256-{_hash(script)}'" for script in scripts),
    }  # fmt: skip


@cache
def _scripts(folder: str) -> tuple[str, str]:
    """vis-network, and the painter with what listens to it, each as one script. None of them ends a script element."""
    static = Path(folder)
    vis = (static / "vendor" / "vis-network" / "vis-network.min.js").read_text("utf-8")
    ours = "\n".join((static / "js" / "maps" / f"{name}.js").read_text("utf-8") for name in ("painter", "offline"))
    found = vis, ours.replace("export function", "function")
    assert not any("</script" in script.lower() or "<!--" in script for script in found)
    return found


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _told(frame: MapFrame) -> dict[str, Sequence[tuple[str, str]]]:
    """Keys and words of the tasks of every node and line."""
    words = {row.id: (row.key, row.words[:_WORDS]) for row in frame.matrix.rows if not row.group}
    if frame.explored:
        held: Mapping[str, Sequence[str]] = frame.explored.held
    else:
        held = _held(frame)
    return {key: [words[id] for id in ids if id in words] for key, ids in held.items()}


def _held(frame: MapFrame) -> Mapping[str, Sequence[str]]:
    """The ids of the tasks of every unit, and of every two that share any."""
    keys = [column.key for column in frame.matrix.columns]
    held: dict[str, list[str]] = defaultdict(list)
    for row in frame.matrix.rows:
        for square in row.squares if not row.group else ():
            held[keys[square.column]].append(row.id)
    pairs = frame.together.pairs if frame.together else ()
    return {**held, **{f"{key_of(pair.one)}.{key_of(pair.other)}": pair.tasks for pair in pairs}}
