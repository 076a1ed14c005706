"""Find filled forms, the form pack they follow, and the submission that their projects go to."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from goalgen.errors import GoalgenError, Place, Problem
from goalgen.exchange.filled_forms.imported import Imported, count_labels, document_lines, read_lines
from goalgen.files.names import near_file, shown
from goalgen.forms import Form
from goalgen.forms.pack import find_spec, form_names, load_form
from goalgen.submission.index import INDEX, find_root
from goalgen.word.libreoffice import converted
from goalgen.word.lines import Line

_WORD_FILE_ENDINGS: Final = (".docx", ".doc", ".docm", ".wps")


def gather_files(paths: Sequence[Path]) -> list[Path]:
    """Return the files named, and the Word files in the folders named. Raises GoalgenError (Y01, K02) when there are none."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(_word_files(path))
            if not inside:
                raise Problem("K02", "文件夹里没有 Word 文件", Place(shown(path)), "要 .docx 或 .doc").error()
            found += inside
        elif path.is_file():
            found.append(path)
        else:
            near = near_file(path)
            hint = f"你是不是想写 {shown(near)}" if near else "检查路径"
            raise Problem("Y01", "没有这个文件或文件夹", Place(shown(path)), hint).error()
    return list(dict.fromkeys(found))


def _word_files(folder: Path) -> Iterator[Path]:
    """Find the Word files in a folder and those below it, whatever goes missing meanwhile."""
    for place, _, names in os.walk(folder):
        for name in names:
            if name.lower().endswith(_WORD_FILE_ENDINGS) and not name.startswith("~$"):
                yield Path(place, name)


def submission_folder(folder: Path | None) -> Path:
    """Find the submission that imports go to: that of `folder` (`…/data/2020`), or the one we stand in, new or not.

    Raises GoalgenError (K05) for a `folder` that is in no submission.
    """
    start = folder.resolve() if folder else Path.cwd()
    if folder and start.parent.name == INDEX.parent.name:
        return start.parent.parent
    try:
        return find_root(start)
    except GoalgenError:
        if folder is None:
            return start
        hint = f"写 -o {shown(folder)}/data/2020，或先 goalgen init"
        raise Problem("K05", "这里不是申报文件夹", Place(shown(folder)), hint).error() from None


def read_forms(paths: Sequence[Path], name: object, templates: Path) -> tuple[Form, list[Imported]]:
    """Read the projects in these files by the form pack called `name`, or else by the one they resemble most.

    Returns the form and the projects. Raises GoalgenError with every file that cannot be read.
    """
    packs, documents = open_documents(paths, name, templates)
    form = max(packs, key=lambda pack: sum(count_labels(lines, pack) for lines in documents.values()))
    problems: list[Problem] = []
    found: list[Imported] = []
    for path, lines in documents.items():
        try:
            found += read_lines(lines, form, shown(path))
        except GoalgenError as error:
            problems += error.problems
    if problems:
        raise GoalgenError(problems)
    return form, found


def open_documents(paths: Sequence[Path], name: object, templates: Path) -> tuple[list[Form], dict[Path, list[Line]]]:
    """Read the lines of these files, and find the form packs they may follow: the one called `name`, or all of `templates`.

    Raises GoalgenError with every file that cannot be opened.
    """
    packs = _packs(name, templates)
    old = [path for path in paths if path.suffix.lower() in (".doc", ".wps")]
    with converted(old) as made:
        return packs, _documents(paths, made, packs[0])


def _documents(paths: Sequence[Path], made: Mapping[Path, Path], form: Form) -> dict[Path, list[Line]]:
    problems: list[Problem] = []
    documents: dict[Path, list[Line]] = {}
    for path in paths:
        try:
            documents[path] = document_lines(made.get(path, path), form)
        except GoalgenError as error:
            problems += [Problem(p.code, p.message, Place(shown(path)), p.hint) for p in error.problems]
    if problems:
        raise GoalgenError(problems)
    return documents


def _packs(name: object, templates: Path) -> list[Form]:
    """Load the form packs to choose from. Raises GoalgenError (S05) when there is none of this name."""
    names = [str(name)] if name else form_names(templates)
    specs = [spec for stem in names if (spec := find_spec(stem, templates))]
    if not specs:
        raise Problem("S05", f"找不到表样 {name}", Place("--form"), "写 templates 里表样的名字").error()
    return [load_form(spec, shown(spec)) for spec in specs]
