"""`python -m benchmarks`: every contender in turn, round after round, on the same forms; tables as Markdown.

Each contender runs in a process of its own. Ratios compare the processor time of one round with docxtpl's in the same
round, so that other work on the machine hits both; what is shown is the median over the rounds.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from benchmarks.contenders import CONTENDERS

ROOT = Path(__file__).parent.parent
BASE = "docxtpl loop"
TWO = "goalgen, 2 processes"
AGAIN = "goalgen render（再来一次，没有变化）"
COMMANDS = {
    "goalgen render -q，缓存是空的": ["--force", "--quiet", "--jobs", "1"],
    "goalgen render -q": ["--force", "--quiet", "--jobs", "1"],
    "goalgen render（数审核错误）": ["--force", "--jobs", "1"],
    AGAIN: ["--jobs", "1"],
}
"""The whole command as a user runs it, start-up included; all but the first find the template compiled."""
NODE = ("docxtemplater", "easy-template-x")
MOST = {"docxtpl + docxcompose": 100, "docxtpl single pass": 1_000, BASE: 1_000, **dict.fromkeys(NODE, 1_000)}
"""Beyond so many forms a contender is not run: it would take the whole run's time, or the machine's memory."""

MEMORY = Path("/dev/shm")
"""Where files are written, if there is such a place: a disk's own work would be counted for whoever runs meanwhile."""
PACKS = {
    "form_2020": ROOT,
    **{
        name: ROOT / "docs" / "example" / name for name in ("xiangmu_88", "hexin_101", "guangxi_2021", "ningxiang_2021")
    },
}
"""Where there are projects on each form pack."""
PAGE = ROOT / "docs" / "performance.md"
Measure = dict[str, float]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark and print its tables, with --write into docs/performance.md."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", type=_numbers, default=[16, 100, 1000], help="forms to compare everybody at")
    parser.add_argument("--growth", type=_numbers, default=[16, 100, 1000, 10000], help="forms to watch goalgen at")
    parser.add_argument("--packs", type=int, default=1000, help="forms of each form pack to compare at, 0 for none")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--node", type=Path, help="folder with node_modules (docxtemplater, pizzip, easy-template-x)")
    parser.add_argument("--write", action="store_true", help="write the tables into docs/performance.md")
    options = parser.parse_args(arguments)
    lines: list[str] = [*_head(sys.argv[1:] if arguments is None else arguments)]
    with tempfile.TemporaryDirectory(prefix="goalgen-benchmark-", dir=MEMORY if MEMORY.is_dir() else None) as scratch:
        node = options.node if options.node and (options.node / "node_modules").is_dir() else None
        for size in options.sizes:
            lines += _comparison(Path(scratch) / str(size), size, options.rounds, node)
        if options.growth:
            lines += _growth(Path(scratch), options.growth, options.rounds)
        if options.packs:
            lines += _packs(Path(scratch), options.packs, options.rounds)
    text = "\n".join(lines) + "\n"
    print(text)
    if options.write:
        _write(text)


def _numbers(text: str) -> list[int]:
    return [int(word) for word in text.split(",") if word]


def _head(arguments: Sequence[str]) -> Iterator[str]:
    yield f"命令：`python -m benchmarks {shlex.join(arguments)}`".replace(" `", "`")
    yield ""
    yield (
        f"机器：{os.cpu_count()} 核 {platform.machine()}，Python {platform.python_version()}，"
        f"docxtpl {_version('docxtpl')}，Jinja2 {_version('jinja2')}。时间是处理器时间（CPU），每份毫秒，取各轮的中位数。"
    )
    yield ""


def _version(package: str) -> str:
    from importlib.metadata import version

    return version(package)


