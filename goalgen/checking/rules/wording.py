"""Check how things are written: names, blanks, punctuation, placeholders, telephone numbers."""

from __future__ import annotations

import re
from typing import Final

from goalgen.checking import needs
from goalgen.checking.rule import COMPLETE, REGULAR, RELEVANT, Finding, Findings, across, each, several
from goalgen.checking.subject import Batch, Subject
from goalgen.errors import Severity
from goalgen.forms.item import Role
from goalgen.forms.project import Project
from goalgen.text.typography import FOREIGN_GLYPHS, full_width, half_width, stray_blanks

# Doubled single characters that are hardly ever right (经费费用 and 工作作风 are).
_DOUBLED: Final = re.compile(r"([\u4e00-\u9fff]{2,})\1|([级绩效率额])\2")
_PLACEHOLDER: Final = re.compile(r"\*{2,}|[xX]{2,}|[×╳]{2,}|…{2,}|\.{3,}|[?？]{2,}|待定|待填|TODO|^[/／—-]+$")
_MOBILE: Final = re.compile(r"(?<!\d)1[3-9]\d[\d*]{8}(?!\d)")


@across("N01", Severity.WARNING, REGULAR, "一个项目一张表", "改名，使名称说出各自的内容", also=(Severity.ERROR,))
def same_name(batch: Batch) -> Findings:
    """两个项目同名。

    为什么：审核、批复和对比都按名称找；同一单位里同名是错误，不同单位之间是警告。

    坏例：
        项目名称: 政务督查经费
        ---
        编号: other
        项目名称: 政务督查经费
    好例：
        项目名称: 政务督查经费
        ---
        编号: other
        项目名称: 机要工作经费
    """
    by_name: dict[str, list[Project]] = {}
    for subject in batch.subjects:
        by_name.setdefault(subject.project.name, []).append(subject.project)
    for subject in batch.subjects:
        project = subject.project
        twins = [other for other in by_name[project.name] if other.code != project.code]
        if twins:
            same_unit = any(twin.unit == project.unit for twin in twins)
            near_first = sorted(twins, key=lambda twin: twin.unit != project.unit)
            message = f"与 {several([twin.code for twin in near_first])} 同名“{project.name}”"
            level = Severity.ERROR if same_unit else None
            yield Finding(project, subject.form.name_path, message, severity=level)


@each("N02", Severity.INFO, RELEVANT, "一个项目一张表", "分成两个项目；确是一个项目的，改名")
def two_in_one(subject: Subject) -> Findings:
    """项目名称里像是两个项目。

    为什么：两个项目合填一张表，目标和资金对不上号。

    坏例：
        项目名称: 信访工作经费、应急管理工作经费
    好例：
        项目名称: 信访工作经费
    """
    if "、" in re.sub(r"（[^）]*）", "", subject.project.name):
        yield Finding(subject.project, subject.form.name_path, "项目名称用顿号连着两件事")


@each("N03", Severity.WARNING, REGULAR, "文字差错", "删去重复的字")
def doubled(subject: Subject) -> Findings:
    """字词写重了。

    为什么：“经费经费”“省级级”是笔误。

    坏例：
        项目名称: 综合调研经费经费
    好例：
        项目名称: 综合调研经费
    """
    for words in subject.words:
        match = _DOUBLED.search(words.text)
        if match:
            yield Finding(subject.project, words.path, f"“{match.group()}”写重了", words.field)


@each("T01", Severity.ERROR, REGULAR, "财政系统拒收含空白字符的文字", "删去空白，goalgen fmt 可以自动改")
def blanks(subject: Subject) -> Findings:
    """文字里有多余的空白或换行。

    为什么：全角空格、首尾空格、汉字之间的空格和值里的换行，导入财政系统时会被拒收。

    坏例：
        总体目标: {年度: "提供正常　环境，办结率达到95%"}
    好例：
        总体目标: {年度: "提供正常环境，办结率达到95%"}
    """
    for words in subject.words:
        match = next(stray_blanks(words.text), None)
        if match:
            what = "换行" if "\n" in match.group() else "空白"
            place = "末尾" if match.end() == len(words.text) else f"第 {match.start() + 1} 个字处"
            yield Finding(subject.project, words.path, f"{place}有{what}", words.field)


@each("T02", Severity.WARNING, REGULAR, "GB/T 15834 标点；通用规范汉字表", "goalgen fmt 可以自动改")
def glyphs(subject: Subject) -> Findings:
    """有异体字形、半角标点、全角数字或不成对的括号。

    为什么：“査”（U+67FB）不是“查”，搜不到也对不上；汉字之间用全角标点，数字、字母和 % 用半角，“>=”写“≥”。

    坏例：
        总体目标: {年度: "调査研究10次,办结率达到95%"}
    好例：
        总体目标: {年度: "调查研究10次，办结率达到95%"}
    """
    for words in subject.words:
        odd = [f"{char}→{FOREIGN_GLYPHS[char]}" for char in dict.fromkeys(words.text) if char in FOREIGN_GLYPHS]
        odd += [f"{old}→{new}" for _, old, new in half_width(words.text)]
        odd += dict.fromkeys(f"{old}→{new}" for _, old, new in full_width(words.text))
        if odd:
            yield Finding(subject.project, words.path, f"字形或标点不规范：{'、'.join(odd)}", words.field)


@each(
    "T03",
    Severity.WARNING,
    REGULAR,
    "指标值是数，不是句子",
    "删去句号；打分办法写到评分标准里",
    needs=(needs.TARGETS,),
)
def sentence(subject: Subject) -> Findings:
    """指标值以句号结尾，或写了打分办法。

    为什么：指标值应是可以比较的数，“超过节点扣分。”是评分办法。

    坏例：
        绩效指标: {时效指标: [{指标: 时间节点, 年度: "12月31日前完成100%，超过节点扣分。"}]}
    好例：
        绩效指标: {时效指标: [{指标: 按期办结率, 年度: ≥95%}]}
    """
    for cell in subject.cells:
        said = next((word for word in subject.profile.scoring if word in cell.text), "")
        if cell.text.endswith("。") or said:
            yield Finding(
                subject.project, cell.path, f"指标值{f'里有打分办法（{said}）' if said else '以句号结尾'}", cell.field
            )


@each("T04", Severity.ERROR, COMPLETE, "财政系统：不得留占位符", "写上真实的内容；没有就写“无”")
def placeholder(subject: Subject) -> Findings:
    """留着没有填的占位符。

    为什么：**、××、……、待定 说明还没有填完。

    坏例：
        绩效指标: {数量指标: [{指标: 督查次数, 年度: ≥**次}]}
    好例：
        绩效指标: {数量指标: [{指标: 督查次数, 年度: ≥30次}]}
    """
    for words in subject.words:
        match = _PLACEHOLDER.search(words.text)
        if match:
            yield Finding(subject.project, words.path, f"还留着“{match.group()}”", words.field)


@each("P01", Severity.WARNING, REGULAR, "绩效目标随预算公开；个人信息保护", "写办公电话")
def mobile(subject: Subject) -> Findings:
    """写了手机号。

    为什么：表要公开，手机号是个人信息；打了星号的也联系不上，应写办公电话。

    坏例：
        联系电话: 13800000000
    好例：
        联系电话: 0734-8860000
    """
    phone = subject.field(Role.PHONE)
    if _MOBILE.search(phone.text):
        yield Finding(subject.project, phone.path, "联系电话是手机号")
    for words in subject.words:
        if _MOBILE.search(words.text):
            yield Finding(subject.project, words.path, "文字里有手机号", words.field)
