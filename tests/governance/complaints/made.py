"""What the tests of the register of complaints begin from."""

from datetime import UTC, date, datetime
from typing import Any

from wardround.governance.complaints import (
    Complainant,
    Complaint,
    DeviceNamed,
    DraftSeen,
    Harm,
    ProblemCategory,
    ProblemChannel,
    ProblemReport,
    read_noun,
)
from wardround.kernel import Actor, Role

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
"""The Friday before Thanksgiving."""
TODAY = NOW.date()
MEI = Actor(id="mei", name="M", role=Role.QUALITY_OFFICER, reference="Practitioner/mei")
SAID = "Mrs Vega's penicillin allergy is missing."


def now() -> datetime:
    return NOW


def report(**more: Any) -> ProblemReport:
    said = {
        "received": TODAY,
        "channel": ProblemChannel.DRAFT,
        "complainant": Complainant(person="osei", name="Amara Osei"),
        "device": DeviceNamed(name="scribe", version="1.0", digest="ab12", capability="d"),
        "draft": DraftSeen(id="d1", revision=3, status="signed"),
        "patient": "Patient/vega",
        "category": ProblemCategory.MISSING,
        "harm": Harm.NEAR_MISS,
        "words": SAID,
    }
    return read_noun(ProblemReport, **said | more)


def complaint(**more: Any) -> Complaint:
    """Return a complaint that no register keeps; ``report`` fields by their names."""
    own = {name: more.pop(name) for name in ("decision", "sent", "closed") if name in more}
    return Complaint(
        number="WR-2026-0001",
        version=1,
        at=NOW,
        by="mei",
        change="received",
        report=report(**more),
        **own,
    )


def day(written: str) -> date:
    return date.fromisoformat(written)
