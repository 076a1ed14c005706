"""Submissions made in memory for the review's tests: a good project, changed by the YAML of a rule's example."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from goalgen import source
from goalgen.cli.check import command
from goalgen.errors import Problem
from goalgen.submission.comments import Comments, comments_in
from goalgen.submission.submission import Submission, load
from tests.support.form_making import REVIEWED, spec_of
from tests.support.project_making import replace

INDEX: dict[str, Any] = {
    "部门": "衡阳市人民政府办公室",
    "单位": [
        {"名称": "衡阳市人民政府办公室", "简称": ["市政府办"]},
        {"名称": "衡阳市人民政府驻北京联络处", "简称": ["驻京办"]},
        {"名称": "衡阳市人民政府驻广州（深圳）办事处", "简称": ["驻广办"]},
    ],
    "年度": {"2020": {"表样": "form_2020", "项目": []}},
}
GOOD = """
编号: zheng-wu-du-cha
项目名称: 政务督查经费
预算单位: 衡阳市人民政府办公室
项目类型: 其他
项目概况:
  中长期规划: 无
  资金管理办法: 《衡阳市市直机关专项业务经费管理办法》（衡财行〔2017〕12号）
  绩效分配方式: 据实据效
  立项依据: 《关于加强政务督查工作的通知》（衡政办发〔2018〕20号）
  使用范围: 督查差旅费、通报印刷费
  申报条件: 无
  起止年限: 2020年-2022年
项目资金:
  中长期: {总额: 108, 财政拨款: 108, 其他资金: 0}
  年度: {总额: 35, 财政拨款: 35, 其他资金: 0}
总体目标:
  中长期: 三年督查不少于90次，决策事项按期办结率逐年提高
  年度: 督查不少于30次，决策事项按期办结率达到95%以上
绩效指标:
  数量指标: [{指标: 督查次数, 中长期: ≥90次, 年度: ≥30次}]
  质量指标: [{指标: 问题整改率, 中长期: ≥96%, 年度: ≥95%}]
  时效指标: [{指标: 按期办结率, 中长期: ≥96%, 年度: ≥95%}]
  成本指标: [{指标: 每次督查费用, 中长期: ≤1.1万元, 年度: ≤1.1万元}]
  经济效益指标: [{指标: 不适用, 中长期: 不适用, 年度: 不适用}]
  社会效益指标: [{指标: 民生实事项目完成率, 中长期: 100%, 年度: 100%}]
  生态效益指标: [{指标: 不适用, 中长期: 不适用, 年度: 不适用}]
  可持续影响指标: [{指标: 督查台账建档率, 中长期: 100%, 年度: 100%}]
  社会公众或服务对象满意度指标: [{指标: 被督查单位满意度, 中长期: ≥92%, 年度: ≥90%}]
填报人: 张三
联系电话: 0734-8860000
填报日期: 2019-11-20
"""


def plain(node: source.Node | None) -> Any:
    """Nodes as dicts, lists and texts."""
    if isinstance(node, source.Mapping):
        return {key.text: plain(value) for key, value in node.entries}
    if isinstance(node, source.Sequence):
        return [plain(item) for item in node.items]
    return node.text if node else None


def values(text: str) -> dict[str, Any]:
    """YAML text as a dict of texts."""
    document = source.parse(text, "example.yaml")
    assert not document.problems, document.problems
    found = plain(document.root)
    assert isinstance(found, dict)
    return found


def merged(base: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """A project with changes: whole keys, or single keys of its tables."""
    result = dict(base)
    for key, value in change.items():
        old = result.get(key)
        result[key] = {**old, **value} if isinstance(old, dict) and isinstance(value, dict) else value
    return result


def submission(
    folder: Path, *projects: Mapping[str, Any], index: Mapping[str, Any] | None = None, form: str = "form_2020"
) -> Submission:
    """A submission folder of these projects (each a change of GOOD, or of the clean project of another form), read."""
    good, year = GOOD, "2020"
    if form != "form_2020":
        good, year = (REVIEWED / f"{form}.clean.yaml").read_text(encoding="utf-8"), "2024"
        (folder / "templates").mkdir(parents=True)
        shutil.copy(spec_of(form), folder / "templates")
    names = [f"{year}/{number:02d}.yaml" for number in range(1, len(projects) + 1)]
    top = merged(INDEX, index or {})
    top["年度"] = {year: {"表样": form, "项目": names}}
    (folder / "data" / year).mkdir(parents=True, exist_ok=True)
    write(folder / "data" / "projects.yaml", top)
    for name, change in zip(names, projects, strict=True):
        write(folder / "data" / name, merged(values(good), change))
    return load(folder)


def write(path: Path, content: Any) -> None:
    """JSON is YAML: every text in quotes."""
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def with_comments(read: Submission, texts: Mapping[str, str]) -> Submission:
    """A submission whose files (by reported name) say in comments what these texts say; the rest as it was read."""
    said = {file: comments_in(text.encode(), source.parse(text, file)) for file, text in texts.items()}
    years = [
        year._replace(entries=tuple(e._replace(comments=said.pop(e.file, e.comments)) for e in year.entries))
        for year in read.years
    ]
    others = Comments(
        tuple(mark for one in said.values() for mark in one.marks),
        tuple(ignore for one in said.values() for ignore in one.ignores),
    )
    return replace(read, years=tuple(years), comments=others)


FILE = "data/2020/x.yaml"


Texts = Callable[[str], list[Problem]]
PHONE = "联系电话: 0734-8860000"


MOBILE = {"联系电话": "13800000000"}


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(command, list(words))
    return getattr(result.exception, "exit_code", result.exit_code), result.stdout
