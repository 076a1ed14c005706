"""TODO."""

from __future__ import annotations

import json
import re
from typing import Final

_FIRST: Final = r"[^\s!&*%@`?|>{}\[\]#\"',:~=-]"
_BLOCK: Final = re.compile(rf"{_FIRST}(?:[^\n\t#:\"]|:(?=[^\s])|(?<=[^\s])#)*(?<![\s:])")
_FLOW: Final = re.compile(rf"{_FIRST}[^\n\t#:\"'{{}}\[\],]*(?<!\s)")
_UNSEEN: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")


def scalar(text: str, flow: bool = False) -> str:
    """A text as a YAML value, plain where that is safe, else in double quotes; "" stays empty in a block.

    In a flow mapping (`flow`) commas and brackets need quotes too, and an empty text is `""`.
    """
    if not text:
        return '""' if flow else ""
    if (_FLOW if flow else _BLOCK).fullmatch(text) and not _UNSEEN.search(text) and text.isprintable():
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNSEEN.sub(lambda match: f"\\u{ord(match.group()):04x}", quoted)


def entry(key: str, text: str) -> str:
    """`键: 值`, or `键:` when there is none."""
    return f"{key}: {scalar(text)}".rstrip() if text else f"{key}:"
