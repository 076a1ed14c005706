"""What is to be printed of one year: its form, and of every project the texts of its form."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from goalgen.forms import Form
from goalgen.forms.layout import context
from goalgen.forms.project import Project


class Title(NamedTuple):
    """By what a project is known."""

    code: str
    name: str
    unit: str


class Item(NamedTuple):
    """A project file in bundle order; `project` is None when the file has an error.

    `digest` tells the texts of its form from any others, `faults` is how many errors `check` would find in it.
    """

    number: int
    path: Path
    file: str
    project: Title | None
    digest: str = ""
    faults: int = 0


class Edition(NamedTuple):
    """One budget year ready to be printed; `texts` gives an item's `texts_of`, wherever they are kept."""

    year: int
    form: Form
    items: tuple[Item, ...]
    texts: Callable[[Item], bytes]


def texts_of(project: Project, form: Form) -> bytes:
    """What a project's form prints, as JSON in UTF-8 on one line: all that printing needs to know of it."""
    return json.dumps(context(project, form), ensure_ascii=False, separators=(",", ":")).encode()
