"""Facts that a plan may state, drawn at random: the plan is written from them, so it is known what it says."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from ingest.model import CitationRole, DeadlineKind, Operator, Period, Role

YEAR = 2024


@dataclass(frozen=True)
class Who:
    """A unit as it is written, its second nameplate (加挂牌子), its role, and whether the role is said."""

    written: str
    hat: str | None
    role: Role
    stated: bool = True


@dataclass(frozen=True)
class When:
    """A deadline: its words and what they mean."""

    words: str
    kind: DeadlineKind
    due: str | None = None
    every: Period | None = None
    min_count: int | None = None


@dataclass(frozen=True)
class Aim:
    """A target: 农药利用率, >=, 40.8, %."""

    subject: str
    op: Operator
    value: float
    unit: str


@dataclass(frozen=True)
class Cited:
    """A cited document."""

    title: str
    number: str | None
    role: CitationRole


@dataclass(frozen=True)
class Sentence:
    """A sentence up to its 。 and the facts in it."""

    words: str
    facts: tuple[When | Aim | Cited, ...] = ()


@dataclass(frozen=True)
class Work:
    """A task: its sentences, who does it, the time and the people that its statement names."""

    sentences: tuple[Sentence, ...]
    who: tuple[Who, ...]
    time: When | None = None
    people: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The text that the statement governs."""
        return "".join(sentence.words for sentence in self.sentences)

    def by_role(self) -> dict[Role, list[str]]:
        """The units of each role, lead first; roles that nobody has are left out."""
        order: tuple[Role, ...] = ("lead", "responsible", "support")
        named = {role: [who.written for who in self.who if who.role == role] for role in order}
        return {role: units for role, units in named.items() if units}


@dataclass(frozen=True)
class Item:
    """（一） with its title and tasks."""

    title: str
    works: tuple[Work, ...]


@dataclass(frozen=True)
class Facts:
    """A whole plan: parts of items, and the document that its preamble cites."""

    title: str
    parts: tuple[tuple[str, tuple[Item, ...]], ...]
    preamble: Cited | None
    number: str = "平政办发〔2024〕8号"
    issuer: str = "平川市人民政府办公室"
    issued_on: str = "2024-03-05"

    @property
    def items(self) -> list[Item]:
        """All items in order."""
        return [item for _, items in self.parts for item in items]

    @property
    def works(self) -> list[Work]:
        """All tasks in order."""
        return [work for item in self.items for work in item.works]


_UNITS: dict[str, str | None] = {
    **dict.fromkeys(
        [
            *("省委组织部", "市委宣传部", "市委网信办", "省发展改革委", "省人力资源社会保障厅", "市市场监管局"),
            *("市场监管局", "区卫生健康委", "市自然资源和规划局", "市文化和旅游局", "农业农村局", "市公安局交警支队"),
            *("市中级人民法院", "县人民检察院", "团市委", "市妇联", "市总工会", "市大数据中心", "平川海关"),
            *("市政务服务和大数据管理局", "人行平川市分行", "国家统计局平川调查队", "国网平川供电公司", "市教育局"),
            *("中国移动平川分公司", "平川师范学院", "平川经济技术开发区管委会", "市安委会办公室", "新华街道办事处"),
            *("各县（市、区）人民政府", "各乡镇（街道）", "市直有关部门", "市退役军人事务局", "市税务局", "区财政局"),
        ]
    ),
    "住建局（人防办）": "人防办",
    "区住建局（交通运输局）": "交通运输局",
    "市发展改革委（市粮食和储备局）": "市粮食和储备局",
}
_PEOPLE = ["张明华", "李建国", "王芳", "欧阳文静"]
_VERBS = ["扎实推进", "持续开展", "全面加强", "依法规范", "组织实施", "健全完善", "统筹做好", "深化"]
_MATTERS = [
    *("校园食品安全", "农产品抽检", "冷链物流", "充电设施", "农药减量", "应急演练", "信用体系", "粮食收储", "数据共享"),
]
_ENDS = ["风险隐患排查整治", "标准化建设", "信息归集", "监督检查", "培训教育", "全链条追溯", "“一网通办”改革"]
_DUE = [
    *(When("2024年6月底前", "by", "2024-06-30"), When("12月底前", "by", "2024-12-31")),
    *(When("9月30日前", "by", "2024-09-30"), When("年底前", "by", "2024-12-31"), When("上半年", "by", "2024-06-30")),
    *(When("三季度末前", "by", "2024-09-30"), When("“十五五”期间", "by", "2030-12-31")),
    *(When("到2027年", "by", "2027-12-31"), When("11月中旬前", "by", "2024-11-20")),
]
_COUNTED = [
    ("{}专项检查", When("每季度至少开展1次", "recurring", None, "quarter", 1)),
    ("{}工作简报", When("每月编发2期", "recurring", None, "month", 2)),
    ("{}", When("全年组织应急演练不少于2次", "count", None, "year", 2)),
    ("{}", When("全年召开联席会议不低于4次", "count", None, "year", 4)),
]
_FIELD_TIMES = [
    *_DUE,
    *(When("9月30日", "by", "2024-09-30"), When("2024年10月", "by", "2024-10-31")),
    *(When("长期坚持", "open"), When("持续推进", "open"), When("全年", "open")),
    *(When("每季度", "recurring", None, "quarter"), When("每月28日前", "recurring", None, "month")),
    When("印发之日起30日内", "by", "2024-04-04"),
]
_AIMS: list[tuple[str, Operator, str]] = [
    ("农药利用率|达到{}%以上", ">=", "%"),
    ("空气质量优良天数比率|不低于{}%", ">=", "%"),
    ("规上工业增加值|增长{}%左右", "=", "%"),
    ("培育专精特新企业|不少于{}家", ">=", "家"),
    ("新建充电桩|{}个", "=", "个"),
    ("PM2.5平均浓度|控制在{}微克/立方米以内", "<=", "微克/立方米"),
    ("食品检验量|达到{}批次/千人", "=", "批次/千人"),
    ("平均办理时限|压减至{}个工作日以内", "<=", "个工作日"),
    ("培训从业人员|超过{}万人次", ">", "万人次"),
    ("建成高标准农田|{}万亩", "=", "万亩"),
]
_VALUES = ["3", "12", "40.8", "95", "100", "1.5", "1,200"]
_TITLES = [
    ("关于深化改革加强食品安全工作的意见", "中发〔2019〕17号"),
    ("中华人民共和国食品安全法", None),
    ("平川市数字化发展规划（2024—2027年）", "平政发〔2024〕3号"),
    ("关于贯彻落实〈质量强国建设纲要〉的实施意见", "平办发〔2023〕21号"),
    ("平川市优化营商环境条例", None),
]
_USES: list[tuple[str, CitationRole]] = [
    ("贯彻落实{}，压实各方责任。", "implement"),
    ("按照{}要求，细化工作措施。", "implement"),
    ("修订完善{}，健全长效机制。", "revise"),
    ("制定出台{}，明确目标任务。", "formulate"),
    ("编印{}，加强业务培训。", "compile"),
]

