"""How two things hang together, as the API and the command line say it (联系)."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from typer.testing import CliRunner, Result

from ingest.model import Plan, Source
from tests.conftest import ROOT
from tests.support.factories import a_plan, a_section, a_task
from tests.support.web_library import library_of, settings_for
from web.site.app import create_app
from zeren import app


def two_plans() -> list[tuple[Source, Plan]]:
    """Two units with a task in common, another that is reached over it, and a plan of elsewhere."""
    return [
        a_plan(
            a_section("一", a_task("开展校园抽检", lead=["教育局"], support=["公安分局"])),
            a_section("二", a_task("按《民法典》推广明厨", lead=["公安分局"], support=["科技局"], cites=["民法典"])),
        ),
        a_plan(a_task("征收", lead=["税务局"]), number="乙〔2021〕9号", region="别区", title="别区工作要点"),
        a_plan(a_task("办学", lead=["教育局"]), number="丙〔2021〕9号", region="另区", title="另区工作要点"),
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("structure")


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[FlaskClient]:
    library = library_of(folder, files=(), pairs=two_plans())
    yield create_app(settings_for(folder), library).test_client()
    library.close()


def path(client: FlaskClient, source: str, target: str, status: int = 200) -> dict[str, object]:
    answer = client.get("/api/v1/path", query_string={"from": source, "to": target})
    assert answer.status_code == status, answer.text
    said: dict[str, object] = answer.get_json()
    return said


def test_two_units_hang_together_by_a_task_with_the_words_that_say_so(client: FlaskClient) -> None:
    found = path(client, "公安分局", "焦作市示范区-教育局")
    assert found["said"] == ["公安分局 —配合→ “开展校园抽检”", "“开展校园抽检” ←牵头— 教育局"]
    steps = found["path"]["steps"]  # type: ignore[index]
    assert [(step["kind"], step["forward"]) for step in steps] == [("supports", True), ("leads", False)]
    assert "教育局" in steps[0]["evidence"]["words"]
    assert steps[0]["evidence"]["span"]["start"] < steps[0]["evidence"]["span"]["end"]


@pytest.mark.parametrize("document", ["民法典", "document:民法典", "《民法典》"])
def test_a_document_is_named_by_title_or_key_and_a_citation_says_its_sentence(
    client: FlaskClient, document: str
) -> None:
    found = path(client, "科技局", document)
    assert found["said"] == ["科技局 —配合→ “按《民法典》推广明厨”", "“按《民法典》推广明厨” —引用→ 《民法典》"]


def test_a_task_is_named_by_some_of_its_words(client: FlaskClient) -> None:
    assert path(client, "推广明厨", "科技局")["said"] == ["“按《民法典》推广明厨” ←配合— 科技局"]


def test_what_does_not_hang_together_is_told_in_a_sentence(client: FlaskClient) -> None:
    found = path(client, "科技局", "税务局")
    assert found["path"]["steps"] == []  # type: ignore[index]
    assert found["said"] == ["科技局与税务局之间没有联系。"]
    assert path(client, "科技局", "科技局")["said"] == ["两端是同一个：科技局。"]


def test_a_name_of_several_is_refused_with_the_keys_to_choose_from(client: FlaskClient) -> None:
    problem = path(client, "教育局", "科技局", 400)
    assert problem["type"] == "ambiguous-thing"
    listed = str(problem["params"]["candidates"])  # type: ignore[index]
    assert {"unit:焦作市示范区-教育局（教育局）", "unit:另区-教育局（教育局）"} == set(listed.split("；"))


@pytest.mark.parametrize(("source", "status"), [("没有这个局", 404), ("", 400), ("person:张明", 404)])
def test_what_nobody_is_called_is_not_found(client: FlaskClient, source: str, status: int) -> None:
    answer = client.get("/api/v1/path", query_string={"from": source, "to": "科技局"})
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json; charset=utf-8")


def test_the_sentences_are_english_where_the_request_is(client: FlaskClient) -> None:
    answer = client.get("/api/v1/path", query_string={"from": "科技局", "to": "推广明厨", "lang": "en"})
    assert answer.get_json()["said"] == ["科技局 —supports→ “按《民法典》推广明厨”"]


def test_what_stands_round_a_thing(client: FlaskClient) -> None:
    near = client.get("/api/v1/neighbourhood", query_string={"of": "科技局"}).get_json()
    assert {node["label"] for node in near["nodes"]} == {"科技局", "按《民法典》推广明厨"}
    far = client.get("/api/v1/neighbourhood", query_string={"of": "科技局", "depth": "2"}).get_json()
    assert {node["kind"] for node in far["nodes"]} == {"unit", "task", "section", "document"}
    assert client.get("/api/v1/neighbourhood", query_string={"of": "科技局", "depth": "9"}).status_code == 400


def test_contacts_are_hidden_in_a_path(tmp_path: Path) -> None:
    pair = a_plan(a_task("抽检，联系电话13912345678", lead=["教育局"], support=["科技局"]))
    library = library_of(tmp_path, files=(), pairs=[pair])
    site = create_app(settings_for(tmp_path), library).test_client()
    assert "13912345678" not in site.get("/api/v1/path?from=教育局&to=科技局").text
    assert "13912345678" not in site.get("/api/v1/neighbourhood?of=教育局").text
    library.close()


def run(*arguments: str, folder: Path) -> Result:
    return CliRunner(env={"ZEREN_LANG": "", "ZEREN_LIBRARY": str(folder)}).invoke(app, ["path", *arguments])


def test_the_command_says_each_step_and_its_words_once(client: FlaskClient, folder: Path) -> None:
    said = run("公安分局", "unit:焦作市示范区-教育局", folder=folder).stdout.splitlines()
    assert said[0] == "公安分局 —配合→ “开展校园抽检”"
    assert said[-1] == "“开展校园抽检” ←牵头— 教育局"
    assert len(said) == 4
    assert "教育局" in said[2]


def test_the_command_refuses_with_a_sentence(client: FlaskClient, folder: Path) -> None:
    assert run("教育局", "科技局", folder=folder).exit_code == 2
    assert run("没有这个局", "科技局", folder=folder).exit_code == 2
    assert "没有联系" in run("科技局", "税务局", folder=folder).stdout


def test_every_process_tells_the_same_path(client: FlaskClient, folder: Path) -> None:
    command = [sys.executable, "-m", "zeren", "path", "科技局", "unit:焦作市示范区-教育局", "--library", str(folder)]
    said = {
        subprocess.run(
            command, cwd=ROOT, capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}
        ).stdout
        for seed in "12"
    }
    assert len(said) == 1
