"""One contender, run in a process of its own: `python -m benchmarks.contenders NAME FOLDER` prints its measures as JSON."""

from __future__ import annotations

import contextlib
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import material

Measured = Callable[[Callable[[], object]], None]


def docxtpl_loop(folder: Path, measured: Measured) -> None:
    """A new DocxTemplate for each form, no bundle."""
    from docxtpl import DocxTemplate

    contexts, out = material.contexts(folder), _out(folder)

    def work() -> None:
        for number, context in enumerate(contexts):
            template = DocxTemplate(folder / material.TEMPLATE)
            template.render(context, autoescape=True)
            template.save(out / f"{number:06d}.docx")

    measured(work)


def docxtpl_docxcompose(folder: Path, measured: Measured) -> None:
    """The same, then docxcompose appends every form to the first."""
    from docx import Document
    from docxcompose.composer import Composer
    from docxtpl import DocxTemplate

    contexts, out = material.contexts(folder), _out(folder)

    def work() -> None:
        composer: Any = None
        for number, context in enumerate(contexts):
            template = DocxTemplate(folder / material.TEMPLATE)
            template.render(context, autoescape=True)
            path = out / f"{number:06d}.docx"
            template.save(path)
            if composer is None:
                composer = Composer(Document(str(path)))
            else:
                composer.append(Document(str(path)))
        composer.save(out / "bundle.docx")

    measured(work)


def docxtpl_single_pass(folder: Path, measured: Measured) -> None:
    """One template that loops over all forms: a bundle, no single forms."""
    from docxtpl import DocxTemplate

    contexts, out = material.contexts(folder), _out(folder)

    def work() -> None:
        template = DocxTemplate(folder / material.SINGLE_PASS)
        template.render({"forms": contexts}, autoescape=True)
        template.save(out / "bundle.docx")

    measured(work)


def goalgen(folder: Path, measured: Measured, jobs: int = 1) -> None:
    """goalgen's publish: forms and bundle, project files already read."""
    from goalgen.printing.manifest import Redo
    from goalgen.printing.year import publish_year
    from goalgen.submission.executors import processes

    with _read(folder) as year, processes(jobs) as executor:
        measured(lambda: publish_year(year, year.entries, _out(folder), executor=executor, redo=Redo.UNCHANGED))


def goalgen_two(folder: Path, measured: Measured) -> None:
    """The same by two processes."""
    goalgen(folder, measured, jobs=2)


def goalgen_load(folder: Path, measured: Measured) -> None:
    """goalgen reading and validating the YAML files."""

    def work() -> None:
        with _read(folder):
            pass

    measured(work)


def _read(folder: Path) -> contextlib.AbstractContextManager[Any]:
    from goalgen.submission.index import open_index
    from goalgen.submission.reading import read_year

    index = open_index(folder)
    return read_year(index.years[0], folder, anew=True, hold=False)


def _out(folder: Path) -> Path:
    out = folder / "out-contender"
    out.mkdir(exist_ok=True)
    return out


CONTENDERS: dict[str, Callable[[Path, Measured], None]] = {
    "docxtpl loop": docxtpl_loop,
    "docxtpl + docxcompose": docxtpl_docxcompose,
    "docxtpl single pass": docxtpl_single_pass,
    "goalgen": goalgen,
    "goalgen, 2 processes": goalgen_two,
    "goalgen, YAML": goalgen_load,
}


def main(name: str, folder: Path) -> None:
    """Run a contender and print {wall, cpu, mb, child_mb}: seconds of its work alone, peak memory of the process."""
    found: dict[str, float] = {}

    def measured(work: Callable[[], object]) -> None:
        before = _cpu()
        start = time.perf_counter()
        work()
        found["wall"] = time.perf_counter() - start
        found["cpu"] = _cpu() - before

    CONTENDERS[name](folder, measured)
    found["mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found["child_mb"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(json.dumps(found))


def _cpu() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
