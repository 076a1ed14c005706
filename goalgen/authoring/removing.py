"""Take projects out of a submission: their files, their lines in projects.yaml, what other years say of them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from goalgen import source
from goalgen.authoring.changes import Change, EditedText, Plan
from goalgen.errors import GoalgenError, Place, Problem
from goalgen.files.names import shown
from goalgen.forms.shape import NOTES_KEY
from goalgen.source.editing import Edit, line_break, line_start, without_entry, without_items
from goalgen.source.writing import entry, scalar
from goalgen.submission import Entry, Year
from goalgen.submission.changing import outside, refuse_outside
from goalgen.submission.index import INDEX
from goalgen.submission.selection import select
from goalgen.submission.submission import Submission

_LIST_KEY: Final = "项目"


def plan_removal(submission: Submission, words: Sequence[str], years: Sequence[int], reason: str = "") -> Plan:
    """Plan to take projects out of a submission read whole; nothing is changed.

    `words` name projects as `--only` of render does; each is taken out of the `years`, without any out of the latest
    year. `reason` is why they are not reported any more: it is noted in 变更说明 of that year where the year
    before has the project. A file that another year lists, or that lies outside of the folder, stays. Raises GoalgenError
    (S06) for a word that names nothing, for faults of projects.yaml, and where it lies outside itself (O06).
    """
    chosen = _chosen(submission, words, years)
    index = EditedText(submission.root / INDEX)
    gone = {(year.year, one.path) for year, entries in chosen for one in entries}
    listed = {one.path for year in submission.years for one in year.entries if (year.year, one.path) not in gone}
    changes: dict[Path, Change] = {}
    notices: list[str] = []
    for year, entries in chosen:
        _take_from_list(index, _year_block(index, year.year), entries)
        for path, one in {one.path: one for one in entries}.items():
            if path in listed or outside(submission.root, path):
                notices.append(f"{shown(path)} 还在别处用着，文件没有删")
            else:
                name = f"（{one.name}）" if one.name else ""
                changes[path] = Change(path, None, b"", (f"{shown(path)}{name}：删去",))
        notices += _elsewhere(submission, year, entries, chosen)
    _change_notes(submission, index, chosen, reason)
    refuse_outside(submission.root, [index.path])
    return Plan((*index.change(), *changes.values()), tuple(dict.fromkeys(notices)))


def _chosen(submission: Submission, words: Sequence[str], years: Sequence[int]) -> list[tuple[Year, tuple[Entry, ...]]]:
    """Find by year the entries that the words name. Raises GoalgenError (S06)."""
    chosen = [submission.of(year) for year in dict.fromkeys(years)] or [submission.latest()]
    found = []
    for year in chosen:
        try:
            found.append((year, select(year.year, year.entries, words, submission.units)))
        except GoalgenError as error:
            raise GoalgenError(
                _in_other_years(submission, year, problem, words) for problem in error.problems
            ) from error
    return found


def _in_other_years(submission: Submission, asked: Year, problem: Problem, words: Sequence[str]) -> Problem:
    """Tell in which other years the words name something; what was reported then goes only when asked for by its year."""
    had = [str(year.year) for year in submission.years if year is not asked and _names_all(year, words, submission)]
    hint = f"{'、'.join(had)} 年度有；要去掉那时的，加 --year {had[-1]}" if had else problem.hint
    return problem._replace(place=Place("项目"), hint=hint)


def _names_all(year: Year, words: Sequence[str], submission: Submission) -> bool:
    try:
        return bool(select(year.year, year.entries, words, submission.units))
    except GoalgenError:
        return False


def _year_block(index: EditedText, year: int) -> source.Mapping:
    years = index.root.get("年度")
    block = years.get(str(year)) if isinstance(years, source.Mapping) else None
    assert isinstance(block, source.Mapping), "a year that was read has its block"
    return block


def _take_from_list(index: EditedText, block: source.Mapping, entries: Sequence[Entry]) -> None:
    items = block.get(_LIST_KEY)
    assert isinstance(items, source.Sequence), "entries that were read are listed"
    gone = {os.path.abspath(one.path) for one in entries}
    numbers = [
        number
        for number, item in enumerate(items.items)
        if isinstance(item, source.Scalar) and os.path.abspath(index.path.parent / item.text) in gone
    ]
    words = "、".join(
        item.text for n, item in enumerate(items.items) if n in numbers and isinstance(item, source.Scalar)
    )
    index.edit(without_items(index.text, items, numbers), items.items[numbers[0]].line, f"清单里去掉 {words}")


def _change_notes(
    submission: Submission, index: EditedText, chosen: Sequence[tuple[Year, tuple[Entry, ...]]], reason: str
) -> None:
    """Bring 变更说明 of every year up to what goes: a reason is noted in its year, what the year after said is taken out."""
    gone = {(year.year, one.code) for year, entries in chosen for one in entries}
    for year in submission.years:
        before = _neighbour(submission, year.year, -1)
        had = {one.code for one in before.entries if one.code} if before else set()
        left = had - {code for number, code in gone if before and number == before.year}
        add = [code for number, code in sorted(gone) if reason and number == year.year and code in left]
        drop = [code for code in year.gone if code in had - left]
        if not (add or drop):
            continue
        block = _year_block(index, year.year)
        said = [f"记下 {code}：{reason}" for code in add] + [f"去掉 {code}：{year.gone[code]}" for code in drop]
        words = f"{year.year} 年度的{NOTES_KEY}里{'，'.join(said)}"
        index.edit(list(_note_edits(index.text, block, {code: reason for code in add}, drop)), block.line, words)


def _note_edits(text: str, block: source.Mapping, add: Mapping[str, str], drop: Sequence[str]) -> Iterator[Edit]:
    """Edit 变更说明 in the block of a year: some 编号 with their reasons come in, others go."""
    notes = block.get(NOTES_KEY)
    if not isinstance(notes, source.Mapping):
        yield _new_notes(text, block, add)
        return
    if text[notes.start] == "{":
        kept = [text[key.start : value.end] for key, value in notes.entries if key.text not in drop]
        yield Edit(notes.start, notes.end, _in_braces([*kept, *_flow(add)]))
        return
    at = line_start(text, notes.start)
    lines = (f"{text[at : notes.start]}{entry(code, said)}{line_break(text)}" for code, said in add.items())
    yield Edit(at, at, "".join(lines))
    for code in drop:
        yield without_entry(text, notes, code)


def _new_notes(text: str, block: source.Mapping, add: Mapping[str, str]) -> Edit:
    """Return the edit that begins 变更说明 in a year's block: where the key stands empty, else above the list."""
    key = next(key for key, _ in block.entries if key.text in (NOTES_KEY, _LIST_KEY))
    said = f"{NOTES_KEY}: {_in_braces(list(_flow(add)))}"
    if key.text == NOTES_KEY:
        return Edit(key.start, text.index(":", key.end) + 1, said)
    before = text[line_start(text, key.start) : key.start]
    return Edit(key.start, key.start, f"{said}, " if before.strip() else f"{said}{line_break(text)}{before}")


def _flow(add: Mapping[str, str]) -> Iterator[str]:
    return (f"{code}: {scalar(said, True)}" for code, said in add.items())


def _in_braces(entries: Sequence[str]) -> str:
    return f"{{{', '.join(entries)}}}"


def _neighbour(submission: Submission, year: int, step: int) -> Year | None:
    """Find the nearest year after (1) or before (-1) a year."""
    found = [one for one in submission.years if (one.year - year) * step > 0]
    return min(found, key=lambda one: abs(one.year - year), default=None)


def _elsewhere(
    submission: Submission, year: Year, entries: Sequence[Entry], chosen: Sequence[tuple[Year, tuple[Entry, ...]]]
) -> Iterator[str]:
    """Tell in which other years the projects go on."""
    for one in entries:
        left = [
            str(other.year)
            for other in submission.years
            if other.year != year.year
            and any(there.code == one.code and one.code for there in other.entries)
            and not any(other.year == taken.year and one.code in {away.code for away in gone} for taken, gone in chosen)
        ]
        if left:
            yield f"{one.name or one.code}：{'、'.join(left)} 年度也有，没有动；要一起去掉，加 --year {left[-1]}"
