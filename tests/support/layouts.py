"""Layouts of plans (版式): facts → the paragraphs and tables that state them, as offices set them out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from hypothesis import strategies as st

from ingest.model import Role
from tests.support.layout_facts import Facts, Item, Who, Work, some_facts


@dataclass(frozen=True)
class Paragraph:
    """A paragraph and how it is set."""

    text: str
    place: Literal["left", "centre", "right"] = "left"


@dataclass(frozen=True)
class Cell:
    """A table cell over some rows and columns; its text may have line breaks."""

    text: str
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class Table:
    """Rows of cells; None is covered by a merged cell. The first `header` rows head the columns."""

    rows: tuple[tuple[Cell | None, ...], ...]
    header: int


Block = Paragraph | Table
Stated = tuple[str, Work]
"""A section's number as written, and a task that stands in it."""


@dataclass(frozen=True)
class Written:
    """A plan as it is set, and what a reader finds in it."""

    blocks: tuple[Block, ...]
    stated: tuple[Stated, ...]


Draw = st.DrawFn
Layout = Callable[[Facts, Draw], Written]

_NUMERALS = "一二三四五六七八九十"
_ROLE_WORDS: dict[Role, list[str]] = {
    "lead": ["牵头", "牵头负责"],
    "responsible": ["按职责分工负责", "负责", "分别负责"],
    "support": ["配合", "等配合", "协助", "参与"],
}
_LABELS: dict[Role, list[str]] = {
    "lead": ["牵头单位", "主责单位", "牵头部门"],
    "responsible": ["责任单位", "责任部门", "落实单位"],
    "support": ["配合单位", "协办单位", "参与单位"],
}


_AIM = (
    "坚持以习近平新时代中国特色社会主义思想为指导，聚焦市场主体关切，着力解决企业和群众反映强烈的突出问题，"
    "推动全市营商环境持续改善，为高质量发展提供有力支撑。坚持问题导向、目标导向，突出重点、分类施策，对照先进地区找差距、"
    "补短板，加快打造市场化、法治化、国际化一流营商环境，让市场主体和人民群众有更多获得感。"
)

# -- statements


def _clauses(work: Work, draw: Draw) -> str:
    """`A牵头，B、C按职责分工负责，D配合`; units that are all responsible may stand alone."""
    roles = work.by_role()
    if list(roles) == ["responsible"] and draw(st.booleans()):
        return "、".join(roles["responsible"])
    said = "，".join("、".join(units) + draw(st.sampled_from(_ROLE_WORDS[role])) for role, units in roles.items())
    return f"由{said}" if draw(st.booleans()) else said


def _labels(work: Work, draw: Draw) -> list[str]:
    """`牵头单位：A`, `配合单位：B、C`, `责任领导：…`, `完成时限：…`."""
    apart = draw(st.sampled_from("、、，"))
    fields = [f"{draw(st.sampled_from(_LABELS[role]))}：{apart.join(units)}" for role, units in work.by_role().items()]
    if work.people:
        fields.append(f"责任领导：{'、'.join(work.people)}")
    if work.time:
        fields.append(f"{draw(st.sampled_from(['完成时限', '完成时间', '时间节点']))}：{work.time.words}")
    return fields


def _bracketed(work: Work, said: str, draw: Draw, brackets: str = "（）") -> str:
    """The task with its statement in brackets behind its 。 or before it."""
    if draw(st.booleans()):
        return f"{work.text}{brackets[0]}{said}{brackets[1]}"
    return f"{work.text[:-1]}{brackets[0]}{said}{brackets[1]}。"


def _clauses_only(work: Work) -> Work:
    return replace(work, time=None, people=())


def _without_people(work: Work) -> Work:
    return replace(work, people=())


# -- the plan around them


def _framed(facts: Facts, body: list[Block]) -> tuple[Block, ...]:
    """Number and title above, signature and date below (GB/T 9704-2012)."""
    year, month, day = map(int, facts.issued_on.split("-"))
    above: list[Block] = [Paragraph(facts.number, "centre"), Paragraph(facts.title, "centre")]
    if facts.preamble:
        number = f"（{facts.preamble.number}）" if facts.preamble.number else ""
        above.append(Paragraph(f"为贯彻落实《{facts.preamble.title}》{number}，结合我市实际，制定本方案。"))
    above.append(Paragraph(_AIM))
    below: list[Block] = [Paragraph(facts.issuer, "right"), Paragraph(f"{year}年{month}月{day}日", "right")]
    return (*above, *body, *below)


Say = Callable[[Item], list[str]]
"""The paragraphs of an item's tasks."""


