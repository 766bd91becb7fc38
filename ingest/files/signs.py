"""Radicals and compatibility characters → the characters that they show (部首、兼容汉字), one for one.

Files made from PDF and by some input methods hold ⽔ (U+2F54, a radical of the Kangxi dictionary) where they show 水.
No reader sees the difference, and no search finds the one by the other. Places stay: each becomes one character.
"""

from __future__ import annotations

import re
from unicodedata import normalize

# Radicals of the supplement that Unicode gives no equivalent; those that are characters of daily use as well.
_SUPPLEMENT = (
    "⺟母⺠民⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟"
)
_RADICALS = dict(zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True))
_AREAS = ((0x2E80, 0x2FDF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F))
_RARE = re.compile("[" + "".join(f"{chr(low)}-{chr(high)}" for low, high in _AREAS) + "]")


def plain_signs(text: str) -> str:
    """The text with such characters replaced; of the same length."""
    return _RARE.sub(lambda found: _plain(found[0]), text)


def _plain(sign: str) -> str:
    plain = _RADICALS.get(sign) or normalize("NFKC", sign)
    return plain if len(plain) == 1 else sign
