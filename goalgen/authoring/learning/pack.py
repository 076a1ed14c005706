"""Learn a form from a blank's file, and write spec, template and page beside each other, none over another."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from goalgen.authoring.learning.learn import learn
from goalgen.authoring.new_files import refuse_existing
from goalgen.authoring.pack_copy import TAKEN, refuse_name
from goalgen.errors import Problem
from goalgen.files import writing
from goalgen.files.names import safe_name, shown
from goalgen.files.reading import read_whole
from goalgen.files.refusals import unreadable


class LearnedPack(NamedTuple):
    """Tell what was learned: the files, how many places have a tag and how many were not understood, what to look at.

    `check` is the word by which `goalgen form check` finds the pack.
    """

    paths: tuple[Path, ...]
    tagged: int
    unread: int
    problems: tuple[Problem, ...]
    check: str


def learn_pack(blank: Path, folder: Path, name: str | None = None) -> LearnedPack:
    """Learn a form from a blank, and write 名字.yaml, 名字.docx and 名字.html into a folder.

    Raises GoalgenError as `learn` does, when the blank cannot be read (Y01), the name is none (L06), or one of the files
    is there already (S08).
    """
    name = name if name is not None else safe_name("_".join(blank.stem.split())).replace(".", "_")
    refuse_name(name)
    paths = tuple(folder / f"{name}.{ending}" for ending in ("yaml", "docx", "html"))
    refuse_existing([*paths], TAKEN)
    try:
        data = read_whole(blank)
    except OSError as error:
        raise unreadable(shown(blank), error).error() from error
    found = learn(data, name, shown(blank), folder)
    for path, text in zip(paths, (found.spec.encode(), found.template, found.page.encode()), strict=True):
        writing.write(path, text)
    own = folder.name == "templates"
    check = name if own else shown(paths[0])
    return LearnedPack(paths, found.tagged, found.unread, found.problems, check)
