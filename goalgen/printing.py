"""A form ready to print: projects in, the bytes of their forms and of the bundle out."""

from __future__ import annotations

from collections.abc import Iterable

from goalgen.document import Assembler
from goalgen.errors import GoalgenError, Place, Problem, Severity
from goalgen.forms import Form
from goalgen.layout import blank_context, context
from goalgen.model import Project
from goalgen.paths import shown
from goalgen.template import agreement
from goalgen.template.compiled import Filled
from goalgen.template.compiling import compile_template
from goalgen.template.filling import Filler


class Printer:
    """A form with its template compiled once.

    Raises GoalgenError with everything that is wrong with the template; what is only doubtful (a field of the form
    that the template never prints) is in `warnings`; `slow` names the constructs that docxtpl has to render itself.
    """

    def __init__(self, form: Form) -> None:
        name = shown(form.template)
        try:
            data = form.template.read_bytes()
        except OSError as error:
            fault = Problem("D01", "模板打不开：文件读不到", Place(name), error.strerror or "")
            raise GoalgenError([fault]) from error
        self.form = form
        blank = blank_context(form)
        compiled = compile_template(data, name, form.merged)
        self.slow = compiled.reasons
        self._filler = Filler(compiled, blank)
        self._assembler = Assembler(compiled)
        self.warnings = tuple(
            Problem("D04", what, Place(name), "在模板里补上，或在表样说明里删掉", Severity.WARNING)
            for what in agreement.missing(compiled, form, blank)
        )

    def fill(self, project: Project) -> Filled:
        """A project's own parts, for `document` and `bundle`. Raises GoalgenError (D06)."""
        return self._filler.fill(context(project, self.form))

    def document(self, filled: Filled) -> bytes:
        """One form as the bytes of a .docx."""
        return self._assembler.form(filled)

    def bundle(self, forms: Iterable[Filled]) -> bytes:
        """Forms as one .docx, each on a page of its own."""
        return self._assembler.bundle(forms)
