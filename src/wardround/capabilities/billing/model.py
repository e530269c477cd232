"""The claim: who asks whom for payment, for which patient, for what, and why.

The fields are those of the 5010 implementation guides (837P 005010X222A1, 837I 005010X223A2), by
the names billers use. Empty means not known: a claim may be incomplete while people work on it, and
the scrubber says what is missing; only its form is checked here.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from wardround.kernel import Noun

Money = Annotated[Decimal, Field(max_digits=12, decimal_places=2)]
"""An amount in US dollars, to the cent; as text in JSON."""


class ClaimKind(StrEnum):
    """Which claim form it is: CMS-1500 or UB-04."""

    PROFESSIONAL = "professional"
    INSTITUTIONAL = "institutional"


class Address(Noun):
    """A postal address; ``state`` as the two letters of the USPS, ``zip`` five or nine digits."""

    line: str = ""
    line2: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    country: str = ""


class Party(Noun):
    """A provider or an organization of a claim.

    ``first`` is empty for an organization. ``npi`` has ten digits, ``taxonomy`` is a code of the
    NUCC list, ``tax_id`` an employer's number (nine digits) or, where ``tax_is_ssn``, a person's.
    """

    name: str = ""
    first: str = ""
    middle: str = ""
    npi: str = ""
    taxonomy: str = ""
    tax_id: str = ""
    tax_is_ssn: bool = False
    address: Address = Address()
    contact: str = ""
    phone: str = ""
    email: str = ""


class Payer(Noun):
    """Who is asked to pay; ``id`` is the payer's id, as the clearing house gives it."""

    name: str = ""
    id: str = ""
    address: Address = Address()


class _Person(Noun):
    """Who a claim is about; ``sex`` is M, F or U."""

    last: str = ""
    first: str = ""
    middle: str = ""
    birth_date: date | None = None
    sex: str = ""
    address: Address = Address()


class Patient(_Person):
    """The patient; ``relationship`` (X12 1069) is to the subscriber."""

    relationship: str = "18"
    death_date: date | None = None


class Adjustment(Noun):
    """Why less was paid than charged: group CO, PR, OA, PI or CR, and a CARC; positive: less."""

    group: str
    reason: str
    amount: Money
    units: Decimal | None = None


class Subscriber(_Person):
    """Who is insured, and how: one coverage.

    ``responsibility`` is P, S or T (primary, secondary, tertiary); ``filing`` the claim filing
    indicator of X12 1032 (MB: Medicare Part B, MA: Part A, MC: Medicaid, CI: commercial, BL, HM …).
    Where the patient is the subscriber, the person's fields may be empty. ``insurance_type`` (X12
    1336) says why Medicare pays second.

    The first coverage of a claim is the one that is asked to pay now. Of another, ``relationship``
    is the patient's to its subscriber where that is not the claim's own; and where it has decided
    already, it says what it ``paid``, left ``owed`` by the patient and did not cover, with the
    adjustments of the claim as a whole, on what day, by its own ``control`` number of the claim.
    """

    responsibility: str = "P"
    member_id: str = ""
    group: str = ""
    group_name: str = ""
    filing: str = ""
    insurance_type: str = ""
    payer: Payer = Payer()
    relationship: str = ""
    paid: Money | None = None
    owed: Money | None = None
    not_covered: Money | None = None
    adjustments: tuple[Adjustment, ...] = ()
    paid_on: date | None = None
    control: str = ""


class Diagnosis(Noun):
    """One ICD-10-CM code, with its dot; the first of a claim is the principal one.

    ``use`` is "diagnosis", "admitting", "reason" (for the visit) or "external" (cause);
    ``on_admission`` is Y, N, U, W or empty. ``source`` is where it is supported: a reference.
    """

    code: str
    use: str = "diagnosis"
    on_admission: str = ""
    source: str = ""


class Coded(Noun):
    """A qualified code of an institutional claim: a condition, occurrence or value code."""

    code: str
    at: date | None = None
    until: date | None = None
    amount: Money | None = None


class Adjudication(Noun):
    """What another payer, by its id, decided of a line; the claim that follows tells it."""

    payer: str
    paid: Money
    units: Decimal = Decimal(1)
    adjustments: tuple[Adjustment, ...] = ()
    paid_on: date | None = None
    owed: Money | None = None


class ServiceLine(Noun):
    """One service: a HCPCS or CPT code, or a revenue code, with its charge.

    ``pointers`` are the diagnoses it is for, by their position from 1, at most four, the main one
    first. ``unit`` is UN (units) or MJ (minutes).
    """

    number: int = Field(ge=1, le=999)
    procedure: str = ""
    modifiers: tuple[str, ...] = Field(default=(), max_length=4)
    revenue: str = ""
    charge: Money = Decimal("0.00")
    units: Decimal = Decimal(1)
    unit: str = "UN"
    place: str = ""
    pointers: tuple[int, ...] = Field(default=(), max_length=4)
    begins: date | None = None
    ends: date | None = None
    rendering: Party | None = None
    ndc: str = ""
    ndc_units: Decimal | None = None
    ndc_unit: str = ""
    authorization: str = ""
    control: str = ""
    note: str = ""
    adjudications: tuple[Adjudication, ...] = ()
    source: str = ""


class Claim(Noun):
    """One claim for one patient.

    ``id`` is the patient control number (CLM01, at most 20 characters), which carries no PHI.
    ``frequency`` is 1 (original), 7 (replaces) or 8 (voids); the last two need ``original``, the
    payer's own number of the claim before. ``bill_type`` is form locator 4 of the UB-04, such as
    0131; its last digit is the frequency where ``frequency`` says no other.
    """

    id: str = Field(min_length=1, max_length=20)
    kind: ClaimKind = ClaimKind.PROFESSIONAL
    frequency: str = "1"
    original: str = ""
    patient: Patient = Patient()
    subscribers: tuple[Subscriber, ...] = ()
    billing: Party = Party()
    pay_to: Address | None = None
    rendering: Party | None = None
    referring: Party | None = None
    supervising: Party | None = None
    attending: Party | None = None
    operating: Party | None = None
    facility: Party | None = None
    diagnoses: tuple[Diagnosis, ...] = ()
    lines: tuple[ServiceLine, ...] = ()
    place: str = ""
    accept_assignment: str = "A"
    benefits_assigned: str = "Y"
    release: str = "Y"
    signature_on_file: bool = True
    authorization: str = ""
    referral: str = ""
    clia: str = ""
    onset: date | None = None
    accident: str = ""
    accident_date: date | None = None
    accident_state: str = ""
    note: str = ""
    patient_paid: Money | None = None
    # Institutional claims only.
    bill_type: str = ""
    begins: date | None = None
    ends: date | None = None
    admitted: date | None = None
    admission_hour: str = ""
    admission_type: str = ""
    admission_source: str = ""
    discharge_hour: str = ""
    discharge_status: str = ""
    record_number: str = ""
    drg: str = ""
    procedures: tuple[Coded, ...] = ()
    conditions: tuple[Coded, ...] = ()
    occurrences: tuple[Coded, ...] = ()
    values: tuple[Coded, ...] = ()
    encounter: str = ""

    @property
    def total(self) -> Decimal:
        """The sum of the lines' charges."""
        return sum((line.charge for line in self.lines), Decimal("0.00"))

    @property
    def serviced(self) -> date | None:
        """The first day of service."""
        days = [line.begins for line in self.lines if line.begins is not None]
        return min(days, default=self.begins)
