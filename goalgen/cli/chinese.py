"""Say click's own words in Chinese: help headings and usage errors."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import click

from goalgen.text.likeness import nearest

_HELP_WORDS: Final = {
    "Usage:": "用法：",
    "Options:": "选项：",
    "Commands:": "命令：",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]...",
    "Show this message and exit.": "显示这段说明",
}

_RANGES: Final = (
    (r"(\d+)<=?x<=?(\d+)", r"\1 到 \2"),
    (r"x>=?(\d+)", r"\1 或更大"),
    (r"x<=?(\d+)", r"\1 或更小"),
)
_DEFAULTS: Final = ((r"\[default: ", "[不写就是 "), (r"\[required\]", "[必写]"), (r"\[(.*); ", r"[\1；"))
"""What stands in brackets behind an option's help."""

_ERROR_WORDS: Final = (
    (r"Missing command\.", "缺少命令"),
    (r"Option '(.*)' requires an argument\.", r"\1 后面要写一个值"),
    (r"Option '(.*)' requires (\d+) arguments\.", r"\1 后面要写 \2 个值"),
    (r"Option '(.*)' does not take a value\.", r"\1 后面不写值"),
    (r"Got unexpected extra arguments? \((.*)\)", r"多写了 \1"),
    (r"Argument '(.*)' takes (\d+) values\.", r"\1 要写 \2 个值"),
    (r"Takes (\d+) values but (\d+) (?:was|were) given\.", r"要写 \1 个值，写了 \2 个"),
    (r"(\d+) values are required, but (\d+) (?:was|were) given\.", r"要写 \1 个值，写了 \2 个"),
    (r"Value must be an iterable\.", "要写几个值"),
    (r"'(.*)' is not a valid integer(?: range)?\.", r"“\1”不是整数"),
    (r"'(.*)' is not a valid (?:float|number)(?: range)?\.", r"“\1”不是数"),
    (r"'(.*)' is not a valid boolean\. Recognized values: (.*)", r"“\1”要写成其中一个：\2"),
    (r"'(.*)' is not a valid UUID\.", r"“\1”不是 UUID"),
    (r"'(.*)' does not match the formats? (.*)\.", r"“\1”的写法不对，写成 \2"),
    (r"'?(.*?)'? is not in the range (\S+)\.", r"\1 不在范围里，可写 \2"),
    (r"'(.*)' is not (?:one of )?('.*')\.", r"没有“\1”，可写：\2"),
    (r"(?:Directory|File|Path) '(.*)' is a file\.", r"“\1”是文件，这里要文件夹"),
    (r"(?:Directory|File|Path) '(.*)' is a directory\.", r"“\1”是文件夹，这里要文件"),
    (r"(?:Directory|File|Path) '(.*)' does not exist\.", r"没有“\1”"),
    (r"(?:Directory|File|Path) '(.*)' is not (?:readable|writable|executable)\.", r"没有权限用“\1”"),
    (r"Could not open file '(.*)': (.*)", r"打不开“\1”"),
)
"""What click says on wrong usage, as a pattern (compiled when it is needed), and how goalgen says it."""


def _in_chinese(help_text: str) -> str:
    for english, chinese in _HELP_WORDS.items():
        help_text = help_text.replace(english, chinese)
    return _replaced(help_text, (*_RANGES, *_DEFAULTS))


def _replaced(text: str, words: Iterable[tuple[str, str]]) -> str:
    for pattern, chinese in words:
        text = re.sub(pattern, chinese, text)
    return text


class ChineseCommand(click.Command):
    """Show the help of a command wholly in Chinese."""

    def get_help(self, ctx: click.Context) -> str:
        return _in_chinese(super().get_help(ctx))


class ChineseGroup(click.Group):
    """Show the help of a group wholly in Chinese."""

    command_class = ChineseCommand

    def get_help(self, ctx: click.Context) -> str:
        return _in_chinese(super().get_help(ctx))


def explain(error: click.ClickException) -> str:
    """Say a usage error in one Chinese line with the way to mend it; return the help itself when only a group was named."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.message
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "goalgen"
    return f"goalgen: 用法错误：{_fault(error)}；看 {command} --help"


def _fault(error: click.ClickException) -> str:
    if word := re.match("No such command '(.*?)'", error.message, re.DOTALL):
        return _no_command(word[1], getattr(error, "ctx", None))
    if isinstance(error, click.NoSuchOption):
        near = f"，你是不是想写 {error.possibilities[0]}" if error.possibilities else ""
        return f"没有 {error.option_name} 这个选项{near}"
    if isinstance(error, click.MissingParameter):
        return f"缺少 {error.param.make_metavar(error.ctx) if error.param and error.ctx else '参数'}"
    said = _translated(error.message)
    if isinstance(error, click.BadParameter):
        return f"{_name(error.param)} 的值不对：{said}{_near_choice(error)}"
    return said


def _no_command(word: str, context: click.Context | None) -> str:
    """Say that a command is not there, and the likeliest that is, else all of the group."""
    group = context.command if context else None
    names = group.list_commands(context) if context and isinstance(group, click.Group) else []
    near = nearest(word.casefold(), names)
    return f"没有 {word} 这个命令，" + (f"你是不是想写 {near[0]}" if near else f"有：{'、'.join(names)}")


def _near_choice(error: click.BadParameter) -> str:
    """Say which choice of an option is likeliest meant, where one is like what was written."""
    options = getattr(getattr(error.param, "type", None), "choices", ())
    word = re.match("'(.*)' is not", error.message, re.DOTALL)
    near = nearest(word[1].casefold(), map(str, options)) if word else []
    return f"；你是不是想写 {near[0]}" if near else ""


def _name(parameter: click.Parameter | None) -> str:
    if parameter is None:
        return "参数"
    return parameter.opts[0] if isinstance(parameter, click.Option) else parameter.human_readable_name


def _translated(message: str) -> str:
    """Translate what click says; return its own words where they are not known."""
    for pattern, chinese in _ERROR_WORDS:
        match = re.fullmatch(pattern, message, re.DOTALL)
        if match:
            said = match.expand(chinese).replace("'", "")
            plain = said.replace(r"\\", "\\") if "'" in pattern else said  # quoted, as Python would write it
            return _replaced(plain, _RANGES)
    return message
