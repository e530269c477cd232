# ruff: noqa: E501 - a break is read whole, on its one line
"""Breaks of statements, accidents, money, and what follows from one field beside another."""

from datetime import timedelta
from decimal import Decimal

from wardround.capabilities.billing.model import Address, Claim, Coded
from wardround.capabilities.billing.scrubbing.measure.breaking import (
    BOTH,
    Break,
    I,
    P,
    set_to,
    with_address,
    with_coverage,
    with_diagnosis,
    with_first,
    with_line,
    with_more,
    with_patient,
    with_payer,
)
from wardround.capabilities.billing.scrubbing.measure.sample import FILED, Sample


def _accident(claim: Claim, **fields: object) -> Claim | None:
    return claim.model_copy(update=fields) if claim.accident else None


def _at_work(claim: Claim, _: Sample) -> Claim:
    fields = {"accident": "EM", "accident_date": claim.serviced}
    return claim.model_copy(update=fields)


def _same(claim: Claim, _: Sample) -> Claim | None:
    one = claim.patient
    if one.relationship == "18":
        return None
    return with_coverage(claim, last=one.last, first=one.first, birth_date=one.birth_date)


def _years(claim: Claim, _: Sample) -> Claim | None:
    begins = claim.lines[0].begins
    return (
        None
        if begins is None
        else with_line(claim, begins=begins - timedelta(days=365), ends=begins)
    )


def _admitted(claim: Claim, days: int) -> Claim | None:
    day = claim.serviced
    if claim.admitted is None or day is None:
        return None
    return claim.model_copy(update={"admitted": day + timedelta(days=days)})


def _unadmitted(claim: Claim, _: Sample) -> Claim | None:
    hospital = claim.lines[0].procedure in {"99223", "99232"}
    return claim.model_copy(update={"admitted": None}) if hospital else None


def _discharged(claim: Claim, _: Sample) -> Claim | None:
    if claim.admitted is None:
        return None
    return claim.model_copy(update={"ends": claim.admitted - timedelta(days=2)})


def _stay(claim: Claim, **fields: object) -> Claim | None:
    return None if claim.admitted is None else claim.model_copy(update=fields)


def _early(claim: Claim, _: Sample) -> Claim | None:
    begins = claim.begins
    return _stay(claim, begins=begins and begins - timedelta(days=6), procedures=())


def _interim(claim: Claim, _: Sample) -> Claim | None:
    if claim.frequency != "1":
        return None
    return _stay(claim, frequency="2", bill_type=f"{claim.bill_type[:-1]}2")


def _unoperated(claim: Claim, _: Sample) -> Claim | None:
    return claim.model_copy(update={"operating": None}) if claim.procedures else None


def _elsewhere(claim: Claim, _: Sample) -> Claim | None:
    return None if claim.facility is None else claim.model_copy(update={"facility": None})


def _unnamed(claim: Claim, _: Sample) -> Claim | None:
    if claim.rendering is None:
        return None
    return claim.model_copy(update={"rendering": claim.rendering.model_copy(update={"name": ""})})


def _anesthesia(claim: Claim, **fields: object) -> Claim | None:
    return with_line(claim, **fields) if claim.lines[0].procedure == "00731" else None


def _shift(claim: Claim, _: Sample) -> Claim | None:
    place = next((at for at, one in enumerate(claim.lines) if one.procedure == "97110"), None)
    return None if place is None else with_line(claim, place, units=Decimal(36))


def _one_side(claim: Claim, _: Sample) -> Claim | None:
    return with_first(claim, "M17.11") if claim.lines[0].modifiers == ("50",) else None


def _of_filing(claim: Claim, filing: str) -> bool:
    return claim.subscribers[0].filing == filing


def _therapy(claim: Claim, _: Sample) -> Claim | None:
    if not _of_filing(claim, "MB"):
        return None
    return with_line(claim, procedure="97110", modifiers=())


def _medicaid_drug(claim: Claim, _: Sample) -> Claim | None:
    if not _of_filing(claim, "MC"):
        return None
    return with_more(claim, procedure="J1885", modifiers=(), ndc="", unit="UN", units=Decimal(1))


def _laboratory(claim: Claim, _: Sample) -> Claim | None:
    if not claim.clia or claim.subscribers[0].filing not in {"MB", "MC"}:
        return None
    lines = tuple(line.model_copy(update={"modifiers": ()}) for line in claim.lines)
    return claim.model_copy(update={"clia": "", "lines": lines})


def _visit(claim: Claim, **fields: object) -> Claim | None:
    return with_line(claim, **fields) if claim.lines[0].procedure.startswith("992") else None


