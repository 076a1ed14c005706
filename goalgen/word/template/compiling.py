"""Compile the bytes of a Word template: every part with tags becomes Jinja source, what never changes stays as it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple
from urllib.parse import unquote

from jinja2.exceptions import TemplateError
from lxml import etree

from goalgen.errors import GoalgenError, Place, Problem
from goalgen.files.refusals import unusable_template
from goalgen.word.template import checking, controls, marks, proving
from goalgen.word.template.compiled import BODY_PART, ENDNOTES_PART, FOOTNOTES_PART, PROPERTIES_PART, Compiled
from goalgen.word.template.listing import resolve_listing
from goalgen.word.template.opening import Opened, open_template, parsed, usual_prefixes
from goalgen.word.template.patching import patch
from goalgen.word.template.sandbox import Sandbox, environment
from goalgen.word.template.simplify import simplify
from goalgen.word.template.steps import Steps
from goalgen.word.template.syntax import MAX_FAULTS, Fault

_BODY: Final = re.compile(r"<w:body(?: [^<>]*)?>")
_TAG_BEGINS: Final = re.compile(r"\{[{%#]")
_TAG_IN_TEXT: Final = re.compile(r"\{\{[^{}<>]{1,200}\}\}|\{%[^{}%<>]{1,200}%\}")
_UNFILLED: Final = {
    "word/charts/": "图表里",
    "word/diagrams/": "SmartArt 图形里",
    "docProps/custom.xml": "文档的自定义属性里",
    "word/numbering.xml": "编号的样式里",
}
"""Parts whose tags nobody fills."""


class Draft(NamedTuple):
    """Hold a template compiled but unchecked: all its tags in `compiled.sources`, what is wrong with them so far."""

    compiled: Compiled
    faults: tuple[Fault, ...]
    opened: Opened


def compile_template(data: bytes, label: str, merged: tuple[str, ...] = (), ticked: str = controls.TICKED) -> Draft:
    """Compile a template's bytes, unchecked; `label` is its file name, `merged` the columns that merge downwards.

    `ticked` is what the form prints for an option that is chosen. Raises GoalgenError (D01) when the bytes are nothing
    to fill.
    """
    opened = open_template(data, label)
    faults: list[Fault] = []
    sources: dict[str, str] = {}
    for name in (BODY_PART, *_others(opened)):
        root = _tree(opened, name, label)
        part = patch(root, merged, numbered=name == BODY_PART, ticked=ticked)
        faults += part.faults
        sources[name] = part.text
    whole = sources[BODY_PART]
    if not all(sources.values()):
        raise GoalgenError(_told(label, faults))
    begun = _BODY.search(whole)
    if begun is None or "</w:body>" not in whole:
        raise unusable_template(label, "里面没有正文").error()
    end = whole.rindex("</w:body>")
    sources[BODY_PART], section = _split_section(whole[begun.end() : end])
    wanted = {name: source for name, source in sources.items() if name == BODY_PART or _is_own(name, source, sources)}
    return Draft(
        Compiled(
            label=label,
            head=f"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n{whole[: begun.start()]}<w:body>",
            tail=whole[end:],
            section=section,
            steps={},
            sources=wanted,
            static={name: content for name, content in opened.parts.items() if name not in wanted},
            order=tuple(opened.parts),
            merged=merged,
            reasons=tuple(_reasons(sources[BODY_PART])),
            marked=any(map(marks.has_marks, wanted.values())),
            notes=opened.notes,
        ),
        (*faults, *_unfilled(opened, wanted)),
        opened,
    )


def _tree(opened: Opened, name: str, label: str) -> etree._Element:
    try:
        return usual_prefixes(parsed(opened.parts[name]))
    except etree.XMLSyntaxError as error:
        raise unusable_template(label, "不是 Word 文档，或者文件坏了").error() from error


def _others(opened: Opened) -> Iterator[str]:
    """Yield the headers, footers, notes and properties that there are."""
    yield from opened.linked("header")
    yield from opened.linked("footer")
    yield from (name for name in (FOOTNOTES_PART, ENDNOTES_PART, PROPERTIES_PART) if name in opened.parts)


def _is_own(name: str, source: str, sources: Mapping[str, str]) -> bool:
    """Say whether every form has a part of its own: one with tags, or with notes that the body refers to."""
    kinds = {FOOTNOTES_PART: "<w:footnoteReference", ENDNOTES_PART: "<w:endnoteReference"}
    return bool(_TAG_BEGINS.search(source)) or (name in kinds and kinds[name] in sources[BODY_PART])


def _split_section(inside: str) -> tuple[str, str]:
    """Split the inside of w:body into what stands before its closing w:sectPr and that ("" for none)."""
    at = inside.rfind("<w:sectPr")
    if at < 0 or "</w:p>" in inside[at:]:
        return inside, ""
    return inside[:at], inside[at:]


def _reasons(body: str) -> Iterator[str]:
    """Say what in a body makes docxtpl repair its tables form by form."""
    if f"{marks.OPEN}{marks.COLUMNS}" in body:
        spans = '<w:gridSpan w:val="{{' in body
        yield (
            "跨列数随数据变化（{% colspan %} 或 {% hm %}）"
            if spans
            else "按列循环或按列条件（{%tc …%}）：列数随数据变化"
        )


def _unfilled(opened: Opened, filled: Iterable[str]) -> Iterator[Fault]:
    """Find tags in the addresses of links, and in parts that nobody fills."""
    for link in (link for links in opened.links.values() for link in links if link.outside):
        found = _TAG_IN_TEXT.search(unquote(link.target))
        if found:
            yield Fault(f"超链接的网址里不能写标签，“{found.group()[:40]}”不会填", "", "把标签写在链接上的字里")
    for name, content in opened.parts.items():
        where = next((said for start, said in _UNFILLED.items() if name.startswith(start)), "")
        if not where or name in filled or not (b"{{" in content or b"{%" in content):
            continue
        text = re.sub("<[^<>]*>", "", content.decode("utf-8", "replace"))
        found = _TAG_IN_TEXT.search(text)
        if found:
            yield Fault(f"{where}不能写标签，“{found.group()[:40]}”会原样印出来", "", "把标签写在正文、页眉或页脚里")


def prepare(
    data: bytes,
    label: str,
    merged: tuple[str, ...],
    labels: Iterable[str],
    blank: Mapping[str, Any],
    ticked: str = controls.TICKED,
    optional: Collection[str] = (),
) -> Compiled:
    """Make a form's template ready to fill; `label` is its file name, `blank` a context with every name on offer.

    `merged` names the columns that merge downwards, `labels` are the words of the form that should stand on it,
    `ticked` is what it prints for an option that is chosen,
    `optional` the names that a template may leave out.

    Raises GoalgenError with everything that is wrong with it: tags first; a template whose tags are right is filled on
    trial, and what comes out must be a sound document.
    """
    draft = compile_template(data, label, merged, ticked)
    compiled = draft.compiled
    env = environment()
    trees, problems = checking.check(compiled, env, blank)
    if draft.faults or problems:
        raise GoalgenError(list(dict.fromkeys([*_told(label, draft.faults), *problems])))
    doubtful = tuple(checking.missing(compiled.sources, trees.values(), labels, blank, optional))
    found = _plain(compiled, env, blank)
    steps = {name: plain for name, (plain, _) in found.items() if plain is not None}
    beyond = tuple(why for plain, why in found.values() if plain is None)
    rest = {name: source for name, source in compiled.sources.items() if name not in steps}
    _require_compilable(rest, env, label)
    proving.prove(compiled, trees.values(), draft.opened.parts, blank)
    return compiled._replace(steps=steps, sources=rest, beyond=beyond, doubtful=doubtful)


def _told(label: str, faults: Iterable[Fault]) -> list[Problem]:
    told = [Problem("D02", fault.message, Place(label), checking.at(fault)) for fault in dict.fromkeys(faults)]
    return told[:MAX_FAULTS]


def _plain(compiled: Compiled, env: Sandbox, blank: Mapping[str, Any]) -> dict[str, tuple[Steps | None, str]]:
    return {name: simplify(env.parse(source), blank, resolve_listing) for name, source in compiled.sources.items()}


def _require_compilable(sources: Mapping[str, str], env: Sandbox, label: str) -> None:
    """Raise GoalgenError (D02) for what shows only when Jinja compiles and folds constants: a block twice, …"""
    for source in sources.values():
        try:
            env.from_string(source)
        except (RecursionError, SyntaxError) as error:  # Python's own limits on what Jinja makes of a template
            raise Problem("D02", "条件和循环套得太深", Place(label), "写得简单些").error() from error
        except (TemplateError, ValueError) as error:
            raise Problem("D02", f"标签写错了：{error}", Place(label), "检查模板里的标签").error() from error
