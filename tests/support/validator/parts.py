"""The container half of the .docx validator: zip, content types, relationships and well-formed XML.

Knows nothing of Word: `docx_validator` puts the checks of the document on top of it.
"""

import io
import posixpath
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

CONTENT_TYPES = "[Content_Types].xml"
FIXED_DATE = (1980, 1, 1, 0, 0, 0)
ENCODINGS = ("UTF-8", "UTF-16", "US-ASCII", "ASCII")
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What zipfile raises on broken archives: NotImplementedError is a RuntimeError, UnicodeDecodeError a
# ValueError.
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError)

# Relationship kinds whose target must have the content type `….<kind>+xml`.
NAMESAKES = (
    *("styles", "numbering", "settings", "webSettings", "fontTable", "theme", "header", "footer"),
    *("footnotes", "endnotes", "comments", "core-properties", "extended-properties", "custom-properties"),
)
# Elements that point through a relationship of one kind only.
POINTERS = {
    f"{W}headerReference": "header",
    f"{W}footerReference": "footer",
    f"{W}hyperlink": "hyperlink",
    f"{A}blip": "image",
}


class Relationship(NamedTuple):
    """One line of a .rels part; `target` is the part's name, or None when it lies outside the package."""

    identifier: str
    kind: str
    target: str | None


@dataclass(frozen=True)
class Package:
    """A .docx in memory; `damage` holds what already went wrong while reading it."""

    members: tuple[zipfile.ZipInfo, ...]
    parts: Mapping[str, bytes]
    trees: Mapping[str, etree._Element]
    damage: tuple[str, ...]

    @property
    def words(self) -> Iterator[tuple[str, etree._Element]]:
        """The WordprocessingML parts, by name."""
        return ((name, tree) for name, tree in self.trees.items() if tree.tag.startswith(W))


def read(source: Path | bytes) -> Package:
    """Read everything that can be read; what cannot is named in `damage`."""
    stream = io.BytesIO(source if isinstance(source, bytes) else source.read_bytes())
    try:
        with zipfile.ZipFile(stream) as archive:
            members = tuple(archive.infolist())
            contents = [(member.filename, _content(archive, member)) for member in members]
    except UNREADABLE as error:
        return Package((), {}, {}, (f"zip: not readable: {error}",))
    damage = [f"{name}: {content}" for name, content in contents if isinstance(content, str)]
    parts = {name: content for name, content in contents if isinstance(content, bytes)}
    trees: dict[str, etree._Element] = {}
    for name, content in parts.items():
        if name.lower().endswith((".xml", ".rels")):
            tree = _parse(content)
            if isinstance(tree, str):
                damage.append(f"{name}: {tree}")
            else:
                trees[name] = tree
    return Package(members, parts, trees, tuple(damage))


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes | str:
    """The bytes of a member, or why they cannot be had (the check sum is verified on the way)."""
    try:
        return archive.read(member)
    except UNREADABLE as error:
        return f"member not readable: {error}"


def _parse(content: bytes) -> etree._Element | str:
    """The root of a strictly parsed part, or what is wrong with it."""
    parser = etree.XMLParser(recover=False, resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, LookupError) as error:
        return f"not well-formed XML: {error}"
    document = root.getroottree().docinfo
    if document.internalDTD is not None:
        return "has a document type declaration"
    if (document.encoding or "UTF-8").upper() not in ENCODINGS:
        return f"encoding {document.encoding} is neither UTF-8 nor UTF-16"
    return root


def repeated(values: Iterable[str]) -> list[str]:
    """The values that occur more than once, each named once, in order."""
    return [value for value, count in Counter(values).items() if count > 1]


def local(element: etree._Element) -> str:
    """An element's name without its namespace."""
    return etree.QName(element).localname


