"""The tables of named cases of the review rules, one a rules module: tests/checking/rules/cases/*.yaml."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from goalgen.checking.review import catalogue
from tests.support.finding_making import said

FOLDER: Final = Path(__file__).parent.parent / "checking" / "rules" / "cases"


@dataclass(frozen=True)
class Case:
    """A change of the good project, and what a rule says of it, a line a finding (see finding_making.said)."""

    code: str
    name: str
    change: str
    says: list[str]
    profile: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.code}-{self.name}"

    def said(self) -> list[str]:
        """What the rule says now."""
        return said(self.code, self.change, **self.profile)


def cases(module: str) -> list[Case]:
    """The cases of a rules module, by rule."""
    table = yaml.safe_load((FOLDER / f"{module}.yaml").read_text(encoding="utf-8"))
    return [Case(code, name, **case) for code, some in table.items() for name, case in some.items()]


def rules_in(module: str) -> set[str]:
    """The codes of the rules that a module holds."""
    return {rule.code for rule in catalogue() if rule.module.endswith(f".{module}")}
