"""What another program holds for a moment is tried again for about a second; nothing else is."""

from __future__ import annotations

import errno
from collections.abc import Callable

import pytest

from goalgen.files import patience
from goalgen.files.patience import patiently


class Clock:
    """Time that passes only while one sleeps."""

    def __init__(self) -> None:
        self.now = 100.0

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(patience, "time", made)
    return made


def refusal(winerror: int | None, number: int = errno.EACCES) -> OSError:
    """An error as Windows raises it."""
    error = OSError(number, "refused")
    error.winerror = winerror  # type: ignore[attr-defined, unused-ignore]
    return error


def refusing(error: OSError, times: int) -> tuple[Callable[[], str], list[int]]:
    """A step that is refused so many times and then done, and the list of its tries."""
    tries: list[int] = []

    def step() -> str:
        tries.append(1)
        if len(tries) <= times:
            raise error
        return "done"

    return step, tries


@pytest.mark.parametrize("winerror", [5, 32, 33])
def test_what_is_held_for_a_moment_is_done_in_the_end(winerror: int, clock: Clock) -> None:
    step, tries = refusing(refusal(winerror), 5)
    assert patiently(step) == "done"
    assert len(tries) == 6


@pytest.mark.parametrize("winerror", [5, 32, 33])
def test_what_is_held_for_long_is_given_up_after_a_second(winerror: int, clock: Clock) -> None:
    step, tries = refusing(refusal(winerror), 1000)
    with pytest.raises(OSError, match="refused"):
        patiently(step)
    assert 1 <= clock.now - 100 < 1.2
    assert 10 <= len(tries) < 30


@pytest.mark.parametrize(
    "error", [refusal(112, errno.ENOSPC), refusal(3, errno.ENOENT), OSError(errno.EROFS, "refused")]
)
def test_what_waiting_does_not_mend_is_told_at_once(error: OSError, clock: Clock) -> None:
    step, tries = refusing(error, 1)
    with pytest.raises(OSError, match="refused"):
        patiently(step, windows=True)
    assert (len(tries), clock.now) == (1, 100)


def test_a_refusal_without_windows_own_number_waits_on_windows_only(clock: Clock) -> None:
    """As C's `open` gives it."""
    assert patiently(refusing(PermissionError(errno.EACCES, "refused"), 2)[0], windows=True) == "done"
    with pytest.raises(PermissionError):
        patiently(refusing(PermissionError(errno.EACCES, "refused"), 2)[0], windows=False)
