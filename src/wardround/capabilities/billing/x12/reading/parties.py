"""Who is who in an 837 that is read."""

from collections.abc import Sequence
from typing import Any

from wardround.capabilities.billing.model import Address, Party, Patient, Payer, Subscriber
from wardround.capabilities.billing.x12.reading.loops import Loop, party_loops
from wardround.capabilities.billing.x12.syntax import Segment
from wardround.capabilities.billing.x12.values import read_day
from wardround.kernel import InvalidInput


def provider(loop: Loop, taxonomy: str = "") -> Party:
    """Return a provider of its loop."""
    name = loop.segments[0]
    is_person = name.get(2) == "1"
    tax = loop.first("REF", "EI") or loop.first("REF", "SY")
    asked = loop.first("PER")
    return Party(
        name=name.get(3),
        first=name.get(4) if is_person else "",
        middle=name.get(5) if is_person else "",
        npi=name.get(9) if name.get(8) == "XX" else "",
        taxonomy=taxonomy or loop.value("PRV", loop.value("PRV", "", 1), 3),
        tax_id="" if tax is None else tax.get(2),
        tax_is_ssn=tax is not None and tax.get(1) == "SY",
        address=address(loop),
        contact="" if asked is None else asked.get(2),
        phone=_way(asked, "TE"),
        email=_way(asked, "EM"),
    )


def billing(segments: Sequence[Segment]) -> tuple[Party, Address | None]:
    """Return the billing provider (2010AA), and where payment goes if elsewhere (2010AB)."""
    level, *names = party_loops(segments, "2010")
    found: Party | None = None
    pay_to = None
    for loop in names:
        if loop.name == "2010/85" and found is None:
            found = provider(loop, level.value("PRV", "BI", 3))
        elif loop.name == "2010/87":
            pay_to = address(loop)
    if found is None:
        raise _without(segments, "The billing provider (NM1*85) is missing of this level.")
    return found, pay_to


def address(loop: Loop) -> Address:
    """Return the address of a loop; an empty one where none is."""
    street, city = loop.first("N3"), loop.first("N4")
    return Address(
        line="" if street is None else street.get(1),
        line2="" if street is None else street.get(2),
        city="" if city is None else city.get(1),
        state="" if city is None else city.get(2),
        zip="" if city is None else city.get(3),
        country="" if city is None else city.get(4),
    )


def payer(loop: Loop) -> Payer:
    """Return a payer of its loop."""
    name = loop.segments[0]
    return Payer(name=name.get(3), id=name.get(9), address=address(loop))


def coverage(segment: Segment) -> dict[str, Any]:
    """Return what SBR says of a coverage."""
    return {
        "responsibility": segment.get(1),
        "group": segment.get(3),
        "group_name": segment.get(4),
        "insurance_type": segment.get(5),
        "filing": segment.get(9),
    }


def person(loop: Loop) -> dict[str, Any]:
    """Return the name, birth date, sex and address of a person's loop."""
    name = loop.segments[0]
    born = loop.first("DMG")
    return {
        "last": name.get(3),
        "first": name.get(4),
        "middle": name.get(5),
        "birth_date": read_day(born, 2) if born is not None and born.get(2) else None,
        "sex": "" if born is None else born.get(3),
        "address": address(loop),
    }


def subscriber(segments: Sequence[Segment]) -> tuple[Subscriber, Patient]:
    """Return the coverage that is asked to pay, and its subscriber as a patient (2000B)."""
    level, *names = party_loops(segments, "2010")
    told = level.first("SBR")
    by_role = {loop.name: loop for loop in reversed(names)}
    insured, asked = by_role.get("2010/IL"), by_role.get("2010/PR")
    if told is None or insured is None or asked is None:
        missing = "SBR" if told is None else "NM1*IL" if insured is None else "NM1*PR"
        raise _without(segments, f"{missing} is missing of this subscriber's level.")
    who = person(insured)
    member = insured.segments[0].get(9)
    return (
        Subscriber(**coverage(told), **who, member_id=member, payer=payer(asked)),
        Patient(**who, relationship="18", death_date=_died(level)),
    )


def dependent(segments: Sequence[Segment]) -> Patient:
    """Return the patient who is not the subscriber (2000C)."""
    level, *names = party_loops(segments, "2010")
    loop = next((one for one in names if one.name == "2010/QC"), None)
    told = level.first("PAT")
    if loop is None or told is None:
        missing = "NM1*QC" if loop is None else "PAT"
        raise _without(segments, f"{missing} is missing of this patient's level.")
    return Patient(**person(loop), relationship=told.get(1), death_date=_died(level))


def _died(level: Loop) -> Any:
    told = level.first("PAT")
    return read_day(told, 6) if told is not None and told.get(6) else None


def _way(asked: Segment | None, kind: str) -> str:
    if asked is not None:
        for at in (3, 5, 7):
            if asked.get(at) == kind:
                return asked.get(at + 1)
    return ""


def _without(segments: Sequence[Segment], what: str) -> InvalidInput:
    if segments:
        return segments[0].wrong(what)
    return InvalidInput(what, mend="Check that the file is whole.")
