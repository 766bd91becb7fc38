"""Chinese and English: one catalogue, complete and without leftovers, and a choice that every link carries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from flask.testing import FlaskClient

from tests.support.web_library import Addresses
from tests.web.site.test_pages import NAMES
from web.words import conditions, replies, wording
from web.words import phrases as words
from web.words.catalogue import CATALOGUES, load_translations

WEB = Path(words.__file__).parents[1]
_METHODS = [("**.py", "python"), ("templates/**.html", "jinja2.ext:babel_extract")]
_FILLED = re.compile(r"%\((\w+)\)|\{(\w*)\}")


def _ids() -> set[str]:
    """Every Chinese text that templates, code and the tables of codes ask the catalogue for."""
    return {text for text in (*_in_files(), *_in_tables()) if re.search("[一-鿿]", text)}


def _in_files() -> Iterator[str]:
    options = {"templates/**.html": {"silent": "false"}}
    for _, _, message, _, _ in extract_from_dir(str(WEB), _METHODS, options):
        yield from message if isinstance(message, tuple) else (message,)


def _in_tables() -> Iterator[str]:
    for module in (wording, words, conditions, replies):
        for name, value in vars(module).items():
            if name.isupper() and name != "NAME_OF":
                yield from value.values() if isinstance(value, Mapping) else (value,) if isinstance(value, str) else ()


@pytest.fixture(scope="module")
def english() -> Catalog:
    with (CATALOGUES / "en" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale="en")


def test_every_text_is_translated(english: Catalog) -> None:
    assert not sorted(_ids() - {str(message.id) for message in english if message.string and not message.fuzzy})


def test_no_translation_is_left_over(english: Catalog) -> None:
    assert not sorted({str(message.id) for message in english if message.id} - _ids())


def test_a_translation_fills_in_what_its_text_fills_in(english: Catalog) -> None:
    for message in english:
        assert set(_FILLED.findall(str(message.id))) == set(_FILLED.findall(str(message.string))), message.id


def test_a_translation_leaves_no_chinese_but_examples(english: Catalog) -> None:
    chinese = [message.id for message in english if re.search("[一-鿿]", str(message.string))]
    assert chinese == ["如：谁负责校园食品安全"]


def test_the_catalogue_is_read_from_its_source() -> None:
    assert load_translations("en").gettext("牵头") == "leads"
    assert load_translations("zh_CN").gettext("牵头") == "牵头"


PAGES = (
    "home",
    "plan",
    "fact",
    "units",
    "unit",
    "task",
    "document",
    "search",
    "due",
    "gaps",
    "doubts",
    "network",
    "unit-matrix",
    "tasks-matrix",
)


@pytest.mark.parametrize("name", PAGES)
def test_an_english_page_shows_no_chinese_words_of_its_own(site: FlaskClient, addresses: Addresses, name: str) -> None:
    path = addresses.all()[name].partition("#")[0]
    page = site.get(f"{path}{'&' if '?' in path else '?'}lang=en").text
    page = re.sub(r'<article class="page-text".*?</article>', "", page, flags=re.DOTALL)
    shown = set(re.findall(r">([^<>]+)<", page))
    ours = {text for text in _ids() if len(text) > 1 and "%" not in text and "{" not in text}
    said_by_plans = {"每年", "每半年", "每季度", "每月", "每周", "每日"}
    untranslated = {text.strip() for text in shown} & (ours - said_by_plans)
    assert untranslated == set()


@pytest.mark.parametrize("choice", ["lang=en", "type=large"])
@pytest.mark.parametrize("name", [*NAMES, "missing"])
def test_a_choice_is_carried_by_every_link_and_form(
    site: FlaskClient, addresses: Addresses, name: str, choice: str
) -> None:
    path = addresses.all()[name].partition("#")[0]
    page = site.get(f"{path}{'&' if '?' in path else '?'}{choice}").text
    links = [link for link in re.findall(r'(?:href|data-network)="(/[^"]*)"', page) if not link.startswith("/static/")]
    assert len(links) > 5
    assert len([link for link in links if choice not in link]) == 1, "only the switch back"
    key, _, value = choice.partition("=")
    assert page.count("<form") == page.count(f'<input type="hidden" name="{key}" value="{value}">')


def test_large_type_is_said_to_the_styles(site: FlaskClient) -> None:
    assert '<html lang="zh-CN" class="large">' in site.get("/?type=large").text


def test_dates_are_written_as_each_language_writes_them(site: FlaskClient, addresses: Addresses) -> None:
    path = f"/plans/{addresses.plan}"
    assert "2021年5月24日" in site.get(path).text
    assert "24 May 2021" in site.get(f"{path}?lang=en").text
