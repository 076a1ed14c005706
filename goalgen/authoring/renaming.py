"""Rename a project, its 编号 or a 预算单位 in every year at once: files, their names, lists, notes and units stay in step."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from goalgen import source
from goalgen.authoring.changes import Change, EditedText, Plan
from goalgen.authoring.new_files import full_name, refuse_existing, refuse_name
from goalgen.errors import Place, Problem, one_line, stop_for
from goalgen.files.names import safe_name, shown
from goalgen.forms import Form
from goalgen.forms.project import CODE_KEY
from goalgen.forms.shape import NOTES_KEY
from goalgen.source.validating import is_code
from goalgen.source.writing import scalar
from goalgen.submission import Entry
from goalgen.submission.changing import refuse_outside
from goalgen.submission.index import INDEX
from goalgen.submission.selection import select_in_years
from goalgen.submission.submission import Submission


class NewNames(NamedTuple):
    """Say what a project is to be called: 项目名称 and 编号, "" for what stays."""

    name: str = ""
    code: str = ""


def plan_project_names(submission: Submission, word: str, new: NewNames, years: Sequence[int] = ()) -> Plan:
    """Plan to give a project another 项目名称 or 编号 in a submission read whole; nothing is changed.

    `word` names it as `--only` of render does; it is renamed in every year that has its 编号, or (项目名称 alone) in
    `years`. A file named after the old name is named after the new one; lists and 变更说明 follow. Raises GoalgenError:
    S06 when the word names no project or several, M02, Y03, M08 or S01 for names that cannot be, S08 for a file of the new
    name, O06 for files outside of the folder, and the faults of files that would have to be changed.
    """
    code, entries = _one_project(submission, word)
    wanted = [(year, entry) for year, entry in entries if not years or year in years]
    _refuse_names(submission, code, new, years)
    stop_for(submission.problems, {entry.file for _, entry in wanted} | {shown(submission.root / INDEX)})
    index = EditedText(submission.root / INDEX)
    moved: dict[Path, Path] = {}
    changes: list[Change] = []
    for path, entry in {entry.path: entry for _, entry in wanted}.items():
        file = EditedText(path)
        _replace(file, CODE_KEY, new.code)
        for form in _forms(submission, path):
            _replace(file, form.name_path, new.name)
        moved[path] = path.with_name(_file_name(entry, new))
        changes += file.change(moved[path])
    refuse_existing([path for old, path in moved.items() if path != old])
    _move_in_lists(index, {old: path for old, path in moved.items() if path != old})
    if new.code:
        _move_notes(index, code, new.code)
    changes += index.change()
    refuse_outside(submission.root, [change.old for change in changes])
    old_words = [code] if new.code else []
    return Plan(tuple(changes), tuple(_mentions(submission, old_words, changes)))


def plan_unit_name(submission: Submission, old: str, new: str) -> Plan:
    """Plan to give a 预算单位 another full name in every year; nothing is changed.

    `old` is its full name or a 简称. It is replaced where it is the unit in project files and 共用 by their forms, as 名称
    in 单位, and as 部门; texts that speak of it stay, and are told. Raises GoalgenError: S06 for a unit that is nowhere, M02 or
    Y03 for a name that cannot be, S01 for one that another unit has, O06 for files outside, and the faults of files that
    would have to be changed.
    """
    full = full_name(submission, old)
    refuse_name(new, Place("--unit"))
    if any(unit.name == new or new in unit.aliases for unit in submission.units if unit.name != full):
        raise Problem(
            "S01", f"单位名录里已经有“{new}”", Place("--unit"), "两个单位合并的，在 projects.yaml 里手工改"
        ).error()
    entries = [entry for year in submission.years for entry in year.entries if entry.unit in (full, "")]
    stop_for(submission.problems, {entry.file for entry in entries} | {shown(submission.root / INDEX)})
    changes: list[Change] = []
    for path in dict.fromkeys(entry.path for entry in entries):
        file = EditedText(path)
        for form in _forms(submission, path):
            _replace(file, form.unit_path, new, full)
        changes += file.change()
    index = EditedText(submission.root / INDEX)
    keys = [*dict.fromkeys(year.form.unit_path for year in submission.years)]
    for mapping, key in _unit_places(index.root, keys):
        _replace(index, key, new, full, mapping)
    changes += index.change()
    if not changes:
        known = "、".join(unit.name for unit in submission.units)
        raise Problem("S06", f"没有单位“{one_line(old)}”", Place("--unit"), f"有：{known}" if known else "").error()
    refuse_outside(submission.root, [change.old for change in changes])
    return Plan(tuple(changes), tuple(_mentions(submission, [full], changes)))


def _one_project(submission: Submission, word: str) -> tuple[str, list[tuple[int, Entry]]]:
    """Find the 编号 that a word means, and its entries by year. Raises GoalgenError (S06)."""
    years = {year.year: year.entries for year in submission.years}
    found = select_in_years(years, [word], submission.units)
    codes = list(dict.fromkeys(entry.code for entries in found.values() for entry in entries))
    if len(codes) != 1:
        hint = f"写编号，例如 {codes[0]}"
        message = f"“{one_line(word)}”有 {len(codes)} 个项目：{'、'.join(codes[:5])}"
        raise Problem("S06", message, Place("项目"), hint).error()
    same = codes[0].casefold()
    return codes[0], [(year, one) for year, every in years.items() for one in every if one.code.casefold() == same]


def _refuse_names(submission: Submission, code: str, new: NewNames, years: Sequence[int]) -> None:
    if new.name:
        refuse_name(new.name, Place("--name"))
    if not new.code:
        return
    place = Place("--code")
    if years:
        hint = "去掉 --year；不是同一个项目的，用 goalgen new 和 goalgen remove"
        raise Problem("S01", "编号逐年不变，不能只改一个年度", place, hint).error()
    if not is_code(new.code):
        hint = "用英文字母、数字和 -，例如 bao-an-zhuan-fu-jing"
        raise Problem("M08", f"“{one_line(new.code)}”不能作编号", place, hint).error()
    others = [entry for year in submission.years for entry in year.entries if entry.code.casefold() != code.casefold()]
    taken = next((entry for entry in others if entry.code.casefold() == new.code.casefold()), None)
    if taken:
        raise Problem("S01", f"编号 {new.code} 已经给了 {taken.file}", place, "换一个编号").error()


def _forms(submission: Submission, path: Path) -> list[Form]:
    """Return the forms that a project file follows: those of the years that list it."""
    listing = (year.form for year in submission.years if any(entry.path == path for entry in year.entries))
    return list({form.id: form for form in listing}.values())


def _replace(file: EditedText, path: str, new: str, old: str = "", mapping: source.Mapping | None = None) -> None:
    """Put a new value under a path from the top (or from a mapping), if it has a value (`old`: this one)."""
    holder: source.Node | None = mapping or file.root
    *above, last = path.split(".")
    for key in above:
        holder = holder.get(key) if isinstance(holder, source.Mapping) else None
    value = holder.get(last) if isinstance(holder, source.Mapping) else None
    if new and isinstance(value, source.Scalar) and value.text not in ("", new) and old in ("", value.text):
        flow = holder is not None and file.text[holder.start] == "{"
        file.replace(value, scalar(new, flow), f"{path}：{value.text} → {new}")


def _file_name(entry: Entry, new: NewNames) -> str:
    """Return the name of a project's file, new where it was named after what is renamed; never only in upper or lower case."""
    number, rest = re.fullmatch(r"(\d+-)?(.*)", entry.path.stem, re.DOTALL).groups()  # type: ignore[union-attr]
    changed = rest
    if new.code and rest == safe_name(entry.code):
        changed = new.code
    elif new.name and rest == _stem(entry.name):
        changed = _stem(new.name)
    same = changed.casefold() == rest.casefold()
    return entry.path.name if same else f"{number or ''}{changed}{entry.path.suffix}"


