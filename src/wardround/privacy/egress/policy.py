"""The decision about one call: let it pass, de-identify it first, or refuse it."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path

from wardround.kernel import Noun
from wardround.privacy.egress.address import Network, Place
from wardround.privacy.egress.agreements.agreement import Agreement, in_scope
from wardround.privacy.egress.recipient import Carries, Recipient


class Otherwise(StrEnum):
    """What is done with PHI that may not go out as it is."""

    REFUSE = "refuse"
    DEIDENTIFY = "deidentify"


class Policy(Noun):
    """The clinic's choices; ``authorities`` is a PEM file of its own certificate authorities."""

    private: tuple[Network, ...] = ()
    otherwise: Otherwise = Otherwise.REFUSE
    authorities: Path | None = None


class Verdict(StrEnum):
    """What becomes of a call."""

    PASS = "pass"  # noqa: S105 (no password: the call passes)
    DEIDENTIFY = "deidentify"
    REFUSE = "refuse"


class Decision(Noun):
    """A verdict; ``basis`` is a code for the audit trail, ``why`` and ``mend`` are for people."""

    verdict: Verdict
    basis: str
    why: str = ""
    mend: str | None = None


def decide(
    recipient: Recipient,
    carries: Carries,
    place: Place,
    agreements: Sequence[Agreement],
    today: date,
    otherwise: Otherwise,
) -> Decision:
    """Return what becomes of a call that carries ``carries`` to ``recipient``, found at ``place``.

    De-identified data may go anywhere that the recipient's own limit allows; PHI and limited data
    sets stay on this machine and its private networks, or go out under an agreement.
    """
    allowed, basis = _allowed(recipient, place, agreements, today)
    allowed = min(allowed, recipient.carries)
    if carries <= Carries.DEIDENTIFIED and carries <= allowed:
        return Decision(verdict=Verdict.PASS, basis=carries.words)
    if carries <= allowed:
        return Decision(verdict=Verdict.PASS, basis=basis)
    if otherwise is Otherwise.DEIDENTIFY and allowed >= Carries.DEIDENTIFIED:
        return Decision(verdict=Verdict.DEIDENTIFY, basis=basis)
    if carries > recipient.carries:
        return Decision(
            verdict=Verdict.REFUSE,
            basis="more-than-it-may-be-handed",
            why="This recipient may not be handed that much of a patient",
        )
    return Decision(
        verdict=Verdict.REFUSE,
        basis=basis,
        why=_WHY[basis.partition("/")[0]],
        mend=(
            "Enter the agreement under Privacy, Agreements; or set WARDROUND_EGRESS=deidentify, "
            "and names and numbers are taken out before it is called."
        ),
    )


_WHY = {
    "no-agreement": "No business associate agreement covers this recipient, service and data",
    "agreement-not-yet-in-force": "Its agreement is not in force yet",
    "agreement-expired": "Its agreement has expired",
    "agreement-terminated": "Its agreement was terminated",
    "agreement-incomplete": "Its agreement lacks a clause that the rule demands",
    "agreement": "Its agreement covers a limited data set, and this is more",
}


def _allowed(
    recipient: Recipient, place: Place, agreements: Sequence[Agreement], today: date
) -> tuple[Carries, str]:
    """Return the most that may go there, and on what ground."""
    if place is not Place.WORLD:
        return Carries.PHI, place.value
    covering = in_scope(agreements, recipient)
    if not covering:
        return Carries.DEIDENTIFIED, "no-agreement"
    holding = [one for one in covering if one.standing(today).holds]
    if not holding:
        latest = max(covering, key=lambda one: one.at)
        return Carries.DEIDENTIFIED, "agreement-" + latest.standing(today).replace(" ", "-")
    whole = [one for one in holding if not one.terms.lacks]
    if not whole:
        return Carries.DEIDENTIFIED, "agreement-incomplete"
    best = max(whole, key=lambda one: (one.terms.level, one.at))
    return best.terms.level, f"agreement/{best.id}"
