#!/usr/bin/env python3
"""Count the pages of the official form, and what stays free on them, in LibreOffice and two engines that copy Word.

    judge.py [--install] [FILE.docx …]

Without files: the 32 forms of the project's own submission, its two bundles, an empty form, a form of 200 indicators,
a goal of 3,000 characters, and the example of each form pack (docs/example), as a Markdown table.
Everything is left under build/judged: the documents, the PDFs of each engine. --install makes the environment of the
two engines first; page_judges.py says what they can't do.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from page_judges import Pages, install, installed, judge

from goalgen.forms.pack import load_form
from goalgen.forms.project import Project
from goalgen.printing.printer import Printer
from goalgen.source.shapes import Window
from goalgen.submission.submission import load

ROOT: Final = Path(__file__).resolve().parent.parent
JUDGED: Final = ROOT / "build" / "judged"
EXAMPLES: Final = ("xiangmu_88", "hexin_101", "guangxi_2021", "ningxiang_2021")
GOAL: Final = "建立健全长效管理机制，持续提升机关后勤保障能力和服务水平，"


class Kind(NamedTuple):
    """Files that stand in one line of the table."""

    name: str
    files: tuple[Path, ...]


def main(words: Sequence[str]) -> None:
    """Judge the files named, or those of the project."""
    if "--install" in words:
        install()
    named = tuple(Path(word).resolve() for word in words if word != "--install")
    kinds = [Kind(file.name, (file,)) for file in named] or list(project_kinds(JUDGED / "documents"))
    files = [file for kind in kinds for file in kind.files]
    results = {engine: dict(zip(files, judge(engine, files, JUDGED / engine), strict=True)) for engine in installed()}
    print(f"| 文件 | {' | '.join(results)} |\n| --- |{' --- |' * len(results)}")
    for kind in kinds:
        cells = (said([pages[file] for file in kind.files]) for pages in results.values())
        print(f"| {kind.name} | {' | '.join(cells)} |")


def said(pages: Sequence[Pages]) -> str:
    """What an engine made of the files of a line."""
    least = min(page.free for page in pages)
    if any(page.cut for page in pages):
        return "只排出前面一部分"
    counts = "～".join(map(str, sorted({page.number for page in pages})))
    return f"{counts} 页，余 {least:.1f} 磅"


def project_kinds(folder: Path) -> Iterator[Kind]:
    """Print the project's own forms and the kinds of form that are hard, all but the bundles a file each."""
    folder.mkdir(parents=True, exist_ok=True)
    printer = Printer(load_form(ROOT / "templates" / "form_2020.yaml"))
    years = [year.projects for year in load(ROOT).years]
    for projects in years:
        made = tuple(printed(printer, folder, f"{p.year}-{n:02}", [p]) for n, p in enumerate(projects, 1))
        yield Kind(f"{projects[0].year} 年 {len(projects)} 张表", made)
    for projects in years:
        name = f"{projects[0].year}-bundle"
        yield Kind(f"{projects[0].year} 年合订本", (printed(printer, folder, name, projects),))
    for label, name, project in hard(years[0][0]):
        yield Kind(label, (printed(printer, folder, name, [project]),))
    for example in EXAMPLES:
        (year,) = load(ROOT / "docs" / "example" / example).years
        printer = Printer(year.form)
        made = tuple(printed(printer, folder, f"{example}-{n}", [p]) for n, p in enumerate(year.projects, 1))
        yield Kind(f"{example} 的例子 {len(made)} 张表", made)


def hard(project: Project) -> Iterator[tuple[str, str, Project]]:
    """The forms that a template gets wrong first: nothing in it, too many rows, a cell higher than a page."""
    form = project.form
    yield "空表", "empty", Project(form, 2020, "", {form.window_path: Window(2020, 2022)}, {})
    table = form.indicator_tables[0].key
    many = tuple(project.table(table)[0]._replace(name=f"第{n}项指标") for n in range(1, 201))
    yield "200 个指标", "200-indicators", project.with_rows(table, many)
    goal = (GOAL * (3000 // len(GOAL) + 1))[:3000]
    goals = (cell.path for cell in form.goals.values())
    yield "总体目标 3000 字", "3000-characters", project.with_values(dict.fromkeys(goals, goal))


def printed(printer: Printer, folder: Path, name: str, projects: Iterable[Project]) -> Path:
    """Print projects to one document."""
    forms = [printer.fill(project) for project in projects]
    path = folder / f"{name}.docx"
    path.write_bytes(printer.document(forms[0]) if len(forms) == 1 else printer.bundle(forms))
    return path


if __name__ == "__main__":
    main(sys.argv[1:])
