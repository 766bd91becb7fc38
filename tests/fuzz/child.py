"""Reads what it is sent, in a process of its own, and says what went wrong (判定).

Only a `ZerenError` may be raised; what is read must be valid: its spans in the text, its facts where they say. Nothing
may be written, started or asked of the network. The parent sees to the rest: this process has a limit on memory and
one on seconds of computing, and what it dies of is a finding too.
"""

from __future__ import annotations

import os
import re
import sys
import traceback
from collections.abc import Iterator
from typing import Any

import msgspec

from ingest.errors import OldFormat, ZerenError
from ingest.extract import extract
from ingest.language.lexicon import Lexicon, load_lexicon
from ingest.model import Plan, Record, Source, Span, from_json, to_json
from ingest.parse import parse_plan
from ingest.readers.bundles import packed_files
from ingest.readers.read import source_of
from ingest.resolution import resolve
from ingest.sandbox.child import allow, confine
from ingest.sandbox.protocol import Limits, read_frame, write_frame
from tests.conftest import LEXICON, ROOT
from tests.fuzz.seeds import BUNDLES, PARSE
from tests.support.scoring import misplaced

_NO_TEXT = re.compile("[\ud800-\udfff\0]")
_FORBIDDEN = re.compile(r"os\.(?!listdir|scandir|walk|fspath)|(?:shutil|subprocess|socket|urllib|ftplib)\.")
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Work(Record, frozen=True):
    """A file for a target."""

    target: str
    name: str
    data: bytes


class Outcome(Record, frozen=True):
    """`read`, `refused` with the error's code, or what went wrong: `error`, `invalid`, `wrote`, `memory`.

    `key` tells one fault from another, `what` says all that is known of it.
    """

    kind: str
    key: str = ""
    what: str = ""

    @property
    def is_fault(self) -> bool:
        return self.kind not in ("read", "refused")


def judge(work: Work, lexicon: Lexicon, done: list[str]) -> Outcome:
    """Reads one file; `done` collects what the process does that no reader may."""
    done.clear()
    try:
        wrong = list(_read(work, lexicon))
    except ZerenError as error:
        return Outcome("wrote", done[0], "\n".join(done)) if done else Outcome("refused", error.code)
    except MemoryError:
        return Outcome("memory", "memory", traceback.format_exc()[-3000:])
    except Exception as error:
        return Outcome("error", f"{type(error).__name__} {_place(error)}", traceback.format_exc()[-3000:])
    if done:
        return Outcome("wrote", done[0], "\n".join(done))
    if wrong:
        return Outcome("invalid", wrong[0].split(":")[0], "\n".join(each[:500] for each in wrong[:9]))
    return Outcome("read")


def _place(error: Exception) -> str:
    """The innermost line of Zeren's own that it came through."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f"{os.sep}ingest{os.sep}" in f.filename]
    return f"{os.path.basename(frames[-1].filename)}:{frames[-1].name}" if frames else ""


def _read(work: Work, lexicon: Lexicon) -> Iterator[str]:
    if work.target in BUNDLES:
        for inside in packed_files(work.data, work.name, work.name) or ():
            if set(inside.name) & set("/\\\0\n") or not inside.name:
                yield f"name of a file: {inside.name!r}"
        return
    source = source_of(work.data, work.name, None, _no_converter)
    yield from _wrong_source(source)
    if work.target == PARSE:
        plan = parse_plan(source, lexicon)
        resolve(plan, lexicon)
        yield from _wrong_plan(plan, source, lexicon)


def _no_converter(data: bytes, kind: str, target: str, path: str) -> bytes:
    raise OldFormat(path=path, format=kind, target=target)


def _wrong_source(source: Source) -> Iterator[str]:
    text = source.text
    if source.media != "txt" and (found := _NO_TEXT.search(text)):
        yield f"no text: {found[0]!r} at {found.start()}"
    text.encode()
    msgspec.msgpack.encode(source)
    starts = [page.start for page in source.pages]
    if starts != sorted(starts) or any(not 0 <= start <= len(text) for start in starts):
        yield f"pages: {starts[:50]}"
    numbers = [page.number for page in source.pages]
    if numbers != sorted(set(numbers)):
        yield f"page numbers: {numbers[:50]}"
    yield from (f"span of a cell: {cell}" for cell in source.cells if not _inside(cell.span, text))
    yield from (f"span of a doubt: {doubt}" for doubt in source.doubts if not _inside(doubt.span, text))
    for cell in source.cells:
        if min(cell.table, cell.row, cell.column, cell.rows, cell.columns) < 1:
            yield f"place of a cell: {cell}"
        if set(cell.span.of(text)) & set("\t\n\f"):
            yield f"text of a cell: {cell.span.of(text)[:100]!r}"


def _wrong_plan(plan: Plan, source: Source, lexicon: Lexicon) -> Iterator[str]:
    yield from (f"span: {span}" for span in _spans(plan) if not _inside(span, source.text))
    if from_json(to_json(plan)) != plan:
        yield "JSON: the plan is another one after a trip through it"
    if not 0 <= plan.coverage.consumed <= plan.coverage.total:
        yield f"coverage: {plan.coverage.consumed} of {plan.coverage.total}"
    ids = [each.id for group in (plan.sections, plan.tasks, plan.milestones) for each in group]
    if len(set(ids)) < len(ids):
        yield "ids: one stands for two"
    # A task whose middle was taken out, or whose bracket was never closed, says what no single place does.
    placed = (wrong for wrong in misplaced(extract(plan, lexicon), source.text) if "stands far" not in wrong)
    yield from (f"misplaced: {wrong}" for wrong in placed if not wrong.startswith("task:"))


def _spans(value: Any) -> Iterator[Span]:
    """Every span that a record holds."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, Record):
        for field in value.__struct_fields__:
            yield from _spans(getattr(value, field))
    elif isinstance(value, tuple):
        for each in value:
            yield from _spans(each)


def _inside(span: Span, text: str) -> bool:
    return 0 <= span.start <= span.end <= len(text)


def _watch(done: list[str]) -> None:
    """Has Python tell of every file that is opened to write, and of all that starts, moves, deletes or asks."""

    def heard(event: str, args: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = args
            if (flags or 0) & _WRITES or any(letter in (mode or "") for letter in "wax+"):
                done.append(f"open {path}")
        elif _FORBIDDEN.match(event):
            done.append(f"{event} {args}")

    sys.addaudithook(heard)


def main() -> None:
    """Reads until the parent closes its end."""
    lexicon = load_lexicon(LEXICON)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    limits = msgspec.json.decode(sys.argv[1], type=Limits)
    done: list[str] = []
    assert not os.path.samefile(os.getcwd(), ROOT)
    confine(limits)
    _watch(done)
    while (asked := read_frame(sys.stdin.buffer)) is not None:
        allow(limits.seconds)
        write_frame(answers, msgspec.msgpack.encode(judge(msgspec.msgpack.decode(asked, type=Work), lexicon, done)))


if __name__ == "__main__":
    main()
