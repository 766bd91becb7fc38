"""Tokens put right by what stands beside them (修正): which names are names here, and what belongs to one topic. Pure.

Each step is a small function from tokens to tokens; `STEPS` has their order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from search.questions.gazetteer import Gazetteer
from search.questions.normal import normal
from search.questions.tokens import Token

Stands = Callable[[str], bool]
"""Whether the library's texts hold a string."""

_ASKING = ("role", "what", "many", "together", "who", "partners", "cites", "gap", "due", "not", "every", "time", "most")
_IDLE = ("fill",)
_GLUE = ("role", "fill", "and", "time", "number", "topic", "due", "type", "unit", "gap", "cites", "what", "together",
         "most", "every")  # fmt: skip
"""What may stand inside a topic: 责任 in 食品安全责任保险, 2021 in 昆仑2021行动."""

_TOWN = re.compile(r"[\u4e00-\u9fff]{1,5}(?:镇|乡|街道|街道办)$")
_OFFICE = re.compile(r"(?:局|委|厅|办|分局|委员会|中心)$")


def mended(tokens: Sequence[Token], names: Gazetteer, stands: Stands) -> list[Token]:
    """The tokens as they are meant together."""
    found = list(tokens)
    for step in (_loose_names, _denied_content, _joined, _plans, _topics, _offices):
        found = step(found, names, stands)
    return found


def _loose_names(tokens: list[Token], _: Gazetteer, __: Stands) -> list[Token]:
    """公安 is a unit in 公安负责什么 and in 由公安牵头, and a word in 公安机关 and 宣传方面."""
    found: list[Token] = []
    for nth, token in enumerate(tokens):
        after = next((each for each in tokens[nth + 1 :] if each.kind not in _IDLE), None)
        before = tokens[nth - 1] if nth else None
        if token.kind == "unit" and token.value == "loose":
            led = before is None or before.kind in ("fill", "and", "not", "unit") or before.text in ("由", "归")
            asked = after is not None and after.kind in _ASKING and after.start - token.end < 3
            if not (led and asked) or (after is not None and after.kind == "who"):
                token = replace(token, kind="content", ids=())
        elif token.kind in ("document", "plan") and token.value == "loose" and len(token.text) < 5:
            token = replace(token, kind="content", ids=())
        found.append(token)
    return found


def _denied_content(tokens: list[Token], _: Gazetteer, __: Stands) -> list[Token]:
    """不 in 不合格食品 denies nothing of the question."""
    found: list[Token] = []
    for nth, token in enumerate(tokens):
        after = tokens[nth + 1] if nth + 1 < len(tokens) else None
        if token.kind == "not" and len(token.text) == 1 and after is not None and after.kind == "content":
            token = replace(token, kind="content")
        found.append(token)
    return found


def _joined(tokens: list[Token], _: Gazetteer, __: Stands) -> list[Token]:
    """Content that follows upon content is one token."""
    joined: list[Token] = []
    for token in tokens:
        last = joined[-1] if joined else None
        if last is not None and token.kind == last.kind == "content" and last.end == token.start:
            joined[-1] = replace(last, text=last.text + token.text, end=token.end)
        else:
            joined.append(token)
    return joined


def _plans(tokens: list[Token], names: Gazetteer, _: Stands) -> list[Token]:
    """食品安全要点 is the plan whose title says 食品安全 and 要点; 这个要点 the only one that there is."""
    found: list[Token] = []
    for token in tokens:
        last = found[-1] if found else None
        if token.kind != "type":
            found.append(token)
            continue
        about = last.text if last is not None and last.kind == "content" and last.end == token.start else ""
        plans = [row.id for row in names.plans if _titled(normal(row.title), about, token.text)]
        if about and plans and last is not None:
            found[-1] = replace(last, kind="plan", text=about + token.text, end=token.end, ids=tuple(plans))
        elif len(plans) == 1:
            found.append(replace(token, kind="plan", ids=tuple(plans)))
        else:
            found.append(replace(token, kind="content"))
    return found


def _titled(title: str, about: str, kind: str) -> bool:
    return about in title and kind in title


def _topics(tokens: list[Token], _: Gazetteer, stands: Stands) -> list[Token]:
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


def _offices(tokens: list[Token], names: Gazetteer, _: Stands) -> list[Token]:
    """公按分局 is 公安分局 written wrongly, 金融局 is 金融工作局, 阳庙镇 one of 各乡镇; where no unit is named."""
    if any(token.kind == "unit" for token in tokens):
        return tokens
    found: list[Token] = []
    for nth, token in enumerate(tokens):
        after = tokens[nth + 1] if nth + 1 < len(tokens) else None
        asked = after is None or after.kind in (*_ASKING, "fill", "and")
        if token.kind == "content" and asked:
            token = _office(token, names)
        found.append(token)
    return found


def _office(token: Token, names: Gazetteer) -> Token:
    if _TOWN.fullmatch(token.text):
        ids = _unit_ids("各乡镇", names) or _unit_ids("各乡镇(街道)", names)
        return replace(token, kind="unit", value="town", ids=ids) if ids else token
    if not _OFFICE.search(token.text) or len(token.text) < 3:
        return token
    near = [name for name in names.offices() if _is_near(token.text, name)]
    ids = tuple(dict.fromkeys(id for name in near for id in _unit_ids(name, names)))
    if ids:
        return replace(token, kind="unit", value="near", ids=ids)
    return replace(token, kind="unit", value="unknown", ids=())


def _unit_ids(name: str, names: Gazetteer) -> tuple[str, ...]:
    return tuple(id for each in names.names.get(name, ()) if each.kind == "unit" and not each.loose for id in each.ids)


def _is_near(said: str, name: str) -> bool:
    """One character wrong, one too few or too many, or an abbreviation that begins and ends as the name does."""
    if len(said) == len(name) and len(said) > 3:
        return sum(one != other for one, other in zip(said, name, strict=True)) == 1
    if abs(len(said) - len(name)) == 1 and min(len(said), len(name)) > 3:
        longer, shorter = (said, name) if len(said) > len(name) else (name, said)
        return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
    return len(said) < len(name) and said[0] == name[0] and said[-1] == name[-1] and _in_order(said, name)


def _in_order(said: str, name: str) -> bool:
    rest = iter(name)
    return all(character in rest for character in said)
