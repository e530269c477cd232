"""The claim that follows one which was decided: its number, its frequency."""

import re

from wardround.capabilities.billing import Claim
from wardround.revenue.ledger import Ledger
from wardround.revenue.model import Listed

REPLACEMENT = "7"
_LONGEST = 20


def next_number(number: str) -> str:
    """Return the number of the claim after one: ``WR-1``, ``WR-1.2``, ``WR-1.3``."""
    found = re.fullmatch(r"(.+?)(?:\.(\d{1,3}))?", number)
    stem, last = (found[1], int(found[2] or 1)) if found else (number, 1)
    ending = f".{last + 1}"
    return stem[: _LONGEST - len(ending)] + ending


def fresh_number(ledger: Ledger, number: str) -> str:
    """Return the first number after one that no claim has."""
    fresh = next_number(number)
    while ledger.known([fresh]):
        fresh = next_number(fresh)
    return fresh


def corrected(claim: Claim, listed: Listed, number: str) -> Claim:
    """Return a claim to be corrected, which replaces one by the payer's own number of it.

    Where the payer gave none, it never took the claim up: it is asked for anew.
    """
    control = listed.payer_control
    frequency = REPLACEMENT if control else "1"
    return claim.model_copy(update={"id": number, "frequency": frequency, "original": control})
