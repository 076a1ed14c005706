"""Lay .docx files out in engines that are not goalgen's, and measure the pages: LibreOffice, Aspose.Words, Spire.Doc.

Aspose.Words and Spire.Doc copy Word's layout. They are judges: they live in an environment of their own under build/,
nothing of goalgen needs them, and where one is not installed it is passed over. Without a licence both print a mark on
top of the first page, so a file is laid out once more on paper that is taller by the mark; Aspose cuts a text after some
240 paragraphs, Spire leaves the pages after the tenth empty. Both give a row the height that Word gives it (the cells'
margins and the border come on top of an `atLeast` height); LibreOffice up to 24.2 gives the margins' part less.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

HOME: Final = Path(__file__).resolve().parent.parent / "build" / "judges"
PACKAGES: Final = ("aspose-words==26.10.0", "spire.doc==14.9.1")
OPENSSL: Final = "psycopg2-binary==2.9.3"
"""Aspose's runtime wants OpenSSL 1.1, which distributions no longer have; the wheel of this for CPython 3.9 carries one."""
PYTHON: Final = HOME / "bin" / "python"
BODY: Final = "word/document.xml"

# What each engine runs: pairs of source and target on standard input, one line of JSON for each on standard output.
ASPOSE: Final = """
import json, sys, aspose.words as aw
for source, target in json.load(sys.stdin):
    document = aw.Document(source)
    document.save(target)
    print(json.dumps(document.page_count), flush=True)
"""
SPIRE: Final = """
import json, sys
from spire.doc import *
from spire.doc.common import *
for source, target in json.load(sys.stdin):
    document = Document()
    document.LoadFromFile(source)
    document.SaveToFile(target, FileFormat.PDF)
    print(json.dumps(document.PageCount), flush=True)
    document.Close()
"""


class Job(NamedTuple):
    """A document and the PDF that is to be made of it."""

    source: Path
    target: Path


class Pages(NamedTuple):
    """What an engine makes of a document: its pages (-1: it failed), what stays free on the last one in points, whether it
    was cut for want of a licence."""

    number: int
    free: float
    cut: bool = False


