"""The command that says whether a library is what was written (核对): library."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.progress import Progress

from graph import check_folder
from graph.query import Finding
from graph.store import Watched
from search import folder_of
from web.cli.console import DEFAULT_LIBRARY, LibraryOption, err, in_sentences, tell_sqlite_fault, terminal, the_store


def library_state(
    check: Annotated[bool, typer.Option("--check", help="通读全部内容，逐项核对校验值；有问题时退出状态为 1")] = False,
    library: LibraryOption = DEFAULT_LIBRARY,
) -> None:
    """显示文件库的状态；加 --check 时通读并核对全部内容。"""
    if not check:
        with in_sentences(), the_store(library) as store:
            plans, generation = len(store.plans()), store.generation()
        terminal().done("library", path=_shown(library), plans=plans, generation=generation)
        return
    tell_sqlite_fault(library)
    with in_sentences(), Progress(console=err, transient=True, disable=not err.is_terminal) as progress:
        bar = progress.add_task("核对", total=None)
        found = _findings(library, lambda done, total: progress.update(bar, completed=done, total=total))
    said = terminal()
    for finding in found:
        said.finding(finding)
    if found:
        raise typer.Exit(1)
    said.done("sound", path=_shown(library))


def _findings(library: str, watch: Watched) -> tuple[Finding, ...]:
    """Of a folder's file as it lies there, before opening it would make anything again."""
    folder = folder_of(library)
    if folder is None:
        with the_store(library) as store:
            return store.check(watch)
    return check_folder(folder, watch)


def _shown(library: str) -> str:
    """The address without a password."""
    folder = folder_of(library)
    return str(folder) if folder is not None else library.rpartition("@")[2]
