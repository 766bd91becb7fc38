"""Maps on the site without scripts: every control is a part of one form, and every file holds the same tasks."""

from __future__ import annotations

import csv
import re
from html import unescape
from io import StringIO
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from graph.query import Lacks, Query
from tests.support.web_library import Addresses
from web.library import Library


def table(page: str) -> str:
    return page[page.index("<tbody>") : page.index("</tbody>")]


def shown(page: str) -> list[str]:
    """The keys of the rows that are not folded away."""
    return re.findall(r'<tr class="[gt] d\d" data-k="(\w+)" data-d="\d"(?: data-rest="[^"]*")?>', table(page))


def test_the_matrix_is_the_first_thing_on_a_plans_page(
    site: FlaskClient, addresses: Addresses, site_library: Library
) -> None:
    page = site.get(f"/plans/{addresses.plan}").text
    assert page.index('id="grid"') < page.index('class="sheet"')
    tasks = site_library.facts(addresses.plan).tasks
    assert table(page).count('<tr class="t') == len(tasks)
    named = {unit.name for task in tasks.values() for unit in task.units}
    heads = unescape(page[page.index("<thead>") : page.index("</thead>")])
    assert all(f">{name}<" in heads for name in named)
    assert f"显示 {len(shown(page))} / " in page


def test_a_row_opens_by_its_button_and_the_form_says_what_is_open(site: FlaskClient, addresses: Addresses) -> None:
    address = f"/plans/{addresses.plan}?m-all=0"
    page = site.get(address).text
    key = re.findall(r'name="m-fold" value="(\w{8})"', page)[0]
    opened = site.get(f"{address}&m-fold={key}").text
    assert len(shown(opened)) > len(shown(page))
    assert f'<input type="hidden" name="m-open" value="{key}">' in opened
    assert shown(site.get(f"/plans/{addresses.plan}?m-all=0&m-open={key}").text) == shown(opened)


def test_a_selected_cell_is_read_in_the_plans_words(
    site: FlaskClient, addresses: Addresses, site_library: Library
) -> None:
    view = site_library.facts(addresses.plan).tasks[addresses.task]
    unit = view.units[0]
    page = site.get(f"/plans/{addresses.plan}?m-task={addresses.task}&m-unit={unit.unit_id}").text
    strip = page[page.index('id="strip"') :]
    strip = strip[: strip.index("</section>")]
    assert f"<mark>{unit.mention}</mark>" in unescape(strip)
    assert all(f">{each.name}<" in unescape(strip) for each in view.units)
    assert all(deadline.text in unescape(strip) for deadline in view.deadlines)
    value = re.search(r'name="m-sel" value="([^"]+)">\n</form>', page)
    assert value
    assert f'value="{value[1]}" data-u="{unit.name}" class="m {unit.role} on"' in unescape(page)


def test_the_form_carries_the_conditions_of_a_list_and_the_choices_of_the_page(site: FlaskClient) -> None:
    page = site.get("/tasks?lacks=lead&has=unit&m-view=matrix&type=large&m-order=near").text
    form = page[page.index('id="map-form"') :]
    for name, value in (("lacks", "lead"), ("has", "unit"), ("m-view", "matrix"), ("type", "large")):
        assert f'name="{name}" value="{value}"' in form
    assert '<option value="near" selected>' in form
    assert form.count('name="m-order"') == 1


def test_a_list_as_a_matrix_keeps_its_conditions_and_its_view(site: FlaskClient, site_library: Library) -> None:
    page = site.get("/tasks?lacks=lead&m-view=matrix").text
    assert table(page).count('<tr class="t') == site_library.store.gap_counts()["no-lead"]
    without = re.findall(r'class="turn" href="([^"]+)"', page)
    assert without
    assert all("m-view=matrix" in each for each in without)


def test_the_sentence_counts_what_its_link_lists(
    site: FlaskClient, addresses: Addresses, site_library: Library
) -> None:
    page = site.get(f"/plans/{addresses.plan}").text
    found = re.search(r'<a class="lack" href="([^"]+)">(\d+) 项多个单位而未写牵头</a>', page)
    assert found
    listed = table(site.get(unescape(found[1])).text)
    assert listed.count('<tr class="t') == int(found[2]) == site_library.store.gap_counts()["no-lead"]
    assert listed.count('<span class="lack">未写</span>') == int(found[2])
    assert f">未写 {found[2]}</a>" in page


def test_a_unit_stands_first_in_its_own_matrix(site: FlaskClient, addresses: Addresses, site_library: Library) -> None:
    page = site.get(f"/units/{addresses.unit}?m-view=matrix").text
    heads = re.findall(r'<span class="v">([^<]+)</span>', page)
    assert heads[0] == site_library.store.unit(addresses.unit).name


def test_an_english_map_has_no_chinese_of_its_own_whichever_language_was_asked_for_first(
    site: FlaskClient, addresses: Addresses
) -> None:
    for path in (
        f"/plans/{addresses.plan}",
        f"/units/{addresses.unit}?m-view=matrix",
        f"/plans/{addresses.plan}/map.html",
    ):
        site.get(path)
        page = site.get(f"{path}{'&' if '?' in path else '?'}lang=en").text
        view = page[page.index('class="map-head"') :]
        view = view[: view.index("</table>")]
        assert not re.search(r'>[牵责配]<|">(清单|责任矩阵)<|aria-label="[^"]*(牵头|负责|配合)', view), path
        assert not re.search(r'title="[^"]*(?:牵头|负责|配合) \d', view), path


