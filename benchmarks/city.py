"""`python -m benchmarks.city`: every command at the size of a city, on made-up projects; a table as Markdown.

Each command runs as a user runs it, in a process of its own, start-up included. What is told is its processor time on one
core and its highest memory, and from the second size on the exponent of the time's growth (1.00: as the projects).
"""

from __future__ import annotations

import argparse
import math
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.__main__ import MEMORY, ROOT

BUNDLE = "import"
BUNDLED_PROJECTS = 4_000
"""How many forms the bundle to be imported holds at most."""

COMMANDS = {
    "check，第一次": ["check", "--year", "2020"],
    "check，再来一次": ["check", "--year", "2020"],
    "check，改了一个文件": ["check", "--year", "2020"],
    "fmt --check": ["fmt", "--check", "data/2020"],
    "diff，终端": ["diff", "2020", "2021"],
    "diff，docx": ["diff", "2020", "2021", "--format", "docx", "-o", "diff.docx"],
    "diff，html": ["diff", "2020", "2021", "--format", "html", "-o", "diff.html"],
    "sheet export": ["sheet", "export", "--year", "2020", "-o", "sheet.xlsx"],
    "sheet import": ["sheet", "import", "sheet.xlsx"],
    BUNDLE: ["import", "bundle.docx", "--year", "2030"],
}
FIRST, CHANGED = "check，第一次", "check，改了一个文件"


class Measure(NamedTuple):
    """Hold the processor time (s) and the highest memory (MB) of one run."""

    seconds: float
    megabytes: float


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the commands at the sizes and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.city", description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1_000, 4_000, 10_000])
    parser.add_argument("--only", nargs="+", default=list(COMMANDS), help="commands to measure")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="goalgen-city-", dir=MEMORY if MEMORY.is_dir() else None) as scratch:
        for line in table(Path(scratch), options.sizes, options.only):
            print(line, flush=True)


def table(scratch: Path, sizes: Sequence[int], names: Sequence[str]) -> Iterator[str]:
    """Yield the table, a row a command, two columns a size."""
    runs = {size: _measured(scratch / str(size), size, names) for size in sizes}
    yield "| 命令 | " + " | ".join(f"{size} 个：秒 | MB | 指数" for size in sizes) + " |"
    yield "|---|" + "---|---|---|" * len(sizes)
    for name in names:
        cells = []
        for before, size in zip([0, *sizes], sizes, strict=False):
            run = runs[size][name]
            grown = math.log(run.seconds / runs[before][name].seconds) / math.log(size / before) if before else 0
            cells.append(f"{run.seconds:.2f} | {run.megabytes:.0f} | {f'{grown:.2f}' if before else ''}")
        yield f"| {name} | " + " | ".join(cells) + " |"


def _measured(folder: Path, size: int, names: Sequence[str]) -> dict[str, Measure]:
    _in_a_process(f"from benchmarks.made import make_city; make_city(Path({str(folder)!r}), {size})")
    if BUNDLE in names:
        _run(folder, ["render", "--year", "2020", "--quiet", "--jobs", "1"])
        (folder / "out" / "2020" / "bundle.docx").rename(folder / "bundle.docx")
    found = {}
    for name in names:
        if name == FIRST:
            shutil.rmtree(folder / "cache", ignore_errors=True)
        if name == CHANGED:
            file = folder / "data" / "2020" / "00050.yaml"
            file.write_text(
                file.read_text(encoding="utf-8").replace("稳定就业", "稳住就业") + "# 改过\n", encoding="utf-8"
            )
        found[name] = _run(folder, COMMANDS[name])
        print(f"{size} {name} {found[name]}", file=sys.stderr)
    shutil.rmtree(folder)
    return found


def _in_a_process(code: str) -> None:
    """Make the material in a process of its own: a child's highest memory begins with that of its parent."""
    subprocess.run([sys.executable, "-c", f"from pathlib import Path; {code}"], check=True, cwd=ROOT)


def _run(folder: Path, arguments: Sequence[str]) -> Measure:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "GOALGEN_CACHE": str(folder / "cache")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", "goalgen", *arguments]
    log = folder.with_suffix(".log")
    with log.open("wb") as told:
        process = subprocess.Popen(command, stdout=told, stderr=told, env=environment, cwd=folder)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode > 1:
        raise SystemExit(f"{' '.join(arguments)}: exit {process.returncode}\n{log.read_text(encoding='utf-8')[-600:]}")
    return Measure(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


if __name__ == "__main__":
    main()
