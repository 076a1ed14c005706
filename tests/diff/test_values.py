"""What a comparison is made of: changes, pairs, differences, and numbers as a person writes them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from goalgen.diff.values import Delta, Difference, Sum, Total, percent, signed
from goalgen.forms.quantity import decimal_text
from tests.support.diff_making import change, identity, pair


def test_numbers_as_a_person_writes_them() -> None:
    assert [decimal_text(Decimal(text)) for text in ("100", "100.0", "0.50", "1E2", "-0.00", "0")] == [
        "100", "100", "0.5", "100", "0", "0",
    ]  # fmt: skip
    assert [signed(Decimal(text)) for text in ("0.1", "-100", "-0")] == ["+0.1", "-100", "0"]
    assert [percent(Decimal(old), Decimal(new)) for old, new in ((3, 4), (4, 3), (-4, -5), (0, 1), (8, 9))] == [
        Decimal("33.3"), Decimal("-25.0"), Decimal("-25.0"), None, Decimal("12.5"),
    ]  # fmt: skip
    assert str(Delta(Decimal("1.50"), "万元")) == "+1.5万元"


def test_a_pair_goes_by_its_new_name_and_by_the_code_it_has() -> None:
    one = pair(identity("a", "旧"), identity("", "新", note="因"))
    assert (one.code, one.title, one.note, one.renamed) == ("a", "新（a）", "因", True)
    assert not pair(identity("a"), identity("b")).renamed
    assert pair(identity("a"), identity("b")).code == "b"
    assert pair(identity(""), identity("")).title == "甲"


def test_a_difference_counts_what_is_in_it() -> None:
    one = change("填报人", "张三", "李四")
    same, renamed = pair(identity("a"), identity("a")), pair(identity("b", "旧"), identity("b", "新"))
    changed = pair(identity("c"), identity("c", unit="丙"), one)
    nothing = Total("丙", 0, 0, Sum(Decimal(4), Decimal(3)), Sum(Decimal(0), Decimal(1)))
    found = Difference(
        "", "", "万元", (identity("d"),), (identity("e", unit="丙"),), (same, same, renamed, changed), (nothing,)
    )
    assert (found.renamed, found.changed, found.changes, found.unchanged) == ((renamed,), (changed,), (one,), 2)
    assert found.units == ("丙",)
    assert found.of_unit("乙") == ([same, same, renamed], [identity("d")], [])
    assert found.of_unit("丙") == ([changed], [], [identity("e", unit="丙")])
    assert (nothing.medium.delta, nothing.medium.percent, nothing.annual.percent) == (
        Decimal(-1),
        Decimal("-25.0"),
        None,
    )
    empty = replace(found, added=(), removed=(), pairs=(same,))
    assert not empty
    for other in (
        replace(empty, added=(identity("d"),)),
        replace(empty, removed=(identity("d"),)),
        replace(empty, pairs=(renamed,)),
        replace(empty, pairs=(changed,)),
    ):
        assert other


def test_only_amounts_of_the_form_are_money() -> None:
    assert change("项目资金.年度.总额", "1", "2")._replace(money_unit="万元").is_money
    assert not change("总体目标.年度", "1", "2").is_money


def test_numbers_are_written_without_exponent_and_idle_zeros() -> None:
    assert [decimal_text(Decimal(text)) for text in ("1E+3", "152.50", "-0.0", "876.99", "35")] == [
        "1000",
        "152.5",
        "0",
        "876.99",
        "35",
    ]
    assert [signed(Decimal(text)) for text in ("6", "-15.50", "0.00")] == ["+6", "-15.5", "0"]
    assert (percent(Decimal(-4), Decimal(-2)), percent(Decimal(0), Decimal(3))) == (Decimal(50), None)
