"""The command line (命令行) of Zeren: what goes in, what comes out. No logic of its own."""

from __future__ import annotations

import io
import json
import re
import shutil
import socket
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
import waitress
from rich.console import Console
from rich.progress import Progress

from graph.questions import GAP_CODES, GapCode
from graph.sqlite_store import SqliteStore, open_store, restore
from ingest.errors import ZerenError
from ingest.extract import extract as extracted
from ingest.lexicon import Lexicon, load_lexicon
from ingest.model import Plan, Resolution, Source
from ingest.parse import parse_plan
from ingest.units import resolve
from search.ask import ask as answer
from search.catalog import Catalog, open_catalog
from search.filters import Filters
from search.names import names_of
from web import create_app, terminal, wording
from web.settings import Settings
from web.wording import say

HOME = Path(__file__).resolve().parent
LEXICON = HOME / "data" / "lexicon"
LOCAL_UNITS = HOME / "data" / "units.local.csv"

app = typer.Typer(
    help="责任：读工作要点、工作方案，回答谁负责什么。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

File = Annotated[Path, typer.Argument(help="要读的文件", show_default=False)]
Library = Annotated[Path, typer.Option("--library", envvar="ZEREN_LIBRARY", help="文件库所在的文件夹")]
MaxBytes = Annotated[int | None, typer.Option("--max-bytes", help="文件大小上限（字节），不写为 20 MB", min=1)]
DEFAULT_LIBRARY = HOME / "data" / "library"


@contextmanager
def _sentences() -> Iterator[None]:
    """Turns what a user can mend into one sentence and exit status 2."""
    try:
        yield
    except ZerenError as error:
        err.print(say(wording.ERRORS, error.code, error.params), style="red", markup=False)
        raise typer.Exit(2) from None


def _read(file: Path, max_bytes: int | None) -> Source:
    # The readers of six formats take a quarter of a second to load: a question does not wait for them.
    from ingest.read import LIMIT, read_source

    return read_source(file, max_bytes or LIMIT)


def _lexicon() -> Lexicon:
    return load_lexicon(LEXICON, LOCAL_UNITS)


def _store(library: Path, lexicon: Lexicon, create: bool = False) -> SqliteStore:
    def resolved(plan: Plan) -> Resolution:
        return resolve(plan, lexicon)

    return open_store(library, resolved, lexicon.stamp, create=create)


@contextmanager
def _catalog(library: Path, create: bool = False) -> Iterator[tuple[Catalog, Lexicon]]:
    lexicon = _lexicon()
    store = _store(library, lexicon, create)
    try:
        catalog = open_catalog(store, library / "index", lambda plan: resolve(plan, lexicon), names_of(lexicon.aliases))
        try:
            yield catalog, lexicon
        finally:
            catalog.close()
    finally:
        store.close()


@app.command()
def text(file: File, max_bytes: MaxBytes = None) -> None:
    """显示文件的阅读文本：一切位置都按它计算。"""
    with _sentences():
        sys.stdout.buffer.write(_read(file, max_bytes).text.encode())


@app.command()
def extract(
    file: File,
    strict: Annotated[bool, typer.Option("--strict", help="有存疑时以状态 1 退出")] = False,
    max_bytes: MaxBytes = None,
) -> None:
    """把一个文件读成 JSON：任务、单位、依据、时限、指标，每一条都带出处。"""
    with _sentences():
        lexicon = _lexicon()
        said = extracted(parse_plan(_read(file, max_bytes), lexicon), lexicon)
    for doubt in said["doubts"]:
        doubt["message"] = say(wording.DOUBTS, doubt["code"], doubt["params"])
    sys.stdout.buffer.write(json.dumps(said, ensure_ascii=False, indent=1).encode() + b"\n")
    if strict and said["doubts"]:
        raise typer.Exit(1)


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="文件或文件夹", show_default=False)],
    library: Library = DEFAULT_LIBRARY,
    max_bytes: MaxBytes = None,
) -> None:
    """把文件收进文件库；收过的同一文件不会重复。"""
    if _take_in_all(paths, library, max_bytes):
        raise typer.Exit(2)


