"""Tables of a .docx on their grids, and the elements that count in one."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lxml import etree

from tests.support.validator.parts import MC, Package, W, local
from tests.support.validator.schema import NS, RANGE_MARKS, WRAPPERS


def live(tree: etree._Element, *tags: str) -> Iterator[etree._Element]:
    """Elements by tag, without the second copies that mc:Fallback holds."""
    for element in tree.iter(*tags):
        if next(element.iterancestors(f"{MC}Fallback"), None) is None:
            yield element


def contents_of(parent: etree._Element) -> Iterator[etree._Element]:
    """The children that count, seen through content controls and the like, range marks left out."""
    for child in parent.iterchildren("*"):
        name = local(child)
        if name == "sdt" or name in WRAPPERS:
            yield from contents_of(child)
        elif name not in RANGE_MARKS and not name.startswith("sdt"):
            yield child


def names_of(elements: Iterable[etree._Element]) -> list[str]:
    return [local(element) for element in elements]


class Cell(NamedTuple):
    """A w:tc on its table's grid."""

    column: int
    span: int
    width: int | None
    merge: str


def _whole(element: etree._Element | None, attribute: str = "val") -> int | None:
    """A whole number; None where there is none (`values` tells why)."""
    text = "" if element is None else element.get(f"{W}{attribute}", "")
    return int(text) if text.isdecimal() else None


def _dxa(element: etree._Element | None) -> int | None:
    """A width in twentieths of a point; None when it is given in another way or not at all."""
    relative = element is not None and element.get(f"{W}type", "dxa") != "dxa"
    return None if relative else _whole(element, "w")


def _edge(row: etree._Element, side: str) -> int:
    """How many columns a row leaves free before its first or after its last cell."""
    return _whole(row.find(f"w:trPr/w:grid{side}", NS)) or 0


def _cells(row: etree._Element) -> Iterator[Cell]:
    column = _edge(row, "Before")
    for cell in contents_of(row):
        if cell.tag == f"{W}tc":
            span = _whole(cell.find("w:tcPr/w:gridSpan", NS)) or 1
            merge = cell.find("w:tcPr/w:vMerge", NS)
            state = "" if merge is None else merge.get(f"{W}val", "continue")
            yield Cell(column, span, _dxa(cell.find("w:tcPr/w:tcW", NS)), state)
            column += span


def tables(package: Package) -> Iterator[str]:
    """Every table has its parts, fills its grid, is as wide as its columns, and merges cells that fit."""
    for part, tree in package.words:
        for number, table in enumerate(tree.iter(f"{W}tbl"), 1):
            yield from (f"{part}: table {number}: {fault}" for fault in _table_faults(table))


def _table_faults(table: etree._Element) -> Iterator[str]:
    contents = list(contents_of(table))
    names = names_of(contents)
    if names[:2] != ["tblPr", "tblGrid"]:
        yield f"begins with {' '.join(names[:2])}, not tblPr tblGrid"
    if not names[2:]:
        yield "has no rows"
    if not {"tr"}.issuperset(names[2:]):
        yield "holds something that is not a row"
    grid = [_whole(column, "w") or 0 for column in table.iterfind("w:tblGrid/w:gridCol", NS)]
    if not grid:
        yield "has no gridCol"
    elif _dxa(table.find("w:tblPr/w:tblW", NS)) not in (None, sum(grid)):
        yield f"tblW is not {sum(grid)}, the sum of its columns"
    yield from _grid_faults([element for element in contents if element.tag == f"{W}tr"], grid)


def _grid_faults(rows: list[etree._Element], grid: list[int]) -> Iterator[str]:
    above: list[Cell] = []
    for number, row in enumerate(rows, 1):
        cells = list(_cells(row))
        for fault in (*_row_faults(row, cells, grid), *_merge_faults(cells, above)):
            yield f"row {number}: {fault}"
        above = cells


def _row_faults(row: etree._Element, cells: list[Cell], grid: list[int]) -> Iterator[str]:
    if not cells:
        yield "has no cells"
    columns = _edge(row, "Before") + sum(cell.span for cell in cells) + _edge(row, "After")
    if columns != len(grid):
        yield f"spans {columns} columns, the grid has {len(grid)}"
    for number, cell in enumerate(cells, 1):
        width = sum(grid[cell.column : cell.column + cell.span])
        if cell.width not in (None, width):
            yield f"cell {number}: tcW {cell.width}, its columns are {width} wide"


def _merge_faults(cells: list[Cell], above: list[Cell]) -> Iterator[str]:
    merged = {(cell.column, cell.span) for cell in above if cell.merge}
    for number, cell in enumerate(cells, 1):
        if cell.merge == "continue" and (cell.column, cell.span) not in merged:
            yield f"cell {number}: vMerge continues no cell above"


def cell_ends(package: Package) -> Iterator[str]:
    """A cell ends with a paragraph, so it has one and no table stands last."""
    for part, tree in package.words:
        for number, cell in enumerate(tree.iter(f"{W}tc"), 1):
            last = names_of(contents_of(cell))[-1:]
            if last != ["p"]:
                yield f"{part}: cell {number} ends with {' '.join(last)}, not with a paragraph"
