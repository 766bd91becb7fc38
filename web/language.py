"""Languages and type size (语言、字号): Chinese is the source, English a full catalogue; both choices live in the URL.

The catalogue is read from its `.po` file, so a fresh clone needs no compiled one.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, g
from flask_babel import Babel, Domain, get_locale

from web.parameters import asked

CATALOGUES = Path(__file__).parent / "locale"


@cache
def load_translations(language: str) -> NullTranslations:
    """The catalogue of a language; without one, texts stay as they are (Chinese)."""
    path = CATALOGUES / language / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return NullTranslations()
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


class _PoDomain(Domain):  # type: ignore[misc]
    """Flask-Babel's domain over `.po` files."""

    def get_translations(self) -> NullTranslations:
        return load_translations(str(get_locale() or "zh_CN"))


class _PoBabel(Babel):  # type: ignore[misc]
    @property
    def domain_instance(self) -> Domain:
        return _PoDomain()


def choose_language() -> str:
    """The locale that the URL asks for; Chinese where it asks for none."""
    return next(iter(asked()["lang"]), "zh_CN")


def install(app: Flask) -> None:
    """Gives the templates their words, and every address that is made the language and type size of the request."""
    _PoBabel(app, default_locale="zh_CN", locale_selector=choose_language)

    @app.before_request
    def read_choices() -> None:
        g.english = choose_language() == "en"
        g.large = bool(asked()["type"])

    @app.url_defaults
    def carry_choices(endpoint: str, values: dict[str, object]) -> None:
        if endpoint.endswith("static"):
            return
        if g.get("english"):
            values.setdefault("lang", "en")
        if g.get("large"):
            values.setdefault("type", "large")


def shown_day(day: str | None) -> str:
    """An ISO date as people read it: 2021年12月31日, 31 December 2021; "" for none."""
    if not day:
        return ""
    when = date.fromisoformat(day)
    if g.get("english"):
        return format_date(when, "d MMMM y", locale="en")
    return f"{when.year}年{when.month}月{when.day}日"


def shown_month(month: str) -> str:
    """2021-12 as 2021年12月, December 2021."""
    when = date.fromisoformat(f"{month}-01")
    return format_date(when, "MMMM y", locale="en") if g.get("english") else f"{when.year}年{when.month}月"
