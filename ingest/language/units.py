"""Names of units in a list, and what they are made of (单位名称): splitting, hats, prefixes, collectives.

`区食药监分局、住建局（交通运输局）、各乡镇（街道）` are three mentions: 区 holds for the whole list, 交通运输局 is a
second nameplate (加挂牌子), 各乡镇（街道） is one collective. What a mention means is settled late, by
`ingest.resolution`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from ingest.base import Record
from ingest.language.lexicon import Lexicon

_TO_NEXT = re.compile(r"[^、，；。|｜/／]{2,40}")
_OWN_BRACKET = re.compile(r"（[^（）]*(?:（[^（）]*）)?[^（）]*）|〈[^〈〉]*〉")
_NO_NAME = re.compile(r"[\d。：“”《》%]")
_IN_NAMES = re.compile(
    r"(?:(?<=[一-鿿])|^)“([^“”]{1,8})”|(?<=[一-鿿])(?:(\d{1,5})(?=[A-Za-z一-鿿])(?![年月日个座处所家项条名万亿公平米亩户人台辆套次期批届级层元]))"
)
"""What may stand inside a name: 市“双减”办, 市12345热线办, 市5G专班; but 新建3个社区 is no name."""
_SEPARATORS = "、，,；;/／|｜。" + "".join(map(chr, range(0x2460, 0x2474)))
"""What parts the elements of a list, numbers ① to ⑳ in front of them among it."""
_DOTS = ("·", "•", "－", "—", "–", "-")
"""What parts names where names stand on both sides."""
_PARTING = frozenset((*_SEPARATORS, *_DOTS, "\n"))
_LONGEST_QUOTED = 16
"""Characters in quotes that may be part of a name."""
_SHORT_LEVEL = 4
"""Characters of a level that shares its organs with the next: 中央、省驻松单位."""
_LONGEST_NAME = 40
"""Characters of a unit's name; what is longer is a sentence."""
_LONGEST_LINE = 8
"""Characters of a line of work (条线)."""
LONGEST_WRITTEN = 200
"""Characters of a name with what stands in its brackets; no name is looked for in what is longer."""
_JOINT = re.compile(
    r"(?<=[局委办厅部院会府署公司关联心门处所校行室）])(?=(?:[省市区县镇](?![直级属分支])|[省市区县][直级](?=有关|各|相关|部门|单位)|国家|各[县市区乡镇街])[一-鿿]{2})"
    r"|(?<=队)(?=[省市区县](?![分支])(?![一-鿿]{0,6}队)[一-鿿]{2})"
    r"|(?<=[局委办厅部院会])(?=[一-鿿]{2})"
)
"""Where one name may end and the next begin although nothing stands between them."""
_BRACKET = re.compile(r"（([^（）]{0,200})）")
_LAST_BRACKET = re.compile(r"(?<=.)（([^（）]{0,200})）$")
_ROLES = ("牵头", "负责", "配合", "主办", "协办", "主责")
_LEVELS = frozenset("省市区县镇")
_NAMED_SO = (
    "市监", "市民", "市容", "市域", "市场", "省军区", "省联社", "省际", "区公所", "区域", "县域",
    "市中区", "市南区", "市北区", "镇江市", "镇海区", "镇平县", "镇雄县", "镇赉县", "镇原县", "镇安县",
    "镇康县", "镇沅县", "镇沅彝族", "镇宁县", "镇宁布依族", "镇坪县", "镇巴县", "镇远县",
)  # fmt: skip
"""Names, and places, that begin with a character for a level and are whole with it: 市场监管局, 镇江市, 市中区."""
_COLLECTIVES = ("各", "所有", "属地", "辖区", "全体", "有关", "相关")
_KINDS = frozenset("市区县镇乡街道、，园")
"""What a bracket of a collective holds: 各乡镇（街道）."""


class ListElement(Record, frozen=True):
    """One element of a list: `[start, end)` of the text, at the depth of the list itself."""

    start: int
    end: int


def split_list(
    text: str, start: int, end: int, lexicon: Lexicon, blanks: Collection[int] = ()
) -> Iterator[ListElement]:
    """The elements of a list of units: parted by 、 ， ； outside brackets, by 和 between two whole names, and by a
    blank behind a name or a role word where another name follows; `blanks` are the offsets at which one stood."""
    depth, low, quoted = 0, start, start
    for position in range(start, end + 1):
        character = text[position] if position < end else "、"
        if position in blanks and low < position < end and depth == 0 and _parts(text, low, position, end, lexicon):
            yield from _split_and(text, low, position, lexicon)
            low = position
        if position < quoted:
            continue
        if character == "“":
            quoted = _past_quotes(text, position, end)
        elif character in "（〔〈":
            depth += 1
        elif character in "）〕〉":
            depth = max(0, depth - 1)
        elif character in _PARTING and (depth == 0 or position == end):
            if _stands_in_a_name(text, low, position, end, lexicon):
                continue
            if position > low:
                yield from _split_and(text, low, position, lexicon)
            low = position + 1


