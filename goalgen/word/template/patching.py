"""Turn the XML of a part into Jinja source, as docxtpl's patch_xml does, on the tree: linear, and losing nothing unseen."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

from lxml import etree

from goalgen.word.template import controls, marks
from goalgen.word.template.opening import W
from goalgen.word.template.syntax import Fault
from goalgen.word.template.tags import TAG, gather, paragraph_words, pieces

_PREFIXED: Final = re.compile(r"(\{\{|\{%|\{#)(tr|tc|p|r)[ \n\t]")
_WHOLE: Final = {"tr": "行", "tc": "格", "p": "段"}
_LEAVES: Final = (f"{W}t", f"{W}instrText", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t")
_DOC_PR: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_WORD_2010: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_RANGES: Final = (
    *("bookmarkStart", "bookmarkEnd", "permStart", "permEnd", "commentRangeStart", "commentRangeEnd"),
    *("commentReference", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
)
_ONCE: Final = tuple(f"{W}{name}" for name in _RANGES)
_THINGS: Final = {
    f"{W}drawing": "图片或图形",
    f"{W}pict": "图片或图形",
    f"{W}object": "嵌入的对象",
    f"{W}footnoteReference": "脚注",
    f"{W}endnoteReference": "尾注",
    f"{W}sectPr": "分节符",
}
_COUNTED: Final = (*_THINGS, f"{W}fldChar", f"{W}fldSimple", f"{W}sym")
_NEED_PARAGRAPH: Final = tuple(
    f"{W}{name}" for name in ("tc", "hdr", "ftr", "footnote", "endnote", "comment", "txbxContent", "sdtContent")
)
_STATEMENT: Final = re.compile(r"\{%[-+]?\s*(\w+)")
_COLSPAN: Final = re.compile(r"\{%\s*(colspan|cellbg)\s+([^%]*?)\s*%\}")
_MERGE: Final = re.compile(r"\{%\s*(vm|hm)\s*%\}")
_QUOTES: Final = str.maketrans("“”‘’", "\"\"''")
_TOKEN: Final = "\ufdd5"
_TAKEN_OUT: Final = re.compile(f"<\\?tag (\\d+)\\?>|{_TOKEN}(\\d+){_TOKEN}")
_ESCAPED_TAGS: Final = {"{_{": "{{ '{{' }}", "}_}": "{{ '}}' }}", "{_%": "{{ '{%' }}", "%_}": "{{ '%}' }}"}
_SPARED: Final = re.compile("[\ufdd0-\ufdef]")
_EARLIER_CELL: Final = ("cnfStyle", "tcW", "gridSpan", "hMerge")


class Source(NamedTuple):
    """Hold the Jinja source of a part, the whole of it from its declaration on, and what is wrong with its tags."""

    text: str
    faults: tuple[Fault, ...]


def patch(
    root: etree._Element, merged: Iterable[str] = (), *, numbered: bool = False, ticked: str = controls.TICKED
) -> Source:
    """Turn the tree of a part, which is changed, into Jinja source; `merged` names the columns that merge downwards.

    `numbered` asks for new ids of the drawings, as docxtpl gives them to those of the document; `ticked` is what the
    form prints for an option that is chosen.
    """
    _tidy(root)
    faults = gather(root)
    patching = _Patching(root)
    for control in list(root.iter(f"{W}sdt")):
        controls.bind(control, patching.mark, ticked)
    patching.leave_out()
    before = _Inventory.of(root)
    patching.run(tuple(merged), numbered)
    faults += patching.faults or before.lost(_Inventory.of(root))
    return Source(patching.source(), tuple(faults))


class _Inventory(NamedTuple):
    """Hold what a part prints besides its tags: its words, and how many pictures, fields, notes."""

    words: str
    things: tuple[int, ...]

    @classmethod
    def of(cls, root: etree._Element) -> _Inventory:
        """Take the inventory of a part, before or after its tags became tokens."""
        texts = (_TAKEN_OUT.sub("", TAG.sub("", leaf.text or "")) for leaf in root.iter(*_LEAVES))
        return cls("".join("".join(texts).split()), tuple(sum(1 for _ in root.iter(tag)) for tag in _COUNTED))

    def lost(self, after: _Inventory) -> list[Fault]:
        """Say what is no longer there: nothing, unless goalgen itself is at fault."""
        if self.words != after.words:
            at = next(
                (n for n, pair in enumerate(zip(self.words, after.words)) if pair[0] != pair[1]), len(after.words)
            )
            word = self.words[max(at - 10, 0) : at + 20]
            return [Fault(f"“{word}”附近有字印不出来", "", "把这里的标签单独写一段")]
        if self.things != after.things:
            return [Fault("有图、域或脚注会和标签一起删掉", "", "把标签单独写一段")]
        return []


def _tidy(root: etree._Element) -> None:
    """Take away what only an editing program uses: paragraph ids, the cursor's bookmark, white space between elements."""
    etree.strip_elements(root, etree.Comment, etree.ProcessingInstruction, f"{W}proofErr", with_tail=False)
    for element in root.iter("*"):
        for name in ("paraId", "textId"):
            element.attrib.pop(f"{_WORD_2010}{name}", None)
        if element.text and _SPARED.search(element.text):
            element.text = _SPARED.sub("", element.text)
        for key, value in element.attrib.items():
            if _SPARED.search(value):
                element.set(key, _SPARED.sub("", value))
        if element.tail and not element.tail.strip():
            element.tail = None
        if len(element) and element.text and not element.text.strip():
            element.text = None
    cursor = {
        element.get(f"{W}id") for element in root.iter(f"{W}bookmarkStart") if element.get(f"{W}name") == "_GoBack"
    }
    for element in list(root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")) if cursor else ():
        if element.get(f"{W}id") in cursor:
            _remove(element)


def _remove(element: etree._Element) -> None:
    """Remove an element; a text after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)


def _words(element: etree._Element) -> str:
    if element.tag == f"{W}tr":
        return "".join("".join(piece.text for piece in pieces(one)) for one in element.iter(f"{W}p"))[:60]
    inside = element if element.tag == f"{W}p" else next(element.iter(f"{W}p"), element)
    return paragraph_words(inside)


class _Patching:
    """Patch one part: every tag becomes a token, and goes back into the text when the tree is written."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.faults: list[Fault] = []
        self._tags: list[str] = []

    def run(self, merged: tuple[str, ...], numbered: bool) -> None:
        """Go through what docxtpl does, in its order, and what goalgen adds."""
        self._in_cells(_COLSPAN, self._spanned)
        self._join_dashes()
        for kind in ("tr", "tc", "p", "r"):
            self._replace(kind)
        self._in_cells(_MERGE, self._merged)
        self._merge_down(merged)
        self._take_out()
        self._keep_whole()
        self._once(numbered)

    def source(self) -> str:
        """Write the tree as text, and the tags back into it."""
        whole = etree.tostring(self.root, encoding="unicode")
        for written, printed in _ESCAPED_TAGS.items():
            whole = whole.replace(written, printed)
        return self._with_tags(whole)

    def _fault(self, message: str, element: etree._Element, hint: str, where: str = "") -> None:
        self.faults.append(Fault(message, self._with_tags(where or _words(element)), hint))

    def _with_tags(self, text: str) -> str:
        """Put the tags back into a text."""
        return _TAKEN_OUT.sub(lambda token: self._tags[int(token.group(1) or token.group(2))], text)

    def _token(self, tag: str) -> str:
        self._tags.append(tag.translate(_QUOTES) if tag[:2] != "{#" else tag)
        return f"{_TOKEN}{len(self._tags) - 1}{_TOKEN}"

    def mark(self, text: str) -> etree._Element:
        """Make what stands for a tag or a mark between elements."""
        self._tags.append(text)
        return etree.ProcessingInstruction("tag", str(len(self._tags) - 1))

    def _leaves(self) -> list[etree._Element]:
        return [leaf for leaf in self.root.iter(*_LEAVES) if "{" in (leaf.text or "")]

    # ---- cells: colspan, cellbg, vm, hm

    def _in_cells(self, pattern: re.Pattern[str], change: Callable[[etree._Element, re.Match[str], str], str]) -> None:
        """Take tags that say something of the cell they stand in out of its text; `change` returns what is left of it."""
        for leaf in self._leaves():
            cell = next(leaf.iterancestors(f"{W}tc"), None)
            found = pattern.search(leaf.text or "")
            if cell is None or found is None:
                continue
            while found is not None:
                text = leaf.text or ""
                leaf.text = change(cell, found, text[: found.start()] + text[found.end() :])
                found = pattern.search(leaf.text)
            run = leaf.getparent()
            if not leaf.text and not leaf.attrib and run is not None:
                _remove(run)

    def _spanned(self, cell: etree._Element, found: re.Match[str], text: str) -> str:
        kind, value = found.groups()
        self._property(cell, kind, f"{{{{{value}}}}}")
        if kind == "colspan":
            self._dynamic(next(cell.iterancestors(f"{W}tbl")))
        return text

    def _property(self, cell: etree._Element, name: str, tag: str) -> None:
        properties = _properties(cell)
        for old in properties.findall(f"{W}{'gridSpan' if name == 'colspan' else 'shd'}"):
            properties.remove(old)
        if name == "colspan":
            new = etree.Element(f"{W}gridSpan", {f"{W}val": self._token(tag)})
        else:
            values = {"val": "clear", "color": "auto", "fill": self._token(tag)}
            new = etree.Element(f"{W}shd", {f"{W}{key}": value for key, value in values.items()})
        properties.insert(0, new)

    def _merged(self, cell: etree._Element, found: re.Match[str], text: str) -> str:
        kind = found.group(1)
        properties = _properties(cell)
        if kind == "vm":
            tag = self._token("{% if loop.first %}restart{% else %}continue{% endif %}")
            etree.SubElement(properties, f"{W}vMerge", {f"{W}val": tag})
            return f"{{% if loop.first %}}{text}{{% endif %}}"
        span = properties.find(f"{W}gridSpan")
        if span is not None:
            span.set(f"{W}val", self._token(f"{{{{ {span.get(f'{W}val')} * loop.length }}}}"))
        else:
            etree.SubElement(properties, f"{W}gridSpan", {f"{W}val": self._token("{{ loop.length }}")})
        cell.addprevious(self.mark("{% if loop.first %}"))
        cell.addnext(self.mark("{% endif %}"))
        self._dynamic(next(cell.iterancestors(f"{W}tbl")))
        return text

    def _dynamic(self, table: etree._Element) -> None:
        """Mark a table whose columns change with the data; its cells leave their content controls."""
        if table.get(_TOKEN_ATTRIBUTE):
            return
        table.set(_TOKEN_ATTRIBUTE, marks.COLUMNS)
        for cell in list(table.iter(f"{W}tc")):
            content = cell.getparent()
            control = content.getparent() if content is not None and content.tag == f"{W}sdtContent" else None
            around = control.getparent() if control is not None else None
            if around is not None and content is not None and control is not None:
                for child in list(content):
                    control.addprevious(child)
                around.remove(control)

    # ---- {%- and -%}

    def _join_dashes(self) -> None:
        """Join paragraphs as docxtpl does, which leaves the dash out: no white space goes with it."""
        words = {leaf: paragraph_words(leaf) for leaf in self._dashed()}
        for leaf in words:
            if (leaf.text or "").startswith("{%-"):
                leaf.text = f"{{%{(leaf.text or '')[3:]}"
                self._join(leaf, words[leaf], before=True)
        for leaf in self._dashed():
            joined = True
            while joined and (leaf.text or "").endswith("-%}"):
                where = words.get(leaf) or paragraph_words(leaf)
                leaf.text = f"{(leaf.text or '')[:-3]}%}}"
                joined = self._join(leaf, where, before=False)

    def _dashed(self) -> list[etree._Element]:
        return [leaf for leaf in self._leaves() if "%-" in (leaf.text or "") or "-%" in (leaf.text or "")]

    def _join(self, leaf: etree._Element, words: str, before: bool) -> bool:
        """Join a paragraph that began with `{%-` to the one before it, one that ended with `-%}` to the next.

        `words` are those of the paragraph, with the dash.
        """
        paragraph = next(leaf.iterancestors(f"{W}p"), None)
        _drop_breaks(leaf, before)
        if paragraph is None or paragraph.getparent() is None or _edge(paragraph, before) is not leaf:
            return False
        other = _neighbour(paragraph, before)
        if (other is None and _is_story(paragraph)) or (other is not None and other.tag == f"{W}sectPr"):
            return False
        one, two = (other, paragraph) if before else (paragraph, other)
        if one is None or two is None or one.tag != two.tag or _ends_section(one) or _ends_section(two):
            message = f"“{'{%-' if before else '-%}'}”会吃掉它{'前' if before else '后'}面的表格边、格子边或分节"
            self._fault(message, paragraph, "改用 {%p … %}，单独写一段", words)
            return False
        self._append(one, two)
        return True

    def _append(self, one: etree._Element, two: etree._Element) -> None:
        """Put what a paragraph holds behind what another holds."""
        last = one[-1] if len(one) else None
        moved = [child for child in two if child.tag != f"{W}pPr"]
        if last is not None and moved and _may_join(last, moved[0]):
            text, more = last[-1], moved[0].find(f"{W}t")
            text.text = (text.text or "") + ((more.text or "") if more is not None else "")
            text.set(_SPACE, "preserve")
            moved = moved[1:]
        for child in moved:
            one.append(child)
        _remove(two)

    # ---- {%tr, {%tc, {%p, {%r

    def leave_out(self) -> None:
        """Remove the rows, cells and paragraphs that a comment like `{#tr … #}` takes away with all they hold."""
        for kind in ("tr", "tc", "p"):
            for leaf in self._leaves():
                if any(_kind(tag) == kind for tag in _comments(leaf.text or "")) and self._holds(leaf):
                    self._take_away(leaf, kind, [""])

    def _replace(self, kind: str) -> None:
        for leaf in self._leaves():
            found = [match for match in TAG.finditer(leaf.text or "") if _kind(match.group()) == kind]
            if not found or not self._holds(leaf):
                continue
            self._told(found, leaf, kind)
            element = next(leaf.iterancestors(f"{W}{kind}"), None)
            if kind == "r":
                self._split_run(leaf, found)
            elif element is not None:
                self._lost(element, kind)
                self._take_away(leaf, kind, [_bare(one).translate(_QUOTES) for one in _own_tags(element, kind)])

    def _take_away(self, leaf: etree._Element, kind: str, tags: list[str]) -> None:
        """Put tags in the place of the row, cell or paragraph that a text stands in; ranges that begin or end there stay."""
        element = next(leaf.iterancestors(f"{W}{kind}"), None)
        if element is not None:
            table = next(element.iterancestors(f"{W}tbl"), None)
            if kind == "tc" and table is not None:
                self._dynamic(table)
            ranges = [one for one in element.iter(*_ONCE) if _local(one) != "commentReference"]
            place = _outermost(element)
            for own in ranges:
                own.tail = None
                place.addprevious(own)
            for tag in tags:
                place.addprevious(self.mark(tag))
            _remove(place)

    def _holds(self, leaf: etree._Element) -> bool:
        """Say whether a text is still part of the tree."""
        top = leaf
        for top in leaf.iterancestors():
            pass
        return top is self.root

    def _told(self, found: list[re.Match[str]], leaf: etree._Element, kind: str) -> None:
        for match in found:
            tag = match.group()
            paragraph = next(leaf.iterancestors(f"{W}p"), leaf)
            if tag.startswith("{{"):
                inside = tag[2 + len(kind) : -2].strip()
                message = f"“{{{{{kind} … }}}}”印出来的不是一段字，Word 里看不见"
                self._fault(message, paragraph, f"改成 {{{{ {inside} }}}}")
            elif not tag.startswith("{#") and re.search("[%}]", tag[2:-2]):
                message = f"{{%{kind} … %}} 里不能有 % 和 }}（docxtpl 的限制）"
                self._fault(message, paragraph, f"先用 {{% set … %}} 另写一段算好，{{%{kind} … %}} 里只写名称")

    def _split_run(self, leaf: etree._Element, found: list[re.Match[str]]) -> None:
        run = leaf.getparent()
        if run is None or run.tag != f"{W}r":
            return
        text, at = leaf.text or "", 0
        first = True
        after = [child for child in leaf.itersiblings()]
        for match in found:
            before = text[at : match.start()]
            at = match.end()
            if first:
                leaf.text = before
                leaf.set(_SPACE, "preserve")
            else:
                self._sibling(run, before)
                run = run.getnext()
            first = False
            mark = self.mark(_bare(match.group()).translate(_QUOTES))
            run.addnext(mark)
            run = mark
        self._sibling(run, text[at:])
        run = run.getnext()
        for child in after:
            run.append(child)

    def _sibling(self, before: etree._Element, text: str) -> None:
        """Put a run with a text behind an element, formatted as the runs there are."""
        model = before
        while model.tag != f"{W}r":
            model = model.getprevious()
        run = etree.Element(f"{W}r")
        properties = model.find(f"{W}rPr")
        if properties is not None:
            run.append(copy.deepcopy(properties))
        leaf = etree.SubElement(run, f"{W}t", {_SPACE: "preserve"})
        leaf.text = text
        before.addnext(run)

    def _lost(self, element: etree._Element, kind: str) -> None:
        """Tell what goes with a row, cell or paragraph that is only there for its tag."""
        name = _WHOLE[kind]
        rest = "".join(_rest(leaf.text or "", kind) for leaf in element.iter(*_LEAVES)).strip()
        what = f"这一{name}"
        tag = f"{{%{kind} … %}}"
        if kind == "tr" and _starts_merge(element):
            hint = "循环标签另写一行，放在合并的上面和下面"
            self._fault(f"这一行有合并单元格的开头，会和 {tag} 一起删掉", element, hint)
        elif rest:
            self._fault(f"{what}除了 {tag} 还有“{rest[:20]}”，会一起删掉", element, f"{tag} 要单独占一{name}")
        for thing in element.iter(*_THINGS):
            self._fault(f"{what}有{_THINGS[thing.tag]}，会和 {tag} 一起删掉", element, f"{tag} 要单独占一{name}")

    # ---- goalgen's own

    def _merge_down(self, columns: tuple[str, ...]) -> None:
        for column in columns:
            tag = merged_tag(column)
            for leaf in self._leaves():
                found = next(filter(None, map(tag.search, _printing(leaf.text or ""))), None)
                cell = next(leaf.iterancestors(f"{W}tc"), None)
                if not found or cell is None or cell.find(f"{W}tcPr/{W}vMerge") is not None:
                    continue
                properties = _properties(cell)
                places = [n for n, child in enumerate(properties, 1) if _local(child) in _EARLIER_CELL]
                value = self._token(f"{{{{ {found.group('row')}.合并.{column} }}}}")
                properties.insert(max(places, default=0), etree.Element(f"{W}vMerge", {f"{W}val": value}))

    def _take_out(self) -> None:
        """Put a token for every tag inside a text or an attribute: what XML writes otherwise, Jinja reads as it was."""
        for element in self.root.iter():
            text = element.text or ""
            if isinstance(element, etree._ProcessingInstruction):
                text = ""
            if "{" in text:
                element.text = TAG.sub(lambda tag: self._token(tag.group()), text)
                if element.tag == f"{W}t":
                    element.set(_SPACE, "preserve")
            if element.tail and "{" in element.tail:
                element.tail = TAG.sub(lambda tag: self._token(tag.group()), element.tail)
            for key, value in () if isinstance(element, etree._ProcessingInstruction) else element.attrib.items():
                if "{" in value:
                    element.set(key, TAG.sub(lambda tag: self._token(tag.group()), value))

    def _keep_whole(self) -> None:
        """Mark cells that may be left without a paragraph, rows without cells, tables without rows."""
        for element in self.root.iter(*_NEED_PARAGRAPH):
            if (element.tag != f"{W}sdtContent" or _is_block(element)) and _has_tags(element):
                element.append(self.mark(marks.PARAGRAPH))
        for element in list(self.root.iter(f"{W}tbl", f"{W}tr")):
            kind = marks.ROW if element.tag == f"{W}tr" else element.attrib.pop(_TOKEN_ATTRIBUTE, marks.TABLE)
            if kind == marks.COLUMNS or _has_tags(element):
                element.addprevious(self.mark(f"{marks.OPEN}{kind}"))
                element.addnext(self.mark(marks.CLOSE))

    def _once(self, numbered: bool) -> None:
        """See to it that what may stand only once in a document does so where a loop repeats it."""
        depth = 0
        known: dict[tuple[str, str], int] = {}
        found: list[etree._Element] = []
        for element in self.root.iter():
            if isinstance(element, etree._ProcessingInstruction):
                depth += self._step(self._tags[int(str(element.text))])
                continue
            for text in (element.text, element.tail if not isinstance(element, etree._Comment) else None):
                if text and _TOKEN in text:
                    depth += sum(self._step(self._tags[int(number)]) for number in text.split(_TOKEN)[1::2])
            if element.tag == _DOC_PR and (numbered or depth):
                element.set("id", marks.NUMBER)
            elif depth > 0 and (element.tag in _ONCE or element.tag in (f"{W}id", f"{W}footnoteReference")):
                found.append(element)
        for element in found:
            self._repeat(element, known)

    def _step(self, tag: str) -> int:
        word = _STATEMENT.match(tag)
        if word is None:
            return 0
        return {"for": 1, "macro": 1, "endfor": -1, "endmacro": -1}.get(word.group(1), 0)

    def _repeat(self, element: etree._Element, known: dict[tuple[str, str], int]) -> None:
        if element.tag == f"{W}id":
            if _local(element.getparent()) == "sdtPr":
                _remove(element)
            return
        if element.tag == f"{W}footnoteReference":
            self._fault("循环里有脚注，同一个脚注会印好几次", element, "把脚注移到循环外面", paragraph_words(element))
            return
        number = known.setdefault((str(element.tag), element.get(f"{W}id", "")), len(known))
        element.addprevious(self.mark(f"{marks.ONCE}{number}{marks.ONCE_TEXT}"))
        tail, element.tail = element.tail, None
        end = self.mark(marks.ONCE)
        element.addnext(end)
        end.tail = tail


_TOKEN_ATTRIBUTE: Final = "goalgen"
"""How a table is known whose columns change; it is taken away before the tree is written."""


def merged_tag(column: str) -> re.Pattern[str]:
    """Return what finds in a tag the column of a row, whatever filters follow."""
    name = re.escape(column)
    return re.compile(rf"(?<![\w.])(?P<row>\w+)(?:\.{name}(?!\w)|\[[\"'“”‘’]{name}[\"'“”‘’]\])")


def _comments(text: str) -> Iterator[str]:
    return (tag.group() for tag in TAG.finditer(text) if tag.group().startswith("{#"))


def _printing(text: str) -> Iterator[str]:
    return (tag.group() for tag in TAG.finditer(text) if tag.group().startswith("{{"))


def _local(element: etree._Element | None) -> str:
    return "" if element is None else str(element.tag).rpartition("}")[2]


def _properties(cell: etree._Element) -> etree._Element:
    found = cell.find(f"{W}tcPr")
    if found is None:
        found = etree.Element(f"{W}tcPr")
        cell.insert(0, found)
    return found


def _kind(tag: str) -> str:
    found = _PREFIXED.match(tag)
    return found.group(2) if found and not (found.group(1) == "{#" and found.group(2) == "r") else ""


def _bare(tag: str) -> str:
    """Return a tag without the letters that say what it takes away, spaced as docxtpl does."""
    return f"{tag[:2]} {tag[2 + len(_kind(tag)) + 1 :]}"


def _rest(text: str, kind: str) -> str:
    return "".join(TAG.sub(lambda tag: "" if _kind(tag.group()) == kind else tag.group(), text))


def _own_tags(element: etree._Element, kind: str) -> Iterator[str]:
    for leaf in element.iter(*_LEAVES):
        yield from (tag.group() for tag in TAG.finditer(leaf.text or "") if _kind(tag.group()) == kind)


def _outermost(element: etree._Element) -> etree._Element:
    """Return the content control or the like that holds nothing but an element, or the element."""
    parent = element.getparent()
    while parent is not None and len(parent) == 1 and parent.tag in (f"{W}sdtContent", f"{W}customXml", f"{W}ins"):
        control = parent.getparent()
        element = parent if parent.tag != f"{W}sdtContent" or control is None else control
        parent = element.getparent()
    return element


def _starts_merge(row: etree._Element) -> bool:
    below = row.getnext()
    return any(
        merge.get(f"{W}val") == "restart" and below is not None and below.tag == f"{W}tr" and _goes_on(below)
        for merge in row.iter(f"{W}vMerge")
    )


def _goes_on(row: etree._Element) -> bool:
    return any(merge.get(f"{W}val", "continue") == "continue" for merge in row.iter(f"{W}vMerge"))


def _has_tags(element: etree._Element) -> bool:
    """Say whether a tag stands directly in an element, or in nothing but content controls in it."""
    for child in element:
        if isinstance(child, etree._ProcessingInstruction):
            return True
        if _local(child) in ("sdt", "sdtContent", "customXml") and _has_tags(child):
            return True
    return False


def _is_block(content: etree._Element) -> bool:
    """Say whether the contents of a content control are paragraphs and tables."""
    around = [_local(one) for one in content.iterancestors()]
    return next((name for name in around if name not in ("sdt", "sdtContent", "customXml")), "") in ("body", "tc")


def _is_story(paragraph: etree._Element) -> bool:
    return _local(paragraph.getparent()) in ("body", "hdr", "ftr", "footnote", "endnote")


def _edge(paragraph: etree._Element, first: bool) -> etree._Element | None:
    """Return the text with which a paragraph begins or ends, None when that is something else."""
    for child in paragraph if first else reversed(paragraph):
        if child.tag == f"{W}r":
            inside = [one for one in child if one.tag not in (f"{W}rPr", f"{W}lastRenderedPageBreak")]
            return inside[0 if first else -1] if inside else None
        if child.tag not in (f"{W}pPr", f"{W}proofErr", *_ONCE):
            return None
    return None


def _drop_breaks(leaf: etree._Element, before: bool) -> None:
    """Remove the line breaks between a text and the one before or after it in the same paragraph."""
    breaks = []
    for element in _beside(leaf, before):
        if element.tag not in (f"{W}br", f"{W}cr") or element.get(f"{W}type") not in (None, "textWrapping"):
            break
        breaks.append(element)
    for element in breaks:
        run = element.getparent()
        _remove(element)
        if run is not None and all(child.tag == f"{W}rPr" for child in run):
            _remove(run)


def _beside(leaf: etree._Element, before: bool) -> Iterator[etree._Element]:
    """Yield what stands before or after a text in its run and in the runs beside it, nearest first."""
    run = leaf.getparent()
    element: etree._Element | None = leaf
    while run is not None and run.tag == f"{W}r":
        if element is not None:
            element = element.getprevious() if before else element.getnext()
        if element is not None and element.tag != f"{W}rPr":
            yield element
        elif element is None or before:
            run = run.getprevious() if before else run.getnext()
            element = None
            if run is not None and len(run):
                element = run[-1] if before else run[0]
                if element.tag != f"{W}rPr":
                    yield element


def _neighbour(paragraph: etree._Element, before: bool) -> etree._Element | None:
    other = paragraph.getprevious() if before else paragraph.getnext()
    while other is not None and other.tag in _ONCE:
        other = other.getprevious() if before else other.getnext()
    return other


def _ends_section(paragraph: etree._Element) -> bool:
    return paragraph.find(f"{W}pPr/{W}sectPr") is not None


def _may_join(last: etree._Element, first: etree._Element) -> bool:
    """Say whether two runs are alike and end and begin with a text."""
    if last.tag != f"{W}r" or first.tag != f"{W}r" or not len(last) or last[-1].tag != f"{W}t":
        return False
    texts = [child for child in first if child.tag != f"{W}rPr"]
    alike = _written(last.find(f"{W}rPr")) == _written(first.find(f"{W}rPr"))
    return alike and len(texts) == 1 and texts[0].tag == f"{W}t"


def _written(element: etree._Element | None) -> bytes:
    return b"" if element is None else etree.tostring(element, method="c14n")
