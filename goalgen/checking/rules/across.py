"""Look across the projects of a year: copied text, the same output for different money."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from goalgen.checking import needs
from goalgen.checking.rule import RELEVANT, SUITABLE, Finding, Findings, across, several
from goalgen.checking.rules.consistency import same_outputs
from goalgen.checking.subject import Batch, Subject
from goalgen.errors import Severity
from goalgen.forms.form import BUDGET_UNIT
from goalgen.forms.item import Role
from goalgen.forms.quantity import decimal_text
from goalgen.text.copies import copies

_PAIR_LENGTH = 2


@across("X01", Severity.WARNING, RELEVANT, "目标应与项目内容对应", "写各自的内容；确是一件事的，合成一个项目")
def copied(batch: Batch) -> Findings:
    """两个项目的文字大半相同。

    为什么：照抄别的项目，说明目标不是为这个项目定的。相似度按相邻两字的重合计算，界限在审核口径里。

    坏例：
        项目名称: 招商活动一
        ---
        编号: other
        项目名称: 招商活动二
    好例：
        项目名称: 招商活动一
        ---
        编号: other
        项目名称: 机要通信保障
        总体目标: {中长期: 机要文件三年零差错送达3000件, 年度: 全年准确收发机要文件1000件}
        绩效指标:
          数量指标: [{指标: 收发文件数, 中长期: ≥3000件, 年度: ≥1000件}]
          质量指标: [{指标: 传阅差错数, 中长期: ≤3件, 年度: ≤1件}]
          时效指标: [{指标: 急件送达时间, 中长期: ≤2小时, 年度: ≤2小时}]
          成本指标: [{指标: 每件平均费用, 中长期: ≤50元, 年度: ≤50元}]
          社会效益指标: [{指标: 泄密事故, 中长期: 0起, 年度: 0起}]
          可持续影响指标: [{指标: 持证机要员, 中长期: ≥6名, 年度: ≥4名}]
          社会公众或服务对象满意度指标: [{指标: 收文科室满意率, 中长期: ≥95%, 年度: ≥93%}]
    """
    alike: dict[int, list[tuple[float, Subject]]] = {}
    for one, other, likeness in copies([_pairs(subject) for subject in batch.subjects], batch.profile.similarity / 100):
        alike.setdefault(one, []).append((likeness, batch.subjects[other]))
        alike.setdefault(other, []).append((likeness, batch.subjects[one]))
    for number, subject in enumerate(batch.subjects):
        others = sorted(alike.get(number, ()), key=lambda other: -other[0])
        if others:
            said = [f"{other.project.code}（{other.project.name}）{likeness:.0%}" for likeness, other in others]
            yield Finding(
                subject.project, _indicators(subject), f"目标和指标的文字与别的项目大半相同：{several(said, '，')}"
            )


def _indicators(subject: Subject) -> str:
    """Return the path of the first table of indicators, "" where the form has none."""
    return next((table.key for table in subject.form.indicator_tables), "")


def _pairs(subject: Subject) -> frozenset[str]:
    """Return the pairs of neighbouring characters in the goals and indicators of a project."""
    texts = [words.text for words in subject.substance]
    return frozenset(text[n : n + _PAIR_LENGTH] for text in texts for n in range(len(text) - _PAIR_LENGTH + 1))


@across(
    "X02",
    Severity.WARNING,
    SUITABLE,
    "财预〔2015〕88号：资金与目标相应匹配",
    "说明为什么多花钱，或调整数量",
    needs=(needs.money(Role.ANNUAL), needs.targets(Role.ANNUAL), needs.groups(Role.COUNT)),
)
def same_output_other_money(batch: Batch) -> Findings:
    """产出相同，资金却相差几倍。

    为什么：同样“不少于2次”，一个15万元，一个80万元，审核人会问多出来的钱买了什么。倍数在审核口径的“差额倍数”里。

    坏例：
        项目名称: 北京招商活动
        ---
        编号: other
        项目名称: 长沙招商活动
        项目资金: {年度: {总额: 80, 财政拨款: 80, 其他资金: 0}}
    好例：
        项目名称: 北京招商活动
        ---
        编号: other
        项目名称: 长沙招商活动
        项目资金: {年度: {总额: 40, 财政拨款: 40, 其他资金: 0}}
    """
    for subjects in _by_output(batch):
        amounts = sorted({_comparable(subject) for subject in subjects if subject.funds()})
        if len(amounts) > 1 and amounts[-1] >= amounts[0] * batch.profile.money_ratio:
            for subject in subjects:
                others = several([f"{s.project.code} {_funds_said(s)}" for s in subjects if s is not subject], "，")
                message = f"与别的项目产出相同，资金不同：本项目 {_funds_said(subject)}，{others}"
                yield Finding(subject.project, subject.funds_path(), message)


def _funds_said(subject: Subject) -> str:
    return f"{decimal_text(subject.funds())} {subject.unit}"


def _comparable(subject: Subject) -> Decimal:
    return subject.form.converted(subject.funds(), BUDGET_UNIT)


def _by_output(batch: Batch) -> Iterator[list[Subject]]:
    groups: dict[tuple[tuple[str, str], ...], list[Subject]] = {}
    for subject in batch.subjects:
        outputs = same_outputs(subject)
        if outputs:
            groups.setdefault(outputs, []).append(subject)
    return (subjects for subjects in groups.values() if len(subjects) > 1)


@across(
    "X03",
    Severity.WARNING,
    RELEVANT,
    "财预〔2015〕88号：指向明确、细化量化",
    "写这个项目今年做到什么",
    needs=(needs.goals(),),
)
def same_goal(batch: Batch) -> Findings:
    """总体目标两栏相同，或几个项目共用一段。

    为什么：放在哪个项目都行的目标，不是这个项目的目标。几个项目算多，在审核口径的“同文项目数”里。

    坏例：
        总体目标: {中长期: 提供正常会务环境, 年度: 提供正常会务环境}
    好例：
        总体目标: {中长期: 三年保障会议90次, 年度: 保障会议30次}
    """
    users: dict[str, set[str]] = {}
    for subject in batch.subjects:
        for _, text in subject.goals:
            users.setdefault(text, set()).add(subject.project.code)
    for subject in batch.subjects:
        medium, annual = subject.goal(Role.MEDIUM), subject.goal(Role.ANNUAL)
        if medium and medium == annual:
            path = subject.form.goals[Role.ANNUAL].path
            yield Finding(subject.project, path, "年度目标与中长期目标一字不差")
        for cell, text in subject.goals:
            if text and len(users[text]) >= batch.profile.same_goal:
                yield Finding(subject.project, cell.path, f"{cell.name}与另外 {len(users[text]) - 1} 个项目相同")
