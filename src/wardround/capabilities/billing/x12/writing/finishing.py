"""What a claim still lacks to be an 837, or has that an 837 of its kind has no place for.

These are the elements that the guides require and the map check cannot name in a biller's words.
Whether a code is right, and whether the payer will pay, is the scrubber's.
"""

from collections.abc import Callable, Iterator

from wardround.capabilities.billing.model import (
    Address,
    Claim,
    ClaimKind,
    Party,
    ServiceLine,
    Subscriber,
)
from wardround.capabilities.billing.x12.values import words
from wardround.capabilities.billing.x12.writing.claims import bill_type, frequency

RELATIONSHIPS = frozenset("18 01 19 20 21 39 40 53 G8".split())
USES = frozenset({"diagnosis", "admitting", "reason", "external"})
INPATIENT = frozenset({"11", "12", "18", "21", "41"})
"""Types of bill (facility and care) of people who stay."""

ZIP_PLUS_4 = 9
"""Digits of the ZIP of who bills and where it was (2010AA and the facility, N403, both guides)."""


def unfinished(claim: Claim) -> list[str]:
    """Return what is missing of a claim or has no place in its 837; nothing where it can go."""
    own = _professional if claim.kind is ClaimKind.PROFESSIONAL else _institutional
    return [*_common(claim), *own(claim), *_lines(claim), *_others(claim)]


def _common(claim: Claim) -> Iterator[str]:
    yield from _coverage(claim)
    yield from _patient(claim)
    yield from _billing(claim.billing)
    if claim.pay_to is not None:
        yield from _addressed("pay-to", claim.pay_to)
    yield from _providers(claim)
    principal = [one for one in claim.diagnoses if one.use == "diagnosis"]
    if not principal or not claim.diagnoses[0].code:
        yield "no diagnosis"
    if any(one.use not in USES for one in claim.diagnoses):
        yield "a diagnosis of unknown use"
    if frequency(claim) in {"7", "8"} and not claim.original:
        yield "the payer's number of the claim that it replaces or voids"
    if not claim.lines:
        yield "no service line"
    if claim.note and not words(claim.note):
        yield "a note in letters that X12 can write"
    for what, value, allowed in (
        ("whether assignment is accepted (A, B or C)", claim.accept_assignment, "ABC"),
        ("whether benefits are assigned (Y, N or W)", claim.benefits_assigned, "YNW"),
        ("the release of information (Y or I)", claim.release, "YI"),
    ):
        if value not in set(allowed):
            yield what


def _providers(claim: Claim) -> Iterator[str]:
    for who in ("rendering", "referring", "supervising", "operating", "facility"):
        party = getattr(claim, who)
        if party is not None and not words(party.name):
            yield f"the name of the {who} provider"
    if claim.facility is not None:
        yield from _addressed("facility", claim.facility.address, ZIP_PLUS_4)


def _coverage(claim: Claim) -> Iterator[str]:
    if not claim.subscribers:
        yield "no subscriber"
        return
    asked = claim.subscribers[0]
    yield from _insured("", asked)
    if claim.patient.relationship != "18":
        yield from _missing(("the subscriber's name", asked.last))
    if asked.adjustments or any(
        one is not None for one in (asked.paid, asked.owed, asked.not_covered, asked.paid_on)
    ):
        yield "what the payer that is asked now paid already has no place"


def _insured(which: str, one: Subscriber) -> Iterator[str]:
    yield from _missing(
        (f"{which}payer's name", one.payer.name),
        (f"{which}payer's id", one.payer.id),
        (f"{which}member id", one.member_id),
        (f"{which}claim filing indicator", one.filing),
        (f"{which}payer responsibility", one.responsibility),
    )


def _others(claim: Claim) -> Iterator[str]:
    ids = {one.payer.id for one in claim.subscribers[1:]}
    for one in claim.subscribers[1:]:
        yield from _insured("other ", one)
        if one.relationship and one.relationship not in RELATIONSHIPS:
            yield "an unknown relationship to another subscriber"
    orders = [one.responsibility for one in claim.subscribers]
    if len(set(orders)) < len(orders):
        yield "two coverages of the same order (P, S, T)"
    for line in claim.lines:
        for decided in line.adjudications:
            if decided.payer not in ids:
                yield f"line {line.number}: what a payer paid that is no other payer of the claim"
            if decided.paid_on is None:
                yield f"line {line.number}: the day on which another payer decided"


def _patient(claim: Claim) -> Iterator[str]:
    one = claim.patient
    yield from _missing(
        ("the patient's name", one.last),
        ("the patient's sex", one.sex),
        ("the patient's birth date", one.birth_date),
    )
    if one.relationship not in RELATIONSHIPS:
        yield "the patient's relationship to the subscriber"
    yield from _addressed("patient", one.address)


def _billing(one: Party) -> Iterator[str]:
    yield from _missing(
        ("the billing provider's name", one.name),
        ("the billing provider's NPI", one.npi),
        ("the billing provider's tax id", one.tax_id),
    )
    yield from _addressed("billing", one.address, ZIP_PLUS_4)


def _addressed(whose: str, one: Address, digits: int = 5) -> Iterator[str]:
    missing = [
        name for name, value in (("line", one.line), ("city", one.city)) if not value.strip()
    ]
    if one.country.upper() in {"", "US", "USA"}:
        missing += [] if one.state.strip() else ["state"]
        if sum(each.isdigit() for each in one.zip) < digits:
            missing.append(f"ZIP of {digits} digits")
    if missing:
        yield f"{whose} address ({', '.join(missing)})"


