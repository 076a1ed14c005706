"""A template held against its form pack: labels and fields of the spec that the Word file does not print."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from jinja2 import nodes

from goalgen.forms import Form
from goalgen.template import names
from goalgen.template.compiled import BODY

_OPTIONAL: Final = frozenset({"编号", "年度"})
_TAG: Final = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)


def missing(
    sources: Mapping[str, str], trees: Iterable[nodes.Template], form: Form, blank: Mapping[str, Any]
) -> Iterator[str]:
    """What the spec has and the template does not print, one sentence each; `trees` are those of the sources."""
    used = set().union(*map(names.used, trees))
    printed = re.sub(r"<[^>]+>|\s", "", _TAG.sub("", sources[BODY]))
    for label in labels(form):
        if re.sub(r"\s", "", label) not in printed:
            yield f"模板里没有“{label}”这几个字"
    for path in sorted(_leaves(blank)):
        if path.partition(".")[0] not in _OPTIONAL and not _covered(path, used):
            yield f"模板没有用到 {path}，写在项目文件里也印不出来"


def labels(form: Form) -> Iterator[str]:
    """The words of the spec that stand on the form as they are."""
    yield form.category.label
    yield form.overview_label
    for line in form.overview:
        yield line.label
    for line in (form.category, *form.overview):
        yield from line.options
    yield form.funding_label
    for funding in form.funding:
        yield from funding.labels.values()
    yield form.goals_label
    yield from form.goals.values()


def _leaves(blank: Mapping[str, Any]) -> set[str]:
    """The paths that hold a text, without those that only steer the table's cells."""
    paths = names.offered(blank)
    inner = {path.rpartition(".")[0] for path in paths} | {
        path.removesuffix("[]") for path in paths if path.endswith("[]")
    }
    return {path for path in paths - inner if not path.endswith("[]") and ".合并." not in path}


def _covered(path: str, used: set[str]) -> bool:
    """A path is printed when it, or what holds it, is used as a whole."""
    return path in used
