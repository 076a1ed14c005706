"""Let docxtpl repair the tables whose columns change with the data."""

from __future__ import annotations

import re
from typing import Final

from docxtpl import DocxTemplate
from lxml import etree

_PREFIX: Final = re.compile(r"[<\s]([A-Za-z_][\w.-]*):[\w]")
_INSIDE: Final = re.compile(r"\A<tables[^>]*>|</tables>\Z")


def repaired_table(xml: str) -> str:
    """Return a table's XML with as many columns as its rows have cells, as docxtpl makes it. Raises XMLSyntaxError."""
    prefixes = {*_PREFIX.findall(xml)} - {"xml", "xmlns"}
    names = "".join(f' xmlns:{prefix}="{_NAMESPACES.get(prefix, prefix)}"' for prefix in sorted(prefixes | {"w"}))
    whole = f"<tables{names}>{xml}</tables>"
    etree.fromstring(whole)  # docxtpl's own parser would repair what is broken by leaving it out
    tree = DocxTemplate.fix_tables(None, whole)
    return _INSIDE.sub("", etree.tostring(tree, encoding="unicode"))


_NAMESPACES: Final = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
"""What a prefix stands for; all but Word's own only come and go, under the same prefix."""
