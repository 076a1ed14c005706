"""Read data/projects.yaml, the index of a submission: its years with their forms, the files they list."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

from goalgen import source
from goalgen.errors import GoalgenError, Place, Problem, errors_in
from goalgen.files import DISK, Files
from goalgen.files.names import shown
from goalgen.files.refusals import unreadable
from goalgen.forms import Form
from goalgen.forms.pack import find_spec, form_names, load_form, refuse_misnamed
from goalgen.forms.project import Unit
from goalgen.forms.shape import NOTES_KEY, project_shape
from goalgen.source.reading import MAX_YAML_BYTES
from goalgen.source.shapes import YEAR_PATTERN, Table
from goalgen.source.validating import Reader
from goalgen.submission.comments import NO_COMMENTS, Comments, comments_in
from goalgen.submission.index_shape import index_shape
from goalgen.submission.listed_files import ListedFile, listed_files, of_other_years, unlisted_files
from goalgen.submission.project_file import Defaults, read_data
from goalgen.text.likeness import nearest, suggest

INDEX: Final = Path("data") / "projects.yaml"
MAX_INDEX_BYTES: Final = 20_000_000
"""How large projects.yaml may be: it lists a province's 100,000 projects."""


class ListedYear(NamedTuple):
    """Hold one budget year as projects.yaml has it: all that is needed to read its project files, in bundle order.

    `defaults` holds by 预算单位 what its projects share, `shape` the shape of a project file; `problems` are what is
    wrong with the list, `unlisted` the warnings of files in the year's folder that it does not name. `gone` says by 编号
    why a project of the year before is not in it.
    """

    year: int
    form: Form
    files: tuple[ListedFile, ...]
    defaults: Mapping[str, Defaults]
    shape: Table
    problems: tuple[Problem, ...]
    unlisted: tuple[Problem, ...]
    gone: Mapping[str, str]

    @property
    def empty(self) -> bool:
        """Say whether the year lists no projects yet, which is no fault."""
        return not self.files and not errors_in(self.problems)


class Index(NamedTuple):
    """Hold a submission's projects.yaml; `problems` are of the file itself and of years that cannot be used."""

    root: Path
    department: str
    units: tuple[Unit, ...]
    review: Mapping[str, Any]
    years: tuple[ListedYear, ...]
    problems: tuple[Problem, ...] = ()
    comments: Comments = NO_COMMENTS


def find_root(start: Path) -> Path:
    """Find the submission folder that holds `start`: the nearest folder upward with data/projects.yaml.

    Raises GoalgenError: S07 when there is none; Y01 or S09 when a nearer folder has a projects.yaml that cannot be meant
    by its name (a link that leads nowhere, a folder, `projects.yml`), for the next one upward is not what is meant.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / INDEX).is_file():
            return folder
        _refuse_lost_index(folder)
    hint = "先进入申报文件夹，或用 goalgen init 文件夹 建一个"
    raise Problem("S07", f"这里不是申报文件夹，没有 {INDEX.as_posix()}", Place(shown(start)), hint).error()


def _refuse_lost_index(folder: Path) -> None:
    """Raise GoalgenError when a folder has a data/projects.yaml that is no file (Y01), or that has a wrong name (S09)."""
    index = folder / INDEX
    if os.path.lexists(index):
        why, hint = ("是文件夹", "移走它") if index.is_dir() else ("是断了的链接", "把它连到的文件放回来，或删掉它")
        raise Problem("Y01", f"projects.yaml {why}，不是文件", Place(shown(index)), hint).error()
    refuse_misnamed(index.parent, index.name)


def open_index(root: Path, years: Iterable[int] = (), files: Files = DISK) -> Index:
    """Read the projects.yaml of a submission folder; `years` limits which are taken (all when empty).

    `files` is where it and the form packs are read from. Raises GoalgenError when projects.yaml cannot be used or a year
    is not in it.
    """
    label = files.shown(root / INDEX)
    try:
        data = files.read(root / INDEX, MAX_INDEX_BYTES + 1)
    except OSError as error:
        raise unreadable(label, error).error() from error
    document = read_data(data, label, MAX_INDEX_BYTES)
    forms = _forms(root, document, files)
    values, problems = _values(document, forms)
    wanted = set(years) or {int(year) for year in values["年度"]}
    _know_years(wanted, values["年度"], document)
    found = [_year(root, document, int(year), values, forms, files) for year in values["年度"] if int(year) in wanted]
    problems += dict.fromkeys(problem for year in found if isinstance(year, list) for problem in year)
    listed = tuple(year for year in found if isinstance(year, ListedYear))
    units = tuple(map(_unit, values.get("单位") or ()))
    about = (values.get("部门") or "", units, values.get("检查") or {})
    return Index(root, *about, listed, tuple(problems), comments_in(data, document))


Forms: TypeAlias = "Mapping[str, Form | GoalgenError]"
"""The form of each year of projects.yaml, by the year's key; in its place what is wrong with one that cannot be used."""


