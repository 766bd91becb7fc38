"""The pages: what each address answers, and what it says where it cannot."""

from __future__ import annotations

import gzip
import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import msgspec
import pytest
from flask.testing import FlaskClient

from graph.errors import DiskError
from graph.query import OfUnit, Query
from graph.sqlite.store import SqliteStore
from ingest.identity import title_key
from tests.support.factories import a_plan, a_task
from tests.support.web_library import ROOT, Addresses, library_of, settings_for
from web.library import Library
from web.site.app import create_app

NAMES = (
    "home", "plan", "text", "fact", "plans", "documents", "units", "unit", "task", "document", "search", "question",
    "who", "nothing",
    "due", "gaps", "doubts", "network", "network-document", "tasks", "tally", "unit-matrix", "tasks-matrix", "cell",
    "document-chain", "maps", "ways", "plan-chain",
)  # fmt: skip


def words(page: str) -> str:
    """What a page shows, without its markup and blanks."""
    return unescape("".join(re.sub(r"<[^>]+>", "", page).split()))


@pytest.mark.parametrize("name", NAMES)
def test_every_address_answers(site: FlaskClient, addresses: Addresses, name: str) -> None:
    assert set(NAMES) == set(addresses.all()) - {"missing"}
    answer = site.get(addresses.all()[name].partition("#")[0])
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1
    assert answer.text.count("<main") == 1


@pytest.mark.parametrize("name", NAMES)
def test_every_page_says_in_print_of_which_day_it_is(site: FlaskClient, addresses: Addresses, name: str) -> None:
    page = site.get(addresses.all()[name].partition("#")[0]).text
    foot = page[page.index('<footer class="print-only">') :]
    assert "截至 2021年11月15日" in foot[: foot.index("</footer>")]


