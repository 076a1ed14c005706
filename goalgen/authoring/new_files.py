"""Write new files of a submission: a whole folder (`init`), a project file with every key explained (`new`), editor files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from goalgen.errors import GoalgenError, Place, Problem, one_line
from goalgen.files import DISK, writing
from goalgen.files.names import safe_name, shown
from goalgen.forms import Form
from goalgen.forms.pack import DEFAULT_FORM, DIFF_TABLE, beside, find_spec, load_form
from goalgen.forms.profile import PROFILE_SHAPE
from goalgen.forms.shape import project_shape
from goalgen.forms.spec import SPEC_SHAPE
from goalgen.source import encode
from goalgen.source.json_schema import json_schema
from goalgen.source.shapes import Choice, Key, Rows, Table
from goalgen.source.validating import is_code
from goalgen.source.writing import scalar
from goalgen.submission import Year
from goalgen.submission.changing import refuse_outside
from goalgen.submission.index import INDEX, INDEX_SHAPE, MAX_INDEX_BYTES, open_index
from goalgen.submission.listing import index_with_file
from goalgen.submission.submission import Submission
from goalgen.text.characters import refused, unprintable, visible

PROJECT_SCHEMA: Final = "schema/project.schema.json"
PROJECTS_SCHEMA: Final = "schema/projects.schema.json"
FORM_SCHEMA: Final = "schema/form.schema.json"
REVIEW_SCHEMA: Final = "schema/review.schema.json"
SCHEMA_MODELINE: Final = "# yaml-language-server: $schema="
"""The first line of a file that tells editors its schema, up to the schema's path."""

_EDITOR_SETTINGS: Final = """\
{
  "files.encoding": "utf8",
  "[yaml]": { "editor.insertSpaces": true, "editor.tabSize": 2, "editor.autoIndent": "advanced" },
  "yaml.schemas": {
    "./schema/projects.schema.json": "data/projects.yaml",
    "./schema/project.schema.json": "data/[0-9][0-9][0-9][0-9]/*.yaml",
    "./schema/form.schema.json": "templates/form_*.yaml",
    "./schema/review.schema.json": "templates/review.yaml"
  },
  "yaml.schemaStore.enable": false
}
"""
_EDITOR_EXTENSIONS: Final = '{ "recommendations": ["redhat.vscode-yaml"] }\n'
_GITIGNORE: Final = """\
# goalgen render 生成的文件，随时可以重做
/out/
# Word 打开文件时的临时文件
~$*
# goalgen 写到一半的文件和写时的锁；结束时自己删掉
.goalgen-*.tmp
.goalgen.lock
"""
_GITATTRIBUTES: Final = "*.yaml text eol=lf\n*.docx binary\n"
_README: Final = """\
# 专项资金绩效目标申报

每个项目一个 YAML 文件，在 data/{year}/ 里；data/projects.yaml 写共用的值、年度和次序。

- `goalgen render`：生成 out/{year}/forms/ 里的申报表和 out/{year}/bundle.docx 合订本
- `goalgen check`：打印之前先查一遍
- `goalgen new 项目名称`：新增一个项目文件
- `goalgen schema`：重做 schema/ 里的编辑器提示（改过表样以后）

改表的样子：用 Word 或 WPS 打开 templates/{form}.docx，改字体、行高、边框都可以，`{{{{ … }}}}` 标签留着。
"""
_FIRST_INDEX: Final = """\
{modeline}
部门: 衡阳市人民政府办公室

# 各预算单位；写在这里的填报人和电话只用于该单位的项目，项目文件里写了的以项目文件为准
单位:
  - 名称: 衡阳市人民政府办公室
    简称: [市政府办]
    填报人: 张三
    联系电话: 0734-8860000

年度:
  {year}:
    表样: {form}
    共用:
      预算单位: 衡阳市人民政府办公室
      中长期年限: {year}-{last}
      填报日期: {filed}
    # 项目文件，按合订本的顺序；相对于本文件
    项目:
      - {year}/01-zheng-wu-du-cha.yaml
"""
_FIRST_PROJECT: Final = """\
{modeline}
编号: zheng-wu-du-cha
项目名称: 政务督查经费
项目类型: 其他
项目概况:
  中长期规划: 无
  资金管理办法: 《衡阳市市直机关专项业务经费管理办法》（衡财行〔2017〕12号）
  绩效分配方式: 据实据效
  立项依据: 《关于加强政务督查工作的通知》（衡政办发〔2018〕20号）
  使用范围: 督查差旅费、通报印刷费、第三方核查费
  申报条件: 无
  起止年限: {year}年-{last}年
项目资金:
  中长期: {{总额: 105, 财政拨款: 105, 其他资金: 0}}
  年度: {{总额: 35, 财政拨款: 35, 其他资金: 0}}
总体目标:
  中长期: 三年开展政务督查不少于90次，决策事项按期办结率逐年提高
  年度: 开展政务督查不少于30次，市政府决策事项按期办结率达到95%以上
绩效指标:
  数量指标:
    - {{指标: 督查次数, 中长期: ≥90次, 年度: ≥30次}}
    - {{指标: 督查通报期数, 中长期: ≥36期, 年度: ≥12期}}
  质量指标:
    - {{指标: 督查问题整改率, 中长期: ≥96%, 年度: ≥95%}}
  时效指标:
    - {{指标: 决策事项按期办结率, 中长期: ≥96%, 年度: ≥95%}}
  成本指标:
    - {{指标: 每次督查平均费用, 中长期: ≤1.1万元, 年度: ≤1.1万元}}
  经济效益指标:
  社会效益指标:
    - {{指标: 民生实事项目完成率, 中长期: 100%, 年度: 100%}}
  生态效益指标:
  可持续影响指标:
    - {{指标: 督查台账建档率, 中长期: 100%, 年度: 100%}}
  社会公众或服务对象满意度指标:
    - {{指标: 被督查单位满意度, 中长期: ≥92%, 年度: ≥90%}}
"""


