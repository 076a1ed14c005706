"""Check 项目资金: totals that are there and add up, money that follows the goals."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from goalgen.checking import needs
from goalgen.checking.rule import COMPLETE, REGULAR, SUITABLE, Finding, Findings, across, each
from goalgen.checking.rules.consistency import money, yearly_costs
from goalgen.checking.subject import Batch, MoneyColumn, Subject
from goalgen.errors import Severity
from goalgen.forms.form import BUDGET_UNIT, in_unit
from goalgen.forms.item import Role
from goalgen.forms.quantity import decimal_text, parse
from goalgen.source.shapes import YUAN

_FEW_DECIMALS: Final = 2
"""Decimals that an amount may have on any form: 元 are written with 角 and 分."""
_PLANNED: Final = (None, Role.MEDIUM, Role.ANNUAL, Role.BUDGET)
"""Roles of columns whose total is no zero; nothing may have been spent."""


@each("F01", Severity.ERROR, COMPLETE, "财预〔2015〕88号附表", "把各项之和写进总额", needs=(needs.SUMS_BY_HAND,))
def total_missing(subject: Subject) -> Findings:
    """资金总额没有填。

    为什么：写了分项却不写总额，审核人无法核对项目的全部资金。表上由程序算出的合计不用写。

    坏例：
        项目资金: {年度: {财政拨款: 35}}
    好例：
        项目资金: {年度: {总额: 35, 财政拨款: 35, 其他资金: 0}}
    """
    for column in subject.money:
        for row in column.table.items:
            worth = column.added(row.key) if row.key in column.table.parts else None
            if worth is not None and not row.automatic and column.amount(row.key) is None:
                message = f"{column.name}资金没有写{row.key}"
                yield Finding(
                    subject.project, column.path(row.key), message, hint=f"写 {row.key}: {decimal_text(worth)}"
                )


@each(
    "F02",
    Severity.ERROR,
    SUITABLE,
    "资金栏的勾稽关系；财政系统保存时校验",
    "改总额或改分项，使两者相等",
    needs=(needs.SUMS,),
)
def total_wrong(subject: Subject) -> Findings:
    """资金总额不等于各分项之和。

    为什么：总额 = 财政拨款 + 其他资金（表上有几项就加几项，一列一列地算，分项下面还有分项的也核对），按十进制精确相等；
    没有写的分项当作 0。

    坏例：
        项目资金: {年度: {总额: 36, 财政拨款: 35, 其他资金: 0.1}}
    好例：
        项目资金: {年度: {总额: 35.1, 财政拨款: 35, 其他资金: 0.1}}
    """
    for column in subject.money:
        for row, parts in column.table.parts.items():
            total, worth = column.written(row), column.added(row)
            if total is not None and worth is not None and total != worth:
                written = " + ".join(decimal_text(column.stated(part) or Decimal(0)) for part in parts)
                message = f"{column.name}{row} {total} 不等于 {written} = {decimal_text(worth)} {subject.unit}"
                yield Finding(subject.project, column.path(row), message)


@each("F03", Severity.WARNING, COMPLETE, "财预〔2015〕88号：填报完整", "没有就写 0", needs=(needs.SUMS,))
def part_blank(subject: Subject) -> Findings:
    """资金的分项（例如其他资金）空着。

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


@each(
    "F04",
    Severity.ERROR,
    SUITABLE,
    "年度是中长期的一部分",
    "核对两栏是否填反",
    needs=(needs.money(Role.MEDIUM, Role.ANNUAL),),
)
def annual_above_medium(subject: Subject) -> Findings:
    """年度资金大于中长期资金。

    为什么：中长期资金包括年度资金，每一行都不应更小。

    坏例：
        项目资金: {中长期: {总额: 30, 财政拨款: 30, 其他资金: 0}, 年度: {总额: 35, 财政拨款: 35, 其他资金: 0}}
    好例：
        项目资金: {中长期: {总额: 105, 财政拨款: 105, 其他资金: 0}, 年度: {总额: 35, 财政拨款: 35, 其他资金: 0}}
    """
    for medium, annual, row in _beside(subject):
        whole, part = medium.written(row), annual.written(row)
        if whole is not None and part is not None and part > whole:
            message = f"{annual.name}{row} {part} 大于{medium.name} {whole} {subject.unit}"
            yield Finding(subject.project, annual.path(row), message)


