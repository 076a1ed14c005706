"""`goalgen import`: filled forms to project files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import click

from goalgen import source
from goalgen.authoring.new_files import refuse_existing
from goalgen.cli.chinese import ChineseCommand
from goalgen.cli.common import Console, console_options
from goalgen.errors import GoalgenError, Place, Problem, stop_for
from goalgen.exchange.filing import Filed, Filing, file, notes
from goalgen.exchange.filled_forms.folder import gathered, home, read
from goalgen.exchange.filled_forms.imported import Imported
from goalgen.exchange.updating import updated
from goalgen.files import writing
from goalgen.files.names import shown
from goalgen.forms.project import Project
from goalgen.source.reading import parsed_for_editing
from goalgen.submission import Entry, Year
from goalgen.submission.index import INDEX
from goalgen.submission.submission import Submission, load


@click.command("import", cls=ChineseCommand)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="文件或文件夹...")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="文件夹", help="写到这里；默认 data/年度")
@click.option("--form", "form_name", metavar="表样", help="按哪一套表样读；不写就用最像的一套")
@click.option("--year", type=click.IntRange(1990, 2100), metavar="年度", help="预算年度；不写就看表上印的")
@click.option("--code", metavar="编号", help="这一个项目的编号（只导入一个项目时）")
@click.option("-m", "--mode", type=click.Choice(["new", "update", "force"]), default="new", hidden=True)
@click.option("--update", "mode", flag_value="update", help="并入已有的项目文件，注释和次序不动，先列出不同")
@click.option("-f", "--force", "mode", flag_value="force", help="覆盖已有的项目文件")
@click.option("-n", "--dry-run", is_flag=True, default=False, help="只说会写哪些文件、改什么，不写")
@console_options
def command(paths: tuple[Path, ...], console: Console, **options: object) -> None:
    """把填好的申报表读成项目文件：.docx（一份或多份表都行）、文本提取器的 .txt、有 LibreOffice 时的 .doc。

    放不到位的内容不会丢：写成注释，并说出在原文件的哪个表、哪一行。
    """
    output, mode = options["output"], str(options["mode"])
    folder = output if isinstance(output, Path) else None
    root = home(folder)
    form, found = read(gathered(paths), options["form_name"], root / "templates")
    console.notice(f"按表样 {form.id}（{form.title}）读，共 {len(found)} 个项目")
    found = _given(found, options["year"], options["code"])
    years = sorted({item.project.year for item in found})
    if folder and len(years) > 1:
        raise Problem("K05", f"有 {len(years)} 个年度，不能都写进一个文件夹", Place("-o"), "去掉 -o").error()
    for year in years:
        own = [item for item in found if item.project.year == year]
        submission = load(root) if (root / INDEX).is_file() else None
        if submission and mode == "update":
            refuse_unreadable(submission, submission.years)
        filing = file(own, form, year, Path(os.path.realpath(folder or root / "data" / str(year))), submission)
        write(filing, mode, bool(options["dry_run"]), console)
        if submission is None:
            console.notice("新建了 data/projects.yaml；运行 goalgen schema 写出编辑器的提示")


def refuse_unreadable(submission: Submission, years: Iterable[Year]) -> None:
    """Raise GoalgenError for project files with errors: whether what is read belongs into one of them cannot be told."""
    entries = (entry for year in years for entry in year.entries)
    stop_for(submission.problems, {entry.file for entry in entries if entry.project is None})


def _given(found: Sequence[Imported], year: object, code: object) -> list[Imported]:
    """The projects with the year and 编号 from the command line. Raises GoalgenError (K05) when either is unknown."""
    if code and len(found) > 1:
        raise Problem("K05", f"有 {len(found)} 个项目，--code 只能用于一个", Place("--code")).error()
    items = [
        replace(
            item,
            project=replace(item.project, year=int(str(year or item.project.year)), code=str(code or "")),
        )
        for item in found
    ]
    lost = [item for item in items if not item.project.year]
    if lost:
        raise GoalgenError(
            [Problem("K05", f"{item.where}：表上没有年度", Place(item.file), "加 --year 2020") for item in lost]
        )
    return items


def write(filing: Filing, mode: str, dry_run: bool, console: Console) -> None:
    """Write or merge project files and projects.yaml, telling what was done."""
    if mode == "new":
        refuse_existing([filed.path for filed in filing.files])
    for filed in filing.files:
        there = filed.there if mode == "update" else None
        data = _merged(filed, *there, console) if there else filed.text.encode("utf-8")
        if not dry_run:
            writing.write(filed.path, data)
        console.result(shown(filed.path))
    if filing.index:
        if not dry_run:
            writing.write(filing.index[0], filing.index[1].encode("utf-8"))
        console.result(shown(filing.index[0]))
    problems = [problem for filed in filing.files for problem in filed.imported.problems] + list(filing.problems)
    console.problems(problems)
    console.total(problems)


def _merged(filed: Filed, entry: Entry, before: Project, console: Console) -> bytes:
    """An existing file brought up to the form, its differences told."""
    data = entry.path.read_bytes()
    text, root = parsed_for_editing(data, entry.file)
    lost = [note for found in notes(filed.imported).values() for note in found]
    result = updated(text, root, before, filed.project, filed.form, lost)
    for change in result.changes:
        console.notice(
            f"{entry.file}:{change.line}: {change.field}：{change.old or '（空）'} → {change.new or '（空）'}"
        )
    if not result.changes:
        console.notice(f"{entry.file}: 没有不同")
    return source.encode(result.text, data)
