"""What leaves: the record of 820.35(a), the fields of the form, JSON and PDF; trends."""

import json
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import Connection

from tests.governance.complaints.made import MEI, SAID, TODAY, complaint, day, now, report
from wardround.governance.cards import NOT_PROVIDED
from wardround.governance.complaints import (
    Complaint,
    Complaints,
    DeviceNamed,
    Harm,
    complaint_json,
    complaint_pdf,
    complaint_record,
    complaint_trends,
    form_3500a,
)


@pytest.fixture
def whole(tx: Connection) -> Complaint:
    """A complaint of which all that can be known is known."""
    register = Complaints(tx, now)
    number = register.enter(report(harm=Harm.SERIOUS), MEI).number
    register.review(number, 1, MEI)
    register.decide(
        number,
        2,
        MEI,
        reportable=True,
        reasons="Anaphylaxis.",
        event="serious injury",
        reporters=["user facility", "manufacturer"],
        aware=TODAY,
    )
    register.investigate(
        number, 3, MEI, made=True, words="A <rule> lacked it.", correction="Version 1.1"
    )
    register.reply(number, 4, TODAY, "Mended.", MEI)
    return register.note_sent(number, 5, "facility", TODAY, "UF-7", MEI)


def test_the_record_has_each_field_of_the_rule(whole: Complaint) -> None:
    said = dict(complaint_record(whole))
    assert said["Name of the device"] == "scribe"
    assert said["Date received"] == "2026-11-20"
    assert said["Device identification"] == "version 1.0; files sha256 ab12"
    assert said["Name, address and phone of the complainant"] == "Amara Osei"
    assert said["Nature and details"] == f"missing content; death or serious injury. {SAID}"
    assert said["Investigation"] == "A <rule> lacked it."
    assert said["Correction or corrective action"] == "Version 1.1"
    assert said["Reply to the complainant"] == "2026-11-20: Mended."
    empty = dict(complaint_record(complaint()))
    assert empty["Reportable under 21 CFR 803"] == "not decided"
    assert empty["Reply to the complainant"] == empty["Investigation"] == NOT_PROVIDED


def test_the_form_is_filled_as_far_as_is_known(whole: Complaint) -> None:
    fields = form_3500a(whole)
    said = {(one.block, one.name): one.value for one in fields}
    assert [*dict.fromkeys(one.block for one in fields)] == list("ABDEFGH")
    assert said["B", "Outcomes attributed to the adverse event"] == "serious injury"
    assert said["B", "Adverse event or product problem"] == "adverse event"
    assert said["D", "Unique device identifier (UDI)"] == NOT_PROVIDED
    assert said["F", "User facility report number"] == "UF-7"
    assert said["F", "Date of this report"] == "2026-11-20"
    assert said["G", "Type of report"] == "30-day"
    assert said["G", "Manufacturer report number"] == NOT_PROVIDED
    assert said["H", "Remedial action"] == "Version 1.1"
    assert {one.value for one in fields if one.block == "A"} == {NOT_PROVIDED}
    assert all(one.value for one in fields)


def test_what_nobody_decided_has_no_blocks_of_a_reporter() -> None:
    undecided = form_3500a(complaint(harm=Harm.SERIOUS))
    assert {one.block for one in undecided} == set("ABDE")
    said = {one.name: one.value for one in undecided}
    assert said["Outcomes attributed to the adverse event"] == NOT_PROVIDED


def test_json_and_paper(whole: Complaint) -> None:
    said = json.loads(json.dumps(complaint_json(whole)))
    assert said["number"] == "WR-2026-0001"
    assert said["stage"] == "investigated"
    assert {one["key"]: one["due"] for one in said["duties"]} == {
        "facility": "2026-12-07",
        "manufacturer": "2026-12-20",
    }
    assert {one["block"] for one in said["form_3500a"]} == set("ABDEFGH")
    paper = PdfReader(BytesIO(complaint_pdf(whole, TODAY)))
    text = " ".join(page.extract_text() for page in paper.pages)
    assert "A <rule> lacked it." in text
    assert "sends no report" in " ".join(text.split())
    assert paper.metadata is not None
    assert paper.metadata.title == "Complaint record"


def test_trends_count_by_version_and_month() -> None:
    newer = DeviceNamed(name="scribe", version="1.1")
    found = complaint_trends(
        [
            complaint(),
            complaint(harm=Harm.SERIOUS),
            complaint(device=newer),
            complaint(received=day("2026-10-31")),
        ]
    )
    assert [(t.month, t.name, t.version, t.count, t.harmed) for t in found] == [
        ("2026-11", "scribe", "1.0", 2, 1),
        ("2026-11", "scribe", "1.1", 1, 0),
        ("2026-10", "scribe", "1.0", 1, 0),
    ]
