"""Check points and outcomes: weights that add up, money spent, what was reached, reasons for what was not."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from goalgen.checking import needs
from goalgen.checking.rule import COMPLETE, FEASIBLE, SUITABLE, Finding, Findings, each
from goalgen.checking.subject import MoneyColumn, PrintedRow, Subject
from goalgen.errors import Severity
from goalgen.forms.blocks.block import number_of
from goalgen.forms.blocks.indicator_table import row_score
from goalgen.forms.formulas import number_text, single, total
from goalgen.forms.item import Item, Kind, Role

_CERTAIN: Final = "确定"
"""In the word of a form for a goal that will be reached: 确定能."""
_OUTCOMES: Final = (Role.DONE, Role.SPENT, Role.EXPECTED)


@each(
    "F11",
    Severity.ERROR,
    SUITABLE,
    "财预〔2020〕10号：执行率 = 全年执行数 ÷ 全年预算数",
    "写上预算数，或核对执行数写在了哪一行",
    needs=(needs.money(Role.SPENT), needs.money_of(Role.BUDGET, Role.ANNUAL)),
)
def spent_without_budget(subject: Subject) -> Findings:
    """有执行数，预算数是 0 或没有写。

    为什么：没有预算的钱花不出去；预算数是 0，执行率算不出来，这 10 分也就得不到。

    坏例（自评表）：
        项目资金: {全年预算: {财政拨款: 0, 上年结转: 0, 其他资金: 5}}
    好例（自评表）：
        项目资金: {全年预算: {财政拨款: 90, 上年结转: 0, 其他资金: 5}}
    """
    for spent in subject.money:
        budget = _budget_of(subject, spent) if spent.role is Role.SPENT else None
        for row in spent.table.items if budget else ():
            if budget and _is_unbacked(spent, budget, row.key):
                what = "没有写" if budget.stated(row.key) is None else "是 0"
                message = f"{spent.name}{row.key} {spent.written(row.key)} {subject.unit}，{budget.name}{what}"
                yield Finding(subject.project, spent.path(row.key), message)


def _is_unbacked(spent: MoneyColumn, budget: MoneyColumn, row: str) -> bool:
    """Tell whether money was spent in a row that has none; of a sum not where that is told of one of its parts."""
    parts = spent.table.parts.get(row, ())
    return (
        bool(spent.written(row))
        and not budget.stated(row)
        and not any(_is_unbacked(spent, budget, part) for part in parts)
    )


def _budget_of(subject: Subject, spent: MoneyColumn) -> MoneyColumn | None:
    """Return the column of what might be spent, beside what was: 预算, or else 年度."""
    beside = [column for column in subject.money if column.table is spent.table]
    found = (column for role in (Role.BUDGET, Role.ANNUAL) for column in beside if column.role is role)
    return next(found, None)


@each(
    "I19",
    Severity.ERROR,
    SUITABLE,
    "财预〔2021〕101号、财预〔2020〕10号：权重（分值）之和",
    "调整各指标的权重",
    needs=(needs.WEIGHTS, needs.columns(Role.WEIGHT)),
)
def weights(subject: Subject) -> Findings:
    """指标的权重之和不是表样定的数，或者有指标没有权重。

    为什么：财政系统按权重打分，合计不对就存不了。合计多少写在表样的“权重合计”里：预算执行率另算 10 分的是 90，不另算的是 100；
    表上印好的指标也算在内，不适用的不算。

    坏例（自评表）：
        绩效指标: {质量指标: [{指标: 结业率, 年度: ≥95%, 完成: 97%, 分值: 15}]}
    好例（自评表）：
        绩效指标: {质量指标: [{指标: 结业率, 年度: ≥95%, 完成: 97%, 分值: 10}]}
    """
    rows = [(one, column) for one in subject.printed_rows if (column := one.table.column(Role.WEIGHT))]
    lacking = [(one, column) for one, column in rows if not _points(one, column)]
    known = total(_points(one, column) for one, column in rows)
    if not rows or (known == subject.form.weights and not lacking):
        return
    first, column = (lacking or rows)[0]
    wanted = number_text(subject.form.weights)
    if len(lacking) == len(rows):
        yield Finding(subject.project, first.table.key, f"没有一个指标写了{column.key}，合计应是 {wanted}")
        return
    summed = f"{column.key}合计 {number_text(known)}，应是 {wanted}"
    if not lacking:
        yield Finding(subject.project, first.table.key, summed)
    for one, column in lacking:
        message = f"“{one.row.name}”没有{column.key}；{summed}"
        yield Finding(subject.project, one.path, message, one.field, f"写 {column.key}: …")


def _points(one: PrintedRow, column: Item) -> Decimal | None:
    return number_of(one.row.cells.get(column.key))


@each(
    "I20",
    Severity.ERROR,
    COMPLETE,
    "财预〔2020〕10号：未完成的目标说明原因和改进措施",
    "写明偏差的原因和改进措施",
    needs=(needs.SCORES,),
)
def score_without_reason(subject: Subject) -> Findings:
    """得分不到满分，却没有写原因。

    为什么：没有得满分就是目标没有完成，自评表要说明为什么、怎样改进；没有写的退回。

    坏例（自评表）：
        绩效指标: {质量指标: [{指标: 结业率, 年度: ≥95%, 完成: 90%, 分值: 10}]}
    好例（自评表）：
        绩效指标: {质量指标: [{指标: 结业率, 年度: ≥95%, 完成: 90%, 分值: 10, 原因: 两期学员因汛情提前离校，已补课}]}
    """
    for one, column, points, score in _scored(subject):
        reason = one.table.column(Role.REASON)
        if reason and points and score is not None and score < points and not one.text(Role.REASON):
            said = f"“{one.row.name}”{column.key} {number_text(score)}，不到满分 {number_text(points)}"
            message = f"{said}，没有写{reason.label()}"
            yield Finding(subject.project, one.path, message, one.field, f"写 {reason.key}: …")


def _scored(subject: Subject) -> Iterator[tuple[PrintedRow, Item, Decimal | None, Decimal | None]]:
    """Yield every indicator that gets a score, with the column of scores, its points, and its score."""
    for one in subject.printed_rows:
        for column in one.table.columns:
            if column.formula and needs.is_score(column):
                word = column.formula.arguments[2]
                points = Decimal(word) if word.isdigit() else number_of(one.row.cells.get(word))
                yield one, column, points, row_score(one.row, column, subject.form.look)


@each(
    "I21",
    Severity.WARNING,
    FEASIBLE,
    "财预〔2020〕10号、财预〔2019〕136号：完成值与目标值逐项对照",
    "目标和完成用同一个单位写成数，例如 ≥1000人、980人",
    needs=(needs.outcome(*_OUTCOMES),),
)
def not_comparable(subject: Subject) -> Findings:
    """完成值和目标值不能比：单位不同，或者完成没有写数。

    为什么：目标是 ≥1000人，完成写“已完成”或“20期”，看不出做到没有，得分也算不出来。目标本来不是数的（定性），得分要手工写。

    坏例（自评表）：
        绩效指标: {质量指标: [{指标: 结业率, 年度: ≥95%, 完成: 较好, 分值: 10}]}
    好例（自评表）：
        绩效指标: {质量指标: [{指标: 结业率, 年度: ≥95%, 完成: 97%, 分值: 10}]}
    """
    scores = {one.path: (column, score) for one, column, points, score in _scored(subject) if points}
    for one in subject.printed_rows:
        column, score = scores.get(one.path, (None, None))
        for role in _OUTCOMES:
            done = one.table.column(role)
            if done and needs.is_target(done) and one.text(role) and one.text(Role.ANNUAL):
                scored = column if column and column.formula and done.key == column.formula.arguments[1] else None
                message = _why_not(one, done, scored, score)
                if message:
                    path, field = (f"{place}.{done.key}" for place in (one.path, one.field))
                    yield Finding(subject.project, path, f"“{one.row.name}”{message}", field)


def _why_not(one: PrintedRow, done: Item, scored: Item | None, score: Decimal | None) -> str:
    """Say why what was reached cannot be held against the target, "" where it can be, or was, by a score given by hand."""
    target, text = one.text(Role.ANNUAL), one.row.text(done.key) or ""
    wanted, reached = single(target), single(text)
    if wanted and reached:
        same = wanted.base[1] == reached.base[1]
        return "" if same else f"的单位不同：目标是“{target}”，{done.key}是“{text}”"
    if score is not None:
        return ""
    if wanted:
        return f"的{done.key}“{text}”不是一个数，目标是“{target}”"
    return f"的目标“{target}”不是一个数，{scored.key}算不出来，要手工写" if scored else ""


@each(
    "I22",
    Severity.ERROR,
    COMPLETE,
    "财预〔2019〕136号：预计不能完成的说明原因和改进措施",
    "写明原因和准备采取的措施",
    needs=(needs.columns(Role.CHANCE, Role.REASON),),
)
def doubt_without_reason(subject: Subject) -> Findings:
    """完成目标的可能性不是“确定能”，却没有写原因。

    为什么：监控是为了早发现、早纠偏；有可能完不成的，要说明缺什么、怎么办。

    坏例（监控表）：
        绩效指标: {质量指标: [{指标: 结业率, 年度: ≥95%, 执行: 90%, 可能性: 有可能}]}
    好例（监控表）：
        绩效指标: {质量指标: [{指标: 结业率, 年度: ≥95%, 执行: 90%, 可能性: 有可能, 原因: 两期改在下半年，已补聘教师}]}
    """
    for one in subject.printed_rows:
        chance, reason = one.table.column(Role.CHANCE), one.table.column(Role.REASON)
        said = one.text(Role.CHANCE)
        if chance and reason and said and not _is_certain(chance, said) and not one.text(Role.REASON):
            message = f"“{one.row.name}”{chance.label()}是“{said}”，没有写{reason.label()}"
            yield Finding(subject.project, one.path, message, one.field, f"写 {reason.key}: …")


def _is_certain(column: Item, said: str) -> bool:
    """Tell whether a goal will be reached: the word 确定能, or on a form without such a word its first option."""
    words = column.options if column.kind is Kind.CHOICE else ()
    if any(_CERTAIN in word for word in words) or not words:
        return said.startswith(_CERTAIN)
    return said == words[0]
