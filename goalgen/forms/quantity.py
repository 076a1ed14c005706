"""Read what an indicator value says in numbers: `不少于30次` is ≥, 30 and 次; the text itself is never changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Final

from goalgen.text.characters import full_width_to_ascii


@dataclass(frozen=True, slots=True)
class Quantity:
    """Hold one number of a text: `sign` is ≥ ≤ > < or =, `unit` as written (`%`, `次`, `万元`, `元/人`; "" for none).

    `text[start:end]` is the whole phrase, sign words and 以上/以内 included.
    """

    sign: str
    number: Decimal
    unit: str
    start: int
    end: int

    @property
    def base(self) -> tuple[Decimal, str]:
        """Return number and unit without 百 千 万 亿, so that `0.5万元` and `5000元` compare: (5000, 元)."""
        scale = _SCALED.match(self.unit)
        if not scale:
            return self.number, _SAME_UNITS.get(self.unit, self.unit)
        factor = Decimal(1)
        for word in scale.group():
            factor *= _FACTORS[word]
        rest = self.unit[scale.end() :]
        return self.number * factor, _SAME_UNITS.get(rest, rest)


_FACTORS: Final = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10_000), "亿": Decimal(100_000_000)}
_SCALED: Final = re.compile(r"[百千万亿]+(?!分)")
_SAME_UNITS: Final = {"㎡": "平方米", "m²": "平方米", "名": "人", "位": "人", "天": "日", "个月": "月", "公里": "千米"}

_ASCII: Final = full_width_to_ascii("0123456789.%><=-/:")

_SIGNS: Final[dict[str, str]] = {
    **dict.fromkeys(("≥", "≧", "⩾", "≮", ">=", "=>", "大于或等于", "大于等于", "不少于", "不低于", "不小于"), "≥"),
    **dict.fromkeys(("不得少于", "不得低于", "不短于", "不下于", "不亚于", "至少", "最少", "最低"), "≥"),
    **dict.fromkeys(("≤", "≦", "⩽", "≯", "<=", "=<", "小于或等于", "小于等于", "不多于", "不高于", "不大于"), "≤"),
    **dict.fromkeys(("不超过", "不超出", "不得超过", "不得高于", "不能超过", "不长于", "不超", "至多", "最多"), "≤"),
    **dict.fromkeys(("最高", "最长"), "≤"),
    **dict.fromkeys((">", "超过", "大于", "高于", "多于", "超出"), ">"),
    **dict.fromkeys(("<", "小于", "低于", "少于", "不足", "不到", "不满"), "<"),
    **dict.fromkeys(("=", "等于", "达到", "达", "约"), "="),
}
_AFTER: Final[dict[str, str]] = {
    **dict.fromkeys(("及以上", "或以上", "以上", "起"), "≥"),
    **dict.fromkeys(("及以下", "或以下", "以下", "及以内", "以内", "之内", "内"), "≤"),
}
_UNIT_LIST: Final = (
    "人民币 元 美元 % ‰ 个百分点 百分点 平方米 平方公里 立方米 公里 千米 厘米 毫米 米 ㎡ m² 亩 公顷 千克 公斤 克 吨 度 千瓦时 千瓦"
    " 人次 人天 人 名 位 次 场次 班次 车次 批次 架次 家 户 个工作日 工作日 个月 个季度 季度 个小时 小时 个 项 件 份 篇 期 批 场 套"
    " 台 辆 艘 架 部 天 日 分钟 秒 年 周 倍 分 册 本 条 处 所 座 间 栋 层 张 块 组 对 支 页 字 课时 学时 起 宗 例 株 棵 头 只 匹 羽"
    " 盏 扇 把 枚 面 幅 款 种 类 门 班 节 岗 村 镇 县 级 号线 标段 平方 方 升 毫升 兆瓦 微克 毫克 分贝 床 席 桌 车 箱 瓶 盒 袋 双 轮 趟"
)
_UNITS: Final = _UNIT_LIST.split()
_UNIT: Final = "|".join(map(re.escape, sorted(_UNITS, key=len, reverse=True)))
# 千方百计, 十分, 一级, 一面: words for which a numeral in Chinese characters counts nothing.
_WORDY: Final = {*"方面度头分级门类种把升轮双起对节", "平方", "课时"}
_WORD_UNIT: Final = "|".join(map(re.escape, sorted({*_UNITS} - _WORDY, key=lambda unit: (-len(unit), unit))))
_DIGITS: Final = "零〇一二两三四五六七八九"
_CHINESE: Final = f"[{_DIGITS}十百千]"

# Years, dates, clock times, ratios, document and serial numbers: digits that count nothing.
_NOISE: Final = (
    r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}"
    r"|(?:19|20)\d\d年?(?:[-—–~～至到]+(?:19|20)\d\d)?(?:年度?(?:\d{1,2}月(?:\d{1,2}日)?)?|(?![\d.%‰]|[万亿]|\s*(?:UNIT)))"
    r"|\d{1,2}月(?:\d{1,2}日|份)?|\d{1,2}日(?:前|起|之前|以前)|\d+(?::\d+)+|\d+/\d+|\d+号(?!线)"
    r"|[〔［﹝\[【(（](?:19|20)\d\d[〕］﹞\]】)）]"
).replace("UNIT", _UNIT)
_SLOGANS: Final = r"(?!项(?:规定|重点任务)|个(?:意识|自信|维护|代表|全面|方面|确立)|次性|条龙|条心|系列)"

_TOKEN: Final = re.compile(
    rf"(?P<noise>[A-Za-z*]+[\d.*-]+|第\s*(?:\d+|{_CHINESE}+)|{_NOISE})"
    rf"|(?:(?P<sign>{'|'.join(sorted(_SIGNS, key=len, reverse=True))})\s*)?"
    r"(?:每(?:年|月|次|天|日|周|季度|人|名|户|个|期|场)\s*)?"
    rf"(?!{_NOISE})"
    rf"(?:(?P<percent>百分之)(?P<part>\d+(?:\.\d+)?|{_CHINESE}+)"
    rf"|(?<![\d.*])(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\d*])\s?(?P<more>[余多])?"
    rf"(?P<unit>(?:百分点|[百千万亿]*(?:{_UNIT}))(?:/(?:{_UNIT}|月|季)(?:[·・](?:{_UNIT}|月))?)?|[百千]?[万亿])?"
    rf"|(?<![{_DIGITS}十百千万亿第之同统唯逐专单])(?P<words>{_CHINESE}+){_SLOGANS}(?P<more2>[余多])?"
    rf"(?P<unit2>[万亿]?(?:{_WORD_UNIT})))"
    rf"(?:\s?(?P<after>{'|'.join(sorted(_AFTER, key=len, reverse=True))}))?",
    re.ASCII,
)
_ANY: Final = re.compile(rf"[0-9]|{_CHINESE}")
_RANGE: Final = re.compile(r"\s*(?:-|—|–|~|～|至|到)+\s*")


@lru_cache(maxsize=8192)
def parse(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of a text, in order; years, dates, ordinals and document numbers are none.

    `5-10次` gives ≥5次 and ≤10次; a number after 达到 or without a word is `=`; `10万` without 元 has the unit 万.
    """
    plain = text.translate(_ASCII)
    if not _ANY.search(plain):
        return ()
    found = [_quantity(match) for match in _TOKEN.finditer(plain) if not match.group("noise")]
    return _with_ranges(plain, found) if len(found) > 1 else tuple(found)


