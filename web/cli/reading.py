"""Commands that read files and keep nothing (读): text, extract, check."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from ingest import extract_plan as extracted
from web.check import lint
from web.check.formats import Format, render
from web.cli.console import (
    FileArgument,
    MaxBytes,
    err,
    files_in,
    in_sentences,
    print_exactly,
    read_file,
    read_plan,
    sandbox,
    the_lexicon,
    translation,
)
from web.words import wording
from web.words.harmless import harmless, harmless_json
from web.words.wording import say

_JSON: tuple[Format, ...] = ("json", "sarif")


def text(file: FileArgument, max_bytes: MaxBytes = None) -> None:
    """显示文件的阅读文本：一切位置都按它计算。"""
    with in_sentences():
        print_exactly(read_file(file, max_bytes).text)


def extract(
    file: FileArgument,
    strict: Annotated[bool, typer.Option("--strict", help="有存疑时以状态 1 退出")] = False,
    max_bytes: MaxBytes = None,
) -> None:
    """把一个文件读成 JSON：任务、单位、依据、时限、指标，每一条都带出处。"""
    with in_sentences():
        sandbox()  # It gets ready meanwhile.
        lexicon = the_lexicon()
        said = extracted(read_plan(file, max_bytes)[1], lexicon)
    for doubt in said["doubts"]:
        doubt["message"] = say(wording.DOUBTS, doubt["code"], doubt["params"], translation())
    print_exactly(json.dumps(said, ensure_ascii=False, indent=1) + "\n", harmless_json)
    if strict and said["doubts"]:
        raise typer.Exit(1)


def check(
    files: Annotated[list[Path], typer.Argument(help="要检查的文件或文件夹", show_default=False)],
    form: Annotated[Format, typer.Option("--format", help="给人看，或给别的程序")] = "text",
    select: Annotated[list[str] | None, typer.Option(help="只报这些代码，用逗号隔开")] = None,
    ignore: Annotated[list[str] | None, typer.Option(help="不报这些代码，用逗号隔开")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="有存疑时以状态 1 退出")] = False,
    unread: Annotated[bool, typer.Option("--unread", help="另外列出没有读懂的责任文字")] = False,
    max_bytes: MaxBytes = None,
) -> None:
    """逐条列出文件中的存疑：在哪里、是什么、怎么办；最后一行说责任文字读懂了多少。"""
    with in_sentences():
        codes = lint.chosen(select or (), ignore or ())
        report = lint.check(files_in(files), partial(read_plan, max_bytes=max_bytes), codes, translation())
    for refused in report.refused:
        err.print(refused.message, style="red", markup=False)
    print_exactly(render(report, form, unread, translation()), harmless_json if form in _JSON else harmless)
    raise typer.Exit(report.status(strict))
