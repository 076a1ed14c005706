"""Cut a difference down to what was asked for: some projects, some fields, routine changes or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import PurePath

from goalgen.diff import indicators
from goalgen.diff.comparing import assembled
from goalgen.diff.values import Change, Difference, Identity
from goalgen.errors import Place, Problem
from goalgen.forms import Form
from goalgen.forms.blocks.tree import NAME_KEY
from goalgen.forms.shape import paths_of, project_shape
from goalgen.submission.selection import is_named
from goalgen.text.likeness import suggest


def of_projects(difference: Difference, only: Sequence[str], aliases: Mapping[str, str]) -> Difference:
    """Keep the projects that a pattern names on either side, and total just these.

    Patterns are 编号, 项目名称, 预算单位 (or 简称, by `aliases`) or file names, `*` allowed; all projects when there is none.
    Raises GoalgenError (S06) for a pattern that names nothing.
    """
    if not only:
        return difference
    patterns = [aliases.get(pattern, pattern) for pattern in only]
    ones = [*difference.added, *difference.removed, *(one for pair in difference.pairs for one in (pair.old, pair.new))]
    for pattern in patterns:
        if not any(_named(one, [pattern]) for one in ones):
            words = sorted({word for one in ones for word in (one.code, one.name, one.unit) if word})
            raise Problem("S06", f"两边都没有项目符合“{pattern}”", Place("--only"), suggest(pattern, words)).error()
    return assembled(
        replace(
            difference,
            added=tuple(one for one in difference.added if _named(one, patterns)),
            removed=tuple(one for one in difference.removed if _named(one, patterns)),
            pairs=tuple(p for p in difference.pairs if _named(p.old, patterns) or _named(p.new, patterns)),
        )
    )


def _named(one: Identity, patterns: Sequence[str]) -> bool:
    """Tell whether any of the patterns names a project."""
    return any(is_named(pattern, PurePath(one.file), one.code, one.name, one.unit) for pattern in patterns)


def of_fields(difference: Difference, fields: Sequence[str], form: Form) -> Difference:
    """Keep only the changes of these fields; new, gone and renamed projects stay.

    A field is a path or a part of one (`资金.年度`, `财政拨款`, `数量指标`), `*` allowed; all changes stay when there
    is none. Raises GoalgenError (R05) for a field that `form` does not have and no change names.
    """
    if not fields:
        return difference
    rows = [
        f"{table.key}.{word}"
        for table in form.indicator_tables
        for word in (NAME_KEY, *(column.key for column in table.written), indicators.GROUP_KEY)
    ]
    known = [*paths_of(project_shape(form)), *rows]
    written = [path for change in difference.changes for path in (change.field, change.was)]
    for pattern in fields:
        if not any(_fits(path, pattern) for path in (*known, *written)):
            words = list(dict.fromkeys([*known, *(word for path in known for word in path.split("."))]))
            raise Problem("R05", f"没有“{pattern}”这个字段", Place("--fields"), suggest(pattern, words)).error()
    return _with_changes(
        difference, lambda change: any(_fits(p, f) for p in (change.field, change.was) for f in fields)
    )


def _with_changes(difference: Difference, wanted: Callable[[Change], bool]) -> Difference:
    """Keep only the wanted changes of every project."""
    pairs = (replace(pair, changes=tuple(filter(wanted, pair.changes))) for pair in difference.pairs)
    return replace(difference, pairs=tuple(pairs))


def _fits(path: str, pattern: str) -> bool:
    """Tell whether a pattern names a path: all of it when it has a `*`, else any run of the path's words."""
    return fnmatchcase(path, pattern) if "*" in pattern else f".{pattern}." in f".{path}."


def without_routine(difference: Difference) -> Difference:
    """Leave out the changes that a new year always brings, and count them in `hidden`."""
    hidden = sum(change.routine for change in difference.changes)
    return replace(_with_changes(difference, lambda change: not change.routine), hidden=difference.hidden + hidden)
