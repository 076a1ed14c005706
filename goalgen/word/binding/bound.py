"""Define what a bundle is made of: the plan for its package, what one form gives to it, and how its pages count."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from goalgen.word.zip_writing import Packed, Piece


class Pages(Enum):
    """Say what page numbers in a bundle count: the pages of each form, or those of the whole bundle."""

    FORM = "每张表"
    BUNDLE = "合订本"


class Frame(NamedTuple):
    """Hold a part to which every form adds: what stands before all, in the middle and behind."""

    name: str
    head: bytes
    gap: bytes
    tail: bytes


class Plan(NamedTuple):
    """Hold what of a bundle is known before its forms: the beginning and end of the body, and the other parts.

    `first` names the parts that the first form brings for all; `told` says in Chinese what templates of one bundle want
    differently and only one can have.
    """

    opening: Piece
    tail: str
    before: tuple[Packed, ...]
    after: tuple[Packed, ...]
    first: tuple[str, ...] = ()
    frames: tuple[Frame, ...] = ()
    told: tuple[str, ...] = ()


class Bound(NamedTuple):
    """Hold what one form gives to a bundle.

    `main` is its body but for the last paragraph, `ended` that paragraph with the section ended in it, `last` the same for
    the last form, whose section ends the document. `items` go into the frames, by name and (0, 1) before or behind the gap;
    `parts` are the form's own; `lists` is how many numbered lists it has.
    """

    main: Piece
    ended: bytes
    last: bytes
    items: tuple[tuple[str, int, Piece], ...] = ()
    parts: tuple[Packed, ...] = ()
    lists: int = 0
