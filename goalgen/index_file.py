"""The shape of data/projects.yaml, the index of a submission."""

from __future__ import annotations

from typing import Final

from goalgen import profile
from goalgen.project_file import NOTES, SHARED
from goalgen.shape import Key, Money, Named, Rows, Table, Text

PEOPLE: Final = {key: SHARED[key] for key in ("填报人", "联系电话")}
SHAPE: Final = Table(
    {
        "部门": Key(Text(), "报送这套表的部门", "衡阳市人民政府办公室"),
        "共用": Key(Table(SHARED), "各项目共用的值；项目文件里写了的，以项目文件为准"),
        "单位": Key(
            Rows(
                Table(
                    {
                        "名称": Key(Text(), "预算单位全称", "衡阳市人民政府驻北京联络处", True),
                        "简称": Key(Rows(Text()), "文件里也这样称呼它", "[驻京办]"),
                        **PEOPLE,
                        "预算": Key(
                            Named("年度", Money(), numeric=True),
                            "各年度的项目支出预算（万元），检查时核对",
                            "{2020: 876.99}",
                        ),
                    }
                )
            ),
            "各预算单位；写在这里的填报人和电话只用于该单位的项目",
        ),
        "检查": Key(profile.SHAPE, "goalgen check 的口径，只写与 templates/review.yaml 不同的"),
        "年度": Key(
            Named(
                "年度",
                Table(
                    {
                        "表样": Key(Text(), "templates 文件夹里的表样", "form_2020", True),
                        "共用": Key(Table(SHARED), "只用于这一年度的共用值"),
                        "项目": Key(
                            Rows(Text()), "项目文件，按合订本的顺序；相对于本文件", "2020/01-xiang-mu.yaml", True
                        ),
                        NOTES: Key(
                            Named("编号", Text()),
                            "上年有、这一年不再报的项目，按编号写原因；goalgen diff 的对照表列出",
                            "{lin-pin-gong-zi: 并入部门预算的人员经费}",
                        ),
                    }
                ),
                numeric=True,
            ),
            "各预算年度",
            required=True,
        ),
    }
)
"""The shape of data/projects.yaml."""
