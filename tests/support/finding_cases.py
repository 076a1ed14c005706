"""The tables of named cases of the review rules, one a rules module: tests/checking/rules/cases/*.yaml."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import yaml

from goalgen.checking.review import catalogue
from goalgen.checking.subject import Batch
from goalgen.forms.project import Unit
from tests.support.finding_making import FORM_2020, UNITS, UNITS_ELSEWHERE, batch, said

FOLDER: Final = Path(__file__).parent.parent / "checking" / "rules" / "cases"


@dataclass(frozen=True)
class Case:
    """A change of the good project of a form, and what a rule says of it, a line a finding (see finding_making.said)."""

    code: str
    name: str
    change: str
    says: list[str]
    profile: dict[str, Any] = field(default_factory=dict)
    units: list[dict[str, Any]] | None = None
    form: str = FORM_2020

    def __str__(self) -> str:
        return f"{self.code}-{self.name}"

    def said(self) -> list[str]:
        """What the rule says now."""
        return said(self.code, self.change, self._units(), self.form, **self.profile)

    def batch(self) -> Batch:
        """The changed projects as the rule reads them."""
        return batch(self.change, self._units(), self.form, **self.profile)

    def _units(self) -> tuple[Unit, ...]:
        usual = UNITS if self.form == FORM_2020 else UNITS_ELSEWHERE
        return usual if self.units is None else tuple(map(_unit, self.units))


def cases(module: str) -> list[Case]:
    """The cases of a rules module, by rule."""
    with (FOLDER / f"{module}.yaml").open(encoding="utf-8") as file:
        table = yaml.load(file, Loader=_EachKeyOnce)
    return [Case(code, name, **case) for code, some in table.items() for name, case in some.items()]


def gaps(module: str) -> list[str]:
    """What the table of a rules module lacks: a rule with a case that hits and one that does not; and rules elsewhere."""
    rules = {rule.code for rule in catalogue() if rule.run.__module__.endswith(f".{module}")}
    assert rules, f"no rules in {module}"
    hits = {case.code for case in cases(module) if case.says}
    misses = {case.code for case in cases(module) if not case.says}
    return [
        *(f"{code} has no case that hits" for code in sorted(rules - hits)),
        *(f"{code} has no case that does not hit" for code in sorted(rules - misses)),
        *(f"{code} is no rule of {module}" for code in sorted((hits | misses) - rules)),
    ]


def _unit(row: Mapping[str, Any]) -> Unit:
    budget = {year: Decimal(str(amount)) for year, amount in row.get("预算", {}).items()}
    return Unit(row["名称"], tuple(row["简称"]), budget)


class _EachKeyOnce(yaml.SafeLoader):
    """A loader that refuses two cases of one name, of which PyYAML would drop the first without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        names = Counter(key.value for key, _ in node.value)
        twice = [name for name, times in names.items() if times > 1]
        assert not twice, f"{node.start_mark}: {twice} more than once"
        return super().construct_mapping(node, deep)
