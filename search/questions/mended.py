"""Tokens put right by what stands beside them (修正): which names are names here, and what belongs to one topic. Pure.

Each step is a small function from tokens to tokens; `STEPS` has their order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from search.questions.library_names import LibraryNames, in_order
from search.questions.normal import normal
from search.questions.tokens import Token, ends, function_words
from search.words.script import reading

Stands = Callable[[str], bool]
"""Whether the library's texts hold a string."""

_ASKING = ("role", "what", "many", "together", "who", "partners", "cites", "gap", "due", "not", "every", "time", "most")
_IDLE = ("fill",)
_LEADING = ("由", "归", "是", "请问", "请问一下", "你好", "您好", "我们", "被")
"""Fillers behind which a short name of a unit may stand."""
_GLUE = ("role", "fill", "and", "time", "number", "topic", "due", "type", "unit", "gap", "cites", "what", "together",
         "most", "every")  # fmt: skip
"""What may stand inside a topic: 责任 in 食品安全责任保险, 2021 in 昆仑2021行动."""

_LONGEST_TOWN = 8
_HEAD = range(2, 8)
"""Characters of an office in front of how its name ends, where a word stands behind it."""


def mended(tokens: Sequence[Token], names: LibraryNames, stands: Stands) -> list[Token]:
    """The tokens as they are meant together."""
    found = list(tokens)
    for step in STEPS:
        found = step(found, names, stands)
    return found


def _titles(tokens: list[Token], _: LibraryNames, __: Stands) -> list[Token]:
    """反垄断审查办法 behind 依据 is one title, whatever its characters are elsewhere (办)."""
    found: list[Token] = []
    for token in tokens:
        start = next((at for at in range(len(found) - 1, -1, -1) if found[at].kind == "cites"), None)
        found.append(token)
        title = found[start + 1 :] if start is not None else []
        text = "".join(each.text for each in title)
        touching = all(one.end == other.start for one, other in zip(title, title[1:], strict=False))
        if len(title) < 2 or not touching or any(each.kind in _NO_TITLE for each in title):
            continue
        if len(text) > 3 and text.endswith(ends("document")) and title[0].kind in ("content", "unit", "system"):
            found[-len(title) :] = [Token("content", text, title[0].start, token.end)]
    return found


_NO_TITLE = ("what", "who", "many", "not", "plan", "document", "type", "time", "and", "or")


def _outside(tokens: list[Token], _: LibraryNames, __: Stands) -> list[Token]:
    """医保局之外谁牵头 denies what stands before, as 除了医保局 does."""
    found: list[Token] = []
    for token in tokens:
        besides = any(each.kind == "not" and each.text in ends("besides") for each in found)
        if token.text in ends("outside") and found and found[-1].kind in ("unit", "document") and not besides:
            last = found[-1]
            found.insert(-1, Token("not", token.text, last.start, last.start))
        else:
            found.append(token)
    return found


_ENDS_OF_LEVELS = {"省": ("省", "自治区"), "市": ("市", "州", "盟"), "区": ("区",), "县": ("县", "旗")}


def _levelled(tokens: list[Token], names: LibraryNames, _: Stands) -> list[Token]:
    """省 in front of 网信办 leaves those of provinces; where the library has none, the unit is unknown."""
    found: list[Token] = []
    for token in tokens:
        last = found[-1] if found else None
        ends = _ENDS_OF_LEVELS.get(last.text, ()) if last is not None and last.end == token.start else ()
        if token.kind == "unit" and ends and last is not None:
            ids = tuple(id for id in token.ids if names.regions.get(id, "").endswith(ends))
            whole = replace(token, text=last.text + token.text, start=last.start, ids=ids)
            found[-1] = whole if ids else _office(whole, names, frozenset())
        else:
            found.append(token)
    return found


def _loose_names(tokens: list[Token], _: LibraryNames, __: Stands) -> list[Token]:
    """公安 is a unit in 公安负责什么 and in 由公安牵头, and a word in 公安机关 and 宣传方面."""
    found: list[Token] = []
    for nth, token in enumerate(tokens):
        after = next((each for each in tokens[nth + 1 :] if each.kind not in _IDLE), None)
        before = tokens[nth - 1] if nth else None
        if token.kind == "system":
            token = replace(token, kind="unit", value="line")
        elif token.kind == "unit" and token.value == "loose":
            led = before is None or before.kind in ("and", "not", "unit", "region") or before.text in _LEADING
            asked = after is not None and after.kind in _ASKING and after.start - token.end < 3
            denied = before is not None and before.kind == "not" and after is None
            if not (led and (asked or denied)) or (after is not None and after.kind == "who"):
                token = replace(token, kind="content", ids=())
        elif token.kind in ("document", "plan") and token.value == "loose" and len(token.text) < 5:
            token = replace(token, kind="content", ids=())
        elif token.kind == "region" and token.value == "loose" and before is not None and before.end == token.start:
            # 云陵 in 人行云陵分行 is part of a name.
            token = replace(token, kind="content", ids=()) if before.kind == "content" else token
        found.append(token)
    return found


