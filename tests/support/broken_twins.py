"""For each review rule a change that makes a clean project of any form have its fault, by role: the form says where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from goalgen.checking.needs import is_score, overview_cells
from goalgen.checking.subject import Batch, Branch, Subject
from goalgen.forms.blocks.indicator_table import IndicatorTable
from goalgen.forms.blocks.money_table import MoneyTable
from goalgen.forms.item import Item, Kind, Role
from goalgen.forms.project import Project, Row, Unit, Value
from goalgen.source.shapes import YUAN, Amount
from tests.support.finding_making import profile
from tests.support.project_making import replace


def batch_of(projects: Sequence[Project], units: tuple[Unit, ...]) -> Batch:
    """Projects of a year as the rules read them."""
    told = profile()
    subjects = tuple(Subject(one, one.form, told, units) for one in projects)
    return Batch(projects[0].year, told, units, subjects)


def in_yuan(project: Project) -> Project:
    """The same project on the same form, but for its money, which is in 元."""
    form = project.form
    factor = YUAN[form.money_unit]
    yuan = replace(form, look=form.look._replace(money_unit="元"))
    paths = {
        table.path(column.key, row.key)
        for table in form.money_tables
        for column in table.columns
        for row in table.items
    }
    changed = {
        path: amount(value.value * factor) if path in paths and isinstance(value, Amount) else value
        for path, value in project.values.items()
    }
    return replace(project, form=yuan, values=changed)


def amount(number: object) -> Amount:
    text = f"{Decimal(str(number)):f}"
    return Amount(text.rstrip("0").rstrip(".") if "." in text else text, Decimal(text))


def field(project: Project, role: Role, value: Value | None) -> Project:
    return project.with_values({project.form.path(role): value})


def named(project: Project, name: str, code: str = "") -> Project:
    return replace(field(project, Role.NAME, name), code=code or project.code)


def branches(project: Project, *roles: Role) -> tuple[Branch, ...]:
    return tuple(
        Branch(table.key, group.key)
        for table in project.form.indicator_tables
        for group in table.tree
        if group.item.role in roles or not (roles or group.fixed)
    )


def table_of(project: Project, branch: Branch) -> IndicatorTable:
    return next(table for table in project.form.indicator_tables if table.key == branch.block)


def emptied(project: Project, *roles: Role) -> Project:
    for branch in branches(project, *roles):
        rows = [row for row in project.table(branch.block) if row.group != branch.key]
        project = project.with_rows(branch.block, rows)
    return project


def added(project: Project, roles: Sequence[Role], name: str, **texts: str) -> Project:
    """A project with one more indicator in the first 二级指标 of some roles; `texts` are its targets: all, medium, annual."""
    branch = branches(project, *roles)[0]
    table = table_of(project, branch)
    cells: dict[str, Value] = {}
    for column in table.targets:
        said = texts.get("medium" if column.role is Role.MEDIUM else "annual", texts.get("every"))
        if said is not None:
            cells[column.key] = said
    rows = project.table(branch.block)
    return project.with_rows(branch.block, [Row(branch.key, name, cells), *rows])


def every(project: Project, name: str, text: str, *roles: Role) -> tuple[Project, ...]:
    return (added(project, roles, name, every=text),)


def money_column(project: Project, *roles: Role) -> tuple[MoneyTable, Item]:
    columns = ((table, column) for table in project.form.money_tables for column in table.columns)
    return next(
        (t, c) for t, c in columns if c.kind is Kind.MONEY and not c.computed and (not roles or c.role in roles)
    )


def leaves(table: MoneyTable) -> list[str]:
    return [item.key for item in table.items if item.key not in table.parts]


def money(project: Project, number: object, *roles: Role) -> Project:
    """A project whose only money in a column is this much, in its first part; the sums agree."""
    table, column = money_column(project, *roles)
    first, *others = leaves(table)
    values: dict[str, Value | None] = {table.path(column.key, first): amount(number)}
    values.update({table.path(column.key, key): amount(0) for key in others})
    for key in table.parts:
        values[table.path(column.key, key)] = amount(number if key in table.tops or first in table.parts[key] else 0)
    return project.with_values(values)


def cell_of_money(project: Project, row: str, value: Value | None, *roles: Role) -> Project:
    table, column = money_column(project, *roles)
    return project.with_values({table.path(column.key, row): value})


def _sum_not_written(project: Project) -> Sequence[Project]:
    table, _ = money_column(project)
    key = next(item.key for item in table.items if item.key in table.parts and not item.automatic)
    return (cell_of_money(project, key, None),)


def _flat(project: Project) -> Project:
    years = project.window.last - project.window.first + 1
    return money(money(project, 10, Role.ANNUAL), 10 * years, Role.MEDIUM)


def _row_of(project: Project, *roles: Role) -> tuple[IndicatorTable, int, Row]:
    """The first indicator of a table that has columns of all these roles, which says something for the year."""
    for table in project.form.indicator_tables:
        annual = table.targets[0]
        if all(table.column(role) for role in roles):
            for n, row in enumerate(project.table(table.key)):
                if row.text(annual.key) not in (None, "不适用") and not table.groups[row.group].fixed:
                    return table, n, row
    raise AssertionError(roles)


def cells(project: Project, changes: dict[Role, Value | None]) -> tuple[Project, ...]:
    table, n, row = _row_of(project, *changes)
    columns = {role: table.column(role) for role in changes}
    merged = {**row.cells, **{column.key: changes[role] for role, column in columns.items() if column}}
    kept = {key: value for key, value in merged.items() if value is not None}
    rows = list(project.table(table.key))
    rows[n] = row._replace(cells=kept)
    return (project.with_rows(table.key, rows),)


def _low_score(project: Project) -> Sequence[Project]:
    table = next(table for table in project.form.indicator_tables if any(map(is_score, table.columns)))
    assert table.column(Role.REASON)
    return cells(project, {Role.DONE: "1人", Role.REASON: None})


def _not_comparable(project: Project) -> Sequence[Project]:
    table = project.form.indicator_tables[0]
    role = next(role for role in (Role.DONE, Role.SPENT, Role.EXPECTED) if table.column(role))
    return cells(project, {role: "20期"})


def _over_the_form(project: Project) -> Sequence[Project]:
    table = next(table for table in project.form.indicator_tables if any(group.fixed for group in table.tree))
    group = next(group for group in table.tree if any(row.cells for row in group.fixed))
    fixed = next(row for row in group.fixed if row.cells)
    key = next(key for key, value in fixed.cells.items() if isinstance(value, str))
    row = Row(group.key, fixed.name, {key: "别的"})
    return (project.with_rows(table.key, [row, *project.table(table.key)]),)


def _other_unit(project: Project) -> Sequence[Project]:
    other = replace(project, code="other")
    return project, named(field(other, Role.UNIT, "某市教育局"), "别的项目", "other")


def _without_tick(project: Project) -> Sequence[Project]:
    path = next(cell.path for cell in project.form.cells if cell.item.kind.is_ticked)
    return (project.with_values({path: None}),)


def _silent(project: Project) -> Sequence[Project]:
    own = (Role.BASIS, Role.PERIOD)
    path = next(cell.path for cell in project.form.cells if cell.must_say and cell.item.role not in own)
    return (project.with_values({path: None}),)


def _overview(project: Project, text: str) -> Sequence[Project]:
    return (project.with_values({overview_cells(project.form)[0].path: text}),)


def _goals(project: Project) -> Sequence[Project]:
    goals = {cell.path: "提供正常的会务环境" for cell in project.form.goals.values()}
    one = project.with_values(goals)
    return one, named(one, "乙", "b"), named(one, "丙", "c")


def _in_a_wrong_unit(project: Project) -> Sequence[Project]:
    """Another unit's figure, and the right one in a text."""
    small = project.form.money_unit == "元"
    return (named(money(project, 95 if small else 950_000, Role.ANNUAL), "补助95万元的项目"),)


