"""One body is one unit: a place and an organisation, however a plan writes them."""

from __future__ import annotations

import pytest

from ingest.language.lexicon import Lexicon
from ingest.model import Unit
from ingest.parse import parse_plan
from ingest.readers.read import source_of
from ingest.resolution import resolve

CITY, PROVINCE, COUNTY, STATE = "松河市人民政府办公室", "云川省人民政府办公厅", "云岫县人民政府办公室", "国务院办公厅"


def units(issuer: str, names: str, lexicon: Lexicon) -> list[Unit]:
    """The units of a plan of an issuer that names them in one list, in order."""
    text = f"2024年工作要点\n{issuer}\n2024年3月1日\n一、任务\n（一）监督。开展监督检查。（{names}负责）\n"
    plan = parse_plan(source_of(text.encode(), "plan.txt"), lexicon)
    found = resolve(plan, lexicon)
    known = {unit.id: unit for unit in found.units}
    return [known[found.unit_ids[a.mention.span.start]] for task in plan.tasks for a in task.assignments]


def unit(issuer: str, name: str, lexicon: Lexicon) -> Unit:
    (found,) = units(issuer, name, lexicon)
    return found


@pytest.mark.parametrize(
    ("issuer", "one", "other"),
    [
        (CITY, "松河市教育局", "市教育局"),
        (CITY, "市委办", "市委办公室"),
        (CITY, "市委宣传部", "宣传部"),
        (CITY, "市民政局", "民政局"),
        (CITY, "松河市政府", "松河市人民政府"),
        (CITY, "国家税务总局松河市税务局", "市税务局"),
        (CITY, "国网松河供电公司", "市供电公司"),
        (CITY, "人行松河市分行", "中国人民银行松河市中心支行"),
        (CITY, "松河金融监管分局", "国家金融监督管理总局松河监管分局"),
        (CITY, "中国电信松河分公司", "市电信公司"),
        (CITY, "市纪委市监委", "市纪委监委"),
        (CITY, "市粮食集团有限公司", "市粮食集团"),
        (CITY, "团市委", "共青团松河市委"),
        (CITY, "高新区管理委员会", "高新区管委会"),
        (CITY, "市府办公室", "市政府办"),
        (CITY, "市法院", "市中级人民法院"),
        ("松河市江北区人民政府办公室", "市公安局江北分局", "区公安分局"),
        ("松河市江北区人民政府办公室", "市自然资源和规划局江北分局", "区自然资源分局"),
        ("松河市江北区人民政府办公室", "国家税务总局松河市江北区税务局", "区税务局"),
        ("松河市江北区人民政府办公室", "松河市教育局", "市教育局"),
        ("浙江省人民政府办公厅", "温州市鹿城区政府", "鹿城区人民政府"),
        ("上海市人民政府办公厅", "上海市财政局", "市财政局"),
        ("广西壮族自治区人民政府办公厅", "广西壮族自治区财政厅", "自治区财政厅"),
        (PROVINCE, "云川省发展和改革委员会", "省发展改革委"),
        (PROVINCE, "国网云川省电力有限公司", "省电力公司"),
        (PROVINCE, "云川证监局", "中国证监会云川监管局"),
        (COUNTY, "云岫生态环境分局", "县生态环境分局"),
        ("凉山彝族自治州人民政府办公室", "州教育局", "凉山州教育局"),
        ("鄂托克旗人民政府办公室", "旗农牧局", "鄂托克旗农牧局"),
        ("松河市中级人民法院", "刑一庭", "刑事审判第一庭"),
        (CITY, "市卫生健康部门", "市卫健委"),
        (CITY, "市林业主管部门", "市林业局"),
        (COUNTY, "县教育行政部门", "县教育局"),
        (CITY, "市政府国资委", "市国资委"),
        (CITY, "市人民政府外办", "市外事办"),
        (CITY, "市政府口岸办", "市口岸办"),
        (CITY, "经开区", "松河经济技术开发区管委会"),
        (CITY, "高新区", "市高新区管委会"),
        (CITY, "松河高新区", "高新技术产业开发区管理委员会"),
        (CITY, "国网云川省电力有限公司松河供电公司", "国网松河供电公司"),
        ("温州市人民政府办公室", "温州市鹿城区人民政府", "鹿城区政府"),
        ("温州市人民政府办公室", "温州市公安局鹿城分局", "鹿城区公安分局"),
        ("温州市鹿城区人民政府办公室", "温州市自然资源和规划局鹿城分局", "区自然资源和规划分局"),
        ("句容市人民政府办公室", "镇江市句容生态环境局", "市生态环境局"),
        (COUNTY, "汐州市生态环境局云岫分局", "县生态环境分局"),
        (COUNTY, "云岫县城关镇人民政府", "城关镇"),
        ("第八师石河子市人民政府办公室", "师市公安局", "公安局"),
        ("第八师石河子市人民政府办公室", "师市卫健委", "卫生健康委"),
        ("第八师石河子市人民政府办公室", "师市文体广旅局", "文体广旅局"),
        ("凉山彝族自治州人民政府办公室", "州防治艾滋病局", "防治艾滋病局"),
        ("凉山彝族自治州人民政府办公室", "州彝语文局", "彝语文局"),
        ("乐山市人民政府办公室", "市中区政府", "乐山市市中区人民政府"),
        ("枣庄市人民政府办公室", "市中区政府", "枣庄市市中区人民政府"),
        ("内江市人民政府办公室", "市中区人民政府", "内江市市中区政府"),
        (STATE, "国家发展改革委", "发展改革委"),
        (STATE, "国家能源局", "能源局"),
        (STATE, "中国残联", "残联"),
        (STATE, "高法院", "最高人民法院"),
    ],
)
def test_long_and_short_forms_of_one_body_are_one_unit(issuer: str, one: str, other: str, lexicon: Lexicon) -> None:
    assert unit(issuer, one, lexicon).id == unit(issuer, other, lexicon).id


