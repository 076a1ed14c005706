"""Recognise money: rows of a kind of money each, in pairs of label and cell, or under headings of columns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from goalgen.authoring.learning.board import Board, Opening, Proposed, inner, side_of, tag
from goalgen.authoring.learning.marks import Sort, is_dash, is_empty, label_before
from goalgen.authoring.learning.words import Word, bare, plain
from goalgen.word.editing import Cell, Row, Table

_LONGER: Final = re.compile("中长期|中期|长期|实施期")
_OF_THE_YEAR: Final = re.compile("年度|当年|本年")
_FIRST_LEVEL: Final = re.compile("[一二三四五六七八九]、")


class Pair(NamedTuple):
    """Hold a label of money with the place of its amount; `group` is a label before it, "" for none."""

    label: str
    opening: Opening
    group: str


@dataclass(eq=False)
class _Line:
    """Is a row of money: its key, its word, its label as printed (by column)."""

    key: str
    word: Word | None
    labels: dict[str, str] = field(default_factory=dict)
    parts: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        return next(iter(self.labels.values()), self.key)


def read_money(board: Board, table: Table, at: int) -> int:
    """Take a table of money that begins at a row. Return how many rows it is, 0 for none."""
    side = side_of(table.rows[at])
    if side is not None and side is table.rows[at].cells[0] and board.words.area("资金", side.text):
        rows = table.rows[at : at + side.rows]
    else:
        rows = _rows_of_money(board, table, at, side)
    if not rows:
        return _read_turned(board, table, at)
    label = bare(side.text) if side is not None else ""
    if _is_heading(board, rows):
        return len(rows) if _read_matrix(board, rows, label) else 0
    pairs = [_pairs(board, row) for row in rows]
    if not any(pairs):
        return 0
    _propose_pairs(board, pairs, label)
    return len(rows)


def _read_turned(board: Board, table: Table, at: int) -> int:
    """Take money whose kinds stand beside each other, amounts below them. Return how many rows it is, 0 for none."""
    cells = inner(table.rows[at])
    heads = [cell for cell in cells[1:] if board.is_label(cell) and board.words.find("金额行", cell.text)]
    if len(heads) < 2 or len(heads) < len(cells) - 1 or not board.is_label(cells[0]):
        return 0
    body: list[Row] = []
    for row in table.rows[at + 1 :]:
        label, *amounts = inner(row)
        fits = [cell.start for cell in amounts] == [head.start for head in heads] and board.is_label(label)
        if not fits or not all(board.empty(cell) for cell in amounts):
            break
        body.append(row)
    if not body:
        return 0
    block = _block(board, "")
    made: list[_Line] = []
    lines = [_line_of(board, made, head.text, block, "") for head in heads]
    for row in body:
        label, *amounts = inner(row)
        word = board.words.find("金额列", label.text)
        cells_below = [(line, cell) for line, cell in zip(lines, amounts, strict=True) if line]
        _column(board, block, label, word, cells_below)
    _compute(block)
    _finish(board, block, made)
    return 1 + len(body)


def _rows_of_money(board: Board, table: Table, at: int, side: Cell | None) -> list[Row]:
    """Return rows from one on whose labels are of money, the first of them the total."""
    found: list[Row] = []
    for row in table.rows[at:]:
        labels = [word for pair in _pairs(board, row) if (word := board.words.find("金额行", pair.label))]
        if not labels or side_of(row) is not side or (not found and not labels[0].get("合计")):
            break
        found.append(row)
    return found if len(found) > 1 or (found and len(_pairs(board, found[0])) > 1) else []


def _pairs(board: Board, row: Row) -> list[Pair]:
    """Return the labels of a row with the place of each one's amount: the cell beside it, or within the cell."""
    found: list[Pair] = []
    label = group = ""
    for cell in inner(row):
        opening = board.empty(cell)
        if board.is_label(cell):
            label, group = cell.text, label
        elif opening is not None and label:
            found.append(Pair(label, opening, group))
            label = group = ""
        else:
            own = [one for one in board.of(cell) if one.mark.sort in (Sort.COLON, Sort.LINE, Sort.BRACKET)]
            marks = [one.mark for one in own]
            found += [Pair(label_before(cell.text, one.mark, marks) or label, one, group) for one in own]
            label = ""
    return found


