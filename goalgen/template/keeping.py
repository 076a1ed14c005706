"""A Compiled template as JSON and back, so that the next run needs neither docxtpl nor Jinja."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode

from goalgen.template.compiled import Compiled

_TUPLES = ("order", "merged", "reasons", "beyond", "doubtful")


def dump(compiled: Compiled) -> bytes:
    """A Compiled template as JSON, without its label."""
    values = compiled._asdict()
    del values["label"]
    values["original"] = _text(compiled.original)
    values["static"] = {name: _text(content) for name, content in compiled.static.items()}
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()


def load(data: bytes, label: str) -> Compiled:
    """What `dump` wrote."""
    values = json.loads(data)
    values["original"] = b64decode(values["original"])
    values["static"] = {name: b64decode(content) for name, content in values["static"].items()}
    values |= {name: tuple(values[name]) for name in _TUPLES}
    return Compiled(label=label, **values)


def _text(content: bytes) -> str:
    return b64encode(content).decode("ascii")
