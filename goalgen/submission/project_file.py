"""Read a project file: from its bytes to a Project, its problems, and what its comments say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, Self

from goalgen import source
from goalgen.errors import Place, Problem, errors_in
from goalgen.files import DISK, Files, cache
from goalgen.files.refusals import unreadable
from goalgen.forms import Form
from goalgen.forms.project import Project
from goalgen.forms.shape import project_shape
from goalgen.forms.values import project_of
from goalgen.source.nodes import Origin
from goalgen.source.reading import MAX_YAML_BYTES
from goalgen.source.shapes import Table
from goalgen.source.validating import Reader
from goalgen.submission.comments import NO_COMMENTS, Comments, comments_in, swallowed
from goalgen.text.characters import UNKNOWN


class Defaults(NamedTuple):
    """Hold what projects without a value of their own take: per key the value and the place where it is written."""

    values: Mapping[str, Any]
    places: Mapping[str, Place]

    def over(self, base: Defaults) -> Defaults:
        """Return these values where there are any, those of `base` elsewhere."""
        own = {key: value for key, value in self.values.items() if value is not None}
        return Defaults({**base.values, **own}, {**base.places, **{key: self.places[key] for key in own}})


class Setting(NamedTuple):
    """Hold everything besides a project file itself that decides what is read of it.

    `shape` is `project_shape(form)`; `defaults` holds by 预算单位 what its projects share, under "" what all share.
    """

    year: int
    form: Form
    shape: Table
    defaults: Mapping[str, Defaults]

    @property
    def fingerprint(self) -> str:
        """Name this setting and this goalgen: under another name the same file may be read as something else."""
        shared = {unit: dict(defaults.values) for unit, defaults in self.defaults.items()}
        return cache.key(repr((self.year, self.form.fingerprint, shared)))

    @classmethod
    def alone(cls, form: Form, year: int) -> Self:
        """Make the setting of a project that shares nothing with others."""
        return cls(year, form, project_shape(form, year), {"": Defaults({}, {})})

    def shared(self, unit: str) -> Defaults:
        """Find what the projects of a 预算单位 share."""
        return self.defaults.get(unit, self.defaults[""])


class WrittenCode(NamedTuple):
    """Hold a 编号 as a file has it, right or wrong, and where it stands."""

    text: str
    place: Place


class ProjectReading(NamedTuple):
    """Hold what was read of a project file.

    `project` is None when a problem is an error; `code` and `name` are what stands in the file all the same, as far as
    it can be told.
    """

    project: Project | None
    problems: tuple[Problem, ...]
    code: WrittenCode | None = None
    name: str = ""
    comments: Comments = NO_COMMENTS


def read_project_file(data: bytes, label: str, setting: Setting) -> ProjectReading:
    """Read the bytes of a project file; `label` is its name to report."""
    document = read_data(data, label)
    project, problems = convert(document, setting, data)
    comments = comments_in(data, document)
    name = _written_name(document, setting.form)
    return ProjectReading(project, problems, written_code(document), name, comments)


def convert(
    document: source.Document, setting: Setting, data: bytes = b""
) -> tuple[Project | None, tuple[Problem, ...]]:
    """Turn the nodes of a project file into a Project, and find every problem of the file.

    There is no project when a problem is an error. `data` are the bytes of the file, for whoever edits it later.
    """
    root, shape = document.root, setting.shape
    reader = Reader(document.file, setting.year)
    if not isinstance(root, source.Mapping):
        if root is not None:
            reader.value(root, shape)
        return None, (*document.problems, *reader.problems)
    values: dict[str, Any] = reader.value(root, shape)
    shared = setting.shared(_unit(values, setting))
    merged = {**shared.values, **{key: value for key, value in values.items() if value is not None}}
    places = {key: place for key, place in shared.places.items() if values.get(key) is None}
    project = None
    if not errors_in((*document.problems, *reader.problems)):
        project = project_of(merged, setting.form, setting.year, Origin(document.file, root, places, data))
    if project is None or not project.unfilled:
        _require(reader, root, merged, setting.form)
    problems = sorted((*document.problems, *reader.problems), key=lambda fault: (fault.place.line, fault.place.column))
    return None if errors_in(problems) else project, tuple(problems)


def _unit(values: Mapping[str, Any], setting: Setting) -> str:
    """Return the 预算单位 of a project file, its own or that of all."""
    key = setting.form.unit_path
    return values.get(key) or setting.defaults[""].values.get(key) or ""


def _require(reader: Reader, root: source.Mapping, values: Mapping[str, Any], form: Form) -> None:
    """Ask for what projects may share and the form calls 必填, here or in projects.yaml; what they may not is checked already."""
    failed = {problem.field for problem in reader.problems}
    for name, cell in form.shared.items():
        written = root.get(name)
        if not cell.item.required or (isinstance(written, source.Scalar) and UNKNOWN in written.text):
            continue
        if name not in failed and not values.get(name):
            reader.fail("M02", root, "", f"缺少“{name}”", f"在这里或 projects.yaml 的“共用”里加一行 {name}: …")


def written_code(document: source.Document) -> WrittenCode | None:
    """Find the 编号 in a project file, also in one with other errors; None where there is none to compare."""
    code = document.root.get("编号") if isinstance(document.root, source.Mapping) else None
    if not isinstance(code, source.Scalar) or not code.text.strip() or UNKNOWN in code.text:
        return None
    return WrittenCode(code.text, Place(document.file, code.line, code.column))


def same_codes(codes: Iterable[WrittenCode | None]) -> list[Problem]:
    """Find every 编号 that an earlier file has already; upper and lower case count as one."""
    first: dict[str, Place] = {}
    problems = []
    for code in codes:
        if code is None:
            continue
        other = first.setdefault(code.text.casefold(), code.place)
        if other is not code.place:
            message = f"编号：{code.text[:64]} 与 {other} 重复"
            problems.append(Problem("S01", message, code.place, "改成别的编号", project=code.text, field="编号"))
    return problems


def _written_name(document: source.Document, form: Form) -> str:
    """Return what stands in a file for 项目名称, right or wrong."""
    node: source.Node | None = document.root
    for key in form.name_path.split("."):
        node = node.get(key) if isinstance(node, source.Mapping) else None
    return node.text if isinstance(node, source.Scalar) else ""


def read_file(path: Path, label: str = "", files: Files = DISK, most: int = MAX_YAML_BYTES) -> source.Document:
    """Read a YAML file as nodes; a file that cannot be read is a problem of the document.

    `label` is the name to report, `most` how many bytes are taken.
    """
    name = label or files.shown(path)
    try:
        data = files.read(path, most + 1)
    except OSError as error:
        return source.Document(name, None, (unreadable(name, error),))
    return read_data(data, name, most)


def read_data(data: bytes, label: str, most: int = MAX_YAML_BYTES) -> source.Document:
    """Read the nodes of a file's bytes, with the words that YAML took for a comment among the problems."""
    document = source.read(data, label, most)
    warnings = swallowed(data, document)
    return document._replace(problems=(*document.problems, *warnings)) if warnings else document
