"""By when a report under 21 CFR 803 is due, and to whom (803.10, 803.30, 803.50, 803.53).

Until somebody decides, the clocks run as if the event were to be reported, from the day on which
the complaint was received: what a clinician here knows, a user facility knows (803.3).
"""

from collections.abc import Iterable
from datetime import date, timedelta

from wardround.governance.complaints.complaint import (
    Complaint,
    Harm,
    MdrDecision,
    MdrEvent,
    MdrReporter,
    Sent,
)
from wardround.governance.complaints.workdays import after_work_days
from wardround.kernel import Noun

FACILITY_WORK_DAYS = 10
"""A user facility's, for a death or a serious injury (803.30(a))."""

MANUFACTURER_DAYS = 30
"""A manufacturer's calendar days (803.50(a))."""

HASTE_WORK_DAYS = 5
"""A manufacturer's, where it is urgent (803.53)."""


class MdrDuty(Noun):
    """A report that is, or may be, to be sent: to whom, by which rule, by which day."""

    key: str
    to: str
    rule: str
    due: date
    sent: Sent | None = None

    def days_left(self, today: date) -> int:
        """Return the calendar days until its last; below 0 when that is over."""
        return (self.due - today).days

    @property
    def days_late(self) -> int:
        """How many days too late it was sent."""
        return 0 if self.sent is None else max(0, (self.sent.day - self.due).days)


def mdr_suggestion(harm: Harm) -> str:
    """Return what the reporter's word on harm makes one ask; the answer is a person's."""
    return {
        Harm.SERIOUS: "A death or serious injury may have to be reported (21 CFR 803.3). "
        "Decide it now.",
        Harm.HARM: "Ask whether the injury was serious: life-threatening, permanent, or needing "
        "treatment to prevent permanent damage (21 CFR 803.3).",
        Harm.NEAR_MISS: "Ask whether it would be likely to cause death or serious injury if it "
        "happened again: a malfunction that a manufacturer reports (21 CFR 803.3).",
        Harm.NONE: "Nothing in the report says that anybody was harmed. Ask whether it would be "
        "likely to cause death or serious injury if it happened again (21 CFR 803.3).",
    }[harm]


def mdr_duties(complaint: Complaint) -> tuple[MdrDuty, ...]:
    """Return the reports of ``complaint``, due soonest first; none where it was decided so."""
    decision = complaint.decision
    found = _undecided(complaint) if decision is None else _decided(decision)
    sent = {one.duty: one for one in complaint.sent}  # the last one entered counts
    known = (duty.model_copy(update={"sent": sent.get(duty.key)}) for duty in found)
    return tuple(sorted(known, key=lambda duty: duty.due))


def next_mdr_duty(complaint: Complaint) -> MdrDuty | None:
    """Return the report that is due soonest of those not sent; none where nothing is left."""
    if complaint.closed:
        return None
    return next((duty for duty in mdr_duties(complaint) if duty.sent is None), None)


def is_mdr_overdue(complaint: Complaint, today: date) -> bool:
    """Whether the last day of something is over."""
    due = next_mdr_duty(complaint)
    return due is not None and due.days_left(today) < 0


def _undecided(complaint: Complaint) -> Iterable[MdrDuty]:
    report = complaint.report
    if report.harm in {Harm.HARM, Harm.SERIOUS}:
        yield _facility(report.received, "FDA or the manufacturer")
    yield _manufacturer(report.received)


def _decided(decision: MdrDecision) -> Iterable[MdrDuty]:
    if not decision.reportable or decision.aware is None:
        return
    if MdrReporter.FACILITY in decision.reporters:
        if decision.event is MdrEvent.DEATH:
            yield _facility(decision.aware, "FDA, and the manufacturer if known")
        else:
            yield _facility(decision.aware, "the manufacturer, or FDA if it is not known")
    if MdrReporter.MANUFACTURER in decision.reporters:
        yield _manufacturer(decision.aware)
        if decision.haste_aware is not None:
            yield MdrDuty(
                key="five-day",
                to="FDA, as a manufacturer, in haste",
                rule="803.53",
                due=after_work_days(decision.haste_aware, HASTE_WORK_DAYS),
            )


def _facility(aware: date, to: str) -> MdrDuty:
    return MdrDuty(
        key="facility",
        to=f"{to[0].upper()}{to[1:]}, as a user facility",
        rule="803.30(a)",
        due=after_work_days(aware, FACILITY_WORK_DAYS),
    )


def _manufacturer(aware: date) -> MdrDuty:
    return MdrDuty(
        key="manufacturer",
        to="FDA, as a manufacturer",
        rule="803.50(a)",
        due=aware + timedelta(days=MANUFACTURER_DAYS),
    )
