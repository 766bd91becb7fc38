"""The place of a plan (文件所属地): what its issuer and title say, else what its number and its names let infer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ingest.base import Header, Level
from ingest.language.clean import fold
from ingest.language.lexicon import Lexicon
from ingest.language.tables.gazetteer import rank, stems
from ingest.language.units import is_collective
from ingest.model import Plan

Chain = tuple[tuple[Level, str], ...]
"""A place with those above it, highest first: level and key of each."""

NATION = "全国"
LEVEL_OF: Mapping[str, Level] = {
    "自治区": "省", "自治州": "市", "自治县": "县", "自治旗": "县", "街道": "乡", "苏木": "乡", "师市": "市",
    "省": "省", "市": "市", "州": "市", "盟": "市", "区": "县", "县": "县", "旗": "县", "镇": "乡", "乡": "乡",
}  # fmt: skip
"""The words for levels, the longer ones first, and which of the five they are."""
SEATED = frozenset(
    (
        *("海关", "海事", "税务", "金融", "气象", "通信", "电力", "铁路", "移民边检", "统计", "烟草", "邮政"),
        *("生态环境", "自然资源", "公安", "消防", "民航"),
    )
)
"""Lines of work whose bodies bear the stem of their place: 松河海关, 云川证监局, 云岫生态环境分局."""
_COMMON = frozenset(("综合", "乡镇", "开发区"))
"""Lines of work whose organs speak for a whole place: a government, its office, a zone's committee."""
_FROM, _TO = 2, 4
"""Characters of a stem."""
_LOOKED_AT = 20000
"""Characters of tasks and titles in which places are counted."""


class HomePlace(NamedTuple):
    """The place of a plan.

    `chain` is empty where it is not known; then `region`, what the place is called, is local to the plan, and so is
    `key`, the id's part. `body` is the organ whose own departments the plan names: all of its bare names are (`whole`:
    a hospital's), or those that no register knows and that are called like departments.
    """

    chain: Chain
    region: str
    key: str
    level: Level | None
    body: str = ""
    whole: bool = False

    @property
    def known(self) -> bool:
        """Whether it is known of which place the plan is."""
        return bool(self.chain)


def home_of(plan: Plan, lexicon: Lexicon) -> HomePlace:
    """The place of a plan, with those above it."""
    header = plan.header
    chain = _completed(_stated(header, lexicon), plan, lexicon) or _inferred(plan, lexicon)
    body, whole = _organ(header, lexicon)
    if chain:
        level, name = chain[-1]
        return HomePlace(chain, name, name, level, body, whole)
    return HomePlace((), f"《{header.title}》", plan.id, header.region.level, body, whole)


def read_place(text: str, lexicon: Lexicon) -> tuple[Chain, int]:
    """The place that a name or a title begins with, and where it ends: 焦作市示范区 below 焦作市, below 河南省."""
    chain: list[tuple[Level, str]] = []
    at = 0
    while found := lexicon["lead_in"].match(text, at):
        at = found[1].end()
    end = at
    while (step := _next_place(text, at, chain, lexicon)) is not None:
        chain, end = step
        filler = lexicon["place_filler"].match(text, end)
        at = filler[1].end() if filler else end
    return tuple(chain), end


def _next_place(
    text: str, at: int, chain: list[tuple[Level, str]], lexicon: Lexicon
) -> tuple[list[tuple[Level, str]], int] | None:
    lowest = rank(chain[-1][0]) if chain else 0
    known = lexicon.places.beginning(text, at, [name for _, name in chain])
    if known is not None and rank(known[0].level) > lowest:
        return list(lexicon.places.chain(known[0])), known[1]
    found = lexicon["place_name"].match(text, at)
    if found is None:
        return None
    rule, match = found
    name, level = match["name"], LEVEL_OF[match["kind"]]
    if level == "市" and lowest == rank("市"):
        level = "县"
    if rank(level) <= lowest or (chain and rule.id == "place" and not _is_followed(text, match.end(), lexicon)):
        return None
    if not chain and rule.id == "zone":
        return _zone(name, lexicon), match.end()
    # A district goes by the place above it too, since other cities have a 示范区 or 高新区.
    below = chain and name.endswith(("区", "镇", "乡", "街道"))
    return [*chain, (level, chain[-1][1] + name if below else name)], match.end()


