"""The pages of an office whose own file states members of a collective (成员单位) and second nameplates (加挂牌子)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from ingest.language.lexicon import load_lexicon
from ingest.parse import parse_plan
from tests.support.factories import a_plan, a_task
from tests.support.web_library import LEXICON, settings_for
from tests.wordings_report import source_of
from web.library import open_library
from web.site.app import create_app

OWN = "name,members,hat\n食安委成员单位,教育局|文旅局,\n发改委,,能源局|粮食和储备局\n"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[FlaskClient]:
    own = tmp_path / "units.local.csv"
    own.write_text(OWN, "utf-8")
    library = open_library(tmp_path / "library", LEXICON, own)
    tasks = (
        a_task("共同的事", responsible=["食安委成员单位"]),
        a_task("学校的事", lead=["教育局"], support=["公安分局"]),
        a_task("发展的事", lead=["发展改革委"], support=["能源局"]),
    )
    library.catalog.add(*a_plan(*tasks))
    yield create_app(settings_for(tmp_path), library).test_client()
    library.close()


def words(page: str) -> str:
    """What a page shows, without its markup and blanks."""
    return unescape("".join(re.sub(r"<[^>]+>", "", page).split()))


def test_a_lead_that_a_sentence_states_is_shown_with_its_words_and_as_no_guess(tmp_path: Path) -> None:
    library = open_library(tmp_path / "library", LEXICON, None)
    source = source_of("（一）编好名册。（市教育局、市公安局负责。列第一位者为牵头单位）")
    plan = parse_plan(source, load_lexicon(LEXICON))
    library.catalog.add(source, plan)
    client = create_app(settings_for(tmp_path), library).test_client()
    shown = words(client.get(f"/tasks/{plan.tasks[0].id}").text)
    library.close()
    assert "牵头“列第一位者为牵头单位”" in shown
    assert "牵头推定" not in shown


def page_of(site: FlaskClient, unit: str) -> str:
    return words(site.get(f"/units/焦作市示范区-{unit}").text)


def test_a_stated_member_is_shown_what_its_collective_has_to_do_and_that_this_is_no_guess(site: FlaskClient) -> None:
    shown = page_of(site, "教育局")
    assert "作为成员单位承担" in shown
    assert "共同的事" in shown
    assert "可能包含在泛指之内" not in shown


def test_who_is_no_stated_member_is_not_guessed_to_be_one(site: FlaskClient) -> None:
    assert "共同的事" not in page_of(site, "公安分局")


def test_the_pages_of_a_unit_and_of_its_second_nameplate_name_one_another(site: FlaskClient) -> None:
    assert "加挂牌子能源局、粮食和储备局据本单位的单位名称表" in page_of(site, "发改委")
    assert "挂牌单位发改委据本单位的单位名称表" in page_of(site, "能源局")
    assert 'href="/units/%E7%84%A6%E4%BD%9C%E5%B8%82%E7%A4%BA%E8%8C%83%E5%8C%BA-%E8%83%BD%E6%BA%90%E5%B1%80"' in (
        site.get("/units/焦作市示范区-发改委").text
    )


def test_a_unit_with_no_second_nameplate_says_nothing_of_any(site: FlaskClient) -> None:
    shown = page_of(site, "教育局")
    assert "加挂牌子" not in shown
    assert "挂牌单位" not in shown


def test_who_asks_for_a_second_nameplate_that_no_plan_names_is_answered_for_who_bears_it(site: FlaskClient) -> None:
    page = site.get("/search?q=粮食和储备局").text
    assert "单位：发改委（焦作市示范区）" in words(page)
    assert "发展的事" in words(page)
    assert site.get("/search?q=粮食和储备局&lang=en").status_code == 200


def test_the_duties_that_others_may_ask_for_say_how_they_come(site: FlaskClient) -> None:
    page = site.get("/api/v1/units/焦作市示范区-教育局").get_json()
    assert {each["code"]: [row["quote"] for row in each["tasks"]["rows"]] for each in page["lists"]} == {
        "lead": ["学校的事"], "member": ["共同的事"],
    }  # fmt: skip
    assert "另有1项没有点名，只写了可能包含它的一类单位（推定）。" in words(site.get("/search?q=教育局有哪些任务").text)
