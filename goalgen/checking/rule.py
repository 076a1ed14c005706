"""Define a review rule: a generator of findings with a code, a criterion, a source and a manual page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import update_wrapper
from typing import Final, NamedTuple, TypeAlias

from goalgen.checking.needs import Need
from goalgen.checking.subject import Batch, Subject
from goalgen.errors import Severity
from goalgen.forms import Form
from goalgen.forms.project import Project

COMPLETE: Final = "完整性"
RELEVANT: Final = "相关性"
SUITABLE: Final = "适当性"
FEASIBLE: Final = "可行性"
REGULAR: Final = "规范性"
CRITERIA: Final = (COMPLETE, RELEVANT, SUITABLE, FEASIBLE, REGULAR)
"""The review headings of 财预〔2015〕88号, and 规范性 for what is only badly written."""


_MAX_NAMED: Final = 3
"""How many others a message names."""


class Finding(NamedTuple):
    """Hold one hit: the project (None: the submission), where (`path` by position, `field` by name), and what is said."""

    project: Project | None
    path: str
    message: str
    field: str = ""
    hint: str = ""
    severity: Severity | None = None


Findings: TypeAlias = Iterator[Finding]


@dataclass(frozen=True, slots=True)
class Rule:
    """Hold one rule: `run` finds its hits in a year's projects, `manual` is its page (what, why, 坏例, 好例).

    A hit is as bad as `severity`, or as one of `also`, which the rule gives its milder or graver hits. `needs` is what a
    form must have: on any other the rule is idle (see `over`). `alone` finds the hits in one project, without any other;
    None for a rule that looks across the projects of a year.
    """

    code: str
    severity: Severity
    criterion: str
    source: str
    hint: str
    manual: str
    run: Callable[[Batch], Findings]
    also: tuple[Severity, ...] = ()
    needs: tuple[Need, ...] = ()
    alone: Callable[[Subject], Findings] | None = None

    def lacks(self, form: Form) -> tuple[str, ...]:
        """Return in words what a form has not that the rule needs, () where the rule runs."""
        return tuple(need.words for need in self.needs if not need.met(form))

    def over(self, batch: Batch) -> Findings:
        """Find the hits among those projects whose form has what the rule needs."""
        forms = {id(subject.form): subject.form for subject in batch.subjects}
        idle = {key for key, form in forms.items() if self.lacks(form)}
        if idle:
            batch = replace(batch, subjects=tuple(one for one in batch.subjects if id(one.form) not in idle))
        return self.run(batch)

    @property
    def levels(self) -> tuple[Severity, ...]:
        """Return every severity that a hit may have, the worst first."""
        return tuple(level for level in Severity if level in (self.severity, *self.also))

    @property
    def title(self) -> str:
        """Return the first line of the manual: what is wrong."""
        return self.manual.split("\n", 1)[0].rstrip("。")


RULES: Final[dict[str, Rule]] = {}
"""Every rule by its code, in the order of the catalogue."""


def across(
    code: str,
    severity: Severity,
    criterion: str,
    source: str,
    hint: str,
    also: tuple[Severity, ...] = (),
    needs: tuple[Need, ...] = (),
) -> Callable[[Callable[[Batch], Findings]], Callable[[Batch], Findings]]:
    """Register a rule that looks at all projects of a year together."""

    def register(run: Callable[[Batch], Findings]) -> Callable[[Batch], Findings]:
        RULES[code] = Rule(code, severity, criterion, source, hint, _dedented(run.__doc__ or ""), run, also, needs)
        return run

    return register


def each(
    code: str,
    severity: Severity,
    criterion: str,
    source: str,
    hint: str,
    also: tuple[Severity, ...] = (),
    needs: tuple[Need, ...] = (),
) -> Callable[[Callable[[Subject], Findings]], Callable[[Subject], Findings]]:
    """Register a rule that looks at one project at a time."""

    def register(run: Callable[[Subject], Findings]) -> Callable[[Subject], Findings]:
        def over_all(batch: Batch) -> Findings:
            for subject in batch.subjects:
                yield from run(subject)

        across(code, severity, criterion, source, hint, also, needs)(update_wrapper(over_all, run))
        RULES[code] = replace(RULES[code], alone=run)
        return run

    return register


def several(words: Sequence[str], mark: str = "、") -> str:
    """Say some of many: `甲、乙、丙`, and of more than three `甲、乙、丙等 120 个`; `mark` stands between them."""
    shown = mark.join(words[:_MAX_NAMED])
    return shown if len(words) <= _MAX_NAMED else f"{shown}等 {len(words)} 个"


def _dedented(text: str) -> str:
    first, _, rest = text.partition("\n")
    lines = [line.removeprefix("    ").rstrip() for line in rest.split("\n")]
    return "\n".join([first, *lines]).strip()
