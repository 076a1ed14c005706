"""Start a submission: make its folder, take in last year's filled forms, and open the year to come from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from goalgen import source
from goalgen.authoring.new_files import Start, create_folder
from goalgen.authoring.next_year import PlannedFile, YearPlan, plan_year, write_planned
from goalgen.errors import Place, Problem
from goalgen.exchange.excel.reading import read_projects, read_sheets
from goalgen.exchange.filled_forms.folder import gather_files, read_forms
from goalgen.exchange.filled_forms.imported import Imported
from goalgen.exchange.project_files import Written, write_years
from goalgen.exchange.shared_values import Shared
from goalgen.files.names import shown
from goalgen.files.reading import read_whole
from goalgen.files.refusals import unreadable
from goalgen.forms import Form
from goalgen.forms.item import Role
from goalgen.forms.pack import find_spec, load_form
from goalgen.source.editing import Edit, applied, line_end, line_start
from goalgen.submission.submission import load

_WORKBOOK_ENDING: Final = ".xlsx"


class LastYear(NamedTuple):
    """Hold what last year's files say: the form they follow and their projects; `guessed` counts those without a year.

    The year of these is taken to be the one before the new folder's.
    """

    form: Form
    items: tuple[Imported, ...]
    guessed: int


class Started(NamedTuple):
    """Tell what starting a submission did: files of the folder, years that were imported, the year opened from them."""

    paths: tuple[Path, ...]
    imported: tuple[Written, ...] = ()
    rolled: YearPlan | None = None
    old: int = 0


def read_last_year(paths: Sequence[Path], start: Start, templates: Path) -> LastYear:
    """Read the projects in last year's Word forms and Excel workbooks; nothing is written.

    `start` says of what form and year the new folder is, `templates` is where its form packs may lie. Raises GoalgenError
    when a file cannot be read or holds no form (as `goalgen import` and `goalgen sheet import` do).
    """
    books = [path for path in paths if path.suffix.lower() == _WORKBOOK_ENDING]
    forms = [path for path in paths if path not in books]
    form, found = read_forms(gather_files(forms), None, templates) if forms else (_form(start, templates), [])
    for book in books:
        found += _read_book(book, form, start.year - 1)
    items = [replace(item, project=replace(item.project, year=item.project.year or start.year - 1)) for item in found]
    return LastYear(form, tuple(items), sum(not item.project.year for item in found))


def _form(start: Start, templates: Path) -> Form:
    spec = find_spec(start.form_name, templates)
    if spec is None:
        raise Problem("S05", f"找不到表样 {start.form_name}", Place("--form"), "写 templates 里表样的名字").error()
    return load_form(spec, shown(spec))


def _read_book(path: Path, form: Form, year: int) -> Iterator[Imported]:
    """Read the projects of a workbook that `goalgen sheet export` wrote, of the year it names."""
    name = shown(path)
    try:
        sheets = read_sheets(read_whole(path), name)
    except OSError as error:
        raise unreadable(name, error).error() from error
    noted = sheets.notes.get("年度", "")
    for project in read_projects(sheets, form, int(noted) if noted.isdigit() else year, name):
        yield Imported(project, name, "工作表“项目”", ())


def with_known(start: Start, last: LastYear) -> Start:
    """Fill what is not said of the department by what last year's forms say: the commonest unit, and who filled its forms."""
    shared = Shared.of([item.project for item in last.items], last.form)
    department = start.department or shared.department
    people = shared.units.get(start.unit or department, {})
    filler, phone = (str(people.get(key, "")) for key in _people(last.form))
    return start._replace(department=department, filler=start.filler or filler, phone=start.phone or phone)


def start_submission(folder: Path, start: Start, last: LastYear | None, overwrite: bool) -> Started:
    """Make a submission folder; with last year's projects, write these as their years and open the new year from the latest.

    Where the files hold projects of the new year itself, nothing is opened. Raises GoalgenError as `create_folder` does,
    and for what keeps projects from being filed; the folder is there then.
    """
    paths = create_folder(folder, start, overwrite)
    if last is None:
        return Started(paths)
    root = folder.resolve()
    imported = tuple(write_years(last.items, root, last.form, mode="force" if overwrite else "new", dry_run=False))
    years = {item.project.year for item in last.items}
    old = max((year for year in years if year < start.year), default=0)
    if not old or start.year in years:
        return Started(paths, imported)
    plan = plan_year(load(root), old, start.year, (), (), overwrite)
    plan = replace(plan, projects=tuple(_with_own_people(file, start, last.form) for file in plan.projects))
    for _ in write_planned(plan):
        pass
    return Started(paths, imported, plan, old)


def _people(form: Form) -> tuple[str, str]:
    """Return the keys of who filled a form, and of the phone; "" where the form has none."""
    return form.path(Role.FILLER), form.path(Role.PHONE)


def _with_own_people(file: PlannedFile, start: Start, form: Form) -> PlannedFile:
    """Leave last year's people out of a project of the unit whose people are known, so that those of 单位 are printed."""
    text = file.data.decode("utf-8-sig")
    root = source.parse(text, file.path.name).root
    unit = root.get(form.unit_path) if isinstance(root, source.Mapping) else None
    if not isinstance(unit, source.Scalar) or unit.text != (start.unit or start.department):
        return file
    known = dict(zip(_people(form), (start.filler, start.phone), strict=True))
    entries = root.entries if isinstance(root, source.Mapping) else ()
    lines = [
        Edit(line_start(text, key.start), line_end(text, value.end) + 1, "")
        for key, value in entries
        if known.get(key.text) and isinstance(value, source.Scalar) and value.text != known[key.text]
    ]
    return replace(file, data=source.encode(applied(text, lines), file.data))
