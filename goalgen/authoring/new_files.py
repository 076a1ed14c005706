"""Write new files of a submission: a whole folder (`init`), a project file with every key explained (`new`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import Final, NamedTuple

from goalgen.authoring.kit import PROJECTS_SCHEMA, kit
from goalgen.authoring.skeleton import SCHEMA_MODELINE, explained_project, sample_project
from goalgen.authoring.upgrade import RECORD, record_text
from goalgen.errors import GoalgenError, Place, Problem, Severity, one_line
from goalgen.files import DISK, writing
from goalgen.files.names import safe_name, shown
from goalgen.forms import Form
from goalgen.forms.item import Role
from goalgen.forms.pack import DEFAULT_FORM, find_spec, load_form
from goalgen.forms.project import CODE_KEY
from goalgen.source import encode
from goalgen.source.validating import is_code
from goalgen.source.writing import entry, scalar
from goalgen.submission import Year
from goalgen.submission.changing import refuse_outside
from goalgen.submission.index import INDEX, MAX_INDEX_BYTES
from goalgen.submission.listing import index_with_file
from goalgen.submission.submission import Submission
from goalgen.text.characters import refused, unprintable, visible
from goalgen.text.likeness import suggest

_README: Final = """\
# {department}专项资金绩效目标申报

每个项目一个 YAML 文件，在 data/年度/ 里；data/projects.yaml 写共用的值、各年度和合订本的次序。
命令在这个文件夹里运行（VS Code：终端里，或 Ctrl+Shift+B；Windows：双击 检查.bat、生成.bat）。

## 一年的事

1. 上年的表读进来（第一年做一次）：`goalgen import 上年报送.docx`，一份或多份表、整个文件夹都行；去年的 Excel 填报表也可以
   在建文件夹时一起读：`goalgen init --from 文件`。
2. 开出这一年：`goalgen roll {before} {year}`。年限后移，要重定的数字旁边留“待核”，上年的数写在旁边。
3. 改：打开 data/{year}/ 里的文件，找“待核”，定好一处就删掉那条注释。新项目 `goalgen new 项目名称`；
   不再报的 `goalgen remove 项目`；改名、改编号、单位改名 `goalgen rename`。
4. 查：`goalgen check`，一次说完所有问题；`goalgen fmt` 改掉只是写得不规范的地方。
5. 印：`goalgen render`，单张表在 out/{year}/forms/，合订本是 out/{year}/bundle.docx。
6. 与上年对照：`goalgen diff {before} {year}`；领导签字的对照表：`goalgen diff {before} {year} --format docx -o 对照表.docx`。
7. 给不用 git 的同事填：`goalgen sheet export -o 填报.xlsx`，填好 `goalgen sheet import 填报.xlsx`。

## 留底（git）

```sh
git init
goalgen git-setup
git add -A
git commit -m "第一稿"
```

没有填完的也可以提交；读不出来的文件会拦下。改错了：`git diff` 看改了什么，`git checkout -- 文件` 恢复。

## 别的

- 改表的样子：用 Word 或 WPS 打开 templates/{form}.docx，改字体、行高、边框都可以，`{{{{ … }}}}` 标签留着。
- goalgen 升级以后运行 `goalgen upgrade`：这里的表样、编辑器提示跟着更新，改过的不动，先给你看不同。
"""
_UNIT_EXAMPLE: Final = """\
#  - 名称: 市人民政府办公室
#    填报人: 张三
#    联系电话: 8860000
"""
_FIRST_INDEX: Final = """\
{modeline}
部门: {department}