def _beside(subject: Subject) -> Iterator[tuple[MoneyColumn, MoneyColumn, str]]:
    """Yield 中长期 and 年度 row by row; nothing of free rows, which have nothing beside them."""
    medium, annual = subject.funding(Role.MEDIUM), subject.funding(Role.ANNUAL)
    if medium and annual:
        yield from ((medium, annual, row.key) for row in annual.table.items)


@each(
    "F05",
    Severity.INFO,
    SUITABLE,
    "财预〔2015〕88号：资金与目标相应匹配",
    "按各年任务分别测算；确实逐年相同的，用 ignore 注明",
    needs=(needs.money(Role.MEDIUM, Role.ANNUAL),),
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
        medium, annual = (decimal_text(subject.funds(role)) for role in (Role.MEDIUM, Role.ANNUAL))
        message = f"{column.name} {medium} {subject.unit}恰好是年度 {annual} {subject.unit}的 {years} 倍"
        yield Finding(subject.project, column.path(), message)


def _flat(subject: Subject) -> int:
    """Return how many years the window has when the money is the same in each of them, else 0."""
    window = subject.project.window
    years = window.last - window.first + 1
    medium, annual = subject.funds(Role.MEDIUM), subject.funds(Role.ANNUAL)
    return years if years > 1 and annual and medium == annual * years else 0


@each(
    "F06",
    Severity.WARNING,
    SUITABLE,
    "财预〔2015〕88号：资金与目标相应匹配",
    "让资金随任务变化，或改指标",
    needs=(needs.money(Role.MEDIUM, Role.ANNUAL), needs.groups(Role.COUNT, Role.COST)),
)
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


@each("F07", Severity.WARNING, REGULAR, "金额单位要写全", "写成 10万元", needs=(needs.TARGETS,))
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
    needs=(needs.money(Role.ANNUAL), needs.field(Role.UNIT)),
)
def above_budget(batch: Batch) -> Findings:
    """单位各项目的年度资金之和超过申明的预算。

    为什么：项目支出有总盘子。在 projects.yaml 的“单位”里写“预算: {2020: 876.99}”（总是万元）才核对；表上的单位是元的，
    换算了再比。

    坏例：
        单位: [{名称: 衡阳市人民政府办公室, 预算: {2020: 30}}]
    好例：
        单位: [{名称: 衡阳市人民政府办公室, 预算: {2020: 35}}]
    """
    of_unit: dict[str, list[Subject]] = {}
    for subject in batch.subjects:
        of_unit.setdefault(subject.project.unit, []).append(subject)
    for unit in batch.units:
        limit = unit.budget.get(batch.year)
        subjects = of_unit.get(unit.name, [])
        spent = sum((subject.form.converted(subject.funds(), BUDGET_UNIT) for subject in subjects), Decimal(0))
        if limit is not None and spent > limit:
            first = subjects[0]
            said, most = (amount_said(first, amount) for amount in (spent, limit))
            message = f"{unit.name} {len(subjects)} 个项目年度资金共 {said}，超过预算 {most}"
            yield Finding(first.project, first.funds_path(), message)


def amount_said(subject: Subject, amount: Decimal) -> str:
    """Say an amount in 万元 in the unit of a project's form, and beside it in 万元 where that is another."""
    if subject.unit == BUDGET_UNIT:
        return f"{decimal_text(amount)} {BUDGET_UNIT}"
    return f"{decimal_text(in_unit(amount, BUDGET_UNIT, subject.unit))} {subject.unit}（{decimal_text(amount)} {BUDGET_UNIT}）"


