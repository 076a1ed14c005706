"""A submission folder: data/projects.yaml and the project files it names, read with every problem of every file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from goalgen import forms, profile, project_file, source
from goalgen.errors import GoalgenError, Place, Problem, Severity, errors_in
from goalgen.forms import Form
from goalgen.model import Project
from goalgen.paths import shown
from goalgen.project_file import SHARED, Defaults
from goalgen.schema import Reader
from goalgen.shape import Key, Money, Named, Rows, Table, Text

INDEX: Final = Path("data") / "projects.yaml"
_PEOPLE: Final = {key: SHARED[key] for key in ("填报人", "联系电话")}
SHAPE: Final = Table(
    {
        "部门": Key(Text(), "报送这套表的部门", "衡阳市人民政府办公室"),
        "共用": Key(Table(SHARED), "各项目共用的值；项目文件里写了的，以项目文件为准"),
        "单位": Key(
            Rows(
                Table(
                    {
                        "名称": Key(Text(), "预算单位全称", "衡阳市人民政府驻北京联络处", True),
                        "简称": Key(Rows(Text()), "文件里也这样称呼它", "[驻京办]"),
                        **_PEOPLE,
                        "预算": Key(
                            Named("年度", Money(), numeric=True),
                            "各年度的项目支出预算（万元），检查时核对",
                            "{2020: 876.99}",
                        ),
                    }
                )
            ),
            "各预算单位；写在这里的填报人和电话只用于该单位的项目",
        ),
        "检查": Key(profile.SHAPE, "goalgen check 的口径，只写与 templates/review.yaml 不同的"),
        "年度": Key(
            Named(
                "年度",
                Table(
                    {
                        "表样": Key(Text(), "templates 文件夹里的表样", "form_2020", True),
                        "共用": Key(Table(SHARED), "只用于这一年度的共用值"),
                        "项目": Key(
                            Rows(Text()), "项目文件，按合订本的顺序；相对于本文件", "2020/01-xiang-mu.yaml", True
                        ),
                    }
                ),
                numeric=True,
            ),
            "各预算年度",
            required=True,
        ),
    }
)
"""The shape of data/projects.yaml."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A 预算单位: its full name, the other names it goes by, and its declared 项目支出 per year, in 万元."""

    name: str
    aliases: tuple[str, ...] = ()
    budget: Mapping[int, Decimal] = field(default_factory=dict)


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


