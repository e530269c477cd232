# ruff: noqa: E501 - a break is read whole, on its one line
"""Breaks of why it was done, and of a hospital's stay."""

from datetime import timedelta

from wardround.capabilities.billing.model import Claim, Coded, Diagnosis
from wardround.capabilities.billing.scrubbing.measure.breaking import (
    BOTH,
    Break,
    I,
    P,
    set_to,
    with_diagnosis,
    with_first,
    with_line,
    with_patient,
)
from wardround.capabilities.billing.scrubbing.measure.sample import FILED, Sample

GROWN = 40 * 365


def _adult(claim: Claim) -> Claim | None:
    born, day = claim.patient.birth_date, claim.serviced
    return claim if born and day and (day - born).days > GROWN else None


def _child(claim: Claim, code: str, years: int) -> Claim | None:
    day = claim.serviced
    if day is None:
        return None
    young = with_patient(claim, birth_date=day - timedelta(days=years * 365 + 100))
    return with_diagnosis(young, code)


def _inpatient(claim: Claim, **fields: object) -> Claim | None:
    return claim.model_copy(update=fields) if claim.admitted is not None else None


def _sexed(claim: Claim, sex: str, code: str) -> Claim | None:
    return with_diagnosis(claim, code) if claim.patient.sex == sex else None


def _grown(claim: Claim, code: str) -> Claim | None:
    grown = _adult(claim)
    return None if grown is None else with_diagnosis(grown, code)


def _twice(claim: Claim, _: Sample) -> Claim:
    return with_diagnosis(claim, claim.diagnoses[0].code)


def _excluded(claim: Claim, code: str, other: str) -> Claim:
    return with_diagnosis(with_first(claim, code), other)


def _many(claim: Claim, _: Sample) -> Claim:
    codes = [Diagnosis(code=f"Z88.{one}") for one in range(9)]
    codes += [Diagnosis(code=f"Z80.{one}") for one in range(9)]
    return claim.model_copy(update={"diagnoses": (*claim.diagnoses, *codes)})


def _unadmitted(claim: Claim, _: Sample) -> Claim | None:
    left = tuple(one for one in claim.diagnoses if one.use != "admitting")
    return _inpatient(claim, diagnoses=left)


def _unreasoned(claim: Claim, _: Sample) -> Claim | None:
    left = tuple(one for one in claim.diagnoses if one.use != "reason")
    return None if left == claim.diagnoses else claim.model_copy(update={"diagnoses": left})


def _on_admission(claim: Claim, said: str) -> Claim | None:
    first = claim.diagnoses[0].model_copy(update={"on_admission": said})
    return _inpatient(claim, diagnoses=(first, *claim.diagnoses[1:]))


def _principal(claim: Claim, code: str) -> Claim | None:
    return None if claim.admitted is None else with_first(claim, code)


def _coded(claim: Claim, _: Sample) -> Claim | None:
    place = next((at for at, one in enumerate(claim.lines) if one.procedure), None)
    if place is None or claim.admitted is not None or claim.lines[place].revenue == "0250":
        return None
    return with_line(claim, place, procedure="")


def _rooms(claim: Claim, _: Sample) -> Claim | None:
    if claim.admitted is None:
        return None
    return with_line(claim, units=claim.lines[0].units + 9)


def _operated(claim: Claim, **fields: object) -> Claim | None:
    if not claim.procedures:
        return None
    one = claim.procedures[0].model_copy(update=fields)
    return claim.model_copy(update={"procedures": (one,)})


def _bill(claim: Claim, last: str) -> Claim:
    return claim.model_copy(update={"bill_type": claim.bill_type[:-1] + last})


def _outside(claim: Claim, _: Sample) -> Claim | None:
    return None if claim.ends is None else with_line(claim, begins=claim.ends + timedelta(days=3))