def _forms(root: Path, document: source.Document, files: Files) -> Forms:
    """Load the form of every year of projects.yaml, each form once."""
    years = _at(document.root, "年度") if isinstance(document.root, source.Mapping) else None
    found: dict[str, Form | GoalgenError] = {}
    known: dict[str, Form] = {}
    for key, year in years.entries if isinstance(years, source.Mapping) else ():
        node = _at(year, "表样")
        name = node.text.rstrip("\n") if isinstance(node, source.Scalar) else ""
        if not name:
            continue  # which is told where the year is read
        try:
            form = known.get(name) or _form(root, name, node, document.file, files)
        except GoalgenError as error:
            found[key.text] = error
        else:
            found[key.text] = known[name] = form
    return found


def usable(forms: Forms) -> list[Form]:
    """Return the forms that could be read."""
    return [form for form in forms.values() if not isinstance(form, GoalgenError)]


def _values(document: source.Document, forms: Forms) -> tuple[Mapping[str, Any], list[Problem]]:
    """Take the values of projects.yaml, with what is only doubtful in it. Raises GoalgenError when it cannot be used."""
    reader = Reader(document.file)
    shape = index_shape(usable(forms), _latest(document.root), len(usable(forms)) == len(forms))
    values: Mapping[str, Any] | None = reader.value(document.root, shape) if document.root is not None else None
    problems = [*document.problems, *reader.problems]
    if errors_in(problems) or values is None or not isinstance(document.root, source.Mapping):
        raise GoalgenError(problems)
    if not values["年度"]:
        where = _at(document.root, "年度") or document.root
        hint = "照 goalgen init 建的 projects.yaml 写：2020: 下面是表样和项目"
        raise Problem("M02", "“年度”下面没有年度", Place(document.file, where.line, where.column), hint).error()
    return values, problems


def _latest(root: source.Node | None) -> int:
    """Return the latest year that projects.yaml names, for the examples in messages."""
    years = _at(root, "年度")
    written = [key.text for key, _ in years.entries] if isinstance(years, source.Mapping) else []
    return max((int(text) for text in written if re.fullmatch(YEAR_PATTERN, text)), default=2020)


def _unit(row: Mapping[str, Any]) -> Unit:
    budget = {int(year): amount.value for year, amount in (row.get("预算") or {}).items() if amount is not None}
    return Unit(row["名称"], row.get("简称") or (), budget)


def _know_years(wanted: set[int], offered: Mapping[str, Any], document: source.Document) -> None:
    unknown = sorted(wanted - {int(year) for year in offered})
    if unknown:
        hint = f"有：{'、'.join(offered)}"
        raise GoalgenError([Problem("S06", f"没有 {year} 年度", Place(document.file), hint) for year in unknown])


