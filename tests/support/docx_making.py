"""Small Word templates made from raw XML, for tests of what a user may bring."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import NamedTuple

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{OFFICE}/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="w14"'
)
PORTRAIT = '<w:pgSz w:w="11906" w:h="16838"/>'
LANDSCAPE = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)
SEPARATORS = "".join(
    f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{mark}/></w:r></w:p></w:footnote>'
    for number, kind, mark in ((-1, "separator", "separator"), (0, "continuationSeparator", "continuationSeparator"))
)


class Link(NamedTuple):
    """One relationship of the document, `external` or to a part of the package."""

    id: str
    kind: str
    target: str
    external: bool = False


def paragraph(*runs: str) -> str:
    """A paragraph with one run for each text."""
    return f"<w:p>{''.join(run(text) for text in runs)}</w:p>"


def run(text: str) -> str:
    """A run; the text is XML already."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def cell(text: str, width: int = 3000, properties: str = "") -> str:
    """A cell with one paragraph."""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}</w:tcPr>{paragraph(text)}</w:tc>'


def table(*rows: Sequence[str], width: int = 3000) -> str:
    """A table of rows of cells; a text that is no cell yet becomes one."""
    columns = max(map(len, rows))
    lines = ""
    for row in rows:
        spare = columns - len(row)
        span = f'<w:gridSpan w:val="{spare + 1}"/>' if spare else ""
        cells = [text if text.startswith("<w:tc") else cell(text, width * (spare + 1), span) for text in row]
        lines += f"<w:tr>{''.join(cells)}</w:tr>"
    grid = f'<w:gridCol w:w="{width}"/>' * columns
    head = f'<w:tblPr><w:tblW w:w="{width * columns}" w:type="dxa"/></w:tblPr>'
    return f"<w:tbl>{head}<w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>"


def picture(number: int = 1) -> str:
    """A paragraph with an inline picture, relationship rIdPicture."""
    return (
        f'<w:p><w:r><w:drawing><wp:inline><wp:extent cx="9525" cy="9525"/><wp:docPr id="{number}" name="公章"/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="公章"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        '<a:blip r:embed="rIdPicture"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
        '<a:off x="0" y="0"/><a:ext cx="9525" cy="9525"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def docx(
    body: str,
    *,
    header: str = "",
    footer: str = "",
    footnotes: str = "",
    core: Mapping[str, str] | None = None,
    page: str = PORTRAIT,
    links: Sequence[Link] = (),
    more: Mapping[str, bytes] | None = None,
    types: str = "",
    main_type: str = f"{WORD}.document.main+xml",
) -> bytes:
    """The bytes of a template: `body`, `header`, `footer` and `footnotes` are XML of blocks, `core` texts by name."""
    parts = {name: xml for name, xml in (("header1", header), ("footer1", footer), ("footnotes", footnotes)) if xml}
    own = [Link(f"rId{name}", name.rstrip("1"), f"{name}.xml") for name in parts]
    section = "".join(
        f'<w:{name[:6]}Reference w:type="default" r:id="rId{name}"/>' for name in parts if name != "footnotes"
    )
    tags = {"header1": "hdr", "footer1": "ftr", "footnotes": "footnotes"}
    members = {
        "[Content_Types].xml": _types(main_type, [*parts], types),
        "_rels/.rels": relationships(
            [
                Link("rId1", f"{OFFICE}/relationships/officeDocument", "word/document.xml"),
                Link("rId2", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ]
        ),
        "docProps/core.xml": _core(core or {"title": "表"}),
        "word/_rels/document.xml.rels": relationships([*own, *links]),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}<w:sectPr>{section}{page}</w:sectPr></w:body></w:document>",
        **{f"word/{name}.xml": f"<w:{tags[name]} {NAMESPACES}>{xml}</w:{tags[name]}>" for name, xml in parts.items()},
    }
    declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return zipped({**{name: (declaration + xml).encode() for name, xml in members.items()}, **(more or {})})


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A zip of these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def changed(data: bytes, part: str, old: str, new: str) -> bytes:
    """A .docx in which a text of one part is another."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    text = members[part].decode()
    assert old in text
    return zipped({**members, part: text.replace(old, new).encode()})


def relationships(links: Sequence[Link]) -> str:
    """The .rels part with these links."""
    outside = {True: ' TargetMode="External"', False: ""}
    lines = "".join(
        f'<Relationship Id="{link.id}" Type="{_kind(link.kind)}" Target="{link.target}"{outside[link.external]}/>'
        for link in links
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'


def _kind(kind: str) -> str:
    return kind if "/" in kind else f"{OFFICE}/relationships/{kind}"


def _types(main: str, parts: Sequence[str], more: str) -> str:
    lines = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{WORD}.{name.rstrip("1")}+xml"/>' for name in parts
    )
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/><Override PartName="/docProps/core.xml" '
        f'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>{lines}{more}</Types>'
    )


def _core(texts: Mapping[str, str]) -> str:
    inside = "".join(f"<dc:{name}>{text}</dc:{name}>" for name, text in texts.items())
    return (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/">{inside}</cp:coreProperties>'
    )
