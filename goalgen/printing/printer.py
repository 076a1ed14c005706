"""Print projects: a form's template made ready once, projects in, the bytes of forms and bundles out."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from goalgen.errors import GoalgenError, Place, Problem, Severity
from goalgen.files import cache, writing
from goalgen.files.names import shown
from goalgen.files.reading import read_whole
from goalgen.files.refusals import unreadable_template
from goalgen.forms import Form
from goalgen.forms.form import labels
from goalgen.forms.layout import blank_context, context
from goalgen.forms.project import Project
from goalgen.forms.values import project_in
from goalgen.printing.manifest import foretell
from goalgen.word.binding.bound import Pages
from goalgen.word.bundle import Binder
from goalgen.word.document import Assembler, Leaf
from goalgen.word.template.compiled import Compiled, Filled, compiled_as_json, compiled_from_json
from goalgen.word.template.filling import Filler


class FormToPrint(NamedTuple):
    """Hold one form to print: its place in the bundle, the project's 编号, its record, and the file, None for none.

    `guarded` says that the file there is not goalgen's: it is only written where it holds these very bytes or is gone.
    """

    number: int
    code: str
    record: bytes
    path: Path | None
    guarded: bool = False


class PrintJob(NamedTuple):
    """Hold forms for one worker, of a year that is written into `folder`; `bind` asks for what the bundle takes of them."""

    compiled: Compiled
    form: Form
    bind: bool
    folder: Path
    forms: tuple[FormToPrint, ...]


class Printed(NamedTuple):
    """Say what became of one form: whether its file changed (None: not written), its leaf, or why it failed.

    `digest` names the bytes that the file holds, "" when it was left alone for being another's.
    """

    number: int
    changed: bool | None = None
    leaf: Leaf | None = None
    error: GoalgenError | None = None
    digest: str = ""


_PRESSES: list[Press] = []
"""The press of the template printed last in this process."""


def print_forms(job: PrintJob) -> list[Printed]:
    """Print the forms of a job, in order: a worker's part; one that fails does not stop the others."""
    if not _PRESSES or (_PRESSES[0].compiled, _PRESSES[0].pages) != (job.compiled, job.form.pages):
        _PRESSES[:] = [Press(job.compiled, job.form.pages)]
    filled = [_fill(_PRESSES[0], form, job) for form in job.forms]
    try:
        foretell(job.folder, [printed.digest for printed, data in filled if data])
    except GoalgenError as error:
        return [printed if printed.error else Printed(printed.number, error=error) for printed, _ in filled]
    return [_write(form, printed, data) for form, (printed, data) in zip(job.forms, filled, strict=True)]


def _fill(press: Press, one: FormToPrint, job: PrintJob) -> tuple[Printed, bytes]:
    """Fill a form, and make the bytes of its file where it has one."""
    try:
        texts = context(project_in(one.record, job.form), job.form)
        leaf = press.assembler.leaf(press.fill(texts), one.number if job.bind else 0)
    except GoalgenError as error:
        return Printed(one.number, error=_said_of(one.code, error)), b""
    data = press.assembler.form(leaf) if one.path else b""
    return Printed(one.number, leaf=leaf if job.bind else None, digest=cache.digest_of(data) if data else ""), data


def _write(one: FormToPrint, printed: Printed, data: bytes) -> Printed:
    """Put a form that was filled in its place."""
    if one.path is None or printed.error:
        return printed
    try:
        if one.guarded and writing.holds_other(one.path, data):
            return printed._replace(digest="")
        return printed._replace(changed=writing.write(one.path, data, lasting=False))
    except GoalgenError as error:
        return Printed(one.number, error=error)


def _said_of(code: str, error: GoalgenError) -> GoalgenError:
    """Name the project whose texts made a template fail."""
    named = [fault._replace(message=f"{fault.message}（项目 {code}）", project=code) for fault in error.problems]
    return GoalgenError(named, error.exit_code)


class Press:
    """Fill a template that is ready, and make documents of what was filled."""

    def __init__(self, compiled: Compiled, pages: Pages) -> None:
        self.compiled = compiled
        self.pages = pages
        self.assembler = Assembler(compiled, pages)
        self._filler = Filler(compiled)

    def fill(self, texts: Mapping[str, Any]) -> Filled:
        """Fill the parts of one document with what `layout.context` gives of a project. Raises GoalgenError (D06)."""
        return self._filler.fill(texts)


class Printer:
    """Print projects on a form whose template is ready to fill; `key` names form and template.

    Raises GoalgenError with everything that is wrong with the template; what is only doubtful (a field of the form
    that the template never prints) is in `warnings`; `slow` names the constructs for which docxtpl repairs tables,
    `by_jinja` those that need Jinja.
    """

    def __init__(self, form: Form) -> None:
        self.form = form
        self.key, self.compiled = compiled(form)
        self.slow = self.compiled.reasons
        self.by_jinja = self.compiled.beyond
        self.warnings = tuple(
            Problem("D04", what, Place(self.compiled.label), "在模板里补上，或在表样说明里删掉", Severity.WARNING)
            for what in self.compiled.doubtful
        )

    @cached_property
    def press(self) -> Press:
        """Make the template ready to fill."""
        return Press(self.compiled, self.form.pages)

    def fill(self, project: Project) -> Filled:
        """Fill a project's own parts, for `document` and `bundle`. Raises GoalgenError (D06)."""
        return self.press.fill(context(project, self.form))

    def document(self, filled: Filled) -> bytes:
        """Make one form: the bytes of a .docx."""
        assembler = self.press.assembler
        return assembler.form(assembler.leaf(filled))

    def bundle(self, forms: Iterable[Filled]) -> bytes:
        """Make one .docx of forms, each on a page of its own."""
        buffer = io.BytesIO()
        assembler = self.press.assembler
        binder = Binder(assembler, buffer)
        for number, filled in enumerate(forms, 1):
            binder.add(assembler.leaf(filled, number))
        binder.close()
        return buffer.getvalue()


def compiled(form: Form) -> tuple[str, Compiled]:
    """Make a form's template ready to fill, or find it among the kept results; the key it has there comes first.

    Raises GoalgenError as Printer does.
    """
    name = shown(form.template)
    try:
        data = read_whole(form.template)
    except OSError as error:
        raise unreadable_template(name, error).error() from error
    key = cache.key("template", data, form.fingerprint)

    def make() -> bytes:
        from goalgen.word.template.compiling import prepare  # late: Jinja and lxml take 60 ms to load

        blank = blank_context(form)
        return compiled_as_json(prepare(data, name, form.merged, labels(form), blank, form.look.ticked, form.optional))

    return key, compiled_from_json(cache.kept(key, make), name)
