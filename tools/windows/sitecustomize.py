"""Mend for Wine what it leaves out: `msvcrt.locking` refuses without saying why (errno 0 in place of EACCES).

And take the folder for temporary files from outside: Wine has its own notion of TEMP.
"""

import errno
import msvcrt
import os
from typing import Any

_locking: Any = msvcrt.locking  # type: ignore[attr-defined, unused-ignore]


def locking(descriptor: int, mode: int, count: int) -> None:
    """Lock bytes of a file as Windows does. Raises OSError, EACCES when another process has locked them."""
    try:
        _locking(descriptor, mode, count)
    except OSError as error:
        if error.errno:
            raise
        raise OSError(errno.EACCES, os.strerror(errno.EACCES)) from error


msvcrt.locking = locking  # type: ignore[attr-defined, unused-ignore]

if "GOALGEN_WINDOWS_TEMP" in os.environ:
    os.environ["TEMP"] = os.environ["TMP"] = os.environ["GOALGEN_WINDOWS_TEMP"]
