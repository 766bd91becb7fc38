"""Languages, type size, colours (语言、字号、深浅): Chinese is the source, English a full catalogue. The choices live
in the URL, and in a cookie for addresses without them."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

from babel.dates import format_date
from babel.support import NullTranslations
from flask import Flask, g, redirect, request
from flask_babel import Babel, Domain, get_locale, gettext
from werkzeug.wrappers import Response as Redirect

from web.request import COOKIE, asked, kept_look, query_of
from web.words.catalogue import load_translations
from web.words.phrases import SLOTS

_A_YEAR = 365 * 24 * 3600


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
    """Gives the templates their words, and every address that is made the choices of the request."""
    _PoBabel(app, default_locale="zh_CN", locale_selector=choose_language)

    @app.before_request
    def read_choices() -> Redirect | None:
        g.english = choose_language() == "en"
        g.large = bool(asked()["type"])
        g.theme = next(iter(asked()["theme"]), "auto")
        return None if (look := kept_look()) is None else _keeping(look, app.extensions["zeren-settings"].https)

    @app.url_defaults
    def carry_choices(endpoint: str, values: dict[str, object]) -> None:
        if endpoint.endswith("static"):
            return
        if g.get("english"):
            values.setdefault("lang", "en")
        if g.get("large"):
            values.setdefault("type", "large")
        if g.get("theme", "auto") != "auto":
            values.setdefault("theme", g.theme)


def _keeping(look: str, https: bool) -> Redirect:
    """The same page with its choices in a cookie, under an address that asks for nothing more."""
    known = {name: values for name, values in asked().items() if values}
    query = query_of(known)
    answer = redirect(f"{quote(request.path)}?{query}" if query else quote(request.path), 303)
    answer.set_cookie(COOKIE, look, _A_YEAR, secure=https, httponly=True, samesite="Lax")
    return answer


def shown_day(day: str | None) -> str:
    """An ISO date as people read it: 2021年12月31日, 31 December 2021; "" for none."""
    if not day:
        return ""
    when = date.fromisoformat(day)
    if g.get("english"):
        return format_date(when, "d MMMM y", locale="en")
    return f"{when.year}年{when.month}月{when.day}日"


def month_of_year(month: int) -> str:
    """1 as 1月, Jan."""
    return format_date(date(2000, month, 1), "MMM", locale="en") if g.get("english") else f"{month}月"


def slot_words(slot: str) -> str:
    """A time of a map: 2026-03 as 2026年3月, 2026 as 2026年内, <2026-03 as 2026年3月以前, `often` as 定期."""
    if slot in SLOTS:
        return str(gettext(SLOTS[slot]))
    if slot[0] == "<":
        return str(gettext("%(month)s以前", month=shown_month(slot[1:])))
    if slot[0] == ">":
        return str(gettext("%(month)s以后", month=shown_month(slot[1:])))
    if "/" in slot:
        first, last = slot.split("/")
        return str(gettext("%(first)s至%(last)s没有到期的", first=shown_month(first), last=shown_month(last)))
    return shown_month(slot) if len(slot) == 7 else str(gettext("%(year)s年内", year=slot))


def shown_month(month: str) -> str:
    """2021-12 as 2021年12月, December 2021."""
    when = date.fromisoformat(f"{month}-01")
    return format_date(when, "MMMM y", locale="en") if g.get("english") else f"{when.year}年{when.month}月"