@each("F09", Severity.WARNING, REGULAR, "金额写法的惯例", "核对金额", needs=(needs.MONEY,))
def odd_amount(subject: Subject) -> Findings:
    """金额小数太多，或总额为零。

    为什么：多半是笔误或单位写错（元当成万元）。最多几位小数在审核口径的“金额小数位”里（万元；别的单位照样折算，至少两位）。

    坏例：
        项目资金: {年度: {总额: 0.00001, 财政拨款: 0.00001, 其他资金: 0}}
    好例：
        项目资金: {年度: {总额: 35.5, 财政拨款: 35.5, 其他资金: 0}}
    """
    decimals = _decimals(subject)
    for column in subject.money:
        for key, amount in column.amounts:
            what = _odd(amount.value, column.table.tops == (key,) and column.role in _PLANNED, decimals)
            if what:
                yield Finding(subject.project, column.path(key), f"{column.name}{key} {amount.text} {what}")


def _decimals(subject: Subject) -> int:
    """Return how many decimals an amount may have in the form's unit: the profile says it for 万元."""
    if subject.unit == BUDGET_UNIT:
        return subject.profile.decimals
    return max(_FEW_DECIMALS, subject.profile.decimals + (YUAN[subject.unit] / YUAN[BUDGET_UNIT]).adjusted())


def _odd(value: Decimal, total: bool, decimals: int) -> str:
    if total and value == 0:
        return "是零"
    exponent = value.as_tuple().exponent
    return f"多于 {decimals} 位小数" if isinstance(exponent, int) and -exponent > decimals else ""


_FAR: Final = 1_000
"""By how many times an amount in the wrong unit is at least off what it is held against, the goals being ever so different."""
_FAR_FROM_OTHERS: Final = 2_000
_LARGE: Final = 10_000
"""From how many 万元 on an amount may be one in 元 by its size: as 元 it would be 1 万元."""
_MANY: Final = 3
"""How many other projects say what amounts are usual."""
_TAKEN_FOR: Final = {"元": "万元"}
"""What an amount is likely to be written in where the form counts in a unit: 万元 on a form in 元, 元 on any other."""


@across(
    "F10",
    Severity.WARNING,
    SUITABLE,
    "表上的金额单位",
    "换成表上的单位（表上是万元、写的是元，就除以 10000）；确实这么多就用 ignore 注明",
    needs=(needs.money_of(Role.ANNUAL, Role.MEDIUM),),
)
def wrong_unit(batch: Batch) -> Findings:
    """金额像是写错了单位：表上是万元，写成了元；表上是元，写成了万元。

    为什么：表上的单位是万元时，30万元写 30；写成 300000 就是三十亿元。与上年、与中长期或年度、与成本指标和文字里写的金额、与同一
    年度别的项目相差上千倍，或者超过审核口径里的“金额上限”（万元；0 是不查），就提出来。表上的单位是元时，反过来看是不是太小。

    坏例：
        项目资金: {中长期: {总额: 920000, 财政拨款: 920000, 其他资金: 0}, 年度: {总额: 300000, 财政拨款: 300000, 其他资金: 0}}
    好例：
        项目资金: {中长期: {总额: 92, 财政拨款: 92, 其他资金: 0}, 年度: {总额: 30, 财政拨款: 30, 其他资金: 0}}
    """
    annual = [in_unit(subject.funds(), subject.unit, BUDGET_UNIT) for subject in batch.subjects]
    ordered = sorted(filter(None, annual))
    for own, subject in zip(annual, batch.subjects, strict=True):
        usual = _usual(ordered, own)
        for role in (Role.ANNUAL, Role.MEDIUM):
            column, amount = subject.funding(role), subject.funds(role)
            reason = next(_reasons(batch, subject, role, usual), "") if column and amount else ""
            if column and reason:
                meant = _TAKEN_FOR.get(subject.unit, "元")
                right = decimal_text(in_unit(amount, meant, subject.unit))
                said = f"{decimal_text(amount)} {subject.unit}像是{meant}（{right} {subject.unit}）"
                path = column.path(column.table.tops[0])
                yield Finding(subject.project, path, f"{column.name}资金 {said}：{reason}")
                break