def _in_items(facts: Facts, draw: Draw, say: Say) -> Written:
    """一、 parts of （一） items; an item's title stands on a line of its own or is run in with its first task."""
    run_in = draw(st.booleans())
    body: list[Block] = []
    stated: list[Stated] = []
    for place, (title, items) in enumerate(facts.parts):
        body.append(Paragraph(f"{_NUMERALS[place]}、{title}"))
        for nth, item in enumerate(items):
            number = f"（{_NUMERALS[nth]}）"
            heading, lines = f"{number}{item.title}", say(item)
            lines = [f"{heading}。{lines[0]}", *lines[1:]] if run_in else [heading, *lines]
            body.extend(map(Paragraph, lines))
            stated.extend((number, work) for work in item.works)
    return Written(_framed(facts, body), tuple(stated))


def _with(facts: Facts, change: Callable[[Work], Work]) -> Facts:
    """The same plan with each task changed to what a layout can say of it."""
    return replace(
        facts,
        parts=tuple(
            (title, tuple(replace(item, works=tuple(map(change, item.works))) for item in items))
            for title, items in facts.parts
        ),
    )


# -- layouts


def brackets(facts: Facts, draw: Draw) -> Written:
    """（A牵头，B、C配合） at the end of each paragraph."""
    facts = _with(facts, _clauses_only)
    return _in_items(facts, draw, lambda item: [_bracketed(work, _clauses(work, draw), draw) for work in item.works])


def several_brackets(facts: Facts, draw: Draw) -> Written:
    """All tasks of an item in one paragraph, each with its bracket."""
    facts = _with(facts, _clauses_only)

    def say(item: Item) -> list[str]:
        return ["".join(_bracketed(work, _clauses(work, draw), draw) for work in item.works)]

    return _in_items(facts, draw, say)


def label_brackets(facts: Facts, draw: Draw) -> Written:
    """（责任单位：…；完成时限：…）."""
    return _in_items(
        facts, draw, lambda item: [_bracketed(work, "；".join(_labels(work, draw)), draw) for work in item.works]
    )


def label_lines(facts: Facts, draw: Draw) -> Written:
    """牵头单位：…, 完成时限：… on lines of their own below the task."""
    end = draw(st.sampled_from(["", "。"]))

    def say(item: Item) -> list[str]:
        return [
            line for work in item.works for line in (work.text, *(f"{field}{end}" for field in _labels(work, draw)))
        ]

    return _in_items(facts, draw, say)


def square_brackets(facts: Facts, draw: Draw) -> Written:
    """〔…〕, [ … ], 【…】 with labels or clauses."""
    around, labelled = draw(st.sampled_from(["〔〕", "[]", "【】", "［］"])), draw(st.booleans())

    def say(item: Item) -> list[str]:
        return [
            _bracketed(work, "；".join(_labels(work, draw)) if labelled else _clauses(work, draw), draw, around)
            for work in item.works
        ]

    return _in_items(facts if labelled else _with(facts, _clauses_only), draw, say)


def first_leads(facts: Facts, draw: Draw) -> Written:
    """（责任单位：A、B，列第一位者为牵头单位，下同）, later （责任单位：C、D）."""

    def listed(work: Work) -> Work:
        many = len(work.who) > 1
        who = [
            Who(each.written, each.hat, "lead" if many and not n else "responsible") for n, each in enumerate(work.who)
        ]
        return replace(work, who=tuple(who), time=None, people=())

    remark = draw(st.sampled_from(["，列第一位者为牵头单位，下同", "；排在第一位的部门为牵头部门，下同"]))
    label = draw(st.sampled_from(["责任单位：", ""]))
    said: list[str] = []

    def say(item: Item) -> list[str]:
        lines = []
        for work in item.works:
            said.append(label + "、".join(who.written for who in work.who) + ("" if said else remark))
            lines.append(_bracketed(work, said[-1], draw))
        return lines

    return _in_items(_with(facts, listed), draw, say)


def numbered(facts: Facts, draw: Draw) -> Written:
    """1. paragraphs, each one task of one sentence, under 一、 parts; numbers run on or begin anew."""
    facts = _with(facts, lambda work: replace(work, sentences=work.sentences[:1], time=None, people=()))
    mark, anew = draw(st.sampled_from([".", "、", "．"])), draw(st.booleans())
    body: list[Block] = []
    stated: list[Stated] = []
    nth = 0
    for place, (title, items) in enumerate(facts.parts):
        body.append(Paragraph(f"{_NUMERALS[place]}、{title}"))
        nth = 0 if anew else nth
        for work in (work for item in items for work in item.works):
            nth += 1
            body.append(Paragraph(f"{nth}{mark}{_bracketed(work, _clauses(work, draw), draw)}"))
            stated.append((f"{nth}{mark}", work))
    return Written(_framed(facts, body), tuple(stated))


