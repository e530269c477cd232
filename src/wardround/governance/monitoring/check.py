"""What one check found: its value, how sure it is, its rule in words, and whether it fires."""

from pydantic import BaseModel, ConfigDict

from wardround.governance.validation import Measured

FEWEST = 50
"""Fewer patients than this are not spoken of."""

YEARLY_FALSE = 0.05
"""The chance that a check fires for nothing in all its looks together."""

LOOKS = 52
"""How often a check is looked at in the time for which ``YEARLY_FALSE`` holds: weekly, a year."""

_POINTS = 400


class Check(BaseModel):
    """A finding of the watch over a model; ``value`` is none where there is too little to say."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    subject: str
    n: int
    reference_n: int | None = None
    value: Measured | None
    limit: float | None = None
    """What the rule compares ``path`` with where there is one, else ``value``."""
    rule: str
    fires: bool
    said: str
    at: int | None = None
    """The patient, counted from the first, at whom it fired."""
    path: list[float] = []
    """How the evidence grew, patient by patient, thinned to be drawn."""


def thinned(path: list[float]) -> list[float]:
    """Return at most ``_POINTS`` of a path, its last among them."""
    step = max(1, -(-len(path) // _POINTS))
    return path[::-1][::step][::-1]


def too_few(kind: str, subject: str, n: int, rule: str, reference_n: int | None = None) -> Check:
    """Return a check that says nothing yet."""
    return Check(
        kind=kind,
        subject=subject,
        n=n,
        reference_n=reference_n,
        value=None,
        rule=rule,
        fires=False,
        said=f"{n} patients so far: at least {FEWEST} are needed to say anything.",
    )


def surer(looks: int = LOOKS) -> float:
    """Return the level of an interval by which a check that is looked at often may fire."""
    return 1 - YEARLY_FALSE / looks
