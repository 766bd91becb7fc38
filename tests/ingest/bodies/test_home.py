"""Of which place a plan is: what issuer or title say, else its number and its names; else it is local to itself."""

from __future__ import annotations

import pytest

from ingest.bodies.home import home_of, read_place
from ingest.language.lexicon import Lexicon
from ingest.model import Plan
from ingest.parse import parse_plan
from ingest.readers.read import source_of

BODY = "一、重点任务\n（一）监督。开展监督检查。（{}负责）\n"


def read(head: str, names: str, lexicon: Lexicon) -> Plan:
    return parse_plan(source_of(f"{head}\n{BODY.format(names)}".encode(), "plan.txt"), lexicon)


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("温州市鹿城区人民政府办公室", ["浙江省", "温州市", "温州市鹿城区"]),
        ("凉山州2016年禁毒工作方案", ["四川省", "凉山彝族自治州"]),
        ("峨边彝族自治县财政局", ["四川省", "乐山市", "峨边彝族自治县"]),
        ("鄂托克旗整改任务台账", ["内蒙古自治区", "鄂尔多斯市", "鄂托克旗"]),
        ("兴化市2024年民生实事项目清单", ["江苏省", "泰州市", "兴化市"]),
        ("焦作市示范区食品安全委员会", ["河南省", "焦作市", "焦作市示范区"]),
        ("娄底经济技术开发区管理委员会", ["湖南省", "娄底市", "娄底经济技术开发区"]),
        ("武昌区人民政府南湖街道办事处", ["湖北省", "武汉市", "武汉市武昌区", "武汉市武昌区南湖街道"]),
        ("北京市海淀区教育委员会", ["北京市", "北京市海淀区"]),
        ("中共松河市委办公室", ["松河市"]),
        ("云川省松河市2024年工作要点", ["云川省", "松河市"]),
        ("长桥区城市更新工作领导小组办公室", ["长桥区"]),
        ("徐州市城镇燃气安全专业委员会办公室", ["江苏省", "徐州市"]),
        ("中国（岭东）自由贸易试验区青岚片区管理委员会办公室", ["青岚片区"]),
        ("第一人民医院2024年工作要点", []),
        ("市场监督管理局2024年工作要点", []),
        ("县农业农村局", []),
        ("全县城乡建设工作方案", []),
    ],
)
def test_a_place_is_read_with_those_above_it(text: str, chain: list[str], lexicon: Lexicon) -> None:
    assert [name for _, name in read_place(text, lexicon)[0]] == chain


@pytest.mark.parametrize(
    ("head", "names", "place"),
    [
        ("关于加强数据工作的意见\n浙数局发〔2024〕9号", "省财政厅", "浙江省"),
        ("关于加强口岸工作的方案\n松政办发〔2024〕17号", "松河海关、市商务局、市财政局", "松河市"),
        ("重点工作清单", "云川证监局、省财政厅、省教育厅", "云川省"),
        ("重点工作清单", "云岫生态环境分局、县财政局、县教育局", "云岫县"),
        ("重点工作清单", "松河市教育局、市财政局、市民政局", "松河市"),
        ("政策诉求清单\n根据《浙江省数字经济促进条例》。", "省发展改革委、省财政厅", "浙江省"),
    ],
)
def test_a_place_that_no_title_says_is_inferred(head: str, names: str, place: str, lexicon: Lexicon) -> None:
    assert home_of(read(head, names, lexicon), lexicon).region == place


@pytest.mark.parametrize("names", ["市发展改革委、市财政局", "县教育局", "教育局、公安局"])
def test_a_place_that_nothing_tells_is_local_to_the_plan(names: str, lexicon: Lexicon) -> None:
    one, other = (read(f"{title}年重点工作清单", names, lexicon) for title in ("2023", "2024"))
    assert not home_of(one, lexicon).known
    assert home_of(one, lexicon).key != home_of(other, lexicon).key


@pytest.mark.parametrize(
    ("issuer", "organ", "whole"),
    [
        ("松河市第一人民医院", "松河市第一人民医院", True),
        ("松河市中级人民法院", "松河市中级人民法院", True),
        ("国网松河供电公司", "国网松河供电公司", True),
        ("水利部办公厅", "水利部", False),
        ("松河市水利局", "松河市水利局", False),
        ("松河市人民政府办公室", "", False),
        ("松河市经济开发区管委会", "", False),
    ],
)
def test_the_organ_whose_departments_a_plan_names(issuer: str, organ: str, whole: bool, lexicon: Lexicon) -> None:
    home = home_of(read(f"2024年工作要点\n{issuer}\n2024年3月1日", "办公室", lexicon), lexicon)
    assert (home.body, home.whole) == (organ, whole)
