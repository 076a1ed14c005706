"""A form ready to print: projects in, the bytes of their forms and of the bundle out."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

from goalgen import cache
from goalgen.binding import Binder
from goalgen.document import Assembler
from goalgen.errors import GoalgenError, Place, Problem, Severity
from goalgen.files import refusal, whole
from goalgen.forms import Form
from goalgen.layout import blank_context, context
from goalgen.model import Project
from goalgen.paths import shown
from goalgen.template import keeping
from goalgen.template.compiled import Compiled, Filled
from goalgen.template.filling import Filler


class Press:
    """A template ready to fill, and what makes documents of what it filled."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self.assembler = Assembler(compiled)
        self._filler = Filler(compiled)

    def fill(self, texts: Mapping[str, Any]) -> Filled:
        """The parts of one document from what `layout.context` gives of a project. Raises GoalgenError (D06)."""
        return self._filler.fill(texts)


class Printer:
    """A form with its template ready to fill; `key` tells both from any others.

    Raises GoalgenError with everything that is wrong with the template; what is only doubtful (a field of the form
    that the template never prints) is in `warnings`; `slow` names the constructs that docxtpl has to render itself,
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
        """The template ready to fill."""
        return Press(self.compiled)

    def fill(self, project: Project) -> Filled:
        """A project's own parts, for `document` and `bundle`. Raises GoalgenError (D06)."""
        return self.press.fill(context(project, self.form))

    def document(self, filled: Filled) -> bytes:
        """One form as the bytes of a .docx."""
        assembler = self.press.assembler
        return assembler.form(assembler.leaf(filled))

    def bundle(self, forms: Iterable[Filled]) -> bytes:
        """Forms as one .docx, each on a page of its own."""
        buffer = io.BytesIO()
        assembler = self.press.assembler
        binder = Binder(assembler, buffer)
        for number, filled in enumerate(forms, 1):
            binder.add(assembler.leaf(filled, number))
        binder.close()
        return buffer.getvalue()


def compiled(form: Form) -> tuple[str, Compiled]:
    """A form's template ready to fill, from the cache when it was made before, and the key it has there.

    Raises GoalgenError as Printer does.
    """
    name = shown(form.template)
    try:
        data = whole(form.template)
    except OSError as error:
        why, hint = refusal(error)
        raise GoalgenError([Problem("D01", f"模板打不开：{why}", Place(name), hint)]) from error
    key = cache.key("template", data, repr(form._replace(folder=Path(), template=Path())))
    kept = cache.get(key)
    if kept is not None:
        return key, keeping.load(kept, name)
    made: Compiled = import_module("goalgen.template.preparing").prepare(data, name, form, blank_context(form))
    cache.put(key, keeping.dump(made))
    return key, made
