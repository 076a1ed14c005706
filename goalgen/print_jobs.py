"""A worker's part of printing: forms filled and written, and what the bundle takes of them handed back."""

import json
from pathlib import Path
from typing import NamedTuple

from goalgen import delivery
from goalgen.document import Leaf
from goalgen.errors import GoalgenError
from goalgen.printing import Press
from goalgen.template.compiled import Compiled


class Sheet(NamedTuple):
    """One form to print: its place in the bundle, the project's 编号, its `texts_of`, and the file, None for none."""

    number: int
    code: str
    texts: bytes
    path: Path | None


class PrintJob(NamedTuple):
    """Forms for one worker; `bind` asks for what the bundle takes of them."""

    compiled: Compiled
    bind: bool
    sheets: tuple[Sheet, ...]


class Printed(NamedTuple):
    """What became of one form: whether its file changed (None: not written), its leaf, or why it failed."""

    number: int
    changed: bool | None = None
    leaf: Leaf | None = None
    error: GoalgenError | None = None


_PRESSES: list[Press] = []
"""The press of the template printed last in this process."""


def print_forms(job: PrintJob) -> list[Printed]:
    """The forms of a job, in order; one that fails does not stop the others."""
    if not _PRESSES or _PRESSES[0].compiled != job.compiled:
        _PRESSES[:] = [Press(job.compiled)]
    return [_print(_PRESSES[0], sheet, job.bind) for sheet in job.sheets]


def _print(press: Press, sheet: Sheet, bind: bool) -> Printed:
    try:
        leaf = press.assembler.leaf(press.fill(json.loads(sheet.texts)), sheet.number)
    except GoalgenError as error:
        return Printed(sheet.number, error=_said_of(sheet.code, error))
    try:
        form = press.assembler.form(leaf) if sheet.path else b""
        changed = delivery.write(sheet.path, form, lasting=False) if sheet.path else None
    except GoalgenError as error:
        return Printed(sheet.number, error=error)
    return Printed(sheet.number, changed, leaf if bind else None)


def _said_of(code: str, error: GoalgenError) -> GoalgenError:
    """A template's failure on one project's texts, with the project's 编号."""
    named = [fault._replace(message=f"{fault.message}（项目 {code}）", project=code) for fault in error.problems]
    return GoalgenError(named, error.exit_code)
