"""A path told in lines (联系): `食药监分局 —牵头→ “完善……” ←配合— 住建局`, for the command line and the API."""

from __future__ import annotations

from collections.abc import Iterator

from graph import Path, Step
from graph.query import Node
from web.words import phrases
from web.words.wording import Translate, as_is

_CUT = 60
"""Characters of a task's text that a node bears."""


def path_said(path: Path, translate: Translate = as_is) -> Iterator[str]:
    """A line for each step, or the one that says that there is none."""
    if path.steps:
        yield from (step_said(step, translate) for step in path.steps)
    elif path.source == path.target:
        yield translate(phrases.SAME_THING).format(thing=named(path.source))
    else:
        yield translate(phrases.NO_PATH).format(source=named(path.source), target=named(path.target))


def step_said(step: Step, translate: Translate = as_is) -> str:
    """One step, with the words between the arrow's ends."""
    word = translate(phrases.LINKS[step.kind])
    if step.detail == "inferred":
        word += f"〔{translate(phrases.INFERRED)}〕"
    arrow = f"—{word}→" if step.forward else f"←{word}—"
    return f"{named(step.source)} {arrow} {named(step.target)}"


def named(node: Node) -> str:
    """A node as it is called in a sentence: a task in quotation marks, a document in 《》."""
    if node.kind in ("task", "milestone"):
        return f"“{node.label}{'……' if len(node.label) >= _CUT else ''}”"
    return f"《{node.label}》" if node.kind in ("plan", "document") else node.label
