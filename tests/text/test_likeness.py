"""How alike two texts are, and which of many belong together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goalgen.text.likeness import best_pairs, folded, grams, likeness, overlap


@given(st.text("甲乙丙丁", max_size=8), st.text("甲乙丙丁", max_size=8))
def test_likeness_is_the_same_both_ways(first: str, second: str) -> None:
    assert likeness(first, second) == likeness(second, first)
    assert likeness(first, first) == 1
    assert 0 <= likeness(first, second) <= 1


@given(
    st.lists(st.text("甲乙丙", min_size=1, max_size=3), max_size=6),
    st.lists(st.text("甲乙丙", min_size=1, max_size=3), max_size=6),
)
def test_pairs_exchange_with_the_sides(old: list[str], new: list[str]) -> None:
    pairs = best_pairs(old, new, likeness, 0.3)
    assert sorted((j, i, score) for i, j, score in best_pairs(new, old, likeness, 0.3)) == sorted(pairs)
    assert len({i for i, _, _ in pairs}) == len({j for _, j, _ in pairs}) == len(pairs)


@pytest.mark.parametrize(
    ("first", "second"),
    [("政务 督查\t经费", "政务督查经费"), ("（一）", "(一)"), ("ABC", "abc"), ("１２", "12"), ("STRASSE", "straße")],
)
def test_names_are_folded_before_they_are_compared(first: str, second: str) -> None:
    assert folded(first) == folded(second)
    assert folded("甲") != folded("乙")


def test_grams_are_characters_and_their_neighbours() -> None:
    assert grams("甲 乙丙") == {"甲", "乙", "丙", "甲乙", "乙丙"}
    assert [*map(grams, ("", " 甲"))] == [frozenset(), frozenset("甲")]


def test_likeness_is_the_share_in_common() -> None:
    assert (likeness("甲乙", "甲乙"), likeness("", ""), likeness("甲", "")) == (1, 1, 0)
    # 甲 乙 甲乙 | 甲 丙 甲丙
    assert likeness("甲乙", "甲丙") == pytest.approx(2 * 1 / 6)
    assert likeness("甲 乙", "甲乙") == 1
    assert overlap(frozenset(), frozenset()) == 1
    assert overlap(frozenset("ab"), frozenset("bcd")) == pytest.approx(2 / 5)


@pytest.mark.parametrize(
    ("scores", "least", "pairs"),
    [
        ({(0, 0): 0.5, (0, 1): 0.9, (1, 0): 0.6, (1, 1): 0.8}, 0.1, [(0, 1, 0.9), (1, 0, 0.6)]),
        ({(0, 0): 0.5, (0, 1): 0.9, (1, 0): 0.6, (1, 1): 0.8}, 0.6, [(0, 1, 0.9), (1, 0, 0.6)]),
        ({(0, 0): 0.5, (0, 1): 0.9, (1, 0): 0.6, (1, 1): 0.8}, 0.61, [(0, 1, 0.9)]),
        # of equal scores those nearest in position, then those further up
        (dict.fromkeys([(0, 0), (0, 1), (1, 0), (1, 1)], 0.7), 0.7, [(0, 0, 0.7), (1, 1, 0.7)]),
        ({(0, 0): 0.1, (0, 1): 0.7, (1, 0): 0.7, (1, 1): 0.1}, 0.5, [(0, 1, 0.7), (1, 0, 0.7)]),
        ({(0, 1): 0.7, (1, 1): 0.7, (0, 0): 0, (1, 0): 0}, 0.5, [(1, 1, 0.7)]),
        ({(0, 0): 0, (0, 1): 0, (0, 2): 0, (1, 0): 0.7, (1, 1): 0, (1, 2): 0.7}, 0.5, [(1, 0, 0.7)]),
    ],
)
def test_the_best_pairs_are_taken_first(
    scores: dict[tuple[int, int], float], least: float, pairs: list[tuple[int, int, float]]
) -> None:
    def score(i: int, j: int) -> float:
        return scores[i, j]

    assert best_pairs([0, 1], sorted({j for _, j in scores}), score, least) == pairs


def test_only_candidates_are_looked_at() -> None:
    def score(one: str, other: str) -> float:
        assert (one, other) != ("a", "x")
        return 1

    assert best_pairs(["a", "b"], ["x", "y"], score, 0.5, [(1, 0)]) == [(1, 0, 1)]
    assert best_pairs(["a", "b"], ["x", "y"], score, 0.5, []) == []
