"""Wrong usage: one Chinese line that says what is wrong and where to look, exit code 2; no English from click."""

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from goalgen.checking.rule import RULES
from goalgen.cli import cli
from goalgen.cli.chinese import explain
from goalgen.errors import CODES, GoalgenError
from tests.support.places import ROOT

WRONG = {
    "render --year abc": "--year 的值不对：“abc”不是整数；看 goalgen render --help",
    "render --year": "--year 后面要写一个值；看 goalgen --help",
    "render --dry-run=1": "--dry-run 后面不写值；看 goalgen --help",
    "render --yaer 1": "没有 --yaer 这个选项，你是不是想写 --year；看 goalgen render --help",
    "render -o FILE": "-o 的值不对：“FILE”是文件，这里要文件夹；看 goalgen render --help",
    "check -o FOLDER": "-o 的值不对：“FOLDER”是文件夹，这里要文件；看 goalgen check --help",
    "check --format pdf": "--format 的值不对：没有“pdf”，可写：text, json, github, sarif, markdown, xlsx, html；"
    "看 goalgen check --help",
    "check --format xlsx": "--format xlsx 要用 -o 写出文件名；看 goalgen check --help",
    "check --color 红": "--color 的值不对：没有“红”，可写：auto, always, never；看 goalgen check --help",
    "init --year 1": "--year 的值不对：1 不在 1990 到 2100 之间；看 goalgen init --help",
    "roll a b": "原年度 的值不对：“a”不是整数；看 goalgen roll --help",
    "roll 2020": "缺少 新年度；看 goalgen roll --help",
    "new": "缺少 项目名称；看 goalgen new --help",
    "template check a b": "多写了 b；看 goalgen template check --help",
    "init a b c": "多写了 b c；看 goalgen init --help",
    "rander": "没有 rander 这个命令；看 goalgen --help",
}


@pytest.mark.parametrize("words", WRONG)
def test_wrong_usage_is_one_chinese_line(words: str, tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    real = {"FILE": str(tmp_path / "a"), "FOLDER": str(tmp_path)}
    with pytest.raises(click.ClickException) as caught:
        cli.main([real.get(word, word) for word in words.split()], prog_name="goalgen", standalone_mode=False)
    said = explain(caught.value)
    for word, path in reversed(real.items()):
        said = said.replace(f"“{path}”", f"“{word}”")
    assert said == f"goalgen: 用法错误：{WRONG[words]}"


@pytest.mark.parametrize("words", [[], ["sheet"], ["template"]])
def test_a_group_without_a_command_shows_its_help(words: list[str]) -> None:
    with pytest.raises(click.exceptions.NoArgsIsHelpError) as caught:
        cli.main(words, prog_name="goalgen", standalone_mode=False)
    assert explain(caught.value).startswith("用法： goalgen")


def test_words_of_click_that_nobody_put_into_chinese_are_told_as_they_are() -> None:
    assert explain(click.UsageError("Something new.")) == "goalgen: 用法错误：Something new.；看 goalgen --help"
    assert "参数 的值不对" in explain(click.BadParameter("Bad."))


@pytest.mark.parametrize("option", ["--select", "--ignore"])
@pytest.mark.parametrize("codes", ["Y99", "Q", "M1", "F,S99", "D0a", "CC", "F0 5"])
def test_only_known_codes_and_their_beginnings_can_be_chosen(
    option: str, codes: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    with pytest.raises(GoalgenError, match=r"C03 没有 .* 这条规则") as caught:
        cli.main(["check", option, codes], prog_name="goalgen", standalone_mode=False)
    assert caught.value.exit_code == 2
    assert len(caught.value.problems) == 1


def test_every_code_can_be_chosen(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    every = [*CODES, *RULES]
    cli.main(["check", "--ignore", ",".join(every), "--ignore", "y，m"], prog_name="goalgen", standalone_mode=False)
    assert "没有问题" in capsys.readouterr().out
    assert {code[0] for code in every} >= set("YMSDCOKEGFI")


def test_an_output_without_a_name_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    with pytest.raises(GoalgenError) as caught:
        cli.main(["check", "--format", "json", "-o", ""], prog_name="goalgen", standalone_mode=False)
    assert caught.value.exit_code == 3
    assert not re.search("[A-Za-z]{4}", caught.value.problems[0].message)


def test_ctrl_c_while_the_command_is_still_starting_is_one_line() -> None:
    code = (
        "import sys\n"
        "class Interrupting:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'goalgen.cli':\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupting())\n"
        "from goalgen.__main__ import run\n"
        "run()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True, encoding="utf-8")
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "已中断\n")
