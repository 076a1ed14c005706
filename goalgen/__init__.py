"""Make performance-goal forms of Chinese local government from YAML: one .docx a project, and a bundle."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from goalgen.api import bundle, check, compare, load, publish, read_docx, render, write
    from goalgen.errors import GoalgenError
    from goalgen.forms import Form

__all__ = ["Form", "GoalgenError", "bundle", "check", "compare", "load", "publish", "read_docx", "render", "write"]


__version__ = "0.1.0"

_HOMES: Final = {
    "Form": "goalgen.forms.form",
    "GoalgenError": "goalgen.errors",
    "bundle": "goalgen.api",
    "check": "goalgen.api",
    "compare": "goalgen.api",
    "load": "goalgen.api",
    "publish": "goalgen.api",
    "read_docx": "goalgen.api",
    "render": "goalgen.api",
    "write": "goalgen.api",
}


def __getattr__(name: str) -> Any:
    """Load a published name from its home when it is first asked for: the command line must start without docxtpl."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'goalgen' has no attribute {name!r}")
