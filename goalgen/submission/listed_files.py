"""Find the project files that a year names in projects.yaml: those that are there, and what each of the others may mean."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path, PureWindowsPath
from typing import Final, NamedTuple

from goalgen import source
from goalgen.errors import Place, Problem, Severity
from goalgen.files import Files
from goalgen.source.shapes import YEAR_PATTERN
from goalgen.text.likeness import nearest

_KINDS_OF_FILE: Final = ("*/*.y*ml", "*/*.y*ml.txt", "*.y*ml", "*.y*ml.txt")
"""Where a project file may lie that projects.yaml names wrongly, in the data folder."""


class ListedFile(NamedTuple):
    """Hold a project file named in projects.yaml: where it lies, and its name as a person would type it."""

    path: Path
    label: str


def listed_files(
    root: Path, node: source.Mapping, file: str, problems: list[Problem], meant: set[str], files: Files
) -> list[ListedFile]:
    """List the project files that a year names, in order; those missing or named twice become problems instead.

    `meant` takes the files that a missing one is thought to be: who mends the list need not be told of them again.
    """
    items = node.get("项目")
    data = root / "data"
    base = files.shown(data)
    listed: list[ListedFile] = []
    seen: dict[str, int] = {}
    written = items.items if isinstance(items, source.Sequence) else ()
    for item in (one for one in written if isinstance(one, source.Scalar)):
        if not item.text.strip():
            problems.append(_without_name(item, items, file))
            continue
        path = data / item.text
        place = Place(file, item.line, item.column)
        known = os.path.abspath(path)
        if known in seen:
            problems.append(Problem("S04", f"{item.text} 在第 {seen[known]} 行已经列过", place, "删掉一行"))
        elif not files.is_file(path):
            what = "不是文件" if files.is_folder(path) else "不存在"
            near = _similar(data, item.text, files)
            meant.update(os.path.abspath(data / name) for name in near)
            hint = _remedy(item.text, near[0]) if near else "检查文件名，或删掉这一行"
            problems.append(Problem("S02", f"{item.text[:80]} {what}", place, hint))
        else:
            listed.append(ListedFile(path, _label(base, path, item.text, files)))
        seen.setdefault(known, item.line)
    return listed


def of_other_years(node: source.Mapping, year: int, file: str, there: Callable[[str], bool]) -> Iterator[Problem]:
    """Warn of files (`there` says which are) in the folder of another year: most likely the list was copied."""
    items = node.get("项目")
    names = (
        [item for item in items.items if isinstance(item, source.Scalar)] if isinstance(items, source.Sequence) else []
    )
    for item in names:
        folder = os.path.normpath(item.text).replace(os.sep, "/").split("/")[0]
        if re.fullmatch(YEAR_PATTERN, folder) and folder != str(year) and there(item.text):
            message = f"{item.text[:80]} 在 {folder} 年度的文件夹里，却列在 {year} 年度"
            hint = f"改成 {year} 年度的文件；要接着报，用 goalgen roll {folder} {year} 开出新的"
            yield Problem("S10", message, Place(file, item.line, item.column), hint, Severity.WARNING)


def _without_name(item: source.Scalar, items: source.Node | None, file: str) -> Problem:
    """Tell of an item that names no file: a slip that costs nothing, but an error where it is all that the list has."""
    every = items.items if isinstance(items, source.Sequence) else ()
    named = any(not isinstance(one, source.Scalar) or one.text.strip() for one in every)
    severity = Severity.WARNING if named else Severity.ERROR
    return Problem(
        "S02", "“- ”后面没有文件名", Place(file, item.line, item.column), "写上文件名，或删掉这一行", severity
    )


def _label(base: str, path: Path, text: str, files: Files) -> str:
    """Return the name to report of a file in the data folder; the short way where the text stays inside it."""
    if ".." in text or os.path.isabs(text):
        return files.shown(path)
    inside = os.path.normpath(text).replace(os.sep, "/")
    return inside if base == "." else f"{base}/{inside}"


def _similar(data: Path, text: str, files: Files) -> list[str]:
    """Guess the project file that a name means, in a list: a like name in the same folder, or the same name in another.

    A file that an editor saved as .yaml.txt, or that lies in the data folder itself, is found too.
    """
    found = [file for pattern in _KINDS_OF_FILE for file in files.matching(data, pattern) if files.is_file(file)]
    there = [file.relative_to(data).as_posix() for file in found if file != data / "projects.yaml"]
    by_name = {Path(file).name.removesuffix(".txt"): file for file in there}
    same = f"{text}.txt" if f"{text}.txt" in there else by_name.get(PureWindowsPath(text).name)
    return [same] if same else nearest(text, there, 0.7) or [by_name[n] for n in nearest(Path(text).name, by_name, 0.6)]


def _remedy(text: str, near: str) -> str:
    """Say how to mend a listed name that is not there, when a file like it is."""
    if near.endswith(".txt"):
        return f"它存成了 {near}；把文件名末尾的 .txt 去掉"
    if "/" not in near and "/" in text:
        return f"它在 data/{near}；移进 data/{Path(text).parent.as_posix()}，或这里写 {near}"
    return f"你是不是想写 {near}"


def unlisted_files(root: Path, year: int, known: set[str], files: Files) -> list[Problem]:
    """Warn of the files in a year's folder that are none of the known ones (absolute paths)."""
    folder = root / "data" / str(year)
    there = [
        file for file in files.matching(folder, "*.y*ml") if file.suffix in (".yaml", ".yml") and file.name[0] != "."
    ]
    strange = [file for file in there if os.path.abspath(file) not in known and files.is_file(file)]
    real = {os.path.realpath(file) for file in known} if strange else set()
    return [
        Problem(
            "S03",
            f"{file.name} 没有列入 projects.yaml，不会印出来",
            Place(files.shown(file)),
            "加进“项目”，或移走",
            Severity.WARNING,
        )
        for file in strange
        if os.path.realpath(file) not in real
    ]
