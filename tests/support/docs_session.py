"""The Markdown pages as a reader uses them: their fenced blocks, and their command lines run in a folder of their own."""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Final, NamedTuple
from unittest.mock import patch

import click

import goalgen
from goalgen.cli import main
from tests.support.places import ROOT
from tests.support.project_making import replace

_FENCE: Final = re.compile(r"^(?P<pad> *)```(?P<info>[^\n`]*)\n(?P<text>.*?)^(?P=pad)```$", re.DOTALL | re.MULTILINE)


class Block(NamedTuple):
    """A fenced block: its language, what else stands behind the fence, its text without the fence's indentation."""

    language: str
    note: str
    text: str


def blocks(page: str) -> Iterator[Block]:
    """The fenced blocks of a page, in order."""
    for fence in _FENCE.finditer(page):
        language, _, note = fence["info"].strip().partition(" ")
        lines = [line.removeprefix(fence["pad"]) for line in fence["text"].splitlines()]
        yield Block(language, note.strip(), "\n".join(lines) + "\n")


def every_command(group: click.Group, path: str = "") -> Iterator[tuple[str, click.Command]]:
    """The commands of a group and of its groups, each with its words (`sheet export`)."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        own = f"{path} {name}".strip()
        yield own, command
        if isinstance(command, click.Group):
            yield from every_command(command, own)


def command_lines(block: Block) -> Iterator[str]:
    """The lines a reader would type, without comments and, in a transcript, without the prompt."""
    prompt = "$ " if block.language == "console" else ""
    for line in block.text.splitlines():
        if line.strip() and line.startswith(prompt) and not line.startswith("#"):
            yield re.sub(r"\s+# .*", "", line.removeprefix(prompt)).strip()


def typed(line: str) -> list[str]:
    """The words behind `goalgen` in a command line, whatever comes before it."""
    return shlex.split(re.split(r"(?:^|[ /\\])goalgen ", line, maxsplit=1)[1].replace("\\", "/"))


def lay_out(folder: Path) -> None:
    """Put into a folder the submission of the pages, and the blank form that one of them learns."""
    for name in ("data", "templates", "schema"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "docs/example/blanks/qing_he.docx", folder / "清河县空白表.docx")


def desk(folder: Path) -> Path:
    """A submission as the pages speak of it: a git repository with the tags v1 and v2, and the files that colleagues send."""
    lay_out(folder)
    git(folder, "init", "--quiet")
    commit(folder, "v1")
    project = folder / "data/2021/01-bao-an-zhuan-fu-jing.yaml"
    project.write_text(project.read_text("utf-8").replace("项目名称: ", "项目名称: 新的"), encoding="utf-8")
    commit(folder, "v2")
    year = goalgen.load(folder, [2020]).years[0]
    first = year.projects[0]
    (folder / "各科室").mkdir()
    for name, sent in (
        ("报送.docx", replace(first, name="大院绿化经费")),
        ("各科室/一科.docx", replace(first, name="大院美化经费")),
        ("退回稿.docx", replace(first, filler="文静")),
    ):
        (folder / name).write_bytes(goalgen.render(sent, year.form))
    Session(folder).run("goalgen sheet export -o 填报.xlsx")
    return folder


def git(folder: Path, *words: str) -> str:
    """What git prints in a folder."""
    who = ("-c", "user.name=刘璐", "-c", "user.email=a@example.com")
    run = subprocess.run(["git", "-C", str(folder), *who, *words], check=True, capture_output=True)
    return run.stdout.decode("utf-8")


def commit(folder: Path, tag: str) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "--quiet", "-m", tag)
    git(folder, "tag", tag)


class Session:
    """A terminal in a folder: runs a page's blocks in order and says which quoted lines did not come."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.here = folder
        self.code = 0

    def play(self, block: Block) -> list[str]:
        """Run a transcript or write the file a YAML block is named for; gives back what was quoted and not printed."""
        if block.language == "yaml" and block.note.endswith(".yaml"):
            path = self.folder / block.note
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")
        return list(self._transcript(block.text)) if block.language == "console" else []

    def _transcript(self, text: str) -> Iterator[str]:
        """What a transcript quotes and the command does not print, and (after `多出：`) what it prints and nobody quotes.

        A line of `…` stands for any lines.
        """
        for part in re.split(r"^(?=\$ )", text, flags=re.MULTILINE):
            line, _, quoted = part.partition("\n")
            if line.startswith("$ "):
                printed = [out.rstrip() for out in self.run(line[2:]).splitlines() if out.strip()]
                yield from difference([out.rstrip() for out in quoted.splitlines() if out.strip()], printed)

    def run(self, line: str) -> str:
        """What a command line prints, results and notices together."""
        words = shlex.split(line)
        if words == ["echo", "$?"]:
            return str(self.code)
        if words[0] == "cd":
            self.here = (self.here / words[1]).resolve()
            return ""
        if words[0] != "goalgen":
            raise AssertionError(f"a transcript may only use goalgen, cd and echo $?: {line}")
        return self._goalgen(words)

    def _goalgen(self, words: list[str]) -> str:
        output = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
        before = Path.cwd()
        os.chdir(self.here)
        try:
            with patch("sys.argv", words), redirect_stdout(output), redirect_stderr(output):
                main()
        except SystemExit as end:
            self.code = int(end.code or 0)
        finally:
            os.chdir(before)
        return output.buffer.getvalue().decode("utf-8")


def difference(quoted: list[str], printed: list[str]) -> Iterator[str]:
    """Where a quotation, in which `…` stands for any lines, is not what was printed."""
    skipping = False
    for line in quoted:
        if line.strip() == "…":
            skipping = True
            continue
        place = printed.index(line) if skipping and line in printed else 0
        if printed[place : place + 1] != [line]:
            yield line
            return
        del printed[: place + 1]
        skipping = False
    if not skipping:
        yield from (f"多出：{line}" for line in printed)