@pytest.mark.parametrize("name", NAMES)
def test_every_link_leads_somewhere(site: FlaskClient, addresses: Addresses, name: str) -> None:
    page = site.get(addresses.all()[name].partition("#")[0]).text
    links = {unescape(link).partition("#")[0] for link in re.findall(r'href="(/[^"]*)"', page)}
    found = sorted(link for link in links if "keep=1" not in link)
    for link in found[:: max(1, len(found) // 12)]:
        assert site.get(link).status_code == 200, link


def test_every_place_in_the_text_that_a_page_names_is_there(site: FlaskClient, addresses: Addresses) -> None:
    anchors = set(re.findall(r' id="([^"]+)"', site.get(f"/plans/{addresses.plan}/text").text))
    for name in ("plan", "unit", "task", "due", "document", "doubts", "search"):
        page = unquote(unescape(site.get(addresses.all()[name]).text))
        places = re.findall(r'/text\?fact=([^"#]+)#([^"]+)"', page)
        assert places, name
        assert all(fact == anchor for fact, anchor in places)
        assert {anchor for _, anchor in places} <= anchors, name


def test_the_unit_page_counts_as_the_store_does(site: FlaskClient, addresses: Addresses, site_library: Library) -> None:
    unit = site_library.store.unit(addresses.unit)
    shown = words(site.get(f"/units/{addresses.unit}").text)
    assert f"牵头{unit.lead}" in shown
    assert f"负责{unit.responsible}" in shown


def test_a_task_shows_its_units_by_role_its_deadlines_by_level_and_its_documents(
    site: FlaskClient, addresses: Addresses, site_library: Library
) -> None:
    task = site_library.facts(addresses.plan).tasks[addresses.task]
    shown = words(site.get(f"/tasks/{addresses.task}").text)
    for said in (task.text, *(unit.name for unit in task.units), *(deadline.text for deadline in task.deadlines)):
        assert "".join(said.split()) in shown
    assert all(f"《{citation.title}》" in shown for citation in task.citations)


def test_what_was_never_there_is_not_found(site: FlaskClient) -> None:
    for thing in ("units", "tasks", "plans", "documents", "nowhere"):
        assert site.get(f"/{thing}/nobody").status_code == 404, thing
    for kind in ("unit", "task", "document", "plan"):
        assert site.get(f"/maps/network?of={kind}:nobody").status_code == 404, kind


def test_where_maps_stood_before_leads_to_the_web_of_the_same_thing(site: FlaskClient, addresses: Addresses) -> None:
    for kind, id in (("unit", addresses.unit), ("document", addresses.document)):
        answer = site.get(f"/maps/{kind}/{id}")
        assert answer.status_code == 308
        assert unquote(answer.headers["Location"]) == f"/maps/network?of={kind}:{id}"
        assert site.get(answer.headers["Location"]).status_code == 200


def test_what_was_removed_is_gone(tmp_path: Path) -> None:
    library = library_of(tmp_path)
    app = create_app(settings_for(tmp_path), library)
    plan = library.store.plans()[0].id
    task = next(iter(library.facts(plan).tasks))
    library.catalog.remove(plan)
    client = app.test_client()
    assert client.get(f"/plans/{plan}").status_code == 410
    assert client.get(f"/tasks/{task}").status_code == 410
    assert client.get(f"/api/v1/tasks/{task}").status_code == 410
    library.close()


def test_an_empty_library_says_what_to_do_next(tmp_path: Path) -> None:
    library = library_of(tmp_path, files=())
    page = create_app(settings_for(tmp_path), library).test_client().get("/").text
    assert "zeren ingest" in page
    library.close()


def test_a_date_that_is_none_is_refused_with_an_example(site: FlaskClient) -> None:
    answer = site.get("/due?from=2021-13-40")
    assert answer.status_code == 400
    assert "2021-12-31" in answer.text


@pytest.mark.parametrize(
    "query", ["search?role=x", "search?kind=x", "search?month=2021-13", "gaps?code=x", "search?page=0"]
)
def test_a_choice_that_is_none_is_refused(site: FlaskClient, query: str) -> None:
    assert site.get(f"/{query}").status_code == 400


def test_a_fault_tells_nothing_about_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = library_of(tmp_path, files=())
    client = create_app(settings_for(tmp_path), library).test_client()

    def fail(_: SqliteStore) -> None:
        raise RuntimeError("/secret/path")

    monkeypatch.setattr(SqliteStore, "plans", fail)
    answer = client.get("/")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    library.close()


def test_search_marks_the_words_and_keeps_filters_in_its_links(site: FlaskClient, addresses: Addresses) -> None:
    page = site.get(f"/search?q=食品安全&unit={addresses.unit}").text
    assert "<mark>食品安全</mark>" in page
    links = [unescape(link) for link in re.findall(r'href="(/search[^"]*)"', page)]
    with_role = next(link for link in links if "role=lead" in link)
    assert "unit=" in with_role
    assert site.get(with_role).status_code == 200


def test_search_says_which_filter_emptied_it(site: FlaskClient, addresses: Addresses) -> None:
    page = words(site.get(f"/search?q=食品安全&unit={addresses.unit}&month=2021-01").text)
    assert "去掉其中一个就有" in page
    assert "去掉“到期月份：2021年1月”" in page


def test_a_question_gets_its_table_above_the_hits(site: FlaskClient) -> None:
    page = site.get("/search?q=食药监分局牵头哪些任务").text
    assert page.index('class="answer"') > 0
    assert "单位：食药监分局（焦作市示范区）（牵头）" in words(page)
    assert page.index('class="answer"') < page.index('<td class="task">')


def test_an_ambiguous_question_offers_a_choice(site: FlaskClient) -> None:
    page = words(site.get("/search?q=某某局牵头哪些任务").text)
    assert "库里没有叫“某某局”的单位" in page


def test_a_name_of_two_units_is_a_choice_that_keeps_the_rest_of_the_question(tmp_path: Path) -> None:
    ours = a_plan(a_task("甲", lead=["农业农村局"]), a_task("丙", support=["农业农村局"]))
    theirs = a_plan(a_task("乙", lead=["农业农村局"]), region="另一区", number="另〔2021〕1号")
    library = library_of(tmp_path, (), [ours, theirs])
    site = create_app(settings_for(tmp_path), library).test_client()
    page = site.get("/search?q=农业农村局牵头哪些任务").text
    assert "“农业农村局”可能指几个，请选一个：" in words(page)
    answer = page[page.index('class="answer"') :].partition("</section>")[0]
    links = [unescape(link) for link in re.findall(r'<a class="chip" href="(/search[^"]*)"', answer)]
    found = [words(site.get(link).text) for link in links]
    assert len(found) == 2
    assert all("共1项任务" in each and "（牵头）" in each for each in found)
    library.close()


def test_a_document_number_is_found_in_any_brackets(site: FlaskClient) -> None:
    for typed in ("中发〔2019〕17号", "中发[2019]17号"):
        page = site.get("/search", query_string={"q": typed}).text
        assert "中共中央国务院关于深化改革加强食品安全工作的意见" in words(page), typed


def test_an_older_id_of_a_document_redirects(site: FlaskClient, site_library: Library) -> None:
    numbered = next(row for row in site_library.store.documents() if row.number)
    answer = site.get(f"/documents/{title_key(numbered.title)}")
    assert answer.status_code == 308
    assert site.get(answer.headers["Location"]).status_code == 200


def test_an_older_id_of_a_unit_redirects(tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_text("宁川市2024年工作要点\n一、任务\n（一）监督。开展监督。（市委宣传部负责）\n", "utf-8")
    library = library_of(tmp_path / "library", [file])
    client = create_app(settings_for(tmp_path / "library"), library).test_client()
    answer = client.get("/units/宁川市-市委宣传部")
    assert answer.status_code == 308
    assert "市委宣传部" in client.get(answer.headers["Location"]).text
    assert client.get("/units/宁川市-市委组织部").status_code == 404


@pytest.mark.parametrize("name", NAMES)
def test_the_api_answers_what_the_page_shows(site: FlaskClient, addresses: Addresses, name: str) -> None:
    path = addresses.all()[name].partition("#")[0]
    answer = site.get(f"/api/v1{path}")
    assert answer.status_code == 200
    assert answer.content_type == "application/json; charset=utf-8"
    assert isinstance(msgspec.json.decode(answer.data), dict)


def test_an_api_error_is_a_problem(site: FlaskClient) -> None:
    for path, status, kind in (
        ("/api/v1/units/nobody", 404, "unknown-id"),
        ("/api/v1/due?from=x", 400, "bad-date"),
        ("/api/v1/nowhere", 404, "http-404"),
    ):
        answer = site.get(path)
        problem = msgspec.json.decode(answer.data)
        assert answer.status_code == status
        assert answer.content_type == "application/problem+json; charset=utf-8"
        assert set(problem) == {"type", "title", "status", "detail", "params"}
        assert (problem["type"], problem["status"]) == (kind, status)


def test_an_answer_that_has_not_changed_is_not_sent_again(site: FlaskClient, addresses: Addresses) -> None:
    first = site.get(f"/units/{addresses.unit}")
    again = site.get(f"/units/{addresses.unit}", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""


def test_a_change_of_the_library_changes_the_answer(tmp_path: Path) -> None:
    library = library_of(tmp_path)
    client = create_app(settings_for(tmp_path), library).test_client()
    before = client.get("/")
    assert client.get("/").data == before.data
    library.catalog.remove(library.store.plans()[0].id)
    after = client.get("/", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert after.headers["ETag"] != before.headers["ETag"]
    library.close()


def test_answers_are_compressed_for_those_who_ask(site: FlaskClient, addresses: Addresses) -> None:
    plain = site.get(f"/plans/{addresses.plan}")
    for _ in range(2):
        packed = site.get(f"/plans/{addresses.plan}", headers={"Accept-Encoding": "gzip"})
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) * 4 < len(plain.data)


def test_the_reader_holds_every_task_of_the_plan(
    site: FlaskClient, addresses: Addresses, site_library: Library
) -> None:
    page = site.get(f"/plans/{addresses.plan}/text").text
    shown = words(re.sub(r'<sup class="role[^>]*>.</sup>', "", page))
    for task in site_library.store.load(addresses.plan).tasks:
        assert "".join(task.text.split())[:30] in shown


def test_the_reader_marks_every_fact_once_in_place(site: FlaskClient, addresses: Addresses) -> None:
    page = site.get(f"/plans/{addresses.plan}/text").text
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert len([id for id in ids if ".assignment-" in id]) > 50


def test_a_fact_that_is_gone_is_said_so_and_the_text_is_shown(site: FlaskClient, addresses: Addresses) -> None:
    answer = site.get(f"/plans/{addresses.plan}/text?fact=nothing.deadline-9")
    assert answer.status_code == 200
    assert "已不在现在的版本里" in answer.text


def test_a_library_that_is_busy_asks_to_try_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = library_of(tmp_path, files=())
    client = create_app(settings_for(tmp_path), library).test_client()

    def busy(_: SqliteStore) -> None:
        raise DiskError(path="/secret/path", reason="SQLITE_IOERR")

    monkeypatch.setattr(SqliteStore, "plans", busy)
    answer = client.get("/")
    assert answer.status_code == 503
    assert "稍后再试" in answer.text
    assert "secret" not in answer.text
    library.close()


def test_a_plan_of_hundreds_of_units_says_what_it_leaves_out(tmp_path: Path) -> None:
    tasks = [a_task(f"任务{nth}落实到位", lead=[f"单位{nth}局"]) for nth in range(320)]
    library = library_of(tmp_path, files=(), pairs=[a_plan(*tasks)])
    client = create_app(settings_for(tmp_path), library).test_client()
    plan = library.store.plans()[0].id
    page = client.get(f"/plans/{plan}").text
    assert "单位显示 60 / 320。" in page
    assert page.count('<th scope="col"') >= 60
    assert "单位显示" not in client.get(f"/plans/{plan}?m-more=columns").text
    library.close()


def test_an_answer_counts_the_tasks_that_name_a_unit_and_tells_of_those_that_may_mean_it(
    site: FlaskClient, site_library: Library
) -> None:
    store = site_library.store
    unit = next(row for row in store.units() if row.name == "住建局")
    named = set(store.select(Query(OfUnit((unit.id,)))).ids)
    others = {duty.task_id for duty in store.duties_of(unit.id) if duty.via in ("member", "collective")} - named
    shown = words(site.get("/search?q=住建局").text)
    assert f"共{len(named)}项任务" in shown
    assert f"另有{len(others)}项没有点名" in shown


def test_what_tasks_lack_is_asked_in_words(site: FlaskClient, site_library: Library) -> None:
    page = words(site.get("/search?q=哪些任务没人牵头").text)
    gaps = site_library.store.gaps("no-lead")
    assert f"共{len(gaps)}项任务" in page
    assert all("".join(gap.text.split()) in page for gap in gaps[:20])
    assert f"还有{len(gaps) - 20}条没有列出。看全部" in page
    whole = words(site.get("/tasks?lacks=lead").text)
    assert all("".join(gap.text.split()) in whole for gap in gaps)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("火星局牵头哪些任务", "库里没有叫“火星局”的单位。"),
        ("谁负责飞行汽车", "库里的任务没有写到“飞行汽车”。"),
        ("哪些任务引用了《刑法》", "库里没有引用过“《刑法》”的文件。"),
        ("教育局没有什么", "没有看懂“没有”否定的是什么"),
    ],
)
def test_why_a_question_is_not_answered_is_said(site: FlaskClient, question: str, said: str) -> None:
    assert said in words(site.get(f"/search?q={question}").text)


def test_days_the_wrong_way_round_mean_the_same_span(site: FlaskClient) -> None:
    right = site.get("/api/v1/due?from=2021-11-01&to=2021-11-30").get_json()
    wrong = site.get("/api/v1/due?from=2021-11-30&to=2021-11-01").get_json()
    assert right == wrong
    assert right["start"] == "2021-11-01"


@pytest.mark.parametrize(("name", "place"), [("linjiang*.xlsx", "表 1 第 [0-9]+ 行"), ("shiqiao*.pdf", "第 [0-9]+ 页")])
def test_the_task_page_and_the_reader_say_where_in_the_file_a_fact_stands(
    name: str, place: str, tmp_path: Path
) -> None:
    file = next((ROOT / "tests" / "corpus" / "open").glob(name))
    library = library_of(tmp_path, [file])
    client = create_app(settings_for(tmp_path), library).test_client()
    plan = library.store.plans()[0].id
    task = next(iter(library.facts(plan).tasks))
    for address in (f"/tasks/{task}", f"/plans/{plan}/text?fact={task}"):
        assert re.search(place, client.get(address).get_data(as_text=True)), address
