"""A submission folder: data/projects.yaml and the project files it names, read with every problem of every file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from goalgen import forms, project_file, source
from goalgen.characters import UNKNOWN
from goalgen.errors import GoalgenError, Place, Problem, Severity, errors_in
from goalgen.files import DISK, Files
from goalgen.forms import Form
from goalgen.index_file import PEOPLE, SHAPE
from goalgen.model import Project, Unit
from goalgen.paths import shown
from goalgen.project_file import Defaults
from goalgen.schema import Reader

INDEX: Final = Path("data") / "projects.yaml"


@dataclass(frozen=True, slots=True)
class Entry:
    """A project file named in projects.yaml, in bundle order; `project` is None when the file has an error."""

    number: int
    path: Path
    file: str
    project: Project | None


@dataclass(frozen=True, slots=True)
class Year:
    """One budget year: its form and its entries in bundle order."""

    year: int
    form: Form
    entries: tuple[Entry, ...]

    @property
    def projects(self) -> tuple[Project, ...]:
        """The projects that could be read, in bundle order."""
        return tuple(entry.project for entry in self.entries if entry.project is not None)


@dataclass(frozen=True, slots=True)
class Submission:
    """A department's submission as read, with every problem found on the way."""

    root: Path
    department: str
    units: tuple[Unit, ...]
    years: tuple[Year, ...]
    problems: tuple[Problem, ...]
    review: Mapping[str, Any] = field(default_factory=dict)
    """What projects.yaml changes in the review profile."""

    def latest(self) -> Year:
        """The latest year that could be read. Raises GoalgenError with the problems when there is none."""
        if not self.years:
            raise GoalgenError(self.problems)
        return max(self.years, key=lambda year: year.year)


