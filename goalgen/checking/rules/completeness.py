"""Check that the indicators are all there, each once: groups filled, values given, nothing over what the form prints."""

from __future__ import annotations

from goalgen.checking import needs
from goalgen.checking.rule import COMPLETE, REGULAR, SUITABLE, Finding, Findings, each
from goalgen.checking.subject import Branch, Subject, Target
from goalgen.errors import Severity
from goalgen.forms.blocks.tree import NAME_KEY
from goalgen.forms.item import Role


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
