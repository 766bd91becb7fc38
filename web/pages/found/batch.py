"""Many questions answered as one table (成批提问): a row a question."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.model import Record
from search.questions import Status
from web.pages.reply import ReplyView
from web.words.harmless import csv_text


class AnswerRow(Record, frozen=True):
    """A question and its answer in short: how it was read, how many things it counts, what the answer says in words
    (`told`), what of the question was not used, what was assumed, what may have been meant, the address of the whole
    list, and the ids of its tasks."""

    question: str
    status: Status
    reading: str
    count: int
    told: tuple[str, ...]
    unused: tuple[str, ...]
    notes: tuple[str, ...]
    readings: tuple[str, ...]
    url: str
    tasks: tuple[str, ...]


class AnswerTable(Record, frozen=True):
    """The answers, in the order of the questions."""

    answers: tuple[AnswerRow, ...]


def answer_table(replies: Iterable[ReplyView]) -> AnswerTable:
    """The table of some answers."""
    return AnswerTable(tuple(map(_row, replies)))


def _row(view: ReplyView) -> AnswerRow:
    answered = view.status == "answered"
    return AnswerRow(
        view.question,
        view.status,
        view.reading,
        view.count if answered else 0,
        view.told,
        view.unused,
        view.notes,
        tuple(each.label for each in view.readings),
        view.url if answered else "",
        tuple(row.task for row in view.rows) if answered else (),
    )


def as_csv(table: AnswerTable) -> str:
    """The table as CSV in UTF-8 with its mark; several values stand in one cell, with 、 between them."""
    names = AnswerRow.__struct_fields__
    rows = ([getattr(row, name) for name in names] for row in table.answers)
    said = (["、".join(each) if isinstance(each, tuple) else str(each) for each in row] for row in rows)
    return csv_text([names, *said])