def create_folder(folder: Path, year: int, form_name: str, overwrite: bool) -> tuple[Path, ...]:
    """Write a submission folder for a budget year that renders as it is, and return the paths of its files.

    `form_name` names a form pack, in the `templates` of the folder or goalgen's own. Raises GoalgenError when there is no
    such pack (S05) or it has faults, when a file is there already and `overwrite` does not allow it (S08; nothing is
    written then), and when a file cannot be written (O01).
    """
    spec = find_spec(form_name, folder / "templates")
    if spec is None:
        raise Problem("S05", f"找不到表样 {form_name}", Place("--form"), f"自带的表样：{DEFAULT_FORM}").error()
    files = {folder / path: data for path, data in _folder_files(year, spec).items()}
    if not overwrite:
        refuse_existing([path for path in files if path.resolve() != spec.resolve()])
    for path, data in files.items():
        writing.write(path, data)
    return tuple(files)


def _folder_files(year: int, spec: Path) -> dict[str, bytes]:
    """Make the files of a new submission folder under a form pack, by path."""
    form = load_form(spec)
    last = year + form.medium_years - 1
    words = {"year": year, "last": last, "form": form.id, "filed": f"{year - 1}-11-20"}
    to_projects, to_project = f"{SCHEMA_MODELINE}../{PROJECTS_SCHEMA}", f"{SCHEMA_MODELINE}../../{PROJECT_SCHEMA}"
    texts = {
        INDEX.as_posix(): _FIRST_INDEX.format(modeline=to_projects, **words),
        f"data/{year}/01-zheng-wu-du-cha.yaml": _FIRST_PROJECT.format(modeline=to_project, **words),
        ".vscode/settings.json": _EDITOR_SETTINGS,
        ".vscode/extensions.json": _EDITOR_EXTENSIONS,
        ".gitignore": _GITIGNORE,
        ".gitattributes": _GITATTRIBUTES,
        "README.md": _README.format(**words),
        **_schemas(form),
    }
    table = beside(spec.parent, DIFF_TABLE)
    return {
        **{path: text.encode("utf-8") for path, text in texts.items()},
        f"templates/{form.id}.yaml": spec.read_bytes(),
        f"templates/{form.template.name}": form.template.read_bytes(),
        f"templates/{table.name}": table.read_bytes(),
    }