def _comparison(folder: Path, size: int, rounds: int, node: Path | None) -> Iterator[str]:
    """The table of one size, everybody interleaved."""
    _make(folder, size, "make_contexts")
    names = [name for name in (*CONTENDERS, *(NODE if node else ()), *COMMANDS) if size <= MOST.get(name, size)]
    runs: dict[str, list[Measure]] = {name: [] for name in names}
    texts: dict[str, list[str]] = {}
    for turn in range(rounds):
        for name in names:
            _note(f"{size} 份，第 {turn + 1} 轮：{name}")
            if name != AGAIN:
                shutil.rmtree(folder / "out-contender", ignore_errors=True)
            runs[name].append(_run(name, folder, node))
            if turn == 0:
                texts[name] = _texts(folder / "out-contender")
    _same_texts(texts)
    shutil.rmtree(folder)
    yield f"### {size} 份"
    yield ""
    yield "| 做法 | 每份 ms | docxtpl 的几倍快 | 整个进程 s | docxtpl 的几倍快 | 内存峰值 MB |"
    yield "|---|---|---|---|---|---|"
    yield from (_row(name, measures, runs.get(BASE, []), size) for name, measures in runs.items() if measures)
    yield ""
    one, two = (runs[name] for name in ("goalgen", TWO))
    faster = median(a["wall"] / b["wall"] for a, b in zip(one, two, strict=True))
    yield f"两个进程用的时间（墙上的钟）是一个进程的 1/{faster:.2f}。"
    yield ""


def _make(folder: Path, size: int, *steps: str, source: Path = ROOT) -> None:
    """The material of one size, by a process of its own: a child's peak memory begins with that of its parent."""
    code = f"from pathlib import Path; from benchmarks import material as m; m.make(Path({str(folder)!r}), {size}, "
    code += f"Path({str(source)!r}))"
    code += "".join(f"; m.{step}(Path({str(folder)!r}))" for step in steps)
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def _row(name: str, measures: list[Measure], base: list[Measure], size: int) -> str:
    def cell(key: str, scale: float, form: str) -> tuple[str, str]:
        if key not in measures[0]:
            return "", ""
        ratio = median(b[key] / m[key] for b, m in zip(base, measures, strict=False)) if base else math.nan
        return form.format(median(m[key] for m in measures) * scale), "" if math.isnan(ratio) else f"{ratio:.1f}"

    work, faster = ("", "") if name == TWO else cell("cpu", 1000 / size, "{:.2f}")  # of the parent alone
    whole, whole_faster = cell("process", 1, "{:.2f}")
    memory = max(max(m["mb"], m["child_mb"]) for m in measures)
    return f"| {name} | {work} | {faster} | {whole} | {whole_faster} | {memory:.0f} |"


def _growth(scratch: Path, sizes: Sequence[int], rounds: int) -> Iterator[str]:
    """goalgen alone over the sizes: time a form, memory, exponent from one size to the next."""
    yield "### goalgen 随份数的变化"
    yield ""
    yield "| 份数 | 读 YAML，每份 ms | 表和合订本，每份 ms | 增长指数 | 内存峰值 MB |"
    yield "|---|---|---|---|---|"
    before: tuple[int, float] | None = None
    for size in sizes:
        folder = scratch / f"growth-{size}"
        _make(folder, size)
        runs: dict[str, list[Measure]] = {"goalgen": [], "goalgen, YAML": []}
        for turn in range(rounds if size < 10_000 else 1):
            for name, measures in runs.items():
                _note(f"{size} 份，第 {turn + 1} 轮：{name}")
                shutil.rmtree(folder / "out-contender", ignore_errors=True)
                measures.append(_run(name, folder, None))
        shutil.rmtree(folder)
        one = runs["goalgen"]
        work = median(m["cpu"] for m in one)
        exponent = f"{math.log(work / before[1]) / math.log(size / before[0]):.2f}" if before else ""
        yaml = median(m["cpu"] for m in runs["goalgen, YAML"]) / size * 1000
        memory = max(max(m["mb"], m["child_mb"]) for m in one)
        yield f"| {size} | {yaml:.2f} | {work / size * 1000:.2f} | {exponent} | {memory:.0f} |"
        before = size, work
    yield ""