def _stem(name: str) -> str:
    return safe_name(name).replace(" ", "-")


def _years(root: source.Mapping) -> list[source.Mapping]:
    years = root.get("年度")
    entries = years.entries if isinstance(years, source.Mapping) else ()
    return [block for _, block in entries if isinstance(block, source.Mapping)]


def _move_in_lists(index: EditedText, moved: dict[Path, Path]) -> None:
    names = {os.path.abspath(old): new for old, new in moved.items()}
    for block in _years(index.root):
        items = block.get("项目")
        for item in items.items if isinstance(items, source.Sequence) else ():
            new = names.get(os.path.abspath(index.path.parent / item.text)) if isinstance(item, source.Scalar) else None
            if new and isinstance(item, source.Scalar) and isinstance(items, source.Sequence):
                name = (Path(item.text).parent / new.name).as_posix()
                index.replace(item, scalar(name, index.text[items.start] == "["), f"清单：{item.text} → {name}")


def _move_notes(index: EditedText, old: str, new: str) -> None:
    for block in _years(index.root):
        notes = block.get(NOTES_KEY)
        for key, _ in notes.entries if isinstance(notes, source.Mapping) else ():
            if key.text == old:
                index.replace(key, new, f"{NOTES_KEY}：{old} → {new}")


def _unit_places(root: source.Mapping, keys: Sequence[str]) -> Iterator[tuple[source.Mapping, str]]:
    """Find in projects.yaml where a unit can be named: the mappings and their keys (`keys`: those of forms)."""
    yield root, "部门"
    units = root.get("单位")
    rows = units.items if isinstance(units, source.Sequence) else ()
    yield from ((row, "名称") for row in rows if isinstance(row, source.Mapping))
    for block in (root, *_years(root)):
        shared = block.get("共用")
        if isinstance(shared, source.Mapping):
            yield from ((shared, key) for key in keys)


def _mentions(submission: Submission, words: Iterable[str], changes: Sequence[Change]) -> Iterator[str]:
    """Tell where texts and comments of the submission still speak of the old words; they are a person's to change."""
    edited = {change.old: change.data for change in changes}
    index = submission.root / INDEX
    paths = dict.fromkeys([index, *(entry.path for year in submission.years for entry in year.entries)])
    for word in words:
        pattern = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])" if word.isascii() else re.escape(word))
        for path in paths:
            text = edited.get(path) or path.read_bytes()
            for number, line in enumerate(text.decode("utf-8-sig", "replace").split("\n"), 1):
                if pattern.search(line):
                    yield f"{shown(path)}:{number}: 还提到“{word}”，没有动：{one_line(line.strip())[:60]}"
