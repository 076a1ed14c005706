"""What is only badly written is mended, and once is enough."""

from __future__ import annotations

import pytest
from hypothesis import given

from goalgen.text.typography import mended
from tests.support.messy_texts import messy

MENDED = {
    "　正常运转　": "正常运转",
    "1套\n房屋": "1套房屋",
    "实际工作 \r\n 需求": "实际工作需求",
    "市财政局 市纪委": "市财政局市纪委",
    "R D": "R D",
    "调査研究,推动发展": "调查研究，推动发展",
    "（衡财行［2017］436号）": "（衡财行〔2017〕436号）",
    "(中办发﹝2018﹞20号)": "（中办发〔2018〕20号）",
    "办结率(按期)≥95%": "办结率（按期）≥95%",
    "1,200元": "1,200元",
    "8:30": "8:30",
    "f(x)": "f(x)",
}


@pytest.mark.parametrize(("text", "expected"), MENDED.items())
def test_a_text_is_mended(text: str, expected: str) -> None:
    assert mended(text) == expected


@given(messy)
def test_mending_twice_is_mending_once(text: str) -> None:
    assert mended(mended(text)) == mended(text)
