"""Hold nodes against a shape: make plain values of them, and a problem at its place of everything wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from goalgen import source
from goalgen.errors import Place, Problem
from goalgen.source.shapes import (
    CODE_PATTERN,
    MONEY_PATTERN,
    NULLS,
    YEAR_PATTERN,
    Amount,
    Choice,
    Code,
    Date,
    Either,
    Figure,
    Key,
    Money,
    Named,
    Notes,
    Number,
    Rows,
    Shape,
    Sorts,
    Table,
    Text,
    Window,
    Years,
)
from goalgen.text.characters import UNKNOWN, full_width_to_ascii, hidden, visible
from goalgen.text.likeness import suggest

_MONEY: Final = re.compile(MONEY_PATTERN, re.ASCII)
_DATE: Final = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?", re.ASCII)
_YEARS: Final = re.compile(r"(\d{4})年?(?:-|—|至|~)(\d{4})年?", re.ASCII)
_CODE: Final = re.compile(CODE_PATTERN)
_EDGES: Final = r"^[\s“”‘’\"']+|[\s“”‘’\"']+$"
_ASCII: Final = full_width_to_ascii("0123456789.-,:/")


class Reader:
    """Turn the nodes of one file into values and collect its problems.

    Values come out as: Text → str, Code → str, Money and Figure → Amount, Date → date, Years → Window, Number → int,
    Choice → tuple of options, Rows → tuple, Named, Notes, Sorts and Table → dict (the one text of Notes under ""), Either →
    str or dict. What is empty or wrong is left out of its dict.
    """

    def __init__(self, file: str, year: int = 0) -> None:
        """Begin with the file's name to report, and its budget year where it has one."""
        self.file = file
        self.year = year
        self.problems: list[Problem] = []

    def value(self, node: source.Node, shape: Shape, path: str = "") -> Any:
        """Return the value of a node, None when it is empty or wrong.

        `path` is the field's name in problems, with `[n]` for the item of a list (from 0): its words say 第 n+1 项, its
        `field` has `.n`.
        """
        if isinstance(node, source.Scalar) and (
            UNKNOWN in node.text or (node.text in NULLS and _is_null(self, node, path))
        ):
            return None
        return _READERS[type(shape)](self, node, shape, path)

    def fail(self, code: str, node: source.Node, path: str, message: str, hint: str = "") -> None:
        """Add a problem at a node."""
        if isinstance(node, source.Scalar) and UNKNOWN in node.text:
            return  # already reported, and repaired only to read on
        text = f"{_said(path)}：{message}" if path else message
        sign = hidden(node.text) if isinstance(node, source.Scalar) else ""
        hint = f"里面有看不见的字符 {sign}，请重新打一遍" if sign else hint
        self.problems.append(Problem(code, text, Place(self.file, node.line, node.column), hint, field=_field(path)))


def _field(path: str) -> str:
    return re.sub(r"\[([0-9]+)\]", r".\1", path)


def _said(path: str) -> str:
    """Return a path as a person counts: `绩效指标.数量指标 第 1 项`."""
    return re.sub(r"\[([0-9]+)\]", lambda item: f" 第 {int(item[1]) + 1} 项", path)


def is_code(text: str) -> bool:
    """Say whether a text may serve as 编号."""
    return bool(_CODE.fullmatch(text))


def _scalar(reader: Reader, node: source.Node, path: str) -> str | None:
    """Return the text of a scalar without the line end of a block scalar, None when it is empty, `null` or no scalar."""
    if isinstance(node, source.Scalar):
        if node.text in NULLS and _is_null(reader, node, path):
            return None
        return node.text.rstrip("\n") or None
    what = "列表" if isinstance(node, source.Sequence) else "带键的内容"
    reader.fail("M03", node, path, f"这里应写文字，却是{what}", "值里有冒号、逗号或括号时给整个值加双引号")
    return None


