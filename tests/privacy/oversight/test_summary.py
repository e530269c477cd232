"""Who saw a patient, and whom a person saw: counted, with what was refused apart; the report."""

import csv
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import Connection

from wardround.kernel import Actor, InvalidInput, Role
from wardround.privacy.oversight import (
    Line,
    Thing,
    report_csv,
    report_of,
    report_pdf,
    seen_by,
    stood,
    who_saw,
)
from wardround.security import AuditTrail, CareRelation

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
ADA, BEN = "Patient/ada", "Patient/ben"


def actor(name: str, role: Role = Role.CLINICIAN) -> Actor:
    return Actor(id=name, name=f"Dr {name}", role=role, reference=f"Practitioner/{name}")


OSEI, QUIST = actor("osei"), actor("quist", Role.SCHEDULER)


@pytest.fixture
def tx(tx: Connection) -> Connection:
    hand = [NOW]
    trail = AuditTrail(tx, lambda: hand[0])

    def note(days: float, who: Actor, patient: str, **more: Any) -> None:
        hand[0] = NOW - timedelta(days=days)
        told = {"action": "read", "outcome": "success", "purpose": "TREAT", "entity": patient}
        trail.record(actor=who, subject=patient, **(told | more))

    note(40, OSEI, ADA)
    note(5, OSEI, ADA)
    note(4, OSEI, ADA, entity="draft/1", action="sign")
    note(3, OSEI, BEN, purpose="ETREAT")
    note(2, QUIST, ADA, action="denied", outcome="failure", purpose=None, entity=None)
    note(1, QUIST, ADA, detail={"as": "found"}, purpose="HOPERAT")
    trail.list(limit=1)  # what is recorded is put into the trail
    return tx


def test_who_saw_a_patient(tx: Connection) -> None:
    found = who_saw(tx, ADA, NOW - timedelta(days=30), NOW)
    assert [(line.person, line.count, line.refused) for line in found] == [
        ("quist", 1, 1),
        ("osei", 2, 0),
    ]
    assert found[1].things == ((Thing.CHART, 1), (Thing.DRAFT, 1))
    assert found[1].first == NOW - timedelta(days=5)
    assert found[0].purposes == ("HOPERAT",)
    assert who_saw(tx, ADA, NOW - timedelta(days=60), NOW)[1].count == 3


def test_whom_a_person_saw(tx: Connection) -> None:
    found = seen_by(tx, "osei", NOW - timedelta(days=30), NOW)
    assert [(line.patient, line.count, line.emergency) for line in found] == [
        (BEN, 1, True),
        (ADA, 2, False),
    ]
    assert seen_by(tx, "nobody", NOW - timedelta(days=30), NOW) == []


@pytest.mark.parametrize("days", [0, -1, 3000])
def test_a_span_is_one(tx: Connection, days: int) -> None:
    with pytest.raises(InvalidInput):
        who_saw(tx, ADA, NOW - timedelta(days=days), NOW)


def test_how_they_stood_is_asked_by_the_day(tx: Connection) -> None:
    asked: list[tuple[str, list[str], datetime]] = []

    class Known:
        def relations(self, person: str, patients: Any, at: datetime, days: Any = None) -> Any:
            asked.append((person, sorted(patients), at))
            return dict.fromkeys(patients, CareRelation(treats=at < NOW - timedelta(days=1)))

    lines = seen_by(tx, "osei", NOW - timedelta(days=30), NOW)
    found = stood(Known(), lines, {"osei": OSEI.reference}, NOW)  # type: ignore[arg-type]
    assert (found["osei", ADA].then.treats, found["osei", ADA].now.treats) == (True, False)
    assert len(asked) == 4, "two days, then and now"
    assert stood(Known(), lines, {}, NOW) == {}  # type: ignore[arg-type]


def test_the_report_names_who_saw_and_not_who_was_refused(tx: Connection) -> None:
    lines = who_saw(tx, ADA, NOW - timedelta(days=30), NOW)
    refused = Line(**(lines[0].model_dump() | {"person": "zed", "count": 0, "things": ()}))
    span = (NOW.date() - timedelta(days=30), NOW.date())
    made = report_of([*lines, refused], {"osei": "=Osei <1>"}, *span)
    rows = list(csv.DictReader(report_csv(made).decode().splitlines()))
    assert [row["person"] for row in rows] == ["quist", "'=Osei <1>"]
    assert rows[1]["what"] == "chart, draft"
    assert rows[1]["why"] == "treatment"
    pages = PdfReader(BytesIO(report_pdf(made, "HL-1", NOW.date()))).pages
    text = " ".join(pages[0].extract_text().split())
    assert "=Osei <1>, clinician" in text
    assert "2 times, first on 5 March 2026, last on 6 March 2026" in text
    assert "zed" not in text
    empty = report_of([], {}, *span)
    assert (
        "Nobody opened"
        in PdfReader(BytesIO(report_pdf(empty, "1", NOW.date()))).pages[0].extract_text()
    )
