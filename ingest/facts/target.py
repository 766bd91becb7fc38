"""Targets (量化指标): subject, operator, value and unit: 农药利用率达到40.8%以上 is (农药利用率, >=, 40.8, %).

A number is a target when it says how much must be reached: a share, or a count behind a verb of achievement or an
operator. Eligibility thresholds, subsidies and caps (补助最高不超过300万元) are policy terms, not targets.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Literal

from msgspec import structs

from ingest.facts.deadline import Deadline
from ingest.facts.kind import Fact, FactEdge, FactKind, Look
from ingest.facts.measure import UnitOfMeasure, measure_at
from ingest.facts.stretch import Stretch
from ingest.language.clean import Clean
from ingest.language.lexicon import Lexicon
from ingest.language.numerals import number_in

Operator = Literal[">=", "=", "<=", ">", "<"]

# Possessive, so that a number of a million digits is looked at once.
_NUMBER = re.compile(r"(?<![\d.A-Za-z〔第—～\-])\d++(?:,\d{3})*+(?:(?:\.\d++)?+(?![\d.]*+[年月日号])|\.\d++(?=年))")
_LONGEST_NUMBER = 30
"""Characters of a number; a longer one is no quantity."""
_SECOND = re.compile(r"(?:个|家|项|名|人|%)?(?:-|—|～|至|到)(\d{1,15}(?:\.\d{1,15})?)")
_CLAUSE = re.compile(r"[，。；：、\n]")
_SUBJECT = re.compile(r"[，。；：\n]")
_PER_PERIOD = re.compile(r"(?:每年|全年|年均|每人每年|每季度|每月|年|人均|平均|新增|累计|总量|总数|约|近)+$")
_ADJECTIVE = re.compile(
    r"(?:年|月|日|小时|分钟|天)?(?:的(?!目标|任务|指标|要求|增长|速度)|维度|方面|环节|制|型|级|周年|强|届|化|度|维|号|核|版|岁|位一体|个一批|大类|\d(?!A|\d{0,6}(?:\.\d{1,4})?[万亿千百]{0,3}[元人亩吨]{1,2}[及以]))"
)
_COUNT_OF_TIMES = re.compile(r"^(?:次|期|轮次|轮|分钟|小时|天|个月)$")
_OPS: dict[str, Operator] = {">=": ">=", "<=": "<=", ">": ">", "<": "<", "=": "="}
_WHAT_THERE_IS = re.compile(r"现有|共有|原有|已有|已完成|目前|截至|上年|去年|同期|全长|占地|距离")
_GOES_ON = re.compile(
    r"[、，和](?:同比|力争|年均|分别|较(?:(?!较)[一-鿿\d]){1,6}){0,6}(?:增长|下降|提高|提升|降低|增加|减少|达到|增幅|增速)?(?:到|至|达)?"
)
"""Between two quantities of one indicator: 进出口总值突破200亿元、增长8%左右."""
_TELLS_WHICH = re.compile(r"(?:的)?[一-鿿]{1,10}\d")
"""Behind a bounded quantity: 10亿元以上项目3个 says which projects, and then how many."""
_COMES_DOWN = re.compile(r"[^，。；\d]{0,10}[至到为][^，。；\d]{0,8}\d")
"""Behind what there was: 由12个工作日压减至7个工作日."""
_SIZE_OF_WHAT = re.compile(r"[一-鿿]{1,4}以[上下]的")
"""Behind a quantity: 100张床位以上的宾馆."""
_AROUND_A_NAME = re.compile(
    r"^(?:其中|力争|确保|全年|努力|实现)+"
    r"|(?:同比|分别|(?<=[率数量额值比])均|年均|力争|总体|较上年|比上年)+$|[由从][^，。；\d]{0,8}[\d.]+[^\d]{0,8}$"
)
_VALUE = re.compile(
    r"(?P<before>[≥≧≤≦>＞<＜]|不低于|不少于|不高于|不超过|超过)?(?P<number>\d[\d,]{0,20}(?:\.\d{1,15})?)(?P<behind>及?以上|以内|及?以下|左右)?"
)
_BEFORE_VALUE: dict[str | None, Operator] = {
    **dict.fromkeys(("≥", "≧", "不低于", "不少于"), ">="), **dict.fromkeys(("≤", "≦", "不高于", "不超过"), "<="),
    **dict.fromkeys((">", "＞", "超过"), ">"), **dict.fromkeys(("<", "＜"), "<"),
}  # fmt: skip
_BEHIND_VALUE: dict[str | None, Operator] = {"以上": ">=", "及以上": ">=", "以内": "<=", "以下": "<=", "及以下": "<="}
_STEADY = ("at-least", "at-most")
"""Words that 左右 behind the number makes a level of: 保持在75%左右."""
_NAME_ENDS = ("率", "比例", "占比", "比重", "覆盖")
"""Operators that are the end of the indicator's name too: 网上可办率100%."""
_DOUBLING = re.compile(r"翻(?P<times>[一两二三])番")
_TIMES = {"一": 2.0, "两": 4.0, "二": 4.0, "三": 8.0}
_NOUN = re.compile(r"(?!的)(?:[一-鿿A-Za-z“”+]|（[^（）\d]{1,12}）){2,30}?(?=[，。；、：\n\t（）\d]|以及|和|及|并|$)")
"""What is counted, behind its unit, to the end of its clause."""
_BARE_LENGTH = 16
_BARE = re.compile(r"(?:（?及?以上|（?及?以下|以内|左右)?(?:[，。；、\n]|$)")
_LONGEST_SUBJECT = 40
"""Characters of a subject; a longer clause is cut to its end."""
_LONGEST_CLAUSE = 200
"""Characters behind a quantity in which its clause's end is looked for."""


