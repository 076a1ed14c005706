"""A project file: its shape under a form, and from its values to a Project."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from goalgen import source
from goalgen.errors import Place, Problem, errors_in
from goalgen.files import DISK, Files
from goalgen.files.refusals import unreadable
from goalgen.forms import Form
from goalgen.forms.project import Project
from goalgen.forms.values import project_of
from goalgen.source.nodes import Origin
from goalgen.source.reading import MAX_YAML_BYTES
from goalgen.source.shapes import Table
from goalgen.source.validating import Reader
from goalgen.text.characters import UNKNOWN


class Defaults(NamedTuple):
    """What projects without a value of their own take: per key the value and the place where it is written."""

    values: Mapping[str, Any]
    places: Mapping[str, Place]

    def over(self, base: Defaults) -> Defaults:
        """These values where there are any, those of `base` elsewhere."""
        own = {key: value for key, value in self.values.items() if value is not None}
        return Defaults({**base.values, **own}, {**base.places, **{key: self.places[key] for key in own}})


def convert(
    document: source.Document, form: Form, year: int, defaults: Mapping[str, Defaults], kind: Table
) -> tuple[Project | None, tuple[Problem, ...]]:
    """A read project file as a Project, and every problem of the file; no project when a problem is an error.

    `defaults` holds by 预算单位 what its projects share, under "" what all share; `kind` is `shape(form)`.
    """
    if not isinstance(document.root, source.Mapping):
        if document.root is None:
            return None, document.problems
        reader = Reader(document.file)
        reader.value(document.root, kind)
        return None, (*document.problems, *reader.problems)
    reader = Reader(document.file)
    values: dict[str, Any] = reader.value(document.root, kind)
    unit = values.get("预算单位") or defaults[""].values.get("预算单位")
    shared = defaults.get(unit or "", defaults[""])
    merged = {**shared.values, **{key: value for key, value in values.items() if value is not None}}
    _require(reader, document.root, merged, form)
    problems = sorted((*document.problems, *reader.problems), key=lambda fault: (fault.place.line, fault.place.column))
    if errors_in(problems):
        return None, tuple(problems)
    places = {key: place for key, place in shared.places.items() if values.get(key) is None}
    return project_of(merged, form, year, Origin(document.file, document.root, places)), tuple(problems)


def _require(reader: Reader, root: source.Mapping, values: Mapping[str, Any], form: Form) -> None:
    """What the form pack calls 必填 must have a value, here or in projects.yaml; 编号 and 项目名称 are checked already."""
    failed = {problem.field for problem in reader.problems}
    for name in form.required:
        written = root.get(name)
        if isinstance(written, source.Scalar) and UNKNOWN in written.text:
            continue
        if name not in failed and name not in ("编号", "项目名称") and not values.get(name):
            reader.fail("M02", root, "", f"缺少“{name}”", f"在这里或 projects.yaml 的“共用”里加一行 {name}: …")


class WrittenCode(NamedTuple):
    """A 编号 as a file has it, right or wrong, and where."""

    text: str
    place: Place


def written_code(document: source.Document) -> WrittenCode | None:
    """The 编号 in a project file, also in one with other errors; None where there is none to compare."""
    code = document.root.get("编号") if isinstance(document.root, source.Mapping) else None
    if not isinstance(code, source.Scalar) or not code.text.strip() or UNKNOWN in code.text:
        return None
    return WrittenCode(code.text, Place(document.file, code.line, code.column))


def same_codes(codes: Iterable[WrittenCode | None]) -> list[Problem]:
    """编号 that an earlier file has already; upper and lower case count as one."""
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


_MAYBE_SWALLOWED: Final = re.compile(rb"[ \t]#[^\s#!]")
"""A comment that may have been meant as a value, as `联系电话: #886`."""


def read_file(path: Path, label: str = "", files: Files = DISK, most: int = MAX_YAML_BYTES) -> source.Document:
    """A YAML file as nodes; a file that cannot be read is a problem of the document.

    `label` is the name to report, `most` how many bytes are taken.
    """
    name = label or files.shown(path)
    try:
        data = files.read(path, most + 1)
    except OSError as error:
        return source.Document(name, None, (unreadable(name, error),))
    return read_data(data, name, most)


def read_data(data: bytes, label: str, most: int = MAX_YAML_BYTES) -> source.Document:
    """The nodes of a file's bytes, with the words that YAML took for a comment among the problems."""
    document = source.read(data, label, most)
    if not _MAYBE_SWALLOWED.search(data):
        return document
    from goalgen.submission.swallowed import swallowed  # late: few files need it

    warnings = swallowed(data, document)
    return document._replace(problems=(*document.problems, *warnings))