def _usual(ordered: list[Decimal], own: Decimal) -> Decimal:
    """Return the middle one of all amounts but one's own, given in order; 0 where there are too few to say."""
    others = len(ordered) - bool(own)
    if others < _MANY:
        return Decimal(0)
    middle = others // 2
    return ordered[middle + 1 if own and bisect_left(ordered, own) <= middle else middle]


def _reasons(batch: Batch, subject: Subject, role: Role, usual: Decimal) -> Iterator[str]:
    """Say what makes an amount look as if it were in another unit, the surest first; `usual` as `_usual` gives it, in 万元."""
    amount, small = subject.funds(role), subject.unit in _TAKEN_FOR
    before = batch.before.get(subject.project.code, Decimal(0)) if role is Role.ANNUAL else Decimal(0)
    if _is_far(subject, amount, before):
        yield f"上年是 {decimal_text(before)} {subject.unit}"
    beside = Role.MEDIUM if role is Role.ANNUAL else Role.ANNUAL
    if small is (role is Role.ANNUAL) and _is_far(subject, amount, subject.funds(beside)):
        column = subject.funding(beside)
        yield f"{column.name if column else ''}{'是' if small else '只有'} {decimal_text(subject.funds(beside))} {subject.unit}"
    if small or in_unit(amount, subject.unit, BUDGET_UNIT) >= _LARGE:
        yield from _by_size(subject, role, usual)


def _by_size(subject: Subject, role: Role, usual: Decimal) -> Iterator[str]:
    """Say what the texts, the costs and what is `usual` make of an amount that may be in another unit by its size."""
    amount = subject.funds(role)
    meant = in_unit(amount, _TAKEN_FOR.get(subject.unit, "元"), subject.unit)
    said = next((text for text, value in _said(subject) if value == meant), "")
    if said:
        yield f"表上别处写着{said}"
    if role is Role.ANNUAL:
        yield from _far_from_others(subject, usual)
    limit = Decimal(subject.profile.largest)
    is_whole = role is Role.ANNUAL or not subject.funds()
    if is_whole and limit and subject.unit not in _TAKEN_FOR and in_unit(amount, subject.unit, BUDGET_UNIT) >= limit:
        yield f"一个项目很少到 {decimal_text(in_unit(limit, BUDGET_UNIT, subject.unit))} {subject.unit}"


def _far_from_others(subject: Subject, usual: Decimal) -> Iterator[str]:
    """Say that this year's money is far from the costs among the indicators, or from what is `usual` (in 万元)."""
    amount = subject.funds()
    costs = [total for total in yearly_costs(subject) if total]
    if costs and subject.unit not in _TAKEN_FOR and _is_far(subject, amount, max(costs)):  # I11 tells of too little
        yield f"成本指标合起来不过 {decimal_text(max(costs))} {subject.unit}"
    theirs = in_unit(usual, BUDGET_UNIT, subject.unit)
    if _is_far(subject, amount, theirs, _FAR_FROM_OTHERS):
        yield f"别的项目多在 {decimal_text(theirs)} {subject.unit}上下"


def _is_far(subject: Subject, amount: Decimal, other: Decimal, times: int = _FAR) -> bool:
    """Tell whether an amount is too many times larger than another; smaller on a form in 元, where 万元 are too few."""
    larger, smaller = (other, amount) if subject.unit in _TAKEN_FOR else (amount, other)
    return bool(other) and larger >= smaller * times


def _said(subject: Subject) -> Iterator[tuple[str, Decimal]]:
    """Find every amount of money in the texts of a project: as written, and in the form's unit."""
    for words in subject.words:
        for quantity in parse(words.text):
            value = money(quantity, subject.unit)
            if value:
                yield words.text[quantity.start : quantity.end], value
