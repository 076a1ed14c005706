"""From the bytes of a Word template to a Compiled one that is known to work: read, held against the form, simplified."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2.exceptions import TemplateError

from goalgen.errors import GoalgenError, Place, Problem
from goalgen.forms import Form
from goalgen.sections import has_ids
from goalgen.template import agreement, checking
from goalgen.template.compiled import BODY, Compiled
from goalgen.template.compiling import compile_template
from goalgen.template.patching import resolve_listing
from goalgen.template.plain import Steps
from goalgen.template.sandbox import Sandbox, environment
from goalgen.template.simplify import simplify


def prepare(data: bytes, label: str, form: Form, blank: Mapping[str, Any]) -> Compiled:
    """A form's template made ready to fill; `label` is its file name, `blank` a context with every name on offer.

    Raises GoalgenError with everything that is wrong with it.
    """
    compiled = compile_template(data, label, form.merged)
    env = environment()
    trees, problems = checking.check(compiled, env, blank)
    if problems:
        raise GoalgenError(problems)
    doubtful = tuple(agreement.missing(compiled.sources, trees.values(), form, blank))
    found = {} if compiled.reasons else _plain(compiled, env, blank)
    steps = {name: plain for name, (plain, _) in found.items() if plain is not None}
    beyond = tuple(why for plain, why in found.values() if plain is None)
    rest = {name: source for name, source in compiled.sources.items() if name not in steps}
    _require_compilable(rest, env, label)
    numbered = BODY in rest or has_ids(compiled.sources[BODY])
    return compiled._replace(steps=steps, sources=rest, beyond=beyond, numbered=numbered, doubtful=doubtful)


def _plain(compiled: Compiled, env: Sandbox, blank: Mapping[str, Any]) -> dict[str, tuple[Steps | None, str]]:
    return {name: simplify(env.parse(source), blank, resolve_listing) for name, source in compiled.sources.items()}


def _require_compilable(sources: Mapping[str, str], env: Sandbox, label: str) -> None:
    """What only shows when Jinja compiles and folds constants: a block twice, …"""
    for source in sources.values():
        try:
            env.from_string(source)
        except (TemplateError, RecursionError, ValueError) as error:
            raise GoalgenError([Problem("D02", f"标签写错了：{error}", Place(label), "检查模板里的标签")]) from error
