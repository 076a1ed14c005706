"""Wrong usage: one Chinese line that says what is wrong and where to look, exit code 2; no English from click."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from goalgen import __version__
from goalgen.checking.rule import RULES
from goalgen.cli import cli
from goalgen.cli.chinese import explain
from goalgen.errors import CODES, GoalgenError
from tests.support.docs_session import every_command
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
    "init --year 1": "--year 的值不对：1 不在范围里，可写 1990 到 2100；看 goalgen init --help",
    "roll a b": "原年度 的值不对：“a”不是整数；看 goalgen roll --help",
    "roll 2020": "缺少 新年度；看 goalgen roll --help",
    "new": "缺少 项目名称；看 goalgen new --help",
    "template check a b": "多写了 b；看 goalgen template check --help",
    "init a b c": "多写了 b c；看 goalgen init --help",
    "rander": "没有 rander 这个命令，你是不是想写 render；看 goalgen --help",
    "ini": "没有 ini 这个命令，你是不是想写 init；看 goalgen --help",
    "CHECK": "没有 CHECK 这个命令，你是不是想写 check；看 goalgen --help",
    "sheet exprot": "没有 exprot 这个命令，你是不是想写 export；看 goalgen sheet --help",
    "sheet 导出": "没有 导出 这个命令，有：export、import；看 goalgen sheet --help",
    "check --format htm": "--format 的值不对：没有“htm”，可写：text, json, github, sarif, markdown, xlsx, html；"
    "你是不是想写 html；看 goalgen check --help",
    "check 2026": "没有 2026 这个文件或项目；年度写成 --year 2026；看 goalgen check --help",
    "render --jobs 0": "-j 的值不对：0 不在范围里，可写 1 到 60；看 goalgen render --help",
    "fmt --staged --check a": "--staged 后面不写路径；看 goalgen fmt --help",
    "check --staged a": "--staged 后面不写路径和项目；看 goalgen check --help",
    "check --staged --only a": "--staged 后面不写路径和项目；看 goalgen check --help",
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


NEVER_SAID = {
    "Choose from:\n\t{choices}": "only where a choice is missing, which has its own sentence",
    "Did you mean {possibility}?": "near words are suggested in Chinese",
    "(Did you mean one of: {possibilities}?)": "near words are suggested in Chinese",
    "No such option {name!r}.": "told from the exception's parts",
    "Invalid value for {param_hint}: {message}": "told from the exception's parts",
    "Invalid value: {message}": "told from the exception's parts",
    "Error: {message}": "click prints it, and we do not let it",
    "Try '{command} {option}' for help.": "click prints it, and we do not let it",
    "Missing {param_type}": "told from the exception's parts",
    "Missing parameter: {param_name}": "told from the exception's parts",
    "Invalid start character for option ({option})": "a fault of the program",
}


def sentences_of_click() -> list[str]:
    """Every sentence that click may say of wrong usage, with something in its gaps."""
    found = []
    for module in (click.core, click.exceptions, click.types, sys.modules["click.parser"]):
        assert module.__file__
        for node in ast.walk(ast.parse(Path(module.__file__).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "ngettext"):
                said = [
                    word.value for word in node.args if isinstance(word, ast.Constant) and isinstance(word.value, str)
                ]
                found += [text for text in said if (" " in text and "{" in text) or text == "Missing command."]
    return sorted({*found} - {*NEVER_SAID})


PROGRAM_FAULTS = (
    "DeprecationWarning", "Could not determine", "No options defined", "Arguments take", "Name '", "Boolean option",
    "env var", "default:", "Choice(",
)  # fmt: skip
"""How the sentences begin that only a wrongly written command would cause, or that stand in a help (see below)."""
GAPS = {
    "{range}": "1<=x<=2",
    "{nargs}": "2",
    "{len}": "3",
    "{len_type}": "2",
    "{len_value}": "3",
    "{number_type}": "integer",
}
NAMES = {"{name}": "File", "{choices}": "'a', 'b'", "{choice}": "'a'", "{value}": "5"}


def test_every_sentence_of_click_is_said_in_chinese() -> None:
    """Those of the version of click that is installed, found in its source."""
    sentences = [text for text in sentences_of_click() if not text.startswith(PROGRAM_FAULTS)]
    assert len(sentences) >= 15
    for sentence in sentences:
        filled = sentence
        for gap, word in {**GAPS, **NAMES}.items():
            filled = filled.replace(gap, word)
        filled = re.sub(r"\{\w+!r\}", "'甲'", re.sub(r"\{\w+\}", "乙", filled))
        said = explain(click.UsageError(filled)).removesuffix("；看 goalgen --help")
        assert not english(said), f"{sentence} → {said}"


def english(text: str) -> list[str]:
    """What looks like an English sentence: two words, but for commands quoted and names of things."""
    plain = re.sub(r"\b(goalgen|git) [a-z-]+|JSON Schema|VS Code|[a-z]+\.[a-z]+|F,I05", "", text)
    return re.findall(r"[A-Za-z']{2,} +[A-Za-z']{2,}[^\n]*", plain)


EVERY = [("", cli), *((path, command) for path, command in every_command(cli))]


@pytest.mark.parametrize(("path", "command"), EVERY, ids=[path or "goalgen" for path, _ in EVERY])
def test_the_help_of_every_command_is_chinese(path: str, command: click.Command) -> None:
    context = click.Context(cli, info_name="goalgen")
    for word in path.split():
        group = context.command
        assert isinstance(group, click.Group)
        child = group.get_command(context, word)
        assert child
        context = click.Context(child, parent=context, info_name=word)
    page = context.command.get_help(context)
    assert page.startswith("用法：")
    for line in page.splitlines():
        words = re.sub(rf"^用法： goalgen {path}|^  (-|[a-z-]+  ).*?(  |$)|^  --color.*", "", line)
        assert not english(words), line
    assert not re.search(r"default|required|<=|Options|Usage|Commands|Show", page)


def test_the_version_is_said_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["--version"], prog_name="goalgen", standalone_mode=False)
    assert capsys.readouterr().out == f"goalgen {__version__} 版\n"


@pytest.mark.parametrize("path", [r"C:\Users\刘\a.docx", r"\\srv\公用\a", r"a\nb", "/home/刘"])
def test_a_path_is_told_as_it_was_typed(path: str) -> None:
    """Click shows it as Python would write it, each backslash twice."""
    said = explain(click.UsageError(f"File {path!r} is a directory."))
    assert said == f"goalgen: 用法错误：“{path}”是文件夹，这里要文件；看 goalgen --help"
    assert f"多写了 {path}；" in explain(click.UsageError(f"Got unexpected extra argument ({path})"))


def test_words_of_click_that_nobody_put_into_chinese_are_told_as_they_are() -> None:
    assert explain(click.UsageError("Something new.")) == "goalgen: 用法错误：Something new.；看 goalgen --help"
    assert "参数 的值不对" in explain(click.BadParameter("Bad."))
    assert "没有 a 这个命令，有：；" in explain(click.UsageError("No such command 'a'."))


@pytest.mark.parametrize("option", ["--select", "--ignore"])
@pytest.mark.parametrize("codes", ["Y99", "Q", "M9", "F,S99", "D0a", "CC", "F0 5"])
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
