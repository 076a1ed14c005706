"""The tests mirror the package: folders of its names, helpers in support/ alone, and no test leans on another."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import goalgen
from tests.support.places import ROOT, TESTS

PACKAGE = Path(goalgen.__file__).parent
MODULES = sorted(TESTS.rglob("*.py"))
OWN = ("house", "promises", "support")
"""The folders of tests that are no floor of the package."""


def imports(path: Path) -> Iterator[str]:
    """Every module of the tests that a module imports, with each name that it takes from it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield from (
                f"{node.module}.{alias.name}" for alias in node.names if (node.module or "").startswith("tests")
            )
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("tests"))


def test_there_is_something_to_guard() -> None:
    assert len([path for path in MODULES if path.name.startswith("test_")]) > 50
    assert sum(len([*imports(path)]) for path in MODULES) > 100


def test_no_test_imports_another_test() -> None:
    wrong = [
        f"{path.relative_to(TESTS)} imports {name}"
        for path in MODULES
        for name in imports(path)
        if re.search(r"\.test_\w+", name.rpartition(".")[0]) or re.fullmatch(r"tests(\.\w+)*\.test_\w+", name)
    ]
    assert wrong == []


def test_helpers_live_in_support_alone() -> None:
    inside: list[Path] = []
    outside: list[Path] = []
    for path in MODULES:
        where = inside if path.is_relative_to(TESTS / "support") else outside
        where.append(path)
    assert len(inside) > 15
    assert [path.name for path in inside if path.name.startswith("test_")] == []
    kept = ("__init__.py", "conftest.py")
    assert [path for path in outside if not path.name.startswith("test_") and path.name not in kept] == []


def test_a_folder_of_tests_is_a_folder_of_the_package_or_one_of_the_tests_own() -> None:
    folders = {path.parent.relative_to(TESTS) for path in MODULES} - {Path()}
    assert len(folders) > 15
    assert [
        name for name in folders if name.parts[0] not in OWN and not (PACKAGE / name / "__init__.py").is_file()
    ] == []
    assert [name for name in folders if not (TESTS / name / "__init__.py").is_file()] == []


def test_a_page_that_names_a_test_names_one_that_exists() -> None:
    pages = [ROOT / "CONTRIBUTING.md", ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    named = [
        (page, name) for page in pages for name in re.findall(r"`([\w/]*\btest_\w+\.py)`", page.read_text("utf-8"))
    ]
    assert len(named) > 30
    missing = [
        f"{page.relative_to(ROOT)}: {name}"
        for page, name in named
        if not (TESTS / name.removeprefix("tests/")).is_file()
    ]
    assert missing == []
