"""Where things lie: the project, its tests, and the inputs that the tests keep."""

from pathlib import Path
from typing import Final

TESTS: Final = Path(__file__).resolve().parent.parent
ROOT: Final = TESTS.parent
"""The folder of the project: its data, templates and tools."""
BROKEN: Final = TESTS / "broken"
FUZZED: Final = TESTS / "fuzzed"
GOLDEN: Final = TESTS / "golden"
