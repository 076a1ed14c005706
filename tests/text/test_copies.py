"""Texts that share most of their parts are found, all of them and no others."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goalgen.text.copies import copies

TEXTS = st.lists(st.frozensets(st.sampled_from("甲乙丙丁戊己庚辛壬癸"), max_size=8), max_size=40)
LEAST = st.sampled_from([0.0, 0.3, 0.5, 0.6, 0.8, 0.95])


@given(TEXTS, LEAST)
def test_it_finds_what_comparing_each_with_each_finds(texts: list[frozenset[str]], least: float) -> None:
    slow = {
        (j, i, 2 * len(texts[i] & texts[j]) / (len(texts[i]) + len(texts[j])))
        for i, j in combinations(range(len(texts)), 2)
        if texts[i] and texts[j] and 2 * len(texts[i] & texts[j]) > least * (len(texts[i]) + len(texts[j]))
    }
    assert set(copies(texts, least)) == slow


@pytest.mark.parametrize("count", [2, 3, 7, 65])
def test_equal_texts_are_all_copies_of_each_other(count: int) -> None:
    text = frozenset("全年开展执法检查")
    assert sorted(copies([text] * count, 0.6)) == [(j, i, 1.0) for j in range(count) for i in range(j)]


def test_texts_without_parts_are_no_copies() -> None:
    assert list(copies([frozenset(), frozenset("甲"), frozenset()], 0.6)) == []
