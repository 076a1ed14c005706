"""`goalgen init`: create a submission folder, empty or with last year's projects taken in and rolled."""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path
from typing import Final

import click

from goalgen.authoring.new_files import Start
from goalgen.cli.chinese import ChineseCommand
from goalgen.cli.common import Console, console_options
from goalgen.exchange.starting import LastYear, Started, read_last_year, start_submission, with_known
from goalgen.files.names import shown
from goalgen.forms.pack import DEFAULT_FORM

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2100
DEFAULT_YEAR: Final = 2020
"""The budget year where nobody says one and nobody can be asked."""
_SUMMER: Final = 7
"""The month from which on people write next year's budget."""


@click.command("init", cls=ChineseCommand)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=".", metavar="[文件夹]")
@click.option(
    "--year", type=click.IntRange(FIRST_YEAR, LAST_YEAR), metavar="年度", help="预算年度；不问也不写就是 2020"
)
@click.option("--form", default=DEFAULT_FORM, show_default=True, metavar="表样", help="用哪一套表样")
@click.option("--department", default="", metavar="部门", help="报送这套表的部门，全称")
@click.option("--unit", default="", metavar="单位", help="预算单位，全称；不写就是部门")
@click.option("--filler", default="", metavar="姓名", help="填报人")
@click.option("--phone", default="", metavar="电话", help="填报人的办公电话")
@click.option(
    "--from",
    "sources",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    metavar="文件",
    help="上年的表：Word 文件、文件夹或填报的 Excel（可以写几次）；读进来，开出新年度",
)
@click.option("--demo", is_flag=True, default=False, help="放一个填好的示范项目")
@click.option("--ask/--no-ask", default=None, help="没有写的逐项问；不写就是在终端里问，在管道里不问")
@click.option("-f", "--force", is_flag=True, default=False, help="覆盖已有的文件")
@console_options
def command(
    folder: Path,
    year: int | None,
    form: str,
    department: str,
    unit: str,
    filler: str,
    phone: str,
    sources: tuple[Path, ...],
    demo: bool,
    ask: bool | None,
    force: bool,
    console: Console,
) -> None:
    """建一个申报文件夹：Word 模板、编辑器提示、一年的说明；有上年的表就读进来，直接开出新年度。"""
    asking = sys.stdin.isatty() and sys.stderr.isatty() if ask is None else ask
    if asking:
        year, sources = year or _asked_year(), sources or _asked_sources()
    start = Start(year or DEFAULT_YEAR, form, department, unit, filler, phone, demo)
    last = read_last_year(sources, start, folder / "templates") if sources else None
    start = with_known(start, last) if last else start
    if asking:
        start = _asked_names(start, department, unit, filler, phone)
    started = start_submission(folder, start, last, overwrite=force)
    _tell(folder, start, last, started, console)


def _asked_year() -> int:
    today = date.today()
    proposed = today.year + (today.month >= _SUMMER)
    while True:
        said = _answer("预算年度", str(proposed))
        year = re.fullmatch("([0-9]{4})(年|年度)?", said)
        if year and FIRST_YEAR <= int(year[1]) <= LAST_YEAR:
            return int(year[1])
        click.echo(f"“{said}”不是年度；写四位数字，例如 {proposed}", err=True)


def _asked_sources() -> tuple[Path, ...]:
    """Ask for last year's files until all that are named are there."""
    while True:
        words = _paths(
            _answer("上年的 Word 或 Excel 申报表（文件或文件夹，几个用空格隔开，有空格的加引号；没有就回车）")
        )
        missing = [word for word in words if not Path(word).exists()]
        if not missing:
            return tuple(map(Path, words))
        click.echo(f"没有 {'、'.join(missing)}；检查路径，再写一次", err=True)


def _paths(said: str) -> list[str]:
    """Take an answer apart into paths; one path with blanks in it needs no quotes, and terminals put them around dropped files."""
    if Path(said).exists():
        return [said] if said else []
    return [
        first or second or third for first, second, third in re.findall(r"\"([^\"]+)\"|'([^']+)'|([^\s\"']+)", said)
    ]


def _asked_names(start: Start, department: str, unit: str, filler: str, phone: str) -> Start:
    """Ask for what the options do not say; what last year's forms say is proposed."""
    named = department or _answer("部门全称", start.department)
    return start._replace(
        department=named,
        unit=unit or _answer("预算单位全称", start.unit or named),
        filler=filler or _answer("填报人", start.filler),
        phone=phone or _answer("联系电话（办公电话）", start.phone),
    )


def _answer(question: str, proposed: str = "") -> str:
    return str(click.prompt(question, default=proposed, show_default=bool(proposed), err=True)).strip()


def _tell(folder: Path, start: Start, last: LastYear | None, started: Started, console: Console) -> None:
    console.result(f"已建好 {shown(folder)}：{start.year} 年度，{len(started.paths)} 个文件")
    if last:
        years = "、".join(str(year) for year in sorted({item.project.year for item in last.items}))
        console.result(f"读进 {years} 年度：{len(last.items)} 个项目")
        if last.guessed:
            console.notice(f"表上没有年度的 {last.guessed} 个项目，当作 {start.year - 1} 年度")
    for written in started.imported:
        console.problems(written.problems)
    if started.rolled:
        pending = sum(change.pending for file in started.rolled.files for change in file.changes)
        many = len(started.rolled.projects)
        console.result(f"由 {started.old} 年度开出 {start.year} 年度：{many} 个项目，待核 {pending} 处")
    missing = [word for word, text in (("部门", start.department), ("填报人", start.filler)) if not text]
    if missing:
        console.notice(f"还不知道{'、'.join(missing)}：写在 {shown(folder / 'data' / 'projects.yaml')} 里")
    console.notice(
        f"下一步：{'' if folder.resolve() == Path.cwd() else f'cd {shown(folder)}，'}{_next(start, started)}"
    )


def _next(start: Start, started: Started) -> str:
    if started.rolled:
        return "在项目文件里找“待核”，定好后 goalgen check、goalgen render；一年的事见 README.md"
    if start.demo:
        return "运行 goalgen render；一年的事见 README.md"
    return "运行 goalgen new 项目名称，或 goalgen import 上年的表；一年的事见 README.md"
