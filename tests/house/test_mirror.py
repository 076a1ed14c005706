"""Tests mirror the package: every module has a test file of its name or a line that names the test holding its promise."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.support.places import ROOT

PACKAGE: Final = ROOT / "goalgen"
TESTS: Final = ROOT / "tests"
OWN: Final = ("house", "promises", "support")
"""The folders of tests that are no floor of the package."""
HELD_ELSEWHERE: Final = {
    "__main__": "cli/test_common.py",
    "authoring/learning/board": "authoring/learning/test_learn.py board_of",
    "authoring/learning/details": "authoring/learning/test_learn.py learned",
    "authoring/learning/field_rows": "authoring/learning/test_learn.py learned",
    "authoring/learning/headings": "authoring/learning/test_learn.py learned",
    "authoring/learning/indicator_columns": "authoring/learning/test_learn.py learned",
    "authoring/learning/indicator_places": "authoring/learning/test_learn.py learned",
    "authoring/learning/indicators": "authoring/learning/test_learn.py learned",
    "authoring/learning/money": "authoring/learning/test_learn.py learned",
    "authoring/learning/pack": "authoring/learning/test_learn.py",
    "authoring/learning/page": "authoring/learning/test_learn.py page",
    "authoring/learning/proposal": "authoring/learning/test_learn.py learned",
    "authoring/learning/tagging": "authoring/learning/test_learn.py learned",
    "authoring/learning/texts": "authoring/learning/test_learn.py learned",
    "authoring/next_year": "authoring/test_roll.py",
    "authoring/pack_copy": "exchange/test_pack_check.py new",
    "authoring/word_template/fields": "authoring/word_template/test_template.py word_template",
    "authoring/word_template/money": "authoring/word_template/test_template.py word_template",
    "authoring/word_template/rows": "authoring/word_template/test_template.py word_template",
    "authoring/word_template/sheet": "authoring/word_template/test_template.py word_template",
    "checking/check": "cli/test_check.py",
    "checking/needs": "checking/rules/test_by_role.py idle",
    "checking/reports/page_assets": "checking/reports/test_page.py html",
    "cli/asking": "authoring/test_removing.py remove",
    "cli/chinese": "cli/test_usage.py",
    "cli/fmt": "authoring/test_formatting.py",
    "cli/git_setup": "authoring/test_git_setup.py",
    "cli/import_": "exchange/filled_forms/test_imported.py",
    "cli/outcomes": "exchange/filled_forms/test_imported.py import",
    "cli/remove": "authoring/test_removing.py",
    "cli/rename": "authoring/test_renaming.py",
    "cli/render": "promises/test_written_files.py",
    "cli/roll": "authoring/test_roll.py",
    "cli/sheet": "exchange/excel/test_sheet.py export",
    "cli/upgrade": "authoring/test_upgrade.py",
    "diff/filled_forms": "diff/test_sides.py",
    "diff/reports/json_object": "cli/test_diff.py json",
    "diff/reports/markdown": "diff/reports/test_terminal.py",
    "diff/reports/page_assets": "diff/reports/test_page.py html",
    "diff/reports/words": "diff/reports/test_terminal.py text",
    "errors": "promises/test_broken.py",
    "exchange/excel/columns": "promises/test_notes.py",
    "exchange/excel/importing": "exchange/excel/test_sheet.py import",
    "exchange/excel/reading": "exchange/excel/test_sheet.py",
    "exchange/excel/writing": "exchange/excel/test_sheet.py",
    "exchange/filing": "exchange/filled_forms/test_imported.py import",
    "exchange/filled_forms/detail_table": "exchange/filled_forms/test_any_form.py read_lines",
    "exchange/filled_forms/fields": "exchange/filled_forms/test_odd_forms.py read_lines",
    "exchange/filled_forms/folder": "promises/test_round_trips.py",
    "exchange/filled_forms/goals": "exchange/filled_forms/test_odd_forms.py goals",
    "exchange/filled_forms/indicator_heading": "exchange/filled_forms/test_any_form.py read_lines",
    "exchange/filled_forms/indicator_table": "exchange/filled_forms/test_odd_forms.py indicators",
    "exchange/filled_forms/money_table": "exchange/filled_forms/test_any_form.py read_lines",
    "exchange/filled_forms/outline": "exchange/filled_forms/test_odd_forms.py read_docx",
    "exchange/filled_forms/reading": "exchange/filled_forms/test_odd_forms.py read_lines",
    "exchange/filled_forms/texts": "exchange/filled_forms/test_any_form.py read_lines",
    "exchange/shared_values": "exchange/filled_forms/test_imported.py import",
    "files/git": "authoring/test_git_setup.py",
    "files/locking": "promises/test_interrupted_writes.py",
    "files/reading": "promises/test_strange_places.py sparse",
    "files/refusals": "promises/test_strange_places.py",
    "files/revision": "cli/test_diff.py",
    "files/workbook": "diff/reports/test_workbook.py xlsx",
    "files/writing": "promises/test_strange_places.py",
    "forms/blocks/block": "forms/test_form.py",
    "forms/blocks/detail_table": "promises/test_any_form.py form_named",
    "forms/blocks/fields": "promises/test_any_form.py form_named",
    "forms/blocks/free_rows": "promises/test_any_form.py form_named",
    "forms/blocks/indicator_table": "promises/test_any_form.py form_named",
    "forms/blocks/money_table": "promises/test_any_form.py form_named",
    "forms/blocks/panels": "forms/test_layout.py form_named",
    "forms/blocks/records": "forms/test_spec.py faults",
    "forms/blocks/tree": "forms/test_spec.py faults",
    "forms/item": "forms/test_spec.py",
    "forms/pack": "forms/test_profile.py",
    "forms/shape": "promises/test_notes.py",
    "printing/publish": "promises/test_up_to_date.py",
    "printing/year": "promises/test_written_files.py",
    "source/json_schema": "cli/test_schema.py schema",
    "source/nodes": "source/test_reading.py",
    "source/parsing": "source/test_reading.py",
    "source/shapes": "forms/test_layout.py",
    "source/slips/brackets": "promises/test_broken.py",
    "source/slips/detecting": "source/test_reading.py parse",
    "source/slips/slip": "source/test_reading.py parse",
    "source/validating": "promises/test_broken.py read_file",
    "submission/changing": "promises/test_sources_stay.py",
    "submission/index": "promises/test_wrong_files.py",
    "submission/index_shape": "house/test_docs.py",
    "submission/outputs": "promises/test_outputs_spare_sources.py",
    "submission/project_file": "promises/test_newlines.py",
    "submission/selection": "promises/test_written_files.py only",
    "submission/staged": "authoring/test_git_setup.py",
    "submission/submission": "promises/test_submissions.py",
    "text/characters": "word/template/test_user_templates.py",
    "word/binding/bound": "promises/test_bundles.py",
    "word/binding/forms": "promises/test_bundles.py",
    "word/binding/plan": "promises/test_bundle_of_templates.py",
    "word/binding/settings": "promises/test_bundle_of_templates.py told",
    "word/binding/templates": "promises/test_bundle_of_templates.py",
    "word/bundle": "promises/test_bundles.py",
    "word/document": "word/template/test_user_templates.py",
    "word/lines": "cli/test_show.py",
    "word/plain_text": "cli/test_show.py",
    "word/sections": "promises/test_official_forms.py",
    "word/template/cell_tags": "word/template/test_patching.py cells",
    "word/template/checking": "word/template/test_bad_templates.py template",
    "word/template/compiled": "word/template/test_ways_agree.py",
    "word/template/compiling": "word/template/test_ways_agree.py",
    "word/template/dashes": "word/template/test_patching.py dashes",
    "word/template/docxtpl_adapter": "word/template/test_ways_agree.py docxtpl",
    "word/template/filling": "word/template/test_ways_agree.py Printer",
    "word/template/jinja_filling": "word/template/test_ways_agree.py Printer",
    "word/template/marks": "word/template/test_patching.py marks",
    "word/template/names": "forms/test_layout.py",
    "word/template/opening": "word/template/test_bad_templates.py Printer",
    "word/template/places": "word/template/test_patching.py tag",
    "word/template/simplify": "word/template/test_ways_agree.py Printer",
    "word/template/steps": "word/template/test_ways_agree.py",
    "word/template/syntax": "word/template/test_bad_templates.py Printer",
    "word/template/tags": "word/template/test_patching.py tag",
    "word/template/tokens": "word/template/test_patching.py tag",
    "word/template/tree": "word/template/test_patching.py tree",
    "word/template/wholeness": "word/template/test_patching.py wholeness",
    "word/wordml": "authoring/word_template/test_template.py word_template",
    "word/zip_reading": "word/template/test_bad_templates.py",
}
"""Modules without a test file of their name: the test file that holds the promise of each.