def write_schemas(root: Path, folder: Path | None) -> Iterator[Path]:
    """Write the JSON Schemas of a submission's latest year one after the other, and yield the path of each.

    They go into `folder`, or else into the `schema` folder of the submission at `root`. Raises GoalgenError when no year
    can be used, and when a file cannot be written (O01).
    """
    index = open_index(root)
    if not index.years:
        raise GoalgenError(index.problems)
    form = max(index.years, key=lambda year: year.year).form
    for name, text in _schemas(form).items():
        path = folder / Path(name).name if folder else root / name
        refuse_outside(root, [] if folder else [path])
        writing.write(path, text.encode("utf-8"))
        yield path


def _schemas(form: Form) -> dict[str, str]:
    """Make the JSON Schemas for editors, by path: of project files, projects.yaml, form specs and review profiles."""
    return {
        PROJECT_SCHEMA: project_schema(form),
        PROJECTS_SCHEMA: json_schema("goalgen projects.yaml", INDEX_SHAPE),
        FORM_SCHEMA: json_schema("goalgen 表样说明", SPEC_SHAPE),
        REVIEW_SCHEMA: json_schema("goalgen 审核口径", PROFILE_SHAPE),
    }


def project_schema(form: Form) -> str:
    """Return the JSON Schema of project files under a form, as JSON text."""
    return json_schema("goalgen 项目文件", project_shape(form))


def add_project(submission: Submission, name: str, code: str | None, unit: str | None) -> Path:
    """Write one more project file for the latest year read, list it in projects.yaml, and return its path.

    The file has every key of the form, each with a comment on what goes there. Without a code the project gets one that
    is free; without a unit, the first of the submission. When projects.yaml cannot be written, the file is taken back.
    Raises GoalgenError for a name or code that no project can have (M02, Y03, M08, S01), when there is no year, when the list has no
    end to add to (S06), when the file is there already (S08), and when either cannot be written (O01).
    """
    year, listed_name, text = _new_project(submission, name, code, unit)
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


def _new_project(submission: Submission, name: str, code: str | None, unit: str | None) -> _NewProject:
    _refuse_name(name)
    year = submission.latest()
    number = _next_number(year, submission.root / INDEX.parent / str(year.year))
    own_code = f"xm-{year.year}-{number}" if code is None else code
    _refuse_code(own_code, year)
    first = submission.units[0].name if submission.units else ""
    values = {
        "编号": scalar(own_code),
        "项目名称": scalar(name),
        "预算单位": scalar(unit or first),
    }
    file = safe_name(code or name).replace(" ", "-")
    return _NewProject(year.year, f"{year.year}/{number:02d}-{file}.yaml", _explained_project(year.form, values))


def _explained_project(form: Form, values: Mapping[str, str]) -> str:
    """Write a project file with every key in the form's order and a comment on what goes there; `values` fills some keys."""
    lines = [f"{SCHEMA_MODELINE}../../{PROJECT_SCHEMA}", *_explained_lines(project_shape(form), values, "")]
    return "\n".join(lines) + "\n"


def _explained_lines(table: Table, values: Mapping[str, str], indent: str) -> Iterator[str]:
    for name, key in table.keys.items():
        if key.help:
            yield f"{indent}# {key.help}{_suggestion(key)}"
        yield f"{indent}{name}: {values.get(name, '')}".rstrip()
        if isinstance(key.shape, Table):
            yield from _explained_lines(key.shape, {}, indent + "  ")
        elif isinstance(key.shape, Rows) and isinstance(key.shape.item, Table):
            cells = ", ".join(f"{word}: {cell.example}" for word, cell in key.shape.item.keys.items())
            yield f"{indent}  # - {{{cells}}}"


def _suggestion(key: Key) -> str:
    """Say what a key can hold: its options, or an example."""
    if isinstance(key.shape, Choice):
        return f"：{'、'.join(key.shape.options)}"
    return f"，例如 {key.example}" if key.example else ""


def _refuse_name(name: str) -> None:
    """Raise GoalgenError for a 项目名称 that is blank (M02) or cannot be printed (Y03)."""
    place = Place("项目名称")
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
