"""Copy a form pack under a new name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from goalgen.authoring.new_files import refuse_existing
from goalgen.errors import Place, Problem
from goalgen.files import writing
from goalgen.files.names import safe_name, shown
from goalgen.files.reading import read_whole
from goalgen.files.refusals import unreadable_template
from goalgen.forms.pack import load_form
from goalgen.source.writing import entry

TAKEN: Final = "换一个名字；已有的不动"


def copy_pack(spec: Path, folder: Path, name: str) -> tuple[Path, Path]:
    """Copy the spec and the template of a pack into a folder under another name; return where they are.

    Raises GoalgenError when the name is none for a file (L06), a file is there already (S08), or the pack cannot be read.
    """
    refuse_name(name)
    form = load_form(spec, shown(spec))
    text = read_whole(spec).decode("utf-8-sig")
    for key, value in (("表样", name), ("模板", f"{name}.docx")):
        text = re.sub(rf"(?m)^{key}\s*:.*$", lambda _: entry(key, value), text, count=1)  # noqa: B023 - used at once
    paths = folder / f"{name}.yaml", folder / f"{name}.docx"
    refuse_existing([*paths], TAKEN)
    try:
        template = read_whole(form.template)
    except OSError as error:
        raise unreadable_template(shown(form.template), error).error() from error
    writing.write(paths[0], text.encode())
    writing.write(paths[1], template)
    return paths


def refuse_name(name: str) -> None:
    """Raise GoalgenError (L06) for a name that no file and no spec can have."""
    if not name or safe_name(name) != name or "." in name:
        hint = f"例如 {safe_name(name).replace('.', '_')}" if name else "例如 chang_sha_2025"
        raise Problem("L06", f"“{name}”不能作表样的名字", Place("--name"), hint).error()
