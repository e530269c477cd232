# ruff: noqa: E501 - a break is read whole, on its one line
"""Breaks of who bills, who is insured, who the patient is."""

from datetime import date, timedelta
from decimal import Decimal

from wardround.capabilities.billing.model import Adjudication, Claim, Party
from wardround.capabilities.billing.scrubbing.measure.breaking import (
    BOTH,
    Break,
    I,
    P,
    set_to,
    with_address,
    with_billing,
    with_coverage,
    with_patient,
    with_payer,
)
from wardround.capabilities.billing.scrubbing.measure.sample import FILED, Sample


def _digit(claim: Claim, made: Sample) -> Claim:
    """One digit of the NPI is another."""
    npi = claim.billing.npi
    place = made.random.randrange(1, 10)
    other = str((int(npi[place]) + made.random.randrange(1, 10)) % 10)
    return with_billing(claim, npi=npi[:place] + other + npi[place + 1 :])


def _swapped(claim: Claim, made: Sample) -> Claim | None:
    """Two neighbours of the NPI have changed places (0 and 9 pass Luhn's sum)."""
    npi = claim.billing.npi
    places = [
        one
        for one in range(1, 9)
        if npi[one] != npi[one + 1] and {npi[one], npi[one + 1]} != {"0", "9"}
    ]
    if not places:
        return None
    at = made.random.choice(places)
    return with_billing(claim, npi=npi[:at] + npi[at + 1] + npi[at] + npi[at + 2 :])


def _rendering(claim: Claim, **fields: object) -> Claim | None:
    one: Party | None = claim.rendering
    if one is None:
        return None
    return claim.model_copy(update={"rendering": one.model_copy(update=fields)})


def _attending(claim: Claim, **fields: object) -> Claim | None:
    one: Party | None = claim.attending
    if one is None:
        return None
    return claim.model_copy(update={"attending": one.model_copy(update=fields)})


def _facility_zip(claim: Claim, _: Sample) -> Claim | None:
    if claim.facility is None:
        return None
    at = claim.facility.address.model_copy(update={"zip": "10001"})
    return claim.model_copy(update={"facility": claim.facility.model_copy(update={"address": at})})


def _other_subscriber(claim: Claim, _: Sample) -> Claim | None:
    if claim.patient.relationship != "18":
        return None
    return with_coverage(claim, last="Zimmerman", first="Quincy")


def _unnamed_subscriber(claim: Claim, _: Sample) -> Claim | None:
    return None if claim.patient.relationship == "18" else with_coverage(claim, last="")


def _second_primary(claim: Claim, _: Sample) -> Claim:
    return claim.model_copy(update={"subscribers": (*claim.subscribers, claim.subscribers[0])})


def _second_asked(claim: Claim, made: Sample) -> Claim:
    """Ask an insurer after one whose decision nobody tells."""
    second = made.coverage(claim.patient, "CI").model_copy(update={"responsibility": "S"})
    first = claim.subscribers[0].model_copy(update={"responsibility": "P"})
    return claim.model_copy(update={"subscribers": (second, first)})


def _off_by_a_cent(claim: Claim, _: Sample) -> Claim | None:
    """Tell an earlier decision on a line that does not make its charge."""
    line = claim.lines[0]
    paid = line.charge + Decimal("0.01")
    told = Adjudication(payer=claim.subscribers[0].payer.id, paid=paid)
    lines = (line.model_copy(update={"adjudications": (told,)}), *claim.lines[1:])
    return claim.model_copy(update={"lines": lines})


def _dependent_of_medicare(claim: Claim, _: Sample) -> Claim | None:
    if claim.subscribers[0].filing not in {"MA", "MB"}:
        return None
    return with_coverage(with_patient(claim, relationship="01"), last="Moss", first="Ira")


def _mbi(claim: Claim, made: Sample) -> Claim | None:
    if claim.subscribers[0].filing not in {"MA", "MB"}:
        return None
    return with_coverage(claim, member_id=f"{made.digits(9)}A")


def _zip(claim: Claim, _: Sample) -> Claim:
    return with_address(claim, zip=claim.billing.address.zip[:5])


def _home(claim: Claim, field: str, value: str) -> Claim:
    return with_patient(claim, address=claim.patient.address.model_copy(update={field: value}))


