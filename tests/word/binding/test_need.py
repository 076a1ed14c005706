"""The official template takes the short way; anything that counts on from form to form takes the long one."""

from __future__ import annotations

import pytest

from goalgen.forms import Form
from goalgen.printing.printer import Printer
from goalgen.word.binding.need import plain
from goalgen.word.template.compiling import compile_template
from tests.support.bundle_templates import NAME, PAGE, Part, field, item, kind, refer, template
from tests.support.docx_making import docx, paragraph


def test_the_official_template_is_plain(printer: Printer, form: Form) -> None:
    assert plain(printer.compiled)


@pytest.mark.parametrize(
    "data",
    [
        docx(paragraph(NAME)),
        docx(paragraph(NAME), core={"title": NAME}),
        template(paragraph(NAME), refer("header", "h") + PAGE + "<w:titlePg/>", h=Part("header", paragraph("固定"))),
        template(paragraph(NAME), kind("continuous") + PAGE, settings=Part("settings", "<w:zoom w:percent='90'/>")),
    ],
)
def test_these_are_plain_too(data: bytes) -> None:
    assert plain(compile_template(data, "t.docx").compiled)


@pytest.mark.parametrize(
    "data",
    [
        docx(paragraph(NAME), header=paragraph(NAME)),
        template(f"<w:p>{field('PAGE')}</w:p>"),
        template(item(NAME, 1)),
        template(paragraph(NAME), kind("oddPage") + PAGE),
        template(paragraph(NAME), settings=Part("settings", "<w:mirrorMargins/>")),
        template(
            paragraph(NAME), refer("footer", "footer1") + PAGE, footer1=Part("footer", f"<w:p>{field('PAGE')}</w:p>")
        ),
        template(paragraph(NAME), styles=Part("styles", "<w:numPr/>")),
    ],
)
def test_these_are_not(data: bytes) -> None:
    assert not plain(compile_template(data, "t.docx").compiled)
