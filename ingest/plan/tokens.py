"""A responsibility statement, cut once into tokens (记号): names, joins, role words, times, persons.

`A会同B负责` is a name, a join, a name, a role word. What they mean together is the grammar's (`assignments.py`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import pairwise
from typing import Literal

from ingest.base import Record
from ingest.language.lexicon import Lexicon
from ingest.language.likeness import is_chinese
from ingest.language.units import (
    LONGEST_WRITTEN,
    ListElement,
    is_unit,
    prefix_of,
    split_list,
)
from ingest.model import Role

_LONGEST_TIME = 24
"""Characters of a time in a list, without what is to be done by then."""
_TAIL_LENGTH = 26
"""Characters at the end of a clause in which its role words stand."""
_OBJECT_LENGTH = 20
_LONGEST_WITH_PERSON = 40
"""Characters of a unit's name with the person who stands for it."""
_ORGANS = "局委办厅部院会府处队室所站心司联协校团行"
"""What the name of a unit ends with behind which a person's stands."""
_SHORT_PERSON = 2
"""Characters of a name that may be a word as well: 高新, 东方."""
_COMRADE = "同志"
_HEADS = ("组长", "指挥", "指挥长", "召集人")
"""What only a person is made."""
_SOME = ("各", "分管", "主管")
"""In front of an office that somebody else holds than the one who is named beside it."""
_HEADS_OF_PLACES = ("省长", "市长", "县长", "区长", "镇长", "乡长")
_DONE = ("完成", "建成", "落实", "见效", "取得", "到位", "启动", "实施")
"""What is to be done by a time and says nothing else."""
ROLES: dict[str, Role] = {"lead": "lead", "support": "support", "responsible": "responsible"}
_OBJECT_ROLES: dict[str, Role] = {
    "牵头负责": "lead", "牵头": "lead", "负责": "responsible", "配合": "support", "协助": "support", "指导": "support",
}  # fmt: skip
_MARKS = "★☆▲△●◆◇※＊*"
"""Signs in front of a name or behind it that mark who leads."""
_NUMBERED = re.compile(r"\d{1,2}[.．、)）](?!\d)|（\d{1,2}）")

TokenKind = Literal["name", "marked", "join", "role", "time", "person", "office", "comma"]


class StatementToken(Record, frozen=True):
    """`[start, end)` of the text and what it is. `value` is the role of a role word, `lead` or `with` of a join (of who
    stands before it, or of who stands behind it alone), the office of a person; an `office` is whoever holds it."""

    kind: TokenKind
    start: int
    end: int
    value: str = ""


def tokens_of(text: str, start: int, end: int, blanks: Collection[int], lexicon: Lexicon) -> Iterator[StatementToken]:
    """The tokens of a statement without labels; `blanks` are the offsets at which a blank stood."""
    tokens = [*_each_token(text, start, end, blanks, lexicon)]
    for nth in range(len(tokens) - 1, 0, -1):
        before = tokens[nth - 1]
        heads = tokens[nth].kind == "role" and text.endswith(_HEADS, tokens[nth].start, tokens[nth].end)
        if (heads or tokens[nth].kind == "person") and before.kind == "name" and _is_person(text, before, lexicon):
            tokens[nth - 1] = StatementToken("person", before.start, before.end)  # 沈国强、方丽同志, 李明|任组长
    for token, behind in pairwise([*tokens, StatementToken("comma", end, end)]):
        joined = token.kind == "office" and behind.kind in ("person", "office")
        if not (joined and is_one_person(text, (token.start, token.end), behind.end, lexicon)):
            yield token  # 区长牵头, but not 县委常委、 before 副县长李明


