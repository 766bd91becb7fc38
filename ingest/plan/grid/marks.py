"""Crossed tables of tasks and units (任务与单位的交叉表): a mark where a row and a unit's column meet gives a role.

`★为牵头单位，√为配合单位` says what the marks mean. Where nothing does, who bears a mark is responsible.
"""

from __future__ import annotations

from collections.abc import Mapping

from ingest.language.clean import Clean, Paragraph
from ingest.language.lexicon import Lexicon
from ingest.language.units import hat_of, prefix_of
from ingest.model import Role
from ingest.plan.assignments import NamedUnit, Parsed
from ingest.plan.grid.names import MARK, ROLES
from ingest.plan.statements import Statement

_NOBODY = "×□"
"""Marks that say no where others say yes."""

Legend = Mapping[str, Role]
"""What each mark means."""


def read_legend(clean: Clean, lexicon: Lexicon) -> Legend:
    """What the notes of a plan say that marks mean; the first note on a mark holds."""
    legend: dict[str, Role] = {}
    for rule, found in lexicon["mark_legend"].scan(clean.folded, 0, len(clean.folded)):
        legend.setdefault(found.group()[0], ROLES[rule.value])
    return legend


def mark_statement(
    clean: Clean, cell: Paragraph, unit: Paragraph, legend: Legend, lexicon: Lexicon
) -> Statement | None:
    """The role that a mark in `cell` gives to the `unit` that its column is headed with."""
    said = clean.folded[cell.start : cell.end]
    rule = lexicon["mark_word"].whole(said)
    if rule is None and not (MARK.fullmatch(said) and (said[0] in legend or said[0] not in _NOBODY)):
        return None
    role = ROLES[rule.value] if rule else legend.get(said[0], "responsible")
    name = clean.folded[unit.start : unit.end]
    hat, by = hat_of(name, lexicon), rule.id if rule else "mark"
    named = NamedUnit(unit.start, unit.end, hat, prefix_of(name), role, True, by)
    return Statement(cell.start, cell.end, Parsed(units=(named,), labelled=True))
