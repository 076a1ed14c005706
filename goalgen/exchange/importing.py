"""Import filled forms: read them, give them their year and 编号, and write them as project files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from goalgen.errors import GoalgenError, Place, Problem
from goalgen.exchange.filled_forms.folder import gather_files, read_forms, submission_folder
from goalgen.exchange.filled_forms.imported import Imported
from goalgen.exchange.project_files import Mode, Written, write_years
from goalgen.forms import Form
from goalgen.printing.manifest import take_in
from goalgen.submission.changing import changing
from goalgen.submission.outputs import DATA, refuse_source_folder


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """Tell what an import did: the form it read by, how many projects it found, and what it wrote year by year.

    `error` is what stopped it once the forms were read; what was written before that is in `years`.
    """

    form: Form
    count: int
    years: tuple[Written, ...]
    error: GoalgenError | None = None


def import_forms(
    paths: Sequence[Path],
    *,
    output: Path | None = None,
    form_name: str | None = None,
    year: int | None = None,
    code: str | None = None,
    mode: Mode = "new",
    dry_run: bool = False,
    waiting: Callable[[], object] = lambda: None,
) -> ImportOutcome:
    """Read filled forms in files and folders, write their projects as project files, and tell what was done.

    New files go to `output`, else to data/<year> of the submission one stands in, which is made where there is none.
    `form_name` is the form pack to read by (None: the one they resemble most); `year` and `code` are given to the
    projects in place of the printed year and of a 编号 found for them; `mode` and `dry_run` as in `write_projects`; `waiting`
    is called once when another run is changing the submission.

    Raises GoalgenError when the forms cannot be read (Y01, K01, K02, K06, S05, D01), or `output` is in no submission (K05) or in a
    folder of it that is not for project files (O05).
    Any error after that is returned in the outcome, beside what was written before it.
    """
    root = submission_folder(output)
    if output:
        refuse_source_folder(output, root, DATA)
    files = gather_files(paths)
    form, found = read_forms(files, form_name, root / "templates")
    years: list[Written] = []
    error: GoalgenError | None = None
    try:
        items = _with_given(found, year, code)
        _refuse_years_in_one(items, output)
        with nullcontext() if dry_run else changing(root, waiting):
            for written in write_years(items, root, form, folder=output, mode=mode, dry_run=dry_run):
                years.append(written)
        if mode == "update" and not dry_run:
            for path in files:
                take_in(path)
    except GoalgenError as stopped:
        error = stopped
    return ImportOutcome(form, len(found), tuple(years), error)


def _with_given(found: Sequence[Imported], year: int | None, code: str | None) -> list[Imported]:
    """Give the projects a year and a 编号 that were asked for. Raises GoalgenError (K05) when they do not fit or no year is known."""
    if code and len(found) > 1:
        raise Problem("K05", f"有 {len(found)} 个项目，--code 只能用于一个", Place("--code")).error()
    items = [
        replace(item, project=replace(item.project, year=year or item.project.year, code=code or item.project.code))
        for item in found
    ]
    lost = [item for item in items if not item.project.year]
    if lost:
        raise GoalgenError(
            [Problem("K05", f"{item.where}：表上没有年度", Place(item.file), "加 --year 2020") for item in lost]
        )
    return items


def _refuse_years_in_one(items: Sequence[Imported], output: Path | None) -> None:
    """Raise GoalgenError (K05) for projects of several years that are to go into one folder."""
    years = {item.project.year for item in items}
    if output and len(years) > 1:
        raise Problem("K05", f"有 {len(years)} 个年度，不能都写进一个文件夹", Place("-o"), "去掉 -o").error()