def test_a_value_that_means_nothing_is_refused(site: FlaskClient, addresses: Addresses) -> None:
    assert site.get(f"/plans/{addresses.plan}?m-order=size").status_code == 400
    assert site.get(f"/plans/{addresses.plan}?m-roles=boss").status_code == 400


@pytest.mark.parametrize("name", ["plan", "unit", "tasks"])
def test_all_files_of_a_map_hold_the_same_tasks(site: FlaskClient, addresses: Addresses, name: str) -> None:
    path = {"plan": f"/plans/{addresses.plan}", "unit": f"/units/{addresses.unit}", "tasks": "/tasks"}[name]
    query = {"m-view": "matrix", "m-all": "1", **({"lacks": "lead"} if name == "tasks" else {})}
    api = site.get(f"/api/v1{path}/matrix", query_string=query).get_json()
    made = api["matrix"]
    words = [row["words"] for row in made["rows"] if not row["group"]]
    cells = sum(len(row["squares"]) for row in made["rows"] if not row["group"])
    page = site.get(f"{path}/map.html", query_string=query).text
    assert unescape(page).count('<section class="told"') == len(words)
    assert table(page).count('<a href="#t-') == cells
    svg = ElementTree.fromstring(site.get(f"{path}/map.svg", query_string=query).data)
    marks = [each.text for each in svg.iter("{http://www.w3.org/2000/svg}text") if each.text in ("牵", "责", "配")]
    assert len(marks) == cells + 4
    rows = [*csv.reader(StringIO(site.get(f"{path}/map.csv", query_string=query).data.decode("utf-8-sig")))]
    assert rows[0][0] == "章节"
    body = rows[1:]
    assert sorted(row[1] for row in body) == sorted(words)
    assert sum(bool(value) for row in body for value in row[3:]) == cells


@pytest.mark.parametrize("form", ["svg", "html", "csv"])
def test_a_file_is_kept_under_the_name_of_what_it_shows_and_says_its_day(
    site: FlaskClient, addresses: Addresses, form: str
) -> None:
    first, answer = (site.get(f"/plans/{addresses.plan}/map.{form}") for _ in range(2))
    assert first.data == answer.data
    day = "-2021-11-15" if form == "csv" else ""
    name = f"2021年焦作市示范区食品安全工作要点-责任矩阵{day}.{form}"
    assert unquote(answer.headers["Content-Disposition"]).endswith(name)
    # The first line of a table names its columns: what reads tables finds nothing else there.
    assert form == "csv" or ("截至 2021年11月15日" in answer.text and "焦示食安〔2021〕1号" in answer.text)


def test_a_page_for_offline_use_asks_nobody(site: FlaskClient, addresses: Addresses) -> None:
    page = site.get(f"/plans/{addresses.plan}/map.html").text
    assert not re.search(r"<script|<link|url\(|src=|href=\"(?!#)", page)
    anchors = set(re.findall(r' id="(t-\w+)"', page))
    assert anchors
    assert {*re.findall(r'href="#(t-\w+)"', page)} <= anchors


def test_a_list_that_is_too_long_says_how_many_are_drawn(
    site: FlaskClient, site_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.site.maps.views.MOST_TASKS", 10)
    whole = len(site_library.store.select(Query(Lacks("lead")), limit=0).ids)
    page = site.get("/tasks?lacks=lead&m-view=matrix&m-sel=cut").text
    assert table(page).count('<tr class="t') == 10 < whole
    assert "这里只画前 10 项" in page


def test_a_matrix_of_many_cells_sends_what_is_open_and_opens_the_rest_on_request(
    site: FlaskClient, addresses: Addresses, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.maps.matrix.painting.MOST_CELLS", 50)
    address = f"/plans/{addresses.plan}?m-all=0"
    page = site.get(f"{address}&m-sel=large").text
    assert "data-partial" in page
    assert " hidden>" not in table(page)
    key = re.findall(r'name="m-fold" value="(\w{8})"', page)[0]
    assert len(shown(site.get(f"{address}&m-fold={key}").text)) > len(shown(page))


def test_a_map_of_what_is_not_there_is_not_found(site: FlaskClient) -> None:
    for path in ("/plans/nobody/map.svg", "/units/nobody/map.csv", "/plans/nobody/map.exe"):
        assert site.get(path).status_code == 404, path


@pytest.mark.parametrize(
    ("view", "said"),
    [
        ("matrix", r"显示 \d+ / \d+ 行，\d+ / \d+ 列"),
        ("wings", r"逐项列出 \d+ / \d+ 项任务"),
        ("time", r"显示 \d+ / \d+ 个单位"),
    ],
)
def test_a_picture_says_what_it_leaves_out(site: FlaskClient, addresses: Addresses, view: str, said: str) -> None:
    svg = ElementTree.fromstring(site.get(f"/units/{addresses.unit}/map.svg?m-view={view}").data)
    assert any(re.search(said, each.text or "") for each in svg.iter("{http://www.w3.org/2000/svg}text"))


def test_a_table_has_every_unit_however_many_the_picture_shows(
    site: FlaskClient, addresses: Addresses, site_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.maps.matrix.making.MOST_COLUMNS", 3)
    monkeypatch.setattr("web.site.maps.views.MOST_UNITS", 3)
    units = {unit.unit_id for task in site_library.facts(addresses.plan).tasks.values() for unit in task.units}
    for view, first in (("matrix", 3), ("time", 1)):
        said = site.get(f"/plans/{addresses.plan}/map.csv?m-view={view}").data.decode("utf-8-sig")
        rows = [*csv.reader(StringIO(said))]
        named = rows[0][first:] if view == "matrix" else [row[0] for row in rows[1:]]
        assert len(named) == len(set(named)) == len(units)
