"""Propose a table of indicators: its columns, its tree with the rows that the form prints, its tags."""

from __future__ import annotations

import re
from typing import Final

from goalgen.authoring.learning.board import Board, Loop, Opening, tag
from goalgen.authoring.learning.indicator_places import LONGER, NAME, Indicators, Place
from goalgen.authoring.learning.marks import Sort, is_dash, is_ellipsis, is_placeholder, is_serial
from goalgen.authoring.learning.words import most, plain
from goalgen.word.editing import Cell, Row

ROW: Final = "行"
"""The name of a row within a loop."""
_SEVERAL: Final = ("并排", "上下")
_STARS: Final = "★☆*＊"
_VALUE: Final = "指标值"


def propose(board: Board, found: Indicators) -> None:
    """Propose a block of its own for a table."""
    name = found.of(NAME)[0].column.text
    label = {"标签": found.label} if found.label else {}
    layout = {"排法": "并排"} if found.panels > 1 else {}
    merged = [place.sort for place in found.places if place.sort in ("一级", "二级")]
    heading = {"指标": {"标签": name, **({"字数": str(most(name))} if most(name) else {})}} if name != NAME else {}
    given = {"类": "指标表", **label, **layout, "合并列": list(dict.fromkeys(merged)), **heading, "列": [], "体系": {}}
    found.block = board.block(board.words.usual("指标"), given)
    board.key(NAME, found.block.key)
    if found.panels > 1:
        _panels(board, found)
    else:
        _values(board, found)
    for place in found.places:
        if place.panel <= 0 and place.sort in ("列", "得分", "符号", "单位", "可能性") and not place.key:
            _column(board, found, place)
    for place in found.places:
        if place.panel > 0 and place.sort in ("列", "得分") and not place.key:
            same = [one for one in found.places if one.panel == 0 and one.column.text == place.column.text]
            place.key = same[0].key if same else ""
            if not same:
                _column(board, found, place)
    _scores(found)
    _tree(board, found)


def _panels(board: Board, found: Indicators) -> None:
    """Name the panels that stand side by side by the words over them, else 中长期 on the left."""
    values = [found.of("值", panel)[:1] for panel in range(found.panels)]
    texts = ["".join(one.column.over + one.column.text for one in own) for own in values]
    halves = [_over(found, own[0]) if own else "" for own in values]
    longer = [bool(LONGER.search(text + half)) for text, half in zip(texts, halves, strict=True)]
    if sum(longer) != 1 or found.panels > 2:
        longer = [n == 0 for n in range(found.panels)]
        board.guesses.append("指标左右两栏没有写中长期、年度，照左中长期、右年度")
    for own, is_longer in zip(values, longer, strict=True):
        for place in own:
            place.key = board.key("中长期" if is_longer else "年度", found.block.key if found.block else "")
            _add(found, place, 值=_VALUE, 角色="中长期" if is_longer else "年度")


def _over(found: Indicators, place: Place) -> str:
    """Return the words that stand over a column in the row above the heading."""
    return next((text for text, start, end in found.above if start <= place.column.start < end), "")


def _values(board: Board, found: Indicators) -> None:
    """Propose the values of a table with one panel; sign, number and unit in cells of their own are parts of one."""
    assert found.block is not None
    values = found.of("值") or found.of("列")[:1]
    if not found.of("值"):
        board.guesses.append(f"没有一列叫指标值，照“{values[0].column.text}”是指标值")
    for place in values:
        longer = found.longer or (place.word is not None and place.word.get("键") == "中长期")
        key = "中长期" if longer else "年度"
        taken = [one["键"] for one in found.block.given["列"]]
        place.key = board.key(key, found.block.key)
        role = {} if key in taken else {"角色": key}
        signs, units = found.of("符号"), found.of("单位")
        if signs and units and place is values[0]:
            value = place.key
            found.block.given["列"].append({"键": value, "值": _VALUE, **role, "印": "否"})
            for part, formula in ((signs[0], "符号"), (place, "数"), (units[0], "单位")):
                part.key = board.key(plain(part.column.text), found.block.key)
                _add(found, part, 算=f"{formula}({value})")
        else:
            _add(found, place, 值=_VALUE, **role)


