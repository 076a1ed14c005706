"""What the words after `goalgen diff` mean: years, folders, project files, filled forms, git revisions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Final

from goalgen.diff import sides
from goalgen.diff.sides import Source, Whole
from goalgen.diff.values import Side
from goalgen.errors import GoalgenError, Place, Problem, errors_in
from goalgen.files import revision
from goalgen.files.names import shown
from goalgen.submission.index import INDEX, find_root

_YEAR: Final = re.compile(r"(?:19|20)\d\d", re.ASCII)
_FILLED: Final = (".docx", ".doc", ".docm", ".wps", ".txt")
_YAML: Final = (".yaml", ".yml")
_BOTH: Final = "写两边，例如 goalgen diff 2020 2021、goalgen diff 2020 报送.docx"
_HERE: Final = Place("goalgen diff")


def sources(words: Sequence[str], folder: Path) -> tuple[Source, Source]:
    """The old and the new side that the words name for somebody standing in `folder`.

    Nothing: HEAD and the files as they are now; one revision: it and the files as they are now; `a..b`: two revisions;
    one year: the year before it, and it; one project file: HEAD, and the file; else two words, one for each side.
    Raises GoalgenError: R04 for words that name no side, R01 to R03 for git's, and whatever reading a side brings up.
    """
    if len(words) > 2:
        raise Problem("R04", f"写了 {len(words)} 个，最多写两边", _HERE, _BOTH).error()
    reader = _Reader(folder)
    if len(words) == 2:
        return reader.source(words[0]), reader.source(words[1])
    return reader.pair(words[0] if words else "HEAD")


class _Reader:
    """Turns words into sides; the submission one stands in is read once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def here(self) -> Whole:
        """The submission one stands in. Raises GoalgenError when there is none."""
        return sides.whole(find_root(self.folder))

    def years(self) -> tuple[int, ...]:
        """The years of the submission one stands in; none when there is no submission."""
        try:
            find_root(self.folder)
        except GoalgenError:
            return ()
        return self.here.years

    def pair(self, word: str) -> tuple[Source, Source]:
        """Both sides where one word is written."""
        path = self.folder / word
        if ".." in word and not path.exists():
            return self.between(word)
        if _YEAR.fullmatch(word) and int(word) in self.years():
            return self.before(int(word)), self.here.side(int(word))
        if path.is_file() and path.suffix.lower() in _YAML:
            return self.revision("HEAD"), sides.project(path)
        if path.exists():
            raise Problem("R04", "只有一边", Place(shown(path)), _BOTH).error()
        return self.revision(word), self.here

    def between(self, word: str) -> tuple[Source, Source]:
        """Both sides of `v1..v2`; one that is left out is HEAD."""
        first, _, second = word.partition("..")
        if second.startswith("."):
            raise Problem("R04", f"不认识 {word}", _HERE, f"写两个点：{first}..{second[1:]}").error()
        return self.revision(first or "HEAD"), self.revision(second or "HEAD")

    def before(self, year: int) -> Side:
        """The latest year before one."""
        earlier = [one for one in self.here.years if one < year]
        if not earlier:
            place = Place(shown(self.here.submission.root / INDEX))
            raise Problem("R04", f"{year} 之前没有别的年度", place, _BOTH).error()
        return self.here.side(max(earlier))

    def source(self, word: str) -> Source:
        """One side by the word that names it."""
        if _YEAR.fullmatch(word) and int(word) in self.years():
            return self.here.side(int(word))
        path = self.folder / word
        if path.is_dir():
            return _folder(path)
        return _file(path) if path.is_file() else self.revision(word)

    def revision(self, word: str) -> Whole:
        """A git revision of the submission one stands in."""
        root = find_root(self.folder)
        try:
            files = revision.files_of(root, word)
        except GoalgenError as error:
            if word == "HEAD" or error.exit_code == 3:
                raise
            raise GoalgenError(self._no_side(word, error.problems[0])) from error
        return sides.whole(root, word, files)

    def _no_side(self, word: str, problem: Problem) -> list[Problem]:
        """What is wrong with a word that is nothing one could compare with; of a year also why it cannot be read."""
        if _YEAR.fullmatch(word):
            years = "、".join(map(str, self.years()))
            index = shown(self.here.submission.root / INDEX)
            read = self.here.submission.years
            why = [fault for fault in errors_in(self.here.submission.problems) if not read or fault.place.file == index]
            if why and not read:
                return why
            return [*why, Problem("S06", f"没有 {word} 年度可以对照", Place(index), f"有：{years}")]
        also = "这里也不是 git 仓库" if problem.code == "R01" else "也不是 git 的版本"
        hint = "核对名字" if problem.code == "R01" else problem.hint
        return [Problem(problem.code, f"没有 {word}：不是年度、文件或文件夹，{also}", _HERE, hint)]


def _folder(path: Path) -> Source:
    """A submission folder, the folder of one of its years, or a folder of filled forms."""
    if (path / INDEX).is_file():
        return sides.whole(path, shown(path))
    whole = path.resolve()
    if _YEAR.fullmatch(whole.name) and (whole.parent / INDEX.name).is_file():
        submission = sides.whole(find_root(path))
        if int(whole.name) in submission.years:
            return replace(submission.side(int(whole.name)), label=shown(path))
    return _filled(path)


def _file(path: Path) -> Side:
    if path.suffix.lower() in _YAML:
        return sides.project(path)
    if path.suffix.lower() in _FILLED:
        return _filled(path)
    hint = "可以是项目文件（.yaml）、填好的表（.docx）、文件夹、年度或 git 版本"
    raise Problem("R04", "不认识这种文件", Place(shown(path)), hint).error()


def _filled(path: Path) -> Side:
    """Read filled forms as one side."""
    from goalgen.diff.filled_forms import side  # late: lxml is for Word files only

    return side(path)
