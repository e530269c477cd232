"""The content of a billing draft: the claim, and what it was made from."""

from decimal import Decimal

from wardround.capabilities.billing.model import Claim
from wardround.kernel import Noun


class Billed(Noun):
    """A claim as it is drafted, worked on and signed.

    ``codes`` is the signed draft of its diagnoses, where each opens the sentence that supports it.
    ``proposed`` are the sources of lines that the record holds and no coder signed; ``follows`` is
    the claim of the insurer before, and ``item`` the work that asked for this one.
    """

    headline: str = ""
    claim: Claim
    codes: str = ""
    proposed: tuple[str, ...] = ()
    follows: str = ""
    item: str = ""
    comment: str = ""


def headline(claim: Claim) -> str:
    """Return what a claim says in a few words: its charge, and its services."""
    if not claim.lines:
        return "Claim without a service"
    asked = claim.subscribers[0] if claim.subscribers else None
    second = f" to {asked.payer.name}" if asked and asked.responsibility in {"S", "T"} else ""
    services = ", ".join(line.procedure or line.revenue or "no code" for line in claim.lines[:3])
    more = f" and {len(claim.lines) - 3} more" if len(claim.lines) > 3 else ""
    return f"{dollars(claim.total)}{second}: {services}{more}"


def dollars(amount: Decimal) -> str:
    """Return an amount as it is written: ``$1,204.50``."""
    return f"-${-amount:,.2f}" if amount < 0 else f"${amount:,.2f}"
