"""Read YAML text into nodes that know their line and column, past the slips that have a known repair.

Every scalar stays the text that was written (`0012`, `1.10`, `no`, `8:30`). A mistake that has a known repair is reported,
repaired in memory and read past, so that one run tells all of them.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from goalgen.errors import GoalgenError, Place, Problem
from goalgen.source.nodes import Mapping, Node, Scalar, Sequence
from goalgen.source.parsing import NotYaml, build, too_deep
from goalgen.text.characters import line_and_column, without_unprintable

if TYPE_CHECKING:
    from goalgen.source.slips.slip import Diagnosis

__all__ = [
    "Document",
    "Mapping",
    "Node",
    "Scalar",
    "Sequence",
    "decode",
    "encode",
    "parse",
    "parsed_for_editing",
    "read",
]


MAX_YAML_BYTES: Final = 2_000_000
"""How many bytes a YAML file may have."""
MAX_REPAIRS: Final = 50
"""How many slips of one file are repaired to read on."""
MAX_REPAIRED_CHARACTERS: Final = 3_000_000
"""How many characters may be read again after repairs, so that a large file full of mistakes stays quick."""

_START_HINT: Final = "项目文件用 goalgen new 生成，projects.yaml 和表样用 goalgen init 生成"


class Document(NamedTuple):
    """Hold a file that was read: `root` is None when nothing could be made of it; `problems` holds every fault found."""

    file: str
    root: Node | None
    problems: tuple[Problem, ...]


def read(data: bytes, file: str, most: int = MAX_YAML_BYTES) -> Document:
    """Read the bytes of a file into nodes; `file` is the name to report, `most` how many bytes are taken."""
    if len(data) > most:
        fault = Problem("Y11", f"文件有 {len(data):,} 字节，超过 {most:,}", Place(file), "一个项目一个文件")
        return Document(file, None, (fault,))
    decoded = decode(data, file)
    if isinstance(decoded, Problem):
        return Document(file, None, (decoded,))
    return parse(decoded, file)


def decode(data: bytes, file: str) -> str | Problem:
    """Return UTF-8 bytes, with or without a byte order mark, as text; else the problem (Y02) at the first wrong byte."""
    body = data.removeprefix(codecs.BOM_UTF8)
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return Problem("Y02", "文件是 UTF-16 编码", Place(file, 1, 1), "请另存为 UTF-8")
        good = re.sub("\r\n?", "\n", body[: error.start].decode())
        place = Place(file, *line_and_column(good, len(good)))
        if error.reason == "unexpected end of data":
            return Problem("Y02", "文件末尾缺了半个字，像是没有保存完整", place, "找回完整的文件，或补上最后一个字")
        if b"\0" in data[:1000]:
            hint = "项目文件是 UTF-8 编码的 .yaml 文本；Word 表用 goalgen import 读进来"
            return Problem("Y02", "这不是文本文件，像是 Word 文件、压缩包或 UTF-16 文字", Place(file, 1, 1), hint)
        hint = "在 VS Code 右下角点编码名：先“通过编码重新打开”选 GBK，再“通过编码保存”选 UTF-8"
        return Problem("Y02", "文件不是 UTF-8 编码，多半是 GBK", place, hint)


def parsed_for_editing(data: bytes, file: str) -> tuple[str, Mapping]:
    """Return the text of a file of keys and its nodes, to be edited. Raises GoalgenError with the faults of the file."""
    text = decode(data, file)
    if isinstance(text, Problem):
        raise text.error()
    document = parse(text, file)
    if document.problems:
        raise GoalgenError(document.problems)
    if not isinstance(document.root, Mapping):
        raise Problem("M03", "这里应是“键: 值”", Place(file, 1, 1), "照 goalgen new 写出的样子写").error()
    return text, document.root


def encode(text: str, like: bytes) -> bytes:
    """Return a text as UTF-8 bytes, with a byte order mark where the file it came from (`like`) has one."""
    return text.encode("utf-8-sig" if like.startswith(codecs.BOM_UTF8) else "utf-8")


def parse(text: str, file: str) -> Document:
    """Read YAML text into nodes; `file` is the name to report."""
    if "\r" in text:
        text = re.sub("\r(?!\n)", "\n", text)
    text, problems = without_unprintable(text, file)
    if not text.strip():
        problems.append(Problem("Y09", "文件是空的", Place(file, 1, 1), _START_HINT))
        return Document(file, None, tuple(problems))
    inserted: list[_Inserted] = []
    for _ in range(max(1, min(MAX_REPAIRS, MAX_REPAIRED_CHARACTERS // len(text)))):
        found: list[Problem] = []
        root, fault = _attempt(text, file, found)
        if fault is None:
            return _read(file, root, problems + [_unmoved(problem, inserted) for problem in found], inserted)
        line = Place(file, fault.line, _original(fault.line, fault.column, inserted))
        problems.append(Problem(fault.code, fault.message, line, fault.hint))
        if fault.repaired is None:
            break
        inserted.append(_Inserted(fault.line, fault.column, len(fault.repaired) - len(_unix(text))))
        text = fault.repaired
    return Document(file, None, _in_order(problems + [_unmoved(problem, inserted) for problem in found]))


def _attempt(text: str, file: str, found: list[Problem]) -> tuple[Node | None, Diagnosis | None]:
    """Return the root node, or the slip for which YAML gave up; problems that do not stop the reading join `found`."""
    try:
        root = build(text, file, found)
    except NotYaml as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        if "nesting" in str(error.problem):  # as PyYAML 6.0.4 gives up, sometimes before it tells of the first bracket
            found.append(too_deep(Place(file, line + 1, column + 1)))
            return None, None
        from goalgen.source.slips.detecting import diagnose  # late: only a file with a slip needs the detectors

        return None, diagnose(_unix(text), line, column, error.context_mark.line if error.context_mark else line)
    if isinstance(root, Scalar) and root.plain and root.text:
        from goalgen.source.slips.detecting import full_width_colon  # late: as above, one slip

        return root, full_width_colon(_unix(text), root.line - 1)
    return root, None


def _unix(text: str) -> str:
    """End every line with a line feed alone, so that no repair comes between it and a carriage return."""
    return text.replace("\r\n", "\n")


def _read(file: str, root: Node | None, problems: list[Problem], inserted: list[_Inserted]) -> Document:
    if not problems and (root is None or (isinstance(root, Scalar) and not root.text.strip())):
        return Document(file, None, (Problem("Y09", "文件里只有注释或空行，没有内容", Place(file, 1, 1), _START_HINT),))
    root = _unmoved_node(root, inserted) if root is not None and inserted else root
    return Document(file, root, _in_order(problems))


class _Inserted(NamedTuple):
    """Describe a repair that made a line longer: later columns of that line are counted without it."""

    line: int
    column: int
    length: int


def _original(line: int, column: int, inserted: list[_Inserted]) -> int:
    for repair in reversed(inserted):
        if repair.line == line and column > repair.column:
            column = max(repair.column, column - repair.length)
    return column


def _unmoved(problem: Problem, inserted: list[_Inserted]) -> Problem:
    place = problem.place
    return problem._replace(place=Place(place.file, place.line, _original(place.line, place.column, inserted)))


def _unmoved_node(node: Node, inserted: list[_Inserted]) -> Node:
    column = _original(node.line, node.column, inserted)
    if isinstance(node, Mapping):
        pairs = [(_unmoved_node(key, inserted), _unmoved_node(value, inserted)) for key, value in node.entries]
        entries = tuple((key, value) for key, value in pairs if isinstance(key, Scalar))
        return node._replace(entries=entries, column=column)
    if isinstance(node, Sequence):
        return node._replace(items=tuple(_unmoved_node(item, inserted) for item in node.items), column=column)
    return node._replace(column=column)


def _in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: (problem.place.line, problem.place.column)))
