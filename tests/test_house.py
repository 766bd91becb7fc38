"""How the code is laid out: rooms of few files, packages with few doors, one meaning a name, short lists of parameters.

A ceiling or a list of exceptions may only fall: a test fails as well where an exception is no longer needed.
"""

from __future__ import annotations

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.support.modules import MODULES, PACKAGES, imports, package, tree

FILES_A_FOLDER = 14
PARAMETERS = 5
CHINESE_PATTERNS = 30
"""Regular expressions with Chinese that stand in code, not in `data/lexicon/`: none may be added."""

DOORS = {
    "ingest": {"ingest", "ingest.model", "ingest.errors", "ingest.language", "ingest.intake"},
    "graph": {"graph", "graph.store", "graph.query", "graph.projection", "graph.neo4j"},
    "search": {"search", "search.query", "search.questions"},
    "web": set[str](),
}
"""The modules of a package that others import, at most five; `zeren.py` lists the commands of `web/cli` by file.

`ingest.intake`, `graph.neo4j` and `graph.projection` take time to load and are apart from what every question needs.
"""

FOLDERS = sorted({path.parent for module, path in MODULES.items() if package(module) in PACKAGES})

NAMES_OF_TWO = frozenset({"Not", "Query", "Rule"})
"""Public classes and type aliases that two modules have by one name: the tree of words that the index is asked, and
the tree of conditions that a store is asked, of which it is one leaf; the rules of a question, and of the lexicon."""

MANY_PARAMETERS = frozenset(
    {
        "graph.answers.from_rows.duties_of",
        "graph.derived.rows._assignment",
        "graph.derived.rows._citation",
        "graph.neo4j.record.add_source",
        "graph.neo4j.record.add_version",
        "graph.neo4j.store.__init__",
        "graph.neo4j.store.open_neo4j_store",
        "graph.neo4j.tables.fill",
        "graph.sqlite.store.__init__",
        "graph.sqlite.store.open_store",
        "graph.sqlite.structure._of",
        "ingest.facts.target._is_aim",
        "ingest.facts.target._is_policy",
        "ingest.facts.target._subject",
        "ingest.facts.target._targets_at",
        "search.catalog.__init__",
        "search.index.entries._entry",
        "web.cli.reading.check",
        "web.cli.serving.serve",
    }
)
"""Functions of more than five parameters."""


def _name(folder: Path) -> str:
    return "/".join(folder.parts[-2:])


@pytest.mark.parametrize("folder", FOLDERS, ids=_name)
def test_a_folder_has_few_files(folder: Path) -> None:
    assert len(list(folder.glob("*.py"))) <= FILES_A_FOLDER


@pytest.mark.parametrize("folder", FOLDERS, ids=_name)
def test_three_files_of_one_prefix_are_a_folder(folder: Path) -> None:
    stems = [path.stem for path in folder.glob("*.py") if path.stem != "__init__"]
    prefixes = Counter(stem.partition("_")[0] for stem in stems)
    assert not [prefix for prefix, count in prefixes.items() if count >= 3]


@pytest.mark.parametrize("folder", FOLDERS, ids=_name)
def test_no_file_repeats_the_name_of_its_folder(folder: Path) -> None:
    names = {folder.name, folder.name.removesuffix("s")}
    assert not [path.name for path in folder.glob("*.py") if path.stem.partition("_")[0] in names]


def _rooms() -> Mapping[str, Mapping[str, set[str]]]:
    """For each folder, what each of its files and folders imports of the others, by their names."""
    rooms: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for module in MODULES:
        for imported in imports(module) & MODULES.keys():
            here, there = module.split("."), imported.split(".")
            common = next((i for i, (a, b) in enumerate(zip(here, there, strict=False)) if a != b), None)
            if common:
                rooms[".".join(here[:common])][here[common]].add(there[common])
    return rooms


@pytest.mark.parametrize(("folder", "room"), _rooms().items())
def test_the_files_and_folders_of_a_folder_import_one_way(folder: str, room: Mapping[str, set[str]]) -> None:
    try:
        TopologicalSorter(room).prepare()
    except CycleError as cycle:
        pytest.fail(f"{folder}: {' → '.join(cycle.args[1])}")


@pytest.mark.parametrize("module", MODULES)
def test_no_private_name_crosses_a_file(module: str) -> None:
    imported = [node for node in ast.walk(tree(module)) if isinstance(node, ast.ImportFrom)]
    ours = [node for node in imported if (node.module or "").partition(".")[0] in PACKAGES]
    private = re.compile(r"_(?!_)")
    assert not [alias.name for node in ours for alias in node.names if private.match(alias.name)]
    assert not [node.module for node in ours if any(map(private.match, (node.module or "").split(".")))]


def _public_types(module: str) -> Iterator[str]:
    """The classes and type aliases of a module that are not private; a type variable is neither."""
    for node in tree(module).body:
        match node:
            case ast.ClassDef(name=name):
                pass
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.AnnAssign(target=ast.Name(id=name), value=value)
            ):
                if not re.match("[A-Z][A-Za-z]*[a-z]", name) or _is_type_variable(value):
                    continue
            case _:
                continue
        if not name.startswith("_"):
            yield name


def _is_type_variable(value: ast.expr | None) -> bool:
    return (
        isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in {"TypeVar", "ParamSpec"}
    )


def test_a_package_is_entered_by_its_doors() -> None:
    entered: defaultdict[str, set[str]] = defaultdict(set)
    for module in MODULES.keys() - {"zeren"}:
        for imported in imports(module) & MODULES.keys():
            if package(imported) != package(module):
                entered[package(imported)].add(imported)
    assert {name: entered[name] for name in PACKAGES} == DOORS
    assert all(len(doors) <= 5 for doors in DOORS.values())


def test_a_public_type_has_a_name_of_its_own() -> None:
    homes = Counter(name for module in MODULES for name in _public_types(module))
    assert {name for name, count in homes.items() if count > 1} == NAMES_OF_TWO


def test_no_pattern_with_chinese_is_added_to_code() -> None:
    assert sum(1 for module in MODULES for _ in _chinese_patterns(module)) <= CHINESE_PATTERNS


def _chinese_patterns(module: str) -> Iterator[str]:
    """The arguments, as code, of calls such as `re.compile` that hold Chinese."""
    for node in ast.walk(tree(module)):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re")), args=[pattern, *_]):
                if re.search("[\u4e00-\u9fff]", source := ast.unparse(pattern)):
                    yield source


def test_a_function_of_many_parameters_takes_a_record() -> None:
    functions = ((module, node) for module in MODULES for node in ast.walk(tree(module)))
    many = {
        f"{m}.{n.name}" for m, n in functions if isinstance(n, ast.FunctionDef) and len(_parameters(n)) > PARAMETERS
    }
    assert many == MANY_PARAMETERS


def _parameters(function: ast.FunctionDef) -> list[str]:
    arguments = function.args
    names = [each.arg for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    return [name for name in names if name not in {"self", "cls"}]
