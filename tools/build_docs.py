#!/usr/bin/env python3
"""Write the parts of README.md and docs/*.md that are made from the code: tables of options, keys, tags, codes.

    build_docs.py [--check]

docs/first-day.md is made whole: the transcript of the steps in tests/support/first_day.py, played through the command.

A part stands between `<!-- 生成：名称 参数 -->` and `<!-- 生成结束 -->`; what is written by hand outside of these stays
as it is. The names are the keys of PARTS. With --check nothing is written and the exit code says whether all is current.
"""

import ast
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import click

from goalgen.cli import COMMANDS, cli
from goalgen.errors import CODES
from goalgen.forms.layout import blank_context
from goalgen.forms.pack import load_form
from goalgen.forms.shape import project_shape
from goalgen.forms.spec import SPEC_SHAPE
from goalgen.source.shapes import (
    Choice,
    Code,
    Date,
    Either,
    Figure,
    Money,
    Named,
    Notes,
    Number,
    Rows,
    Shape,
    Sorts,
    Table,
    Text,
    Years,
)
from goalgen.submission.index_shape import index_shape
from goalgen.word.template import names

ROOT: Final = Path(__file__).resolve().parent.parent
PACKAGE: Final = ROOT / "goalgen"
FORM: Final = ROOT / "templates" / "form_2020.yaml"
FIRST_DAY: Final = ROOT / "docs" / "first-day.md"
PART: Final = re.compile(r"(<!-- 生成：(?P<name>\S+)(?: (?P<argument>[^>]*?))? -->\n).*?(<!-- 生成结束 -->)", re.DOTALL)
COMMON: Final = ("-q", "-v", "--color", "-h")
"""Options that every command has; docs/cli.md tells of them once."""


def main() -> None:
    """Bring every page up to date, or say which are not."""
    check = "--check" in sys.argv[1:]
    FIRST_DAY.touch()
    made = {path: refreshed(path.read_text(encoding="utf-8")) for path in pages()} | {FIRST_DAY: first_day()}
    stale = {path: text for path, text in made.items() if text != path.read_text(encoding="utf-8")}
    for path, text in stale.items():
        print(f"{path.relative_to(ROOT)}: {'不是最新的，请运行 make docs' if check else '已更新'}")
        if not check:
            path.write_text(text, encoding="utf-8", newline="\n")
    sys.exit(1 if check and stale else 0)


def first_day() -> str:
    """The page of a newcomer's first hour: the transcript of the steps that its test plays."""
    sys.path.insert(0, str(ROOT))
    from tests.support.first_day import page, play  # late: the tests are no package of the tools

    with TemporaryDirectory() as folder:
        return page(list(play(Path(folder))))


def pages() -> list[Path]:
    """Every Markdown page for users and developers."""
    top = [ROOT / f"{name}.md" for name in ("README", "CHANGELOG", "CONTRIBUTING", "SECURITY")]
    return [*top, *sorted((ROOT / "docs").rglob("*.md"))]


def refreshed(page: str) -> str:
    """A page with its made parts as the code has them now. Raises KeyError for a part that nobody makes."""
    return PART.sub(lambda part: part[1] + PARTS[part["name"]](part["argument"] or "") + part[4], page)


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table with a blank line before and after it."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n" + "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in lines) + "\n"


def _cell(text: str) -> str:
    """A text inside a table: GitHub shows `\\|` as a bar, between backticks too."""
    return text.replace("|", r"\|")


def commands(_: str) -> str:
    """All commands with their one-line help; each links to its section."""
    return table(
        ("命令", "做什么"), ((f"[`goalgen {name}`](#goalgen-{name})", text) for name, text in COMMANDS.items())
    )


def find_command(path: str) -> click.Command:
    """A command by its words: `render`, `template check`."""
    found: click.Command = cli
    for word in path.split():
        child = found.get_command(click.Context(found), word) if isinstance(found, click.Group) else None
        if child is None:
            raise KeyError(path)
        found = child
    return found


def options(path: str) -> str:
    """How a command is called, and its own options."""
    command = find_command(path)
    context = click.Context(command, info_name=f"goalgen {path}")
    usage = " ".join(command.collect_usage_pieces(context)).replace("[OPTIONS]", "[选项]")
    every = [option for option in command.params if isinstance(option, click.Option) and not option.hidden]
    own = [option for option in every if not {*option.opts} & {*COMMON}]
    rows = [(_option(option, context), f"{option.help}{_default(option)}") for option in own]
    return f"\n```text\ngoalgen {path} {usage}\n```\n" + (table(("选项", "做什么"), rows) if rows else "\n")


def _option(option: click.Option, context: click.Context) -> str:
    value = "" if option.is_flag else f" {option.make_metavar(context)}"
    return "、".join(f"`{word}{value}`" for word in (*option.opts, *option.secondary_opts))


def _default(option: click.Option) -> str:
    return f"（不写就是 {option.default}）" if option.show_default and option.default not in (None, False) else ""


def keys(which: str) -> str:
    """Every key of a YAML file: its path, what it takes, whether it must be there, what to write, an example."""
    shapes: dict[str, Callable[[], Table]] = {
        "project": lambda: project_shape(load_form(FORM)),
        "projects": lambda: index_shape([load_form(FORM)]),
        "form": lambda: SPEC_SHAPE,
    }
    rows = _keys(shapes[which](), "", {})
    return table(("键", "内容", "必填", "写什么", "例"), rows)


