"""Which options of a label are ticked."""

from __future__ import annotations

import pytest

from goalgen.exchange.filled_forms.labels import ticked


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("产业发展□ 民生保障□ 其他☑", ("其他",)),
        ("□产业发展 ■民生保障 □其他", ("民生保障",)),
        ("产 业 发 展 √、民生保障", ("产业发展",)),
        ("因素法□项目法✔据实据效□因素法与项目法相结合☒", ("项目法", "因素法与项目法相结合")),
        ("其他", ("其他",)),
        ("产业发展□其他□", ()),
    ],
)
def test_ticks_are_read_before_or_behind_the_option(text: str, chosen: tuple[str, ...]) -> None:
    options = ("产业发展", "民生保障", "其他", "因素法", "项目法", "据实据效", "因素法与项目法相结合")
    assert ticked(text, options) == (chosen, "")
