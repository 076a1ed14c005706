"""`goalgen fmt`: hygiene of project files, mended in place."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import unified_diff
from pathlib import Path

import click

from goalgen import source
from goalgen.authoring.formatting import Formatted, formatted
from goalgen.cli.chinese import ChineseCommand
from goalgen.cli.common import Console, chosen, console_options, paths_argument, staged_option
from goalgen.errors import GoalgenError, Problem
from goalgen.files import DISK, writing
from goalgen.files.refusals import unreadable
from goalgen.forms.shape import project_shape
from goalgen.source.reading import MAX_YAML_BYTES, parsed_for_editing
from goalgen.submission import Entry, Year
from goalgen.submission.selection import require_listed
from goalgen.submission.submission import Submission, load


@click.command("fmt", cls=ChineseCommand)
@paths_argument
@click.option("--year", "years", type=int, multiple=True, metavar="年度", help="只改这个年度（可以写几次）")
@click.option("--check", is_flag=True, default=False, help="不写文件；有要改的就以 1 退出")
@click.option("--diff", is_flag=True, default=False, help="不写文件，只显示会改成什么样")
@staged_option
@console_options
def command(
    paths: tuple[Path, ...], years: tuple[int, ...], check: bool, diff: bool, staged: bool, console: Console
) -> None:
    """改掉项目文件里只是写得不规范的地方：空白、换行、标点、异体字形、文号括号、键的次序；每一处都列出来。"""
    if staged and not (check or diff):
        raise click.UsageError("--staged 要和 --check 或 --diff 一起用")
    problems: list[Problem] = []
    done: list[bool] = []
    with chosen(paths, staged) as folders:
        for root, files in folders:
            for year, entry in _entries(load(root, years), files, not staged):
                done.append(_one(year, entry, not (check or diff), diff, console, problems))
        console.problems(problems)
    word = "要改" if check or diff else "已改"
    console.notice(f"{len(done)} 个项目文件，{word} {sum(done)} 个")
    if problems:
        raise GoalgenError([], 2)
    if check and any(done):
        raise GoalgenError([], 1)


def _entries(submission: Submission, files: Sequence[Path], listed: bool) -> list[tuple[Year, Entry]]:
    """The entries of a submission, or those of these files; `listed`: every file must have one."""
    if listed:
        require_listed(files, submission.root, [entry.path for year in submission.years for entry in year.entries])
    pairs = [(year, entry) for year in submission.years for entry in year.entries]
    return [(year, entry) for year, entry in pairs if not files or entry.path.resolve() in files]


def _one(year: Year, entry: Entry, write: bool, diff: bool, console: Console, problems: list[Problem]) -> bool:
    """Mend one file; whether there was something to mend."""
    try:
        data = DISK.read(entry.path, MAX_YAML_BYTES + 1)
        body, _ = parsed_for_editing(data, entry.file)
    except OSError as error:
        problems.append(unreadable(entry.file, error))
        return False
    except GoalgenError as error:
        problems += error.problems
        return False
    result = formatted(body, entry.file, list(project_shape(year.form).keys))
    if result.text == body:
        return False
    console.result(_difference(body, result, entry.file) if diff else "\n".join(map(str, result.changes)))
    if write:
        writing.write(entry.path, source.encode(result.text, data))
    return True


def _difference(old: str, result: Formatted, file: str) -> str:
    lines = unified_diff(old.splitlines(), result.text.splitlines(), file, file, lineterm="", n=1)
    return "\n".join(lines)
