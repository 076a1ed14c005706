"""What the commands share: options, where the submission is, how problems and notices are shown."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

import click

from goalgen.errors import GoalgenError, Place, Problem, Severity
from goalgen.files import DISK
from goalgen.files.names import shown
from goalgen.reporting import totals, with_source
from goalgen.submission.index import MAX_INDEX_BYTES, find_root

F = TypeVar("F", bound=Callable[..., Any])
LONG_WORK: Final = 100
"""From how many forms on a terminal shows progress: some tenths of a second."""

_COLOURS: Final = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


class Console(NamedTuple):
    """How much to say, and in colour or not; results go to stdout, everything else to stderr."""

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
            word = click.style(problem.severity.value, fg=_COLOURS[problem.severity], bold=True)
            line = _line(problem.place) if self.verbose and problem.place.line else ""
            text = with_source(problem, line) if line else f"{problem}\n"
            click.echo(text.replace(problem.severity.value, word, 1), nl=False, err=err, color=self.color)

    def total(self, problems: Sequence[Problem]) -> None:
        """Close a list of problems with their count."""
        if problems:
            self.notice(f"共 {totals(problems)}")

    @contextmanager
    def progress(self, count: int, label: str) -> Iterator[Callable[[int], object]]:
        """A progress bar on stderr for long work in a terminal, nothing in a pipe; gives what tells it of steps done."""
        if self.quiet or count < LONG_WORK or not sys.stderr.isatty():
            yield lambda done: None
        else:
            with click.progressbar(length=count, label=label, file=sys.stderr) as bar:
                yield bar.update


def _line(place: Place) -> str:
    """The line of a file at a place; empty when there is no such file here, as in a git revision."""
    try:
        text = DISK.read(Path(place.file), MAX_INDEX_BYTES).decode("utf-8-sig", "replace")
        return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[place.line - 1]
    except (OSError, IndexError):
        return ""


def console_options(command: F) -> F:
    """-q, -v and --color, handed to the command as `console`."""

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
"""Nothing (the folder one stands in), a submission folder, or project files."""

folder_option = click.option(
    "-C", "--folder", type=click.Path(path_type=Path, file_okay=False), default=".", metavar="文件夹", help="申报文件夹"
)
"""The submission folder, for commands that take no paths."""


def locate(paths: Sequence[Path]) -> tuple[Path, list[Path]]:
    """The submission folder that the paths mean, and the project files among them. Raises GoalgenError."""
    missing = [path for path in paths if not path.exists()]
    if missing:
        raise GoalgenError([Problem("Y01", "没有这个文件或文件夹", Place(shown(path)), "检查路径") for path in missing])
    files = [path.resolve() for path in paths if path.is_file() and path.name != "projects.yaml"]
    roots = {find_root(path if path.is_dir() else path.parent) for path in paths} or {find_root(Path.cwd())}
    if len(roots) > 1:
        raise GoalgenError([Problem("S07", "一次只能处理一个申报文件夹", Place(shown(root))) for root in sorted(roots)])
    return roots.pop(), files


staged_option = click.option(
    "--staged", is_flag=True, default=False, help="只查下一次提交要改的项目文件，照 git add 时的样子"
)
"""The files of the next commit instead of those in the folder."""


@contextmanager
def chosen(paths: Sequence[Path], staged: bool) -> Iterator[list[tuple[Path, list[Path]]]]:
    """The submission folders to work on, each with the files chosen in it (none: all): what the paths mean, or the next commit.

    Raises GoalgenError; click.UsageError for both at once.
    """
    if not staged:
        yield [locate(paths)]
    elif paths:
        raise click.UsageError("--staged 后面不写路径")
    else:
        from goalgen.submission.staged import submissions  # late: only --staged asks git

        with submissions(Path.cwd()) as found:
            yield found
