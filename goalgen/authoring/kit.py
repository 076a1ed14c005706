"""List the files that goalgen puts into every submission folder beside the data: form packs, schemas, what editors and git are told."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from goalgen.authoring.skeleton import PROJECT_SCHEMA
from goalgen.errors import GoalgenError
from goalgen.files import writing
from goalgen.forms import Form
from goalgen.forms.pack import DIFF_TABLE, beside
from goalgen.forms.profile import PROFILE_SHAPE
from goalgen.forms.shape import project_shape
from goalgen.forms.spec import SPEC_SHAPE
from goalgen.source.json_schema import json_schema
from goalgen.submission.changing import refuse_outside
from goalgen.submission.index import open_index
from goalgen.submission.index_shape import index_shape

PROJECTS_SCHEMA: Final = "schema/projects.schema.json"
FORM_SCHEMA: Final = "schema/form.schema.json"
REVIEW_SCHEMA: Final = "schema/review.schema.json"

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
_SEVERITIES: Final = (("错误", "error"), ("警告", "warning"), ("提示", "info"))
_GITIGNORE: Final = """\
# goalgen render 生成的文件，随时可以重做
/out/
# goalgen 写到一半的文件和写时的锁；结束时自己删掉
.goalgen-*.tmp
.goalgen-foretold-*
.goalgen.lock
# 文档里那些命令的 -o 写出的表和报告（要放进 git 的，改个名字，或 git add -f）
/对照*.docx
/对照*.xlsx
/对照*.html
/资金对照*.docx
/填报*.xlsx
/意见*.html
/意见*.xlsx
/新模板*.docx
# Word、WPS、Excel 打开文件时的临时文件
~$*
.~*
# Python 的环境、离线安装的包、uv 的锁
.venv/
wheels/
uv.lock
"""
_GITATTRIBUTES: Final = "*.yaml text eol=lf\n*.docx binary\n*.bat text eol=crlf\n"

_FIND_GOALGEN: Final = """\
@echo off
rem {about}
chcp 65001 >nul
cd /d "%~dp0"
set "GOALGEN="
for %%P in (".venv" "..\\.venv" "..\\goalgen\\.venv") do if exist "%%~P\\Scripts\\goalgen.exe" set "GOALGEN=%%~P\\Scripts\\goalgen.exe"
if "%GOALGEN%"=="" for %%I in (goalgen.exe) do set "GOALGEN=%%~$PATH:I"
if not "%GOALGEN%"=="" goto run
echo goalgen not found: put the folder goalgen beside this one, or install goalgen on PATH. See docs/windows.md
pause
exit /b 3
:run
"""
_BATCH_FILES: Final = {
    "检查.bat": ("double-click: check every project file", ("check",)),
    "生成.bat": ("double-click: print the forms and the bundle into out", ("render",)),
}
"""The files to double-click on Windows: what each says of itself, and the commands it runs."""


def kit(form: Form, year: int) -> dict[str, bytes]:
    """Return the files of a submission folder under a form that hold nothing of the department, by path.

    `year` is the year of the examples in the editor's help.
    """
    texts = {
        ".vscode/settings.json": _EDITOR_SETTINGS,
        ".vscode/extensions.json": _EDITOR_EXTENSIONS,
        ".vscode/tasks.json": _tasks(),
        ".gitignore": _GITIGNORE,
        ".gitattributes": _GITATTRIBUTES,
        **{name: _batch(about, commands) for name, (about, commands) in _BATCH_FILES.items()},
        **schemas(form, year),
    }
    return {path: text.encode("utf-8") for path, text in texts.items()} | pack_files(form)


def pack_files(form: Form) -> dict[str, bytes]:
    """Return the files of a form pack, and the Word template that no one form owns, by their path in a submission folder."""
    table = beside(form.folder, DIFF_TABLE)
    spec = form.folder / f"{form.id}.yaml"
    return {f"templates/{path.name}": path.read_bytes() for path in (spec, form.template, table)}


def schemas(form: Form, year: int, others: Iterable[Form] = ()) -> dict[str, str]:
    """Make the JSON Schemas for editors, by path: of project files, projects.yaml, form specs and review profiles.

    `others` are the forms of other years, of which projects.yaml speaks too.
    """
    return {
        PROJECT_SCHEMA: project_schema(form, year),
        PROJECTS_SCHEMA: json_schema("goalgen projects.yaml", index_shape([form, *others], year)),
        FORM_SCHEMA: json_schema("goalgen 表样说明", SPEC_SHAPE),
        REVIEW_SCHEMA: json_schema("goalgen 审核口径", PROFILE_SHAPE),
    }


def project_schema(form: Form, year: int) -> str:
    """Return the JSON Schema of project files under a form, with examples of a year, as JSON text."""
    return json_schema("goalgen 项目文件", project_shape(form, year))


def write_schemas(root: Path, folder: Path | None) -> Iterator[Path]:
    """Write the JSON Schemas of a submission's latest year one after the other, and yield the path of each.

    They go into `folder`, or else into the `schema` folder of the submission at `root`. Raises GoalgenError when no year
    can be used, and when a file cannot be written (O01).
    """
    index = open_index(root)
    if not index.years:
        raise GoalgenError(index.problems)
    latest = max(index.years, key=lambda year: year.year)
    for name, text in schemas(latest.form, latest.year, [year.form for year in index.years]).items():
        path = folder / Path(name).name if folder else root / name
        refuse_outside(root, [] if folder else [path])
        writing.write(path, text.encode("utf-8"))
        yield path


def _batch(about: str, commands: tuple[str, ...]) -> str:
    """Write a batch file; only ASCII stands in it, since cmd reads it before any code page is set."""
    lines = [*_FIND_GOALGEN.format(about=about).splitlines(), *(f'"%GOALGEN%" {command}' for command in commands)]
    return "\r\n".join([*lines, "pause", ""])


def _tasks() -> str:
    """Write what VS Code runs: Ctrl+Shift+B checks, and each problem stands at its line."""
    places = ".venv", "../.venv", "../goalgen/.venv"
    windows = ";".join(f"${{workspaceFolder}}\\{place.replace('/', chr(92))}\\Scripts" for place in places)
    others = ":".join(f"${{workspaceFolder}}/{place}/bin" for place in places)
    matchers = [_matcher(word, severity) for word, severity in _SEVERITIES]
    rows: tuple[tuple[str, list[str], dict[str, object], list[dict[str, object]]], ...] = (
        ("goalgen 检查", ["check"], {"kind": "build", "isDefault": True}, matchers),
        ("goalgen 生成", ["render"], {"kind": "build"}, matchers),
        ("goalgen 改了什么", ["diff"], {"kind": "none"}, []),
        ("goalgen 改写法", ["fmt"], {"kind": "none"}, []),
    )
    tasks = [
        {
            "label": label,
            "type": "shell",
            "command": "goalgen",
            "args": arguments,
            "options": {"env": {"PATH": f"{others}:${{env:PATH}}"}},
            "windows": {"options": {"env": {"PATH": f"{windows};${{env:PATH}}"}}},
            "group": group,
            "presentation": {"clear": True},
            "problemMatcher": matcher,
        }
        for label, arguments, group, matcher in rows
    ]
    return json.dumps({"version": "2.0.0", "tasks": tasks}, ensure_ascii=False, indent=2) + "\n"


def _matcher(word: str, severity: str) -> dict[str, object]:
    """Tell VS Code how a problem is printed: `文件:行:列: 错误 代码 说明`; it knows no Chinese words for how bad it is."""
    regexp = rf"^(.+?):(\d+):(\d+): {word} ([A-Z]\d\d) (.*)$"
    pattern = {"regexp": regexp, "file": 1, "line": 2, "column": 3, "code": 4, "message": 5}
    where = ["relative", "${workspaceFolder}"]
    return {"owner": f"goalgen-{severity}", "fileLocation": where, "severity": severity, "pattern": pattern}
