"""`goalgen schema`: write the JSON Schema files for editors."""

from __future__ import annotations

from pathlib import Path

import click

from goalgen.authoring.kit import write_schemas
from goalgen.authoring.upgrade import note_written
from goalgen.cli.chinese import ChineseCommand
from goalgen.cli.common import Console, console_options, folder_option, locate
from goalgen.files.names import shown
from goalgen.submission.outputs import SCHEMA, refuse_source_folder


@click.command("schema", cls=ChineseCommand)
@folder_option
@click.option(
    "-o",
    "--output",
    "out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="文件夹",
    help="写到这里，不写到申报文件夹的 schema",
)
@console_options
def command(folder: Path, out: Path | None, console: Console) -> None:
    """写出 draft-07 JSON Schema：VS Code 里写项目文件时有补全、悬停说明和红线。改过表样以后再运行一次。"""
    root, _ = locate([folder])
    if out:
        refuse_source_folder(out, root, SCHEMA)
    written = list(write_schemas(root, out))
    for path in written:
        console.result(shown(path))
    if out is None:
        note_written(root, written)