def _add(found: Indicators, place: Place, **about: str) -> None:
    assert found.block is not None
    text = place.column.text
    label = {"标签": text} if text != place.key else {}
    limit = {"字数": str(most(text))} if most(text) else {}
    found.block.given["列"].append({"键": place.key, **label, **limit, **about})


def _column(board: Board, found: Indicators, place: Place) -> None:
    assert found.block is not None
    columns, text, word = found.block.given["列"], place.column.text, place.word
    if place.sort == "可能性":
        place.key = "可能性"
        known = next((one for one in columns if one["键"] == "可能性"), None)
        if known is None:
            columns.append({"键": "可能性", "选项": [text], "角色": "可能性"})
        else:
            known["选项"].append(text)
        return
    place.key = board.key((word.get("键") if word else "") or plain(text), found.block.key)
    about = {key: word.get(key) for key in ("角色", "值") if word is not None and word.get(key)}
    if "角色" in about and about["角色"] in [one.get("角色") for one in columns]:
        about.pop("角色")
    if word is None:
        board.own_words.append(text)
    _add(found, place, **about)


def _scores(found: Indicators) -> None:
    """Let scores be computed where target, outcome and weight are there, else written."""
    assert found.block is not None
    by_role = {one["角色"]: one["键"] for one in found.block.given["列"] if one.get("角色")}
    parts = [by_role.get(role) for role in ("年度", "完成", "权重")]
    for place in found.of("得分"):
        given = next(one for one in found.block.given["列"] if one["键"] == place.key)
        given |= {"值": "分"} if None in parts else {"算": f"指标得分({', '.join(map(str, parts))})"}


def _tree(board: Board, found: Indicators) -> None:
    """Put the tree into the block, with the rows that the form prints."""
    assert found.block is not None
    for first, groups in found.tree.items():
        own = found.block.given["体系"][first] = {}
        for key, group in groups.items():
            rows = group.pop("_行")
            fixed = [made for row in rows if (made := _fixed(board, found, row))]
            starred = {"必填": "是"} if fixed and all(row[NAME][0] in _STARS for row in fixed) else {}
            own[key] = {**group, **starred, **({"固定行": fixed} if fixed else {})}


def _fixed(board: Board, found: Indicators, row: Row) -> dict[str, str] | None:
    """Return what the form prints of a row of its own; None where it prints nothing, or has no name for it."""
    printed = {}
    for place in found.places:
        cell = place.column.cell(row)
        text = re.sub(r"\s*\n\s*", "", cell.text).strip() if cell is not None else ""
        blank = cell is None or cell.above is not None or is_placeholder(text) or is_dash(text)
        blank = (
            blank or (place.sort == NAME and _is_no_name(board, text)) or (cell is not None and bool(board.of(cell)))
        )
        if place.panel >= 0 and place.sort not in ("二级", "序号") and not blank:
            printed[NAME if place.sort == NAME else place.key] = text
    if not printed:
        return None
    if NAME not in printed:
        words = "、".join(f"“{text}”" for text in printed.values())
        board.unlike.append((found.table.number, row, f"印着的{words}没有照搬：这一行的指标是空的，印好的字放不进循环"))
        return None
    return _as_written(found, printed)


def _is_no_name(board: Board, text: str) -> bool:
    """Tell whether what stands in the column of names only says that a name goes there: `1.`, `具体指标`."""
    word = board.words.find("指标列", text)
    return is_serial(text) or (word is not None and word.get("位") == NAME)


