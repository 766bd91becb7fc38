"""What templates may call (模板): codes to words, dates and numbers as people read them. They compute nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Flask, request, url_for
from flask_babel import gettext
from jinja2 import pass_context

from graph.query import HAS_KINDS
from ingest import FACTS, PLAIN
from web import request as parameters
from web.maps.matrix.records import tone
from web.maps.picture import em
from web.maps.state import key_of
from web.site.language import month_of_year, shown_day, shown_month, slot_words
from web.words import phrases as words
from web.words import wording
from web.words.conditions import ORDERS, SELECTED, THINGS

_TABLES: Mapping[str, Mapping[str, str]] = {
    "role": wording.ROLES, "role_mark": words.ROLE_MARKS, "level": wording.LEVELS, "level_note": words.LEVEL_NOTES,
    "kind": wording.KINDS, "gap": wording.GAPS, "citation_role": wording.CITATION_ROLES,
    "fact": words.FACT_KINDS, "fact_field": words.FACT_FIELDS,
    "entry": words.ENTRY_KINDS, "period": words.PERIODS, "precision": words.PRECISIONS,
    "unit_level": words.UNIT_LEVELS, "header_field": words.HEADER_FIELDS,
    "operator": words.OPERATORS, "version_state": wording.VERSION_STATES, "doubt_name": words.DOUBT_NAMES,
    "selected": SELECTED, "order": ORDERS, "has_kind": THINGS, "example": words.EXAMPLE_KINDS,
    "map_view": words.MAP_VIEWS, "map_output": words.MAP_OUTPUTS,
    "column_order": words.COLUMN_ORDERS, "level_band": words.LEVEL_BANDS, "slot": words.SLOTS,
    "tie_word": words.TIE_WORDS,
}  # fmt: skip


def install(app: Flask) -> None:
    """Gives the templates their filters and globals."""
    for name, table in _TABLES.items():
        app.jinja_env.filters[name] = _wording(table)
    app.jinja_env.filters.update(
        day=shown_day,
        month=shown_month,
        month_of_year=month_of_year,
        slot_words=slot_words,
        tone=tone,
        shown_as=lambda title, view: gettext(words.MAP_TITLES[view], what=title) if view in words.MAP_TITLES else title,
        em=em,
        task_key=lambda id: f"{key_of(id)}.",
        share=lambda consumed, total: wording.share_said(consumed, total),
        number=lambda value: f"{value:g}",
        kept=_kept,
        plain=lambda value: f"{value:g}" if isinstance(value, float) else str(value),
        remedy=lambda code: words.doubt_remedy(code, gettext),
    )
    app.jinja_env.globals.update(
        doubt=lambda code, params: wording.say(wording.DOUBTS, code, params, gettext),
        note=lambda code, params: wording.say(words.NOTES, code, params, gettext),
        with_choice=_with_choice,
        toggle=_toggle,
        text_url=_text_url,
        out_url=_out_url,
        sheet_url=_sheet_url,
        fact_marks=("unit", *(kind.shown_as for kind in FACTS), "doubt"),
        plain_kinds=tuple(kind.name for kind in PLAIN),
        has_kinds=HAS_KINDS,
        periods=tuple(words.PERIODS),
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def _wording(table: Mapping[str, str]) -> Callable[[object, str], str]:
    """A filter that says what a code is called in the language of the request.

    It takes the context, which it does not need: else Jinja would answer for a code that a template names once, when it
    is compiled, in the language of whoever asked first.
    """
    return pass_context(lambda _, code: words.word(table, code, gettext))


def _with_choice(**choices: str | int | None) -> str:
    """The address of this page with some values of its query set, or taken out (None)."""
    return _here({name: () if value is None else (str(value),) for name, value in choices.items()})


def _toggle(name: str, value: str) -> str:
    """The address of this page with a value chosen or, where it is, no longer chosen; from its first page."""
    chosen = parameters.texts(name)
    if value in chosen:
        values = tuple(each for each in chosen if each != value)
    else:
        values = (*chosen, value) if parameters.takes_many(name) else (value,)
    return _here({name: values, "page": ()})


def _here(changed: parameters.Asked) -> str:
    """This page's address with another query; the first page's where an error has none of its own."""
    if not (request.endpoint or "").startswith("pages."):
        return parameters.address_of("pages.home", {}, {**parameters.everywhere(), **changed})
    return parameters.address_of(str(request.endpoint), request.view_args or {}, {**parameters.carried(), **changed})


def _kept(url: str) -> str:
    """An address that is made already, with the choices of this request that every page knows."""
    chosen = parameters.query_of({**parameters.everywhere(), **_kept_view(url)})
    return f"{url}{'&' if '?' in url else '?'}{chosen}" if chosen else url


def _kept_view(url: str) -> parameters.Asked:
    """The view of this page, for the address of another list: it is looked at in the same way."""
    known = parameters.carried().get("m-view", ())
    return {"m-view": known} if known and url.startswith("/tasks") and "m-view=" not in url else {}


def _out_url(form: str) -> str:
    """The address of this map as a file; the form that asks for it carries all that it depends on."""
    return f"{request.path}/map.{form}"


def _sheet_url(form: str, **conditions: str) -> str:
    """The address of a list as a file: of this page's, or of that with some conditions."""
    kept: dict[str, tuple[str, ...]] = {name: (value,) for name, value in conditions.items()}
    if not kept:
        own = parameters.carried().items()
        kept = {name: values for name, values in own if name != "page" and not name.startswith("m-")}
    kept |= parameters.everywhere()
    return parameters.address_of("pages.sheet", {"form": form}, kept)


def _text_url(plan_id: str, fact: str, version: int | None = None) -> str:
    """The place of a fact in the reader, of the version that answers unless another is named."""
    return url_for("pages.text", id=plan_id, fact=fact, version=version, _anchor=fact)
