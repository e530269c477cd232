"""What a complaint says of the fields of Form FDA 3500A, by its blocks (21 CFR 803.32, 803.52).

Nothing is sent from here. The form is filled in by a person; what Wardround does not know is
"not provided". It hands out nothing that identifies the patient but what somebody typed.
"""

from typing import NamedTuple

from wardround.governance.complaints.clocks import mdr_duties
from wardround.governance.complaints.complaint import (
    Complaint,
    Harm,
    MdrDecision,
    MdrEvent,
    MdrReporter,
    Sent,
)

NOT_PROVIDED = "not provided"


class FormField(NamedTuple):
    """One field of the form: its block, its name, and what is known."""

    block: str
    name: str
    value: str = NOT_PROVIDED


def form_3500a(complaint: Complaint) -> tuple[FormField, ...]:
    """Return the fields of the form, in its order."""
    decision = complaint.decision
    as_facility = decision is not None and MdrReporter.FACILITY in decision.reporters
    as_manufacturer = decision is not None and MdrReporter.MANUFACTURER in decision.reporters
    return (
        *_event(complaint),
        *_device(complaint),
        *_reporter(complaint),
        *(_facility(complaint) if as_facility else ()),
        *(_manufacturer(complaint) if as_manufacturer else ()),
    )


def _event(complaint: Complaint) -> tuple[FormField, ...]:
    report, decision = complaint.report, complaint.decision
    return (
        FormField("A", "Patient name or other identifier"),
        FormField("A", "Age at the time of the event, or date of birth"),
        FormField("A", "Sex"),
        FormField("A", "Weight"),
        FormField("B", "Adverse event or product problem", _kind(decision)),
        FormField("B", "Outcomes attributed to the adverse event", _outcome(complaint)),
        FormField("B", "Date of event", _said(report.occurred)),
        FormField("B", "Date of report by the initial reporter", report.received.isoformat()),
        FormField("B", "Description of event or problem", f"{report.category}. {report.words}"),
        FormField("B", "Relevant tests, with dates"),
        FormField("B", "Other relevant history"),
    )


def _device(complaint: Complaint) -> tuple[FormField, ...]:
    device = complaint.report.device
    files = f"; files sha256 {device.digest}" if device.digest else ""
    return (
        FormField("D", "Brand name", device.name),
        FormField("D", "Common device name, and product code"),
        FormField("D", "Manufacturer name, city and state"),
        FormField(
            "D", "Model number or other identifying number", f"{_said(device.version)}{files}"
        ),
        FormField("D", "Unique device identifier (UDI)", _said(device.udi)),
        FormField("D", "Operator of the device"),
        FormField("D", "Concomitant medical products and therapy dates"),
    )


def _reporter(complaint: Complaint) -> tuple[FormField, ...]:
    who = complaint.report.complainant
    return (
        FormField("E", "Name of the initial reporter", _said(who.name)),
        FormField("E", "Address", _said(who.address)),
        FormField("E", "Telephone", _said(who.phone)),
        FormField("E", "Health professional"),
        FormField("E", "Occupation", _said(who.role)),
        FormField("E", "Initial reporter also sent a report to FDA"),
    )


def _facility(complaint: Complaint) -> tuple[FormField, ...]:
    return (
        FormField("F", "Made by", "user facility"),
        FormField("F", "User facility report number", _number(complaint, "facility")),
        FormField("F", "User facility name and address"),
        FormField("F", "Contact person, and telephone"),
        FormField("F", "Date the user facility became aware of the event", _aware(complaint)),
        FormField("F", "Type of report"),
        FormField("F", "Date of this report", _day(complaint, "facility")),
        FormField("F", "Approximate age of the device"),
        FormField("F", "Event problem codes"),
        FormField("F", "Location where the event occurred"),
        FormField("F", "Manufacturer name and address"),
    )


def _manufacturer(complaint: Complaint) -> tuple[FormField, ...]:
    decision, found = complaint.decision, complaint.investigation
    haste = decision is not None and decision.haste is not None
    looked = found.words if found is not None and found.made else ""
    return (
        FormField("G", "Contact office, and telephone"),
        FormField("G", "Report source", complaint.report.channel),
        FormField("G", "Date received by the manufacturer", _aware(complaint)),
        FormField("G", "PMA or 510(k) number"),
        FormField("G", "Type of report", "5-day" if haste else "30-day"),
        FormField(
            "G",
            "Manufacturer report number",
            _number(complaint, "five-day" if haste else "manufacturer"),
        ),
        FormField("H", "Type of reportable event", _said(decision and decision.event)),
        FormField("H", "Summary of the evaluation", _said(looked)),
        FormField("H", "Device manufacture date"),
        FormField("H", "Evaluation codes"),
        FormField("H", "Remedial action", _said(found and found.correction)),
        FormField("H", "Number of a correction or removal (21 CFR 806)"),
        FormField("H", "Additional manufacturer narrative"),
    )


def _kind(decision: MdrDecision | None) -> str:
    if decision is None or decision.event is None:
        return NOT_PROVIDED
    return "product problem" if decision.event is MdrEvent.MALFUNCTION else "adverse event"


def _outcome(complaint: Complaint) -> str:
    """Return the outcome that was decided; what the reporter ticked is not one of the form's."""
    decision = complaint.decision
    if decision is not None and decision.event in {MdrEvent.DEATH, MdrEvent.INJURY}:
        return decision.event
    if complaint.report.harm is Harm.NONE:
        return "none reported"
    return NOT_PROVIDED


def _aware(complaint: Complaint) -> str:
    decision = complaint.decision
    return _said(decision and decision.aware)


def _number(complaint: Complaint, key: str) -> str:
    sent = _sent(complaint, key)
    return _said(sent and sent.number)


def _day(complaint: Complaint, key: str) -> str:
    sent = _sent(complaint, key)
    return _said(sent and sent.day)


def _sent(complaint: Complaint, key: str) -> Sent | None:
    return next((duty.sent for duty in mdr_duties(complaint) if duty.key == key), None)


def _said(value: object) -> str:
    return str(value) if value else NOT_PROVIDED
