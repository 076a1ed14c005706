"""Hold things against each other in one project: 年度 and 中长期, quantities and money."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import zip_longest
from typing import Final

from goalgen.checking import needs
from goalgen.checking.rule import FEASIBLE, SUITABLE, Finding, Findings, each
from goalgen.checking.subject import Branch, Subject, Target
from goalgen.errors import Severity
from goalgen.forms.form import BUDGET_UNIT, in_unit
from goalgen.forms.item import Role
from goalgen.forms.quantity import Quantity, decimal_text, parse

_MONTHLY: Final = re.compile("每月|月均|每个月|月工资|月租|/月|[·・]月")
_PER: Final = re.compile("每(?P<unit>次|篇|期|场|人|名|个|户|家|件|项|台|套|份)|人均|单价|平均|标准")
_YUAN: Final = ("元", "人民币")
_WEAKENING: Final = ("基本", "较", "比较")
_UNITS_OF_DURATION: Final = {"年", "小时"}


def money(quantity: Quantity, unit: str = BUDGET_UNIT) -> Decimal | None:
    """Return an amount (of 元/次 too) in a unit of money, None when the quantity is none; a bare 万 counts as 万元."""
    number, counted = quantity.base
    is_money = counted.partition("/")[0] in _YUAN or (not counted and quantity.unit == "万")
    return in_unit(number, "元", unit) if is_money else None


@each(
    "I11",
    Severity.WARNING,
    SUITABLE,
    "财预〔2015〕88号：资金与目标相应匹配",
    "核对单价、数量和年度资金，写明其余的钱用在哪里",
    needs=(needs.money(Role.ANNUAL), needs.targets(Role.ANNUAL), needs.groups(Role.COUNT, Role.COST)),
)
def cost_against_funds(subject: Subject) -> Findings:
    """成本与年度资金对不上。

    为什么：成本总额不应大于年度资金；每月（每人）标准 × 12 ×（人数）应等于年度资金；单次费用 × 次数不应大于
    年度资金。相差在审核口径的“成本允差”（百分之几）以内不算。指标写元还是万元都可以，换算成表上的单位再比。

    坏例：
        绩效指标: {数量指标: [{指标: 水电费, 年度: 每月不超过10万元}]}
    好例：
        项目资金: {年度: {总额: 120, 财政拨款: 120, 其他资金: 0}}
        绩效指标: {数量指标: [{指标: 水电费, 年度: 每月不超过10万元}]}
    """
    funds = subject.funds()
    tolerance = funds * subject.profile.cost_tolerance / 100
    groups = subject.groups(Role.COUNT, Role.COST)
    for cell in subject.in_groups(groups, Role.ANNUAL) if funds else ():
        for quantity in cell.quantities:
            amount = money(quantity, subject.unit)
            if amount is None:
                continue
            said, total, exact = _yearly(subject, cell, quantity, amount)
            if total is not None and (total > funds + tolerance or (exact and total < funds - tolerance)):
                message = f"{said}，年度资金 {decimal_text(funds)} {subject.unit}"
                yield Finding(subject.project, cell.path, message, cell.field)


def yearly_costs(subject: Subject) -> Iterator[Decimal]:
    """Yield what each cost of this year comes to, in the form's unit, where that can be told (see `cost_against_funds`)."""
    for cell in subject.in_groups(subject.groups(Role.COST), Role.ANNUAL):
        for quantity in cell.quantities:
            amount = money(quantity, subject.unit)
            if amount is not None:
                total = _yearly(subject, cell, quantity, amount)[1]
                if total is not None:
                    yield total


def _yearly(subject: Subject, cell: Target, quantity: Quantity, amount: Decimal) -> tuple[str, Decimal | None, bool]:
    """Say what a sum of money means for a year: in words, in the form's unit (None: unknown), and whether it should be all the money."""
    about = f"{cell.row.name} {cell.text}"
    per_head = re.search("每名|每人|人均|/人", about)
    heads = _count(subject, "人") if per_head else None
    said = f"{cell.text[quantity.start : quantity.end]}"
    if _MONTHLY.search(about):
        if per_head and heads is None:
            return "", None, False
        total = amount * 12 * (heads or 1)
        crowd = f" × {heads} 人" if heads else ""
        return f"{said}{crowd} × 12 个月 = {decimal_text(total)} {subject.unit}", total, True
    per = _PER.search(about)
    if not per and "/" not in quantity.unit:
        return f"成本 {said}", amount, False
    unit = (per and per["unit"]) or quantity.unit.partition("/")[2]
    count = heads or _count(subject, unit)
    if count is None:
        return "", None, False
    return f"{said} × {count} {unit} = {decimal_text(amount * count)} {subject.unit}", amount * count, False


def _count(subject: Subject, unit: str) -> Decimal | None:
    """Return the number of 人, 次, … among this year's 数量指标; None unless there is exactly one."""
    wanted = Quantity("=", Decimal(1), unit, 0, 0).base[1]
    cells = subject.in_groups(subject.groups(Role.COUNT), Role.ANNUAL)
    counts = [q.base[0] for cell in cells for q in cell.quantities if q.base[1] == wanted and unit]
    return counts[0] if len(counts) == 1 else None