_clause = st.builds("{}{}{}".format, st.sampled_from(_VERBS), st.sampled_from(_MATTERS), st.sampled_from(_ENDS))
_plain = st.lists(_clause, min_size=1, max_size=3, unique=True).map(lambda said: Sentence("，".join(said) + "。"))
_by = st.builds(
    lambda due, what: Sentence(f"{due.words}完成{what[2:]}，{what}。", (due,)), st.sampled_from(_DUE), _clause
)
_counted = st.builds(
    lambda shape, what: Sentence(f"{what}，{shape[0].format(shape[1].words)}。", (shape[1],)),
    st.sampled_from(_COUNTED),
    _clause,
)


@st.composite
def _aimed(draw: st.DrawFn) -> Sentence:
    shape, op, unit = draw(st.sampled_from(_AIMS))
    value = draw(st.sampled_from(_VALUES))
    subject, said = shape.split("|")
    words = f"{draw(_clause)}，{subject}{said.format(value)}。"
    return Sentence(words, (Aim(subject, op, float(value.replace(",", "")), unit),))


@st.composite
def _citing(draw: st.DrawFn) -> Sentence:
    title, number = draw(st.sampled_from(_TITLES))
    shape, role = draw(st.sampled_from(_USES))
    words = f"《{title}》（{number}）" if number else f"《{title}》"
    return Sentence(shape.format(words), (Cited(title, number, role),))


@st.composite
def _who(draw: st.DrawFn) -> tuple[Who, ...]:
    """One to seven units; where anyone supports, someone leads or is responsible."""
    named = draw(st.lists(st.sampled_from(sorted(_UNITS)), min_size=1, max_size=7, unique=True))
    cuts = sorted(draw(st.lists(st.integers(0, len(named)), min_size=2, max_size=2)))
    if cuts[1] == 0:
        cuts[1] = len(named)
    lead: list[Role] = ["lead"] * cuts[0]
    responsible: list[Role] = ["responsible"] * (cuts[1] - cuts[0])
    support: list[Role] = ["support"] * (len(named) - cuts[1])
    roles = [*lead, *responsible, *support]
    return tuple(Who(unit, _UNITS[unit], role) for unit, role in zip(named, roles, strict=True))


_work = st.builds(
    Work,
    st.lists(st.one_of(_plain, _by, _counted, _aimed(), _citing()), min_size=1, max_size=4, unique=True).map(tuple),
    _who(),
    st.one_of(st.none(), st.sampled_from(_FIELD_TIMES)),
    st.lists(st.sampled_from(_PEOPLE), max_size=2, unique=True).map(tuple),
)
_title = st.builds("{}{}".format, st.sampled_from(_VERBS), st.sampled_from(_MATTERS))
_item = st.builds(Item, _title, st.lists(_work, min_size=1, max_size=3, unique=True).map(tuple))


@st.composite
def some_facts(draw: st.DrawFn) -> Facts:
    """Facts of a plan of one or two parts; all titles differ."""
    items = draw(st.lists(_item, min_size=1, max_size=5, unique_by=lambda item: item.title))
    second = draw(st.integers(1, len(items)))
    parts = [("重点任务", tuple(items[:second])), ("保障措施", tuple(items[second:]))]
    title, number = draw(st.sampled_from(_TITLES))
    preamble = draw(st.sampled_from([None, Cited(title, number, "implement")]))
    name = draw(st.sampled_from(["工作要点", "实施方案", "行动计划"]))
    return Facts(f"平川市{YEAR}年营商环境{name}", tuple(part for part in parts if part[1]), preamble)
