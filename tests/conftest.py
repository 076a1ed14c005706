"""What the tests of the output path share: the sixteen forms of 2020 as goalgen reads and prints them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from goalgen.forms import Form
from goalgen.forms.pack import load_form
from goalgen.forms.project import Project
from goalgen.printing.printer import Printer
from goalgen.submission.submission import Submission, load
from tests.support.places import ROOT


@pytest.fixture(scope="session", autouse=True)
def keep_rendered() -> Iterator[None]:
    """Where GOALGEN_KEEP_RENDERED names a folder, every document that a test renders is kept there (`make validate`)."""
    folder = os.environ.get("GOALGEN_KEEP_RENDERED")
    if not folder:
        yield
        return
    kept = ROOT / folder
    kept.mkdir(parents=True, exist_ok=True)

    def keeping(render: Callable[..., bytes]) -> Callable[..., bytes]:
        def rendered(*given: object) -> bytes:
            data = render(*given)
            (kept / f"{hashlib.sha256(data).hexdigest()[:16]}.docx").write_bytes(data)
            return data

        return rendered

    with pytest.MonkeyPatch.context() as patch:
        for name in ("document", "bundle"):
            patch.setattr(Printer, name, keeping(getattr(Printer, name)))
        yield


@pytest.fixture(scope="session")
def submission() -> Submission:
    """The project's own submission, read without a problem."""
    found = load(ROOT)
    assert found.problems == ()
    return found


@pytest.fixture(scope="session")
def sixteen(submission: Submission) -> tuple[Project, ...]:
    """The sixteen projects of 2020 in bundle order."""
    projects = submission.years[0].projects
    assert len(projects) == 16
    return projects


@pytest.fixture(scope="session")
def form() -> Form:
    """The official form of 2020."""
    return load_form(ROOT / "templates" / "form_2020.yaml")


@pytest.fixture(scope="session")
def printer(form: Form) -> Printer:
    """The official form, its template compiled."""
    return Printer(form)


@pytest.fixture
def with_template(form: Form, tmp_path: Path) -> Callable[[bytes], Form]:
    """Makes a form that prints on a template of one's own, given as the bytes of a .docx."""

    def made(data: bytes) -> Form:
        path = tmp_path / "模板.docx"
        path.write_bytes(data)
        return replace(form, template=path)

    return made


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Templates compiled by the tests are kept with the tests' files, not in the user's cache folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GOALGEN_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield
