"""A folder and a Neo4j database that hold the same plans: the same hits, and the same pages field by field."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping

import msgspec
import pytest
from flask.testing import FlaskClient
from msgspec.structs import asdict, replace

from search.index.port import Found
from search.query.filters import Filters
from search.query.results import Results
from tests.conftest import ROOT
from tests.support.factories import a_plan, a_task
from tests.support.neo4j_server import Neo4jServer
from tests.support.web_library import SEED, Addresses, library_of, settings_for
from web.library import Library
from web.site.app import create_app

FILES = [SEED, *sorted((ROOT / "tests" / "corpus" / "open").glob("*.txt"))[:4]]
ODD = a_plan(
    a_task("推行双随机、一公开监管，通过ISO 9001认证，合格率98.5%", lead=["食药监分局"]),
    a_task('推行“双随机一公开”监管 AND (a:b) \\ "c" ~ * ? /x/ 𠀀𠀁 啊啊啊', responsible=["教育局"]),
    number="焦示食安〔2021〕77号",
)
QUERIES = (
    "", "食品安全", "食品 安全", "食品安全监管", "食", "，", "牵头", "监督管理局", "食药监分局", "人社局",
    "食品 | 药品", "食品 OR 校园 -抽检", '-"食品"', "-食品 -药品", '"食品安全"', "“双随机、一公开”", "双随机、一公开",
    "《民法典》", "《中华人民共和国食品安全法》", "中发〔2019〕17号", "中发 2019-17",
    "焦示食安[2021]1号", "焦示食安〔2021〕77号",
    "农药*", "食* 安*", "的*", "2021", "98.5%", '"98.5%"', "iso 9001", "ISO9001",
    "AND", "OR", "a:b", "(a:b)", "\\", '"\\ "', "*", "?", "~", "/x/", "𠀀", "𠀀𠀁", "啊啊", '"啊啊啊啊"',
    "谁负责校园食品安全", "12月底前", "％", "--", "-", '"', "区人力资源和社会保障局培训", "网络餐饮服务第三方平台",
    "各乡镇（街道）", "食 品 安 全", "\ufdd0", "全\ufdd0",
    " ".join(f"{one}*" for one in "食药安监市区县校农村工信公教卫生环保水"),
)  # fmt: skip
"""Ways to ask, and what means something to Lucene."""


@pytest.fixture(scope="module")
def libraries(neo4j_server: Neo4jServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Library, Library]]:
    """The same plans in a folder and in a database, some of them put in, changed and taken out again."""
    neo4j_server.wipe()
    both = tuple(
        library_of(address, FILES, [ODD]) for address in (tmp_path_factory.mktemp("folder"), neo4j_server.address)
    )
    for library in both:
        gone = library.catalog.add(*a_plan("将要移出的食品安全任务", number="焦示食安〔2021〕78号"))
        library.catalog.remove(gone.plan.id)
        library.catalog.add(ODD[0], ODD[1])
    yield both[0], both[1]
    for library in both:
        library.close()


@pytest.fixture(scope="module")
def sites(libraries: tuple[Library, Library]) -> tuple[FlaskClient, FlaskClient]:
    one, other = (create_app(settings_for(SEED.parent), library).test_client() for library in libraries)
    return one, other


def strings(library: Library, count: int) -> list[str]:
    """Strings of two to twelve characters that the plans hold, the same every time."""
    chance = random.Random(11)
    texts = sorted(each.entry.text for each in library.catalog.find("")[1].scored)
    runs = [run for text in texts for run in re.findall(r"[^\s]+", text)]
    drawn = []
    for _ in range(count):
        run = chance.choice(runs)
        at = chance.randrange(len(run))
        drawn.append(run[at : at + chance.randint(1, 12)])
    return drawn


def hits(found: Found) -> list[tuple[str, ...]]:
    return sorted((each.entry.kind, each.entry.id, each.entry.plan) for each in found.scored)


def assert_same(libraries: tuple[Library, Library], text: str, filters: Filters | None = None) -> int:
    one, other = (library.catalog.find(text, filters) for library in libraries)
    assert one[0] == other[0], f"{text!r} is read differently"
    assert hits(one[1]) == hits(other[1]), text
    assert {each.entry for each in one[1].scored} == {each.entry for each in other[1].scored}
    return len(one[1].scored)


@pytest.mark.parametrize("text", QUERIES)
def test_what_is_asked_in_any_way_finds_the_same(libraries: tuple[Library, Library], text: str) -> None:
    assert_same(libraries, text)


def test_strings_of_the_plans_find_the_same(libraries: tuple[Library, Library]) -> None:
    drawn = strings(libraries[0], 150)
    found = [assert_same(libraries, text) for text in drawn]
    assert sum(map(bool, found)) > 100
    for one, other in zip(drawn[:60], drawn[60:], strict=False):
        quoted = one.replace('"', "")
        for text in (f'"{quoted}"', f"{one} {other}", f'{one} -"{other[:2]}"', f"{one} | {other}", f"{one[:1]}*"):
            assert_same(libraries, text)


def test_every_filter_finds_the_same(libraries: tuple[Library, Library]) -> None:
    facets = libraries[0].catalog.search("").facets
    for name, values in asdict(facets).items():
        for value in values[:15]:
            if name == "month":
                chosen = Filters(due_from=f"{value.value}-01", due_to=f"{value.value}-28")
            else:
                chosen = replace(Filters(), **{name: (value.value,)})
            assert assert_same(libraries, "", chosen) or name == "month"
            assert_same(libraries, "食品", chosen)
    for unit in facets.unit[:10]:
        for role in facets.role:
            assert_same(libraries, "", Filters(unit=(unit.value,), role=(role.value,)))  # type: ignore[arg-type]
    for start, end in (("2021-05-01", "2021-12-31"), ("2021-12-31", "2021-01-01"), ("2019-02-03", "2025-11-30")):
        assert_same(libraries, "", Filters(kind=("task", "milestone"), due_from=start, due_to=end))


def test_hits_are_marked_and_counted_alike_and_rank_nearly_so(libraries: tuple[Library, Library]) -> None:
    """The folder's index rounds the lengths of entries, so that scores differ by some per cent."""
    for text in ("食品安全", "抽检", "校园食品安全", "食药监分局"):
        one, other = (library.catalog.search(text, limit=500) for library in libraries)
        assert by_id(one) == by_id(other)
        assert [hit.score for hit in one.hits] == pytest.approx([hit.score for hit in other.hits], rel=0.05)
        assert (one.kinds, one.facets) == (other.kinds, other.facets)


