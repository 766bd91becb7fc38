"""The modules of Zeren as code: what each is made of and what it imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGES = ("ingest", "graph", "search", "web")
"""In reading order: a package imports from itself and from those before it."""

ROOT = Path(__file__).parents[2]

MODULES = {
    path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__"): path
    for path in [ROOT / "zeren.py", *(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))]
    if path.exists()
}


@cache
def tree(module: str) -> ast.Module:
    """The module's code, read once."""
    return ast.parse(MODULES[module].read_text("utf-8"))


def named(module: str, node: ast.AST) -> Iterator[str]:
    """The modules, by full name, that an import statement names; `from a import b` names a.b where that is a module."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        base = node.module or ""
        if node.level:
            inside = module if MODULES[module].name == "__init__.py" else module.rpartition(".")[0]
            parts = inside.split(".")[: len(inside.split(".")) - node.level + 1]
            base = ".".join([*parts, *filter(None, [base])])
        yield from (f"{base}.{alias.name}" if f"{base}.{alias.name}" in MODULES else base for alias in node.names)


def imports(module: str) -> set[str]:
    """The modules, by full name, that a module imports anywhere in it."""
    return {name for node in ast.walk(tree(module)) for name in named(module, node)}


def package(module: str) -> str:
    """The package that a module belongs to."""
    return module.partition(".")[0]
