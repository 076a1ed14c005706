"""Texts written as YAML values come back as they were, plain where that is safe."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from goalgen.source.writing import entry, scalar


@pytest.mark.parametrize(
    ("text", "block", "flow"),
    [
        ("政务督查", "政务督查", "政务督查"),
        ("", "", '""'),
        ("一，二, 三", "一，二, 三", '"一，二, 三"'),
        ("a: b", '"a: b"', '"a: b"'),
        ("8:30", "8:30", '"8:30"'),
        ("甲 #1", '"甲 #1"', '"甲 #1"'),
        ("- 甲", '"- 甲"', '"- 甲"'),
        ("甲\n乙", '"甲\\n乙"', '"甲\\n乙"'),
        ("甲\ufeff", '"甲\\ufeff"', '"甲\\ufeff"'),
    ],
)
def test_a_text_is_plain_where_that_is_safe(text: str, block: str, flow: str) -> None:
    assert (scalar(text), scalar(text, flow=True)) == (block, flow)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=30))
def test_yaml_reads_the_text_that_was_written(text: str) -> None:
    assert yaml.load(f"甲: {scalar(text)}\n", yaml.BaseLoader) == {"甲": text}
    assert yaml.load(f"{{甲: {scalar(text, flow=True)}}}\n", yaml.BaseLoader) == {"甲": text}


def test_a_question_mark_in_a_flow_mapping_is_quoted_which_pyyaml_without_libyaml_would_stop_at() -> None:
    assert scalar("0?", flow=True) == '"0?"'
    assert scalar("0?") == "0?"


def test_an_entry_without_a_text_is_its_key() -> None:
    assert (entry("填报人", "张三"), entry("填报人", "")) == ("填报人: 张三", "填报人:")