def by_id(results: Results) -> dict[tuple[str, ...], tuple[object, ...]]:
    return {
        (hit.entry.kind, hit.entry.id): (hit.marks, hit.section_marks, hit.page_marks)
        for hit in results.hits
    }  # fmt: skip


ADDRESSES = (
    "home", "plan", "text", "fact", "units", "unit", "task", "document", "search", "question", "who", "nothing",
    "due", "gaps", "doubts", "network", "network-document", "missing",
    "maps", "plan-chain", "ways", "plans", "document-chain", "documents",
    "tasks", "tally", "unit-matrix", "tasks-matrix", "cell",
)  # fmt: skip


@pytest.mark.parametrize("name", ADDRESSES)
def test_every_page_and_its_json_are_the_same(
    libraries: tuple[Library, Library], sites: tuple[FlaskClient, FlaskClient], name: str
) -> None:
    addresses = Addresses(libraries[0]).all()
    assert set(ADDRESSES) == set(addresses)
    address = addresses[name].partition("#")[0]
    one, other = (site.get(address) for site in sites)
    assert (one.status_code, other.status_code) == ((404,) * 2 if name == "missing" else (200,) * 2)
    one, other = (site.get(f"/api/v1{address}") for site in sites)
    assert one.status_code == other.status_code
    assert comparable(one.get_data()) == comparable(other.get_data())


def comparable(answer: bytes) -> object:
    """The JSON of an answer; what the clock says aside, and hits, which rank a little differently, as their number."""
    return _comparable(msgspec.json.decode(answer))


def _comparable(value: object) -> object:
    if isinstance(value, Mapping):
        kept = {key: _comparable(each) for key, each in value.items() if key not in ("seconds", "added_on")}
        return {**kept, "hits": len(value["hits"])} if isinstance(value.get("hits"), list) else kept
    return [_comparable(each) for each in value] if isinstance(value, list) else value
