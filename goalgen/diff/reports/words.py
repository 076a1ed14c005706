"""Put the parts of a difference into the words that reports share: amounts, counts, what a change amounts to."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from goalgen.diff.values import Basis, Change, Difference, Identity, Pair, Part, Strength, Sum, signed
from goalgen.forms.quantity import decimal_text

EMPTY: Final = "（空）"


def amount(money: Sum, unit: str) -> str:
    """Write `876.99 → 860.24 万元，-16.75（-1.9%）`, one amount where nothing changed; `unit` is the form's."""
    if not money.delta:
        return f"{decimal_text(money.new)} {unit}，不变"
    return f"{decimal_text(money.old)} → {decimal_text(money.new)} {unit}，{signed(money.delta)}{share(money.percent)}"


def share(percent: Decimal | None) -> str:
    """Write `（-1.9%）`, "" where there is no percent."""
    return "" if percent is None else f"（{signed(percent)}%）"


def measure(change: Change) -> str:
    """Write what a change amounts to: `+6次（+20%） 加强`; "" for a text."""
    number = f"{change.delta}{share(change.percent)}" if change.delta and change.delta.number else ""
    return " ".join(filter(None, (number, change.strength.value)))


def shown(text: str | None) -> str:
    """Write a value as one line, （空） where there is none."""
    return " ".join((text or "").split()) or EMPTY


def marked(parts: Sequence[Part], before: str, after: str) -> str:
    """Write a text with these signs around its changed spans."""
    return "".join(f"{before}{part.text}{after}" if part.changed else part.text for part in parts)


def money_of(one: Identity, unit: str) -> str:
    """Write the money of a project: `年度 12 万元，中长期 36 万元`; `unit` is the form's."""
    return f"年度 {decimal_text(one.annual)} {unit}，中长期 {decimal_text(one.medium)} {unit}"


def known_by(pair: Pair) -> str:
    """Say why two projects were taken for one: `编号 a → b`, `按内容相似（78%）认作同一项目`; "" where that is plain."""
    words = []
    if pair.old.code and pair.new.code and pair.old.code != pair.new.code:
        words.append(f"编号 {pair.old.code} → {pair.new.code}")
    if pair.basis is Basis.LIKENESS:
        words.append(f"按内容相似（{decimal_text(pair.likeness * 100)}%）认作同一项目")
    elif pair.basis is Basis.NAME and words:
        words.append("按名称认作同一项目")
    return "，".join(words)


def counts(difference: Difference) -> str:
    """Count the projects: `项目 16 → 16 个：新增 1，取消 1，改名 1，有改动 12，没有变化 2`."""
    told = [
        ("新增", len(difference.added)),
        ("取消", len(difference.removed)),
        ("改名", len(difference.renamed)),
        ("有改动", len(difference.changed)),
        ("没有变化", difference.unchanged),
    ]
    whole = difference.whole
    return f"项目 {whole.old_count} → {whole.new_count} 个：{_told(told)}"


def strengths(difference: Difference) -> str:
    """Count the changes: `改动 40 处；指标值加强 3，放宽 1，量化 5`."""
    changes = difference.changes
    found = [
        (strength.value, sum(change.strength is strength for change in changes))
        for strength in Strength
        if strength is not Strength.PLAIN
    ]
    told = _told(found)
    return f"改动 {len(changes)} 处" + (f"；指标值{told}" if told else "")


def _told(numbers: Sequence[tuple[str, int]]) -> str:
    return "，".join(f"{word} {number}" for word, number in numbers if number)


def unread(difference: Difference) -> list[str]:
    """Write a line for every file that could not be read and was therefore not compared."""
    return [f"没有对照（文件有错误）：{one.file}" for one in difference.unread]


def hidden(difference: Difference) -> str:
    """Say how much was left out as routine; "" when nothing was."""
    if not difference.hidden:
        return ""
    return f"另有 {difference.hidden} 处只是年限顺延和填报日期，没有列出（--all 列出）"
