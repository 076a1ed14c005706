"""Compile the bytes of a Word template: docxtpl reads and patches it once, Jinja checks the syntax."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from docx.opc.exceptions import PackageNotFoundError
from jinja2.exceptions import TemplateError
from lxml import etree

from goalgen.errors import GoalgenError, Place, Problem
from goalgen.files.refusals import unusable_template
from goalgen.word.template import checking
from goalgen.word.template.compiled import BODY_PART, FOOTNOTES_PART, PROPERTIES_PART, Compiled
from goalgen.word.template.docxtpl_adapter import Patched, resolve_listing
from goalgen.word.template.sandbox import Sandbox, environment
from goalgen.word.template.simplify import simplify
from goalgen.word.template.steps import Steps
from goalgen.word.zip_reading import PackageError, ordered, unpack

_ESCAPED_TAGS: Final = {"{_{": "{{ '{{' }}", "}_}": "{{ '}}' }}", "{_%": "{{ '{%' }}", "%_}": "{{ '%}' }}"}
_MACRO: Final = "vbaProject"
_CELL_TAG: Final = re.compile(r"</w:tc>\s*\{[{%]|<w:tr(?: [^>]*)?>(?:<w:trPr>(?:(?!</w:trPr>).)*</w:trPr>)?\s*\{[{%]")
_OUTSIDE: Final = re.compile(rb"<[\w:]*Relationship\b[^>]*\bTargetMode\s*=\s*[\"']External[\"'][^>]*>")
_KIND: Final = re.compile(rb"\bType\s*=\s*[\"'][^\"']*/(\w+)[\"']")
_ENCODING: Final = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([^\"']*)")
_SPACE: Final = re.compile(r"(<w:t(?: [^>]*)?>[^<]*</w:t>)|(?<=>)[\n\t ]+(?=<)")


def compile_template(data: bytes, label: str, merged: tuple[str, ...] = ()) -> Compiled:
    """Compile a template's bytes, unchecked; `label` is its file name, `merged` the columns that merge downwards.

    Raises GoalgenError (D01) when the bytes are no Word document.
    """
    template = _open(data, label, merged)
    root = template.docx._element
    whole = etree.tostring(root, encoding="unicode")
    before, _, rest = whole.partition("<w:body")
    tail = rest[rest.rindex("</w:body>") :]
    body, section = _split_section(_source(template, template.get_xml()))
    parts = _saved(template)
    sources = {BODY_PART: body, **dict(_other_sources(template, parts, body))}
    reasons = tuple(_reasons(sources))
    static = {name: content for name, content in parts.items() if name not in sources}
    return Compiled(
        label=label,
        original=data if reasons else b"",
        head=f"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n{before}<w:body>",
        tail=tail,
        section=section,
        steps={},
        sources=sources,
        static=static,
        order=tuple(ordered(parts)),
        merged=merged,
        reasons=reasons,
    )


def _open(data: bytes, label: str, merged: tuple[str, ...]) -> Patched:
    try:
        parts = unpack(data)
        if BODY_PART not in parts:
            raise PackageError("里面没有 Word 文档")
        if any(_MACRO in name for name in parts):
            raise PackageError("里面有宏")
        _refuse_strange(parts)
        _refuse_outside(parts)
        template = Patched(data, merged)
        template.init_docx()
    except PackageError as error:
        raise unusable_template(label, str(error)).error() from error
    except (PackageNotFoundError, etree.XMLSyntaxError, KeyError, ValueError) as error:
        raise unusable_template(label, "不是 Word 文档，或者文件坏了").error() from error
    return template


def _refuse_strange(parts: Mapping[str, bytes]) -> None:
    """Refuse names that lead out of the package, and XML that could declare entities, openly or in another encoding."""
    for name, content in parts.items():
        if "\\" in name or ".." in name.split("/") or name.startswith("/"):
            raise PackageError("里面有不该有的部件名")
        if name.endswith((".xml", ".rels")):
            encoding = _ENCODING.match(content)
            if b"\0" in content[:8] or (encoding and encoding.group(1).lower() not in (b"utf-8", b"us-ascii")):
                raise PackageError("里面的文字不是 UTF-8 编码")
            if b"<!DOCTYPE" in content:
                raise PackageError("里面有 DTD 声明")


def _refuse_outside(parts: Mapping[str, bytes]) -> None:
    """Refuse pictures, objects and templates taken from elsewhere; links to web pages are let through."""
    for name, content in parts.items():
        for line in _OUTSIDE.findall(content) if name.endswith(".rels") else ():
            kind = _KIND.search(line)
            if kind is None or kind.group(1) != b"hyperlink":
                what = kind.group(1).decode("utf-8", "replace") if kind else "?"
                raise PackageError(f"里面连着外部的文件（{what}），请先断开")


def _saved(template: Patched) -> dict[str, bytes]:
    """Return the parts as docxtpl would save them, untouched by any data."""
    buffer = io.BytesIO()
    template.docx.save(buffer)
    return unpack(buffer.getvalue())


def _source(template: Patched, xml: str) -> str:
    """Make Jinja source of a part's XML; `{_{` (docxtpl's way to print `{{`) is resolved here and not in the data."""
    source = template.patch_xml(xml)
    for written, printed in _ESCAPED_TAGS.items():
        source = source.replace(written, printed)
    return _SPACE.sub(lambda space: space.group(1) or "", source)


def _split_section(source: str) -> tuple[str, str]:
    """Split a body into the inside of w:body and its closing w:sectPr ("" for none)."""
    inside = source[source.index(">") + 1 : source.rindex("</w:body>")]
    at = inside.rfind("<w:sectPr")
    if at < 0 or "</w:p>" in inside[at:]:
        return inside, ""
    return inside[:at], inside[at:]


def _other_sources(template: Patched, parts: dict[str, bytes], body: str) -> Iterator[tuple[str, str]]:
    """Yield the headers, footers, footnotes and properties that hold a tag: name and Jinja source.

    Footnotes that the body refers to belong to each form of a bundle, with or without tags.
    """
    wanted = (template.HEADER_URI, template.FOOTER_URI)
    document: Any = template.docx
    linked = (rel.target_part for rel in document._part.rels.values() if rel.reltype in wanted)
    names = sorted({str(part.partname).lstrip("/") for part in linked})
    for name in (*names, FOOTNOTES_PART, PROPERTIES_PART):
        source = _source(template, parts[name].decode("utf-8")) if name in parts else ""
        referred = name == FOOTNOTES_PART and source and "<w:footnoteReference" in body
        if "{{" in source or "{%" in source or referred:
            yield name, source


def _reasons(sources: dict[str, str]) -> Iterator[str]:
    """Say what in these sources only docxtpl itself renders exactly."""
    body = sources[BODY_PART]
    if _CELL_TAG.search(body):
        yield "按列循环或按列条件（{%tc …%}）：列数随数据变化"
    if '<w:gridSpan w:val="{{' in body:
        yield "跨列数随数据变化（{% colspan %} 或 {% hm %}）"
    if "<wp:docPr" in body:
        yield "图形（图片、文本框）：编号要逐份重排"


def prepare(
    data: bytes, label: str, merged: tuple[str, ...], labels: Iterable[str], blank: Mapping[str, Any]
) -> Compiled:
    """Make a form's template ready to fill; `label` is its file name, `blank` a context with every name on offer.

    `merged` names the columns that merge downwards, `labels` are the words of the form that should stand on it.

    Raises GoalgenError with everything that is wrong with it.
    """
    compiled = compile_template(data, label, merged)
    env = environment()
    trees, problems = checking.check(compiled, env, blank)
    if problems:
        raise GoalgenError(problems)
    doubtful = tuple(checking.missing(compiled.sources, trees.values(), labels, blank))
    found = {} if compiled.reasons else _plain(compiled, env, blank)
    steps = {name: plain for name, (plain, _) in found.items() if plain is not None}
    beyond = tuple(why for plain, why in found.values() if plain is None)
    rest = {name: source for name, source in compiled.sources.items() if name not in steps}
    _require_compilable(rest, env, label)
    return compiled._replace(steps=steps, sources=rest, beyond=beyond, doubtful=doubtful)


def _plain(compiled: Compiled, env: Sandbox, blank: Mapping[str, Any]) -> dict[str, tuple[Steps | None, str]]:
    return {name: simplify(env.parse(source), blank, resolve_listing) for name, source in compiled.sources.items()}


def _require_compilable(sources: Mapping[str, str], env: Sandbox, label: str) -> None:
    """Raise GoalgenError (D02) for what shows only when Jinja compiles and folds constants: a block twice, …"""
    for source in sources.values():
        try:
            env.from_string(source)
        except (TemplateError, RecursionError, ValueError) as error:
            raise Problem("D02", f"标签写错了：{error}", Place(label), "检查模板里的标签").error() from error
