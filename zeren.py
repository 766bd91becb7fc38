"""The command line (命令行) of Zeren: what goes in, what comes out. No logic of its own."""

from __future__ import annotations

import io
import json
import logging
import os
import re
import shutil
import socket
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TimeElapsedColumn

from graph.questions import GAP_CODES, GapCode
from graph.sqlite_store import restore
from graph.unresolved import unresolved
from ingest.errors import ZerenError
from ingest.extract import extract as extracted
from ingest.local_units import accept as accept_name
from ingest.parse import parse_plan
from search.ask import ask as answer
from search.catalog import Catalog
from search.filters import Filters
from search.opening import folder_of
from search.relaxed import search_freely
from web import lint, wording
from web.console import (
    DEFAULT_LIBRARY,
    LEXICON,
    LOCAL_UNITS,
    File,
    Library,
    MaxBytes,
    err,
    in_sentences,
    read_file,
    terminal,
    the_catalog,
    the_lexicon,
    the_store,
    translation,
)
from web.lint_formats import Format, render
from web.wording import say

app = typer.Typer(
    help="责任：读工作要点、工作方案，回答谁负责什么。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def choose(
    lang: Annotated[str | None, typer.Option("--lang", help="zh 或 en；也可以设环境变量 ZEREN_LANG")] = None,
) -> None:
    """责任：读工作要点、工作方案，回答谁负责什么。"""
    if lang is not None:
        os.environ["ZEREN_LANG"] = lang
    # A database that is away is told in one sentence, not once for each time that its driver tries again.
    logging.getLogger("neo4j").setLevel(logging.CRITICAL)


@app.command()
def text(file: File, max_bytes: MaxBytes = None) -> None:
    """显示文件的阅读文本：一切位置都按它计算。"""
    with in_sentences():
        sys.stdout.buffer.write(read_file(file, max_bytes).text.encode())


@app.command()
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


@app.command()
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
        report = lint.check(_files(files), partial(read_file, max_bytes=max_bytes), lexicon, codes, translation())
    for refused in report.refused:
        err.print(refused.message, style="red", markup=False)
    sys.stdout.buffer.write(render(report, form, unread, translation()).encode(errors="replace"))
    raise typer.Exit(report.status(strict))


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="文件或文件夹", show_default=False)],
    library: Library = DEFAULT_LIBRARY,
    max_bytes: MaxBytes = None,
) -> None:
    """把文件收进文件库；收过的同一文件不会重复。"""
    if _take_in_all(paths, library, max_bytes):
        raise typer.Exit(2)