def find_root(start: Path) -> Path:
    """The submission folder that holds `start`: the nearest folder upward with data/projects.yaml."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / INDEX).is_file():
            return folder
    hint = "先进入申报文件夹，或用 goalgen init 文件夹 建一个"
    raise GoalgenError([Problem("S07", f"这里不是申报文件夹，没有 {INDEX.as_posix()}", Place(shown(start)), hint)])


def load(root: Path, years: Iterable[int] = (), files: Files = DISK) -> Submission:
    """The submission in a folder; `years` limits which are read (all when empty), `files` is where they are read from.

    Problems of the files are in the result, so that the good projects can be used; GoalgenError is raised only when
    projects.yaml itself cannot be used or a year is not in it.
    """
    index = root / INDEX
    document = read_file(index, files)
    reader = Reader(document.file)
    values = reader.value(document.root, SHAPE) if document.root is not None else None
    problems = [*document.problems, *reader.problems]
    if errors_in(problems) or values is None or not isinstance(document.root, source.Mapping):
        raise GoalgenError(problems)
    if not values["年度"]:
        where = _at(document.root, "年度") or document.root
        hint = "照 goalgen init 建的 projects.yaml 写：2020: 下面是表样和项目"
        raise GoalgenError([Problem("M02", "“年度”下面没有年度", Place(document.file, where.line, where.column), hint)])
    wanted = set(years) or {int(year) for year in values["年度"]}
    _know_years(wanted, values["年度"], document)
    found = [_year(root, document.root, int(year), values, files) for year in values["年度"] if int(year) in wanted]
    units = tuple(map(_unit, values.get("单位") or ()))
    problems += [problem for _, faults in found for problem in faults]
    good = tuple(year for year, _ in found if year)
    return Submission(root, values.get("部门") or "", units, good, tuple(problems), values.get("检查") or {})


def _unit(row: Mapping[str, Any]) -> Unit:
    budget = {int(year): amount.value for year, amount in (row.get("预算") or {}).items() if amount is not None}
    return Unit(row["名称"], row.get("简称") or (), budget)


def read_file(path: Path, files: Files = DISK) -> source.Document:
    """A YAML file as nodes; a file that cannot be read is a problem of the document."""
    name = files.shown(path)
    try:
        return source.read(files.read(path, source.MAX_BYTES + 1), name)
    except OSError as error:
        fault = Problem("Y01", f"文件读不到：{error.strerror or error}", Place(name), "检查文件名和权限")
        return source.Document(name, None, (fault,))


def _know_years(wanted: set[int], offered: Mapping[str, Any], document: source.Document) -> None:
    unknown = sorted(wanted - {int(year) for year in offered})
    if unknown:
        hint = f"有：{'、'.join(offered)}"
        raise GoalgenError([Problem("S06", f"没有 {year} 年度", Place(document.file), hint) for year in unknown])


def _year(
    root: Path, index: source.Mapping, year: int, values: Mapping[str, Any], files: Files
) -> tuple[Year | None, list[Problem]]:
    node = _at(index, "年度", str(year))
    own: Mapping[str, Any] | None = values["年度"][str(year)]
    file = files.shown(root / INDEX)
    if own is None or not isinstance(node, source.Mapping):
        where = node or index
        return None, [Problem("M02", f"{year} 年度是空的", Place(file, where.line, where.column), "写上表样和项目")]
    try:
        form = _form(root, own["表样"], _at(node, "表样"), file, files)
    except GoalgenError as error:
        return None, list(error.problems)
    problems: list[Problem] = []
    paths = _listed(root, node, file, problems, files)
    defaults = _defaults(index, node, file, values, own)
    kind = project_file.shape(form)
    entries, documents = [], []
    for number, path in enumerate(paths, 1):
        document = read_file(path, files)
        project, faults = project_file.convert(document, form, year, defaults, kind)
        problems += faults
        documents.append(document)
        entries.append(Entry(number, path, document.file, project))
    result = Year(year, form, tuple(entries))
    return result, [*problems, *_same_codes(documents), *_unlisted(root, year, paths, files)]


def _at(node: source.Node | None, *keys: str) -> source.Node | None:
    for key in keys:
        node = node.get(key) if isinstance(node, source.Mapping) else None
    return node


def _form(root: Path, name: str, node: source.Node | None, file: str, files: Files) -> Form:
    spec = forms.find(name, root / "templates", files)
    if spec is None:
        place = Place(file, node.line, node.column) if node else Place(file)
        near = get_close_matches(name, forms.names(root / "templates", files), 1, 0.5)
        hint = f"你是不是想写 {near[0]}" if near else f"templates 文件夹里要有 {name[:40]}.yaml 和它的 .docx"
        raise GoalgenError([Problem("S05", f"找不到表样 {name[:40]}", place, hint)])
    return forms.load(spec, files.shown(spec), files)


def _listed(root: Path, node: source.Mapping, file: str, problems: list[Problem], files: Files) -> list[Path]:
    """The project files a year names, in order; those missing or named twice are problems instead."""
    items = node.get("项目")
    paths: list[Path] = []
    seen: dict[Path, int] = {}
    for item in items.items if isinstance(items, source.Sequence) else ():
        if not isinstance(item, source.Scalar) or not item.text.strip():
            continue
        path = root / "data" / item.text
        place = Place(file, item.line, item.column)
        known = Path(os.path.abspath(path))
        if known in seen:
            problems.append(Problem("S04", f"{item.text} 在第 {seen[known]} 行已经列过", place, "删掉一行"))
        elif not files.is_file(path):
            what = "不是文件" if files.is_folder(path) else "不存在"
            problems.append(
                Problem("S02", f"{item.text[:80]} {what}", place, _similar(root / "data", item.text, files))
            )
        else:
            paths.append(path)
        seen.setdefault(known, item.line)
    return paths


def _similar(data: Path, text: str, files: Files) -> str:
    """The project file that a name most likely means: the same folder and a like name, or the name in another folder."""
    there = [file.relative_to(data).as_posix() for file in files.matching(data, "*/*.y*ml")]
    by_name = {Path(file).name: file for file in there}
    near = get_close_matches(text, there, 1, 0.7) or [
        by_name[name] for name in get_close_matches(Path(text).name, by_name, 1, 0.6)
    ]
    return f"你是不是想写 {near[0]}" if near else "检查文件名，或删掉这一行"


def _unlisted(root: Path, year: int, paths: list[Path], files: Files) -> list[Problem]:
    listed = {path.resolve() for path in paths}
    folder = root / "data" / str(year)
    there = sorted(f for ending in ("*.yaml", "*.yml") for f in files.matching(folder, ending) if f.name[0] != ".")
    return [
        Problem(
            "S03",
            f"{file.name} 没有列入 projects.yaml，不会印出来",
            Place(files.shown(file)),
            "加进“项目”，或移走",
            Severity.WARNING,
        )
        for file in there
        if file.resolve() not in listed
    ]


def _same_codes(documents: Iterable[source.Document]) -> list[Problem]:
    """编号 that another file has already, in files with other errors as well; upper and lower case count as one."""
    first: dict[str, Place] = {}
    problems = []
    for document in documents:
        code = _at(document.root, "编号")
        if not isinstance(code, source.Scalar) or not code.text.strip() or UNKNOWN in code.text:
            continue
        place = Place(document.file, code.line, code.column)
        other = first.setdefault(code.text.casefold(), place)
        if other is not place:
            message = f"编号：{code.text[:64]} 与 {other} 重复"
            problems.append(Problem("S01", message, place, "改成别的编号", project=code.text, field="编号"))
    return problems


def _defaults(
    index: source.Mapping, node: source.Mapping, file: str, values: Mapping[str, Any], own: Mapping[str, Any]
) -> dict[str, Defaults]:
    """By 预算单位 (under "" for all others) what its projects share: the unit's own, over the year's, over all years'."""
    place = _placer(file)
    everywhere = Defaults(values.get("共用") or {}, place(_at(index, "共用")))
    common = Defaults(own.get("共用") or {}, place(_at(node, "共用"))).over(everywhere)
    units = _at(index, "单位")
    rows = units.items if isinstance(units, source.Sequence) else ()
    defaults = {"": common}
    written = [row for row in rows if isinstance(row, source.Mapping)]  # an empty "- " is no unit
    for unit, row in zip(values.get("单位") or (), written, strict=True):
        people = {key: unit.get(key) for key in PEOPLE}
        defaults[unit["名称"]] = Defaults(people, place(row)).over(common)
    return defaults


def _placer(file: str) -> Callable[[source.Node | None], dict[str, Place]]:
    def places(node: source.Node | None) -> dict[str, Place]:
        entries = node.entries if isinstance(node, source.Mapping) else ()
        return {key.text: Place(file, value.line, value.column) for key, value in entries}

    return places
