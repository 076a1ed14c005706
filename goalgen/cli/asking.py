"""Show planned changes and ask before they are made, for the commands that take something away or rename it."""

from __future__ import annotations

import sys

import click

from goalgen.authoring.changes import Plan, make
from goalgen.cli.common import Console


def make_asked(plan: Plan, console: Console, *, yes: bool, dry_run: bool, warning: str = "") -> bool:
    """Show a plan line by line and make it: at once with `yes`, on a terminal when a person says so.

    Return whether it was made. Raises click.UsageError where nobody can be asked.
    """
    for change in plan.changes:
        for line in change.words:
            console.result(line)
    for notice in (*plan.notices, *filter(None, [warning])):
        console.notice(notice)
    agreed = not dry_run and (yes or _agreed())
    if not agreed:
        console.notice("什么都没有改")
        return False
    make(plan)
    return True


def _agreed() -> bool:
    """Ask a person; raises click.UsageError where there is none."""
    if not sys.stdin.isatty():
        raise click.UsageError("没有人可以问，什么都没有改；照上面改就加 --yes")
    answer = str(click.prompt("照上面改吗（y 改，回车不改）", default="", show_default=False, err=True))
    return answer.strip().lower() in ("y", "yes", "是")
