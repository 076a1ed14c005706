"""Write a difference as one self-contained .html: the two sides beside each other, filters on top, fit for printing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from goalgen.diff.reports import words
from goalgen.diff.reports.page_assets import SCRIPT, STYLE
from goalgen.diff.reports.rows import GONE_PROJECT, NEW_PROJECT, SORTS, Row, Section, sections
from goalgen.diff.values import Difference, Part, Sum, Total, signed
from goalgen.forms.quantity import decimal_text
from goalgen.text.markup import choice


def html(difference: Difference) -> str:
    """Write the whole page, which needs no network and no other file; amounts are in the form's unit (万元)."""
    found = list(sections(difference))
    title = escape(f"{difference.old} → {difference.new}")
    sorts = {sort for row in _rows(found) for sort in row.sorts}
    told = f"{words.counts(difference)}；{words.strengths(difference)}" if difference else "没有不同"
    foot = [*words.unread(difference), words.hidden(difference)]
    return (
        f'<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head><body>'
        f"<header><h1>{title}</h1><p>{escape(told)}</p><form>"
        f"{choice('unit', '单位', [section.total.unit for section in found])}"
        f"{choice('sort', '变动', [sort for sort in SORTS if sort in sorts])}"
        '<label>查找 <input name="word" type="search" placeholder="项目、字段、文字"></label><output></output></form></header>'
        f"<main>{_totals(difference)}{''.join(_section(section, difference) for section in found)}</main>"
        f"<footer>{'<br>'.join(map(escape, filter(None, foot)))}</footer><script>{SCRIPT}</script></body></html>\n"
    )


def _rows(found: Iterable[Section]) -> Iterable[Row]:
    return (row for section in found for rows in section.projects for row in rows)


def _totals(difference: Difference) -> str:
    """Write the table of the money per 预算单位 and in all."""
    unit = escape(difference.money_unit)
    two = f"<th>{escape(difference.old)}</th><th>{escape(difference.new)}</th><th>增减</th><th>增减%</th>"
    head = (
        f'<tr><th rowspan="2">预算单位</th><th rowspan="2">项目</th><th colspan="4">年度资金（{unit}）</th>'
        f'<th colspan="4">中长期资金（{unit}）</th></tr><tr>{two}{two}</tr>'
    )
    lines = [_total(total, total.unit or "（没有写预算单位）") for total in difference.totals]
    whole = _total(difference.whole, "合计")
    return f'<table class="totals"><thead>{head}</thead><tbody>{"".join(lines)}</tbody><tfoot>{whole}</tfoot></table>'


def _total(total: Total, name: str) -> str:
    same = total.old_count == total.new_count
    count = f"{total.new_count}" if same else f"{total.old_count} → {total.new_count}"
    return f"<tr><th>{escape(name)}</th><td>{count}</td>{_sum(total.annual)}{_sum(total.medium)}</tr>"


def _sum(money: Sum) -> str:
    look = ' class="more"' if money.delta > 0 else ' class="less"' if money.delta < 0 else ""
    share = "" if money.percent is None else f"{signed(money.percent)}%"
    cells = f"<td>{decimal_text(money.old)}</td><td>{decimal_text(money.new)}</td>"
    return f"{cells}<td{look}>{signed(money.delta)}</td><td{look}>{share}</td>"


def _section(section: Section, difference: Difference) -> str:
    unit = section.total.unit
    money = words.amount(section.total.annual, difference.money_unit)
    return (
        f'<section data-unit="{escape(unit)}"><h2>{escape(unit or "（没有写预算单位）")} <small>年度 {escape(money)}</small></h2>'
        f"{''.join(_project(rows, difference) for rows in section.projects)}</section>"
    )


def _project(rows: Sequence[Row], difference: Difference) -> str:
    first = rows[0]
    sign = {NEW_PROJECT: "new", GONE_PROJECT: "gone"}.get(first.sorts[0], "")
    heads = ("字段", difference.old, difference.new, "增减", "说明")
    head = "".join(f"<th>{escape(word)}</th>" for word in heads)
    code = f" <small>{escape(first.code)}</small>" if first.code else ""
    columns = "".join(f'<col class="{name}">' for name in ("field", "side", "side", "measure", "note"))
    return (
        f'<article class="{sign}"><h3>{escape(first.name)}{code}</h3><table><colgroup>{columns}</colgroup>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(map(_row, rows))}</tbody></table></article>"
    )


def _row(row: Row) -> str:
    sorts = escape("|".join(row.sorts))
    sides = f"<td>{_marked(row.old, 'del')}</td><td>{_marked(row.new, 'ins')}</td>"
    place = f' title="{escape(row.place)}"' if row.place else ""
    return (
        f'<tr data-sorts="{sorts}"{place}><th>{escape(row.label)}</th>{sides}'
        f'<td class="{_look(row)}">{escape(row.measure)}</td><td>{escape(row.note)}</td></tr>'
    )


def _look(row: Row) -> str:
    words_of = {
        "资金增加": "more",
        "资金减少": "less",
        "指标加强": "better",
        "指标放宽": "worse",
        "指标不再量化": "worse",
    }
    return next((words_of[sort] for sort in row.sorts if sort in words_of), "")


def _marked(parts: Sequence[Part], tag: str) -> str:
    return "".join(f"<{tag}>{escape(part.text)}</{tag}>" if part.changed else escape(part.text) for part in parts)
