# ruff: noqa: E501 - a break is read whole, on its one line
"""Breaks of what was done: lines, codes, modifiers, places, amounts."""

from datetime import timedelta
from decimal import Decimal

from wardround.capabilities.billing.model import Claim
from wardround.capabilities.billing.scrubbing.known import Known, Seen
from wardround.capabilities.billing.scrubbing.lists.ranges import group
from wardround.capabilities.billing.scrubbing.measure.breaking import (
    BOTH,
    Break,
    Broken,
    I,
    P,
    set_to,
    with_diagnosis,
    with_first,
    with_line,
    with_more,
    with_patient,
)
from wardround.capabilities.billing.scrubbing.measure.sample import FILED, Sample


def _place_of(claim: Claim, made: Sample) -> int:
    return made.random.randrange(len(claim.lines))


def _ends(claim: Claim, _: Sample) -> Claim | None:
    begins = claim.lines[0].begins
    return None if begins is None else with_line(claim, ends=begins - timedelta(days=1))


def _to_come(claim: Claim, _: Sample) -> Claim:
    return with_line(claim, begins=FILED + timedelta(days=10))


def _died(claim: Claim, _: Sample) -> Claim | None:
    day = claim.serviced
    return None if day is None else with_patient(claim, death_date=day - timedelta(days=2))


def _unborn(claim: Claim, _: Sample) -> Claim | None:
    born = claim.patient.birth_date
    return None if born is None else with_line(claim, begins=born - timedelta(days=400))


def _many(claim: Claim, _: Sample) -> Claim:
    line = claim.lines[0]
    lines = (line.model_copy(update={"number": number}) for number in range(1, 52))
    return claim.model_copy(update={"lines": tuple(lines)})


def _twice(claim: Claim, _: Sample) -> Claim | None:
    line = claim.lines[0]
    return None if "59" in line.modifiers else with_more(claim)


def _visit(claim: Claim) -> int | None:
    places = [at for at, one in enumerate(claim.lines) if one.procedure in group("same_day")]
    return places[0] if places else None


def _without_25(claim: Claim, _: Sample) -> Claim | None:
    for place, line in enumerate(claim.lines):
        if "25" in line.modifiers and any(
            other.procedure in group("surgery") for other in claim.lines
        ):
            return with_line(claim, place, modifiers=())
    return None


def _other_visit(claim: Claim, _: Sample) -> Claim | None:
    place = _visit(claim)
    if place is None or "25" in claim.lines[place].modifiers:
        return None
    other = "99212" if claim.lines[place].procedure != "99212" else "99213"
    return with_more(claim, procedure=other, modifiers=())


def _new(claim: Claim, _: Sample) -> Broken | None:
    place = _visit(claim)
    day = claim.serviced
    if place is None or day is None:
        return None
    seen = Seen(at=day - timedelta(days=500), group=claim.billing.npi)
    return Broken(with_line(claim, place, procedure="99204"), Known(seen=(seen,)))


def _again(claim: Claim, _: Sample) -> Broken | None:
    if claim.frequency != "1":
        return None
    before = claim.model_copy(update={"id": "EARLIER1"})
    kept = [line for line in claim.lines if "59" not in line.modifiers]
    return Broken(claim, Known(claims=(before,))) if kept else None


def _same_number(claim: Claim, _: Sample) -> Broken | None:
    if claim.frequency != "1":
        return None
    day = (claim.serviced or FILED) - timedelta(days=90)
    other = with_line(claim, begins=day, ends=None)
    return Broken(claim, Known(claims=(other.model_copy(update={"begins": day}),)))


def _late(claim: Claim, days: int) -> Claim | None:
    """Return the claim with all its days a while earlier, the patient's birth too."""
    if claim.frequency != "1":
        return None
    back = timedelta(days=days)
    lines = tuple(
        line.model_copy(update={"begins": line.begins and line.begins - back})
        for line in claim.lines
    )
    dates = {
        name: value - back
        for name in ("begins", "ends", "admitted", "onset", "accident_date")
        if (value := getattr(claim, name)) is not None
    }
    born = claim.patient.birth_date
    moved = claim.model_copy(update={"lines": lines, **dates})
    return moved if born is None else with_patient(moved, birth_date=born - back)


def _late_medicare(claim: Claim, _: Sample) -> Claim | None:
    return _late(claim, 400) if claim.subscribers[0].filing in {"MA", "MB"} else None


def _old(claim: Claim, _: Sample) -> Claim | None:
    return None if claim.subscribers[0].filing in {"MA", "MB"} else _late(claim, 400)


def _late_payer(claim: Claim, _: Sample) -> Broken | None:
    moved = _late(claim, 200)
    limits = {claim.subscribers[0].payer.id: 180}
    return None if moved is None else Broken(moved, Known(limits=limits))


def _quality(claim: Claim, made: Sample) -> Claim:
    return with_line(claim, _place_of(claim, made), charge=Decimal("0.00"))


def _pointers(claim: Claim, *pointers: int) -> Claim:
    return with_line(claim, pointers=pointers)


def _modified(claim: Claim, *modifiers: str) -> Claim:
    return with_line(claim, modifiers=modifiers)