def _take_in_all(paths: Iterable[Path], library: Path, max_bytes: int | None = None) -> int:
    """Reads files into the library, a line each; how many were refused."""
    refused = 0
    with (
        _sentences(),
        _catalog(library, create=True) as (catalog, lexicon),
        Progress(console=err, transient=True) as progress,
    ):
        files = list(_files(paths))
        for file in progress.track(files, description="读取"):
            try:
                source = _read(file, max_bytes)
                saved = catalog.add(source, parse_plan(source, lexicon))
                out.print(f"{wording.OUTCOMES[saved.outcome]}\t{file.name}\t{saved.plan.id}", markup=False)
            except ZerenError as error:
                if error.code.startswith(("library", "disk", "index")):
                    raise
                refused += 1
                out.print(
                    f"{wording.OUTCOMES['refused']}\t{file.name}\t{say(wording.ERRORS, error.code, error.params)}",
                    markup=False,
                )
    return refused


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and those in the folders named whose kind is read, in order of their names."""
    from ingest.read import SUFFIXES

    for path in paths:
        if path.is_dir():
            yield from sorted(
                p
                for p in path.rglob("*")
                if p.is_file() and p.suffix.lower() in SUFFIXES and not p.name.startswith((".", "~$"))
            )
        else:
            yield path


@app.command(name="list")
def list_plans(library: Library = DEFAULT_LIBRARY) -> None:
    """列出文件库中的文件。"""
    with _sentences():
        store = _store(library, _lexicon())
        table = terminal.table("编号", "标题", "发文字号", "成文日期", "任务", "存疑", "读懂")
        for plan in store.plans():
            read = f"{plan.consumed / plan.total:.1%}" if plan.total else "—"
            table.add_row(
                plan.id,
                plan.title,
                plan.document_number or "—",
                plan.issued_on or "—",
                str(plan.tasks),
                str(plan.doubts),
                read,
            )
        store.close()
    out.print(table)


@app.command()
def show(plan_id: Annotated[str, typer.Argument(help="文件的编号")], library: Library = DEFAULT_LIBRARY) -> None:
    """显示一个文件的要素、版本和来源。"""
    with _sentences():
        store = _store(library, _lexicon())
        plan, versions = store.load(plan_id), store.versions(plan_id)
        store.close()
    header = plan.header
    table = terminal.table("要素", "内容")
    for name, value in (
        ("标题", header.title),
        ("发文字号", header.document_number),
        ("发文机关", header.issuer),
        ("主送机关", "、".join(header.addressees)),
        ("成文日期", header.issued_on),
        ("任务", str(len(plan.tasks))),
        ("工作进度", str(len(plan.milestones))),
        ("存疑", str(len(plan.doubts))),
        ("读懂", f"{plan.coverage.ratio:.1%}"),
    ):
        table.add_row(name, value or "—")
    for version in versions:
        table.add_row(f"版本 {version.number}", "、".join(f"{s.name}（{s.size} 字节）" for s in version.sources))
    out.print(table)


@app.command()
def remove(
    plan_id: Annotated[str, typer.Argument(help="文件的编号")],
    library: Library = DEFAULT_LIBRARY,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="不再询问")] = False,
) -> None:
    """把一个文件连同其各版本移出文件库。"""
    with _sentences(), _catalog(library) as (catalog, _):
        title = catalog.store.load(plan_id).header.title
        if not yes:
            typer.confirm(f"移除“{title}”及其全部版本？", abort=True)
        catalog.remove(plan_id)
    out.print(f"已移除\t{title}", markup=False)


@app.command()
def reread(library: Library = DEFAULT_LIBRARY) -> None:
    """用现在的规则重读文件库中的全部文件，并说明变化。"""
    with _sentences(), _catalog(library) as (catalog, lexicon):
        for row in catalog.reread(lambda source: parse_plan(source, lexicon)):
            changes = (
                f"新增任务 {len(row.added)}，减少 {len(row.removed)}，改动 {len(row.altered)}"
                if row.changed
                else "未变"
            )
            out.print(f"{row.plan_id}\t{changes}", markup=False)


@app.command()
def backup(target: Annotated[Path, typer.Argument(help="备份文件")], library: Library = DEFAULT_LIBRARY) -> None:
    """把文件库备份成一个文件；服务运行时也可以。"""
    with _sentences():
        store = _store(library, _lexicon())
        store.backup(target)
        store.close()
    out.print(f"已备份\t{target}", markup=False)


@app.command(name="restore")
def restore_backup(
    source: Annotated[Path, typer.Argument(help="备份文件")], library: Library = DEFAULT_LIBRARY
) -> None:
    """用备份替换文件库；原来的文件库改名保留。"""
    with _sentences():
        kept = restore(source, library)
        # The index is of the library that was here; what is restored gets one of its own.
        shutil.rmtree(library / "index", ignore_errors=True)
    out.print(f"已恢复\t{library}" + (f"\t原文件库：{kept}" if kept else ""), markup=False)


@app.command()
def search(
    words: Annotated[str, typer.Argument(help="要找的字词，加引号则逐字匹配")],
    unit: Annotated[list[str] | None, typer.Option(help="只看这些单位（编号）")] = None,
    plan: Annotated[list[str] | None, typer.Option(help="只看这些文件（编号）")] = None,
    limit: Annotated[int, typer.Option(min=1, max=200)] = 20,
    library: Library = DEFAULT_LIBRARY,
) -> None:
    """检索任务、进度、文件和单位。"""
    with _sentences(), _catalog(library) as (catalog, _):
        results = catalog.search(words, Filters(unit=tuple(unit or ()), plan=tuple(plan or ())), limit=limit)
    terminal.print_results(out, results)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="单位名称，或一句问话")] = "",
    due: Annotated[str | None, typer.Option(help="这段时间到期的：2021-12-01..2021-12-31")] = None,
    gap: Annotated[str | None, typer.Option(help="有缺口的任务：" + "、".join(wording.GAPS))] = None,
    library: Library = DEFAULT_LIBRARY,
) -> None:
    """问：食药监分局；食药监分局牵头哪些任务；谁负责校园食品安全；哪些任务引用了《民法典》；12月底前要完成什么。"""
    with _sentences(), _catalog(library) as (catalog, _):
        if due is not None:
            found = re.fullmatch(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)", due)
            if not found:
                raise typer.BadParameter("请写成 2021-12-01..2021-12-31")
            terminal.print_due(out, catalog.store.due_between(*found.groups()))
        elif gap is not None:
            terminal.print_gaps(out, catalog.store.gaps(_gap_code(gap)))
        else:
            terminal.print_answer(out, answer(question, catalog), catalog.store)


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
) -> None:
    """启动网站。"""
    with _sentences():
        _refuse_busy_port(host, port)
    if plans is not None:
        _take_in_all([plans], library)
    settings = Settings(library=library, lexicon=LEXICON, local_units=LOCAL_UNITS)
    with _sentences():
        site = create_app(settings)
    out.print(f"责任已启动：http://{host}:{port}  （Ctrl+C 停止）", markup=False)
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
