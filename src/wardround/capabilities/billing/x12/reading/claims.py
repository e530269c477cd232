"""One claim of an 837 that is read."""

from collections.abc import Callable, Sequence
from typing import Any

from wardround.capabilities.billing.model import (
    Address,
    Claim,
    ClaimKind,
    Coded,
    Diagnosis,
    Party,
    Patient,
    Subscriber,
)
from wardround.capabilities.billing.x12.reading.loops import Loop, claim_loops
from wardround.capabilities.billing.x12.reading.parties import coverage, payer, person, provider
from wardround.capabilities.billing.x12.reading.services import service_line
from wardround.capabilities.billing.x12.remittances import adjustments
from wardround.capabilities.billing.x12.syntax import Segment
from wardround.capabilities.billing.x12.values import (
    maybe_amount,
    read_amount,
    read_day,
    read_days,
)

_ROLES = {
    "DN": "referring",
    "82": "rendering",
    "77": "facility",
    "DQ": "supervising",
    "71": "attending",
    "72": "operating",
}
_REFERENCES = {
    "9F": "referral",
    "G1": "authorization",
    "F8": "original",
    "X4": "clia",
    "EA": "record_number",
}
_USES = {"ABJ": "admitting", "APR": "reason", "ABN": "external"}


def read_claim(
    kind: ClaimKind,
    segments: Sequence[Segment],
    billing: tuple[Party, Address | None],
    asked: Subscriber,
    patient: Patient,
) -> Claim:
    """Return the claim of a block that begins with CLM."""
    loops = claim_loops(segments)
    main = loops[0]
    read = _header(kind, main)
    read |= {name: main.value("REF", told) for told, name in _REFERENCES.items()}
    read["note"] = main.value("NTE", "ADD")
    read |= _codes(kind, main)
    for loop in loops:
        if loop.name == "2310" and (role := _ROLES.get(loop.segments[0].get(1))):
            read.setdefault(role, provider(loop))
    return Claim(
        kind=kind,
        billing=billing[0],
        pay_to=billing[1],
        patient=patient,
        subscribers=(asked, *_others(loops, patient)),
        lines=tuple(_lines(loops)),
        **read,
    )


def _header(kind: ClaimKind, main: Loop) -> dict[str, Any]:
    told = main.segments[0]
    if not 1 <= len(told.get(1)) <= 20:
        raise told.wrong("The patient control number has 1 to 20 characters.", 1)
    read: dict[str, Any] = {
        "id": told.get(1),
        "frequency": told.get(5, 3),
        "accept_assignment": told.get(7),
        "benefits_assigned": told.get(8),
        "release": told.get(9),
    }
    own = _professional if kind is ClaimKind.PROFESSIONAL else _institutional
    return read | own(told, main)


def _professional(told: Segment, main: Loop) -> dict[str, Any]:
    paid = main.first("AMT", "F5")
    return {
        "place": told.get(5, 1),
        "signature_on_file": told.get(6) == "Y",
        "accident": told.get(11, 1),
        "accident_state": told.get(11, 4),
        "onset": _at(main, "431"),
        "accident_date": _at(main, "439"),
        "admitted": _at(main, "435"),
        "patient_paid": None if paid is None else maybe_amount(paid, 2),
    }


def _institutional(told: Segment, main: Loop) -> dict[str, Any]:
    stay, admitted = main.first("DTP", "434"), main.first("DTP", "435")
    begins, ends = (None, None) if stay is None else _stay(stay)
    kind = main.first("CL1")
    hour = ""
    day = None
    if admitted is not None:
        text = admitted.get(3)
        day, hour = _day_and_hour(admitted) if len(text) > 8 else (read_day(admitted, 3), "")
    return {
        "bill_type": f"0{told.get(5, 1)}{told.get(5, 3)}",
        "begins": begins,
        "ends": ends,
        "admitted": day,
        "admission_hour": hour,
        "discharge_hour": _hour(main.value("DTP", "096", 3)),
        "admission_type": "" if kind is None else kind.get(1),
        "admission_source": "" if kind is None else kind.get(2),
        "discharge_status": "" if kind is None else kind.get(3),
        "accident_state": main.value("REF", "LU"),
    }


def _stay(told: Segment) -> tuple[Any, Any]:
    """Return the days of the statement; before 5010 one day was written as D8."""
    return (read_day(told, 3),) * 2 if told.get(2) == "D8" else read_days(told, 3)


def _at(main: Loop, kind: str) -> Any:
    told = main.first("DTP", kind)
    return None if told is None else read_day(told, 3)


