"""`zeren check` (检查): each documented doubt is raised where it should be and nowhere else, in four formats."""

from __future__ import annotations

import json
import re
import textwrap
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from ingest.language.lexicon import Lexicon
from ingest.parse import parse_plan
from ingest.readers.read import source_of
from tests.conftest import ROOT
from web.words import wording
from zeren import app

HEADER = "宁川市2024年重点工作要点\n宁川市人民政府办公室\n2024年3月1日\n一、重点任务\n"
SOUND = "（一）监督。开展监督。（市教育局负责）\n"
DOCUMENTED = (ROOT / "docs" / "doubts.md").read_text("utf-8")
_EXAMPLE = re.compile(r"^### `([\w-]+)`\n(?:(?!###).*\n)*?- Example: .*\n\n((?: {6}.*\n)+)", re.MULTILINE)
EXAMPLES = [(code, textwrap.dedent(example)) for code, example in _EXAMPLE.findall(DOCUMENTED)]


def codes(body: str, lexicon: Lexicon) -> list[str]:
    header = "" if "\n一、" in body else HEADER
    source = source_of(f"{header}{body}\n".encode(), "plan.txt")
    return [doubt.code for doubt in parse_plan(source, lexicon).doubts]


def headings(numbers: str) -> str:
    return "\n".join(f"{number}监督{nth}。开展监督。（市教育局负责）" for nth, number in enumerate(numbers.split()))


@pytest.mark.parametrize(("code", "example"), EXAMPLES, ids=[code for code, _ in EXAMPLES])
def test_a_documented_example_raises_its_doubt_and_no_other(code: str, example: str, lexicon: Lexicon) -> None:
    assert codes(example, lexicon) == [code]


def test_every_doubt_from_the_text_is_documented_by_lines_of_a_plan() -> None:
    from_the_text = DOCUMENTED.split("## From the text")[1].split("## From the file")[0]
    assert [code for code, _ in EXAMPLES] == re.findall(r"^### `([\w-]+)`", from_the_text, re.M)


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ("（一） （二） （三）", []),
        ("（一） （三）", ["numbering-gap"]),
        ("1. 2. 4.", ["numbering-gap"]),
        ("1. 2. 2. 3.", ["number-twice"]),
        ("1. 2. 2. 4.", ["number-twice"]),
        ("第一条 第二条 第四条", ["numbering-gap"]),
        ("（一） 1. 2. （二） 1. 2. （三）", []),
        ("（一） 1. 2. （二） 3. 4. （三） 5.", []),
        ("（一） 1. 2. （三）", ["numbering-gap"]),
        ("1. 2. 1. 2. 3.", []),
        ("1. 2. 1、 2、 3、 3.", []),
        ("1. 2. 9.", []),
        ("（四） （五） 二、 （六）", []),
        ("（一） （二） 附件1 一、 （五） （六）", []),
    ],
)
def test_numbers_of_headings_are_compared_within_their_list(
    numbers: str, expected: list[str], lexicon: Lexicon
) -> None:
    assert [code for code in codes(headings(numbers), lexicon) if code.startswith("number")] == expected


def test_a_number_that_stands_inside_a_paragraph_is_not_missing(lexicon: Lexicon) -> None:
    inside = f"{SOUND.strip()}（二）检查。开展检查。（市教育局负责）"
    assert codes(f"{inside}\n（三）总结。开展总结。（市教育局负责）", lexicon) == []