def role_table(facts: Facts, draw: Draw) -> Written:
    """序号 | 类别 | 重点任务 | 牵头单位 | 责任单位 | 配合单位 | 完成时限: groups merged over rows, / for nobody."""
    facts = _with(facts, _without_people)
    table, stated = _role_table(facts, draw)
    return Written(_framed(facts, [table]), stated)


def _role_table(facts: Facts, draw: Draw) -> tuple[Table, tuple[Stated, ...]]:
    names = ["序号", "工作类别", "重点任务", "牵头单位", "责任单位", "配合单位", "完成时限"]
    none, apart = draw(st.sampled_from(["/", "无", "—", ""])), draw(st.sampled_from(["、", "\n", "、\n", "，"]))

    def listed(units: list[str]) -> str:
        # Where nothing but a line break parts names, it is their level that tells where the next one begins.
        levels = all(unit[0] in "省市区县" and unit[:2] != "市场" for unit in units[1:])
        plain = apart == "\n" and not levels
        return ("、\n" if plain else apart).join(units) or none

    rows: list[tuple[Cell | None, ...]] = [tuple(map(Cell, names))]
    stated: list[Stated] = []
    order: tuple[Role, ...] = ("lead", "responsible", "support")
    for item in facts.items:
        for place, work in enumerate(item.works):
            number = str(len(rows))
            units = [Cell(listed(work.by_role().get(role, []))) for role in order]
            time = Cell(work.time.words if work.time else none)
            group = None if place else Cell(item.title, rows=len(item.works))
            rows.append((Cell(number), group, Cell(work.text), *units, time))
            stated.append((number, work))
    return Table(tuple(rows), 1), tuple(stated)


def one_column_table(facts: Facts, draw: Draw) -> Written:
    """A header of two rows (任务分解: 类别 | 具体措施) and one 责任单位 column that says who leads."""
    facts = _with(facts, _without_people)
    upper = (Cell("序号", 2), Cell("任务分解", 1, 2), None, Cell("责任单位", 2), Cell("完成时限", 2))
    lower = (None, Cell("类别"), Cell("具体措施"), None, None)
    rows: list[tuple[Cell | None, ...]] = [upper, lower]
    stated: list[Stated] = []
    for item in facts.items:
        for place, work in enumerate(item.works):
            number = str(len(rows) - 1)
            group = None if place else Cell(item.title, rows=len(item.works))
            time = Cell(work.time.words if work.time else "/")
            rows.append((Cell(number), group, Cell(work.text), Cell(_clauses(work, draw)), time))
            stated.append((number, work))
    return Written(_framed(facts, [Table(tuple(rows), 2)]), tuple(stated))


def notice_and_annexes(facts: Facts, draw: Draw) -> Written:
    """A notice that carries the plan; its second part follows as a table in a second annex."""
    year, month, day = map(int, facts.issued_on.split("-"))
    last = facts.parts[1:]
    annexes = [f"附件：1.{facts.title}", "2.任务分解表"] if last else [f"附件：{facts.title}"]
    notice = [
        Paragraph(facts.number, "centre"),
        Paragraph(f"{facts.issuer}关于印发《{facts.title}》的通知", "centre"),
        Paragraph("各县（市、区）人民政府，市直各有关单位："),
        Paragraph(f"《{facts.title}》已经市政府同意，现印发给你们，请认真贯彻执行。"),
        *map(Paragraph, annexes),
        Paragraph(facts.issuer, "right"),
        Paragraph(f"{year}年{month}月{day}日", "right"),
        Paragraph("附件1" if last else "附件"),
        Paragraph(facts.title, "centre"),
    ]
    first = brackets(replace(facts, parts=facts.parts[:1], preamble=None), draw)
    if not last:
        return Written((*notice, *first.blocks[2:-2]), first.stated)
    table, rows = _role_table(_with(replace(facts, parts=last), _without_people), draw)
    annex: list[Block] = [Paragraph("附件2"), Paragraph("任务分解表", "centre"), table]
    return Written((*notice, *first.blocks[2:-2], *annex), (*first.stated, *rows))


@st.composite
def plans(draw: Draw, layout: Layout) -> tuple[Facts, Written]:
    """Facts, and the plan that states them in a layout."""
    facts = draw(some_facts())
    return facts, layout(facts, draw)


PROSE: dict[str, Layout] = {
    "brackets": brackets,
    "label-brackets": label_brackets,
    "label-lines": label_lines,
    "square-brackets": square_brackets,
    "several-brackets": several_brackets,
    "first-leads": first_leads,
    "numbered": numbered,
    "notice": notice_and_annexes,
}
TABLES: dict[str, Layout] = {"role-table": role_table, "one-column-table": one_column_table}
LAYOUTS = PROSE | TABLES
