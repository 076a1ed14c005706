"""Make the bytes of an .xlsx workbook; the only door to XlsxWriter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any, Final

import xlsxwriter

_CREATED: Final = datetime(2020, 1, 1)
_OPTIONS: Final = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def workbook_bytes(title: str, write_sheets: Callable[[Any], None], created: datetime = _CREATED) -> bytes:
    """Return the bytes of a workbook whose sheets `write_sheets` adds to the xlsxwriter.Workbook it is given.

    The same sheets make the same bytes, as `created` is written for the day. Texts never become formulas or links.
    """
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    book.set_properties({"title": title, "created": created})
    write_sheets(book)
    book.close()
    return buffer.getvalue()
