"""Whatever the blank, every place that a person fills has its tag or is told, and the words on it stay words."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from goalgen import source
from goalgen.authoring.learning import pack
from goalgen.authoring.learning.learn import learn
from goalgen.authoring.learning.words import bare
from goalgen.errors import GoalgenError
from goalgen.forms import Form
from goalgen.forms.spec import form_of, spec_values
from goalgen.printing.printer import Printer
from tests.support.blank_making import blank
from tests.support.command_runs import run
from tests.support.learned_blanks import BLANKS, NAMES, blank_named, board_of, learned, places_of

OFFICIAL = tuple(path.stem for path in sorted(BLANKS.glob("*.docx")))
UNTIDY = tuple(name for name in NAMES if name not in OFFICIAL)
EVERY = pytest.mark.parametrize("name", NAMES)


def texts_of(data: bytes) -> list[str]:
    """Every paragraph of a document, in and out of tables."""
    body = docx.Document(io.BytesIO(data)).element.body
    return ["".join(text.text or "" for text in one.iter(qn("w:t"))) for one in body.iter(qn("w:p"))]


def counted(data: bytes) -> int:
    """How many cells are empty, rows `指标1：` or `……`, boxes and gaps there are, counted without goalgen."""
    document = docx.Document(io.BytesIO(data))
    count = 0
    for cell in document.element.body.iter(qn("w:tc")):
        merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        if merge is not None and merge.get(qn("w:val")) != "restart":
            continue
        text = "".join(one.text or "" for one in cell.iter(qn("w:t"))).strip()
        count += (
            len(re.findall("□|20××年-20××年|(?<=联系电话)：$", text))
            or re.fullmatch(r"(指标1：|指标2：|任务\d|……)?", text) is not None
        )
    for paragraph in document.paragraphs:
        count += len(re.findall(r"：\s*|（\s*(?:20\d\d)?年度）", paragraph.text))
    return count


@EVERY
def test_every_place_that_a_person_fills_is_where_it_belongs_or_told(name: str) -> None:
    assert places_of(name) == (BLANKS / f"{name}.expected").read_text(encoding="utf-8").splitlines()


def test_there_are_blanks_of_many_kinds() -> None:
    assert len(OFFICIAL) == 6 and len(UNTIDY) >= 10
    assert sorted(path.stem for path in BLANKS.glob("*.expected")) == sorted(NAMES)


@pytest.mark.parametrize("name", OFFICIAL)
def test_nothing_is_missed_on_an_official_blank_and_nine_of_ten_have_a_tag(name: str) -> None:
    found = learned(name)
    assert found.tagged + found.unread == counted(blank_named(name)) > 30
    assert found.tagged >= 0.9 * (found.tagged + found.unread)
    assert sum(problem.code == "L01" for problem in found.problems) >= found.unread


@pytest.mark.parametrize("name", UNTIDY)
def test_nine_of_ten_have_a_tag_on_an_untidy_blank(name: str) -> None:
    told = [place for place in places_of(name) if "→ ？" in place]
    ours = [place for place in told if "由审核的部门填写" not in place and "加二级指标" not in place]
    assert len(ours) <= 0.1 * len(places_of(name))
    assert learned(name).unread == len(told)


@EVERY
def test_a_printed_word_stays_a_word(name: str) -> None:
    """What is no place to fill stands in the template as it did, or in the spec where a loop prints it."""
    found = learned(name)
    kept = bare("".join(re.sub(r"\{[{%].*?[}%]\}", "", text) for text in texts_of(found.template)) + found.spec)
    board = board_of(blank_named(name))
    for spot in board.spots():
        if not board.of(spot):
            for line in spot.text.split("\n"):
                assert bare(line) in kept or re.fullmatch(r"\d+\.?|具体指标|[\d.、]+|任务\d", bare(line)), line


@EVERY
def test_what_is_learned_is_a_pack_that_prints(name: str, tmp_path: Path) -> None:
    found = learned(name)
    (tmp_path / "biao.docx").write_bytes(found.template)
    form: Form = form_of(spec_values(found.spec.encode(), "biao.yaml"), tmp_path)
    assert Printer(form).warnings == ()
    assert re.search("[{}]{2}|%}", "".join(texts_of(found.template))), "a template has tags"
    assert not re.search("<script", found.page) and found.page.count("<td") > 5


@pytest.mark.parametrize("name", ["ningxiang", "guangxi-preprinted-rows", "untidy-88", "numbered-parts"])
def test_new_and_render_work_with_it(name: str, tmp_path: Path) -> None:
    (tmp_path / "空白 表.docx").write_bytes(blank_named(name))
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "projects.yaml").write_text(
        "部门: 某局\n年度:\n  2024:\n    表样: 空白_表\n    项目: []\n", encoding="utf-8"
    )
    result = run(tmp_path, "form", "learn", "空白 表.docx")
    assert result.returncode == 0, result.stderr
    assert "templates/空白_表.yaml\ntemplates/空白_表.docx\ntemplates/空白_表.html\n" in result.stdout
    assert run(tmp_path, "form", "check", "空白_表").returncode == 0
    assert run(tmp_path, "template", "check", "空白_表").returncode == 0
    assert run(tmp_path, "new", "桥梁维修", "--unit", "某所", "--code", "qiao").returncode == 0
    assert run(tmp_path, "render").returncode == 0
    (path,) = (tmp_path / "out" / "2024" / "forms").glob("*.docx")
    printed = "".join(texts_of(path.read_bytes()))
    assert "桥梁维修" in printed and "{{" not in printed and "数量指标" in printed


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(blank_named("no-names"))
    assert run(tmp_path, "form", "learn", "a.docx", "-o", "x", "--name", "biao").returncode == 0
    before = (tmp_path / "x" / "biao.yaml").read_bytes()
    (tmp_path / "x" / "biao.html").unlink()
    result = run(tmp_path, "form", "learn", "a.docx", "-o", "x", "--name", "biao")
    assert result.returncode == 2 and result.stderr.count("S08") == 2
    assert (tmp_path / "x" / "biao.yaml").read_bytes() == before and not (tmp_path / "x" / "biao.html").exists()


def fault(data: bytes) -> str:
    with pytest.raises(GoalgenError) as caught:
        learn(data, "biao", "a.docx", Path())
    (problem,) = caught.value.problems
    return str(problem)


def test_what_is_no_blank_is_told() -> None:
    assert fault(b"x") == "a.docx: 错误 D01 空白表打不开：不是 .docx 文件，或者文件坏了；用 Word 或 WPS 另存为 .docx"
    assert "L03 表上没有要填的空格" in fault(blank("说明\n| 甲 | 乙 |"))


def test_a_name_that_no_file_can_have_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(blank_named("no-names"))
    for name in ("", "a/b", "a.b"):
        result = run(tmp_path, "form", "learn", "a.docx", "--name", name)
        assert (result.returncode, "错误 L06" in result.stderr) == (2, True), result.stderr


def test_the_spec_keeps_what_the_form_fills_itself() -> None:
    form = learned("guangxi-preprinted-rows").form
    (table,) = form.indicator_tables
    fixed = [row for group in table.tree for row in group.fixed]
    assert [row.text("分值") for row in fixed] == ["5", "15"]
    assert fixed[1].name == "预算支出进度是否达到90%以上。" and fixed[1].text("年度") == "≥90%"
    assert source.read(learned("starred-rows").spec.encode(), "x").problems == ()
    assert {group.key for group in learned("starred-rows").form.indicator_tables[0].tree if group.item.required} == {
        "质量指标",
        "服务对象满意度指标",
    }


def test_sums_rates_and_scores_are_those_of_the_form() -> None:
    nested = learned("ningxiang").form.money_tables[0]
    assert nested.parts == {"总额": ("财政拨款", "自有资金"), "财政拨款": ("上级财政资金", "本级财政资金")}
    outcome = learned("ziping-10")
    formulas = {column.key: str(column.formula) for column in outcome.form.money_tables[0].columns if column.formula}
    assert formulas == {
        "分值": "常数(10)",
        "执行率": "比(全年执行, 全年预算)",
        "得分": "执行得分(全年执行, 全年预算, 10)",
    }
    assert (outcome.form.stage, learned("bumen-88").form.stage, learned("monitoring-two-storeys").form.stage) == (
        *("自评", "整体", "监控"),
    )
    assert learned("numbered-parts").form.weights == Decimal(90)
    assert learned("untidy-88").form.money_unit == "元"


def test_what_stands_in_a_header_is_told() -> None:
    document = docx.Document(io.BytesIO(blank_named("no-names")))
    document.sections[0].header.paragraphs[0].text = "填报单位："
    buffer = io.BytesIO()
    document.save(buffer)
    found = learn(buffer.getvalue(), "biao", "a.docx", Path())
    assert "a.docx: 警告 L01 页眉页脚“填报单位：”没有读" in "\n".join(map(str, found.problems))


def test_a_blank_that_cannot_be_read_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refused(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(pack, "read_whole", refused)
    with pytest.raises(GoalgenError) as caught:
        pack.learn_pack(tmp_path / "a.docx", tmp_path)
    assert caught.value.problems[0].code == "Y01"
