"""Contacts are hidden wherever a plan's words are shown: on every page, in the API, in search, in an export."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from typer.testing import CliRunner

from graph.export.cypher import export_cypher
from graph.masked import masked_store
from ingest.contacts import mask
from ingest.model import Doubt, Plan, Source, Span
from search.index.fields import KINDS
from tests.support.factories import a_milestone, a_plan, a_section, a_task
from tests.support.web_library import Addresses, library_of, settings_for
from web.library import Library, open_library
from web.settings import Settings
from web.site.app import create_app
from zeren import app as zeren

SECRETS = ("13812345678", "410105198803071234", "zhangsan@example.cn", "0371-65507001")
HIDDEN = ("812345678", "12345678", "198803071234", "zhangsan", "65507001")
SAID = "、".join(SECRETS)


def _plan() -> tuple[Source, Plan]:
    """A plan that says the contacts in every field that holds words."""
    return a_plan(
        a_section(
            f"标题{SAID}",
            a_task(
                f"任务一{SAID}", lead=[f"教育局{SAID}"], support=[f"商务局（{SECRETS[0]}）"], people=[f"张三{SAID}"],
                by={f"12月底前{SAID}": "2021-12-31"}, cites=[(f"办法{SAID}", f"示办〔2021〕3号{SAID}")],
                targets={f"达到95%{SAID}": (f"覆盖率{SAID}", 95.0, f"%{SECRETS[0]}")},
            ),
            a_task(f"任务二{SAID}", responsible=[f"卫生局{SECRETS[0]}", "民政局"], open=[f"适时{SAID}"]),
            a_task(f"任务三{SAID}"),
            a_milestone(f"进度{SAID}", by={f"11月底前{SAID}": "2021-11-30"}, cites=[f"意见〈通知{SAID}〉"], about=0),
        ),
        title=f"要点{SAID}", issuer=f"委员会{SAID}", region=f"区{SECRETS[0]}", name=f"plan{SECRETS[0]}.txt",
        cites=[f"法{SAID}"],
        doubts=(Doubt("misspelt-unit", {"unit": f"局{SAID}", "like": "局"}, Span(0, 12)),),
    )  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with that plan, read as the command line reads it."""
    place = tmp_path_factory.mktemp("contacts")
    library_of(place, files=(), pairs=[_plan()]).close()
    return place


@pytest.fixture(scope="module")
def hiding(folder: Path) -> Iterator[Library]:
    library = open_library(folder, settings_for(folder).lexicon)
    yield library
    library.close()


@pytest.fixture(scope="module")
def client(folder: Path, hiding: Library) -> FlaskClient:
    return create_app(settings_for(folder), hiding).test_client()


def every_address(library: Library) -> list[str]:
    """Every page and API address, for every thing that the plan has."""
    store = library.store
    plan = store.plans()[0].id
    facts = library.facts(plan)
    things = [
        *(f"/units/{row.id}" for row in store.units()), *(f"/maps/network?of=unit:{row.id}" for row in store.units()),
        *(f"/documents/{row.id}" for row in store.documents()), *(f"/tasks/{task}" for task in facts.tasks),
        *(f"/maps/network?of=document:{row.id}" for row in store.documents()),
        *(f"/gaps?code={gap.code}" for gap in store.gaps()),
        *(f"/plans/{plan}/text?fact={unit.fact_id}" for task in facts.tasks.values() for unit in task.units),
        *(f"/plans/{plan}/text?fact={each}" for each in facts.tasks),
        *("/search?q=任务", "/search?q=教育局牵头哪些任务", "/search?q=谁负责任务", "/search?q=12月底前要完成什么"),
        *("/search", "/search?q=哪些任务没人牵头", f"/search?q=任务&plan={plan}&kind=plan"),
        *(f"/search?q=任务&document={row.id}" for row in store.documents()),
    ]  # fmt: skip
    known = [path.partition("#")[0] for path in Addresses(library).all().values()]
    pages = [*known, *things]
    return [*pages, *(f"/api/v1{page}" for page in pages)]


def shown_in(answer: str) -> str:
    """What an answer says, in text and in links, markup aside: no tag can part what is hidden."""
    return unquote(unescape(re.sub(r"<[^>]*>", "", answer))) + unquote(unescape(answer))


def test_no_page_and_no_answer_of_the_api_shows_a_contact(client: FlaskClient, hiding: Library) -> None:
    ok = 0
    for address in every_address(hiding):
        answer = client.get(address)
        said = shown_in(answer.text)
        assert not [secret for secret in HIDDEN if secret in said], address
        ok += answer.status_code == 200
    assert ok >= len(every_address(hiding)) - 2, "all but the two missing units"
    assert "138********" in client.get("/").text


def test_who_serves_may_show_them(folder: Path, hiding: Library) -> None:
    settings = settings_for(folder)
    app = create_app(Settings(folder, settings.lexicon, today=settings.today, show_contacts=True))
    client, addresses = app.test_client(), Addresses(hiding)
    for address in ("/", f"/plans/{addresses.plan}", f"/plans/{addresses.plan}/text", f"/tasks/{addresses.task}",
                    "/units", f"/api/v1/plans/{addresses.plan}/text"):  # fmt: skip
        said = shown_in(client.get(address).text)
        assert SECRETS[0] in said, address
    said = shown_in(client.get(f"/plans/{addresses.plan}/text").text)
    assert not [secret for secret in SECRETS if secret not in said]
    app.extensions["zeren-library"].close()


