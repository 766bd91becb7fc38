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
_CLAUSE = re.compile(r"[，。；：、\n]")
_SUBJECT = re.compile(r"[，。；：\n]")
_TIMES_DONE = ("次", "期", "轮次", "轮", "分钟", "小时", "天", "个月")
"""Units of how often or how long, which are targets only where words at the number say so."""
_OPS: dict[str, Operator] = {">=": ">=", "<=": "<=", ">": ">", "<": "<", "=": "="}
_BEFORE_VALUE: dict[str | None, Operator] = {
    **dict.fromkeys(("≥", "≧", "不低于", "不少于"), ">="), **dict.fromkeys(("≤", "≦", "不高于", "不超过"), "<="),
    **dict.fromkeys((">", "＞", "超过"), ">"), **dict.fromkeys(("<", "＜"), "<"),
}  # fmt: skip
_BEHIND_VALUE: dict[str | None, Operator] = {"以上": ">=", "及以上": ">=", "以内": "<=", "以下": "<=", "及以下": "<="}
_STEADY = ("at-least", "at-most")
"""Words that 左右 behind the number makes a level of: 保持在75%左右."""
_NAME_ENDS = ("率", "比例", "占比", "比重", "覆盖")
"""Operators that are the end of the indicator's name too: 网上可办率100%."""
_TIMES = {"一": 2.0, "两": 4.0, "二": 4.0, "三": 8.0}
_BARE_LENGTH = 16
_BOUNDS = ("及以上", "以上", "及以下", "以下", "以内", "左右")
"""Words that may stand between a quantity and the end of its clause."""
_LONGEST_SUBJECT = 40
"""Characters of a subject; a longer clause is cut to its end."""
_SHORT_NAME = 2
"""Characters of what is no indicator's name of its own: 二套不低于30%."""
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
        goes_on = near and lexicon["goes_on"].ending(text, previous_end, found.start())
        begun = previous_end
        for target, stop in _targets_at(clean, found, low, end, lexicon, asked):
            previous_end, subject = stop, subject if goes_on and goes_on[1] == begun else target.subject
            if before and not _bare_name(subject, lexicon):
                # 覆盖率到2026年分别达到80%: the indicator's name stands in front of the time.
                clause = _clause_start(text, start, taken[before - 1][0])
                subject = clean.said(clause, taken[bisect_left(taken, (clause, 0))][0]) or subject
            yield structs.replace(target, subject=_bare_name(subject, lexicon) or subject)
    yield from _doublings(clean, start, end, lexicon)
    yield from _small_numbers(stretch, taken, _bare_name(subject, lexicon))


def bare_value(stretch: Stretch, asked: str, measure: str) -> Target | None:
    """The target of a cell that holds a number alone (8以上, ≥3, 835); the column or the row states its unit."""
    clean, start, end = stretch.text, stretch.start, stretch.end
    matched = stretch.lexicon["bare_value"].match(clean.folded, start, end)
    if matched is None or matched[1].end() < end:
        return None
    found = matched[1]
    op = _BEFORE_VALUE.get(found["before"]) or _BEHIND_VALUE.get(found["behind"], "=")
    value = float(found["number"].replace(",", ""))
    said = clean.said(start, end)
    return Target(asked[:_LONGEST_SUBJECT], op, value, measure, said, rule="column", span=clean.span(start, end))


def _doublings(clean: Clean, start: int, end: int, lexicon: Lexicon) -> Iterator[Target]:
    """企业数量翻一番: twice as many; 翻两番: four times."""
    for rule, found in lexicon["doubling"].scan(clean.folded, start, end):
        low = _clause_start(clean.folded, start, found.start())
        subject = _bare_name(clean.said(max(low, found.start() - _LONGEST_SUBJECT), found.start()), lexicon)
        said, span = clean.said(low, found.end()), clean.span(low, found.end())
        yield Target(subject, "=", _TIMES[found["times"]], "倍", said, rule=rule.id, span=span)


def _targets_at(
    clean: Clean, found: re.Match[str], start: int, end: int, lexicon: Lexicon, asked: str
) -> Iterator[tuple[Target, int]]:
    text = clean.folded
    second = lexicon["second_number"].match(text, found.end(), end)
    after_number = second[1].end() if second else found.end()
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
            counted = _counted(text, stop, end, lexicon)
            subject, until = clean.said(stop, counted) or subject, counted
    low = max(clause, found.start() - _LONGEST_SUBJECT)
    values = [(float(found.group().replace(",", "")), op)]
    if second:
        values = [(values[0][0], ">="), (float(second[1]["to"]), "<=")]
    for value, operator in values:
        said, span = clean.said(low, until), clean.span(low, until)
        yield Target(subject, operator, value, measure.unit, said, rule=rule, span=span), stop


