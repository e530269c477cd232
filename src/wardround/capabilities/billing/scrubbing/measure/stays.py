"""Institutional claims of the sample: stays and outpatients' visits."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from wardround.capabilities.billing.model import Claim, ClaimKind, Coded, Diagnosis, ServiceLine
from wardround.capabilities.billing.scrubbing.measure.sample import Sample, diagnosed

ROOMS = ("012", "020")
MEDICARE_AGE = 65


def institutional(made: Sample, told: Mapping[str, Any]) -> Claim:
    """Return one stay, or one outpatient's visit, as a claim."""
    begins = made.day()
    inpatient = told["t"] == "11"
    nights = made.random.randint(*told["n"]) if inpatient else 0
    ends = begins + timedelta(days=nights)
    patient = made.patient(told, begins)
    born = patient.birth_date or begins
    old = born.year + MEDICARE_AGE < begins.year and patient.relationship == "18"
    filing = "MA" if old else made.random.choice(("CI", "BL", "HM", "MC"))
    if any(one[1].startswith("J") for one in told["l"]) and filing == "MC":
        filing = "CI"
    frequency = "7" if made.often(0.05) else "1"
    operated = told.get("pcs", "")
    return Claim(
        id=made.number(),
        kind=ClaimKind.INSTITUTIONAL,
        frequency=frequency,
        original=made.digits(13) if frequency == "7" else "",
        patient=patient,
        subscribers=(made.coverage(patient, filing),),
        billing=made.hospital,
        attending=made.random.choice(made.people),
        operating=made.random.choice(made.people) if operated else None,
        diagnoses=_diagnoses(told, inpatient=inpatient),
        lines=tuple(
            _line(made, number, one, begins, nights) for number, one in enumerate(told["l"], 1)
        ),
        bill_type=f"{'0' if made.often(0.5) else ''}{told['t']}{frequency}",
        begins=begins,
        ends=ends,
        admitted=begins if inpatient else None,
        admission_hour="07" if inpatient else "",
        admission_type=made.random.choice("12") if told.get("reason") or inpatient else "3",
        admission_source="1",
        discharge_hour="14" if inpatient else "",
        discharge_status=made.random.choice(("01", "03", "06")) if inpatient else "01",
        record_number=made.digits(7),
        procedures=(Coded(code=operated, at=begins + timedelta(days=1)),) if operated else (),
        conditions=(Coded(code="09"),) if made.often(0.2) else (),
        occurrences=(Coded(code="11", at=begins),) if made.often(0.3) else (),
        values=(Coded(code="80", amount=Decimal(nights)),) if inpatient else (),
    )


def _diagnoses(told: Mapping[str, Any], *, inpatient: bool) -> tuple[Diagnosis, ...]:
    found = list(diagnosed(told["d"]))
    if inpatient:
        exempt = tuple("VWXYZ")
        found = [
            one
            if one.code.startswith(exempt)
            else one.model_copy(update={"on_admission": "Y" if place < 2 else "N"})
            for place, one in enumerate(found)
        ]
    for use in ("admitting", "reason", "external"):
        if use in told:
            found.append(Diagnosis(code=told[use], use=use))
    return tuple(found)


def _line(made: Sample, number: int, one: list[Any], begins: date, nights: int) -> ServiceLine:
    revenue, code, units, *modifiers = one
    room = revenue.startswith(ROOMS)
    return ServiceLine(
        number=number,
        revenue=revenue,
        procedure=code,
        modifiers=tuple(modifiers),
        charge=made.money(1000, 2500) * nights if room else made.money(40, 3000),
        units=Decimal(nights if room else units),
        begins=None if nights else begins,
    )
