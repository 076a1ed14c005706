"""Open the bytes of a template as Word does: its parts in UTF-8 under the usual names, or why it cannot be used."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple
from urllib.parse import unquote
from xml.sax.saxutils import quoteattr

from lxml import etree

from goalgen.files.refusals import unusable_template
from goalgen.word.template.compiled import BODY_PART
from goalgen.word.zip_reading import PackageError, unpack

TYPES_PART: Final = "[Content_Types].xml"
ROOT_RELATIONSHIPS: Final = "_rels/.rels"
W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT: Final = "http://purl.oclc.org/ooxml/"
_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_DOCUMENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TEMPLATE_TYPE: Final = _DOCUMENT_TYPE.replace("document.main", "template.main")
_RELATIONSHIPS_TYPE: Final = "application/vnd.openxmlformats-package.relationships+xml"
_OLD_WORD: Final = b"\xd0\xcf\x11\xe0"
_ENCODING: Final = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([^\"'>]*)")
_DECLARATION: Final = re.compile(r"^\ufeff?<\?xml\b[^>]*\?>\s*")
_LEFT_OUT: Final = {
    "attachedTemplate": ("{*}attachedTemplate", "模板附加在别的模板（.dotx）上，印出的表不带这条连接"),
    "mailMergeSource": ("{*}mailMerge", "模板连着邮件合并的数据源，印出的表不带这条连接"),
    "mailMergeHeaderSource": ("{*}mailMerge", "模板连着邮件合并的数据源，印出的表不带这条连接"),
}
"""Links to files outside that print nothing: the settings that use them, and how it is said that they are left out."""
_UNLINK: Final = {
    "image": "在 Word 的“文件 → 信息 → 编辑指向文件的链接”里断开，或把图片嵌入",
    "oleObject": "在 Word 的“文件 → 信息 → 编辑指向文件的链接”里断开",
}


class Link(NamedTuple):
    """Hold one relationship of a part: where it leads as a part name, or outside as written."""

    id: str
    type: str
    target: str
    outside: bool

    @property
    def kind(self) -> str:
        """Return the last word of its type: image, header, …"""
        return self.type.rpartition("/")[2]


class Opened(NamedTuple):
    """Hold a template's parts by name in package order, the links of each, its content types, and what is left out."""

    parts: Mapping[str, bytes]
    links: Mapping[str, tuple[Link, ...]]
    types: Mapping[str, str]
    notes: tuple[str, ...]

    def linked(self, kind: str) -> tuple[str, ...]:
        """Return the names of the parts that the document refers to by links of a kind."""
        return tuple(
            sorted({link.target for link in self.links.get(BODY_PART, ()) if link.kind == kind and not link.outside})
        )


class _RefusedError(PackageError):
    """Refuse a template for a reason that has a remedy of its own."""

    def __init__(self, why: str, hint: str) -> None:
        super().__init__(why)
        self.hint = hint


def open_template(data: bytes, label: str) -> Opened:
    """Open a template's bytes; `label` is its file name. Raises GoalgenError (D01) when it is nothing to fill."""
    try:
        return _opened(data)
    except _RefusedError as error:
        raise unusable_template(label, str(error), error.hint).error() from error
    except PackageError as error:
        raise unusable_template(label, str(error)).error() from error
    except (etree.XMLSyntaxError, KeyError, ValueError) as error:
        raise unusable_template(label, "不是 Word 文档，或者文件坏了").error() from error


def parsed(content: bytes) -> etree._Element:
    """Parse a part, however long its texts are; nothing is fetched and no entity is resolved. Raises XMLSyntaxError."""
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


_PREFIXES: Final = {
    "w": W.strip("{}"),
    "r": R.strip("{}"),
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
}


def usual_prefixes(root: etree._Element) -> etree._Element:
    """Return a part with Word's namespaces under their usual prefixes, as the root they all stand under declares them."""
    names = {prefix: uri for prefix, uri in root.nsmap.items() if prefix and prefix not in _PREFIXES}
    foreign = [uri for uri in _PREFIXES.values() if uri in names.values() or root.nsmap.get(None) == uri]
    if not foreign:
        return root
    kept = {prefix: uri for prefix, uri in names.items() if uri not in foreign}
    new = etree.Element(
        root.tag, {str(key): str(value) for key, value in root.attrib.items()}, nsmap={**kept, **_PREFIXES}
    )
    new.text = root.text
    new.extend(list(root))
    etree.cleanup_namespaces(new, keep_ns_prefixes=[prefix for prefix in new.nsmap if prefix])
    return new


def relationships_of(name: str) -> str:
    """Return the name of the part that holds a part's relationships."""
    folder, _, file = name.rpartition("/")
    return f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"


