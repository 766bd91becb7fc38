"""Titles of documents (文件标题): whether two of them, cited under one number, can be one."""

from __future__ import annotations

import re

from ingest.language.likeness import shared

ALIKE = 0.9
"""Share of the shorter title's characters that must stand, in order, in the longer for both to be one title."""

_ISSUES = ("印发", "转发", "发布")
_ISSUED = re.compile("〈?(?P<issued>.{4,}?)〉?", re.DOTALL)


def same_title(one: str, other: str) -> bool:
    """Whether two normalised titles under one number can be one: a part of the other, or alike with equal digits.

    关于印发〈…〉的通知 is compared by what it issues.
    """
    short, long = sorted((issued(one), issued(other)), key=len)
    if short in long:
        return bool(short) or not long
    if re.findall(r"\d+", short) != re.findall(r"\d+", long):
        return False
    return shared(short, long) >= ALIKE * len(short)


def issued(title: str) -> str:
    """What a notice issues, of its normalised title: 关于印发〈甲办法〉的通知 → 甲办法; another title is its own."""
    verbs = [at for verb in _ISSUES if (at := title.find(verb)) >= 0] if title.endswith("的通知") else []
    found = _ISSUED.fullmatch(title, min(verbs) + len(_ISSUES[0]), len(title) - 3) if verbs else None
    return found["issued"] if found else title