MOBILE: Final = "13800000000"
_COST, _COUNT = Role.COST, Role.COUNT
CHANGES: Final[dict[str, Callable[[Project], Sequence[Project]]]] = {
    "F01": _sum_not_written,
    "F02": lambda p: (cell_of_money(p, next(iter(money_column(p)[0].parts)), amount(1)),),
    "F03": lambda p: (cell_of_money(p, leaves(money_column(p)[0])[-1], None),),
    "F04": lambda p: (money(p, 99_999_999, Role.ANNUAL),),
    "F05": lambda p: (_flat(p),),
    "F06": lambda p: every(_flat(p), "维修面积", "逐年递减", _COUNT),
    "F07": lambda p: every(p, "补助标准", "≤10万"),
    "F08": lambda p: (money(p, 99_999_999, Role.ANNUAL),),
    "F09": lambda p: (cell_of_money(p, leaves(money_column(p)[0])[0], amount("1.123456789")),),
    "F10": _in_a_wrong_unit,
    "F11": lambda p: (money(money(p, 5, Role.SPENT), 0, *_budget(p)),),
    "B01": lambda p: (field(p, Role.NAME, None),),
    "B02": lambda p: (field(p, Role.PERIOD, None),),
    "B03": _without_tick,
    "B04": _silent,
    "B05": lambda p: (field(p, Role.BASIS, "根据工作需要"),),
    "B06": lambda p: (named(p, "落实衡财行［2017］436号"),),
    "B07": lambda p: (field(p, Role.BASIS, "市财政局年度批复预算"),),
    "B08": lambda p: _overview(p, "根据某市教育局和衡阳市信访局驻北京联络处的安排，驻京办承办"),
    "B09": lambda p: (field(p, Role.UNIT, "没有的单位"),),
    "B10": _other_unit,
    "B11": lambda p: (field(p, Role.FILED, date(p.year, 2, 10)),),
    "N01": lambda p: (p, replace(p, code="b")),
    "N02": lambda p: (named(p, "信访工作经费、应急工作经费"),),
    "N03": lambda p: (named(p, "综合调研经费经费"),),
    "T01": lambda p: (named(p, "综合　调研"),),
    "T02": lambda p: (named(p, "调査研究"),),
    "T03": lambda p: every(p, "次数", "≥30次。"),
    "T04": lambda p: every(p, "次数", "≥**次"),
    "I01": lambda p: (emptied(p, _COUNT),),
    "I02": lambda p: (emptied(p, Role.BENEFIT),),
    "I03": lambda p: (emptied(p, Role.SATISFACTION),),
    "I04": lambda p: every(p, "次数", ""),
    "I05": lambda p: every(p, "次数", "多次"),
    "I06": lambda p: every(p, "群众", "满意", Role.SATISFACTION),
    "I07": lambda p: every(p, "收发", "及时高效"),
    "I08": lambda p: every(p, "考核合格率", "合格"),
    "I09": lambda p: every(p, "每次费用", "≥5元", _COST),
    "I10": lambda p: every(p, "经费开支", "不超过预算", _COST),
    "I11": lambda p: every(p, "总费用", "≤99999999万元", _COST if branches(p, _COST) else _COUNT),
    "I12": lambda p: (added(p, (_COUNT,), "房屋", medium="1套", annual="2套"),),
    "I13": lambda p: (added(p, (_COUNT,), "房屋", annual="2套"),),
    "I14": lambda p: (added(emptied(p, _COUNT), (_COUNT,), "安排", every="按需要安排"),),
    "I15": lambda p: every(p, "招商工作", "完成招商工作", Role.BENEFIT),
    "I16": lambda p: every(p, "资金到位", "100%"),
    "I17": lambda p: every(p, "完成时间", "2099年3月底前", Role.DEADLINE),
    "I18": lambda p: every(every(p, "督查次数", "≥30次")[0], "督查次数", "≥12次"),
    "I19": lambda p: cells(p, {Role.WEIGHT: amount(77)}),
    "I20": _low_score,
    "I21": _not_comparable,
    "I22": lambda p: cells(p, {Role.CHANCE: ("有可能",), Role.REASON: None}),
    "I23": _over_the_form,
    "X01": lambda p: (p, named(p, "别的", "b")),
    "X02": lambda p: (money(p, 10, Role.ANNUAL), named(money(p, 90, Role.ANNUAL), "别的", "b")),
    "X03": _goals,
    "P01": lambda p: (named(p, f"打{MOBILE}"),),
}
"""By rule: what becomes of a clean project so that the rule finds its fault."""


def _budget(project: Project) -> tuple[Role, ...]:
    columns = {column.role for table in project.form.money_tables for column in table.columns}
    return (Role.BUDGET,) if Role.BUDGET in columns else (Role.ANNUAL,)