def is_one_person(text: str, office: tuple[int, int], behind_end: int, lexicon: Lexicon) -> bool:
    """Whether an office and the name or office behind it are one person's: 县委常委、副县长李明, 副书记 吴国华.

    区长、副区长 and 县委书记、县长 are two, and 各镇镇长、李明副县长 more.
    """
    said, low = text[slice(*office)], office[1]
    while low < behind_end and text[low] in "、，":
        low += 1
    if said.startswith(_SOME):
        return False
    other = lexicon["office_first"].match(text, low, behind_end)
    if other is None:
        return low == office[1]
    following = other[1].group()
    both_head = said.endswith("委书记") and following.endswith(_HEADS_OF_PLACES) and "副" not in following
    return said[-2:] != following[-2:] and not both_head and not following.startswith(_SOME)


def _is_person(text: str, name: StatementToken, lexicon: Lexicon) -> bool:
    said = text[name.start : name.end]
    return lexicon["person_name"].whole(said) is not None and not is_unit(said, lexicon)


def _each_token(text: str, start: int, end: int, blanks: Collection[int], lexicon: Lexicon) -> Iterator[StatementToken]:
    for piece in split_list(text, start, end, lexicon, blanks):
        numbered = _NUMBERED.match(text, piece.start, piece.end)
        low = numbered.end() if numbered and numbered.end() < piece.end else piece.start
        if is_time(text, low, piece.end, lexicon):
            yield StatementToken("time", low, piece.end)
            continue
        if piece.start > start and text[piece.start - 1] in "，；":
            yield StatementToken("comma", piece.start - 1, piece.start)
        for token in _of_element(text, ListElement(low, piece.end), lexicon):
            yield from _told_apart(text, token, blanks, lexicon) if token.kind == "name" else (token,)


def _told_apart(text: str, name: StatementToken, blanks: Collection[int], lexicon: Lexicon) -> Iterator[StatementToken]:
    """A name without its mark, and apart from it the person who stands for the unit or in its place."""
    low, high = name.start, name.end
    while low < high and text[low] in _MARKS:
        low += 1
    while high > low and text[high - 1] in _MARKS:
        high -= 1
    marked = high > low and (low, high) != (name.start, name.end)
    if not marked:
        low, high = name.start, name.end
    named = is_unit(text[low:high], lexicon) and lexicon["says_an_office"].search(text, low + 1, high) is None
    if high - low > _LONGEST_WITH_PERSON or named:
        person = _in_brackets(text, low, high, lexicon, blanks) if high - low <= _LONGEST_WITH_PERSON else None
    else:
        person = person_at(text, low, high, low in blanks, lexicon)
    if person is None:
        yield StatementToken("marked" if marked else "name", low, high)
        return
    unit, token = person
    if unit > low:
        yield StatementToken("marked" if marked else "name", low, unit)
    yield token


def _in_brackets(
    text: str, low: int, high: int, lexicon: Lexicon, blanks: Collection[int] = ()
) -> tuple[int, StatementToken] | None:
    """市体育局（局长：吴海波）, 市信访局（赵 磊）: where the unit's name ends, and the person."""
    found = lexicon["in_charge"].whole(text[low:high])
    said = found.pattern.fullmatch(text, low, high) if found else None
    if said is None or not is_unit(said["unit"], lexicon):
        return None
    spaced = said.start("person") + 1 in blanks and lexicon["person_name"].whole(said["person"]) is not None
    if not spaced and not _may_be_person(said, lexicon):
        return None
    return said.end("unit"), StatementToken("person", *said.span("person"), said["office"] or "")