def _is_null(reader: Reader, node: source.Scalar, path: str) -> bool:
    """Say whether one of NULLS is the empty value of programs, and add the problem; in quotes it is text like any other."""
    if not node.plain:
        return False
    hint = f'没有内容就空着；确实要印这几个字，写成 "{node.text}"'
    reader.fail("M09", node, path, f"{node.text} 是程序的空值，会照样印出来", hint)
    return True


def _text(reader: Reader, node: source.Node, shape: Text, path: str) -> str | None:
    text = _scalar(reader, node, path)
    if text and shape.most and len(text) > shape.most:
        reader.fail("M10", node, path, f"有 {len(text)} 个字，表上最多 {shape.most} 个", "写短一些")
    return text


def _code(reader: Reader, node: source.Node, _shape: Code, path: str) -> str | None:
    text = _scalar(reader, node, path)
    if text is None or is_code(text):
        return text
    reader.fail("M08", node, path, f"“{text}”不能作编号", "用英文字母、数字和 -，例如 bao-an-zhuan-fu-jing")
    return None


def _money(reader: Reader, node: source.Node, shape: Money, path: str) -> Amount | None:
    text = _scalar(reader, node, path)
    if text is None:
        return None
    if _MONEY.fullmatch(text):
        return Amount(text, Decimal(text))
    if re.fullmatch("-0*[0-9,]*(\\.[0-9]+)?", plain := re.sub("[−–—]", "-", text.translate(_ASCII))) and plain != "-":
        hint = "表上的钱没有负数；核对金额，比上年少了多少写进“变更说明”"
        reader.fail("M04", node, path, f"“{text[:40]}”是负数", hint)
        return None
    from goalgen.source.guessing import amount_hint  # late: only an amount written in another way needs it

    reader.fail("M04", node, path, f"“{text[:40]}”不是金额", amount_hint(text, shape.unit))
    return None


def _figure(reader: Reader, node: source.Node, _shape: Figure, path: str) -> Amount | None:
    text = _scalar(reader, node, path)
    if text is None:
        return None
    if _MONEY.fullmatch(text):
        return Amount(text, Decimal(text))
    reader.fail("M04", node, path, f"“{text[:40]}”不是数", "只写数字，例如 20")
    return None


def _date(reader: Reader, node: source.Node, shape: Date, path: str) -> date | None:
    text = _scalar(reader, node, path)
    if text is None:
        return None
    match = _DATE.fullmatch(text)
    if not match:
        from goalgen.source.guessing import day_hint  # late: only a date written in another way needs it

        reader.fail("M06", node, path, f"“{text[:40]}”不是日期", day_hint(text, reader.year, shape.example))
        return None
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        reader.fail("M06", node, path, f"没有“{text}”这一天", "核对月份和日子")
        return None


def _years(reader: Reader, node: source.Node, shape: Years, path: str) -> Window | None:
    text = _scalar(reader, node, path)
    if text is None:
        return None
    match = _YEARS.fullmatch(text)
    if match and match.group(1) <= match.group(2):
        return Window(int(match.group(1)), int(match.group(2)))
    from goalgen.source.guessing import span_hint  # late: as above

    reader.fail("M07", node, path, f"“{text[:40]}”不是起止年份", span_hint(text, shape.example))
    return None


def _number(reader: Reader, node: source.Node, shape: Number, path: str) -> int | None:
    text = _scalar(reader, node, path)
    if text is None:
        return None
    if re.fullmatch("[0-9]{1,6}", text) and int(text) >= shape.least:
        return int(text)
    reader.fail("M07", node, path, f"“{text[:40]}”不是整数", f"写 {shape.least} 或更大的整数")
    return None


