"""Read and render a template by docxtpl, and add what goalgen wants: vertical merges by the spec, `&` inside tags."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any, Final

from docxtpl import DocxTemplate
from jinja2 import Environment

_TAG: Final = re.compile(r"\{[{%].*?[}%]\}", re.DOTALL)
_CELL: Final = re.compile(r"<w:tc>(?:(?!<w:tc[ >]).)*?</w:tc>", re.DOTALL)
_PARAGRAPH_IDS: Final = re.compile(r' w14:(?:paraId|textId)="[^"]*"')
_GO_BACK: Final = re.compile(r'<w:bookmarkStart (?=[^>]*w:id="([^"]*)")[^>]*w:name="_GoBack"[^>]*/>')
_VM: Final = '<w:vMerge w:val="{% if loop.first %}restart{% else %}continue{% endif %}"/>'
"""What docxtpl makes of `{% vm %}`; it puts it last into the cell's properties, where the schema does not have it."""
_BEFORE_MERGE: Final = re.compile(r"<w:tcPr>(?:<w:(?:cnfStyle|tcW|gridSpan|hMerge)\b[^>]*/>)*")


class Patched(DocxTemplate):  # type: ignore[misc]
    """Read a template as docxtpl does; cells under the merged columns say restart or continue in every row."""

    def __init__(self, data: bytes, merged: tuple[str, ...]) -> None:
        super().__init__(io.BytesIO(data))
        self.merged = merged

    def patch_xml(self, src_xml: str) -> str:
        """Return the XML of a part as Jinja source."""
        source: str = super().patch_xml(_PARAGRAPH_IDS.sub("", _without_go_back(src_xml)))
        source = _TAG.sub(lambda tag: tag.group().replace("&amp;", "&"), _merges_in_place(source))
        return merge_cells(source, self.merged) if self.merged else source


def _without_go_back(xml: str) -> str:
    """Remove Word's cursor bookmark, which would stand in a bundle many times over."""
    for start in _GO_BACK.finditer(xml):
        xml = xml.replace(start.group(), "")
        xml = re.sub(rf'<w:bookmarkEnd [^>]*w:id="{re.escape(start.group(1))}"[^>]*/>', "", xml, count=1)
    return xml


def _merges_in_place(source: str) -> str:
    """Move what `{% vm %}` became in front of the properties of a cell that come after a merge."""

    def moved(cell: re.Match[str]) -> str:
        text = cell.group().replace(_VM, "", 1)
        place = _BEFORE_MERGE.search(text)
        return f"{text[: place.end()]}{_VM}{text[place.end() :]}" if _VM in cell.group() and place else cell.group()

    return _CELL.sub(moved, source) if _VM in source else source


def merge_cells(source: str, columns: tuple[str, ...]) -> str:
    """Put `<w:vMerge w:val="{{ 行.合并.列 }}"/>` into each cell that prints `行.列` for a merged column."""
    for column in columns:
        tag = re.compile(r"\{\{\s*(?P<row>\w+)\." + re.escape(column) + r"\s*\}\}")

        def merged(cell: re.Match[str], tag: re.Pattern[str] = tag, column: str = column) -> str:
            text = cell.group()
            found = tag.search(text)
            if not found or "<w:vMerge" in text:
                return text
            mark = f'<w:vMerge w:val="{{{{ {found.group("row")}.合并.{column} }}}}"/>'
            place = _BEFORE_MERGE.search(text)
            if place:
                return text[: place.end()] + mark + text[place.end() :]
            return f"<w:tc><w:tcPr>{mark}</w:tcPr>{text.removeprefix('<w:tc>').removeprefix('<w:tcPr/>')}"

        source = _CELL.sub(merged, source)
    return source


def resolve_listing(xml: str) -> str:
    """Turn `\\n` and `\\t` inside the texts of XML into Word's line breaks and tabs."""
    return str(DocxTemplate.resolve_listing(None, xml))


def rendered(data: bytes, merged: tuple[str, ...], env: Environment, context: Mapping[str, Any]) -> bytes:
    """Return the .docx that docxtpl itself makes of a template and a context."""
    template = Patched(data, merged)
    template.render(context, env, autoescape=True)
    buffer = io.BytesIO()
    template.save(buffer)
    return buffer.getvalue()