class Target(Fact, frozen=True):
    """指标: a quantity that must be reached: 农药利用率 >= 40.8 %."""

    subject: str
    op: Operator
    value: float
    unit: str
    text: str

    @property
    def words(self) -> str:
        return self.text

    @property
    def same(self) -> tuple[object, ...]:
        return self.subject, self.op, self.value, self.unit


def find_targets(stretch: Stretch) -> Iterator[Target]:
    """The targets of a stretch in order. Numbers inside a deadline's words are its counts, not targets.

    Where a table's column asks for a value every quantity is a target.
    """
    return (target for target in _targets(stretch) if not stretch.is_closed(target.span.end - 1))


def _targets(stretch: Stretch) -> Iterator[Target]:
    clean, start, end, lexicon, asked = stretch.text, stretch.start, stretch.end, stretch.lexicon, stretch.asked
    text = clean.folded
    deadlines = (each.span for each in stretch.found if isinstance(each, Deadline))
    taken = sorted((clean.offset(span.start), clean.offset(span.end - 1) + 1) for span in deadlines)
    previous_end, subject = start, ""
    for found in _NUMBER.finditer(text, start, end):
        before = bisect_right(taken, found.start(), key=itemgetter(0))
        low = max(start, taken[before - 1][1]) if before else start
        if found.start() < max(previous_end, low) or found.end() - found.start() > _LONGEST_NUMBER:
            continue
        near = subject and found.start() - previous_end <= _LONGEST_SUBJECT
        goes_on = near and _GOES_ON.fullmatch(text, previous_end, found.start())
        for target, stop in _targets_at(clean, found, low, end, lexicon, asked):
            previous_end, subject = stop, subject if goes_on else target.subject
            if before and not _AROUND_A_NAME.sub("", subject):
                # 覆盖率到2026年分别达到80%: the indicator's name stands in front of the time.
                clause = _clause_start(text, start, taken[before - 1][0])
                subject = clean.said(clause, taken[bisect_left(taken, (clause, 0))][0]) or subject
            yield structs.replace(target, subject=_AROUND_A_NAME.sub("", subject) or subject)
    yield from _doublings(clean, start, end)
    yield from _small_numbers(stretch, taken, _AROUND_A_NAME.sub("", subject))


def bare_value(clean: Clean, start: int, end: int, asked: str, measure: str) -> Target | None:
    """The target of a cell that holds a number alone (8以上, ≥3, 835); the column or the row states its unit."""
    found = _VALUE.fullmatch(clean.folded, start, end)
    if found is None:
        return None
    op = _BEFORE_VALUE.get(found["before"]) or _BEHIND_VALUE.get(found["behind"], "=")
    value = float(found["number"].replace(",", ""))
    said = clean.said(start, end)
    return Target(asked[:_LONGEST_SUBJECT], op, value, measure, said, rule="column", span=clean.span(start, end))


