"""A library holds official documents: what has nothing of one is told from a plan, a regulation, a notice, a letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.header.official import is_official
from ingest.language.lexicon import Lexicon
from ingest.parse import parse_plan
from ingest.readers.read import read_source, source_of
from tests.conftest import ROOT

PLAIN = "这里是一些说明文字，介绍怎样安装和使用这个工具。\n"


def official(text: str, lexicon: Lexicon, name: str = "file.txt") -> bool:
    source = source_of(text.encode(), name)
    return is_official(source, parse_plan(source, lexicon), lexicon)


@pytest.mark.parametrize(
    "text",
    [
        "# demo\n\nInstall it with pip.\n\n- one\n- two\n",
        f"数据说明\n{PLAIN}1. 下载\n2. 解压\n3. 运行\n",
        f"使用方法\n{PLAIN * 20}",
        "name==1.0\nother==2.1\n",
        f"更新记录\n2024年3月1日\n{PLAIN}",
        "姓名,学号,成绩\n张三,1,90\n李四,2,85\n",
        f"怎样标注\n{PLAIN * 30}句子里写着（教育局牵头）的，角色是牵头。\n",
    ],
)
def test_what_has_nothing_of_an_official_document_is_none(text: str, lexicon: Lexicon) -> None:
    assert not official(text, lexicon)


@pytest.mark.parametrize(
    "text",
    [
        f"松河市城市管理条例\n{PLAIN}",
        f"松河市人民政府关于调整办公时间的通知\n{PLAIN}",
        f"关于公布松河市行政区划的公告\n{PLAIN}",
        f"松河市实施《信访工作条例》办法（试行）\n{PLAIN}",
        f"松河市2024年重点工作任务分解表\n{PLAIN}",
        f"松政发〔2024〕3号\n{PLAIN}",
        f"说明\n一、总体要求\n{PLAIN}二、工作安排\n{PLAIN}",
        f"松河市概况\n第一章 总则\n{PLAIN}第二章 附则\n{PLAIN}",
        f"重点工作\n{PLAIN}修建道路。（市住建局牵头，市财政局配合）\n",
        f"重点工作\n{PLAIN}修建道路。（由相关责任主体依照第3条负责）\n",
    ],
)
def test_a_title_a_number_headings_or_a_duty_make_one(text: str, lexicon: Lexicon) -> None:
    assert official(text, lexicon)


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md", "SECURITY.md", "CHANGELOG.md", "requirements.txt"])
def test_files_that_lie_beside_plans_are_none(name: str, lexicon: Lexicon) -> None:
    source = read_source(ROOT / name)
    assert not is_official(source, parse_plan(source, lexicon), lexicon)


@pytest.mark.parametrize("file", sorted((ROOT / "tests" / "corpus" / "open").glob("*.txt")), ids=lambda each: each.stem)
def test_every_annotated_plan_is_one(file: Path, lexicon: Lexicon) -> None:
    source = read_source(file)
    assert is_official(source, parse_plan(source, lexicon), lexicon)