def _is_heading(board: Board, rows: list[Row]) -> bool:
    """Tell whether the first row heads columns: words only, but for an empty corner, and the next row begins with a label."""
    first, *others = inner(rows[0])
    after = inner(rows[1]) if len(rows) > 1 else []
    words = len(others) > 0 and all(board.is_label(cell) for cell in others)
    return words and (is_empty(first.text) or board.is_label(first)) and bool(after) and after[0].start == first.start


def _propose_pairs(board: Board, rows: list[list[Pair]], label: str) -> None:
    block = _block(board, label)
    columns = _panels(board, rows)
    block.given["列"] = [{"键": key, "角色": key} for key in columns]
    lines: list[_Line] = []
    for pairs in rows:
        for n, pair in enumerate(pairs):
            column = columns[n] if len(columns) > 1 and n < len(columns) else columns[0]
            line = _line_of(board, lines, pair.label, block, column)
            if line is None:
                board.leave(pair.opening, f"另一行也叫“{bare(pair.label)}”，分不开")
            else:
                pair.opening.tag = tag(block.key, column, line.key)
    _finish(board, block, lines)


def _block(board: Board, label: str) -> Proposed:
    shown = {"标签": label} if label else {}
    return board.block(board.words.usual("资金"), {"类": "金额表", **shown, "列": [], "行": []})


def _panels(board: Board, rows: list[list[Pair]]) -> list[str]:
    """Return the keys of the columns that stand side by side: two where a row names the same money twice, else one."""

    def name(pair: Pair) -> str:
        word = board.words.find("金额行", pair.label)
        return word.name if word else plain(pair.label)

    twice = any(len(pairs) > 1 and len({name(pair) for pair in pairs}) == 1 for pairs in rows)
    first = next(pairs for pairs in rows if pairs)
    if not twice:
        return ["中长期" if _LONGER.search(first[0].label + first[0].group) else "年度"]
    found = ["中长期" if _LONGER.search(pair.label + pair.group) else "年度" for pair in first[:2]]
    if len({*found}) < 2:
        found = ["中长期", "年度"]
        board.guesses.append("资金左右两栏没有写中长期、年度，照左中长期、右年度")
    return found


def _line_of(board: Board, lines: list[_Line], label: str, block: Proposed, column: str) -> _Line | None:
    """Return the row of a label, made when it is new; None where the column has the label already."""
    word, shown = board.words.find("金额行", label), bare(label)
    name = word.name if word else plain(label)
    known = next(
        (line for line in lines if (line.word or line.key) == (word or name) and column not in line.labels), None
    )
    if known is None and word is not None:
        known = next((one for one in lines if one.word and one.word.name == name and column not in one.labels), None)
    if any(line.labels.get(column) == shown for line in lines) or not name:
        return None
    if known is None:
        known = _Line(board.key(name, block.key), word)
        lines.append(known)
    known.labels[column] = shown
    return known


def _finish(board: Board, block: Proposed, lines: list[_Line]) -> None:
    """Put the rows into a block, with the sums that their words and order suggest."""
    _nest(lines)
    for line in lines:
        labels = {*line.labels.values()}
        shown: Any = line.label if len(labels) == 1 else dict(line.labels)
        record: dict[str, Any] = {"键": line.key, **({"标签": shown} if labels != {line.key} else {})}
        if len(line.parts) > 1:
            record |= {"算": f"和({', '.join(line.parts)})", "自动": "是"}
            board.guesses.append(f"“{line.label}”按 {'＋'.join(line.parts)} 合计")
        block.given["行"].append(record)


