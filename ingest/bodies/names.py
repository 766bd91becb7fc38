"""What a name in a plan is made of (单位名称): its place, its organisation, and the organ that a department is in.

The place belongs to the body: one that the name itself says wins (温州市数据局, 国家税务总局云陵省税务局), then its
word for a level (省, 市, 县), which the plan's chain of places resolves, then the place of the plan. A body of the
State is settled by its name alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from ingest.base import Level
from ingest.bodies.home import LEVEL_OF, NATION, SEATED, HomePlace, forms_of_chain, level_word, read_place
from ingest.language.clean import fold
from ingest.language.lexicon import Lexicon
from ingest.language.register import RegisteredUnit
from ingest.language.tables.gazetteer import rank
from ingest.language.units import collective_name, is_collective, is_unit, prefix_of
from ingest.model import Mention

_STATE_FORMS = ("国家", "国务院", "中央", "中国", "全国", "中华全国", "中国人民")
"""What a plan of the State leaves out in front of a name: 发展改革委, 能源局, 残联."""
_COURTS = {"省": "高级人民法院", "市": "中级人民法院"}
_OFFICES = ("办", "办公室", "室")
_BUREAUS = ("局", "司", "办", "办公室", "厅", "室")
_BRACKET = re.compile(r"（[^（）]{2,24}）(?=.?$)")
_FIRST_YEAR = 2013
"""Organs of the State that ended before are named in no plan of a place."""
_LONGEST = 40
"""Characters of a name in which a place is looked for."""


class NamedBody(NamedTuple):
    """An organisation of a place: `region` is what the place is called, `key` its part of the id (the same, but of
    a place that is not known), `shown` the canonical name as a reader expects it: 市委宣传部 for 宣传部.
    """

    name: str
    shown: str
    region: str
    key: str
    level: Level | None
    collective: bool = False


class _Place(NamedTuple):
    region: str
    key: str
    level: Level | None


def reader_of(home: HomePlace, lexicon: Lexicon) -> Callable[[Mention], NamedBody]:
    """From a mention of a plan to the body that it names."""
    names = _Names(home, lexicon)
    read = lru_cache(4096)(names.body)

    def body_of(mention: Mention) -> NamedBody:
        return read(mention.text, mention.prefix)

    return body_of


class _Names:
    """Reads the names of one plan."""

    def __init__(self, home: HomePlace, lexicon: Lexicon) -> None:
        self.home, self.lexicon = home, lexicon
        self.forms = forms_of_chain(home.chain, lexicon)
        self.within = [key for _, key in home.chain]
        self.here = _Place(home.region, home.key, home.level)

    def body(self, written: str, prefix: str) -> NamedBody:
        """The body of a name, with the level that is in force over its list."""
        text = fold(written).replace("（筹）", "").replace("（筹建）", "").removeprefix("中共")
        if is_collective(text, self.lexicon) and not self._is_bureau(text):
            return self._collective(text, prefix)
        bare = _BRACKET.sub("", text) if len(text) <= 2 * _LONGEST else text
        inside = self._inside(bare, prefix)
        if inside and (self.home.whole and not bare.startswith(_STATE_FORMS)):
            return inside
        return self._of_the_state(bare) or inside or self._seated(bare) or self._levelled(bare, prefix)

    def _collective(self, text: str, prefix: str) -> NamedBody:
        own = prefix_of(text)
        place = self._at(own or prefix) if own or prefix else self.here
        said = self.lexicon.canonical(collective_name(text[len(own) :]))
        inner = self.home.whole or self.lexicon["departments"].whole(said)
        inside = self._department() if inner and not (own or prefix) else None
        place = inside or place
        return NamedBody(_folded(said, self.lexicon), said, place.region, place.key, place.level, True)

    def _of_the_state(self, text: str) -> NamedBody | None:
        """财政部 and 国家能源局 wherever they stand; in a plan of the State 能源局 too."""
        # 应急办 in a ministry's plan is the ministry's.
        left_out = self.home.level == "国家" and not (self.home.body and text.endswith(_OFFICES))
        forms = (text, *(before + text for before in _STATE_FORMS)) if left_out else (text,)
        for form in forms:
            entry = self.lexicon.register.entries.get(self.lexicon.canonical(form))
            if entry and self._is_of_the_state(entry, form != text):
                return NamedBody(entry.name, entry.name, NATION, NATION, "国家")
        return None

    def _is_of_the_state(self, entry: RegisteredUnit, whole: bool) -> bool:
        """Whether an entry is one of the State's organs alone, or one that the State has too and `whole` names it.

        A zone's 建设部 and 人事部 are its own: the ministries of these names were no more when its plan was made.
        """
        if self.home.level != "国家" and entry.until is not None and entry.until < _FIRST_YEAR:
            return False
        return entry.levels == ("国家",) or (whole and "国家" in entry.levels)

    def _department(self) -> _Place | None:
        home = self.home
        key = home.body if home.known or home.whole else f"{home.key} {home.body}"
        return _Place(home.body, key, home.level) if home.body else None

    def _inside(self, text: str, prefix: str) -> NamedBody | None:
        """A department of the organ that issued the plan: 医务科 of a hospital, 法制司 of a ministry."""
        place = self._department()
        if place is None or level_word(text, self.lexicon) or self._named(text):
            return None
        if prefix and (text.startswith(prefix) or not self.lexicon["department"].whole(text)):
            return None
        # A ministry has bureaus of its own: 医政医管局.
        bureau = self.home.level == "国家" and text.endswith(_BUREAUS) and not self._of_the_state(text)
        own = text not in self.lexicon.aliases and self.lexicon["department"].whole(text)
        if not (self.home.whole or bureau or own):
            return None
        name = self._canonical(text)
        return NamedBody(name, self._shown(text, name), place.region, place.key, place.level)

    def _named(self, text: str) -> tuple[_Place, str] | None:
        """The place that a name says, in full or by its stem, and what is left of the name without it."""
        if len(text) > _LONGEST or self._entry(text):
            return None
        for form in self.forms:
            at = text.find(form.text)
            if at >= 0 and (rest := self._rest(text, at, at + len(form.text), form.full)) is not None:
                place = _Place(form.key, form.key, form.level)
                return (place, rest) if rest == text else self._lower(rest, place)
        return self._registered(text) or self._unregistered(text)

    def _lower(self, rest: str, place: _Place) -> tuple[_Place, str]:
        """The lower place that the rest of a name says behind its own: 镇江市句容生态环境局, 松河市公安局江北分局."""
        named = self._named(rest) if len(rest) > 2 else None
        return named if named and named[1] != rest and rank(named[0].level) > rank(place.level) else (place, rest)

    def _registered(self, text: str) -> tuple[_Place, str] | None:
        """A place of the register of places: 杭州市数据资源局, 中国人民银行温州市分行, 杭州海关."""
        places = self.lexicon.places
        for at in range(len(text) - 1):
            found = self._beginning(text, at)
            if found and (rest := self._rest(text, at, found[1], True)) is not None:
                return found[0], rest
            for end in (at + 3, at + 2):
                stem = places.of_stem(text[at:end], self.within)
                rest = self._rest(text, at, end, False) if stem else None
                # 西湖大学 is named after a lake, not after 西湖区.
                if stem and rest is not None and (rest != text or stem.level != "县"):
                    return _Place(key := places.key(stem), key, stem.level), rest
        return None

    def _beginning(self, text: str, at: int) -> tuple[_Place, int] | None:
        """The place that stands at a position, the lowest of several in a row: 温州市鹿城区."""
        places, place, end, within = self.lexicon.places, None, at, self.within
        while (found := places.beginning(text, end, within)) and (
            place is None or rank(found[0].level) > rank(place.level)
        ):
            chain = places.chain(found[0])
            place, end, within = _Place(chain[-1][1], chain[-1][1], chain[-1][0]), found[1], [key for _, key in chain]
        return (place, end) if place else None

    def _unregistered(self, text: str) -> tuple[_Place, str] | None:
        """A place that only its word for a level tells, in front of a name that is known: 云岭县人民政府."""
        chain, end = read_place(text, self.lexicon)
        if not chain:
            return None
        if end < len(text) and text[end:] not in self.lexicon.aliases:
            # 汐州市生态环境局云溪分局 in a plan of 云溪县, which does not say that it lies in 汐州市.
            place = _Place(chain[-1][1], chain[-1][1], chain[-1][0])
            lower = self._lower(text[end:], place)
            return None if lower[0] is place else lower
        level, key = chain[-1]
        if level_word(text, self.lexicon) or self.home.level is None:
            return None
        if self.home.chain and key.endswith(("区", "镇", "乡", "街道")) and level != "县" or key.endswith("区"):
            key = self._below(level) + key
        return _Place(key, key, level), text[end:]

    def _below(self, level: Level) -> str:
        """The lowest known place above a level: what a district or a town of it is told from others by."""
        above = [key for each, key in self.home.chain if rank(each) < rank(level) and each not in ("国家", "省")]
        return above[-1] if above else ""

    def _rest(self, text: str, at: int, end: int, full: bool) -> str | None:
        """What is left of a name without its place, where that is a name; after a full place in front anything is.

        What is named after the stem of a place keeps its name whole: 温州大学, 临湖高新投资集团.
        """
        rest = text[:at] + text[end:]
        shorter = self._below_a_place(rest) if at else ""
        entry = self._entry(rest) or (self._entry(shorter) if shorter else None)
        if entry is not None and len(rest) > 1:
            if entry.levels == ("国家",) or (not full and rest == "管委会"):
                return None
            if not full and entry.system not in SEATED and self.lexicon["proper"].whole(rest):
                return text
            return rest if self._entry(rest) else shorter
        if at or not full:
            return text if not at and self.lexicon["proper"].whole(rest) else None
        return rest if not rest or is_unit(rest, self.lexicon) else None

    def _below_a_place(self, rest: str) -> str:
        """镇江市句容生态环境局 without 句容 still has 镇江市 in front of it."""
        above = next((form.text for form in self.forms if rest.startswith(form.text)), "")
        return rest[len(above) :] if above else ""

    def _entry(self, name: str) -> RegisteredUnit | None:
        return self.lexicon.register.entries.get(self._canonical(name))

    def _seated(self, text: str) -> NamedBody | None:
        """A body whose name says its place; a place alone stands for its government."""
        found = self._named(text)
        if found is None:
            return None
        place, rest = found
        name = self._of_level(self._canonical(rest), place) if rest else self._government(place)
        shown = self._shown(rest, name)
        if place != self.here and rest != text:
            shown = self._of_another_place(text.removesuffix(rest), shown, place) or text
        return NamedBody(name, shown, place.region, place.key, place.level)

    def _of_another_place(self, before: str, shown: str, place: _Place) -> str:
        """温州市鹿城区人民政府 for 鹿城区政府; "" of a name in which the place does not stand in full: 杭州海关."""
        if not place.region.endswith(before) and self._beginning(before, 0) is None:
            return ""
        return place.region + shown.removeprefix("街道" if place.region.endswith("街道") else "")

    def _shown(self, written: str, name: str) -> str:
        """The register's name; of an organisation that it does not have the name as it is written."""
        return name if name in self.lexicon.register.entries or not written else written

    def _government(self, place: _Place) -> str:
        if place.region.endswith("街道"):
            return "街道办事处"
        zone = place.level == "县" and self.lexicon["place_name"].whole(place.region)
        return "管委会" if zone and zone.id != "place" else "人民政府"

    def _levelled(self, text: str, prefix: str) -> NamedBody:
        """A name with or without a word for its level, its own or that of its list."""
        word = self._word(text)
        rest = self._bureau(text[len(word) :]) if word else text
        party = bool(word) and rest.startswith("委") and rest in self.lexicon.aliases
        named = self._named(rest) if word else None
        if named is not None and not party:
            # 县牛大场镇: the word is that of the list.
            return self._seated(rest) or self._levelled(rest, "")
        place = self._at(word or prefix) if word or prefix else self.here
        name = self._of_level(self._canonical(text if text in self.lexicon.aliases else rest), place)
        shown = self._shown(rest, name)
        if party:
            shown = f"{word}委{name.removeprefix('党委').removeprefix('委')}"
        return NamedBody(name, shown, place.region, place.key, place.level)

    def _is_bureau(self, text: str) -> bool:
        """市林业主管部门 is one bureau; 林业主管部门 may be that of each county too, 市级行业主管部门 are many."""
        word = self._word(text)
        return bool(word) and self._bureau(text[len(word) :]) != text[len(word) :]

    def _bureau(self, rest: str) -> str:
        """The bureau of 市教育部门, 县林业主管部门: the level in front says that one is meant."""
        for end in ("行政主管部门", "主管部门", "行政部门", "部门"):
            if rest.endswith(end):
                return self.lexicon.register.line_of_work(rest.removesuffix(end)) or rest
        return rest

    def _word(self, text: str) -> str:
        """The word for a level that a name begins with: 市 of 市民政局, 州 of 州教育局, 旗 of 旗农牧局."""
        if text in self.lexicon.aliases:
            return prefix_of(text)
        word = next((each for each in LEVEL_OF if text.startswith(each) and self._entry(text[len(each) :])), "")
        if word or (word := prefix_of(text)):
            return word
        own = "师市" if self.home.region.startswith("第") else self.home.region[-1:]
        if own in ("州", "盟", "旗", "师市") and text.startswith(own) and is_unit(text[len(own) :], self.lexicon):
            return own
        return ""

    def _at(self, word: str) -> _Place:
        """The place that a word for a level means in this plan: the lowest called so, else the one of that level."""
        home, level = self.home, LEVEL_OF.get(word)
        for each, key in reversed(home.chain):
            if key.endswith(word):
                return _Place(key, key, each)
        if level is None or level == home.level:
            return self.here
        if level in (above := dict(home.chain)):
            return _Place(above[level], above[level], level)
        return _Place(f"{home.region}·{level}", f"{home.key} {level}", level)

    def _canonical(self, name: str) -> str:
        """The register's name, of any of the forms that mean the same, or of a line of work (水务); else folded."""
        aliases = self.lexicon.aliases
        forms = (name, without := _folded(name, self.lexicon), name.replace("和", ""), without.replace("和", ""))
        known = next((aliases[form] for form in forms if form in aliases), None)
        return known or self.lexicon.register.line_of_work(name) or without

    def _of_level(self, name: str, place: _Place) -> str:
        """What a body of a level is called: 团委 of a city is 团市委, its 中级人民法院 the court of the city."""
        if name == _COURTS.get(place.level or ""):
            return "法院"
        if name != "团委" or not place.level or place.level == "乡":
            return name
        own = f"团{place.region[-1:]}委"
        return self.lexicon.canonical(own) if own in self.lexicon.aliases else name


def _folded(name: str, lexicon: Lexicon) -> str:
    """A name with its long forms written short: 粮食集团有限公司 is 粮食集团公司, 县纪委县监委 is 县纪委监委."""
    for rule in lexicon["folded"].rules:
        name = rule.pattern.sub(rule.value, name)
    return name
