"""What a review rule is: a generator of findings with a code, a criterion, a source and a manual page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

from goalgen.checking.subject import Batch, Subject
from goalgen.errors import Severity
from goalgen.forms.project import Project

COMPLETE: Final = "完整性"
RELEVANT: Final = "相关性"
SUITABLE: Final = "适当性"
FEASIBLE: Final = "可行性"
REGULAR: Final = "规范性"
CRITERIA: Final = (COMPLETE, RELEVANT, SUITABLE, FEASIBLE, REGULAR)
"""The review headings of 财预〔2015〕88号, and 规范性 for what is only badly written."""


class Finding(NamedTuple):
    """One hit: the project (None: the submission), where (`path` by position, `field` by name), and what is said."""

    project: Project | None
    path: str
    message: str
    field: str = ""
    hint: str = ""
    severity: Severity | None = None


Findings: TypeAlias = Iterator[Finding]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `run` finds its hits in a year's projects, `manual` is its page (what, why, 坏例, 好例).

    `one` finds them in a single project, None for a rule that looks at all of them together; `worst` is the worst that
    a finding of it says.
    """

    code: str
    severity: Severity
    criterion: str
    source: str
    hint: str
    manual: str
    run: Callable[[Batch], Findings]
    one: Callable[[Subject], Findings] | None
    worst: Severity

    @property
    def title(self) -> str:
        """The first line of the manual: what is wrong."""
        return self.manual.split("\n", 1)[0].rstrip("。")


RULES: Final[dict[str, Rule]] = {}
"""Every rule by its code, in the order of the catalogue."""


def across(
    code: str, severity: Severity, criterion: str, source: str, hint: str, worst: Severity | None = None
) -> Callable[[Callable[[Batch], Findings]], Callable[[Batch], Findings]]:
    """Register a rule that looks at all projects of a year together; `worst` as for `each`."""

    def register(run: Callable[[Batch], Findings]) -> Callable[[Batch], Findings]:
        manual = _dedented(run.__doc__ or "")
        RULES[code] = Rule(code, severity, criterion, source, hint, manual, run, None, worst or severity)
        return run

    return register


def each(
    code: str, severity: Severity, criterion: str, source: str, hint: str, worst: Severity | None = None
) -> Callable[[Callable[[Subject], Findings]], Callable[[Subject], Findings]]:
    """Register a rule that looks at one project at a time; `worst` where a finding may be worse than `severity`."""

    def register(run: Callable[[Subject], Findings]) -> Callable[[Subject], Findings]:
        def over_all(batch: Batch) -> Findings:
            for sheet in batch.sheets:
                yield from run(sheet)

        manual = _dedented(run.__doc__ or "")
        RULES[code] = Rule(code, severity, criterion, source, hint, manual, over_all, run, worst or severity)
        return run

    return register


def _dedented(text: str) -> str:
    first, _, rest = text.partition("\n")
    lines = [line.removeprefix("    ").rstrip() for line in rest.split("\n")]
    return "\n".join([first, *lines]).strip()