def _aged(claim: Claim, _: Sample) -> Claim | None:
    born, day = claim.patient.birth_date, claim.serviced
    if born is None or day is None or (day - born).days < 30 * 366:
        return None
    return with_line(claim, procedure="99392", modifiers=("25",))


def _wanted_first(claim: Claim, _: Sample) -> Claim | None:
    if claim.diagnoses[0].code != "I13.0":
        return None
    first, second, *rest = claim.diagnoses
    return claim.model_copy(update={"diagnoses": (second, first, *rest)})


def _before_birth(claim: Claim, _: Sample) -> Claim | None:
    born = claim.patient.birth_date
    return None if born is None else with_patient(claim, death_date=born - timedelta(days=1))


def _repeated(claim: Claim, *modifiers: str) -> Claim:
    return with_more(claim, procedure="71046", modifiers=modifiers, units=Decimal(1), unit="UN")


def _replaced(claim: Claim, _: Sample) -> Claim | None:
    return claim.model_copy(update={"original": "2026099123"}) if claim.frequency == "1" else None


def _no_room(claim: Claim, _: Sample) -> Claim | None:
    if claim.admitted is None:
        return None
    return with_line(claim, revenue="0250", units=Decimal(1))


def _operated(claim: Claim, _: Sample) -> Claim | None:
    if claim.admitted is not None:
        return None
    return claim.model_copy(update={"procedures": (Coded(code="0HQ1XZZ", at=claim.begins),)})


def _partly(claim: Claim, _: Sample) -> Claim | None:
    if claim.diagnoses[0].code != "M25.511":
        return None
    return with_line(with_diagnosis(claim, "I10"), 1, modifiers=("LT",), pointers=(1, 2))


