"""The floors of the house: imports go down only, modules and functions stay small, only cli prints."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tokenize
import tomllib
from collections.abc import Iterator
from pathlib import Path

import goalgen
from goalgen.files import cache

PACKAGE = Path(goalgen.__file__).parent
PYPROJECT = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8"))
FLOORS = tuple(tuple(floor.split()) for floor in PYPROJECT["tool"]["goalgen"]["floors"])
"""From the roof down; a room may use the rooms of its own floor and of all below."""
DOORS = ("__init__", "__main__")
MODULES = sorted(PACKAGE.rglob("*.py"))
MOST_NAMES = 18
MOST_LINES = 400
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def height(name: str) -> int:
    """How high a room lies: 0 is the ground."""
    return next(len(FLOORS) - 1 - n for n, floor in enumerate(FLOORS) if name in floor)


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """Every module of goalgen that a module imports (inside functions and for mypy too), and whether inside a function."""
    tree = TREES[path]
    inner = {
        id(node) for function in ast.walk(tree) if isinstance(function, ast.FunctionDef) for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "goalgen":
            yield from ((f"{node.module}.{alias.name}", id(node) in inner) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (
                (alias.name, id(node) in inner) for alias in node.names if alias.name.split(".")[0] == "goalgen"
            )


def test_there_is_something_to_guard() -> None:
    every = [found for path in MODULES for found in imports(path)]
    assert len(MODULES) > 100
    assert len(every) > 400
    assert sum(inside for _, inside in every) > 5, "imports inside functions are read too"


def test_the_top_of_the_package_is_a_table_of_contents() -> None:
    names = {room(path) for path in MODULES} - {*DOORS}
    assert names == {name for floor in FLOORS for name in floor}
    assert 10 <= len(names) <= MOST_NAMES


def test_no_folder_bears_the_name_of_a_published_function() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir()}
    assert len(goalgen.__all__) > 5
    assert not folders & {*goalgen.__all__}


def test_imports_go_down_only() -> None:
    wrong = []
    for path in MODULES:
        own = room(path)
        for name, _ in imports(path) if own not in DOORS else ():
            other = name.split(".")[1]
            if (
                other not in DOORS
                and other.isidentifier()
                and not other.startswith("__")
                and height(other) > height(own)
            ):
                wrong.append(f"{path.relative_to(PACKAGE)} imports {name}")
    assert wrong == []


def test_rooms_of_one_floor_do_not_use_each_other_in_a_circle() -> None:
    edges = {
        (room(path), name.split(".")[1])
        for path in MODULES
        for name, _ in imports(path)
        if room(path) not in DOORS and name.split(".")[1] != room(path) and not name.split(".")[1].startswith("__")
    }
    assert len(edges) > 20
    assert [edge for edge in edges if edge[::-1] in edges] == []


def test_a_late_import_says_why() -> None:
    """An import inside a function stands on a line with `# late: reason` (or right below such a line)."""
    wrong = []
    for path in MODULES:
        lines = path.read_text(encoding="utf-8").splitlines()
        for node in ast.walk(TREES[path]):
            for inner in ast.walk(node) if isinstance(node, ast.FunctionDef) else ():
                if isinstance(inner, ast.Import | ast.ImportFrom):
                    near = "\n".join(lines[max(inner.lineno - 4, 0) : inner.end_lineno])
                    if not re.search(r"# late: \S+ \S+", near):
                        wrong.append(f"{path.relative_to(PACKAGE)}:{inner.lineno}")
    assert wrong == []


def test_a_string_names_a_module_only_to_choose_one_of_a_family() -> None:
    """`import_module` is for commands and report formats, whose names come from a table."""
    users = {
        path.relative_to(PACKAGE).as_posix()
        for path in MODULES
        for node in ast.walk(TREES[path])
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module")
    }
    assert users <= {"__init__.py", "cli/__init__.py", "cli/check.py", "cli/diff.py"}


def test_every_folder_says_in_one_sentence_what_it_is() -> None:
    folders = [path for path in MODULES if path.name == "__init__.py"]
    said = {path: ast.get_docstring(TREES[path]) or "" for path in folders}
    assert len(said) > 10
    assert [path.parent.name for path, text in said.items() if not re.fullmatch(r"[^\n]+\.", text)] == []


def test_only_cli_prints() -> None:
    printing = [
        path.name
        for path in MODULES
        for node in ast.walk(TREES[path])
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("print", "click.echo") and room(path) != "cli"
    ]
    assert printing == []


def test_modules_and_functions_stay_small() -> None:
    long_modules = [path.name for path in MODULES if len(path.read_text(encoding="utf-8").splitlines()) > MOST_LINES]
    long_functions = [
        f"{path.name}:{node.name}"
        for path in MODULES
        for node in ast.walk(TREES[path])
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= 42
    ]
    assert (long_modules, long_functions) == ([], [])


def test_start_up_imports_no_heavy_library() -> None:
    code = "import sys, json, goalgen.cli, goalgen.cli.check; print(json.dumps(sorted(sys.modules)))"
    loaded = json.loads(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout)
    assert "click" in loaded
    assert not {"docxtpl", "jinja2", "lxml", "docx"} & set(loaded)


def test_what_the_tests_need_not_reach_says_why() -> None:
    """`make coverage` wants every line and branch; what it leaves out has its reason beside it, in words."""
    text = (PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8")
    report = tomllib.loads(text)["tool"]["coverage"]["report"]
    assert report["fail_under"] == 100
    pragma, *patterns = report["exclude_lines"]
    assert not {"exclude_also", "partial_also", "omit", "include"} & set(report)
    assert all(re.search(rf"{re.escape(pattern)}', # (\w+\W+){{4}}", text) for pattern in patterns)
    marks = [comment for path in MODULES for comment in comments(path) if re.search("pragma|nocov|no cover", comment)]
    assert marks
    assert [mark for mark in marks if not re.match(r"# pragma: no (cover|branch) - (\w+\W+){4}", mark)] == []
    assert re.search(pragma, marks[0])


def comments(path: Path) -> list[str]:
    with tokenize.open(path) as file:
        return [token.string for token in tokenize.generate_tokens(file.readline) if token.type == tokenize.COMMENT]


def test_every_module_tells_one_goalgen_from_another() -> None:
    """A kept result is not used again once any module of goalgen has changed."""
    assert {path for path, *_ in cache._stamps(str(PACKAGE))} == {str(path) for path in MODULES}
