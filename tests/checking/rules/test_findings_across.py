"""What the rules across projects say, word for word, at their borders."""

from __future__ import annotations

from typing import Any, Final

import pytest

from tests.support.finding_making import Case, each_case, money, row, said

TWO: Final = "项目名称: 甲\n---\n编号: b\n项目名称: 乙\n"
NOTHING: Final = (
    "绩效指标: {数量指标: , 质量指标: , 时效指标: , 成本指标: , 经济效益指标: , 社会效益指标: , 生态效益指标: ,"
    " 可持续影响指标: , 社会公众或服务对象满意度指标: }\n"
)


def goals(annual: str, medium: str = "") -> str:
    return f"总体目标: {{中长期: {medium}, 年度: {annual}}}\n"


B: Final = "---\n编号: b\n"
CASES: Final[dict[str, list[Case]]] = {
    "X01": [
        (
            TWO,
            [
                "zheng-wu-du-cha 绩效指标 目标和指标的文字与别的项目大半相同：b（乙）100%",
                "b 绩效指标 目标和指标的文字与别的项目大半相同：zheng-wu-du-cha（甲）100%",
            ],
        ),
        (
            TWO + "---\n编号: c\n项目名称: 丙\n",
            [
                "zheng-wu-du-cha 绩效指标 目标和指标的文字与别的项目大半相同：b（乙）100%，c（丙）100%",
                "b 绩效指标 目标和指标的文字与别的项目大半相同：zheng-wu-du-cha（甲）100%，c（丙）100%",
                "c 绩效指标 目标和指标的文字与别的项目大半相同：zheng-wu-du-cha（甲）100%，b（乙）100%",
            ],
        ),
        (
            NOTHING + goals("甲乙丙丁戊己") + B + NOTHING + goals("甲乙丙丁戊庚"),
            [
                "zheng-wu-du-cha 绩效指标 目标和指标的文字与别的项目大半相同：b（政务督查经费）80%",
                "b 绩效指标 目标和指标的文字与别的项目大半相同：zheng-wu-du-cha（政务督查经费）80%",
            ],
        ),
        (NOTHING + goals("甲乙丙丁戊己") + B + NOTHING + goals("甲乙丙丁庚辛"), []),
        (
            NOTHING + goals("甲乙丙丁") + B + NOTHING + goals("甲乙丙丁戊己"),
            [
                "zheng-wu-du-cha 绩效指标 目标和指标的文字与别的项目大半相同：b（政务督查经费）75%",
                "b 绩效指标 目标和指标的文字与别的项目大半相同：zheng-wu-du-cha（政务督查经费）75%",
            ],
        ),
        (NOTHING + goals("") + B + NOTHING + goals(""), []),
    ],
    "X02": [
        (
            TWO + money((69, 69, 0)) + "---\n编号: c\n" + money((80, 80, 0)),
            [
                "zheng-wu-du-cha 项目资金.年度 与别的项目产出相同，资金不同：本项目 35 万元，b 69 万元，c 80 万元",
                "b 项目资金.年度 与别的项目产出相同，资金不同：本项目 69 万元，zheng-wu-du-cha 35 万元，c 80 万元",
                "c 项目资金.年度 与别的项目产出相同，资金不同：本项目 80 万元，zheng-wu-du-cha 35 万元，b 69 万元",
            ],
        ),
        (
            TWO + money((80, 80, 0)),
            [
                "zheng-wu-du-cha 项目资金.年度 与别的项目产出相同，资金不同：本项目 35 万元，b 80 万元",
                "b 项目资金.年度 与别的项目产出相同，资金不同：本项目 80 万元，zheng-wu-du-cha 35 万元",
            ],
        ),
        (
            TWO + money((70, 70, 0)),
            [
                "zheng-wu-du-cha 项目资金.年度 与别的项目产出相同，资金不同：本项目 35 万元，b 70 万元",
                "b 项目资金.年度 与别的项目产出相同，资金不同：本项目 70 万元，zheng-wu-du-cha 35 万元",
            ],
        ),
        (TWO + money((69, 69, 0)), []),
        (TWO + money((0, 0, 0)), []),
        (TWO + money((80, 80, 0)) + row("数量指标", "次数", "9次", "3次"), []),
        (
            TWO + money((80, 80, 0)) + row("质量指标", "率", "90%", "90%"),
            [
                "zheng-wu-du-cha 项目资金.年度 与别的项目产出相同，资金不同：本项目 35 万元，b 80 万元",
                "b 项目资金.年度 与别的项目产出相同，资金不同：本项目 80 万元，zheng-wu-du-cha 35 万元",
            ],
        ),
        (
            row("数量指标", "督查次数", None, "按需")
            + "\n---\n编号: b\n"
            + row("数量指标", "督查次数", None, "按需")
            + "\n"
            + money((80, 80, 0)),
            [],
        ),
        (
            TWO + money((80, 80, 0)) + "\n---\n编号: c\n" + money((90, 90, 0)),
            [
                "zheng-wu-du-cha 项目资金.年度 与别的项目产出相同，资金不同：本项目 35 万元，b 80 万元，c 90 万元",
                "b 项目资金.年度 与别的项目产出相同，资金不同：本项目 80 万元，zheng-wu-du-cha 35 万元，c 90 万元",
                "c 项目资金.年度 与别的项目产出相同，资金不同：本项目 90 万元，zheng-wu-du-cha 35 万元，b 80 万元",
            ],
        ),
    ],
    "X03": [
        ("总体目标: {中长期: 办会30次, 年度: 办会30次}", ["总体目标.年度 年度目标与中长期目标一字不差"]),
        ("总体目标: {中长期: , 年度: }", []),
        (
            "编号: a\n---\n编号: b\n---\n编号: c\n总体目标: {中长期: 别的}",
            [
                "a 总体目标.年度 年度目标与另外 2 个项目相同",
                "b 总体目标.年度 年度目标与另外 2 个项目相同",
                "c 总体目标.年度 年度目标与另外 2 个项目相同",
            ],
        ),
        ("编号: a\n---\n编号: b", []),
    ],
}
CHANGED: Final[list[tuple[str, str, list[str], dict[str, Any]]]] = [
    ("X01", TWO, [], {"相似度": 100}),
    ("X02", TWO, [], {"差额倍数": 1}),
    (
        "X02",
        TWO + money((69, 69, 0)),
        [
            "zheng-wu-du-cha 项目资金.年度 与别的项目产出相同，资金不同：本项目 35 万元，b 69 万元",
            "b 项目资金.年度 与别的项目产出相同，资金不同：本项目 69 万元，zheng-wu-du-cha 35 万元",
        ],
        {"差额倍数": 1},
    ),
    (
        "X03",
        "编号: a\n---\n编号: b",
        [
            "a 总体目标.中长期 中长期目标与另外 1 个项目相同",
            "a 总体目标.年度 年度目标与另外 1 个项目相同",
            "b 总体目标.中长期 中长期目标与另外 1 个项目相同",
            "b 总体目标.年度 年度目标与另外 1 个项目相同",
        ],
        {"同文项目数": 2},
    ),
]


@each_case(CASES)
def test_a_rule_says_exactly_this(code: str, change: str, lines: list[str]) -> None:
    assert said(code, change) == lines


@pytest.mark.parametrize(("code", "change", "lines", "changes"), CHANGED)
def test_what_the_profile_changes(code: str, change: str, lines: list[str], changes: dict[str, Any]) -> None:
    assert said(code, change, **changes) == lines