def _denied_content(tokens: list[Token], _: LibraryNames, __: Stands) -> list[Token]:
    """不 in 不合格食品 denies nothing of the question."""
    found: list[Token] = []
    for nth, token in enumerate(tokens):
        after = tokens[nth + 1] if nth + 1 < len(tokens) else None
        if token.kind == "not" and len(token.text) == 1 and after is not None and after.kind == "content":
            token = replace(token, kind="content")
        found.append(token)
    return found


def _joined(tokens: list[Token], _: LibraryNames, __: Stands) -> list[Token]:
    """Content that follows upon content is one token."""
    joined: list[Token] = []
    for token in tokens:
        last = joined[-1] if joined else None
        if last is not None and token.kind == last.kind == "content" and last.end == token.start:
            joined[-1] = replace(last, text=last.text + token.text, end=token.end)
        else:
            joined.append(token)
    return joined


def _cited(tokens: list[Token], names: LibraryNames, _: Stands) -> list[Token]:
    """民法典 in 引用了民法典的任务 and 民法典被哪些任务引用 is a document that the library's plans cite;
    依据反垄断法的任务 asks for one that none of them does."""
    found: list[Token] = []
    for nth, token in enumerate(tokens):
        before = next((each for each in reversed(tokens[:nth]) if each.kind not in _IDLE), None)
        verb = before is not None and (before.kind == "cites" or (before.kind, before.value) == ("gap", "citation"))
        passive = nth == 0 and any(each.kind == "cites" and not each.value for each in tokens)
        if token.kind == "content" and (verb or passive) and len(token.text) > 2:
            said = (row for row in names.documents if any(token.text in normal(title) for title in row.titles))
            ids = tuple(row.id for row in said)
            named = bool(ids) or (verb and token.text.endswith(ends("document")))
            token = replace(token, kind="document", ids=ids) if named else token
        found.append(token)
    return found


_HEARD = ("what", "role", "who", "due")


def _misheard(tokens: list[Token], _: LibraryNames, stands: Stands) -> list[Token]:
    """认务 sounds like 任务, and no text holds it."""
    found: list[Token] = []
    for token in tokens:
        if token.kind == "content" and len(token.text) == 2 and not token.text.isascii() and not stands(token.text):
            said = ((*sense, word) for word, senses in function_words().items() for sense in senses[:1])
            heard = next(
                ((kind, value, word) for kind, value, word in said
                 if kind in _HEARD and len(word) == 2 and reading(word) == reading(token.text)), None,
            )  # fmt: skip
            token = replace(token, kind=heard[0], value=heard[1], text=heard[2]) if heard else token
        found.append(token)
    return found


def _plans(tokens: list[Token], names: LibraryNames, _: Stands) -> list[Token]:
    """食品安全要点, 食安要点, 示范区食安要点 are the plan whose title says so, in full or in short; 这个要点 the only
    one that there is. 方案 alone is no topic."""
    found: list[Token] = []
    for token in tokens:
        if token.kind != "type":
            found.append(token)
            continue
        near = found and found[-1].kind == "content" and token.start - found[-1].end < 2
        about = found[-1] if near else None
        before = found[-2] if about is not None and len(found) > 1 else found[-1] if found else None
        plans = _plans_called(about.text if about else "", token.text, _region_before(before), names)
        dated = about is None and before is not None and any(each.kind == "time" for each in found[-2:])
        alone = about is None and token.text == "计划" and len(names.plans) > 1  # each of them may be called so
        if plans and not (dated or alone) and (about is not None or len(plans) == 1):
            if about is not None:
                found.pop()
            start = about.start if about is not None else token.start
            found.append(Token("plan", (about.text if about else "") + token.text, start, token.end, ids=plans))
        else:
            found.append(replace(token, kind="fill"))
    return found


def _region_before(token: Token | None) -> tuple[str, ...]:
    return token.ids if token is not None and token.kind == "region" else ()


def _plans_called(about: str, kind: str, regions: tuple[str, ...], names: LibraryNames) -> tuple[str, ...]:
    """Plans whose titles hold the words, in full, else in short (食安 in 食品安全), of that kind where there is one."""
    rows = [(row, normal(row.title)) for row in names.plans if not regions or row.region in regions]
    for held in (
        [(row, title) for row, title in rows if about in title],
        [(row, title) for row, title in rows if len(about) > 1 and in_order(about, title)],
    ):
        same = [row.id for row, title in held if kind in title]
        if same or (held and about):
            return tuple(same or [row.id for row, _ in held])
    return ()


def _topics(tokens: list[Token], _: LibraryNames, stands: Stands) -> list[Token]:
    """Content on both sides of words that the texts hold as they stand is one topic, the longest first."""
    for size in range(len(tokens), 2, -1):
        for first in range(len(tokens) - size + 1):
            part = tokens[first : first + size]
            if not _may_be_topic(part):
                continue
            text = "".join(each.text for each in part)
            if len(text) <= 30 and stands(text):
                whole = Token("content", text, part[0].start, part[-1].end)
                return _topics([*tokens[:first], whole, *tokens[first + size :]], _, stands)
    return tokens