@pytest.mark.parametrize(
    ("one", "other", "doubted"),
    [
        ("《食品安全规定》（国发〔2023〕5号）", "《道路交通办法》（国发〔2023〕5号）", True),
        ("《食品安全规定》（国发〔2023〕5号）", "《食品安全规定》（国办发〔2023〕5号）", True),
        ("《食品安全规定》（国发〔2023〕5号）", "《食品安全规定》（国发〔2022〕5号）", True),
        ("《国务院关于印发〈食品安全规定〉的通知》（国发〔2023〕5号）", "《食品安全规定》（国发〔2023〕6号）", True),
        ("《国务院关于印发〈食品安全规定〉的通知》（国发〔2023〕5号）", "《食品安全规定》（国发〔2023〕5号）", False),
        ("《关于加强新时代食品安全工作的意见》（国发〔2023〕5号）", "《食品安全意见》（国发〔2023〕5号）", False),
        ("《食品安全规定》（国发〔2023〕5号）", "《食品安全规定（修订）》（国发〔2024〕15号）", False),
        ("《食品安全规定》（国发〔2019〕5号）", "《食品安全规定》（国发〔2023〕17号）", False),
        ("《食品安全措施》（豫发〔2019〕31号）", "《食品安全措施》（焦发〔2020〕9号）", False),
        ("《粮食条例》（国务院令第407号）", "《粮食条例》（国务院令第740号）", False),
        ("《食品安全规定》（国发［2023］5号）", "《食品安全规定》（国发〔2023〕5号）", False),
    ],
)
def test_a_citation_is_doubted_where_another_place_disagrees(
    one: str, other: str, doubted: bool, lexicon: Lexicon
) -> None:
    body = f"（一）监督。落实{one}，开展监督。（市教育局负责）\n（二）检查。落实{other}，开展检查。（市教育局负责）"
    assert codes(body, lexicon) == ["number-and-title"] * doubted


def test_a_notice_that_issues_two_documents_gives_them_one_number(lexicon: Lexicon) -> None:
    notice = "《国务院关于印发〈食品办法〉〈药品办法〉的通知》（国发〔2023〕5号）"
    body = "（一）监督。落实《食品办法》（国发〔2023〕5号）、{}《药品办法》（国发〔2023〕5号）。（市教育局负责）"
    assert codes(body.format(f"{notice}、"), lexicon) == []
    assert codes(body.format(""), lexicon) == ["number-and-title"]


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("市教肓局", ["misspelt-unit"]),
        ("市人力资源社会保樟局", ["misspelt-unit"]),
        ("市水务局", []),
        ("云陵港口集团有限公司", []),
        ("市防汛抗旱服务总队", []),
        ("云陵海关", []),
        ("县国防动员办（筹）", []),
    ],
)
def test_a_unit_that_is_not_in_the_register_is_doubted_where_it_looks_like_a_slip(
    unit: str, expected: list[str], lexicon: Lexicon
) -> None:
    assert codes(f"（一）监督。开展监督。（{unit}负责）", lexicon) == expected


@pytest.mark.parametrize("said", ["2023年2月29日前", "2024年13月底前", "13月底前", "6月31日前"])
def test_a_date_that_does_not_exist_is_a_doubt(said: str, lexicon: Lexicon) -> None:
    assert codes(f"（一）监督。{said}完成监督。（市教育局负责）", lexicon) == ["impossible-date"]


@pytest.mark.parametrize("said", ["2月29日前", "2024年2月29日前", "为6—36月龄婴幼儿", "在18个月内", "12月底前"])
def test_a_date_that_may_exist_is_none(said: str, lexicon: Lexicon) -> None:
    assert "impossible-date" not in codes(f"（一）监督。{said}完成监督。（市教育局负责）", lexicon)


PASTED = "（二）检查。开展检查。（市公安局负责）\n"


@pytest.mark.parametrize(("most", "other"), [("utf-8", "gb18030"), ("gb18030", "utf-8")])
def test_a_text_that_mixes_encodings_is_read_whole_and_doubted(most: str, other: str, lexicon: Lexicon) -> None:
    source = source_of((HEADER + SOUND).encode(most) + PASTED.encode(other), "plan.txt")
    assert source.text == HEADER + SOUND + PASTED
    (doubt,) = parse_plan(source, lexicon).doubts
    foreign = sum(byte > 127 for byte in PASTED.encode(other))
    assert (doubt.code, doubt.params) == ("mixed-encodings", {"count": str(foreign), "encoding": most.upper()})
    assert source.text[doubt.span.start :] == PASTED


