"""Filled forms for the tests of import: the sixteen of 2020, small ones of raw XML, what is read of them, the command."""

import io
import re
import zipfile
from functools import cache
from xml.sax.saxutils import escape

import yaml
from click.testing import CliRunner

from goalgen.cli import cli
from goalgen.errors import GoalgenError
from goalgen.exchange.filled_forms.imported import Imported, read_lines
from goalgen.printing.printer import Printer
from goalgen.submission import Year
from goalgen.submission.submission import load
from goalgen.word.lines import lines
from tests.support.places import ROOT
from tests.support.strategies import form

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@cache
def year() -> Year:
    return load(ROOT, [2020]).years[0]


@cache
def printer() -> Printer:
    return Printer(form())


@cache
def bundle() -> bytes:
    return printer().bundle([printer().fill(project) for project in year().projects])


def document(body: str) -> bytes:
    """A .docx with nothing but this body."""
    return raw_document(f"<w:document {NS}><w:body>{body}</w:body></w:document>")


def raw_document(xml: str) -> bytes:
    """A .docx with nothing but this part."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", xml)
    return file.getvalue()


def imported(data: bytes) -> list[Imported]:
    return read_lines(lines(data, lambda text: "项目名称" in text and "预算单位" in text), form(), "x.docx")


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc><w:p><w:r><w:t>{escape(c)}</w:t></w:r></w:p></w:tc>" for c in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, list(words))
    if isinstance(result.exception, GoalgenError):
        return result.exception.exit_code, str(result.exception)
    return result.exit_code, result.output


def merged_headings(xml: str) -> str:
    """The forms as goalgen printed them up to 2026: the name of a block merged over its headings and all rows below."""
    xml = xml.replace('<w:tcBorders><w:bottom w:val="nil"/></w:tcBorders>', '<w:vMerge w:val="restart"/>')
    open_above = r'(?:<w:vMerge w:val="\w+"/>)?<w:tcBorders><w:top w:val="nil"/></w:tcBorders>'
    return re.sub(open_above, '<w:vMerge w:val="continue"/>', xml)


class Sparing(yaml.SafeDumper):
    """Writes what has no value as nothing."""


Sparing.add_representer(type(None), lambda dumper, _: dumper.represent_scalar("tag:yaml.org,2002:null", ""))