def _day_and_hour(told: Segment) -> tuple[Any, str]:
    text = told.get(3)
    day = read_day(told._replace(elements=("DTP", "435", "D8", text[:8])), 3)
    return day, _hour(text[8:])


def _hour(text: str) -> str:
    """Return an hour as the UB-04 has it; the minutes where they are not nought."""
    return text[:2] if len(text) == 4 and text.endswith("00") else text


def _codes(kind: ClaimKind, main: Loop) -> dict[str, Any]:
    """Return what HI tells, in the order in which we write it."""
    by_kind: dict[str, list[tuple[Segment, int]]] = {}
    for told in main.all("HI"):
        for element in range(1, len(told.elements)):
            by_kind.setdefault(told.get(element, 1), []).append((told, element))

    def every(kinds: Sequence[str], make: Callable[[Segment, int], Any]) -> tuple[Any, ...]:
        return tuple(make(*one) for name in kinds for one in by_kind.get(name, []))

    institutional = kind is ClaimKind.INSTITUTIONAL
    uses = ("ABK", "ABF", "ABJ", "APR", "ABN") if institutional else ("ABK", "ABF")
    return {
        "diagnoses": every(uses, _diagnosis),
        "drg": next((told.get(at, 2) for told, at in by_kind.get("DR", [])), ""),
        "procedures": every(("BBR", "BBQ"), _dated),
        "occurrences": every(("BI", "BH"), _occurrence),
        "values": every(("BE",), lambda told, at: Coded(
            code=told.get(at, 2), amount=read_amount(told, at, 5)
        )),
        "conditions": every(("BG",), lambda told, at: Coded(code=told.get(at, 2))),
    }  # fmt: skip


def _diagnosis(told: Segment, element: int) -> Diagnosis:
    code = told.get(element, 2)
    if not code:
        raise told.wrong("The code is missing.", element)
    return Diagnosis(
        code=f"{code[:3]}.{code[3:]}" if len(code) > 3 and "." not in code else code,
        use=_USES.get(told.get(element, 1), "diagnosis"),
        on_admission=told.get(element, 9),
    )


def _dated(told: Segment, element: int) -> Coded:
    return Coded(code=told.get(element, 2), at=read_day(told, element, 4))


def _occurrence(told: Segment, element: int) -> Coded:
    if told.get(element, 1) == "BH":
        return _dated(told, element)
    begins, ends = read_days(told, element, 4)
    return Coded(code=told.get(element, 2), at=begins, until=ends)


def _others(loops: Sequence[Loop], patient: Patient) -> list[Subscriber]:
    """Return the other coverages: each 2320 with the names (2330) after it."""
    found: list[Subscriber] = []
    for at, loop in enumerate(loops):
        if loop.name == "2320":
            names = []
            for later in loops[at + 1 :]:
                if later.name != "2330":
                    break
                names.append(later)
            found.append(_other(loop, names, patient))
    return found


def _other(main: Loop, names: Sequence[Loop], patient: Patient) -> Subscriber:
    told = main.segments[0]
    by_role = {one.segments[0].get(1): one for one in reversed(names)}
    insured, asked = by_role.get("IL"), by_role.get("PR")
    if insured is None or asked is None:
        raise told.wrong("The other subscriber (NM1*IL) or payer (NM1*PR) is missing.")
    who = person(insured)
    named = ("last", "first", "middle", "address")
    if all(who[name] == getattr(patient, name) for name in named):
        who = {}
    relationship = told.get(2)
    amounts = {one.get(1): maybe_amount(one, 2) for one in main.all("AMT")}
    return Subscriber(
        **coverage(told),
        **who,
        member_id=insured.segments[0].get(9),
        payer=payer(asked),
        relationship="" if relationship == patient.relationship else relationship,
        paid=amounts.get("D"),
        owed=amounts.get("EAF"),
        not_covered=amounts.get("A8"),
        adjustments=tuple(one for cas in main.all("CAS") for one in adjustments(cas)),
        paid_on=_at(asked, "573"),
        control=asked.value("REF", "F8"),
    )


def _lines(loops: Sequence[Loop]) -> list[Any]:
    starts = [at for at, loop in enumerate(loops) if loop.name == "2400"]
    if len(starts) > 999:
        raise loops[starts[999]].segments[0].wrong("A claim has 999 lines at most.")
    return [
        service_line(number, loops[at:end])
        for number, (at, end) in enumerate(zip(starts, [*starts[1:], len(loops)], strict=True), 1)
    ]
