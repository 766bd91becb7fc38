"""The colours of the kinds of facts as style sheets (事实样式), by day and by night: made of `FACTS`."""

from __future__ import annotations

from collections.abc import Iterator

from ingest import FACTS, FactKind


def facts_css() -> str:
    """The sheet: variables by day, and the mark of each kind."""
    return "\n".join(
        [
            "/* Kinds of facts: made of ingest/facts/. */",
            f":root {{ {' '.join(_variables(by_night=False))} }}",
            *map(_mark, FACTS),
            "",
        ]
    )


def facts_night_css() -> str:
    """The variables by night, after the others where it is."""
    return f"/* Kinds of facts by night. */\n:root {{ {' '.join(_variables(by_night=True))} }}\n"


def _variables(by_night: bool) -> Iterator[str]:
    for kind in FACTS:
        look = kind.look
        colour, ground = (look.night, look.night_ground) if by_night else (look.colour, look.ground)
        yield f"--{kind.shown_as}: {colour.lower()}; --{kind.shown_as}-ground: {ground.lower()};"


def _mark(kind: FactKind) -> str:
    name, look = kind.shown_as, kind.look
    colours = f"border-color: var(--{name}); background: var(--{name}-ground)"
    line = f"border-bottom-style: {look.line}; border-bottom-width: {look.width}px"
    return f":where(.fact).{name} {{ {colours}; {line}; }}"