def person_at(text: str, low: int, high: int, behind: bool, lexicon: Lexicon) -> tuple[int, StatementToken] | None:
    """Where the unit's name ends (`low` where there is none) and the person, in words that are no unit's name:
    王大明副市长, 副市长王大明, 市水务局局长王大明, 市应急局李明, 张副市长; an office where nobody is named (县委常委).
    `behind` says whether a blank is in front, as it is between a unit and a person."""
    if (found := _in_brackets(text, low, high, lexicon)) is not None:
        return found
    if lexicon["titled_person"].whole(text[low:high]) is not None:
        return low, StatementToken("person", low, high)
    said = lexicon["office_first"].match(text, low, high)
    begin = said[1].end() if said else low
    if begin == high:
        return low, StatementToken("office", low, high)
    end = without_office(text, begin, high, lexicon)
    if (said or end < high or behind) and lexicon["person_name"].whole(text[begin:end]) is not None:
        return low, StatementToken(
            "person", begin, end, said[1].group() if said else text[end:high].replace(_COMRADE, "")
        )
    for name in range(high - 2, low + 2, -1):
        if text[name - 1] not in _ORGANS or not is_unit(text[low:name], lexicon):
            continue
        said = lexicon["office_first"].match(text, name, high)
        if not said and not prefix_of(text[low:name]):
            continue
        begin = said[1].end() if said else name
        if lexicon["titled_person"].whole(text[name:high]) is not None:
            return name, StatementToken("person", name, high)  # 市水务局王局长
        if said and begin == high:
            return name, StatementToken("office", name, high)  # 市粮食和储备局党组书记、局长董志远
        end = without_office(text, begin, high, lexicon)
        if end - begin > _SHORT_PERSON - bool(said or end < high) and lexicon["person_name"].whole(text[begin:end]):
            return name, StatementToken("person", begin, end, said[1].group() if said else text[end:high])
    return None


def without_office(text: str, start: int, end: int, lexicon: Lexicon) -> int:
    """Where a person's name ends, in front of the office behind it: 张某某|副县长."""
    office = lexicon["title_of_office"].ending(text, start + 1, end)
    is_name = office is not None and lexicon["person_name"].whole(text[start : office[1]]) is not None
    return office[1] if office is not None and is_name else end


def _may_be_person(found: re.Match[str], lexicon: Lexicon) -> bool:
    """Whether a name in a unit's brackets is a person's: behind an office, or three characters that are no unit's."""
    said = found["person"]
    if lexicon["person_name"].whole(said) is None or is_unit(said, lexicon):
        return False
    return bool(found["office"]) or len(said) > _SHORT_PERSON


def _of_element(text: str, piece: ListElement, lexicon: Lexicon) -> Iterator[StatementToken]:
    """One element of a list: its unit, the role words behind it, and what joins it to the next unit."""
    start, end = piece.start, piece.end
    leading = lexicon["statement_opening"].match(text, start, end)
    # 由市教育局 ends as a unit's name does, but no name begins with 由; one may well begin with 和 (和平区政府).
    if leading and leading[1].end() < end:
        word = leading[1].group()
        if word.endswith(("由", "为", "其中")) or not is_unit(text[start:end], lexicon):
            start = leading[1].end()
    join = _join(text, start, end, lexicon)
    if join is None:
        head, role = _tail(text, start, end, lexicon)
        head = _others(text, start, head, lexicon) or head
        yield from _name_and_role(start, head, role, end)
        return
    before, after = join
    if before > start:
        head, role = _tail(text, start, before, lexicon)
        if role and role != "responsible":
            yield from _name_and_role(start, head, role, before)
            yield StatementToken("join", before, after, "with")
        else:
            yield from _name_and_role(start, head, None, before)
            yield StatementToken("join", before, after, "lead")
            if role:
                yield StatementToken("join", before, after, "with")
    else:
        yield StatementToken("join", before, after, "with")
    if (another := _join(text, after, end, lexicon)) is not None and another[0] > after:
        yield from _name_and_role(after, another[0], None, another[0])
        after = another[1]  # 市人社局会同市财政局商市税务局
    head, role = _tail(text, after, end, lexicon)
    yield from _name_and_role(after, head, role, end)


def _name_and_role(start: int, head: int, role: Role | None, end: int) -> Iterator[StatementToken]:
    if head > start:
        yield StatementToken("name", start, head)
    if role is not None:
        yield StatementToken("role", head, end, role)


