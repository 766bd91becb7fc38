"""Commands that fill a library and show what is in it (文件库): ingest, list, units, show, remove, reread."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TimeElapsedColumn

from graph import unresolved
from ingest.errors import FileTooHard, ZerenError
from ingest.language import accept as accept_name
from ingest.model import Plan, Source
from web.cli.console import (
    DEFAULT_LIBRARY,
    LOCAL_UNITS,
    LibraryOption,
    MaxBytes,
    err,
    files_in,
    in_sentences,
    official,
    read_plans,
    sandbox,
    tell_isolation,
    terminal,
    the_catalog,
    the_lexicon,
    the_store,
    translation,
)
from web.words import wording
from web.words.harmless import harmless
from web.words.wording import say


def ingest(
    paths: Annotated[list[Path], typer.Argument(help="文件或文件夹", show_default=False)],
    library: LibraryOption = DEFAULT_LIBRARY,
    max_bytes: MaxBytes = None,
    replace: Annotated[bool, typer.Option("--replace", help="比原有的一版少，也改用这一版来回答问题")] = False,
    anyway: Annotated[bool, typer.Option("--anyway", help="看不出是公文的文件也收")] = False,
) -> None:
    """把文件收进文件库；收过的同一文件不会重复。"""
    if take_in_all(paths, library, max_bytes, replace, anyway):
        raise typer.Exit(2)


def take_in_all(
    paths: Iterable[Path],
    library: str,
    max_bytes: int | None = None,
    replace: bool = False,
    anyway: bool = False,
) -> int:
    """Reads files into the library, a line each once its commit is kept; how many were refused.

    A file that says less than the version that answers takes its place only to `replace` it; one that is no official
    document is taken only `anyway`.
    """
    said, refused = terminal(), 0
    sandbox()  # It gets ready while the library is opened.
    with (
        in_sentences(),
        the_catalog(library, create=True) as (catalog, lexicon),
        Progress(
            SpinnerColumn(), *Progress.get_default_columns(), TimeElapsedColumn(), console=err, transient=True
        ) as bar,
    ):
        tell_isolation()
        files = list(files_in(paths))
        reading = bar.add_task("", total=len(files))
        waiting: deque[str] = deque()

        def read() -> Iterator[tuple[Source, Plan]]:
            nonlocal refused
            for number, file in enumerate(files):
                bar.update(reading, completed=number, description=escape(file.name))
                for name, pair in read_plans(file, max_bytes):
                    found = pair if anyway else official(name, pair, lexicon)
                    if isinstance(found, ZerenError):
                        refused += 1
                        said.refused(name, found)
                    else:
                        waiting.append(name)
                        yield found

        for outcome in catalog.add_all(read(), replace=replace):
            if isinstance(outcome, ZerenError):
                refused += 1
                said.refused(waiting.popleft(), outcome)
            else:
                said.saved(waiting.popleft(), outcome)
    return refused


def list_plans(library: LibraryOption = DEFAULT_LIBRARY) -> None:
    """列出文件库中的文件。"""
    with in_sentences(), the_store(library) as store:
        terminal().plans(store.plans())


def units(
    unresolved_only: Annotated[
        bool, typer.Option("--unresolved", help="只列名录里没有的、可能重复的单位，附建议")
    ] = False,
    accept: Annotated[str, typer.Option(help="把一种写法记入本单位的单位名称表：写法=规范名称")] = "",
    library: LibraryOption = DEFAULT_LIBRARY,
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


def show(plan_id: Annotated[str, typer.Argument(help="文件的编号")], library: LibraryOption = DEFAULT_LIBRARY) -> None:
    """显示一个文件的要素、版本和来源。"""
    with in_sentences(), the_store(library) as store:
        plan, versions = store.load(plan_id), store.versions(plan_id)
    terminal().plan(plan, versions)


def remove(
    plan_id: Annotated[str, typer.Argument(help="文件的编号")],
    library: LibraryOption = DEFAULT_LIBRARY,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="不再询问")] = False,
) -> None:
    """把一个文件连同其各版本移出文件库。"""
    with in_sentences(), the_catalog(library) as (catalog, _):
        title = catalog.store.load(plan_id).header.title
        if not yes:
            typer.confirm(harmless(say(wording.DONE, "remove?", {"title": title}, translation())), abort=True)
        catalog.remove(plan_id)
    terminal().done("removed", title=title)


def reread(library: LibraryOption = DEFAULT_LIBRARY) -> None:
    """用现在的规则重读文件库中的全部文件，并说明变化。"""
    refused, said = 0, terminal()

    def parse(source: Source) -> Plan | None:
        nonlocal refused
        try:
            return sandbox().parse(source)
        except FileTooHard as error:
            refused += 1
            said.refused(source.name, error)
            return None

    sandbox()  # It gets ready while the library is opened.
    with in_sentences(), the_catalog(library) as (catalog, _):
        tell_isolation()
        for row in catalog.reread(parse):
            said.reread(row)
    if refused:
        raise typer.Exit(2)
