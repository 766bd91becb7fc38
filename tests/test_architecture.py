"""One direction of imports, one home for each library: the reading order of the code is its import order."""

from __future__ import annotations

import ast
import sys
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.support.modules import MODULES, PACKAGES, imports, named, package, tree

ANYWHERE = {"msgspec"}
HOMES = {
    "jieba": {"search.words.analyzer"},
    "opencc": {"ingest.language.tables.script"},
    "pypinyin": {"search.words.script"},
    "whoosh": {"search.whoosh.index"},
    "pyvis": {"web.maps.networks.vis"},
    "neo4j": {"graph.neo4j.server.connection"},
    "pypdfium2": {"ingest.readers.pdf.file"},
    "rapidocr_onnxruntime": {"ingest.readers.pdf.ocr"},
    "cv2": {"ingest.readers.pdf.ocr"},
    "selectolax": {"ingest.readers.html.page"},
    "python_calamine": {"ingest.readers.xls.read"},
    "openpyxl": {"ingest.readers.xlsx.values"},
    "platformdirs": {"web.cli.console"},
    "icalendar": {"web.sheets.calendar"},
    "waitress": {"web.serving.server"},
    "xlsxwriter": {"web.sheets.workbook"},
    "typer": {"zeren", "web.cli.*"},
    "rich": {"web.cli.*"},
    "networkx": {"graph.*"},
    "flask": {"web.*"},
    "flask_babel": {"web.*"},
    "babel": {"web.*"},
    "werkzeug": {"web.*"},
    "jinja2": {"web.*"},
    "markupsafe": {"web.*"},
}
"""The modules that may import a library; `web.*` is every module of a package, `web.cli.*` of a folder."""

LOADED_LATE = {
    ("search.words.analyzer", "jieba"),
    ("search.questions.normal", "pypinyin"),
    ("search.engines", "graph.neo4j"),
    ("search.engines", "search.neo4j.home"),
    ("ingest.language.tables.script", "opencc"),
    ("ingest.readers.formats", "ingest.readers.text"),
    ("ingest.readers.formats", "ingest.readers.delimited"),
    ("ingest.readers.formats", "ingest.readers.*.read"),
    ("ingest.readers.pdf.ocr", "cv2"),
    ("ingest.readers.pdf.ocr", "rapidocr_onnxruntime"),
    ("web.cli.serving", "web.site.app"),
    ("web.cli.serving", "web.serving.looking_after"),
    ("web.cli.serving", "web.serving.server"),
    ("web.cli.serving", "web.settings"),
    ("web.cli.deciding", "graph.projection"),
    ("web.cli.deciding", "search.questions"),
    ("web.cli.structure", "graph"),
    ("web.cli.structure", "graph.projection"),
    ("web.cli.structure", "search.questions"),
    ("web.cli.console", "ingest.intake"),
    ("web.cli.console", "web.words.catalogue"),
}
"""What a function imports: jieba warns when it is first compiled, which is silenced there; pinyin is loaded only for a
question with a name that is not known as it is written, traditional characters for a text that has them; Neo4j's
driver takes half a second to load, and is loaded only where a library is in Neo4j; a reader of files waits for the
first file of its format; what recognises words on pictures may not be installed; a question
on the command line waits neither for the site, nor for what reads files, nor for the English
catalogue; only `path` waits for networkx."""


def is_ours(module: str) -> bool:
    return package(module) in {*PACKAGES, "zeren"}


@pytest.mark.parametrize("module", MODULES)
def test_a_package_imports_only_itself_and_those_before_it(module: str) -> None:
    order = [*PACKAGES, "zeren"]
    allowed = order[: order.index(package(module)) + 1]
    assert {package(name) for name in imports(module) if is_ours(name)} <= set(allowed)


@pytest.mark.parametrize("module", MODULES)
def test_a_library_is_imported_in_its_home_only(module: str) -> None:
    theirs = {package(n) for n in imports(module) if not is_ours(n)} - sys.stdlib_module_names - ANYWHERE
    strays = {name for name in theirs if not any(fnmatchcase(module, home) for home in HOMES.get(name, ()))}
    assert not strays


@pytest.mark.parametrize("module", [module for module in MODULES if module != "zeren"])
def test_no_import_stands_inside_a_function_of_a_package(module: str) -> None:
    functions = (node for node in ast.walk(tree(module)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    inside = {name for function in functions for node in ast.walk(function) for name in named(module, node)}
    assert not {name for name in inside if not any(module == by and fnmatchcase(name, of) for by, of in LOADED_LATE)}


@pytest.mark.parametrize("module", MODULES)
def test_no_module_imports_its_own_package_itself(module: str) -> None:
    assert package(module) not in imports(module) - {module}


def test_no_module_imports_one_that_imports_it_back() -> None:
    done: set[str] = set()
    for module in MODULES:
        assert (cycle := _cycle(module, [], done)) is None, " → ".join(cycle or [])


def _cycle(module: str, path: list[str], done: set[str]) -> list[str] | None:
    if module in path:
        return [*path[path.index(module) :], module]
    if module in done or module not in MODULES:
        return None
    found = next((c for name in sorted(imports(module)) if (c := _cycle(name, [*path, module], done))), None)
    done.add(module)
    return found


@pytest.mark.parametrize("module", MODULES)
def test_reading_files_needs_no_clock_and_no_network(module: str) -> None:
    if package(module) == "ingest":
        assert not imports(module) & {"time", "socket", "urllib", "urllib.request", "http", "requests", "random"}


@pytest.mark.parametrize("path", sorted(MODULES.values()), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_can_be_read_in_one_go(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 400
