"""What single rules say of projects made in memory: the good project of a form, changed by lines of YAML."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from goalgen import source
from goalgen.checking.review import catalogue
from goalgen.checking.rule import Finding
from goalgen.checking.subject import Batch, Subject
from goalgen.forms import Form
from goalgen.forms.profile import Profile, load_profile
from goalgen.forms.project import Project, Unit
from goalgen.submission.project_file import Setting, convert
from tests.support.form_making import REVIEWED, form_named
from tests.support.places import ROOT
from tests.support.review_cases import GOOD, merged, values

FORM_2020: Final = "form_2020"
UNITS: Final = (
    Unit("衡阳市人民政府办公室", ("市政府办",)),
    Unit("衡阳市人民政府驻北京联络处", ("驻京办",)),
    Unit("衡阳市人民政府驻广州（深圳）办事处", ("驻广办",)),
)
UNITS_ELSEWHERE: Final = (Unit("某市培训中心", ("培训中心",)), Unit("某市教育局"))
"""The units of the forms but that of 2020."""


def money(annual: Sequence[object], medium: Sequence[object] | None = None) -> str:
    """A change of 项目资金: 总额, 财政拨款 and 其他资金 of a side, None for a line that is not written."""
    sides = {"中长期": medium, "年度": annual}
    lines = {name: zip(("总额", "财政拨款", "其他资金"), side, strict=True) for name, side in sides.items() if side}
    written = (
        f"{name}: {{{', '.join(f'{key}: {value}' for key, value in side if value is not None)}}}"
        for name, side in lines.items()
    )
    return f"项目资金: {{{', '.join(written)}}}\n"


def profile(**changes: Any) -> Profile:
    """The review profile, with the changes of a projects.yaml."""
    return load_profile(ROOT / "templates", changes)


def form() -> Form:
    """The official form of 2020."""
    return form_named(FORM_2020)


def project(change: str = "", year: int = 0, name: str = FORM_2020) -> Project:
    """The good project of a form with the changes that lines of YAML make (see review_cases.merged)."""
    text = json.dumps(merged(_good(name), values(change) if change else {}), ensure_ascii=False)
    document = source.parse(text, "data/2020/x.yaml")
    found, problems = convert(document, Setting.alone(form_named(name), year or year_of(name)))
    assert found is not None, problems
    return found


def year_of(name: str) -> int:
    """The budget year of a form's good project."""
    return 2020 if name == FORM_2020 else 2024


@cache
def _good(name: str) -> dict[str, Any]:
    return values(GOOD if name == FORM_2020 else (REVIEWED / f"{name}.clean.yaml").read_text(encoding="utf-8"))


def sheet(change: str = "", name: str = FORM_2020, **changes: Any) -> Subject:
    """A changed project as a rule reads it, with changes of the profile."""
    return Subject(project(change, name=name), form_named(name), profile(**changes), UNITS)


def batch(change: str, units: tuple[Unit, ...] = UNITS, name: str = FORM_2020, **changes: Any) -> Batch:
    """Changed projects of a form, apart by `---`, as the rules across projects read them."""
    told = profile(**changes)
    parts = change.split("---\n")
    subjects = tuple(Subject(project(part, name=name), form_named(name), told, units) for part in parts)
    return Batch(year_of(name), told, units, subjects)


def said(code: str, change: str, units: tuple[Unit, ...] = UNITS, name: str = FORM_2020, **changes: Any) -> list[str]:
    """What a rule says, a line a finding: `[编号] field [severity] message[；hint]`, 编号 where there are several projects."""
    projects = batch(change, units, name, **changes)
    (rule,) = (rule for rule in catalogue() if rule.code == code)
    return [_line(finding, len(projects.subjects) > 1) for finding in rule.over(projects)]


def _line(finding: Finding, several: bool) -> str:
    assert finding.project is not None
    _same_place(finding, finding.project)
    words = [
        finding.project.code if several else "",
        finding.field or finding.path,
        finding.severity.value if finding.severity else "",
        f"{finding.message}；{finding.hint}" if finding.hint else finding.message,
    ]
    return " ".join(filter(None, words))


def _same_place(finding: Finding, project: Project) -> None:
    """The place by position and the one by name must be the same indicator and the same side of it."""
    words = finding.path.split(".")
    if len(words) > 2 and words[0] in {table.key for table in project.form.indicator_tables}:
        indicator = project.in_group(words[1])[int(words[2])]
        below = [word for word in words[3:] if word != "指标"]
        named = [*words[:2], *([indicator.name] if finding.field else [words[2]]), *below]
        assert (finding.field or finding.path).startswith(".".join(named))
    else:
        numbered = ".".join(str(int(word) + 1) if word.isdigit() else word for word in words)
        assert finding.field.startswith((finding.path, numbered)) or not finding.field
