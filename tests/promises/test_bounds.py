"""Files made to fill the memory are answered within a quarter of a gigabyte more than goalgen itself takes."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.support.places import ROOT
from tests.support.sparse_files import sparse

pytest.importorskip("resource", reason="limits as POSIX has them")
LIMITED = """
import resource, sys
from dataclasses import replace
from pathlib import Path
from goalgen.errors import GoalgenError
from goalgen.exchange.filled_forms.imported import read_docx
from goalgen.forms.pack import load_form
from goalgen.printing.printer import Printer
from goalgen.submission.project_file import read_file
from dataclasses import replace

form = load_form(Path("templates/form_2020.yaml"))
Printer(form)
used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + 250_000_000,) * 2)
path = Path(sys.argv[1])
try:
    if path.suffix == ".yaml":
        print(*{problem.code for problem in read_file(path).problems})
    elif sys.argv[2] == "template":
        Printer(replace(form, template=path))
    else:
        read_docx(path, form)
except GoalgenError as error:
    print(*{problem.code for problem in error.problems})
"""


def answered(path: Path, kind: str = "") -> str:
    """The codes that a file gives where memory is short."""
    run = subprocess.run(
        [sys.executable, "-c", LIMITED, path, kind], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert run.returncode == 0, run.stderr[-500:]
    return run.stdout.strip()


def laughs() -> bytes:
    """Ten levels of lists, each naming the one below nine times: a thousand million words when unfolded."""
    levels = [f"- &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 10)]
    return "\n".join(["- &l0 [lol]", *levels]).encode()


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs /proc")
def test_a_gigabyte_a_huge_scalar_and_billion_laughs(tmp_path: Path) -> None:
    assert answered(sparse(tmp_path / "gigabyte.yaml", 1_000_000_000)) == "Y11"
    assert answered(sparse(tmp_path / "scalar.yaml", 100_000_000, b'a: "')) == "Y11"
    (tmp_path / "laughs.yaml").write_bytes(laughs())
    assert answered(tmp_path / "laughs.yaml") == "Y10"


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs /proc")
@pytest.mark.parametrize(("kind", "code"), [("template", "D01"), ("form", "K01")])
def test_a_zip_bomb(tmp_path: Path, kind: str, code: str) -> None:
    path = tmp_path / "bomb.docx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(400):
            part.write(bytes(1_000_000))
    assert answered(path, kind) == code
