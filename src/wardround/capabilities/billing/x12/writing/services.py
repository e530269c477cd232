"""Service lines (2400), their drug (2410), providers (2420) and what others paid (2430)."""

from collections.abc import Iterable

from wardround.capabilities.billing.model import (
    Adjudication,
    Adjustment,
    Claim,
    ClaimKind,
    ServiceLine,
)
from wardround.capabilities.billing.x12.values import day, days, number, words
from wardround.capabilities.billing.x12.writing.parties import provider, specialty
from wardround.capabilities.billing.x12.writing.rows import Rows, parts

HIPPS_REVENUE = frozenset({"0022", "0023", "0024"})
"""Revenue codes whose code is a HIPPS rate (UB-04 manual: SNF, home health, inpatient rehab)."""


def service_lines(claim: Claim) -> Rows:
    """Give the lines of a claim, numbered from 1."""
    professional = claim.kind is ClaimKind.PROFESSIONAL
    for index, line in enumerate(claim.lines, 1):
        yield ("LX", str(index))
        if professional:
            yield _professional(line, claim.place)
        else:
            yield _institutional(line)
        if line.begins is not None:
            yield _served(line)
        if professional and line.authorization:
            yield ("REF", "G1", line.authorization)
        if line.control:
            yield ("REF", "6R", line.control)
        if professional and (note := words(line.note)):
            yield ("NTE", "ADD", note)
        yield from _drug(line)
        if line.rendering is not None:
            yield provider("82", line.rendering, kind="" if professional else "1")
            if professional:
                yield from specialty("PE", line.rendering)
        for one in line.adjudications:
            yield from _adjudicated(line, one)


def procedure(line: ServiceLine) -> str:
    """Return the code of a service with its qualifier and modifiers."""
    if not line.procedure:
        return ""
    kind = "HP" if line.revenue in HIPPS_REVENUE else "HC"
    return parts(kind, line.procedure, *line.modifiers)


def adjusted(adjustments: Iterable[Adjustment]) -> Rows:
    """Give CAS: one for each group, with at most six reasons."""
    groups: dict[str, list[Adjustment]] = {}
    for one in adjustments:
        groups.setdefault(one.group, []).append(one)
    for group, listed in groups.items():
        for at in range(0, len(listed), 6):
            row = ["CAS", group]
            for one in listed[at : at + 6]:
                units = "" if one.units is None else number(one.units)
                row += [one.reason, number(one.amount), units]
            yield tuple(row)


def _professional(line: ServiceLine, place: str) -> tuple[str, ...]:
    pointers = parts(*map(str, line.pointers))
    elsewhere = line.place if line.place != place else ""
    return (
        "SV1", procedure(line), number(line.charge), line.unit, number(line.units),
        elsewhere, "", pointers,
    )  # fmt: skip


def _institutional(line: ServiceLine) -> tuple[str, ...]:
    return (
        "SV2", line.revenue, procedure(line), number(line.charge), line.unit, number(line.units),
    )  # fmt: skip


def _served(line: ServiceLine) -> tuple[str, ...]:
    if line.begins is None:
        return ()
    if line.ends is None or line.ends == line.begins:
        return ("DTP", "472", "D8", day(line.begins))
    return ("DTP", "472", "RD8", days(line.begins, line.ends))


def _drug(line: ServiceLine) -> Rows:
    if line.ndc:
        yield ("LIN", "", "N4", line.ndc.replace("-", ""))
        units = "" if line.ndc_units is None else number(line.ndc_units)
        yield ("CTP", "", "", "", units, line.ndc_unit)


def _adjudicated(line: ServiceLine, one: Adjudication) -> Rows:
    yield (
        "SVD", one.payer, number(one.paid), procedure(line), line.revenue, number(one.units),
    )  # fmt: skip
    yield from adjusted(one.adjustments)
    if one.paid_on is not None:
        yield ("DTP", "573", "D8", day(one.paid_on))
    if one.owed is not None:
        yield ("AMT", "EAF", number(one.owed))