BREAKS = (
    Break("no billing NPI", "NPI", ("npi-missing",), BOTH, lambda c, _: with_billing(c, npi="")),
    Break("billing NPI, a digit wrong", "NPI", ("npi-form",), BOTH, _digit),
    Break("billing NPI, two digits swapped", "NPI", ("npi-form",), BOTH, _swapped),
    Break("billing NPI of nine digits", "NPI", ("npi-form",), BOTH, lambda c, _: with_billing(c, npi=c.billing.npi[:9])),
    Break("no rendering NPI", "NPI", ("npi-missing",), P, lambda c, _: _rendering(c, npi="")),
    Break("rendering NPI wrong", "NPI", ("npi-form",), P, lambda c, _: _rendering(c, npi="1234567890")),
    Break("rendering NPI is the group's", "NPI", ("same-person",), P, lambda c, _: _rendering(c, npi=c.billing.npi)),
    Break("nobody rendered it", "provider", ("rendering-missing",), P, lambda c, _: None if c.rendering is None or c.place == "41" else c.model_copy(update={"rendering": None})),
    Break("no attending provider", "provider", ("attending-missing",), I, set_to(attending=None)),
    Break("no attending NPI", "NPI", ("npi-missing",), I, lambda c, _: _attending(c, npi="")),
    Break("taxonomy missing", "taxonomy", ("taxonomy-missing",), BOTH, lambda c, _: with_billing(c, taxonomy="")),
    Break("taxonomy of nine characters", "taxonomy", ("taxonomy-form",), BOTH, lambda c, _: with_billing(c, taxonomy="207Q0000X")),
    Break("no tax id", "tax id", ("tax-id-missing",), BOTH, lambda c, _: with_billing(c, tax_id="")),
    Break("tax id of eight digits", "tax id", ("tax-id-form",), BOTH, lambda c, _: with_billing(c, tax_id="12345678")),
    Break("no billing name", "provider", ("billing-name",), BOTH, lambda c, _: with_billing(c, name="")),
    Break("no billing street", "address", ("billing-address",), BOTH, lambda c, _: with_address(c, line="")),
    Break("post office box", "address", ("post-box",), BOTH, lambda c, m: with_address(c, line=m.random.choice(("PO Box 1180", "P.O. BOX 7", "Post Office Box 44", "p o box 9")))),
    Break("billing ZIP of five digits", "address", ("zip-nine",), BOTH, _zip),
    Break("facility ZIP of five digits", "address", ("zip-nine",), P, _facility_zip),
    Break("no such state", "address", ("state-form",), BOTH, lambda c, _: with_address(c, state="NX")),
    Break("no patient street", "address", ("patient-address",), BOTH, lambda c, _: _home(c, "line", "")),
    Break("patient ZIP of four digits", "address", ("zip-form",), BOTH, lambda c, _: _home(c, "zip", "1220")),
    Break("separator in a name", "form", ("text-separators",), BOTH, lambda c, _: with_billing(c, name="Lakeside*Medical")),
    Break("no coverage", "coverage", ("subscriber-missing",), BOTH, set_to(subscribers=())),
    Break("no payer id", "coverage", ("payer-id",), BOTH, lambda c, _: with_payer(c, id="")),
    Break("no payer name", "coverage", ("payer-name",), BOTH, lambda c, _: with_payer(c, name="")),
    Break("no filing indicator", "coverage", ("filing-missing",), BOTH, lambda c, _: with_coverage(c, filing="")),
    Break("filing indicator of 4010", "coverage", ("filing-form",), BOTH, lambda c, _: with_coverage(c, filing="09")),
    Break("no member id", "coverage", ("member-id",), BOTH, lambda c, _: with_coverage(c, member_id="")),
    Break("member id with a slash", "coverage", ("member-id-form",), BOTH, lambda c, _: with_coverage(c, member_id="W12/3456")),
    Break("Medicare by its old number", "coverage", ("mbi-form",), BOTH, _mbi),
    Break("Medicare with a dependent", "coverage", ("medicare-dependent",), BOTH, _dependent_of_medicare),
    Break("two primary coverages", "coverage", ("responsibility-twice",), BOTH, _second_primary),
    Break("secondary without primary", "coverage", ("primary-missing",), BOTH, lambda c, _: c.model_copy(update={"subscribers": (c.subscribers[0].model_copy(update={"responsibility": "S"}),)})),
    Break("second insurer, first undecided", "coverage", ("cob-undecided",), BOTH, _second_asked),
    Break("first insurer's decision off by a cent", "coverage", ("cob-unbalanced",), BOTH, _off_by_a_cent),
    Break("subscriber without a name", "subscriber", ("subscriber-name",), BOTH, _unnamed_subscriber),
    Break("patient is the subscriber, and is not", "subscriber", ("subscriber-self",), BOTH, _other_subscriber),
    Break("relationship unknown", "subscriber", ("relationship",), BOTH, lambda c, _: with_patient(c, relationship="99")),
    Break("no last name", "patient", ("patient-last",), BOTH, lambda c, _: with_patient(c, last="")),
    Break("no first name", "patient", ("patient-first",), BOTH, lambda c, _: with_patient(c, first="")),
    Break("no birth date", "patient", ("birth-date",), BOTH, lambda c, _: with_patient(c, birth_date=None)),
    Break("born after the filing", "patient", ("birth-future",), BOTH, lambda c, _: with_patient(c, birth_date=FILED + timedelta(days=30))),
    Break("born in 1826", "patient", ("age-limit",), BOTH, lambda c, _: with_patient(c, birth_date=date(1826, 5, 1))),
    Break("no sex", "patient", ("sex-missing",), BOTH, lambda c, _: with_patient(c, sex="")),
    Break("sex in words", "patient", ("sex-form",), BOTH, lambda c, _: with_patient(c, sex="female")),
)  # fmt: skip
