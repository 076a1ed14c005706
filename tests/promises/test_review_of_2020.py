"""The review finds in the sixteen forms of 2020 what people found, and nothing in a good submission; each rule's own examples hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from goalgen.checking.manual import examples
from goalgen.checking.review import catalogue, review
from goalgen.checking.rule import CRITERIA, RULES
from goalgen.errors import Problem, Severity
from goalgen.submission.submission import load
from tests.support.places import ROOT
from tests.support.review_cases import submission, values

ALL = frozenset(range(1, 17))
HITS: dict[str, frozenset[int] | set[int]] = {
    "F01": ALL,
    # The one total there is (form 16: 80 = 80 + blank) adds up; the blank is F03's.
    "F02": set(),
    "F03": ALL,
    "F04": set(),
    "F05": ALL,
    "F06": {2, 3},
    "F07": {6},
    # No budget is declared in data/projects.yaml; the rule's own examples show it at work.
    "F08": set(),
    "F09": set(),
    "F10": set(),
    # The form of 2020 has neither weights nor outcomes.
    "F11": set(),
    "B01": {15, 16},
    "B02": ALL,
    "B03": ALL,
    "B04": ALL,
    "B05": ALL - {5, 12},
    "B06": {5, 12},
    "B07": {1, 5},
    "B08": {13},
    "B09": {13, 14, 15, 16},
    "B10": {13, 14, 15},
    "B11": ALL,
    "N01": {15, 16},
    "N02": {2, 9, 10},
    # Of the listed hits the doubled 绩 in the printed labels 2-12 is the form's, not the data's.
    "N03": {7, 12},
    # The catalogue lists 14 forms, but most of their blanks (U+3000 at line ends, empty cells holding blanks) were not
    # taken over when the Word text became YAML; left are the blank in a title (5) and line breaks in values (14).
    "T01": {5, 14},
    "T02": {12},
    "T03": {11, 13, 15, 16},
    "T04": set(),
    "I01": set(),
    "I02": {1, 4, 5, 14},
    "I03": set(),
    "I04": {5},
    "I05": ALL,
    "I06": ALL,
    # "most forms": those whose whole value is made of vague words; 11-16 wrap theirs in a sentence (I05 has those).
    "I07": set(range(1, 11)),
    "I08": {1},
    "I09": set(),
    "I10": ALL - {1, 7},
    "I11": {1, 6},
    # Listed: 14, "review" 1, 2, 6, 11. 7 and 10 too say 100 % for three years and only 及时 for this one (domain.md 2).
    "I12": {1, 2, 6, 7, 10, 11, 14},
    "I13": {1, 5, 7, 13},
    "I14": {1, *range(4, 11), *range(12, 17)},
    # Listed: 13, 15, 16; form 11 says 经济社会发展: 促进经济社会发展 just as they do (they copied it from 11).
    "I15": {11, 13, 15, 16},
    "I16": {2, 4, 6, 7, 10},
    "I17": set(),
    "I18": set(),
    **{code: set() for code in ("I19", "I20", "I21", "I22", "I23")},
    "X01": {13, 15, 16},
    "X02": {13, 15, 16},
    "X03": {2, *range(8, 12), *range(13, 17)},
    # The mobile numbers are masked in data/, the rule knows them all the same.
    "P01": {13, 14},
}
"""By rule the forms of 2020 it hits, as domain.md 1.3 lists them; a comment where the list is judged otherwise."""
COUNTS = {"F01": 31, "F03": 32, "B04": 63, "I04": 6, "I10": 14}
"""How many findings, where the catalogue counts them."""


@pytest.fixture(scope="module")
def official() -> list[Problem]:
    return review(load(ROOT, [2020]))


def numbers(problems: list[Problem], code: str) -> set[int]:
    codes = [project.code for project in load(ROOT, [2020]).years[0].projects]
    return {codes.index(problem.project) + 1 for problem in problems if problem.code == code}


def test_every_rule_of_the_catalogue_stands_in_the_table() -> None:
    assert set(RULES) == set(HITS)
    assert {rule.criterion for rule in catalogue()} == set(CRITERIA)


@pytest.mark.parametrize("code", HITS)
def test_a_rule_hits_the_forms_that_the_catalogue_lists(code: str, official: list[Problem]) -> None:
    assert numbers(official, code) == HITS[code]


@pytest.mark.parametrize(("code", "count"), COUNTS.items())
def test_a_rule_finds_as_many_as_the_catalogue_counts(code: str, count: int, official: list[Problem]) -> None:
    assert sum(problem.code == code for problem in official) == count


def test_annual_values_without_a_number_are_counted_as_in_the_catalogue(official: list[Problem]) -> None:
    """125 of 146 hold no number; the three that are empty are I04's."""
    found = [p for p in official if p.code == "I05" and p.severity is Severity.WARNING]
    assert len(found) == 125 - 3


def test_a_finding_stands_at_its_line(official: list[Problem]) -> None:
    (found,) = [problem for problem in official if problem.code == "I12" and problem.severity is Severity.ERROR]
    assert str(found.place).endswith("14-zhao-shang-zu-lin-shen-zhen.yaml:22:39")
    assert found.field == "绩效指标.数量指标.租赁房屋数量.年度"
    assert found.criterion == "可行性"


FORMS = {"": "form_2020", "（自评表）": "ziping_10", "（监控表）": "jiankong", "（有固定行的表）": "guangxi"}
"""The form of an example, by the words in brackets that its manual page has."""


@pytest.mark.parametrize("code", RULES)
def test_the_examples_of_a_rule_do_what_its_manual_says(code: str, tmp_path: Path) -> None:
    cases = list(examples(RULES[code]))
    assert [one.kind for one in cases] == ["坏例", "好例"]
    for number, (kind, text, form) in enumerate(cases):
        parts = [values(part) for part in text.split("---\n")]
        index: dict[str, Any] = next((part for part in parts if "单位" in part), {})
        projects = [part for part in parts if part is not index] or [{}]
        folder = tmp_path / str(number)
        read = submission(folder, *projects, index=index, form=FORMS[form])
        assert not read.problems
        assert (code in {problem.code for problem in review(read)}) == (kind == "坏例"), text


def test_the_good_project_has_no_finding(tmp_path: Path) -> None:
    assert review(submission(tmp_path, {})) == []


def test_the_example_submission_is_as_large_as_the_official_one_and_clean() -> None:
    example = load(ROOT / "docs" / "example")
    assert not example.problems
    assert len(example.years[0].projects) == 16
    assert [str(problem) for problem in review(example)] == []
