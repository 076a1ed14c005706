"""Properties print as text: fields of every spelling, and controls bound to them."""

from __future__ import annotations

from lxml import etree

from goalgen.word.binding.document_properties import print_properties, property_values, shows_properties
from goalgen.word.binding.markup import parsed
from tests.support.bundle_templates import field
from tests.support.docx_making import NAMESPACES, paragraph, run

CORE = (
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>a b</dc:title><dc:creator>\xe7\x94\xb2</dc:creator>'
    b"<dc:subject></dc:subject></cp:coreProperties>"
)
CUSTOM = (
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    b'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property name="\xe6\x96\x87\xe5\x8f\xb7">'
    b"<vt:lpwstr>1\xe5\x8f\xb7</vt:lpwstr></property></Properties>"
)
BOUND = "xmlns:p='http://schemas.openxmlformats.org/package/2006/metadata/core-properties'"


def tree(inside: str) -> etree._Element:
    return parsed(f"<w:x {NAMESPACES}>{inside}</w:x>".encode())


def printed(inside: str) -> str:
    settings = tree('<w:docVars><w:docVar w:name="变量" w:val="值"/></w:docVars>')
    root = tree(inside)
    print_properties([root], property_values({"docProps/core.xml": CORE, "docProps/custom.xml": CUSTOM}, settings))
    return "".join(map(str, root.itertext()))


def test_fields_of_every_spelling() -> None:
    slash = "\\"
    codes = {
        "TITLE": "a b",
        f"TITLE {slash}* Caps": "A B",
        f"TITLE {slash}* FirstCap {slash}* MERGEFORMAT": "A b",
        "AUTHOR": "甲",
        'DOCPROPERTY "Author"': "甲",
        "DOCPROPERTY 文号": "1号",
        "INFO Title": "a b",
        "DOCVARIABLE 变量": "值",
    }
    assert {code: printed(field(code.replace('"', "&quot;"))) for code in codes} == codes
    assert printed(field("DOCPROPERTY 没有", "旧")) == " DOCPROPERTY 没有 旧"
    assert printed(field("DOCPROPERTY", "旧")) == " DOCPROPERTY 旧"


def control(path: str, more: str = "", content: str = "") -> str:
    binding = f'<w:dataBinding w:prefixMappings="{BOUND}" w:xpath="{path}"/>'
    return f"<w:sdt><w:sdtPr>{binding}{more}</w:sdtPr><w:sdtContent>{content or paragraph('旧', '的')}</w:sdtContent></w:sdt>"


def test_a_control_shows_the_form_s_own_property() -> None:
    hint = '<w:p><w:r><w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr><w:t>单击</w:t></w:r></w:p>'
    assert printed(control("/p:coreProperties[1]/d:title[1]", "<w:showingPlcHdr/>", hint)) == "a b"
    assert printed(control("/p:coreProperties[1]/d:title[1]")) == "a b"
    assert printed(control("/p:coreProperties[1]/d:subject[1]")) == "旧的", "without a value what stands there stays"
    root = tree(control("/p:coreProperties[1]/d:title[1]"))
    assert shows_properties([root]) and not shows_properties([tree(run("字"))])


def test_a_control_bound_to_something_else_stays_bound() -> None:
    root = tree("<w:sdt><w:sdtPr><w:dataBinding w:xpath='/a/b'/></w:sdtPr><w:sdtContent/></w:sdt>")
    print_properties([root], {"title": "题"})
    assert root.find(".//{*}dataBinding") is not None
