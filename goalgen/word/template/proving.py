"""Prove a template before anything is written: fill it on trial, alone and bound, and look at every part."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from jinja2 import nodes

from goalgen.errors import GoalgenError, Place, Problem
from goalgen.word.bundle import Binder
from goalgen.word.document import Assembler
from goalgen.word.template import marks, syntax
from goalgen.word.template.compiled import BODY_PART, Compiled, Filled
from goalgen.word.template.filling import settle
from goalgen.word.template.jinja_filling import Renderer
from goalgen.word.template.sandbox import asks_loop, environment
from goalgen.word.template.simplify import is_balanced
from goalgen.word.validity import BROKEN, UNEVEN, Flaw, flaws
from goalgen.word.zip_reading import unpack

MAX_BRANCHES: Final = 6
"""How many branches of one choice are tried, besides the one where no condition holds."""
MAX_FLAWS: Final = 10
"""How many flaws are told."""
ROWS: Final = (0, 1, 3)
"""How many rows the lists have on trial."""
_COUNT: Final = re.compile(r" \d+ 次$")
_VALUE: Final = re.compile(r" .* 用了 \d+ 次$")


def prove(
    compiled: Compiled, trees: Iterable[nodes.Template], original: Mapping[str, bytes], blank: Mapping[str, Any]
) -> None:
    """Fill a template on trial, and raise GoalgenError (D02, D06) for what would come out unsound.

    Its tags are all in `compiled.sources`, of which `trees` are the syntax; `original` are the parts as the template has
    them, `blank` a context with every name on offer. What the template has wrong
    by itself is Word's business: only what filling it does is told.
    """
    template = flaws({name: original[name] for name in compiled.sources})
    known = {_kind(flaw) for flaw in template}
    known |= {UNEVEN} if compiled.reasons else set()
    failed: GoalgenError | None = None
    filled: list[Filled] = []
    found: dict[Flaw, None] = {}
    alone: list[Flaw] = []
    for parts in _trials(compiled, _branches(trees), blank):
        if isinstance(parts, GoalgenError):
            failed = parts
            continue
        if parts not in filled:
            wrong = flaws(_parts(compiled, parts))
            alone += wrong
            found |= {flaw: None for flaw in wrong if _kind(flaw) not in known}
            filled.append(parts)
    if not filled and failed:
        raise failed
    if filled and not found:
        wrong = flaws(_bound(compiled, [filled[0], filled[-1]]))
        doubled = {_what(flaw) for flaw in (*template, *alone)}
        found |= {flaw: None for flaw in wrong if _kind(flaw) not in known and _what(flaw) not in doubled}
        _raise(compiled.label, found, "合订本")
    if any(flaw.what == BROKEN for flaw in found):
        _raise_halves(compiled)
    _raise(compiled.label, found, "填出来的表")


def _raise_halves(compiled: Compiled) -> None:
    """Raise GoalgenError (D02) for the choices and loops whose two ends do not lie in the same element."""
    problems = []
    for source in compiled.sources.values():
        part = syntax.read(source, environment())
        for node in part.tree.find_all((nodes.If, nodes.For)) if part.tree else ():
            if not isinstance(node, nodes.If | nodes.For) or _is_even(node):
                continue
            word = "if" if isinstance(node, nodes.If) else "for"
            message = f"{{% {word} %}} 和 {{% end{word} %}} 不在同一层，填出来的不是合格的 XML，Word 打不开"
            hint = "两个标签都放在同一段字里，或者各自单独写一段（{%p … %}）、一行（{%tr … %}）"
            where = f"在“{part.where(node.lineno)}”这一段，" if part.where(node.lineno) else ""
            problems.append(Problem("D02", message, Place(compiled.label), f"{where}{hint}"))
    if problems:
        raise GoalgenError(list(dict.fromkeys(problems))[:MAX_FLAWS])


def _is_even(node: nodes.If | nodes.For) -> bool:
    return all(is_balanced("".join(_texts(branch))) for branch in (node.body, node.else_))


def _texts(body: list[nodes.Node]) -> Iterator[str]:
    for node in body:
        if not isinstance(node, nodes.If):  # which is told by itself
            yield from (data.data for data in node.find_all(nodes.TemplateData))


def _raise(label: str, found: Iterable[Flaw], where: str) -> None:
    problems = [
        Problem(
            "D02",
            f"{where}不合规：{flaw.what}",
            Place(label),
            f"在“{flaw.where}”附近，条件和循环的标签各自单独写一行、一段" if flaw.where else "检查条件和循环里的内容",
        )
        for flaw in list(found)[:MAX_FLAWS]
    ]
    if problems:
        raise GoalgenError(problems)


def _kind(flaw: Flaw) -> str:
    return _COUNT.sub("", flaw.what)


def _what(flaw: Flaw) -> str:
    """Return what is there twice, whatever its id: in a bundle it is another."""
    return _VALUE.sub("", flaw.what)


def _trials(compiled: Compiled, branches: int, blank: Mapping[str, Any]) -> Iterator[Filled | GoalgenError]:
    """Fill the template with all conditions false, then each branch true, and with different numbers of rows."""
    for branch in range(branches + 1):
        renderer = Renderer(compiled, environment(branch))
        for rows in ROWS:
            try:
                parts = renderer.render(_sample(blank, rows))
            except GoalgenError as error:
                yield error
                continue
            yield _filled(_settled(parts) if compiled.marked else parts)


def _filled(parts: Mapping[str, bytes]) -> Filled:
    return Filled(parts[BODY_PART], {name: xml.decode() for name, xml in parts.items() if name != BODY_PART})


def _settled(parts: Mapping[str, bytes]) -> Mapping[str, bytes]:
    try:
        return settle(parts)
    except Exception:  # the columns of a table whose XML is broken: the flaws will say so
        return {name: marks.without_marks(part.decode()).encode() for name, part in parts.items()}


def _branches(trees: Iterable[nodes.Template]) -> int:
    """Return how many branches the longest choice has whose conditions the data decides, 0 when there is none."""
    chains = [0]
    for tree in trees:
        chains += [1 for loop in tree.find_all(nodes.For) if loop.test is not None]
        choices = tree.find_all(nodes.If)
        chains += [len(choice.elif_) + 1 for choice in choices if not asks_loop(choice.test)]
    return min(max(chains), MAX_BRANCHES)


def _sample(value: Any, rows: int) -> Any:
    """Return a context like a blank one, with so many rows in its lists, and words where there are rows."""
    if isinstance(value, Mapping):
        return {key: _sample(item, rows) for key, item in value.items()}
    if isinstance(value, list):
        first = [_sample(item, rows) for item in value[:rows]]
        return [*first, *first[-1:] * (rows - len(first))] if first else []
    return value if value or not rows else "1"


def _parts(compiled: Compiled, filled: Filled) -> dict[str, bytes]:
    whole = b"".join((compiled.head.encode(), filled.body, f"{compiled.section}{compiled.tail}".encode()))
    return {BODY_PART: whole, **{name: text.encode() for name, text in filled.parts.items()}}


def _bound(compiled: Compiled, forms: list[Filled]) -> dict[str, bytes]:
    """Bind two filled forms, and return the parts of the bundle that forms bring."""
    assembler = Assembler(compiled)
    file = io.BytesIO()
    binder = Binder(assembler, file)
    for number, filled in enumerate(forms, 1):
        binder.add(assembler.leaf(filled, number))
    binder.close()
    return {name: xml for name, xml in unpack(file.getvalue()).items() if name in compiled.sources}
