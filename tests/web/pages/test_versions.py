"""Versions on the plan page, and in the reader: each can be read, and it is plain which one answers."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.support.factories import a_plan, a_section, a_task
from tests.support.web_library import library_of, settings_for
from web.library import Library
from web.site.app import create_app

PHONE = "13812345678"
WHOLE = ("推广明厨亮灶", "开展农产品抽检", "建立追溯体系")


def duties(*texts: str) -> list[object]:
    return [a_task(text, lead=["教育局（体育局）"], cites=["民法典"]) for text in texts]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A plan whose first version was revised, and whose annex came alone after that."""
    opened = library_of(tmp_path_factory.mktemp("versions"), files=())
    opened.catalog.add(*a_plan(*duties(*WHOLE), name="旧.docx"))  # type: ignore[arg-type]
    revised = duties(*WHOLE, f"组织应急演练，联系电话{PHONE}")
    opened.catalog.add(*a_plan(*revised, name="新.docx"))  # type: ignore[arg-type]
    alone = a_section("分解表", *duties(f"另写一项任务，电话{PHONE}"), number="附件", level=0)  # type: ignore[arg-type]
    opened.catalog.add(*a_plan(alone, name="附件.xlsx"))
    yield opened
    opened.close()


@pytest.fixture
def client(library: Library, tmp_path: Path) -> FlaskClient:
    return create_app(settings_for(tmp_path), library).test_client()


@pytest.fixture
def plan(library: Library) -> str:
    return library.store.plans()[0].id


def shown(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return unescape(answer.text)


def test_the_plan_page_lists_versions_with_date_file_tasks_and_which_of_them_answers(
    client: FlaskClient, plan: str
) -> None:
    told = client.get(f"/api/v1/plans/{plan}").json
    assert told is not None
    rows = [(row["number"], row["tasks"], row["state"], row["sources"][0]["name"]) for row in told["versions"]]
    assert rows == [(3, 1, "set-aside", "附件.xlsx"), (2, 4, "answers", "新.docx"), (1, 3, "former", "旧.docx")]
    assert told["row"]["version"] == 2
    page = shown(client, f"/plans/{plan}")
    table = page[page.index('id="h-versions"') :]
    for words in ("附件.xlsx", "比采用的一版少，未采用", "新.docx", "现在采用", "旧.docx", "以前的版本"):
        assert words in table
    assert table.count("<time") == 3


def test_the_plan_page_says_that_a_later_file_was_not_taken_for_it(client: FlaskClient, plan: str) -> None:
    page = shown(client, f"/plans/{plan}")
    assert "后来收到的第 3 版（附件.xlsx，任务 1）比第 2 版少，没有采用" in page
    assert "Version 3, taken in later (附件.xlsx, 1 tasks)" in shown(client, f"/plans/{plan}?lang=en")


def test_each_version_is_read_with_its_own_text_and_facts(client: FlaskClient, plan: str) -> None:
    whole, former, aside = (shown(client, f"/plans/{plan}/text{query}") for query in ("", "?version=1", "?version=3"))
    assert ("组织应急演练" in whole, "组织应急演练" in former, "组织应急演练" in aside) == (True, False, False)
    assert ("另写一项任务" in whole, "另写一项任务" in aside) == (False, True)
    assert "这是以前的第 1 版，现在采用的是第 2 版" in former
    assert "这是第 3 版，比现在采用的第 2 版少" in aside
    assert "看现在采用的一版" not in whole
    assert [text.count('class="fact unit lead') for text in (whole, former, aside)] == [4, 3, 1]


def test_the_version_that_answers_reads_the_same_by_its_number(client: FlaskClient, plan: str) -> None:
    assert client.get(f"/api/v1/plans/{plan}/text").json == client.get(f"/api/v1/plans/{plan}/text?version=2").json


def test_a_fact_of_a_version_is_chosen_within_it_and_leads_to_no_page_that_is_not_there(
    client: FlaskClient, library: Library, plan: str
) -> None:
    (task,) = library.store.load(plan, 3).tasks
    page = shown(client, f"/plans/{plan}/text?version=3&fact={task.id}.assignment-1")
    assert "教育局" in page[page.index('<aside class="card"') :]
    for kind in ("assignment-1", "citation-1"):
        page = shown(client, f"/plans/{plan}/text?version=3&fact={task.id}.{kind}")
        links = [link.partition('"')[0] for link in page.split('href="')[1:]]
        inside = [link.partition("#")[0] for link in links if link.startswith("/plans/") and "fact=" in link]
        assert inside
        assert all("version=3" in link for link in inside)
        assert not [
            link
            for link in links
            if link.startswith("/") and "keep=" not in link and client.get(link).status_code != 200
        ]
    assert "要找的这一处不在这一版里" in shown(client, f"/plans/{plan}/text?version=1&fact={task.id}")


def test_contacts_are_hidden_in_every_version(client: FlaskClient, plan: str) -> None:
    for query in ("", "?version=1", "?version=2", "?version=3"):
        for address in (f"/plans/{plan}/text{query}", f"/api/v1/plans/{plan}/text{query}"):
            assert PHONE[3:] not in shown(client, address)
    assert "138********" in shown(client, f"/plans/{plan}/text?version=3")


@pytest.mark.parametrize(
    ("asked", "status"), [("7", 404), ("0", 400), ("-1", 400), ("x", 400), ("9" * 30, 400), ("²", 400), ("", 200)]
)
def test_a_version_that_is_not_there_is_told(client: FlaskClient, plan: str, asked: str, status: int) -> None:
    for address in (f"/plans/{plan}/text", f"/api/v1/plans/{plan}/text"):
        answer = client.get(address, query_string={"version": asked})
        assert answer.status_code == status
        assert answer.headers["Content-Security-Policy"]
