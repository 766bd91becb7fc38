"""The first page: questions that are answered, figures that count what they lead to, and a word where it is empty."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.support.factories import a_plan, a_task
from tests.support.web_library import library_of, settings_for
from web.library import Library
from web.site.app import create_app


@pytest.mark.parametrize("lang", ["", "?lang=en"])
def test_examples_of_six_kinds_are_questions_that_are_answered(site: FlaskClient, lang: str) -> None:
    examples = site.get(f"/api/v1/{lang}").get_json()["examples"]
    assert [each["kind"] for each in examples] == ["unit", "topic", "document", "month", "gap", "most"]
    for each in examples:
        assert bool(re.match("[a-z]", each["question"])) == bool(lang), each
        answer = site.get("/api/v1/search", query_string={"q": each["question"]}).get_json()["question"]
        assert (answer["status"], answer["count"] > 0) == ("answered", True), each


@pytest.mark.parametrize("day", [date(2020, 1, 1), date(2021, 12, 1), date(2030, 12, 1)])
def test_the_example_of_a_month_is_one_that_the_library_has(site_library: Library, day: date) -> None:
    app = create_app(replace(settings_for("unused"), today=lambda: day), site_library)
    examples = app.test_client().get("/api/v1/").get_json()["examples"]
    (question,) = [each["question"] for each in examples if each["kind"] == "month"]
    assert re.match("2021年\\d+月要完成什么", question)


def test_each_figure_leads_to_what_it_counts(site: FlaskClient) -> None:
    page = site.get("/api/v1/").get_json()
    assert site.get(f"/api/v1{page['due_url']}").get_json()["total"] == page["due_now"] > 0
    assert site.get(f"/api/v1{page['unled_url']}").get_json()["total"] == page["unled"] > 0
    assert site.get("/api/v1/tasks").get_json()["total"] == page["tasks"]
    assert site.get("/api/v1/plans").get_json()["all"] == page["plans"]
    shown = unescape(site.get("/").text)
    assert f'href="{page["due_url"]}"' in shown
    assert f"本月到期 {page['due_now']} 项" in shown


def test_an_empty_library_says_what_to_do(tmp_path: Path) -> None:
    library = library_of(tmp_path, ())
    page = create_app(settings_for(tmp_path), library).test_client().get("/").text
    assert "zeren ingest" in page
    assert 'class="examples"' not in page
    library.close()


def test_a_library_without_deadlines_or_documents_asks_no_question_about_them(tmp_path: Path) -> None:
    library = library_of(tmp_path, (), [a_plan(a_task("办好学校", lead=["教育局"]))])
    examples = create_app(settings_for(tmp_path), library).test_client().get("/api/v1/").get_json()["examples"]
    assert {each["kind"] for each in examples} <= {"unit", "topic", "most"}
    library.close()