def _keys(shape: Shape, path: str, seen: dict[int, str]) -> Iterator[tuple[str, ...]]:
    if isinstance(shape, Rows):
        yield from _inner(shape.item, f"{path}[]", seen)
    elif isinstance(shape, Named):
        yield from _inner(shape.item, f"{path}.<{shape.label}>", seen)
    elif isinstance(shape, Either):
        yield from _inner(shape.mapping, path, seen)
    elif isinstance(shape, Sorts):
        for name, one in shape.tables.items():
            yield from _inner(one, f"{path}（{name}）", seen)
    elif isinstance(shape, Table):
        for name, key in shape.keys.items():
            own = f"{path}.{name}" if path else name
            same = seen.get(id(_element(key.shape)))
            kind = f"{_kind(key.shape)}，同 `{same}`" if same else _kind(key.shape)
            yield f"`{own}`", kind, "是" if key.required else "", key.help, f"`{key.example}`" if key.example else ""
            yield from _inner(key.shape, own, seen)


def _inner(shape: Shape, path: str, seen: dict[int, str]) -> Iterator[tuple[str, ...]]:
    """The keys below, unless a table of the same keys was shown before."""
    if isinstance(shape, Table):
        if id(shape) in seen:
            return
        seen[id(shape)] = path
    yield from _keys(shape, path, seen)


def _element(shape: Shape) -> Shape:
    return shape.item if isinstance(shape, Rows) else shape.mapping if isinstance(shape, Either) else shape


def _kind(shape: Shape) -> str:
    if isinstance(shape, Choice):
        return f"{'选几项' if shape.many else '选一项'}：{'、'.join(shape.options)}"
    if isinstance(shape, Rows):
        return "列表"
    return f"每个{shape.label}一项" if isinstance(shape, Named) else _KINDS[type(shape)]


_KINDS: Final[dict[type, str]] = {
    Text: "文字",
    Code: "编号",
    Money: "金额",
    Figure: "数",
    Date: "日期",
    Years: "起止年",
    Number: "整数",
    Notes: "文字，或按字段写的文字",
    Either: "文字，或下面各键",
    Sorts: "下面几类之一",
    Table: "下面各键",
}


def tags(_: str) -> str:
    """Every name that the template of form_2020 may use."""
    offered = sorted(names.offered(blank_context(load_form(FORM))))
    leaves = [name for name in offered if not any(other.startswith((f"{name}.", f"{name}[")) for other in offered)]
    return "\n```text\n" + "".join(f"{name}\n" for name in leaves) + "```\n\n"


def codes(_: str) -> str:
    """Every code of an input problem with its meaning; each links to its section."""
    return table(("代码", "意思"), ((f"[{code}](#{code.lower()})", meaning) for code, meaning in CODES.items()))


def decisions(_: str) -> str:
    """The recorded decisions by number."""
    files = sorted(path for path in (ROOT / "docs" / "adr").glob("[0-9]*.md"))
    rows = ((f"[{path.stem[:4]}]({path.name})", path.read_text(encoding="utf-8").split("\n")[0][2:]) for path in files)
    return table(("编号", "决定"), rows)


def floors() -> list[list[str]]:
    """The rooms of the package, floor by floor from the roof down."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [floor.split() for floor in told["tool"]["goalgen"]["floors"]]


def house(which: str) -> str:
    """The map of the package, made of its own sentences: the floors with their rooms, or (`模块`) every module of a room."""
    return _modules() if which == "模块" else _rooms()


def _rooms() -> str:
    rows = [
        (str(len(floors()) - number) if n == 0 else "", f"`{room}`", _sentence(_home(room)))
        for number, floor in enumerate(floors())
        for n, room in enumerate(floor)
    ]
    return table(("层", "房间", "管什么"), rows)


def _modules() -> str:
    text = ""
    for room in (room for floor in floors() for room in floor):
        folder = PACKAGE / room
        text += f"\n**`{room}`** {_sentence(_home(room))}\n"
        if folder.is_dir():
            text += table(("module", "what it does"), _inside(folder, folder))
    return text + "\n"


def _inside(folder: Path, room: Path) -> Iterator[tuple[str, str]]:
    """The modules of a folder, then its folders, each with its sentence."""
    for path in sorted(folder.glob("[!_]*.py")):
        yield f"`{path.relative_to(room).with_suffix('').as_posix()}`", _sentence(path)
    for inner in sorted(path for path in folder.iterdir() if (path / "__init__.py").is_file()):
        yield f"`{inner.relative_to(room).as_posix()}/`", _sentence(inner / "__init__.py")
        yield from _inside(inner, room)


def _home(room: str) -> Path:
    folder = PACKAGE / room
    return folder / "__init__.py" if folder.is_dir() else PACKAGE / f"{room}.py"


def _sentence(path: Path) -> str:
    """What a module or a folder says of itself in its first line."""
    return (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n")[0]


PARTS: Final[dict[str, Callable[[str], str]]] = {
    "地图": house,
    "命令": commands,
    "选项": options,
    "键": keys,
    "标签": tags,
    "代码": codes,
    "决定": decisions,
}


if __name__ == "__main__":
    main()