def _is_followed(text: str, end: int, lexicon: Lexicon) -> bool:
    """Whether what stands behind a second place shows that it is one: 徐州市城镇燃气 names no 城镇."""
    rest = text[end:]
    return not rest or rest[0].isdigit() or rest[:2] in ("人民", "政府", "办事", "委员", "党工", "党委", "管委", "管理")


def _zone(name: str, lexicon: Lexicon) -> list[tuple[Level, str]]:
    """A zone below the place whose stem its name begins with: 娄底经济技术开发区 below 娄底市."""
    for length in (3, 2):
        if len(name) > length + 2 and (city := lexicon.places.of_stem(name[:length])):
            return [*lexicon.places.chain(city), ("县", name)]
    return [("县", name)]


def _stated(header: Header, lexicon: Lexicon) -> Chain:
    """The place that the issuer or the title names; the State's where the header says so."""
    region = header.region
    if region.level == "国家" and region.name:
        return (("国家", region.name),)
    read = [read_place(fold(text), lexicon)[0] for text in (header.issuer or "", header.title)]
    found = [chain for chain in read if chain]
    if found:
        # 南湖街道办事处 issues, and the title says of which district.
        fuller = max((chain for chain in found if chain[-1][1].endswith(found[0][-1][1])), key=len)
        if not region.name or any(region.name in key or _own_name(key) in region.name for _, key in fuller):
            return fuller
    return (*region.above, (region.level, region.name)) if region.name and region.level else ()


def _completed(chain: Chain, plan: Plan, lexicon: Lexicon) -> Chain:
    """A place that the register does not have, below the one that a name says: 松河市教育局 in a plan of 云岫县."""
    if not chain or chain[0][0] in ("国家", "省"):
        return chain
    names = {fold(each.mention.text) for task in plan.tasks for each in task.assignments}
    above: dict[Level, set[Chain]] = {"省": set(), "市": set()}
    for name in names:
        said, end = read_place(name, lexicon)
        if said and said[-1][0] in above and rank(said[-1][0]) < rank(chain[0][0]) and name[end:] in lexicon.aliases:
            above[said[-1][0]].add(said)
    for found in (above["市"], above["省"]):
        if len(found) == 1 and rank(next(iter(found))[-1][0]) < rank(chain[0][0]):
            chain = (*found.pop(), *chain)
    return chain


def _organ(header: Header, lexicon: Lexicon) -> tuple[str, bool]:
    """The organ whose own departments a plan names, and whether all of its bare names are."""
    issuer = fold(header.issuer or "")
    rest = issuer[read_place(issuer, lexicon)[1] :]
    if lexicon["institution"].whole(issuer) or lexicon["institution"].whole(rest):
        return issuer, True
    office = lexicon["office"].ending(issuer, 0, len(issuer))
    organ = issuer[: office[1]] if office else issuer
    entry = lexicon.register.entries.get(lexicon.canonical(rest[: len(rest) - len(issuer) + len(organ)] or organ))
    return (organ, False) if entry and entry.system not in _COMMON else ("", False)


