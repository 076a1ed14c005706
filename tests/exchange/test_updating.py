"""A project file takes new values and keeps its comments, in whatever style it is written."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from goalgen import source
from goalgen.authoring.project_text import project_text
from goalgen.exchange.updating import updated
from goalgen.forms.project import Project
from goalgen.submission.project_file import Setting, convert
from tests.support.filled_forms import Sparing
from tests.support.project_making import replace
from tests.support.strategies import form, projects


@settings(max_examples=100, deadline=None)
@given(projects(), projects())
def test_an_updated_file_holds_the_new_values_and_the_old_comments(old: Project, new: Project) -> None:
    text = "# 头\n" + project_text(old, form()).replace("总体目标:\n", "总体目标:  # 旁\n") + "# 尾\n"
    root = source.parse(text, "x.yaml").root
    assert isinstance(root, source.Mapping)
    result = updated(text, root, old, replace(new, code=old.code), form())
    read, problems = convert(source.parse(result.text, "x.yaml"), Setting.alone(form(), new.year))
    assert problems == ()
    assert read == replace(new, code=old.code)
    assert all(comment in result.text for comment in ("# 头\n", "  # 旁\n", "# 尾\n"))
    again = source.parse(result.text, "x.yaml").root
    assert isinstance(again, source.Mapping)
    assert updated(result.text, again, read, read, form()) == (result.text, ())


def pruned(value: Any, drop: bool) -> Any:
    """A project file's content without its empty values (`drop`), as a person writes one by hand."""
    if isinstance(value, dict):
        inner = {key: pruned(item, drop) for key, item in value.items()}
        return {key: item for key, item in inner.items() if item or not drop}
    return [pruned(item, False) for item in value] if isinstance(value, list) else value or None


@settings(max_examples=50, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(projects(), projects(), st.sampled_from([None, False, True]), st.booleans())
def test_a_file_with_little_in_it_is_updated_in_any_style(old: Project, new: Project, flow: Any, drop: bool) -> None:
    """Sections that are not there, keys without a value, all in braces: the new values are in the file, once."""
    content = pruned(yaml.load(project_text(old, form()), yaml.BaseLoader), drop)
    text = yaml.dump(content, Dumper=Sparing, allow_unicode=True, sort_keys=False, default_flow_style=flow).replace(
        "!!null ''", ""
    )
    assert reread(updated_text(text, new)) == replace(new, code=old.code, year=2020)


HEAD = "编号: a\n项目名称: 甲\n预算单位: 乙\n中长期年限: 2020-2022\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "项目资金:\n  年度:\n    总额: 5\n    财政拨款: 5\n绩效指标:\n  数量指标:\n    - {指标: 会, 年度: 3次}\n"),
        (
            "项目资金: # 万元\n  年度: {总额: 4} # 核\n绩效指标:\n  数量指标:\n  # 止\n",
            "项目资金: # 万元\n  年度: {总额: 5, 财政拨款: 5} # 核\n"
            "绩效指标:\n  数量指标:\n    - {指标: 会, 年度: 3次}\n  # 止\n",
        ),
        (
            "绩效指标: {数量指标: []}\n项目资金: {}",
            "绩效指标: {数量指标: [{指标: 会, 年度: 3次}]}\n项目资金: {年度: {总额: 5, 财政拨款: 5}}",
        ),
        (
            "项目资金:\n  年度: {财政拨款: }\n绩效指标: {时效指标: , 数量指标: }\n# 止\n",
            "项目资金:\n  年度: {财政拨款: 5, 总额: 5}\n绩效指标: {时效指标: , 数量指标: [{指标: 会, 年度: 3次}]}\n# 止\n",
        ),
        (
            "项目资金:\n  年度:\n总体目标:\n  年度: |\n    办\n    会\n# 止",
            "项目资金:\n  年度:\n    总额: 5\n    财政拨款: 5\n总体目标:\n  年度: |\n    办\n    会\n"
            "绩效指标:\n  数量指标:\n    - {指标: 会, 年度: 3次}\n# 止",
        ),
    ],
)
def test_what_a_file_lacks_is_written_where_it_belongs(before: str, after: str) -> None:
    wanted = reread(HEAD + after)
    assert updated_text(HEAD + before, wanted) == HEAD + after


def reread(text: str) -> Project:
    read, problems = convert(source.parse(text, "x.yaml"), Setting.alone(form(), 2020))
    assert read is not None and problems == (), text
    return read


def updated_text(text: str, new: Project) -> str:
    old = reread(text)
    assert old.origin is not None
    return updated(text, old.origin.node, old, replace(new, code=old.code), form()).text
