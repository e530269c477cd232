"""What the tests of the register of breaches begin from."""

from datetime import UTC, date, datetime
from typing import Any

from wardround.kernel import Actor, Role
from wardround.privacy.breaches import (
    Assessment,
    Bearing,
    Circumstances,
    Conclusion,
    Factor,
    Incident,
    Named,
    Sort,
    Weighed,
    read_circumstances,
)

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
TODAY = NOW.date()
ADA, BEN = Named(number="HL-1", patient="Patient/ada"), Named(number="HL-2", patient="Patient/ben")
RUTH = Actor(id="ruth", name="R", role=Role.PRIVACY_OFFICER, reference="Practitioner/ruth")


def now() -> datetime:
    return NOW


def known(**more: Any) -> Circumstances:
    said = {
        "title": "Laptop stolen",
        "discovered": TODAY,
        "what": "A laptop with a list of patients was taken from a car.",
        "sort": Sort.THEFT,
    }
    return read_circumstances(**said | more)


def weighed(bearing: Bearing = Bearing.LOW, *others: Bearing) -> tuple[Weighed, ...]:
    """Return all four factors, the first with ``bearing`` and the rest with the others or it."""
    bearings = (bearing, *others, *[bearing] * 3)
    return tuple(
        Weighed(factor=factor, bearing=one, words="So it is.")
        for factor, one in zip(Factor, bearings, strict=False)
    )


def incident(conclusion: Conclusion | None = None, **more: Any) -> Incident:
    """Return an incident that no register keeps."""
    kept = {name: more.pop(name) for name in ("delays", "given", "accounted") if name in more}
    concluded = None
    if conclusion is not None:
        concluded = Assessment(
            conclusion=conclusion, reasons="So it is.", factors=weighed(), by="ruth", at=NOW
        )
    return Incident(
        id="1",
        version=1,
        at=NOW,
        by="ruth",
        change="entered",
        circumstances=known(**more),
        assessment=concluded,
        **kept,
    )


def day(written: str) -> date:
    return date.fromisoformat(written)