def _packs(scratch: Path, size: int, rounds: int) -> Iterator[str]:
    """goalgen on each form pack, interleaved: what a project costs, as many times that of form_2020 in the same round."""
    yield f"### 各套表样，{size} 份"
    yield ""
    yield "| 表样 | 读 YAML，每份 ms | 几倍 | 表和合订本，每份 ms | 几倍 |"
    yield "|---|---|---|---|---|"
    folders = {name: scratch / f"pack-{name}" for name in PACKS}
    for name, folder in folders.items():
        _make(folder, size, source=PACKS[name])
    steps = ("goalgen, YAML", "goalgen")
    runs: dict[tuple[str, str], list[float]] = {}
    for turn in range(rounds):
        for name, folder in folders.items():
            _note(f"{size} 份，第 {turn + 1} 轮：{name}")
            for step in steps:
                shutil.rmtree(folder / "out-contender", ignore_errors=True)
                runs.setdefault((name, step), []).append(_run(step, folder, None)["cpu"] / size * 1000)
    for name in folders:
        cells = []
        for step in steps:
            own, base = runs[name, step], runs[next(iter(folders)), step]
            cells += [f"{median(own):.2f}", f"{median(a / b for a, b in zip(own, base, strict=True)):.2f}"]
        yield f"| {name} | {' | '.join(cells)} |"
    for folder in folders.values():
        shutil.rmtree(folder)
    yield ""


def _run(name: str, folder: Path, node: Path | None) -> Measure:
    """One contender in a process of its own; `process` is all the processor time it took from start to end."""
    out = folder / "out-contender"
    out.mkdir(exist_ok=True)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "GOALGEN_CACHE": str(folder / "cache")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    if name == next(iter(COMMANDS)):
        shutil.rmtree(folder / "cache", ignore_errors=True)
    command = [sys.executable, "-m", "benchmarks.contenders", name, str(folder)]
    if name in NODE and node:
        command = ["node", str(Path(__file__).parent / "node" / f"{name}.js"), str(folder), str(out)]
        environment["NODE_PATH"] = str(node.resolve() / "node_modules")
    elif name in COMMANDS:
        command = [
            str(Path(sys.executable).with_name("goalgen")),
            "render",
            str(folder),
            *COMMANDS[name],
            "-o",
            str(out),
        ]
    errors = subprocess.DEVNULL if name in COMMANDS else None
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, env=environment, cwd=ROOT) as process:
        printed = process.stdout.read() if process.stdout else b""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{name}: exit {process.returncode}")
    measured: Measure = {"mb": usage.ru_maxrss / 1024, "child_mb": 0} if name in COMMANDS else json.loads(printed)
    return {**measured, "process": usage.ru_utime + usage.ru_stime}


def _texts(out: Path) -> list[str]:
    """The words of the first forms that a contender made, white space left out."""
    files = sorted(path for path in out.rglob("*.docx") if path.stem != "bundle")[:3]
    return [re.sub(r"<[^>]+>|\s", "", _document(path)) for path in files]


def _document(path: Path) -> str:
    import zipfile

    with zipfile.ZipFile(path) as archive:
        return archive.read("word/document.xml").decode("utf-8")


def _same_texts(texts: dict[str, list[str]]) -> None:
    """Everybody who makes single forms must have made the same ones, else the comparison means nothing."""
    made = {name: found for name, found in texts.items() if found}
    for name, found in made.items():
        if found != made[BASE if BASE in made else name]:
            raise SystemExit(f"{name} did not print the same text as {BASE}")


def _note(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _write(text: str) -> None:
    """Put the tables between the marks of docs/performance.md."""
    page = PAGE.read_text(encoding="utf-8")
    start, end = "<!-- benchmark -->\n", "<!-- /benchmark -->"
    before, _, rest = page.partition(start)
    _, _, after = rest.partition(end)
    PAGE.write_text(f"{before}{start}\n{text}\n{end}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