def find_root(start: Path) -> Path:
    """The submission folder that holds `start`: the nearest folder upward with data/projects.yaml."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / INDEX).is_file():
            return folder
    hint = "先进入申报文件夹，或用 goalgen init 文件夹 建一个"
    raise GoalgenError([Problem("S07", f"这里不是申报文件夹，没有 {INDEX.as_posix()}", Place(shown(start)), hint)])


def load(root: Path, years: Iterable[int] = ()) -> Submission:
    """The submission in a folder; `years` limits which are read (all when empty).

    Problems of the files are in the result, so that the good projects can be used; GoalgenError is raised only when
    projects.yaml itself cannot be used or a year is not in it.
    """
    index = root / INDEX
    document = read_file(index)
    reader = Reader(document.file)
    values = reader.value(document.root, SHAPE) if document.root is not None else None
    problems = [*document.problems, *reader.problems]
    if errors_in(problems) or values is None or not isinstance(document.root, source.Mapping):
        raise GoalgenError(problems)
    wanted = set(years) or {int(year) for year in values["年度"]}
    _know_years(wanted, values["年度"], document)
    found = [_year(root, document.root, int(year), values) for year in values["年度"] if int(year) in wanted]
    units = tuple(map(_unit, values.get("单位") or ()))
    problems += [problem for _, faults in found for problem in faults]
    good = tuple(year for year, _ in found if year)
    return Submission(root, values.get("部门") or "", units, good, tuple(problems), values.get("检查") or {})


def _unit(row: Mapping[str, Any]) -> Unit:
    budget = {int(year): amount.value for year, amount in (row.get("预算") or {}).items() if amount is not None}
    return Unit(row["名称"], row.get("简称") or (), budget)


def read_file(path: Path) -> source.Document:
    """A YAML file as nodes; a file that cannot be read is a problem of the document."""
    name = shown(path)
    try:
        if path.stat().st_size > source.MAX_BYTES:
            return source.read(bytes(source.MAX_BYTES + 1), name)
        return source.read(path.read_bytes(), name)
    except OSError as error:
        fault = Problem("Y01", f"文件读不到：{error.strerror or error}", Place(name), "检查文件名和权限")
        return source.Document(name, None, (fault,))


def _know_years(wanted: set[int], offered: Mapping[str, Any], document: source.Document) -> None:
    unknown = sorted(wanted - {int(year) for year in offered})
    if unknown:
        hint = f"有：{'、'.join(offered)}"
        raise GoalgenError([Problem("S06", f"没有 {year} 年度", Place(document.file), hint) for year in unknown])


def _year(root: Path, index: source.Mapping, year: int, values: Mapping[str, Any]) -> tuple[Year | None, list[Problem]]:
    node = _at(index, "年度", str(year))
    own: Mapping[str, Any] | None = values["年度"][str(year)]
    file = shown(root / INDEX)
    if own is None or not isinstance(node, source.Mapping):
        return None, [Problem("M02", f"{year} 年度是空的", Place(file, index.line, index.column), "写上表样和项目")]
    try:
        form = _form(root, own["表样"], _at(node, "表样"), file)
    except GoalgenError as error:
        return None, list(error.problems)
    problems: list[Problem] = []
    paths = _listed(root, node, file, problems)
    defaults = _defaults(index, node, file, values, own)
    kind = project_file.shape(form)
    entries = []
    for number, path in enumerate(paths, 1):
        document = read_file(path)
        project, faults = project_file.convert(document, form, year, defaults, kind)
        problems += faults
        entries.append(Entry(number, path, document.file, project))
    result = Year(year, form, tuple(entries))
    return result, [*problems, *_same_codes(result.projects), *_unlisted(root, year, paths)]


def _at(node: source.Node | None, *keys: str) -> source.Node | None:
    for key in keys:
        node = node.get(key) if isinstance(node, source.Mapping) else None
    return node


def _form(root: Path, name: str, node: source.Node | None, file: str) -> Form:
    spec = forms.find(name, root / "templates")
    if spec is None:
        place = Place(file, node.line, node.column) if node else Place(file)
        raise GoalgenError(
            [Problem("S05", f"找不到表样 {name}", place, f"templates 文件夹里要有 {name}.yaml 和它的 .docx")]
        )
    return forms.load(spec, shown(spec))


def _listed(root: Path, node: source.Mapping, file: str, problems: list[Problem]) -> list[Path]:
    """The project files a year names, in order; those missing or named twice are problems instead."""
    items = node.get("项目")
    paths: list[Path] = []
    seen: dict[Path, int] = {}
    for item in items.items if isinstance(items, source.Sequence) else ():
        if not isinstance(item, source.Scalar):
            continue
        path = root / "data" / item.text
        place = Place(file, item.line, item.column)
        if path in seen:
            problems.append(Problem("S04", f"{item.text} 在第 {seen[path]} 行已经列过", place, "删掉一行"))
        elif not path.is_file():
            problems.append(Problem("S02", f"{item.text} 不存在", place, _similar(path)))
        else:
            paths.append(path)
        seen.setdefault(path, item.line)
    return paths


def _similar(path: Path) -> str:
    names = [file.name for file in sorted(path.parent.glob("*.yaml"))] if path.parent.is_dir() else []
    near = get_close_matches(path.name, names, 1, 0.5)
    return f"你是不是想写 {path.parent.name}/{near[0]}" if near else "检查文件名，或删掉这一行"


def _unlisted(root: Path, year: int, paths: list[Path]) -> list[Problem]:
    listed = {path.resolve() for path in paths}
    files = sorted((root / "data" / str(year)).glob("*.yaml"))
    return [
        Problem(
            "S03",
            f"{file.name} 没有列入 projects.yaml，不会印出来",
            Place(shown(file)),
            "加进“项目”，或移走",
            Severity.WARNING,
        )
        for file in files
        if file.resolve() not in listed
    ]


def _same_codes(projects: Iterable[Project]) -> list[Problem]:
    first: dict[str, Project] = {}
    problems = []
    for project in projects:
        other = first.setdefault(project.code.casefold(), project)
        if other is not project:
            message = f"编号：{project.code} 与 {other.place('编号')} 重复"
            problems.append(
                Problem("S01", message, project.place("编号"), "改成别的编号", project=project.code, field="编号")
            )
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
    for unit, row in zip(values.get("单位") or (), rows, strict=True):
        people = {key: unit.get(key) for key in _PEOPLE}
        defaults[unit["名称"]] = Defaults(people, place(row)).over(common)
    return defaults


def _placer(file: str) -> Callable[[source.Node | None], dict[str, Place]]:
    def places(node: source.Node | None) -> dict[str, Place]:
        entries = node.entries if isinstance(node, source.Mapping) else ()
        return {key.text: Place(file, value.line, value.column) for key, value in entries}

    return places
