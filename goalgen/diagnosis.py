"""From the point where YAML gave up to the slip that a person made there, and a repair to read on with.

YAML reports where it noticed; the slip is often a line earlier (a full-width colon makes the *next* line wrong). Each
detector looks at the text round that point for one slip and gives None when it is not there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple


class Diagnosis(NamedTuple):
    """A slip: `line` and `column` count from 1; `repaired` is the whole text with it mended, None when unsure."""

    code: str
    message: str
    hint: str
    line: int
    column: int
    repaired: str | None


class _Spot(NamedTuple):
    """Where YAML gave up: all lines of the text, the line's index and the column's index.

    `opened` is the index of the line where YAML began what it could not finish (a quote, a bracket).
    """

    lines: list[str]
    line: int
    column: int
    opened: int


QUOTE: Final = "给整个值加双引号"

_FULL_COLON: Final = re.compile(r"^(?P<lead>\s*(?:- +)?\{?\s*)(?P<key>[^\s:：#\"'{}\[\],-][^:：#\"'{}\[\],]*)：")
_VALUE: Final = re.compile(r"(?:^\s*(?:- +)+|[^\s\"']:\s+|[{\[,]\s*)(?P<value>[^\s].*?)\s*$")
_BARE: Final = re.compile(r"^\s*(?P<value>[\"'{\[].*?)\s*$")
_TIGHT: Final = re.compile(r"(?:^\s*(?:- +)?|[{,]\s*)(?P<key>[^\s:：#\"'{}\[\],]+):(?P<next>[^\s/\\])")
_SPECIAL: Final = "%@`"


def diagnose(text: str, line: int, column: int, opened: int) -> Diagnosis:
    """The likeliest slip behind a YAML error noticed at `line`, `column`, in something opened on a line (all from 0)."""
    lines = text.split("\n")
    spot = _Spot(lines, min(line, len(lines) - 1), column, min(opened, len(lines) - 1))
    for detector in _DETECTORS:
        found = detector(spot)
        if found:
            return found
    return Diagnosis(
        "Y07",
        "YAML 写法不对，从这里起读不懂",
        "检查这一行和上一行的缩进、冒号、引号和括号",
        spot.line + 1,
        column + 1,
        None,
    )


def _with_line(spot: _Spot, index: int, new: str) -> str:
    return "\n".join([*spot.lines[:index], new, *spot.lines[index + 1 :]])


def _tab(spot: _Spot) -> Diagnosis | None:
    """A tab where only spaces may indent."""
    for index in (spot.line, spot.line - 1):
        old = spot.lines[index] if index >= 0 else ""
        lead = re.match(r"\s*(?:- *)?\s*", old)
        if lead and "\t" in lead.group():
            column = old.index("\t")
            new = lead.group().replace("\t", "  ") + old[lead.end() :]
            return Diagnosis(
                "Y04", "用制表符（Tab）缩进", "改成空格，每层两个", index + 1, column + 1, _with_line(spot, index, new)
            )
    return None


def _full_width_colon(spot: _Spot) -> Diagnosis | None:
    """`项目名称：大院`: YAML notices only on one of the following lines."""
    candidates = [i for i in range(spot.line, max(spot.line - 4, -1), -1) if spot.lines[i].strip()][:3]
    for index in candidates:
        old = spot.lines[index]
        match = _FULL_COLON.match(old)
        if match:
            key = match.group("key").strip()
            at = match.end() - 1
            new = f"{old[:at]}: {old[at + 1 :]}"
            return Diagnosis(
                "Y05",
                f"“{key}”后面是全角冒号",
                f"改成半角冒号加空格：“{key}: ”",
                index + 1,
                at + 1,
                _with_line(spot, index, new),
            )
    return None


def _starts_special(spot: _Spot) -> Diagnosis | None:
    """A value that starts with a character YAML keeps for itself: `%`, `@`, a back quote."""
    old = spot.lines[spot.line]
    at = spot.column
    if at < len(old) and old[at] in _SPECIAL:
        new = f"{old[:at]}x{old[at + 1 :]}"
        return Diagnosis(
            "Y06", f"值不能以 {old[at]} 开头", QUOTE, spot.line + 1, at + 1, _with_line(spot, spot.line, new)
        )
    return None


def _value_to_quote(spot: _Spot) -> Diagnosis | None:
    """`[2017]436号`, `"八项规定"精神`, `>=95%`, `*保密*`, `&…`, `!…`: a value that begins like YAML and goes on like text."""
    for index in (spot.line, spot.line - 1):
        match = _VALUE.search(spot.lines[index]) if index >= 0 else None
        if match and _looks_like_text(match.group("value")):
            old, at, value = spot.lines[index], match.start("value"), match.group("value")
            new = old[:at] + "x" * len(value) + old[match.end("value") :]
            return Diagnosis(
                "Y06",
                f"值以 {value[0]} 开头，YAML 会当成特殊符号",
                QUOTE,
                index + 1,
                at + 1,
                _with_line(spot, index, new),
            )
    return None


def _looks_like_text(value: str) -> bool:
    closing = {"[": "]", "{": "}", '"': '"', "'": "'"}.get(value[0])
    if closing:
        end = value.find(closing, 1)
        rest = value[end + 1 :].strip() if end > 0 else ""
        return bool(rest) and rest[0] not in ",]}#:" and not (closing in rest and value[0] in "[{")
    return value[0] in "*&!" or bool(re.match(r"[>|](?![+\-\d]*\s*(#|$))", value))


def _colon_inside(spot: _Spot) -> Diagnosis | None:
    """`依据: 文件: 第三条`: a second colon and space in one line."""
    old = spot.lines[spot.line]
    second = re.match(r"^\s*(?:- +)?[^\s:#\"'{\[][^:#]*:\s+[^\s\"'{\[#][^#]*?(?P<colon>:)(?:\s|$)", old)
    if second:
        at = second.start("colon")
        new = f"{old[:at]}x{old[at + 1 :]}"
        return Diagnosis("Y06", "值里又有冒号加空格", QUOTE, spot.line + 1, at + 1, _with_line(spot, spot.line, new))
    return None


def _unclosed(spot: _Spot) -> Diagnosis | None:
    """A quote or bracket that is opened and never closed."""
    for index in (spot.opened, spot.line, spot.line - 1):
        match = (_BARE.match(spot.lines[index]) or _VALUE.search(spot.lines[index])) if index >= 0 else None
        if not match:
            continue
        value = match.group("value")
        for mark, closing in (('"', '"'), ("'", "'"), ("{", "}"), ("[", "]")):
            if value[0] == mark and closing not in value[1:]:
                what = "引号" if mark in "\"'" else "括号"
                message = f"{what} {mark} 没有成对"
                return Diagnosis("Y07", message, f"在值的末尾补上 {closing}", index + 1, match.start("value") + 1, None)
    return None


def _no_colon(spot: _Spot) -> Diagnosis | None:
    """A line that is neither `键: 值` nor `- 项`: the colon is missing, or the blank after it."""
    for index in (spot.line, spot.line - 1):
        old = spot.lines[index].rstrip() if index >= 0 else ""
        tight = _TIGHT.search(old)
        if tight:
            at = tight.start("next")
            new = f"{old[:at]} {old[at:]}"
            hint = f"写成“{tight.group('key')}: ”"
            return Diagnosis("Y07", "冒号后面要有一个空格", hint, index + 1, at, _with_line(spot, index, new))
    return None


def _indent(spot: _Spot) -> Diagnosis | None:
    """A line that stands deeper or shallower than its neighbours."""
    old = spot.lines[spot.line]
    above = next((x for x in reversed(spot.lines[: spot.line]) if x.strip() and not x.lstrip().startswith("#")), "")
    if old.strip() and above and _depth(old) != _depth(above):
        return Diagnosis(
            "Y07",
            "这一行的缩进与上面的行对不齐",
            "同一层的键要对齐，每层缩进两个空格",
            spot.line + 1,
            _depth(old) + 1,
            None,
        )
    return None


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _bad_escape(spot: _Spot) -> Diagnosis | None:
    """`"\\ud83d"`, `"D:\\data"`: a backslash in double quotes that YAML cannot resolve to a character."""
    old = spot.lines[spot.line]
    for match in re.finditer(r"\\(?:u[dD][89a-fA-F]\w\w|[^0abt\tnvfre \"/\\N_LPxuU])", old):
        if match.start() <= spot.column <= match.end() + 1:
            at, length = match.start(), match.end() - match.start()
            new = old[:at] + "x" * length + old[match.end() :]
            hint = "双引号里反斜杠要写两个，或改用单引号"
            return Diagnosis(
                "Y06",
                f"双引号里的 {match.group()} 不是字符",
                hint,
                spot.line + 1,
                at + 1,
                _with_line(spot, spot.line, new),
            )
    return None


_DETECTORS: Final[tuple[Callable[[_Spot], Diagnosis | None], ...]] = (
    _tab,
    _bad_escape,
    _starts_special,
    _full_width_colon,
    _no_colon,
    _value_to_quote,
    _colon_inside,
    _unclosed,
    _indent,
)