def _units(claim: Claim, units: str) -> Claim | None:
    line = claim.lines[0]
    if line.procedure == "A0425" or not line.procedure:
        return None
    return with_line(claim, units=Decimal(units))


def _timed(claim: Claim, _: Sample) -> Claim | None:
    place = next((at for at, one in enumerate(claim.lines) if one.procedure == "97110"), None)
    return None if place is None else with_line(claim, place, units=Decimal(100))


def _other_place(claim: Claim, place: str, code: str) -> Claim | None:
    return with_line(claim, procedure=code, place=place, modifiers=())


def _at_home(claim: Claim, _: Sample) -> Claim | None:
    return None if claim.place in {"02", "10"} else _modified(claim, "95")


def _waived(claim: Claim, _: Sample) -> Claim:
    return with_more(claim, procedure="87880", modifiers=("QW",)).model_copy(update={"clia": ""})


def _drug(claim: Claim, ndc: str, units: str) -> Claim:
    fields = {"ndc": ndc, "ndc_units": Decimal(units) if units else None, "ndc_unit": "ML"}
    return with_more(claim, procedure="J1885", modifiers=(), units=Decimal(1), unit="UN", **fields)


def _minutes(claim: Claim, _: Sample) -> Claim | None:
    return None if claim.lines[0].unit == "MJ" else with_line(claim, unit="MJ")


def _crash(claim: Claim, _: Sample) -> Claim | None:
    if not claim.accident:
        return None
    return claim.model_copy(update={"accident": "", "accident_date": None, "accident_state": ""})


def _accident(claim: Claim, **fields: object) -> Claim | None:
    return claim.model_copy(update=fields) if claim.accident else None


def _wrong_side(claim: Claim, _: Sample) -> Claim | None:
    if claim.diagnoses[0].code != "M25.511":
        return None
    return with_line(claim, 1, modifiers=("LT",))


def _wrong_finger(claim: Claim, _: Sample) -> Claim | None:
    return (
        _modified(with_first(claim, "S61.210A"), "F2") if "F1" in claim.lines[0].modifiers else None
    )


def _bundled(claim: Claim, code: str, other: str) -> Claim:
    first = with_line(claim, procedure=code, modifiers=(), units=Decimal(1), unit="UN")
    return with_more(first, procedure=other, modifiers=())


