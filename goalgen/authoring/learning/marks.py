"""Find in a text of a blank form what a person fills: lines, brackets, boxes, years, days, what follows a colon."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import Final, NamedTuple

_B: Final = r"[^\S\n]|[_＿]"
"""A blank, or a line to write on."""
_YEAR: Final = rf"(?:20[×xXⅩ*＊○〇](?:[×xXⅩ*＊○〇])?(?:\+[nN])?|20(?:{_B})+|(?:{_B})+)"
_BOXES: Final = "□☐○◻▢◯❏❑▫"
_ANY_DAY: Final = rf"(?:20\d\d|20)?(?:{_B})*年(?:{_B})*月(?:{_B})*日"
_MONTHS: Final = rf"(?:20)?(?:{_B})+年(?:{_B})+月(?:(?:{_B})+日)?"
_MARKS: Final = re.compile(
    rf"(?P<period>{_MONTHS}(?:{_B})*[-—–－~～至到]+(?:{_B})*{_MONTHS})"
    rf"|(?P<window>{_YEAR}(?:{_B})*年?(?:{_B})*[-—–－~～至到]+(?:{_B})*{_YEAR}(?:{_B})*年)"
    rf"|(?P<date>{_ANY_DAY})"
    rf"|(?P<year>(?<=[（(])(?:{_B})+(?=年度?(?:{_B})*[)）])|(?<=[（(])20[×xX]{{1,2}}(?=年度?(?:{_B})*[)）])"
    rf"|(?:[_＿]{{2,}}|(?<=^)[^\S\n]{{2,}}|20(?:[×xX]{{1,2}}|[_＿]{{1,4}}))(?=年度))"
    rf"|(?P<box>[{_BOXES}])"
    rf"|(?P<bracket>[（(【\[](?:{_B})+[)）】\]]|[（(][)）])"
    r"|(?P<line>[_＿]{2,})",
    re.MULTILINE,
)
_PRINTED_YEAR: Final = re.compile(rf"(?<=[（(])(?:{_B})*20\d\d(?:{_B})*(?=年度(?:{_B})*[)）])")
_NO_BLANK_YEAR: Final = re.compile(rf"(?<=[（(])(?=年度(?:{_B})*[)）]\s*$)")
_COLON: Final = re.compile(rf"[：:](?P<gap>(?:{_B})*)(?=(?P<next>[^\s]*))")
_PRINTED: Final = re.compile("[千百万亿]?元|[^：:]{13}")
"""What stands behind a colon and is printed: a unit, a sentence."""
_NUMBER: Final = r"(?:\d{1,2}|[一二三四五六七八九十]|[①-⑩]|[nN×xX])"
_PLACEHOLDER: Final = re.compile(
    rf"(?:三级)?(?:指标|目标|任务|内容|措施|事项|阶段|名称)[\s_＿]*(?:{_NUMBER}[\s_＿]*[.．、：:]?|[：:])[\s_＿]*|[.．。·…\s_＿]*"
    rf"|\s*(?:{_NUMBER}[.．、]|[（(]{_NUMBER}[)）])[\s_＿]*"
)
_SERIAL: Final = re.compile(rf"\s*(?:{_NUMBER}[.．、]?|[（(]{_NUMBER}[)）])\s*")
_ELLIPSIS: Final = re.compile(r"[.．。·…\s]*(?:…|\.{3}|。{3}|·{3})[.．。·…\s]*")
_NOTHING: Final = re.compile(r"[\s_＿]*")
_DASH: Final = re.compile(r"\s*[—－–\-/／]{1,4}\s*")


class Sort(Enum):
    """Name the sorts of what a person fills, in words for a person."""

    EMPTY = "空格"
    PLACEHOLDER = "待填的行"
    YEAR = "年度"
    PRINTED_YEAR = "印着的年度"
    WINDOW = "起止年"
    PERIOD = "起止年月"
    DATE = "日期"
    BOX = "方框"
    BRACKET = "空括号"
    LINE = "横线"
    COLON = "冒号后面"


class Mark(NamedTuple):
    """Hold one of them: its sort and where in the text it stands (`start` = `end`: between two characters)."""

    sort: Sort
    start: int
    end: int


_SORTS: Final = {
    **dict.fromkeys(("period",), Sort.PERIOD),
    "window": Sort.WINDOW,
    "date": Sort.DATE,
    "year": Sort.YEAR,
    "box": Sort.BOX,
    "bracket": Sort.BRACKET,
    "line": Sort.LINE,
}


def is_empty(text: str) -> bool:
    """Tell whether a text is nothing, or a line to write on."""
    return _NOTHING.fullmatch(text) is not None


def is_dash(text: str) -> bool:
    """Tell whether a text is a dash: nothing is filled there."""
    return _DASH.fullmatch(text) is not None


def is_ellipsis(text: str) -> bool:
    """Tell whether a text is `……`: more rows of the same kind."""
    return _ELLIPSIS.fullmatch(text) is not None


def is_placeholder(text: str) -> bool:
    """Tell whether a text is nothing, or only numbers what is filled there: `指标1：`, `目标2：`, `……`."""
    return all(_PLACEHOLDER.fullmatch(line) for line in text.split("\n"))


def is_serial(text: str) -> bool:
    """Tell whether a text only numbers a row: `1`, `（一）`, `2、`."""
    return _SERIAL.fullmatch(text) is not None


def marks(text: str, outside: bool = False, by_itself: bool = True) -> list[Mark]:
    """Find what a person fills within a text, in order; `outside` says that it stands outside of tables.

    Where the cell beside is empty (`by_itself` False), nothing is filled behind the colon at the end.
    """
    found = []
    for match in _MARKS.finditer(text):
        sort = _SORTS[match.lastgroup or ""]
        start = match.start()
        if sort in (Sort.WINDOW, Sort.PERIOD, Sort.DATE):
            start += _blanks_before(text, match)
        found.append(Mark(sort, start, match.end()))
    if outside:
        found += [Mark(Sort.PRINTED_YEAR, *match.span()) for match in _PRINTED_YEAR.finditer(text)]
        found += [Mark(Sort.YEAR, *match.span()) for match in _NO_BLANK_YEAR.finditer(text)]
    taken = {place for mark in found for place in range(mark.start - 1, mark.end + 1)}
    found += [mark for mark in _colons(text, by_itself) if not taken & {*range(mark.start, mark.end + 1)}]
    return sorted(found, key=lambda mark: (mark.start, mark.end))


def _blanks_before(text: str, match: re.Match[str]) -> int:
    """Count the blanks by which a year begins that are more than one could write a year in, to leave them."""
    blanks = len(match.group()) - len(match.group().lstrip(" \t\u3000"))
    return max(blanks - 4, 0)


def _colons(text: str, by_itself: bool) -> Iterator[Mark]:
    """Find colons with nothing behind them: the end, blanks, or the next label."""
    for match in _COLON.finditer(text):
        gap, following = match["gap"], match["next"]
        at_end = not text[match.end() :].strip()
        if (at_end and not by_itself) or (following[:1] and following[0] in _BOXES):
            continue
        wide = (len(gap) > 1 or bool(re.search("[\t\u3000_＿]", gap))) and not _PRINTED.match(following)
        label_follows = re.fullmatch(r"[\u4e00-\u9fff（）()]{2,12}[：:].*", following) is not None
        if at_end or not following or wide or label_follows:
            yield Mark(Sort.COLON, *match.span("gap"))


def label_before(text: str, mark: Mark, others: list[Mark]) -> str:
    """Return the words that a mark belongs to: those between the mark before it (or the line's beginning) and it."""
    before = max((other.end for other in others if other.end <= mark.start and other is not mark), default=0)
    line = text.rfind("\n", 0, mark.start) + 1
    words = text[max(before, line) : mark.start]
    return re.split(r"[^\S\n]{2,}|[\t；;，,。]", words.strip(" \t\u3000：:"))[-1].strip(" \t\u3000：:、")
