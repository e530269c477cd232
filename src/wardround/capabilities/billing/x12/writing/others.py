"""Other payers of a claim (2320, 2330A, 2330B), and what they decided."""

from wardround.capabilities.billing.model import Claim, ClaimKind, Subscriber
from wardround.capabilities.billing.x12.values import day, number
from wardround.capabilities.billing.x12.writing.parties import address, coverage, payer, person
from wardround.capabilities.billing.x12.writing.rows import Rows
from wardround.capabilities.billing.x12.writing.services import adjusted


def other_coverages(claim: Claim) -> Rows:
    """Give a loop for each coverage that is not the one asked to pay now."""
    for one in claim.subscribers[1:]:
        relationship = one.relationship or claim.patient.relationship
        yield coverage(claim, one, relationship)
        yield from adjusted(one.adjustments)
        yield from _amounts(claim, one)
        yield ("OI", "", "", claim.benefits_assigned, "", "", claim.release)
        yield from _insured(claim, one)
        yield from payer(one.payer)
        if one.paid_on is not None:
            yield ("DTP", "573", "D8", day(one.paid_on))
        if one.control:
            yield ("REF", "F8", one.control)


def _amounts(claim: Claim, one: Subscriber) -> Rows:
    amounts = [("D", one.paid), ("A8", one.not_covered), ("EAF", one.owed)]
    if claim.kind is ClaimKind.INSTITUTIONAL:
        amounts = [amounts[0], amounts[2], amounts[1]]
    for kind, amount in amounts:
        if amount is not None:
            yield ("AMT", kind, number(amount))


def _insured(claim: Claim, one: Subscriber) -> Rows:
    """Give 2330A: the patient, where the coverage names nobody else."""
    who = one if one.last else claim.patient
    yield person("IL", who.last, who.first, who.middle, one.member_id)
    yield from address(who.address)
