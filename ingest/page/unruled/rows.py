"""The body of a table without ruling lines → its rows (无框线表格的行).

Pure functions. Rows are parted by level lines, by running numbers (序号), or by gaps wider than those inside a cell.
Between two running numbers the widest gap parts the rows, whether cells are set at the top or in the middle.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.model import Record
from ingest.page.lines import CharRow

# Between rows of a table the baselines lie this much further apart than inside a cell, in characters.
_WIDER = 0.12

# A gap below which a line that fills one column no longer belongs to the table.
_PARTED = 2.2

# Lines of one cell lie no further apart, in characters.
_CELL_LEADING = 2.0

_NUMERALS = frozenset("一二三四五六七八九十")


class Body(Record, frozen=True):
    """The rows of characters below a header, those of them that run over all columns, and the strips left empty."""

    rows: tuple[CharRow, ...]
    over: frozenset[int]
    strips: tuple[tuple[float, float], ...]

    @property
    def borders(self) -> list[float]:
        """The middle of each strip, in points."""
        return [(start + end) / 2 for start, end in self.strips]

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.strips) + 1

    def columns(self, index: int) -> dict[int, str]:
        """The text that a row of characters has in each column; one that runs over all columns is in the first."""
        if index in self.over:
            return {0: "".join(char.text for char in self.rows[index])}
        found: dict[int, str] = {}
        borders = self.borders
        for char in self.rows[index]:
            column = bisect_right(borders, char.middle[0])
            found[column] = found.get(column, "") + char.text
        return found


class _Lines(Record, frozen=True):
    """The body's rows of characters: what each has in each column, and its baseline.

    `number` is the column of running numbers, `leading` the distance of baselines inside a cell, `em` the size of type.
    """

    filled: Sequence[dict[int, str]]
    ys: Sequence[float]
    number: int | None
    leading: float
    em: float


def table_rows(body: Body, levels: Sequence[float]) -> list[list[int]]:
    """The indexes of the body's rows of characters that each row of the table consists of.

    `levels` are the heights of ruling lines, in points. Nothing is given where the rows cannot be told apart; what
    stands below the table is left out.
    """
    filled = [body.columns(index) for index in range(len(body.rows))]
    ys = [row[0].y for row in body.rows]
    em = body.rows[0][0].em
    lines = _Lines(filled, ys, _number_column(filled), _leading(filled, ys, em), em)
    ruled = {i for i in range(1, len(ys)) if any(ys[i - 1] < level < ys[i] for level in levels)}
    forced = sorted(ruled | body.over | {index + 1 for index in body.over if index + 1 < len(ys)})
    parts: list[list[int]] = []
    for start, end in pairwise([0, *forced, len(ys)]):
        segment = list(range(start, end))
        if not segment:
            continue
        split = _split(segment, lines)
        if split is None:
            if len(ruled) < 2:
                return []
            split = [segment]
        parts += split
    while len(parts) > 1 and len({c for i in parts[-1] for c in filled[i]}) == 1:
        first = parts[-1][0]
        if first not in ruled and ys[first] - ys[first - 1] < _PARTED * em:
            break
        parts.pop()
    return parts


def _split(segment: list[int], lines: _Lines) -> list[list[int]] | None:
    """The rows of a share of the body without ruling lines inside; None where it does not show them."""
    if len(segment) == 1:
        return [segment]
    filled, ys, em = lines.filled, lines.ys, lines.em
    clear = [i for i in segment[1:] if ys[i] - ys[i - 1] > lines.leading + _WIDER * em]
    if lines.number is not None:
        numbered = [i for i in segment if _is_number(filled[i].get(lines.number, ""))]
        return _cut(segment, list(_between_numbers(numbered, clear, ys, em))) if numbered else [segment]
    if clear:
        return _with_stragglers(_cut(segment, clear), filled)
    if all(len(filled[i]) >= 2 and 2 * len(filled[i]) >= max(map(len, filled)) for i in segment):
        return [[i] for i in segment]
    return None


def _between_numbers(numbered: Sequence[int], clear: Sequence[int], ys: Sequence[float], em: float) -> Iterator[int]:
    """Where the rows begin: at the widest gap between two numbers, the lowest of several alike.

    Above the first number a clear gap parts it from the end of a row that began on the page before.
    """
    before = [i for i in clear if i <= numbered[0]]
    if before:
        yield before[-1]
    for one, two in pairwise(numbered):
        gaps = {i: ys[i] - ys[i - 1] for i in range(one + 1, two + 1)}
        widest = max(gaps.values())
        yield max(i for i, gap in gaps.items() if gap > widest - 0.05 * em)


def _cut(segment: Sequence[int], starts: Sequence[int]) -> list[list[int]]:
    places = [segment[0], *starts, segment[-1] + 1]
    return [list(range(start, end)) for start, end in pairwise(places) if end > start]


def _with_stragglers(parts: list[list[int]], filled: Sequence[dict[int, str]]) -> list[list[int]]:
    """Parts with text in one column only, a second paragraph of a cell, belong to the row above."""
    whole: list[list[int]] = []
    for part in parts:
        if whole and len({column for i in part for column in filled[i]}) == 1:
            whole[-1] += part
        else:
            whole.append(part)
    return whole


def _leading(filled: Sequence[dict[int, str]], ys: Sequence[float], em: float) -> float:
    """The distance of baselines inside a cell: the smallest between two lines of one column that comes twice."""
    last: dict[int, float] = {}
    gaps: list[float] = []
    for columns, y in zip(filled, ys, strict=True):
        gaps += [y - last[column] for column in columns if column in last and y - last[column] < _CELL_LEADING * em]
        last |= dict.fromkeys(columns, y)
    gaps.sort()
    return next((one for one, two in pairwise(gaps) if two - one < 0.1 * em), gaps[0] if gaps else em)


def _number_column(filled: Sequence[dict[int, str]]) -> int | None:
    """The column of running numbers, None where there is none. It is empty below a page's end that cuts a row."""
    for column in (0, 1):
        found = [columns[column] for columns in filled if column in columns]
        numbers = sum(1 for text in found if _is_number(text))
        if found and 10 * numbers >= 6 * len(found):
            return column
    return None if any(0 in columns for columns in filled) else 0


def _is_number(text: str) -> bool:
    """Whether a cell holds a row's number and nothing else: 3, 1.2, （三）, 12、."""
    bare = text[1:] if text.startswith(("（", "(")) else text
    bare = bare[:-1] if bare.endswith(("）", ")", ".", "、", "．")) else bare
    first, *rest = bare.replace("-", ".").replace("—", ".").split(".")
    decimal = first.isdecimal() and len(first) <= 4 and all(each.isdecimal() and len(each) <= 3 for each in rest)
    return decimal or (1 <= len(bare) <= 3 and _NUMERALS.issuperset(bare))
