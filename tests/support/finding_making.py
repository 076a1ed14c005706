"""What single rules say of projects made in memory: the good project of review_cases, changed by lines of YAML."""

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
from goalgen.forms.pack import load_form
from goalgen.forms.profile import Profile, load_profile
from goalgen.forms.project import Project, Unit
from goalgen.submission.project_file import Setting, convert
from tests.support.places import ROOT
from tests.support.review_cases import GOOD, merged, values

UNITS: Final = (
    Unit("衡阳市人民政府办公室", ("市政府办",)),
    Unit("衡阳市人民政府驻北京联络处", ("驻京办",)),
    Unit("衡阳市人民政府驻广州（深圳）办事处", ("驻广办",)),
)


def money(annual: Sequence[object], medium: Sequence[object] | None = None) -> str:
    """A change of 项目资金: 总额, 财政拨款 and 其他资金 of a side, None for a line that is not written."""
    sides = {"中长期": medium, "年度": annual}
    lines = {name: zip(("总额", "财政拨款", "其他资金"), side, strict=True) for name, side in sides.items() if side}
    written = (
        f"{name}: {{{', '.join(f'{key}: {value}' for key, value in side if value is not None)}}}"
        for name, side in lines.items()
    )
    return f"项目资金: {{{', '.join(written)}}}\n"


@cache
def form() -> Form:
    """The official form of 2020."""
    return load_form(ROOT / "templates" / "form_2020.yaml")


def profile(**changes: Any) -> Profile:
    """The review profile, with the changes of a projects.yaml."""
    return load_profile(ROOT / "templates", changes)


def project(change: str = "", year: int = 2020) -> Project:
    """The good project with the changes that lines of YAML make (see review_cases.merged)."""
    text = json.dumps(merged(_good(), values(change) if change else {}), ensure_ascii=False)
    document = source.parse(text, "data/2020/x.yaml")
    found, problems = convert(document, Setting.alone(form(), year))
    assert found is not None, problems
    return found


@cache
def _good() -> dict[str, Any]:
    return values(GOOD)


def sheet(change: str = "", **changes: Any) -> Subject:
    """A changed project as a rule reads it, with changes of the profile."""
    return Subject(project(change), form(), profile(**changes), UNITS)


def batch(change: str, units: tuple[Unit, ...] = UNITS, **changes: Any) -> Batch:
    """Changed projects, apart by `---`, as the rules across projects read them."""
    told = profile(**changes)
    subjects = tuple(Subject(project(part), form(), told, units) for part in change.split("---\n"))
    return Batch(2020, told, units, subjects)


def said(code: str, change: str, units: tuple[Unit, ...] = UNITS, **changes: Any) -> list[str]:
    """What a rule says, a line a finding: `[编号] field [severity] message[；hint]`, 编号 where there are several projects."""
    projects = batch(change, units, **changes)
    (rule,) = (rule for rule in catalogue() if rule.code == code)
    return [_line(finding, len(projects.subjects) > 1) for finding in rule.run(projects)]


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
    if len(words) > 2 and words[0] == "绩效指标":
        indicator = project.in_group(words[1])[int(words[2])]
        named = [*words[:2], *([indicator.name] if finding.field else [words[2]]), *words[3:]]
        assert (finding.field or finding.path).startswith(".".join(word for word in named if word != "指标"))
    else:
        assert finding.field in ("", finding.path)
