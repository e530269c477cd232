"""Passing a claim on: the next insurer is asked for what the one before left to the patient.

The claim that follows asks for the whole charge, as payers want it; what was paid and adjusted
before comes off at once, so that open is what the next insurer is really asked for. When that one
tells it again (OA-23), it is taken back (``adjudged.told_again``).
"""

from sqlalchemy import Connection

from wardround.capabilities.billing import Claim
from wardround.kernel import Actor, Clock, NotAllowed, system_clock
from wardround.revenue.adjudged import standing
from wardround.revenue.books import Books
from wardround.revenue.ledger import Ledger, sweep
from wardround.revenue.model import Account, Leg, Listed
from wardround.revenue.money import cents
from wardround.revenue.state import ClaimState
from wardround.revenue.work import Deed
from wardround.revenue.worklist import WorkList


def pass_on(
    tx: Connection,
    claim: Claim,
    draft: str,
    first: str,
    item: str,
    by: Actor,
    clock: Clock = system_clock,
) -> Listed:
    """Enter the claim that follows ``first``, and end the item of work that asked for it.

    Raise ``NotAllowed`` where nothing is left for the next insurer.
    """
    ledger, books, work = Ledger(tx, clock), Books(tx, clock), WorkList(tx, clock)
    now, asked = ledger.locked(first), work.waiting(item)
    share = cents(now.balance.patient)
    if share <= 0 or asked.claim != first:
        raise NotAllowed("Nothing is left that the next insurer could be asked for.")
    new = ledger.enter(claim, draft, now.subject, by, follows=first)
    before = max(cents(new.charge) - share, 0)
    books.write("earlier payer", _moved(new.id, before, Account.PAYER, Account.EARLIER), by)
    books.write("passed on", _moved(first, share, Account.PATIENT, Account.PASSED), by)
    work.end(item, Deed.BILLED, by)
    then = standing(ledger.find(first).listed.balance)
    ledger.move(first, then, by, "passed on", about=new.id)
    return ledger.find(new.id).listed


def give_back(ledger: Ledger, books: Books, now: Listed, by: Actor, words: str) -> None:
    """Let a claim that follows another never be sent: the patient owes the share again."""
    first = ledger.locked(now.follows or "")
    share = min(cents(now.balance.open), cents(first.balance.passed))
    books.write("given back", sweep(now, Account.PASSED), by)
    books.write("given back", _moved(first.id, share, Account.PASSED, Account.PATIENT), by)
    ledger.move(now.id, ClaimState.WRITTEN_OFF, by, "given back", about=first.id, words=words)
    then = standing(ledger.find(first.id).listed.balance)
    ledger.move(first.id, then, by, "given back", about=now.id)


def carried(old: Listed, new: str) -> tuple[Leg, ...]:
    """Return what an earlier payer decided, from a claim to the one that replaces it."""
    amount = cents(old.balance.earlier)
    return (
        *_moved(old.id, amount, Account.EARLIER, Account.REPLACED),
        *_moved(new, amount, Account.PAYER, Account.EARLIER),
    )


def _moved(claim: str, amount: int, out: Account, to: Account) -> tuple[Leg, Leg]:
    return (
        Leg(account=out, cents=-amount, claim=claim),
        Leg(account=to, cents=amount, claim=claim),
    )
