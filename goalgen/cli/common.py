"""Share among commands their options, the way to the submission, and how problems and notices are shown."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from itertools import groupby
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

import click

from goalgen.errors import GoalgenError, Place, Problem, Severity
from goalgen.files import DISK, writing
from goalgen.files.names import near_file, shown
from goalgen.reporting import folded, totals, with_source
from goalgen.submission.changing import changing, sweep_sources
from goalgen.submission.index import MAX_INDEX_BYTES, find_root

F = TypeVar("F", bound=Callable[..., Any])
LONG_WORK: Final = 100
"""How many forms are long work, some tenths of a second, for which a terminal shows progress."""

_FILES: Final = (".yaml", ".yml", ".txt", ".docx", ".xlsx")
"""Endings of names that a person means a file by."""
_SEVERITY_COLOURS: Final = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


class Console(NamedTuple):
    """Print as much as was asked for, in colour or not; results go to stdout, everything else to stderr."""

    quiet: bool
    verbose: bool
    color: bool | None

    def result(self, text: str) -> None:
        """Print what the command was run for."""
        click.echo(text, color=self.color)

    def notice(self, text: str) -> None:
        """Tell what happens meanwhile, unless -q."""
        if not self.quiet:
            click.echo(text, err=True, color=self.color)

    def problems(self, problems: Iterable[Problem], err: bool = True) -> None:
        """Print problems a line each; with -v followed by the source line and a caret."""
        for problem in problems:
            word = click.style(problem.severity.value, fg=_SEVERITY_COLOURS[problem.severity], bold=True)
            line = _line(problem.place) if self.verbose and problem.place.line else ""
            text = with_source(problem, line) if line else f"{problem}\n"
            click.echo(text.replace(problem.severity.value, word, 1), nl=False, err=err, color=self.color)

    def folded(self, problems: Iterable[Problem]) -> None:
        """Print problems on stderr, those of one code in one file folded."""
        for _, of_file in groupby(problems, key=lambda problem: problem.place.file):
            for item in folded([*of_file], "goalgen check --all 全部列出"):
                if isinstance(item, Problem):
                    self.problems([item])
                else:
                    click.echo(item, err=True, color=self.color)

    def total(self, problems: Sequence[Problem]) -> None:
        """Close a list of problems with their count."""
        if problems:
            self.notice(f"共 {totals(problems)}")

    def changing(self, root: Path) -> AbstractContextManager[None]:
        """Keep other runs from changing a submission meanwhile, and say so when this one has to wait (see `changing`)."""
        return changing(root, self.told_to_wait)

    def told_to_wait(self) -> None:
        """Say that another run is changing the submission, and that this one waits for it."""
        self.notice("另一个 goalgen 正在改这些项目文件，等它做完")

    def no_projects(self, years: Iterable[int]) -> None:
        """Say of each year that lists no projects that there are none yet, and how to begin."""
        for year in years:
            self.notice(f"{year} 年度还没有项目；用 goalgen new 项目名称 --year {year} 加一个")

    @contextmanager
    def progress(self, count: int, label: str) -> Iterator[Callable[[int], object]]:
        """Show a progress bar on stderr for long work in a terminal; lend a function that tells it how many more steps are done.

        In a pipe, with -q and for short work nothing is shown.
        """
        if self.quiet or count < LONG_WORK or not sys.stderr.isatty():
            yield lambda done: None
        else:
            with click.progressbar(length=count, label=label, file=sys.stderr) as bar:
                yield bar.update


def write_report(output: Path, report: str | bytes, console: Console) -> None:
    """Write a report to a file and say so, also that it took the place of another."""
    before = output.is_file()
    changed = writing.write(output, report.encode("utf-8") if isinstance(report, str) else report)
    console.notice(f"已写 {shown(output)}" + ("，换掉了原来的" if before and changed else ""))


def _line(place: Place) -> str:
    """Return the line of a file at a place; empty when there is no such file here, as for a git revision."""
    try:
        text = DISK.read(Path(place.file), MAX_INDEX_BYTES).decode("utf-8-sig", "replace")
        return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[place.line - 1]
    except (OSError, IndexError):
        return ""


def console_options(command: F) -> F:
    """Add -q, -v and --color to a command, which gets them as `console`."""

    def run(*args: Any, quiet: bool, verbose: bool, color: str, **kwargs: Any) -> Any:
        return command(*args, console=Console(quiet, verbose, _color(color)), **kwargs)

    run.__name__, run.__doc__ = command.__name__, command.__doc__
    run.__click_params__ = getattr(command, "__click_params__", [])  # type: ignore[attr-defined]
    wrapped: Any = run
    for option in (
        click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="颜色"),
        click.option("-v", "--verbose", is_flag=True, default=False, help="多说：源文件那一行和位置"),
        click.option("-q", "--quiet", is_flag=True, default=False, help="少说：只要结果和问题"),
    ):
        wrapped = option(wrapped)
    return wrapped  # type: ignore[no-any-return]


def _color(choice: str) -> bool | None:
    if choice == "auto":
        return False if os.environ.get("NO_COLOR") else None
    return choice == "always"


paths_argument = click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[路径]...")
"""Paths of project files or of a submission folder; none means the folder one stands in."""

projects_argument = click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[路径或项目]...")
"""What `paths_argument` takes, or names of projects as `only_option` takes them; `named` tells them apart."""

only_option = click.option(
    "--only", multiple=True, metavar="项目", help="只要这些项目：编号、项目名称、预算单位（或简称）、文件名，可用 *"
)
"""Option for some of the projects, for commands that take paths too."""

folder_option = click.option(
    "-C", "--folder", type=click.Path(path_type=Path, file_okay=False), default=".", metavar="文件夹", help="申报文件夹"
)
"""The submission folder, for commands that take no paths."""


def named(words: Sequence[Path], only: Sequence[str]) -> tuple[list[Path], tuple[str, ...]]:
    """Part the words after a command from the names of projects among them, which are patterns like those of `only`.

    The words are names when none of them is a file here or looks like one. Raises click.UsageError for a bare year.
    """
    if not words or any(word.exists() or len(word.parts) != 1 or word.suffix in _FILES for word in words):
        return [*words], (*only,)
    for word in words:
        if re.fullmatch("(19|20)[0-9]{2}", str(word)):
            raise click.UsageError(f"没有 {word} 这个文件或项目；年度写成 --year {word}")
    return [], (*only, *map(str, words))


def locate(paths: Sequence[Path]) -> tuple[Path, list[Path]]:
    """Find the submission folder that the paths mean, and the project files among them.

    Raises GoalgenError when a path is not there (Y01), and when there is no such folder or more than one (S07).
    """
    missing = [path for path in paths if not path.exists()]
    if missing:
        raise GoalgenError(
            [Problem("Y01", "没有这个文件或文件夹", Place(shown(path)), _near_path(path)) for path in missing]
        )
    files = [path.resolve() for path in paths if path.is_file() and path.name != "projects.yaml"]
    roots = {find_root(path if path.is_dir() else path.parent) for path in paths} or {find_root(Path.cwd())}
    for root in roots:
        sweep_sources(root)
    if len(roots) > 1:
        raise GoalgenError([Problem("S07", "一次只能处理一个申报文件夹", Place(shown(root))) for root in sorted(roots)])
    return roots.pop(), files


def meant(words: Sequence[Path], only: Sequence[str]) -> tuple[Path, list[Path], tuple[str, ...]]:
    """Find the submission folder that the words after a command mean, the project files and the patterns among them.

    Raises as `named` and `locate` do.
    """
    paths, patterns = named(words, only)
    return *locate(paths), patterns


def _near_path(path: Path) -> str:
    """Say which file a path that is not there may mean: a like name beside it, else in the submission's data folder."""
    near = near_file(path)
    if near is None:
        with suppress(GoalgenError):
            data = find_root(path.parent if path.parent.is_dir() else Path.cwd()) / "data"
            near = near_file(path, DISK.matching(data, "*/*.yaml"))
    return f"你是不是想写 {shown(near)}" if near else "检查路径"


staged_option = click.option(
    "--staged", is_flag=True, default=False, help="只查下一次提交要改的项目文件，照 git add 时的样子"
)
"""Option for the files of the next commit instead of those in the folder."""


@contextmanager
def chosen(paths: Sequence[Path], staged: bool) -> Iterator[list[tuple[Path, list[Path]]]]:
    """Lend the submission folders to work on, each with the files chosen in it (none: all).

    They are those that the paths mean or, with `staged`, those of the next commit, copied out for the time being.

    Raises GoalgenError; click.UsageError for paths together with `staged`.
    """
    if not staged:
        yield [locate(paths)]
    elif paths:
        raise click.UsageError("--staged 后面不写路径")
    else:
        from goalgen.submission.staged import submissions  # late: only --staged asks git

        with submissions(Path.cwd()) as found:
            yield found
