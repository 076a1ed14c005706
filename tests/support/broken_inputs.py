"""The folder of bad inputs: each laid out as a submission, and the problems that reading it gives."""

import shutil
from pathlib import Path

import yaml

from goalgen import source
from goalgen.errors import GoalgenError, Problem
from goalgen.submission import submission
from goalgen.submission.index import INDEX, find_root
from tests.support.places import BROKEN, ROOT

TABLE = BROKEN / "expected.yaml"
LISTED = "年度:\n  2020:\n    表样: form_2020\n    项目:\n      - 2020/{name}\n"
GOOD = "编号: a\n项目名称: 甲\n预算单位: 乙\n"
TEMPLATES = ROOT / "templates"


def cases() -> list[str]:
    """Every input of the folder, by path: a file below project/, index/ and form/, a folder below folder/."""
    found = [path for kind in ("project", "index", "form", "folder") for path in (BROKEN / kind).iterdir()]
    return sorted(path.relative_to(BROKEN).as_posix() for path in found)


def expected() -> dict[str, list[str]]:
    """The table: per input the lines it gives, without the remedy."""
    table = yaml.load(TABLE.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return {case: lines or [] for case, lines in table.items()}


def lay_out(case: str, root: Path) -> None:
    """Make `root` the submission in which an input stands: as project file, as projects.yaml, as form, or whole."""
    kind, name = case.split("/")
    if kind == "folder":
        shutil.copytree(BROKEN / case, root, dirs_exist_ok=True)
        return
    data = root / "data" / "2020"
    data.mkdir(parents=True)
    project = name if kind == "project" else "a.yaml"
    (data / project).write_text(GOOD, encoding="utf-8")
    (root / INDEX).write_text(LISTED.format(name=project), encoding="utf-8")
    (root / "templates").mkdir()
    if kind == "form":
        shutil.copy(TEMPLATES / "form_2020.docx", root / "templates")
    target = {"project": data / name, "index": root / INDEX, "form": root / "templates" / "form_2020.yaml"}
    shutil.copyfile(BROKEN / case, target[kind])


def problems(root: Path) -> list[Problem]:
    """Every problem of the submission in a folder."""
    try:
        return list(submission.load(find_root(root)).problems)
    except GoalgenError as error:
        return list(error.problems)


def line(problem: Problem, root: Path) -> str:
    """A problem as the table has it: `file:line:col: 错误 code message`."""
    text = f"{problem.place}: {problem.severity.value} {problem.code} {problem.message}"
    return text.replace(f"{root.as_posix()}/", "").replace(root.as_posix(), ".").replace("\n", "�")


def loaded(text: str) -> source.Document:
    """Text as a document of a file `f`."""
    return source.read(text.encode("utf-8", "surrogatepass"), "f")