def _take_in_all(paths: Iterable[Path], library: str, max_bytes: int | None = None) -> int:
    """Reads files into the library, a line each; how many were refused."""
    refused, said = 0, terminal()
    with (
        in_sentences(),
        the_catalog(library, create=True) as (catalog, lexicon),
        Progress(
            SpinnerColumn(), *Progress.get_default_columns(), TimeElapsedColumn(), console=err, transient=True
        ) as bar,
    ):
        files = list(_files(paths))
        reading = bar.add_task("", total=len(files))
        for number, file in enumerate(files):
            bar.update(reading, completed=number, description=escape(file.name))
            try:
                source = read_file(file, max_bytes)
                saved = catalog.add(source, parse_plan(source, lexicon))
                said.saved(file.name, saved)
            except ZerenError as error:
                if error.code.startswith(("library", "disk", "index", "database", "foreign-graph")):
                    raise
                refused += 1
                said.refused(file.name, error)
    return refused


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and those in the folders named whose kind is read, in order of their names."""
    from ingest.read import suffixes

    readable = suffixes()
    for path in paths:
        if path.is_dir():
            yield from sorted(
                p
                for p in path.rglob("*")
                if p.is_file() and p.suffix.lower() in readable and not p.name.startswith((".", "~$"))
            )
        else:
            yield path


@app.command(name="list")
def list_plans(library: Library = DEFAULT_LIBRARY) -> None:
    """列出文件库中的文件。"""
    with in_sentences(), the_store(library) as store:
        terminal().plans(store.plans())


@app.command()
def units(
    unresolved_only: Annotated[bool, typer.Option("--unresolved", help="只列名录里没有的单位，并给出建议")] = False,
    accept: Annotated[str, typer.Option(help="把一种写法记入本单位的单位名称表：写法=规范名称")] = "",
    library: Library = DEFAULT_LIBRARY,
) -> None:
    """列出文件库中的单位；名录里没有的，可以把建议记入 data/units.local.csv。"""
    with in_sentences():
        lexicon = the_lexicon()
        if accept:
            written, _, canonical = accept.partition("=")
            if not written or not canonical:
                raise typer.BadParameter("请写成 人设局=人力资源社会保障局")
            accept_name(LOCAL_UNITS, written, canonical)
            terminal().done("accepted", written=written, canonical=canonical, path=LOCAL_UNITS)
            return
        with the_store(library) as store:
            rows = store.units()
    if unresolved_only:
        terminal().unresolved(unresolved(rows, lexicon.register))
    else:
        terminal().units(rows, lexicon.register)


@app.command()
def show(plan_id: Annotated[str, typer.Argument(help="文件的编号")], library: Library = DEFAULT_LIBRARY) -> None:
    """显示一个文件的要素、版本和来源。"""
    with in_sentences(), the_store(library) as store:
        plan, versions = store.load(plan_id), store.versions(plan_id)
    terminal().plan(plan, versions)


@app.command()
def remove(
    plan_id: Annotated[str, typer.Argument(help="文件的编号")],
    library: Library = DEFAULT_LIBRARY,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="不再询问")] = False,
) -> None:
    """把一个文件连同其各版本移出文件库。"""
    with in_sentences(), the_catalog(library) as (catalog, _):
        title = catalog.store.load(plan_id).header.title
        if not yes:
            typer.confirm(say(wording.DONE, "remove?", {"title": title}, translation()), abort=True)
        catalog.remove(plan_id)
    terminal().done("removed", title=title)


@app.command()
def reread(library: Library = DEFAULT_LIBRARY) -> None:
    """用现在的规则重读文件库中的全部文件，并说明变化。"""
    with in_sentences(), the_catalog(library) as (catalog, lexicon):
        for row in catalog.reread(lambda source: parse_plan(source, lexicon)):
            terminal().reread(row)


@app.command()
def backup(target: Annotated[Path, typer.Argument(help="备份文件")], library: Library = DEFAULT_LIBRARY) -> None:
    """把文件库备份成一个文件；服务运行时也可以。"""
    with in_sentences(), the_store(library) as store:
        store.backup(target)
    terminal().done("backed-up", path=target)


@app.command(name="restore")
def restore_backup(
    source: Annotated[Path, typer.Argument(help="备份文件")], library: Library = DEFAULT_LIBRARY
) -> None:
    """用备份替换文件库；原来的文件库改名保留。"""
    with in_sentences():
        folder = folder_of(library)
        if folder is None:
            raise typer.BadParameter("备份只能恢复到文件夹，不能恢复到数据库")
        kept = restore(source, folder)
        # The index is of the library that was here; what is restored gets one of its own.
        shutil.rmtree(folder / "index", ignore_errors=True)
    terminal().done("restored", path=folder)
    if kept:
        terminal().done("kept-aside", path=kept)


@app.command()
def search(
    words: Annotated[str, typer.Argument(help="要找的字词，加引号则逐字匹配")],
    unit: Annotated[list[str] | None, typer.Option(help="只看这些单位（编号）")] = None,
    plan: Annotated[list[str] | None, typer.Option(help="只看这些文件（编号）")] = None,
    limit: Annotated[int, typer.Option(min=1, max=200)] = 20,
    library: Library = DEFAULT_LIBRARY,
) -> None:
    """检索任务、进度、文件和单位。"""
    with in_sentences(), the_catalog(library) as (catalog, _):
        _search(catalog, words, Filters(unit=tuple(unit or ()), plan=tuple(plan or ())), limit)


def _search(catalog: Catalog, words: str, filters: Filters, limit: int) -> None:
    """Shows what the words find as they stand, else read more freely."""
    results = catalog.search(words, filters, limit=limit)
    if not results.total and (found := search_freely(catalog, words, filters, limit=limit)):
        way, results = found
        terminal().read_as(way)
    terminal().results(results)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="单位名称，或一句问话")] = "",
    limit: Annotated[int, typer.Option(help="最多列出多少条", min=1)] = 200,
    due: Annotated[str | None, typer.Option(help="这段时间到期的：2021-12-01..2021-12-31")] = None,
    gap: Annotated[str | None, typer.Option(help="有缺口的任务：" + "、".join(wording.GAPS))] = None,
    library: Library = DEFAULT_LIBRARY,
) -> None:
    """问：食药监分局；食药监分局牵头哪些任务；谁负责校园食品安全；哪些任务引用了《民法典》；12月底前要完成什么。"""
    with in_sentences(), the_catalog(library) as (catalog, _):
        if due is not None:
            found = re.fullmatch(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)", due)
            if not found:
                raise typer.BadParameter("请写成 2021-12-01..2021-12-31")
            terminal().due(catalog.store.due_between(*sorted(found.groups())))
        elif gap is not None:
            terminal().gaps(catalog.store.gaps(_gap_code(gap)))
        else:
            answered = answer(question, catalog)
            terminal().answer(answered, catalog.store, limit)
            problem = answered.interpretation.problem
            if problem is not None and problem.code == "not-understood":
                _search(catalog, question, Filters(), 10)


def _gap_code(code: str) -> GapCode:
    known = {str(each): each for each in GAP_CODES}
    if code not in known:
        raise typer.BadParameter("可用的代码：" + "、".join(known))
    return known[code]


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="监听的地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="监听的端口", min=1, max=65535)] = 8000,
    library: Library = DEFAULT_LIBRARY,
    plans: Annotated[Path | None, typer.Option(help="先收进这个文件夹里的文件")] = None,
    name: Annotated[list[str] | None, typer.Option(help="网站在内网的名字，可以写几个")] = None,
    https: Annotated[bool, typer.Option("--https", help="网站只经由 HTTPS 访问")] = False,
) -> None:
    """启动网站。"""
    with in_sentences():
        _refuse_busy_port(host, port)
    if plans is not None:
        _take_in_all([plans], library)
    else:
        with in_sentences(), the_catalog(library):
            pass  # What must be made anew is made here, with a bar.
    # The site's libraries take a third of a second to load: no other command waits for them.
    import waitress

    from web.app import create_app
    from web.settings import Settings

    known = ("localhost", "127.0.0.1", "[::1]", host, *(name or ()))
    settings = Settings(library=library, lexicon=LEXICON, local_units=LOCAL_UNITS, hosts=known, https=https)
    with in_sentences():
        site = create_app(settings)
    # A short queue is the normal state of a busy site, not something to warn of on every request.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    terminal().done("started", host=host, port=port)
    waitress.serve(site, host=host, port=port, threads=8, ident="Zeren", channel_timeout=60)


def _refuse_busy_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise PortInUse(port=port) from None


class PortInUse(ZerenError):
    """Another program listens there. Params: port."""

    code = "port-in-use"


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    app()
