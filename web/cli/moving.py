"""Commands that carry a whole library elsewhere (搬): backup, restore, copy, export."""

from __future__ import annotations

import shutil
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from graph import (
    EXPORT_OF,
    EXPORTS,
    BackupExists,
    compare,
    copy_decisions,
    copy_plans,
    copy_removed,
    discard,
    masked_store,
    restore,
)
from ingest import whole_file
from ingest.errors import ZerenError
from search import folder_of, open_store_at, resolver
from web.cli.console import (
    DEFAULT_LIBRARY,
    LibraryOption,
    err,
    in_sentences,
    print_exactly,
    terminal,
    the_catalog,
    the_lexicon,
    the_store,
)


class RestoreIntoDatabase(ZerenError):
    """A backup is restored to a folder; from there it is copied to a database."""

    code = "restore-into-database"


def backup(
    target: Annotated[Path, typer.Argument(help="备份文件")],
    library: LibraryOption = DEFAULT_LIBRARY,
    replace: Annotated[bool, typer.Option("--replace", help="替换已有的备份文件")] = False,
) -> None:
    """把文件库备份成一个文件，通读核对后才得名；服务运行时也可以。"""
    with in_sentences(), the_store(library) as store:
        if target.exists() and not replace:
            raise BackupExists(path=str(target))
        store.backup(target)
    terminal().done("backed-up", path=target)


def restore_backup(
    source: Annotated[Path, typer.Argument(help="备份文件")],
    library: LibraryOption = DEFAULT_LIBRARY,
    discarding: Annotated[bool, typer.Option("--discard", help="恢复成功后删除原来的文件库")] = False,
) -> None:
    """用备份替换文件库，前后都通读核对；原来的文件库改名保留。"""
    with in_sentences():
        folder = folder_of(library)
        if folder is None:
            raise RestoreIntoDatabase
        kept = restore(source, folder)
        # The index is of the library that was here; what is restored gets one of its own.
        shutil.rmtree(folder / "index", ignore_errors=True)
        if kept and discarding:
            discard(kept)
    terminal().done("restored", path=folder)
    if kept and discarding:
        terminal().done("discarded", path=kept)
    elif kept:
        terminal().done("kept-aside", path=kept)


def copy_library(
    source: Annotated[str, typer.Option("--from", help="从哪个文件库：文件夹，或 neo4j://…")],
    target: Annotated[str, typer.Option("--to", help="到哪个文件库：文件夹，或 neo4j://…")],
    replace: Annotated[bool, typer.Option("--replace", help="目标库里内容不同的文件也以来源为准")] = False,
) -> None:
    """把文件库整个复制到另一处（全部版本、原文、移除记录），并逐个核对；中断后再运行即可接着复制。"""
    with (
        in_sentences(),
        the_store(source) as here,
        closing(open_store_at(target, the_lexicon())) as there,
        Progress(console=err, transient=True) as progress,
    ):
        total = len(here.plans())
        copy_decisions(here, there)  # First: what is filled afterwards follows them.
        each = progress.track(copy_plans(here, there, replace), total, description="复制")
        copied = Counter(plan.outcome for plan in each)
        removed, bar = copy_removed(here, there), progress.add_task("核对", total=total)
        compared = compare(here, there, lambda done: progress.update(bar, completed=done))
    with in_sentences(), the_catalog(target):
        pass  # The index follows, with a bar.
    terminal().copied(copied, removed, compared)
    if not compared.same:
        raise typer.Exit(1)


def export(
    library: LibraryOption = DEFAULT_LIBRARY,
    form: Annotated[str, typer.Option("--format", help="、".join(EXPORT_OF) + "：见 docs/graph-model.md")] = EXPORTS[
        0
    ].name,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="写到哪个文件，不写则显示")] = None,
    with_people: Annotated[bool, typer.Option("--with-people", help="也导出责任领导的姓名")] = False,
    show_contacts: Annotated[bool, typer.Option("--show-contacts", help="不遮盖电话、身份证号和邮箱")] = False,
) -> None:
    """把责任图谱导出成 Cypher 语句；再次载入不会重复。"""
    if form not in EXPORT_OF:
        raise typer.BadParameter("可用的格式：" + "、".join(EXPORT_OF))
    with in_sentences(), the_store(library) as store:
        shown = store if show_contacts else masked_store(store)
        lines = (f"{line}\n" for line in EXPORT_OF[form].lines(shown, resolver(the_lexicon()), with_people))
        if output is None:
            for line in lines:
                print_exactly(line)
        else:
            with whole_file(output) as file:
                file.writelines(map(str.encode, lines))
    if output is not None:
        terminal().done("exported", path=output)
