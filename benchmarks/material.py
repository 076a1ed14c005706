"""What every contender gets: a submission of N projects, the same forms as dictionaries, the template in each syntax."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
BODY = "word/document.xml"
_TAG = re.compile(r"\{[{%].*?[}%]\}", re.DOTALL)
TEMPLATE = "template.docx"
SINGLE_PASS = "single_pass.docx"
NODE_TEMPLATE = "node.docx"


def make(folder: Path, count: int, source: Path = ROOT) -> None:
    """Write into `folder` a submission of `count` projects made from those of the first year of another: the sixteen of 2020."""
    shutil.rmtree(folder, ignore_errors=True)
    first = sorted((source / "data").glob("20*"))[0].name
    (folder / "data" / first).mkdir(parents=True)
    shutil.copytree(ROOT / "templates", folder / "templates")
    originals = [path.read_text(encoding="utf-8") for path in sorted((source / "data" / first).glob("*.yaml"))]
    index = (source / "data" / "projects.yaml").read_text(encoding="utf-8").split("    项目:\n")[0] + "    项目:\n"
    for number in range(1, count + 1):
        text = originals[(number - 1) % len(originals)]
        text = re.sub(r"^编号: .*$", f"编号: p-{number:06d}", text, flags=re.MULTILINE)
        text = re.sub(r"^(项目名称: .*)$", rf"\g<1>（{number}）", text, flags=re.MULTILINE)
        (folder / "data" / first / f"{number:06d}.yaml").write_text(text, encoding="utf-8")
        index += f"      - {first}/{number:06d}.yaml\n"
    (folder / "data" / "projects.yaml").write_text(index, encoding="utf-8")


def make_contexts(folder: Path) -> None:
    """Write the forms of the submission as ready-made dictionaries, and the template in each contender's syntax."""
    from goalgen.forms.layout import context
    from goalgen.submission.submission import load

    year = load(folder).years[0]
    contexts = [context(project, year.form) for project in year.projects]
    (folder / "contexts.json").write_text(json.dumps(contexts, ensure_ascii=False), encoding="utf-8")
    flat = [_flat(one) for one in contexts]
    (folder / "flat.json").write_text(json.dumps(flat, ensure_ascii=False), encoding="utf-8")
    data = year.form.template.read_bytes()
    (folder / TEMPLATE).write_bytes(_changed(data, lambda xml: _merged(xml, year.form.merged)))
    (folder / SINGLE_PASS).write_bytes(_changed((folder / TEMPLATE).read_bytes(), _looped))
    (folder / NODE_TEMPLATE).write_bytes(_changed(data, _retagged))


def _merged(xml: str, columns: tuple[str, ...]) -> str:
    """A template's body in which the cells of merged columns say so themselves."""
    from lxml import etree

    from goalgen.word.template.cell_tags import merge_down
    from goalgen.word.template.tokens import Tokens

    tokens = Tokens(etree.fromstring(xml.encode()))
    merge_down(tokens, columns)
    return tokens.source()


def contexts(folder: Path) -> list[dict[str, Any]]:
    """The ready-made dictionaries."""
    found: list[dict[str, Any]] = json.loads((folder / "contexts.json").read_text(encoding="utf-8"))
    return found


def _changed(data: bytes, change: Callable[[str], str]) -> bytes:
    """A .docx whose body went through a function."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content.decode("utf-8")) if name == BODY else content)
    return buffer.getvalue()


def _looped(xml: str) -> str:
    """The body once for each of `forms`, on pages of their own."""
    start = xml.index("<w:body>") + len("<w:body>")
    end = xml.rindex("<w:sectPr")
    body = xml[start:end]
    roots = "年度|编号|项目名称|预算单位|项目类型|项目概况|项目资金|中长期年限|总体目标|指标行|填报人|联系电话|填报日期"
    body = _TAG.sub(lambda tag: re.sub(rf"(?<![\w.])({roots})\b", r"f.\1", tag.group()), body)
    page = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'

    def line(tag: str) -> str:
        return f"<w:p><w:r><w:t>{tag}</w:t></w:r></w:p>"

    return f"{xml[:start]}{line('{%p for f in forms %}')}{body}{page}{line('{%p endfor %}')}{xml[end:]}"


def _flat(context: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Nested names joined with `_`; the Node engines take such names without an expression parser."""
    flat: dict[str, Any] = {}
    for key, value in context.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{prefix}{key}_")
        elif isinstance(value, list):
            flat[f"{prefix}{key}"] = [_flat(row) for row in value]
        else:
            flat[f"{prefix}{key}"] = value
    return flat


def _retagged(xml: str, opening: str = "{#", closing: str = "{/") -> str:
    """Jinja tags as `{name}`, `{#name}…{/name}`; the row loop stands in the row itself, as the Node engines want it."""
    loop = re.search(r"<w:tr\b(?:(?!<w:tr\b).)*?\{%tr for 行 in 指标行 %\}.*?</w:tr>", xml, re.DOTALL)
    end = re.search(r"<w:tr\b(?:(?!<w:tr\b).)*?\{%tr endfor %\}.*?</w:tr>", xml, re.DOTALL)
    if loop and end:
        row = xml[loop.end() : end.start()]
        row = re.sub(r"(<w:t(?: [^>]*)?>)", rf"\g<1>{opening}指标行}}", row, count=1)
        at = row.rindex("</w:t>")
        row = f"{row[:at]}{closing}指标行}}{row[at:]}"
        xml = xml[: loop.start()] + row + xml[end.end() :]
    stack: list[str] = []

    def tag(match: re.Match[str]) -> str:
        words = match.group(1).strip().split(" ", 1)
        if words[0] == "if":
            stack.append(words[1].replace(".", "_"))
            return f"{opening}{stack[-1]}}}"
        return f"{closing}{stack.pop()}}}" if words[0] == "endif" else ""

    xml = re.sub(r"\{%-?(.*?)-?%\}", tag, xml)
    return re.sub(r"\{\{\s*(?:行\.)?(.*?)\s*\}\}", lambda match: "{" + match.group(1).replace(".", "_") + "}", xml)
