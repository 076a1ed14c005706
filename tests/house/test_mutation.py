"""The tool of `make mutation`: the copy that it mutates does what the code does, and nothing in it escapes mutmut."""

from __future__ import annotations

import ast
import importlib.util
import sys
from types import ModuleType

import pytest

from tests.support.places import ROOT


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("mutation_tool", ROOT / "tools" / "mutation.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


CODE = '''\
def twice(f):
    return lambda *given: 2 * f(*given)


def plus(number):
    return lambda f: lambda *given: f(*given) + number


@twice
@plus(
    3,
)
@lru_cache(maxsize=8)
def one(n):
    """Said."""
    return n


@cache
def two(n): return n


class Three:
    @property
    def four(self):
        return 4

    @classmethod
    def five(cls):
        return 5
'''


def test_a_decorator_becomes_the_call_that_it_stands_for(tool: ModuleType) -> None:
    text = tool.undecorated(CODE)
    behind = text[text.index('    """Said."""') :]
    assert behind.startswith('    """Said."""\n    return n\none = plus(3)(one)\none = twice(one)\n')
    assert [line for line in text.split("\n") if "@" in line] == ["    @classmethod"]
    names: dict[str, object] = {}
    exec(text, names)
    assert eval("one(4), two(5), Three().four, Three.five()", names) == (14, 5, 4, 5)


def test_every_part_has_modules_and_tests_and_hides_no_function_of_them(tool: ModuleType) -> None:
    for part in tool.PARTS.values():
        modules = [path for pattern in part.modules for path in ROOT.glob(pattern)]
        assert modules and all((ROOT / test).is_file() for test in part.tests)
        for module in modules:
            tree = ast.parse(tool.undecorated(module.read_text(encoding="utf-8")))
            functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
            assert not [node.name for node in functions if node.decorator_list]