@pytest.mark.parametrize(
    ("own", "name", "higher", "other"),
    [
        ("温州市人民政府办公室", "市数据局", "浙江省人民政府办公厅", "温州市数据局"),
        ("温州市人民政府办公室", "省经信厅", "浙江省人民政府办公厅", "省经信厅"),
        ("温州市鹿城区人民政府办公室", "区教育局", "浙江省人民政府办公厅", "鹿城区教育局"),
        ("兴化市人民政府办公室", "市教育局", "泰州市人民政府办公室", "兴化市教育局"),
        ("温州市人民政府办公室", "财政部", STATE, "财政部"),
        ("温州市人民政府办公室", "国家能源局", STATE, "能源局"),
        ("松河市人民政府办公室", "市教育局", "云川省人民政府办公厅", "松河市教育局"),
    ],
)
def test_a_body_is_the_same_in_its_own_plan_and_in_a_higher_one(
    own: str, name: str, higher: str, other: str, lexicon: Lexicon
) -> None:
    assert unit(own, name, lexicon).id == unit(higher, other, lexicon).id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((CITY, "市教育局"), ("宁川市人民政府办公室", "市教育局")),
        ((CITY, "市水务局"), (CITY, "市水利局")),
        ((CITY, "市教育局"), (CITY, "省教育厅")),
        ((COUNTY, "市教育局"), (COUNTY, "县教育局")),
        ((CITY, "市统计局"), (STATE, "统计局")),
        (("松河市第一人民医院", "医务科"), ("松河市第二人民医院", "医务科")),
        (("水利部办公厅", "财务司"), ("交通运输部办公厅", "财务司")),
        (("水利部办公厅", "相关司局"), ("交通运输部办公厅", "有关司局")),
        ((CITY, "松河大学"), (CITY, "松河学院")),
        (("句容市人民政府办公室", "镇江市句容生态环境局"), ("句容市人民政府办公室", "镇江市生态环境局")),
        (("乐山市人民政府办公室", "市中区政府"), ("内江市人民政府办公室", "市中区政府")),
        ((CITY, "各县（市、区）"), (CITY, "各县区")),
        ((CITY, "各乡镇"), (CITY, "各乡镇（街道）")),
    ],
)
def test_bodies_of_other_places_or_organs_are_two_units(
    one: tuple[str, str], other: tuple[str, str], lexicon: Lexicon
) -> None:
    assert unit(*one, lexicon).id != unit(*other, lexicon).id


