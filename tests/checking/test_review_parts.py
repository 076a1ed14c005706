"""The parts of the review one by one: what a rule reads, what a comment silences, what a finding becomes, what is an error."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from goalgen.checking import rule
from goalgen.checking.ignores import ignored
from goalgen.checking.manual import FOOT, examples, listing, markdown, page
from goalgen.checking.review import as_problem, catalogue, review
from goalgen.checking.rule import RULES, Finding, Findings, Rule
from goalgen.checking.subject import Batch, Subject
from goalgen.errors import Place, Problem, Severity, errors_in
from goalgen.forms.project import Horizon, Indicator
from goalgen.submission.comments import Ignore
from tests.support.finding_making import batch, money, project, sheet
from tests.support.review_cases import submission, values, with_comments

FILE = "data/2020/x.yaml"
TWO_GROUPS = (
    "绩效指标: {数量指标: [{指标: 一, 年度: 1次}, {指标: 二, 中长期: 2次, 年度: 无}], 质量指标: [{指标: 三, 年度: ''}],"
    " 时效指标: [{指标: 不适用, 年度: 3次}]}\n"
)


# ---- what a rule reads


def test_cells_are_the_printed_values_group_by_group_without_what_is_declared_none() -> None:
    found = sheet(TWO_GROUPS).in_groups(("数量指标", "质量指标", "时效指标"))
    assert [(cell.indicator.name, cell.horizon, cell.text, cell.path, cell.field) for cell in found] == [
        ("一", Horizon.ANNUAL, "1次", "绩效指标.数量指标.0.年度", "绩效指标.数量指标.一.年度"),
        ("二", Horizon.MEDIUM, "2次", "绩效指标.数量指标.1.中长期", "绩效指标.数量指标.二.中长期"),
        ("三", Horizon.ANNUAL, "", "绩效指标.质量指标.0.年度", "绩效指标.质量指标.三.年度"),
    ]
    assert [cell.text for cell in sheet(TWO_GROUPS).in_groups(("数量指标",), Horizon.MEDIUM)] == ["2次"]
    assert [quantity.unit for quantity in found[0].quantities] == ["次"]


@pytest.mark.parametrize(
    ("indicator", "declared"),
    [
        (Indicator("质量指标", "无", "1", "1"), True),
        (Indicator("质量指标", "率", "不适用", "1"), True),
        (Indicator("质量指标", "率", None, "不涉及"), True),
        (Indicator("质量指标", "率", None, None), False),
        (Indicator("质量指标", "无差错率", "1", "1"), False),
        (Indicator("数量指标", "无", "无", "无"), False),
    ],
)
def test_a_group_is_declared_none_by_any_word_of_an_indicator(indicator: Indicator, declared: bool) -> None:
    one = sheet()
    assert replace(one, project=replace(one.project, indicators=(indicator,))).declared_none("质量指标") is declared


def test_words_are_every_text_but_people_and_numbers() -> None:
    change = TWO_GROUPS + "总体目标: {中长期: , 年度: 目标}\n项目概况: {申报条件: }"
    words = [word for word in sheet(change).words if "效益" not in word.path and "满意度" not in word.path]
    assert [(word.path, word.field) for word in words if not word.path.startswith("绩效指标.")] == [
        (path, path)
        for path in (
            "项目名称",
            "项目概况.中长期规划",
            "项目概况.资金管理办法",
            "项目概况.立项依据",
            "项目概况.使用范围",
            "项目概况.起止年限",
            "总体目标.年度",
        )
    ]
    assert [(word.path, word.field, word.text) for word in words if "数量" in word.path or "质量" in word.path] == [
        ("绩效指标.数量指标.0.指标", "绩效指标.数量指标.一", "一"),
        ("绩效指标.数量指标.1.指标", "绩效指标.数量指标.二", "二"),
        ("绩效指标.质量指标.0.指标", "绩效指标.质量指标.三", "三"),
        ("绩效指标.数量指标.0.年度", "绩效指标.数量指标.一.年度", "1次"),
        ("绩效指标.数量指标.1.中长期", "绩效指标.数量指标.二.中长期", "2次"),
        ("绩效指标.数量指标.1.年度", "绩效指标.数量指标.二.年度", "无"),
    ]
    assert (words[0].text, words[4].text) == ("政务督查经费", "督查差旅费、通报印刷费")


def test_a_project_with_hardly_anything_in_it_is_read_too() -> None:
    one = sheet()
    bare = replace(one, project=replace(one.project, overview={}, goals={}, funding={}, indicators=()))
    assert [word.path for word in bare.words] == ["项目名称"]
    assert {word.text for word in bare.overview} == {""}
    assert (bare.money(Horizon.ANNUAL, "总额"), bare.funds(), bare.cells) == (None, Decimal(0), ())
    assert bare.line("没有的") == ("项目概况.没有的", "项目概况.没有的", "")
    for one_rule in catalogue():
        assert all(isinstance(finding, Finding) for finding in one_rule.run(replace(batch(""), subjects=(bare,))))


def test_money_is_read_line_by_line_and_as_a_whole() -> None:
    one = sheet(money((36, "35.5", None), (None, 100, 8)))
    assert (one.total_key, one.parts) == ("总额", ("财政拨款", "其他资金"))
    assert [one.money(Horizon.ANNUAL, key) for key in ("总额", "财政拨款", "其他资金")] == [36, Decimal("35.5"), None]
    assert (one.funds(), one.funds(Horizon.MEDIUM)) == (Decimal("35.5"), Decimal(108))
    assert (one.basis.path, one.basis.text[:4]) == ("项目概况.立项依据", "《关于加")


def test_what_every_form_must_say_is_asked_of_a_project_that_says_nothing() -> None:
    one = sheet()
    nothing = replace(one, project=replace(one.project, name="", unit="", filler="", phone="", filed=None, goals={}))
    (rule_of_all,) = (found for found in catalogue() if found.code == "B01")
    asked = rule_of_all.run(replace(batch(""), subjects=(nothing,)))
    assert [(finding.path, finding.message) for finding in asked] == [
        *((key, f"“{key}”空着") for key in ("项目名称", "预算单位", "填报人", "联系电话", "填报日期")),
        *((f"总体目标.{side}", f"{side}目标空着") for side in ("中长期", "年度")),
    ]


# ---- what a comment silences


def problem(code: str = "F05", line: int = 3, file: str = FILE, project: str = "a", year: int = 2020) -> Problem:
    return Problem(code, "说", Place(file, line, 1), project=project, year=year)


@pytest.mark.parametrize(
    ("ignore", "hits"),
    [
        (Ignore("F05", 3, Place(FILE, 3, 9), "因"), True),
        (Ignore("F05", 4, Place(FILE, 4, 9), "因"), False),
        (Ignore("F05", 3, Place("data/other.yaml", 3, 9), "因"), False),
        (Ignore("F06", 3, Place(FILE, 3, 9), "因"), False),
        (Ignore("F05", 0, Place(FILE, 1, 1), "因"), True),
        (Ignore("F05", 0, Place("data/other.yaml", 1, 1), "因"), False),
    ],
)
def test_a_comment_silences_its_line_or_its_file(ignore: Ignore, hits: bool) -> None:
    assert ignore.hits(problem(), FILE) is hits
    assert ignore.hits(problem(file="data/projects.yaml"), FILE) is (hits and not ignore.line)


def test_what_is_left_are_problems_and_comments_of_no_use() -> None:
    silent = Ignore("F05", 0, Place(FILE, 1, 1), "因")
    bare = Ignore("F06", 3, Place(FILE, 3, 9), "")
    idle = Ignore("F07", 4, Place(FILE, 4, 2), "")
    off = Ignore("F09", 5, Place(FILE, 5, 2), "因")
    shared = problem(file="data/projects.yaml")
    problems = [problem(), shared, problem("F06"), problem("F08"), problem(file="x", year=2021)]
    files = {(2020, "a"): FILE, (2021, "a"): "data/2021/x.yaml"}
    left = ignored(problems, [silent, bare, idle, idle, off], files, frozenset({"F09"}))
    assert left == [
        problem("F08"),
        problem(file="x", year=2021),
        Problem(
            "C02",
            "goalgen: ignore F06 没有写理由",
            bare.place,
            "写成 # goalgen: ignore F06 为什么",
            Severity.WARNING,
            criterion="规范性",
        ),
        Problem(
            "C01",
            "goalgen: ignore F07 没有对上任何问题",
            idle.place,
            "问题已经改好或换了行；删掉这条注释",
            Severity.WARNING,
            criterion="规范性",
        ),
    ]


# ---- what a finding becomes


def test_a_finding_becomes_a_problem_at_its_place() -> None:
    blank, one = RULES["F03"], project(money((35, 35, None)))
    finding = Finding(one, "项目资金.年度.总额", "说", "某处", "改", Severity.INFO)
    about = ("zheng-wu-du-cha", "某处", "完整性", 2020)
    place = one.place("项目资金.年度.总额")
    assert place.line and place.column > 1
    assert as_problem(blank, blank.severity, finding) == Problem("F03", "说", place, "改", Severity.INFO, *about)
    # a level that projects.yaml changes holds for every finding of the rule
    assert as_problem(blank, Severity.ERROR, finding).severity is Severity.ERROR
    plain = as_problem(blank, blank.severity, Finding(one, "项目资金.年度.总额", "说"))
    assert (plain.hint, plain.field, plain.severity) == (blank.hint, "项目资金.年度.总额", Severity.WARNING)


def test_a_finding_of_no_project_stands_in_the_index() -> None:
    found = as_problem(RULES["F08"], Severity.ERROR, Finding(None, "单位", "说"))
    assert found == Problem(
        "F08", "说", Place("data/projects.yaml"), RULES["F08"].hint, Severity.ERROR, "", "单位", "适当性", 0
    )


def test_marks_of_a_new_year_and_unknown_rules_are_told(tmp_path: Path) -> None:
    read = submission(tmp_path, {}, index={"检查": {"规则": {"Z99": "关"}}})
    text = "a: b\n总额: 35  # 待核 上年：总额 30\n财政拨款: 35 # 待核\n"
    strange, *undecided = review(with_comments(read, {FILE: text, "data/none.yaml": "a: b\n"}))
    index = Place((tmp_path / "data/projects.yaml").as_posix())
    assert strange == Problem("C03", "没有 Z99 这条规则", index, "看 goalgen check --explain all", Severity.WARNING)
    said = (("还没有定下来：上年：总额 30", Place(FILE, 2, 9)), ("还没有定下来", Place(FILE, 3, 10)))
    assert undecided == [
        Problem("C04", message, place, "定好后删掉“待核”", Severity.WARNING, criterion="可行性")
        for message, place in said
    ]


def test_a_comment_for_a_rule_that_is_off_is_of_use_another_time(tmp_path: Path) -> None:
    text = "# goalgen: ignore F05 逐年相同\n# goalgen: ignore F06 逐年相同\n"
    read = submission(tmp_path, {}, index={"检查": {"规则": {"F05": "关"}}})
    assert [found.message for found in review(with_comments(read, {FILE: text}))] == [
        "goalgen: ignore F06 没有对上任何问题"
    ]


def test_a_finding_is_silenced_in_the_file_of_its_project_wherever_its_value_stands(tmp_path: Path) -> None:
    """A number in projects.yaml that two projects share: one of them says that it may be so."""
    shared = {"共用": {"联系电话": "13800000000"}}
    first, second = ({"编号": code, "项目名称": code, "联系电话": ""} for code in ("a", "b"))
    read = submission(tmp_path, first, second, index={**shared, "检查": {"规则": {"X01": "关", "X03": "关"}}})
    files = [entry.file for entry in read.years[0].entries]
    texts = {files[0]: "# goalgen: ignore P01 公开的\n", files[1]: "a: b # goalgen: ignore F06 因\n"}
    found = review(with_comments(read, texts))
    index = (tmp_path / "data/projects.yaml").as_posix()
    assert [(one.code, one.project, one.place.file, one.severity) for one in found] == [
        ("P01", "b", index, Severity.WARNING),
        ("C01", "", files[1], Severity.WARNING),
    ]
    assert (found[0].message, found[0].hint, found[0].criterion) == ("联系电话是手机号", "写办公电话", "规范性")


def test_money_is_held_against_the_budget_of_its_year(tmp_path: Path) -> None:
    units = [{"名称": "衡阳市人民政府办公室", "预算": {"2019": "1", "2020": "30"}}]
    found = review(submission(tmp_path, {}, index={"单位": units}))
    assert [(one.code, one.severity, one.year) for one in found] == [("F08", Severity.ERROR, 2020)]


def test_a_mark_in_quotes_is_text(tmp_path: Path) -> None:
    read = submission(tmp_path, {})
    assert review(with_comments(read, {FILE: 'a: "b # 待核"\n'})) == []


# ---- how a rule is registered


def test_rules_register_themselves_with_their_docstring_as_manual(monkeypatch: pytest.MonkeyPatch) -> None:
    told: dict[str, Rule] = {}
    monkeypatch.setattr(rule, "RULES", told)

    @rule.each("Z01", Severity.INFO, "规范性", "依据一", "改法一")
    def one(sheet: Subject) -> Findings:
        """一句 话。

        为什么：  \t
            例子
        """
        yield Finding(sheet.project, "项目名称", "说")

    @rule.across("Z02", Severity.WARNING, "相关性", "依据二", "改法二")
    def every(batch: Batch) -> Findings:
        """二。"""
        yield Finding(None, "", str(len(batch.subjects)))

    @rule.across("Z03", Severity.INFO, "相关性", "依据三", "改法三")
    def bad(batch: Batch) -> Findings:
        """三。"""
        yield from every(batch)

    @rule.each("Z04", Severity.INFO, "相关性", "依据四", "改法四")
    def plain(sheet: Subject) -> Findings:
        """四。"""
        yield from one(sheet)

    assert [*told] == ["Z01", "Z02", "Z03", "Z04"]
    first, second, third, fourth = told.values()
    assert (first.code, first.severity, first.criterion, first.source, first.hint) == (
        "Z01", Severity.INFO, "规范性", "依据一", "改法一",
    )  # fmt: skip
    assert first.manual == "一句 话。\n\n    为什么：\n        例子"
    assert first.title == "一句 话"
    two = batch("编号: a\n---\n编号: b")
    assert [finding.project and finding.project.code for finding in first.run(two)] == ["a", "b"]
    assert (second.code, second.severity, second.criterion, second.source, second.hint) == (
        "Z02", Severity.WARNING, "相关性", "依据二", "改法二",
    )  # fmt: skip
    assert (second.manual, second.title) == ("二。", "二")
    assert second.run is every and [finding.message for finding in second.run(two)] == ["2"]
    assert third.run is bad
    assert [finding.message for finding in fourth.run(two)] == ["说", "说"]


# ---- what is an error


@pytest.mark.parametrize(
    ("change", "levels", "count"),
    [
        ("", {}, 0),
        ("总体目标: {年度: }", {}, 1),
        ("总体目标: {中长期: , 年度: }", {}, 2),
        ("总体目标: {年度: }", {"B01": "关"}, 0),
        ("总体目标: {年度: }", {"B01": "警告"}, 0),
        # a warning by itself, an error where 起止年限 is empty: unless its level is set
        ("项目概况: {起止年限: }", {}, 1),
        ("项目概况: {起止年限: }", {"B02": "提示"}, 0),
        ("联系电话: 13800000000", {}, 0),
        ("联系电话: 13800000000", {"P01": "错误"}, 1),
        ("总体目标: {中长期: 办会30次, 年度: 办会30次}", {"X03": "错误"}, 1),
    ],
)
def test_the_profile_decides_what_is_an_error(change: str, levels: dict[str, str], count: int, tmp_path: Path) -> None:
    read = submission(tmp_path, values(change) if change else {}, index={"检查": {"规则": levels}} if levels else {})
    assert len(errors_in(review(read))) == count


def test_an_error_is_silenced_by_its_own_file_or_by_the_index() -> None:
    error = Problem("B01", "空着", Place(FILE, 5, 3), severity=Severity.ERROR, project="a", year=2020)
    own = Ignore("B01", 0, Place(FILE, 1, 1), "会议未定")
    other = Ignore("B01", 0, Place("data/other.yaml", 1, 1), "因")
    files = {(2020, "a"): FILE}
    assert ignored([error], [own], files, frozenset()) == []
    assert ignored([error], [other], files, frozenset())[0] == error


def test_an_error_in_a_shared_value_is_silenced_in_the_project_s_own_file() -> None:
    index = "data/projects.yaml"
    error = Problem("P01", "手机号", Place(index, 5, 3), severity=Severity.ERROR, project="a", year=2020)
    files = {(2020, "a"): FILE}
    assert ignored([error], [Ignore("P01", 0, Place(FILE, 1, 1), "因")], files, frozenset()) == []
    assert ignored([error], [Ignore("P01", 5, Place(index, 5, 9), "因")], files, frozenset()) == []
    assert ignored([error], [Ignore("P01", 5, Place(FILE, 5, 9), "因")], files, frozenset())[0] == error


# ---- the manual


def test_a_page_holds_the_rule_its_ground_and_its_remedy() -> None:
    text = page(RULES["B03"])
    assert text.startswith("B03 单选的栏目一项也没有选（错误，完整性）\n\n为什么：项目类型、")
    assert text.endswith("好例：\n    项目类型: 其他\n\n依据：表上的单选栏\n改法：选一项\n")
    assert list(examples(RULES["B03"])) == [("坏例", "项目类型:\n"), ("好例", "项目类型: 其他\n")]
    assert [kind for kind, _ in examples(RULES["N01"])] == ["坏例", "好例"]
    assert next(examples(RULES["N01"]))[1] == "项目名称: 政务督查经费\n---\n编号: other\n项目名称: 政务督查经费\n"


def test_the_list_has_a_line_a_rule_in_the_order_of_the_catalogue() -> None:
    lines = listing().splitlines()
    assert len(lines) == len(RULES)
    assert [line[:3] for line in lines] == sorted(RULES, key=lambda code: ("FBNTIXP".index(code[0]), code))
    assert lines[0] == "F01  错误  完整性  资金总额没有填"


def test_the_manual_of_all_rules_has_a_table_and_a_chapter_each() -> None:
    text = markdown()
    assert "| [B03](#b03) | 错误 | 完整性 | 单选的栏目一项也没有选 |\n" in text
    chapter = text[text.index('<a id="b03"></a>') : text.index('<a id="b04"></a>')]
    assert chapter == (
        '<a id="b03"></a>\n\n## B03 单选的栏目一项也没有选\n\n错误 · 完整性 · 依据：表上的单选栏\n\n'
        "为什么：项目类型、绩效分配方式每栏应恰好勾一项。\n\n坏例：\n\n```yaml\n项目类型:\n```\n\n"
        "好例：\n\n```yaml\n项目类型: 其他\n```\n\n改法：选一项\n\n"
    )
    assert "\n\n| 规则 | 轻重 | 标准 | 查什么 |\n| --- | --- | --- | --- |\n| [F01](#f01) |" in text
    assert text.endswith(f"## 查不了的\n\n{FOOT}\n") and text.startswith("# 审核规则\n")