BREAKS = (
    Break("no diagnosis", "diagnosis", ("diagnosis-missing",), BOTH, set_to(diagnoses=())),
    Break("thirteen and more diagnoses", "diagnosis", ("diagnoses-many",), P, _many),
    Break("diagnosis of ICD-9", "diagnosis", ("diagnosis-form",), BOTH, lambda c, _: with_first(c, "250.00")),
    Break("no such diagnosis", "diagnosis", ("diagnosis-invalid",), BOTH, lambda c, _: with_first(c, "E11.99")),
    Break("diagnosis that ended", "diagnosis", ("diagnosis-incomplete", "diagnosis-invalid"), BOTH, lambda c, _: with_first(c, "M54.5")),
    Break("diagnosis without its seventh character", "diagnosis", ("diagnosis-incomplete",), BOTH, lambda c, _: with_first(c, "S52.501")),
    Break("diagnosis, a category", "diagnosis", ("diagnosis-incomplete",), BOTH, lambda c, _: with_first(c, "E11")),
    Break("diagnosis twice", "diagnosis", ("diagnosis-twice",), BOTH, _twice),
    Break("both types of diabetes", "Excludes1", ("excludes-one",), BOTH, lambda c, _: _excluded(c, "E11.9", "E10.9")),
    Break("bronchitis twice over", "Excludes1", ("excludes-one",), BOTH, lambda c, _: _excluded(c, "J40", "J20.9")),
    Break("external cause first", "order", ("external-first",), BOTH, lambda c, _: with_first(c, "W01.0XXA")),
    Break("manifestation first", "order", ("manifestation-first",), BOTH, lambda c, _: with_first(c, "H42")),
    Break("sequela first", "order", ("sequela-first",), BOTH, lambda c, _: with_first(c, "S61.411S")),
    Break("organism first", "order", ("secondary-first",), BOTH, lambda c, _: with_first(c, "B96.20")),
    Break("body mass index first", "order", ("secondary-first",), BOTH, lambda c, _: with_first(c, "Z68.35")),
    Break("history as principal", "order", ("principal-unacceptable",), I, lambda c, _: _principal(c, "Z85.3")),
    Break("adverse effect as principal", "order", ("principal-unacceptable",), I, lambda c, _: _principal(c, "T45.515A")),
    Break("newborn's code of an adult", "age", ("age-newborn",), BOTH, lambda c, _: _grown(c, "Z38.00")),
    Break("child's code of an adult", "age", ("age-pediatric",), BOTH, lambda c, _: _grown(c, "Z00.129")),
    Break("perinatal code of an adult", "age", ("age-perinatal",), BOTH, lambda c, _: _grown(c, "P22.0")),
    Break("pregnant at five", "age", ("age-maternity",), BOTH, lambda c, _: _child(c, "O26.891", 5)),
    Break("adult's code of a child", "age", ("age-adult",), BOTH, lambda c, _: _child(c, "N40.0", 6)),
    Break("pregnant man", "sex", ("sex-female",), BOTH, lambda c, _: _sexed(c, "M", "O26.891")),
    Break("prostate of a woman", "sex", ("sex-male",), BOTH, lambda c, _: _sexed(c, "F", "C61")),
    Break("right and left, and a code for both", "laterality", ("sides-both",), BOTH, lambda c, _: _excluded(c, "H25.011", "H25.012")),
    Break("side known and unknown", "laterality", ("sides-vague",), BOTH, lambda c, _: _excluded(c, "M25.511", "M25.519")),
    Break("no type of bill", "bill", ("bill-type",), I, set_to(bill_type="")),
    Break("type of bill 997", "bill", ("bill-type",), I, set_to(bill_type="991")),
    Break("type of bill against the frequency", "bill", ("bill-frequency",), I, lambda c, _: _bill(c, "3")),
    Break("no statement", "statement", ("statement-missing",), I, set_to(begins=None)),
    Break("statement ends before it begins", "statement", ("statement-order",), I, lambda c, _: c.model_copy(update={"ends": c.begins and c.begins - timedelta(days=1)})),
    Break("statement to come", "statement", ("statement-future",), I, set_to(ends=FILED + timedelta(days=4))),
    Break("line outside the statement", "statement", ("statement-line",), I, _outside),
    Break("no admission date", "admission", ("admission-date",), I, lambda c, _: _inpatient(c, admitted=None)),
    Break("admitted after the discharge", "admission", ("admission-late",), I, lambda c, _: _inpatient(c, admitted=c.ends and c.ends + timedelta(days=1))),
    Break("no admission type", "admission", ("admission-type",), I, lambda c, _: _inpatient(c, admission_type="")),
    Break("admission type 7", "admission", ("admission-type",), I, set_to(admission_type="7")),
    Break("no admission source", "admission", ("admission-source",), I, lambda c, _: _inpatient(c, admission_source="")),
    Break("no discharge status", "discharge", ("discharge-status",), I, set_to(discharge_status="")),
    Break("discharge status 99", "discharge", ("discharge-status",), I, set_to(discharge_status="99")),
    Break("still there, and the last bill", "discharge", ("discharge-interim",), I, lambda c, _: _inpatient(c, discharge_status="30") if c.frequency == "1" else None),
    Break("died, and went home", "discharge", ("discharge-died",), I, lambda c, _: None if c.admitted is None else with_patient(c, death_date=c.ends)),
    Break("no discharge hour", "discharge", ("discharge-hour",), I, lambda c, _: _inpatient(c, discharge_hour="") if c.frequency == "1" else None),
    Break("no admitting diagnosis", "admission", ("admitting-missing",), I, _unadmitted),
    Break("no reason for the visit", "admission", ("reason-missing",), I, _unreasoned),
    Break("presence on admission X", "admission", ("poa-form",), I, lambda c, _: _on_admission(c, "X")),
    Break("presence on admission not said", "admission", ("poa-missing",), I, lambda c, _: _on_admission(c, "")),
    Break("outpatient's line without a code", "revenue", ("revenue-code",), I, _coded),
    Break("more days of room than of stay", "revenue", ("revenue-room",), I, _rooms),
    Break("value code without an amount", "qualified", ("value-amount",), I, set_to(values=(Coded(code="80"),))),
    Break("occurrence code without a date", "qualified", ("occurrence-date",), I, set_to(occurrences=(Coded(code="11"),))),
    Break("condition code of three", "qualified", ("qualified-form",), I, set_to(conditions=(Coded(code="C51"),))),
    Break("operation with an O", "operation", ("operation-form",), I, lambda c, _: _operated(c, code="OSRR0J9")),
    Break("operation after the stay", "operation", ("operation-date",), I, lambda c, _: _operated(c, at=c.ends and c.ends + timedelta(days=2))),
    Break("DRG of two digits", "operation", ("drg-form",), I, set_to(drg="47")),
)  # fmt: skip
