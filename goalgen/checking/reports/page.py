"""Write the review as one self-contained .html: every form as printed, its findings beside it, filters on top."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from goalgen.checking.check import INPUT_HEADING, Group, Review
from goalgen.checking.manual import FOOT
from goalgen.checking.reports.page_assets import SCRIPT, STYLE
from goalgen.checking.rule import CRITERIA
from goalgen.errors import Problem, Severity
from goalgen.forms import Form
from goalgen.forms.blocks.block import PageCell
from goalgen.forms.project import Project
from goalgen.reporting import totals
from goalgen.text.markup import choice

_COLUMNS: Final = 24
"""Columns of the grid on which the cells of a row share the table's width."""
_CLASSES: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}


def html(review: Review) -> str:
    """Write the whole page; it needs no network and no other file."""
    title = f"{escape(review.department)}绩效目标审核意见"
    units = sorted({group.project.unit for group in review.groups if group.project})
    body = "".join(_group(number, group) for number, group in enumerate(review.groups))
    foot = "<br>".join(escape(FOOT).split("\n"))
    return (
        f'<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head><body>'
        f"<header><h1>{title}</h1><p>{escape(totals(review.problems))}；{review.clean} 个项目没有问题</p>"
        f"<form>{choice('unit', '单位', units)}{choice('severity', '轻重', [s.value for s in Severity])}"
        f"{choice('criterion', '标准', [INPUT_HEADING, *CRITERIA])}<output></output></form></header>"
        f"<main>{body}</main><footer>{foot}</footer><script>{SCRIPT}</script></body></html>\n"
    )


def _group(number: int, group: Group) -> str:
    unit = group.project.unit if group.project else ""
    form = ""
    worst: dict[str, Severity] = {}
    if group.project and group.form:
        fields = _fields(group.project, group.form)
        for problem in reversed(group.problems):
            worst[_nearest(problem.field, fields)] = problem.severity
        form = _Table(number, worst).form(group.project, group.form)
        found = "".join(_finding(number, problem, _nearest(problem.field, fields)) for problem in group.problems)
    else:
        found = "".join(_finding(number, problem, "") for problem in group.problems)
    return (
        f'<section data-unit="{escape(unit)}"><h2>{escape(group.title)} <small>{escape(totals(group.problems))}</small>'
        f'</h2><div class="pair"><div class="sheet">{form}</div><ol>{found}</ol></div></section>'
    )


def _finding(number: int, problem: Problem, field: str) -> str:
    hint = f'<span class="hint">{escape(problem.hint)}</span>' if problem.hint else ""
    return (
        f'<li class="{_CLASSES[problem.severity]}" data-severity="{problem.severity.value}" tabindex="0"'
        f' data-criterion="{escape(problem.criterion or INPUT_HEADING)}" data-cell="{_id(number, field)}">'
        f"<b>{problem.severity.value} {escape(problem.code)}</b> {escape(problem.message)}{hint}"
        f"<code>{escape(str(problem.place))}</code></li>"
    )


def _id(number: int, field: str) -> str:
    return escape(f"{number}-{field}") if field else ""


def _fields(project: Project, form: Form) -> frozenset[str]:
    """Return every field that has a cell in the table."""
    rows = (row for block in form.blocks for row in block.page(project, form.look))
    return frozenset(cell.field for row in rows for cell in row if cell.field)


def _nearest(field: str, fields: frozenset[str]) -> str:
    """Return the field, or the nearest one above it, that has a cell; "" when there is none."""
    while field and field not in fields:
        field = field.rpartition(".")[0]
    return field


class _Table:
    """Write one form as a table; cells with findings are coloured by the worst."""

    def __init__(self, number: int, worst: dict[str, Severity]) -> None:
        self.number = number
        self.worst = worst

    def cell(self, text: str, field: str = "", span: int = 1, kind: str = "td") -> str:
        """Write one cell, coloured by the worst of its findings."""
        level = self.worst.get(field) if field else None
        mark = f' class="{_CLASSES[level]}"' if level else ""
        name = f' id="{_id(self.number, field)}"' if field else ""
        size = f' colspan="{span}"' if span > 1 else ""
        return f"<{kind}{name}{mark}{size}>{escape(text)}</{kind}>"

    def form(self, project: Project, form: Form) -> str:
        """Write the form block by block, every row as wide as the table."""
        rows = (row for block in form.blocks for row in block.page(project, form.look))
        body = "".join(f"<tr>{self._row(row)}</tr>" for row in rows)
        return f"<table><caption>{escape(form.title)}（{project.year} 年度）</caption>{body}</table>"

    def _row(self, row: Sequence[PageCell]) -> str:
        whole = sum(cell.width for cell in row)
        ends = [_COLUMNS * sum(cell.width for cell in row[: n + 1]) // whole for n in range(len(row))]
        spans = [end - start for start, end in zip((0, *ends), ends, strict=False)]
        kinds = ("th" if cell.heading else "td" for cell in row)
        return "".join(
            self.cell(cell.text, cell.field, span, kind) for cell, span, kind in zip(row, spans, kinds, strict=True)
        )
