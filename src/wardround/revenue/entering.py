"""A signed claim comes to the ledger: a new one, or one that was signed anew after a change."""

from sqlalchemy import Connection, update

from wardround.capabilities.billing import Claim
from wardround.kernel import Actor, Clock, NotAllowed, system_clock
from wardround.revenue.correcting import corrected, fresh_number
from wardround.revenue.deeds import Deeds
from wardround.revenue.ledger import Ledger
from wardround.revenue.model import Listed
from wardround.revenue.state import ClaimState
from wardround.revenue.tables import claims

_ANEW = "The draft was amended and signed anew."


def enter_signed(
    tx: Connection,
    claim: Claim,
    draft: str,
    subject: str,
    by: Actor,
    clock: Clock = system_clock,
) -> Listed:
    """Enter the claim of a draft in the transaction that signs it, and return it as it stands.

    Signed anew before it was sent, it takes the place of what was there; once the payer has it,
    a claim that replaces it is entered (frequency 7). Raise ``NotAllowed`` while it is in a batch
    or with the payer undecided.
    """
    ledger = Ledger(tx, clock)
    before = ledger.known([claim.id]).get(claim.id)
    if before is None:
        return ledger.enter(claim, draft, subject, by)
    if before.state in {ClaimState.READY, ClaimState.REJECTED}:
        ledger.amend(claim, by, _ANEW)
        tx.execute(update(claims).where(claims.c.id == claim.id).values(draft=draft))
        return ledger.find(claim.id).listed
    if before.state in {ClaimState.BATCHED, ClaimState.SENT}:
        raise NotAllowed(
            f"The claim of this draft is {before.state}.",
            where=f"claim {claim.id}",
            mend="Take its batch back, or wait for the payer's answer; then sign.",
        )
    new = corrected(claim, before, fresh_number(ledger, claim.id))
    entered = Deeds(tx, clock).replace(claim.id, new, _ANEW, by)
    tx.execute(update(claims).where(claims.c.id == entered.id).values(draft=draft))
    return ledger.find(entered.id).listed