def _choice(reader: Reader, node: source.Node, shape: Choice, path: str) -> tuple[str, ...] | None:
    if isinstance(node, source.Scalar) and not node.text:
        return None
    items = node.items if isinstance(node, source.Sequence) else (node,)
    chosen: list[str] = []
    for item in items:
        text = _scalar(reader, item, path)
        if text in shape.options:
            chosen.append(text)
        elif text is not None:
            reader.fail("M05", item, path, f"表上没有“{text[:40]}”这一项", suggest(text, shape.options))
    if len(chosen) > 1 and not shape.many:
        reader.fail("M05", node, path, f"只能选一项，却选了 {len(chosen)} 项", "留下一项")
    return tuple(option for option in shape.options if option in chosen)


def _rows(reader: Reader, node: source.Node, shape: Rows, path: str) -> tuple[Any, ...] | None:
    if isinstance(node, source.Sequence):
        values = [reader.value(item, shape.item, f"{path}[{n}]") for n, item in enumerate(node.items)]
        return tuple(value for value in values if value is not None)
    if isinstance(node, source.Mapping) or node.text:
        reader.fail("M03", node, path, "这里应是列表", "每一项前面加“- ”")
    return None


def _named(reader: Reader, node: source.Node, shape: Named, path: str) -> dict[str, Any] | None:
    if not isinstance(node, source.Mapping):
        _not_a_table(reader, node, path, f"{shape.label}: …")
        return None
    values: dict[str, Any] = {}
    for key, child in node.entries:
        if shape.numeric and not re.fullmatch(YEAR_PATTERN, key.text):
            reader.fail(
                "M07", key, path, f"“{key.text}”不是{shape.label}", f"写四位数字，1990 到 2100，例如 {shape.example}"
            )
            continue
        values[key.text] = reader.value(child, shape.item, _join(path, key.text))
    return values


def _notes(reader: Reader, node: source.Node, shape: Notes, path: str) -> dict[str, str] | None:
    if not isinstance(node, source.Mapping):
        text = _scalar(reader, node, path)
        return {"": text} if text else None
    values: dict[str, str] = {}
    for key, child in node.entries:
        if key.text not in shape.paths and not key.text.startswith(tuple(f"{word}." for word in shape.open)):
            reader.fail("M01", key, path, f"不认识“{key.text[:40]}”", _nearest_path(key.text, shape))
        elif text := _scalar(reader, child, _join(path, key.text)):
            values[key.text] = text
    return values


def _nearest_path(word: str, shape: Notes) -> str:
    """Say how to mend a path: write the one with this ending, else the likeliest."""
    ends = [path for path in shape.paths if path.endswith(f".{word}")]
    return f"写 {ends[-1]}" if ends else suggest(word, shape.paths) or f"写项目文件里的键，例如 {shape.paths[-1]}"


def _not_a_table(reader: Reader, node: source.Node, path: str, example: str) -> None:
    if not isinstance(node, source.Scalar):
        reader.fail("M03", node, path, "这里应是“键: 值”，却是列表", f"写成 {example}")
    elif "：" in node.text:
        words = re.findall(r"(?:^|\s)([^\s：]+)：", node.text)
        which = "".join(f"“{word[:20]}”" for word in words[:4]) or "键"
        reader.fail("Y05", _colon(node), path, f"{which}后面是全角冒号", "改成半角冒号加空格")
    elif node.text.strip():
        reader.fail("M03", node, path, f"这里应是“键: 值”，却只有文字“{node.text[:20]}”", f"写成 {example}")


def _colon(node: source.Scalar) -> source.Scalar:
    """Move a node to its full-width colon, where that certainly is on its first line: a blank may be a line end."""
    word = node.text.partition("：")[0] if node.plain else ""
    return node if re.search(r"\s", word) else node._replace(column=node.column + len(word))


def _either(reader: Reader, node: source.Node, shape: Either, path: str) -> Any:
    inside = isinstance(node, source.Mapping)
    return reader.value(node, shape.mapping, path) if inside else _scalar(reader, node, path)


