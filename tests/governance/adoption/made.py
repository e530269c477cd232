"""Drafts as they are made, changed and decided on, for the measures of adoption."""

from datetime import UTC, datetime, timedelta
from typing import Any

from wardround.governance.adoption import Course
from wardround.kernel import Actor, Draft, Finding, Model, Role, Severity, Status

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
MODEL = Model(name="sections", version="3", digest="a" * 64)


def note(*sentences: str) -> dict[str, Any]:
    """Return a note of two sections, the second as long as it is told."""
    return {
        "sections": [
            {"code": "1", "title": "History", "sentences": [{"text": "A cough."}]},
            {"code": "2", "title": "Plan", "sentences": [{"text": one} for one in sentences]},
        ]
    }


def course(
    *,
    status: Status = Status.SIGNED,
    changed: dict[str, Any] | None = None,
    words: int = 10,
    minutes: float = 30,
    by: str = "p1",
    reason: str | None = None,
    warned: bool = False,
    over: bool = False,
    retries: int = 0,
    reports: int = 0,
    at: datetime = AT,
    shadow: bool = False,
) -> Course:
    """Return one draft's course."""
    first = Draft(
        id="d",
        capability="documentation",
        subject="Patient/ada",
        content=note(" ".join(["rest"] * words)),
        model=MODEL,
        findings=(Finding(rule="dose", severity=Severity.WARN, message="Look."),) if warned else (),
        created=at,
        updated=at,
        shadow=shadow,
    )
    decided = status in {Status.SIGNED, Status.REJECTED}
    actor = Actor(id=by, name=by, role=Role.CLINICIAN, reference=f"Practitioner/{by}")
    findings = [f.model_copy(update={"acknowledged_by": by}) for f in first.findings if over]
    now = first.model_copy(
        update={
            "status": status,
            "content": changed or first.content,
            "findings": tuple(findings),
            "decided_by": actor if decided else None,
            "decided_at": at + timedelta(minutes=minutes) if decided else None,
            "reason": reason,
        }
    )
    return Course(first=first, now=now, retries=retries, reports=reports)
