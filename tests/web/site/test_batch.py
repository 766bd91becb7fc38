"""Many questions in one request: a row each, in their order, within bounds."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from web.site.asking.batch import MOST_QUESTIONS

ASKED = ("食药监分局牵头哪些任务", "谁负责校园食品安全", "哪些任务没有牵头单位", "讲个笑话")


def sent(site: FlaskClient, body: str | bytes, form: str = "") -> TestResponse:
    return site.post(f"/api/v1/questions{form}", data=body)


def single(site: FlaskClient, question: str) -> dict[str, Any]:
    return dict(site.get("/api/v1/search", query_string={"q": question}).get_json()["question"])


@pytest.mark.parametrize("body", ["\n".join(ASKED), "\r\n\n".join(ASKED) + "\n", json.dumps(ASKED)])
def test_each_question_has_its_row_in_order_and_the_answer_that_it_has_alone(site: FlaskClient, body: str) -> None:
    rows = sent(site, body).get_json()["answers"]
    assert [row["question"] for row in rows] == [*ASKED]
    for row in rows[:3]:
        alone = single(site, row["question"])
        assert (row["status"], row["reading"], row["count"]) == ("answered", alone["reading"], alone["count"])
        assert row["tasks"] == [each["task"] for each in alone["rows"]]
        assert row["tasks"]
        assert site.get(row["url"]).status_code == 200
    assert (rows[3]["status"], rows[3]["count"], rows[3]["tasks"]) == ("refused", 0, [])


def test_the_table_as_csv_names_its_columns_first(site: FlaskClient) -> None:
    answer = sent(site, "\n".join(ASKED), "?format=csv")
    assert answer.content_type == "text/csv; charset=utf-8"
    head, *rows = csv.reader(StringIO(answer.data.decode("utf-8-sig")))
    assert head[:4] == ["question", "status", "reading", "count"]
    assert [row[0] for row in rows] == [*ASKED]


@pytest.mark.parametrize("said", ["=1+1", "+86", "@SUM(A1)"])
def test_a_question_is_no_formula_in_the_table(site: FlaskClient, said: str) -> None:
    assert f"\n'{said}," in sent(site, said, "?format=csv").data.decode("utf-8-sig").replace("\r", "")


@pytest.mark.parametrize(
    "body", ["", " \n ", "[", "[1]", b"\xff\xfe\x00", "\n".join(["x"] * (MOST_QUESTIONS + 1))]
)  # fmt: skip
def test_what_is_no_list_of_questions_or_too_long_is_refused(site: FlaskClient, body: str | bytes) -> None:
    answer = sent(site, body)
    assert (answer.status_code, answer.get_json()["type"]) == (400, "bad-batch")
    assert str(MOST_QUESTIONS) in answer.get_json()["detail"]


def test_a_body_over_the_limit_and_another_method_are_refused(site: FlaskClient) -> None:
    assert sent(site, "谁" * 30_000).status_code == 413
    assert site.get("/api/v1/questions").status_code == 405
    assert sent(site, "谁", "?format=pdf").status_code == 400
