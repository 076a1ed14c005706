"""Run `goalgen check`: tell every problem of every file, and what the reviewer would send back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Final

import click

from goalgen.checking.check import Review, check
from goalgen.checking.manual import explained
from goalgen.checking.reports.terminal import text, told
from goalgen.cli.chinese import ChineseCommand
from goalgen.cli.common import (
    Console,
    chosen,
    console_options,
    named,
    only_option,
    projects_argument,
    staged_option,
    write_report,
)
from goalgen.errors import GoalgenError, Problem, Severity, errors_in
from goalgen.submission.outputs import refuse_source
from goalgen.submission.selection import require_listed
from goalgen.submission.submission import Submission, load

FORMATS: Final[dict[str, str]] = {
    "json": "lines:json",
    "github": "lines:github",
    "sarif": "sarif:sarif",
    "markdown": "lines:markdown",
    "xlsx": "workbook:xlsx",
    "html": "page:html",
}
"""Where each format but text is written; its module is loaded only when it is asked for."""


@click.command("check", cls=ChineseCommand)
@projects_argument
@only_option
@click.option("--year", "years", type=int, multiple=True, metavar="年度", help="只查这个年度（可以写几次）")
@click.option("--all", "every", is_flag=True, default=False, help="提示也列出，同类的问题不折起来")
@click.option("--stat", is_flag=True, default=False, help="只要每个项目一行和合计")
@click.option("--format", "form", type=click.Choice(["text", *FORMATS]), default="text", help="输出格式")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="文件", help="写到文件，不写到屏幕"
)
@staged_option
@click.option("--strict", is_flag=True, default=False, help="有警告也算没有通过")
@click.option(
    "--no-review", "reviewed", is_flag=True, flag_value=False, default=True, help="只查读不读得出来，不查内容（草稿）"
)
@click.option("--select", multiple=True, metavar="规则", help="只查这些规则，例如 F,I05（可以写几次）")
@click.option("--ignore", multiple=True, metavar="规则", help="不查这些规则，例如 F05,B")
@click.option("--explain", metavar="代码", help="说明一个代码，例如 F02、Y05；all 列出全部")
@console_options
def command(
    paths: tuple[Path, ...],
    only: tuple[str, ...],
    years: tuple[int, ...],
    every: bool,
    stat: bool,
    form: str,
    output: Path | None,
    staged: bool,
    strict: bool,
    reviewed: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    explain: str | None,
    console: Console,
) -> None:
    """照财政部门的审核标准检查所有项目，一次说完所有问题；不改任何文件。"""
    if explain is not None:
        console.result(explained(explain).rstrip("\n"))
        return
    _refuse_usage(form, output, staged and bool(paths or only))
    problems: list[Problem] = []
    paths_given, only = named(paths, only)
    output = output.absolute() if output and staged else output
    with chosen(paths_given, staged) as folders:
        for root, files in folders:
            submission = load(root, years)
            _refuse(submission, None if staged else files, form, output)
            review = check(
                submission, files=files, only=only, select=select, ignore=ignore, every_error=staged, reviewed=reviewed
            )
            tell = partial(told, review, every=every, stat=stat, verbose=console.verbose and reviewed)
            if form != "text":
                _write(_made(review, form), output, console)
            elif output is None:
                _print(tell(brief=console.quiet), review, console)
            else:
                _write(text(tell()), output, console)
            console.no_projects(year.year for year in submission.years if year.empty)
            problems += review.problems
    _leave(problems, strict)


def _refuse(submission: Submission, files: Sequence[Path] | None, form: str, output: Path | None) -> None:
    """Raise GoalgenError for an output that is a source (O05), and for files that are not listed (S06; None: none is named)."""
    listed = [entry.path for year in submission.years for entry in year.entries]
    if output:
        refuse_source(output, form, listed, submission.root)
    if files is not None:
        require_listed(files, submission.root, listed)


def _refuse_usage(form: str, output: Path | None, both: bool) -> None:
    """Raise click.UsageError for options that do not go together; `both`: --staged and names or paths."""
    if form == "xlsx" and output is None:
        raise click.UsageError("--format xlsx 要用 -o 写出文件名")
    if both:
        raise click.UsageError("--staged 后面不写路径和项目")


def _print(items: Iterable[str | Problem], review: Review, console: Console) -> None:
    """Print what is told of a review; of one without projects and problems there is nothing to tell."""
    for item in items if review.groups or review.clean else ():
        if isinstance(item, Problem):
            console.problems([item], err=False)
        else:
            console.result(item)


def _made(review: Review, form: str) -> str | bytes:
    module, _, name = FORMATS[form].partition(":")
    made: str | bytes = getattr(import_module(f"goalgen.checking.reports.{module}"), name)(review)
    return made


def _write(made: str | bytes, output: Path | None, console: Console) -> None:
    if output is None:
        console.result(str(made).rstrip("\n"))
    else:
        write_report(output, made, console)


def _leave(problems: Sequence[Problem], strict: bool) -> None:
    """Leave with 2 for files that are wrong, 1 for findings (warnings too when strict); return otherwise."""
    if errors_in(problem for problem in problems if not problem.criterion):
        raise GoalgenError([], 2)
    levels = {problem.severity for problem in problems}
    if Severity.ERROR in levels or (strict and Severity.WARNING in levels):
        raise GoalgenError([], 1)