It imports the module or says its name; behind a space stands the word of the test (a command, a format, a code) that
reaches the module otherwise.
"""


def modules() -> list[str]:
    """Every module of goalgen as a path in it without `.py`: `word/template/steps`."""
    paths = (path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))
    return sorted(path.with_suffix("").as_posix() for path in paths if path.stem != "__init__")


def own_test(module: str) -> Path:
    """The test file of a module's name; `import_` of cli is tests/cli/test_import.py."""
    path = TESTS / module
    return path.with_name(f"test_{path.name.strip('_')}.py")


def imported(path: Path) -> Iterator[str]:
    """What a file imports, anywhere in it: modules, and names of modules."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def said(path: Path) -> set[str]:
    """The words of a file."""
    return set(re.findall(r"\w+", path.read_text(encoding="utf-8")))


def holds(test: Path, module: str, word: str) -> bool:
    """Whether a test file imports the module, or says its name or the word that reaches it."""
    name = module.rpartition("/")[2].strip("_")
    return f"goalgen.{module.replace('/', '.')}" in imported(test) or (word or name) in said(test)


def test_there_is_something_to_mirror() -> None:
    assert len(modules()) > 100 and {"errors", "word/template/steps"} <= {*modules()}
    assert "goalgen.forms" in imported(TESTS / "conftest.py") and "goalgen" in said(TESTS / "conftest.py")
    assert own_test("forms/layout").is_file() and own_test("cli/import_") == TESTS / "cli" / "test_import.py"


def test_every_module_has_a_test_file_of_its_name_or_a_line_in_the_table() -> None:
    missing = [name for name in modules() if name not in HELD_ELSEWHERE and not own_test(name).is_file()]
    asked = (f'{own_test(name).relative_to(ROOT)} or a line "{name}": "<test that holds it>",' for name in missing)
    assert not missing, "missing: " + "; ".join(asked)


def test_the_table_names_no_module_that_is_gone_or_has_a_file_of_its_own() -> None:
    assert list(HELD_ELSEWHERE) == sorted(HELD_ELSEWHERE)
    gone = sorted({*HELD_ELSEWHERE} - {*modules()})
    assert not gone, f"no longer modules, take their lines out of HELD_ELSEWHERE: {gone}"
    own = [name for name in HELD_ELSEWHERE if own_test(name).is_file()]
    assert not own, f"have a test file of their name, take their lines out of HELD_ELSEWHERE: {own}"


def test_the_test_that_the_table_names_speaks_of_the_module() -> None:
    silent = []
    for module, told in HELD_ELSEWHERE.items():
        file, _, word = told.partition(" ")
        test = TESTS / file
        if not (test.is_file() and test.name.startswith("test_") and holds(test, module, word)):
            silent.append(f'"{module}": "{told}"')
    assert not silent, f"these tests are gone, or neither import nor name the module: {silent}"


def test_no_test_imports_another_and_helpers_lie_in_support() -> None:
    files = [path for path in TESTS.rglob("*.py") if path.name not in ("__init__.py", "conftest.py")]
    assert len(files) > 50
    taken = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in files
        for name in imported(path)
        if any(part.startswith("test_") for part in name.split(".")[:-1]) or name.startswith("test_")
    ]
    assert not taken, f"what two tests need belongs to tests/support: {taken}"
    astray = [
        str(path.relative_to(ROOT))
        for path in files
        if path.stem.startswith("test_") == path.is_relative_to(TESTS / "support")
    ]
    assert not astray, f"tests stand beside tests/support, helpers in it: {astray}"


def test_a_folder_of_tests_is_a_folder_of_the_package_or_one_of_the_tests_own() -> None:
    folders = {path.parent.relative_to(TESTS) for path in TESTS.rglob("*.py")} - {Path()}
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
