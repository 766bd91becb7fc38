"""The region of an issuer (行政区域), read from its name: 焦作市示范区食品安全委员会 → 焦作市示范区 below 焦作市."""

from __future__ import annotations

from typing import cast

from ingest.base import Level, Region
from ingest.language.lexicon import Lexicon

_WITHIN = ("区", "镇", "乡", "街道")
"""What a district or a town is called, of which other cities have one of the same name: 示范区, 高新区."""


def read_region(text: str, lexicon: Lexicon) -> Region:
    """The region that names itself in issuer or title, with those above it: 焦作市示范区 below 焦作市."""
    named: list[tuple[Level, str]] = []
    if lexicon["state_organ"].match(text):
        return Region("全国", "国家")
    before = lexicon["before_a_region"].match(text)
    text = text[before[1].end() :] if before else text
    position = 0
    for rule in lexicon["region"].rules:
        found = rule.pattern.match(text, position)
        if found:
            named.append((cast(Level, rule.value), found.group()))
            position = found.end()
    if not named:
        return Region("", "国家" if lexicon["state_organ"].search(text) else None)
    level, name = named[-1]
    # A district of a city goes by both names, since other cities have a 示范区 or 高新区 too.
    if level in ("县", "乡") and len(named) > 1 and name.endswith(_WITHIN):
        name = named[-2][1] + name
    return Region(name, level, tuple(named[:-1]))