@each(
    "I12",
    Severity.ERROR,
    FEASIBLE,
    "财预〔2015〕88号：年度目标与中长期目标衔接",
    "核对两栏是否填反，或说明年度与中长期的关系",
    also=(Severity.INFO,),
    needs=(needs.targets(Role.MEDIUM, Role.ANNUAL),),
)
def annual_against_medium(subject: Subject) -> Findings:
    """同一指标的年度值与中长期值矛盾。

    为什么：年度数量大于中长期数量是错误。年度标准低于中长期（8小时比24小时、基本满意比满意），或只有中长期有数，
    是提示：请说明逐年怎样达到。

    坏例：
        绩效指标: {数量指标: [{指标: 租赁房屋数量, 中长期: 1套房屋, 年度: 2套房屋}]}
    好例：
        绩效指标: {数量指标: [{指标: 租赁房屋数量, 中长期: 2套房屋, 年度: 2套房屋}]}
    """
    for cell in subject.cells:
        medium = subject.side(cell, Role.MEDIUM)
        if cell.role is Role.ANNUAL and medium and cell.text.strip():
            yield from _contradiction(subject, cell, medium)
    yield from _only_medium(subject)


def _contradiction(subject: Subject, cell: Target, medium: str) -> Findings:
    name = cell.row.name
    if any(cell.text == weak + medium for weak in _WEAKENING):
        message = f"“{name}”年度“{cell.text}”弱于中长期“{medium}”"
        yield Finding(subject.project, cell.path, message, cell.field, severity=Severity.INFO)
    ours, theirs = cell.quantities, parse(medium)
    if len(ours) != 1 or len(theirs) != 1 or ours[0].base[1] != theirs[0].base[1]:
        return
    (annual, unit), (later, _) = ours[0].base, theirs[0].base
    pair = f"年度 {cell.text[ours[0].start : ours[0].end]}，中长期 {medium[theirs[0].start : theirs[0].end]}"
    upper = {ours[0].sign, theirs[0].sign} & {"≤", "<"}
    if annual > later and not upper and unit not in ("%", "‰"):
        yield Finding(subject.project, cell.path, f"“{name}”年度大于中长期：{pair}", cell.field)
    elif annual < later and unit in _UNITS_OF_DURATION and not upper:
        message = f"“{name}”年度标准低于中长期：{pair}"
        yield Finding(subject.project, cell.path, message, cell.field, severity=Severity.INFO)


def _only_medium(subject: Subject) -> Findings:
    """Find indicators with a number in the medium term and only words this year."""
    for cell in subject.cells:
        annual = subject.side(cell, Role.ANNUAL)
        if cell.role is Role.MEDIUM and cell.quantities and annual and not parse(annual):
            message = f"“{cell.row.name}”只有中长期有数（{cell.text}），年度没有"
            yield Finding(subject.project, cell.path, message, cell.field, severity=Severity.INFO)


@each(
    "I13",
    Severity.INFO,
    FEASIBLE,
    "表上两栏按行对照",
    "两栏写同一个指标",
    needs=(needs.targets(Role.MEDIUM, Role.ANNUAL),),
)
def sides_differ(subject: Subject) -> Findings:
    """同一个二级指标下，中长期和年度写的不是同样的指标。

    为什么：审核人把两栏逐行对照，指标不同就看不出年度怎样通向中长期。

    坏例：
        绩效指标: {社会效益指标: [{指标: 招商工作, 中长期: 100%}, {指标: 惠民生, 年度: 100%}]}
    好例：
        绩效指标: {社会效益指标: [{指标: 新增就业人数, 中长期: ≥600人, 年度: ≥200人}]}
    """
    for branch in subject.branches:
        medium, annual = (
            [c.row.name for c in subject.in_groups((branch,), role)] for role in (Role.MEDIUM, Role.ANNUAL)
        )
        if medium and annual and set(medium) != set(annual):
            message = f"{branch.key}两栏的指标不同：中长期 {'、'.join(medium)}，年度 {'、'.join(annual)}"
            yield Finding(subject.project, branch.path, message)


@each(
    "I14",
    Severity.INFO,
    FEASIBLE,
    "财预〔2015〕88号：年度目标细化中长期目标",
    "年度写本年做到什么程度",
    needs=(needs.targets(Role.MEDIUM, Role.ANNUAL),),
)
def sides_same(subject: Subject) -> Findings:
    """中长期和年度同一行写的是同一句没有数的话。

    为什么：三年的目标和一年的目标一样，等于没有分解。满意度由 I06 管。

    坏例：
        绩效指标: {成本指标: [{指标: 经费开支, 中长期: 不超过年初预算, 年度: 不超过年初预算}]}
    好例：
        绩效指标: {成本指标: [{指标: 每次督查费用, 中长期: ≤1.1万元, 年度: ≤1.1万元}]}
    """
    for branch in subject.branches:
        if branch not in subject.groups(Role.SATISFACTION):
            for left, right in _printed_rows(subject, branch):
                if left.text.strip() and left.text == right.text and not left.quantities:
                    message = f"{branch.key}两栏写的一样：{left.text}"
                    yield Finding(subject.project, right.path, message, right.field)


def _printed_rows(subject: Subject, branch: Branch) -> Iterator[tuple[Target, Target]]:
    columns = (subject.in_groups((branch,), role) for role in (Role.MEDIUM, Role.ANNUAL))
    for left, right in zip_longest(*columns):
        if left and right:
            yield left, right


def same_outputs(subject: Subject) -> tuple[tuple[str, str], ...]:
    """Return what a project puts out this year: names and values with a number."""
    cells = subject.in_groups(subject.groups(Role.COUNT), Role.ANNUAL)
    return tuple((cell.row.name, cell.text) for cell in cells if cell.quantities)
