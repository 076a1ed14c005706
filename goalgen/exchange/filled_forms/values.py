"""Turn what was typed into a cell of a form into a value of its kind."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Final

from goalgen.exchange.filled_forms.labels import ticked
from goalgen.forms.formulas import NUMBER, SIGN, UNIT, target_parts
from goalgen.forms.item import Item, Kind
from goalgen.forms.project import Value
from goalgen.source.shapes import CODE_PATTERN, MONEY_PATTERN, Amount, Window
from goalgen.text.characters import full_width_to_ascii

WINDOW_PATTERN: Final = re.compile(r"((?:19|20|21)\d\d)\s*年?\s*(?:[-—–－至到~～]|\n)+\s*((?:19|20|21)\d\d)\s*年?")
_DAY_PATTERN: Final = re.compile(r"(\d{4})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})\s*日?|(\d{4})(\d\d)(\d\d)")
_TO_ASCII_DIGITS: Final = full_width_to_ascii("0123456789.")
_NOTHING: Final = ("", "/", "-", "—", "——")
_QUALITATIVE: Final = "定性"


def value_of(item: Item, text: str, money_unit: str) -> Value | None:
    """Return the value that a text of the form says; None where it is none of the item's kind."""
    if item.kind.is_ticked:
        found = ticked(text, item.options)
        return None if found.rest else found.chosen
    if item.kind.is_number:
        return number_in(text, money_unit if item.kind is Kind.MONEY else "分" if item.kind is Kind.SCORE else "")
    if item.kind is Kind.DATE:
        return day_in(text)
    if item.kind is Kind.CODE:
        return text if re.fullmatch(CODE_PATTERN, text) else None
    return window_in(text) if item.kind is Kind.YEARS else text


def is_blank(item: Item, text: str) -> bool:
    """Tell whether a text says that there is nothing: none at all, no box ticked, or the stroke that people put for no number."""
    if item.kind.is_ticked:
        return ticked(text, item.options) == ((), "")
    return not text or (item.kind.is_number and text.strip() in _NOTHING)


def number_in(text: str, unit: str) -> Amount | None:
    """Return the number of a text that says nothing else but, perhaps, its unit."""
    plain = re.sub(r"[\s,，]", "", text.translate(_TO_ASCII_DIGITS)).removesuffix(unit)
    return Amount(plain, Decimal(plain)) if re.fullmatch(MONEY_PATTERN, plain, re.ASCII) else None


def day_in(text: str) -> date | None:
    """Return the day of a text that says nothing else; None for one that no calendar has."""
    match = _DAY_PATTERN.fullmatch(text.strip())
    if match is None:
        return None
    try:
        return date(*(int(part) for part in match.groups() if part))
    except ValueError:
        return None


def window_in(text: str) -> Window | None:
    """Return the span of years of a text that says nothing else."""
    match = WINDOW_PATTERN.fullmatch(text.strip())
    return window_of(match) if match else None


def window_of(match: re.Match[str]) -> Window | None:
    """Return the span of years that was found, None where it ends before it begins."""
    first, last = int(match[1]), int(match[2])
    return Window(first, last) if first <= last else None


def joined_target(sign: str, number: str, unit: str) -> str | None:
    """Return the one 指标值 whose three parts a form prints in cells of their own; None where they make none.

    `=` is not written, as nobody writes it; of what is no number (定性) the text is all there is.
    """
    plain = sign.strip()
    text = f"{number}{unit}" if plain in ("", "＝", "=", _QUALITATIVE) else f"{plain}{number}{unit}"
    if plain in ("", _QUALITATIVE):
        return text
    parts = target_parts(text)
    same = (parts[SIGN], parts[NUMBER], parts[UNIT]) == ("＝" if plain == "=" else plain, number.strip(), unit.strip())
    return text if same or parts[SIGN] not in ("", _QUALITATIVE) else None


def same_parts(text: str) -> str:
    """Return an 指标值 as it comes back from its three parts: the number without its zeros, the sign in one way."""
    parts = target_parts(text)
    made = joined_target(parts[SIGN], parts[NUMBER], parts[UNIT])
    return text if made is None else made
