"""Bind content controls to the data: a check box follows its tick, and a control that holds a tag is no placeholder."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from typing import Final

from lxml import etree

from goalgen.word.template.opening import W
from goalgen.word.template.tags import TAG
from goalgen.word.template.tree import remove

TICKED: Final = "☑"
"""What a form prints for an option that is chosen, unless its spec says otherwise."""
_W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_PRINTED: Final = re.compile(r"\{\{-?(?!(?:tr|tc|p|r)\s)(.*?)-?\}\}", re.DOTALL)
_STATES: Final = (("checkedState", "2612"), ("uncheckedState", "2610"))


def bind(control: etree._Element, mark: Callable[[str], etree._Element], ticked: str) -> None:
    """Bind a content control; `mark` makes what stands for a piece of Jinja between elements.

    A check box follows the tag in its contents, or the tag that is its 标记 or 标题 (Word lets nobody type into a check
    box): it is on where the tag prints what `ticked` is. A control with a tag inside forgets that it is a placeholder,
    and that its text is kept in another part, from which Word would put it back.
    """
    properties, content = control.find(f"{W}sdtPr"), control.find(f"{W}sdtContent")
    if properties is not None and content is not None:
        tags = [tag.group() for leaf in content.iter(f"{W}t") for tag in TAG.finditer(leaf.text or "")]
        for element in list(properties.iterchildren("{*}dataBinding", f"{W}showingPlcHdr")) if tags else ():
            properties.remove(element)
        box = properties.find(f"{_W14}checkbox")
        if box is not None:
            _bind_box(properties, content, box, tags, mark, ticked)


def _bind_box(
    properties: etree._Element,
    content: etree._Element,
    box: etree._Element,
    tags: list[str],
    mark: Callable[[str], etree._Element],
    ticked: str,
) -> None:
    printed = [value for value in map(_value, tags) if value]
    named = [_value(element.get(f"{W}val", "")) for element in properties.iterchildren(f"{W}tag", f"{W}alias")]
    value = next(filter(None, [*printed, *named]), "")
    if not value:
        return
    for element in properties.iterchildren(f"{W}tag", f"{W}alias"):
        if _value(element.get(f"{W}val", "")):
            element.set(f"{W}val", value)
    quoted = ticked.replace("\\", "\\\\").replace("'", "\\'")
    test = f"{{% if ({value}) == '{quoted}' %}}"
    _follow(box, test)
    if not printed:
        _show(content, box, test, mark)


def _value(text: str) -> str:
    found = _PRINTED.search(text)
    return found.group(1).strip() if found else ""


def _follow(box: etree._Element, test: str) -> None:
    checked = box.find(f"{_W14}checked")
    if checked is None:
        checked = etree.Element(f"{_W14}checked")
        box.insert(0, checked)
    checked.set(f"{_W14}val", f"{test}1{{% else %}}0{{% endif %}}")


def _show(content: etree._Element, box: etree._Element, test: str, mark: Callable[[str], etree._Element]) -> None:
    """Print the sign of the box's state in the place of what its control holds."""
    run = next(content.iter(f"{W}r"), None)
    if run is None:
        return
    signs = []
    for name, usual in _STATES:
        state = box.find(f"{_W14}{name}")
        code = usual if state is None else state.get(f"{_W14}val", usual)
        signs.append(chr(int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{1,5}", code) else chr(int(usual, 16)))
    run.addprevious(mark(test))
    for sign, end in zip(signs, ("{% else %}", "{% endif %}"), strict=True):
        one = copy.deepcopy(run)
        for child in [child for child in one if child.tag != f"{W}rPr"]:
            one.remove(child)
        etree.SubElement(one, f"{W}t").text = sign
        run.addprevious(one)
        run.addprevious(mark(end))
    for old in [run, *run.itersiblings(f"{W}r")]:
        remove(old)