def _nest(lines: list[_Line]) -> None:
    """Say which rows are parts of which: all of the total, but for those that are of a kind of money before them."""
    root = next((line for line in lines if line.word and line.word.get("合计")), None)
    upper: _Line | None = None
    before = root
    for line in (one for one in lines if one is not root):
        lower = line.word is not None and bool(line.word.get("下级"))
        inside = before is not None and before is not root and not (before.word and before.word.get("下级"))
        if inside and ("其中" in line.label[:3] or (lower and upper is None)):
            upper = before
        elif not lower or _FIRST_LEVEL.match(line.label):
            upper = None
        parent = upper or root
        if parent is not None:
            parent.parts.append(line.key)
        before = line


def _read_matrix(board: Board, rows: list[Row], label: str) -> bool:
    corner, *heads = inner(rows[0])
    body = [row for row in rows[1:] if (cell := row.at(corner.start)) is not None and board.is_label(cell)]
    known = [board.words.find("金额列", head.text) for head in heads]
    of_money = any(board.words.find("金额行", row.at(corner.start).text) for row in body)  # type: ignore[union-attr]
    if not body or not (any(known) or of_money):
        return False
    if corner_opening := board.empty(corner):
        board.leave(corner_opening, "是表头的空角，不填")
    block = _block(board, label)
    made: list[_Line] = []
    lines = [_line_of(board, made, row.at(corner.start).text, block, "") for row in body]  # type: ignore[union-attr]
    for head, word in zip(heads, known, strict=True):
        cells = [(line, cell) for line, row in zip(lines, body, strict=True) if line and (cell := row.at(head.start))]
        _column(board, block, head, word, cells)
    _compute(block)
    _finish(board, block, [line for line in lines if line])
    return True


def _column(board: Board, block: Proposed, head: Cell, word: Word | None, cells: list[tuple[_Line, Cell]]) -> None:
    """Propose a column; a column that is printed already is left alone."""
    shown = bare(head.text)
    filled = [(line, cell, opening) for line, cell in cells if (opening := board.empty(cell))]
    printed = [(line, cell) for line, cell in cells if not board.empty(cell) and re.fullmatch(r"\d+", bare(cell.text))]
    formula = word.get("算") if word else ""
    if not filled and not (formula == "常数" and printed):
        return
    key = board.key((word.get("键") if word else "") or plain(shown), block.key)
    column: dict[str, Any] = {"键": key, **({"标签": shown} if shown != key else {})}
    if word is not None:
        role = word.get("角色")
        if role and role not in [one.get("角色") for one in block.given["列"]]:
            column["角色"] = role
        if word.get("值"):
            column["值"] = word.get("值")
    else:
        board.own_words.append(shown)
    column["_算"] = f"常数({bare(printed[0][1].text)})" if formula == "常数" and printed else formula
    column["_行"] = [line.key for line, *_ in filled] if filled else [line.key for line, _ in printed]
    dashes = [cell for _, cell in cells if is_dash(cell.text)]
    column["_否则"] = bare(dashes[0].text) if dashes else ""
    block.given["列"].append(column)
    for line, _, opening in filled:
        opening.tag = tag(block.key, key, line.key)


def _compute(block: Proposed) -> None:
    """Write the formulas of rates and scores, where the columns that they need are there."""
    columns = block.given["列"]
    by_role = {column["角色"]: column["键"] for column in columns if column.get("角色")}
    done, planned = by_role.get("执行"), by_role.get("预算") or by_role.get("年度")
    points = next((one["_算"][3:-1] for one in columns if str(one["_算"]).startswith("常数(")), "10")
    made = {"比": f"比({done}, {planned})", "执行得分": f"执行得分({done}, {planned}, {points})"}
    for column in columns:
        formula, rows, otherwise = column.pop("_算"), column.pop("_行"), column.pop("_否则")
        if formula == "常数" or (formula in made and not (done and planned)):
            column["值"] = "分" if formula != "比" else "文字"
        elif formula:
            column["算"] = made.get(formula, formula)
            if otherwise:
                column |= {"只": rows, "否则": otherwise}
