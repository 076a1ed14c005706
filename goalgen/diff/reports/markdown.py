"""Write a difference as Markdown, for a mail, an issue or a merge request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from goalgen.diff.reports import words
from goalgen.diff.reports.rows import Row, Section, sections
from goalgen.diff.values import Difference, Part, Sum, signed
from goalgen.forms.quantity import decimal_text
from goalgen.text.markup import cell


def markdown(difference: Difference) -> str:
    """Write the totals, and a table per 预算单位: 项目｜字段｜原来｜现在｜增减｜说明; money in the form's unit (万元)."""
    lines = [*_head(difference)]
    for section in sections(difference):
        lines += _section(section)
    return "\n".join([*lines, *_foot(difference)]) + "\n"


def stat_markdown(difference: Difference) -> str:
    """Write the totals alone as Markdown, money in the form's unit (万元)."""
    return "\n".join([*_head(difference), *_foot(difference)]) + "\n"


def _head(difference: Difference) -> Iterator[str]:
    yield f"# {cell(difference.old)} → {cell(difference.new)}\n"
    if not difference:
        yield "没有不同。"
        return
    yield f"{words.counts(difference)}；{words.strengths(difference)}。\n"
    unit = difference.money_unit
    yield f"| 预算单位 | 项目 | 年度（{unit}） | 增减 | 中长期（{unit}） | 增减 |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for total in (*difference.totals, difference.whole):
        name = cell(total.unit) if total is not difference.whole else "**合计**"
        yield f"| {name} | {total.old_count} → {total.new_count} | {_moved(total.annual)} | {_moved(total.medium)} |"
    yield ""


def _moved(money: Sum) -> str:
    """Write two cells: the amounts, and the difference."""
    if not money.delta:
        return f"{decimal_text(money.new)} | 0"
    return f"{decimal_text(money.old)} → {decimal_text(money.new)} | {signed(money.delta)}{words.share(money.percent)}"


def _foot(difference: Difference) -> Iterator[str]:
    for line in (*words.unread(difference), words.hidden(difference)):
        if line:
            yield f"> {cell(line)}"


def _section(section: Section) -> Iterator[str]:
    yield f"## {cell(section.total.unit) or '（没有写预算单位）'}\n"
    yield "| 项目 | 字段 | 原来 | 现在 | 增减 | 说明 |\n| --- | --- | --- | --- | --- | --- |"
    for row in (row for rows in section.projects for row in rows):
        texts = (cell(row.name), cell(row.label), _bold(row.old, row), _bold(row.new, row))
        yield f"| {' | '.join((*texts, cell(row.measure), cell(row.note)))} |"
    yield ""


def _bold(parts: Sequence[Part], row: Row) -> str:
    """Write a text with its changed spans in bold, plain where it is changed as a whole."""
    if len(row.old) <= 1 and len(row.new) <= 1:
        return cell("".join(part.text for part in parts))
    return "".join(f"**{cell(part.text)}**" if part.changed else cell(part.text) for part in parts)
