"""Answers on the terminal (终端): the same words as on the pages, as tables and lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from graph.questions import Citing, Due, Duty, Gap, Party
from graph.store import Store
from ingest.model import Role, Span
from search.ask import Answer, Completeness, Responsible
from search.question import Interpretation, Problem
from search.results import Results
from web import wording

ROLE_ORDER: tuple[Role, ...] = ("lead", "responsible", "support")
"""The order in which roles are told, everywhere."""
_PROBLEMS = {
    "not-understood": "没有听懂“{words}”。可以这样问：食药监分局；谁负责校园食品安全；"
    "哪些任务引用了《民法典》；12月底前要完成什么。",
    "unknown-unit": "文件库里没有“{words}”这个单位。",
    "ambiguous-unit": "“{words}”可以指不止一个单位，请说明是哪一个。",
    "unknown-document": "文件库里没有引用过“{words}”。",
    "ambiguous-document": "“{words}”可以指不止一个文件，请说明是哪一个。",
    "no-topic": "请说明要问哪项工作。",
    "no-year": "请说明是哪一年。",
}


def table(*columns: str) -> Table:
    """A table with these columns; long cells wrap."""
    made = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        made.add_column(column, overflow="fold")
    return made


def print_answer(out: Console, answer: Answer, store: Store) -> None:
    """How the question was understood, the table, and how complete it is."""
    understood = answer.interpretation
    if understood.problem is not None:
        _print_problem(out, understood.problem)
        return
    out.print(f"理解为：{interpreted(understood)}", markup=False, style="bold")
    rows = answer.table
    if rows.duties:
        _print_duties(out, rows.duties, store)
    if rows.responsible:
        _print_responsible(out, rows.responsible)
    if rows.citing:
        _print_citing(out, rows.citing)
    if rows.due:
        print_due(out, rows.due)
    out.print(completeness(answer.completeness), markup=False, style="dim")


def interpreted(understood: Interpretation) -> str:
    """The interpretation in words."""
    role = wording.ROLES[understood.role] if understood.role else ""
    days = f"{understood.days.start} 至 {understood.days.end}" if understood.days else ""
    match understood.form:
        case "duties":
            return f"{understood.unit_name}{role or '承担'}的任务"
        case "responsible":
            return f"谁{role or '负责'}“{understood.topic}”"
        case "citing":
            return f"引用《{understood.document_title}》的地方"
        case "due":
            return f"{understood.unit_name}{days} 到期的事项"
    return understood.question


def completeness(found: Completeness) -> str:
    """The completeness line: counts by role, plans covered, coverage, what stayed unread."""
    roles = "，".join(f"{wording.ROLES[role]} {count}" for role, count in found.roles.items() if count)
    read = f"{found.consumed / found.total:.1%}" if found.total else "100%"
    return (
        f"共 {found.things} 条（{roles or '无'}）；涉及文件 {found.plans} / {found.plans_searched}；"
        f"责任文字读懂 {read}，未读 {found.unread} 字，存疑 {found.doubts} 处"
    )


def _print_problem(out: Console, problem: Problem) -> None:
    out.print(_PROBLEMS[problem.code].format(words=problem.words), markup=False)
    for suggestion in problem.suggestions:
        out.print(f"  {suggestion.name}\t{suggestion.region}", markup=False)


def _print_duties(out: Console, duties: Sequence[Duty], store: Store) -> None:
    """Tasks by role, each with its place, deadlines (own, linked, of the item) and documents."""
    times, documents = _facts_of(store, {duty.plan_id for duty in duties})
    for role in ROLE_ORDER:
        mine = [duty for duty in duties if duty.role == role]
        if mine:
            out.print(f"\n{wording.ROLES[role]} {len(mine)}", style="bold", markup=False)
        for duty in mine:
            via = "" if duty.via == "own" else f"〔{'加挂' if duty.via == 'hat' else '泛指'}：{duty.named}〕"
            place = f"{duty.plan_title} {duty.section}"
            _block(out, place + via, duty.text, [("时限", times(duty)), ("依据", documents.get(duty.task_id, ()))])


def _facts_of(store: Store, plans: Iterable[str]) -> tuple[Callable[[Duty], Sequence[str]], dict[str, Sequence[str]]]:
    """The deadlines that reach a duty, in words with their level, and the documents that each task cites."""
    own: dict[str, list[str]] = {}
    item: dict[tuple[str, str], list[str]] = {}
    documents: dict[str, Sequence[str]] = {}
    for plan in map(store.load, plans):
        for task in plan.tasks:
            own[task.id] = [deadline.text for deadline in task.deadlines]
            documents[task.id] = [f"《{c.title}》{c.document_number or ''}" for c in task.citations]
        for milestone in plan.milestones:
            said = [deadline.text for deadline in milestone.deadlines if deadline.kind != "open"]
            if milestone.task:
                own[milestone.task] += [f"{words}（{wording.LEVELS['linked']}）" for words in said]
            else:
                of_item = item.setdefault((plan.id, milestone.section), [])
                of_item += [f"{words}（{wording.LEVELS['item']}）" for words in said]

    def times(duty: Duty) -> Sequence[str]:
        return list(dict.fromkeys([*own.get(duty.task_id, ()), *item.get((duty.plan_id, duty.section), ())]))

    return times, documents


def _block(out: Console, place: str, words: str, fields: Iterable[tuple[str, Sequence[str]]]) -> None:
    """One entry: where it stands, what it says, and under it what belongs to it."""
    out.print(f"  {place}", style="cyan", markup=False)
    out.print(f"    {words}", markup=False)
    for name, values in fields:
        if values:
            out.print(f"    {name}：{'；'.join(values)}", style="dim", markup=False)


def _print_responsible(out: Console, rows: Sequence[Responsible]) -> None:
    shown = table("单位", "牵头", "负责", "配合")
    for row in rows:
        shown.add_row(
            escape(row.name), *(str(len(tasks)) if tasks else "" for tasks in (row.lead, row.responsible, row.support))
        )
    out.print(shown)


def _print_citing(out: Console, rows: Sequence[Citing]) -> None:
    for row in rows:
        place = f"{row.plan_title} {row.section}  {wording.CITATION_ROLES[row.role]}"
        _block(out, place, row.sentence, [("单位", [parties(row.parties)])])


def print_due(out: Console, rows: Iterable[Due]) -> None:
    """What falls due, each clause once, by date."""
    for row in rows:
        times = f"（共 {row.times} 次）" if row.times > 1 else ""
        place = f"{row.due}{times}  {row.text}  {wording.LEVELS[row.level]}  {row.plan_title} {row.section}"
        _block(out, place, row.clause, [("单位", [parties(row.parties)])])


def print_gaps(out: Console, rows: Iterable[Gap]) -> None:
    """Tasks that lack something."""
    for row in rows:
        place = f"{wording.GAPS[row.code]}  {row.plan_title} {row.section}"
        _block(out, place, row.text, [("单位", [parties(row.parties)])])


def parties(units: Iterable[Party]) -> str:
    """Units with the marks of their roles."""
    marks = {"lead": "牵", "responsible": "责", "support": "配"}
    return "、".join(f"{unit.name}[{marks[unit.role]}]" for unit in units) or "—"


def print_results(out: Console, results: Results) -> None:
    """Hits with what matched marked."""
    for hit in results.hits:
        out.print(f"{hit.entry.kind}\t{hit.entry.id}", style="bold", markup=False)
        out.print("    " + _marked(hit.entry.text, hit.marks))
    out.print(f"共 {results.total} 条", markup=False)


def _marked(words: str, spans: Iterable[Span]) -> str:
    shown, low = "", 0
    for span in spans:
        shown += escape(words[low : span.start]) + f"[reverse]{escape(words[span.start : span.end])}[/reverse]"
        low = span.end
    return shown + escape(words[low:])
