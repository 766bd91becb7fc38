"""Commands for what a person decides (人工决定): two units are one, one is two, the log. decide, decisions."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Annotated, Literal

import typer
from msgspec.structs import replace

from graph import Decision, UnknownThing
from graph.query import UnitRow
from ingest.model import Unit
from search import Catalog
from web.cli.console import DEFAULT_LIBRARY, LibraryOption, in_sentences, terminal, the_catalog, the_store

Deciding = Literal["merge", "split", "undo"]


def decide(
    way: Annotated[
        Deciding, typer.Argument(help="merge 两个单位是一个；split 某文件里的另是一个；undo 撤销", show_default=False)
    ],
    what: Annotated[str, typer.Argument(help="单位（名称或编号）；撤销时写序号", show_default=False)],
    other: Annotated[str, typer.Argument(help="merge：并入哪个单位；split：在哪个文件里")] = "",
    why: Annotated[str, typer.Option("--why", help="理由，记入日志")] = "",
    library: LibraryOption = DEFAULT_LIBRARY,
) -> None:
    """人工决定单位的合并、拆分，只增不改，可以撤销；重读和新版本之后仍然有效。"""
    if (way == "undo") == bool(other):
        raise typer.BadParameter("请写成 merge 单位 单位、split 单位 文件编号，或 undo 序号")
    with in_sentences(), the_catalog(library) as (catalog, _):
        made = catalog.decide(_DECISIONS[way](catalog, what, other, _signed(why)))
    terminal().decided(made)


def decisions(library: LibraryOption = DEFAULT_LIBRARY) -> None:
    """列出人工决定的日志：谁、何时、为什么，哪些还有效。"""
    with in_sentences(), the_store(library) as store:
        log = store.decisions()
    terminal().decisions(log)


def _signed(why: str) -> Decision:
    """What every decision says of itself; `ZEREN_WHO` stands before the name of the account."""
    who = os.environ.get("ZEREN_WHO") or getpass.getuser()
    return Decision("undo", datetime.now(UTC).isoformat(timespec="seconds"), who, why)


def _merging(catalog: Catalog, what: str, other: str, signed: Decision) -> Decision:
    into = _unit(catalog, other)
    body = Unit(into.id, into.name, into.kind, into.level, into.region, ())
    return replace(signed, kind="merge-units", unit=_unit(catalog, what).id, into=body)


def _splitting(catalog: Catalog, what: str, other: str, signed: Decision) -> Decision:
    return replace(signed, kind="split-unit", unit=_unit(catalog, what).id, plan=catalog.store.load(other).id)


def _undoing(_: Catalog, what: str, __: str, signed: Decision) -> Decision:
    if not what.isascii() or not what.isdigit():
        raise typer.BadParameter("撤销请写序号，见 zeren decisions")
    return replace(signed, undone=int(what))


_DECISIONS: Mapping[Deciding, Callable[[Catalog, str, str, Decision], Decision]] = {
    "merge": _merging,
    "split": _splitting,
    "undo": _undoing,
}


def _unit(catalog: Catalog, words: str) -> UnitRow:
    """The unit of an id or name. Raises `UnknownThing`, `AmbiguousThing`."""
    # networkx takes a fifth of a second to load: no other command waits for it.
    from graph.projection import Projection
    from search.questions import find_thing

    node = find_thing(words, catalog, Projection(catalog.store))
    if node.kind != "unit":
        raise UnknownThing(kind="unit", id=words)
    return catalog.store.unit(node.id)
