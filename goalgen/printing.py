"""A form ready to print: projects in, the bytes of their forms and of the bundle out."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from goalgen import cache
from goalgen.binding import Binder
from goalgen.document import Assembler
from goalgen.errors import GoalgenError, Place, Problem, Severity
from goalgen.forms import Form
from goalgen.layout import blank_context, context
from goalgen.model import Project
from goalgen.paths import shown
from goalgen.template import keeping
from goalgen.template.compiled import Compiled, Filled
from goalgen.template.filling import Filler


class Printer:
    """A form with its template ready to fill.

    Raises GoalgenError with everything that is wrong with the template; what is only doubtful (a field of the form
    that the template never prints) is in `warnings`; `slow` names the constructs that docxtpl has to render itself.
    """

    def __init__(self, form: Form) -> None:
        self.form = form
        self.compiled = compiled(form)
        self.slow = self.compiled.reasons
        self.warnings = tuple(
            Problem("D04", what, Place(self.compiled.label), "在模板里补上，或在表样说明里删掉", Severity.WARNING)
            for what in self.compiled.doubtful
        )
        self._filler = Filler(self.compiled)
        self.assembler = Assembler(self.compiled)

    def fill(self, project: Project) -> Filled:
        """A project's own parts, for `document` and `bundle`. Raises GoalgenError (D06)."""
        return self.fill_texts(context(project, self.form))

    def fill_texts(self, texts: Mapping[str, Any]) -> Filled:
        """The same from what `layout.context` gives of the project."""
        return self._filler.fill(texts)

    def document(self, filled: Filled) -> bytes:
        """One form as the bytes of a .docx."""
        return self.assembler.form(self.assembler.leaf(filled))

    def bundle(self, forms: Iterable[Filled]) -> bytes:
        """Forms as one .docx, each on a page of its own."""
        buffer = io.BytesIO()
        binder = Binder(self.assembler, buffer)
        for number, filled in enumerate(forms, 1):
            binder.add(self.assembler.leaf(filled, number))
        binder.close()
        return buffer.getvalue()


def compiled(form: Form) -> Compiled:
    """A form's template ready to fill, from the cache when it was made before. Raises GoalgenError as Printer does."""
    name = shown(form.template)
    try:
        data = form.template.read_bytes()
    except OSError as error:
        fault = Problem("D01", "模板打不开：文件读不到", Place(name), error.strerror or "")
        raise GoalgenError([fault]) from error
    key = cache.key("template", data, repr(replace(form, folder=Path(), template=Path())))
    kept = cache.get(key)
    if kept is not None:
        return keeping.load(kept, name)
    made: Compiled = import_module("goalgen.template.preparing").prepare(data, name, form, blank_context(form))
    cache.put(key, keeping.dump(made))
    return made
