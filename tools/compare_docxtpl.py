"""Print docxtpl's own test templates with goalgen and with docxtpl, and say where the XML differs: the table in docs/template.md.

    python tools/compare_docxtpl.py FOLDER

FOLDER is a checkout of docxtpl's `tests`. Each test runs as it is; what it hands to `DocxTemplate.render` is caught, and
where that is plain data, goalgen fills the same template with it.
"""

from __future__ import annotations

import io
import os
import re
import runpy
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import Environment
from lxml import etree

from goalgen.errors import GoalgenError
from goalgen.word.document import Assembler
from goalgen.word.template.compiling import prepare
from goalgen.word.template.filling import Filler
from tests.support.docx_reading import parts_in, texts_in
from tests.support.docxtpl_printing import canonical


def main(folder: str) -> None:
    """Run every test of the folder and print a line of the table for each."""
    tests = Path(folder).resolve()
    os.chdir(tests)
    Path("output").mkdir(exist_ok=True)
    for path in sorted(tests.glob("*.py")):
        if path.name not in ("runtests.py", "__init__.py"):
            for said in caught(path):
                print(f"| `{path.stem}` | {said} |")


def caught(path: Path) -> Iterator[str]:
    """Run one test; yield what became of each template that it renders."""
    seen: list[str] = []

    def render(template: Any, context: Any, jinja_env: Any = None, autoescape: bool = False) -> None:
        seen.append(compared(Path(str(template.template_file)), context, jinja_env))
        raise StopIteration

    original = DocxTemplate.render
    DocxTemplate.render = render
    sys.argv = [path.name]
    sys.path.insert(0, str(path.parent))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            runpy.run_path(str(path), run_name="__main__")
    except StopIteration:
        pass
    except ModuleNotFoundError:
        seen.append("子文档（docxcompose），不是纯数据")
    except BaseException as error:
        seen.append(f"（测试自己不能运行：{type(error).__name__}）")
    finally:
        DocxTemplate.render = original
    yield from seen or ["（没有填模板）"]


def plain(value: Any) -> bool:
    """Say whether a context is plain data, as goalgen's are."""
    if isinstance(value, dict):
        return all(map(plain, value.values()))
    if isinstance(value, list | tuple):
        return all(map(plain, value))
    return type(value) in (str, int, float, bool, type(None))


def compared(path: Path, context: dict[str, Any], env: Any) -> str:
    """Return whether goalgen prints a template as docxtpl does."""
    if not plain(context) or (env is not None and (env.filters.keys() - Environment().filters.keys())):
        return "不是纯数据"
    data = path.read_bytes()
    try:
        compiled = prepare(data, path.name, (), (), context)
        ours = Assembler(compiled)
        ours_data = ours.form(ours.leaf(Filler(compiled).fill(context)))
    except GoalgenError as error:
        return "说出：" + "；".join(f"{one.message}（{one.hint}）" for one in error.problems)
    template = DocxTemplate(io.BytesIO(data))
    ORIGINAL(template, context, None, True)
    buffer = io.BytesIO()
    template.save(buffer)
    theirs = buffer.getvalue()
    parts = [
        name
        for name in sorted(parts_in(theirs))
        if re.fullmatch(r"word/(document|header\d*|footer\d*|footnotes)\.xml", name)
    ]
    if all(comparable(ours_data, name) == comparable(theirs, name) for name in parts):
        return "XML 相同"
    if all(texts_in(ours_data, name) == texts_in(theirs, name) for name in parts):
        return "字相同，XML 不同"
    return "字不同"


def comparable(data: bytes, part: str) -> str:
    """Return a part in canonical form, whatever prefixes its namespaces have."""
    return str(etree.canonicalize(canonical(data, part), rewrite_prefixes=True))


ORIGINAL = DocxTemplate.render

if __name__ == "__main__":
    main(sys.argv[1])