def _doublings(clean: Clean, start: int, end: int) -> Iterator[Target]:
    """企业数量翻一番: twice as many; 翻两番: four times."""
    for found in _DOUBLING.finditer(clean.folded, start, end):
        low = _clause_start(clean.folded, start, found.start())
        subject = _AROUND_A_NAME.sub("", clean.said(max(low, found.start() - _LONGEST_SUBJECT), found.start()))
        said, span = clean.said(low, found.end()), clean.span(low, found.end())
        yield Target(subject, "=", _TIMES[found["times"]], "倍", said, rule="doubling", span=span)


def _targets_at(
    clean: Clean, found: re.Match[str], start: int, end: int, lexicon: Lexicon, asked: str
) -> Iterator[tuple[Target, int]]:
    text = clean.folded
    second = _SECOND.match(text, found.end(), end)
    after_number = second.end() if second else found.end()
    measure = measure_at(text, after_number, end, lexicon)
    if measure is None:
        yield from _without_unit(clean, found, start, end, lexicon)
        return
    behind = lexicon["op_after"].match(text, measure.end, min(end, measure.end + 10))
    stop = behind[1].end() if behind else measure.end
    clause = _clause_start(text, start, found.start())
    before = _operator_before(text, clause, found.start(), lexicon)
    aimed = (
        before is not None and before[2] != "reach" and lexicon["verb"].search(text, clause, found.start()) is not None
    )
    if _is_policy(text, clause, found.start(), stop, aimed, lexicon):
        return
    if measure.is_count and not asked and not _is_aim(text, clause, found, measure, before, stop, lexicon):
        return
    op, rule = _operator(before, behind[0].value if behind else None)
    if measure.more and op == "=":
        op = ">"
    named_until = found.start()
    if before is not None and not text.startswith(_NAME_ENDS, before[1]):
        named_until = before[1]
    subject, until = asked[:_LONGEST_SUBJECT], stop
    if not asked or len(clean.said(clause, named_until)) > 1:
        subject = _subject(clean, clause, named_until, stop, start, end)
        if measure.is_count and lexicon["verb"].whole(subject) is not None:
            counted = _counted(text, stop, end)
            subject, until = clean.said(stop, counted) or subject, counted
    low = max(clause, found.start() - _LONGEST_SUBJECT)
    values = [(float(found.group().replace(",", "")), op)]
    if second:
        values = [(values[0][0], ">="), (float(second.group(1)), "<=")]
    for value, operator in values:
        said, span = clean.said(low, until), clean.span(low, until)
        yield Target(subject, operator, value, measure.unit, said, rule=rule, span=span), stop


def _counted(text: str, stop: int, end: int) -> int:
    """Where the words end that say what is counted: 培育5家百亿级龙头企业."""
    found = _NOUN.match(text, stop, min(end, stop + _LONGEST_SUBJECT))
    return found.end() if found else stop


def _small_numbers(stretch: Stretch, taken: Sequence[tuple[int, int]], last: str) -> Iterator[Target]:
    """选取至少一个, 打造两家以上, 减至半个月: numbers in Chinese, where the words at them make them targets.

    `taken` are the places of deadlines, `last` what the last number in digits was about (减至1个月、半个月).
    """
    clean, start, end, lexicon = stretch.text, stretch.start, stretch.end, stretch.lexicon
    text = clean.folded
    for rule, match in lexicon["small_number"].scan(text, start, end):
        before = bisect_right(taken, match.start(), key=itemgetter(0))
        if before and match.start("n") < taken[before - 1][1]:
            continue
        said = match.groupdict()
        low = _clause_start(text, start, match.start())
        behind = _SUBJECT.search(text, match.end(), min(end, match.end() + _LONGEST_SUBJECT))
        if behind is not None and _is_condition(text, low, behind):
            continue
        if lexicon["blocker"].search(text, low, min(end, match.end() + _BARE_LENGTH)) is not None:
            continue
        value = 0.5 if said["n"] == "半" else float(number_in(said["n"]) or 0)
        op: Operator = "<=" if said.get("behind") else _OPS[rule.value]
        stop = _counted(text, match.end(), end)
        subject = clean.said(match.end(), stop) or clean.said(low, match.start()) or last
        words, span = clean.said(low, stop), clean.span(low, stop)
        yield Target(subject, op, value, said["unit"] or "", words, rule=rule.id, span=span)