def _stands_in_a_name(text: str, low: int, position: int, end: int, lexicon: Lexicon) -> bool:
    """Whether what parts names elsewhere stands inside one here: 各市、县, 松河—白石线."""
    if text.startswith("、", position):
        return _inside_a_name(text, low, position, end, lexicon)
    return text.startswith(_DOTS, position, end) and not _are_dotted(text, low, position, end, lexicon)


def _past_quotes(text: str, position: int, end: int) -> int:
    """Where quotes end that hold a name's own words, 市“双随机、一公开”办; where they begin if they hold more."""
    close = text.find("”", position, min(end, position + _LONGEST_QUOTED))
    return close + 1 if close > 0 else position


def _are_dotted(text: str, low: int, position: int, end: int, lexicon: Lexicon) -> bool:
    """Whether a dot or a dash parts two names, 市残联·市民政局; in 艾力·买买提 and 松河—白石线 it stands inside one."""
    right = _TO_NEXT.match(text, position + 1, min(end, position + LONGEST_WRITTEN))
    if right is None or position - low > LONGEST_WRITTEN:
        return False
    following = re.split(r"[·•－—–-]", right[0])[0]
    return _is_charged(text[low:position], lexicon) and _is_charged(following, lexicon)


def _parts(text: str, low: int, position: int, end: int, lexicon: Lexicon) -> bool:
    """Whether a blank stands between two elements of a list: behind a name or its role word, before a name."""
    left = text[max(low, position - LONGEST_WRITTEN) : position]
    right = _TO_NEXT.match(text, position, min(end, position + LONGEST_WRITTEN))
    if right is None or f"{left}{right[0]}"[len(prefix_of(left)) :] in lexicon.aliases:
        return False
    if lexicon["person_name"].whole(right[0]):
        return is_unit(left, lexicon)
    return _is_charged(left, lexicon) and _is_charged(right[0], lexicon)


def _is_charged(said: str, lexicon: Lexicon) -> bool:
    """A name, with a role word behind it or without."""
    if is_unit(said, lexicon):
        return True
    tail = lexicon["tail"].ending(said, 0, len(said))
    return tail is not None and tail[1] > 0 and is_unit(said[: tail[1]], lexicon)


def names_levels(text: str, low: int, position: int, end: int, lexicon: Lexicon) -> bool:
    """Whether the 、 at `position` parts levels of one collective: 各市、县人民政府, 各省、自治区、直辖市人民政府."""
    if position - low > LONGEST_WRITTEN:
        return False
    listed = [found.end() for _, found in lexicon["levels_list"].scan(text[low:position], 0, position - low)]
    following = lexicon["level_after_bracket" if text[position - 1] == "）" else "next_level"]
    return bool(listed and listed[-1] == position - low and following.match(text, position + 1, end))


def _inside_a_name(text: str, low: int, position: int, end: int, lexicon: Lexicon) -> bool:
    """Whether the 、 parts levels of one collective, or party and government in the name of one organ of both."""
    if position - low > LONGEST_WRITTEN:
        return False
    left = text[low:position]
    if _is_said_of_both(left, text, position + 1, end, lexicon):
        return True
    shares = len(left) <= _SHORT_LEVEL and lexicon["level_of_several"].whole(left)
    if shares and lexicon["seated_by_level"].match(text, position + 1, end):
        return True
    if lexicon["each_town"].whole(left) and lexicon["streets"].match(text, position + 1, end):
        return True
    shared = lexicon["party_of_a_place"].whole(left) and lexicon["shared_organ"].match(text, position + 1, end)
    return bool(shared) or names_levels(text, low, position, end, lexicon)


