"""Guess what an amount, a date or a span of years was meant to be, however a clerk wrote it, so that a message can propose it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, NamedTuple

from goalgen.source.shapes import MONEY_PATTERN, YEAR_SPAN, YUAN
from goalgen.text.characters import full_width_to_ascii

_ASCII: Final = {**full_width_to_ascii("0123456789.-/:~"), ord("—"): "-", ord("–"): "-", ord("−"): "-"}
_PLAIN: Final = full_width_to_ascii("0123456789.-,:/")
_MONEY: Final = re.compile(MONEY_PATTERN, re.ASCII)
_CHINESE_DIGITS: Final = "〇一二三四五六七八九"
_DIGITS: Final = str.maketrans("零○" + _CHINESE_DIGITS, "00" + "0123456789")
_SIGN: Final = r"\s*[-/.年月、,，]\s*"
_DAY: Final = re.compile(rf"(\d{{4}}){_SIGN}(\d{{1,2}}){_SIGN}(\d{{1,2}})\s*[日号]?(?:[ T]+[\d:.]+Z?)?")
_SHORT_YEAR: Final = re.compile(rf"(\d\d){_SIGN}(\d{{1,2}}){_SIGN}(\d{{1,2}})\s*[日号]?")
_PACKED: Final = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_NO_YEAR: Final = re.compile(r"(\d{1,2})\s*[月/.-]\s*(\d{1,2})\s*[日号]?")
_NO_DAY: Final = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?份?")
_EXCEL_DAY: Final = re.compile(r"[34567]\d{4}")
_EXCEL_START: Final = date(1899, 12, 30)
"""The day that Excel counts as 0."""


class MeantDay(NamedTuple):
    """Hold as much as can be told of a day: 0 for what is not written."""

    year: int
    month: int
    day: int

    @property
    def whole(self) -> date | None:
        """Return the day, None when a part of it is missing or there is no such day."""
        try:
            return date(*self)
        except ValueError:
            return None


def meant_day(text: str) -> MeantDay | None:
    """Guess the day that a text means, None when it is no date.

    `20260210`, `２０２６－０２－１０`, `26.2.10`, `2月10日`, `2026年2月`, `二〇二六年二月十日`, and the number that Excel keeps: `46063`.
    """
    plain = _with_digits(text.translate(_ASCII)).strip()
    if _EXCEL_DAY.fullmatch(plain):
        found = _EXCEL_START + timedelta(days=int(plain))
        return MeantDay(found.year, found.month, found.day)
    for pattern in (_DAY, _PACKED, _SHORT_YEAR):
        if match := pattern.fullmatch(plain):
            year, month, day = map(int, match.groups())
            return MeantDay(year if year > 99 else 2000 + year, month, day)
    if match := _NO_DAY.fullmatch(plain):
        return MeantDay(int(match[1]), int(match[2]), 0)
    if match := _NO_YEAR.fullmatch(plain):
        return MeantDay(0, int(match[1]), int(match[2]))
    return None


def _with_digits(text: str) -> str:
    """Write numbers of Chinese characters in digits: `二〇二六年二月十日` → `2026年2月10日`."""
    text = re.sub(f"([{_CHINESE_DIGITS}]?)十([{_CHINESE_DIGITS}]?)", lambda m: f"{m[1] or '一'}{m[2] or '〇'}", text)
    return text.translate(_DIGITS)


def day_hint(text: str, year: int, example: str = "2020-02-10") -> str:
    """Say how a date is to be written: the one that a text means, where that can be told, else as in the `example`.

    `year` is the budget year, 0 if unknown.
    """
    meant = meant_day(text)
    if meant is None or not 1 <= meant.month <= 12:
        return f"写成 {example}"
    if meant.whole:
        return f"写 {meant.whole}"
    if not meant.year:
        years = [day for one in (year - 1, year) if (day := meant._replace(year=one if year else 2020).whole)]
        which = " 还是 ".join(map(str, years)) if year else f"例如 {example}"
        return f"补上年份，{which}" if years else "核对月份和日子"
    if not meant.day:
        return f"补上日子，例如 {meant.year}-{meant.month:02d}-01"
    return "核对月份和日子"


def span_hint(text: str, example: str = "2020-2022") -> str:
    """Say how a span of years is to be written: the one that a text means, where that can be told, else as in the `example`."""
    plain = _with_digits(text.translate(_ASCII))
    plain = re.sub(r"((?:19|20)(\d\d))(\s*年?\s*[-~至到]+\s*)(\d\d)(?=年?$)", r"\g<1>\g<3>20\g<4>", plain.strip())
    match = re.search(YEAR_SPAN, re.sub(r"\s+", "", plain))
    if match and match.group(1) <= match.group(3):
        return f"写 {match.group(1)}-{match.group(3)}"
    return f"写成 {example}，先起后止"


_UNIT_OF_MONEY: Final = re.compile("(?P<tens>[百千]?万|[百千亿])?元|(?P<bare>[百千]?万|亿)$")


def amount_hint(text: str, unit: str) -> str:
    """Say how to mend an amount of money: write the number meant in the form's unit, where that is beyond doubt."""
    said = _UNIT_OF_MONEY.search(text)
    plain = re.sub("[,， _]", "", text.translate(_PLAIN)).replace(said.group() if said else "", "")
    plain = re.sub("^0+(?=[0-9])", "", plain.lstrip("+").rstrip("."))
    other = f"{said['tens'] or said['bare'] or ''}元" if said else unit
    if other != unit and _MONEY.fullmatch(plain):
        plain = _converted(plain, other, unit)
        wanted = f"这里的单位是{unit}，" if _MONEY.fullmatch(plain) else ""
        return f"{wanted}写 {plain}" if wanted else f"这里的单位是{unit}，请换算，只写数字，例如 152.5"
    if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", plain) and not _MONEY.fullmatch(plain):
        return "整数最多 12 位，小数最多 8 位；核对是不是多打了数字"
    return f"写 {plain}" if _MONEY.fullmatch(plain) else f"只写数字，单位{unit}已印在表上，例如 152.5"


def _converted(number: str, old: str, new: str) -> str:
    """Count an amount in another unit, without exponent and without zeros at its end."""
    found = f"{Decimal(number) * YUAN[old] / YUAN[new]:f}"
    return found.rstrip("0").rstrip(".") if "." in found else found
