"""Run `goalgen show`: filled forms as text."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import file_digest
from pathlib import Path

import click

from goalgen.cli.chinese import ChineseCommand
from goalgen.cli.common import Console, console_options
from goalgen.errors import GoalgenError
from goalgen.exchange.filled_forms.folder import gather_files, open_documents, submission_folder
from goalgen.files.names import shown
from goalgen.forms.pack import BUILT_IN_FOLDERS
from goalgen.word.lines import Line
from goalgen.word.plain_text import rows


@click.command("show", cls=ChineseCommand)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="文件或文件夹...")
@click.option("--textconv", is_flag=True, default=False, help="给 git diff 用：打不开的文件印一行原因，不算失败")
@console_options
def command(paths: tuple[Path, ...], textconv: bool, console: Console) -> None:
    """把 Word 文件（.docx）印成文字：表的一行就是一行，格子之间用 | 隔开。总是 UTF-8，不写任何文件。"""
    if textconv:
        for path in paths:
            _print(_for_git(path))
        return
    found = open_documents(gather_files(paths), None, submission_folder(None) / "templates")[1]
    for path, lines in found.items():
        if len(found) > 1:
            console.notice(f"── {shown(path)}")
        _print(_text(lines))


def _print(text: str) -> None:
    """Print a text as bytes: git would take Windows' CRLF for part of it."""
    click.echo(f"{text}\n".encode("utf-8", "replace"), nl=False)


def _text(lines: Iterable[Line]) -> str:
    return "\n".join(rows(lines))


def _for_git(path: Path) -> str:
    """Return the text of a file for a comparison, or why it cannot be opened: git must go on with the next file."""
    try:
        found = open_documents([path], None, BUILT_IN_FOLDERS[0])[1]
    except GoalgenError as error:
        return f"（{'；'.join(problem.message for problem in error.problems)}{_digest(path)}）"
    return _text(found[path])


def _digest(path: Path) -> str:
    """Name the bytes of a file that cannot be opened, so that two versions of it can still be told apart."""
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return f"；sha256 {file_digest(file, 'sha256').hexdigest()}"
