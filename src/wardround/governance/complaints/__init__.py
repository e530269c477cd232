"""Complaints of what a model drafted: the record, the clocks, who decided what (21 CFR 820.35)."""

from wardround.governance.complaints.clocks import (
    MdrDuty,
    is_mdr_overdue,
    mdr_duties,
    mdr_suggestion,
    next_mdr_duty,
)
from wardround.governance.complaints.complaint import (
    Complainant,
    Complaint,
    ComplaintStage,
    DeviceNamed,
    DraftSeen,
    Harm,
    Investigation,
    MdrDecision,
    MdrEvent,
    MdrHaste,
    MdrReporter,
    ProblemCategory,
    ProblemChannel,
    ProblemReport,
    Reply,
    Review,
    Sent,
    complaint_stage,
    read_noun,
)
from wardround.governance.complaints.export import complaint_json, complaint_pdf, complaint_record
from wardround.governance.complaints.form import NOT_PROVIDED, FormField, form_3500a
from wardround.governance.complaints.register import Complaints
from wardround.governance.complaints.trends import ComplaintTrend, complaint_trends
from wardround.governance.complaints.workdays import after_work_days, holidays, is_work_day

__all__ = [
    "NOT_PROVIDED",
    "Complainant",
    "Complaint",
    "ComplaintStage",
    "ComplaintTrend",
    "Complaints",
    "DeviceNamed",
    "DraftSeen",
    "FormField",
    "Harm",
    "Investigation",
    "MdrDecision",
    "MdrDuty",
    "MdrEvent",
    "MdrHaste",
    "MdrReporter",
    "ProblemCategory",
    "ProblemChannel",
    "ProblemReport",
    "Reply",
    "Review",
    "Sent",
    "after_work_days",
    "complaint_json",
    "complaint_pdf",
    "complaint_record",
    "complaint_stage",
    "complaint_trends",
    "form_3500a",
    "holidays",
    "is_mdr_overdue",
    "is_work_day",
    "mdr_duties",
    "mdr_suggestion",
    "next_mdr_duty",
    "read_noun",
]
