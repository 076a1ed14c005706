"""Show a blank and the spec that was learned of it beside each other, as one .html page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from goalgen.authoring.learning.board import Board
from goalgen.authoring.learning.marks import Sort
from goalgen.errors import Problem
from goalgen.word.editing import Cell, Spot, Table

_STYLE: Final = """
body{font:14px/1.6 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;margin:0;color:#222;background:#f6f7f9}
header{background:#fff;padding:8px 20px;border-bottom:1px solid #ccc}h1{font-size:20px;margin:0}h2{font-size:16px}
main{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:20px;padding:0 20px;align-items:start}
table{border-collapse:collapse;width:100%;background:#fff;margin:8px 0;table-layout:fixed}
td{border:1px solid #555;padding:3px 5px;overflow-wrap:anywhere;white-space:pre-line}
.tagged{background:#dff3e3}.unread{background:#f8d7da}code{font-size:12px;color:#14532d}.unread code{color:#842029}
pre{background:#fff;border:1px solid #ccc;padding:10px;overflow:auto;font-size:12px;white-space:pre-wrap}
li{margin:2px 0}@media(max-width:900px){main{grid-template-columns:1fr}}
"""


def page(board: Board, name: str, spec: str, problems: Sequence[Problem]) -> str:
    """Write the page: the blank with its tags (green) and what was not understood (red), the spec, what to look at."""
    title = f"{name}：空白表与表样说明"
    told = "".join(f"<li>{escape(problem.said)}</li>" for problem in problems)
    form = "".join(_part(board, part) for part in board.draft.content)
    return (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{escape(title)}</title><style>{_STYLE}</style>'
        f"<header><h1>{escape(title)}</h1><p><span class=tagged>绿</span> 放了标签　<span class=unread>红</span> 没有认出来</p>"
        f"</header><main><section><h2>空白表</h2>{form}</section><section><h2>请核对</h2><ul>{told}</ul>"
        f"<h2>表样说明</h2><pre>{escape(spec)}</pre></section></main></html>\n"
    )


def _part(board: Board, part: Spot | Table) -> str:
    if isinstance(part, Table):
        rows = ("".join(_cell(board, cell) for cell in row.cells if cell.above is None) for row in part.rows)
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
    return f"<p>{_text(board, part)}</p>" if part.text.strip() or board.of(part) else ""


def _cell(board: Board, cell: Cell) -> str:
    own = board.of(cell)
    kind = "" if not own else " class=tagged" if all(one.tag for one in own) else " class=unread"
    return f"<td colspan={cell.end - cell.start} rowspan={cell.rows}{kind}>{_text(board, cell)}</td>"


def _text(board: Board, spot: Spot) -> str:
    """Write a text with its tags in the places that they take."""
    return "".join(_pieces(board, spot))


def _pieces(board: Board, spot: Spot) -> Iterator[str]:
    at = 0
    for opening in board.of(spot):
        mark = opening.mark
        yield escape(spot.text[at : mark.start])
        whole = mark.sort is Sort.PLACEHOLDER
        yield escape(spot.text) + " " if whole else ""
        yield f"<code>{escape(opening.tag or '？')}</code>"
        at = mark.end
    yield escape(spot.text[at:])