def run(*words: object, **more: str | Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a command and give back what it said, whether it failed or not."""
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        [str(word) for word in words], text=True, capture_output=True, check=False, **more
    )


def install() -> None:
    """Make the environment of the two engines, from the package registry. Raises CalledProcessError where pip fails."""
    if not PYTHON.exists():
        run(sys.executable, "-m", "venv", HOME).check_returncode()
    run(PYTHON, "-m", "pip", "install", "-q", *PACKAGES).check_returncode()
    if (HOME / "openssl").exists():
        return
    with tempfile.TemporaryDirectory() as folder:
        wanted = (
            "--no-deps",
            "--only-binary",
            ":all:",
            "--python-version",
            "3.9",
            "--platform",
            "manylinux2014_x86_64",
        )
        platform = ("--platform", "manylinux_2_17_x86_64")
        run(PYTHON, "-m", "pip", "download", "-q", "-d", folder, *wanted, *platform, OPENSSL).check_returncode()
        (wheel,) = Path(folder).glob("*.whl")
        (HOME / "openssl").mkdir()
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                library = re.search(r"/(libssl|libcrypto)-[^/]*\.so\.1\.1$", name)
                if library:
                    for target in (name.rsplit("/", 1)[1], f"{library[1]}.so.1.1"):
                        (HOME / "openssl" / target).write_bytes(archive.read(name))


def by_office(jobs: Sequence[Job]) -> list[int]:
    """Let LibreOffice make all the PDFs in one run; -1 for each that it did not make."""
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *(job.source for job in jobs))
        for job in jobs:
            made = Path(folder) / f"{job.source.stem}.pdf"
            if made.exists():
                shutil.move(made, job.target)
    return [shown(job.target).count("<page ") or -1 for job in jobs]


def by_package(script: str, more: Mapping[str, str]) -> Callable[[Sequence[Job]], list[int]]:
    """An engine of the environment; a document on which it falls over gets -1 and takes no other with it."""

    def lay_out(jobs: Sequence[Job]) -> list[int]:
        counts: list[int] = []
        while len(counts) < len(jobs):
            rest = json.dumps([(str(job.source), str(job.target)) for job in jobs[len(counts) :]])
            said = run(PYTHON, "-c", script, input=rest, env={**os.environ, **more}).stdout
            counts += [int(line) for line in said.splitlines() if line.isdigit()]
            counts += [-1] if len(counts) < len(jobs) else []
        return counts

    return lay_out


OPENSSL_FOUND: Final = {"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1", "LD_LIBRARY_PATH": str(HOME / "openssl")}
ENGINES: Final = {
    "LibreOffice": by_office,
    "Aspose.Words": by_package(ASPOSE, OPENSSL_FOUND),
    "Spire.Doc": by_package(SPIRE, {}),
}


def installed() -> list[str]:
    """The engines that are there."""
    packages = {
        "LibreOffice": shutil.which("soffice"),
        "Aspose.Words": [*HOME.glob("lib/python3*/site-packages/aspose/words")],
        "Spire.Doc": [*HOME.glob("lib/python3*/site-packages/spire/doc")],
    }
    return [engine for engine in ENGINES if packages[engine]]


def judge(engine: str, files: Sequence[Path], folder: Path) -> list[Pages]:
    """Lay files of different names out by an engine; the PDFs are left in the folder, `fair-…` those without the mark."""
    folder.mkdir(parents=True, exist_ok=True)
    plain = [Job(file, folder / f"{file.stem}.pdf") for file in files]
    mark = mark_height(engine, files[0], folder)
    fair = [Job(folder / f"fair-{file.name}", folder / f"fair-{file.stem}.pdf") for file in files] if mark else plain
    if mark:
        for job, file in zip(fair, files, strict=True):
            job.source.write_bytes(file.read_bytes())
            rewrite(job.source, lambda xml: re.sub(rb'(<w:pgSz\b[^>]*w:h=")(\d+)', taller(mark), xml))
    counts = ENGINES[engine](plain)
    fairly = ENGINES[engine](fair) if mark else counts
    return [
        measured(1 if even == 1 else count, job.target, bottom_margin(file))
        for count, even, job, file in zip(counts, fairly, fair, files, strict=True)
    ]


def measured(count: int, pdf: Path, margin: float) -> Pages:
    """What a PDF shows: how far its last page's text stays above the bottom margin, and whether the text was cut."""
    text = shown(pdf)
    *_, page = text.split("<page ")
    height = re.search(r'height="([\d.]+)"', page)
    if not height:
        return Pages(-1, 0.0)
    end = float(height[1]) - margin
    lowest = max((float(y) for y in re.findall(r'yMax="([\d.]+)">[^<]', page) if float(y) <= end + 1), default=0.0)
    return Pages(count, round(end - lowest, 1), "truncated" in text)


def shown(pdf: Path) -> str:
    """Every word of a PDF with its place, as pdftotext tells it; nothing where there is no such PDF."""
    return run("pdftotext", "-bbox", pdf, "-").stdout if pdf.exists() else ""


def bottom_margin(file: Path) -> float:
    """The last section's bottom margin in points."""
    found = re.findall(rb'<w:pgMar\b[^>]*w:bottom="(\d+)"', zipfile.ZipFile(file).read(BODY))
    return int(found[-1]) / 20


TWO_PAGES: Final = """<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}{}<w:sectPr>
<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="964" w:right="1077" w:bottom="709" w:left="1077" w:header="567" w:footer="567"
 w:gutter="0"/></w:sectPr></w:body></w:document>"""
LINE: Final = '<w:p><w:pPr>{}<w:spacing w:line="800" w:lineRule="exact"/></w:pPr><w:r><w:t>HERE</w:t></w:r></w:p>'


def mark_height(engine: str, file: Path, folder: Path) -> int:
    """How much lower an engine's first page begins than its second, with the styles of a document, in twips."""
    job = Job(folder / "two-pages.docx", folder / "two-pages.pdf")
    job.source.write_bytes(file.read_bytes())
    pages = TWO_PAGES.format(LINE.format(""), LINE.format("<w:pageBreakBefore/>")).encode()
    rewrite(job.source, lambda xml: pages)
    ENGINES[engine]([job])
    places = [float(y) for y in re.findall(r'yMin="([\d.]+)"[^>]*>HERE<', shown(job.target))]
    return round((places[0] - places[1]) * 20) if len(places) == 2 else 0


def taller(twips: int) -> Callable[[re.Match[bytes]], bytes]:
    """What makes a page higher."""
    return lambda size: size[1] + str(int(size[2]) + twips).encode()


def rewrite(file: Path, change: Callable[[bytes], bytes]) -> None:
    """Change the body of a .docx in place."""
    with zipfile.ZipFile(file) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, change(data) if name == BODY else data)
