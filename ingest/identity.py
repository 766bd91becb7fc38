"""Ids that last (标识): pure functions from what a page says to the ids of plan, section, task, milestone, document.

An id is made of what people call a thing (its document number, its place in the outline, its words), never of a
path or of the file's bytes, so that reading the same plan again gives the same ids. `carry_ids` (ingest/carry.py)
keeps them where a plan was edited. Ids hold letters, digits and Chinese characters, parted by `-`, `.` and `~`.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from ingest.base import Header
from ingest.contacts import mask

_BRACKETS = str.maketrans("([{【〔〖〘「﹝", "〔" * 9) | str.maketrans(")]}】〕〗〙」﹞", "〕" * 9)
_ANGLES = str.maketrans("《<«‹", "〈" * 4) | str.maketrans("》>»›", "〉" * 4)
_NOT_CHINESE = re.compile(r"[^\u4e00-\u9fff]+")
"""What NFKC may change. No form of it joins or parts a Chinese character; all but them takes a third of the time."""
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_STATE = "中华人民共和国"
_LONGEST_SLUG = 80
"""Characters of a slug; a longer one is cut and ends in a hash, so that an id stays fit for a URL and a file name."""


class SectionKey(NamedTuple):
    """What `section_ids` needs of a section: number as written, title, level, place of its parent in the list."""

    number: str
    title: str
    level: int
    parent: int | None


def squeeze(text: str) -> str:
    """The text without blanks and differences of width: equal for one sentence set in two files (txt and pdf)."""
    return "".join(_NOT_CHINESE.sub(_normal, text).split()).casefold()


def _normal(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", found[0])


def short_hash(text: str, digits: int = 8) -> str:
    """The first hex digits of the SHA-256 of the squeezed text, contacts hidden: nobody can try their digits out."""
    return hashlib.sha256(squeeze(mask(text)).encode()).hexdigest()[:digits]


def slug(text: str) -> str:
    """Letters, digits and Chinese characters of the text, contacts hidden, everything between them as one `-`."""
    words = "-".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", mask(text))))
    return words if len(words) <= _LONGEST_SLUG else f"{words[:60]}-{short_hash(words)}"


def normal_number(number: str) -> str:
    """A 发文字号 as 机关代字〔年〕号: blanks dropped, half-width digits, brackets of any kind as 〔〕."""
    return squeeze(number).translate(_BRACKETS).removeprefix("〔").removesuffix("〕") if number else ""


def normal_title(title: str) -> str:
    """A title for comparison: without blanks, without 《》 round all of it and without 中华人民共和国 before it."""
    bare = squeeze(title).translate(_ANGLES)
    layers = _layers(bare)
    bare = bare[layers : len(bare) - layers].replace("〈〈", "〈").replace("〉〉", "〉")  # << and >> are one mark each.
    return bare.removeprefix(_STATE) or bare


def plan_id(header: Header) -> str:
    """Region and document number, `焦作市示范区-焦示食安-2021-1`; without a number 12 hex of title, issuer and date."""
    if header.document_number:
        return "-".join(part for part in (slug(header.region.name), number_key(header.document_number)) if part)
    return short_hash("\n".join((normal_title(header.title), header.issuer or "", header.issued_on or "")), 12)


def document_id(title: str, number: str | None) -> str:
    """Id of a cited document: its number where it has one, else its title: `中发-2019-17`, `民法典`."""
    return number_key(number) or title_key(title)


def number_key(number: str | None) -> str:
    """The number's part of an id, `中发-2019-17`; "" without a number."""
    return slug(normal_number(number).removesuffix("号")) if number else ""


def title_key(title: str) -> str:
    """The title's part of an id: equal for titles that differ only in brackets, blanks and punctuation."""
    return slug(normal_title(title)) or short_hash(title)


def unit_id(region: str, name: str) -> str:
    """Id of a unit: its region and its canonical name, `焦作市示范区-农业农村局`."""
    return slug(f"{region} {name}")


def section_path(number: str, title: str, level: int, parent: str = "") -> str:
    """The place of a section in the outline: `1-4` for （四） under 一、, `a2-1` for 一、 in 附件2.

    Numbers become Arabic; a section without one goes by a short hash of its title (`h3f09ac`).
    """
    own = _arabic(number)
    part = str(own) if own is not None else f"h{short_hash(title or number, 6)}"
    if level == 0:
        part = f"a{part}"
    return f"{parent}-{part}" if parent else part


def section_ids(plan: str, headings: Sequence[SectionKey]) -> list[str]:
    """Ids of all sections of a plan, in order: `<plan>.<path>`, with `~2` for a second one of the same path."""
    paths: list[str] = []
    taken: dict[str, int] = {}
    for heading in headings:
        parent = "" if heading.parent is None else paths[heading.parent]
        paths.append(free_id(section_path(heading.number, heading.title, heading.level, parent), taken))
    return [f"{plan}.{path}" for path in paths]


def task_id(section_id: str, text: str) -> str:
    """Id of a task: its section and 8 hex of its squeezed text. Of twins the second is `~2`: see `distinct`."""
    return f"{section_id}.{short_hash(text)}"


def milestone_id(section_id: str, text: str) -> str:
    """Id of a milestone, `<section>.m-<8 hex>`."""
    return f"{section_id}.m-{short_hash(text)}"


def distinct(ids: Iterable[str]) -> list[str]:
    """The same ids in the same order, each once: the second of twins gets `~2`, the third `~3`."""
    taken: dict[str, int] = {}
    return [free_id(each, taken) for each in ids]


def free_id(wanted: str, taken: dict[str, int]) -> str:
    """The wanted id, or with `~2`, `~3` … the first that is not taken; it is taken then.

    `taken` says of each id that is, up to which number its twins are known to be.
    """
    free, nth = wanted, taken.get(wanted, 1)
    while free in taken:
        nth += 1
        free = f"{wanted}~{nth}"
    taken[wanted] = nth
    taken.setdefault(free, 1)
    return free


def _layers(title: str) -> int:
    """How many pairs of 〈〉 are round all of the title: of each, what its 〈 opens is open up to its 〉."""
    opened, closed = len(title) - len(title.lstrip("〈")), len(title) - len(title.rstrip("〉"))
    between = title[opened : len(title) - closed]
    depths = list(accumulate(((character == "〈") - (character == "〉") for character in between), initial=opened))
    return max(0, min(opened, closed, min(depths))) if depths[-1] >= closed else 0


def _arabic(number: str) -> int | None:
    """（二十二）, 22., 附件22, ㉒ or 第二十二条 as 22; None where the text holds no number."""
    found = re.search(r"\d+|[零〇一二两三四五六七八九十百千]+", unicodedata.normalize("NFKC", number))
    if found is None:
        return None
    digits = found.group()
    return int(digits) if digits.isdecimal() else _chinese(digits)


def _chinese(digits: str) -> int:
    total = current = 0
    for character in digits:
        if character in _PLACES:
            total += (current or 1) * _PLACES[character]
            current = 0
        else:
            current = current * 10 + _DIGITS[character]
    return total + current