def _counted(text: str, stop: int, end: int, lexicon: Lexicon) -> int:
    """Where the words end that say what is counted: 培育5家百亿级龙头企业."""
    found = lexicon["counted_noun"].match(text, stop, min(end, stop + _LONGEST_SUBJECT))
    return found[1].end() if found else stop


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
        stop = _counted(text, match.end(), end, lexicon)
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
    if before is None or not _ends_clause(text, found.end(), end) or "." not in found.group() or before[1] - clause < 2:
        return
    behind = lexicon["op_after"].match(text, found.end(), end)
    stop = behind[1].end() if behind else found.end()
    op, rule = _operator(before, behind[0].value if behind else None)
    said, span = clean.said(clause, stop), clean.span(clause, stop)
    yield Target(clean.said(clause, before[1]), op, float(found.group()), "", said, rule=rule, span=span), stop


def _ends_clause(text: str, position: int, end: int) -> bool:
    """Whether a quantity that ends at `position` ends its clause, but for 以上, （以上 and the like."""
    position += text.startswith("（以", position) or text.startswith("（及", position)
    position += next((len(bound) for bound in _BOUNDS if text.startswith(bound, position)), 0)
    return position >= end or text[position] in "，。；、\n"


def _bare_name(subject: str, lexicon: Lexicon) -> str:
    """An indicator's name without what stands round it: 其中网上可办率均 is 网上可办率."""
    before = lexicon["before_name"].match(subject)
    start = before[1].end() if before else 0
    behind = lexicon["behind_name"].ending(subject, start, len(subject))
    return subject[start : behind[1] if behind else len(subject)]


def _clause_start(text: str, start: int, position: int) -> int:
    low = max(start, position - 80)
    return low + max((m.end() for m in _CLAUSE.finditer(text[low:position])), default=0)


def _operator_before(text: str, clause: int, position: int, lexicon: Lexicon) -> tuple[str, int, str] | None:
    """The operator words right in front of the number: (operator, where they begin, rule)."""
    period = lexicon["per_period"].ending(text, max(clause, position - 8), position)
    end = period[1] if period else position
    found = lexicon["op_before"].ending(text, max(clause, end - 8), end)
    return (found[0].value, found[1], found[0].id) if found else None


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
    if unit.kind == "level" and (before is None or not _ends_clause(text, stop, len(text))):
        return False
    if not together and lexicon["adjective"].match(text, unit.end) and not before:
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
    if unit.unit in _TIMES_DONE and not (before or (bounded and text[unit.end] != "内")):
        return False
    if before is not None and before[2] != "reach":
        return True
    if bounded and lexicon["tells_which"].match(text, stop):
        return False
    first = max(0, clause - 80)
    sentence = max(first, *(text.rfind(mark, first, found.start()) + 1 for mark in "，。；：\n"))
    if bounded or before is not None or lexicon["verb"].search(text, sentence, found.start()) is not None:
        return True
    # 送戏下乡160场、公益电影放映2400场: a clause that ends in its number says how much, unless it says what there is.
    ends = unit.end == len(text) or text[unit.end] in "，。；、\n"
    return ends and found.start() - clause >= 2 and lexicon["there_is"].search(text, sentence, found.start()) is None


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
    if was is not None and lexicon["comes_down"].match(text, stop):
        return True
    if _is_set(text, clause, position, lexicon) or lexicon["size_of_what"].match(text, stop):
        return True
    if _all_together(text, clause, position, lexicon):
        return False
    if text[stop : stop + 1] != "的" or text[stop : stop + 3] in ("的目标", "的要求", "的任务"):
        return False
    if behind is not None and behind.group() == "，" and _is_paid(text, behind.end(), lexicon):
        return True
    if lexicon["tells_which"].match(text, stop):  # 突破10亿元的企业5家 says which, and then how many.
        return True
    # 组建20人以上的应急队 says how many, 5000平方米以上的商场 which.
    return not aimed and lexicon["verb"].ending(text, max(clause, position - 4), position) is None


def _is_condition(text: str, clause: int, behind: re.Match[str]) -> bool:
    """Whether a clause says when or for whom the next holds: 个贷率达到85%的，… 当个贷率达到85%时，…."""
    last = text[behind.start() - 1]
    return behind.group() == "，" and (last == "的" or (last in "时后" and text[clause] in "当如若在待"))


def _is_set(text: str, clause: int, position: int, lexicon: Lexicon) -> bool:
    """Whether the number is what a rule sets: 首付款比例不低于15%, and behind a comma 二套不低于30%; but not what is
    said of those for whom it is set (首付20%的购房者占比达到50%)."""
    of_whom = [found.end() for _, found in lexicon["of_whom"].scan(text, clause, position)]
    low = of_whom[-1] if of_whom else clause
    before = _operator_before(text, clause, position, lexicon)
    if not of_whom and (before[1] if before else position) - clause <= _SHORT_NAME:
        sentence = max(text.rfind(mark, max(0, clause - _LONGEST_CLAUSE), clause) for mark in "。；\n") + 1
        marks = [text.rfind(mark, 0, max(clause - 1, 0)) + 1 for mark in "，：、"]
        low = max(sentence, *marks, clause - _LONGEST_SUBJECT)
    term = lexicon["policy_term"].search(text, low, position)
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
