"""Texts that grow (加倍的文本): hostile ones, each of about as many bytes as asked, and real plans recombined."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from ingest.language.clean import clean
from ingest.language.lexicon import Lexicon
from ingest.model import Source
from ingest.parse import parse_plan
from ingest.readers.read import read_source

Grown = Callable[[int], str]
"""A text of about so many bytes in UTF-8."""

_CORPUS = Path(__file__).resolve().parent.parent / "corpus"
_SEED = 20211231
_HEAD = "平川市2021年重点工作要点\n"
_TABLE = "序号\t重点任务\t责任单位\t完成时限\n"
_NUMERALS = "一二三四五六七八九十"


def again(part: str, before: str = "", behind: str = "") -> Grown:
    """One part again and again."""
    each = len(part.encode())
    return lambda size: before + part * max(1, size // each) + behind


def counted(part: Callable[[int], str], before: str = _HEAD, behind: str = "") -> Grown:
    """Parts that differ by their number, from 1."""

    def grown(size: int) -> str:
        parts: list[str] = []
        length = 0
        for number in count(1):
            if length >= size:
                break
            parts.append(part(number))
            length += len(parts[-1].encode())
        return before + "".join(parts) + behind

    return grown


def halves(first: Grown, second: Grown) -> Grown:
    """One text behind the other, each of half the size."""
    return lambda size: first(size // 2) + second(size // 2)


def number(n: int) -> str:
    """n in Chinese digits: 305 → 三〇五."""
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(n))


def word(n: int) -> str:
    """Two to four Chinese characters that no two numbers share."""
    return "".join(chr(0x4E00 + 37 * ((n >> shift) % 512) + shift) for shift in (18, 9, 0) if not shift or n >> shift)


_LEVELS = (
    (64, _NUMERALS, "{}、加强领导\n"),
    (16, _NUMERALS, "（{}）抓好落实\n"),
    (4, "123456789", "{}.开展检查。（市教育局负责）\n"),
    (1, "123456789", "（{}）建立台账。\n"),
)


def _nested(n: int) -> str:
    return "".join(line.format(digits[n // size % 9]) for size, digits, line in _LEVELS if n % size == 0)


_FIRST = "列第一位者为牵头单位"
_TASK = "开展校园食品安全专项检查，对发现的问题限期整改到位。"

HOSTILE: dict[str, Grown] = {
    # one character
    "《": again("《"),
    "》": again("》"),
    "（": again("（"),
    "）": again("）"),
    "〔": again("〔"),
    "、": again("、"),
    "。": again("。"),
    "：": again("："),
    "“": again("“"),
    "one digit": again("7"),
    "one character": again("责"),
    "年月日": again("年月日"),
    "blanks": again(" ", "甲", "乙"),
    "wide blanks": again("　", "甲", "乙"),
    "lines without words": again("\n", "甲", "乙"),
    "page breaks": again("甲\f"),
    "combining marks": again("\u0301", "甲"),
    "beyond the BMP": again("\U00020000"),
    "Kangxi radicals": again("⼀⼆⽂"),
    "dots": again("1."),
    "thousands": again("1，000"),
    "Latin words": again("a b "),
    "dashes": again("—"),
    # words of the vocabulary
    "《a》": again("《a》"),
    "牵头": again("牵头"),
    "负责": again("负责"),
    "责任单位：": again("责任单位："),
    "责任单位": again("责任单位"),
    "以上": again("以上"),
    "同上": again("同上"),
    "下同": again("下同"),
    "和": again("市教育局和"),
    "会同": again("市教育局会同"),
    "商": again("商教育"),
    "joined names": again("市教育局"),
    "each": again("各有关"),
    "letters of a name": again("市教育体育卫生健康委"),
    "per year": again("每年"),
    "year's counts": again("全年"),
    "the end of June": again("6月底前"),
    "stages": again("（一月至"),
    "a whole share": again("覆盖率达到100%，"),
    "counts": again("新增3个"),
    "bare numbers": again("3万 "),
    "doubling": again("翻一番"),
    "not before its day": again("2021年12月31日"),
    "a number": again("国发〔2019〕1号"),
    "a cited number": again("《甲》（国发〔2019〕1号）、"),
    "articles": again("《甲》第一条"),
    "inner titles": again("〈甲", "《", "》"),
    "inner titles closed": again("《〈甲〉》"),
    "fields": again("发文机关：甲", "", "\n"),
    "formulate": again("制定并"),
    "as first": again("列第一位的单位"),
    "notes": again("注：列第一位者为牵头单位。\n", _HEAD + _TABLE + "1\t检查\t市教育局\t6月\n"),
    # brackets
    "nested brackets": lambda size: again("（")(size // 2) + again("）")(size // 2),
    "mixed brackets": again("（〔）〕"),
    "crossed brackets": lambda size: again("〔")(size // 2) + again("（）")(size // 2),
    "nested titles": lambda size: again("《")(size // 2) + again("》")(size // 2),
    "brackets never closed": again(f"{_TASK}（市教育局牵头\n"),
    "statements in one line": again("（责任单位：市教育局、市公安局）"),
    "statements with tasks in one line": again(f"{_TASK}（责任单位：市教育局、市公安局）"),
    "lines of responsibility": again("责任单位：市教育局、市公安局\n"),
    "units in one bracket": again("市教育局、", f"{_HEAD}一、工作\n{_TASK}（", "市公安局负责）\n"),
    "units in one line": again("市教育局、", f"{_HEAD}一、工作\n{_TASK}\n责任单位：", "市公安局\n"),
    "units in one list": again("市教育局、"),
    "labels in one bracket": again("责任单位：市教育局；", f"{_TASK}（", "）"),
    "units wrapped": again("市教育局、市公\n安局、市应急管\n", f"{_TASK}（责任单位："),
    "joined names in one statement": again("市教育局", f"{_TASK}\n责任单位："),
    "titles in one list": again("《甲》、", "贯彻落实"),
    "a statement of brackets": again("（市教育局）", f"{_TASK}\n责任单位："),
    "a bracket of the longest": again("（" + "市教育局、" * 170 + "市公安局负责）"),
    # headings
    "headings 一、": counted(lambda n: f"{number(n)}、加强工作\n"),
    "headings of one number": again("一、加强工作\n", _HEAD),
    "headings without tasks": counted(lambda n: f"{n % 999}.加强工作\n"),
    "headings with tasks": counted(lambda n: f"{number(n)}、加强工作\n{_TASK}（市教育局负责）\n"),
    "points, the last with a statement": counted(
        lambda n: f"{'' if n % 3 else '一、工作' + chr(10)}（{_NUMERALS[n % 3]}）{_TASK}"
        f"{'' if n % 3 < 2 else chr(10) + '责任单位：市教育局'}\n"
    ),
    "points of one item": counted(lambda n: f"（{n % 900 + 1}）{_TASK}（市教育局负责）\n", f"{_HEAD}1.工作\n"),
    "nested numbers": counted(_nested),
    "bars on lines": counted(lambda n: "甲\n|\n"),
    "heads between bars": counted(lambda n: "任务\n|\n责任单位\n|\n时限\n|\n"),
    "heads a line": counted(lambda n: "序号\n任务\n责任单位\n1\n"),
    "a pasted table": counted(lambda n: f"{n}\n{_TASK}\n市教育局\n6月底前\n", "序号\n任务\n责任单位\n时限\n"),
    "items in one line": counted(lambda n: f"{n}.{_TASK}（市教育局负责）", f"{_HEAD}一、工作\n"),
    "gaps in numbers": counted(lambda n: f"{n * 2 % 98 + 1}.加强工作\n"),
    "annexes": counted(lambda n: f"附件{n % 99}\n工作清单\n{_TASK}（市教育局、市公安局负责。{_FIRST}，下同）\n"),
    "stages of the work": counted(lambda n: f"{number(n)}、工作步骤\n{_TASK}（市教育局负责）\n"),
    "articles of a rule": counted(lambda n: f"第{n}条 {_TASK}\n"),
    # tasks, tables, progress
    "one task again": again(f"1.{_TASK}（市教育局负责）\n", _HEAD),
    "tasks under no heading": counted(lambda n: f"{word(n)}{_TASK}（市教育局负责）\n"),
    "short titles": counted(lambda n: f"抓党建\n{word(n)}{_TASK}{_TASK}{'（市教育局负责）' if n % 2 else ''}\n"),
    "first of each list": counted(lambda n: f"{word(n)}{_TASK}（市教育局、市公安局负责。{_FIRST}，下同）\n"),
    "one task without an end": again("开展检查，", f"{_HEAD}一、工作\n", "。（市教育局负责）\n"),
    "progress": counted(lambda n: f"{word(n)}检查{n % 12 + 1}月底前完成；", f"{_HEAD}一、工作\n工作进度："),
    "progress of many tasks": halves(
        counted(lambda n: f"{word(n)}{_TASK}（市教育局负责）\n", f"{_HEAD}一、工作\n"),
        counted(lambda n: f"{word(n)}检查{n % 12 + 1}月底前完成；", "工作进度："),
    ),
    "progress of each task": counted(
        lambda n: f"{word(n)}{_TASK}（市教育局负责）\n工作进度：6月底前完成{word(n)}检查。\n"
    ),
    "progress of one kind": halves(
        counted(lambda n: f"{_TASK}（{word(n)}局负责）\n", f"{_HEAD}一、工作\n"),
        again("6月底前完成校园食品安全专项检查；", "工作进度："),
    ),
    "a table": counted(lambda n: f"{n}\t{word(n)}{_TASK}\t市教育局\t{n % 12 + 1}月底前\n", _HEAD + _TABLE),
    "a table of one row": again(f"1\t{_TASK}\t市教育局\t6月底前\n", _HEAD + _TABLE),
    "a table of columns": lambda size: _HEAD + 2 * ("任务\t责任单位\t" * (size // 48) + "备注\n"),
    "tables": again(_TABLE + f"1\t{_TASK}\t市教育局\t6月底前\n", _HEAD),
    "a table of brackets": again(f"{_TASK}（市教育局负责）\t乙\t丙\n", "任务\t目标\t备注\n"),
    "a cell of lines": again("市教育局 ", _HEAD + _TABLE + "1\t检查\t", "\t6月\n"),
    "rows beside tasks": halves(
        counted(lambda n: f"{n}.{word(n)}{_TASK}（市教育局负责）\n"),
        counted(lambda n: f"{n}\t{word(n)}{_TASK}\t市教育局\t6月\n", _TABLE),
    ),
    "long rows beside tasks": halves(
        again("开展检查，", f"{_HEAD}一、工作\n", "。（市教育局负责）\n" + _TABLE),
        again("开展查检，", "1\t", "\t市教育局\t6月\n"),
    ),
    "tabs": again("\t", "甲\t乙\t丙\n"),
    # what two places say
    "titles of one number": counted(lambda n: f"《{word(n)}{word(n + 7)}办法》（国发〔2019〕1号）"),
    "numbers of one title": counted(lambda n: f"《食品安全办法》（国发〔{2000 + n % 30}〕{n % 9999}号）"),
    "documents": counted(lambda n: f"《{word(n)}办法》（国发〔2019〕{n}号）"),
    "names that look alike": counted(lambda n: f"{_TASK}（高新{word(n)}监察室负责）\n"),
    "unknown names": counted(lambda n: f"{_TASK}（市场监督管理{word(n)}局负责）\n"),
    "bare page numbers": counted(lambda n: f"{_TASK * 2}\n" * 13 + f"{n % 999}\n"),
    "page numbers": counted(lambda n: f"{_TASK * 2}\n" * 3 + f"— {n % 9999} —\n"),
    "days": again("2021年5月24日\n", _HEAD),
    "impossible days": again("2月30日", _HEAD),
    "titles of plans": again("关于印发《甲》的通知\n"),
    "addressees": again("各市、县人民政府、", _HEAD, "："),
    "labels in brackets": again("〔责任单位〕市教育局"),
    # what one word or bracket sets a search off from
    "role words in an open bracket": again("负责", f"{_HEAD}（", "\n"),
    "names in a heading's bracket": again("局", f"{_HEAD}1.（", "（）\n"),
    "marks in a field": again(".", f"{_HEAD}一、工作\n责任单位：", "甲乙\n"),
    "brackets in a field": again("（", f"{_HEAD}一、工作\n责任单位：", "市教育局\n"),
    "done by then": again("完成", f"{_HEAD}一、工作\n责任单位：6月", "乙\n"),
    "labels in one line": again("甲责任单位：", _HEAD),
    "levels in a field": again("各市、县、", f"{_HEAD}一、工作\n责任单位：", "\n"),
    "known names in a field": again("教育局公安局", f"{_HEAD}一、工作\n责任单位：", "\n"),
    "names and names in a field": again("教育局和公安局和", f"{_HEAD}一、工作\n责任单位：", "教育局\n"),
    "joins in a field": again("市教育局会同", f"{_HEAD}一、工作\n责任单位：", "市公安局\n"),
    "商 in a field": again("商", f"{_HEAD}一、工作\n责任单位：市教育局", "甲\n"),
    "more than": again("较", f"{_HEAD}一、工作\n新增3个，", "。新建5个。（市教育局负责）\n"),
    "digits of a year's count": again("1", f"{_HEAD}一、工作\n每年", "次。（市教育局负责）\n"),
    "digits of a target": again("9", f"{_HEAD}一、工作\n新增", "个。（市教育局负责）\n"),
    "a title that issues": again("印发", "《甲》（国发〔2019〕1号）《", "的通知乙》（国发〔2019〕1号）"),
    "digits of an article": again("1", "第", "条 开展检查。（市教育局负责）\n"),
    "remarks": again("以下任务均需落实。", f"{_HEAD}一、工作\n责任单位：市教育局。"),
    "names in a cell": again("市教育局 甲 ", _HEAD + _TABLE + "1\t检查\t", "\t6月\n"),
    "columns of measures": lambda size: _HEAD + 2 * ("单位\t责任单位\t" * (size // 48) + "备注\n"),
}  # fmt: skip
"""Hostile texts by name."""


def real_looking(lexicon: Lexicon, plans: int = 10) -> dict[str, Grown]:
    """Texts made of the lines of one plan of the corpus each, drawn anew until they are long enough."""
    texts = sorted([*_CORPUS.rglob("*.txt"), *_CORPUS.rglob("*.html"), *_CORPUS.rglob("*.docx")])
    sources = [read_source(path) for path in texts[:plans]]
    return {f"like {source.name}": _recombined(source, lexicon) for source in sources}


def _recombined(real: Source, lexicon: Lexicon) -> Grown:
    words = clean(real)
    tasks = parse_plan(real, lexicon).tasks
    statements = [words.said(words.offset(s.start), words.offset(s.end - 1) + 1) for t in tasks for s in t.statements]
    statements = statements or ["（市教育局负责）"]
    sentences = [s for task in tasks for s in task.text.split("。") if len(s) > 8] or ["做好工作"]
    lines = [line for line in real.text.splitlines() if line.strip()]

    def parts(chance: random.Random) -> Iterator[str]:
        yield from (line + "\n" for line in lines[:12])
        for section in count():
            yield f"{_NUMERALS[section % 10]}、{chance.choice(sentences)[:16]}\n"
            for item in range(9):
                yield f"（{_NUMERALS[item]}）{chance.choice(sentences)[:14].replace('，', '')}。"
                yield f"{'。'.join(chance.choices(sentences, k=3))}。{chance.choice(statements)}\n"
                yield chance.choice(lines) + "\n"

    def grown(size: int) -> str:
        drawn: list[str] = []
        length = 0
        for part in parts(random.Random(_SEED)):
            drawn.append(part)
            length += len(part.encode())
            if length >= size:
                break
        return "".join(drawn)

    return grown
