"""Mutation testing of a part of goalgen by mutmut: which small changes of its code no test notices (docs/trust.md).

mutmut leaves decorated functions alone, and every review rule is one; so it works on a copy in which a decorator is
written as the call that it stands for. A decorator that only remembers results is left out there: what one test made
the code remember would hide that another test needs it.
"""

from __future__ import annotations

import argparse
import ast
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDER: Final = ROOT / "build" / "mutation"
COPIED: Final = ("goalgen", "tests", "data", "templates")
MUTMUT: Final = Path(sys.executable).with_name("mutmut")
REMEMBERING: Final = ("cache", "lru_cache")
METHODS: Final = ("classmethod", "staticmethod")
"""Decorators that mutmut knows itself."""
FOUND: Final = ("killed", "timeout", "segfault")
"""What mutmut calls a mutant that a test noticed; `timeout` is one that never ends."""


class Part(NamedTuple):
    """Modules measured together (`*` allowed), and the quick tests that speak of them, all within the process."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]


PARTS: Final = {
    "layout": Part(("goalgen/forms/layout.py",), ("tests/forms/test_layout.py",)),
    "source": Part(("goalgen/source/reading.py", "goalgen/source/parsing.py"), ("tests/source/test_reading.py",)),
    "rules": Part(
        (
            *(f"goalgen/checking/{name}.py" for name in ("ignores", "manual", "review", "rule", "subject")),
            "goalgen/checking/rules/*.py",
        ),
        (
            *(f"tests/checking/test_{name}.py" for name in ("ignores", "manual", "review", "rule", "subject")),
            *(
                f"tests/checking/rules/test_{name}.py"
                for name in ("funding", "overview", "wording", "indicators", "consistency", "across")
            ),
        ),
    ),
    "diff": Part(
        ("goalgen/diff/*.py",),
        (
            "tests/diff/test_arguments.py",
            "tests/diff/test_comparing.py",
            "tests/diff/test_fields.py",
            "tests/diff/test_filtering.py",
            "tests/diff/test_indicators.py",
            "tests/diff/test_numbers.py",
            "tests/diff/test_projects.py",
            "tests/diff/test_requested.py",
            "tests/diff/test_routine.py",
            "tests/diff/test_sides.py",
            "tests/diff/test_spans.py",
            "tests/diff/test_values.py",
        ),
    ),
}


def undecorated(text: str) -> str:
    """Source code with `@a` before a function as `f = a(f)` behind it, and without the decorators that only remember."""
    lines = text.split("\n")
    tree = ast.parse(text)
    bodies = [tree.body, *(node.body for node in tree.body if isinstance(node, ast.ClassDef))]
    functions = [node for body in bodies for node in body if isinstance(node, ast.FunctionDef) and node.decorator_list]
    for node in sorted(functions, key=lambda function: function.lineno, reverse=True):
        calls = [ast.unparse(decorator) for decorator in reversed(node.decorator_list)]
        if not set(METHODS) & set(calls):
            kept = [call for call in calls if call.partition("(")[0] not in REMEMBERING]
            written = [f"{' ' * node.col_offset}{node.name} = {call}({node.name})" for call in kept]
            lines[node.end_lineno : node.end_lineno] = written
            del lines[node.decorator_list[0].lineno - 1 : node.lineno - 1]
    return "\n".join(lines)


def prepared(name: str, part: Part) -> Path:
    """A folder with a copy of the project in which mutmut mutates just this part."""
    folder = FOLDER / name
    shutil.rmtree(folder, ignore_errors=True)
    for entry in COPIED:
        shutil.copytree(ROOT / entry, folder / entry, ignore=shutil.ignore_patterns("__pycache__"))
    modules = sorted({path for pattern in part.modules for path in folder.glob(pattern)})
    for module in modules:
        module.write_text(undecorated(module.read_text(encoding="utf-8")), encoding="utf-8")
    config = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (folder / "pyproject.toml").write_text(
        f"{config}\n{settings(part, [path.relative_to(folder).as_posix() for path in modules])}", encoding="utf-8"
    )
    return folder


def settings(part: Part, modules: list[str]) -> str:
    """What mutmut is told, in TOML; it gets every module by name, for its own `*` would go into the folders too."""
    also = [entry for entry in COPIED if entry != "goalgen"]
    return (
        '[tool.mutmut]\nsource_paths = ["goalgen"]\nuse_git_change_detection = false\n'
        'pytest_add_cli_args = ["-p", "no:cacheprovider", "-p", "no:xdist"]\n'
        f"only_mutate = {modules}\nalso_copy = {also}\n"
        f"pytest_add_cli_args_test_selection = {list(part.tests)}\n"
    )


def run(folder: Path, workers: list[str]) -> Counter[tuple[str, bool]]:
    """How many mutants there are by module and whether a test noticed them; those that none noticed are printed."""
    with (folder / "mutmut.log").open("w", encoding="utf-8") as log:
        subprocess.run([MUTMUT, "run", *workers], cwd=folder, check=True, stdout=log, stderr=log)
    told = subprocess.run([MUTMUT, "results", "--all", "1"], cwd=folder, check=True, capture_output=True, text=True)
    found: Counter[tuple[str, bool]] = Counter()
    for line in told.stdout.splitlines():
        mutant, _, status = line.strip().partition(": ")
        found[mutant.rpartition(".x")[0], status in FOUND] += 1
        if status not in FOUND:
            print(f"{status}  {mutant}")
    return found


def scores(name: str, found: Counter[tuple[str, bool]]) -> list[str]:
    """A line a module and one for the part: mutants, noticed, percent."""
    modules = sorted({module for module, _ in found})
    rows = [(module, found[module, True], found[module, False]) for module in modules]
    rows.append((name, sum(killed for _, killed, _ in rows), sum(left for _, _, left in rows)))
    return [f"{one:32}{killed + left:6}{killed:6}{killed / (killed + left):8.1%}" for one, killed, left in rows]


def main() -> None:
    """Measure the parts named (all of them when none is)."""
    parser = argparse.ArgumentParser(description="mutation testing by mutmut, part by part")
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; all when none is named")
    parser.add_argument("--workers", type=int, help="how many processes (as many as there are processors)")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    lines: list[str] = []
    for name in options.parts or PARTS:
        folder = prepared(name, PARTS[name])
        print(f"{name}: {(folder / 'mutmut.log').relative_to(ROOT).as_posix()}", flush=True)
        lines += scores(name, run(folder, ["--max-children", str(options.workers)] if options.workers else []))
    print("\n".join(lines))


if __name__ == "__main__":
    main()
