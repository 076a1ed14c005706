"""What must hold of any bytes at all, as a project file and as a form to import; run by `fuzz.py` and `test_fuzzed.py`."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from functools import cache
from typing import Final

from goalgen import source
from goalgen.authoring.project_text import project_text
from goalgen.errors import CODES, GoalgenError, Problem, errors_in
from goalgen.exchange.filled_forms.imported import read_lines
from goalgen.forms.layout import blank_context
from goalgen.forms.project import Project
from goalgen.forms.shape import project_shape
from goalgen.source.shapes import Table
from goalgen.submission.comments import swallowed
from goalgen.submission.project_file import Setting, convert
from goalgen.submission.submission import load
from goalgen.word.document import Assembler
from goalgen.word.lines import Line, lines, text_lines
from goalgen.word.template.compiling import prepare
from goalgen.word.template.filling import Filler
from goalgen.word.zip_reading import PackageError
from tests.support.docx_making import NAMESPACES, docx, zipped
from tests.support.docx_reading import parts_in
from tests.support.places import BROKEN, FUZZED, ROOT
from tests.support.project_making import replace
from tests.support.strategies import form
from tests.support.validator.faults import structure_faults

FINDS: Final = FUZZED
OPENING: Final = f"<w:document {NAMESPACES}><w:body>".encode()
CLOSING: Final = b"</w:body></w:document>"
AS_DOCXTPL_LEAVES_THEM: Final = {
    "word/document.xml: table : tblW is not , the sum of its columns",
    "word/document.xml: table : row : cell : tcW , its columns are  wide",
    "word/document.xml: table : row : spans  columns, the grid has ",
}
"""Tables whose columns change with the data keep the widths that docxtpl gives them."""
XML: Final = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'


@cache
def _kind() -> Table:
    return project_shape(form())


def read(data: bytes) -> tuple[Project | None, tuple[Problem, ...]]:
    """A project file's bytes as goalgen reads them."""
    document = source.read(data, "a.yaml")
    document = document._replace(problems=(*document.problems, *swallowed(data, document)))
    return convert(document, Setting.alone(form(), 2020))


def hold_yaml(data: bytes) -> None:
    """Any bytes as a project file: a project or errors, well told; a project written as YAML is read as the same again."""
    project, problems = read(data)
    assert (project is None) == bool(errors_in(problems))
    rows = re.split("\r\n?|\n", data.decode("utf-8-sig", "replace"))
    for problem in problems:
        assert problem.code in CODES and problem.hint, problem
        assert len(str(problem).splitlines()) == 1
        line, column = problem.place.line, problem.place.column
        assert line == 0 or (line <= len(rows) and 1 <= column <= len(rows[line - 1]) + 1), problem
    if project is not None:
        assert read(project_text(project, form()).encode()) == (project, ())


def hold_import(data: bytes) -> None:
    """Any bytes as a Word document's body, as a whole file, as extracted text: projects that can be written, or why not."""
    for make in (_in_a_package, _as_a_file, _as_text):
        try:
            imported = read_lines(make(data), form(), "a.docx")
        except (GoalgenError, PackageError):
            continue
        for one in imported:
            project = replace(one.project, code="a", year=2020)
            written = project_text(project, form())
            again, problems = read(written.encode())
            assert again is None or again == project, written
            assert again is not None or all(problem.code in CODES for problem in problems)


def _as_a_file(data: bytes) -> list[Line]:
    if not data.startswith(b"PK"):
        return []
    return lines(data, lambda text: "名称" in text)


def _as_text(data: bytes) -> list[Line]:
    return text_lines(data.decode("utf-8", "replace"))


def _in_a_package(data: bytes) -> list[Line]:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", XML.encode() + data + b"</w:body></w:document>")
    return lines(file.getvalue(), lambda text: "名称" in text)


def hold_template(data: bytes) -> None:
    """Any bytes as the body of a template: told in Chinese what is wrong, or printed as a sound document."""
    template = zipped({**parts_in(docx("")), "word/document.xml": OPENING + data + CLOSING})
    blank = blank_context(form())
    try:
        compiled = prepare(template, "a.docx", form().merged, (), blank)
        filled = Filler(compiled).fill(blank)
    except GoalgenError as error:
        assert all(problem.code in ("D01", "D02", "D03", "D06") and problem.hint for problem in error.problems)
        assert all(len(str(problem).splitlines()) == 1 for problem in error.problems)
        return
    assembler = Assembler(compiled)
    document = assembler.form(assembler.leaf(filled))
    known = _kinds(structure_faults(template)) | AS_DOCXTPL_LEAVES_THEM
    assert _kinds(structure_faults(document)) <= known, document


def _kinds(faults: list[str]) -> set[str]:
    return {re.sub(r"'.*'|\d+", "", fault) for fault in faults}


TARGETS: Final[dict[str, Callable[[bytes], None]]] = {
    "yaml": hold_yaml,
    "import": hold_import,
    "template": hold_template,
}


def seeds(target: str) -> dict[str, bytes]:
    """What fuzzing starts from."""
    if target == "yaml":
        found = [*(BROKEN / "project").iterdir(), *(ROOT / "data" / "2020").iterdir()]
        return {path.name: path.read_bytes() for path in found}
    if target == "template":
        cases = sorted((ROOT / "tests" / "word" / "template" / "cases").iterdir())
        bodies = {path.stem: parts_in(path.read_bytes()).get("word/document.xml", b"") for path in cases}
        return {
            name: body[body.index(b"<w:body>") + 8 : body.index(b"</w:body>")] for name, body in bodies.items() if body
        }
    from goalgen.printing.printer import Printer

    printer = Printer(form())
    made = {}
    for project in load(ROOT).years[0].projects[:2]:
        with zipfile.ZipFile(io.BytesIO(printer.document(printer.fill(project)))) as archive:
            body = archive.read("word/document.xml")
        made[project.code] = body[body.index(b"<w:body>") + 8 : body.index(b"</w:body>")]
    return made
