"""Write texts as YAML values and entries."""

from __future__ import annotations

import json
import re
from typing import Final

from goalgen.source.shapes import NULLS

_FIRST_CHARACTER: Final = r"[^\s!&*%@`?|>{}\[\]#\"',:~=-]"
_PLAIN_IN_BLOCK: Final = re.compile(rf"{_FIRST_CHARACTER}(?:[^\n\t#:\"]|:(?=[^\s])|(?<=[^\s])#)*(?<![\s:])")
_PLAIN_IN_FLOW: Final = re.compile(rf"{_FIRST_CHARACTER}[^\n\t#:\"'{{}}\[\],?]*(?<!\s)")
_UNSEEN: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")


def scalar(text: str, flow: bool = False) -> str:
    """Write a text as a YAML value, plain where that is safe, else in double quotes; "" stays empty in a block.

    In a flow mapping (`flow`) commas and brackets need quotes too, and an empty text is `""`.
    """
    if not text:
        return '""' if flow else ""
    if (
        (_PLAIN_IN_FLOW if flow else _PLAIN_IN_BLOCK).fullmatch(text)
        and text not in NULLS
        and not _UNSEEN.search(text)
        and text.isprintable()
    ):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNSEEN.sub(lambda match: f"\\u{ord(match.group()):04x}", quoted)


def entry(key: str, text: str) -> str:
    """Write `键: 值`, or `键:` when there is no text."""
    return f"{key}: {scalar(text)}".rstrip() if text else f"{key}:"
