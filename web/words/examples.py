"""Questions as examples (例问): one form a kind, in Chinese and in English; a name of the library stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

ExampleKind = Literal["unit", "topic", "document", "month", "gap", "most"]

EXAMPLES: Mapping[ExampleKind, tuple[str, str]] = {
    "unit": ("{}牵头哪些任务", "what does {} lead"),
    "topic": ("谁负责{}", "who is responsible for {}"),
    "document": ("哪些任务引用了《{}》", "which tasks cite 《{}》"),
    "month": ("{}要完成什么", "what is due in {}"),
    "gap": ("哪些任务没有牵头单位", "which tasks have no lead"),
    "most": ("哪个单位任务最多", "which unit has the most tasks"),
}
"""Questions themselves, not sentences of the site: what is typed into the box."""
