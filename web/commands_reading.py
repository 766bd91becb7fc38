"""Commands that read files and keep nothing (读): text, extract, check."""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from ingest.extract import extract as extracted
from ingest.parse import parse_plan
from web import lint, wording
from web.console import File, MaxBytes, err, files_in, in_sentences, read_file, the_lexicon, translation
from web.lint_formats import Format, render
from web.wording import say


def text(file: File, max_bytes: MaxBytes = None) -> None:
    """显示文件的阅读文本：一切位置都按它计算。"""
    with in_sentences():
        sys.stdout.buffer.write(read_file(file, max_bytes).text.encode())


def extract(
    file: File,
    strict: Annotated[bool, typer.Option("--strict", help="有存疑时以状态 1 退出")] = False,
    max_bytes: MaxBytes = None,
) -> None:
    """把一个文件读成 JSON：任务、单位、依据、时限、指标，每一条都带出处。"""
    with in_sentences():
        lexicon = the_lexicon()
        said = extracted(parse_plan(read_file(file, max_bytes), lexicon), lexicon)
    for doubt in said["doubts"]:
        doubt["message"] = say(wording.DOUBTS, doubt["code"], doubt["params"], translation())
    sys.stdout.buffer.write(json.dumps(said, ensure_ascii=False, indent=1).encode() + b"\n")
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
        codes, lexicon = lint.chosen(select or (), ignore or ()), the_lexicon()
        report = lint.check(files_in(files), partial(read_file, max_bytes=max_bytes), lexicon, codes, translation())
    for refused in report.refused:
        err.print(refused.message, style="red", markup=False)
    sys.stdout.buffer.write(render(report, form, unread, translation()).encode(errors="replace"))
    raise typer.Exit(report.status(strict))