def _quantity(match: re.Match[str]) -> Quantity:
    part = match.group("part")
    number = part or match.group("digits") or match.group("words")
    unit = "%" if part else match.group("unit") or match.group("unit2") or ""
    sign = _SIGNS.get(match.group("sign") or "", "=")
    if sign == "=":
        more = match.group("more") or match.group("more2")
        sign = _AFTER.get(match.group("after") or "", ">" if more else "=")
    return Quantity(sign, _number(number), unit, match.start(), match.end())


def _number(text: str) -> Decimal:
    if text[0].isdigit() and text.isascii():
        return Decimal(text.replace(",", ""))
    if not re.search("[十百千]", text):
        return Decimal("".join(str(_VALUES[char]) for char in text))
    total, digit = 0, 0
    for char in text:
        if char in _VALUES:
            digit = _VALUES[char]
        else:
            total += (digit or 1) * _TENS[char]
            digit = 0
    return Decimal(total + digit)


_VALUES: Final = {
    char: value for value, chars in enumerate(("零〇", "一", "二两", *"三四五六七八九")) for char in chars
}
_TENS: Final = {"十": 10, "百": 100, "千": 1000}


def _with_ranges(text: str, found: list[Quantity]) -> tuple[Quantity, ...]:
    """Join neighbours with a dash between them (`5-10次`) to ≥ and ≤; the first takes the unit of the second if it has none."""
    for n, (first, second) in enumerate(pairwise(found)):
        joined = _RANGE.fullmatch(text, first.end, second.start)
        if joined and first.sign == second.sign == "=" and first.unit in ("", second.unit):
            found[n] = Quantity("≥", first.number, second.unit, first.start, first.end)
            found[n + 1] = Quantity("≤", second.number, second.unit, second.start, second.end)
    return tuple(found)


def decimal_text(number: Decimal) -> str:
    """Write a number without exponent and without zeros at its end: `876.99`, `35`."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
