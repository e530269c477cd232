"""Each service: its charge and units, its days, and the diagnoses that it is for."""

from collections.abc import Iterator
from decimal import Decimal

from wardround.capabilities.billing.model import ServiceLine
from wardround.capabilities.billing.scrubbing.case import Case
from wardround.capabilities.billing.scrubbing.lists.listing import listed
from wardround.capabilities.billing.scrubbing.lists.ranges import group
from wardround.capabilities.billing.scrubbing.rule import Hit

MOST = {True: 50, False: 999}
FREE_REVENUE = {"0022", "0023", "0024"}
"""Revenue lines that carry a payment group and no charge (NUBC, FL 42)."""

EXTERNAL = tuple("VWXY")
AFTER_DEATH = ("88",)
"""What a pathologist still does: postmortem examination."""


def count(case: Case) -> Iterator[Hit]:
    """There are lines, not too many, each with its own number."""
    lines = case.claim.lines
    if not lines:
        yield Hit("lines-missing", "/lines")
    most = MOST[case.professional]
    if len(lines) > most:
        yield Hit("lines-many", "/lines", {"most": most})
    taken: set[int] = set()
    for where, line in case.lines():
        if line.number in taken:
            yield Hit("line-number", f"{where}/number", {"line": line.number})
        taken.add(line.number)


def charges(case: Case) -> Iterator[Hit]:
    """Each line charges something for at least one unit, counted as its code is."""
    for where, line in case.lines():
        words: dict[str, object] = {"line": line.number}
        if line.charge < 0 or (line.charge == 0 and not _is_free(line)):
            yield Hit("charge", f"{where}/charge", words)
        yield from _units(case, where, line, words)


def _is_free(line: ServiceLine) -> bool:
    code = line.procedure
    quality = code.endswith("F") or code[:2] in listed("free")
    return quality or line.revenue in FREE_REVENUE


def _units(case: Case, where: str, line: ServiceLine, words: dict[str, object]) -> Iterator[Hit]:
    units, where = line.units, f"{where}/units"
    timed = line.procedure in group("anesthesia")
    if units <= 0:
        yield Hit("units", where, words)
    elif units != units.to_integral_value() and line.procedure not in listed("parts"):
        yield Hit("units-part", where, words)
    elif not _fits(units):
        yield Hit("units-form", where, words)
    other = "MJ" if case.professional else "DA"
    if line.unit not in {"UN", other}:
        yield Hit("unit-form", where.removesuffix("s"), {**words, "other": _WORDS[other]})
    elif line.unit == "MJ" and not timed:
        yield Hit("unit-minutes", where, words)
    elif timed and line.unit == "UN" and units < 8:
        yield Hit("unit-anesthesia", where, words)


_WORDS = {"MJ": "minutes (MJ)", "DA": "days (DA)"}


def _fits(units: Decimal) -> bool:
    exponent = units.normalize().as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -3 and units < Decimal(10) ** 8


def days(case: Case) -> Iterator[Hit]:
    """Each line has its days: in order, past, and within the patient's life."""
    patient = case.claim.patient
    for where, line in case.lines("begins"):
        words: dict[str, object] = {"line": line.number}
        begins = line.begins
        if begins is None:
            if case.professional or _spans_days(case):
                yield Hit("date-missing", where, words)
            continue
        last = line.ends or begins
        if last < begins:
            yield Hit("date-order", where, words)
        elif last.year != begins.year and case.professional:
            yield Hit("date-years", where, words)
        if max(begins, last) > case.on:
            yield Hit("date-future", where, words)
        if patient.birth_date is not None and begins < patient.birth_date:
            yield Hit("date-birth", where, words)
        died = patient.death_date
        if died is not None and last > died and not line.procedure.startswith(AFTER_DEATH):
            yield Hit("date-death", where, words)


def _spans_days(case: Case) -> bool:
    """Return whether an outpatient's statement covers days, so that its lines need theirs."""
    return case.outpatient and case.claim.begins != case.claim.ends


def admission(case: Case) -> Iterator[Hit]:
    """See that who stays was admitted before the service, and before being discharged."""
    claim = case.claim
    last = case.through
    if claim.admitted is None:
        for _, line in case.lines():
            place = case.place_of(line)
            if place in {"21", "51", "61"} and line.procedure in group("inpatient_visits"):
                yield Hit("admitted-missing", "/admitted", {"line": line.number})
                break
        return
    if claim.ends is not None and claim.ends < claim.admitted:
        yield Hit("stay-order", "/admitted")
    if claim.admitted > case.on or (last is not None and claim.admitted > last):
        yield Hit("admitted-late", "/admitted")


def pointers(case: Case) -> Iterator[Hit]:
    """Each line points to diagnoses that are there, once each, none of them a mere cause first."""
    total = len(case.claim.diagnoses)
    for where, line in case.lines("pointers"):
        if not line.pointers:
            yield Hit("pointer-missing", where, {"line": line.number})
            continue
        seen: set[int] = set()
        for one in line.pointers:
            words = {"line": line.number, "pointer": one, "count": total}
            if not 1 <= one <= total:
                yield Hit("pointer-beyond", where, words)
            elif one in seen:
                yield Hit("pointer-twice", where, words)
            seen.add(one)
        first = line.pointers[0] - 1
        if 0 <= first < total and case.claim.diagnoses[first].code.startswith(EXTERNAL):
            yield Hit("pointer-external", where, {"line": line.number})


def repeated(case: Case) -> Iterator[Hit]:
    """No line says again what another says."""
    taken: dict[tuple[object, ...], int] = {}
    for where, line in case.lines():
        if not line.procedure or listed("repeats") & set(line.modifiers):
            continue
        key = (
            line.procedure, line.revenue, frozenset(line.modifiers), line.begins, line.ends,
            case.place_of(line), case.provider_of(line),
        )  # fmt: skip
        if key in taken:
            yield Hit("line-twice", where, {"line": line.number, "other": taken[key]})
        taken.setdefault(key, line.number)


CHECKS = (count, charges, days, repeated)
PROFESSIONAL = (admission, pointers)
