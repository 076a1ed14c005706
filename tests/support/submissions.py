"""Small submissions of two years, made by hand: for tests that change what lies in them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

SKELETON: Final = """\
# yaml-language-server: $schema=../../schema/project.schema.json
编号: {code}
项目名称: {name}
预算单位: {unit}
项目类型: 其他
项目资金:
  年度: {{财政拨款: 12}}
"""
INDEX: Final = """\
部门: 市府办
共用: {预算单位: 市府办, 填报人: 张三}
单位:
  - {名称: 市府办, 简称: [府办]}
  - 名称: 驻京办事处
    简称: [驻京办]
年度:
  2025:
    表样: form_2020
    共用:
      预算单位: 驻京办事处
    项目:
      - 2025/01-jia.yaml # 第一个
      - 2025/02-乙项目.yaml
      - "2025/03-bing.yaml"
  2026:
    表样: form_2020
    变更说明: {bing: 并入甲}
    项目: [2026/01-jia.yaml, 2026/02-乙项目.yaml]
"""


def two_years(folder: Path, index: str = INDEX) -> Path:
    """Write a submission of three projects in 2025 and two of them in 2026; gives its folder back."""
    for year, projects in ((2025, ("jia", "yi", "bing")), (2026, ("jia", "yi"))):
        for number, code in enumerate(projects, 1):
            name = {"jia": "甲项目", "yi": "乙项目", "bing": "丙项目"}[code]
            file = folder / "data" / str(year) / f"{number:02d}-{name if code == 'yi' else code}.yaml"
            file.parent.mkdir(parents=True, exist_ok=True)
            unit = "驻京办事处" if code == "yi" else "市府办"
            file.write_text(SKELETON.format(code=code, name=name, unit=unit), encoding="utf-8")
    (folder / "data/projects.yaml").write_text(index, encoding="utf-8")
    return folder


def text_of(folder: Path, name: str = "data/projects.yaml") -> str:
    """The text of a file of the submission."""
    return (folder / name).read_text(encoding="utf-8")


def everything(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path in it."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