def _without_unit(
    clean: Clean, found: re.Match[str], start: int, end: int, lexicon: Lexicon
) -> Iterator[tuple[Target, int]]:
    """A coefficient or ratio: 灌溉水利用系数提高到0.58以上, 容积率不低于1.2."""
    text = clean.folded
    clause = _clause_start(text, start, found.start())
    before = _operator_before(text, clause, found.start(), lexicon)
    bounded = _BARE.match(text, found.end(), end)
    if before is None or bounded is None or "." not in found.group() or before[1] - clause < 2:
        return
    behind = lexicon["op_after"].match(text, found.end(), end)
    stop = behind[1].end() if behind else found.end()
    op, rule = _operator(before, behind[0].value if behind else None)
    said, span = clean.said(clause, stop), clean.span(clause, stop)
    yield Target(clean.said(clause, before[1]), op, float(found.group()), "", said, rule=rule, span=span), stop


def _clause_start(text: str, start: int, position: int) -> int:
    low = max(start, position - 80)
    return low + max((m.end() for m in _CLAUSE.finditer(text[low:position])), default=0)


def _operator_before(text: str, clause: int, position: int, lexicon: Lexicon) -> tuple[str, int, str] | None:
    """The operator words right in front of the number: (operator, where they begin, rule)."""
    period = _PER_PERIOD.search(text, max(clause, position - 8), position)
    end = period.start() if period else position
    for low in range(max(clause, end - 8), end):
        found = lexicon["op_before"].whole(text[low:end])
        if found:
            return found.value, low, found.id
    return None


def _operator(before: tuple[str, int, str] | None, behind: str | None) -> tuple[Operator, str]:
    if before is not None and before[0] != "=" and not (behind == "=" and before[2] in _STEADY):
        # 下降至35以下, 不超过: the words in front win; 降低到N以上 does not occur.
        return _OPS[before[0]], before[2]
    if behind is not None:
        return _OPS[behind], "quantity"
    return "=", before[2] if before else "quantity"


def _is_aim(
    text: str,
    clause: int,
    found: re.Match[str],
    unit: UnitOfMeasure,
    before: tuple[str, int, str] | None,
    stop: int,
    lexicon: Lexicon,
) -> bool:
    """Whether a bare count says what must be reached and not what there is; its words end at `stop`."""
    bounded = stop > unit.end
    together = before is not None and _all_together(text, clause, found.start(), lexicon)
    if unit.kind == "level" and (before is None or not _BARE.match(text, stop)):
        return False
    if not together and _ADJECTIVE.match(text, unit.end) and not before:
        return False
    together_with = lexicon["members"].match(text, stop) is not None
    if (unit.unit in ("类", "种") or together_with) and lexicon["summed"].ending(
        text, max(clause, found.start() - 4), found.start()
    ):
        return False
    if bounded and lexicon["how_many"].ending(text, max(clause, found.start() - 8), found.start()):
        return False
    if _describes(text, clause, found.start(), before, lexicon):
        return False
    if _COUNT_OF_TIMES.match(unit.unit) and not (before or (bounded and text[unit.end] != "内")):
        return False
    if before is not None and before[2] != "reach":
        return True
    if bounded and _TELLS_WHICH.match(text, stop):
        return False
    first = max(0, clause - 80)
    sentence = max(first, *(text.rfind(mark, first, found.start()) + 1 for mark in "，。；：\n"))
    if bounded or before is not None or lexicon["verb"].search(text, sentence, found.start()) is not None:
        return True
    # 送戏下乡160场、公益电影放映2400场: a clause that ends in its number says how much, unless it says what there is.
    ends = unit.end == len(text) or text[unit.end] in "，。；、\n"
    return ends and found.start() - clause >= 2 and not _WHAT_THERE_IS.search(text, sentence, found.start())


def _all_together(text: str, clause: int, position: int, lexicon: Lexicon) -> bool:
    """Whether a number is a sum: 总计达600TB的数据集 says how much, where 达600TB的 would say which."""
    return lexicon["all_together"].ending(text, max(clause, position - 8), position) is not None


def _describes(text: str, clause: int, position: int, before: tuple[str, int, str] | None, lexicon: Lexicon) -> bool:
    """Whether the number measures a site (用地面积90亩), or says what there is (目前已有20张) or who is preferred."""
    site = lexicon["site"].ending(text, max(clause, position - 10), position)
    if before is None and (text[position - 1] == "其" or site is not None):
        return True
    first = max(0, clause - 60)
    sentence = max(first, *(text.rfind(mark, first, position) + 1 for mark in "。；\n"))
    now = [match.end() for _, match in lexicon["what_there_is"].scan(text, sentence, position)]
    return bool(now) and lexicon["what_is_to_come"].search(text, now[-1], position) is None


