"""Texts in the markup of reports are texts."""

from __future__ import annotations

from goalgen.text.markup import cell, choice


def test_a_list_offers_everything_first_and_escapes_its_values() -> None:
    assert choice("unit", "单位", ["甲", "R&D <b>"]) == (
        '<label>单位 <select name="unit"><option value="">全部</option>'
        "<option>甲</option><option>R&amp;D &lt;b&gt;</option></select></label>"
    )


def test_a_cell_is_one_line_without_marks_of_markdown() -> None:
    assert cell("a|b\n*c* _d_ <e> [f] `g` \\h") == r"a\|b \*c\* \_d\_ \<e\> \[f\] \`g\` \\h"
