"""The documents about the code name what is there: files, folders, and a list of files for each recipe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.support.modules import PACKAGES

ARCHITECTURE = (ROOT / "docs" / "ARCHITECTURE.md").read_text("utf-8")
DOCUMENTS = [
    ROOT / "docs" / "ARCHITECTURE.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs" / "decisions").glob("*.md")),
]
LOOKED_AT = (*PACKAGES, "tests", "docs", "data/lexicon", "benchmarks")
ENDINGS = ("py", "md", "toml", "sql", "cypher", "html", "css", "js", "po", "in", "txt", "csv")

RECIPES = dict(re.findall(r"^### (Add .+)\n+((?:(?!^#).*\n?)*)", ARCHITECTURE.partition("## Recipes")[2], re.MULTILINE))
"""The text of each recipe by its heading."""


def named(text: str) -> list[str]:
    """Files and folders that a text names in backticks: what ends like a file, or like a folder."""
    quoted = re.findall(r"`([\w.<>*/-]+)`", text)
    ends = re.compile(rf"(?:/|\.(?:{'|'.join(ENDINGS)}))$")
    return [each for each in quoted if ends.search(each) and not each.startswith("/")]


def there() -> set[str]:
    """Every file, and every folder with a `/` behind it, from the root of the repository."""
    found = {path.name for path in ROOT.iterdir() if path.is_file()}
    found |= {path.relative_to(ROOT).as_posix() for path in (ROOT / "data").glob("*.toml")}
    for top in LOOKED_AT:
        found.add(f"{top}/")
        for path in (ROOT / top).rglob("*"):
            found.add(path.relative_to(ROOT).as_posix() + ("/" if path.is_dir() else ""))
    return found


THERE = there()


def is_there(name: str) -> bool:
    """Whether a name is a path, or the end of one: `parse.py` is a file of some folder; `<kind>` is to be filled in."""
    pattern = re.escape(name).replace(r"\*", "[^/]*")
    if "<" in name:
        pattern = re.escape(name.partition("<")[0].rpartition("/")[0] + "/")
    return any(re.fullmatch(rf"(?:.*/)?{pattern}", path) for path in THERE)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_and_folder_that_a_document_names_is_there(document: Path) -> None:
    assert not [name for name in named(document.read_text("utf-8")) if not is_there(name)]


def folders() -> Iterator[str]:
    """The folders of the packages that hold code."""
    for package in PACKAGES:
        yield from sorted({path.parent.relative_to(ROOT).as_posix() for path in (ROOT / package).rglob("*.py")})


@pytest.mark.parametrize("folder", list(folders()))
def test_every_folder_is_in_the_architecture(folder: str) -> None:
    names = set(named(ARCHITECTURE))
    # One inside another folder is named in the other's row, by its last name.
    nested = folder.count("/") > 1
    assert f"{folder}/" in names or (nested and f"{folder.rpartition('/')[2]}/" in names)


@pytest.mark.parametrize("recipe", ["a kind of fact", "a question", "a page", "a file type", "an engine"])
def test_a_recipe_names_its_files(recipe: str) -> None:
    text = RECIPES[f"Add {recipe}"]
    assert [name for name in named(text) if name.partition("/")[0] in PACKAGES]
