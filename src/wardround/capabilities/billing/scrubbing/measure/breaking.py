"""How a clean claim is broken in one known way, and which rule has to find it."""

from collections.abc import Callable
from typing import NamedTuple

from wardround.capabilities.billing.model import Claim, ClaimKind, ServiceLine, Subscriber
from wardround.capabilities.billing.scrubbing.known import Known
from wardround.capabilities.billing.scrubbing.measure.sample import Sample

P, I = (ClaimKind.PROFESSIONAL,), (ClaimKind.INSTITUTIONAL,)  # noqa: E741 - the letters of 837P and 837I
BOTH = tuple(ClaimKind)

How = Callable[[Claim, Sample], "Claim | Broken | None"]


class Broken(NamedTuple):
    """A broken claim with what has to be known to find it."""

    claim: Claim
    known: Known | None = None


class Break(NamedTuple):
    """One way to break a claim; ``how`` answers ``None`` for a claim that cannot be broken so."""

    name: str
    theme: str
    rules: tuple[str, ...]
    kinds: tuple[ClaimKind, ...]
    how: How


def with_patient(claim: Claim, **fields: object) -> Claim:
    """Return the claim with another patient."""
    return claim.model_copy(update={"patient": claim.patient.model_copy(update=fields)})


def with_billing(claim: Claim, **fields: object) -> Claim:
    """Return the claim with another billing provider."""
    return claim.model_copy(update={"billing": claim.billing.model_copy(update=fields)})


def with_address(claim: Claim, **fields: object) -> Claim:
    """Return the claim with another address of the billing provider."""
    return with_billing(claim, address=claim.billing.address.model_copy(update=fields))


def with_coverage(claim: Claim, **fields: object) -> Claim:
    """Return the claim with another first coverage."""
    first = claim.subscribers[0].model_copy(update=fields)
    return claim.model_copy(update={"subscribers": (first, *claim.subscribers[1:])})


def with_payer(claim: Claim, **fields: object) -> Claim:
    """Return the claim with another first payer."""
    one: Subscriber = claim.subscribers[0]
    return with_coverage(claim, payer=one.payer.model_copy(update=fields))


def with_line(claim: Claim, number: int = 0, /, **fields: object) -> Claim:
    """Return the claim with one of its lines changed, counted from 0."""
    lines = list(claim.lines)
    lines[number] = lines[number].model_copy(update=fields)
    return claim.model_copy(update={"lines": tuple(lines)})


def with_more(claim: Claim, **fields: object) -> Claim:
    """Return the claim with a line more, like its first."""
    number = len(claim.lines) + 1
    line: ServiceLine = claim.lines[0].model_copy(update={"number": number, **fields})
    return claim.model_copy(update={"lines": (*claim.lines, line)})


def with_first(claim: Claim, code: str) -> Claim:
    """Return the claim with another first diagnosis."""
    first = claim.diagnoses[0].model_copy(update={"code": code})
    return claim.model_copy(update={"diagnoses": (first, *claim.diagnoses[1:])})


def with_diagnosis(claim: Claim, code: str, use: str = "diagnosis") -> Claim:
    """Return the claim with a diagnosis more, that no line points to."""
    last = claim.diagnoses[-1].model_copy(update={"code": code, "use": use, "on_admission": ""})
    return claim.model_copy(update={"diagnoses": (*claim.diagnoses, last)})


def set_to(**fields: object) -> How:
    """Return a break that sets fields of the claim."""
    return lambda claim, _: claim.model_copy(update=fields)
