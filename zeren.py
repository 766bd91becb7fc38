"""The command line (命令行) of Zeren: every command by its name. Each is a function of `web/cli/`."""

from __future__ import annotations

import io
import logging
import os
import sys
from typing import Annotated

import typer

from ingest import VERSION
from web.cli import asking, checking, deciding, library, moving, reading, serving, structure

app = typer.Typer(
    help="责任：读工作要点、工作方案，回答谁负责什么。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def tell_version(asked: bool) -> None:
    """Says the version and ends, where that was asked."""
    if asked:
        print(f"Zeren {VERSION}")
        raise typer.Exit


@app.callback()
def choose(
    lang: Annotated[str | None, typer.Option("--lang", help="zh 或 en；也可以设环境变量 ZEREN_LANG")] = None,
    version: Annotated[bool, typer.Option("--version", help="显示版本", is_eager=True, callback=tell_version)] = False,
) -> None:
    """责任：读工作要点、工作方案，回答谁负责什么。"""
    if lang is not None:
        os.environ["ZEREN_LANG"] = lang
    # A database that is away is told in one sentence, not once for each time that its driver tries again.
    logging.getLogger("neo4j").setLevel(logging.CRITICAL)


app.command("text")(reading.text)
app.command("extract")(reading.extract)
app.command("check")(reading.check)
app.command("ingest")(library.ingest)
app.command("list")(library.list_plans)
app.command("units")(library.units)
app.command("show")(library.show)
app.command("remove")(library.remove)
app.command("decide")(deciding.decide)
app.command("decisions")(deciding.decisions)
app.command("reread")(library.reread)
app.command("search")(asking.search)
app.command("ask")(asking.ask)
app.command("tasks", context_settings={"ignore_unknown_options": True})(asking.tasks)
app.command("path")(structure.path)
app.command("library")(checking.library_state)
app.command("backup")(moving.backup)
app.command("restore")(moving.restore_backup)
app.command("copy")(moving.copy_library)
app.command("export")(moving.export)
app.command("serve")(serving.serve)


def main() -> None:
    """The command `zeren`, and `python -m zeren`."""
    # Whatever a command writes (the index too) is its owner's alone.
    os.umask(0o077)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    app()


if __name__ == "__main__":
    main()
