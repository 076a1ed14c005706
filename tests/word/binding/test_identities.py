"""Numbers and names that stand once: within bounds, for every form its own."""

from __future__ import annotations

import pytest

from goalgen.errors import GoalgenError
from goalgen.word.binding import identities
from goalgen.word.binding.identities import STEP, Identities


def test_a_name_is_no_longer_than_word_keeps_and_never_given_twice() -> None:
    own = Identities(4500)
    names = [own.named("甲" * 40), own.named("甲" * 39), own.named("乙")]
    assert names == ["甲" * 35 + "_4500", "甲" * 33 + "_2_4500", "乙_4500"]
    assert max(map(len, names)) == 40
    assert own.bookmark("没有") == "没有"


def test_numbers_of_forms_do_not_meet_and_stay_below_the_bound() -> None:
    last = [Identities(number).new() for number in (1, 2, 100_000)]
    assert last == [STEP + 1, 2 * STEP + 1, 100_000 * STEP + 1] and last[-1] < 2**31


def test_too_many_for_one_form_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identities, "STEP", 3)
    own = Identities(1, "t.docx")
    assert [own.new(), own.new()] == [4, 5]
    with pytest.raises(GoalgenError) as caught:
        own.new()
    assert str(caught.value).startswith("t.docx: 错误 D06 模板填不下去：一张表里的书签、控件、修订超过 3 处；")
