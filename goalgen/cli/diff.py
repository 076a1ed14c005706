"""`goalgen diff`: tell what changed between years, folders, files or git revisions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, Final, TypeAlias

import click

from goalgen.cli.chinese import ChineseCommand
from goalgen.cli.common import Console, console_options, write_report
from goalgen.diff.requested import compare_named
from goalgen.diff.values import Difference
from goalgen.errors import GoalgenError, errors_in
from goalgen.submission.outputs import refuse_source

FORMATS: Final[dict[str, str]] = {
    "text": "terminal:text",
    "json": "json_object:json",
    "markdown": "markdown:markdown",
    "html": "page:html",
    "docx": "word_table:docx",
    "xlsx": "workbook:xlsx",
}
"""Where each format is written; its module is loaded only when it is asked for."""
STATS: Final[dict[str, str]] = {
    "text": "terminal:stat",
    "json": "json_object:stat_json",
    "markdown": "markdown:stat_markdown",
}
"""The same with --stat."""
BINARY: Final = ("docx", "xlsx")
"""Formats that are for files only."""

Report: TypeAlias = "Callable[[Difference], str | bytes]"

_LOOKS: Final[dict[str, dict[str, Any]]] = {
    "head": {"bold": True},
    "new": {"fg": "green"},
    "gone": {"fg": "red"},
    "better": {"fg": "green", "bold": True},
    "worse": {"fg": "yellow", "bold": True},
    "dim": {"dim": True},
}


class DiffCommand(ChineseCommand):
    """Take words behind `--` for projects, as git takes them for paths."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words as click does, with `--only` before each that stands behind `--`."""
        if "--" in args:
            at = args.index("--")
            args = [*args[:at], *(word for pattern in args[at + 1 :] for word in ("--only", pattern))]
        return super().parse_args(ctx, args)


@click.command("diff", cls=DiffCommand)
@click.argument("sides", nargs=-1, metavar="[原来] [现在] [-- 项目]...")
@click.option("--year", type=click.IntRange(1990, 2100), metavar="年度", help="版本、文件夹里有几个年度时，对照哪一个")
@click.option("--only", multiple=True, metavar="项目", help="只对照这些项目：编号、名称、单位、文件名，可用 *")
@click.option(
    "--fields", multiple=True, metavar="字段", help="只看这些字段，例如 项目资金、财政拨款、绩效指标.数量指标"
)
@click.option("--stat", is_flag=True, default=False, help="只要合计和个数")
@click.option("--all", "everything", is_flag=True, default=False, help="年限顺延、填报日期也列出")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", help="输出格式")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="文件", help="写到文件，不写到屏幕"
)
@click.option("--exit-code", is_flag=True, default=False, help="有不同就以 1 退出")
@console_options
def command(
    *,
    sides: tuple[str, ...],
    year: int | None,
    only: tuple[str, ...],
    fields: tuple[str, ...],
    stat: bool,
    everything: bool,
    form: str,
    output: Path | None,
    exit_code: bool,
    console: Console,
) -> None:
    """对照两边，说清改了什么、增减多少：年度、git 版本、文件夹、项目文件、填好的表（.docx）都可以。

    项目按编号认，指标按二级指标和名称认，次序不算；金额用表上的单位，两年不同的换算成新的一年的。
    """
    report = _report(form, stat, output)
    if output:
        refuse_source(output, form, [Path(side) for side in sides])
    found = compare_named(sides, Path(), year, only, fields, everything)
    console.problems(found.problems)
    if output is None:
        console.result(str(report(found.difference)).rstrip("\n"))
    else:
        write_report(output, report(found.difference), console)
    if found.other_years:
        console.notice(f"{'、'.join(map(str, found.other_years))} 年度也有不同，用 --year 年度 查看")
    if errors_in(found.problems):
        raise GoalgenError([], 2)
    if found.difference and exit_code:
        raise GoalgenError([], 1)


def _report(form: str, stat: bool, output: Path | None) -> Report:
    """Find the function that makes the report, before anything is read. Raises click.UsageError for what does not go."""
    if stat and form not in STATS:
        raise click.UsageError(f"--stat 不能用于 --format {form}；可用 {'、'.join(STATS)}")
    if form in BINARY and output is None:
        raise click.UsageError(f"--format {form} 要用 -o 写出文件名")
    module, _, name = (STATS if stat else FORMATS)[form].partition(":")
    made: Callable[..., str | bytes] = getattr(import_module(f"goalgen.diff.reports.{module}"), name)
    if form == "text" and output is None:
        return partial(made, paint=_paint)
    if form != "docx":
        return made
    from goalgen.exchange.filled_forms.folder import submission_folder  # late: lxml is for Word files only

    return partial(made, templates=submission_folder(None) / "templates")


def _paint(text: str, role: str) -> str:
    """Give a text the look of its role in a report."""
    return click.style(text, **_LOOKS[role])
