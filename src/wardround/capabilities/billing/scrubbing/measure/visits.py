"""Professional claims of the sample: an encounter with its people, payer and charges."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from wardround.capabilities.billing.model import Claim, Patient, ServiceLine, Subscriber
from wardround.capabilities.billing.scrubbing.measure.sample import Sample, diagnosed

INPATIENT = "21"
FACILITIES = {"21", "22", "23", "24", "31"}
LABORATORY = "8"
FILINGS = ("CI", "BL", "HM", "MC", "CI")
MEDICARE_AGE = 65


def professional(made: Sample, told: Mapping[str, Any]) -> Claim:
    """Return one encounter as a claim."""
    day = made.day()
    patient = made.patient(told, day)
    place = told.get("p", "11")
    accident = bool(told.get("accident"))
    lines = tuple(_line(made, number, told, one) for number, one in enumerate(told["l"], 1))
    lines = tuple(line.model_copy(update={"begins": day}) for line in lines)
    alone = made.often(0.2) and place == "11"
    billing = made.group
    if alone:
        person = made.people[0]
        billing = person.model_copy(
            update={"tax_id": "12-3456789", "address": made.group.address, "phone": "2125550101"}
        )
    tests = any(line.procedure.startswith(LABORATORY) for line in lines)
    again = made.often(0.05)
    return Claim(
        id=made.number(),
        frequency=made.random.choice("78") if again else "1",
        original=made.digits(12) if again else "",
        patient=patient,
        subscribers=_coverages(made, patient, accident=accident),
        billing=billing,
        rendering=None if alone else made.random.choice(made.people),
        referring=made.provider() if tests or made.often(0.2) else None,
        facility=made.hospital.model_copy(update={"tax_id": ""}) if place in FACILITIES else None,
        diagnoses=diagnosed(told["d"]),
        lines=lines,
        place=place,
        clia="33D1234567" if tests else "",
        accident="AA" if accident else "",
        accident_date=day if accident else None,
        accident_state="NY" if accident else "",
        admitted=day - timedelta(days=0 if told.get("newborn") else made.random.randrange(2))
        if place == INPATIENT
        else None,
        onset=day - timedelta(days=5) if made.often(0.2) and not told.get("newborn") else None,
        patient_paid=Decimal("20.00") if made.often(0.3) else None,
        authorization=made.digits(8) if made.often(0.1) else "",
    )


def _line(made: Sample, number: int, told: Mapping[str, Any], one: list[Any]) -> ServiceLine:
    code, modifiers, units, pointers = one
    drug = bool(told.get("ndc")) and code.startswith("J")
    return ServiceLine(
        number=number,
        procedure=code,
        modifiers=tuple(modifiers.split()),
        charge=made.money(25, 900),
        units=Decimal(str(units)),
        unit=told.get("unit", "UN"),
        pointers=tuple(pointers),
        ndc="00517234010" if drug else "",
        ndc_units=Decimal(10) if drug else None,
        ndc_unit="ML" if drug else "",
        control=f"{made.made + 1}-{number}" if made.often(0.5) else "",
    )


def _coverages(made: Sample, patient: Patient, *, accident: bool) -> tuple[Subscriber, ...]:
    """Return Medicare for the old, workers' compensation never, else what comes."""
    born = patient.birth_date
    old = born is not None and born.year + MEDICARE_AGE < made.day().year
    drugs_alone = [one for one in FILINGS if one != "MC" or not accident]
    filing = "MB" if old and patient.relationship == "18" else made.random.choice(drugs_alone)
    first = made.coverage(patient, filing)
    if filing == "MC" or not made.often(0.15):
        return (first,)
    second = made.coverage(patient, "CI" if filing != "CI" else "BL")
    return (first, second.model_copy(update={"responsibility": "S"}))
