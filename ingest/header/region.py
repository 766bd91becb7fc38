"""The region of an issuer (行政区域), read from its name: 焦作市示范区食品安全委员会 → 焦作市示范区 below 焦作市.

And the level of a document that is only cited (依据的层级), read from its title and number.
"""

from __future__ import annotations

from typing import cast

from ingest.base import Level, Region
from ingest.language.clean import fold
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


def document_region(title: str, number: str | None, lexicon: Lexicon) -> Region:
    """Of which place and level a cited document is: 《河南省粮食安全保障条例》 of 河南省, 《民法典》 the nation's,
    浙政发〔2020〕3号 of 浙江省. Without a level where neither title nor number says any."""
    said = fold(title)
    # What a notice issues says less of its place than who issues it: 中共焦作市委印发〈国家…〉的通知.
    issuing = said.partition("〈")[0]
    region = read_region(issuing or said, lexicon)
    if region.name or lexicon["state_organ"].match(_without_lead(issuing, lexicon)):
        return region if region.name else Region("全国", "国家")
    digits = fold(number or "")
    province = lexicon.places.by_sign.get(digits[:1])
    if province is not None:
        return Region(province.name, "省")
    state = lexicon["state_law"].whole(said) or (lexicon["state_number"].match(digits) if digits else None)
    return Region("全国", "国家") if state else Region("", None)


def _without_lead(text: str, lexicon: Lexicon) -> str:
    """A title without its year and what is done: 2021年全国…, 中共中央…."""
    before = lexicon["before_a_region"].match(text)
    return text[before[1].end() :] if before else text
