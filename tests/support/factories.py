"""Plans made to measure: short builders that write a page's text and the records that say what stands where.

    source, plan = a_plan(
        "对重点品种开展抽检",                            # a bare task: 农业农村局 is responsible
        a_task("推广明厨亮灶", lead=["食药监分局"], support=["住建局（交通运输局）"], by={"12月底前": "2021-12-31"}),
        a_section("抽检", a_task("完成抽检"), a_milestone("年底前完成", by={"年底前": "2021-12-31"}, about=0)),
        number="焦示食安〔2021〕1号", region="焦作市示范区", issued_on="2021-05-24")

Every span is right: `fact.span.of(source.text)` is the fact's words. Words of a fact that the text does not hold are
appended to it. `resolve` and `reader` stand in for ingest.resolution.resolve and ingest.parse.parse_plan.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterable, Sequence
from typing import Literal, Unpack

from ingest.identity import SectionKey, plan_id, section_ids, unit_id
from ingest.model import Coverage, Doubt, Header, Level, Mention, Plan, Region, Resolution, Role, Source, Unit
from tests.support.factory_page import Cited, FactWords, MilestoneSpec, Page, SectionSpec, TaskSpec


def a_task(
    text: str,
    *,
    lead: Sequence[str] = (),
    support: Sequence[str] = (),
    responsible: Sequence[str] = (),
    people: Sequence[str] = (),
    prefix: str = "",
    **facts: Unpack[FactWords],
) -> TaskSpec:
    """A task with units by role as they are written, `住建局（交通运输局）` with a hat. Nobody named: no unit."""
    units: dict[Role, Sequence[str]] = {"lead": lead, "support": support, "responsible": responsible}
    return TaskSpec(text, {role: named for role, named in units.items() if named}, facts, people, prefix)


def a_milestone(text: str, *, about: int | None = None, **facts: Unpack[FactWords]) -> MilestoneSpec:
    """A progress clause (工作进度), about the section's task `about` (from 0), or about the item as a whole."""
    return MilestoneSpec(text, facts, about)


def a_section(title: str, *parts: str | TaskSpec | MilestoneSpec, number: str = "", level: int = 2) -> SectionSpec:
    """A section; without a number it is counted （一） （二） … through the plan."""
    return SectionSpec(title, number, level, [_task_of(part) if isinstance(part, str) else part for part in parts])


def a_plan(
    *parts: str | TaskSpec | SectionSpec,
    number: str | None = "焦示食安〔2021〕1号",
    region: str = "焦作市示范区",
    issued_on: str | None = "2021-05-24",
    title: str = "2021年示范区食品安全工作要点",
    issuer: str | None = "焦作市示范区食品安全委员会",
    level: Level | None = "县",
    above: tuple[tuple[Level, str], ...] = (("省", "河南省"), ("市", "焦作市")),
    cites: Sequence[Cited] = (),
    name: str = "plan.txt",
    doubts: tuple[Doubt, ...] = (),
) -> tuple[Source, Plan]:
    """A source and its plan. Tasks outside a section stand in a first section 重点任务; `cites` is the preamble's."""
    year = int(issued_on[:4]) if issued_on else None
    header = Header(title, number, issuer, (), issued_on, year, Region(region, level, above))
    page, plan = Page(), plan_id(header)
    page.write(f"{number or ''}\n{title}\n")
    citations = page.cite({"cites": cites} if cites else {})
    sections = _sections(parts)
    ids = section_ids(plan, [SectionKey(each.number, each.title, each.level, None) for each in sections])
    for section, section_id in zip(sections, ids, strict=True):
        page.add(section, section_id)
    coverage = Coverage(page.consumed, page.consumed)
    facts = (tuple(page.sections), tuple(page.tasks), tuple(page.milestones), citations)
    return a_source(page.text, name), Plan(plan, header, *facts, doubts, coverage)


def a_source(text: str, name: str = "plan.txt", media: str = "text/plain", data: bytes | None = None) -> Source:
    """A source; its bytes are the text in UTF-8 unless others are given."""
    content = text.encode() if data is None else data
    return Source(name, media, content, hashlib.sha256(content).hexdigest(), text)


def reader(pairs: Iterable[tuple[Source, Plan]]) -> Callable[[Source], Plan]:
    """A stand-in for parse_plan: the plan that was built together with the source's text."""
    plans = {source.text: plan for source, plan in pairs}
    return lambda source: plans[source.text]


def resolve(plan: Plan) -> Resolution:
    """A stand-in for ingest.resolution.resolve: a leading 省 or 市 names the region above, 各… and 相关… are
    collectives."""
    units: dict[str, Unit] = {}
    unit_ids: dict[int, str] = {}
    for task in plan.tasks:
        for assignment in task.assignments:
            unit = _unit_of(assignment.mention, plan.header.region)
            names = {*unit.names, *(units[unit.id].names if unit.id in units else ())}
            units[unit.id] = Unit(unit.id, unit.name, unit.kind, unit.level, unit.region, tuple(sorted(names)))
            unit_ids[assignment.mention.span.start] = unit.id
    return Resolution(tuple(units.values()), unit_ids)


