"""Claims without a fault, by a seed: as clinics and hospitals bill, of made-up people."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from wardround.capabilities.billing.model import (
    Address,
    Claim,
    Diagnosis,
    Party,
    Patient,
    Payer,
    ServiceLine,
    Subscriber,
)
from wardround.capabilities.billing.scrubbing.identity import npi_of

FILED = date(2026, 9, 30)
"""The day on which the sample's claims are filed."""

FIRST_DAY = date(2026, 4, 2)

LAST_NAMES = """
    Okafor Lindqvist O'Brien Marsh Delgado Tran Whitfield Ncube Petrov Haddad Smith-Jones Reyes
""".split()
FIRST_NAMES = {
    "F": "Ana Maeve Linh Chioma Ruth Elena Pat Inge Dana Soraya".split(),
    "M": "Chidi Jürgen Omar Luis Peter Sven Ken Walter Amir Tomás".split(),
}
STREETS = ("14 Elm St", "220 Harbor Rd Apt 3", "9 County Road 12", "1801 Main Ave", "77 W 3rd St")
CITIES = (
    ("Albany", "NY", "12207"),
    ("Trenton", "NJ", "08608"),
    ("Austin", "TX", "78701"),
    ("Boise", "ID", "83702"),
    ("Dayton", "OH", "45402"),
)
SPECIALTIES = ("207Q00000X", "207R00000X", "208600000X", "363LF0000X", "2084P0800X")
PAYERS = {
    "CI": Payer(name="Meridian Mutual", id="60054"),
    "BL": Payer(name="Blue Cross of the Lakes", id="00123"),
    "HM": Payer(name="Harbor HMO", id="HMO44"),
    "MC": Payer(name="State Medicaid", id="MCDNY"),
    "MB": Payer(name="Medicare", id="13282"),
    "MA": Payer(name="Medicare", id="13201"),
    "WC": Payer(name="State Fund", id="SFWC1"),
}
LETTERS = "ACDEFGHJKMNPQRTUVWXY"


class Sample:
    """Claims of one seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - made-up claims, not secrets
        self.made = 0
        self.group = self.organization("Lakeside Medical Group", "193200000X")
        self.hospital = self.organization("Lakeside General Hospital", "282N00000X")
        self.people = [self.provider() for _ in range(6)]

    def claims(self, count: int) -> Iterator[Claim]:
        """Yield so many claims, two of three professional."""
        for _ in range(count):
            yield self.institutional() if self.random.random() < 1 / 3 else self.professional()

    def professional(self) -> Claim:
        """Return one claim of a CMS-1500."""
        from wardround.capabilities.billing.scrubbing.measure.visits import professional

        return professional(self, self.random.choice(declared("professional.toml")["visit"]))

    def institutional(self) -> Claim:
        """Return one claim of a UB-04."""
        from wardround.capabilities.billing.scrubbing.measure.stays import institutional

        return institutional(self, self.random.choice(declared("institutional.toml")["stay"]))

    def often(self, share: float) -> bool:
        """Return whether something that happens in this share of claims does in this."""
        return self.random.random() < share

    def digits(self, count: int) -> str:
        """Return so many digits, the first not a zero."""
        return str(self.random.randrange(10 ** (count - 1), 10**count))

    def money(self, low: int, high: int) -> Decimal:
        """Return an amount between two numbers of dollars."""
        return Decimal(self.random.randrange(low * 100, high * 100)) / 100

    def day(self) -> date:
        """Return a day of the sample's half year, with room for a stay before the filing."""
        return FIRST_DAY + timedelta(days=self.random.randrange((FILED - FIRST_DAY).days - 14))

    def address(self, *, nine: bool) -> Address:
        """Return an address, with a ZIP code of nine digits or, at times, of five."""
        city, state, code = self.random.choice(CITIES)
        full = code + self.digits(4)
        short = not nine and self.often(0.5)
        return Address(
            line=self.random.choice(STREETS),
            line2="Floor 2" if self.often(0.2) else "",
            city=city,
            state=state,
            zip=code if short else (f"{code}-{full[5:]}" if self.often(0.2) else full),
        )

    def organization(self, name: str, taxonomy: str) -> Party:
        """Return an organization that bills."""
        return Party(
            name=name,
            npi=npi_of("1" + self.digits(8)),
            taxonomy=taxonomy,
            tax_id=self.digits(9),
            address=self.address(nine=True),
            contact="Billing Office",
            phone="2125550100",
        )

    def provider(self) -> Party:
        """Return a person who treats."""
        sex = self.random.choice("FM")
        return Party(
            name=self.random.choice(LAST_NAMES),
            first=self.random.choice(FIRST_NAMES[sex]),
            npi=npi_of(self.random.choice("12") + self.digits(8)),
            taxonomy=self.random.choice(SPECIALTIES),
        )

    def patient(self, told: Mapping[str, Any], on: date) -> Patient:
        """Return a patient of a told age and sex, on a day."""
        sex = self.random.choice(told.get("s", "FM"))
        low, high = told.get("a", (0, 0))
        age = timedelta(days=self.random.randrange(low * 366, high * 365) if high else 1)
        dependent = self.often(0.2) or (bool(high) and high < 18)
        return Patient(
            last=self.random.choice(LAST_NAMES),
            first=self.random.choice(FIRST_NAMES[sex]),
            middle="K" if self.often(0.3) else "",
            birth_date=on - age,
            sex=sex,
            address=self.address(nine=False),
            relationship="19" if dependent and high < 26 else "01" if dependent else "18",
        )

    def coverage(self, patient: Patient, filing: str) -> Subscriber:
        """Return the coverage of a patient, another person's where the patient depends."""
        own = patient.relationship == "18"
        return Subscriber(
            member_id=self.member_id(filing),
            last="" if own else patient.last,
            first="" if own else self.random.choice(("Morgan", "Robin", "Alex")),
            group=self.digits(5) if self.often(0.5) else "",
            filing=filing,
            payer=PAYERS[filing],
        )

    def member_id(self, filing: str) -> str:
        """Return a member id of the form that the payer gives."""
        if filing not in {"MA", "MB"}:
            return self.random.choice(("W", "XYZ", "")) + self.digits(9)
        form = "1LADLADLLDD"
        digit, letter = self.random.randrange, self.random.choice
        return "".join(
            str(digit(1, 10)) if one == "1" else letter(LETTERS) if one == "L" else str(digit(10))
            for one in form
        )

    def number(self) -> str:
        """Return the next claim's number."""
        self.made += 1
        return f"C{self.made:06d}"


def diagnosed(codes: list[str]) -> tuple[Diagnosis, ...]:
    """Return diagnoses of these codes."""
    return tuple(Diagnosis(code=code) for code in codes)


def changed(claim: Claim, place: int, **fields: object) -> Claim:
    """Return a claim with one of its lines changed."""
    lines = list(claim.lines)
    lines[place] = lines[place].model_copy(update=fields)
    return claim.model_copy(update={"lines": tuple(lines)})


def line_of(told: ServiceLine, **fields: object) -> ServiceLine:
    """Return a line like another."""
    return told.model_copy(update=fields)


@cache
def declared(name: str) -> dict[str, Any]:
    """Return one of this room's files."""
    room = files("wardround.capabilities.billing.scrubbing.measure")
    return tomllib.loads(room.joinpath(name).read_text("utf-8"))
