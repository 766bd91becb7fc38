"""What every command shares (命令共用): where things lie, the console, one language, one way to read and to open."""

from __future__ import annotations

import atexit
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import Progress, TaskID

from graph.sqlite_store import SqliteStore, open_store
from graph.store import Watch
from ingest.errors import ZerenError
from ingest.file_bytes import LIMIT
from ingest.lexicon import Lexicon, load_lexicon
from ingest.model import Plan, Resolution, Source
from ingest.units import resolve
from search.catalog import Catalog, open_catalog
from search.names import names_of
from web import wording
from web.terminal import Terminal
from web.wording import Translate, as_is, say

if TYPE_CHECKING:
    from ingest.sandbox import Sandbox

HOME = Path(__file__).resolve().parent.parent
LEXICON = HOME / "data" / "lexicon"
LOCAL_UNITS = HOME / "data" / "units.local.csv"


out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

File = Annotated[Path, typer.Argument(help="要读的文件", show_default=False)]
Library = Annotated[Path, typer.Option("--library", envvar="ZEREN_LIBRARY", help="文件库所在的文件夹")]
MaxBytes = Annotated[int | None, typer.Option("--max-bytes", help="文件大小上限（字节），不写为 20 MB", min=1)]
DEFAULT_LIBRARY = HOME / "data" / "library"


def translation() -> Translate:
    """The words of the language that was chosen; the catalogue is read only for another than Chinese."""
    if os.environ.get("ZEREN_LANG") != "en":
        return as_is
    from web.language import load_translations

    return load_translations("en").gettext


def terminal() -> Terminal:
    return Terminal(out, translation())


@contextmanager
def in_sentences() -> Iterator[None]:
    """Turns what a user can mend into one sentence and exit status 2."""
    try:
        yield
    except ZerenError as error:
        Terminal(err, translation()).error(error)
        raise typer.Exit(2) from None


@lru_cache(1)
def _sandbox() -> Sandbox:
    """The one child process that reads the files of this command."""
    # A question reads no file: it does not wait for what starts one.
    from ingest.sandbox import Sandbox

    sandbox = Sandbox()
    atexit.register(sandbox.close)
    return sandbox


def read_file(file: Path, max_bytes: int | None) -> Source:
    return _sandbox().read(file, max_bytes or LIMIT)


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


def the_store(library: Path, lexicon: Lexicon, create: bool = False) -> SqliteStore:
    def resolved(plan: Plan) -> Resolution:
        return resolve(plan, lexicon)

    with _watching() as watch:
        return open_store(library, resolved, lexicon.stamp, create=create, watch=watch)


@contextmanager
def the_catalog(library: Path, create: bool = False) -> Iterator[tuple[Catalog, Lexicon]]:
    lexicon = the_lexicon()
    store = the_store(library, lexicon, create)
    try:
        with _watching() as watch:
            catalog = open_catalog(
                store, library / "index", lambda plan: resolve(plan, lexicon), names_of(lexicon.aliases), watch
            )
        try:
            yield catalog, lexicon
        finally:
            catalog.close()
    finally:
        store.close()
