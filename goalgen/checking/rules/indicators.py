"""Check single indicators: the groups that must be filled, values that can be measured."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from goalgen.checking import needs
from goalgen.checking.rule import COMPLETE, FEASIBLE, REGULAR, RELEVANT, SUITABLE, Finding, Findings, each
from goalgen.checking.subject import Branch, Subject, Target
from goalgen.errors import Severity
from goalgen.forms.blocks.tree import NAME_KEY
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
    "I01",
    Severity.ERROR,
    COMPLETE,
    "财预〔2015〕88号：产出指标含数量、质量、时效、成本",
    "每个二级指标至少写一个指标",
    needs=(needs.groups(Role.COUNT, Role.QUALITY, Role.DEADLINE, Role.COST),),
)
def output_missing(subject: Subject) -> Findings:
    """产出指标缺了数量、质量、时效或成本。

    为什么：四个方面都是规定要有的，少一个就不完整；表上有中长期和年度两栏的，两栏都要有。表上没有的方面不要求；成本单列一级
    指标的（财预〔2021〕101号），没有成本可以不写。

    坏例：
        绩效指标: {时效指标: }
    好例：
        绩效指标: {时效指标: [{指标: 按期办结率, 中长期: ≥96%, 年度: ≥95%}]}
    """
    for role in (Role.COUNT, Role.QUALITY, Role.DEADLINE, Role.COST):
        for groups in subject.by_table(role):
            if role is not Role.COST or _among_outputs(subject, groups):
                yield from _empty_groups(subject, groups)


def _among_outputs(subject: Subject, costs: tuple[Branch, ...]) -> bool:
    """Tell whether costs are one of the outputs; where they have a 一级指标 of their own they may be left out (财预〔2021〕101号)."""
    firsts = {subject.first(branch) for branch in subject.groups(Role.COUNT, Role.QUALITY, Role.DEADLINE)}
    return any(subject.first(branch) in firsts for branch in costs)


def _empty_groups(subject: Subject, groups: tuple[Branch, ...]) -> Findings:
    """Find the sides on which none of the 二级指标 of one role in one table has an indicator."""
    if any(subject.declared_none(branch) or subject.preprinted(branch) for branch in groups):
        return
    there = {cell.column.key for cell in subject.in_groups(groups)}
    sides = subject.targets(groups[0])
    missing = [column.key for column in sides if column.key not in there]
    if missing:
        where = "" if len(missing) == len(sides) else f"{missing[0]}一栏"
        yield Finding(subject.project, groups[0].path, f"{where}没有{groups[0].key}")


@each(
    "I02",
    Severity.ERROR,
    COMPLETE,
    "财预〔2015〕88号：效益指标",
    "至少写一个效益；不适用的写 {指标: 不适用}",
    also=(Severity.INFO,),
    needs=(needs.groups(Role.BENEFIT),),
)
def benefit_missing(subject: Subject) -> Findings:
    """效益指标空着。

    为什么：四项效益全空是错误；空着其中几项要说明不适用，是提示。

    坏例：
        绩效指标: {生态效益指标: }
    好例：
        绩效指标: {生态效益指标: [{指标: 不适用, 中长期: 不适用, 年度: 不适用}]}
    """
    for groups in subject.by_table(Role.BENEFIT):
        empty = [branch for branch in groups if _is_empty(subject, branch)]
        if len(empty) == len(groups):
            yield Finding(subject.project, groups[0].path, "没有一项效益指标")
            continue
        for branch in empty:
            columns = (column.key for column in subject.targets(branch))
            hint = f"不适用的写 {{{', '.join(f'{key}: 不适用' for key in (NAME_KEY, *columns))}}}"
            yield Finding(subject.project, branch.path, f"{branch.key}空着", hint=hint, severity=Severity.INFO)


def _is_empty(subject: Subject, branch: Branch) -> bool:
    """Tell whether nobody says anything under a 二级指标, neither the form nor the project."""
    return not (subject.in_groups((branch,)) or subject.declared_none(branch) or subject.preprinted(branch))


@each(
    "I03",
    Severity.ERROR,
    COMPLETE,
    "财预〔2015〕88号：服务对象满意度指标",
    "写谁满意、满意到百分之几",
    needs=(needs.groups(Role.SATISFACTION),),
)
def satisfaction_missing(subject: Subject) -> Findings:
    """没有满意度指标。

    为什么：满意度是必备的一项；没有服务对象的，写“不适用”。

    坏例：
        绩效指标: {社会公众或服务对象满意度指标: }
    好例：
        绩效指标: {社会公众或服务对象满意度指标: [{指标: 群众满意度, 中长期: ≥92%, 年度: ≥90%}]}
    """
    for groups in subject.by_table(Role.SATISFACTION):
        yield from _empty_groups(subject, groups)


@each("I04", Severity.ERROR, COMPLETE, "财政系统：指标值必填", "写指标值，或删去这一侧的键", needs=(needs.TARGETS,))
def value_empty(subject: Subject) -> Findings:
    """有指标没有指标值。

    为什么：指标值是考核的尺子；常常是把值写进了名称栏。表上印好的指标，指标值空着的，也要由项目填。

    坏例：
        绩效指标: {社会效益指标: [{指标: 提高政府公信力, 年度: ""}]}
    好例：
        绩效指标: {社会效益指标: [{指标: 群众投诉办结率, 年度: ≥95%}]}
    """
    for cell in subject.cells:
        if not cell.text.strip():
            message = f"“{cell.row.name}”没有{cell.column.key}指标值"
            yield Finding(subject.project, cell.path, message, cell.field)
    yield from _unfilled_rows(subject)


def _unfilled_rows(subject: Subject) -> Findings:
    """Find indicators of the form itself for which it leaves the targets to the project, and the project says nothing."""
    for one in subject.printed_rows:
        columns = one.table.targets
        if one.fixed and not any(column.key in one.row.cells for column in columns):
            words = ", ".join(f"{column.key}: …" for column in columns)
            hint = f"写 - {{{NAME_KEY}: {one.row.name}, {words}}}"
            yield Finding(subject.project, one.path, f"表上印好的“{one.row.name}”没有指标值", one.field, hint)


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


@each(
    "I18",
    Severity.WARNING,
    SUITABLE,
    "表上一行一个指标",
    "删掉一行；不是一件事的，把名称写清楚",
    also=(Severity.ERROR,),
    needs=(needs.TARGETS,),
)
def same_indicator(subject: Subject) -> Findings:
    """同一个二级指标下，同一个指标写了两次。

    为什么：多半是复制以后忘了改名称；值不同的，不知道考核哪一个。值也相同的是错误。

    坏例：
        绩效指标: {数量指标: [{指标: 督查次数, 中长期: ≥90次, 年度: ≥30次}, {指标: 督查次数, 中长期: ≥36次, 年度: ≥12次}]}
    好例：
        绩效指标: {数量指标: [{指标: 督查次数, 中长期: ≥90次, 年度: ≥30次}, {指标: 通报期数, 中长期: ≥36期, 年度: ≥12期}]}
    """
    first: dict[tuple[Branch, str, str], Target] = {}
    told: set[str] = set()
    for cell in subject.cells:
        base = cell.path.rpartition(".")[0]
        earlier = first.setdefault((cell.branch, _squeezed(cell.row.name), cell.column.key), cell)
        if earlier is cell or base in told:
            continue
        told.add(base)
        same = _sides(subject, earlier) == _sides(subject, cell)
        place = int(earlier.path.split(".")[2]) + 1
        message = f"“{cell.row.name}”与第 {place} 项{'完全相同' if same else '同名，值不同'}"
        yield Finding(subject.project, f"{base}.指标", message, cell.field, severity=Severity.ERROR if same else None)


def _sides(subject: Subject, cell: Target) -> tuple[str, ...]:
    return tuple(_squeezed(cell.row.text(column.key) or "") for column in subject.targets(cell.branch))


def _squeezed(text: str) -> str:
    return "".join(text.split())


@each(
    "I23",
    Severity.WARNING,
    REGULAR,
    "表上印好的字由表样定",
    "删去这个值；表上印错了就改表样",
    needs=(needs.FIXED_ROWS,),
)
def over_the_form(subject: Subject) -> Findings:
    """表上已经印好的格子，项目文件里又写了别的值。

    为什么：印出来的是表上的字，项目文件里写的不会印，别人看不到。

    坏例（有固定行的表）：
        指标: {投入管理: [{指标: 预算支出进度, 分值: 10, 年度: ≥90%}]}
    好例（有固定行的表）：
        指标: {投入管理: [{指标: 预算支出进度, 年度: ≥90%}]}
    """
    for table in subject.form.indicator_tables:
        for number, row in table.numbered(subject.project):
            fixed = subject.fixed_row(table, row)
            for key in fixed.cells if fixed else ():
                ours, printed = row.text(key), fixed.text(key) if fixed else None
                if ours and ours != printed:
                    message = f"“{row.name}”的{key}表上已经印好“{printed}”，这里写的“{ours}”不会印"
                    path = table.path(row.group, str(number), key)
                    yield Finding(subject.project, path, message, table.path(row.group, row.name, key))