def _professional(claim: Claim) -> Iterator[str]:
    yield from _missing(("the place of service", claim.place))
    asked = claim.subscribers[0] if claim.subscribers else Subscriber()
    if asked.filing == "MB" and asked.responsibility != "P" and not asked.insurance_type:
        yield "why Medicare is not the first payer (insurance type)"
    if len(claim.diagnoses) > 12:
        yield "more than 12 diagnoses"
    if any(one.use in {"admitting", "reason"} for one in claim.diagnoses):
        yield "an admitting diagnosis or reason for visit has no place in an 837P"
    if any(one.on_admission for one in claim.diagnoses):
        yield "present on admission has no place in an 837P"
    for what, value in (
        ("attending provider", claim.attending),
        ("operating physician", claim.operating),
        ("procedure", claim.procedures),
        ("occurrence code", claim.occurrences),
        ("value code", claim.values),
        ("DRG", claim.drg),
    ):
        if value:
            yield f"a {what} has no place in an 837P"
    if claim.accident_date is not None and not claim.accident:
        yield "what kind of accident it was (AA, EM or OA)"
    if claim.accident == "AA" and not claim.accident_state:
        yield "the state of the accident"


def _institutional(claim: Claim) -> Iterator[str]:
    kind = bill_type(claim)
    if not (len(kind) == 3 and kind.isalnum()):
        yield "the type of bill (such as 0131)"
    elif claim.frequency not in {"1", kind[2]}:
        yield "another frequency than the type of bill says"
    if claim.billing.first:
        yield "an organization as billing provider: a person cannot bill an 837I"
    yield from _missing(
        ("the first day of the statement", claim.begins),
        ("the last day of the statement", claim.ends),
        ("the patient's discharge status", claim.discharge_status),
    )
    if kind[:2] in INPATIENT:
        yield from _missing(
            ("the day of admission", claim.admitted),
            ("the type of admission", claim.admission_type),
            ("the source of admission", claim.admission_source),
            ("an admitting diagnosis", any(one.use == "admitting" for one in claim.diagnoses)),
        )
    if claim.attending is None or not claim.attending.name:
        yield "the attending provider"
    yield from _too_many(claim)
    for what, value in (
        ("supervising provider", claim.supervising),
        ("CLIA number", claim.clia),
        ("day of onset (use an occurrence code)", claim.onset),
        ("kind of accident (use an occurrence code)", claim.accident),
        ("day of an accident (use an occurrence code)", claim.accident_date),
        ("sum that the patient paid (use a value code)", claim.patient_paid),
    ):
        if value is not None and value != "":
            yield f"a {what} has no place in an 837I"
    for what, listed in (
        ("procedure without its day", [one for one in claim.procedures if not one.at]),
        ("occurrence without its day", [one for one in claim.occurrences if not one.at]),
        ("value code without its amount", [one for one in claim.values if one.amount is None]),
    ):
        if listed:
            yield f"a {what}"


def _too_many(claim: Claim) -> Iterator[str]:
    def used(use: str) -> int:
        return sum(1 for one in claim.diagnoses if one.use == use)

    for what, count, most in (
        ("diagnoses", used("diagnosis"), 25),
        ("admitting diagnoses", used("admitting"), 1),
        ("reasons for the visit", used("reason"), 3),
        ("external causes", used("external"), 12),
        ("procedures", len(claim.procedures), 25),
        ("condition codes", len(claim.conditions), 24),
        ("value codes", len(claim.values), 24),
        ("occurrence codes", sum(1 for one in claim.occurrences if not one.until), 24),
        ("occurrence spans", sum(1 for one in claim.occurrences if one.until), 24),
    ):
        if count > most:
            yield f"more than {most} {what}"


def _lines(claim: Claim) -> Iterator[str]:
    professional = claim.kind is ClaimKind.PROFESSIONAL
    most = 50 if professional else 999
    if len(claim.lines) > most:
        yield f"more than {most} service lines"
    own: Callable[[Claim, ServiceLine], Iterator[str]]
    own = _professional_line if professional else _institutional_line
    for line in claim.lines:
        for what in own(claim, line):
            yield f"line {line.number}: {what}"
        if line.units <= 0:
            yield f"line {line.number}: units"
        if line.charge < 0:
            yield f"line {line.number}: a charge below zero"
        if line.ndc and (line.ndc_units is None or not line.ndc_unit):
            yield f"line {line.number}: how much of the drug (NDC units)"
        if line.rendering is not None and not line.rendering.name:
            yield f"line {line.number}: the rendering provider's name"


def _professional_line(claim: Claim, line: ServiceLine) -> Iterator[str]:
    yield from _missing(("procedure", line.procedure), ("day of service", line.begins))
    if not line.pointers:
        yield "which diagnosis it is for"
    if any(not 1 <= one <= len(claim.diagnoses) for one in line.pointers):
        yield "it points at a diagnosis that the claim does not have"
    if line.note and not words(line.note):
        yield "a note in letters that X12 can write"
    if line.revenue:
        yield "a revenue code has no place in an 837P"


def _institutional_line(_: Claim, line: ServiceLine) -> Iterator[str]:
    yield from _missing(("revenue code", line.revenue))
    if line.authorization or line.note:
        yield "an authorization or a note of its own has no place in an 837I"


def _missing(*needed: tuple[str, object]) -> Iterator[str]:
    """Give the names of what is not there, or is in no letters that X12 can write."""
    for name, value in needed:
        if not value or (isinstance(value, str) and not words(value)):
            yield name
