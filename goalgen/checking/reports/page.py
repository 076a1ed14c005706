"""Write the review as one self-contained .html: every form as printed, its findings beside it, filters on top."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from goalgen.checking.check import INPUT_HEADING, Group, Review
from goalgen.checking.manual import FOOT
from goalgen.checking.reports.page_assets import SCRIPT, STYLE
from goalgen.checking.rule import CRITERIA
from goalgen.errors import Problem, Severity
from goalgen.forms import Form
from goalgen.forms.layout import context, indicator_rows
from goalgen.forms.project import HORIZONS, Project
from goalgen.reporting import totals
from goalgen.text.markup import choice

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


def _head_fields(form: Form) -> Iterator[str]:
    yield from ("项目名称", "预算单位", form.category.key, "填报人", "联系电话", "填报日期", "项目资金", "绩效指标")
    yield from (f"项目概况.{line.key}" for line in form.overview)
    for horizon in HORIZONS:
        yield from (f"总体目标.{horizon.value}", f"项目资金.{horizon.value}")
        yield from (f"项目资金.{horizon.value}.{line.key}" for line in form.funding)


def _fields(project: Project, form: Form) -> frozenset[str]:
    """Return every field that has a cell in the table."""
    names = set(_head_fields(form)) | {f"绩效指标.{group}" for group in form.all_groups}
    for indicator in project.indicators:
        base = f"绩效指标.{indicator.group}.{indicator.name}"
        names |= {f"{base}.{horizon.value}" for horizon in HORIZONS if indicator.value(horizon) is not None}
    return frozenset(names)


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

    def cell(self, text: str, field: str = "", span: int = 1, kind: str = "td", rows: int = 1) -> str:
        level = self.worst.get(field) if field else None
        mark = f' class="{_CLASSES[level]}"' if level else ""
        name = f' id="{_id(self.number, field)}"' if field else ""
        size = (f' colspan="{span}"' if span > 1 else "") + (f' rowspan="{rows}"' if rows > 1 else "")
        return f"<{kind}{name}{mark}{size}>{escape(text)}</{kind}>"

    def form(self, project: Project, form: Form) -> str:
        """Write the form as a table of six columns."""
        rows = [*self._head(project, form), *self._funding(project, form), *self._indicators(project, form)]
        words = context(project, form)
        people = "".join(self.cell(f"{key}：{words[key]}", key, 2) for key in ("填报人", "联系电话", "填报日期"))
        body = "".join(f"<tr>{row}</tr>" for row in (*rows, people))
        return f"<table><caption>{escape(form.title)}（{project.year} 年度）</caption>{body}</table>"

    def _line(self, label: str, text: str, field: str) -> str:
        return self.cell(label, span=2, kind="th") + self.cell(text, field, 4)

    def _head(self, project: Project, form: Form) -> Iterator[str]:
        words = context(project, form)
        yield self._line("填报单位", project.unit, "预算单位")
        yield self._line("项目名称", project.name, "项目名称")
        yield self._line(form.category.label, _text(words[form.category.key]), form.category.key)
        for line in form.overview:
            yield self._line(line.label, _text(words["项目概况"][line.key]), f"项目概况.{line.key}")

    def _funding(self, project: Project, form: Form) -> Iterator[str]:
        words = context(project, form)
        yield self.cell(form.funding_label, "项目资金", 6, "th")
        yield "".join(self.cell(horizon.value, f"项目资金.{horizon.value}", 3, "th") for horizon in HORIZONS)
        for line in form.funding:
            cells = ((h.value, line.labels[h], words["项目资金"][h.value][line.key]) for h in HORIZONS)
            yield "".join(self.cell(f"{label}：{text}", f"项目资金.{h}.{line.key}", 3) for h, label, text in cells)
        yield "".join(self.cell(form.goals[horizon], span=3, kind="th") for horizon in HORIZONS)
        goals = words["总体目标"]
        yield "".join(self.cell(goals[h.value], f"总体目标.{h.value}", 3) for h in HORIZONS)

    def _indicators(self, project: Project, form: Form) -> Iterator[str]:
        heads = [self.cell("绩效指标", "绩效指标", 2, "th")]
        heads += [self.cell(f"{h.value}{word}", kind="th") for h in HORIZONS for word in ("指标", "指标值")]
        yield "".join(heads)
        group = ""
        for row in indicator_rows(project, form):
            field = f"绩效指标.{row['二级']}" if row["二级"] else ""
            group = row["二级"] or group
            cells = [self.cell(row["一级"], kind="th"), self.cell(row["二级"], field, kind="th")]
            for horizon in HORIZONS:
                side = row[horizon.value]
                path = f"绩效指标.{group}.{side['指标']}.{horizon.value}" if side["指标"] else ""
                cells += [self.cell(side["指标"]), self.cell(side["指标值"], path)]
            yield "".join(cells)


def _text(value: object) -> str:
    return "  ".join(f"{option}{tick}" for option, tick in value.items()) if isinstance(value, dict) else str(value)