def is_time(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether an element of a list says when, and nothing of who: 年底前完成."""
    if end - start > 2 * _LONGEST_TIME:
        return False
    words = _without_verbs(text[start:end])
    if (
        not words
        or len(words) > _LONGEST_TIME
        or not (words[0].isdigit() or words[0] in "长持全常适年每到上下第一二三四“按今即立及有根印自")
    ):
        return False
    if lexicon["deadline"].whole(words) is not None or lexicon["time_field"].whole(words) is not None:
        return True
    # 2023年底前取得阶段性成果: a time, and what is to be done by then.
    begun = lexicon["deadline"].match(words, 0)
    return begun is not None and not is_unit(words, lexicon)


def _without_verbs(said: str) -> str:
    """2024年底 of 2024年底前完成."""
    bare = said
    while bare.endswith(_DONE):
        bare = bare[: -len(_DONE[0])]
    return bare if bare == said else bare.removesuffix("前")


def _others(text: str, start: int, end: int, lexicon: Lexicon) -> int | None:
    """Where 等 stands behind the last named unit, to which it adds none: 财政部等有关部门, 商务部等国务院相关部门."""
    position = text.find("等", start + 2, end)
    if position < 0 or not _names_more(text[position + 1 : min(end, position + 9)]):
        return None
    return position if _is_unit(text, start, position, lexicon) and _is_unit(text, position + 1, end, lexicon) else None


def _names_more(said: str) -> bool:
    """Whether 有关 or 相关 stands behind a few words: 国务院相关部门."""
    places = (said.find(word) for word in ("有关", "相关"))
    return any(at >= 0 and is_chinese(said[:at]) for at in places)


def _join(text: str, start: int, end: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """Where 会同 or 商 stands between two units, or in front of one: in 市商务局会同海关 behind 局, not behind 市."""
    for _, match in lexicon["join"].scan(text, start, end):
        before, after = match.span()
        if before == start:
            if match.group() == "商" or (match.group() != "会同" and _is_unit(text, start, end, lexicon)):
                continue  # 商务部 begins with no join: 商 stands between two units only.
            return before, after
        stated = _is_unit(text, start, before, lexicon) or _tail(text, start, before, lexicon)[1] is not None
        if stated and end - after > 1:
            return before, after
    return None


def _is_unit(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    return end - start <= LONGEST_WRITTEN and is_unit(text[start:end], lexicon)


def _tail(text: str, start: int, end: int, lexicon: Lexicon) -> tuple[int, Role | None]:
    """Where the name ends, and the role of the words behind it; 等 and 等有关部门 go with them."""
    role: Role | None = None
    head = end
    found = lexicon["tail"].ending(text, max(start, end - _TAIL_LENGTH), end)
    if found and not _is_role(text, start, found[1], end, lexicon):
        # 市政协办会办: 协办 is the name's, 会办 is not.
        found = lexicon["tail"].ending(text, found[1] + 1, end)
    if found and _is_role(text, start, found[1], end, lexicon):
        role, head = ROLES[found[0].value], found[1]
    elif (part := _with_object(text, start, end, lexicon)) is not None:
        role, head = _OBJECT_ROLES[part["verb"]], part.start()
    others = lexicon["generic_tail"].ending(text, max(start, head - _TAIL_LENGTH), head)
    return others[1] if others else head, role


def _with_object(text: str, start: int, end: int, lexicon: Lexicon) -> re.Match[str] | None:
    """省农业农村厅牵头负责秸秆综合利用, 省生态环境厅负责禁烧: a unit's own part of the task."""
    found = lexicon["own_part"].search(text, max(start, end - _OBJECT_LENGTH), end)
    whole = found is not None and found[1].end() == end and _is_unit(text, start, found[1].start(), lexicon)
    return found[1] if found is not None and whole else None


def _is_role(text: str, start: int, at: int, end: int, lexicon: Lexicon) -> bool:
    """Whether role words stand at `at`, and not a name's end: 市政协办 and 落实办 are bodies, 市财政局协办 is none."""
    if at == start or not _is_unit(text, start, end, lexicon):
        return True
    return _is_unit(text, start, at, lexicon)
