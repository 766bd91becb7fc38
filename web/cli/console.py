"""What every command shares (命令共用): where things lie, the console, one language, one way to read and to open."""

from __future__ import annotations

import atexit
import os
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from platformdirs import user_data_path
from rich.progress import Progress, TaskID

from graph import sqlite_fault
from graph.store import Store, Watch
from ingest import DATA, IS_SOURCE_TREE, LIMIT, is_official
from ingest.errors import NotOfficial, ZerenError
from ingest.language import Lexicon, load_lexicon
from ingest.model import Plan, Source
from search import Catalog, close_both, folder_of, open_catalog_at, open_store_at
from web.cli.terminal import Screen, Terminal
from web.words import wording
from web.words.harmless import harmless
from web.words.wording import Translate, as_is, say

if TYPE_CHECKING:
    from ingest.intake import Sandbox

LEXICON = DATA / "lexicon"
OWN = DATA if IS_SOURCE_TREE else user_data_path("zeren", appauthor=False)
"""Where the user's library lies unless another is named: never among the installed packages."""

LOCAL_UNITS = OWN / "units.local.csv"


out = Screen(highlight=False, soft_wrap=True)
err = Screen(stderr=True, highlight=False, soft_wrap=True)

FileArgument = Annotated[Path, typer.Argument(help="要读的文件", show_default=False)]
LibraryOption = Annotated[
    str,
    typer.Option(
        "--store",
        "--library",
        envvar=["ZEREN_STORE", "ZEREN_LIBRARY"],
        help="文件库：一个文件夹，或 neo4j://用户:密码@主机:7687/数据库",
    ),
]
MaxBytes = Annotated[int | None, typer.Option("--max-bytes", help="文件大小上限（字节），不写为 20 MB", min=1)]
DEFAULT_LIBRARY = str(OWN / "library")


def translation() -> Translate:
    """The words of the language that was chosen; the catalogue is read only for another than Chinese."""
    if os.environ.get("ZEREN_LANG") != "en":
        return as_is
    from web.words.catalogue import load_translations

    return load_translations("en").gettext


def terminal() -> Terminal:
    return Terminal(out, translation())


def tell_sqlite_fault(library: str) -> None:
    """Says that the library at an address is kept by a SQLite with the WAL-reset fault, where it is."""
    if folder_of(library) is not None and sqlite_fault(sqlite3.sqlite_version_info):
        Terminal(err, translation()).done("sqlite-fault", version=sqlite3.sqlite_version)


@contextmanager
def in_sentences() -> Iterator[None]:
    """Turns what a user can mend into one sentence and exit status 2."""
    try:
        yield
    except ZerenError as error:
        Terminal(err, translation()).error(error)
        raise typer.Exit(2) from None


@lru_cache(1)
def sandbox() -> Sandbox:
    """The one child process that reads the files of this command; it gets ready from the first call on."""
    # A question reads no file: it does not wait for what starts one.
    from ingest.intake import Sandbox

    made = Sandbox(lexicon=LEXICON, local_units=LOCAL_UNITS)
    atexit.register(made.close)
    made.start()
    return made


def read_file(file: Path, max_bytes: int | None) -> Source:
    return sandbox().read(file, max_bytes or LIMIT)


def read_plan(file: Path, max_bytes: int | None) -> tuple[Source, Plan]:
    """A file's source and its plan."""
    return sandbox().read_plan(file, max_bytes or LIMIT)


def read_plans(file: Path, max_bytes: int | None) -> Iterator[tuple[str, tuple[Source, Plan] | ZerenError]]:
    """The name and the plan of a file, or of each file in a bundle, or why there is none."""
    return sandbox().plans_in(file, max_bytes or LIMIT)


def official(name: str, pair: tuple[Source, Plan] | ZerenError, lexicon: Lexicon) -> tuple[Source, Plan] | ZerenError:
    """What was read, or why it is not taken: it is no official document."""
    if isinstance(pair, ZerenError) or is_official(*pair, lexicon):
        return pair
    return NotOfficial(path=name)


def tell_isolation() -> None:
    """Says what of this machine's is not kept from the process that reads files, where anything is."""
    if missing := sandbox().isolation().missing():
        translate = translation()
        shown = "、".join(translate(wording.ISOLATION[name]) for name in missing)
        Terminal(err, translate).done("not-isolated", missing=shown)


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and those in the folders named whose kind is read, in order of their names.

    What a link in a folder leads to outside of it is left out, and told.
    """
    from ingest.intake import suffixes

    readable = suffixes()
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        inside = path.resolve()
        for found in sorted(path.rglob("*")):
            if found.suffix.lower() not in readable or found.name.startswith((".", "~$")) or not found.is_file():
                continue
            if found.resolve().is_relative_to(inside):
                yield found
            else:
                Terminal(err, translation()).done("leads-out", path=found)


def print_exactly(text: str, made_harmless: Callable[[str], str] = harmless) -> None:
    """Prints a text as it is, byte for byte; on a terminal without what a terminal obeys."""
    shown = made_harmless(text) if sys.stdout.isatty() else text
    sys.stdout.buffer.write(shown.encode(errors="replace"))


def the_lexicon() -> Lexicon:
    return load_lexicon(LEXICON, LOCAL_UNITS)


@contextmanager
def _watching() -> Iterator[Watch]:
    """A bar for each thing that is made anew while a library is opened; a line where there is no screen for bars."""
    progress = Progress(console=err, transient=True, disable=not err.is_terminal)
    bars: dict[str, TaskID] = {}

    def watch(step: str, done: int, total: int) -> None:
        if step not in bars:
            progress.start()
            said = say(wording.DONE, step, {}, translation())
            bars[step] = progress.add_task(said, total=total)
            if not err.is_terminal:
                err.print(f"{said}（{total}）")
        progress.update(bars[step], completed=done)

    try:
        yield watch
    finally:
        progress.stop()


@contextmanager
def the_store(library: str) -> Iterator[Store]:
    """The store of the library at an address."""
    with _watching() as watch:
        store = open_store_at(library, the_lexicon(), create=False, watch=watch)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def the_catalog(library: str, create: bool = False) -> Iterator[tuple[Catalog, Lexicon]]:
    """The catalog of the library at an address, and the lexicon that it was opened with."""
    lexicon = the_lexicon()
    with _watching() as watch:
        catalog = open_catalog_at(library, lexicon, create=create, watch=watch)
    told = _tell_trouble(catalog, None)
    try:
        yield catalog, lexicon
        _tell_trouble(catalog, told)
    finally:
        close_both(catalog)


def _tell_trouble(catalog: Catalog, told: str | None) -> str | None:
    """Says, once for each cause, what keeps the index from being brought up to date or kept; the cause."""
    trouble = catalog.trouble
    if trouble is None or trouble.code == told:
        return told
    translate = translation()
    why = say(wording.ERRORS, trouble.code, trouble.params, translate)
    Terminal(err, translate).done("index-not-kept", why=why)
    return trouble.code
