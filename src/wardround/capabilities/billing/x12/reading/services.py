"""Service lines of an 837 that is read (2400, 2410, 2420, 2430)."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from wardround.capabilities.billing.model import Adjudication, ServiceLine
from wardround.capabilities.billing.x12.reading.loops import Loop
from wardround.capabilities.billing.x12.reading.parties import provider
from wardround.capabilities.billing.x12.remittances import adjustments
from wardround.capabilities.billing.x12.syntax import Segment
from wardround.capabilities.billing.x12.values import (
    maybe_amount,
    read_amount,
    read_day,
    read_days,
    read_number,
)


def service_line(number: int, loops: Sequence[Loop]) -> ServiceLine:
    """Return a line of its loops, the first of which is its 2400."""
    main = loops[0]
    told = main.first("SV1") or main.first("SV2")
    if told is None:
        raise main.segments[0].wrong("The line has neither SV1 nor SV2.")
    read = _professional(told) if told.id == "SV1" else _institutional(told)
    read |= _served(main.first("DTP", "472"))
    read["authorization"] = main.value("REF", "G1")
    read["control"] = main.value("REF", "6R")
    read["note"] = main.value("NTE", "ADD")
    for loop in loops[1:]:
        if loop.name == "2410":
            read |= _drug(loop)
        elif loop.name == "2420" and loop.segments[0].get(1) == "82":
            read["rendering"] = provider(loop)
    decided = tuple(_adjudication(one) for one in loops if one.name == "2430")
    return ServiceLine(number=number, **read, adjudications=decided)


def _professional(told: Segment) -> dict[str, Any]:
    pointers = []
    for one in told.parts(7):
        if not (one.isdigit() and 1 <= int(one) <= 12):
            raise told.wrong("A pointer names a diagnosis from 1 to 12.", 7)
        pointers.append(int(one))
    return {
        **_code(told, 1),
        "charge": read_amount(told, 2),
        "unit": told.get(3),
        "units": read_number(told, 4),
        "place": told.get(5),
        "pointers": tuple(pointers[:4]),
    }


def _institutional(told: Segment) -> dict[str, Any]:
    return {
        "revenue": told.get(1),
        **_code(told, 2),
        "charge": read_amount(told, 3),
        "unit": told.get(4),
        "units": read_number(told, 5),
    }


def _code(told: Segment, element: int) -> dict[str, Any]:
    _, code, *modifiers = (*told.parts(element), "", "")
    return {"procedure": code, "modifiers": tuple(one for one in modifiers[:4] if one)}


def _served(told: Segment | None) -> dict[str, Any]:
    if told is None:
        return {}
    if told.get(2) == "D8":
        return {"begins": read_day(told, 3)}
    if told.get(2) == "RD8":
        begins, ends = read_days(told, 3)
        return {"begins": begins, "ends": None if ends == begins else ends}
    raise told.wrong("A day of service is written as D8 or RD8.", 2)


def _drug(loop: Loop) -> dict[str, Any]:
    name = loop.segments[0]
    if name.get(2) != "N4":
        return {}
    amount = loop.first("CTP")
    return {
        "ndc": name.get(3),
        "ndc_units": None if amount is None else read_number(amount, 4),
        "ndc_unit": "" if amount is None else amount.get(5, 1),
    }


def _adjudication(loop: Loop) -> Adjudication:
    told = loop.segments[0]
    at, owed = loop.first("DTP", "573"), loop.first("AMT", "EAF")
    return Adjudication(
        payer=told.get(1),
        paid=read_amount(told, 2),
        units=read_number(told, 5) if told.get(5) else Decimal(1),
        adjustments=tuple(one for cas in loop.all("CAS") for one in adjustments(cas)),
        paid_on=None if at is None else read_day(at, 3),
        owed=None if owed is None else maybe_amount(owed, 2),
    )