def some_plans(count: int, seed: int = 1, tasks: int = 40) -> list[tuple[Source, Plan]]:
    """Many plans of `tasks` tasks each, recombined from sentences with a seed; each has a number of its own."""
    chance = random.Random(seed)
    return [_some_plan(chance, nth, tasks) for nth in range(1, count + 1)]


_SUBJECTS = ["校园食品安全", "农产品抽检", "冷链物流", "明厨亮灶", "农药减量", "应急演练", "信用体系", "粮食收储"]
_VERBS = ["扎实推进", "持续开展", "全面加强", "依法规范", "组织实施", "健全完善", "严格落实", "统筹做好"]
_ENDS = ["风险隐患排查整治", "标准化建设", "信息归集共享", "监督检查和考核", "培训教育和宣传", "全链条追溯体系建设"]
_UNITS = [
    *("区食药监分局", "农业农村局", "住建局（交通运输局）", "卫生健康委", "公安分局", "教育局", "发改委（商务局）"),
    *("市农业农村局", "科技局", "工信局", "民政局", "司法分局", "宣传部", "财政局", "各乡镇（街道）", "相关部门"),
]
_CITED: list[Cited] = ["民法典", "中华人民共和国食品安全法", ("深化改革加强食品安全工作的意见", "中发〔2019〕17号")]


def _some_plan(chance: random.Random, nth: int, tasks: int) -> tuple[Source, Plan]:
    year = 2015 + nth % 10
    sections = []
    for first in range(0, tasks, 4):
        parts = [_some_task(chance, year, place) for place in range(first, min(first + 4, tasks))]
        clause = a_milestone(f"11月底前完成第{first}阶段工作", by={"11月底前": f"{year}-11-30"}, about=0)
        sections.append(a_section(chance.choice(_SUBJECTS) + chance.choice(_ENDS), *parts, clause))
    return a_plan(
        *sections,
        number=f"{nth % 50}办〔{year}〕{nth}号",
        title=f"{year}年第{nth}号工作要点",
        issued_on=f"{year}-03-01",
        region=f"第{nth % 50}区",
    )


def _some_task(chance: random.Random, year: int, place: int) -> TaskSpec:
    text = "，".join(chance.choice(_VERBS) + chance.choice(_SUBJECTS) + chance.choice(_ENDS) for _ in range(3))
    units = chance.sample(_UNITS, 3)
    facts: FactWords = {}
    if chance.random() < 0.4:
        month = chance.randint(1, 9)
        facts["by"] = {f"{year}年{month}月20日前": f"{year}-{month:02}-20"}
    if chance.random() < 0.3:
        facts["cites"] = [chance.choice(_CITED)]
    if chance.random() < 0.3:
        facts["targets"] = {"覆盖率达到95%以上": ("覆盖率", 95.0, "%")}
    return a_task(f"{text}（{place}）", lead=units[:1], support=units[1:], **facts)


def _task_of(text: str) -> TaskSpec:
    return a_task(text, responsible=["农业农村局"])


def _sections(parts: Sequence[str | TaskSpec | SectionSpec]) -> list[SectionSpec]:
    named = [part for part in parts if isinstance(part, SectionSpec)]
    loose = [part for part in parts if not isinstance(part, SectionSpec)]
    sections = ([a_section("重点任务", *loose)] if loose else []) + named
    return [
        SectionSpec(each.title, each.number or f"（{_chinese(nth)}）", each.level, each.parts)
        for nth, each in enumerate(sections, 1)
    ]


def _chinese(number: int) -> str:
    """7 as 七, 12 as 十二, 105 as 一百零五."""
    digits = "零一二三四五六七八九"
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    head = f"{digits[hundreds]}百" if hundreds else ""
    middle = (digits[tens] if tens > 1 or hundreds else "") + "十" if tens else ("零" if hundreds and ones else "")
    return head + middle + (digits[ones] if ones else "")


def _unit_of(mention: Mention, region: Region) -> Unit:
    bare = mention.text.removesuffix(f"（{mention.hat}）") if mention.hat else mention.text
    prefix = bare[0] if bare[0] in "省市区县" else mention.prefix
    name = bare.removeprefix(prefix)
    above: dict[str, tuple[Level, str]] = {each[0]: each for each in region.above}
    level, place = above.get(prefix, (region.level, region.name))
    collective = name.startswith(("各", "相关", "有关")) or name.endswith("成员单位")
    kind: Literal["organization", "collective"] = "collective" if collective else "organization"
    return Unit(unit_id(place, name), name, kind, level, place, (mention.text,))
