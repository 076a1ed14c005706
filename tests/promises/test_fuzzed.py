"""Inputs that fuzzing found to go wrong once, and those it starts from: what must hold of any bytes holds of them."""

import pytest

from tests.support.fuzz_targets import FINDS, TARGETS, seeds

FOUND = [(target, path.name) for target in TARGETS for path in sorted((FINDS / target).glob("*"))]


@pytest.mark.parametrize(("target", "name"), FOUND)
def test_what_fuzzing_found_stays_mended(target: str, name: str) -> None:
    TARGETS[target]((FINDS / target / name).read_bytes())


@pytest.mark.parametrize("target", TARGETS)
def test_what_fuzzing_starts_from_holds(target: str) -> None:
    for data in seeds(target).values():
        TARGETS[target](data)
