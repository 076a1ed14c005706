"""Detect slips with quotes, brackets and commas: values that begin like YAML and go on like text."""

from __future__ import annotations

import re
from typing import Final

from goalgen.source.slips.slip import QUOTE_HINT, Diagnosis, Spot, quote_hint, with_line
from goalgen.text.characters import UNKNOWN

_VALUE: Final = re.compile(r"(?:^\s*(?:- +)+|[^\s\"']:\s+|[{\[,]\s*)(?P<value>[^\s].*?)\s*$")
_BARE: Final = re.compile(r"^\s*(?P<value>[\"'{\[].*?)\s*$")
_PAIRS: Final = {"[": "]", "{": "}", '"': '"', "'": "'"}


def value_to_quote(spot: Spot) -> Diagnosis | None:
    """Find a value that begins like YAML and goes on like text: `[2017]436号`, `"八项规定"精神`, `>=95%`, `*保密*`, `&…`, `!…`."""
    for index in (spot.line, spot.line - 1):
        match = _VALUE.search(spot.lines[index]) if index >= 0 else None
        if match and _looks_like_text(match.group("value")):
            old, at, value = spot.lines[index], match.start("value"), match.group("value")
            new = old[:at] + UNKNOWN * len(value) + old[match.end("value") :]
            return Diagnosis(
                "Y06",
                f"值以 {value[0]} 开头，YAML 会当成特殊符号",
                quote_hint(value),
                index + 1,
                at + 1,
                with_line(spot, index, new),
            )
    return None


def _looks_like_text(value: str) -> bool:
    closing = _PAIRS.get(value[0])
    if closing:
        end = value.find(closing, 1)
        rest = value[end + 1 :].strip() if end > 0 else ""
        return bool(rest) and rest[0] not in ",]}#:" and not (closing in rest and value[0] in "[{")
    return value[0] in "*&!" or bool(re.match(r"[>|](?![+\-\d]*\s*(#|$))", value))


def unclosed(spot: Spot) -> Diagnosis | None:
    """Find a quote or bracket that is opened and never closed."""
    for index in (spot.opened, spot.line, spot.line - 1):
        old = spot.lines[index] if index >= 0 else ""
        match = _BARE.match(old) or _VALUE.search(old)
        value = match.group("value") if match else ""
        closing = _PAIRS.get(value[:1])
        if not match or not closing or closing in value[1:] or (value[0] in "{[" and value[-1] in "{[,"):
            continue
        at = match.start("value")
        what, new = ("引号", old[:at] + UNKNOWN * len(value)) if value[0] in "\"'" else ("括号", old + closing)
        message = f"{what} {value[0]} 没有成对"
        return Diagnosis("Y07", message, f"在值的末尾补上 {closing}", index + 1, at + 1, with_line(spot, index, new))
    return None


def closed_too_early(spot: Spot) -> Diagnosis | None:
    """Find text that goes on after a value in brackets or quotes: `{依据: [2017]4号}`, `{依据: "八项"精神}`."""
    old, at = spot.lines[spot.line], spot.column
    match = re.search(r"[{\[,]\s*(?:[^\s,:{}\[\]\"']+:\s+)?(?P<value>\[[^\[\]]*\]|\"[^\"]*\"|'[^']*')$", old[:at])
    rest = re.match(r"[^\s,}\]#：:][^,}\]]*", old[at:])
    if not match or not rest:
        return None
    start, end = match.start("value"), at + rest.end()
    message = f"值以 {old[start]} 开头，YAML 会当成特殊符号"
    new = old[:start] + UNKNOWN * (end - start) + old[end:]
    return Diagnosis("Y06", message, QUOTE_HINT, spot.line + 1, start + 1, with_line(spot, spot.line, new))


def comma(spot: Spot) -> Diagnosis | None:
    """Find things in brackets that no `, ` parts: `{指标: 甲，年度: 乙}`, `{指标: 甲 年度: 乙}`."""
    old = spot.lines[spot.line]
    before = old[: spot.column]
    if spot.column >= len(old) or not re.search(r"[{\[]", before):
        return None
    wide = max(before.rfind(mark) for mark in "，、；")
    if wide >= 0 and old[spot.column] == ":":
        new = f"{old[:wide]}, {old[wide + 1 :]}"
        message = f"花括号里各项之间用了“{old[wide]}”"
        return Diagnosis(
            "Y07", message, "改成半角逗号加空格“, ”", spot.line + 1, wide + 1, with_line(spot, spot.line, new)
        )
    blank = before.rfind(" ")
    if old[spot.column] == ":" and before[:blank].endswith(":"):
        return Diagnosis(
            "Y06",
            "值里又有冒号加空格",
            QUOTE_HINT,
            spot.line + 1,
            spot.column + 1,
            with_line(spot, spot.line, f"{before}{UNKNOWN}{old[spot.column + 1 :]}"),
        )
    if old[spot.column] == ":" and re.search(r"\S: \S", before):
        new = f"{old[:blank]},{old[blank:]}"
        message = "花括号里两项之间缺逗号，或者值里又有冒号"
        hint = "各项用“, ”隔开；值里有冒号时给值加双引号"
        return Diagnosis("Y07", message, hint, spot.line + 1, blank + 1, with_line(spot, spot.line, new))
    return None


def stray(spot: Spot) -> Diagnosis | None:
    """Find a closing bracket or comma that nothing opened, or a list begun behind its key: `a: - b`."""
    old, at = spot.lines[spot.line], spot.column
    sign = old[at : at + 1]
    if sign and sign in "}],":
        new = f"{old[:at]} {old[at + 1 :]}"
        message = f"多了一个“{sign}”，或者值以它开头"
        hint = "删掉它，或给整个值加双引号"
        return Diagnosis("Y07", message, hint, spot.line + 1, at + 1, with_line(spot, spot.line, new))
    if re.match(r"-\s", old[at:]) and re.search(r":\s+$", old[:at]):
        new = old[:at] + UNKNOWN * len(old[at:])
        hint = "列表要另起一行，每项一行；如果是文字，给整个值加双引号"
        return Diagnosis("Y06", "值不能以 - 开头", hint, spot.line + 1, at + 1, with_line(spot, spot.line, new))
    return None
