"""What people do about what is open: correct, appeal, ask the patient, write off with a reason."""

from decimal import Decimal

from sqlalchemy import Connection

from wardround.capabilities.billing import Claim
from wardround.kernel import Actor, Clock, InvalidInput, NotAllowed, Role, system_clock, worded
from wardround.revenue.adjudged import standing
from wardround.revenue.books import Books
from wardround.revenue.ledger import Ledger, sweep
from wardround.revenue.model import Account, Balance, Leg, Listed
from wardround.revenue.money import cents
from wardround.revenue.passing import carried, give_back
from wardround.revenue.state import ClaimState
from wardround.revenue.work import Deed, WorkItem, WorkKind
from wardround.revenue.worklist import WorkList

ORIGINAL = "1"
_MISSING = "Say why, in a few words."
_UNSENT = frozenset({ClaimState.READY, ClaimState.REJECTED})


class Deeds:
    """The deeds, within one transaction; each is a person's, and is told in the claim's history."""

    def __init__(self, tx: Connection, clock: Clock = system_clock) -> None:
        self._ledger = Ledger(tx, clock)
        self._books = Books(tx, clock)
        self._work = WorkList(tx, clock)

    def write_off(self, item: str, why: str, by: Actor) -> None:
        """Write off what one denial refuses; raise ``NotAllowed`` for what is no person."""
        self._shift(item, Account.WRITTEN_OFF, Deed.WRITTEN_OFF, why, by)

    def ask_patient(self, item: str, why: str, by: Actor) -> None:
        """Ask the patient for what one denial refuses."""
        self._shift(item, Account.PATIENT, Deed.PATIENT, why, by)

    def appeal(self, item: str, words: str, by: Actor, letter: str = "") -> None:
        """Note that the payer was asked to decide again, and how; the cents stay denied.

        ``letter`` is the signed draft of a letter, where one was signed here.
        """
        now = self._denial(item)
        said = worded(words, "why", "Say what was sent, and when.")
        self._work.end(item, Deed.APPEALED, by)
        self._ledger.move(
            now.claim, ClaimState.APPEALED, by, "appealed", about=letter or item, words=said
        )

    def settle(self, item: str, words: str, by: Actor) -> None:
        """End what needs no cent moved: an underpayment that stands, a second insurer asked."""
        now = self._work.waiting(item)
        if now.kind is WorkKind.DENIAL:
            raise NotAllowed("A denial is corrected, appealed, billed or written off.")
        deed = Deed.BILLED if now.kind is WorkKind.SECONDARY else Deed.ACCEPTED
        self._work.end(item, deed, by)
        state = self._ledger.locked(now.claim).state
        said = worded(words, "why", _MISSING)
        self._ledger.move(now.claim, state, by, str(deed), about=item, words=said)

    def replace(self, old: str, claim: Claim, why: str, by: Actor) -> Listed:
        """Enter the claim that takes the place of one that was decided, and return it.

        Frequency 7 replaces and 8 voids it, by the payer's number of the old one; a claim that
        the payer could not process (MA130) is asked for anew, by frequency 1.
        """
        now = self._ledger.locked(old)
        if claim.frequency != ORIGINAL and not claim.original:
            raise InvalidInput(
                "A claim that replaces another has the payer's number of that one (REF*F8).",
                where=f"claim {claim.id[:20]}",
            )
        said = worded(why, "why", _MISSING)
        self._ledger.move(old, ClaimState.REPLACED, by, "replaced", about=claim.id[:20], words=said)
        self._books.write("replaced", sweep(now, Account.REPLACED), by)
        self._work.end_all(old, Deed.CORRECTED, by)
        new = self._ledger.enter(
            claim, now.draft, now.subject, by, replaces=old, follows=now.follows
        )
        self._books.write("earlier payer", carried(now, new.id), by)
        return self._ledger.find(new.id).listed

    def write_off_rest(self, claim: str, why: str, by: Actor) -> None:
        """Write off all that is open of a claim: a small rest, or a claim that is never sent."""
        _require_person(by)
        now = self._ledger.locked(claim)
        if now.balance.open <= 0:
            raise NotAllowed("Nothing is open of this claim.", where=f"claim {claim}")
        if now.state in {ClaimState.BATCHED, ClaimState.SENT, ClaimState.ACCEPTED}:
            raise NotAllowed("The payer has not decided yet.", where=f"claim {claim}")
        said = worded(why, "why", _MISSING)
        if now.follows and now.state in _UNSENT:
            give_back(self._ledger, self._books, now, by, said)
            return
        self._books.write("write-off", sweep(now, Account.WRITTEN_OFF), by)
        self._work.end_all(claim, Deed.WRITTEN_OFF, by)
        self._follow(claim, by, "written off", "", said)

    def receive(self, claim: str, amount: Decimal, by: Actor, words: str = "") -> None:
        """Book what a patient paid; a payment that was given back is below zero."""
        if amount == 0 or abs(amount) > Decimal("9999999.99"):
            raise InvalidInput("This is no amount that was paid.", where="amount")
        now, paid = self._ledger.locked(claim), cents(amount)
        legs = (
            Leg(account=Account.CASH, cents=paid, claim=claim),
            Leg(account=Account.PATIENT, cents=-paid, claim=claim),
        )
        self._books.write("patient payment", legs, by)
        said = worded(words, "words")
        if now.state in {ClaimState.PAID, ClaimState.CLOSED}:
            self._follow(claim, by, "patient paid", "", said)
        else:
            self._ledger.move(claim, now.state, by, "patient paid", words=said)

    def _shift(self, item: str, to: Account, deed: Deed, why: str, by: Actor) -> None:
        _require_person(by)
        now = self._denial(item)
        said = worded(why, "why", _MISSING)
        denied = self._ledger.locked(now.claim).balance.denied
        amount = cents(max(min(now.amount, denied), Decimal(0)))
        mark = {"claim": now.claim, "group": now.group, "reason": now.reason}
        legs = (
            Leg(account=to, cents=amount, service=now.service, **mark),
            Leg(account=Account.DENIED, cents=-amount, service=now.service, **mark),
        )
        self._books.write("write-off" if to is Account.WRITTEN_OFF else "to patient", legs, by)
        self._work.end(item, deed, by)
        change = "written off" if to is Account.WRITTEN_OFF else "asked of patient"
        self._follow(now.claim, by, change, item, said)

    def _denial(self, item: str) -> WorkItem:
        now = self._work.waiting(item)
        if now.kind is not WorkKind.DENIAL:
            raise NotAllowed("This is no denial.", mend="End it as it is.")
        return now

    def _follow(self, claim: str, by: Actor, change: str, about: str, words: str) -> None:
        """Let a claim stand where its balance puts it after a deed."""
        now = self._ledger.locked(claim)
        then = after_deed(now.balance, now.state)
        self._ledger.move(claim, then, by, change, about=about, words=words)


def after_deed(balance: Balance, now: ClaimState) -> ClaimState:
    """Return where a claim stands after a person moved cents of it."""
    if now in _UNSENT or (balance.open == 0 and balance.written_off > 0 and balance.paid == 0):
        return ClaimState.WRITTEN_OFF
    return now if now is ClaimState.APPEALED and balance.denied > 0 else standing(balance)


def _require_person(by: Actor) -> None:
    if by.role is Role.SERVICE:
        raise NotAllowed("Only a person decides that nobody pays, or that the patient does.")
