"""Learn a form from its blank: spec, template, what was not understood, and a page that shows them beside each other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from goalgen.authoring.learning.board import Board, Opening
from goalgen.authoring.learning.details import read_details
from goalgen.authoring.learning.field_rows import read_fields, read_goals, read_paragraph
from goalgen.authoring.learning.indicator_columns import tag_indicators
from goalgen.authoring.learning.indicator_places import Indicators
from goalgen.authoring.learning.indicators import read_indicators
from goalgen.authoring.learning.money import read_money
from goalgen.authoring.learning.page import page
from goalgen.authoring.learning.proposal import settle, spec_text, title_of
from goalgen.authoring.learning.tagging import put_tags
from goalgen.authoring.learning.words import words
from goalgen.errors import Place, Problem, Severity
from goalgen.forms.form import Form, labels
from goalgen.forms.layout import blank_context
from goalgen.forms.spec import form_of, spec_values
from goalgen.word.editing import Draft, Table
from goalgen.word.template.compiling import prepare
from goalgen.word.zip_reading import PackageError

_UNKNOWN: Final = "认不出是什么"


class Learned(NamedTuple):
    """Hold what was learned of a blank: the spec and the page as text, the template's bytes, the form they make.

    `tagged` counts the places that a person fills and that have a tag now, `unread` the others; `problems` say what was
    not understood (L01) and what was guessed (L02), a line each.
    """

    spec: str
    template: bytes
    page: str
    form: Form
    tagged: int
    unread: int
    problems: tuple[Problem, ...]


def learn(data: bytes, name: str, label: str, folder: Path) -> Learned:
    """Learn a form from the bytes of its blank; `label` is the blank's file name, `folder` where the pack will lie.

    Raises GoalgenError when the bytes are no Word document (D01), when there is nothing on it that a person fills
    (L03), and when spec and template do not fit together.
    """
    try:
        draft = Draft(data)
        edges = [text.strip() for text in draft.edges()]
        board = Board(draft, words())
    except PackageError as error:
        raise Problem("D01", f"空白表打不开：{error}", Place(label), "用 Word 或 WPS 另存为 .docx").error() from error
    if not board.openings:
        raise Problem("L03", "表上没有要填的空格", Place(label), "给一张没有填过的空白表").error()
    read(board)
    settle(board)
    spec = spec_text(board, name, title_of(board, name))
    problems = _problems(board, label, [text for text in edges if text])
    shown = page(board, name, spec, problems)
    put_tags(board)
    template = board.draft.save()
    form = form_of(spec_values(spec.encode(), f"{name}.yaml"), folder)
    prepare(template, f"{name}.docx", form.merged, labels(form), blank_context(form), optional=form.optional)
    tagged = sum(bool(opening.tag) for opening in board.openings)
    return Learned(spec, template, shown, form, tagged, len(board.openings) - tagged, problems)


def read(board: Board) -> None:
    """Go through a blank and let the recognisers take what they know, from top to bottom."""
    found: list[Indicators] = []

    def indicators(board: Board, table: Table, at: int) -> int:
        return read_indicators(board, table, at, found)

    readers: tuple[Callable[[Board, Table, int], int], ...] = (
        *(indicators, read_money, read_goals, read_details, read_fields),
    )
    for part in board.draft.content:
        if not isinstance(part, Table):
            read_paragraph(board, part)
            continue
        at = 0
        while at < len(part.rows):
            at += next(used for reader in readers if (used := reader(board, part, at)))
    for one in found:
        tag_indicators(board, one)


def _problems(board: Board, label: str, edges: list[str]) -> tuple[Problem, ...]:
    def told(code: str, message: str, hint: str, severity: Severity = Severity.WARNING) -> Problem:
        return Problem(code, message, Place(label), hint, severity)

    hint = "在模板里放上标签、在表样说明里加一行，或留着不填"
    found = [told("L01", f"{one.said}：{one.why or _UNKNOWN}", hint) for one in _open(board)]
    found += [told("L01", f"第{table}个表：{why}", hint) for table, _, why in board.unlike]
    found += [told("L01", f"页眉页脚“{text[:24]}”没有读", "里面有要填的，在模板里放上标签") for text in edges]
    if not board.unit:
        board.guesses.append("表上没有写金额单位，照万元")
    if board.own_words:
        words = "、".join(f"“{word}”" for word in dict.fromkeys(board.own_words))
        board.guesses.append(f"不是常见的词，照表上的字起了键、当作文字，没有角色：{words}")
    guesses = dict.fromkeys(board.guesses)
    return (*found, *(told("L02", text, "请核对", Severity.INFO) for text in guesses))


def _open(board: Board) -> list[Opening]:
    return [opening for opening in board.openings if not opening.tag]
