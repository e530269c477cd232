"""A claim as the checks read it: with what follows from it worked out once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from wardround.capabilities.billing.model import Claim, ClaimKind, Diagnosis, Party, ServiceLine
from wardround.capabilities.billing.scrubbing.known import Known
from wardround.capabilities.billing.scrubbing.lists.listing import listed
from wardround.capabilities.billing.scrubbing.tables import Tables, Term

MEDICARE = {"MA", "MB"}


@dataclass(frozen=True)
class Named:
    """A party of the claim with its role in words, its pointer and its loop in the 837."""

    role: str
    where: str
    loop: str
    party: Party


class Case:
    """One claim under the scrubber, on the day on which it is filed."""

    def __init__(self, claim: Claim, tables: Tables, known: Known, on: date) -> None:
        self.claim = claim
        self.tables = tables
        self.known = known
        self.on = on
        self.professional = claim.kind is ClaimKind.PROFESSIONAL

    @cached_property
    def facility_type(self) -> str:
        """The first two digits of the bill type, such as 11 for a hospital's inpatients."""
        digits = self.claim.bill_type
        return digits[1:3] if len(digits) == 4 and digits[0] == "0" else digits[:2]

    @cached_property
    def frequency(self) -> str:
        """The claim's frequency; of an institutional claim that says none, its bill type's."""
        claim = self.claim
        if self.professional or "frequency" in claim.model_fields_set or not claim.bill_type:
            return claim.frequency
        return claim.bill_type[-1]

    @cached_property
    def inpatient(self) -> bool:
        """Whether it is an institutional claim of an inpatient stay that Part A pays for."""
        return not self.professional and self.facility_type in {"11", "18", "21", "41", "51", "65"}

    @cached_property
    def outpatient(self) -> bool:
        """Whether it is an institutional claim of nobody who stays; false of no known bill type."""
        known = self.facility_type in listed("bill_types")
        return not self.professional and known and not self.inpatient

    @cached_property
    def filing(self) -> str:
        """The claim filing indicator of the payer who is asked first."""
        return self.claim.subscribers[0].filing if self.claim.subscribers else ""

    @cached_property
    def medicare(self) -> bool:
        """Whether the first payer is Medicare."""
        return self.filing in MEDICARE

    @cached_property
    def through(self) -> date | None:
        """The last day of service."""
        days = [day for line in self.claim.lines for day in (line.ends, line.begins) if day]
        if self.claim.ends is not None:
            days.append(self.claim.ends)
        return max(days, default=None)

    @cached_property
    def coded_on(self) -> date | None:
        """The day whose code set counts: discharge for inpatients, else the first of service."""
        return self.through if self.inpatient else self.claim.serviced

    @cached_property
    def age_days(self) -> int | None:
        """How many days old the patient was on the first day of service."""
        born, day = self.claim.patient.birth_date, self.first_day
        return None if born is None or day is None or day < born else (day - born).days

    @cached_property
    def age(self) -> int | None:
        """How many years old the patient was on the first day of service."""
        born, day = self.claim.patient.birth_date, self.first_day
        if born is None or day is None or day < born:
            return None
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    @cached_property
    def first_day(self) -> date | None:
        """The day of admission, or the first of service."""
        return self.claim.admitted or self.claim.serviced

    @cached_property
    def terms(self) -> tuple[Term | None, ...]:
        """What the tables know of each diagnosis, in the claim's order."""
        return tuple(self.tables.term(one.code, self.coded_on) for one in self.claim.diagnoses)

    @cached_property
    def parties(self) -> tuple[Named, ...]:
        """Everybody on the claim who has an NPI, with the loop of the claim's kind."""
        claim = self.claim
        asked = (
            ("billing provider", "billing", claim.billing, "2010AA", "2010AA"),
            ("rendering provider", "rendering", claim.rendering, "2310B", "2310D"),
            ("referring provider", "referring", claim.referring, "2310A", "2310F"),
            ("supervising provider", "supervising", claim.supervising, "2310D", "2310D"),
            ("attending provider", "attending", claim.attending, "2310A", "2310A"),
            ("operating physician", "operating", claim.operating, "2310B", "2310B"),
            ("service facility", "facility", claim.facility, "2310C", "2310E"),
        )
        named = [
            Named(role, f"/{field}", professional if self.professional else institutional, party)
            for role, field, party, professional, institutional in asked
            if party is not None
        ]
        named.extend(
            Named(
                f"rendering provider of line {line.number}",
                f"/lines/{place}/rendering",
                "2420A" if self.professional else "2420C",
                line.rendering,
            )
            for place, line in enumerate(claim.lines)
            if line.rendering is not None
        )
        return tuple(named)

    def lines(self, field: str = "") -> Iterator[tuple[str, ServiceLine]]:
        """Yield each line with the pointer to it, or to one of its fields."""
        for place, line in enumerate(self.claim.lines):
            yield (f"/lines/{place}/{field}" if field else f"/lines/{place}"), line

    def diagnoses(self) -> Iterator[tuple[str, Diagnosis, Term | None]]:
        """Yield each diagnosis with its pointer and what the tables know of it."""
        for place, (one, term) in enumerate(zip(self.claim.diagnoses, self.terms, strict=True)):
            yield f"/diagnoses/{place}", one, term

    def place_of(self, line: ServiceLine) -> str:
        """Return where a line was rendered: its own place, or the claim's."""
        return line.place or self.claim.place

    def provider_of(self, line: ServiceLine) -> str:
        """Return the NPI of who rendered a line."""
        party = line.rendering or self.claim.rendering or self.claim.attending or self.claim.billing
        return party.npi

    def pointed(self, line: ServiceLine) -> tuple[int, ...]:
        """Return the diagnoses of a line, as positions from 0, as far as there are such."""
        count = len(self.claim.diagnoses)
        return tuple(one - 1 for one in line.pointers if 1 <= one <= count)
