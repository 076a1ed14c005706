"""Check 项目资金: totals that are there and add up, money that follows the goals."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from goalgen.checking.rule import COMPLETE, REGULAR, SUITABLE, Finding, Findings, across, each
from goalgen.checking.rules.consistency import money, yearly_costs
from goalgen.checking.subject import Batch, Subject
from goalgen.errors import Severity
from goalgen.forms.item import Role
from goalgen.forms.quantity import decimal_text, parse

_DECIMALS: Final = 2
"""Decimals of an amount on a form that does not count in 万元, for which the profile speaks."""


@each("F01", Severity.ERROR, COMPLETE, "财预〔2015〕88号附表", "把财政拨款与其他资金之和写进总额")
def total_missing(subject: Subject) -> Findings:
    """资金总额没有填。

    为什么：写了财政拨款却不写总额，审核人无法核对项目的全部资金。

    坏例：
        项目资金: {年度: {财政拨款: 35}}
    好例：
        项目资金: {年度: {总额: 35, 财政拨款: 35, 其他资金: 0}}
    """
    for column in subject.money:
        for row in column.table.items:
            worth = column.worth(row.key) if row.key in column.table.parts else None
            if worth is not None and not row.automatic and column.amount(row.key) is None:
                message = f"{column.name}资金没有写{row.key}"
                yield Finding(subject.project, column.path(row.key), message, hint=f"写 {row.key}: {worth}")


@each("F02", Severity.ERROR, SUITABLE, "资金栏的勾稽关系；财政系统保存时校验", "改总额或改分项，使两者相等")
def total_wrong(subject: Subject) -> Findings:
    """资金总额不等于财政拨款加其他资金。

    为什么：总额 = 财政拨款 + 其他资金，按十进制精确相等；没有写的分项当作 0。

    坏例：
        项目资金: {年度: {总额: 36, 财政拨款: 35, 其他资金: 0.1}}
    好例：
        项目资金: {年度: {总额: 35.1, 财政拨款: 35, 其他资金: 0.1}}
    """
    for column in subject.money:
        for row, parts in column.table.parts.items():
            total, worth = column.written(row), column.worth(row)
            if total is not None and total != worth:
                written = " + ".join(str(column.worth(part) or 0) for part in parts)
                message = f"{column.name}{row} {total} 不等于 {written} = {worth} {subject.unit}"
                yield Finding(subject.project, column.path(row), message)


@each("F03", Severity.WARNING, COMPLETE, "财预〔2015〕88号：填报完整", "没有其他资金就写 0")
def part_blank(subject: Subject) -> Findings:
    """其他资金空着。

    为什么：空着分不清是没有还是漏填。

    坏例：
        项目资金: {年度: {总额: 35, 财政拨款: 35}}
    好例：
        项目资金: {年度: {总额: 35, 财政拨款: 35, 其他资金: 0}}
    """
    for column in subject.money:
        sums = column.table.parts
        parts = dict.fromkeys(part for own in sums.values() for part in own if part not in sums)
        for key in parts if column.any_written else ():
            if column.amount(key) is None:
                yield Finding(subject.project, column.path(key), f"{column.name}{key}空着")


@each("F04", Severity.ERROR, SUITABLE, "年度是中长期的一部分", "核对两栏是否填反")
def annual_above_medium(subject: Subject) -> Findings:
    """年度资金大于中长期资金。

    为什么：中长期资金包括年度资金，每一行都不应更小。

    坏例：
        项目资金: {中长期: {总额: 30, 财政拨款: 30, 其他资金: 0}, 年度: {总额: 35, 财政拨款: 35, 其他资金: 0}}
    好例：
        项目资金: {中长期: {总额: 105, 财政拨款: 105, 其他资金: 0}, 年度: {总额: 35, 财政拨款: 35, 其他资金: 0}}
    """
    medium, annual = subject.funding(Role.MEDIUM), subject.funding(Role.ANNUAL)
    if medium is None or annual is None:
        return
    for row in annual.table.items:
        whole, part = medium.written(row.key), annual.written(row.key)
        if whole is not None and part is not None and part > whole:
            message = f"{annual.name}{row.key} {part} 大于{medium.name} {whole} {subject.unit}"
            yield Finding(subject.project, annual.path(row.key), message)


@each(
    "F05",
    Severity.INFO,
    SUITABLE,
    "财预〔2015〕88号：资金与目标相应匹配",
    "按各年任务分别测算；确实逐年相同的，用 ignore 注明",
)
def mechanical(subject: Subject) -> Findings:
    """中长期资金恰好是年度资金乘年数。

    为什么：各年一样多，看不出按任务测算过；审核人会问后几年的依据。

    坏例：
        项目资金: {中长期: {总额: 105, 财政拨款: 105, 其他资金: 0}, 年度: {总额: 35, 财政拨款: 35, 其他资金: 0}}
    好例：
        项目资金: {中长期: {总额: 108, 财政拨款: 108, 其他资金: 0}, 年度: {总额: 35, 财政拨款: 35, 其他资金: 0}}
    """
    years, column = _flat(subject), subject.funding(Role.MEDIUM)
    if years and column:
        medium, annual = subject.funds(Role.MEDIUM), subject.funds(Role.ANNUAL)
        message = f"中长期 {medium} {subject.unit}恰好是年度 {annual} {subject.unit}的 {years} 倍"
        yield Finding(subject.project, column.path(), message)


def _flat(subject: Subject) -> int:
    """Return how many years the window has when the money is the same in each of them, else 0."""
    window = subject.project.window
    years = window.last - window.first + 1
    medium, annual = subject.funds(Role.MEDIUM), subject.funds(Role.ANNUAL)
    return years if years > 1 and annual and medium == annual * years else 0


@each("F06", Severity.WARNING, SUITABLE, "财预〔2015〕88号：资金与目标相应匹配", "让资金随任务变化，或改指标")
def money_against_trend(subject: Subject) -> Findings:
    """数量或成本说逐年变化，资金却逐年相同。

    为什么：任务逐年递减，钱却不减，资金与目标不匹配。

    坏例：
        项目资金: {中长期: {总额: 105, 财政拨款: 105, 其他资金: 0}, 年度: {总额: 35, 财政拨款: 35, 其他资金: 0}}
        绩效指标: {数量指标: [{指标: 维修面积, 中长期: 逐年递减, 年度: 5666平方米}]}
    好例：
        项目资金: {中长期: {总额: 95, 财政拨款: 95, 其他资金: 0}, 年度: {总额: 35, 财政拨款: 35, 其他资金: 0}}
        绩效指标: {数量指标: [{指标: 维修面积, 中长期: 逐年递减, 年度: 5666平方米}]}
    """
    if not _flat(subject):
        return
    for cell in subject.in_groups(subject.groups(Role.COUNT, Role.COST)):
        said = next((word for word in subject.profile.yearly if word in cell.text), None)
        if said:
            message = f"“{cell.row.name}”{said}，资金却逐年相同"
            yield Finding(subject.project, cell.path, message, cell.field)


@each("F07", Severity.WARNING, REGULAR, "金额单位要写全", "写成 10万元")
def unit_incomplete(subject: Subject) -> Findings:
    """金额写了“万”没有写“元”。

    为什么：“10万”是十万元还是十万次，看不出来，财政系统里计量单位必填。

    坏例：
        绩效指标: {成本指标: [{指标: 水电费, 中长期: 每月不超过10万, 年度: 每月不超过10万}]}
    好例：
        绩效指标: {成本指标: [{指标: 水电费, 中长期: 每月不超过10万元, 年度: 每月不超过10万元}]}
    """
    for cell in subject.cells:
        for quantity in cell.quantities:
            if quantity.unit and quantity.unit[-1] in "万亿":
                said = cell.text[quantity.start : quantity.end]
                yield Finding(subject.project, cell.path, f"“{said}”没有写明单位", cell.field)


@across(
    "F08",
    Severity.ERROR,
    SUITABLE,
    "部门预算：各项目之和不超过项目支出",
    "核对 projects.yaml 里单位的预算和各项目的年度资金",
)
def above_budget(batch: Batch) -> Findings:
    """单位各项目的年度资金之和超过申明的预算。

    为什么：项目支出有总盘子。在 projects.yaml 的“单位”里写“预算: {2020: 876.99}”（万元）才核对。

    坏例：
        单位: [{名称: 衡阳市人民政府办公室, 预算: {2020: 30}}]
    好例：
        单位: [{名称: 衡阳市人民政府办公室, 预算: {2020: 35}}]
    """
    for unit in batch.units:
        limit = unit.budget.get(batch.year)
        subjects = [subject for subject in batch.subjects if subject.project.unit == unit.name]
        spent = sum((subject.form.converted(subject.funds(), "万元") for subject in subjects), Decimal(0))
        if limit is not None and spent > limit:
            message = f"{unit.name} {len(subjects)} 个项目年度资金共 {spent} 万元，超过预算 {limit} 万元"
            column = subjects[0].funding(Role.ANNUAL)
            yield Finding(subjects[0].project, column.path() if column else "", message)


@each("F09", Severity.WARNING, REGULAR, "金额写法的惯例", "核对金额")
def odd_amount(subject: Subject) -> Findings:
    """金额小数太多，或总额为零。

    为什么：多半是笔误或单位写错（元当成万元）。

    坏例：
        项目资金: {年度: {总额: 0.00001, 财政拨款: 0.00001, 其他资金: 0}}
    好例：
        项目资金: {年度: {总额: 35.5, 财政拨款: 35.5, 其他资金: 0}}
    """
    decimals = subject.profile.decimals if subject.unit == "万元" else _DECIMALS
    for column in subject.money:
        for key, amount in column.amounts:
            what = _odd(amount.value, column.table.tops == (key,), decimals)
            if what:
                yield Finding(subject.project, column.path(key), f"{column.name}{key} {amount.text} {what}")


def _odd(value: Decimal, total: bool, decimals: int) -> str:
    if total and value == 0:
        return "是零"
    exponent = value.as_tuple().exponent
    return f"多于 {decimals} 位小数" if isinstance(exponent, int) and -exponent > decimals else ""


YUAN: Final = 10_000
"""How many 元 are one 万元."""
_FAR: Final = 1_000
"""By how many times an amount in 元 is at least larger than what it is held against, the goals being ever so different."""
_FAR_FROM_OTHERS: Final = 2_000
_LARGE: Final = 10_000
"""From how many 万元 on an amount may be one in 元 by its size: as 元 it would be 1 万元."""
_MANY: Final = 3
"""How many other projects say what amounts are usual."""


@across(
    "F10",
    Severity.WARNING,
    SUITABLE,
    "表上的金额单位是万元",
    "单位是万元；写的是元就除以 10000，确实这么多就用 ignore 注明",
)
def yuan(batch: Batch) -> Findings:
    """金额像是写成了元。

    为什么：表上的单位是万元，30万元写 30；写成 300000 就是三十亿元。与上年、与中长期或年度、与成本指标和文字里写的金额、与同一年度别的
    项目相差上千倍，或者超过审核口径里的“金额上限”（万元；0 是不查），就提出来。

    坏例：
        项目资金: {中长期: {总额: 920000, 财政拨款: 920000, 其他资金: 0}, 年度: {总额: 300000, 财政拨款: 300000, 其他资金: 0}}
    好例：
        项目资金: {中长期: {总额: 92, 财政拨款: 92, 其他资金: 0}, 年度: {总额: 30, 财政拨款: 30, 其他资金: 0}}
    """
    annual = [subject.funds() for subject in batch.subjects]
    for number, subject in enumerate(batch.subjects):
        others = [amount for n, amount in enumerate(annual) if n != number and amount]
        for role in (Role.ANNUAL, Role.MEDIUM) if subject.unit == "万元" else ():
            column, amount = subject.funding(role), subject.funds(role)
            reason = next(_reasons(batch, subject, role, others), "") if amount else ""
            if column and reason:
                said = f"{decimal_text(amount)} 万元像是元（{decimal_text(amount / YUAN)} 万元）"
                path = column.path(column.table.tops[0])
                yield Finding(subject.project, path, f"{column.name}资金 {said}：{reason}")
                break


def _reasons(batch: Batch, subject: Subject, role: Role, others: list[Decimal]) -> Iterator[str]:
    """Say what makes an amount look like one in 元, the surest first."""
    amount = subject.funds(role)
    before = batch.before.get(subject.project.code, Decimal(0))
    if before and role is Role.ANNUAL and amount >= before * _FAR:
        yield f"上年是 {decimal_text(before)} 万元"
    annual = subject.funds()
    if role is Role.MEDIUM and annual and amount >= annual * _FAR:
        yield f"年度只有 {decimal_text(annual)} 万元"
    if amount < _LARGE:
        return
    said = next((text for text, value in _said(subject) if value * YUAN == amount), "")
    if said:
        yield f"表上别处写着{said}"
    costs = [total for total in yearly_costs(subject) if total]
    if costs and role is Role.ANNUAL and amount >= max(costs) * _FAR:
        yield f"成本指标合起来不过 {decimal_text(max(costs))} 万元"
    usual = sorted(others)[len(others) // 2] if len(others) >= _MANY else Decimal(0)
    if usual and role is Role.ANNUAL and amount >= usual * _FAR_FROM_OTHERS:
        yield f"别的项目多在 {decimal_text(usual)} 万元上下"
    limit = subject.profile.largest
    if limit and amount >= limit and (role is Role.ANNUAL or not annual):
        yield f"一个项目很少到 {limit} 万元"


def _said(subject: Subject) -> Iterator[tuple[str, Decimal]]:
    """Find every amount of money in the texts of a project: as written, and in 万元."""
    for words in subject.words:
        for quantity in parse(words.text):
            value = money(quantity)
            if value:
                yield words.text[quantity.start : quantity.end], value