def _year(
    root: Path, document: source.Document, year: int, values: Mapping[str, Any], forms: Forms, files: Files
) -> ListedYear | list[Problem]:
    """Read a year of the index; return its problems instead when it cannot be used."""
    index: Any = document.root
    node = _at(index, "年度", str(year))
    own: Mapping[str, Any] | None = values["年度"][str(year)]
    if own is None or not isinstance(node, source.Mapping):
        where = node or index
        place = Place(document.file, where.line, where.column)
        return [Problem("M02", f"{year} 年度是空的", place, "写上表样和项目")]
    problems: list[Problem] = []
    meant: set[str] = set()
    listed = listed_files(root, node, document.file, problems, meant, files)
    form = forms[str(year)]
    if isinstance(form, GoalgenError):
        return [*form.problems, *problems, *_plain_problems(listed, files)]
    problems += _strange_shared(form, _at(node, "共用"), document.file)
    defaults = _defaults(index, node, document.file, values, own, form)
    problems += of_other_years(node, year, document.file, lambda name: files.is_file(root / INDEX.parent / name))
    unlisted = unlisted_files(root, year, {*meant, *(os.path.abspath(file.path) for file in listed)}, files)
    gone = {code: text for code, text in (own.get(NOTES_KEY) or {}).items() if text}
    shape = project_shape(form, year)
    return ListedYear(year, form, tuple(listed), defaults, shape, tuple(problems), tuple(unlisted), gone)


def _at(node: source.Node | None, *keys: str) -> source.Node | None:
    for key in keys:
        node = node.get(key) if isinstance(node, source.Mapping) else None
    return node


def _form(root: Path, name: str, node: source.Node | None, file: str, files: Files) -> Form:
    spec = find_spec(name, root / "templates", files)
    if spec is None:
        place = Place(file, node.line, node.column) if node else Place(file)
        near = nearest(name, form_names(root / "templates", files))
        hint = f"你是不是想写 {near[0]}" if near else f"templates 文件夹里要有 {name[:40]}.yaml 和它的 .docx"
        raise Problem("S05", f"找不到表样 {name[:40]}", place, hint).error()
    where = files if files.is_file(spec) else DISK  # goalgen's own is on disk, whatever the revision
    return load_form(spec, where.shown(spec), where)


def _plain_problems(listed: Iterable[ListedFile], files: Files) -> Iterator[Problem]:
    """Find what is wrong with project files as YAML, where there is no form to hold them against."""
    for path, label in listed:
        try:
            yield from read_data(files.read(path, MAX_YAML_BYTES + 1), label).problems
        except OSError as error:
            yield unreadable(label, error)


def _strange_shared(form: Form, node: source.Node | None, file: str) -> Iterator[Problem]:
    """Tell of shared values that only the form of another year has a place for."""
    for key, _ in node.entries if isinstance(node, source.Mapping) else ():
        if key.text not in form.shared:
            hint = suggest(key.text, form.shared) or "删掉，或写到有这一栏的年度里"
            place = Place(file, key.line, key.column)
            yield Problem("M01", f"这一年度的表上没有“{key.text[:40]}”", place, hint)


def _defaults(
    index: source.Mapping,
    node: source.Mapping,
    file: str,
    values: Mapping[str, Any],
    own: Mapping[str, Any],
    form: Form,
) -> dict[str, Defaults]:
    """Collect by 预算单位 (under "" for all others) what projects share: the unit's own, over the year's, over all years'."""
    place = _placer(file)
    everywhere = Defaults(values.get("共用") or {}, place(_at(index, "共用")))
    common = Defaults(own.get("共用") or {}, place(_at(node, "共用"))).over(everywhere)
    units = _at(index, "单位")
    rows = units.items if isinstance(units, source.Sequence) else ()
    defaults = {"": common}
    written = [row for row in rows if isinstance(row, source.Mapping)]  # an empty "- " is no unit
    for unit, row in zip(values.get("单位") or (), written, strict=True):
        people = {key: unit.get(key) for key in form.shared}
        defaults[unit["名称"]] = Defaults(people, place(row)).over(common)
    return defaults


def _placer(file: str) -> Callable[[source.Node | None], dict[str, Place]]:
    def places(node: source.Node | None) -> dict[str, Place]:
        entries = node.entries if isinstance(node, source.Mapping) else ()
        return {key.text: Place(file, value.line, value.column) for key, value in entries}

    return places
