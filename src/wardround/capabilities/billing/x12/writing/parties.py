"""Who is who: names, addresses, contacts (NM1, N3, N4, PER, PRV, REF, DMG)."""

from wardround.capabilities.billing.model import (
    Address,
    Claim,
    ClaimKind,
    Party,
    Patient,
    Payer,
    Subscriber,
)
from wardround.capabilities.billing.x12.values import day, words
from wardround.capabilities.billing.x12.writing.rows import Row, Rows

SELF = "18"
"""The relationship (X12 1069) of a patient who is the subscriber."""


def person(role: str, last: str, first: str, middle: str, member: str = "") -> Row:
    """Return the name of a person, or of an organization where there is no first name."""
    kind = "1" if first else "2"
    number = ("MI", member) if member else ("", "")
    return ("NM1", role, kind, words(last), words(first), words(middle), "", "", *number)


def provider(role: str, party: Party, *, kind: str = "") -> Row:
    """Return the name of a provider; ``kind`` is 1 or 2 where the role leaves no choice."""
    number = ("XX", party.npi) if party.npi else ("", "")
    is_person = kind == "1" or (not kind and bool(party.first))
    names = (words(party.first), words(party.middle)) if is_person else ("", "")
    return ("NM1", role, "1" if is_person else "2", words(party.name), *names, "", "", *number)


def payer(one: Payer) -> Rows:
    """Give the name and address of a payer (2010BB, 2330B)."""
    yield ("NM1", "PR", "2", words(one.name), "", "", "", "", "PI", one.id)
    yield from address(one.address)


def address(one: Address) -> Rows:
    """Give N3 and N4, if there is an address."""
    if not (one.line or one.city):
        return
    yield ("N3", words(one.line), words(one.line2))
    # A country is told where it is not the United States.
    country = "" if one.country.upper() in {"US", "USA"} else one.country
    yield ("N4", words(one.city), one.state, one.zip.replace("-", ""), country)


def specialty(role: str, party: Party) -> Rows:
    """Give the taxonomy code of a provider."""
    if party.taxonomy:
        yield ("PRV", role, "PXC", party.taxonomy)


def contact(name: str, phone: str, email: str) -> Rows:
    """Give who is to be asked, if there is a number to ask at."""
    ways = []
    digits = "".join(one for one in phone if one.isdigit())
    if digits:
        ways += ["TE", digits]
    if email:
        ways += ["EM", email]
    if ways:
        yield ("PER", "IC", words(name), *ways)


def billing(party: Party, pay_to: Address | None) -> Rows:
    """Give 2010AA, and 2010AB where payment goes to another address."""
    yield provider("85", party)
    yield from address(party.address)
    yield ("REF", "SY" if party.tax_is_ssn else "EI", party.tax_id.replace("-", ""))
    yield from contact(party.contact, party.phone, party.email)
    if pay_to is not None:
        yield ("NM1", "87", "1" if party.first else "2")
        yield from address(pay_to)


def coverage(claim: Claim, subscriber: Subscriber, relationship: str) -> Row:
    """Return SBR; a group's name is told only where it has no number (SBR04's rule)."""
    professional = claim.kind is ClaimKind.PROFESSIONAL
    name = "" if subscriber.group else words(subscriber.group_name)
    return (
        "SBR", subscriber.responsibility, relationship, subscriber.group, name,
        subscriber.insurance_type if professional else "", "", "", "", subscriber.filing,
    )  # fmt: skip


def patient_as_subscriber(patient: Patient, member: str) -> Rows:
    """Give 2010BA where the patient is the subscriber."""
    number = ("MI", member) if member else ("", "")
    names = (words(patient.last), words(patient.first), words(patient.middle))
    yield ("NM1", "IL", "1", *names, "", "", *number)
    yield from _who(patient)


def patient_as_dependent(patient: Patient) -> Rows:
    """Give 2010CA."""
    yield ("NM1", "QC", "1", words(patient.last), words(patient.first), words(patient.middle))
    yield from _who(patient)


def _who(patient: Patient) -> Rows:
    yield from address(patient.address)
    if patient.birth_date is not None:
        yield ("DMG", "D8", day(patient.birth_date), patient.sex)


def patient_information(claim: Claim) -> Rows:
    """Give PAT: a dependent's relationship, and in an 837P the day of a patient's death."""
    one = claim.patient
    relationship = "" if one.relationship == SELF else one.relationship
    if one.death_date is not None and claim.kind is ClaimKind.PROFESSIONAL:
        yield ("PAT", relationship, "", "", "", "D8", day(one.death_date))
    elif relationship:
        yield ("PAT", relationship)
