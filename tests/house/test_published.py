"""What goalgen publishes is documented whole: every name, and every attribute of what the functions return."""

from __future__ import annotations

import dataclasses
import inspect
import re
from typing import Any

import pytest

import goalgen
from goalgen.checking.check import Group, Review
from goalgen.diff.values import Change, Difference, Identity, Pair, Total
from goalgen.errors import Problem
from goalgen.exchange.filled_forms.imported import Imported
from goalgen.exchange.project_files import Written
from goalgen.forms.project import Project, Row
from goalgen.printing.publish import Published
from goalgen.printing.year import PublishedYear
from goalgen.submission import Entry, Year
from goalgen.submission.submission import Submission
from tests.support.places import ROOT

PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
RETURNED = (
    *(Submission, Year, Entry, Project, Row, goalgen.Form, Problem),
    *(Review, Group, Published, PublishedYear, Difference, Pair, Change, Identity, Total, Imported, Written),
)


def attributes(kind: type[Any]) -> set[str]:
    """The public attributes and methods that a class defines itself."""
    fields = {field.name for field in dataclasses.fields(kind)} if dataclasses.is_dataclass(kind) else set()
    assigned = (
        re.findall(r"self\.([a-z]\w*):? [^=\n]*=", inspect.getsource(kind.__init__)) if kind is PublishedYear else []
    )
    return {name for name in (*vars(kind), *fields, *assigned) if not name.startswith("_")}


def documented(kind: type[Any]) -> set[str]:
    section = re.search(rf"^### {kind.__name__}\n(.*?)(?=^##|\Z)", PAGE, re.DOTALL | re.MULTILINE)
    assert section, kind.__name__
    rows = [row.split("|")[1] for row in section.group(1).splitlines() if row.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`(\w+)", row)}


def test_every_published_name_stands_on_the_page() -> None:
    told = set(re.findall(r"^\| `(\w+)", PAGE[: PAGE.index("## 读到的")], re.MULTILINE))
    assert told == {*goalgen.__all__}
    assert len(told) > 7


@pytest.mark.parametrize("kind", RETURNED, ids=lambda kind: str(kind.__name__))
def test_every_attribute_of_what_is_returned_stands_on_the_page(kind: type[Any]) -> None:
    found = attributes(kind)
    assert len(found) >= 4
    assert documented(kind) == found
