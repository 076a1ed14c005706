"""Leave out, in a run of the tests under Wine, those that make no sense there, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pytest

_HOOK: Final = "its git is that of Linux, which cannot start a hook or a driver of Windows"
_PROCESSES: Final = "Wine's pipes between the processes of multiprocessing stand still"
_PSUTIL: Final = "Wine has not all that psutil, which dask needs, asks of Windows"
_ZIP: Final = "Python's zipfile writes and reads it differently on Windows"
NOT_HERE: Final[Mapping[str, str]] = {
    "tests/authoring/test_git_setup.py::test_a_diff_of_a_filled_form_shows_the_rows_that_changed": _HOOK,
    "tests/authoring/test_git_setup.py::test_a_file_that_does_not_open_does_not_stop_a_diff": _HOOK,
    "tests/authoring/test_git_setup.py::test_a_broken_project_file_is_not_committed_and_a_good_one_is": _HOOK,
    "tests/authoring/test_git_setup.py::test_a_draft_may_be_committed": _HOOK,
    "tests/authoring/test_git_setup.py::test_what_counts_is_what_the_commit_holds": _HOOK,
    "tests/authoring/test_git_setup.py::test_slips_of_writing_are_refused_by_a_strict_hook_only": _HOOK,
    "tests/authoring/test_git_setup.py::test_findings_of_other_files_do_not_stop_a_commit_even_by_a_strict_hook": _HOOK,
    "tests/authoring/test_git_setup.py::test_a_hook_of_the_users_own_stays_and_takes_a_line": _HOOK,
    "tests/authoring/test_git_setup.py::test_it_works_in_a_linked_worktree_with_the_submission_in_a_subfolder": _HOOK,
    "tests/authoring/test_git_setup.py::test_without_the_interpreter_goalgen_is_looked_for_on_the_path": _HOOK,
    "tests/authoring/test_git_setup.py::test_the_program_is_quoted_for_the_shell_and_for_git": _HOOK,
    "tests/cli/test_commands.py::test_the_wheel_works_by_itself": "pip builds nothing with a Python of two halves",
    "tests/promises/test_interrupted_writes.py::test_a_link_that_leads_nowhere": "Wine follows such a link and makes it",
    "tests/promises/test_other_hands.py::test_any_executor_makes_the_same_files[processes]": _PROCESSES,
    "tests/promises/test_other_hands.py::test_any_executor_makes_the_same_files[dask]": _PSUTIL,
    "tests/house/test_docs.py::test_a_program_runs[docs/performance.md-1]": _PSUTIL,
    "tests/house/test_docx_validator.py::test_each_defect_is_found[zip of another age]": _ZIP,
    "tests/house/test_docx_validator.py::test_each_defect_is_found[backslash in name]": _ZIP,
    "tests/house/test_docx_validator.py::test_each_defect_is_found[GBK bytes]": "lxml for Windows says it in other words",
    "tests/promises/test_written_files.py::test_out_may_be_a_link_to_another_folder": "Wine shows a link as a folder",
    "tests/promises/test_wrong_files.py::test_a_file_of_another_kind_is_one_line[import big.doc-Y01]": "needs LibreOffice",
}
"""Tests by the beginning of their name (`tests/…/test_x.py::test_y`), and why Wine cannot run them."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that are not run, with the reason."""
    for item in items:
        for name, reason in NOT_HERE.items():
            if item.nodeid.startswith(name):
                item.add_marker(pytest.mark.skip(reason=f"under Wine: {reason}"))
