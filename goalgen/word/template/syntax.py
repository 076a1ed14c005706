"""Read a part's Jinja source into a syntax tree, past every fault; each fault in Chinese, with its paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from jinja2 import Environment, nodes
from jinja2.exceptions import TemplateSyntaxError

MAX_FAULTS: Final = 20
"""How many faults of one part are told in a run."""

_PARAGRAPH: Final = re.compile(r"<w:p(?=[ >])")
_TAG: Final = re.compile(
    r"""\{[{%](?>'[^']*'|"[^"]*"|(?!'|"|[}%]\}|\{[{%]).)*+[}%]\}|\{[{%](?>(?![}%]\}|\{[{%]).)*+[}%]\}"""
    r"|\{\#(?>(?!\#\}|\{\#).)*+\#\}",
    re.DOTALL,
)
"""A tag; every alternative is linear, so that no text makes it try for ever."""
_RAW: Final = re.compile(r"\{%[-+]?\s*(end)?raw\s*[-+]?%\}")
_STATEMENT: Final = re.compile(r"\{%[-+]?\s*(\w+)")
_WIDE: Final = re.compile(r"｛[{｛%]|\{｛|[%}｝]｝|｝\}")
_UNOPENED: Final = re.compile(r"\}\}|%\}")
_UNCLOSED: Final = re.compile(r"(\{\{|\{%)(?>(?!\{[{%]|\}\}|%\}).)*+(?:\{[{%]|$)", re.DOTALL)
_ENDS: Final = {"{{": "}}", "{%": "%}"}
_BLOCKS: Final = frozenset(["if", "for", "macro", "call", "filter", "block", "with", "autoescape"])
_PLACES: Final = {"tr": "表格的一行里", "tc": "表格的一格里", "p": "单独一段里", "r": "一段字里"}
_SAID: Final = (
    ("Missing end of comment", "“{#”没有关上", "在后面补上 #}"),
    ("Missing end of raw", "{% raw %} 没有结束", "补上 {% endraw %}"),
    ("unexpected char", "标签里有不能用的符号", "标签里只写名称和半角符号"),
    ("Expected an expression", "标签里缺了名称或值", "写成 {{ 名称 }}"),
    ("expected token", "标签没有写完，或者写法不对", "写成 {{ 名称 }} 或 {% … %}，成对关上"),
    ("unexpected", "标签里的写法不对", "写成 {{ 名称 }} 或 {% … %}，成对关上"),
    ("Exceeds the limit", "标签里的数太长", "写短一些"),
)


class Fault(NamedTuple):
    """Say what is wrong with a tag, the text of the paragraph it stands in, and the way to mend it."""

    message: str
    where: str
    hint: str


class ReadPart(NamedTuple):
    """Hold a part that was read: the tree of what could be understood, the faults, its source with a paragraph to a line.

    The tree is None where nothing could; lines of its nodes are paragraphs.
    """

    tree: nodes.Template | None
    faults: tuple[Fault, ...]
    lines: tuple[str, ...]

    def where(self, line: int) -> str:
        """Return the text of a paragraph by its line, at most 60 characters."""
        return _words(self.lines[line - 1]) if 0 < line <= len(self.lines) else ""


def read(source: str, env: Environment) -> ReadPart:
    """Read a part's Jinja source, mending each fault in memory to read on."""
    lines = _PARAGRAPH.sub("\n<w:p", source).split("\n")
    written = tuple(lines)
    faults = [*_wide(lines), *_unopened(lines)]
    wide = {number for number, line in enumerate(lines, 1) if _WIDE.search(line)}
    tree = None
    for _ in range(MAX_FAULTS):
        try:
            tree = env.parse("\n".join(lines))
            break
        except RecursionError:
            faults.append(Fault("标签嵌套太深", "", "写得简单些"))
            break
        except (TemplateSyntaxError, ValueError) as error:
            line = getattr(error, "lineno", 0) or _long_number(lines)
            found, at = _fault(str(getattr(error, "message", error)), lines, line)
            if at not in wide:
                faults.append(Fault(found.message, _words(written[at - 1]), found.hint))
            if not _mend(lines, at, found):
                break
    return ReadPart(tree, tuple(dict.fromkeys(faults)), written)


class _Found(NamedTuple):
    message: str
    hint: str
    missing: str = ""
    """The end tag that is missing."""
    stray: str = ""
    """The tag that nothing began."""


def _fault(said: str, lines: list[str], line: int) -> tuple[_Found, int]:
    """Say in Chinese what Jinja complains of at a line, and on which line the slip is."""
    if said.startswith("Unexpected end of template"):
        word, at = _unclosed(lines) or ("if", line)
        return _Found(f"{{% {word} %}} 没有结束", f"补上 {{% end{word} %}}", missing=f"end{word}"), at
    unknown = re.match("Encountered unknown tag '(.*?)'", said)
    if unknown:
        word = unknown.group(1)
        if word.startswith("end") or word in ("else", "elif"):
            return _Found(f"{{% {word} %}} 前面没有开头，或者次序不对", "删掉它，或补上开头", stray=word), line
        word = word if len(word) <= 20 else f"{word[:19]}…"
        hint = "可写 if、for 等，表格的行用 {%tr … %}"
        if word in ("tr", "tc", "p", "r"):
            hint = f"{{%{word} … %}} 紧跟 {{%，后面空一格，放在{_PLACES[word]}"
        return _Found(f"不认识 {{% {word} %}}", hint, stray=unknown.group(1)), line
    unclosed = _UNCLOSED.search(lines[line - 1])
    if unclosed:
        end = _ENDS[unclosed.group(1)]
        return _Found(
            f"“{unclosed.group(1)}”没有关上", f"在{'名称' if end == '}}' else '这个标签'}后面补上 {end}"
        ), line
    message, hint = next(((m, h) for start, m, h in _SAID if said.startswith(start)), (said, "检查这个标签"))
    return _Found(f"标签写错了：{message}", hint), line


def _mend(lines: list[str], at: int, found: _Found) -> bool:
    """Take a slip out of the lines; return False when what follows could no longer be understood."""
    if found.missing:
        lines[-1] += f"{{% {found.missing} %}}"
    elif found.stray:
        lines[at - 1] = re.sub(rf"\{{%[-+]?\s*{re.escape(found.stray)}\b.*?%\}}", "", lines[at - 1], count=1)
    elif set(_STATEMENT.findall(lines[at - 1])) & {*_BLOCKS, *(f"end{word}" for word in _BLOCKS)}:
        return False
    else:
        lines[at - 1] = ""
    return True


def _unclosed(lines: list[str]) -> tuple[str, int] | None:
    """Find the innermost block that is begun and never ended, and its line."""
    opened: list[tuple[str, int]] = []
    for number, line in enumerate(lines, 1):
        for word in _STATEMENT.findall(line):
            if word in _BLOCKS:
                opened.append((word, number))
            elif word.startswith("end") and opened:
                opened.pop()
    return opened[-1] if opened else None


def _long_number(lines: list[str]) -> int:
    return next((number for number, line in enumerate(lines, 1) if re.search(r"[0-9]{4000}", line)), 1)


def _wide(lines: list[str]) -> list[Fault]:
    hint = "改成半角 {{ }} 或 {% %}"
    return [Fault("标签用了全角的花括号", _words(line), hint) for line in lines if _WIDE.search(line)]


def _unopened(lines: list[str]) -> list[Fault]:
    """Find ends of tags that nothing began: Jinja would print them as they are."""
    bare = _without_tags("\n".join(lines)).split("\n")
    return [
        Fault(f"“{found.group()}”前面没有开头", _words(line), "补上开头，或删掉它")
        for line, rest in zip(lines, bare, strict=True)
        if not _WIDE.search(line) and "{" not in rest and (found := _UNOPENED.search(_words(rest)))
    ]


def _without_tags(source: str) -> str:
    """Return a source without its tags and without what stands between raw and endraw; the lines stay."""
    kept: list[str] = []
    raw = False
    for piece, end in _raw_pieces(source):
        kept.append("\n" * piece.count("\n") if raw else _TAG.sub(lambda tag: "\n" * tag.group().count("\n"), piece))
        raw = not end if end is not None else raw
    return "".join(kept)


def _raw_pieces(source: str) -> Iterator[tuple[str, bool | None]]:
    """Yield the pieces between raw and endraw tags, each with whether the tag after it is an endraw; None for none."""
    at = 0
    for tag in _RAW.finditer(source):
        yield source[at : tag.start()], bool(tag.group(1))
        at = tag.end()
    yield source[at:], None


def _words(line: str) -> str:
    return re.sub(r"<[^>]+>", "", line)[:60]