@pytest.mark.parametrize(
    "secret",
    [
        *SECRETS,
        *(each for each in HIDDEN if each.isdigit()),
        "12345678局",
        "教育局13812345678",
        '"13812345678"',
        "3812*",
    ],
)
def test_a_search_neither_finds_a_contact_nor_tells_that_it_is_there(client: FlaskClient, secret: str) -> None:
    for asked, other in ((secret, _other(secret)), (f"任务 {secret}", f"任务 {_other(secret)}")):
        found = client.get("/api/v1/search", query_string={"q": asked}).get_json()
        never = client.get("/api/v1/search", query_string={"q": other}).get_json()
        assert (found["total"], found["hits"]) == (never["total"], never["hits"])


def test_letters_of_a_contact_find_no_more_than_the_name_that_is_said_openly(client: FlaskClient) -> None:
    letters, name = (client.get("/api/v1/search", query_string={"q": q}).get_json() for q in ("zhangsan", "张三"))
    assert (letters["total"], letters["hits"]) == (name["total"], name["hits"])


def _other(secret: str) -> str:
    """A contact of the same form that no plan names."""
    return secret.translate(str.maketrans("24567", "97946")).replace("zhangsan", "wangxiao")


def test_the_index_that_the_command_line_makes_holds_no_contact(folder: Path) -> None:
    library = open_library(folder, settings_for(folder).lexicon, show_contacts=True)
    assert SECRETS[0] in library.store.load(library.store.plans()[0].id).header.title
    _, found = library.catalog.find()
    entries = repr([each.entry for each in found.scored])
    assert {each.entry.kind for each in found.scored} == set(KINDS)
    assert not [secret for secret in HIDDEN if secret in entries]
    library.close()


def test_a_search_for_a_contact_says_that_contacts_are_not_searched(client: FlaskClient) -> None:
    assert "联系方式" in client.get("/search?q=13812345678").text
    assert "联系方式" not in client.get("/search?q=食品安全").text


def test_spans_hold_and_files_stay_as_they_came(hiding: Library, folder: Path) -> None:
    open_store = open_library(folder, settings_for(folder).lexicon, show_contacts=True)
    plan = hiding.store.plans()[0].id
    hidden, bare = hiding.store.source(plan), open_store.store.source(plan)
    assert len(hidden.text) == len(bare.text)
    assert hidden.text != bare.text
    assert hidden.data == bare.data
    for one, other in zip(hiding.store.load(plan).tasks, open_store.store.load(plan).tasks, strict=True):
        assert (one.id, one.span, len(one.text)) == (other.id, other.span, len(other.text))
    open_store.close()


def test_a_contact_that_the_end_of_a_page_parts_is_hidden_in_the_reader(tmp_path: Path) -> None:
    lines = "\n".join(f"（{n}）加强工作，落实责任，完善机制，提高水平，促进发展。（教育局负责）" for n in "一二三")
    file = tmp_path / "plan.txt"
    told = "请与张三联系，他的号码是1381234\n\n— 15 —\n\n5678，谢谢。"
    file.write_text(f"2021年工作要点\n\n一、重点\n{lines}\n{told}\n", "utf-8")
    library = library_of(tmp_path / "library", [file])
    client = create_app(settings_for(tmp_path), library).test_client()
    page = client.get(f"/plans/{library.store.plans()[0].id}/text").text
    assert "他的号码是" in page
    assert "1381234" not in page
    assert "5678" not in page
    library.close()


def test_an_export_hides_contacts_too(folder: Path, hiding: Library) -> None:
    bare = open_library(folder, settings_for(folder).lexicon, show_contacts=True)
    lines = "\n".join(export_cypher(masked_store(bare.store), bare.resolve, people=True))
    assert "任务一" in lines
    assert not [secret for secret in HIDDEN if secret in lines]
    bare.close()
    run = CliRunner().invoke(zeren, ["export", "--library", str(folder)])
    assert "12345678" not in run.stdout
    run = CliRunner().invoke(zeren, ["export", "--library", str(folder), "--show-contacts"])
    assert SECRETS[0] in run.stdout


def test_the_store_of_the_site_masks_whatever_it_is_asked(hiding: Library) -> None:
    plan = hiding.store.plans()[0].id
    answers = [
        hiding.store.units(), hiding.store.documents(), hiding.store.doubts(), hiding.store.gaps(),
        hiding.store.due_between("2021-01-01", "2021-12-31"), hiding.store.versions(plan),
        hiding.store.nodes_and_edges(), hiding.projection.neighbourhood(f"plan:{plan}", 9),
        hiding.store.load(plan), hiding.store.kept(plan),
    ]  # fmt: skip
    for answer in answers:
        said = re.sub(r"data=b'.*?', sha256", "", repr(answer), flags=re.DOTALL)
        assert not [secret for secret in HIDDEN if secret in said], type(answer)
        assert said == mask(said)
