"""A newcomer's first hour, step by step: each step is played through the installed command and tells what came of it."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from tests.support.command_runs import run
from tests.support.year_2020 import copied

FORMS: Final = "去年报送.docx"
PROJECT: Final = "data/2021/11-政务督查经费.yaml"
WORKBOOK: Final = "填报.xlsx"
GIT: Final = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "张三",
    "GIT_AUTHOR_EMAIL": "zhang@example.com",
    "GIT_COMMITTER_NAME": "张三",
    "GIT_COMMITTER_EMAIL": "zhang@example.com",
}


class Step(NamedTuple):
    """One thing that is done: in words, as a command line, or as texts that are replaced in a file; `code` is its exit code."""

    words: str
    command: str = ""
    file: str = ""
    edits: tuple[tuple[str, str], ...] = ()
    code: int = 0


class Done(NamedTuple):
    """A step that was played: what it printed, and its exit code."""

    step: Step
    output: str
    code: int


PENDING_COUNT: Final = (
    "    - {指标: 督查次数, 中长期: 根据工作情况合理安排督查, 年度: 不少于30次}  # 待核 上年：年度 不少于30次"
)
SLIP: Final = "    - {指标：督查次数, 中长期: ≥108次, 年度: ≥36次}"

STEPS: Final = (
    Step(
        f"## 一、建文件夹，读进去年的表\n\n手边只有去年报上去的合订本 `{FORMS}`，十六张表在一个 Word 文件里。"
        "在终端里运行 `goalgen init`，它会逐项问；下面把回答直接写成选项。",
        f"goalgen init 申报 --year 2021 --from {FORMS} --filler 张三 --phone 8860000",
    ),
    Step("部门和各预算单位从表上认出来；去年的十六个项目在 `data/2020/`，今年的已经开好，在 `data/2021/`。", "cd 申报"),
    Step("## 二、先留底\n\n以后改错了都能回来。", "git init -q -b main"),
    Step("", "goalgen git-setup -q"),
    Step("", "git add -A"),
    Step("", 'git commit -q -m "去年的表，和由它开出的 2021 年度"'),
    Step(
        "## 三、改一个项目\n\n`roll` 的规矩：年限已经后移，要重定的数字旁边留着“待核”和去年的数。"
        f"打开 `{PROJECT}`，定下一处，把那条注释删掉。手一快，冒号打成了全角：",
        file=PROJECT,
        edits=((PENDING_COUNT, SLIP),),
    ),
    Step("## 四、查\n\n在 VS Code 里是 Ctrl+Shift+B。", f"goalgen check {PROJECT} --no-review", code=2),
    Step("照着改好，再查：", file=PROJECT, edits=((SLIP, SLIP.replace("：", ": ", 1)),)),
    Step("", f"goalgen check {PROJECT} --no-review"),
    Step(
        "读得出来了。`--no-review` 只看写法；财政部门会退回什么，用整个的 `goalgen check` 看，改完一处少一处：",
        f"goalgen check {PROJECT} --select F,I02,I03 -q",
        code=1,
    ),
    Step("## 五、印\n\n没有改完也能印，先看样子。", "goalgen render --year 2021"),
    Step("## 六、和去年比", "goalgen diff 2020 2021 --only 政务督查经费 --fields 督查次数"),
    Step(
        "## 七、请不用 git 的同事填\n\n导出一个项目，同事在 Excel 里把年度的督查次数改成 40 次，发回来：",
        f"goalgen sheet export --only 政务督查经费 -o {WORKBOOK}",
    ),
    Step("", file=WORKBOOK, edits=(("≥36次", "≥40次"),)),
    Step("", f"goalgen sheet import {WORKBOOK} -q"),
    Step(
        "## 八、项目有增减\n\n新的加上，不再报的去掉（写下原因，对照表里会列出）：",
        "goalgen new 大院绿化经费 --code da-yuan-lv-hua",
    ),
    Step("", 'goalgen remove 临聘人员工资 --reason "改在基本支出里列" --yes'),
    Step("新项目还没有填，检查只提醒一句：", "goalgen check data/2021/17-da-yuan-lv-hua.yaml --select C05"),
    Step("## 九、提交\n\n没有填完的也能提交；读不出来的会拦下。", "git add -A"),
    Step("", 'git commit -q -m "政务督查改了次数；增绿化，减临聘"'),
    Step("", "git log --format=%s"),
)


def play(folder: Path) -> Iterator[Done]:
    """Play every step in a folder, one after the other."""
    _prepare(folder)
    here = folder
    for step in STEPS:
        if step.edits:
            _edit(here / step.file, step.edits)
            yield Done(step, "", 0)
            continue
        words = shlex.split(step.command)
        if words[0] == "cd":
            here = here / words[1]
            yield Done(step, "", 0)
        else:
            yield Done(step, *_ran(here, words))


def page(done: list[Done]) -> str:
    """The transcript of the steps as a page."""
    parts = [_HEAD]
    for step, output, _ in done:
        if step.words:
            parts.append(step.words)
        if step.edits and step.file.endswith(".yaml"):
            lines = [line for old, new in step.edits for line in (f"-{old}", f"+{new}")]
            parts.append("```text\n" + "\n".join(lines) + "\n```")
        elif step.command:
            lines = [f"$ {step.command}", *(line.rstrip() for line in output.rstrip("\n").splitlines())]
            if parts[-1].startswith("```text\n$ ") and not step.words:
                parts[-1] = parts[-1].removesuffix("\n```") + "\n" + "\n".join(lines).rstrip() + "\n```"
            else:
                parts.append("```text\n" + "\n".join(lines).rstrip() + "\n```")
    return "\n\n".join(parts) + "\n"


_HEAD: Final = """\
# 第一天：从去年的 Word 表到今年的申报表

<!-- 这一页由 tests/support/first_day.py 的步骤真的运行一遍写成（make docs），tests/promises/test_first_day.py 守着；不要手改。 -->

一个新来的人，手边有去年的合订本，一个小时里做完的事。`$` 后面是打进去的命令，下面是印出来的。"""


def _prepare(folder: Path) -> None:
    """Put last year's bundle where the newcomer has it: all sixteen forms in one file."""
    source = copied(folder / "去年")
    assert run(source, "render", "-q").returncode == 0
    shutil.copyfile(source / "out/2020/bundle.docx", folder / FORMS)
    shutil.rmtree(source)


def _edit(path: Path, edits: tuple[tuple[str, str], ...]) -> None:
    if path.suffix == ".yaml":
        text = path.read_text(encoding="utf-8")
        for old, new in edits:
            assert text.count(old) == 1, f"{old} in {text}"
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8", newline="\n")
        return
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    for old, new in edits:
        assert any(old.encode() in data for data in parts.values()), old
        parts = {name: data.replace(old.encode(), new.encode()) for name, data in parts.items()}
    with zipfile.ZipFile(path, "w") as book:
        for name, data in parts.items():
            book.writestr(name, data)


def _ran(here: Path, words: list[str]) -> tuple[str, int]:
    if words[0] == "goalgen":
        found = run(here, *words[1:], env=GIT)
        return found.stdout + found.stderr, found.returncode
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        words, cwd=here, capture_output=True, text=True, check=False, env={**os.environ, **GIT, "PATH": path}
    )
    return done.stdout + done.stderr, done.returncode
