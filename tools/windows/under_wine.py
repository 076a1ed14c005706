"""Leave out, in a run of the tests under Wine, those that make no sense there, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pytest

NOT_HERE: Final[Mapping[str, str]] = {}
"""Tests by the beginning of their name (`tests/…/test_x.py::test_y`), and why Wine cannot run them."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that are not run, with the reason."""
    for item in items:
        for name, reason in NOT_HERE.items():
            if item.nodeid.startswith(name):
                item.add_marker(pytest.mark.skip(reason=f"under Wine: {reason}"))
