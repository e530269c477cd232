"""Claims made up by a seed: professional and institutional, plain and with all that may come."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from tests.capabilities.billing.x12.words import (
    CITIES,
    CODES,
    FIRST,
    LAST,
    MODIFIERS,
    PAYERS,
    REVENUES,
    SERVICES,
    STREETS,
    npi,
)
from wardround.capabilities.billing import (
    Address,
    Adjudication,
    Adjustment,
    Claim,
    ClaimKind,
    Coded,
    Diagnosis,
    Party,
    Patient,
    Payer,
    ServiceLine,
    Subscriber,
)


class Maker:
    """Claims of one seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.providers = [self.party() for _ in range(3)]
        self.hospital = self.organization()
        self.made = 0

    def claims(self, count: int) -> list[Claim]:
        """Return so many claims of all kinds."""
        kinds: tuple[Callable[[], Claim], ...]
        kinds = (self.professional, self.professional, self.outpatient, self.inpatient)
        return [self.random.choice(kinds)() for _ in range(count)]

    def often(self, share: float = 0.3) -> bool:
        return self.random.random() < share

    def address(self) -> Address:
        city, state, code = self.random.choice(CITIES)
        line2 = "Floor 3" if self.often() else ""
        street = self.random.choice(STREETS)
        return Address(line=street, line2=line2, city=city, state=state, zip=code)

    def party(self, *, person: bool = False) -> Party:
        first = self.random.choice(FIRST) if person or self.often() else ""
        return Party(
            name=self.random.choice(LAST) + ("" if first else " Medical Group"),
            first=first,
            middle="Q" if first and self.often() else "",
            npi=npi(self.random),
            taxonomy=self.random.choice(("207Q00000X", "208600000X", "282N00000X")),
            tax_id=f"{self.random.randrange(10**8, 10**9)}",
            tax_is_ssn=bool(first) and self.often(),
            address=self.address(),
            contact="Front Desk" if self.often() else "",
            phone="2125550177" if self.often() else "",
        )

    def organization(self) -> Party:
        return self.party().model_copy(update={"first": "", "middle": "", "tax_is_ssn": False})

    def day(self, first: int = 0, last: int = 300) -> date:
        return date(2026, 1, 1) + timedelta(days=self.random.randrange(first, last))

    def money(self) -> Decimal:
        return Decimal(self.random.randrange(1, 90_000)) / 100

    def patient(self) -> Patient:
        self_ = self.often(0.7)
        return Patient(
            last=self.random.choice(LAST),
            first=self.random.choice(FIRST),
            middle="K" if self.often() else "",
            birth_date=self.day() - timedelta(days=self.random.randrange(400, 33_000)),
            sex=self.random.choice("MFU"),
            address=self.address(),
            relationship="18" if self_ else self.random.choice(("01", "19", "20", "G8")),
            death_date=self.day() if self.often(0.05) else None,
        )

    def subscriber(self, patient: Patient, payer: Payer, order: str = "P") -> Subscriber:
        own = patient.relationship != "18"
        filing = self.random.choice(("CI", "BL", "MC", "HM", "MB"))
        return Subscriber(
            responsibility=order,
            member_id=f"M{self.random.randrange(10**8)}",
            last=self.random.choice(LAST) if own else "",
            first=self.random.choice(FIRST) if own else "",
            group=f"G{self.random.randrange(999)}" if self.often(0.5) else "",
            filing=filing,
            insurance_type="12" if filing == "MB" and order != "P" else "",
            payer=payer.model_copy(update={"address": self.address()}) if self.often() else payer,
        )

    def coverages(self, patient: Patient) -> tuple[Subscriber, ...]:
        first, second = self.random.sample(PAYERS, 2)
        if not self.often(0.25):
            return (self.subscriber(patient, first),)
        asked = self.subscriber(patient, second, "S")
        other = self.subscriber(patient, first).model_copy(
            update={
                "relationship": self.random.choice(("", "01", "G8")),
                "last": self.random.choice(LAST),
                "first": self.random.choice(FIRST),
                "paid": self.money(),
                "owed": self.money() if self.often() else None,
                "not_covered": self.money() if self.often() else None,
                "adjustments": self.adjustments() if self.often() else (),
                "paid_on": self.day(),
                "control": "ICN77" if self.often() else "",
            }
        )
        return (asked, other)

    def adjustments(self) -> tuple[Adjustment, ...]:
        listed = [
            Adjustment(
                group=self.random.choice(("CO", "PR")),
                reason=self.random.choice(("45", "1", "2", "3", "97", "253")),
                amount=self.money(),
                units=Decimal(1) if self.often() else None,
            )
            for _ in range(self.random.randrange(1, 9))
        ]
        return tuple(sorted(listed, key=lambda one: one.group))

    def diagnoses(self, most: int) -> tuple[Diagnosis, ...]:
        codes = self.random.sample(CODES, self.random.randrange(1, most + 1))
        return tuple(Diagnosis(code=one) for one in codes)

    def line(self, number: int, coverages: tuple[Subscriber, ...]) -> ServiceLine:
        begins = self.day()
        drug = self.often(0.15)
        decided = coverages[1:] if self.often(0.7) else ()
        return ServiceLine(
            number=number,
            procedure="J1885" if drug else self.random.choice(SERVICES),
            modifiers=tuple(self.random.sample(MODIFIERS, self.random.choice((0, 0, 1, 2, 4)))),
            charge=self.money(),
            units=Decimal(self.random.choice(("1", "2", "15", "0.5"))),
            begins=begins,
            ends=begins + timedelta(days=2) if self.often(0.1) else None,
            rendering=self.party(person=True) if self.often(0.15) else None,
            ndc="00409379301" if drug else "",
            ndc_units=Decimal("2.5") if drug else None,
            ndc_unit="ML" if drug else "",
            control=f"L{self.made}-{number}" if self.often(0.8) else "",
            adjudications=tuple(
                Adjudication(
                    payer=one.payer.id,
                    paid=self.money(),
                    units=Decimal(1),
                    adjustments=self.adjustments() if self.often(0.8) else (),
                    paid_on=self.day(),
                    owed=self.money() if self.often() else None,
                )
                for one in decided
            ),
        )

    def shared(self) -> dict[str, object]:
        self.made += 1
        patient = self.patient()
        again = self.often(0.15)
        return {
            "id": f"WR{self.made:06d}",
            "frequency": self.random.choice("78") if again else "1",
            "original": f"ICN{self.made}" if again else "",
            "patient": patient,
            "subscribers": self.coverages(patient),
            "billing": self.random.choice(self.providers),
            "pay_to": self.address() if self.often(0.1) else None,
            "referring": self.party(person=True) if self.often() else None,
            "facility": self.organization() if self.often() else None,
            "authorization": "AUTH-1" if self.often() else "",
            "referral": "REFER9" if self.often() else "",
            "record_number": f"MRN{self.made}" if self.often() else "",
            "note": "Seen twice; see chart" if self.often() else "",
        }

    def professional(self) -> Claim:
        """Return a claim of a CMS-1500."""
        shared = self.shared()
        diagnoses = self.diagnoses(12)
        lines = []
        for number in range(1, self.random.randrange(2, 8)):
            count = self.random.randrange(1, min(4, len(diagnoses)) + 1)
            pointers = tuple(self.random.sample(range(1, len(diagnoses) + 1), count))
            update = {
                "pointers": pointers,
                "place": self.random.choice(("", "12", "22")),
                "authorization": "A7" if self.often(0.1) else "",
                "note": "Second visit" if self.often(0.1) else "",
                "unit": self.random.choice(("UN", "UN", "MJ")),
            }
            line = self.line(number, shared["subscribers"])  # type: ignore[arg-type]
            lines.append(line.model_copy(update=update))
        accident = self.often(0.1)
        return Claim(
            **shared,
            diagnoses=diagnoses,
            lines=tuple(lines),
            place="11",
            rendering=self.party(person=True) if self.often(0.6) else None,
            supervising=self.party(person=True) if self.often(0.1) else None,
            accept_assignment=self.random.choice("ABC"),
            benefits_assigned=self.random.choice("YNW"),
            release=self.random.choice("YI"),
            clia="33D1234567" if self.often() else "",
            onset=self.day() if self.often() else None,
            accident="AA" if accident else "",
            accident_date=self.day() if accident else None,
            accident_state="NY" if accident else "",
            admitted=self.day() if self.often(0.1) else None,
            patient_paid=self.money() if self.often() else None,
            conditions=(Coded(code="AA"),) if self.often(0.05) else (),
        )

    def institutional(self, bill_type: str, **more: object) -> Claim:
        shared = self.shared()
        frequency = str(shared["frequency"])
        main = tuple(
            one.model_copy(update={"on_admission": self.random.choice(("", "Y", "N", "U", "W"))})
            for one in self.diagnoses(12)
        )
        external = (Diagnosis(code="W19.XXXA", use="external"),) if self.often() else ()
        lines = tuple(
            self.line(number, shared["subscribers"]).model_copy(  # type: ignore[arg-type]
                update={"revenue": self.random.choice(REVENUES), "modifiers": ()}
                | ({} if self.often(0.8) else {"procedure": "", "ndc": "", "ndc_units": None})
            )
            for number in range(1, self.random.randrange(2, 20))
        )
        begins = self.day()
        return Claim(
            **shared | {"billing": self.hospital},
            kind=ClaimKind.INSTITUTIONAL,
            bill_type=f"0{bill_type}{frequency}",
            begins=begins,
            ends=begins + timedelta(days=self.random.randrange(9)),
            diagnoses=(*main, *more.pop("extra", ()), *external),  # type: ignore[misc]
            lines=lines,
            attending=self.party(person=True),
            operating=self.party(person=True) if self.often() else None,
            rendering=self.party(person=True) if self.often(0.1) else None,
            discharge_status="01",
            occurrences=tuple(
                Coded(code=code, at=self.day(), until=self.day(300, 320) if span else None)
                for code, span in (("70", True), ("11", False), ("01", False))
                if self.often()
            ),
            values=tuple(Coded(code=code, amount=self.money()) for code in ("80", "A1")[:1]),
            conditions=tuple(Coded(code=one) for one in ("09", "20") if self.often()),
            **more,
        )

    def outpatient(self) -> Claim:
        """Return a claim of a UB-04 of somebody who does not stay."""
        reasons = tuple(Diagnosis(code=one, use="reason") for one in CODES[:2] if self.often())
        return self.institutional("13", extra=reasons, admission_type="3", admission_source="1")

    def inpatient(self) -> Claim:
        """Return a claim of a UB-04 of somebody who stays."""
        done = tuple(
            Coded(code=code, at=self.day()) for code in ("0DTJ4ZZ", "0FT44ZZ") if self.often(0.6)
        )
        return self.institutional(
            "11",
            extra=(Diagnosis(code="R07.9", use="admitting"),),
            admitted=self.day(),
            admission_hour=self.random.choice(("", "07", "1415")),
            discharge_hour=self.random.choice(("", "16")),
            admission_type=self.random.choice("123"),
            admission_source=self.random.choice("14"),
            drg=self.random.choice(("", "470")),
            procedures=done,
        )
