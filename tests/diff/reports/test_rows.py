"""Every change of a comparison is a row, and nothing else is."""

from __future__ import annotations

from goalgen.diff.reports.rows import SORTS
from goalgen.diff.values import Difference
from tests.support.diff_reports import rows_of


def test_every_change_is_a_row_and_nothing_else(difference: Difference) -> None:
    rows = rows_of(difference)
    whole = len(difference.added) + len(difference.removed) + len(difference.renamed)
    assert len(rows) == whole + len(difference.changes) > 300
    assert {sort for row in rows for sort in row.sorts} <= set(SORTS)
    money = next(row for row in rows if row.code == "zheng-wu-du-cha" and row.label == "年度财政拨款")
    assert (money.before, money.after, money.measure) == ("35", "42", "+7万元（+20%）")
    assert money.sorts == ("资金增加", "修改") and money.note == "增加第三方核查"
    assert money.place.startswith("data/2021/11-zheng-wu-du-cha.yaml:")
