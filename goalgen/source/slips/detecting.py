"""Detect the slip that a person made where YAML gave up, and a repair to read on with.

YAML reports where it noticed; the slip is often a line earlier (a full-width colon makes the *next* line wrong). Each
detector looks at the text round that point for one slip and gives None when it is not there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from goalgen.source.slips import brackets
from goalgen.source.slips.slip import QUOTE_HINT, Diagnosis, Spot, depth, quote_hint, with_line
from goalgen.text.characters import UNKNOWN

_FULL_COLON: Final = re.compile(r"^(?P<lead>\s*(?:- +)?\{?\s*)(?P<key>[^\s:：#\"'{}\[\],-][^:：#\"'{}\[\],]*)：")
_TIGHT: Final = re.compile(r"(?:^\s*(?:- +)?|[{,]\s*)(?P<key>[^\s:：#\"'{}\[\],]+):(?P<next>[^\s/\\])")
_ESCAPE: Final = re.compile(
    r"\\(?:u[dD][89a-fA-F]\w\w|x(?![0-9a-fA-F]{2})|u(?![0-9a-fA-F]{4})|U(?!00(?:0[0-9a-fA-F]|10)[0-9a-fA-F]{4})"
    r"|[^0abt\tnvfre \"/\\N_LPxuU])"
)
_CONFLICT: Final = re.compile(r"^(?:<{7}|\|{7}|>{7})(?: |$)|^={7}$")
_SPECIAL: Final = "%@`"


def diagnose(text: str, line: int, column: int, opened: int) -> Diagnosis:
    """Return the likeliest slip behind a YAML error at `line`, `column`, in something opened on line `opened` (all from 0)."""
    lines = text.split("\n")
    spot = Spot(lines, min(line, len(lines) - 1), column, min(opened, len(lines) - 1))
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


def full_width_colon(text: str, line: int) -> Diagnosis | None:
    """Find a full-width colon after the first word of a line (from 0), where the whole file came out as one text."""
    return _colon_in(Spot(text.split("\n"), line, 0, line), line)


def _conflict(spot: Spot) -> Diagnosis | None:
    """Find the marks that git leaves where two people changed one place; the repair keeps the first side."""
    marks = [index for index, line in enumerate(spot.lines) if _CONFLICT.match(line)]
    first = next((index for index in marks if spot.lines[index].startswith("<")), None)
    last = next((index for index in marks if spot.lines[index].startswith(">") and index > (first or 0)), None)
    if first is None or last is None:
        return None
    both = range(next((index for index in marks if index > first), last), last + 1)
    kept = ["" if index == first or index in both else line for index, line in enumerate(spot.lines)]
    message = f"这里到第 {last + 1} 行是 git 合并时的冲突：两边都改了"
    hint = "留下要的一边，删掉 <<<<<<<、=======、>>>>>>> 三行"
    return Diagnosis("Y07", message, hint, first + 1, 1, "\n".join(kept))


def _tab(spot: Spot) -> Diagnosis | None:
    """Find a tab where only spaces may indent."""
    for index in (spot.line, spot.line - 1):
        old = spot.lines[index] if index >= 0 else ""
        lead = re.match(r"\s*(?:- *)?\s*", old)
        if lead and "\t" in lead.group():
            column = old.index("\t")
            new = lead.group().replace("\t", "  ") + old[lead.end() :]
            return Diagnosis(
                "Y04", "用制表符（Tab）缩进", "改成空格，每层两个", index + 1, column + 1, with_line(spot, index, new)
            )
    return None


def _full_width_colon(spot: Spot) -> Diagnosis | None:
    """Find a full-width colon (`项目名称：大院`); YAML notices only on one of the following lines."""
    candidates = [i for i in range(spot.line, max(spot.line - 4, -1), -1) if spot.lines[i].strip()][:3]
    return next((found for index in candidates if (found := _colon_in(spot, index))), None)


def _colon_in(spot: Spot, index: int) -> Diagnosis | None:
    old = spot.lines[index]
    match = _FULL_COLON.match(old)
    if not match:
        return None
    key, at = match.group("key").strip(), match.end() - 1
    new = f"{old[:at]}: {old[at + 1 :].lstrip(' ')}" if old[at + 1 :].strip() else f"{old[:at]}:"
    message = f"“{key}”后面是全角冒号"
    return Diagnosis("Y05", message, f"改成半角冒号加空格：“{key}: ”", index + 1, at + 1, with_line(spot, index, new))


def _starts_special(spot: Spot) -> Diagnosis | None:
    """Find a value that starts with a character YAML keeps for itself: `%`, `@`, a back quote."""
    old = spot.lines[spot.line]
    if old.startswith("%"):
        new = f"#{old[1:]}"
        return Diagnosis("Y06", "一行不能以 % 开头", QUOTE_HINT, spot.line + 1, 1, with_line(spot, spot.line, new))
    at = spot.column
    if at < len(old) and (old[at] in _SPECIAL or (old[at] in ">|&*!" and re.search(r"[{\[,:]\s*$", old[:at]))):
        new = f"{old[:at]}{UNKNOWN}{old[at + 1 :]}"
        return Diagnosis(
            "Y06",
            f"值不能以 {old[at]} 开头，YAML 会当成特殊符号",
            quote_hint(old[at:]),
            spot.line + 1,
            at + 1,
            with_line(spot, spot.line, new),
        )
    return None


def _colon_inside(spot: Spot) -> Diagnosis | None:
    """Find a second colon and space in one line: `依据: 文件: 第三条`."""
    old = spot.lines[spot.line]
    second = re.match(r"^\s*(?:- +)?[^\s:#\"'{\[][^:#]*:\s+[^\s\"'{\[#][^#]*?(?P<colon>:)(?:\s|$)", old)
    if second:
        at = second.start("colon")
        new = f"{old[:at]}{UNKNOWN}{old[at + 1 :]}"
        return Diagnosis(
            "Y06", "值里又有冒号加空格", QUOTE_HINT, spot.line + 1, at + 1, with_line(spot, spot.line, new)
        )
    return None


def _no_key(spot: Spot) -> Diagnosis | None:
    """Find a line of bare words between keys; YAML notices on the next line."""
    old = spot.lines[spot.opened]
    if spot.opened == spot.line or not old.strip() or re.search(r"^\s*- |[:：#\"'{}\[\]]", old):
        return None
    at = depth(old)
    new = f"{old[:at]}#{old[at + 1 :]}"
    hint = "写成“键: 值”；如果接着上一行的值，请并到上一行"
    message = f"“{old.strip()[:20]}”这一行没有冒号"
    return Diagnosis("Y07", message, hint, spot.opened + 1, at + 1, with_line(spot, spot.opened, new))


def _no_colon(spot: Spot) -> Diagnosis | None:
    """Find a line that is neither `键: 值` nor `- 项`: the colon is missing, or the blank after it."""
    for index in (spot.line, spot.line - 1):
        old = spot.lines[index].rstrip() if index >= 0 else ""
        wide = re.search(r":(?P<blank>[^\S \t])", old)
        if wide:
            at, blank = wide.start("blank"), wide.group("blank")
            what = "全角空格" if blank == "\u3000" else f"特殊的空格 U+{ord(blank):04X}"
            text = with_line(spot, index, f"{old[:at]} {old[at + 1 :]}")
            return Diagnosis("Y07", f"冒号后面是{what}", "改成半角空格", index + 1, at + 1, text)
        tight = _TIGHT.search(old)
        if tight:
            at = tight.start("next")
            new = f"{old[:at]} {old[at:]}"
            hint = f"写成“{tight.group('key')}: ”"
            return Diagnosis("Y07", "冒号后面要有一个空格", hint, index + 1, at, with_line(spot, index, new))
    return None


def _document_end(spot: Spot) -> Diagnosis | None:
    """Find a line of three dots, which ends a YAML document."""
    for index in range(spot.line - 1, -1, -1):
        if spot.lines[index].rstrip() == "...":
            text = with_line(spot, index, "#..")
            return Diagnosis("Y10", "单独一行“...”在 YAML 里是文档结束", "删掉这一行", index + 1, 1, text)
        if spot.lines[index].strip():
            break
    return None


def _indent(spot: Spot) -> Diagnosis | None:
    """Find a line that stands deeper or shallower than its neighbours."""
    old = spot.lines[spot.line]
    above = next((x for x in reversed(spot.lines[: spot.line]) if x.strip() and not x.lstrip().startswith("#")), "")
    if old.strip() and above and depth(old) != depth(above):
        return Diagnosis(
            "Y07",
            "这一行的缩进与上面的行对不齐",
            "同一层的键要对齐，每层缩进两个空格",
            spot.line + 1,
            depth(old) + 1,
            None,
        )
    return None


def _bad_escape(spot: Spot) -> Diagnosis | None:
    """Find a backslash in double quotes that is no character to YAML: `"\\ud83d"`, `"D:\\data"`."""
    old = spot.lines[spot.line]
    for match in _ESCAPE.finditer(old):
        if match.start() <= spot.column <= match.end() + 1:
            at, length = match.start(), match.end() - match.start()
            new = old[:at] + UNKNOWN * length + old[match.end() :]
            hint = "双引号里反斜杠要写两个，或改用单引号"
            return Diagnosis(
                "Y06",
                f"双引号里的 {match.group()} 不是字符",
                hint,
                spot.line + 1,
                at + 1,
                with_line(spot, spot.line, new),
            )
    return None


def _long_key(spot: Spot) -> Diagnosis | None:
    """Find a key longer than the 1,024 characters that YAML looks ahead for its colon."""
    key = re.match(r"\s*(?:- +)?(?P<key>[^\s:][^:]{1024,}):", spot.lines[spot.line])
    if not key:
        return None
    return Diagnosis("Y07", "键太长，超过 1024 个字", "检查是不是漏了冒号", spot.line + 1, key.start("key") + 1, None)


_DETECTORS: Final[tuple[Callable[[Spot], Diagnosis | None], ...]] = (
    _conflict,
    _tab,
    _bad_escape,
    _starts_special,
    _full_width_colon,
    _document_end,
    _no_colon,
    brackets.closed_too_early,
    brackets.value_to_quote,
    brackets.comma,
    _colon_inside,
    brackets.unclosed,
    brackets.stray,
    _no_key,
    _long_key,
    _indent,
)
