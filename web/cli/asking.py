"""Commands that answer (问): search, ask."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from graph.query import GAP_CODES, GapCode
from search import Catalog
from search.query import Filters
from search.questions import ask as answer
from search.questions import search_freely
from web.cli.console import DEFAULT_LIBRARY, LibraryOption, in_sentences, terminal, the_catalog
from web.words import wording


def search(
    words: Annotated[str, typer.Argument(help="要找的字词，加引号则逐字匹配")],
    unit: Annotated[list[str] | None, typer.Option(help="只看这些单位（编号）")] = None,
    plan: Annotated[list[str] | None, typer.Option(help="只看这些文件（编号）")] = None,
    limit: Annotated[int, typer.Option(min=1, max=200)] = 20,
    library: LibraryOption = DEFAULT_LIBRARY,
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


def ask(
    question: Annotated[str, typer.Argument(help="单位名称，或一句问话")] = "",
    limit: Annotated[int, typer.Option(help="最多列出多少条", min=1)] = 200,
    due: Annotated[str | None, typer.Option(help="这段时间到期的：2021-12-01..2021-12-31")] = None,
    gap: Annotated[str | None, typer.Option(help="有缺口的任务：" + "、".join(wording.GAPS))] = None,
    library: LibraryOption = DEFAULT_LIBRARY,
) -> None:
    """问：食药监分局；食药监分局牵头哪些任务；谁负责校园食品安全；哪些任务引用了《民法典》；12月底前要完成什么。"""
    with in_sentences(), the_catalog(library) as (catalog, _):
        if due is not None:
            found = re.fullmatch(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)", due)
            if not found:
                raise typer.BadParameter("请写成 2021-12-01..2021-12-31")
            start, end = sorted(found.groups())
            terminal().due(catalog.store.due_between(start, end))
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
