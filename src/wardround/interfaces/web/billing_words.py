"""What the pages of billing say: the names of states, deeds and accounts, for billers."""

from decimal import Decimal

from wardround.bootstrap import Asking
from wardround.kernel import Status
from wardround.revenue import (
    Account,
    ClaimState,
    Deed,
    Listed,
    Mend,
    Return,
    VarianceKind,
    WorkKind,
)

STATES = {
    ClaimState.READY: "To send",
    ClaimState.BATCHED: "In a batch",
    ClaimState.SENT: "Sent",
    ClaimState.ACCEPTED: "Accepted by payer",
    ClaimState.REJECTED: "Rejected",
    ClaimState.PAID: "Decided",
    ClaimState.PARTLY: "Partly paid",
    ClaimState.DENIED: "Denied",
    ClaimState.APPEALED: "Appealed",
    ClaimState.CLOSED: "Closed",
    ClaimState.REPLACED: "Replaced",
    ClaimState.WRITTEN_OFF: "Written off",
}

BADGES = {
    ClaimState.REJECTED: "bad",
    ClaimState.DENIED: "bad",
    ClaimState.PARTLY: "warn",
    ClaimState.APPEALED: "warn",
    ClaimState.CLOSED: "good",
}

TABS = {
    "send": ("To send", (ClaimState.READY, ClaimState.BATCHED)),
    "payer": ("With payer", (ClaimState.SENT, ClaimState.ACCEPTED, ClaimState.APPEALED)),
    "rejected": ("Rejected", (ClaimState.REJECTED,)),
    "denials": ("Denials", ()),
    "patient": ("Patient owes", (ClaimState.PAID,)),
    "payments": ("Payments", ()),
    "done": ("Done", (ClaimState.CLOSED, ClaimState.WRITTEN_OFF, ClaimState.REPLACED)),
}
"""The tabs of the work queue, each with the states of claims that it shows."""

MENDS = {
    Mend.CORRECT: "Mend the claim and send it again",
    Mend.APPEAL: "Appeal",
    Mend.PATIENT: "Ask the patient or another insurer",
    Mend.RECORDS: "Send the records the payer asks for",
    Mend.WRITE_OFF: "See whether it was paid before; if so, write it off",
}

KINDS = {
    WorkKind.DENIAL: "Denied",
    WorkKind.UNDERPAID: "Paid less than the fee schedule allows",
    WorkKind.SECONDARY: "Ask the second insurer",
}

DEEDS = {
    Deed.CORRECTED: "Corrected and replaced",
    Deed.APPEALED: "Appealed",
    Deed.PATIENT: "Asked of the patient",
    Deed.WRITTEN_OFF: "Written off",
    Deed.ACCEPTED: "Accepted",
    Deed.BILLED: "Second insurer asked",
    Deed.ANEW: "Decided anew by the payer",
}

ACCOUNTS = {
    Account.PAYER: "Asked of payer",
    Account.PATIENT: "Patient's share",
    Account.DENIED: "Denied",
    Account.CHARGES: "Charge",
    Account.CASH: "Paid",
    Account.UNAPPLIED: "Paid, was unapplied",
    Account.CONTRACTUAL: "Agreed reduction",
    Account.WRITTEN_OFF: "Written off",
    Account.REPLACED: "Asked by the claim that replaces it",
    Account.PROVIDER: "Kept back by payer",
    Account.EARLIER: "Decided by an earlier insurer",
    Account.PASSED: "Asked of the next insurer",
}

RETURNS = {
    Return.NOT_OURS: "It is for no patient of ours",
    Return.TWICE: "It was paid twice",
    Return.ASKED: "The payer asked for it",
}

VARIANCES = {
    VarianceKind.CHARGE: "The payer read another charge",
    VarianceKind.UNDERPAID: "Allowed less than the fee schedule",
    VarianceKind.OVERPAID: "Allowed more than the fee schedule",
    VarianceKind.REVERSAL: "Takes back more than was paid",
    VarianceKind.WRITTEN_OFF: "Written off before, and paid now",
}


DRAFTS = {"appeal": "Appeal letter", "billing": "Claim to the next insurer"}

STANDS = {
    Status.DRAFTED: "to review",
    Status.ABSTAINED: "not drafted",
    Status.SIGNED: "signed",
    Status.REJECTED: "rejected",
    Status.SUPERSEDED: "signed anew",
}


def money(amount: Decimal) -> str:
    """``$1,234.50``; with a minus before the dollar below zero."""
    sign = "\u2212" if amount < 0 else ""
    return f"{sign}${abs(amount):,.2f}"


def state_of(claim: Listed) -> str:
    """Return where a claim stands, in words."""
    if claim.state is ClaimState.PAID and claim.balance.open > 0:
        return "Patient owes"
    if claim.state is ClaimState.PAID:
        return "Overpaid"
    return STATES[claim.state]


def draft_of(asked: Asking) -> str:
    """Return where a draft about an item of work stands, in words."""
    if asked.draft is None:
        return "Being drafted" if asked.open else "It could not be drafted"
    return f"{DRAFTS[asked.draft.capability]}, {STANDS[asked.draft.status]}"
