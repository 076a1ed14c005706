"""The Markdown pages as a reader uses them: their fenced blocks, and their command lines run in a folder of their own."""

from __future__ import annotations

import io
import os
import re
import shlex
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Final, NamedTuple
from unittest.mock import patch

from goalgen.cli import main

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


def command_lines(block: Block) -> Iterator[str]:
    """The lines a reader would type, without comments and, in a transcript, without the prompt."""
    prompt = "$ " if block.language == "console" else ""
    for line in block.text.splitlines():
        if line.strip() and line.startswith(prompt) and not line.startswith("#"):
            yield line.removeprefix(prompt).strip()


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
        printed: list[str] = []
        for line in text.splitlines():
            if line.startswith("$ "):
                printed = [out.strip() for out in self.run(line[2:]).splitlines()]
            elif line.strip():
                wanted = line.strip()
                found = next((n for n, out in enumerate(printed) if out.rstrip(",") == wanted.rstrip(",")), None)
                if found is None:
                    yield wanted
                else:
                    printed = printed[found + 1 :]

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
        output = io.StringIO()
        before = Path.cwd()
        os.chdir(self.here)
        try:
            with patch("sys.argv", words), redirect_stdout(output), redirect_stderr(output):
                main()
        except SystemExit as end:
            self.code = int(end.code or 0)
        finally:
            os.chdir(before)
        return output.getvalue()
