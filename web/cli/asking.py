"""Commands that answer (问): search, ask, tasks."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from graph import masked_store
from graph.query import Query
from ingest import mask, whole_file
from search import Catalog
from search.query import Filters, Results
from search.questions import Reply, beneath, settled
from web.cli.console import DEFAULT_LIBRARY, LibraryOption, in_sentences, terminal, the_catalog, translation
from web.errors import BadChoice
from web.pages.reply import ReplyView, reply_view
from web.pages.rows import row_view
from web.queries.address import CONDITIONS, SINGLE, query_of
from web.queries.asking import asked
from web.queries.labels import labels_in
from web.settings import today
from web.sheets.making import list_title
from web.sheets.records import ListAsked
from web.sheets.written import WRITERS
from web.words.conditions import sentence
from web.words.harmless import cell


class Form(StrEnum):
    """How an answer is printed."""

    text = "text"
    json = "json"


FormOption = Annotated[Form, typer.Option("--format", help="text 或 json")]


def search(
    words: Annotated[str, typer.Argument(help="要找的字词，加引号则逐字匹配；- 为从标准输入逐行检索，结果是 CSV 表格")],
    unit: Annotated[list[str] | None, typer.Option(help="只看这些单位（编号）")] = None,
    plan: Annotated[list[str] | None, typer.Option(help="只看这些文件（编号）")] = None,
    limit: Annotated[int, typer.Option(min=1, max=200)] = 20,
    library: LibraryOption = DEFAULT_LIBRARY,
) -> None:
    """检索任务、进度、文件和单位。"""
    filters = Filters(unit=tuple(unit or ()), plan=tuple(plan or ()))
    with in_sentences(), the_catalog(library) as (catalog, _):
        if words != "-":
            terminal().results(_looked(words, filters, limit, catalog))
            return
        table = csv.writer(sys.stdout, lineterminator="\n")
        table.writerow(("query", "step", "total", "kind", "id", "plan", "section", "text"))
        for each in filter(None, (line.strip().lstrip("\ufeff") for line in sys.stdin)):
            table.writerows(_rows_of(each, _looked(each, filters, limit, catalog)))


def _looked(words: str, filters: Filters, limit: int, catalog: Catalog) -> Results:
    """As the page searches: by the same steps, and to the letter where a contact is sought."""
    look = catalog.search if mask(words) != words else catalog.look
    return look(words, filters, 0, limit)


def _rows_of(words: str, results: Results) -> Iterator[tuple[object, ...]]:
    """A row a hit; a search that finds nothing has one too."""
    step = "+".join(rung.step for rung in results.rungs)
    if not results.hits:
        yield words, step, 0, "", "", "", "", ""
    for hit in results.hits:
        entry = hit.entry
        said = (entry.kind, entry.id, entry.plan_title, entry.section, entry.text)
        yield words, step, results.total, *map(cell, said)


def ask(
    question: Annotated[str, typer.Argument(help="单位名称，或一句问话")] = "",
    form: FormOption = Form.text,
    batch: Annotated[Path | None, typer.Option(help="一行一问的文件，回答逐行以 JSON 输出")] = None,
    limit: Annotated[int, typer.Option(help="最多列出多少条", min=1)] = 200,
    library: LibraryOption = DEFAULT_LIBRARY,
) -> None:
    """问：食药监分局；食药监分局牵头哪些任务；谁负责校园食品安全；哪些任务引用了《民法典》；12月底前要完成什么。"""
    with in_sentences(), the_catalog(library) as (catalog, _):
        if batch is not None:
            for each in filter(None, map(str.strip, batch.read_text(encoding="utf-8").splitlines())):
                _print_json(_shown(asked(each, catalog, today(), translation()), catalog))
            return
        found = asked(question, catalog, today(), translation())
        view = _shown(found, catalog)
        if form is Form.json:
            _print_json(view)
            return
        terminal().reply(view, limit)
        if view.status == "refused" and (results := beneath(question, found.problem, catalog)).total:
            terminal().results(results)


def _shown(found: Reply, catalog: Catalog) -> ReplyView:
    return reply_view(found, labels_in(catalog.store), translation())


def _print_json(value: object) -> None:
    sys.stdout.write(msgspec.json.encode(value).decode() + "\n")


def tasks(
    where: Annotated[
        list[str] | None, typer.Argument(help="条件，如 unit=编号:lead due=2021-11 lacks=lead -cites=编号")
    ] = None,
    form: FormOption = Form.text,
    limit: Annotated[int, typer.Option(help="最多列出多少条", min=1)] = 200,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="写成台账（.xlsx、.csv）或日历（.ics）")] = None,
    library: LibraryOption = DEFAULT_LIBRARY,
) -> None:
    """按条件列出任务；条件与网页 /tasks?… 的参数相同。"""
    if output is not None and output.suffix.removeprefix(".") not in WRITERS:
        raise typer.BadParameter("文件名请以 .xlsx、.csv 或 .ics 结尾")
    with in_sentences(), the_catalog(library) as (catalog, _):
        query = query_of(_parameters(where or ()))
        meant, _found = settled(query, catalog)
        if output is not None:
            _write_sheet(query, catalog.store.select(meant, limit=0).ids, catalog, output)
            return
        chosen = catalog.store.select(meant, limit=None if form is Form.json else limit)
        if form is Form.json:
            _print_json({"query": query, "count": len(chosen.ids), "rows": tuple(map(row_view, chosen.rows))})
            return
        _tell(query, catalog)
        terminal().task_rows(map(row_view, chosen.rows))
        terminal().done("found", count=len(chosen.ids))


def _write_sheet(query: Query, ids: Sequence[str], catalog: Catalog, output: Path) -> None:
    """Writes a list as the file that the page gives, contacts hidden as there."""
    store = masked_store(catalog.store)
    title = list_title(query, sentence(query, labels_in(store), translation()), store)
    made = WRITERS[output.suffix.removeprefix(".")](
        ListAsked(title, today().isoformat(), query, ids, store), translation()
    )
    with whole_file(output) as file:
        file.write(made)
    terminal().done("exported", path=output)


def _tell(query: Query, catalog: Catalog) -> None:
    terminal().say(sentence(query, labels_in(catalog.store), translation()))


def _parameters(said: Iterable[str]) -> dict[str, list[str]]:
    """`name=value` by name. Raises `BadChoice` where a name is none of a condition."""
    found: dict[str, list[str]] = {}
    for each in said:
        name, _, value = each.partition("=")
        if name not in (*CONDITIONS, *SINGLE):
            raise BadChoice(text=each[:40])
        found.setdefault(name, []).append(value)
    return found
