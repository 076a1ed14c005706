"""What of a year has to be printed: everything but the files that are there already, made of the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from goalgen.cache import digest_of
from goalgen.edition import Item
from goalgen.stamps import Stamps


class Due(NamedTuple):
    """Names are those of files under the year's folder.

    `made_of` says of every file (forms by item number, the bundle under 0) what it is made of; `forms` are the items
    whose form is to be written; `bind` whether the bundle is; `idle` names the files that are as they should be.
    """

    made_of: Mapping[int, str]
    forms: frozenset[int]
    bind: bool
    idle: tuple[str, ...]


def due(chosen: Sequence[Item], names: Mapping[int, str], template: str, stamps: Stamps, bundle: bool) -> Due:
    """What is due of the chosen items; `names` are the names of their forms by number, `template` tells the template.

    A bundle is due when any of its forms is made of something else, or one of its volumes is not as it was written.
    """
    made_of = {item.number: f"{template}-{item.digest}" for item in chosen}
    made_of[0] = digest_of("\n".join(made_of.values()).encode())
    fresh = {item.number for item in chosen if stamps.fresh(names[item.number], made_of[item.number])}
    volumes = stamps.made_of(made_of[0]) if bundle else []
    bound = bool(volumes) and all(stamps.fresh(name, made_of[0]) for name in volumes)
    idle = [*(names[item.number] for item in chosen if item.number in fresh), *(volumes if bound else [])]
    return Due(made_of, frozenset(made_of) - fresh - {0}, bundle and not bound, tuple(idle))