@pytest.mark.parametrize(
    ("issuer", "name", "id", "shown", "region", "level"),
    [
        (CITY, "市教育局", "松河市-教育局", "教育局", "松河市", "市"),
        (CITY, "市委宣传部", "松河市-宣传部", "市委宣传部", "松河市", "市"),
        (CITY, "市场监管局", "松河市-市场监管局", "市场监管局", "松河市", "市"),
        ("浙江省人民政府办公厅", "德清县人民政府", "德清县-人民政府", "德清县人民政府", "德清县", "县"),
        ("浙江省人民政府办公厅", "桐乡市政府", "桐乡市-人民政府", "桐乡市人民政府", "桐乡市", "县"),
        ("浙江省人民政府办公厅", "浙江大学", "浙江省-浙江大学", "浙江大学", "浙江省", "省"),
        (COUNTY, "石埠镇人民政府", "云岫县石埠镇-人民政府", "云岫县石埠镇人民政府", "云岫县石埠镇", "乡"),
        (COUNTY, "市教育局", "云岫县-市-教育局", "教育局", "云岫县·市", "市"),
        ("松河市第一人民医院", "医务科", "松河市第一人民医院-医务科", "医务科", "松河市第一人民医院", "市"),
        ("浙江省人民政府办公厅", "杭州海关", "杭州市-海关", "杭州海关", "杭州市", "市"),
        ("浙江省人民政府办公厅", "西湖大学", "浙江省-西湖大学", "西湖大学", "浙江省", "省"),
        (CITY, "财政部", "全国-财政部", "财政部", "全国", "国家"),
    ],
)
def test_a_unit_is_shown_with_the_place_that_it_is_of(
    issuer: str, name: str, id: str, shown: str, region: str, level: str, lexicon: Lexicon
) -> None:
    found = unit(issuer, name, lexicon)
    assert (found.id, found.name, found.region, found.level) == (id, shown, region, level)


def test_a_place_above_that_one_name_says_is_that_of_the_word_for_its_level(lexicon: Lexicon) -> None:
    one, other = units(COUNTY, "松河市教育局、市财政局", lexicon)
    assert (one.region, other.region) == ("松河市", "松河市")


def test_a_department_of_an_unknown_place_is_no_other_plans(lexicon: Lexicon) -> None:
    def read(title: str) -> str:
        text = f"{title}\n一、任务\n（一）监督。开展监督检查。（市发展改革委负责）\n"
        return resolve(parse_plan(source_of(text.encode(), "plan.txt"), lexicon), lexicon).units[0].id

    assert read("2023年工作清单") != read("2024年工作清单")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("各有关部门", "相关部门"),
        ("各县（市、区）政府", "各县（市、区）人民政府"),
        ("各街道办事处", "各街道"),
        ("市政府各部门", "市人民政府各部门"),
        ("各县市区", "各县（市、区）"),
        ("各区县（市）人民政府", "各县（市）区政府"),
        ("各县区", "各区县"),
        ("各乡镇、街道", "各乡镇（街道）"),
        ("各乡镇人民政府（街道办事处）", "各乡镇街道"),
        ("各乡（镇）", "各乡镇"),
        ("市级有关部门", "市直各有关部门"),
        ("市级相关单位", "市直有关单位"),
    ],
)
def test_one_collective_in_two_wordings_is_one(one: str, other: str, lexicon: Lexicon) -> None:
    assert unit(CITY, one, lexicon).id == unit(CITY, other, lexicon).id


@pytest.mark.parametrize("name", ["省级行业主管部门", "邮政管理部门", "行政执法机关", "市政府各部门", "市场监管部门"])
def test_departments_that_no_level_is_said_of_are_a_collective(name: str, lexicon: Lexicon) -> None:
    assert unit(CITY, name, lexicon).kind == "collective"


@pytest.mark.parametrize(
    ("issuer", "names", "department"),
    [
        ("松河市医疗保障局", "市财政局、人事处", "人事处"),
        ("松河市卫生健康委员会", "市医保局、规划财务处", "规划财务处"),
        ("云岫县农业农村局", "县林业局、法规科", "法规科"),
    ],
)
def test_a_department_behind_another_bodys_level_is_the_issuers(
    issuer: str, names: str, department: str, lexicon: Lexicon
) -> None:
    assert units(issuer, names, lexicon)[-1].id == unit(issuer, department, lexicon).id


@pytest.mark.parametrize("place", ["镇江市句容生态环境局", "镇海区教育局", "镇平县民政局"])
def test_a_place_that_begins_like_a_level_says_no_level_of_the_names_behind_it(place: str, lexicon: Lexicon) -> None:
    text = f"2024年工作要点\n{CITY}\n2024年3月1日\n一、任务\n（一）监督。开展监督检查。（{place}、民政局负责）\n"
    plan = parse_plan(source_of(text.encode(), "plan.txt"), lexicon)
    assert [a.mention.prefix for task in plan.tasks for a in task.assignments] == ["", ""]