def rels_name(part: str) -> str:
    """The name of the .rels part that belongs to a part (`""` is the package itself)."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relationships(package: Package, part: str) -> list[Relationship]:
    """What a part (`""` is the package itself) points to; empty without a readable .rels part."""
    root = package.trees.get(rels_name(part))
    return [] if root is None else [_relationship(part, line) for line in root.iterchildren("*")]


def related(package: Package, kind: str) -> list[str]:
    """The readable XML parts of one kind that the main document points to."""
    mains = (line.target for line in relationships(package, "") if line.kind == "officeDocument")
    lines = (line for main in mains if main for line in relationships(package, main))
    targets = (line.target or "" for line in lines if line.kind == kind)
    return [target for target in targets if target in package.trees]


def _relationship(part: str, line: etree._Element) -> Relationship:
    target = unquote(line.get("Target", "").partition("#")[0])
    inside = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
    kind = line.get("Type", "").rpartition("/")[2]
    return Relationship(line.get("Id", ""), kind, None if line.get("TargetMode") == "External" else inside)


def content_type(package: Package, part: str) -> str:
    """The content type of a part, `""` when it has none."""
    root = package.trees.get(CONTENT_TYPES)
    found: dict[str | None, str] = {}
    for line in () if root is None else root.iterchildren("*"):
        key = line.get("PartName") or f"*.{line.get('Extension')}"
        found[key.lower()] = line.get("ContentType", "")
    extension = part.rpartition(".")[2]
    return found.get(f"/{part}".lower()) or found.get(f"*.{extension}".lower(), "")


def zip_members(package: Package) -> Iterator[str]:
    """Names that clash or lead outside; compression that OPC does not know."""
    yield from package.damage
    for name in repeated(member.filename.lower() for member in package.members):
        yield f"{name}: member name occurs twice in the zip"
    for member in package.members:
        if _unsafe(member.filename):
            yield f"{member.filename}: unsafe member name"
        if member.compress_type not in METHODS:
            yield f"{member.filename}: compression method {member.compress_type}"


def _unsafe(name: str) -> bool:
    return "\\" in name or ":" in name or not {"", ".", ".."}.isdisjoint(name.removesuffix("/").split("/"))


def unfixed_dates(source: Path | bytes) -> list[str]:
    """One line for each zip member that is not dated 1980-01-01, as same bytes each time need."""
    dates = ((member.filename, member.date_time) for member in read(source).members)
    return [f"{name}: dated {date}, not 1980-01-01" for name, date in dates if date != FIXED_DATE]


def content_types(package: Package) -> Iterator[str]:
    """Every part has a type, every type a part."""
    root = package.trees.get(CONTENT_TYPES)
    if root is None:
        yield f"{CONTENT_TYPES}: missing"
        return
    lines = [line.get("PartName") or f"*.{line.get('Extension')}" for line in root.iterchildren("*")]
    for line in repeated(line.lower() for line in lines):
        yield f"{CONTENT_TYPES}: {line} is listed twice"
    known = {f"/{member.filename}".lower() for member in package.members}
    for line in lines:
        if line.startswith("/") and line.lower() not in known:
            yield f"{CONTENT_TYPES}: Override for {line}, which is missing"
    for part in package.parts:
        if not (part == CONTENT_TYPES or part.endswith("/") or content_type(package, part)):
            yield f"{part}: has no content type"


def relationship_parts(package: Package) -> Iterator[str]:
    """Ids are unique, targets inside the package exist and have the type their relationship announces."""
    sources = {rels_name(part): part for part in ("", *package.parts)}
    for name in package.trees:
        if not name.endswith(".rels"):
            continue
        if name not in sources:
            yield f"{name}: belongs to no part"
            continue
        lines = relationships(package, sources[name])
        for identifier in repeated(line.identifier for line in lines):
            yield f"{name}: relationship id {identifier} occurs twice"
        for line in lines:
            yield from (f"{name}: {fault}" for fault in _target_faults(package, line))


def _target_faults(package: Package, line: Relationship) -> Iterator[str]:
    if line.target is None:
        return
    if line.target not in package.parts:
        yield f"relationship {line.identifier} points to {line.target}, which is missing"
        return
    kind = content_type(package, line.target)
    if not _announced(line.kind, kind):
        yield f"relationship {line.identifier} announces {line.kind}, {line.target} has content type {kind!r}"


def _announced(kind: str, type_: str) -> bool:
    """Whether a content type is one that a kind of relationship may point to."""
    if kind == "officeDocument":
        return type_.endswith("wordprocessingml.document.main+xml")
    if kind == "image":
        return type_.startswith("image/")
    return kind not in NAMESAKES or type_.endswith(f".{kind}+xml")


def main_document(package: Package) -> Iterator[str]:
    """The package names exactly one main document, and that is one."""
    mains = [line.target for line in relationships(package, "") if line.kind == "officeDocument"]
    if len(mains) != 1:
        yield f"_rels/.rels: {len(mains)} officeDocument relationships, not 1"
    for tree in (package.trees.get(name or "") for name in mains):
        if tree is not None and tree.tag != f"{W}document":
            yield f"_rels/.rels: the main document's root is {local(tree)}, not document"


def relationship_uses(package: Package) -> Iterator[str]:
    """Every r:id, r:embed, r:link … of a part is defined in its .rels, and is of the right kind."""
    for part, tree in package.trees.items():
        kinds = {line.identifier: line.kind for line in relationships(package, part)}
        for element in tree.iter("*"):
            wanted = POINTERS.get(element.tag)
            for identifier in _identifiers(element):
                kind = kinds.get(identifier)
                if kind is None:
                    yield f"{part}: {local(element)} uses relationship {identifier!r}, which is not defined"
                elif wanted not in (None, kind):
                    yield f"{part}: {local(element)} uses relationship {identifier!r} of kind {kind}"


def _identifiers(element: etree._Element) -> list[str]:
    return [str(value) for name, value in element.attrib.items() if str(name).startswith(R)]


def compatibility_prefixes(package: Package) -> Iterator[str]:
    """Prefixes named by mc:Ignorable, mc:MustUnderstand and mc:Choice are declared where they are named."""
    for part, tree in package.trees.items():
        for element in tree.iter("*"):
            lists = [element.get(f"{MC}Ignorable", ""), element.get(f"{MC}MustUnderstand", "")]
            if element.tag == f"{MC}Choice":
                lists.append(element.get("Requires", ""))
            for prefix in " ".join(lists).split():
                if prefix not in element.nsmap:
                    yield f"{part}: {local(element)} names the undeclared prefix {prefix!r}"
