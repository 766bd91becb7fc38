"""What looks like a name of a unit, a role or a label, in the ledger's own words (`data/lexicon/ledger.toml`).

None of it is asked by the rules that read, and none of theirs is asked here: only so can one tell what the other lost.
A look-alike is no fact. It says where somebody has to look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.language.lexicon import Lexicon

STRONG = {"牵头", "配合", "负责"}
"""LedgerWords that charge whoever stands in front of them, whatever they are called."""
OPENING, CLOSING = "（〔", "）〕"
"""Brackets of the folded text, which has no others."""
LONGEST = 300
"""Characters of a stretch that is told: a longer one tells nobody where to look."""
_LONGEST_NAME, _LONGEST_HAT = 40, 24
_LONGEST_PERSON, _LONGEST_LABEL = 4, 8
_SHORTEST_OF_TWO = 4
_TWICE = "局厅所站镇乡"
_BRANCHES = ("分行", "支行", "分公司", "支公司", "分局")
_NATIONAL = ("国家", "中国", "国网")
"""What bodies begin with that bear their parent's whole name: 国家税务总局某市税务局."""
_SHORTEST_NAME = 2
_APART = re.compile(r"[、，；。,;/|｜\n：]+")


class LedgerWords:
    """The ledger's words over one text; names are looked at once."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text = text
        self.roles, self.verbs = lexicon["ledger_role"], lexicon["ledger_verb"]
        self.labels, self.heads, self.times = lexicon["ledger_label"], lexicon["ledger_head"], lexicon["ledger_time"]
        self._front, self._behind = lexicon["ledger_in_front"], lexicon["ledger_behind"]
        self._names, self._no_names = lexicon["ledger_name"], lexicon["ledger_no_name"]
        self._aliases = lexicon.aliases
        self._joined, self._certain = lexicon["ledger_joined"], lexicon["ledger_certain"]
        self.due, self._persons = lexicon["ledger_due"], lexicon["ledger_person"]
        self.asides, self.articles = lexicon["ledger_aside"], lexicon["ledger_article"]
        self._several: dict[str, bool] = {}
        self._known: dict[str, bool] = {}

    def is_named(self, said: str) -> bool:
        """Whether words look like the name of a unit, what stands in front of it and behind it aside."""
        if said not in self._known:
            self._known[said] = self._looks_named(said)
        return self._known[said]

    def _looks_named(self, said: str) -> bool:
        if not 1 < len(said) <= _LONGEST_NAME:
            return False
        front = self._front.match(said)
        name = said[front[1].end() :] if front else said
        behind = self._behind.ending(name, 0, len(name))
        name = name[: behind[1]] if behind else name
        if len(name) < _SHORTEST_NAME:
            return False
        if name in self._aliases or name[1:] in self._aliases:
            return True
        return self._no_names.search(name) is None and self._names.whole(name) is not None

    def run_before(self, position: int, low: int) -> str:
        """The words between the sign before a position, or `low`, and the position: 市水务局 before 牵头."""
        begin = position
        if self.text[begin - 1 : begin] == "）":
            begin = max(self.text.rfind("（", max(low, begin - _LONGEST_HAT), begin), low)
        while begin > low and self.text[begin - 1] not in _STOPS:
            begin -= 1
        return self.text[begin:position]

    def is_label(self, start: int, end: int, low: int | None = None) -> bool:
        """Whether what looks like a label stands in front of something: of anything behind a colon, of names without.

        `low` is where its paragraph begins; without it the label stands in a bracket.
        """
        behind = self.text[end : end + 1]
        first = low is None or start == low or self.text[start - 1] in _BEFORE_A_LABEL
        if not behind or behind == "\n":
            return False
        if behind == "：" and not first:
            return end - start > 3 and self._begins_named(end + 1)
        if behind == "：":
            said = _LINE_REST.match(self.text, end + 1)
            somebody = said is not None and said.group() not in _NOBODY and _WORD.search(said.group()) is not None
            return somebody and (end - start > 3 or self._begins_named(end + 1))
        opens = start == low or self.text[start - 1] in OPENING
        return opens and end - start > 3 and self._begins_named(end)

    def says_somebody(self, start: int, end: int) -> bool:
        """Whether behind a label stands a word as long as a person's name: 牵头领导：李明."""
        low, high = next(self.elements(start, end), (start, start))
        said = self.text[low:high]
        return 1 < len(said) <= _LONGEST_PERSON and said.isalpha() and said not in _NOBODY

    def ends_in_a_label(self, start: int, end: int) -> bool:
        """Whether a name took the first words of a label that goes on behind it: 团县委完成 of 团县委完成时限：."""
        colon = self.text.find("：", end, end + _LONGEST_LABEL)
        low = max(start + 1, end - _LONGEST_LABEL)
        return colon > end and any(self.labels.whole(self.text[at:colon]) for at in range(low, end))

    def is_place(self, said: str) -> bool:
        """Whether a word of two and more characters is a body or a place rather than a person: 戴南镇, 应急局."""
        return len(said) > 2 and said[-1] in _TWICE and self.is_named(said)

    def _begins_named(self, start: int) -> bool:
        stop = start
        while stop < len(self.text) and self.text[stop] not in _STOPS:
            stop += 1
        return self.is_named(self.text[start:stop])

    def elements(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The parts of a list, what stands in brackets left with its name."""
        depth, low = 0, start
        for found in _SIGN.finditer(self.text, start, end):
            step = _DEPTH.get(found.group())
            if step is not None:
                depth = max(0, depth + step)
            elif not depth:
                if found.start() > low:
                    yield low, found.start()
                low = found.end()
        if end > low:
            yield low, end

    def are_named(self, start: int, end: int) -> bool:
        """Whether a stretch is a list of names and nothing else."""
        parts = [*self.elements(start, end)]
        return bool(parts) and all(self.is_named(self.text[low:high]) for low, high in parts)

    def names(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The parts of a stretch that look like names, each without the words of a role behind it."""
        for low, high in self.elements(start, end):
            if self.labels.whole(self.text[low:high]) or self.heads.whole(self.text[low:high]):
                continue
            role = self.roles.search(self.text, low, high)
            stop = role[1].start() if role else high
            if self.is_named(self.text[low:stop]) or self._named_parts(low, stop):
                yield low, stop

    def sentence_at(self, position: int) -> tuple[int, int]:
        """The sentence in which a place stands, as far as it is near."""
        low, high = max(0, position - LONGEST), min(len(self.text), position + LONGEST)
        begin = max(self.text.rfind(sign, low, position) for sign in "。\n") + 1
        ends = [end for sign in "。\n" if (end := self.text.find(sign, position, high)) >= 0]
        return max(begin, low), min([*ends, high])

    def charged(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The parts of a sentence that are a name and the words of its role, and the names behind 由."""
        for low, high in self.elements(start, end):
            role = self.roles.search(self.text, low + 1, high)
            charged = self.text[low : role[1].start()] if role else ""
            if role and (self.is_named(charged) or self._persons.whole(charged)):
                yield low, role[1].start()
            for begin in _behind_by(self.text, low, high):
                ends = range(min(high, begin + _LONGEST_HAT), begin + 2, -1)
                stop = next((stop for stop in ends if self.is_certain(self.text[begin:stop])), begin)
                if stop > begin:
                    yield begin, stop

    def _named_parts(self, start: int, end: int) -> bool:
        """Whether one of several names that 和 or 会同 joins looks like one."""
        low = start
        for _, joint in self._joined.scan(self.text, start, end):
            if self.is_named(self.text[low : joint.start()]):
                return True
            low = joint.end()
        return low > start and self.is_named(self.text[low:end])

    def holds_several(self, said: str) -> bool:
        """Whether what was read as one name holds the words of a role, or several names."""
        if len(said) < _SHORTEST_OF_TWO:
            return "：" in said
        if said not in self._several:
            self._several[said] = self._holds_several(said)
        return self._several[said]

    def _holds_several(self, said: str) -> bool:
        by = next(_behind_by(said, 1, len(said)), 0)
        if by and self.is_certain(said[by:]):
            return True
        if "：" in said or "】" in said or self._ends_in_a_role(said) or self._is_joined(said):
            return True
        behind = self._behind.ending(said, 2, len(said))
        if behind and said not in self._aliases and self.is_named(said[: behind[1]]):
            return True
        hat = said.find("（")
        if hat > 0 and said.endswith("）"):
            parts = re.split("[、，]", said[hat + 1 : -1])
            return len(parts) > 1 and all(len(part) > 2 and self.is_named(part) for part in parts)
        # 派出所工商质监所, 市教育局市公安局: the same kind of body twice.
        first = said.find(said[-1])
        twins = (
            said[-1] in _TWICE and 1 < first < len(said) - 3 and said[-2] not in "分支" and said not in self._aliases
        )
        return twins and self.are_two(said[: first + 1], said[first + 1 :])

    def are_two(self, one: str, other: str) -> bool:
        """Whether two names stand next to one another: 市教育局 市公安局, and not 国家税务总局 宁川市税务局."""
        branch = other.endswith(_BRANCHES) or one.startswith(_NATIONAL)
        return len(one) > 2 and not branch and self.is_named(one) and self.is_named(other)

    def _ends_in_a_role(self, said: str) -> bool:
        """Whether the words of a role went into a name: 省残联负责, 统计信息中心协办."""
        for scanner in (self.verbs, self.roles):
            found = scanner.search(said, 2)
            if found and self.is_named(said[: found[1].start()]):
                return True
        return False

    def _is_joined(self, said: str) -> bool:
        """Whether it is two names and what joins them, or the latter and one: 发展改革委会同国土资源部, 会同团工委."""
        return any(
            (not match.start() or (match.start() > 2 and self.is_named(said[: match.start()])))
            and self.is_named(said[match.end() :])
            for _, match in self._joined.scan(said, 0, len(said))
        )

    def has_level(self, name: str) -> bool:
        """Whether a name says of which level or place its body is: 县林业局, not 办公室."""
        return self._certain.whole(name) is not None

    def is_certain(self, said: str) -> bool:
        """Whether a name is one body's and not a kind of bodies': 市水务局, not 有关部门."""
        front = self._front.match(said)
        name = said[front[1].end() :] if front else said
        return self.is_named(said) and (name in self._aliases or self._certain.whole(name) is not None)


def _behind_by(text: str, start: int, end: int) -> Iterator[int]:
    """The places behind 由 in `[start, end)`; 自由 is another word."""
    at = text.find("由", start, end)
    while at >= 0:
        if text[at - 1 : at] != "自":
            yield at + 1
        at = text.find("由", at + 1, end)


_STOPS = f"，。；：、\n！？{OPENING}{CLOSING}"
_BEFORE_A_LABEL = "。；，！？）〕（〔”①②③④⑤⑥⑦⑧⑨"
_LINE_REST = re.compile(r"[^\n）；。]{0,40}")
_NOBODY = {"无", "暂无", "待定", "无。"}
_WORD = re.compile(r"[^\W\d_]")
_SIGN = re.compile(rf"{_APART.pattern}|[（）〔〕]")
_DEPTH = {**dict.fromkeys(OPENING, 1), **dict.fromkeys(CLOSING, -1)}