# 各预算单位；写在这里的填报人和电话只用于该单位的项目，项目文件里写了的以项目文件为准
{units}
年度:
  {year}:
    表样: {form}
    共用:
{shared}    # 项目文件，按合订本的顺序；相对于本文件；goalgen new 加在末尾
    项目:
{listed}"""


class Start(NamedTuple):
    """Say of what a new submission folder is: its budget year, the form's name, the department and who fills its forms.

    What is not known yet is empty; an empty `unit` is the department. `demo` adds a project filled with the form's examples.
    """

    year: int
    form_name: str = DEFAULT_FORM
    department: str = ""
    unit: str = ""
    filler: str = ""
    phone: str = ""
    demo: bool = False


def create_folder(folder: Path, start: Start, overwrite: bool) -> tuple[Path, ...]:
    """Write a submission folder for a budget year, and return the paths of its files.

    The form is found in the `templates` of the folder or among goalgen's own. Raises GoalgenError when there is no
    such pack (S05) or it has faults, for words that cannot be printed (Y03), when a file is there already and `overwrite`
    does not allow it (S08; nothing is written then), and when a file cannot be written (O01).
    """
    spec = find_spec(start.form_name, folder / "templates")
    if spec is None:
        raise Problem("S05", f"找不到表样 {start.form_name}", Place("--form"), f"自带的表样：{DEFAULT_FORM}").error()
    _refuse_unprintable(start)
    form = load_form(spec)
    kept = kit(form, start.year)
    files = {folder / path: data for path, data in (_own_files(form, start) | kept).items()}
    files[folder / RECORD] = record_text({}, kept)
    if not overwrite:
        refuse_existing([path for path in files if path.resolve() != spec.resolve()])
    for path, data in files.items():
        writing.write(path, data)
    return tuple(files)


def _refuse_unprintable(start: Start) -> None:
    """Raise GoalgenError (Y03) with every word that no form can hold."""
    options = {"--department": start.department, "--unit": start.unit, "--filler": start.filler, "--phone": start.phone}
    problems = [refused(bad, Place(option)) for option, text in options.items() if (bad := unprintable(text))]
    if problems:
        raise GoalgenError(problems)


def _own_files(form: Form, start: Start) -> dict[str, bytes]:
    """Make the files of a new submission folder that speak of the department, by path."""
    year, unit = start.year, start.unit or start.department
    words = {"year": year, "last": year + form.medium_years - 1, "form": form.id, "before": year - 1}
    index = _FIRST_INDEX.format(
        modeline=f"{SCHEMA_MODELINE}../{PROJECTS_SCHEMA}",
        department=scalar(start.department),
        units=_first_unit(unit, start, form),
        shared="".join(f"      {line}\n" for line in _first_shared(form, unit, year)),
        listed=f"      - {_demo_name(form, year)}\n" if start.demo else "",
        **words,
    )
    texts = {
        INDEX.as_posix(): "".join(f"{line.rstrip()}\n" for line in index.splitlines()),
        "README.md": _README.format(department=one_line(start.department), **words),
    }
    if start.demo:
        known = {form.path(role) for role, text in _people(start).items() if text} if unit else set()
        known |= {form.unit_path} if unit else set()
        values = dict.fromkeys({form.window_path, *known}, "")
        texts[f"data/{_demo_name(form, year)}"] = sample_project(form, year, values)
    return {path: text.encode("utf-8") for path, text in texts.items()}


def _people(start: Start) -> dict[Role, str]:
    """Return what is known of the people who fill the forms, by role."""
    return {Role.FILLER: start.filler, Role.PHONE: start.phone}


def _first_unit(unit: str, start: Start, form: Form) -> str:
    if not unit:
        return f"单位:\n{_UNIT_EXAMPLE}"
    lines = ["单位:", f"  - {entry('名称', unit)}"]
    said = ((form.path(role), text) for role, text in _people(start).items())
    return "\n".join([*lines, *(f"    {entry(key, text)}" for key, text in said if key in form.shared)]) + "\n"


def _first_shared(form: Form, unit: str, year: int) -> Iterator[str]:
    """Yield the lines of what all projects share: the unit, the window, and the date that is still open."""
    window = form.window(year)
    said = {form.unit_path: unit, form.window_path: f"{window.first}-{window.last}", form.path(Role.FILED): ""}
    yield from (entry(key, text) for key, text in said.items() if key in form.shared)


def _demo_name(form: Form, year: int) -> str:
    return f"{year}/01-{form.cell_at[CODE_KEY].item.example or 'xm-1'}.yaml"


def add_project(submission: Submission, name: str, code: str | None, unit: str | None, year: int | None = None) -> Path:
    """Write one more project file for a year (None: the latest), list it in projects.yaml, and return its path.

    The file has every key of the form, each with a comment on what goes there. Without a code the project gets one that
    is free in every year; without a unit, the first of the submission. When projects.yaml cannot be written, the file is taken back.
    Raises GoalgenError for a name or code that no project can have (M02, Y03, M08, S01), when there is no year or not this one
    or the list has no end to add to (S06), when the file is there already (S08), and when either cannot be written (O01).
    """
    year, listed_name, text = _new_project(submission, name, code, unit, submission.of(year))
    index = submission.root / INDEX
    data = DISK.read(index, MAX_INDEX_BYTES)
    listed = index_with_file(data.decode("utf-8-sig"), year, listed_name, Place(shown(index)))
    path = index.parent / listed_name
    refuse_outside(submission.root, [index, path])
    refuse_existing([path])
    writing.write(path, text.encode("utf-8"))
    try:
        writing.write(index, encode(listed, data))
    except GoalgenError:
        writing.remove(path.parent, [path.name])  # a file that is not listed would only be in the way
        raise
    return path


class _NewProject(NamedTuple):
    """Hold a project file to be: its year, its name in projects.yaml (relative to data/), its text."""

    year: int
    listed_name: str
    text: str


def doubts(submission: Submission, name: str, unit: str | None, year: int | None = None) -> list[Problem]:
    """Warn of what is doubtful in a project that is to be new: another one of its name (N01), a unit nobody knows (B09)."""
    problems = []
    full = full_name(submission, unit or "")
    form = submission.of(year).form
    same = [one for one in submission.of(year).projects if one.name == name and full in ("", one.unit)]
    if same:
        message, hint = (
            f"已有同名的项目（{same[0].place(form.name_path)}）",
            "改名，使名称说出各自的内容；不要的用 goalgen remove 去掉",
        )
        problems.append(Problem("N01", message, Place("项目名称"), hint, Severity.WARNING))
    known = [one.name for one in submission.units]
    if full and known and full not in known:
        hint = "；".join(filter(None, (suggest(full, known), "新的单位先写进 projects.yaml 的“单位”")))
        problems.append(Problem("B09", f"“{full}”不在单位名录里", Place("--unit"), hint, Severity.WARNING))
    return problems


def full_name(submission: Submission, unit: str) -> str:
    """Return the full name of a 预算单位 that may be called by a 简称; any other name as it is."""
    return next((one.name for one in submission.units if unit in one.aliases), unit)


AUTOMATIC_CODE: Final = re.compile(r"xm-(\d{4}-)?\d+")
"""A 编号 that goalgen gave because nobody said one; older versions put the year into it."""


def free_code(used: Iterable[str]) -> str:
    """Return a 编号 that no project has: `xm-1`, `xm-2`, …; no year stands in it, for it stays over the years."""
    taken = {code.casefold() for code in used}
    return next(code for n in count(1) if (code := f"xm-{n}") not in taken)


def _new_project(submission: Submission, name: str, code: str | None, unit: str | None, year: Year) -> _NewProject:
    refuse_name(name, Place("项目名称"))
    number = _next_number(year, submission.root / INDEX.parent / str(year.year))
    own_code = free_code(entry.code for one in submission.years for entry in one.entries) if code is None else code
    _refuse_code(own_code, year)
    first = submission.units[0].name if submission.units else ""
    values = {
        CODE_KEY: own_code,
        year.form.name_path: name,
        year.form.unit_path: full_name(submission, unit) if unit else first,
    }
    file = safe_name(code or name).replace(" ", "-")
    return _NewProject(
        year.year, f"{year.year}/{number:02d}-{file}.yaml", explained_project(year.form, year.year, values)
    )


def refuse_name(name: str, place: Place) -> None:
    """Raise GoalgenError for a name that is blank (M02) or cannot be printed (Y03); `place` is where it was given."""
    if not visible(name):
        raise Problem("M02", "名称是空的", place, "写上项目的全称").error()
    if bad := unprintable(name):
        raise refused(bad, place).error()


def _refuse_code(code: str, year: Year) -> None:
    """Raise GoalgenError for a 编号 that is badly written (M08) or taken in the year (S01)."""
    place = Place("--code")
    if not is_code(code):
        hint = "用英文字母、数字和 -，例如 bao-an-zhuan-fu-jing"
        raise Problem("M08", f"“{one_line(code)}”不能作编号", place, hint).error()
    taken = next((project for project in year.projects if project.code.casefold() == code.casefold()), None)
    if taken:
        raise Problem("S01", f"编号 {code} 已经给了 {taken.place('编号')}", place, "换一个编号").error()


def _next_number(year: Year, folder: Path) -> int:
    """Return one more than the highest number that a project file of the year begins with, listed or only in its folder."""
    names = [*(entry.path.name for entry in year.entries), *(path.name for path in folder.glob("*.y*ml"))]
    found = [int(match.group()) for name in names if (match := re.match(r"\d+", name))]
    return max([len(year.entries), *found]) + 1


def refuse_existing(paths: list[Path], hint: str = "换一个文件夹，或加 --force 覆盖") -> None:
    """Raise GoalgenError (S08) with a problem for each of these files that is already there; `hint` is the remedy."""
    there = [path for path in paths if path.exists()]
    if there:
        raise GoalgenError([Problem("S08", "文件已经存在，没有动它", Place(shown(path)), hint) for path in there])
