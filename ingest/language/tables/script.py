"""Traditional characters read as simplified ones (繁体), one for one: 責任單位 as 责任单位.

The tables are those of OpenCC. A text without one of the commonest traditional characters is in simplified script, and
neither looked at further nor made to wait for the tables: the few traditional characters that simplified texts keep
(乾隆, 瞭望) are none of these.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

_COMMON = (
    "業務責辦發實國進縣製單開產醫關設體負監會頭牽農點動資強時機門對職規電項導達場組數標據網級環處衛衞廳總經員應領爲為審學報結個"
    "織財費鄉聯現貧檢鎮運準號藥專療範優構纔計營養質氣嚴劃臺黨執與萬條內統創長將堅權係線綫臨備傳調訓給護協認間險補態評戶見裝"
    "請參濟價類節貫確題徹層證預過測稅驗試糧羣訂銷續銀術減輸廣際編隊問勵決況納積並幹團圍車園採舉記壓購雲穩難遊們違複種衆鏈舊"
    "適議書東師風貸從絡習屬託別崗貼訴轉約擊擴許註診兩帶戰爭極選儲後這來幾歲當顯圖滿區歷"
)
_TRADITIONAL = re.compile(f"[{_COMMON}]")


class _Simplified(dict[int, str]):
    """By a character's code what it is in simplified script: itself where it is of both. It grows as it is asked."""

    def __missing__(self, code: int) -> str:
        plain = to_simplified(chr(code))
        self[code] = plain if len(plain) == 1 else chr(code)
        return self[code]


_SIMPLIFIED = _Simplified()


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")


def to_simplified(text: str) -> str:
    """The text in simplified script by characters and phrases; its length may change.

    >>> to_simplified("數據")
    '数据'
    """
    return str(_converter().convert(text))


def one_for_one(text: str) -> str:
    """The text with each traditional character as its simplified one, of the same length.

    >>> one_for_one("省財政廳牽頭")
    '省财政厅牵头'
    """
    return text.translate(_SIMPLIFIED) if _TRADITIONAL.search(text) else text


def script_of(text: str) -> Callable[[str], str]:
    """How a piece of a text is read in simplified script: a piece alone may have no sign of the text's script."""
    return (lambda piece: piece.translate(_SIMPLIFIED)) if _TRADITIONAL.search(text) else str
