"""Try again for a moment what another program holds up for a moment: on Windows, virus scanners, indexers, cloud folders.

They open every new file. A public measurement on Windows 11 had 4 % of replacements refused, and none that tried again.
"""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable
from typing import Final, TypeVar

PATIENCE_SECONDS: Final = 1.0
"""How long a step is tried again."""

_FIRST_PAUSE_SECONDS: Final = 0.01
_LONGEST_PAUSE_SECONDS: Final = 0.1
_HELD: Final = (5, 32, 33)
"""Windows' errors where another program may hold the file: access denied, sharing violation, lock violation."""

_Result = TypeVar("_Result")


def patiently(step: Callable[[], _Result], windows: bool = os.name == "nt") -> _Result:
    """Do a step, again and again for about a second while another program seems to hold the file; return what it returns.

    Raises the OSError of the last try; any other error at once.
    """
    end = time.monotonic() + PATIENCE_SECONDS
    pause = _FIRST_PAUSE_SECONDS
    while True:
        try:
            return step()
        except OSError as error:
            if not _may_be_held(error, windows) or time.monotonic() >= end:
                raise
        time.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)


def _may_be_held(error: OSError, windows: bool) -> bool:
    """Say whether waiting may help; what C's `open` refuses comes without Windows' own number."""
    code = getattr(error, "winerror", None)
    return code in _HELD if code else windows and error.errno == errno.EACCES
