"""A predetermined change control plan: which changes of a model were agreed to beforehand.

The parts are those of FDA's guidance on such plans for AI-enabled device software functions (final
of December 2024, re-issued August 2025): the modifications, the protocol by which each is made and
verified, and the assessment of its impact.
"""

from collections.abc import Mapping
from typing import Annotated, Self

import yaml  # type: ignore[import-untyped]
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from wardround.governance.registry.model import DIGEST, NAME
from wardround.kernel import InvalidInput

LONGEST = 200_000
"""Characters; a plan has some five thousand."""

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Kind = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,79}$")]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Modification(_Part):
    """A kind of change that the plan allows."""

    kind: Kind
    description: Words
    verified: Words
    """How it is verified and validated before it goes on."""


class Protocol(_Part):
    """The modification protocol: its four parts."""

    data: Words
    retraining: Words
    evaluation: Words
    update: Words


class Impact(_Part):
    """The impact assessment."""

    benefits: Words
    risks: Words
    mitigation: Words
    combined: Words
    """What changes of several kinds do together."""


class Bound(_Part):
    """What a figure must reach, and may not pass."""

    at_least: float | None = None
    at_most: float | None = None

    @model_validator(mode="after")
    def _bounds(self) -> Self:
        if self.at_least is None and self.at_most is None:
            raise ValueError("a threshold has at_least, at_most or both")
        return self

    def holds(self, value: float) -> bool:
        """Whether a figure is within the bound."""
        low = self.at_least is None or value >= self.at_least
        return low and (self.at_most is None or value <= self.at_most)

    def __str__(self) -> str:
        parts = []
        if self.at_least is not None:
            parts.append(f"at least {self.at_least:g}")
        if self.at_most is not None:
            parts.append(f"at most {self.at_most:g}")
        return " and ".join(parts)


class TestSet(_Part):
    """The patients that every change is held against: a table, by the sha256 of its file."""

    __test__ = False  # it is no test of pytest's

    name: Words
    sha256: Annotated[str, StringConstraints(pattern=DIGEST)]


class Plan(_Part):
    """The plan of one model."""

    model: Annotated[str, StringConstraints(pattern=NAME)]
    modifications: Annotated[tuple[Modification, ...], Field(min_length=1)]
    protocol: Protocol
    test_set: TestSet
    thresholds: Annotated[Mapping[str, Bound], Field(min_length=1)]
    """By the names of a validation's figures: ``auroc``, ``brier``, ``slope``, ``o_to_e``, …"""
    impact: Impact

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of change that it allows."""
        return tuple(one.kind for one in self.modifications)


def read_plan(text: str, name: str, where: str = "pccp.yaml") -> Plan:
    """Return the plan of the model ``name``; raise ``InvalidInput`` for the first fault."""
    if len(text) > LONGEST:
        raise InvalidInput(
            "The plan is too long.", where=where, mend=f"At most {LONGEST:,} letters."
        )
    try:
        plan = Plan.model_validate(yaml.safe_load(text))
    except yaml.YAMLError:
        raise InvalidInput("The plan is no YAML.", where=where, mend="Mend the file.") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(step) for step in first["loc"])
        raise InvalidInput(
            f"The plan cannot be used: {first['msg']}.",
            where=f"{where}: {place}" if place else where,
            mend="Mend the file and register again.",
        ) from None
    if plan.model != name:
        raise InvalidInput(f"The plan is for another model than {name}.", where=f"{where}: model")
    return plan