def _may_be_topic(part: Sequence[Token]) -> bool:
    ends = part[0].kind == part[-1].kind == "content"
    touching = all(one.end == other.start for one, other in zip(part, part[1:], strict=False))
    return ends and touching and all(each.kind in ("content", *_GLUE) for each in part)


def _offices(tokens: list[Token], names: LibraryNames, _: Stands) -> list[Token]:
    """公按分局 is 公安分局 written wrongly, 金融局 is 金融工作局, 阳庙镇 one of 各乡镇; where no unit is named so.

    Where the question says a place, a unit of that place is meant: 示范区农业局 is its 农业农村局.
    """
    regions = _regions_said(tokens, names)
    named = any(token.kind == "unit" for token in tokens)
    found: list[Token] = []
    for nth, token in enumerate(tokens):
        after = tokens[nth + 1] if nth + 1 < len(tokens) else None
        asked = after is None or after.kind in (*_ASKING, "fill", "and", "content", "plan", "region")
        if token.kind == "unit" and token.ids and regions and not _of_regions(token.ids, names, regions):
            found.append(_office(token, names, regions))
        elif token.kind == "content" and asked and not named:
            found += _with_office(token, names, regions)
        else:
            found.append(token)
    return found


def _regions_said(tokens: Sequence[Token], names: LibraryNames) -> frozenset[str]:
    return frozenset(id for token in tokens if token.kind == "region" for id in token.ids)


def _of_regions(ids: Sequence[str], names: LibraryNames, regions: frozenset[str]) -> tuple[str, ...]:
    return tuple(id for id in ids if not regions or names.regions.get(id, "") in regions)


def _with_office(token: Token, names: LibraryNames, regions: frozenset[str]) -> list[Token]:
    """卫建委食安 is an office, written wrongly, and a word behind it."""
    whole = _office(token, names, regions)
    head = _head_of(token.text)
    if whole.kind == "unit" or not head:
        return [whole]
    office = _office(replace(token, text=head, end=token.start + len(head)), names, regions)
    if not office.ids:
        return [whole]
    return [office, replace(token, text=token.text[len(head) :], start=office.end)]


def _head_of(said: str) -> str:
    """卫建委 of 卫建委食安; "" where no office has a word behind it."""
    heads = (at + len(end) for at in _HEAD for end in ("分局", "局", "委", "厅", "办") if said.startswith(end, at))
    return said[: next((high for high in heads if high + 2 <= len(said)), 0)]


def _is_town(said: str) -> bool:
    """阳庙镇"""
    return 1 < len(said) <= _LONGEST_TOWN and said.endswith(ends("town")) and said not in ends("town")


def _office(token: Token, names: LibraryNames, regions: frozenset[str]) -> Token:
    if _is_town(token.text):
        ids = _unit_ids("各乡镇", names) or _unit_ids("各乡镇(街道)", names)
        ids = _of_regions(ids, names, regions)
        return replace(token, kind="unit", value="town", ids=ids) if ids else token
    if len(token.text) < 3 or not (token.text.endswith(ends("unknown")) or _sounds_like_one(token.text, names)):
        return token
    near = [(name, _of_regions(_unit_ids(name, names), names, regions)) for name in names.offices()]
    near = [(name, ids) for name, ids in near if ids and _is_near(token.text, name)]
    closest = min((abs(len(name) - len(token.text)) for name, _ in near), default=0)
    found = (id for name, ids in near if abs(len(name) - len(token.text)) == closest for id in ids)
    ids = tuple(dict.fromkeys(found))
    if ids:
        return replace(token, kind="unit", value="near", ids=ids)
    return token if token.kind == "unit" else replace(token, kind="unit", value="unknown", ids=())


def _sounds_like_one(said: str, names: LibraryNames) -> bool:
    """教育句 sounds like a unit's name."""
    return len(said) < 6 and any(len(name) == len(said) and reading(name) == reading(said) for name in names.offices())


def _unit_ids(name: str, names: LibraryNames) -> tuple[str, ...]:
    return tuple(id for each in names.names.get(name, ()) if each.kind == "unit" and not each.loose for id in each.ids)


def _is_near(said: str, name: str) -> bool:
    """One character wrong, one too few or too many, the same sounds, or an abbreviation that ends as the name does."""
    if len(said) == len(name) and len(said) > 2 and reading(said) == reading(name):
        return True
    if len(said) == len(name) and len(said) > 3:
        return sum(one != other for one, other in zip(said, name, strict=True)) == 1
    if abs(len(said) - len(name)) == 1 and min(len(said), len(name)) > 3:
        longer, shorter = (said, name) if len(said) > len(name) else (name, said)
        if any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer))):
            return True
    same_end = said[-1] == name[-1] or name.endswith("公司")
    return 2 < len(said) < len(name) and same_end and in_order(said, name)


STEPS = (
    _levelled, _titles, _loose_names, _denied_content, _joined, _misheard, _cited, _plans, _topics, _offices, _outside,
)  # fmt: skip
"""All steps, in their order."""