def _is_said_of_both(left: str, text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether 各 or 有关 is said of what follows as well: 各县（市、区）委、政府, 市直有关部门、单位."""
    found = lexicon["bare_end"].match(text, start, end)
    if found is None:
        return False
    if found[1]["kind"] == "政府":
        return lexicon["before_governments"].whole(left) is not None
    before = lexicon["before_units" if found[1]["kind"] == "单位" else "before_agencies"]
    return before.ending(left, 0, len(left)) is not None


def _split_and(text: str, start: int, end: int, lexicon: Lexicon) -> Iterator[ListElement]:
    while (joint := _between_names(text, start, end, lexicon)) is not None:
        yield from _split_joined(text, start, joint.start(), lexicon)
        start = joint.end()
    if _is_known(text, start, end, lexicon):
        yield ListElement(start, end)
    else:
        yield from _split_joined(text, start, end, lexicon)


def _is_known(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    name = text[start : min(end, start + LONGEST_WRITTEN + 1)]
    return name[len(prefix_of(name)) :] in lexicon.aliases


def _between_names(text: str, start: int, end: int, lexicon: Lexicon) -> re.Match[str] | None:
    """The first 和 that parts two names."""
    if _is_known(text, start, end, lexicon):
        return None
    for _, found in lexicon["between_names"].scan(text, start + 1, end - 1):
        if found.start() - start > LONGEST_WRITTEN:
            break
        left, right = text[start : found.start()], text[found.end() : min(end, found.end() + LONGEST_WRITTEN + 1)]
        if _is_said_of_both(left, right, 0, len(right), lexicon):
            return None
        if is_line_of_work(left, lexicon) and _ends_lines(right, lexicon):
            return found
        if (
            _depth(left) == 0
            and is_unit(left, lexicon)
            and len(right) > 1
            and _begins_unit(right, lexicon)
            and not _ends_inside_name(left, lexicon)
        ):
            return found
    return None


def _ends_lines(right: str, lexicon: Lexicon) -> bool:
    """Whether a list of lines of work ends so: 生态环境和|卫生健康部门负责."""
    found = lexicon["last_line"].match(right)
    return found is not None and is_line_of_work(found[1]["line"], lexicon)


def _ends_inside_name(left: str, lexicon: Lexicon) -> bool:
    """Whether 和 stands in a name that nothing parts from the one before: 供电公司市文化 (和旅游局)."""
    return any(
        prefix_of(left[joint.start() :])
        and is_unit(left[: joint.start()], lexicon)
        and not is_unit(left[joint.start() :], lexicon)
        for joint in _JOINT.finditer(left)
    )


def _split_joined(text: str, start: int, end: int, lexicon: Lexicon) -> Iterator[ListElement]:
    """Names that only a blank or a line break parted: 市财政局 市教育局, 省委省政府."""
    while (joint := _behind_a_name(text, start, end, lexicon)) is not None:
        yield ListElement(start, joint)
        start = joint
    yield ListElement(start, end)


def _behind_a_name(text: str, start: int, end: int, lexicon: Lexicon) -> int | None:
    """Where the first name ends, if another one begins there."""
    if end - start < 4 or text[start : min(end, start + LONGEST_WRITTEN + 1)] in lexicon.aliases:
        return None
    for found in _JOINT.finditer(text, start, end):
        joint = found.start()
        if joint - start > LONGEST_WRITTEN:
            break
        left, right = text[start:joint], text[joint : min(end, joint + LONGEST_WRITTEN + 1)]
        if len(left) > 1 and _depth(left) == 0 and _are_two_names(left, right.split("等")[0], lexicon):
            return joint
    return None


def _reaches_over(left: str, right: str, lexicon: Lexicon) -> bool:
    """Whether one known name begins in `left` and ends in `right`: 市公安局交警支队 (配合)."""
    prefix = len(prefix_of(left))
    text = left[prefix:] + right[:16]
    return any(text[:end] in lexicon.aliases for end in range(len(left) - prefix + 2, len(text) + 1))


def _are_two_names(left: str, right: str, lexicon: Lexicon) -> bool:
    if _reaches_over(left, right, lexicon) or _goes_on(left, right, lexicon):
        return False
    if prefix_of(right) or lexicon["begins_with_level"].match(right):
        return is_unit(left, lexicon) and is_unit(right, lexicon)
    # 市公安局交警支队, 国家税务总局东屿市税务局: the second is a part of the first.
    if left.endswith("总局") or lexicon["part_of_a_body"].match(right):
        return False
    # Without a level in front of it, a second name is one that is known: 财政局 教育局, but 政府 办公室 is one.
    if left[len(prefix_of(left)) :] not in lexicon.aliases:
        return False
    if len(right) >= 6 and is_unit(right, lexicon) and not lexicon["no_second_name"].match(right):
        return True
    return any(right[:n] in lexicon.aliases for n in range(3, min(len(right), 12) + 1))


def _goes_on(left: str, right: str, lexicon: Lexicon) -> bool:
    """Whether a name goes on behind what is one already: 各县（市）|区政府, 市纪委|市监委, 党工委|组织人事部."""
    if lexicon["each_level"].whole(left) or left.endswith(("有关", "相关")) or lexicon["members_of_all"].match(right):
        return True
    if right.startswith("各") and lexicon["organ_of_all"].whole(left):
        return True
    bare = right[1:] if right[:1] in "省市县区" else right
    if left.endswith("纪委") and bare.startswith("监委"):
        return True
    if left.endswith(("管委", "管委会", "街道", "机关")) and lexicon["each_department"].match(right):
        return True
    zone = right.startswith("管委会") and not right.startswith("管委会办")
    return left.endswith(("党委", "工委")) and bare == right and not zone


def _begins_unit(text: str, lexicon: Lexicon) -> bool:
    return not text.startswith(("单位", "部门", "机构", "企业")) and (
        is_unit(text, lexicon) or lexicon["begins_a_name"].match(text) is not None
    )


def _depth(text: str) -> int:
    return text.count("（") - text.count("）")


def is_unit(name: str, lexicon: Lexicon) -> bool:
    """Whether a name is one of a unit: known, a collective, or ending as organisations' names end."""
    return len(name) <= LONGEST_WRITTEN and _is_unit(name, lexicon)


@lru_cache(4096)  # A plan asks 500 times of 80 names.
def _is_unit(name: str, lexicon: Lexicon) -> bool:
    bare = _OWN_BRACKET.sub("", name) if "（" in name or "〈" in name else name
    if not 1 < len(bare) <= _LONGEST_NAME:
        return False
    if _NO_NAME.search(bare):
        plain = _IN_NAMES.sub("", _IN_NAMES.sub(lambda found: found[1] or "", bare))
        if _NO_NAME.search(plain):
            return False
        name, bare = plain, plain
    if bare in lexicon.aliases or bare[1:] in lexicon.aliases:
        return True
    forms = (name,) if bare == name else (name, bare)
    return any(lexicon[group].whole(form) for group in ("collective", "suffix", "word") for form in forms)


def is_line_of_work(name: str, lexicon: Lexicon) -> bool:
    """Whether a name is that of a department without the word for its organ: 市水务 (局), 市委宣传 (部)."""
    found = lexicon["before_a_line"].match(name)
    forms = (name, name[found[1].end() :]) if found else (name,)  # 市场监管 begins with no level.
    return any(1 < len(form) <= _LONGEST_LINE and lexicon.register.line_of_work(form) for form in forms)


@lru_cache(1024)  # Five times of each name of a plan.
def is_collective(name: str, lexicon: Lexicon) -> bool:
    """Whether a name stands for a kind of units (泛指): 各乡镇（街道）, 相关部门, 区食安委成员单位."""
    return lexicon["collective"].whole(name) is not None


def hat_of(name: str, lexicon: Lexicon) -> str | None:
    """The second nameplate in a name's own brackets.

    住建局（交通运输局） has 交通运输局, 市场监管（知识产权）局 has 知识产权.
    """
    if len(name) > LONGEST_WRITTEN or _is_of_a_collective(name) or lexicon["no_nameplate"].search(name):
        return None
    inside = name[:-1] if name[-2:-1] == "）" and name[-1] in "局厅委办部" else name
    found = re.search(r"（([^（）]{2,24})）$", inside)
    return found.group(1) if found else None


def _is_of_a_collective(name: str) -> bool:
    return name.startswith(_COLLECTIVES) or any(
        inside and _KINDS.issuperset(inside) for inside in _BRACKET.findall(name)
    )


def role_bracket(name: str) -> re.Match[str] | None:
    """A role written in a name's own brackets: 市发改委（牵头）, 市财政局（配合单位）."""
    found = _LAST_BRACKET.search(name)
    said = found[1].removesuffix("单位").removesuffix("部门") if found else ""
    return found if said.endswith(_ROLES) else None


def prefix_of(name: str) -> str:
    """The 省, 市, 区, 县 or 镇 that a name begins with, if it is a level and not part of the name (市场监管局)."""
    if len(name) < 3 or name[0] not in _LEVELS or not (_is_written(name[1]) and _is_written(name[2])):
        return ""
    behind = name[2] if name[1] in _LEVELS else name[1]
    return "" if behind in "直级属" or _is_named_so(name) else name[0]


def _is_written(character: str) -> bool:
    return "一" <= character <= "鿿" or character == "（"


def _is_named_so(name: str) -> bool:
    """Whether a name is whole with its level: 市委宣传部, 市纪委, 区人大, 市场监管局, 市政处; not 市政府."""
    if name.startswith("市政"):
        return name[2] not in "府务"
    organ = name[1] == "委" or (name[0] != "镇" and (name[1] == "纪" or name[1:3] in ("人大", "政协")))
    return organ or name.startswith(_NAMED_SO)


def without_level(name: str) -> str:
    """A name without its second nameplate and without the word for its level: 市发改委（物价局） → 发改委."""
    bare = _OWN_BRACKET.sub("", name) if name.endswith("）") and not _is_of_a_collective(name) else name
    return collective_name(bare[len(prefix_of(bare)) :])


def collective_name(name: str) -> str:
    """区食安委有关成员单位, 区食安委相关成员单位 → 食安委成员单位."""
    front, found, behind = name.partition("成员单位")
    for word in ("有关", "相关", "各"):
        if found and front.endswith(word) and len(front) > len(word):
            return front.removesuffix(word) + found + behind
    return name
