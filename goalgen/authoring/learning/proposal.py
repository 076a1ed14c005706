"""Write what was learned of a blank as the spec of a form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from goalgen.authoring.learning.board import Board, Proposed
from goalgen.authoring.learning.marks import Sort, is_empty
from goalgen.authoring.learning.texts import WINDOW
from goalgen.authoring.learning.words import Word, bare, plain
from goalgen.source.writing import scalar
from goalgen.word.editing import Table

_ORDER: Final = (
    *("键", "标签", "值", "选项", "必填", "共用", "角色", "算", "自动", "印", "曾用", "字数", "只", "否则"),
    "固定行",
)
_CODE: Final = {
    "键": "编号",
    "值": "编号",
    "必填": "是",
    "印": "否",
    "说明": "项目的编号，逐年不变，文件名和年度对比都靠它",
}
_USUAL_UNIT: Final = "万元"


def title_of(board: Board, name: str) -> str:
    """Return the title of the form: the first words that are nothing else, or the name."""
    for part in board.draft.content:
        if not isinstance(part, Table):
            text = re.sub(r"[（(].*?[)）]", "", part.text)
            for opening in board.of(part):
                text = text.replace(part.text[opening.mark.start : opening.mark.end], "")
            if len(bare(text)) > 3 and "：" not in text:
                return bare(text).removeprefix("年度")
        elif part.rows and len(part.rows[0].cells) == 1 and not is_empty(part.rows[0].cells[0].text):
            return bare(part.rows[0].cells[0].text)
    return name


def settle(board: Board) -> None:
    """Bring the blocks into the shape of a spec: keys for fields at the top, roles given once, 编号 and the name there."""
    board.blocks = [block for block in board.blocks if block.given.get("行", True) and block.given.get("列", True)]
    if not any(block.top for block in board.blocks):
        board.blocks.insert(0, Proposed("", {"类": "栏目", "顶层": "是", "行": []}, top=True))
    tops = [block for block in board.blocks if block.top]
    tops[0].given["行"].insert(0, dict(_CODE))
    if board.window_wanted:
        tops[-1].given["行"].append({"键": WINDOW, "值": "年限", "共用": "是", "角色": "中长期"})
    tables = [n for n, block in enumerate(board.blocks) if block.given["类"] == "指标表"]
    for block in tops:
        n = board.blocks.index(block)
        usual = "基本" if block is tops[0] else "落款" if tables and n > tables[-1] else "其他栏"
        name = plain(block.given.get("标签", "")) or usual
        block.key = board.key(name)
    _give_roles(board, [(block, row) for block in board.blocks for row in block.given.get("行", ()) if "词" in row])
    if not any(row.get("角色") == "名称" for block in board.blocks for row in block.given.get("行", ())):
        tops[0].given["行"].append({"键": board.key("项目名称"), "必填": "是", "角色": "名称", "印": "否"})
        board.guesses.append("表上没有项目名称一栏：加了一个不印的“项目名称”")


def _give_roles(board: Board, rows: Sequence[tuple[Proposed, dict[str, Any]]]) -> None:
    """Give each role to the field whose word comes first in the table of words."""
    best: dict[str, Word] = {}
    words: list[Word] = [row["词"] for _, row in rows if row["词"] is not None]
    stand_in = next((word for word in words if word.get("代名称")), None)
    if stand_in is not None and not any(word.get("角色") == "名称" for word in words):
        best["名称"] = stand_in
        board.guesses.append(f"没有项目名称一栏，照“{stand_in.name}”是名称")
    for word in sorted(words, key=lambda word: word.rank):
        if word.get("角色") and word is not stand_in:
            best.setdefault(word.get("角色"), word)
    given: set[str] = set()
    for block, row in rows:
        word = row.pop("词")
        role = next((role for role, one in best.items() if one is word and role not in given), "")
        if role and row.get("值") in (None, "日期", "年限"):
            row["角色"] = role
            given.add(role)
        if word is not None:
            _take_over(row, word, block.top, bool(role))


def _take_over(row: dict[str, Any], word: Word, top: bool, has_role: bool) -> None:
    """Take over what the table of words says of a field."""
    if top and word.get("共用"):
        row["共用"] = "是"
    if top and word.get("必填") and has_role:
        row["必填"] = "是"
    if not has_role and word.name != row["键"] and not word.get("止"):
        row["曾用"] = [word.name]


def spec_text(board: Board, name: str, title: str) -> str:
    """Write the spec: YAML in the language of forms."""
    unticked, ticked = _boxes(board)
    lines = [
        "# yaml-language-server: $schema=../schema/form.schema.json",
        "# goalgen form learn 照空白表写的草稿：角色、键和合计请对着表核对；标签未与原件核对。",
        f"表样: {scalar(name)}",
        f"名称: {scalar(title)}",
        f"阶段: {board.words.stage(title)}",
        f"模板: {scalar(f'{name}.docx')}",
        f"金额单位: {board.unit or _USUAL_UNIT}",
        *(["中长期年数: 3"] if board.window_wanted else []),
        *([f"权重合计: {_weights(board)}"] if _weights(board) > 0 else []),
        f"已选: {scalar(ticked)}",
        f"未选: {scalar(unticked)}",
        '日期格式: "{年}年{月}月{日}日"',
        "块:",
    ]
    for block in board.blocks:
        lines += _block(block)
    return "\n".join(lines) + "\n"


def _weights(board: Board) -> int:
    """Return what the weights add up to, by the printed sum: without the points that 执行率 has; 0 where none is printed."""
    formulas = [column.get("算", "") for block in board.blocks for column in block.given.get("列", ())]
    points = (re.fullmatch(r"执行得分\(.*, (\d+)\)", formula) for formula in formulas)
    return board.weights - next((int(found[1]) for found in points if found), 0)


def _boxes(board: Board) -> tuple[str, str]:
    """Return what the form prints in a box that is not ticked, and in one that is."""
    taken = [opening for opening in board.openings if opening.tag]
    box = next((one for one in taken if one.mark.sort is Sort.BOX), None)
    if box is not None:
        return box.spot.text[box.mark.start], "☑"
    return ("（  ）", "（√）") if any(one.mark.sort is Sort.BRACKET for one in taken) else ("□", "☑")


def _block(block: Proposed) -> Iterator[str]:
    yield f"  {scalar(block.key)}:"
    for key, value in block.given.items():
        if key in ("行", "列"):
            yield f"    {key}:"
            yield from (f"      - {_flow(row)}" for row in value)
        elif key == "体系":
            yield from _tree(value)
        elif isinstance(value, str):
            yield f"    {key}: {scalar(value)}"
        else:
            yield f"    {key}: {_flow(value)}"


def _tree(tree: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    yield "    体系:"
    for first, groups in tree.items():
        yield f"      {scalar(first)}:"
        for key, group in groups.items():
            fixed = group.get("固定行")
            rest = {word: value for word, value in group.items() if word != "固定行"}
            if not fixed:
                yield f"        {scalar(key)}: {_flow(rest)}"
                continue
            yield f"        {scalar(key)}:"
            yield from (f"          {word}: {_flow(value)}" for word, value in rest.items())
            yield "          固定行:"
            yield from (f"            - {_flow(row)}" for row in fixed)


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        known = [key for key in _ORDER if key in value]
        keys = [*known, *(key for key in value if key not in known)]
        return "{" + ", ".join(f"{scalar(key, True)}: {_flow(value[key])}" for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(one) for one in value) + "]"
    return scalar(str(value), True)
