"""Answers on the terminal (终端): the same words as on the pages, from the same catalogue, as lines and tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest

from msgspec.structs import asdict
from rich import box
from rich.console import Console, ConsoleOptions, RenderableType
from rich.markup import escape
from rich.segment import Segment
from rich.table import Table

from graph import Comparison, CopyOutcome, Decision, Path, StepWords, Unresolved, standing
from graph.query import Finding, Less, Party, PlanRow, Reread, Saved, UnitRow, VersionRow
from ingest.errors import ZerenError
from ingest.language import Register
from ingest.model import Plan, Role, Span
from search.query import Results
from web.pages.reply import ReplyView
from web.pages.rows import ReplyRow
from web.words import phrases as words
from web.words import wording
from web.words.harmless import harmless
from web.words.paths import path_said
from web.words.wording import Translate, as_is, say, share_said

ROLE_ORDER: tuple[Role, ...] = ("lead", "responsible", "support")
"""The order in which roles are told, everywhere."""


_NAMED, _WORDS = 3, 24
"""Tasks that are named of those that went, and characters of each."""


class Screen(Console):
    """A console that prints nothing which a terminal obeys but its own colours and bars, whoever made the text."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """The pieces of what is printed, which all come through here: tables, bars and lines alike."""
        for piece in super().render(renderable, options):
            yield piece if piece.control else Segment(harmless(piece.text), piece.style)


class Terminal:
    """Says things on a console in one language. Nothing of a plan's text is taken for markup."""

    def __init__(self, out: Console, translate: Translate = as_is) -> None:
        self._out = out
        self._ = translate

    def _line(self, text: str, style: str | None = None) -> None:
        self._out.print(text, style=style, markup=False)

    def _word(self, catalogue: Mapping[str, str], code: str) -> str:
        return self._(catalogue[code])

    def _table(self, *columns: str) -> Table:
        made = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for column in columns:
            made.add_column(column, overflow="fold")
        return made

    def error(self, error: ZerenError) -> None:
        """One sentence: what, where, what to do."""
        self._line(say(wording.ERRORS, error.code, error.params, self._), style="red")

    def saved(self, name: str, saved: Saved) -> None:
        """What became of a file."""
        self._line(f"{self._word(wording.OUTCOMES, saved.outcome)}\t{name}\t{saved.plan.id}")
        if saved.less is not None:
            self._line(f"    {self._less(saved.less)}", style="yellow")
        if saved.outcome == "set-aside":
            versions = {"version": saved.version, "answering": saved.answering}
            self._line(f"    {say(wording.DONE, 'still-answering', versions, self._)}", style="yellow")

    def _less(self, less: Less) -> str:
        """How much of a plan went, with the first words of the first few."""
        if not less.gone:
            return say(wording.DONE, "less-nothing-gone", {"of": less.of}, self._)
        some = ("".join(words.split()).rstrip("。；") for words in less.gone[:_NAMED])
        said = "".join(f"“{each[:_WORDS]}{'……' if len(each) > _WORDS else ''}”" for each in some)
        more = "……" if len(less.gone) > _NAMED else ""
        params = {"of": less.of, "count": len(less.gone), "some": f"{said}{more}"}
        return say(wording.DONE, f"less-{less.kind}", params, self._)

    def refused(self, name: str, error: ZerenError) -> None:
        """A file that was not taken, and why."""
        why = say(wording.ERRORS, error.code, error.params, self._)
        self._line(f"{self._word(wording.OUTCOMES, 'refused')}\t{name}\t{why}")

    def done(self, code: str, **params: object) -> None:
        """That something is done: a code of `wording.DONE`."""
        self._line(say(wording.DONE, code, params, self._))

    def finding(self, found: Finding) -> None:
        """What of a library is not as it was written."""
        self._line(say(wording.FINDINGS, found.code, {"about": found.about, "detail": found.detail}, self._))

    def copied(self, outcomes: Mapping[CopyOutcome, int], removed: int, compared: Comparison) -> None:
        """What was copied to another library, and how the two compare."""
        for outcome, count in outcomes.items():
            self._line(f"{self._word(wording.OUTCOMES, outcome)}\t{count}")
        self.done("copied-removed", count=removed)
        for plan_id in compared.differing:
            self.done("copy-differs", what=plan_id)
        for table, here, there in compared.tables:
            self.done("copy-differs", what=f"{table} {here} ≠ {there}")
        if compared.more:
            self.done("copy-more", count=len(compared.more))
        self.done("copy-same" if compared.same else "copy-not-same", **asdict(compared.totals))

    def reread(self, row: Reread) -> None:
        """What reading a plan again changed."""
        counts = {"added": len(row.added), "removed": len(row.removed), "altered": len(row.altered)}
        changes = (
            say(wording.DONE, "reread", counts, self._) if row.changed else self._word(wording.OUTCOMES, "unchanged")
        )
        self._line(f"{row.plan_id}\t{changes}")

    def plans(self, rows: Iterable[PlanRow]) -> None:
        """The plans of the library."""
        _ = self._
        shown = self._table(_("编号"), _("标题"), _("发文字号"), _("成文日期"), _("任务"), _("存疑"), _("读懂"))
        for plan in rows:
            read = share_said(plan.consumed, plan.total if plan.tasks else 0)
            cells = (plan.id, plan.title, plan.document_number or "—", plan.issued_on or "—")
            shown.add_row(*map(escape, cells), str(plan.tasks), str(plan.doubts), read)
        self._out.print(shown)

    def units(self, rows: Iterable[UnitRow], register: Register) -> None:
        """The units of the library, and who does today the work of those that are no more."""
        _ = self._
        roles = (self._word(wording.ROLES, role) for role in ROLE_ORDER)
        shown = self._table(_("单位"), _("行政区域"), *roles, _("今"))
        for unit in rows:
            today = "、".join(register.successors_of(unit.name))
            counts = map(str, (unit.lead, unit.responsible, unit.support))
            shown.add_row(escape(unit.name), escape(unit.region), *counts, escape(today))
        self._out.print(shown)

    def unresolved(self, rows: Iterable[Unresolved]) -> None:
        """Units that the register does not know, and how a suggestion is accepted."""
        _ = self._
        shown = self._table(_("单位"), _("行政区域"), _("任务"), _("建议"))
        for row in rows:
            suggested = "、".join(row.suggestions) or "—"
            shown.add_row(escape(row.name), escape(row.region), str(row.tasks), escape(suggested))
        self._out.print(shown)
        self.done("accept-how" if shown.row_count else "all-registered")

    def decided(self, decision: Decision) -> None:
        """A decision that was kept, in one line."""
        said = self._word(wording.DECISIONS, decision.kind)
        self._line(f"{decision.number}\t{said}\t{_about(decision)}")

    def decisions(self, log: Sequence[Decision]) -> None:
        """The log of decisions, and which of them hold."""
        _, holding = self._, {each.number for each in standing(log)}
        shown = self._table(_("序号"), _("决定"), _("对象"), _("谁"), _("何时"), _("理由"), _("有效"))
        for each in log:
            holds = "—" if each.kind == "undo" else _("是") if each.number in holding else _("已撤销")
            told = (_about(each), each.who, each.decided_on[:16], each.why)
            shown.add_row(str(each.number), self._word(wording.DECISIONS, each.kind), *map(escape, told), holds)
        self._out.print(shown)

    def plan(self, plan: Plan, versions: Iterable[VersionRow]) -> None:
        """The header of a plan, its counts, its versions and their files."""
        _, header = self._, plan.header
        shown = self._table(_("要素"), _("内容"))
        for name, value in (
            (_("标题"), header.title),
            (_("发文字号"), header.document_number),
            (_("发文机关"), header.issuer),
            (_("主送机关"), "、".join(header.addressees)),
            (_("成文日期"), header.issued_on),
            (_("任务"), str(len(plan.tasks))),
            (_("工作进度"), str(len(plan.milestones))),
            (_("存疑"), str(len(plan.doubts))),
            (_("读懂"), share_said(plan.coverage.consumed, plan.coverage.total if plan.tasks else 0)),
        ):
            shown.add_row(name, escape(value or "—"))
        for version in versions:
            about = {
                "state": self._word(wording.VERSION_STATES, version.state),
                "day": version.added_on[:10],
                "tasks": version.tasks,
                "files": "、".join(f"{s.name} ({s.size} B)" for s in version.sources),
            }
            said = say(wording.DONE, "version-about", about, _)
            shown.add_row(say(wording.DONE, "version", {"number": version.number}, _), escape(said))
        self._out.print(shown)

    def reply(self, view: ReplyView, limit: int) -> None:
        """How the question was read, the answer in words, the first `limit` of its tasks, and how complete it is."""
        if view.reading:
            self._line(view.reading, style="bold")
        for note in view.notes:
            self._line(note, style="yellow")
        for choice in view.readings:
            self._line(f"  {choice.label}\t{choice.id}")
        if view.unused:
            self._line(f"{self._('没有用上')}：{'、'.join(view.unused)}", style="yellow")
        for more in view.more:
            self._line(f"  {more.words}\t{more.url}", style="yellow")
        for value in view.told:
            self._line(f"  {value}")
        told = [place for place in view.places if not any(place.citing.sentence in row.quote for row in view.rows)]
        for place in told:
            self._block(f"{place.citing.plan_title} {place.citing.section}", place.citing.sentence, ())
        self.task_rows(view.rows[:limit])
        if len(view.rows) > limit:
            self.done("more", shown=limit, total=len(view.rows))
        if view.status == "answered":
            self._line(self._complete(view), style="dim")

    def task_rows(self, rows: Iterable[ReplyRow]) -> None:
        """Tasks of a list: where each stands, what it says, who has which role, and by when."""
        for row in rows:
            units = "、".join(f"{each.name}[{self._word(words.ROLE_MARKS, each.role)}]" for each in row.units)
            fields = [(self._("单位"), [units] if units else []), (self._("时限"), [day.text for day in row.deadlines])]
            self._block(f"{row.plan_title} {row.section}", row.quote, fields)

    def _complete(self, view: ReplyView) -> str:
        found = view.completeness
        params = {
            "things": view.count,
            "plans": found.plans,
            "read": share_said(found.consumed, found.total),
            "doubts": found.doubts,
        }
        return say(wording.DONE, "complete", params, self._)

    def _block(self, place: str, said: str, fields: Iterable[tuple[str, Sequence[str]]]) -> None:
        """One entry: where it stands, what it says, and under it what belongs to it."""
        self._line(f"  {place}", style="cyan")
        self._line(f"    {said}")
        for name, values in fields:
            if values:
                self._line(f"    {name}：{'；'.join(values)}", style="dim")

    def _parties(self, units: Iterable[Party]) -> str:
        """Units with the marks of their roles."""
        return "、".join(f"{unit.name}[{self._word(words.ROLE_MARKS, unit.role)}]" for unit in units) or "—"

    def path(self, path: Path) -> None:
        """How two things hang together, a step an entry, with the words that say it."""
        told: StepWords | None = None
        for said, step in zip_longest(path_said(path, self._), path.steps):
            self._line(said or "")
            evidence = step.evidence if step is not None else None
            if evidence is not None and evidence != told:
                told = evidence
                self._line(f"    {evidence.plan_title} {evidence.section}", style="cyan")
                self._line(f"    {evidence.words}", style="dim")

    def say(self, sentence: str) -> None:
        """A sentence that is made already."""
        self._line(sentence, style="bold")

    def results(self, results: Results) -> None:
        """The steps that led to the hits, and these, with what matched marked."""
        for rung in results.rungs:
            if rung.step != "typed":
                told = {"count": rung.count, "sought": "、".join(rung.sought), "wrong": "、".join(rung.left_out)}
                self._line(say(words.NOTES, f"step-{rung.step}", told, self._))
        for hit in results.hits:
            self._line(f"{self._word(words.ENTRY_KINDS, hit.entry.kind)}\t{hit.entry.id}", style="bold")
            self._out.print("    " + _marked(hit.entry.text, hit.marks))
        self.done("found", count=results.total)


def _marked(said: str, spans: Iterable[Span]) -> str:
    shown, low = "", 0
    for span in spans:
        shown += escape(said[low : span.start]) + f"[reverse]{escape(said[span.start : span.end])}[/reverse]"
        low = span.end
    return shown + escape(said[low:])


def _about(decision: Decision) -> str:
    """Ids: of the unit, and of what it is put into, the plan where it is split off, or the decision that is undone."""
    if decision.kind == "undo":
        return str(decision.undone)
    return f"{decision.unit} → {decision.into.id if decision.into else decision.plan}"