def _inferred(plan: Plan, lexicon: Lexicon) -> Chain:
    """The place that the plan's number and its names let infer, of the level that most of its names are of."""
    names = [fold(a.mention.text) for task in plan.tasks for a in task.assignments]
    kinds = Counter(kind for name in names if (kind := level_word(name, lexicon)))
    if not kinds:
        return ()
    kind = kinds.most_common(1)[0][0]
    level, number = LEVEL_OF[kind], plan.header.document_number or ""
    province = lexicon.places.by_sign.get(number[:1])
    if level == "省" and province:
        return lexicon.places.chain(province)
    said = Counter(_seats(names, kind, lexicon))
    said = Counter({key: n for key, n in said.items() if key[-1][0] == level})
    of_number = [key for key in said if number[:1] and key[-1][1].startswith(number[0])]
    if len(of_number) == 1 or len(said) == 1:
        return (of_number or [*said])[0]
    return _most_named(plan, level, lexicon)


def _seats(names: list[str], kind: str, lexicon: Lexicon) -> Iterator[Chain]:
    """The places in names of a plan: 松河市教育局, 松河海关."""
    for name in dict.fromkeys(names):
        chain, end = read_place(name, lexicon)
        if chain and name[end:] in lexicon.aliases:
            yield chain
            continue
        for cut in range(_FROM, _TO + 1):
            entry = lexicon.register.entries.get(lexicon.canonical(name[cut:]))
            if entry and entry.system in SEATED and name not in lexicon.aliases and not level_word(name, lexicon):
                place = lexicon.places.of_stem(name[:cut])
                yield lexicon.places.chain(place) if place else ((LEVEL_OF[kind], name[:cut] + kind),)
                break


def _most_named(plan: Plan, level: Level, lexicon: Lexicon) -> Chain:
    """The place of a level that the tasks, titles and citations name most, where no other comes near."""
    texts = [task.text for task in plan.tasks] + [c.title for task in plan.tasks for c in task.citations]
    texts += [citation.title for citation in plan.citations] + [section.title for section in plan.sections]
    text, at = "\n".join(texts)[:_LOOKED_AT], 0
    found: Counter[Chain] = Counter()
    while at < len(text):
        known = lexicon.places.beginning(text, at)
        if known is not None and known[0].level == level:
            found[lexicon.places.chain(known[0])] += 1
        at = known[1] if known is not None else at + 1
    ranked = found.most_common(2)
    if ranked and (len(ranked) == 1 or ranked[0][1] >= 3 * ranked[1][1]):
        return ranked[0][0]
    return ()


def level_word(name: str, lexicon: Lexicon) -> str:
    """The word for a level in front of a name that is whole without it: 市 of 市教育局, none of 市场监管局."""
    if name in lexicon.aliases or is_collective(name, lexicon):
        return ""
    return next((word for word in LEVEL_OF if name.startswith(word) and name[len(word) :] in lexicon.aliases), "")


class PlaceForm(NamedTuple):
    """How names of bodies call a place of the plan's chain: in full (凉山州), or by its stem (凉山)."""

    text: str
    level: Level
    key: str
    full: bool


def forms_of_chain(chain: Chain, lexicon: Lexicon) -> tuple[PlaceForm, ...]:
    """All forms of the places of a chain, the longest first: 凉山彝族自治州, 凉山州, 凉山."""
    forms: dict[str, PlaceForm] = {}
    for level, key in reversed(chain):
        place = lexicon.places.named(key) or lexicon.places.named(_own_name(key))
        full = [name for name in (key, *_behind_levels(key), *(place.names if place else ())) if len(name) > 1]
        # 示范 is no place.
        ordinary = [name for name in full if (rule := lexicon["place_name"].whole(name)) is None or rule.id == "place"]
        for form in full:
            forms.setdefault(form, PlaceForm(form, level, key, True))
        for form in stems(*ordinary):
            forms.setdefault(form, PlaceForm(form, level, key, False))
    return tuple(sorted(forms.values(), key=lambda each: -len(each.text)))


def _behind_levels(key: str) -> Iterator[str]:
    """A district without the places above it that its key holds: 温州市鹿城区 is 鹿城区."""
    for at in range(2, len(key) - 2):
        if key[at] in "省市州盟县区旗":
            yield key[at + 1 :]


def _own_name(key: str) -> str:
    return next(_behind_levels(key), key)
