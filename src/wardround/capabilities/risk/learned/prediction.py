"""The nouns of a learned model's answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from wardround.capabilities.risk.answer import Reason, Status
from wardround.capabilities.risk.chart import Chosen, Found
from wardround.capabilities.risk.score import Value
from wardround.engines.tabular import Change, Similar


@dataclass(frozen=True, slots=True)
class Case:
    """One patient: what was found of the inputs, the groups they are in, and where they are.

    ``groups`` are by the spec's columns, ``setting`` is the class of the encounter (IMP, EMER).
    """

    found: Found
    groups: Mapping[str, str] = field(default_factory=dict)
    setting: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """What one input adds to the log-odds of this patient; with ``input`` empty, the calibration."""

    input: str
    label: str
    log_odds: float


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a learned model says of one patient.

    ``probability`` is 0 to 1. It is there as well where the model abstains because the call is
    too close or its coverage is not promised; it is missing where no number can be had, or none
    that may be shown. ``answer`` is yes or no where ``possible`` holds one alone; the set covers
    the truth in ``coverage`` of patients like those learned from. ``baseline`` is the probability
    before any input, and ``base`` its log-odds: with all ``contributions`` they make ``log_odds``,
    exactly.
    """

    status: Status
    reasons: tuple[Reason, ...] = ()
    probability: float | None = None
    answer: bool | None = None
    possible: tuple[bool, ...] = ()
    coverage: float = 0.9
    log_odds: float | None = None
    base: float | None = None
    baseline: float | None = None
    contributions: tuple[Added, ...] = ()
    values: Mapping[str, Value | None] = field(default_factory=dict)
    """Each input as the model read it, in the spec's unit; None where it is missing."""
    chosen: tuple[Chosen, ...] = ()
    similar: tuple[Similar, ...] = ()
    warnings: tuple[str, ...] = ()
    """In which of the patient's groups the model is known to be worse, and how."""
    changes: tuple[Change, ...] = ()
    """What would take the probability across ``acts_from``, in the model's arithmetic."""
    acts_from: float | None = None
    """The probability from which acting harms less than not acting, by the spec's harms."""
