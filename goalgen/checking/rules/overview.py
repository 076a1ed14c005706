"""Check the head and the foot of the form: 项目概况, required fields, units, people and dates."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from goalgen.checking import needs
from goalgen.checking.rule import COMPLETE, REGULAR, RELEVANT, Finding, Findings, across, each, several
from goalgen.checking.subject import Batch, Subject
from goalgen.errors import Severity
from goalgen.forms.item import Kind, Role

_TITLE: Final = re.compile(r"《[^》]+》")
_NUMBER: Final = re.compile(r"[〔［﹝\[（(【]\s*(?P<year>(?:19|20)\d\d)\s*[〕］﹞\]）)】]\s*(?P<no>第?\s*\d+\s*号)")
_GOOD_NUMBER: Final = re.compile(r"〔(?:19|20)\d\d〕\d+号")
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?=[01]\d[0-3]\d(?!\d)|[01]\d(?!\d)|(?!\d))")
"""A year, also that of a day without marks between: `20240101`."""
_ROLES: Final = frozenset(role.value for role in Role)


@each("B01", Severity.ERROR, COMPLETE, "财预〔2015〕88号；财政系统必填项", "填上；没有就向单位核实")
def required_missing(subject: Subject) -> Findings:
    """必填的栏目空着。

    为什么：项目名称、单位、填报人、电话、日期和表上的各个总体目标缺一项，表就退回。哪些必填，在审核口径的“必填”里（写角色，
    或者项目文件里的键）；表上没有的不要求。

    坏例：
        填报人:
        联系电话:
    好例：
        填报人: 张三
        联系电话: 0734-8860000
    """
    for path in dict.fromkeys(filter(None, (_required(subject, word) for word in subject.profile.required))):
        if not subject.project.said(path):
            yield Finding(subject.project, path, f"“{path.rpartition('.')[2]}”空着")
    for cell, text in subject.goals:
        if not text:
            yield Finding(subject.project, cell.path, f"{cell.name}空着")
    for cell in subject.form.cells:
        if cell.column and cell.item.required and not cell.item.automatic and not subject.project.said(cell.path):
            yield Finding(subject.project, cell.path, f"“{cell.name}”空着")
    yield from _unfilled_columns(subject)


def _unfilled_columns(subject: Subject) -> Findings:
    """Find what the project leaves empty in indicators of the form that must be filled; I04 tells of their targets."""
    for one in subject.printed_rows:
        columns = (column for column in one.table.written if column not in one.table.targets)
        for column in columns if one.fixed and one.table.groups[one.row.group].item.required else ():
            if column.key not in one.row.cells:
                message = f"“{one.row.name}”的{column.key}空着"
                yield Finding(subject.project, one.path, message, f"{one.field}.{column.key}", f"写 {column.key}: …")


def _required(subject: Subject, word: str) -> str:
    """Return the path of what the profile calls required, by its role or its key; "" where the form has none."""
    by_role = subject.form.path(Role(word)) if word in _ROLES else ""
    return by_role or (word if word in subject.form.cell_at else "")


@each(
    "B02",
    Severity.WARNING,
    COMPLETE,
    "财政系统：起止年限必填，并盖住目标年限",
    "写成 起年-止年，与中长期年限一致",
    also=(Severity.ERROR,),
    needs=(needs.field(Role.PERIOD),),
)
def period(subject: Subject) -> Findings:
    """起止年限空着，或与中长期目标的年份对不上。

    为什么：空着是错误；年度不在起止年限里也是错误；中长期目标的年份超出起止年限是警告。

    坏例：
        项目概况: {起止年限: }
    好例：
        项目概况: {起止年限: 2020年-2022年}
    """
    words, window = subject.field(Role.PERIOD), subject.project.window
    name = words.path.rpartition(".")[2]
    hint = f"写成 {window}，与中长期年限一致" if subject.form.window_path else "写成 起年-止年，把本年度包括在内"
    if not words.text:
        yield Finding(subject.project, words.path, f"{name}空着", hint=hint, severity=Severity.ERROR)
        return
    years = [int(year) for year in _YEAR.findall(words.text)]
    if not years:
        return
    if not years[0] <= subject.project.year <= years[-1]:
        message = f"{subject.project.year} 年度不在{name}“{words.text}”里"
        yield Finding(subject.project, words.path, message, hint=hint, severity=Severity.ERROR)
    elif subject.form.window_path and (window.first < years[0] or window.last > years[-1]):
        message = f"中长期目标 {window} 超出{name}“{words.text}”"
        yield Finding(subject.project, words.path, message, hint=hint)


@each("B03", Severity.ERROR, COMPLETE, "表上的单选栏", "选一项", needs=(needs.OPTIONS,))
def not_ticked(subject: Subject) -> Findings:
    """单选的栏目一项也没有选。

    为什么：项目类型、绩效分配方式每栏应恰好勾一项。

    坏例：
        项目类型:
    好例：
        项目类型: 其他
    """
    for cell, chosen in subject.ticked:
        if not chosen:
            hint = f"{'选一项' if cell.item.kind is Kind.CHOICE else '选出来'}：{'、'.join(cell.item.options)}"
            yield Finding(subject.project, cell.path, f"{cell.label}一项也没有选", hint=hint)


@each(
    "B04",
    Severity.WARNING,
    COMPLETE,
    "财预〔2015〕88号：规范完整",
    "填上；没有就写“无”",
    needs=(needs.TO_BE_SAID,),
)
def line_empty(subject: Subject) -> Findings:
    """项目概况里有空着的行。

    为什么：空着分不清是没有还是漏填；没有的写“无”。

    坏例：
        项目概况: {使用范围: }
    好例：
        项目概况: {使用范围: 督查差旅费、通报印刷费}
    """
    own = [subject.form.path(role) for role in (Role.BASIS, Role.PERIOD)]  # B05 and B02 speak of these
    for words in subject.silent:
        if words.path not in own:
            yield Finding(subject.project, words.path, f"{words.field.rpartition('.')[2]}空着")


@each(
    "B05",
    Severity.WARNING,
    RELEVANT,
    "财预〔2015〕88号：目标与职能、规划和政策相关",
    "写《文件名》和文号",
    needs=(needs.field(Role.BASIS),),
)
def basis_without_document(subject: Subject) -> Findings:
    """立项依据没有写出文件。

    为什么：“根据三定方案及工作需要”查不到，审核人要看《文件名》和文号。

    坏例：
        项目概况: {立项依据: 根据市政府办三定方案及实际工作需要}
    好例：
        项目概况: {立项依据: 《关于加强政务督查工作的通知》（衡政办发〔2018〕20号）}
    """
    basis = subject.field(Role.BASIS)
    if not (_TITLE.search(basis.text) or _NUMBER.search(basis.text)):
        what = "立项依据没有《文件名》，也没有文号" if basis.text else "立项依据空着"
        yield Finding(subject.project, basis.path, what)


@each(
    "B06",
    Severity.WARNING,
    REGULAR,
    "GB/T 9704-2012：发文年份用六角括号〔〕",
    "用六角括号 〔〕，goalgen fmt 可以自动改",
)
def number_brackets(subject: Subject) -> Findings:
    """文号的括号不是六角括号。

    为什么：文号的形状是 字〔年〕号，例如 衡财行〔2017〕436号。

    坏例：
        项目概况: {立项依据: 《管理办法》（衡财行［2017］436号）}
    好例：
        项目概况: {立项依据: 《管理办法》（衡财行〔2017〕436号）}
    """
    for words in subject.words:
        for match in _NUMBER.finditer(words.text):
            if not _GOOD_NUMBER.fullmatch(match.group()):
                right = f"〔{match['year']}〕{re.sub(r'[第 ]', '', match['no'])}"
                yield Finding(
                    subject.project, words.path, f"文号写法不对：{match.group()}", words.field, f"写成 {right}"
                )


@each(
    "B07",
    Severity.INFO,
    RELEVANT,
    "财预〔2015〕88号：依据应在预算之外",
    "写法规、规划或部署这件事的文件",
    needs=(needs.field(Role.BASIS),),
)
def basis_circular(subject: Subject) -> Findings:
    """立项依据是预算批复本身，或照抄资金管理办法。

    为什么：用预算批复证明预算，是循环论证；管理办法管钱怎么用，不是为什么立项。

    坏例：
        项目概况: {立项依据: 市财政局年度批复预算}
    好例：
        项目概况: {立项依据: 《关于加强政务督查工作的通知》（衡政办发〔2018〕20号）}
    """
    basis, rules = subject.field(Role.BASIS), subject.field(Role.FUND_RULES)
    said = next((word for word in subject.profile.circular if word in basis.text), "")
    if said:
        yield Finding(subject.project, basis.path, f"立项依据写的是预算本身（{said}）")
    elif basis.text and basis.text == rules.text and not subject.is_none(basis.text):
        yield Finding(subject.project, basis.path, "立项依据与资金管理办法是同一个文件")


@each(
    "B08",
    Severity.ERROR,
    RELEVANT,
    "目标应与本单位职能相关",
    "写本单位的依据，或核对预算单位",
    needs=(needs.field(Role.UNIT), needs.TEXTS),
)
def another_office(subject: Subject) -> Findings:
    """项目概况里写的是别的单位。

    为什么：多半是从别的表复制过来没有改，或者预算单位填错了。单位的简称写在 projects.yaml 的“单位”里；
    书名号里的文件名不算。

    坏例：
        项目概况: {立项依据: 根据市政府驻广办三定方案中的工作职能}
    好例：
        项目概况: {立项依据: 《市政府办公室三定方案》（衡办发〔2019〕3号）}
    """
    own = {name for unit in subject.units if unit.name == subject.project.unit for name in (unit.name, *unit.aliases)}
    names = [(name, unit.name) for unit in subject.units for name in (unit.name, *unit.aliases)]
    for words in subject.overview if subject.project.unit else ():
        text = _TITLE.sub("", words.text)
        for name in sorted(own, key=lambda name: (-len(name), name)):
            text = text.replace(name, "")
        said = next(((name, unit) for name, unit in names if name in text and name not in own), None)
        if said:
            message = f"写的是“{said[0]}”（{said[1]}），不是{subject.project.unit}"
            yield Finding(subject.project, words.path, message, words.field)


@each("B09", Severity.WARNING, REGULAR, "单位名称与公章、部门名录一致", "用 projects.yaml“单位”里的全称")
def unit_name(subject: Subject) -> Findings:
    """单位不在名录里，或用了不规范的叫法。

    为什么：“驻京办”“驻北京联络处”“办事处”混用，审核人对不上单位。

    坏例：
        项目概况: {立项依据: 根据驻京办三定方案}
    好例：
        项目概况: {立项依据: 《衡阳市人民政府驻北京联络处三定方案》（衡编〔2019〕3号）}
    """
    unit = subject.project.unit
    if unit and subject.units and unit not in {known.name for known in subject.units}:
        yield Finding(subject.project, subject.form.unit_path, f"“{unit}”不在 projects.yaml 的单位名录里")
    for words in subject.overview:
        for pattern in subject.profile.drifting:
            match = re.search(pattern, words.text)
            if match:
                yield Finding(subject.project, words.path, f"“{match.group()}”不是单位的全称", words.field)


@across(
    "B10",
    Severity.INFO,
    REGULAR,
    "填报人应属于本单位",
    "核对填报人和预算单位",
    needs=(needs.field(Role.FILLER), needs.field(Role.UNIT)),
)
def people(batch: Batch) -> Findings:
    """同一填报人填了两个单位的表，或同一单位有两个填报人。

    为什么：常常说明预算单位填错了，或填报人没有改。

    坏例：
        填报人: 张三
        联系电话: 8861058
        ---
        编号: other
        项目名称: 另一个项目
        预算单位: 衡阳市人民政府驻北京联络处
        填报人: 张三
        联系电话: 8861058
    好例：
        填报人: 张三
        联系电话: 8861058
        ---
        编号: other
        项目名称: 另一个项目
        预算单位: 衡阳市人民政府驻北京联络处
        填报人: 李四
        联系电话: 8861059
    """
    units: dict[tuple[str, str], set[str]] = {}
    fillers: dict[str, set[str]] = {}
    named = [(one, one.project.of_role(Role.FILLER), one.project.of_role(Role.PHONE)) for one in batch.subjects]
    for subject, filler, phone in named:
        if filler:
            units.setdefault((filler, phone), set()).add(subject.project.unit)
            fillers.setdefault(subject.project.unit, set()).add(filler)
    for subject, filler, phone in named:
        project, path = subject.project, subject.form.path(Role.FILLER)
        others = units.get((filler, phone), set()) - {project.unit}
        if others:
            yield Finding(project, path, f"填报人{filler}也填了{several(sorted(others))}的表")
        colleagues = fillers.get(project.unit, set()) - {filler}
        if filler and colleagues:
            yield Finding(project, path, f"{project.unit}另有填报人{several(sorted(colleagues))}")


@each(
    "B11",
    Severity.INFO,
    COMPLETE,
    "绩效目标随预算编报，先有目标后有预算",
    "预算年度开始以前填报",
    needs=(needs.field(Role.FILED), needs.stage("申报")),
)
def filed_late(subject: Subject) -> Findings:
    """填报日期在预算年度开始以后。

    为什么：绩效目标是安排预算的前提，应在年度开始以前报。

    坏例：
        填报日期: 2020-02-10
    好例：
        填报日期: 2019-11-20
    """
    path = subject.form.path(Role.FILED)
    filed = subject.project.values.get(path)
    if isinstance(filed, date) and filed.year >= subject.project.year:
        yield Finding(subject.project, path, f"{filed.isoformat()} 填报，{subject.project.year} 年度已经开始")
