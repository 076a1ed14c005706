"""Find and mend what is only badly written: blanks, foreign glyphs, half-width punctuation, full-width digits, 文号 brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from goalgen.text.characters import FULL_WIDTH

_CJK: Final = r"\u3400-\u9fff\u3001-\u303f\uff01-\uff60\u201c\u201d"
_SPACE: Final = r"[ \t\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff]"
_BLANK: Final = re.compile(
    rf"^[\s\u00a0\u200b\u3000]+|[\s\u00a0\u200b\u3000]+$|{_SPACE}*[\r\n\u2028]\s*"
    rf"|(?<=[{_CJK}])[\s\u00a0\u200b\u3000]+(?=[{_CJK}])|[\u00a0\u2000-\u200b\u202f\u205f\u3000]+"
)

FOREIGN_GLYPHS: Final[dict[str, str]] = dict(
    zip(
        "査歩戸県国敎値鄕黃靑靜敍產狀步呂內兩別刪吳說銳脫稅閱悅絕溫産顕鉄経済発総実対",
        "查步户县国教值乡黄青静叙产状步吕内两别删吴说锐脱税阅悦绝温产显铁经济发总实对",
        strict=True,
    )
)
"""Japanese, Korean and old glyphs that input methods and OCR leave behind, and the 通用规范汉字 for each."""
for _same in [old for old, new in FOREIGN_GLYPHS.items() if old == new]:
    del FOREIGN_GLYPHS[_same]

_FULL: Final = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_HALF: Final = re.compile(rf"(?<=[{_CJK}%0-9])[,;:?!](?=[{_CJK}])|(?<=[{_CJK}])[,;:?!](?=[{_CJK}0-9a-zA-Z≥≤]|$)")
_PAIR: Final = re.compile(
    rf"[(（](?P<inner>[^()（）]*[{_CJK}][^()（）]*)[)）]|(?<=[{_CJK}])[(（](?P<other>[^()（）]+)[)）](?=[{_CJK}]|$)"
)
_NUMBER: Final = re.compile(r"[［﹝\[（(【](?P<year>(?:19|20)\d\d)[］﹞\]）)】](?P<no>\d+号)")


_WIDE: Final = re.compile("[<>＜＞][=＝]|[０-９Ａ-Ｚａ-ｚ％＋＝＜＞／＆＃＠]|(?<=[0-9０-９])[．－](?=[0-9０-９])")


class SignChange(NamedTuple):
    """Replace one piece of a text: `start` is its offset, `old` what stands there, `new` what it becomes."""

    start: int
    old: str
    new: str


def stray_blanks(text: str) -> Iterator[re.Match[str]]:
    """Find the blanks that do not belong into a text: at its ends, line breaks, between Chinese characters, not U+0020."""
    return _BLANK.finditer(text)


def half_width(text: str) -> Iterator[SignChange]:
    """Find half-width punctuation in Chinese text: `,` between Chinese characters, brackets around them."""
    for match in _HALF.finditer(text):
        yield SignChange(match.start(), match.group(), _FULL[match.group()])
    for match in _PAIR.finditer(text):
        for at in (match.start(), match.end() - 1):
            if text[at] in _FULL and not _NUMBER.match(text, match.start()):
                yield SignChange(at, text[at], _FULL[text[at]])


def full_width(text: str) -> Iterator[SignChange]:
    """Find digits, letters and signs of arithmetic in their full-width forms, and `>=` for `≥`, which is one sign on a form."""
    for match in _WIDE.finditer(text):
        yield SignChange(match.start(), match.group(), _narrow(match))


def _narrow(match: re.Match[str]) -> str:
    sign = match.group()
    if len(sign) > 1:
        return "≥" if sign[0] in ">＞" else "≤"
    return chr(ord(sign) - FULL_WIDTH)


def mended(text: str) -> str:
    """Return a text without what is only badly written; mending it again changes nothing.

    Every round takes away blanks, foreign glyphs, half-width punctuation and full-width digits and brings none, so there
    is a last one.
    """
    while (after := _mended_once(text)) != text:
        text = after
    return text


def _mended_once(text: str) -> str:
    text = _BLANK.sub(_blank, text)
    text = _WIDE.sub(_narrow, text.translate(_FOREIGN_TABLE))
    text = _NUMBER.sub(r"〔\g<year>〕\g<no>", text)
    for at, _old, new in half_width(text):
        text = f"{text[:at]}{new}{text[at + 1 :]}"
    return text


_FOREIGN_TABLE: Final = str.maketrans(FOREIGN_GLYPHS)


def _blank(match: re.Match[str]) -> str:
    """Return what a stray blank becomes: nothing, but a space where Latin letters or digits would run together."""
    left, right = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    return " " if left.isascii() and right.isascii() and left.strip() and right.strip() else ""
