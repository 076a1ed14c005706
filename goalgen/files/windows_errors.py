"""Find out what Windows means by an error: it says "not found" for a missing drive, "no permission" for a file in use."""

from __future__ import annotations

import errno
import ntpath
import os
import stat
import sys
from typing import Final

WINDOWS: Final = os.name == "nt"

NO_DRIVE: Final = -1
NO_SHARE: Final = -2
BAD_NAME: Final = -3
READ_ONLY_FILE: Final = -4
CLOUD_ONLY: Final = -5
VIRUS: Final = -6
"""Meanings that no errno has, beside those that have one."""

MAX_PATH: Final = 260
"""How many characters a path may have where Windows was not told to take longer ones, its ending zero among them."""

_MEANINGS: Final = {
    15: NO_DRIVE,  # ERROR_INVALID_DRIVE
    19: errno.EROFS,  # ERROR_WRITE_PROTECT
    20: NO_DRIVE,  # ERROR_BAD_UNIT
    21: NO_DRIVE,  # ERROR_NOT_READY
    32: errno.EBUSY,  # ERROR_SHARING_VIOLATION
    33: errno.EBUSY,  # ERROR_LOCK_VIOLATION
    39: errno.ENOSPC,  # ERROR_HANDLE_DISK_FULL
    51: NO_SHARE,  # ERROR_REM_NOT_LIST
    53: NO_SHARE,  # ERROR_BAD_NETPATH
    55: NO_SHARE,  # ERROR_DEV_NOT_EXIST
    59: NO_SHARE,  # ERROR_UNEXP_NET_ERR
    64: NO_SHARE,  # ERROR_NETNAME_DELETED
    67: NO_SHARE,  # ERROR_BAD_NET_NAME
    111: errno.ENAMETOOLONG,  # ERROR_BUFFER_OVERFLOW
    112: errno.ENOSPC,  # ERROR_DISK_FULL
    121: NO_SHARE,  # ERROR_SEM_TIMEOUT
    123: BAD_NAME,  # ERROR_INVALID_NAME
    161: BAD_NAME,  # ERROR_BAD_PATHNAME
    206: errno.ENAMETOOLONG,  # ERROR_FILENAME_EXCED_RANGE
    225: VIRUS,  # ERROR_VIRUS_INFECTED
    226: VIRUS,  # ERROR_VIRUS_DELETED
    234: errno.ENAMETOOLONG,  # ERROR_MORE_DATA: the path does not fit where Windows would write it
    362: CLOUD_ONLY,  # ERROR_CLOUD_FILE_PROVIDER_NOT_RUNNING
    404: CLOUD_ONLY,  # ERROR_CLOUD_FILE_NETWORK_UNAVAILABLE
    1203: NO_SHARE,  # ERROR_NO_NET_OR_BAD_PATH
    1222: NO_SHARE,  # ERROR_NO_NETWORK
    1224: errno.EBUSY,  # ERROR_USER_MAPPED_FILE
    1231: NO_SHARE,  # ERROR_NETWORK_UNREACHABLE
    1295: errno.EDQUOT,  # ERROR_DISK_QUOTA_EXCEEDED
}
"""What Windows' own error numbers mean, where Python's errno for them says less or something else."""

_VAGUE: Final = {errno.ENOENT, errno.ENOTDIR, errno.EINVAL}


def meaning(error: OSError, writing: bool, path: str = "") -> int:
    """Return what an error means: an errno, or one of the meanings above; on other systems than Windows its errno.

    Where the error itself is vague the path tells: the one that the error names, else `path`.
    """
    number = error.errno or 0
    if not WINDOWS:
        return number
    place = named(error) or path
    code = getattr(error, "winerror", None)
    known = _MEANINGS.get(code or 0)
    if known or not place:
        return known or number
    if number in _VAGUE:
        return what_is_missing(place) or number
    return what_denies(place, writing) or number if number in (errno.EACCES, errno.EPERM) else number


def named(error: OSError) -> str:
    """Return the path that an error is about, of two the one to be replaced; "" when it names none."""
    name = error.filename2 or error.filename
    return os.fsdecode(name) if isinstance(name, str | bytes) else ""


def what_is_missing(place: str) -> int:
    """Return why nothing is found at a place on Windows: no drive, no share, too long, no name; 0 when none of these."""
    drive, rest = ntpath.splitdrive(ntpath.abspath(place))
    if drive and not os.path.isdir(f"{drive}\\"):
        return NO_SHARE if drive.startswith("\\\\") else NO_DRIVE
    if any(character in rest for character in '<>:"|?*'):
        return BAD_NAME
    return errno.ENAMETOOLONG if len(drive + rest) >= MAX_PATH and not _takes_long_paths() else 0


def what_denies(place: str, writing: bool) -> int:
    """Return why a place on Windows may not be used: a folder, read-only, in use; 0 when it is a matter of permission."""
    try:
        about = os.stat(place)
    except OSError:
        return 0
    if stat.S_ISDIR(about.st_mode):
        return errno.EISDIR
    if writing and is_read_only(about):
        return READ_ONLY_FILE
    return _MEANINGS.get(_refused(place, writing), 0)


def is_read_only(about: os.stat_result) -> bool:
    """Say whether a file is marked read-only on Windows, where such a file is never replaced."""
    return bool(getattr(about, "st_file_attributes", 0) & stat.FILE_ATTRIBUTE_READONLY)


if sys.platform == "win32":  # pragma: no cover - these are asked of Windows itself
    import _winapi

    _DELETE: Final = 0x10000
    _SHARE_ALL: Final = 7

    def _refused(place: str, writing: bool) -> int:
        """Return Windows' number for the refusal to open a file (to replace it, when writing), 0 when it lets us."""
        wish = _DELETE if writing else _winapi.GENERIC_READ
        try:
            handle = _winapi.CreateFile(place, wish, _SHARE_ALL, 0, _winapi.OPEN_EXISTING, 0, 0)
        except OSError as error:
            return error.winerror or 0
        _winapi.CloseHandle(handle)
        return 0

    def _takes_long_paths() -> bool:
        import ctypes  # late: takes a while, and only a path that is very long asks

        try:
            return bool(ctypes.WinDLL("ntdll").RtlAreLongPathsEnabled() & 0xFF)
        except (AttributeError, OSError):  # before Windows 10
            return False

else:

    def _refused(place: str, writing: bool) -> int:
        """Return 0: only Windows refuses a file that another program has open."""
        return 0

    def _takes_long_paths() -> bool:
        """Say no, as Windows does unless it was told otherwise."""
        return False
