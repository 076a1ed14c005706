"""Print what was written to project files, for `import` and `sheet import`."""

from __future__ import annotations

from goalgen.cli.common import Console
from goalgen.exchange.project_files import Written, WrittenFile
from goalgen.files.names import shown


def print_written(written: Written, console: Console) -> None:
    """Print the files that were written, what merges changed in them, and the warnings; an error is left to be raised."""
    same = [file for file in written.files if file.changes is not None and not file.changes]
    for file in written.files:
        _print_changes(file, console)
        console.result(shown(file.path))
    if same:
        console.notice(f"{len(same)} 个项目没有不同")
    if written.failed:
        _print_changes(written.failed, console)
    if written.index:
        console.result(shown(written.index))
    console.problems(written.problems)
    console.total(written.problems)
    if written.new_submission:
        console.notice("新建了 data/projects.yaml；运行 goalgen schema 写出编辑器的提示")


def _print_changes(file: WrittenFile, console: Console) -> None:
    for change in file.changes or ():
        console.notice(
            f"{file.name}:{change.line}: {change.field}：{change.old or '（空）'} → {change.new or '（空）'}"
        )
