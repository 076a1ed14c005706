"""Projects that say little, and the changes and pairs of a comparison, made by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from goalgen.diff.values import (
    Basis,
    Change,
    Identity,
    Kind,
    Pair,
)
from goalgen.forms.project import Horizon, Indicator, Project
from goalgen.source.shapes import Amount
from tests.support.finding_making import project

Sixteen = tuple[Project, ...]


def row(group: str, name: str, annual: str | None = "≥5次", medium: str | None = None) -> Indicator:
    return Indicator(group, name, medium, annual)


def made(code: str = "a", name: str = "甲", unit: str = "乙", **fields: Any) -> Project:
    return replace(project(), code=code, name=name, unit=unit, **fields)


def bare(code: str = "a", name: str = "甲", unit: str = "乙", **fields: Any) -> Project:
    """A project that says nothing."""
    empty: dict[str, Any] = {"overview": {}, "goals": {}, "indicators": (), "funding": {}, "origin": None}
    return made(code, name, unit, **{**empty, **fields})


def amounts(**lines: str) -> dict[Horizon, dict[str, Amount]]:
    return {Horizon.ANNUAL: {key: Amount(text, Decimal(text)) for key, text in lines.items()}}


def change(field: str, old: str | None, new: str | None) -> Change:
    return Change(field, field, field, Kind.CHANGED, old, new)


def identity(code: str, name: str = "甲", unit: str = "乙", note: str = "") -> Identity:
    return Identity(code, name, unit, 2020, f"data/2020/{code}.yaml", 1, Decimal(1), Decimal(2), note)


def pair(old: Identity, new: Identity, *found: Change) -> Pair:
    return Pair(old, new, Basis.CODE, Decimal(1), found)