BREAKS = (
    Break("names an earlier claim, and is an original", "claim", ("original-idle",), P, _replaced),
    Break("assignment D", "claim", ("assignment-form",), BOTH, set_to(accept_assignment="D")),
    Break("benefits not said", "claim", ("benefits-form",), BOTH, set_to(benefits_assigned="")),
    Break("release N", "claim", ("release-form",), BOTH, set_to(release="N")),
    Break("no signature", "claim", ("signature-missing",), BOTH, set_to(signature_on_file=False)),
    Break("type of bill on a professional claim", "claim", ("kind-mixed",), P, set_to(bill_type="131")),
    Break("accident ZZ", "accident", ("accident-form",), P, lambda c, _: _accident(c, accident="ZZ")),
    Break("accident after the service", "accident", ("accident-late",), P, lambda c, _: _accident(c, accident_date=FILED)),
    Break("accident at work, another payer", "accident", ("work-payer",), P, _at_work),
    Break("onset after the service", "dates", ("onset-late",), P, set_to(onset=FILED)),
    Break("a hundred million dollars", "amounts", ("total-overflow",), BOTH, lambda c, _: with_line(c, charge=Decimal("100000000.00"))),
    Break("no billing city", "address", ("billing-city",), BOTH, lambda c, _: with_address(c, city="")),
    Break("no billing ZIP", "address", ("zip-missing",), BOTH, lambda c, _: with_address(c, zip="")),
    Break("no patient city", "address", ("patient-city",), BOTH, lambda c, _: with_patient(c, address=Address(line="9 Oak St", state="NY", zip="12207"))),
    Break("rendering provider without a name", "provider", ("party-name",), P, _unnamed),
    Break("no facility", "provider", ("facility-missing",), P, _elsewhere),
    Break("coverage X", "coverage", ("responsibility-form",), BOTH, lambda c, _: with_coverage(c, responsibility="X")),
    Break("a professional claim to Part A", "coverage", ("filing-part-a",), P, lambda c, _: with_coverage(c, filing="MA") if _of_filing(c, "MB") else None),
    Break("payer id with a blank", "coverage", ("payer-id-form",), BOTH, lambda c, _: with_payer(c, id="60 054")),
    Break("subscriber is the patient, and is not said to be", "subscriber", ("subscriber-other",), BOTH, _same),
    Break("subscriber born after the filing", "subscriber", ("subscriber-birth",), BOTH, lambda c, _: with_coverage(c, birth_date=FILED + timedelta(days=3))),
    Break("name of a hyphen", "patient", ("name-form",), BOTH, lambda c, _: with_patient(c, last="--")),
    Break("died before being born", "patient", ("death-before-birth",), BOTH, _before_birth),
    Break("died after the filing", "patient", ("death-future",), BOTH, lambda c, _: with_patient(c, death_date=FILED + timedelta(days=8))),
    Break("units of four decimals", "amounts", ("units-form",), P, lambda c, _: with_line(c, procedure="A0425", modifiers=("RH",), units=Decimal("3.1234"))),
    Break("unit GR", "amounts", ("unit-form",), BOTH, lambda c, _: with_line(c, unit="GR")),
    Break("anesthesia in units", "amounts", ("unit-anesthesia",), P, lambda c, _: _anesthesia(c, unit="UN", units=Decimal(3))),
    Break("nine hours of therapy", "amounts", ("units-long",), P, _shift),
    Break("three units of a visit", "amounts", ("visit-units",), P, lambda c, _: _visit(c, units=Decimal(3))),
    Break("a line over two years", "dates", ("date-years",), P, _years),
    Break("admitted after the visit", "dates", ("admitted-late",), P, lambda c, _: _admitted(c, 3)),
    Break("a visit to an inpatient never admitted", "dates", ("admitted-missing",), P, _unadmitted),
    Break("discharged before being admitted", "dates", ("stay-order",), P, _discharged),
    Break("a drug for Medicaid without its NDC", "drugs", ("ndc-missing",), P, _medicaid_drug),
    Break("a test for Medicare without CLIA", "laboratory", ("clia-laboratory",), P, _laboratory),
    Break("Medicare second, without why", "coverage", ("insurance-type",), BOTH, lambda c, _: with_coverage(c, responsibility="S") if c.subscribers[0].filing in {"MA", "MB"} else None),
    Break("22 with 52", "modifiers", ("modifier-against",), P, lambda c, _: _repeated(c, "22", "52")),
    Break("a room of an outpatient", "revenue", ("room-outpatient",), I, lambda c, _: None if c.admitted else with_line(c, revenue="0120")),
    Break("76 with 77", "modifiers", ("modifier-repeat",), P, lambda c, _: _repeated(c, "76", "77")),
    Break("54 with 55", "modifiers", ("modifier-global",), P, lambda c, _: _repeated(c, "54", "55")),
    Break("59 on a visit", "modifiers", ("modifier-surgery",), P, lambda c, _: _visit(c, procedure="99213", modifiers=("59",))),
    Break("QW on an X-ray", "modifiers", ("modifier-waived",), P, lambda c, _: _repeated(c, "QW")),
    Break("two units on both sides", "modifiers", ("bilateral-units",), P, lambda c, _: with_line(c, units=Decimal(2)) if "50" in c.lines[0].modifiers else None),
    Break("therapy for Medicare without GP", "modifiers", ("modifier-medicare",), P, _therapy),
    Break("a visit of an ended number", "procedure", ("procedure-date", "procedure-ended"), P, lambda c, _: with_line(c, procedure="99201", modifiers=())),
    Break("a child's preventive visit of an adult", "procedure", ("procedure-age",), P, _aged),
    Break("a hysterectomy of a man", "procedure", ("procedure-sex",), P, lambda c, _: with_more(c, procedure="58150", modifiers=(), units=Decimal(1), unit="UN") if c.patient.sex == "M" else None),
    Break("number beyond CPT", "procedure", ("procedure-form",), P, lambda c, _: with_line(c, procedure="99999")),
    Break("heart failure before its hypertension", "order", ("code-first",), P, _wanted_first),
    Break("use of a diagnosis unknown", "diagnosis", ("diagnosis-use",), BOTH, lambda c, _: with_diagnosis(c, "Z88.0", "secondary")),
    Break("both sides and one of them", "laterality", ("sides-over",), BOTH, lambda c, _: with_diagnosis(with_first(c, "H25.013"), "H25.011")),
    Break("both sides, a diagnosis of one", "laterality", ("laterality-both",), P, _one_side),
    Break("no admission hour", "admission", ("admission-hour",), I, lambda c, _: _stay(c, admission_hour="")),
    Break("statement from six days before", "admission", ("admission-window",), I, _early),
    Break("interim bill of who went home", "discharge", ("discharge-final",), I, _interim),
    Break("condition code twice", "qualified", ("qualified-twice",), I, set_to(conditions=(Coded(code="09"), Coded(code="09")))),
    Break("revenue code of no family", "revenue", ("revenue-form",), I, lambda c, _: with_line(c, revenue="9999")),
    Break("no room of an inpatient", "revenue", ("room-missing",), I, _no_room),
    Break("outpatient's operation by ICD-10-PCS", "operation", ("operation-outpatient",), I, _operated),
    Break("wrong side of one diagnosis", "laterality", ("laterality-part",), P, _partly),
    Break("operation by nobody", "operation", ("operating-missing",), I, _unoperated),
)  # fmt: skip
