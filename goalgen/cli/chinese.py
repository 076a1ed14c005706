"""click's own words in Chinese: help headings and usage errors."""

from __future__ import annotations

from typing import Final

import click

_HELP: Final = {
    "Usage:": "用法：",
    "Options:": "选项：",
    "Commands:": "命令：",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]...",
    "Show this message and exit.": "显示这段说明",
}


def _in_chinese(help_text: str) -> str:
    for english, chinese in _HELP.items():
        help_text = help_text.replace(english, chinese)
    return help_text


class ChineseCommand(click.Command):
    """A command whose help is wholly Chinese."""

    def get_help(self, ctx: click.Context) -> str:
        return _in_chinese(super().get_help(ctx))


class ChineseGroup(click.Group):
    """A group whose help is wholly Chinese."""

    command_class = ChineseCommand

    def get_help(self, ctx: click.Context) -> str:
        return _in_chinese(super().get_help(ctx))


def explain(error: click.ClickException) -> str:
    """A usage error as one Chinese line with the way to mend it."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "goalgen"
    return f"goalgen: 用法错误：{_what(error)}；看 {command} --help"


def _what(error: click.ClickException) -> str:
    if isinstance(error, click.NoSuchOption):
        near = f"，你是不是想写 {error.possibilities[0]}" if error.possibilities else ""
        return f"没有 {error.option_name} 这个选项{near}"
    if isinstance(error, click.MissingParameter):
        return f"缺少 {error.param.make_metavar(error.ctx) if error.param and error.ctx else '参数'}"
    if isinstance(error, click.BadParameter):
        name = error.param.opts[0] if error.param else "参数"
        return f"{name} 的值不对（{error.message}）"
    if isinstance(error, click.UsageError) and "No such command" in error.message:
        name = error.message.split("'")[1] if "'" in error.message else ""
        return f"没有 {name} 这个命令"
    return error.message