def _sorts(reader: Reader, node: source.Node, shape: Sorts, path: str) -> dict[str, Any] | None:
    if not isinstance(node, source.Mapping):
        _not_a_table(reader, node, path, f"{shape.by}: …")
        return None
    sort = node.get(shape.by)
    words = "、".join(shape.tables)
    if sort is None:
        reader.fail("M02", node, path, f"缺少“{shape.by}”", f"加一行 {shape.by}: …，可写{words}")
        return None
    name = sort.text if isinstance(sort, source.Scalar) else ""
    if name not in shape.tables:
        hint = suggest(name, shape.tables) or f"可写{words}"
        reader.fail("M05", sort, _join(path, shape.by), f"没有“{name[:40]}”这一{shape.by}", hint)
        return None
    return _table(reader, node, shape.tables[name], path)


def _table(reader: Reader, node: source.Node, shape: Table, path: str) -> dict[str, Any] | None:
    if not isinstance(node, source.Mapping):
        example = "，".join(f"{name}: …" for name in list(shape.keys)[:3])
        _not_a_table(reader, node, path, example)
        return None
    values: dict[str, Any] = {}
    for key, child in node.entries:
        known = shape.keys.get(key.text)
        if known is None:
            if shape.open:
                continue
            _unknown(reader, key, shape.keys, path, isinstance(child, source.Scalar) and child.start == child.end)
            continue
        value = reader.value(child, known.shape, _join(path, key.text))
        if value is not None:
            values[key.text] = value
        elif _blank(child) and (known.may_be_empty or not known.required):
            values[key.text] = None
    _missing(reader, node, shape.keys, path)
    return values


def _blank(node: source.Node) -> bool:
    return isinstance(node, source.Scalar) and not node.text.strip()


def _unknown(reader: Reader, key: source.Scalar, keys: Mapping[str, Key], path: str, alone: bool) -> None:
    """Add the problem of an unknown key; `alone` when nothing stands behind it, as after `{财政拨款: 1,520.5}`."""
    if "：" in key.text:
        word = key.text.split("：")[0]
        reader.fail("Y05", _colon(key), path, f"“{word[:40]}”后面是全角冒号", f"改成半角冒号加空格：“{word[:40]}: ”")
    elif key.text.startswith("\0"):
        return  # a mapping or list as key: reported when read
    elif (plain := re.sub(_EDGES, "", key.text)) in keys and not hidden(key.text):
        reader.fail("M01", key, path, f"不认识“{key.text}”", f"只写 {plain}，前后不要有特殊的空格或引号")
    else:
        hint = suggest(visible(key.text), keys)
        if alone and not hint.startswith("你是不是"):
            hint = "如果它是前一个值的一部分（值里有逗号），请给整个值加双引号；数字里不要写千位逗号"
        reader.fail("M01", key, path, f"不认识“{key.text[:40]}”", hint or "核对键名；编辑器里有补全")


def _missing(reader: Reader, node: source.Mapping, keys: Mapping[str, Key], path: str) -> None:
    for name, key in keys.items():
        if not key.required:
            continue
        child = node.get(name)
        if child is None and name not in _as_meant(node):
            reader.fail("M02", node, path, f"缺少“{name}”", _example(name, key))
        elif child is not None and _blank(child) and not key.may_be_empty:
            reader.fail("M02", child, path, f"“{name}”是空的", f"写成 {name}: {key.example or '…'}")


def _as_meant(node: source.Mapping) -> set[str]:
    """Return the keys of a mapping as they were meant where they are written wrong, which is reported already."""
    return {visible(re.split("：", key.text)[0]).strip("“”‘’") for key, _ in node.entries}


def _example(name: str, key: Key) -> str:
    return f"加一行 {name}: {key.example}" if key.example else f"加一行 {name}: …"


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


_READERS: Final[dict[type, Callable[..., Any]]] = {
    Text: _text,
    Code: _code,
    Money: _money,
    Figure: _figure,
    Date: _date,
    Years: _years,
    Number: _number,
    Choice: _choice,
    Rows: _rows,
    Named: _named,
    Notes: _notes,
    Either: _either,
    Sorts: _sorts,
    Table: _table,
}
