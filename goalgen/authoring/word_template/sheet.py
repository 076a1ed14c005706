"""Lay out the lines of a form on paper: the official styles, cells by their width, tables one to the eye."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

from goalgen.word.wordml import FANG, HEAD, SONG, Cell, Grid, Row, Style, stuck

LOW: Final = 270
"""The least height of a row, in twips as every measure here."""
TALL: Final = 480
"""The least height of a row for a long text."""
TAG_HEIGHT: Final = 200
LETTER: Final = 215
"""How wide a character of a label is; in a table of indicators they are smaller."""
SMALL_LETTER: Final = 185
ROOM: Final = 170
"""What a cell needs beside its text: its padding."""
SIDE: Final = 1040
"""The width of the cell on the left that names a block."""
_NEAR: Final = 70
"""Edges nearer to each other than this are one: the lines of a form should meet."""
TEXT, LABEL, SMALL, SMALL_LABEL, TAGS = "表格文字", "表格标签", "指标文字", "指标标签", "循环标记"


class Box(NamedTuple):
    """Describe a cell by its width (0: what the others leave); the other fields are those of goalgen.word.wordml.Cell."""

    width: int
    style: str
    text: str = ""
    merge: str = ""
    open: str = ""


class Line(NamedTuple):
    """Describe a row of the form; with `head` it belongs to the headings that come again on every page."""

    boxes: tuple[Box, ...]
    height: int = LOW
    head: bool = False
    splits: bool = False


def official_styles(width: int, stops: Iterable[int]) -> Mapping[str, Style]:
    """Return the styles of an official form by name; `width` is that of its tables, `stops` where signatures begin."""
    own = (
        Style("Title", "Title", HEAD, 44, 560, "center"),
        Style("YearLine", "年度行", FANG, 28, 360, "center"),
        Style("UnitLine", "填报单位行", FANG, 21, 300, before=20, after=20, tabs=(("right", width),)),
        Style("TableText", TEXT, FANG, 21, 250),
        Style("TableLabel", LABEL, SONG, 21, 250, "center"),
        *(Style(f"FundPart{n}", part(n), FANG, 21, 250, indent=210 * n) for n in (1, 2, 3)),
        Style("IndicatorText", SMALL, FANG, 18, 230),
        Style("IndicatorMark", "指标居中", FANG, 18, 230, "center"),
        Style("IndicatorLabel", SMALL_LABEL, SONG, 18, 230, "center"),
        Style("Seam", "表间", FANG, 2, 1),
        Style(
            "SignLine",
            "填报人行",
            FANG,
            21,
            300,
            before=80,
            tabs=(*(("left", stop) for stop in stops), ("right", width)),
        ),
        Style("LoopTag", TAGS, FANG, 16, 200, color="808080"),
    )
    return {style.name: style for style in own}


def part(depth: int) -> str:
    """Return the style of money that is a part of other money, so many sums deep."""
    return f"资金构成{depth}" if depth else TEXT


def label_width(labels: Iterable[str], least: int = SIDE, most: int = 2310) -> int:
    """Return how wide the cells of labels are: as the longest that still stands in one line, or so wide that it takes two."""
    longest = max((len(label) for label in labels), default=0) * LETTER
    return min(max(least, longest + ROOM if longest + ROOM <= most else longest // 2 + LETTER + ROOM), most)


def label_share(label: int, share: int) -> int:
    """Return what a label takes of the share that it and its value have of a row: the value keeps two fifths."""
    return min(label, share * 3 // 5)


def wrapped(label: str, width: int) -> str:
    """Break a label before its bracket where it does not stand in one line: `项目概况` above `（450字内）`."""
    words, bracket, rest = label.partition("（")
    if words and bracket and len(label) * LETTER + ROOM > width:
        return f"{words}\n{bracket}{rest}"
    return label


def scaled(widths: Sequence[int], width: int) -> list[int]:
    """Return the widths in the same proportion, so that they fill a width together."""
    ends = [width * end // sum(widths) for end in accumulate(widths)]
    return [end - start for start, end in pairwise((0, *ends))]


def tag(*names: str) -> str:
    """Write the tag that prints a name of the template."""
    return f"{{{{ {joined(*names)} }}}}"


def joined(*names: str) -> str:
    """Write a name of the template, `项目概况.立项依据`; what is no word of Jinja's stands in brackets."""
    return names[0] + "".join(f".{name}" if name.isidentifier() else f"['{name}']" for name in names[1:])


def tables(blocks: Iterable[Sequence[Line]], width: int, styles: Mapping[str, Style]) -> str:
    """Write the lines of blocks as tables stuck together.

    Word repeats headings only at the top of a table: where they begin a new table does, and after a table with headings.
    """
    found = [(_grid(own, width, styles), own) for own in _by_table(blocks)]
    return stuck([(grid, [_row(line, grid, width) for line in own]) for grid, own in found], styles["表间"])


def _by_table(blocks: Iterable[Sequence[Line]]) -> Iterator[list[Line]]:
    own: list[Line] = []
    for lines in blocks:
        for n, line in enumerate(lines):
            if own and ((line.head and not own[-1].head) or (n == 0 and own[0].head)):
                yield own
                own = []
            own.append(line)
    yield own


def _widths(line: Line, width: int) -> list[int]:
    rest = width - sum(box.width for box in line.boxes)
    return [box.width or rest for box in line.boxes]


def _edges(line: Line, width: int, known: Sequence[int]) -> list[int]:
    """Return where the cells of a line end, at an edge that is known where one is near."""
    found = [0]
    for end in accumulate(_widths(line, width)):
        near = (edge for edge in known if abs(edge - end) < _NEAR and edge > found[-1])
        found.append(next(near, end))
    return found[1:]


def _grid(lines: Iterable[Line], width: int, styles: Mapping[str, Style]) -> Grid:
    known = [width]
    for line in lines:
        known += [edge for edge in _edges(line, width, known) if edge not in known]
    return Grid(tuple(end - start for start, end in pairwise((0, *sorted(known)))), styles)


def _row(line: Line, grid: Grid, width: int) -> Row:
    known = list(accumulate(grid.columns))
    cells, start = [], -1
    for box, edge in zip(line.boxes, _edges(line, width, known), strict=True):
        end = known.index(edge)
        cells.append(Cell(end - start, box.style, box.text, box.merge, open=box.open))
        start = end
    return Row(line.height, tuple(cells), line.head, line.splits)
