"""Turn the words after `goalgen diff` into what they name: years, folders, project files, filled forms, git revisions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from goalgen.errors import GoalgenError, Place, Problem, errors_in
from goalgen.files import revision
from goalgen.files.names import near_file, shown
from goalgen.files.revision import Revision
from goalgen.submission.index import INDEX, Index, find_root, open_index

_YEAR: Final = re.compile(r"(?:19|20)\d\d", re.ASCII)
_FILLED_FORM_SUFFIXES: Final = (".docx", ".doc", ".docm", ".wps", ".txt")
_PROJECT_FILE_SUFFIXES: Final = (".yaml", ".yml")
_WRITE_BOTH_SIDES: Final = "写两边，例如 goalgen diff 2020 2021、goalgen diff 2020 报送.docx"
_COMMAND: Final = Place("goalgen diff")


class BudgetYear(NamedTuple):
    """Names one year of the submission in `root`; `label` says it where a person named the year's folder, else ""."""

    root: Path
    year: int
    label: str = ""


class SubmissionFolder(NamedTuple):
    """Names a submission with all its years; `label` is "" for the one that the person stands in."""

    root: Path
    label: str = ""


class ProjectFile(NamedTuple):
    """Names one project file (.yaml)."""

    path: Path


class FilledForms(NamedTuple):
    """Names a filled form, or a folder of filled forms."""

    path: Path


class GitRevision(NamedTuple):
    """Names the submission in `root` as git has it in a revision: `name` as a person wrote it, `files` in the disk's place."""

    root: Path
    name: str
    files: Revision


Named: TypeAlias = "BudgetYear | SubmissionFolder | ProjectFile | FilledForms | GitRevision"


def named_sides(words: Sequence[str], folder: Path) -> tuple[Named, Named]:
    """Tell what the old and the new side are that somebody standing in `folder` names with these words.

    Nothing: HEAD and the files as they are now; one revision: it and the files as they are now; `a..b`: two revisions;
    one year: the year before it, and it; one project file: HEAD, and the file; else two words, one for each side.
    Project files and filled forms are not read, only projects.yaml where a word may be a year.
    Raises GoalgenError: R04 and S06 for words that name no side, S07 outside of a submission, R01 to R03 for git's.
    """
    if len(words) > 2:
        raise Problem("R04", f"写了 {len(words)} 个，最多写两边", _COMMAND, _WRITE_BOTH_SIDES).error()
    desk = _Desk(folder)
    if len(words) == 2:
        return desk.side(words[0]), desk.side(words[1])
    return desk.both_sides(words[0] if words else "HEAD")


class _Desk:
    """Stands for where a person is: tells what a word names there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def index(self) -> Index:
        """Open the projects.yaml of the submission one stands in. Raises GoalgenError when there is none to use."""
        return open_index(find_root(self.folder))

    @cached_property
    def years(self) -> tuple[int, ...]:
        """List the years of the submission one stands in; none when there is no submission."""
        try:
            find_root(self.folder)
        except GoalgenError:
            return ()
        return _years(self.index)

    def both_sides(self, word: str) -> tuple[Named, Named]:
        """Tell what one word alone names on both sides."""
        path = self.folder / word
        if ".." in word and not path.exists():
            return self.two_revisions(word)
        if self.is_year(word):
            return self.year_before(int(word)), BudgetYear(self.index.root, int(word))
        if path.is_file() and path.suffix.lower() in _PROJECT_FILE_SUFFIXES:
            return self.revision("HEAD"), ProjectFile(path)
        if path.exists():
            raise Problem("R04", "只有一边", Place(shown(path)), _WRITE_BOTH_SIDES).error()
        return self.revision(word), SubmissionFolder(find_root(self.folder))

    def side(self, word: str) -> Named:
        """Tell what a word names on its side."""
        if self.is_year(word):
            return BudgetYear(self.index.root, int(word))
        path = self.folder / word
        if path.is_dir():
            return _folder(path)
        return _file(path) if path.is_file() else self.revision(word)

    def is_year(self, word: str) -> bool:
        """Tell whether a word is a year of the submission one stands in."""
        return bool(_YEAR.fullmatch(word)) and int(word) in self.years

    def year_before(self, year: int) -> BudgetYear:
        """Find the latest year before one. Raises GoalgenError (R04) for the first."""
        earlier = [one for one in self.years if one < year]
        if not earlier:
            place = Place(shown(self.index.root / INDEX))
            raise Problem("R04", f"{year} 之前没有别的年度", place, _WRITE_BOTH_SIDES).error()
        return BudgetYear(self.index.root, max(earlier))

    def two_revisions(self, word: str) -> tuple[Named, Named]:
        """Tell what `v1..v2` names; a side that is left out is HEAD."""
        first, _, second = word.partition("..")
        if second.startswith("."):
            raise Problem("R04", f"不认识 {word}", _COMMAND, f"写两个点：{first}..{second[1:]}").error()
        return self.revision(first or "HEAD"), self.revision(second or "HEAD")

    def revision(self, word: str) -> GitRevision:
        """Find a git revision of the submission one stands in. Raises GoalgenError when git knows none by this word."""
        root = find_root(self.folder)
        try:
            return GitRevision(root, word, revision.files_of(root, word))
        except GoalgenError as error:
            if word == "HEAD" or error.exit_code == 3:
                raise
            raise GoalgenError(self._no_side(word, error.problems[0])) from error

    def _no_side(self, word: str, problem: Problem) -> list[Problem]:
        """Say what is wrong with a word that names nothing to compare; of a year also why it cannot be read."""
        if not _YEAR.fullmatch(word):
            also = "这里也不是 git 仓库" if problem.code == "R01" else "也不是 git 的版本"
            near = near_file(self.folder / word)
            hint = f"你是不是想写 {shown(near)}" if near else "核对名字" if problem.code == "R01" else problem.hint
            return [Problem(problem.code, f"没有 {word}：不是年度、文件或文件夹，{also}", _COMMAND, hint)]
        file = shown(self.index.root / INDEX)
        listed = (fault for year in self.index.years for fault in year.problems)
        why = [
            fault for fault in errors_in((*self.index.problems, *listed)) if not self.years or fault.place.file == file
        ]
        if why and not self.years:
            return why
        return [
            *why,
            Problem("S06", f"没有 {word} 年度可以对照", Place(file), f"有：{'、'.join(map(str, self.years))}"),
        ]


def _years(index: Index) -> tuple[int, ...]:
    return tuple(listed.year for listed in index.years)


def _folder(path: Path) -> Named:
    """Tell a submission folder, the folder of one of its years, and a folder of filled forms apart."""
    if (path / INDEX).is_file():
        return SubmissionFolder(path, shown(path))
    real = path.resolve()
    if _YEAR.fullmatch(real.name) and (real.parent / INDEX.name).is_file():
        root = find_root(path)
        if int(real.name) in _years(open_index(root)):
            return BudgetYear(root, int(real.name), shown(path))
    return FilledForms(path)


def _file(path: Path) -> Named:
    """Tell a project file from a filled form by the file's ending. Raises GoalgenError (R04) for any other."""
    if path.suffix.lower() in _PROJECT_FILE_SUFFIXES:
        return ProjectFile(path)
    if path.suffix.lower() in _FILLED_FORM_SUFFIXES:
        return FilledForms(path)
    hint = "可以是项目文件（.yaml）、填好的表（.docx）、文件夹、年度或 git 版本"
    raise Problem("R04", "不认识这种文件", Place(shown(path)), hint).error()
