"""What a gate found of one image."""

from typing import NamedTuple


class Check(NamedTuple):
    """One question that is asked before reading: passed or not, and in words what was found."""

    name: str
    passed: bool
    says: str
    value: float | str | None = None
    stops: bool = True
    """Whether an image that does not pass is left to people; otherwise it is only pointed out."""


def passed(name: str, says: str = "", value: float | str | None = None) -> Check:
    """Return a check that an image passed."""
    return Check(name, True, says, value)


def failed(name: str, says: str, value: float | str | None = None, *, stops: bool = True) -> Check:
    """Return a check that an image did not pass."""
    return Check(name, False, says, value, stops)