BREAKS = (
    Break("no lines", "lines", ("lines-missing",), BOTH, set_to(lines=())),
    Break("51 lines", "lines", ("lines-many",), P, _many),
    Break("line number twice", "lines", ("line-number",), BOTH, lambda c, _: with_more(c, number=c.lines[0].number)),
    Break("line twice", "lines", ("line-twice",), P, _twice),
    Break("charge of nothing", "amounts", ("charge",), BOTH, _quality),
    Break("charge below nothing", "amounts", ("charge",), BOTH, lambda c, m: with_line(c, _place_of(c, m), charge=Decimal("-45.00"))),
    Break("no units", "amounts", ("units",), BOTH, lambda c, _: with_line(c, units=Decimal(0))),
    Break("half a unit", "amounts", ("units-part",), P, lambda c, _: _units(c, "1.5")),
    Break("a million dollars", "amounts", ("total-large",), P, lambda c, _: with_line(c, charge=Decimal("1250000.00"))),
    Break("patient paid more", "amounts", ("paid-more",), P, set_to(patient_paid=Decimal("99999.00"))),
    Break("minutes of a visit", "amounts", ("unit-minutes",), P, _minutes),
    Break("25 hours of therapy", "amounts", ("units-day",), P, _timed),
    Break("no date", "dates", ("date-missing",), P, lambda c, m: with_line(c, _place_of(c, m), begins=None)),
    Break("ends before it begins", "dates", ("date-order",), P, _ends),
    Break("date to come", "dates", ("date-future",), BOTH, _to_come),
    Break("after death", "dates", ("date-death", "statement-life"), BOTH, _died),
    Break("before birth", "dates", ("date-birth",), BOTH, _unborn),
    Break("filed late with Medicare", "filing", ("filing-late",), BOTH, _late_medicare),
    Break("filed late by contract", "filing", ("filing-late-payer",), BOTH, _late_payer),
    Break("filed after more than a year", "filing", ("filing-old",), BOTH, _old),
    Break("billed before", "history", ("duplicate-claim",), P, _again),
    Break("control number given before", "history", ("control-twice",), BOTH, _same_number),
    Break("new patient seen before", "history", ("new-patient",), P, _new),
    Break("replaces nothing", "claim", ("original-missing",), P, set_to(frequency="7", original="")),
    Break("frequency 9", "claim", ("frequency-form",), P, set_to(frequency="9")),
    Break("control number with a star", "claim", ("control-form",), BOTH, set_to(id="C*0001")),
    Break("control number of the name", "claim", ("control-name",), BOTH, lambda c, _: with_patient(c, last="Lindqvist").model_copy(update={"id": "LINDQVIST-1"})),
    Break("no place", "place", ("place-missing",), P, set_to(place="")),
    Break("place 37", "place", ("place-form",), P, set_to(place="37")),
    Break("video in an office", "place", ("place-telehealth",), P, _at_home),
    Break("hospital visit in an office", "place", ("place-visit",), P, lambda c, _: _other_place(c, "11", "99232")),
    Break("emergency visit in an office", "place", ("place-visit",), P, lambda c, _: _other_place(c, "11", "99284")),
    Break("no procedure", "procedure", ("procedure-missing",), P, lambda c, _: with_line(c, procedure="")),
    Break("procedure of four digits", "procedure", ("procedure-form",), P, lambda c, _: with_line(c, procedure="9921")),
    Break("procedure with an O", "procedure", ("procedure-form",), P, lambda c, _: with_line(c, procedure="9O213")),
    Break("procedure that ended", "procedure", ("procedure-date",), P, lambda c, _: with_line(c, procedure="99201", modifiers=())),
    Break("add-on alone", "procedure", ("add-on-alone",), P, lambda c, _: c.model_copy(update={"lines": (c.lines[0].model_copy(update={"procedure": "99292", "modifiers": ()}),)})),
    Break("visit with a procedure without 25", "procedure", ("visit-with-procedure",), P, _without_25),
    Break("two visits of a day", "procedure", ("visits-same-day",), P, _other_visit),
    Break("pair never apart", "NCCI", ("ptp-never",), P, lambda c, _: _bundled(c, "27447", "27445")),
    Break("pair without a modifier", "NCCI", ("ptp-modifier",), P, lambda c, _: _bundled(c, "29881", "29877")),
    Break("units of a line (MAI 1)", "NCCI", ("mue-line",), P, lambda c, _: with_line(c, procedure="20605", units=Decimal(7), modifiers=(), unit="UN")),
    Break("units of a day (MAI 2)", "NCCI", ("mue-day",), P, lambda c, _: with_line(c, procedure="93000", units=Decimal(9), modifiers=(), unit="UN")),
    Break("units of a day (MAI 3)", "NCCI", ("mue-clinical",), P, lambda c, _: with_line(c, procedure="82962", units=Decimal(40), modifiers=(), unit="UN")),
    Break("not covered for its diagnosis", "necessity", ("necessity",), P, lambda c, _: with_first(with_line(c, procedure="95811", modifiers=(), pointers=(1,)), "L70.0")),
    Break("modifier of three characters", "modifiers", ("modifier-form",), BOTH, lambda c, _: _modified(c, "25A")),
    Break("modifier unknown", "modifiers", ("modifier-unknown",), P, lambda c, _: _modified(c, "0Z")),
    Break("modifier twice", "modifiers", ("modifier-twice",), P, lambda c, _: _modified(c, "GP", "GP")),
    Break("26 with TC", "modifiers", ("modifier-parts",), P, lambda c, _: _modified(c, "26", "TC")),
    Break("50 with LT", "modifiers", ("modifier-bilateral",), P, lambda c, _: _modified(c, "50", "LT")),
    Break("RT with LT", "modifiers", ("modifier-sides",), P, lambda c, _: _modified(c, "RT", "LT")),
    Break("59 with XS", "modifiers", ("modifier-distinct",), P, lambda c, _: _modified(c, "59", "XS")),
    Break("25 on a procedure", "modifiers", ("modifier-visit",), P, lambda c, _: with_more(c, procedure="11730", modifiers=("25",))),
    Break("wrong side", "laterality", ("laterality",), P, _wrong_side),
    Break("wrong hand", "laterality", ("laterality",), P, _wrong_finger),
    Break("waived test without CLIA", "laboratory", ("clia-missing",), P, _waived),
    Break("CLIA of nine characters", "laboratory", ("clia-form",), P, set_to(clia="33D123456")),
    Break("NDC of ten digits", "drugs", ("ndc-form",), P, lambda c, _: _drug(c, "0409379301", "1")),
    Break("NDC without a quantity", "drugs", ("ndc-units",), P, lambda c, _: _drug(c, "00409379301", "")),
    Break("accident unsaid", "accident", ("accident-unsaid",), P, _crash),
    Break("accident without a date", "accident", ("accident-date",), P, lambda c, _: _accident(c, accident_date=None)),
    Break("accident without a state", "accident", ("accident-state",), P, lambda c, _: _accident(c, accident_state="")),
    Break("no revenue code", "revenue", ("revenue-missing",), I, lambda c, _: with_line(c, revenue="")),
    Break("revenue code of three digits", "revenue", ("revenue-form",), I, lambda c, _: with_line(c, revenue="450")),
    Break("pointer missing", "pointers", ("pointer-missing",), P, lambda c, _: _pointers(c)),
    Break("pointer beyond", "pointers", ("pointer-beyond",), P, lambda c, _: _pointers(c, len(c.diagnoses) + 1)),
    Break("pointer twice", "pointers", ("pointer-twice",), P, lambda c, _: _pointers(c, 1, 1)),
    Break("pointer to a cause", "pointers", ("pointer-external",), P, lambda c, _: _pointers(with_diagnosis(c, "W18.30XA"), len(c.diagnoses) + 1)),
)  # fmt: skip
