"""A complaint for a quality system: one JSON object, or a PDF of the record and the form."""

from collections.abc import Iterable
from datetime import date
from html import escape
from io import BytesIO
from typing import Any

from wardround.governance.complaints.clocks import mdr_duties
from wardround.governance.complaints.complaint import Complaint, complaint_stage
from wardround.governance.complaints.form import NOT_PROVIDED, form_3500a
from wardround.kernel import Json

NEVER_SENT = (
    "Made for a person to go over and fill in. Wardround sends no report to FDA or to a "
    "manufacturer; fields it does not know are marked not provided."
)


def complaint_json(complaint: Complaint) -> dict[str, Json]:
    """Return a complaint with its clocks and what it says of the form's fields."""
    kept: dict[str, Json] = complaint.model_dump(mode="json")
    form = [one._asdict() for one in form_3500a(complaint)]
    duties: list[Json] = [one.model_dump(mode="json") for one in mdr_duties(complaint)]
    return kept | {
        "stage": complaint_stage(complaint).value,
        "duties": duties,
        "form_3500a": [*form],
    }


def complaint_record(complaint: Complaint) -> list[tuple[str, str]]:
    """Return what 21 CFR 820.35(a) has a record say, with what it says."""
    report, found, who = complaint.report, complaint.investigation, complaint.report.complainant
    device = report.device
    named = [f"version {device.version}" if device.version else "", device.udi]
    named += [f"files sha256 {device.digest}" if device.digest else ""]
    person = ", ".join(part for part in (who.name, who.address, who.phone) if part)
    return [
        ("Name of the device", device.name),
        ("Date received", report.received.isoformat()),
        ("Device identification", "; ".join(filter(None, named)) or NOT_PROVIDED),
        ("Name, address and phone of the complainant", person or NOT_PROVIDED),
        ("Nature and details", f"{report.category}; {report.harm}. {report.words}"),
        ("Reportable under 21 CFR 803", _decided(complaint)),
        (
            "Investigation" if found is None or found.made else "Why there was no investigation",
            NOT_PROVIDED if found is None else " ".join(filter(None, (found.words, found.similar))),
        ),
        ("Correction or corrective action", (found and found.correction) or NOT_PROVIDED),
        (
            "Reply to the complainant",
            "\n".join(f"{one.day.isoformat()}: {one.words}" for one in complaint.replies)
            or NOT_PROVIDED,
        ),
    ]


def complaint_pdf(complaint: Complaint, today: date) -> bytes:
    """Return the record, and what it says of each field of Form FDA 3500A, as PDF."""
    from reportlab.lib.pagesizes import LETTER
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    look = getSampleStyleSheet()
    head = f"{complaint.number}, version {complaint.version}: {complaint_stage(complaint)}"
    parts: list[Any] = [
        Paragraph("Complaint record", look["Title"]),
        Paragraph(f"{head}. Printed {today.isoformat()}.", look["Normal"]),
        Spacer(1, 6),
        Paragraph(NEVER_SENT, look["Normal"]),
        Paragraph("Record (21 CFR 820.35(a))", look["Heading2"]),
        *_lines(complaint_record(complaint)),
        Paragraph("Reports under 21 CFR 803", look["Heading2"]),
        *_lines(_clocks(complaint) or [("Due", "none")]),
        Paragraph("Fields of Form FDA 3500A", look["Heading2"]),
        *_lines((f"{one.block}. {one.name}", one.value) for one in form_3500a(complaint)),
    ]
    file = BytesIO()
    # The title of a document stands in the window of who opens it: it names nobody.
    SimpleDocTemplate(file, pagesize=LETTER, title="Complaint record").build(parts)
    return file.getvalue()


def _decided(complaint: Complaint) -> str:
    decision = complaint.decision
    if decision is None:
        return "not decided"
    answer = f"yes, {decision.event}" if decision.reportable else "no"
    return f"{answer}. {decision.reasons}"


def _clocks(complaint: Complaint) -> list[tuple[str, str]]:
    return [
        (
            f"{one.to} (21 CFR {one.rule})",
            f"due {one.due.isoformat()}; "
            + ("not sent" if one.sent is None else f"sent {one.sent.day.isoformat()}"),
        )
        for one in mdr_duties(complaint)
    ]


def _lines(facts: Iterable[tuple[str, str]]) -> Iterable[Any]:
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, Spacer

    look = getSampleStyleSheet()["Normal"]
    for name, value in facts:
        said = escape(value).replace("\n", "<br/>")
        yield Paragraph(f"<b>{escape(name)}:</b> {said}", look)
        yield Spacer(1, 4)