def _opened(data: bytes) -> Opened:
    if data.startswith(_OLD_WORD):
        raise _RefusedError("不是 .docx 文件：是旧的 .doc，或者加了打开密码", "去掉密码，在 Word 或 WPS 里另存为 .docx")
    parts = _sound(unpack(data))
    links = {name: _links(parts, name) for name in ("", *parts) if relationships_of(name) in parts}
    main = next((link.target for link in links.get("", ()) if link.kind == "officeDocument"), "")
    if main not in parts:
        raise PackageError("里面没有 Word 文档")
    types = _content_types(parts, main)
    notes = _leave_out(parts, links)
    _refuse_outside(links)
    return Opened(*_named(parts, links, types, main), notes)


def _sound(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the parts with all XML that is read in UTF-8. Raises PackageError for what no template holds."""
    sound = {}
    for name, content in parts.items():
        if "\\" in name or ".." in name.split("/") or name.startswith("/"):
            raise PackageError("里面有不该有的部件名")
        if "vbaProject" in name:
            raise PackageError("里面有宏")
        is_xml = name.endswith((".xml", ".rels"))
        sound[name] = _in_utf8(name, content) if is_xml else content
    return sound


def _in_utf8(name: str, content: bytes) -> bytes:
    """Return XML in UTF-8, as it is where it is none of Word's own parts. Raises PackageError for a DTD."""
    declared = _ENCODING.match(content)
    encoding = declared.group(1).lower() if declared else b"utf-8"
    if b"\0" in content[:6]:
        encoding = b"utf-16" if content[:1] > b"\x7f" else b"utf-16-be" if content[:1] == b"\0" else b"utf-16-le"
    foreign = encoding not in (b"utf-8", b"us-ascii", b"ascii")
    if foreign and b"\0" in content[:6]:
        text = content.decode(encoding.decode("ascii"), "replace")
        if "<!DOCTYPE" in text:
            raise PackageError("里面有 DTD 声明")
        if name.startswith("customXml/"):
            return content
        return _DECLARATION.sub("<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n", text).encode()
    if foreign and not name.startswith("customXml/"):
        raise PackageError("里面的文字不是 UTF-8 编码")
    if b"<!DOCTYPE" in content:
        raise PackageError("里面有 DTD 声明")
    return content


def _links(parts: Mapping[str, bytes], name: str) -> tuple[Link, ...]:
    folder = name.rpartition("/")[0]
    names = {part.lower(): part for part in parts}
    found = []
    for element in parsed(parts[relationships_of(name)]).iterchildren(f"{{{_RELATIONSHIPS}}}Relationship"):
        target, kind = element.get("Target", ""), element.get("Type", "")
        outside = element.get("TargetMode", "") == "External" or kind.endswith("/hyperlink")
        if not outside:
            whole = target if target.startswith("/") else f"/{folder}/{target}"
            target = posixpath.normpath(unquote(whole)).lstrip("/")
            target = names.get(target.lower(), target)
        found.append(Link(element.get("Id", ""), kind, target, outside))
    return tuple(found)


def _content_types(parts: Mapping[str, bytes], main: str) -> dict[str, str]:
    """Return the content types, by extension (`.png`) and by part name. Raises PackageError for what is no document."""
    types: dict[str, str] = {}
    for element in parsed(parts[TYPES_PART]).iterchildren("{*}Default", "{*}Override"):
        if "Extension" in element.attrib:
            types[f".{element.get('Extension', '').lower()}"] = element.get("ContentType", "")
        else:
            types[element.get("PartName", "").lstrip("/")] = element.get("ContentType", "")
    kind = types.get(main, types.get(".xml", ""))
    if kind not in (_DOCUMENT_TYPE, _TEMPLATE_TYPE):
        macros = "macroEnabled" in kind
        raise PackageError("是带宏的 Word 文件（.docm、.dotm）" if macros else "不是 Word 文档，或者文件坏了")
    types[main] = _DOCUMENT_TYPE
    if parsed(parts[main]).tag.startswith(f"{{{_STRICT}"):
        hint = "在 Word 里另存，保存类型选“Word 文档 (*.docx)”，不选“严格 Open XML 文档”"
        raise _RefusedError("是“严格 Open XML 文档”", hint)
    return types


def _leave_out(parts: dict[str, bytes], links: dict[str, tuple[Link, ...]]) -> tuple[str, ...]:
    """Take links out that print nothing: to attached templates, data of a mail merge, and parts that are not there."""
    notes: dict[str, None] = {}
    for name, own in list(links.items()):
        kept = []
        for link in own:
            missing = link.target == "NULL" if link.outside else link.target not in parts
            if link.outside and link.kind in _LEFT_OUT:
                setting, note = _LEFT_OUT[link.kind]
                parts[name] = _without(parts[name], setting)
                notes[note] = None
            elif missing:
                _refuse_used(parts, name, link)
                notes[f"{name or '文件'}里有一条连接指向不存在的部件（{link.kind}），印出的表不带它"] = None
            else:
                kept.append(link)
        links[name] = tuple(kept)
    return tuple(notes)


def _without(content: bytes, tag: str) -> bytes:
    root = parsed(content)
    for parent in list(root.iter("*")):
        for element in list(parent.iterchildren(tag)):
            parent.remove(element)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _refuse_used(parts: Mapping[str, bytes], name: str, link: Link) -> None:
    """Raise PackageError when something in a part uses a link that leads nowhere."""
    if not name.endswith(".xml") or f'"{link.id}"'.encode() not in parts[name]:
        return
    for element in parsed(parts[name]).iter("*"):
        if any(str(key).startswith(R) and value == link.id for key, value in element.attrib.items()):
            paragraph = next(element.iterancestors(f"{W}p"), None)
            words = "".join(text.text or "" for text in paragraph.iter(f"{W}t"))[:60] if paragraph is not None else name
            what = "图片" if link.kind == "image" else link.kind
            raise _RefusedError(f"里面有一处{what}的文件不见了；在“{words}”这一段", "在 Word 里删掉它，或重新插入")


def _refuse_outside(links: Mapping[str, tuple[Link, ...]]) -> None:
    """Refuse pictures, objects and documents taken from elsewhere; links to web pages are let through."""
    for own in links.values():
        for link in own:
            if link.outside and link.kind != "hyperlink":
                hint = _UNLINK.get(link.kind, "在 Word 里断开连接，再另存为 .docx")
                raise _RefusedError(f"里面连着外部的文件（{link.kind or '?'}），请先断开", hint)
            if link.kind in ("aFChunk", "subDocument"):
                raise _RefusedError(
                    "里面夹着整份别的文件，还没有合并进来", "用 Word 打开，保存一次（Word 会把它并入正文）"
                )


def _named(
    parts: Mapping[str, bytes], links: Mapping[str, tuple[Link, ...]], types: Mapping[str, str], main: str
) -> tuple[dict[str, bytes], dict[str, tuple[Link, ...]], dict[str, str]]:
    """Return the parts that something links to, with the document under its usual name, types and links written anew."""

    def name_of(name: str) -> str:
        return BODY_PART if name == main else f"{name}.old" if name == BODY_PART else name

    reached = _reached(links, parts)
    kept = {name_of(name): parts[name] for name in parts if name in reached}
    own = {
        name_of(name): tuple(link if link.outside else link._replace(target=name_of(link.target)) for link in linked)
        for name, linked in links.items()
        if name in reached or not name
    }
    kinds = {name if name.startswith(".") else name_of(name): kind for name, kind in types.items()}
    kinds = {name: kind for name, kind in kinds.items() if name.startswith(".") or name in kept}
    kinds[".rels"] = _RELATIONSHIPS_TYPE
    ordered = {TYPES_PART: types_written(kinds), ROOT_RELATIONSHIPS: _links_written("", own[""]), **kept}
    for name, linked in own.items():
        if name:
            ordered[relationships_of(name)] = _links_written(name, linked)
    return ordered, own, kinds


def _reached(links: Mapping[str, tuple[Link, ...]], parts: Mapping[str, bytes]) -> set[str]:
    reached: set[str] = set()
    waiting = [""]
    while waiting:
        for link in links.get(waiting.pop(), ()):
            if not link.outside and link.target in parts and link.target not in reached:
                reached.add(link.target)
                waiting.append(link.target)
    return reached


def types_written(types: Mapping[str, str]) -> bytes:
    """Write the part [Content_Types].xml."""
    lines = "".join(
        f"<Default Extension={quoteattr(name[1:])} ContentType={quoteattr(kind)}/>"
        if name.startswith(".")
        else f"<Override PartName={quoteattr('/' + name)} ContentType={quoteattr(kind)}/>"
        for name, kind in sorted(types.items(), key=lambda item: not item[0].startswith("."))
    )
    return f'{_DECLARED}<Types xmlns="{_TYPES}">{lines}</Types>'.encode()


_DECLARED: Final = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"


def _links_written(name: str, links: tuple[Link, ...]) -> bytes:
    return f'{_DECLARED}<Relationships xmlns="{_RELATIONSHIPS}">{"".join(_lines(name, links))}</Relationships>'.encode()


def _lines(name: str, links: tuple[Link, ...]) -> Iterator[str]:
    folder = name.rpartition("/")[0]
    for link in links:
        target = link.target if link.outside else posixpath.relpath(f"/{link.target}", f"/{folder}")
        mode = ' TargetMode="External"' if link.outside else ""
        yield f"<Relationship Id={quoteattr(link.id)} Type={quoteattr(link.type)} Target={quoteattr(target)}{mode}/>"
