"""The command that says how two things hang together (联系): path."""

from __future__ import annotations

from typing import Annotated

import typer

from web.cli.console import DEFAULT_LIBRARY, LibraryOption, in_sentences, terminal, the_catalog

_THING = "单位、文件或任务：名称或编号"


def path(
    source: Annotated[str, typer.Argument(help=_THING, show_default=False)],
    target: Annotated[str, typer.Argument(help=_THING, show_default=False)],
    library: LibraryOption = DEFAULT_LIBRARY,
) -> None:
    """两者之间有什么联系：共同的任务、依据，一步一步，附原文。"""
    # networkx takes a fifth of a second to load: no other command waits for it.
    from graph import path_between
    from graph.projection import Projection
    from search.questions import find_thing

    with in_sentences(), the_catalog(library) as (catalog, _):
        projection = Projection(catalog.store)
        ends = (find_thing(words, catalog, projection) for words in (source, target))
        terminal().path(path_between(catalog.store, projection, *ends))