def _is_policy(text: str, clause: int, position: int, stop: int, aimed: bool, lexicon: Lexicon) -> bool:
    """Whether the number is a condition or a sum to be paid: 补助最高不超过300万元, 达到100人的企业."""
    sentence = max(text.rfind(mark, max(0, clause - 60), clause) for mark in "。；\n")
    behind = _SUBJECT.search(text, stop, stop + _LONGEST_CLAUSE)
    if lexicon["blocker"].search(
        text, max(sentence + 1, clause - 24), min(behind.start() if behind else stop, stop + 16)
    ):
        return True
    if behind is not None and behind.start() > stop and _is_condition(text, clause, behind):
        return True
    if text[position - 1 : position] in ("对", "凡") and text[stop - 2 : stop] in ("以上", "以下"):
        return True
    if text[clause : clause + 1] in ("对", "凡") and text[stop : stop + 1] == "的":
        return True
    was = lexicon["old_value"].ending(text, max(clause, position - 10), position)
    if was is not None and _COMES_DOWN.match(text, stop):
        return True
    if _is_set(text, clause, position, lexicon):
        return True
    if _SIZE_OF_WHAT.match(text, stop):
        return True
    if _all_together(text, clause, position, lexicon):
        return False
    if text[stop : stop + 1] != "的" or text[stop : stop + 3] in ("的目标", "的要求", "的任务"):
        return False
    if behind is not None and behind.group() == "，" and _is_paid(text, behind.end(), lexicon):
        return True
    if _TELLS_WHICH.match(text, stop):  # 突破10亿元的企业5家 says which, and then how many.
        return True
    # 组建20人以上的应急队 says how many, 5000平方米以上的商场 which.
    return not aimed and lexicon["verb"].ending(text, max(clause, position - 4), position) is None


def _is_condition(text: str, clause: int, behind: re.Match[str]) -> bool:
    """Whether a clause says when or for whom the next holds: 个贷率达到85%的，… 当个贷率达到85%时，…."""
    last = text[behind.start() - 1]
    return behind.group() == "，" and (last == "的" or (last in "时后" and text[clause] in "当如若在待"))


def _is_set(text: str, clause: int, position: int, lexicon: Lexicon) -> bool:
    """Whether the number is what a rule sets: 首付款比例不低于15%."""
    term = lexicon["policy_term"].search(text, clause, position)
    if term is None:
        return False
    return term[0].value == "always" or lexicon["what_is_to_come"].search(text, clause, position) is None


def _is_paid(text: str, position: int, lexicon: Lexicon) -> bool:
    """Whether the clause behind says what those get who reach it: 突破20亿元的制造业企业，一次性奖励50万元."""
    behind = _SUBJECT.search(text, position, position + _LONGEST_CLAUSE)
    return lexicon["blocker"].search(text, position, behind.start() if behind else position) is not None


def _subject(clean: Clean, clause: int, position: int, stop: int, start: int, end: int) -> str:
    """The indicator's name: the clause in front of the operator; else the words behind; else the clause before."""
    text = clean.folded
    while clause < position and text[clause] in "前，、：":
        clause += 1
    if position - clause >= 2:
        return clean.said(max(clause, position - _LONGEST_SUBJECT), position)
    behind = _SUBJECT.search(text, stop, min(end, stop + _LONGEST_SUBJECT))
    following = clean.said(stop, min(behind.start() if behind else end, stop + _LONGEST_SUBJECT))
    if len(following) >= 2:
        return following
    low = max(start, clause - _LONGEST_SUBJECT - 2)
    cut = max((m.end() for m in _SUBJECT.finditer(text[low : max(low, clause - 1)])), default=0)
    return clean.said(low + cut, clause).strip("，。；：、")


TARGET = FactKind(
    Target,
    find_targets,
    plural="targets",
    zh="指标",
    en="Target",
    edge=FactEdge("aims_at", "指标", "aims at"),
    look=Look("#00694F", "#e3f3ee", "#6fcfb2", "#15312a", "dotted", 3),
    plain=False,
)