def test_a_byte_that_is_in_no_encoding_is_shown_as_such_and_counted() -> None:
    data = (HEADER + SOUND).encode().replace("监督。（".encode(), "监督。".encode() + b"\xff" + "（".encode())
    source = source_of(data, "plan.txt")
    assert source.text == (HEADER + SOUND).replace("监督。（", "监督。\ufffd（")
    assert [doubt.params["count"] for doubt in source.doubts] == ["1"]


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plan with a doubt on its line 6 and an unread stretch on its line 7."""
    monkeypatch.delenv("ZEREN_LANG", raising=False)
    path = tmp_path / "要点,100%.txt"
    body = "（二）检查。开展检查。（市教育局、市公安局负责）\n（三）总结。开展总结。（由相关责任主体依照第3条负责）\n"
    path.write_text(HEADER + SOUND + body, "utf-8")
    return path


def run(*arguments: str | Path) -> Result:
    # What --lang sets ends with the command.
    return CliRunner(env={"ZEREN_LANG": ""}).invoke(app, [*map(str, arguments)])


def test_a_doubt_is_printed_on_a_line_with_what_to_do_below_it(plan: Path) -> None:
    done = run("check", plan)
    assert done.exit_code == 0
    assert done.stdout.splitlines()[:3] == [
        f"{plan}:6: no-lead 有 2 个单位而没有写明谁牵头。",
        "    请与起草单位核对由谁牵头；原文明确之前，各单位都按“负责”统计。",
        f"{plan}:7: unread 像是责任分工而未能读懂：（由相关责任主体依照第3条负责）",
    ]


def test_the_last_line_is_the_coverage_of_all_files(plan: Path) -> None:
    twin = plan.with_name("sound.txt")
    twin.write_text(HEADER + SOUND, "utf-8")
    unread = len("（由相关责任主体依照第3条负责）")
    one, both = run("check", plan), run("check", plan, twin)
    assert re.fullmatch(rf"责任文字读懂 [\d.]+%，未读 {unread} 字；文件 1 个，存疑 2 处", one.stdout.splitlines()[-1])
    share, more = (float(re.findall(r"([\d.]+)%", done.stdout)[-1]) for done in (one, both))
    assert share < more < 100


def test_the_ledger_is_printed_on_request(plan: Path) -> None:
    shown = f"{plan}:7: （由相关责任主体依照第3条负责）"
    assert shown in run("check", plan, "--unread", "--ignore", "unread").stdout.splitlines()
    assert shown not in run("check", plan).stdout.splitlines()


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ((), ["no-lead", "unread"]),
        (("--select", "no-lead,look-alike"), ["no-lead"]),
        (("--ignore", "no-lead"), ["unread"]),
        (("--select", "no-lead", "--select", "unread", "--ignore", "unread"), ["no-lead"]),
    ],
)
def test_codes_are_selected_and_ignored(chosen: tuple[str, ...], expected: list[str], plan: Path) -> None:
    printed = json.loads(run("check", plan, "--format", "json", *chosen).stdout)
    assert [doubt["code"] for doubt in printed["doubts"]] == expected


def test_an_unknown_code_is_an_error_that_lists_the_known_ones(plan: Path) -> None:
    done = run("check", plan, "--select", "no-led")
    assert done.exit_code == 2
    assert "no-led" in done.stderr
    assert all(code in done.stderr for code in wording.DOUBTS)


@pytest.mark.parametrize(
    ("arguments", "status"), [((), 0), (("--strict",), 1), (("--strict", "--select", "look-alike"), 0)]
)
def test_the_status_tells_whether_anything_was_found(arguments: tuple[str, ...], status: int, plan: Path) -> None:
    assert run("check", plan, *arguments).exit_code == status


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
def test_a_file_that_cannot_be_read_is_one_sentence_and_the_others_are_checked(form: str, plan: Path) -> None:
    done = run("check", plan.with_name("none.txt"), plan, "--strict", "--format", form)
    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) == 1
    assert "none.txt" in done.stderr
    assert "no-lead" in done.stdout


def test_json_is_one_object_with_places(plan: Path) -> None:
    printed = json.loads(run("check", plan, "--format", "json", "--unread").stdout)
    assert printed["doubts"][0] == {
        "file": str(plan), "line": 6, "page": None, "table": None, "row": None, "sheet": None,
        "start": 74, "end": 87, "code": "no-lead", "params": {"units": "2"},
        "message": "有 2 个单位而没有写明谁牵头。",
        "remedy": "请与起草单位核对由谁牵头；原文明确之前，各单位都按“负责”统计。",
    }  # fmt: skip
    assert [each["text"] for each in printed["unread"]] == ["（由相关责任主体依照第3条负责）"]
    assert printed["coverage"]["unread"] == printed["coverage"]["total"] - printed["coverage"]["consumed"] == 16


def test_a_doubt_in_a_table_of_a_page_stands_in_its_row() -> None:
    file = ROOT / "tests" / "corpus" / "open" / "x02_hezhang.xlsx"
    printed = json.loads(run("check", file, "--format", "json").stdout)
    assert {(doubt["sheet"], doubt["table"], doubt["row"]) for doubt in printed["doubts"]} >= {("幸福河湖", 2, 8)}


def test_github_lines_are_escaped(plan: Path) -> None:
    lines = run("check", plan, "--format", "github").stdout.splitlines()
    assert len(lines) == 3
    file = str(plan).replace(",100%", "%2C100%25")
    assert lines[0].startswith(f"::warning file={file},line=6,title=no-lead::有 2 个单位")
    assert re.fullmatch(r"::notice::责任文字读懂 [\d.]+%25，.*", lines[-1])


def test_nothing_of_a_file_ends_a_github_line_or_moves_a_terminal(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(HEADER + SOUND + "（二）检查。（由责任\x1b[2J\n::error::主体依照第3条负责）\n", "utf-8")
    for form in ("text", "github"):
        shown = run("check", path, "--format", form).stdout
        assert "\x1b" not in shown
        assert not re.search("^::error", shown, re.M)


def test_sarif_has_the_parts_that_the_standard_requires(plan: Path) -> None:
    printed = json.loads(run("check", plan, plan.with_name("none.txt"), "--format", "sarif").stdout)
    assert printed["version"] == "2.1.0"
    (part,) = printed["runs"]
    driver = part["tool"]["driver"]
    assert driver["name"] == "Zeren"
    rules = [rule["id"] for rule in driver["rules"]]
    assert sorted(rules) == sorted(re.findall(r"^### `([\w-]+)`", DOCUMENTED, re.M))
    assert all(rule["shortDescription"]["text"] and rule["help"]["text"] for rule in driver["rules"])
    for result in part["results"]:
        _is_a_result(result, rules)
    assert [result["locations"][0]["physicalLocation"]["region"] for result in part["results"]] == [
        {"startLine": 6}, {"startLine": 7},
    ]  # fmt: skip
    (invocation,) = part["invocations"]
    assert invocation["executionSuccessful"] is False
    assert [each["level"] for each in invocation["toolExecutionNotifications"]] == ["error"]


def _is_a_result(result: dict[str, Any], rules: list[str]) -> None:
    """SARIF 2.1.0, 3.27: there is a message, and the rule that the index points to is the one that is named."""
    assert rules[result["ruleIndex"]] == result["ruleId"]
    assert result["message"]["text"]
    assert result["level"] in ("none", "note", "warning", "error")
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert re.fullmatch(r"[A-Za-z0-9._~%:/,-]+", uri), "a URI holds no blanks and no Chinese"


def test_english_is_spoken_on_request(plan: Path) -> None:
    shown = run("--lang", "en", "check", plan, "--select", "no-lead").stdout.splitlines()
    assert not re.search("[一-鿿]", "".join(line.replace(str(plan), "") for line in shown))
    assert shown[-1].endswith("1 files, 1 doubts")
