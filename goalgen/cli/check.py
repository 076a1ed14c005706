"""`goalgen check`: every problem of every file, and what the reviewer would send back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Final

import click

from goalgen.checking.manual import listing, page
from goalgen.checking.reports.findings import ReviewReport, report_of
from goalgen.checking.reports.lines import closing, heading
from goalgen.checking.review import review as reviewed
from goalgen.checking.rule import RULES
from goalgen.cli.chinese import ChineseCommand
from goalgen.cli.common import Console, chosen, console_options, paths_argument, require_listed, staged_option
from goalgen.cli.findings import texts
from goalgen.errors import CODES, GoalgenError, Place, Problem, Severity, errors_in
from goalgen.files import writing
from goalgen.files.names import shown
from goalgen.forms.project import Project
from goalgen.submission import Submission, load

FORMATS: Final[dict[str, str]] = {
    "text": "lines:text",
    "json": "lines:json",
    "github": "lines:github",
    "sarif": "sarif:sarif",
    "markdown": "lines:markdown",
    "xlsx": "workbook:xlsx",
    "html": "page:html",
}
"""Where each format is written; its module is loaded only when it is asked for."""


@click.command("check", cls=ChineseCommand)
@paths_argument
@click.option("--year", "years", type=int, multiple=True, metavar="年度", help="只查这个年度（可以写几次）")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", help="输出格式")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="文件", help="写到文件，不写到屏幕"
)
@staged_option
@click.option("--strict", is_flag=True, default=False, help="有警告也算没有通过")
@click.option("--select", multiple=True, metavar="规则", help="只查这些规则，例如 F,I05（可以写几次）")
@click.option("--ignore", multiple=True, metavar="规则", help="不查这些规则，例如 F05,B")
@click.option("--explain", metavar="规则", help="说明一条规则，例如 F02；all 列出全部")
@console_options
def command(
    paths: tuple[Path, ...],
    years: tuple[int, ...],
    form: str,
    output: Path | None,
    console: Console,
    **how: object,
) -> None:
    """照财政部门的审核标准检查所有项目，一次说完所有问题；不改任何文件。"""
    explain = how["explain"]
    if isinstance(explain, str):
        console.result(_explained(explain))
        return
    if form == "xlsx" and output is None:
        raise click.UsageError("--format xlsx 要用 -o 写出文件名")
    problems: list[Problem] = []
    output = output.absolute() if output and how["staged"] else output
    with chosen(paths, bool(how["staged"])) as folders:
        for root, files in folders:
            review = _reviewed(load(root, years), files, how)
            _deliver(review, form, output, console)
            problems += review.problems
    _leave(problems, bool(how["strict"]))


def _reviewed(submission: Submission, files: Sequence[Path], how: Mapping[str, object]) -> ReviewReport:
    """The review of a submission, or of these files of it; of a commit also what keeps any other file from being read."""
    if not how["staged"]:
        require_listed(files, submission.root, [entry.path for year in submission.years for entry in year.entries])
    found = [*submission.problems]
    try:
        found += reviewed(submission, texts(submission))
    except GoalgenError as error:  # of the review profile; what is wrong with the files is told all the same
        found += error.problems
    return _review(submission, _selected(found, how["select"], how["ignore"]), files, bool(how["staged"]))


def _explained(code: str) -> str:
    if code == "all":
        return listing().rstrip("\n")
    if code.upper() not in RULES:
        raise Problem("C03", f"没有 {code} 这条规则", Place("--explain"), "--explain all 列出全部规则").error()
    return page(RULES[code.upper()]).rstrip("\n")


def _selected(problems: Sequence[Problem], select: object, ignore: object) -> list[Problem]:
    """The problems whose code begins like one selected (all when none is) and like none ignored."""
    wanted, unwanted = _codes("--select", select), _codes("--ignore", ignore)
    return [
        problem
        for problem in problems
        if (not wanted or problem.code.startswith(wanted)) and not (unwanted and problem.code.startswith(unwanted))
    ]


def _codes(option: str, words: object) -> tuple[str, ...]:
    given = words if isinstance(words, tuple) else ()
    codes = tuple(code.upper() for word in given for code in re.split(r"[,，\s]+", str(word)) if code)
    strange = [code for code in codes if not any(known.startswith(code) for known in (*CODES, *RULES))]
    if strange:
        hint = "--explain all 列出全部规则；错误代码见 docs/errors.md"
        raise GoalgenError([Problem("C03", f"没有 {code} 这条规则", Place(option), hint) for code in strange])
    return codes


def _review(submission: Submission, problems: Sequence[Problem], files: Sequence[Path], readable: bool) -> ReviewReport:
    wanted = {entry.file for year in submission.years for entry in year.entries if entry.path.resolve() in files}
    keep: Callable[[Project], bool] = lambda p: not files or bool(p.origin and p.origin.file in wanted)  # noqa: E731
    projects = {(p.year, p.code) for year in submission.years for p in year.projects if keep(p)}
    kept = [
        problem
        for problem in problems
        if not files
        or problem.place.file in wanted
        or (problem.year, problem.project) in projects
        or (readable and not problem.criterion and problem.severity is Severity.ERROR)
    ]
    return report_of(submission, kept, keep)


def _deliver(review: ReviewReport, form: str, output: Path | None, console: Console) -> None:
    if form == "text" and output is None:
        for group in review.groups:
            console.result(heading(group))
            console.problems(group.problems, err=False)
            console.result("")
        console.result(closing(review))
        return
    module, _, name = FORMATS[form].partition(":")
    made: str | bytes = getattr(import_module(f"goalgen.checking.reports.{module}"), name)(review)
    if output is None:
        console.result(str(made).rstrip("\n"))
    else:
        writing.write(output, made.encode("utf-8") if isinstance(made, str) else made)
        console.notice(f"已写 {shown(output)}")


def _leave(problems: Sequence[Problem], strict: bool) -> None:
    """2 for files that are wrong, 1 for findings (warnings too when strict), 0 otherwise."""
    if errors_in(problem for problem in problems if not problem.criterion):
        raise GoalgenError([], 2)
    levels = {problem.severity for problem in problems}
    if Severity.ERROR in levels or (strict and Severity.WARNING in levels):
        raise GoalgenError([], 1)
