"""The nouns of the ledger: a claim as it is kept, what happened to it, what it stands at."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from wardround.capabilities.billing import Claim, Money
from wardround.kernel import Noun
from wardround.revenue.money import dollars
from wardround.revenue.state import ClaimState


class Account(StrEnum):
    """Where cents stand; the first three together are what a claim still has open."""

    PAYER = "payer"
    """Asked of the payer and not decided."""
    PATIENT = "patient"
    """The patient's share, as the payer decided it: deductible, coinsurance, copayment."""
    DENIED = "denied"
    """Refused by the payer, and not yet worked by a person."""
    CHARGES = "charges"
    CASH = "cash"
    UNAPPLIED = "unapplied"
    """Received for a claim that was not found; it waits for a person."""
    CONTRACTUAL = "contractual"
    WRITTEN_OFF = "written off"
    REPLACED = "replaced"
    """Asked again by the claim that replaces this one."""
    EARLIER = "earlier payer"
    """Paid and adjusted by the payer before, of a claim to the next one."""
    PASSED = "passed on"
    """Asked of the next insurer by a claim that follows this one."""
    PROVIDER = "provider"
    """Kept back or added by the payer for no claim (PLB)."""


OPEN = (Account.PAYER, Account.PATIENT, Account.DENIED)


class Leg(Noun):
    """One line of a journal: whole cents to an account (debit positive), of a claim and why."""

    account: Account
    cents: int
    claim: str | None = None
    group: str = ""
    reason: str = ""
    service: int | None = None

    @property
    def amount(self) -> Decimal:
        """The same in dollars."""
        return dollars(self.cents)


class Entry(Leg):
    """A line of the books as it was written."""

    journal: str
    at: datetime
    by: str
    why: str
    payment: str | None = None


class Balance(Noun):
    """What a claim stands at: charge less payments less adjustments is open, to the cent."""

    charge: Money = Decimal("0.00")
    paid: Money = Decimal("0.00")
    contractual: Money = Decimal("0.00")
    written_off: Money = Decimal("0.00")
    replaced: Money = Decimal("0.00")
    earlier: Money = Decimal("0.00")
    passed: Money = Decimal("0.00")
    payer: Money = Decimal("0.00")
    patient: Money = Decimal("0.00")
    denied: Money = Decimal("0.00")

    @property
    def adjusted(self) -> Decimal:
        """All that is asked of nobody any more, or by another claim."""
        moved = self.replaced + self.earlier + self.passed
        return self.contractual + self.written_off + moved

    @property
    def open(self) -> Decimal:
        """What is still to come, from whomever; below zero where too much was paid."""
        return self.payer + self.patient + self.denied


def balance_of(legs: Iterable[Leg]) -> Balance:
    """Return what a claim stands at by all its lines of the books."""
    sums = dict.fromkeys(Account, 0)
    for leg in legs:
        sums[leg.account] += leg.cents
    return Balance(
        charge=dollars(-sums[Account.CHARGES]),
        paid=dollars(sums[Account.CASH] + sums[Account.UNAPPLIED]),
        contractual=dollars(sums[Account.CONTRACTUAL]),
        written_off=dollars(sums[Account.WRITTEN_OFF]),
        replaced=dollars(sums[Account.REPLACED]),
        earlier=dollars(sums[Account.EARLIER]),
        passed=dollars(sums[Account.PASSED]),
        payer=dollars(sums[Account.PAYER]),
        patient=dollars(sums[Account.PATIENT]),
        denied=dollars(sums[Account.DENIED]),
    )


class Listed(Noun):
    """A claim as lists show it: nothing of it names a patient.

    ``replaces`` is the claim in whose place it stands, ``follows`` that of the insurer before.
    """

    id: str
    subject: str
    draft: str | None
    kind: str
    frequency: str
    replaces: str | None
    follows: str | None
    payer: str
    payer_control: str
    state: ClaimState
    charge: Money
    serviced: date | None
    entered: datetime
    moved: datetime
    balance: Balance

    def age(self, today: date) -> int:
        """Return the days since it came to stand where it stands."""
        return (today - self.moved.astimezone().date()).days


class Happened(Noun):
    """One thing that happened to a claim; ``about`` is a batch, an answer or a payment."""

    serial: int
    at: datetime
    by: str
    change: str
    state: ClaimState
    about: str = ""
    words: str = ""


class Kept(Noun):
    """A claim of the ledger with its body; none where its patient's key was destroyed."""

    listed: Listed
    body: Claim | None
