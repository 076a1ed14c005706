"""The command line: each command reads its options, calls the rooms below and prints what came of it; no other room prints."""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import suppress
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import Final

import click

from goalgen import __version__
from goalgen.cli.chinese import ChineseGroup, explain
from goalgen.errors import GoalgenError
from goalgen.files.names import shown
from goalgen.files.refusals import writing_refusal
from goalgen.files.windows_errors import named
from goalgen.reporting import text

COMMANDS: Final[dict[str, str]] = {
    "init": "建一个申报文件夹；有上年的表就读进来，开出新年度",
    "new": "新增一个项目文件，每个键都有说明",
    "remove": "去掉项目：文件、清单、说明一起",
    "rename": "改项目名称、编号或单位，各年度一起",
    "check": "检查所有项目文件，一次说完所有问题",
    "fmt": "改掉只是写得不规范的地方：空白、标点、字形、文号括号、键序",
    "render": "生成申报表和合订本（.docx）",
    "diff": "对照两个年度、git 版本或文件：改了什么，增减多少",
    "import": "把填好的申报表（.docx）读成项目文件",
    "roll": "由上一年度开出新的年度：年限后移，数字待核",
    "sheet": "Excel 填报：导出给同事填，填好再读回来",
    "schema": "写出编辑器用的 JSON Schema（补全和悬停说明）",
    "show": "把填好的申报表（.docx）印成文字，一行一行",
    "upgrade": "把文件夹里的表样和编辑器提示换成这一版的",
    "git-setup": "让 git 认得申报表：比较看得见内容，读不出来的不让提交",
    "form": "表样：由空白表学出来、列出、检查、照抄、做出 Word 模板",
    "template": "检查 Word 模板，列出可以用的标签",
}
"""Every command with its one-line help; the module of a command is loaded only when it runs."""


class Commands(ChineseGroup):
    """Find commands by their name in COMMANDS, each in a module of its own."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name.replace("-", "_")
        command = import_module(f"goalgen.cli.{module}").command
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("命令"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(
    __version__, "-V", "--version", prog_name="goalgen", message="%(prog)s %(version)s 版", help="显示版本"
)
def cli() -> None:
    """专项资金绩效目标申报表：一个项目一个 YAML 文件，一条命令生成全部 Word 申报表和合订本。"""


def main() -> None:
    """Run the command line and exit: 0 done, 1 findings, 2 wrong input or usage, 3 the surroundings."""
    speak_utf8()
    try:
        code = cli.main(standalone_mode=False)
    except SystemExit:  # click's way out when nobody reads on, as in `goalgen diff | head`
        code = 0
    except GoalgenError as error:
        _tell(text(error.problems))
        code = error.exit_code
    except (Exception, KeyboardInterrupt) as error:
        if isinstance(error, OSError) and _nobody_reads(error):
            sys.exit(0)
        if os.environ.get("GOALGEN_DEBUG"):
            raise
        line, code = _failure(error)
        _tell(f"{line}\n")
    sys.exit(code if isinstance(code, int) else 0)


def speak_utf8() -> None:
    """Write UTF-8, whatever the system's own encoding is, unless the user chose one by PYTHONIOENCODING."""
    encoding = None if os.environ.get("PYTHONIOENCODING") else "utf-8"
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding=encoding, errors="replace")


def _nobody_reads(error: OSError) -> bool:
    """Say whether the reader of standard output went away: of a pipe Windows says EINVAL then, where others say EPIPE."""
    if error.errno != errno.EINVAL or named(error):
        return False
    with suppress(AttributeError, OSError, ValueError):
        return stat.S_ISFIFO(os.fstat(sys.stdout.fileno()).st_mode)
    return False


def _tell(lines: str) -> None:
    """Say why the run ended, where there is still somebody to tell."""
    with suppress(OSError):
        click.echo(lines, nl=False, err=True)


def _failure(error: BaseException) -> tuple[str, int]:
    """Return the one line a person sees, never a traceback, and the exit code for whatever ended the run."""
    if isinstance(error, click.Abort | KeyboardInterrupt):
        return "已中断；已经写好的文件都是完整的", 130
    if isinstance(error, click.ClickException):
        return explain(error), 2
    if isinstance(error, UnicodeEncodeError):
        return "goalgen: 用法错误：名称里有不是文字的字节；重新打一遍", 2
    if isinstance(error, MemoryError):
        return "goalgen: 内存不够；关掉别的程序再运行一次", 3
    if isinstance(error, OSError):
        said, hint = writing_refusal(error)
        where = f"{shown(Path(named(error)))}：" if named(error) else ""
        return f"goalgen: 电脑不让做：{where}{said}；{hint}", 3
    what = f"{type(error).__name__}: {error}".replace("\n", " ")
    return f"goalgen: 内部错误：{what}；请设 GOALGEN_DEBUG=1 再运行一次，把输出报告给维护者", 3
