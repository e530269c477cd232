"""The nouns of a risk draft: what was asked, each input with where it stands, and the result."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from wardround.kernel import Noun


class State(StrEnum):
    """Whether an input counts, and why not."""

    USED = "used"
    STATED = "stated"
    """A person's own word, given while reviewing."""
    MISSING = "missing"
    STALE = "stale"
    CONFLICT = "conflict"
    REFUSED = "refused"
    """It was found and cannot be: impossible, in a unit that does not convert, outside the fit."""

    @property
    def counts(self) -> bool:
        """Whether the result is made with it."""
        return self in {State.USED, State.STATED}


class Entry(Noun):
    """One input: what the chart holds of it, in the formula's unit, of when, and where it stands.

    ``held`` is the chart's value and ``found`` how it stands there; ``value`` and ``state`` are
    what the result is made with, which is ``stated`` where a person answered. ``says`` is the value
    as it is written in the element ``path`` of ``resource``. ``needed`` is false of what only
    excludes, and of what the paper has a term to lack.
    """

    name: str
    label: str
    kind: str
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    needed: bool = True
    held: float | bool | str | None = None
    found: State = State.MISSING
    says: str = ""
    at: datetime | None = None
    resource: str | None = None
    path: str | None = None
    value: float | bool | str | None = None
    state: State = State.MISSING
    note: str = ""
    """Why it does not count, or what is odd about it."""


class Outcome(Noun):
    """The result: ``value``, or the range ``low`` to ``high`` where something is missing.

    Of a probability ``value`` is 0 to 1. ``observed`` is what ``source`` saw at this result.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str = ""
    decimals: int = 0
    meaning: str = ""
    observed: str = ""
    source: str = ""
    remark: str = ""


class Contribution(Noun):
    """What one line adds: points of a score, log-odds of a learned model."""

    label: str
    amount: float


class Point(Noun):
    """A result by what the chart held at an earlier moment."""

    at: datetime
    value: float
    signed: bool = False


class Like(Noun):
    """Patients learned from who were like this one, as a group: how many, and of how many so."""

    patients: int
    events: int
    low: float
    high: float
    common: str


class Said(Noun):
    """A reason why there is no result, or only a range, or what is odd."""

    kind: str
    input: str
    says: str


class Assessment(Noun):
    """The content of a draft. A person changes ``answers`` and ``comment``; the rest follows."""

    model: str
    digest: str = ""
    """The sha256 of what made it: with another, nothing is computed anew."""
    title: str
    headline: str
    kind: str
    at: datetime
    inputs: tuple[Entry, ...]
    result: Outcome | None
    contributions: tuple[Contribution, ...] = ()
    reasons: tuple[Said, ...] = ()
    trend: tuple[Point, ...] = ()
    setting: str = ""
    """The class of the encounter that the patient was in."""
    warnings: tuple[str, ...] = ()
    like: tuple[Like, ...] = ()
    changes: tuple[str, ...] = ()
    unfit: str | None = None
    """Why there is no result to be signed: not for this patient, or the model holds it back."""
    final: bool = False
    """Whether nothing that a person answers would mend that."""
    device: bool = False
    answers: dict[str, str] = Field(default_factory=dict)
    comment: str = ""
