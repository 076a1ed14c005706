"""Words that YAML takes for a comment although the writer may have meant them to be printed: `联系电话: #886`."""

from __future__ import annotations

import re
from typing import Final

from goalgen import source
from goalgen.errors import Place, Problem, Severity, errors_in
from goalgen.source.editing import line_start, scalars
from goalgen.submission.comments import MARK_WORD

# A `#` with no blank after it, behind a value that is no quoted text or flow list; 待核 marks and goalgen's own stay quiet.
_STUCK: Final = rf"""(?<=[^\s"'}}\]#])[ \t]+(?P<comment>#(?!{MARK_WORD}|上年：|goalgen)[^\s#!][^\r\n]*)"""


def swallowed(data: bytes, document: source.Document) -> tuple[Problem, ...]:
    """A warning (Y12) for each comment behind a value, on its line, that begins without the usual blank.

    `data` is what the document was read from; a document with errors is not judged.
    """
    if document.root is None or errors_in(document.problems):
        return ()
    text = re.sub("\r(?!\n)", "\n", data.decode("utf-8-sig"))  # as YAML counts lines
    spans = [(scalar.start, scalar.end) for scalar in scalars(document.root)]
    return tuple(
        _warning(document.file, text, match)
        for match in re.finditer(_STUCK, text)
        if not any(start <= match.start("comment") < end for start, end in spans)
        and text[line_start(text, match.start()) : match.start()].strip()
    )


def _warning(file: str, text: str, match: re.Match[str]) -> Problem:
    at = match.start("comment")
    start = line_start(text, at)
    said = match["comment"].rstrip()
    message = f"“{said[:20]}{'…' if len(said) > 20 else ''}”当成了注释，不会印在表上"
    hint = "要印出来就给整个值加引号；是注释就在 # 后面空一格"
    return Problem("Y12", message, Place(file, text.count("\n", 0, at) + 1, at - start + 1), hint, Severity.WARNING)
