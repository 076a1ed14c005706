"""Say what data/projects.yaml may hold: its keys, and what projects may share by their forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from goalgen.forms import Form
from goalgen.forms.profile import PROFILE_SHAPE
from goalgen.forms.shape import NOTES_KEY, shared_keys
from goalgen.source.shapes import Key, Money, Named, Rows, Table, Text


def index_shape(forms: Iterable[Form], year: int = 2020, whole: bool = True) -> Table:
    """Return the shape of data/projects.yaml where its years have these forms, with examples of a budget year.

    What projects may share is what a form says of its fields. With `whole` these are all forms there are; otherwise one
    could not be read, and shared keys that no other form knows are passed over.
    """
    forms = tuple(forms)
    shared = shared_keys(forms, year)
    units = {form.unit_path for form in forms}
    people = {key: one for key, one in shared.items() if isinstance(one.shape, Text) and key not in units}
    common = Key(Table(shared, not whole), "各项目共用的值；项目文件里写了的，以项目文件为准")
    unit = Key(Rows(_unit_shape(people, year, whole)), "各预算单位；写在这里的填报人和电话只用于该单位的项目")
    review = Key(PROFILE_SHAPE, "goalgen check 的口径，只写与 templates/review.yaml 不同的")
    years = Named("年度", _year_shape(shared, year, whole), numeric=True, example=str(year))
    return Table(
        {
            "部门": Key(Text(), "报送这套表的部门", "市人民政府办公室"),
            "共用": common,
            "单位": unit,
            "检查": review,
            "年度": Key(years, "各预算年度", required=True),
        }
    )


def _unit_shape(people: Mapping[str, Key], year: int, whole: bool) -> Table:
    budget = Named("年度", Money(), numeric=True, example=str(year))
    return Table(
        {
            "名称": Key(Text(), "预算单位全称", "市人民政府驻北京联络处", True),
            "简称": Key(Rows(Text()), "文件里也这样称呼它", "[驻京办]"),
            **people,
            "预算": Key(budget, "各年度的项目支出预算（万元），检查时核对", f"{{{year}: 876.99}}"),
        },
        not whole,
    )


def _year_shape(shared: Mapping[str, Key], year: int, whole: bool) -> Table:
    files = "项目文件，按合订本的顺序；相对于本文件；还没有项目就空着"
    gone = "上年有、这一年不再报的项目，按编号写原因；goalgen diff 的对照表列出"
    return Table(
        {
            "表样": Key(Text(), "templates 文件夹里的表样", "form_2020", True),
            "共用": Key(Table(dict(shared), not whole), "只用于这一年度的共用值"),
            "项目": Key(Rows(Text()), files, f"{year}/01-xiang-mu.yaml", required=True, may_be_empty=True),
            NOTES_KEY: Key(Named("编号", Text()), gone, "{lin-pin-gong-zi: 并入部门预算的人员经费}"),
        }
    )
