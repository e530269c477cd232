"""The assessment: a breach is presumed unless it shows a low probability (45 CFR 164.402)."""

from datetime import datetime
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from wardround.kernel import Noun


class Factor(StrEnum):
    """The four that an assessment weighs at least (164.402(2)(i) to (iv))."""

    NATURE = "nature"
    RECIPIENT = "recipient"
    ACQUIRED = "acquired"
    MITIGATION = "mitigation"


class Bearing(StrEnum):
    """What a factor says of the probability that the PHI was compromised."""

    LOW = "low"
    HIGH = "high"
    UNKNOWN = "unknown"
    """It cannot be told; that shows nothing."""


class Weighed(Noun):
    """One factor, as somebody weighed it."""

    factor: Factor
    bearing: Bearing
    words: str = Field(min_length=1, max_length=2000)


class Conclusion(StrEnum):
    """What an assessment comes to: a breach, or why it is none."""

    BREACH = "breach"
    LOW = "low-probability"
    SECURED = "secured"
    """The PHI was encrypted or destroyed as the Secretary's guidance says."""
    UNINTENTIONAL = "unintentional"
    """By the workforce, in good faith and within their authority (164.402(1)(i))."""
    INADVERTENT = "inadvertent"
    """From one authorized person to another of the same house (164.402(1)(ii))."""
    NOT_RETAINED = "not-retained"
    """Whoever got it could not have kept it, as is believed in good faith (164.402(1)(iii))."""

    @property
    def is_breach(self) -> bool:
        """Whether people must be told."""
        return self is Conclusion.BREACH


class Assessment(Noun):
    """What was weighed and concluded, why, by whom and when.

    To tell everybody needs no factors: a clinic may notify without an assessment (78 FR 5641). To
    tell nobody needs all that 164.402 asks for.
    """

    conclusion: Conclusion
    reasons: str = Field(min_length=1, max_length=4000)
    factors: tuple[Weighed, ...] = ()
    by: str
    at: datetime

    @model_validator(mode="after")
    def _shown(self) -> Self:
        if self.conclusion is not Conclusion.LOW:
            return self
        if {one.factor for one in self.factors} != set(Factor):
            raise ValueError("A low probability is shown by all four factors; weigh each.")
        if not any(one.bearing is Bearing.LOW for one in self.factors):
            raise ValueError("No factor speaks for a low probability: a breach is presumed.")
        return self

    def of(self, factor: Factor) -> Weighed | None:
        """Return how a factor was weighed."""
        return next((one for one in self.factors if one.factor is factor), None)
