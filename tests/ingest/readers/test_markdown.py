"""Markdown is read as what it shows; every word stays where it stands in the file."""

from __future__ import annotations

import pytest

from ingest.extract import extract
from ingest.language.lexicon import Lexicon
from ingest.model import Plan, Source
from ingest.parse import parse_plan
from ingest.readers.markdown import without_marks
from ingest.readers.read import source_of
from tests.support.scoring import misplaced

NUMBERED = """# 松河市2024年重点工作方案

松政发〔2024〕3号

## 一、主要任务

### （一）推进管网改造

改造老旧管网35公里，**12月底前**完成。

**责任单位：** 县人社局
**完成时限**：6月底前

### （二）整治河道

- 清理河道8公里。
* 建设驿站5处。

**牵头单位：** 县水务局、[县财政局](http://example.cn/a)；__配合单位：__ 县住建局
"""
BARE = """# 松河市2024年重点工作方案 #

## 主要任务

### 推进管网改造

改造老旧管网35公里。（**市水务局**负责）

### 整治河道 ###

> 清理河道8公里。（市水务局、`市财政局`负责）

## 任务表

| 序号 | 重点任务 | 责任单位 | 完成时限 |
|:---:|------|------|------:|
| 1 | 新建公厕20座 | **市住建局** | 10月底前 |
| 2 | 新建学校2所 | 市教育局 | 12月底前 |

## 保障措施

1\\. 建立台账，定期通报，加强考核。（责任单位：市政府办）
"""


def read(text: str, lexicon: Lexicon) -> tuple[Plan, Source]:
    source = source_of(text.encode(), "plan.md")
    return parse_plan(source, lexicon), source


def test_numbered_headings_labels_and_lists(lexicon: Lexicon) -> None:
    plan, source = read(NUMBERED, lexicon)
    assert (plan.header.title, plan.header.document_number) == ("松河市2024年重点工作方案", "松政发〔2024〕3号")
    assert [(s.number, s.title) for s in plan.sections] == [
        ("一", "主要任务"),
        ("（一）", "推进管网改造"),
        ("（二）", "整治河道"),
    ]
    assert [(task.section, task.text) for task in plan.tasks] == [
        ("（一）", "改造老旧管网35公里，12月底前完成。"),
        ("（二）", "清理河道8公里。建设驿站5处。"),
    ]
    assert [[(a.mention.text, a.role) for a in task.assignments] for task in plan.tasks] == [
        [("县人社局", "responsible")],
        [("县水务局", "lead"), ("县财政局", "lead"), ("县住建局", "support")],
    ]
    assert [deadline.due for deadline in plan.tasks[0].deadlines] == ["2024-12-31", "2024-06-30"]
    assert misplaced(extract(plan, lexicon), source.text) == []
    assert len(source.text) == len(NUMBERED)


def test_headings_without_numbers_are_sections(lexicon: Lexicon) -> None:
    plan, source = read(BARE, lexicon)
    titles = {section.id: section.title for section in plan.sections}
    assert [(s.title, titles.get(s.parent or "")) for s in plan.sections if not s.number] == [
        ("主要任务", None),
        ("推进管网改造", "主要任务"),
        ("整治河道", "主要任务"),
        ("任务表", None),
        ("保障措施", None),
    ]
    assert [task.text.strip("。") for task in plan.tasks] == [
        "改造老旧管网35公里",
        "清理河道8公里",
        "建立台账，定期通报，加强考核",
        "新建公厕20座",
        "新建学校2所",
    ]
    assert [[a.mention.text for a in task.assignments] for task in plan.tasks][1] == ["市水务局", "市财政局"]
    assert misplaced(extract(plan, lexicon), source.text) == []


@pytest.mark.parametrize(
    "text",
    [
        "一、任务\n- 清理河道 * 2\n_ _",
        "面积5*3*2米，**重要**",
        "#1 机组、C# 语言\n",
        "a_b_c `x`",
        "【图】(1) [附件](见后)",
    ],
)
def test_a_text_that_is_no_markdown_stays(text: str) -> None:
    assert without_marks(text) == text


@pytest.mark.parametrize("text", [NUMBERED, BARE, "# \n## a\n***\n- - -\n", "# a\n[x](y)![z](w)\n**一**__二__***三***"])
def test_marks_become_blanks_of_the_same_length(text: str) -> None:
    plain = without_marks(text)
    assert len(plain) == len(text)
    assert all(now in (was, " ") for now, was in zip(plain, text, strict=True))


def test_a_statement_below_a_table_does_not_take_the_table(lexicon: Lexicon) -> None:
    plan, _ = read(BARE.replace("## 保障措施\n\n1\\. ", ""), lexicon)
    assert "建立台账，定期通报，加强考核。" in [task.text for task in plan.tasks]
