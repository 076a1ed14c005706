"""Make a difference the 对照表 that a leader signs: a Word document, through a template that can be restyled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from goalgen.diff.reports import words
from goalgen.diff.reports.rows import Row, sections
from goalgen.diff.values import Difference, Part, Sum, Total, signed
from goalgen.files.names import shown
from goalgen.files.reading import read_whole
from goalgen.files.refusals import unreadable_template
from goalgen.forms.blocks.panels import MERGE_CONTINUE, MERGE_RESTART
from goalgen.forms.pack import DIFF_TABLE, beside
from goalgen.forms.quantity import decimal_text
from goalgen.word.document import Assembler
from goalgen.word.template.compiled import Compiled
from goalgen.word.template.compiling import prepare
from goalgen.word.template.filling import Filler

MERGED_COLUMNS: Final = ("项目",)
"""The columns whose cells merge downwards."""


def docx(difference: Difference, templates: Path) -> bytes:
    """Return the bytes of the .docx, the same each time; amounts are in the form's unit (万元).

    The template is the one in the folder `templates`, or else goalgen's own. Raises GoalgenError with what is
    wrong with the template (D01, D02, D03, D06).
    """
    compiled = _compiled(beside(templates, DIFF_TABLE))
    assembler = Assembler(compiled)
    return assembler.form(assembler.leaf(Filler(compiled).fill(context(difference))))


def _compiled(template: Path) -> Compiled:
    """Read, compile and check a template. Raises GoalgenError with what is wrong with it."""
    try:
        data = read_whole(template)
    except OSError as error:
        raise unreadable_template(shown(template), error).error() from error
    return prepare(data, shown(template), MERGED_COLUMNS, (), BLANK_CONTEXT)


def context(difference: Difference) -> dict[str, Any]:
    """Return what the template may print: texts, nested, by their words on the table; every name is there, "" when empty."""
    names = ("上年", "本年") if _next_year(difference) else ("原来", "现在")
    return {
        "原": difference.old,
        "现": difference.new,
        "原称": names[0],
        "现称": names[1],
        "金额单位": difference.money_unit,
        "编制单位": difference.department,
        "个数": _counts(difference, *names),
        "变化": words.strengths(difference),
        "合计": [*(_total(total, total.unit) for total in difference.totals), _total(difference.whole, "合计")],
        "各单位": [
            {
                "名称": section.total.unit,
                "小计": _change(section.total.annual, difference.money_unit, *names),
                "行": [row for rows in section.projects for row in _rows(rows)],
            }
            for section in sections(difference)
        ],
        "附注": [*words.unread(difference), *_hidden(difference.hidden)],
    }


def _counts(difference: Difference, before: str, after: str) -> str:
    """Count the projects as a person says it: `上年 16 个项目，本年 17 个：新增 1，有改动 12`."""
    whole = difference.whole
    _, _, told = words.counts(difference).partition("：")
    return f"{before} {whole.old_count} 个项目，{after} {whole.new_count} 个" + (f"：{told}" if told else "")


def _change(money: Sum, unit: str, before: str, after: str) -> str:
    """Say how an amount changed: `年度资金上年 60 万元，本年 45 万元，减少 15 万元（-25%）`."""
    if not money.delta:
        return f"年度资金 {decimal_text(money.new)} {unit}，不变"
    way = "增加" if money.delta > 0 else "减少"
    sides = f"{before} {decimal_text(money.old)} {unit}，{after} {decimal_text(money.new)} {unit}"
    return f"年度资金{sides}，{way} {decimal_text(abs(money.delta))} {unit}{words.share(money.percent)}"


def _hidden(count: int) -> list[str]:
    return [f"另有 {count} 处只是年限顺延和填报日期，没有列出。"] if count else []


def _next_year(difference: Difference) -> bool:
    """Tell whether the new side is the year after the old one, as 上年 and 本年 say."""
    pairs = difference.pairs
    return bool(pairs) and all(pair.new.year == pair.old.year + 1 for pair in pairs)


def _total(total: Total, name: str) -> dict[str, Any]:
    same = total.old_count == total.new_count
    count = str(total.new_count) if same else f"{total.new_count}（原 {total.old_count}）"
    return {"单位": name, "项目数": count, "年度": _sum(total.annual), "中长期": _sum(total.medium)}


def _sum(money: Sum) -> dict[str, str]:
    share = "" if money.percent is None else f"{signed(money.percent)}%"
    return {"原": decimal_text(money.old), "现": decimal_text(money.new), "增减": signed(money.delta), "幅度": share}


def _rows(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """Give the rows of a project; its name stands in the first, and again in each row as 项目名 (a page may begin there)."""
    for number, row in enumerate(rows):
        yield {
            "项目": "" if number else row.name,
            "项目名": row.name,
            "字段": row.label,
            "上年": _parts(row.old, row) or _reckoned(row, -1),
            "本年": _parts(row.new, row) or _reckoned(row, 1),
            "增减": row.measure.replace("（", "\n（").replace("） ", "）\n"),
            "说明": row.note,
            "合并": {"项目": MERGE_CONTINUE if number else MERGE_RESTART},
        }


def _parts(parts: Sequence[Part], row: Row) -> list[dict[str, Any]]:
    """Give a text in pieces, `改` where the other side differs; never where all of it differs, or in an amount."""
    partly = any(not part.changed and part.text.strip() for part in (*row.old, *row.new))
    marks = partly and not (row.change and row.change.is_money)
    texts = [(part.text.replace("\n", " "), marks and part.changed) for part in parts]
    return [{"字": text, "改": changed} for text, changed in texts]


def _reckoned(row: Row, sign: int) -> list[dict[str, Any]]:
    """Say what an amount that is not written counts, where it is a total that has parts; `sign` is 1 for the new side."""
    change = row.change
    other = row.before if sign > 0 else row.after
    if not (change and change.is_money and change.delta and other):
        return []
    worth = Decimal(other) + sign * change.delta.number
    return [{"字": f"没有填，各项相加是 {decimal_text(worth)}", "改": False}] if worth else []


_BLANK_SUM: Final = {"原": "", "现": "", "增减": "", "幅度": ""}
_BLANK_PIECES: Final = [{"字": "", "改": False}]
BLANK_CONTEXT: Final[dict[str, Any]] = {
    **{name: "" for name in ("原", "现", "原称", "现称", "金额单位", "编制单位", "个数", "变化")},
    "合计": [{"单位": "", "项目数": "", "年度": _BLANK_SUM, "中长期": _BLANK_SUM}],
    "各单位": [
        {
            "名称": "",
            "小计": "",
            "行": [
                {
                    **{
                        "项目": "",
                        "项目名": "",
                        "字段": "",
                        "上年": _BLANK_PIECES,
                        "本年": _BLANK_PIECES,
                        "增减": "",
                        "说明": "",
                    },
                    "合并": {"项目": ""},
                }
            ],
        }
    ],
    "附注": [""],
}
"""A context with every name on offer."""
