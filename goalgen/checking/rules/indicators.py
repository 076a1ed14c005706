"""Check single indicators: the groups that must be filled, values that can be measured."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from goalgen.checking import needs
from goalgen.checking.rule import FEASIBLE, RELEVANT, SUITABLE, Finding, Findings, each
from goalgen.checking.subject import Branch, Subject, Target
from goalgen.errors import Severity
from goalgen.forms.item import Role

_QUALITATIVE: Final = re.compile(r"^[（(]?定性|[（(]定性[)）]$")
_DEADLINE: Final = re.compile(
    r"[\d０-９一二三四五六七八九十]月|(?:19|20)\d\d[-./]\d{1,2}|(?:19|20)\d{6}(?!\d)|[一二三四1-4１-４]季度|[上下]半年"
    r"|(?:年|月|季|季度|周|学期)[底末]|[当次](?:日|天|周|月)|[\d０-９一二三四五六七八九十][日号](?:前|内|之前|以前|起|止)"
)
"""A day, month or quarter by which something is done: `2026年4月底前`, `12月31日前`, `一季度`, `年底前`."""
_FILLING: Final = re.compile(r"[，、；。,;\s和与并地的]")
_SAVING: Final = re.compile("节约|节支|节省|降低|下降|减少|压减|增收")
_RISING: Final = re.compile("增长|增幅|提高|完成率|执行率")
_NO_RATE: Final = ("效率", "频率", "税率", "利率", "汇率")
_DOING: Final = re.compile("^(?:完成|做好|落实|加强|开展|推进|搞好|确保|促进|提高|保障|维护)?(?:好|了)?")


@each(
    "I05",
    Severity.WARNING,
    FEASIBLE,
    "财预〔2015〕88号：细化量化",
    "写出数和单位；只能定性的，写“定性：…”并说明标准",
    also=(Severity.INFO,),
    needs=(needs.TARGETS,),
)
def not_quantified(subject: Subject) -> Findings:
    """指标值里没有数。

    为什么：没有数就没法考核完成没有。光写年份（2020年）不算数；时效指标写日期或期限（2020年4月底前）算数。年度一栏是
    警告，中长期一栏是提示。

    坏例：
        绩效指标: {数量指标: [{指标: 督查次数, 年度: 2020年按需要安排}]}
    好例：
        绩效指标: {数量指标: [{指标: 督查次数, 年度: ≥30次}]}
    """
    for cell in subject.cells:
        if cell.text.strip() and not _is_measured(subject, cell):
            level = Severity.INFO if cell.role is Role.MEDIUM else None
            message = f"“{cell.row.name}”的{cell.column.key}值没有数：{_short(cell)}"
            yield Finding(subject.project, cell.path, message, cell.field, severity=level)


def _is_measured(subject: Subject, cell: Target) -> bool:
    """Say whether a value can be held against what was done: by a number, a standard in words, or the day it is due."""
    is_due = cell.branch in subject.groups(Role.DEADLINE) and bool(_DEADLINE.search(cell.text))
    return bool(cell.quantities) or is_due or bool(_QUALITATIVE.search(cell.text))


def _short(cell: Target) -> str:
    text = " ".join(cell.text.split())
    return text if len(text) <= 20 else f"{text[:20]}…"


@each(
    "I06",
    Severity.WARNING,
    FEASIBLE,
    "财预〔2021〕101号：满意度通过调查取得；90% 是惯例",
    "写成 ≥90%，并做满意度调查",
    also=(Severity.INFO,),
    needs=(needs.groups(Role.SATISFACTION),),
)
def satisfaction_in_words(subject: Subject) -> Findings:
    """满意度没有写成百分数。

    为什么：“满意”“基本满意”无从考核；低于一般下限（审核口径里的“满意度下限”）的是提示。

    坏例：
        绩效指标: {社会公众或服务对象满意度指标: [{指标: 群众, 中长期: 满意, 年度: 满意}]}
    好例：
        绩效指标: {社会公众或服务对象满意度指标: [{指标: 群众满意度, 中长期: ≥92%, 年度: ≥90%}]}
    """
    least = subject.profile.satisfaction_least
    for cell in subject.in_groups(subject.groups(Role.SATISFACTION)):
        rates = [quantity.number for quantity in cell.quantities if quantity.unit == "%"]
        if cell.text.strip() and not rates:
            yield Finding(subject.project, cell.path, f"“{cell.row.name}”的满意度写的是“{_short(cell)}”", cell.field)
        elif rates and max(rates) < least:
            message = f"“{cell.row.name}”的满意度 {max(rates)}% 低于 {least}%"
            yield Finding(subject.project, cell.path, message, cell.field, severity=Severity.INFO)


@each(
    "I07",
    Severity.WARNING,
    FEASIBLE,
    "财预〔2015〕88号：明确清晰",
    "换成数、期限或可以查验的标准",
    needs=(needs.TARGETS,),
)
def vague(subject: Subject) -> Findings:
    """整个指标值都是空话。

    为什么：“及时高效”“厉行节约”人人都能说已经做到。词表在审核口径的“空泛词”里。

    坏例：
        绩效指标: {时效指标: [{指标: 文件收发, 年度: 及时高效}]}
    好例：
        绩效指标: {时效指标: [{指标: 文件收发, 年度: 2小时以内送达}]}
    """
    words = sorted(subject.profile.vague, key=len, reverse=True)
    if not words:
        return
    pattern = re.compile("|".join(map(re.escape, words)))
    for cell in subject.cells:
        rest = _FILLING.sub("", pattern.sub("", cell.text))
        if not rest and pattern.search(cell.text):
            yield Finding(subject.project, cell.path, f"“{cell.row.name}”的值是空话：{_short(cell)}", cell.field)


@each(
    "I08",
    Severity.ERROR,
    SUITABLE,
    "率是百分数",
    "写成百分数，例如 ≥95%",
    also=(Severity.WARNING,),
    needs=(needs.TARGETS,),
)
def rate(subject: Subject) -> Findings:
    """叫作“率”的指标，值不是百分数，或超过 100%。

    为什么：合格率写“合格”，不知道合格多少；超过 100% 多半是笔误（增长率、完成率除外），是警告。

    坏例：
        绩效指标: {质量指标: [{指标: 人员考核合格率, 年度: 合格}]}
    好例：
        绩效指标: {质量指标: [{指标: 人员考核合格率, 年度: ≥98%}]}
    """
    for cell in subject.cells:
        name = cell.row.name
        if not name.endswith("率") or name.endswith(_NO_RATE) or not cell.text.strip():
            continue
        rates = [quantity.number for quantity in cell.quantities if quantity.unit in ("%", "‰")]
        if not rates:
            yield Finding(subject.project, cell.path, f"“{name}”的值不是百分数：{_short(cell)}", cell.field)
        elif max(rates) > Decimal(100) and not _RISING.search(name):
            message = f"“{name}”超过 100%：{_short(cell)}"
            yield Finding(subject.project, cell.path, message, cell.field, severity=Severity.WARNING)


@each("I09", Severity.WARNING, SUITABLE, "成本是上限", "成本写“≤”“不超过”", needs=(needs.groups(Role.COST),))
def cost_sign(subject: Subject) -> Findings:
    """成本指标用了“≥”。

    为什么：成本应控制在多少以内；写成不少于，等于鼓励多花钱。

    坏例：
        绩效指标: {成本指标: [{指标: 每次督查费用, 年度: ≥1.1万元}]}
    好例：
        绩效指标: {成本指标: [{指标: 每次督查费用, 年度: ≤1.1万元}]}
    """
    for cell in subject.in_groups(subject.groups(Role.COST)):
        signs = {quantity.sign for quantity in cell.quantities}
        if signs & {"≥", ">"} and not _SAVING.search(cell.row.name + cell.text):
            yield Finding(subject.project, cell.path, f"成本“{cell.row.name}”写的是下限：{_short(cell)}", cell.field)


@each(
    "I10",
    Severity.WARNING,
    SUITABLE,
    "财预〔2021〕101号：成本指标",
    "写单价或总额，例如 ≤1.1万元",
    needs=(needs.groups(Role.COST), needs.targets(Role.ANNUAL)),
)
def cost_without_figure(subject: Subject) -> Findings:
    """年度成本指标没有数。

    为什么：“不超年初预算”等于没有说；成本要写单价标准或总额。

    坏例：
        绩效指标: {成本指标: [{指标: 经费开支, 年度: 不超过年初预算}]}
    好例：
        绩效指标: {成本指标: [{指标: 每次督查费用, 年度: ≤1.1万元}]}
    """
    for cell in subject.in_groups(subject.groups(Role.COST), Role.ANNUAL):
        if cell.text.strip() and not cell.quantities:
            yield Finding(subject.project, cell.path, f"成本“{cell.row.name}”没有数：{_short(cell)}", cell.field)


@each(
    "I15",
    Severity.WARNING,
    RELEVANT,
    "效益是产出带来的结果",
    "写做完以后谁得到什么、多少",
    needs=(needs.groups(Role.BENEFIT),),
)
def circular_benefit(subject: Subject) -> Findings:
    """效益指标值只是把名称重说一遍。

    为什么：“招商工作：完成招商工作”没有说带来什么效益。

    坏例：
        绩效指标: {社会效益指标: [{指标: 招商工作, 年度: 完成招商工作}]}
    好例：
        绩效指标: {社会效益指标: [{指标: 新增就业人数, 年度: ≥200人}]}
    """
    for cell in subject.in_groups(subject.groups(Role.BENEFIT)):
        said = _DOING.sub("", cell.text.rstrip("。"))
        if said and said in (cell.row.name, _DOING.sub("", cell.row.name)):
            yield Finding(subject.project, cell.path, f"“{cell.row.name}”的值只是重复名称：{_short(cell)}", cell.field)


@each(
    "I16",
    Severity.INFO,
    RELEVANT,
    "财预〔2021〕101号；投入数量不能作为绩效",
    "写做出了什么、带来了什么",
    needs=(needs.TARGETS,),
)
def input_not_output(subject: Subject) -> Findings:
    """把投入当产出，或把活动当效益。

    为什么：资金到位、人员到岗是投入；开活动、搞检修是过程，不是效益。词表在审核口径的“投入词”“活动词”里。表上印好的指标不算。

    坏例：
        绩效指标: {时效指标: [{指标: 资金到位, 年度: 100%}]}
    好例：
        绩效指标: {时效指标: [{指标: 按期办结率, 年度: ≥95%}]}
    """
    seen: set[tuple[Branch, str]] = set()
    benefits = subject.groups(Role.BENEFIT)
    for cell in subject.cells:
        name, branch = cell.row.name, cell.branch
        words = (*subject.profile.inputs, *(subject.profile.activities if branch in benefits else ()))
        if any(word in name for word in words) and not cell.preprinted and (branch, name) not in seen:
            seen.add((branch, name))
            what = "投入" if any(word in name for word in subject.profile.inputs) else "活动"
            yield Finding(subject.project, cell.path.rpartition(".")[0], f"{branch.key}“{name}”是{what}", cell.field)


@each(
    "I17",
    Severity.ERROR,
    FEASIBLE,
    "目标在项目期内实现",
    "核对期限和起止年限",
    needs=(needs.groups(Role.DEADLINE),),
)
def deadline_late(subject: Subject) -> Findings:
    """期限晚于年度或项目结束。

    为什么：年度目标的期限不能晚于本年，中长期的不能晚于中长期年限。

    坏例：
        绩效指标: {时效指标: [{指标: 完成时间, 年度: 2021年3月底前完成100%}]}
    好例：
        绩效指标: {时效指标: [{指标: 完成时间, 年度: 2020年12月底前完成100%}]}
    """
    ends = {Role.ANNUAL: subject.project.year, Role.MEDIUM: subject.project.window.last}
    for cell in subject.in_groups(subject.groups(Role.DEADLINE)):
        years = [int(year) for year in re.findall(r"(?<!\d)(20\d\d)(?=年|[-/.]\d)", cell.text)]
        end = ends.get(cell.role) if cell.role else None
        if years and end and max(years) > end:
            message = f"期限 {max(years)} 年晚于{cell.column.key}的 {end} 年"
            yield Finding(subject.project, cell.path, message, cell.field)