def _as_written(found: Indicators, printed: dict[str, str]) -> dict[str, str]:
    """Put printed parts of a value together, leave out what is computed, and let no text be a number."""
    assert found.block is not None
    made: dict[str, str] = {}
    for given in found.block.given["列"]:
        key = given["键"]
        parts = [one["键"] for one in found.block.given["列"] if one.get("算", "").endswith(f"({key})")]
        text = "".join(printed.get(one, "") for one in parts) if parts else printed.get(key, "")
        if text and not given.get("算"):
            made[key] = text
            if given.get("值") == "分" and not re.fullmatch(r"\d+(\.\d+)?", text):
                given.pop("值")
                given.pop("角色", None)
    return {NAME: printed[NAME], **made}


def tag_indicators(board: Board, found: Indicators) -> None:
    """Tag the rows of a table, and the row of sums below it."""
    assert found.block is not None
    panel = f".{found.of('值')[0].key}" if found.block.given.get("排法") == "上下" else ""
    texts = {id(place): _text(found, place) for place in found.places}
    columns = [place.column for place in found.places]
    whole = [row for row in found.rows if all(column.cell(row) for column in columns)]
    plain_rows = [row for row in whole if all(board.empty(cell) for cell in _own(found, row))]
    first = (plain_rows or whole or found.rows)[0]
    cells = [(cell, texts[id(place)]) for place in found.places if (cell := place.column.cell(first))]
    for row in found.rows:
        for place in found.places:
            cell = place.column.cell(row)
            for opening in board.of(cell) if cell is not None and texts[id(place)] else ():
                if place.panel >= 0 and place.sort != "二级":
                    opening.tag = texts[id(place)]
                    _tell_unit(board, opening)
                elif is_ellipsis(cell.text if cell is not None else ""):
                    board.leave(opening, "表示还可以加二级指标；要加就写进“体系”，没有照搬")
    rows = [first, *(row for row in found.rows if row is not first)]
    side = first.cells[0] if first.cells[0] not in [cell for cell, _ in cells] else None
    board.loops.append(Loop(found.table, rows, f"{found.block.key}行{panel}", cells, side))
    if found.totals is not None:
        _totals(board, found, found.totals)


def _tell_unit(board: Board, opening: Opening) -> None:
    """Tell of what is printed round a line to write on, `≥___人次`: in a loop the value holds it."""
    if opening.mark.sort is Sort.LINE:
        board.guesses.append(f"{opening.said}：印着的字不照搬，值要写全（符号、数、单位）")


def _own(found: Indicators, row: Row) -> list[Cell]:
    places = [place for place in found.places if place.panel >= 0 and place.sort not in ("二级", "序号")]
    return [cell for place in places if (cell := place.column.cell(row))]


def _text(found: Indicators, place: Place) -> str:
    """Return the tag of a column."""
    assert found.block is not None
    if place.sort in ("一级", "二级"):
        return tag(ROW, place.sort)
    if place.sort == "序号":
        return "{{ loop.index }}"
    layout = found.block.given.get("排法")
    panel = []
    if layout == "并排":
        value = found.of("值", place.panel)
        panel = [value[0].key] if value else []
    if place.sort == NAME:
        return tag(ROW, *panel, NAME)
    if layout in _SEVERAL and place.sort == "值":
        return tag(ROW, *panel, _VALUE)
    if place.sort == "可能性":
        return tag(ROW, *panel, place.key, place.column.text)
    return tag(ROW, *panel, place.key)


def _totals(board: Board, found: Indicators, row: Row) -> None:
    assert found.block is not None
    given = {one["键"]: one for one in found.block.given["列"]}
    for place in found.places:
        cell = place.column.cell(row)
        opening = board.empty(cell) if cell is not None else None
        about = given.get(place.key, {})
        if opening is None:
            printed = cell is not None and about.get("角色") == "权重" and re.fullmatch(r"\d{2,3}", cell.text.strip())
            board.weights = int(printed[0]) if printed else board.weights
            continue
        if place.sort == "得分" or about.get("值") == "分":
            found.block.given.setdefault("合计", {})[place.key] = "总分" if about.get("算") else "合计"
            opening.tag = tag(found.block.key, "合计", place.key)
        else:
            board.leave(opening, "合计那一行里，这一列没有要加的数")
